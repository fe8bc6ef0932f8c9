package rules

import (
	"slices"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr61 names the first two of a group of whom one manages the other.
var cr61 = rule(consistency.Rule{
	ID: "CR-61", Version: 1, Category: consistency.Learning, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Hiërarchie in de groep", EN: "Hierarchy in a group"},
	Condition: consistency.Words{
		NL: "In een intervisiegroep geeft een lid leiding aan een ander lid. In een groep van het MT mag dat.",
		EN: "In an intervision group one member manages another. In a group of the management team that is fine.",
	},
	Message: consistency.Words{
		NL: "{a} geeft leiding aan {b}; dat remt.",
		EN: "{a} manages {b}; that holds people back.",
	},
	Audience: consistency.Audience{Roles: []domain.Role{domain.Lead}},
	Basis: consistency.Words{
		NL: "In intervisie is iedereen gelijk.",
		EN: "In intervision everybody is equal.",
	},
	Waits: waitsForGroups,
	Find: func(s consistency.Situation, _ consistency.Params) (found []consistency.Finding) {
		managers := map[domain.PersonID]domain.PersonID{}
		for _, p := range s.People {
			if p.Gone == "" {
				managers[p.ID] = p.Manager
			}
		}
		for _, g := range groups(s) {
			i := slices.IndexFunc(g.Members, func(p domain.PersonID) bool {
				return managers[p] != "" && slices.Contains(g.Members, managers[p])
			})
			if g.OfMT || i < 0 {
				continue
			}
			b := g.Members[i]
			found = append(found, consistency.Finding{
				Object: consistency.The(g.ID),
				Things: map[string]consistency.Object{"a": consistency.The(managers[b]), "b": consistency.The(b)},
			})
		}
		return found
	},
})
