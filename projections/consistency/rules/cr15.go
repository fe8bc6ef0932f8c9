package rules

import (
	"koersvast/domain"
	"koersvast/domain/promise"
	"koersvast/projections/consistency"
)

// cr15 looks at the last check that brought something, with its numbers as they
// were released. How often it happens the MT may know; of whom, it may not.
var cr15 = rule(consistency.Rule{
	ID: "CR-15", Version: 1, Category: consistency.Promises, Severity: consistency.Serious,
	Name: consistency.Words{NL: "‘Nagekomen’ tegen de toetsing in", EN: "‘Kept’ against the check"},
	Condition: consistency.Words{
		NL: "Wie belooft, noemt de belofte nagekomen. De laatste toetsing door anderen kwam onder {score} uit, en is hoogstwaarschijnlijk lager dan {high}.",
		EN: "Who promises says that the promise was kept. The last check by others came out below {score}, and is most likely lower than {high}.",
	},
	Message: consistency.Words{
		NL: "{person} noemt “{promise}” nagekomen; anderen merken het (nog) niet: {score}.",
		EN: "{person} says that “{promise}” was kept; others do not notice it (yet): {score}.",
	},
	Params: []consistency.Param{
		{Name: "score", Usual: 50, Lowest: 25, Most: 75},
		{Name: "high", Usual: 62.5, Lowest: 50, Most: 90, Fraction: true},
	},
	Audience: consistency.Audience{Owner: true, Coach: true, Count: []domain.Role{domain.MT}},
	Basis: consistency.Words{
		NL: "Zelfbeeld en wat anderen merken lopen uiteen: een oordeel en het bewijs staan naast elkaar.",
		EN: "What people see of themselves and what others notice differ: a verdict and the evidence stand side by side.",
	},
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		checks := s.ChecksOf()
		for _, x := range with(s, promise.StatusKept) {
			check, ok := lastReleased(checks[x.ID])
			if !ok {
				continue
			}
			score, known := check.Noticed()
			if known && !atLeast(score.Value, p["score"]) && !atLeast(score.High, p["high"]) {
				found = append(found, consistency.Finding{
					Object: consistency.The(x.ID), Owner: x.By, Since: max(x.Since, check.Since),
					Values:   map[string]float64{"score": score.Value},
					Things:   map[string]consistency.Object{"person": consistency.The(x.By)},
					Evidence: []consistency.Object{consistency.The(check.ID)},
				})
			}
		}
		return found
	},
})
