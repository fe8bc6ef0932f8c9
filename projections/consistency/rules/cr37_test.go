package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

func TestALearningGoalComesFromSomewhere(t *testing.T) {
	goal := func(change func(*consistency.Coaching, *consistency.Goal)) consistency.Situation {
		return learning(5, func(c *consistency.Coaching, g *consistency.Goal) {
			g.Behaviour = ""
			change(c, g)
		})
	}
	found := func(coach domain.PersonID) []consistency.Finding {
		return []consistency.Finding{{Object: consistency.The(domain.GoalID("g1")), Since: ago(5), Owner: "anna", Coach: coach}}
	}
	try(t, cr37, []trial{
		{name: "an empty programme"},
		{name: "from nowhere", in: goal(func(*consistency.Coaching, *consistency.Goal) {}), want: found("cora")},
		{name: "for its owner only", in: goal(func(_ *consistency.Coaching, g *consistency.Goal) { g.Shared = nil }), want: found("anna")},
		{name: "from a behaviour", in: learning(5, nil)},
		{name: "from a promise", in: goal(func(_ *consistency.Coaching, g *consistency.Goal) { g.Promise = "p1" })},
		{name: "from feedback", in: goal(func(_ *consistency.Coaching, g *consistency.Goal) { g.Round = "r1" })},
		{name: "it has ended", in: goal(func(_ *consistency.Coaching, g *consistency.Goal) { g.Active = false })},
	})
}
