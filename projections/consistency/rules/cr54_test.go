package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

func TestAnActionIsSomebodysAndInTime(t *testing.T) {
	action := func(agreed int, owner domain.PersonID, due, done domain.Day) consistency.Situation {
		return consistency.Situation{Later: consistency.Later{Actions: []consistency.Action{
			{ID: "a1", Agreed: ago(agreed), Owner: owner, Leader: "lena", Due: due, Done: done},
		}}}
	}
	found := func(owner domain.PersonID, since int) []consistency.Finding {
		return []consistency.Finding{{
			Object: consistency.The(consistency.ActionID("a1")), Since: ago(since), Owner: owner, People: []domain.PersonID{"lena"},
		}}
	}
	late := func(owner domain.PersonID, due, since int) []consistency.Finding {
		f := found(owner, since)
		f[0].Variant, f[0].Days = "late", map[string]domain.Day{"due": ago(due)}
		return f
	}
	try(t, cr54, []trial{
		{name: "an empty programme"},
		{name: "nobody's for six days", in: action(6, "", "", "")},
		{name: "for seven", in: action(7, "", "", "")},
		{name: "for eight", in: action(8, "", "", ""), want: found("", 0)},
		{name: "somebody's", in: action(8, "bert", "", "")},
		{name: "six days late", in: action(30, "bert", ago(6), "")},
		{name: "seven", in: action(30, "bert", ago(7), "")},
		{name: "eight", in: action(30, "bert", ago(8), ""), want: late("bert", 8, 0)},
		{name: "it is done", in: action(30, "bert", ago(8), ago(1))},
		{name: "late, and nobody's yet", in: action(5, "", ago(8), ""), want: late("", 8, 0)},
	})
}
