package disclosure_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"koersvast/domain/disclosure"
)

type cell = disclosure.Cell[int]

func cellsOf(named map[string][]int) (cells []cell) {
	for _, name := range slices.Sorted(maps.Keys(named)) {
		cells = append(cells, cell{Name: name, Of: named[name]})
	}
	return cells
}

func shownOf(cells []cell, verdicts []disclosure.Verdict) (shown []cell) {
	for i, v := range verdicts {
		if v == disclosure.Shown {
			shown = append(shown, cells[i])
		}
	}
	return shown
}

func sumsOf(cells []cell) (sums [][]int) {
	for _, c := range cells {
		sums = append(sums, c.Of)
	}
	return sums
}

func numbers(from, to int) (all []int) {
	for i := from; i <= to; i++ {
		all = append(all, i)
	}
	return all
}

func TestACellIsShownUnlessItGivesSomebodyAway(t *testing.T) {
	eleven := []cell{
		{"all", numbers(1, 11)},
		{"employees", numbers(1, 6)},
		{"leaders", numbers(7, 10)},
		{"superior", numbers(11, 11)},
	}
	before := []cell{{"last time", numbers(1, 5)}}
	for name, c := range map[string]struct {
		cells, published []cell
		want             []disclosure.Verdict
	}{
		"enough":                       {[]cell{{"a", numbers(1, 4)}}, nil, []disclosure.Verdict{disclosure.Shown}},
		"one too few":                  {[]cell{{"a", numbers(1, 3)}}, nil, []disclosure.Verdict{disclosure.TooFew}},
		"one too few, one named twice": {[]cell{{"a", []int{1, 2, 3, 3}}}, nil, []disclosure.Verdict{disclosure.TooFew}},
		"nobody":                       {[]cell{{"a", nil}}, nil, []disclosure.Verdict{disclosure.Empty}},
		"a total that would give away the eleventh": {
			eleven, nil,
			[]disclosure.Verdict{disclosure.Shown, disclosure.Shown, disclosure.Complementary, disclosure.TooFew},
		},
		"what follows anyhow": {
			[]cell{{"all", numbers(1, 8)}, {"a", numbers(1, 4)}, {"b", numbers(5, 8)}},
			nil,
			[]disclosure.Verdict{disclosure.Shown, disclosure.Shown, disclosure.Shown},
		},
		"one who came later":             {[]cell{{"a", numbers(1, 6)}}, before, []disclosure.Verdict{disclosure.EarlierRound}},
		"one who did not take part":      {[]cell{{"a", numbers(1, 4)}}, before, []disclosure.Verdict{disclosure.EarlierRound}},
		"one in another's place":         {[]cell{{"a", numbers(2, 6)}}, before, []disclosure.Verdict{disclosure.EarlierRound}},
		"two in the place of two others": {[]cell{{"a", numbers(3, 7)}}, before, []disclosure.Verdict{disclosure.Shown}},
		"exactly the same":               {[]cell{{"a", numbers(1, 5)}}, before, []disclosure.Verdict{disclosure.Shown}},
		"others altogether":              {[]cell{{"a", numbers(6, 10)}}, before, []disclosure.Verdict{disclosure.Shown}},
	} {
		if diff := cmp.Diff(c.want, disclosure.Choose(everyone(4), c.cells, c.published)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestWhoIsRecognisedHidesNobody(t *testing.T) {
	promised := func(r int) int { return map[bool]int{true: disclosure.Recognised, false: 4}[r == 0] }
	cells := []cell{{"superior", []int{0}}, {"with three others", numbers(0, 3)}, {"with four", []int{0, 4, 5, 6, 7}}}
	want := []disclosure.Verdict{disclosure.Shown, disclosure.TooFew, disclosure.Shown}
	if diff := cmp.Diff(want, disclosure.Choose(promised, cells, nil)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNothingIsShownOfPeopleWhoWerePromisedTooLittle(t *testing.T) {
	for _, k := range []int{-1, 0, 2} {
		got := disclosure.Choose(everyone(k), []cell{{"a", numbers(1, 100)}}, nil)
		if got[0] != disclosure.TooFew {
			t.Errorf("with a threshold of %d a hundred people are %s", k, got[0])
		}
	}
}

// rounds draws an organisation that is asked three times, with who takes part
// changing a little, and plans what may leave each time.
func rounds(t *rapid.T, promised func(int) int) (published []cell) {
	people := rapid.IntRange(4, 24).Draw(t, "people")
	named := organisation(t, people)
	for round := range 3 {
		away := rapid.SliceOfNDistinct(rapid.IntRange(0, people-1), 0, min(3, people), rapid.ID).Draw(t, "away")
		var cells []cell
		for _, c := range cellsOf(named) {
			of := slices.DeleteFunc(slices.Clone(c.Of), func(p int) bool { return slices.Contains(away, p) })
			cells = append(cells, cell{fmt.Sprint(c.Name, " in round ", round), of})
		}
		shown := shownOf(cells, disclosure.Choose(promised, cells, published))
		for _, c := range shown {
			hidden := slices.DeleteFunc(slices.Clone(c.Of), func(p int) bool { return promised(p) == disclosure.Recognised })
			for _, p := range hidden {
				if len(hidden) < promised(p) {
					t.Fatalf("%s is shown, with %d people of whom one was promised %d", c.Name, len(hidden), promised(p))
				}
			}
		}
		published = append(published, shown...)
	}
	return published
}

// thresholds draws what each person was promised.
func thresholds(t *rapid.T) func(int) int {
	choice := rapid.SampledFrom([]int{4, 3, 5, 6, disclosure.Recognised})
	if rapid.Bool().Draw(t, "everybody the same") {
		return everyone(choice.Filter(func(k int) bool { return k > 1 }).Draw(t, "threshold"))
	}
	list := rapid.SliceOfN(choice, 24, 24).Draw(t, "thresholds")
	return func(p int) int { return list[p] }
}

func TestNobodyIsIsolatedByAllThatWasEverPublished(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		promised := thresholds(t)
		published := rounds(t, promised)
		if found := attacked(promised, sumsOf(published)...); found != nil {
			t.Fatalf("%v can be isolated by combining %v", found, published)
		}
	})
}

// TestOneCellIsWithheldOnlyIfItIsolates compares, one cell at a time, planner
// and attacker: they ask the same question in two ways.
func TestOneCellIsWithheldOnlyIfItIsolates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		promised := thresholds(t)
		published := rounds(t, promised)
		next := rapid.SliceOfDistinct(rapid.IntRange(0, 23), rapid.ID).Filter(func(of []int) bool { return len(of) > 0 }).Draw(t, "next")
		verdict := disclosure.Choose(promised, []cell{{"next", next}}, published)[0]
		found := attacked(promised, append(sumsOf(published), next)...)
		if (verdict == disclosure.Shown) != (found == nil) {
			t.Fatalf("the cell %v beside %v is %s, and the attacker isolates %v", next, published, verdict, found)
		}
	})
}

