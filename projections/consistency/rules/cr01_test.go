package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

func TestAPromiseIsCheckedInItsRhythm(t *testing.T) {
	since := func(days int, checks ...consistency.Round) consistency.Situation {
		return consistency.Situation{
			Promises: []consistency.Promise{{ID: "p1", By: "anna", Rhythm: 60, Status: promise.StatusActive, Active: ago(days), Since: ago(days)}},
			Rounds:   checks,
		}
	}
	closed := func(days int) consistency.Round {
		return consistency.Round{ID: "r1", Kind: domain.Check, Promise: "p1", Subject: "anna", Coach: "cora", Status: round.StatusClosed, Closed: ago(days)}
	}
	finds := func(days float64, since domain.Day) []consistency.Finding {
		return []consistency.Finding{{
			Object: consistency.The(domain.PromiseID("p1")), Owner: "anna", Since: since,
			Values: map[string]float64{"days": days, "rhythm": 60},
		}}
	}
	serious := func(f []consistency.Finding) []consistency.Finding {
		f[0].Severity = consistency.Serious
		return f
	}
	withdrawn, reopened, cancelled := since(400), since(400), closed(10)
	withdrawn.Promises[0].Status = promise.StatusWithdrawn
	reopened.Promises[0].Since = ago(75)
	cancelled.Status = round.StatusCancelled
	try(t, cr01, []trial{
		{name: "just in time", in: since(74)},
		{name: "on its last day", in: since(75)},
		{name: "just late", in: since(76), want: finds(76, today)},
		{name: "twice as late", in: since(120), want: finds(120, ago(44))},
		{name: "more than that", in: since(121), want: serious(finds(121, ago(45)))},
		{name: "a check counts from the day it was closed", in: since(400, closed(75))},
		{name: "and is late again", in: since(400, closed(76)), want: finds(76, today)},
		{name: "one that was cancelled is none", in: since(76, cancelled), want: finds(76, today)},
		{name: "what stands again counts anew", in: reopened},
		{name: "what was withdrawn needs no check", in: withdrawn},
		{name: "a programme can be stricter", in: since(61), params: consistency.Params{"grace": 1}, want: finds(61, today)},
	})
}
