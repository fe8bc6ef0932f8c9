package rules

import (
	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr57 asks for a decision, whichever it is.
var cr57 = rule(consistency.Rule{
	ID: "CR-57", Version: 1, Category: consistency.Learning, Severity: consistency.Info,
	Name: consistency.Words{NL: "Te lang begeleid", EN: "Never handed over"},
	Condition: consistency.Words{
		NL: "Een groep had meer dan {meetings} begeleide bijeenkomsten, en niemand besloot hoe het verder gaat.",
		EN: "A group has had more than {meetings} facilitated meetings, and nobody has decided how it goes on.",
	},
	Message: consistency.Words{
		NL: "Na {n} begeleide bijeenkomsten: zelfstandig, verlengen of stoppen?",
		EN: "After {n} facilitated meetings: alone, longer with help, or stop?",
	},
	Params:   []consistency.Param{{Name: "meetings", Usual: 8, Lowest: 4, Most: 20}},
	Audience: consistency.Audience{People: true, Roles: []domain.Role{domain.Lead}},
	Basis: consistency.Words{
		NL: "Begeleiding is er om overbodig te worden.",
		EN: "A facilitator is there to become superfluous.",
	},
	Waits: waitsForGroups,
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		for _, g := range groups(s) {
			n, last := 0., domain.Day("")
			for _, m := range g.Meetings {
				if m.Facilitated {
					n, last = n+1, m.Day
				}
			}
			if g.Decided == "" && g.SelfRun == "" && n > p["meetings"] {
				found = append(found, consistency.Finding{
					Object: consistency.The(g.ID), Since: last, People: facilitator(g), Values: map[string]float64{"n": n},
				})
			}
		}
		return found
	},
})
