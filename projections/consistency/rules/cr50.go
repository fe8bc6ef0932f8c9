package rules

import (
	"math"

	"koersvast/projections/consistency"
)

// cr50 names the part of the staff that is furthest from its share. Parts of
// fewer than ten people are left out: of these a few who come or stay away
// make all the difference.
var cr50 = rule(consistency.Rule{
	ID: "CR-50", Version: 1, Category: consistency.Gatherings, Severity: consistency.Info,
	Name: consistency.Words{NL: "Groep geen afspiegeling", EN: "Not a mirror of the staff"},
	Condition: consistency.Words{
		NL: "Het aandeel van een functie of locatie onder de deelnemers verschilt meer dan {apart} procentpunt van dat onder het personeel. Het gaat om groepen van {staff} mensen of meer.",
		EN: "The share of a function or location among those who took part is more than {apart} percentage points away from that among the staff. This is about groups of {staff} people or more.",
	},
	Message: consistency.Words{
		NL: "Bij “{gathering}” is {stratum} {how}vertegenwoordigd.",
		EN: "At “{gathering}” {stratum} is {how}represented.",
	},
	Terms: map[string]consistency.Words{"over": {NL: "over", EN: "over"}, "under": {NL: "onder", EN: "under"}},
	Params: []consistency.Param{
		{Name: "apart", Usual: 20, Lowest: 10, Most: 50},
		{Name: "staff", Usual: 10, Lowest: 10, Most: 100},
	},
	Audience: consistency.Audience{Roles: makers},
	Basis: consistency.Words{
		NL: "Wie straks met het nieuwe werkt, praat mee.",
		EN: "Those who will work with what is new have their say.",
	},
	Waits: waitsForGatherings,
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		for _, g := range s.Gatherings {
			staff, came := 0., 0.
			for _, x := range g.Strata {
				staff, came = staff+float64(x.Staff), came+float64(x.Came)
			}
			if staff == 0 || came == 0 {
				continue
			}
			f, furthest := consistency.Finding{Object: consistency.The(g.ID)}, p["apart"]/100
			for _, x := range g.Strata {
				apart := float64(x.Came)/came - float64(x.Staff)/staff
				if float64(x.Staff) < p["staff"] || math.Abs(apart) <= furthest+1e-9 {
					continue
				}
				furthest = math.Abs(apart)
				how := consistency.Term("over")
				if apart < 0 {
					how = consistency.Term("under")
				}
				f.Things = map[string]consistency.Object{"stratum": consistency.The(x.ID), "how": how}
			}
			if f.Things != nil {
				found = append(found, f)
			}
		}
		return found
	},
})
