package rules

import (
	"koersvast/domain"
	"koersvast/projections/consistency"
)

var cr14 = rule(consistency.Rule{
	ID: "CR-14", Version: 1, Category: consistency.Promises, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Verlopen zonder uitkomst", EN: "Past its day without an outcome"},
	Condition: consistency.Words{
		NL: "De dag van een lopende belofte is meer dan {days} dagen voorbij, en niemand zei of ze is nagekomen.",
		EN: "The day of a promise that runs has passed more than {days} days ago, and nobody said whether it was kept.",
	},
	Message: consistency.Words{
		NL: "“{promise}” had een uitkomst moeten krijgen op {due}.",
		EN: "“{promise}” should have had an outcome on {due}.",
	},
	Params:   []consistency.Param{{Name: "days", Usual: 14, Lowest: 1, Most: 60}},
	Audience: consistency.Audience{Owner: true},
	Basis: consistency.Words{
		NL: "Een belofte met een dag krijgt op die dag een uitkomst.",
		EN: "A promise with a day has an outcome on that day.",
	},
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		for _, x := range running(s) {
			if since := x.Due.Add(int(p["days"]) + 1); x.Due != "" && since <= s.Today {
				found = append(found, consistency.Finding{
					Object: consistency.The(x.ID), Owner: x.By, Since: since, Days: map[string]domain.Day{"due": x.Due},
				})
			}
		}
		return found
	},
})
