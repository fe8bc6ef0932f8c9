package rules

import "koersvast/projections/consistency"

// cr60 looks at the last meetings only: a pattern that is seen ends it.
var cr60 = rule(consistency.Rule{
	ID: "CR-60", Version: 1, Category: consistency.Learning, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Alleen oplossingen", EN: "Solutions without a pattern"},
	Condition: consistency.Words{
		NL: "Een groep zag de laatste {meetings} bijeenkomsten geen patroon over casussen heen.",
		EN: "In its last {meetings} meetings a group saw no pattern over cases.",
	},
	Message: consistency.Words{
		NL: "{n} keer zonder patroon: wat zien jullie over de casussen heen?",
		EN: "{n} times without a pattern: what do you see over the cases?",
	},
	Params:   []consistency.Param{{Name: "meetings", Usual: 2, Lowest: 1, Most: 6}},
	Audience: consistency.Audience{People: true},
	Basis: consistency.Words{
		NL: "Wie alleen oplossingen deelt, herkent geen patronen; juist die geven ruimte om te vernieuwen.",
		EN: "Those who only share solutions see no patterns; and it is these that make room for something new.",
	},
	Waits: waitsForGroups,
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		for _, g := range groups(s) {
			n := 0
			for i := len(g.Meetings) - 1; i >= 0 && g.Meetings[i].Patterns == 0; i-- {
				n++
			}
			if float64(n) >= p["meetings"] {
				found = append(found, consistency.Finding{
					Object: consistency.The(g.ID), Since: g.Meetings[len(g.Meetings)-1].Day, People: withFacilitator(g),
					Values: map[string]float64{"n": float64(n)},
				})
			}
		}
		return found
	},
})
