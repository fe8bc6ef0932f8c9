package rules

import (
	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr47 counts over the whole programme: it is about how needs are answered, and
// not about who has them.
var cr47 = rule(consistency.Rule{
	ID: "CR-47", Version: 1, Category: consistency.Gatherings, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Bijdrage of behoefte verdampt", EN: "Contribution or need without an answer"},
	Condition: consistency.Words{
		NL: "Wat iemand aanbood of nodig had, kreeg in {days} dagen geen ja, geen planning en geen nee met een reden.",
		EN: "What somebody offered or needed got no yes, no plan and no no with a reason in {days} days.",
	},
	Message: consistency.Words{
		NL: "{n} van {all} genoemde behoeften zijn nog onbeantwoord.",
		EN: "{n} of {all} needs that people named have not been answered.",
	},
	Params:   []consistency.Param{{Name: "days", Usual: 60, Lowest: 14, Most: 180}},
	Audience: consistency.Audience{Roles: []domain.Role{domain.MT, domain.Lead}},
	Basis: consistency.Words{
		NL: "Wie vraagt wat mensen nodig hebben, geeft antwoord.",
		EN: "Those who ask what people need give an answer.",
	},
	Waits: waitsForNeeds,
	Find: func(s consistency.Situation, p consistency.Params) []consistency.Finding {
		waiting, since := 0., domain.Day("")
		for _, n := range s.Needs {
			if n.Answered != "" || float64(n.Said.DaysUntil(s.Today)) <= p["days"] {
				continue
			}
			waiting++
			if late := n.Said.Add(int(p["days"]) + 1); since == "" || late < since {
				since = late
			}
		}
		if waiting == 0 {
			return nil
		}
		return []consistency.Finding{{
			Object: consistency.The(s.Programme), Since: since,
			Values: map[string]float64{"n": waiting, "all": float64(len(s.Needs))},
		}}
	},
})
