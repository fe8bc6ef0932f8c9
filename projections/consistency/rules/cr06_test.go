package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/promise"
	"koersvast/projections/consistency"
)

func TestNobodyPromisesForAnother(t *testing.T) {
	waits := func(days int, status promise.Status) consistency.Situation {
		return only(p1(func(p *consistency.Promise) {
			p.RecordedBy, p.Status, p.Said, p.Since, p.Active = "bram", status, ago(days), ago(days), ""
		}))
	}
	finds := func(since domain.Day) []consistency.Finding {
		return []consistency.Finding{{
			Object: thePromise, Owner: "anna", Recorder: "bram", Since: since,
			Things: map[string]consistency.Object{"person": consistency.The(domain.PersonID("anna"))},
		}}
	}
	try(t, cr06, []trial{
		{name: "two weeks are given", in: waits(14, promise.StatusProposed)},
		{name: "and no more", in: waits(15, promise.StatusProposed), want: finds(today)},
		{name: "it was so before today", in: waits(16, promise.StatusProposed), want: finds(ago(1))},
		{name: "who accepted has promised", in: waits(99, promise.StatusActive)},
		{name: "who declined has answered", in: waits(99, promise.StatusDeclined)},
		{name: "what was taken back waits no more", in: waits(99, promise.StatusWithdrawn)},
		{name: "a programme can give less time", in: waits(8, promise.StatusProposed), params: consistency.Params{"days": 7}, want: finds(today)},
	})
}
