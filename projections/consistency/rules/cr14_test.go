package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/promise"
	"koersvast/projections/consistency"
)

func TestAPromiseWithADayHasAnOutcome(t *testing.T) {
	due := func(day domain.Day, status promise.Status) consistency.Situation {
		return only(p1(func(p *consistency.Promise) { p.Due, p.Status = day, status }))
	}
	finds := func(due, since domain.Day) []consistency.Finding {
		return []consistency.Finding{{Object: thePromise, Owner: "anna", Since: since, Days: map[string]domain.Day{"due": due}}}
	}
	try(t, cr14, []trial{
		{name: "two weeks are given", in: due(ago(14), promise.StatusActive)},
		{name: "and no more", in: due(ago(15), promise.StatusActive), want: finds(ago(15), today)},
		{name: "it was so before today", in: due(ago(16), promise.StatusActive), want: finds(ago(16), ago(1))},
		{name: "until further notice has no day", in: due("", promise.StatusActive)},
		{name: "kept is an outcome", in: due(ago(99), promise.StatusKept)},
		{name: "so is withdrawn", in: due(ago(99), promise.StatusWithdrawn)},
		{name: "a programme can give more time", in: due(ago(15), promise.StatusActive), params: consistency.Params{"days": 30}},
	})
}
