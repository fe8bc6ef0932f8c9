package rules

import (
	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr39 looks at the first check of a promise after feedback on who promised it
// was released, beside the last one before, as long as there is no newer one.
// It is for the coach alone: it asks for support, and not for an explanation.
var cr39 = rule(consistency.Rule{
	ID: "CR-39", Version: 1, Category: consistency.Feedback, Severity: consistency.Support,
	Name: consistency.Words{NL: "Dip na feedback", EN: "Dip after feedback"},
	Condition: consistency.Words{
		NL: "Bij de eerste toetsing binnen {days} dagen na 360-feedback wordt een belofte minstens {drop} van de 100 punten minder gemerkt dan bij de laatste ervoor, en dat is waarschijnlijk geen toeval.",
		EN: "In the first check within {days} days after 360 feedback a promise is noticed at least {drop} of 100 points less than in the last one before, and that is probably not chance.",
	},
	Message: consistency.Words{
		NL: "Na feedback zakt de toetsing vaak even. Plan een gesprek.",
		EN: "After feedback checks often fall for a while. Plan a talk.",
	},
	Params: []consistency.Param{
		{Name: "days", Usual: 90, Lowest: 30, Most: 180},
		{Name: "drop", Usual: 10, Lowest: 5, Most: 50},
	},
	Audience: consistency.Audience{Coach: true},
	Basis: consistency.Words{
		NL: "Kluger en DeNisi (1996): meer dan een derde van de feedback maakte het minder goed.",
		EN: "Kluger and DeNisi (1996): more than a third of all feedback made things worse.",
	},
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		feedback := map[domain.PersonID][]domain.Day{}
		for _, r := range s.Rounds {
			if r.Kind == domain.Feedback && released(r) {
				feedback[r.Subject] = append(feedback[r.Subject], r.Since)
			}
		}
		history := releasedChecks(s)
		for _, r := range checks(s) {
			all := history[r.Promise]
			c, ok := changeSinceLast(all)
			if !ok || !c.surelyFell || !atLeast(-c.ScoreGap().Value, p["drop"]) {
				continue
			}
			before := all[len(all)-2]
			for _, day := range feedback[r.Subject] {
				if before.Closed <= day && day < r.Closed && float64(day.DaysUntil(r.Closed)) <= p["days"] {
					found = append(found, consistency.Finding{
						Object: consistency.The(r.Promise), Since: r.Since, Coach: r.Coach,
						Evidence: []consistency.Object{consistency.The(before.ID), consistency.The(r.ID)},
					})
					break
				}
			}
		}
		return found
	},
})
