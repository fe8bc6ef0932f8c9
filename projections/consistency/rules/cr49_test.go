package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

func TestAChoiceAgainstTheVoteIsExplained(t *testing.T) {
	value := func(id domain.CoreValueID, points float64, chosen, reasoned bool) consistency.CoreValue {
		v := consistency.CoreValue{ID: id, Points: points, Reasoned: reasoned}
		if chosen {
			v.Chosen = ago(5)
		}
		return v
	}
	// six values, of which one with so many points was chosen
	vote := func(points float64, reasoned bool) consistency.Situation {
		return valued(value("a", 30, true, false), value("b", 25, false, false), value("c", 20, false, false),
			value("d", 12, false, false), value("e", 8, false, false), value("x", points, true, reasoned))
	}
	found := []consistency.Finding{ofValue("x")}
	try(t, cr49, []trial{
		{name: "an empty programme"},
		{name: "the lowest", in: vote(5, false), want: found},
		{name: "the highest of the bottom third", in: vote(10, false), want: found},
		{name: "just above it", in: vote(14, false)},
		{name: "as many as one above it", in: vote(12, false)},
		{name: "it was explained", in: vote(5, true)},
		{name: "of two there is no third", in: valued(value("a", 60, false, false), value("x", 40, true, false))},
		{name: "of three there is", in: valued(value("a", 50, false, false), value("b", 30, false, false), value("x", 20, true, false)), want: found},
	})
}
