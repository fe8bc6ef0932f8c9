package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/promise"
	"koersvast/projections/consistency"
)

func TestWhatIsBrokenIsMadeGood(t *testing.T) {
	broken := func(days int, repair bool) consistency.Situation {
		p := p1(ends(promise.StatusBroken, days))
		p.Repair = repair
		return only(p)
	}
	finds := func(since domain.Day) []consistency.Finding {
		return []consistency.Finding{{Object: thePromise, Owner: "anna", Since: since}}
	}
	try(t, cr11, []trial{
		{name: "a month is given", in: broken(30, false)},
		{name: "and no more", in: broken(31, false), want: finds(today)},
		{name: "it was so before today", in: broken(32, false), want: finds(ago(1))},
		{name: "a repair that was agreed on is enough", in: broken(99, true)},
		{name: "what was kept needs none", in: only(p1(ends(promise.StatusKept, 99)))},
		{name: "a programme can give less time", in: broken(15, false), params: consistency.Params{"days": 14}, want: finds(today)},
	})
}
