package rules

import (
	"koersvast/domain"
	"koersvast/domain/strategy"
	"koersvast/projections/consistency"
)

var cr02 = rule(consistency.Rule{
	ID: "CR-02", Version: 1, Category: consistency.Promises, Severity: consistency.Serious,
	Name: consistency.Words{NL: "Pijler zonder beloften", EN: "Pillar without promises"},
	Condition: consistency.Words{
		NL: "Een pijler is {days} dagen of langer geleden vastgesteld en er loopt geen enkele belofte onder.",
		EN: "A pillar was adopted {days} days ago or longer, and no promise runs under it.",
	},
	Message: consistency.Words{
		NL: "Pijler “{pillar}” heeft nog geen enkele lopende belofte.",
		EN: "No promise runs under pillar “{pillar}”.",
	},
	Params:   []consistency.Param{{Name: "days", Usual: 30, Lowest: 7, Most: 180}},
	Audience: consistency.Audience{Roles: []domain.Role{domain.MT, domain.Lead}},
	Basis: consistency.Words{
		NL: "Een pijler wordt pas merkbaar door wat mensen beloven.",
		EN: "A pillar is noticed only by what people promise.",
	},
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		under := carried(s, running(s))
		for _, x := range s.Pillars {
			due := x.Since.Add(int(p["days"]))
			if x.Status == strategy.StatusAdopted && due <= s.Today && !under[x.ID] {
				found = append(found, consistency.Finding{Object: consistency.The(x.ID), Since: due})
			}
		}
		return found
	},
})
