package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/promise"
	"koersvast/domain/strategy"
	"koersvast/projections/consistency"
)

func TestPromisesFitTogether(t *testing.T) {
	linked := func(id domain.PromiseID, days int, to ...domain.BehaviourID) consistency.Promise {
		return p1(func(p *consistency.Promise) { p.ID, p.Active, p.Behaviours = id, ago(days), to })
	}
	sheet := func(promises ...consistency.Promise) consistency.Situation {
		s := only(promises...)
		stands := func(id domain.BehaviourID, pillar domain.PillarID, whose domain.Role, counter bool) consistency.Behaviour {
			return consistency.Behaviour{ID: id, Pillar: pillar, Whose: whose, Counter: counter, Status: strategy.StatusAdopted}
		}
		s.Behaviours = []consistency.Behaviour{
			stands("langsgaan", "nabij", domain.MT, false),
			stands("vragen", "nabij", domain.MT, false),
			stands("mailen", "nabij", domain.MT, true),
			stands("terugbellen", "nabij", domain.Employee, false),
			stands("tellen", "zuinig", domain.MT, false),
		}
		return s
	}
	finds := func(on, other domain.PromiseID, since domain.Day) []consistency.Finding {
		return []consistency.Finding{{
			Object: consistency.The(on), Since: since,
			Things: map[string]consistency.Object{"other": consistency.The(other)}, Evidence: []consistency.Object{consistency.The(other)},
		}}
	}
	withdrawn := sheet(linked("p1", 20, "langsgaan"), linked("p2", 10, "mailen"))
	withdrawn.Promises[0].Status = promise.StatusWithdrawn
	proposed := sheet(linked("p1", 20, "langsgaan"), linked("p2", 10, "mailen"))
	proposed.Behaviours[2].Status = strategy.StatusProposed
	try(t, cr13, []trial{
		{name: "one does and one stops", in: sheet(linked("p1", 20, "langsgaan"), linked("p2", 10, "mailen")), want: finds("p2", "p1", ago(10))},
		{name: "it is so since the later of the two", in: sheet(linked("p1", 10, "langsgaan"), linked("p2", 20, "mailen")), want: finds("p2", "p1", ago(10))},
		{name: "the oldest is named", in: sheet(linked("p1", 5, "langsgaan"), linked("p2", 10, "mailen"), linked("p3", 20, "vragen")), want: finds("p2", "p3", ago(10))},
		{name: "both do", in: sheet(linked("p1", 20, "langsgaan"), linked("p2", 10, "vragen"))},
		{name: "who links both says that they go together", in: sheet(linked("p1", 20, "langsgaan"), linked("p2", 10, "mailen"), linked("p3", 10, "langsgaan", "mailen"))},
		{name: "one promise does not contradict itself", in: sheet(linked("p1", 20, "langsgaan", "mailen"))},
		{name: "other people can do what the MT stops", in: sheet(linked("p1", 20, "terugbellen"), linked("p2", 10, "mailen"))},
		{name: "another pillar is another matter", in: sheet(linked("p1", 20, "tellen"), linked("p2", 10, "mailen"))},
		{name: "what was withdrawn asks nothing", in: withdrawn},
		{name: "what was only proposed does not stop", in: proposed},
	})
}
