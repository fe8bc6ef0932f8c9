package rules

import (
	"slices"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

// What rules wait for that look at what a programme cannot record yet. They are
// written as they will be: see [consistency.Later].
var (
	waitsForGatherings = consistency.Words{
		NL: "bijeenkomsten, met hun voorbereiding en wat ze opbrengen",
		EN: "gatherings, with their preparation and what they bring",
	}
	waitsForNeeds = consistency.Words{
		NL: "wat mensen in bijeenkomsten aanbieden en nodig hebben",
		EN: "what people offer and need in gatherings",
	}
	waitsForValues = consistency.Words{
		NL: "het kiezen van kernwaarden, met wat deelnemers erover zeggen",
		EN: "the choice of core values, with what people say of them",
	}
	waitsForActions = consistency.Words{
		NL: "afgesproken acties en jaarplannen van teams",
		EN: "agreed actions and the plans of teams",
	}
	waitsForSkills = consistency.Words{
		NL: "gevraagde vaardigheden, met workshops en trainingen",
		EN: "skills that people ask for, with workshops and training",
	}
	waitsForGroups = consistency.Words{
		NL: "intervisiegroepen en hun bijeenkomsten",
		EN: "intervision groups and their meetings",
	}
	waitsForLearning = consistency.Words{
		NL: "leerplannen en assessments",
		EN: "learning plans and assessments",
	}
)

// makers are who makes a gathering, besides the MT.
var makers = []domain.Role{domain.Facilitator}

// coming returns the gatherings that are not over.
func coming(s consistency.Situation) []consistency.Gathering {
	return slices.DeleteFunc(slices.Clone(s.Gatherings), func(g consistency.Gathering) bool { return g.Closed != "" })
}

// leads reports who is of the MT or an informal leader.
func leads(s consistency.Situation) func(domain.PersonID) bool {
	mt, leaders := s.In(domain.MT), s.In(domain.InformalLeader)
	return func(p domain.PersonID) bool { return mt[p] || leaders[p] }
}
