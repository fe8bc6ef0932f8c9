package rules

import (
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

// cr21 looks at how many could not observe something, which is told of eight
// answers or more and rounded to tens: it finds something where that is surely
// too many. What all others say counts; where a small group keeps them from
// being told together, what the large ones say.
var cr21 = rule(consistency.Rule{
	ID: "CR-21", Version: 1, Category: consistency.Checks, Severity: consistency.Talk,
	Name: consistency.Words{NL: "Niet zichtbaar", EN: "Not visible"},
	Condition: consistency.Words{
		NL: "Van acht of meer mensen kon minder dan {visible}% een gedraging waarnemen.",
		EN: "Of eight people or more, fewer than {visible}% could observe a behaviour.",
	},
	Message: consistency.Words{
		NL: "{x}% kon “{behaviour}” niet waarnemen. Wordt het gedaan waar mensen het zien?",
		EN: "{x}% could not observe “{behaviour}”. Is it done where people see it?",
	},
	Params:   []consistency.Param{{Name: "visible", Usual: 60, Lowest: 30, Most: 90}},
	Audience: consistency.Audience{Owner: true, Coach: true},
	Basis: consistency.Words{
		NL: "Een belofte telt als mensen er iets van merken; wie het niet kan zien, kan het niet merken (formule F4).",
		EN: "A promise counts when people notice it; those who cannot see it cannot notice it (formula F4).",
	},
	Find: func(s consistency.Situation, p consistency.Params) []consistency.Finding {
		surely := func(c round.Cell) float64 {
			if c.Unseen == nil || float64(*c.Unseen-5) <= 100-p["visible"] {
				return 0
			}
			return float64(*c.Unseen)
		}
		return standOut(s, func(item round.Item) (most float64) {
			if item.All != nil && item.All.Unseen != nil {
				return surely(*item.All)
			}
			for _, c := range item.Cells {
				most = max(most, surely(c))
			}
			return most
		})
	},
})
