package rules

import (
	"koersvast/domain/promise"
	"koersvast/projections/consistency"
)

var cr11 = rule(consistency.Rule{
	ID: "CR-11", Version: 1, Category: consistency.Promises, Severity: consistency.Serious,
	Name: consistency.Words{NL: "Gebroken zonder herstel", EN: "Broken without repair"},
	Condition: consistency.Words{
		NL: "Een belofte is niet nagekomen en na {days} dagen is er geen herstel afgesproken.",
		EN: "A promise was not kept, and after {days} days no repair has been agreed.",
	},
	Message: consistency.Words{
		NL: "“{promise}” is niet nagekomen. Wat is de herstelactie?",
		EN: "“{promise}” was not kept. What makes it good?",
	},
	Params:   []consistency.Param{{Name: "days", Usual: 30, Lowest: 7, Most: 120}},
	Audience: consistency.Audience{Owner: true, Coach: true},
	Basis: consistency.Words{
		NL: "Psychologisch contract: na een gebroken belofte telt wat iemand daarna doet.",
		EN: "Psychological contract: after a broken promise, what counts is what somebody does next.",
	},
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		for _, x := range with(s, promise.StatusBroken) {
			since := x.Since.Add(int(p["days"]) + 1)
			if !x.Repair && since <= s.Today {
				found = append(found, consistency.Finding{Object: consistency.The(x.ID), Owner: x.By, Since: since})
			}
		}
		return found
	},
})
