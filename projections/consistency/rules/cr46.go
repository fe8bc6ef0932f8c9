package rules

import (
	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr46 asks two things of those who made a gathering: that people get back what
// came out of it, and that they are asked what they think of core values that
// were given meaning with it.
var cr46 = rule(consistency.Rule{
	ID: "CR-46", Version: 1, Category: consistency.Gatherings, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Opbrengst niet teruggegeven", EN: "Yield not returned"},
	Condition: consistency.Words{
		NL: "Een bijeenkomst is langer dan {days} dagen geleden, en deelnemers kregen de opbrengst nog niet terug; of kernwaarden zijn ermee geladen zonder dat hun is gevraagd wat zij ervan vinden.",
		EN: "A gathering was longer than {days} days ago, and those who took part have not got back what came out of it; or core values were given meaning with it, and nobody asked them what they think.",
	},
	Message: consistency.Words{
		NL: "Deelnemers van “{gathering}” kregen hun opbrengst nog niet terug.",
		EN: "Those who took part in “{gathering}” have not got back what came out of it.",
	},
	Variants: map[string]consistency.Words{"asked": {
		NL: "Met “{gathering}” zijn kernwaarden geladen; deelnemers is nog niet gevraagd wat zij ervan vinden.",
		EN: "With “{gathering}” core values were given meaning; those who took part have not been asked what they think.",
	}},
	Params:   []consistency.Param{{Name: "days", Usual: 14, Lowest: 3, Most: 60}},
	Audience: consistency.Audience{Roles: []domain.Role{domain.Facilitator, domain.MT}},
	Basis: consistency.Words{
		NL: "Wat mensen inbrachten gaat naar hen terug, met de vraag wat zij ervan vinden.",
		EN: "What people brought in goes back to them, with the question what they think of it.",
	},
	Waits: waitsForGatherings,
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		for _, g := range s.Gatherings {
			f := consistency.Finding{Object: consistency.The(g.ID)}
			switch {
			case g.Closed != "" && g.Returned == "" && float64(g.Closed.DaysUntil(s.Today)) > p["days"]:
				f.Since = g.Closed.Add(int(p["days"]) + 1)
			case g.Loaded != "" && g.Asked == "":
				f.Since, f.Variant = g.Loaded, "asked"
			default:
				continue
			}
			found = append(found, f)
		}
		return found
	},
})
