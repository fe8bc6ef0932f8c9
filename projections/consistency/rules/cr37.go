package rules

import "koersvast/projections/consistency"

// cr37 takes a link to a behaviour, a promise or feedback: a programme cannot
// record assessments yet.
var cr37 = rule(consistency.Rule{
	ID: "CR-37", Version: 1, Category: consistency.Feedback, Severity: consistency.Info,
	Name: consistency.Words{NL: "Leerdoel los van feedback of belofte", EN: "Unlinked learning goal"},
	Condition: consistency.Words{
		NL: "Een lopend leerdoel verwijst niet naar een gedraging, een belofte of feedback.",
		EN: "A learning goal refers to no behaviour, promise or feedback.",
	},
	Message: consistency.Words{
		NL: "Waar komt leerdoel “{goal}” vandaan?",
		EN: "Where does the learning goal “{goal}” come from?",
	},
	Audience: consistency.Audience{Owner: true, Coach: true},
	Basis: consistency.Words{
		NL: "Leren, beloven en doen horen bij elkaar.",
		EN: "Learning, promising and doing belong together.",
	},
	Find: func(s consistency.Situation, _ consistency.Params) (found []consistency.Finding) {
		for _, g := range goals(s) {
			if g.Behaviour != "" || g.Promise != "" || g.Round != "" {
				continue
			}
			f := g.finding()
			f.Since = g.Set
			found = append(found, f)
		}
		return found
	},
})
