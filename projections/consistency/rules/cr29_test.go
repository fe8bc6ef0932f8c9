package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

// askedOf is a box of which more people were asked than answered.
func askedOf(n int, b round.Ballots) round.Ballots {
	b.Invited = n
	return b
}

func TestFewAnswer(t *testing.T) {
	found := func(few, groups float64) []consistency.Finding {
		return []consistency.Finding{{
			Object: consistency.The(domain.RoundID("r1")), Since: ago(10), Coach: "cora",
			Values: map[string]float64{"few": few, "groups": groups},
		}}
	}
	leaders, staff := box(domain.Leaders, 4, 4, 5, 4), box(domain.Staff, 2, 2, 3, 1, 2)
	self := box(domain.Self, 5)
	low := after(brought(self, leaders, askedOf(12, staff)))
	nothing := aCheck("r1", 10, nil)
	nothing.Status = round.StatusNothing
	nothing.Raters = []round.Rater{
		{Person: "anna", Group: domain.Self}, {Person: "l1", Group: domain.Leaders}, {Person: "s1", Group: domain.Staff}, {Person: "s2", Group: domain.Staff},
	}
	of := silences(low)
	try(t, cr29, []trial{
		of[0], of[1], of[2], of[3], of[4],
		{name: "fewer than half", in: low, want: found(1, 2)},
		{name: "just fewer than half", in: after(brought(leaders, askedOf(11, staff))), want: found(1, 2)},
		{name: "half", in: after(brought(leaders, askedOf(10, staff)))},
		{name: "more than half", in: after(brought(leaders, askedOf(9, staff)))},
		{name: "one leader fewer than has to answer", in: after(brought(box(domain.Leaders, 4, 4, 5), staff)), want: found(1, 2)},
		{name: "as many as have to", in: after(brought(leaders, staff))},
		{name: "both groups", in: after(brought(box(domain.Leaders, 4, 4, 5), askedOf(11, staff))), want: found(2, 2)},
		{name: "oneself is no group", in: after(brought(self, leaders, staff))},
		{name: "nothing can be shown", in: promised(nothing), want: found(2, 2)},
		{name: "feedback, before the talk", in: promised(someFeedback("r1", 10, low.Rounds[0].Report)), want: found(1, 2)},
		{name: "a newer round went better", in: promised(low.Rounds[0], aCheck("r2", 5, brought(leaders, staff)))},
		{name: "a newer round brought nothing", in: promised(aCheck("r0", 60, brought(leaders, staff)), nothing), want: found(2, 2)},
	})
}
