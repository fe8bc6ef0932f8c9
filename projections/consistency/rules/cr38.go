package rules

import (
	"slices"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr38 looks at coachings that have not ended and at rounds that have not been
// handed over. Who assesses people a programme cannot record.
var cr38 = rule(consistency.Rule{
	ID: "CR-38", Version: 1, Category: consistency.Feedback, Severity: consistency.Serious,
	Name: consistency.Words{NL: "Rolvermenging", EN: "Role conflict"},
	Condition: consistency.Words{
		NL: "Een coach is ook de leidinggevende van wie wordt gecoacht, geeft zelf antwoord in dezelfde ronde, of is beheerder.",
		EN: "A coach is also the manager of who is coached, answers in the same round, or is an administrator.",
	},
	Message: consistency.Words{
		NL: "{coach} kan hier niet de coach zijn: ook {role}.",
		EN: "{coach} cannot be the coach here: also {role}.",
	},
	Terms: map[string]consistency.Words{
		"manager":       {NL: "leidinggevende", EN: "the manager"},
		"rater":         {NL: "feedbackgever", EN: "one of those who answer"},
		"administrator": {NL: "beheerder", EN: "an administrator"},
	},
	Audience: consistency.Audience{Roles: []domain.Role{domain.Lead, domain.WorksCouncil}},
	Basis: consistency.Words{
		NL: "De ethische code van coaches (NOBCO): een coach dient één belang.",
		EN: "The coaches' code of ethics (NOBCO): a coach serves one interest.",
	},
	Find: func(s consistency.Situation, _ consistency.Params) (found []consistency.Finding) {
		managers, admins := map[domain.PersonID]domain.PersonID{}, s.In(domain.Admin)
		for _, p := range s.People {
			managers[p.ID] = p.Manager
		}
		clash := func(about consistency.Object, coach, coachee domain.PersonID, rates bool) {
			role := ""
			switch {
			case managers[coachee] == coach:
				role = "manager"
			case rates:
				role = "rater"
			case admins[coach]:
				role = "administrator"
			default:
				return
			}
			found = append(found, consistency.Finding{
				Object: about,
				Things: map[string]consistency.Object{"coach": consistency.The(coach), "role": consistency.Term(role)},
			})
		}
		for _, c := range s.Coachings {
			if c.Closed == "" {
				clash(consistency.The(c.ID), c.Coach, c.Coachee, false)
			}
		}
		for _, r := range s.Rounds {
			if !underWay(r) && (!released(r) || handedOver(r)) {
				continue
			}
			rates := false
			for _, rater := range r.Raters {
				rates = rates || rater.Person == r.Coach && !slices.Contains(r.Declined, r.Coach)
			}
			clash(consistency.The(r.ID), r.Coach, r.Subject, rates)
		}
		return found
	},
})
