package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

func TestAGroupHearsOtherVoices(t *testing.T) {
	// by is a series of meetings with another method each time, to which these
	// brought a case.
	by := func(who ...domain.PersonID) (all []consistency.Meeting) {
		for i, w := range who {
			all = append(all, met(100-i, func(m *consistency.Meeting) { m.Case, m.Method = w, consistency.MethodID(rune('a'+i)) }))
		}
		return all
	}
	with := func(methods ...consistency.MethodID) (all []consistency.Meeting) {
		for i, id := range methods {
			all = append(all, met(100-i, func(m *consistency.Meeting) { m.Method = id }))
		}
		return all
	}
	found := []consistency.Finding{ofGroup(today, "anna", "bert")}
	try(t, cr59, []trial{
		{name: "an empty programme"},
		{name: "it has never met", in: intervision(nil)},
		{name: "three times the same method", in: intervision(nil, with("b", "a", "a", "a")...)},
		{name: "four", in: intervision(nil, with("b", "a", "a", "a", "a")...), want: found},
		{name: "five", in: intervision(nil, with("a", "a", "a", "a", "a")...), want: found},
		{name: "and then another", in: intervision(nil, with("a", "a", "a", "a", "b")...)},
		{name: "two of five cases", in: intervision(nil, by("x", "x", "y", "z", "w")...)},
		{name: "three of five", in: intervision(nil, by("x", "x", "x", "y", "z")...), want: found},
		{name: "two of four, with one meeting without a case", in: intervision(nil, by("x", "x", "y", "z", "")...), want: found},
		{name: "two of three in four meetings", in: intervision(nil, by("x", "x", "y", "")...)},
		{name: "it has ended", in: intervision(ended, with("a", "a", "a", "a")...)},
		{name: "a programme can allow more", in: intervision(nil, by("x", "x", "x", "y", "z")...), params: consistency.Params{"share": 60}},
	})
}
