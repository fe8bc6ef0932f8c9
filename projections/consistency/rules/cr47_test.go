package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

func TestNeedsAreAnswered(t *testing.T) {
	said := func(needs ...consistency.Need) consistency.Situation {
		return consistency.Situation{Programme: "fair", Later: consistency.Later{Needs: needs}}
	}
	found := func(n, all float64, since int) []consistency.Finding {
		return []consistency.Finding{{
			Object: consistency.The(domain.ProgrammeID("fair")), Since: ago(since), Values: map[string]float64{"n": n, "all": all},
		}}
	}
	days := func(n int) consistency.Need { return consistency.Need{Said: ago(n)} }
	answered := consistency.Need{Said: ago(100), Answered: ago(1)}
	try(t, cr47, []trial{
		{name: "an empty programme"},
		{name: "just in time", in: said(days(59))},
		{name: "sixty days", in: said(days(60))},
		{name: "a day more", in: said(days(61)), want: found(1, 1, 0)},
		{name: "some of them", in: said(days(10), days(80), days(61), answered), want: found(2, 4, 19)},
		{name: "all were answered", in: said(answered)},
	})
}
