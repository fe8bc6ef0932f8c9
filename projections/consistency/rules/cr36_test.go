package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

func TestFeedbackLeadsToALearningGoal(t *testing.T) {
	found := func(id domain.RoundID, since int) []consistency.Finding {
		return []consistency.Finding{{Object: consistency.The(id), Since: ago(since), Owner: "anna", Coach: "cora"}}
	}
	ago31 := func(id domain.RoundID) consistency.Round { return talked(someFeedback(id, 60, saying()), 31) }
	goal := func(of domain.RoundID, active bool) consistency.Situation {
		s := learning(5, func(_ *consistency.Coaching, g *consistency.Goal) { g.Round, g.Active = of, active })
		s.Rounds = []consistency.Round{ago31("r1")}
		return s
	}
	of := silences(promised(ago31("r1")))
	waived := ago31("r1")
	waived.Waived = true
	try(t, cr36, []trial{
		of[0], of[2], of[3],
		{name: "just short of it", in: promised(talked(someFeedback("r1", 60, saying()), 29))},
		{name: "thirty days", in: promised(talked(someFeedback("r1", 60, saying()), 30))},
		{name: "a day more", in: promised(ago31("r1")), want: found("r1", 0)},
		{name: "read without a talk", in: promised(waived), want: found("r1", 0)},
		{name: "not read yet", in: promised(someFeedback("r1", 60, saying()))},
		{name: "there is a goal", in: goal("r1", true)},
		{name: "that was reached already", in: goal("r1", false)},
		{name: "a goal from other feedback", in: goal("r0", true), want: found("r1", 0)},
		{name: "only of the latest", in: promised(talked(someFeedback("r0", 400, saying()), 390), ago31("r1")), want: found("r1", 0)},
		{name: "of which it is not time yet", in: promised(ago31("r0"), talked(someFeedback("r1", 10, saying()), 5))},
		{name: "a check asks for none", in: promised(aCheck("r1", 60, saying()))},
	})
}
