package rules

import (
	"fmt"
	"testing"

	"koersvast/domain"
	"koersvast/domain/expectation"
	"koersvast/domain/promise"
	"koersvast/projections/consistency"
)

func TestTheMTPromisesAsItExpects(t *testing.T) {
	both := func(expects, promises int) consistency.Situation {
		s := consistency.Situation{Programme: "tide"}
		for i := range expects {
			s.Expectations = append(s.Expectations, consistency.Expectation{
				ID: domain.ExpectationID(fmt.Sprint("e", i)), FromMT: true, Of: domain.Employees, Said: ago(50 - i), Status: expectation.StatusOpen,
			})
		}
		for i := range promises {
			s.Promises = append(s.Promises, p1(func(p *consistency.Promise) { p.ID = domain.PromiseID(fmt.Sprint("p", i)) }))
		}
		return s
	}
	finds := func(severity consistency.Severity, expects, promises float64) []consistency.Finding {
		return []consistency.Finding{{
			Object: consistency.The(domain.ProgrammeID("tide")), Severity: severity, Since: ago(48),
			Values: map[string]float64{"expectations": expects, "promises": promises},
		}}
	}
	changed := func(s consistency.Situation, change func(*consistency.Situation)) consistency.Situation {
		change(&s)
		return s
	}
	try(t, cr08, []trial{
		{name: "two expectations are not many", in: both(2, 0)},
		{name: "three without a promise", in: both(3, 0), want: finds(consistency.Serious, 3, 0)},
		{name: "one promise for three is just enough", in: both(3, 1)},
		{name: "one for four is not", in: both(4, 1), want: finds("", 4, 1)},
		{name: "two for six are just enough", in: both(6, 2)},
		{name: "two for seven are not", in: both(7, 2), want: finds("", 7, 2)},
		{name: "a programme can ask for more", in: both(3, 1), params: consistency.Params{"ratio": .5}, want: finds("", 3, 1)},
		{name: "what was dropped is expected no more", in: changed(both(3, 0), func(s *consistency.Situation) {
			s.Expectations[0].Status = expectation.StatusDropped
		})},
		{name: "what others expect is not of the MT", in: changed(both(3, 0), func(s *consistency.Situation) {
			s.Expectations[0].FromMT = false
		})},
		{name: "what the MT expects of itself is not of others", in: changed(both(3, 0), func(s *consistency.Situation) {
			s.Expectations[0].Of = domain.TheMT
		})},
		{name: "what was withdrawn was not promised", in: changed(both(3, 1), func(s *consistency.Situation) {
			s.Promises[0].Status = promise.StatusWithdrawn
		}), want: finds(consistency.Serious, 3, 0)},
		{name: "what was only proposed neither", in: changed(both(3, 1), func(s *consistency.Situation) {
			s.Promises[0].Active = ""
		}), want: finds(consistency.Serious, 3, 0)},
		{name: "nor what the MT promised itself", in: changed(both(3, 1), func(s *consistency.Situation) {
			s.Promises[0].To = []domain.Party{domain.TheMT}
		}), want: finds(consistency.Serious, 3, 0)},
	})
}
