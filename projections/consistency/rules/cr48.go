package rules

import (
	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr48 counts quotes and themes alike.
var cr48 = rule(consistency.Rule{
	ID: "CR-48", Version: 1, Category: consistency.Gatherings, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Kernwaarde niet geladen", EN: "Value not loaded"},
	Condition: consistency.Words{
		NL: "Een kernwaarde is gekozen, en er horen minder dan {least} uitspraken of thema's van deelnemers bij.",
		EN: "A core value was chosen, and fewer than {least} things that people said go with it.",
	},
	Message: consistency.Words{
		NL: "“{core_value}” is gekozen maar nog niet geladen met uitspraken van deelnemers.",
		EN: "“{core_value}” was chosen, and has not been given meaning with what people said.",
	},
	Params:   []consistency.Param{{Name: "least", Usual: 3, Lowest: 1, Most: 10}},
	Audience: consistency.Audience{Roles: []domain.Role{domain.MT, domain.Facilitator}},
	Basis: consistency.Words{
		NL: "Een waarde gaat leven door wat mensen er zelf over zeggen.",
		EN: "A value comes to life by what people say of it themselves.",
	},
	Waits: waitsForValues,
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		for _, v := range s.Values {
			if v.Chosen != "" && float64(v.Loads) < p["least"] {
				found = append(found, consistency.Finding{Object: consistency.The(v.ID), Since: v.Chosen})
			}
		}
		return found
	},
})
