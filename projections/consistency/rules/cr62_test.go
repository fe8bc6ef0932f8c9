package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

func TestAnAbleLearnerStandsStill(t *testing.T) {
	learner := func(days int, able bool, coachings ...consistency.Coaching) consistency.Situation {
		s := consistency.Situation{People: []consistency.Person{{ID: "anna"}}, Coachings: coachings}
		s.Learners = []consistency.Learner{{Person: "anna", Able: able, Progress: ago(days)}}
		return s
	}
	found := func(coach domain.PersonID) []consistency.Finding {
		return []consistency.Finding{{Object: consistency.The(domain.PersonID("anna")), Since: today, Owner: "anna", Coach: coach}}
	}
	coaching := consistency.Coaching{Coach: "cora", Coachee: "anna", Agreed: ago(100)}
	proposed, closed := coaching, coaching
	proposed.Agreed, closed.Closed = "", ago(1)
	left := learner(46, true)
	left.People[0].Gone = ago(1)
	earlier := learner(46, true)
	earlier.Rounds = []consistency.Round{someFeedback("r1", 300, saying())}
	try(t, cr62, []trial{
		{name: "an empty programme"},
		{name: "44 days", in: learner(44, true)},
		{name: "45", in: learner(45, true)},
		{name: "46", in: learner(46, true), want: found("")},
		{name: "not able yet", in: learner(46, false)},
		{name: "being coached", in: learner(46, true, coaching)},
		{name: "about to be", in: learner(46, true, proposed), want: found("")},
		{name: "no longer", in: learner(46, true, closed), want: found("")},
		{name: "with a coach from feedback", in: earlier, want: found("cora")},
		{name: "who has left", in: left},
		{name: "a programme can be stricter", in: learner(31, true), params: consistency.Params{"days": 30}, want: found("")},
	})
}
