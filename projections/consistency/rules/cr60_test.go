package rules

import (
	"testing"

	"koersvast/projections/consistency"
)

func TestAGroupSeesPatterns(t *testing.T) {
	saw := func(patterns ...int) (all []consistency.Meeting) {
		for i, n := range patterns {
			all = append(all, met(10*(len(patterns)-i), func(m *consistency.Meeting) { m.Patterns = n }))
		}
		return all
	}
	found := func(n float64) []consistency.Finding {
		f := ofGroup(ago(10), "anna", "bert", "fred")
		f.Values = map[string]float64{"n": n}
		return []consistency.Finding{f}
	}
	try(t, cr60, []trial{
		{name: "an empty programme"},
		{name: "it has never met", in: intervision(nil)},
		{name: "once without", in: intervision(nil, saw(1, 0)...)},
		{name: "twice", in: intervision(nil, saw(1, 0, 0)...), want: found(2)},
		{name: "three times", in: intervision(nil, saw(0, 0, 0)...), want: found(3)},
		{name: "not in a row", in: intervision(nil, saw(0, 1, 0)...)},
		{name: "and then one was seen", in: intervision(nil, saw(0, 0, 1)...)},
		{name: "it has ended", in: intervision(ended, saw(0, 0)...)},
		{name: "a programme can wait longer", in: intervision(nil, saw(0, 0)...), params: consistency.Params{"meetings": 3}},
	})
}
