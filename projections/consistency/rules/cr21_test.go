package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

func TestWhatPeopleCannotObserve(t *testing.T) {
	cells := func(all *int, groups ...*int) consistency.Situation {
		item := round.Item{Question: listens.ID}
		for _, unseen := range groups {
			item.Cells = append(item.Cells, round.Cell{Group: domain.Staff, Shown: true, Unseen: unseen})
		}
		if all != nil || len(groups) > 1 {
			item.All = &round.Cell{Shown: true, Unseen: all}
		}
		return after(saying(item))
	}
	found := func(x float64) []consistency.Finding { return []consistency.Finding{finding("r1", "listens", x)} }
	hidden := cells(nil, new(60))
	try(t, cr21, append(silences(hidden), []trial{
		{name: "four in ten, as far as is told", in: cells(nil, new(40))},
		{name: "half", in: cells(nil, new(50)), want: found(50)},
		{name: "more", in: hidden, want: found(60)},
		{name: "what all say counts", in: cells(new(40), new(60), new(20))},
		{name: "also when no group says so", in: cells(new(50), new(40), new(60)), want: found(50)},
		{name: "the groups where all are not told", in: cells(nil, new(30), new(60)), want: found(60)},
		{name: "nothing is told", in: cells(nil, nil)},
		{name: "feedback that was not talked about", in: promised(someFeedback("r1", 10, hidden.Rounds[0].Report))},

		{name: "one fewer than can be told", in: after(brought(box(domain.Staff, 0, 0, 3, 4, 3, 4, 4)))},
		{name: "as many as can, and one too few who could not", in: after(brought(box(domain.Staff, 0, 0, 0, 3, 4, 3, 4, 4)))},
		{name: "enough who could not", in: after(brought(box(domain.Staff, 0, 0, 0, 0, 0, 3, 4, 3, 4, 4))), want: found(50)},

		{name: "a programme can ask for less", in: hidden, params: consistency.Params{"visible": 40}},
		{name: "or for more", in: cells(nil, new(40)), params: consistency.Params{"visible": 70}, want: found(40)},
	}...))
}
