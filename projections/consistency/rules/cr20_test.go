package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

func TestAGroupThatIsSplit(t *testing.T) {
	spread := func(percent ...int) consistency.Situation {
		return after(saying(round.Item{Question: listens.ID, Cells: []round.Cell{{Group: domain.Staff, Shown: true, Spread: percent}}}))
	}
	halves := spread(50, 0, 0, 0, 50)
	together := after(saying(round.Item{Question: listens.ID, All: &round.Cell{Shown: true, Spread: []int{50, 0, 0, 0, 50}}}))
	try(t, cr20, append(silences(halves), []trial{
		{name: "half at each end", in: halves, want: []consistency.Finding{finding("r1", "listens", 1)}},
		{name: "several groups together are no group", in: together},
		{name: "feedback that was not talked about", in: promised(someFeedback("r1", 10, halves.Rounds[0].Report))},

		{name: "too few to tell", in: after(brought(box(domain.Staff, 1, 1, 1, 1, 5, 5, 5)))},
		{name: "just enough", in: after(brought(box(domain.Staff, 1, 1, 1, 1, 5, 5, 5, 5))), want: []consistency.Finding{finding("r1", "listens", 1)}},

		{name: "too few on one side", in: spread(25, 0, 25, 0, 50)},
		{name: "three in ten on one side", in: spread(30, 0, 20, 0, 50), want: []consistency.Finding{finding("r1", "listens", .8)}},
		{name: "more", in: spread(35, 0, 15, 0, 50), want: []consistency.Finding{finding("r1", "listens", .8)}},
		{name: "too few on the other", in: spread(50, 0, 25, 0, 25)},
		{name: "three in ten on the other", in: spread(50, 0, 20, 0, 30), want: []consistency.Finding{finding("r1", "listens", .8)}},

		{name: "consensus of .527", in: spread(15, 15, 30, 25, 15)},
		{name: "of .491", in: spread(20, 10, 35, 15, 20), want: []consistency.Finding{finding("r1", "listens", .5)}},
		{name: "just above what a programme calls low", in: spread(20, 10, 35, 15, 20), params: consistency.Params{"consensus": .49}},
		{name: "not far apart", in: spread(5, 30, 30, 30, 5), params: consistency.Params{"consensus": .7}},
		{name: "just far enough", in: spread(10, 30, 20, 30, 10), params: consistency.Params{"consensus": .7}, want: []consistency.Finding{finding("r1", "listens", .4)}},
	}...))
}
