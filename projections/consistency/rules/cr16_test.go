package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

func TestOthersCheckAPromiseToo(t *testing.T) {
	self := []round.Rater{{Person: "anna", Group: domain.Self}}
	others := append(self, round.Rater{Person: "bram", Group: domain.Staff})
	by := func(days int, raters []round.Rater) consistency.Round {
		r := check(days, nil)
		r.Raters = raters
		return r
	}
	open := by(0, self)
	open.Status, open.Closed = round.StatusOpen, ""
	planned := by(0, others)
	planned.Status, planned.Closed = round.StatusPlanned, ""
	with := func(checks ...consistency.Round) consistency.Situation {
		s := only(p1(nil))
		s.Rounds = checks
		return s
	}
	withdrawn := with(by(10, self))
	withdrawn.Promises[0].Status = promise.StatusWithdrawn
	finds := func(since domain.Day, times int) []consistency.Finding {
		f := consistency.Finding{Object: thePromise, Since: since, Things: map[string]consistency.Object{"person": consistency.The(domain.PersonID("anna"))}}
		for range times {
			f.Evidence = append(f.Evidence, consistency.The(domain.RoundID("r1")))
		}
		return []consistency.Finding{f}
	}
	try(t, cr16, []trial{
		{name: "only the promiser", in: with(by(119, self)), want: finds(ago(133), 1)},
		{name: "on the first day that counts", in: with(by(120, self)), want: finds(ago(134), 1)},
		{name: "longer ago", in: with(by(121, self))},
		{name: "others too", in: with(by(10, others))},
		{name: "others once", in: with(by(60, others), by(10, self))},
		{name: "others, longer ago", in: with(by(121, others), by(10, self)), want: finds(ago(24), 1)},
		{name: "again and again", in: with(by(60, self), open), want: finds(ago(74), 2)},
		{name: "what is only planned asked nobody", in: with(by(10, self), planned), want: finds(ago(24), 1)},
		{name: "no check at all is another matter", in: with()},
		{name: "what was withdrawn needs none", in: withdrawn},
	})
}
