package rules

import (
	"fmt"
	"testing"

	"koersvast/domain"
	"koersvast/domain/measure"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

// hears is by how much more people hear something than they see it.
func hears(q round.Question, gap, half float64) round.Item {
	e := estimate(gap, half)
	return round.Item{Question: q.ID, SayDo: &e}
}

func TestWordsAreAheadOfDeeds(t *testing.T) {
	of := func(p domain.PromiseID, who domain.PersonID, x float64) consistency.Finding {
		return consistency.Finding{
			Object: consistency.The(p), Since: ago(10), Owner: who, Coach: "cora",
			Values:   map[string]float64{"x": x},
			Things:   map[string]consistency.Object{"what": consistency.The(p)},
			Evidence: []consistency.Object{consistency.The(domain.RoundID("r" + p[1:]))},
		}
	}
	found := func(x float64) []consistency.Finding { return []consistency.Finding{of("p1", "anna", x)} }
	clear := after(saying(hears(listens, 1.5, .5)))

	// Members of the MT who promised something in one pillar, each checked.
	pillar := func(gap float64, promisers ...domain.PersonID) consistency.Situation {
		s := consistency.Situation{Pillars: []consistency.Pillar{{ID: "near"}}}
		for i, who := range promisers {
			p := domain.PromiseID(fmt.Sprint("p", i))
			s.People = append(s.People, consistency.Person{ID: who, Roles: []domain.Role{domain.MT}})
			s.Promises = append(s.Promises, consistency.Promise{
				ID: p, By: who, FromMT: true, Pillar: "near", Rhythm: 60, Status: promise.StatusActive,
			})
			r := aCheck(domain.RoundID(fmt.Sprint("r", i)), 10, saying(hears(listens, gap, .5)))
			r.Subject, r.Promise = who, p
			s.Rounds = append(s.Rounds, r)
		}
		return s
	}
	near := consistency.Finding{
		Object: consistency.The(domain.PillarID("near")), Since: today, Values: map[string]float64{"x": 1},
		Things: map[string]consistency.Object{"what": consistency.The(domain.PillarID("near"))},
	}
	each := []consistency.Finding{of("p0", "anna", 1), of("p1", "bert", 1), of("p2", "carl", 1)}
	three := func(change func(*consistency.Situation)) consistency.Situation {
		s := pillar(1, "anna", "bert", "carl")
		change(&s)
		return s
	}
	stale := three(func(s *consistency.Situation) { s.Rounds[0].Closed = ago(60 + 90 + 1) })
	fading := three(func(s *consistency.Situation) { s.Rounds[0].Closed = ago(60 + 90) })
	unchecked := func(n int) consistency.Situation {
		return three(func(s *consistency.Situation) {
			for i := range n {
				s.Promises = append(s.Promises, consistency.Promise{
					ID: domain.PromiseID(fmt.Sprint("q", i)), By: "anna", FromMT: true, Pillar: "near", Rhythm: 60, Status: promise.StatusActive,
				})
			}
		})
	}
	ofStaff := three(func(s *consistency.Situation) { s.Promises[0].FromMT = false })
	oneAbove := pillar(.9, "anna", "bert", "carl")
	oneAbove.Rounds[0] = three(func(*consistency.Situation) {}).Rounds[0]

	try(t, cr23, append(silences(clear), []trial{
		{name: "what is clear", in: clear, want: found(1.5)},
		{name: "deeds ahead of words", in: after(saying(hears(listens, -1.5, .5)))},
		{name: "nobody told both", in: after(saying(round.Item{Question: listens.ID}))},
		{name: "feedback is no check", in: promised(talked(someFeedback("r1", 10, clear.Rounds[0].Report), 10))},

		{name: "just below", in: after(saying(hears(listens, .9, .5)))},
		{name: "on it", in: after(saying(hears(listens, 1, .5))), want: found(1)},
		{name: "just above", in: after(saying(hears(listens, 1.1, .5))), want: found(1.1)},
		{name: "by chance", in: after(saying(hears(listens, 1, 1)))},
		{name: "just not by chance", in: after(saying(hears(listens, 1, .9))), want: found(1)},
		{name: "over all that was asked, just below", in: after(saying(hears(listens, 1.5, .5), hears(visits, .4, .2)))},
		{name: "and on it", in: after(saying(hears(listens, 1.5, .5), hears(visits, .5, .2))), want: found(1)},

		{name: "one fewer than has to answer", in: after(brought(heard(domain.Staff, []int{5, 5, 4, 5}, []int{2, 3, 2, 3})))},
		{name: "as many as have to", in: after(brought(heard(domain.Staff, []int{4, 4, 5, 4, 4}, []int{2, 2, 2, 3, 2}))), want: found(2)},

		{name: "two of the MT", in: pillar(1, "anna", "bert"), want: each[:2]},
		{name: "three", in: pillar(1, "anna", "bert", "carl"), want: append(each[:3:3], near)},
		{name: "a pillar just below", in: pillar(.9, "anna", "bert", "carl")},
		{name: "of which one promise is above", in: oneAbove, want: each[:1]},
		{name: "the last day of a check", in: fading, want: append(each[:3:3], near)},
		{name: "an old check does not count in a pillar", in: stale, want: each},
		{name: "three in five promises were checked", in: unchecked(2), want: append(each[:3:3], near)},
		{name: "fewer", in: unchecked(3), want: each},
		{name: "what staff promised is not the MT's", in: ofStaff, want: each},
	}...))
}

func TestAPillarSaysNothingOfAnother(t *testing.T) {
	s := promised(aCheck("r1", 10, &round.Report{Score: &measure.Estimate{Value: 60}}))
	if _, ok := ofPillar(s, "far", scoreOf); ok {
		t.Error("a pillar without promises has a score")
	}
}
