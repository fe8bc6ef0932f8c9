package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/promise"
	"koersvast/projections/consistency"
)

func TestWhatIsWithdrawnIsExplained(t *testing.T) {
	withdrawn := func(days, reason int, change func(*consistency.Promise)) consistency.Situation {
		p := p1(ends(promise.StatusWithdrawn, days))
		p.Reason = reason
		if change != nil {
			change(&p)
		}
		return only(p)
	}
	finds := func(since domain.Day) []consistency.Finding {
		return []consistency.Finding{{Object: thePromise, Owner: "anna", Since: since}}
	}
	try(t, cr09, []trial{
		{name: "two weeks are given", in: withdrawn(14, 30, nil)},
		{name: "and no more", in: withdrawn(15, 30, nil), want: finds(today)},
		{name: "no time is given to a short reason", in: withdrawn(0, 29, nil), want: finds(today)},
		{name: "an explanation is enough", in: withdrawn(99, 30, func(p *consistency.Promise) { p.Explained = true })},
		{name: "after a short reason too", in: withdrawn(99, 29, func(p *consistency.Promise) { p.Explained = true })},
		{name: "a reason that was erased is not judged", in: withdrawn(14, -1, nil)},
		{name: "but an explanation is missed", in: withdrawn(15, -1, nil), want: finds(today)},
		{name: "what was never promised needs none", in: withdrawn(99, 0, func(p *consistency.Promise) { p.Active = "" })},
		{name: "what runs needs none", in: only(p1(nil))},
		{name: "a programme can accept short reasons", in: withdrawn(14, 9, nil), params: consistency.Params{"chars": 0}},
	})
}
