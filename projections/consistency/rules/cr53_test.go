package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

func TestASkillThatPeopleAskForIsOffered(t *testing.T) {
	asked := func(people int, offered domain.Day) consistency.Situation {
		return consistency.Situation{Later: consistency.Later{Skills: []consistency.Skill{
			{ID: "listening", Asked: people, Since: ago(20), Offered: offered},
		}}}
	}
	found := func(n float64) []consistency.Finding {
		return []consistency.Finding{{
			Object: consistency.The(consistency.SkillID("listening")), Since: ago(20), Values: map[string]float64{"n": n},
		}}
	}
	try(t, cr53, []trial{
		{name: "an empty programme"},
		{name: "two people", in: asked(2, "")},
		{name: "three", in: asked(3, ""), want: found(3)},
		{name: "four", in: asked(4, ""), want: found(4)},
		{name: "today", in: asked(3, today)},
		{name: "in 89 days", in: asked(3, ago(-89))},
		{name: "in 90", in: asked(3, ago(-90))},
		{name: "in 91", in: asked(3, ago(-91)), want: found(3)},
		{name: "it has passed", in: asked(3, ago(1)), want: found(3)},
	})
}
