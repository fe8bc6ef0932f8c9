package rules

import (
	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr36 counts from the day on which a report was handed over, with a talk or
// without. A goal counts from when it was set, whatever became of it.
var cr36 = rule(consistency.Rule{
	ID: "CR-36", Version: 1, Category: consistency.Feedback, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Feedback zonder leerdoel", EN: "Feedback without a learning goal"},
	Condition: consistency.Words{
		NL: "De laatste 360-feedback is langer dan {days} dagen geleden besproken, en er is geen leerdoel dat ernaar verwijst.",
		EN: "The latest 360 feedback was talked about longer than {days} days ago, and no learning goal refers to it.",
	},
	Message: consistency.Words{
		NL: "Uit de feedback volgde nog geen leerdoel.",
		EN: "No learning goal has come of the feedback yet.",
	},
	Params:   []consistency.Param{{Name: "days", Usual: 30, Lowest: 7, Most: 90}},
	Audience: consistency.Audience{Owner: true, Coach: true},
	Basis: consistency.Words{
		NL: "Smither e.a. (2005): feedback helpt wie er een doel van maakt.",
		EN: "Smither et al. (2005): feedback helps those who make a goal of it.",
	},
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		linked := map[domain.RoundID]bool{}
		for _, c := range s.Coachings {
			for _, g := range c.Goals {
				linked[g.Round] = true
			}
		}
		for _, r := range results(s) {
			if r.Kind != domain.Feedback || linked[r.ID] || float64(r.Debriefed.DaysUntil(s.Today)) <= p["days"] {
				continue
			}
			found = append(found, consistency.Finding{
				Object: consistency.The(r.ID), Since: r.Debriefed.Add(int(p["days"]) + 1), Owner: r.Subject, Coach: r.Coach,
			})
		}
		return found
	},
})
