package rules

import (
	"koersvast/domain"
	"koersvast/domain/promise"
	"koersvast/projections/consistency"
)

// cr01 counts from the last check that was closed, or from when the promise
// last began to stand open.
var cr01 = rule(consistency.Rule{
	ID: "CR-01", Version: 1, Category: consistency.Promises, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Belofte niet op tijd getoetst", EN: "Promise not checked in time"},
	Condition: consistency.Words{
		NL: "Een lopende belofte is langer niet getoetst dan {grace} keer de afgesproken tijd. Na {hard} keer is het ernstig.",
		EN: "A promise that runs has not been checked for longer than {grace} times what was agreed. After {hard} times it is serious.",
	},
	Message: consistency.Words{
		NL: "“{promise}” is {days} dagen niet getoetst (afgesproken: elke {rhythm} dagen).",
		EN: "“{promise}” has not been checked for {days} days (agreed: every {rhythm} days).",
	},
	Params: []consistency.Param{
		{Name: "grace", Usual: 1.25, Lowest: 1, Most: 3, Fraction: true},
		{Name: "hard", Usual: 2, Lowest: 1, Most: 6, Fraction: true},
	},
	Audience: consistency.Audience{Owner: true, Roles: []domain.Role{domain.Lead}},
	Basis: consistency.Words{
		NL: "Beloften worden steeds getoetst: dat is de afspraak.",
		EN: "Promises are checked again and again: that is what was agreed.",
	},
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		checks := s.ChecksOf()
		for _, x := range s.Promises {
			if x.Status != promise.StatusActive {
				continue
			}
			last := max(x.Active, x.Since)
			for _, check := range checks[x.ID] {
				last = max(last, check.Closed)
			}
			days, rhythm := float64(last.DaysUntil(s.Today)), float64(x.Rhythm)
			if days <= p["grace"]*rhythm {
				continue
			}
			f := consistency.Finding{
				Object: consistency.The(x.ID), Owner: x.By, Since: last.Add(int(p["grace"]*rhythm) + 1),
				Values: map[string]float64{"days": days, "rhythm": rhythm},
			}
			if days > p["hard"]*rhythm {
				f.Severity = consistency.Serious
			}
			found = append(found, f)
		}
		return found
	},
})
