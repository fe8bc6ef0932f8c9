package rules

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"koersvast/domain"
	"koersvast/domain/measure"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

func TestTwoGroupsSeeSomethingElse(t *testing.T) {
	cell := func(g domain.RaterGroup, sees *measure.Estimate) round.Cell {
		return round.Cell{Group: g, Shown: true, Sees: sees}
	}
	see := func(leaders, staff measure.Estimate) *round.Report {
		return saying(round.Item{Question: listens.ID, Cells: []round.Cell{cell(domain.Leaders, &leaders), cell(domain.Staff, &staff)}})
	}
	of := func(p domain.PromiseID, a, b float64) consistency.Finding {
		return consistency.Finding{
			Object: consistency.The(p), Since: ago(10), Owner: "anna", Coach: "cora",
			Values:   map[string]float64{"a": a, "b": b},
			Things:   map[string]consistency.Object{"what": consistency.The(p)},
			Evidence: []consistency.Object{consistency.The(domain.RoundID("r1"))},
		}
	}
	found := func(a, b float64) []consistency.Finding { return []consistency.Finding{of("p1", a, b)} }
	differ := after(see(estimate(4, .3), estimate(2, .3)))
	atEnd := after(saying(round.Item{Question: listens.ID, Cells: []round.Cell{cell(domain.Leaders, nil), cell(domain.Staff, new(estimate(2, .3)))}}))
	inFeedback := promised(talked(someFeedback("r1", 10, differ.Rounds[0].Report), 10))
	twoItems := after(saying(
		round.Item{Question: listens.ID, Cells: []round.Cell{cell(domain.Leaders, new(estimate(5, .3))), cell(domain.Staff, new(estimate(2, .3)))}},
		round.Item{Question: visits.ID, Cells: []round.Cell{cell(domain.Leaders, new(estimate(3, .3))), cell(domain.Staff, new(estimate(3, .3)))}},
	))

	// Each of the MT sees that leaders and staff are a little apart, by chance as
	// far as each of them can tell.
	team := func(members int, staff float64) consistency.Situation {
		s := consistency.Situation{Programme: "fair"}
		for i := range members {
			who, p := domain.PersonID(fmt.Sprint("m", i)), domain.PromiseID(fmt.Sprint("p", i))
			s.People = append(s.People, consistency.Person{ID: who, Roles: []domain.Role{domain.MT}})
			s.Promises = append(s.Promises, consistency.Promise{ID: p, By: who, Status: promise.StatusActive})
			r := aCheck(domain.RoundID(p), 10, see(estimate(4, .3), estimate(staff, .3)))
			r.Subject, r.Promise = who, p
			s.Rounds = append(s.Rounds, r)
		}
		return s
	}
	whole := consistency.Finding{
		Object: consistency.The(domain.ProgrammeID("fair")), Since: today, Values: map[string]float64{"a": 4, "b": 3.2},
		Things: map[string]consistency.Object{"what": consistency.Term("mt")},
	}
	var each []consistency.Finding
	for i := range 4 {
		p := domain.PromiseID(fmt.Sprint("p", i))
		f := of(p, 4, 3.2)
		f.Owner, f.Evidence = domain.PersonID(fmt.Sprint("m", i)), []consistency.Object{consistency.The(domain.RoundID(p))}
		each = append(each, f)
	}
	others := team(4, 3.2)
	others.People[0].Roles = []domain.Role{domain.Employee}

	try(t, cr19, append(silences(differ), []trial{
		{name: "what is clear", in: differ, want: found(4, 2)},
		{name: "the other way round", in: after(see(estimate(2, .3), estimate(4, .3))), want: found(2, 4)},
		{name: "over all that was asked", in: twoItems, want: found(4, 2.5)},
		{name: "feedback is no check", in: inFeedback},
		{name: "no number for a small group at an end", in: atEnd},

		{name: "just below the margin", in: after(see(estimate(4, .3), estimate(3.3, .3)))},
		{name: "on it", in: after(see(estimate(4, .3), estimate(3.25, .3))), want: found(4, 3.3)},
		{name: "just above", in: after(see(estimate(4, .3), estimate(3.2, .3))), want: found(4, 3.2)},
		{name: "just as far as chance goes", in: after(see(estimate(4, .6), estimate(3, .8)))},
		{name: "just further", in: after(see(estimate(4, .6), estimate(2.9, .8))), want: found(4, 2.9)},

		{name: "one leader fewer than has to answer", in: after(brought(box(domain.Leaders, 4, 4, 5), box(domain.Staff, 2, 2, 2, 1, 2, 2, 3, 2)))},
		{name: "as many as have to", in: after(brought(box(domain.Leaders, 4, 4, 5, 4), box(domain.Staff, 2, 2, 2, 1, 2, 2, 3, 2))), want: found(4.5, 2)},
		{name: "one employee fewer", in: after(brought(box(domain.Leaders, 4, 4, 5, 4, 4, 4, 5, 3), box(domain.Staff, 2, 2, 3, 1)))},
		{name: "as many as have to, again", in: after(brought(box(domain.Leaders, 4, 4, 5, 4, 4, 4, 5, 3), box(domain.Staff, 2, 2, 3, 1, 2))), want: found(4.1, 2)},

		{name: "three of the MT are not the MT", in: team(3, 3.2), want: each[:3]},
		{name: "four are", in: team(4, 3.2), want: append(each[:4:4], whole)},
		{name: "who is not in it does not count", in: others, want: each},
	}...))
}

func TestNoDifferenceIsFoundThatCouldBeChance(t *testing.T) {
	rating := rapid.IntRange(measure.Lowest, measure.Highest)
	rapid.Check(t, func(t *rapid.T) {
		leaders := rapid.SliceOfN(rating, 5, 14).Draw(t, "leaders")
		staff := rapid.SliceOfN(rating, 5, 14).Draw(t, "staff")
		s := after(brought(box(domain.Leaders, leaders...), box(domain.Staff, staff...)))
		if len(cr19.Find(s, cr19.With(nil))) == 0 {
			return
		}
		if d := compared(leaders, staff); d.Contains(0) || math.Abs(d.Value) < .2 {
			t.Fatalf("%v and %v differ by %v", leaders, staff, d.Estimate)
		}
	})
}

func compared(a, b []int) measure.Difference {
	x, _ := measure.TallyOf(a...)
	y, _ := measure.TallyOf(b...)
	d, _ := measure.Compare(x.Sample(), y.Sample())
	return d
}
