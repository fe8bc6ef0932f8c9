package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

func TestATeamPlanComesToLife(t *testing.T) {
	plan := func(days, members, linked int) consistency.Situation {
		return consistency.Situation{Later: consistency.Later{Plans: []consistency.TeamPlan{
			{Team: "north", Leader: "lena", Adopted: ago(days), Members: members, Linked: linked},
		}}}
	}
	found := func(since int) []consistency.Finding {
		return []consistency.Finding{{Object: consistency.The(domain.TeamID("north")), Since: ago(since), Owner: "lena"}}
	}
	try(t, cr52, []trial{
		{name: "an empty programme"},
		{name: "too early", in: plan(89, 6, 0)},
		{name: "ninety days", in: plan(90, 6, 0)},
		{name: "a day more", in: plan(91, 6, 0), want: found(0)},
		{name: "just fewer than half", in: plan(100, 8, 3), want: found(9)},
		{name: "half", in: plan(100, 8, 4)},
		{name: "just more", in: plan(100, 8, 5)},
		{name: "a team of four", in: plan(100, 4, 0)},
		{name: "of five", in: plan(100, 5, 2), want: found(9)},
	})
}
