package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

// learning is a programme in which cora coaches anna, who set a goal so many
// days ago that cora may read.
func learning(days int, change func(*consistency.Coaching, *consistency.Goal)) consistency.Situation {
	g := consistency.Goal{
		ID: "g1", Set: ago(days), Progress: ago(days), Active: true, Behaviour: "listens", Shared: []domain.Party{domain.Person("cora")},
	}
	c := consistency.Coaching{ID: "c1", Coach: "cora", Coachee: "anna", Agreed: ago(days)}
	if change != nil {
		change(&c, &g)
	}
	c.Goals = []consistency.Goal{g}
	s := promised()
	s.Coachings = []consistency.Coaching{c}
	return s
}

func TestALearningGoalStandsStill(t *testing.T) {
	found := func(days int, since int) []consistency.Finding {
		return []consistency.Finding{{
			Object: consistency.The(domain.GoalID("g1")), Since: ago(since), Owner: "anna", Coach: "cora",
			Values: map[string]float64{"n": float64(days)},
		}}
	}
	severe := func(f []consistency.Finding) []consistency.Finding {
		f[0].Severity = consistency.Attention
		return f
	}
	ofAnna := func(f []consistency.Finding) []consistency.Finding {
		f[0].Coach = "anna"
		return f
	}
	gone := learning(61, nil)
	gone.People[0].Gone = ago(1)
	try(t, cr35, []trial{
		{name: "an empty programme"},
		{name: "just short of it", in: learning(59, nil)},
		{name: "sixty days", in: learning(60, nil)},
		{name: "a day more", in: learning(61, nil), want: found(61, 0)},
		{name: "twice as long", in: learning(120, nil), want: found(120, 59)},
		{name: "and a day", in: learning(121, nil), want: severe(found(121, 60))},
		{name: "something was said of it since", in: learning(121, func(_ *consistency.Coaching, g *consistency.Goal) { g.Progress = ago(60) })},
		{name: "it has ended", in: learning(121, func(_ *consistency.Coaching, g *consistency.Goal) { g.Active = false })},
		{name: "who has left", in: gone},
		{name: "the coach may not read it", in: learning(61, func(_ *consistency.Coaching, g *consistency.Goal) { g.Shared = nil }), want: ofAnna(found(61, 0))},
		{name: "the coaching has ended", in: learning(61, func(c *consistency.Coaching, _ *consistency.Goal) { c.Closed = ago(1) }), want: ofAnna(found(61, 0))},
		{name: "a programme can be stricter", in: learning(31, nil), params: consistency.Params{"days": 30}, want: found(31, 0)},
	})
}
