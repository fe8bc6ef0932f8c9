package rules

import (
	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr49 takes the bottom third of all values that people could give points to.
// Values with as many points stand as high as the highest of them.
var cr49 = rule(consistency.Rule{
	ID: "CR-49", Version: 1, Category: consistency.Gatherings, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Gekozen tegen de uitslag", EN: "Chosen against the vote"},
	Condition: consistency.Words{
		NL: "Een gekozen kernwaarde hoort bij het derde deel dat de minste punten kreeg, en niemand heeft uitgelegd waarom.",
		EN: "A core value that was chosen is among the third that got the fewest points, and nobody explained why.",
	},
	Message: consistency.Words{
		NL: "“{core_value}” kreeg weinig punten. Leg uit waarom zij toch gekozen is.",
		EN: "“{core_value}” got few points. Explain why it was chosen all the same.",
	},
	Audience: consistency.Audience{Roles: []domain.Role{domain.MT}},
	Basis: consistency.Words{
		NL: "Wie anders kiest dan mensen wilden, houdt hun vertrouwen door uit te leggen waarom.",
		EN: "Those who choose otherwise than people wanted keep their trust by explaining why.",
	},
	Waits: waitsForValues,
	Find: func(s consistency.Situation, _ consistency.Params) (found []consistency.Finding) {
		for _, v := range s.Values {
			atMost := 0 // of how many values the points are no more than its own
			for _, other := range s.Values {
				if other.Points <= v.Points {
					atMost++
				}
			}
			if v.Chosen != "" && !v.Reasoned && 3*atMost <= len(s.Values) {
				found = append(found, consistency.Finding{Object: consistency.The(v.ID), Since: v.Chosen})
			}
		}
		return found
	},
})
