package rules

import (
	"cmp"

	"koersvast/domain"
	"koersvast/domain/strategy"
	"koersvast/projections/consistency"
)

// cr03 looks at behaviour that was agreed on: what was only proposed is not
// asked of anybody yet.
var cr03 = rule(consistency.Rule{
	ID: "CR-03", Version: 1, Category: consistency.Promises, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Pijler zonder belofte van het MT zelf", EN: "Pillar without a promise of the MT itself"},
	Condition: consistency.Words{
		NL: "Onder een pijler staat afgesproken gedrag van medewerkers, maar er loopt geen belofte van iemand in het MT.",
		EN: "Under a pillar stands behaviour agreed for employees, but no promise of anybody in the MT runs.",
	},
	Message: consistency.Words{
		NL: "Voor “{pillar}” vraagt het MT gedrag van medewerkers, maar belooft het zelf niets.",
		EN: "For “{pillar}” the MT asks behaviour of employees, and promises nothing itself.",
	},
	Audience: consistency.Audience{Roles: []domain.Role{domain.MT}},
	Basis: consistency.Words{
		NL: "De strategie vraagt gedrag van medewerkers én van het MT zelf.",
		EN: "The strategy asks behaviour of employees and of the MT itself.",
	},
	Find: func(s consistency.Situation, _ consistency.Params) (found []consistency.Finding) {
		var ofMT []consistency.Promise
		for _, p := range running(s) {
			if p.FromMT {
				ofMT = append(ofMT, p)
			}
		}
		under, asked := carried(s, ofMT), map[domain.PillarID]domain.Day{}
		for _, b := range s.Behaviours {
			if b.Whose == domain.Employee && b.Status == strategy.StatusAdopted {
				asked[b.Pillar] = min(cmp.Or(asked[b.Pillar], b.Since), b.Since)
			}
		}
		for _, x := range s.Pillars {
			since, any := asked[x.ID]
			if x.Status == strategy.StatusAdopted && any && !under[x.ID] {
				found = append(found, consistency.Finding{Object: consistency.The(x.ID), Since: max(since, x.Since)})
			}
		}
		return found
	},
})
