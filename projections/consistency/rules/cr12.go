package rules

import (
	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr12 counts for each promiser, and for the MT as it is today. What it finds
// of one person is for that person and their coach alone.
var cr12 = rule(consistency.Rule{
	ID: "CR-12", Version: 1, Category: consistency.Promises, Severity: consistency.Info,
	Name: consistency.Words{NL: "Te veel beloften", EN: "Too many promises"},
	Condition: consistency.Words{
		NL: "Iemand heeft meer dan {person_most} lopende beloften, of het MT meer dan {mt_most} per lid.",
		EN: "Somebody has more than {person_most} promises that run, or the MT more than {mt_most} for each member.",
	},
	Message: consistency.Words{
		NL: "{person} heeft {n} lopende beloften; kies er hooguit {most}.",
		EN: "{person} has {n} promises that run; choose {most} at most.",
	},
	Variants: map[string]consistency.Words{"mt": {
		NL: "Het MT heeft samen {n} lopende beloften; {most} is genoeg.",
		EN: "The MT together has {n} promises that run; {most} are enough.",
	}},
	Params: []consistency.Param{
		{Name: "person_most", Usual: 5, Lowest: 1, Most: 20},
		{Name: "mt_most", Usual: 4, Lowest: 1, Most: 20},
	},
	Audience: consistency.Audience{Owner: true, Coach: true, Whole: []domain.Role{domain.MT}},
	Basis: consistency.Words{
		NL: "Focus: wie weinig belooft, kan het waarmaken.",
		EN: "Focus: who promises little can live up to it.",
	},
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		mt := s.In(domain.MT)
		var people []domain.PersonID // in the order in which they first promised
		days := map[domain.PersonID][]domain.Day{}
		var together []domain.Day
		for _, x := range running(s) {
			if days[x.By] == nil {
				people = append(people, x.By)
			}
			days[x.By] = append(days[x.By], x.Active)
			if mt[x.By] {
				together = append(together, x.Active)
			}
		}
		for _, by := range people {
			if f, ok := tooMany(consistency.The(by), days[by], int(p["person_most"])); ok {
				f.Owner = by
				found = append(found, f)
			}
		}
		if f, ok := tooMany(consistency.The(s.Programme), together, int(p["mt_most"])*len(mt)); ok {
			f.Variant = "mt"
			found = append(found, f)
		}
		return found
	},
})

// tooMany returns the finding on promises that have run since some days, if
// they are more than most.
func tooMany(of consistency.Object, days []domain.Day, most int) (f consistency.Finding, ok bool) {
	if len(days) <= most {
		return f, false
	}
	return consistency.Finding{
		Object: of, Since: nth(days, most+1),
		Values: map[string]float64{"n": float64(len(days)), "most": float64(most)},
	}, true
}
