package rules

import (
	"slices"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr05 finds promises to people and teams of whom nobody is here any more: one
// to nobody at all cannot be made.
var cr05 = rule(consistency.Rule{
	ID: "CR-05", Version: 1, Category: consistency.Promises, Severity: consistency.Info,
	Name: consistency.Words{NL: "Belofte zonder ontvanger", EN: "Promise to nobody"},
	Condition: consistency.Words{
		NL: "Van de mensen en teams aan wie een lopende belofte is gedaan, doet niemand meer mee.",
		EN: "Of the people and teams to whom a promise that runs was made, nobody takes part any more.",
	},
	Message: consistency.Words{
		NL: "Aan wie is “{promise}” gedaan?",
		EN: "To whom was “{promise}” made?",
	},
	Audience: consistency.Audience{Owner: true},
	Basis: consistency.Words{
		NL: "Een belofte heeft iemand die belooft, iemand aan wie, en een inhoud.",
		EN: "A promise has somebody who promises, somebody to whom, and a body.",
	},
	Find: func(s consistency.Situation, _ consistency.Params) (found []consistency.Finding) {
		promises := running(s)
		to := map[domain.Party]bool{}
		for _, x := range promises {
			for _, party := range x.To {
				to[party] = true
			}
		}
		here := map[domain.Party]bool{}
		left := map[domain.Party]domain.Day{} // the last of them did
		for _, x := range s.People {
			for _, party := range parties(x) {
				switch {
				case !to[party]:
				case x.Gone == "":
					here[party] = true
				default:
					left[party] = max(left[party], x.Gone)
				}
			}
		}
		for _, x := range promises {
			if slices.ContainsFunc(x.To, func(p domain.Party) bool { return here[p] }) {
				continue
			}
			since := x.Active
			for _, p := range x.To {
				since = max(since, left[p])
			}
			found = append(found, consistency.Finding{Object: consistency.The(x.ID), Owner: x.By, Since: since})
		}
		return found
	},
})

// parties lists those to whom somebody belongs.
func parties(p consistency.Person) []domain.Party {
	in := []domain.Party{domain.Everyone, domain.Person(p.ID)}
	if p.Team != "" {
		in = append(in, domain.Team(p.Team))
	}
	for _, role := range p.Roles {
		in = append(in, domain.Party(role))
	}
	return in
}