// TestAThresholdAloneIsolatesPeople makes sure that the attacker would have
// found something.
func TestAThresholdAloneIsolatesPeople(t *testing.T) {
	const k, organisations = 4, 100
	leaks := 0
	for seed := range uint64(organisations) {
		r := rand.New(rand.NewPCG(seed, 7))
		named := map[string][]int{}
		for p := range 20 + r.IntN(30) {
			team := r.IntN(5)
			for _, in := range []string{"all", fmt.Sprint("region ", team/2), fmt.Sprint("team ", team), fmt.Sprint("function ", r.IntN(3))} {
				named[in] = append(named[in], p)
			}
		}
		large := slices.DeleteFunc(cellsOf(named), func(c cell) bool { return len(c.Of) < k })
		if attacked(everyone(k), sumsOf(large)...) != nil {
			leaks++
		}
		planned := shownOf(cellsOf(named), disclosure.Choose(everyone(k), cellsOf(named), nil))
		if found := attacked(everyone(k), sumsOf(planned)...); found != nil {
			t.Errorf("organisation %d: %v can be isolated by combining %v", seed, found, planned)
		}
	}
	if leaks < organisations/10 {
		t.Errorf("a plain threshold gives people away in %d of %d organisations; this attacker sees too little", leaks, organisations)
	}
	t.Logf("a plain threshold gives people away in %d of %d organisations", leaks, organisations)
}

func TestAHigherThresholdNeverShowsMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people := rapid.IntRange(4, 24).Draw(t, "people")
		low, more := make([]int, people), make([]int, people)
		for p := range people {
			low[p] = rapid.IntRange(3, 6).Draw(t, "threshold")
			more[p] = rapid.IntRange(0, 3).Draw(t, "raised by")
		}
		cells := cellsOf(organisation(t, people))
		published := cellsOf(organisation(t, people))
		published = published[:rapid.IntRange(0, len(published)).Draw(t, "published")]
		lower := disclosure.Choose(func(p int) int { return low[p] }, cells, published)
		higher := disclosure.Choose(func(p int) int { return low[p] + more[p] }, cells, published)
		for i, c := range cells {
			if higher[i] == disclosure.Shown && lower[i] != disclosure.Shown {
				t.Fatalf("%s is %s, and %s with higher thresholds", c.Name, lower[i], higher[i])
			}
		}
	})
}

func TestTheOrderOfCellsChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		promised := thresholds(t)
		people := rapid.IntRange(4, 24).Draw(t, "people")
		cells, published := cellsOf(organisation(t, people)), cellsOf(organisation(t, people))
		want := map[string]disclosure.Verdict{}
		for i, v := range disclosure.Choose(promised, cells, published) {
			want[cells[i].Name] = v
		}
		cells = rapid.Permutation(cells).Draw(t, "cells")
		published = rapid.Permutation(published).Draw(t, "published")
		for i := range cells {
			cells[i].Of = rapid.Permutation(cells[i].Of).Draw(t, "respondents")
		}
		got := map[string]disclosure.Verdict{}
		for i, v := range disclosure.Choose(promised, cells, published) {
			got[cells[i].Name] = v
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("in another order (-one +other):\n%s", diff)
		}
	})
}
