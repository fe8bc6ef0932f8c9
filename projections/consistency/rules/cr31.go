package rules

import (
	"koersvast/domain"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

// cr31 counts feedback from the day on which there was a report, also when it
// was erased since, and feedback that is under way as planned.
var cr31 = rule(consistency.Rule{
	ID: "CR-31", Version: 1, Category: consistency.Feedback, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Belover zonder feedback", EN: "Promiser without feedback"},
	Condition: consistency.Words{
		NL: "Iemand heeft een lopende belofte, kreeg de afgelopen {back} dagen geen 360-feedback, en er is ook geen ronde die binnen {ahead} dagen begint.",
		EN: "Somebody has a promise that runs, had no 360 feedback in the last {back} days, and there is no round either that begins within {ahead} days.",
	},
	Message: consistency.Words{
		NL: "{person} doet beloften maar krijgt geen feedback.",
		EN: "{person} makes promises but gets no feedback.",
	},
	Params: []consistency.Param{
		{Name: "back", Usual: 365, Lowest: 90, Most: 730},
		{Name: "ahead", Usual: 90, Lowest: 14, Most: 180},
	},
	Audience: consistency.Audience{Owner: true, Roles: []domain.Role{domain.Lead}},
	Basis: consistency.Words{
		NL: "Wie belooft, hoort te horen hoe dat bij anderen overkomt.",
		EN: "Those who promise should hear how it comes across.",
	},
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		gone, hears := goneOf(s), map[domain.PersonID]bool{}
		for _, r := range s.Rounds {
			switch {
			case r.Kind != domain.Feedback:
			case r.Status == round.StatusReleased && float64(r.Since.DaysUntil(s.Today)) <= p["back"],
				underWay(r) && float64(s.Today.DaysUntil(r.Opens)) <= p["ahead"]:
				hears[r.Subject] = true
			}
		}
		for _, x := range s.Promises {
			if x.Status != promise.StatusActive || gone[x.By] || hears[x.By] {
				continue
			}
			hears[x.By] = true // once is enough
			found = append(found, consistency.Finding{Object: consistency.The(x.By), Owner: x.By})
		}
		return found
	},
})

// underWay reports whether a round is to bring something yet.
func underWay(r consistency.Round) bool {
	switch r.Status {
	case round.StatusPlanned, round.StatusApproved, round.StatusOpen, round.StatusClosed:
		return true
	}
	return false
}
