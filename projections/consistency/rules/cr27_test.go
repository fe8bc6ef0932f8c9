package rules

import (
	"slices"
	"testing"

	"koersvast/domain"
	"koersvast/domain/evidence"
	"koersvast/domain/promise"
	"koersvast/domain/strategy"
	"koersvast/projections/consistency"
)

func TestAPillarIsForgotten(t *testing.T) {
	found := func(pillars ...domain.PillarID) (list []consistency.Finding) {
		for _, p := range pillars {
			list = append(list, consistency.Finding{Object: consistency.The(p), Since: today})
		}
		return list
	}
	with := func(s consistency.Situation, change func(*consistency.Fragment)) consistency.Situation {
		s.Fragments = slices.Clone(s.Fragments)
		f := s.Fragments[0]
		f.Pillar = "bold"
		change(&f)
		s.Fragments = append(s.Fragments, f)
		return s
	}
	linked := func(open int) consistency.Situation {
		s := spokenOf(10, open, 0)
		s.Promises = []consistency.Promise{{ID: "p1", Pillar: "bold", Status: promise.StatusActive}}
		s.Behaviours = []consistency.Behaviour{{ID: "dares", Pillar: "bold"}}
		return s
	}
	byPromise := func(f *consistency.Fragment) { f.Pillar, f.Promise = "", "p1" }
	byBehaviour := func(f *consistency.Fragment) { f.Pillar, f.Behaviour = "", "dares" }
	retired := spokenOf(10, 10, 0)
	retired.Pillars = slices.Clone(retired.Pillars)
	retired.Pillars[2].Status = strategy.StatusRetired
	try(t, cr27, []trial{
		{name: "an empty programme"},
		{name: "nothing at all", in: spokenOf(10, 10, 0), want: found("bold")},
		{name: "two of them", in: spokenOf(20, 0, 0), want: found("bold", "open")},
		// Three tenths of a third is a tenth.
		{name: "just below", in: spokenOf(10, 9, 1), want: found("bold")},
		{name: "on it", in: spokenOf(9, 9, 2)},
		{name: "just above", in: spokenOf(9, 8, 3)},
		{name: "one fragment fewer than tells", in: spokenOf(10, 9, 0)},
		{name: "with one on its promise", in: with(with(linked(8), byPromise), byPromise)},
		{name: "or on its behaviour", in: with(with(linked(8), byBehaviour), byBehaviour)},
		{name: "one of these is enough for twenty", in: with(linked(9), byPromise), want: found("bold")},
		{name: "what is done is not said", in: with(linked(9), func(f *consistency.Fragment) { f.Direction = evidence.Does })},
		{name: "nor is what hangs by a thread", in: with(linked(9), func(f *consistency.Fragment) { f.Link = evidence.Weak })},
		{name: "nor is it in a document", in: with(linked(9), func(f *consistency.Fragment) { f.Kind = evidence.Interview })},
		{name: "on its last day", in: with(linked(9), func(f *consistency.Fragment) { f.Day = ago(89) }), want: found("bold")},
		{name: "a day later", in: with(linked(9), func(f *consistency.Fragment) { f.Day = ago(90) })},
		{name: "a pillar that was retired is not missed", in: retired},
		{name: "a programme can ask for more", in: spokenOf(9, 9, 2), params: consistency.Params{"share": 50}, want: found("bold")},
	})
}
