package rules

import (
	"koersvast/domain"
	"koersvast/domain/evidence"
	"koersvast/projections/consistency"
)

// cr25 takes a decision that was coded against a promise itself, with
// certainty. Of several decisions it names the latest.
var cr25 = rule(consistency.Rule{
	ID: "CR-25", Version: 1, Category: consistency.Checks, Severity: consistency.Serious,
	Name: consistency.Words{NL: "Besluit tegen belofte", EN: "Decision against promise"},
	Condition: consistency.Words{
		NL: "Een besluit dat viel nadat een belofte ging gelden, staat er haaks op, en gaat zeker over die belofte.",
		EN: "A decision taken after a promise began to count goes against it, and is certainly about that promise.",
	},
	Message: consistency.Words{
		NL: "Het besluit van {day} staat haaks op “{promise}”.",
		EN: "The decision of {day} goes against “{promise}”.",
	},
	Audience: consistency.Audience{Roles: []domain.Role{domain.MT, domain.Lead}},
	Basis: consistency.Words{
		NL: "Documentanalyse: aan besluiten zie je wat telt.",
		EN: "Document analysis: decisions show what counts.",
	},
	Find: func(s consistency.Situation, _ consistency.Params) (found []consistency.Finding) {
		for _, p := range running(s) {
			var against consistency.Fragment
			for _, f := range s.Fragments {
				if f.Promise == p.ID && f.Kind == evidence.Document && f.Document == evidence.Decision && f.Link == evidence.Certain &&
					f.Stance.Value() <= -1 && f.Day > max(p.Active, against.Day) && f.Day <= s.Today {
					against = f
				}
			}
			if against.ID == "" {
				continue
			}
			found = append(found, consistency.Finding{
				Object: consistency.The(p.ID), Since: against.Day,
				Days:     map[string]domain.Day{"day": against.Day},
				Evidence: []consistency.Object{consistency.The(against.Source), consistency.The(against.ID)},
			})
		}
		return found
	},
})
