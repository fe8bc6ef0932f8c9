package rules

import (
	"testing"

	"koersvast/projections/consistency"
)

func TestActionsLandInATeamPlan(t *testing.T) {
	agreed := func(kind consistency.GatheringKind, actions ...consistency.Action) consistency.Situation {
		s := gathered(consistency.Gathering{Kind: kind, Leader: "lena"})
		s.Actions = actions
		return s
	}
	days := func(n int, change func(*consistency.Action)) consistency.Action {
		a := consistency.Action{ID: "a1", From: "g1", Agreed: ago(n), Owner: "bert", Leader: "lena"}
		if change != nil {
			change(&a)
		}
		return a
	}
	found := func(n float64, since int) []consistency.Finding {
		f := ofGathering(ago(since))
		f.Owner, f.Values = "lena", map[string]float64{"n": n}
		return []consistency.Finding{f}
	}
	try(t, cr51, []trial{
		{name: "an empty programme"},
		{name: "just in time", in: agreed(consistency.Regional, days(44, nil))},
		{name: "45 days", in: agreed(consistency.Regional, days(45, nil))},
		{name: "a day more", in: agreed(consistency.Regional, days(46, nil)), want: found(1, 0)},
		{name: "two of three", in: agreed(consistency.Regional, days(10, nil), days(46, nil), days(50, nil)), want: found(2, 4)},
		{name: "it is in a plan", in: agreed(consistency.Regional, days(46, func(a *consistency.Action) { a.Landed = true }))},
		{name: "it is done", in: agreed(consistency.Regional, days(46, func(a *consistency.Action) { a.Done = ago(1) }))},
		{name: "from another gathering", in: agreed(consistency.Regional, days(46, func(a *consistency.Action) { a.From = "g2" }))},
		{name: "that was not regional", in: agreed(consistency.Workshop, days(46, nil))},
	})
}
