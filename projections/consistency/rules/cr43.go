package rules

import (
	"slices"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr43 asks it of each preparation, until the gathering itself is over.
var cr43 = rule(consistency.Rule{
	ID: "CR-43", Version: 1, Category: consistency.Gatherings, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Informele leiders ontbreken", EN: "Informal leaders missing"},
	Condition: consistency.Words{
		NL: "Een bijeenkomst is voorbereid zonder dat er een informele leider bij was.",
		EN: "A gathering was prepared without any informal leader being there.",
	},
	Message: consistency.Words{
		NL: "De voorbereiding van “{gathering}” op {day} was zonder informele leiders.",
		EN: "The preparation of “{gathering}” on {day} was without informal leaders.",
	},
	Audience: consistency.Audience{Roles: makers},
	Basis: consistency.Words{
		NL: "Informele leiders brengen in wat medewerkers ervan zullen vinden.",
		EN: "Informal leaders bring in how employees will take it.",
	},
	Waits: waitsForGatherings,
	Find: func(s consistency.Situation, _ consistency.Params) (found []consistency.Finding) {
		leaders := s.In(domain.InformalLeader)
		for _, g := range coming(s) {
			without := domain.Day("")
			for _, x := range g.Preparations {
				if x.Held != "" && !slices.ContainsFunc(x.With, func(p domain.PersonID) bool { return leaders[p] }) {
					without = max(without, x.Held)
				}
			}
			if without != "" {
				found = append(found, consistency.Finding{
					Object: consistency.The(g.ID), Since: without, Days: map[string]domain.Day{"day": without},
				})
			}
		}
		return found
	},
})
