package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/measure"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

// scored is a report of more than one group.
func scored(score, high float64) *round.Report {
	return &round.Report{Score: &measure.Estimate{Value: score, Interval: measure.Interval{Low: 0, High: high}}, Of: 2}
}

func TestABarIsNotLoweredQuietly(t *testing.T) {
	after := func(report *round.Report, shared round.Audience, change func(*consistency.Promise)) consistency.Situation {
		s := only(p1(change))
		s.Rounds = []consistency.Round{check(60, report)}
		s.Rounds[0].Shared = shared
		return s
	}
	reworded := func(days ...int) func(*consistency.Promise) {
		return func(p *consistency.Promise) {
			for _, d := range days {
				p.Reworded = append(p.Reworded, ago(d))
			}
		}
	}
	putOff := func(p *consistency.Promise) { p.PutOff = []domain.Day{ago(45)} }
	low := scored(45, 60)
	lowered := func(since domain.Day, private bool) []consistency.Finding {
		return []consistency.Finding{{
			Object: thePromise, Owner: "anna", Coach: "cora", Since: since, Private: private,
			Evidence: []consistency.Object{consistency.The(domain.RoundID("r1"))},
		}}
	}
	often := func(coach domain.PersonID, since domain.Day, times float64) []consistency.Finding {
		return []consistency.Finding{{
			Object: thePromise, Owner: "anna", Coach: coach, Since: since, Variant: "often", Values: map[string]float64{"times": times},
		}}
	}
	withdrawn := after(low, round.Nobody, reworded(45))
	withdrawn.Promises[0].Status = promise.StatusWithdrawn
	again := after(low, round.Nobody, reworded(45))
	again.Rounds = append(again.Rounds, check(20, scored(50, 70)))
	try(t, cr10, []trial{
		{name: "reworded on the last day", in: after(low, round.Nobody, reworded(39)), want: lowered(ago(39), true)},
		{name: "reworded a day later", in: after(low, round.Nobody, reworded(38))},
		{name: "reworded before the check was closed", in: after(low, round.Nobody, reworded(61))},
		{name: "reworded on the day itself", in: after(low, round.Nobody, reworded(60)), want: lowered(ago(60), true)},
		{name: "put off", in: after(low, round.Nobody, putOff), want: lowered(ago(45), true)},
		{name: "after a check that came out well", in: after(scored(50, 60), round.Nobody, reworded(45))},
		{name: "after one of which there is no number", in: after(&round.Report{}, round.Nobody, reworded(45))},
		{name: "another check has judged the new words", in: again},
		{name: "a result that everyone sees is no secret", in: after(low, round.Everyone, reworded(45)), want: lowered(ago(45), false)},
		{name: "one that the MT sees is one for others", in: after(low, round.WithMT, reworded(45)), want: lowered(ago(45), true)},
		{name: "withdrawn is not lowered", in: withdrawn},

		{name: "other words twice", in: only(p1(reworded(90, 10))), want: often("", ago(10), 2)},
		{name: "once in half a year", in: only(p1(reworded(180, 10)))},
		{name: "twice in half a year", in: only(p1(reworded(179, 10))), want: often("", ago(10), 2)},
		{name: "three times", in: only(p1(reworded(90, 50, 10))), want: often("", ago(50), 3)},
		{name: "what everybody can see is not kept back", in: after(low, round.Nobody, reworded(45, 10)), want: often("cora", ago(10), 2)},
	})
}
