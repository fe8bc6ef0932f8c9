package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

func TestARunSheetAddsUp(t *testing.T) {
	sheet := func(change func(*consistency.Gathering)) consistency.Situation {
		g := consistency.Gathering{
			Kind: consistency.Working, Day: ago(-20), Minutes: 190, Roles: 2, Cast: 2,
			Blocks: []consistency.Block{{Lead: "anna", Minutes: 90}, {Minutes: 10, Break: true}, {Lead: "cora", Minutes: 90}},
		}
		change(&g)
		return gathered(g)
	}
	found := func(variant string, values map[string]float64) []consistency.Finding {
		f := ofGathering(today)
		f.Variant, f.Values = variant, values
		return []consistency.Finding{f}
	}
	n := func(x float64) map[string]float64 { return map[string]float64{"n": x} }
	long := func(minutes int) func(*consistency.Gathering) {
		return func(g *consistency.Gathering) {
			g.Blocks[2].Minutes, g.Minutes = minutes, 100+minutes
		}
	}
	try(t, cr44, []trial{
		{name: "an empty programme"},
		{name: "all is well", in: sheet(func(*consistency.Gathering) {})},
		{name: "there is none yet", in: sheet(func(g *consistency.Gathering) { g.Blocks = nil })},
		{name: "a minute short", in: sheet(func(g *consistency.Gathering) { g.Minutes++ }), want: found("", n(1))},
		{name: "a minute long", in: sheet(func(g *consistency.Gathering) { g.Minutes-- }), want: found("", n(1))},
		{name: "nobody leads a part", in: sheet(func(g *consistency.Gathering) { g.Blocks[0].Lead = domain.PersonID("") }), want: found("lead", nil)},
		{name: "a role has nobody", in: sheet(func(g *consistency.Gathering) { g.Cast-- }), want: found("role", nil)},
		{name: "99 minutes without a break", in: sheet(long(99))},
		{name: "100", in: sheet(long(100))},
		{name: "101", in: sheet(long(101)), want: found("break", n(101))},
		{name: "over two parts", in: sheet(func(g *consistency.Gathering) {
			g.Blocks, g.Minutes = append(g.Blocks, consistency.Block{Lead: "anna", Minutes: 20}), 210
		}), want: found("break", n(110))},
		{name: "it is over", in: sheet(func(g *consistency.Gathering) { g.Minutes, g.Closed = 1, ago(1) })},
		{name: "a programme can be stricter", in: sheet(long(90)), params: consistency.Params{"break": 75}, want: found("break", n(90))},
	})
}
