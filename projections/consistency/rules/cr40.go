package rules

import (
	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr40 asks of every report that was handed over, with a talk or without,
// whether those who answered heard back. The letter to them is written in the
// round itself, see [round.ThankRaters].
var cr40 = rule(consistency.Rule{
	ID: "CR-40", Version: 1, Category: consistency.Feedback, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Gevers hoorden niets terug", EN: "Raters heard nothing back"},
	Condition: consistency.Words{
		NL: "360-feedback is langer dan {days} dagen geleden besproken, en de feedbackgevers hoorden nog niets terug.",
		EN: "360 feedback was talked about longer than {days} days ago, and those who gave it have heard nothing back.",
	},
	Message: consistency.Words{
		NL: "Laat je feedbackgevers weten wat je ermee doet.",
		EN: "Let those who gave you feedback know what you do with it.",
	},
	Params:   []consistency.Param{{Name: "days", Usual: 30, Lowest: 7, Most: 90}},
	Audience: consistency.Audience{Owner: true},
	Basis: consistency.Words{
		NL: "Walker en Smither (1999): wie met de gevers bespreekt wat hij hoorde, verbetert meer.",
		EN: "Walker and Smither (1999): those who discuss what they heard with those who said it improve more.",
	},
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		gone := goneOf(s)
		for _, r := range s.Rounds {
			if r.Kind != domain.Feedback || !handedOver(r) || r.Report == nil || r.Letter || gone[r.Subject] ||
				float64(r.Debriefed.DaysUntil(s.Today)) <= p["days"] {
				continue
			}
			found = append(found, consistency.Finding{
				Object: consistency.The(r.ID), Since: r.Debriefed.Add(int(p["days"]) + 1), Owner: r.Subject,
			})
		}
		return found
	},
})
