package rules

import (
	"testing"

	"koersvast/projections/consistency"
)

func TestAGatheringTakesDays(t *testing.T) {
	effort := func(e consistency.Effort) consistency.Situation {
		g := moment(20)
		g.Client, g.Effort = "anna", e
		return gathered(g)
	}
	plain := func(before, after float64) consistency.Situation {
		return effort(consistency.Effort{Planned: true, OneDay: true, Before: before, After: after})
	}
	complex := func(before, after float64) consistency.Situation {
		return effort(consistency.Effort{Planned: true, OneDay: true, Complex: true, Before: before, After: after})
	}
	found := func(before, after float64) []consistency.Finding {
		f := ofGathering(today)
		f.Owner, f.Values = "anna", map[string]float64{"before": before, "after": after}
		return []consistency.Finding{f}
	}
	over := plain(1, 1)
	over.Gatherings[0].Closed = ago(1)
	try(t, cr45, []trial{
		{name: "an empty programme"},
		{name: "just too few before", in: plain(2.5, 2), want: found(3, 2)},
		{name: "just enough", in: plain(3, 2)},
		{name: "more", in: plain(3.5, 2.5)},
		{name: "just too few after", in: plain(3, 1.5), want: found(3, 2)},
		{name: "complex, just too few before", in: complex(4.5, 3), want: found(5, 3)},
		{name: "complex, just enough", in: complex(5, 3)},
		{name: "complex, just too few after", in: complex(5, 2.5), want: found(5, 3)},
		{name: "of several days", in: effort(consistency.Effort{Planned: true, Before: 1})},
		{name: "nobody said how many", in: effort(consistency.Effort{OneDay: true})},
		{name: "it is over", in: over},
	})
}
