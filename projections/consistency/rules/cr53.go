package rules

import (
	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr53 says how many people asked for a skill only from three on.
var cr53 = rule(consistency.Rule{
	ID: "CR-53", Version: 1, Category: consistency.Gatherings, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Gevraagde vaardigheid zonder aanbod", EN: "Skill need without offer"},
	Condition: consistency.Words{
		NL: "Minstens {people} mensen vroegen om een vaardigheid, en binnen {days} dagen is er geen workshop of training in.",
		EN: "At least {people} people asked for a skill, and there is no workshop or training in it within {days} days.",
	},
	Message: consistency.Words{
		NL: "{n} mensen vroegen om “{skill}”; er is nog geen aanbod.",
		EN: "{n} people asked for “{skill}”; nothing is offered yet.",
	},
	Params: []consistency.Param{
		{Name: "people", Usual: 3, Lowest: domain.LowestThreshold, Most: 20},
		{Name: "days", Usual: 90, Lowest: 30, Most: 365},
	},
	Audience: consistency.Audience{Roles: []domain.Role{domain.Lead}},
	Basis: consistency.Words{
		NL: "Mensen oefenen wat zij zelf noemden.",
		EN: "People practise what they named themselves.",
	},
	Waits: waitsForSkills,
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		for _, x := range s.Skills {
			offered := x.Offered >= s.Today && float64(s.Today.DaysUntil(x.Offered)) <= p["days"]
			if float64(x.Asked) >= p["people"] && !offered {
				found = append(found, consistency.Finding{
					Object: consistency.The(x.ID), Since: x.Since, Values: map[string]float64{"n": float64(x.Asked)},
				})
			}
		}
		return found
	},
})
