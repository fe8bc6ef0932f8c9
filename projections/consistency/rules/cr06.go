package rules

import (
	"koersvast/domain/promise"
	"koersvast/projections/consistency"
)

var cr06 = rule(consistency.Rule{
	ID: "CR-06", Version: 1, Category: consistency.Promises, Severity: consistency.Serious,
	Name: consistency.Words{NL: "Belofte namens een ander", EN: "Promise in another's name"},
	Condition: consistency.Words{
		NL: "Iemand schreef een belofte op voor een ander, en die heeft haar na {days} dagen nog niet zelf bevestigd. Tot die tijd telt ze nergens mee.",
		EN: "Somebody wrote down a promise for another, who has not confirmed it within {days} days. Until then it counts nowhere.",
	},
	Message: consistency.Words{
		NL: "“{promise}” staat op naam van {person}, maar die heeft haar nog niet zelf bevestigd.",
		EN: "“{promise}” is in the name of {person}, who has not confirmed it yet.",
	},
	Params:   []consistency.Param{{Name: "days", Usual: 14, Lowest: 3, Most: 60}},
	Audience: consistency.Audience{Owner: true, Recorder: true},
	Basis: consistency.Words{
		NL: "Burgess: iemand kan alleen over eigen gedrag iets beloven.",
		EN: "Burgess: people can promise only what they do themselves.",
	},
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		for _, x := range with(s, promise.StatusProposed) {
			since := x.Said.Add(int(p["days"]) + 1)
			if since <= s.Today {
				found = append(found, consistency.Finding{
					Object: consistency.The(x.ID), Owner: x.By, Recorder: x.RecordedBy, Since: since,
					Things: map[string]consistency.Object{"person": consistency.The(x.By)},
				})
			}
		}
		return found
	},
})
