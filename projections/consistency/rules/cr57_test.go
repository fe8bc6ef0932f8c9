package rules

import (
	"testing"

	"koersvast/projections/consistency"
)

func TestAGroupDecidesHowItGoesOn(t *testing.T) {
	meetings := func(n int) (all []consistency.Meeting) {
		for i := range n {
			all = append(all, met(10*(n-i), nil))
		}
		return all
	}
	found := func(n float64) []consistency.Finding {
		f := ofGroup(ago(10), "fred")
		f.Values = map[string]float64{"n": n}
		return []consistency.Finding{f}
	}
	unfacilitated := meetings(9)
	unfacilitated[3].Facilitated = false
	nobody := found(9)
	nobody[0].People = nil
	try(t, cr57, []trial{
		{name: "an empty programme"},
		{name: "seven", in: intervision(nil, meetings(7)...)},
		{name: "eight", in: intervision(nil, meetings(8)...)},
		{name: "nine", in: intervision(nil, meetings(9)...), want: found(9)},
		{name: "of which one alone", in: intervision(nil, unfacilitated...)},
		{name: "decided", in: intervision(func(g *consistency.Group) { g.Decided = ago(1) }, meetings(9)...)},
		{name: "it went on alone", in: intervision(func(g *consistency.Group) { g.SelfRun = ago(1) }, meetings(9)...)},
		{name: "nobody facilitates it any more", in: intervision(func(g *consistency.Group) { g.Facilitator = "" }, meetings(9)...), want: nobody},
		{name: "it has ended", in: intervision(ended, meetings(9)...)},
	})
}
