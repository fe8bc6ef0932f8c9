package rules

import (
	"testing"

	"koersvast/domain/promise"
	"koersvast/projections/consistency"
)

func TestAPromiseSaysByWhatItIsNoticed(t *testing.T) {
	clear := func(days, n int) consistency.Situation {
		return only(p1(func(p *consistency.Promise) { p.Active, p.Clear = ago(days), n }))
	}
	erased := clear(99, 0)
	erased.Promises[0].Erased = true
	kept := clear(99, 0)
	kept.Promises[0].Status = promise.StatusKept
	coached := clear(7, 4)
	coached.Coachings = []consistency.Coaching{{ID: "c1", Coach: "cora", Coachee: "anna", Agreed: ago(9)}}
	finds := consistency.Finding{Object: thePromise, Owner: "anna", Since: today}
	withCoach := finds
	withCoach.Coach = "cora"
	try(t, cr04, []trial{
		{name: "a week is given", in: clear(6, 4)},
		{name: "and no more", in: clear(7, 4), want: []consistency.Finding{finds}},
		{name: "a coach hears of it", in: coached, want: []consistency.Finding{withCoach}},
		{name: "all five are enough", in: clear(99, 5)},
		{name: "a programme can ask for four", in: clear(99, 4), params: consistency.Params{"fields": 4}},
		{name: "words that were erased are not judged", in: erased},
		{name: "what came to an end is not either", in: kept},
	})
}
