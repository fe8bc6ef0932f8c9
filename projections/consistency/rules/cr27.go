package rules

import (
	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr27 counts what documents said of pillars that stand, and of promises and
// behaviours under them.
var cr27 = rule(consistency.Rule{
	ID: "CR-27", Version: 1, Category: consistency.Checks, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Vergeten pijler", EN: "Forgotten pillar"},
	Condition: consistency.Words{
		NL: "In documenten van de laatste 90 dagen, met minstens {fragments} fragmenten, kreeg een pijler minder dan {share}% van een gelijk deel.",
		EN: "In documents of the last 90 days, with at least {fragments} fragments, a pillar got less than {share}% of an equal share.",
	},
	Message: consistency.Words{
		NL: "“{pillar}” kwam de afgelopen drie maanden bijna niet voor.",
		EN: "“{pillar}” hardly came up in the last three months.",
	},
	Params: []consistency.Param{
		{Name: "fragments", Usual: 20, Lowest: 10, Most: 200},
		{Name: "share", Usual: 30, Lowest: 10, Most: 80},
	},
	Audience: consistency.Audience{Roles: []domain.Role{domain.MT}},
	Basis: consistency.Words{
		NL: "Documentanalyse: waar niemand het over heeft, raakt vergeten.",
		EN: "Document analysis: what nobody speaks of is forgotten.",
	},
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		said, pillars, ok := spoken(s, p["fragments"])
		for _, pillar := range pillars {
			if ok && !atLeast(said.Share(pillar), p["share"]/100/float64(len(pillars))) {
				found = append(found, consistency.Finding{Object: consistency.The(pillar)})
			}
		}
		return found
	},
})
