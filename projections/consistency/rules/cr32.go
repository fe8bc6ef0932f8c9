package rules

import (
	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr32 counts from the day on which there was a report until the two talked
// about it, or its subject waived that. The programme lead sees that a report
// waits and since when, and nothing of what is in it.
var cr32 = rule(consistency.Rule{
	ID: "CR-32", Version: 1, Category: consistency.Feedback, Severity: consistency.Serious,
	Name: consistency.Words{NL: "Coaching ontbreekt na 360", EN: "No coaching after 360"},
	Condition: consistency.Words{
		NL: "Het rapport van 360-feedback is er langer dan {days} dagen, en er is nog niet over gesproken.",
		EN: "A report of 360 feedback has been there for longer than {days} days, and nobody has talked about it yet.",
	},
	Message: consistency.Words{
		NL: "Het rapport van {person} wacht sinds {since} op een nabespreking.",
		EN: "The report of {person} has waited since {since} to be talked about.",
	},
	Params:   []consistency.Param{{Name: "days", Usual: 21, Lowest: 7, Most: 60}},
	Audience: consistency.Audience{Owner: true, Coach: true, Roles: []domain.Role{domain.Lead}},
	Basis: consistency.Words{
		NL: "Kluger en DeNisi (1996) en Smither e.a. (2005): feedback zonder gesprek helpt weinig, en schaadt soms.",
		EN: "Kluger and DeNisi (1996) and Smither et al. (2005): feedback without a talk helps little, and sometimes harms.",
	},
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		gone, talked := goneOf(s), map[domain.RoundID]bool{}
		for _, c := range s.Coachings {
			for _, m := range c.Sessions {
				if m.Held != "" {
					talked[m.Round] = true
				}
			}
		}
		for _, r := range s.Rounds {
			if r.Kind != domain.Feedback || !released(r) || r.Report == nil || handedOver(r) || talked[r.ID] || gone[r.Subject] ||
				float64(r.Since.DaysUntil(s.Today)) <= p["days"] {
				continue
			}
			found = append(found, consistency.Finding{
				Object: consistency.The(r.ID), Since: r.Since.Add(int(p["days"]) + 1), Owner: r.Subject, Coach: r.Coach,
				Days:   map[string]domain.Day{"since": r.Since},
				Things: map[string]consistency.Object{"person": consistency.The(r.Subject)},
			})
		}
		return found
	},
})
