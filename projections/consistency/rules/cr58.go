package rules

import (
	"koersvast/domain"
	"koersvast/domain/measure"
	"koersvast/projections/consistency"
)

// cr58 looks at a mix as part of the most that it could be. It names the
// function that most members have; of several, the first.
var cr58 = rule(consistency.Rule{
	ID: "CR-58", Version: 1, Category: consistency.Learning, Severity: consistency.Info,
	Name: consistency.Words{NL: "Te weinig gemengd", EN: "Not mixed"},
	Condition: consistency.Words{
		NL: "De functies in een groep zijn voor minder dan {mix}% zo gemengd als kan.",
		EN: "The functions in a group are less than {mix}% as mixed as they could be.",
	},
	Message: consistency.Words{
		NL: "Groep {group} bestaat vooral uit {function}.",
		EN: "Group {group} consists mostly of {function}.",
	},
	Params:   []consistency.Param{{Name: "mix", Usual: 60, Lowest: 20, Most: 90}},
	Audience: consistency.Audience{Roles: []domain.Role{domain.Lead}},
	Basis: consistency.Words{
		NL: "Blau (1977), formule F28: wie ander werk doet, ziet wat je zelf niet meer ziet.",
		EN: "Blau (1977), formula F28: those who do other work see what you no longer see.",
	},
	Waits: waitsForGroups,
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		for _, g := range groups(s) {
			var counts []int
			var most consistency.Function
			for _, f := range g.Functions {
				counts = append(counts, f.Members)
				if f.Members > most.Members {
					most = f
				}
			}
			if m, ok := measure.MixOf(counts...); ok && !atLeast(100*m.Ratio, p["mix"]) {
				found = append(found, consistency.Finding{
					Object: consistency.The(g.ID), Things: map[string]consistency.Object{"function": consistency.The(most.ID)},
				})
			}
		}
		return found
	},
})
