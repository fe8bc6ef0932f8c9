package rules

import (
	"testing"

	"koersvast/projections/consistency"
)

func TestAGroupIsMixed(t *testing.T) {
	mixed := func(care, office, it int) consistency.Situation {
		return intervision(func(g *consistency.Group) {
			g.Functions = []consistency.Function{{ID: "care", Members: care}, {ID: "it", Members: it}, {ID: "office", Members: office}}
		})
	}
	found := func(f consistency.FunctionID) []consistency.Finding {
		one := ofGroup(today)
		one.Things = map[string]consistency.Object{"function": consistency.The(f)}
		return []consistency.Finding{one}
	}
	over := mixed(6, 0, 0)
	over.Groups[0].Ended = ago(1)
	try(t, cr58, []trial{
		{name: "an empty programme"},
		{name: "as mixed as can be", in: mixed(2, 2, 2)},
		{name: "all the same", in: mixed(6, 0, 0), want: found("care")},
		{name: "a mix of .42", in: mixed(5, 1, 0), want: found("care")},
		{name: "of .67", in: mixed(4, 2, 0)},
		{name: "of .69, just below what is asked", in: mixed(1, 7, 2), params: consistency.Params{"mix": 70}, want: found("office")},
		{name: "on it", in: mixed(1, 7, 2), params: consistency.Params{"mix": 69}},
		{name: "just above", in: mixed(1, 7, 2), params: consistency.Params{"mix": 68}},
		{name: "nobody in it yet", in: mixed(0, 0, 0)},
		{name: "it has ended", in: over},
	})
}
