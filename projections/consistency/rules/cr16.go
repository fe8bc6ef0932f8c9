package rules

import (
	"slices"

	"koersvast/domain"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

// cr16 looks at the checks that were open in the last rhythms, or still are.
var cr16 = rule(consistency.Rule{
	ID: "CR-16", Version: 1, Category: consistency.Promises, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Alleen zelf getoetst", EN: "Only self-checked"},
	Condition: consistency.Words{
		NL: "Een lopende belofte is in de laatste {rhythms} keer de afgesproken tijd wel getoetst, maar alleen door wie haar deed.",
		EN: "In the last {rhythms} times what was agreed a promise that runs was checked, but only by who made it.",
	},
	Message: consistency.Words{
		NL: "“{promise}” is alleen door {person} zelf getoetst.",
		EN: "“{promise}” was checked by {person} alone.",
	},
	Params:   []consistency.Param{{Name: "rhythms", Usual: 2, Lowest: 1, Most: 6}},
	Audience: consistency.Audience{Roles: []domain.Role{domain.Lead}},
	Basis: consistency.Words{
		NL: "Drie groepen toetsen een belofte; niemand keurt alleen zijn eigen werk goed.",
		EN: "Three groups check a promise; nobody approves their own work alone.",
	},
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		checks := s.ChecksOf()
		for _, x := range running(s) {
			from := s.Today.Add(-int(p["rhythms"]) * x.Rhythm)
			lately := slices.DeleteFunc(slices.Clone(checks[x.ID]), func(r consistency.Round) bool {
				return r.Status == round.StatusPlanned || r.Status == round.StatusApproved || r.Closed != "" && r.Closed < from
			})
			if len(lately) == 0 || slices.ContainsFunc(lately, asksOthers) {
				continue
			}
			f := consistency.Finding{
				Object: consistency.The(x.ID), Since: lately[0].Opens,
				Things: map[string]consistency.Object{"person": consistency.The(x.By)},
			}
			for _, r := range lately {
				f.Evidence = append(f.Evidence, consistency.The(r.ID))
			}
			found = append(found, f)
		}
		return found
	},
})

// asksOthers reports whether anybody but the subject was asked.
func asksOthers(r consistency.Round) bool {
	return slices.ContainsFunc(r.Raters, func(x round.Rater) bool { return x.Group != domain.Self })
}
