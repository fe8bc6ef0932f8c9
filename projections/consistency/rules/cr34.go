package rules

import (
	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr34 begins when feedback on somebody of the MT has been released: from then
// on there is something to talk about with each of them. A programme cannot
// say of itself yet in which phase it is.
var cr34 = rule(consistency.Rule{
	ID: "CR-34", Version: 1, Category: consistency.Feedback, Severity: consistency.Attention,
	Name: consistency.Words{NL: "MT-lid zonder coachgesprek", EN: "MT member without coaching"},
	Condition: consistency.Words{
		NL: "Er is een rapport van 360-feedback over iemand van het MT, en niet ieder MT-lid had al een coachgesprek.",
		EN: "There is a report of 360 feedback on a member of the management team, and not every member has had a coaching session.",
	},
	Message: consistency.Words{
		NL: "{n} van {all} MT-leden hadden nog geen coachgesprek.",
		EN: "{n} of {all} members of the management team have not had a coaching session yet.",
	},
	Audience: consistency.Audience{Roles: []domain.Role{domain.Lead}},
	Basis: consistency.Words{
		NL: "Met ieder MT-lid is er een coachgesprek, mede naar aanleiding van de feedback.",
		EN: "There is a coaching session with every member of the management team, partly about the feedback.",
	},
	Find: func(s consistency.Situation, _ consistency.Params) []consistency.Finding {
		mt, met, since := s.In(domain.MT), map[domain.PersonID]bool{}, domain.Day("")
		for _, r := range s.Rounds {
			if r.Kind == domain.Feedback && released(r) && mt[r.Subject] && (since == "" || r.Since < since) {
				since = r.Since
			}
		}
		for _, c := range s.Coachings {
			for _, m := range c.Sessions {
				if m.Held != "" && mt[c.Coachee] {
					met[c.Coachee] = true
				}
			}
		}
		if since == "" || len(met) == len(mt) {
			return nil
		}
		return []consistency.Finding{{
			Object: consistency.The(s.Programme), Since: since,
			Values: map[string]float64{"n": float64(len(mt) - len(met)), "all": float64(len(mt))},
		}}
	},
})
