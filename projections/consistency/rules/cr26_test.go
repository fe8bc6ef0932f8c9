package rules

import (
	"fmt"
	"slices"
	"testing"

	"koersvast/domain"
	"koersvast/domain/evidence"
	"koersvast/domain/measure"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/domain/strategy"
	"koersvast/projections/consistency"
)

// spokenOf is a programme with three pillars, and so many fragments of
// documents of ten days ago that speak of each.
func spokenOf(near, open, bold int) consistency.Situation {
	s := consistency.Situation{Pillars: []consistency.Pillar{
		{ID: "near", Status: strategy.StatusAdopted},
		{ID: "open", Status: strategy.StatusAdopted},
		{ID: "bold", Status: strategy.StatusAdopted},
		{ID: "past", Status: strategy.StatusRetired},
	}}
	for i, n := range []int{near, open, bold} {
		for range n {
			f := fragment("newsletter", evidence.Says, "1", 10)
			f.Promise, f.Pillar = "", s.Pillars[i].ID
			s.Fragments = append(s.Fragments, f)
		}
	}
	return s
}

func TestLipService(t *testing.T) {
	// noticed adds to each pillar three promises of the MT that were checked
	// with this score.
	noticed := func(s consistency.Situation, scores ...measure.Estimate) consistency.Situation {
		for i, score := range scores {
			for j, who := range []domain.PersonID{"anna", "bert", "carl"} {
				p := domain.PromiseID(fmt.Sprint("p", i, j))
				s.People = append(s.People, consistency.Person{ID: who, Roles: []domain.Role{domain.MT}})
				s.Promises = append(s.Promises, consistency.Promise{
					ID: p, By: who, FromMT: true, Pillar: s.Pillars[i].ID, Rhythm: 60, Status: promise.StatusActive, Active: ago(300),
				})
				r := aCheck(domain.RoundID(p), 10, &round.Report{Score: &score})
				r.Subject, r.Promise = who, p
				s.Rounds = append(s.Rounds, r)
			}
		}
		return s
	}
	low, high := estimate(30, 15), estimate(70, 10)
	found := []consistency.Finding{{Object: consistency.The(domain.PillarID("near")), Since: today}}
	clear := noticed(spokenOf(12, 4, 4), low, high, high)
	one := noticed(spokenOf(12, 4, 4), low)
	alone := noticed(spokenOf(12, 4, 4), low, high, high)
	alone.Promises = slices.DeleteFunc(alone.Promises, func(p consistency.Promise) bool { return p.Pillar == "near" && p.By == "carl" })
	tied := noticed(spokenOf(10, 10, 0), low, high, high)
	unscored := noticed(spokenOf(12, 4, 4), low, high, high)
	unscored.Rounds = nil
	for _, r := range clear.Rounds {
		r.Report = &round.Report{} // of one group, which makes no score
		unscored.Rounds = append(unscored.Rounds, r)
	}
	of := silences(clear)
	try(t, cr26, []trial{
		of[0], of[1], of[2], of[3],
		{name: "spoken of most and noticed least", in: clear, want: found},
		{name: "another is noticed less", in: noticed(spokenOf(12, 4, 4), low, estimate(20, 15), high)},
		{name: "another is spoken of more", in: noticed(spokenOf(10, 11, 0), low, high, high)},
		{name: "or as much", in: tied, want: found},
		{name: "another is noticed as little", in: noticed(spokenOf(12, 4, 4), low, low, high), want: found},
		{name: "also when it stands first", in: noticed(spokenOf(4, 12, 4), low, low, high), want: []consistency.Finding{{Object: consistency.The(domain.PillarID("open")), Since: today}}},
		{name: "the only one with a score", in: one},
		{name: "nobody has one", in: unscored},
		{name: "two of the MT could find each other's", in: alone},

		// A third of the share and .15 is .4833 of all.
		{name: "just below", in: noticed(spokenOf(28, 15, 15), low, high, high)},
		{name: "just above", in: noticed(spokenOf(29, 15, 15), low, high, high), want: found},
		{name: "on it exactly", in: noticed(spokenOf(29, 16, 15), low, high, high), want: found},
		{name: "too little was coded", in: noticed(spokenOf(11, 4, 4), low, high, high)},

		{name: "surely less than half, just", in: noticed(spokenOf(12, 4, 4), estimate(30, 19), high, high), want: found},
		{name: "half", in: noticed(spokenOf(12, 4, 4), estimate(30, 20), high, high)},
		{name: "perhaps more", in: noticed(spokenOf(12, 4, 4), estimate(30, 21), high, high)},
	})
}
