package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/measure"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

// seen is a report in which one group alone is shown, or none, and of which
// nothing was put together.
func seen(shown bool, cells ...round.Cell) *round.Report {
	r := &round.Report{Groups: []round.Group{{Group: domain.Staff, Shown: shown}}}
	for _, c := range cells {
		c.Group, c.Shown = domain.Staff, shown
		r.Items = append(r.Items, round.Item{Cells: []round.Cell{c, {Group: domain.Peers}}})
	}
	return r
}

func points(value, low, high float64) *measure.Estimate {
	return &measure.Estimate{Value: value, Interval: measure.Interval{Low: low, High: high}}
}

func TestKeptIsWhatOthersNoticeToo(t *testing.T) {
	kept := func(reports ...*round.Report) consistency.Situation {
		s := only(p1(ends(promise.StatusKept, 20)))
		for i, r := range reports {
			s.Rounds = append(s.Rounds, check(40-10*i, r))
		}
		return s
	}
	finds := func(score float64, since domain.Day) []consistency.Finding {
		return []consistency.Finding{{
			Object: thePromise, Owner: "anna", Coach: "cora", Since: since,
			Values:   map[string]float64{"score": score},
			Things:   map[string]consistency.Object{"person": consistency.The(domain.PersonID("anna"))},
			Evidence: []consistency.Object{consistency.The(domain.RoundID("r1"))},
		}}
	}
	running := kept(scored(20, 30))
	running.Promises[0].Status = promise.StatusActive
	withdrawn := kept(scored(20, 30))
	withdrawn.Promises[0].Status = promise.StatusWithdrawn
	nothing := kept(nil)
	nothing.Rounds[0].Status = round.StatusNothing
	try(t, cr15, []trial{
		{name: "others hardly notice", in: kept(scored(49, 62)), want: finds(49, ago(20))},
		{name: "a score of fifty is not low", in: kept(scored(50, 62))},
		{name: "nor one that could well be higher", in: kept(scored(49, 62.5))},
		{name: "only the last check counts", in: kept(scored(20, 30), scored(70, 90))},
		{name: "also when it is the one that is low", in: kept(scored(70, 90), scored(20, 30)), want: finds(20, ago(20))},
		{name: "one that came after the verdict too", in: kept(scored(70, 90), scored(70, 90), scored(70, 90), scored(20, 30)), want: finds(20, ago(10))},
		{name: "what runs has no verdict", in: running},
		{name: "nor does what was withdrawn", in: withdrawn},
		{name: "too few answered", in: nothing},
		{name: "what was erased says nothing", in: kept(nil)},

		// One group alone: n = k, and n = k − 1, of which nothing leaves.
		{name: "one group may be shown", in: kept(seen(true, round.Cell{Sees: points(2.5, 2, 3)})), want: finds(37.5, ago(20))},
		{name: "over two items", in: kept(seen(true, round.Cell{Sees: points(2.5, 2, 3)}, round.Cell{Sees: points(3.5, 2, 3)})), want: nil},
		{name: "one group that may not be shown", in: kept(seen(false, round.Cell{}))},
		{name: "one that lies at an end has no number", in: kept(seen(true, round.Cell{Sees: points(2, 2, 3)}, round.Cell{End: round.Seldom}))},
	})
}
