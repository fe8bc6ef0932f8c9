package rules

import (
	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr51 is about what a team agreed on in its own gathering, and has not let go.
var cr51 = rule(consistency.Rule{
	ID: "CR-51", Version: 1, Category: consistency.Gatherings, Severity: consistency.Serious,
	Name: consistency.Words{NL: "Actie niet geland in jaarplan", EN: "Action not landed in a team plan"},
	Condition: consistency.Words{
		NL: "Een actie uit een regionale bijeenkomst staat na {days} dagen niet in een jaarplan.",
		EN: "An action from a regional gathering is not in a team plan after {days} days.",
	},
	Message: consistency.Words{
		NL: "{n} acties uit “{gathering}” staan niet in een jaarplan.",
		EN: "{n} actions from “{gathering}” are in no team plan.",
	},
	Params:   []consistency.Param{{Name: "days", Usual: 45, Lowest: 14, Most: 120}},
	Audience: consistency.Audience{Owner: true, Roles: []domain.Role{domain.MT}},
	Basis: consistency.Words{
		NL: "Wat teams afspreken, wordt vastgelegd in hun jaarplan.",
		EN: "What teams agree on is put into their plan for the year.",
	},
	Waits: waitsForActions,
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		for _, g := range s.Gatherings {
			n, since := 0., domain.Day("")
			for _, a := range s.Actions {
				if g.Kind != consistency.Regional || a.From != g.ID || a.Landed || a.Done != "" || float64(a.Agreed.DaysUntil(s.Today)) <= p["days"] {
					continue
				}
				n++
				if late := a.Agreed.Add(int(p["days"]) + 1); since == "" || late < since {
					since = late
				}
			}
			if n > 0 {
				found = append(found, consistency.Finding{
					Object: consistency.The(g.ID), Since: since, Owner: g.Leader, Values: map[string]float64{"n": n},
				})
			}
		}
		return found
	},
})
