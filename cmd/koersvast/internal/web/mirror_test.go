package web

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/domain/measure"
	"koersvast/domain/round"
)

// seenAt is a question that all others together rate so.
func seenAt(id domain.QuestionID, mean float64, more ...func(*round.Item)) round.Item {
	i := round.Item{Question: id, All: &round.Cell{Shown: true, Sees: &measure.Estimate{Value: mean, Interval: measure.Interval{Low: mean - .5, High: mean + .5}}}}
	for _, f := range more {
		f(&i)
	}
	return i
}

func gapOf(value float64, window measure.Category) func(*round.Item) {
	return func(i *round.Item) {
		i.Gap = &round.Gap{Estimate: measure.Estimate{Value: value}, Window: window}
	}
}

func unseenBy(percent int) func(*round.Item) {
	return func(i *round.Item) { i.All.Unseen = &percent }
}

func aheadBy(low, value, high float64) func(*round.Item) {
	return func(i *round.Item) {
		i.SayDo = &measure.Estimate{Value: value, Interval: measure.Interval{Low: low, High: high}}
	}
}

// TestWhatStandsOutFollowsFromTheReport has a table of reports.
func TestWhatStandsOutFollowsFromTheReport(t *testing.T) {
	hidden := round.Item{Question: "hidden", Cells: []round.Cell{{Group: domain.Staff}, {Group: domain.Superior, Shown: true}}}
	alone := round.Item{Question: "alone", Cells: []round.Cell{{Group: domain.Staff, Shown: true, End: round.Mostly}}}
	type ids = []domain.QuestionID
	for name, c := range map[string]struct {
		items           []round.Item
		strongest, room ids
		talk            []talk
	}{
		"nothing is shown": {items: []round.Item{hidden}, strongest: ids{}, room: ids{}, talk: []talk{}},
		"one question":     {items: []round.Item{hidden, alone}, strongest: ids{"alone"}, room: ids{}, talk: []talk{{"room", "alone"}}},
		"nothing is in both": {
			items:     []round.Item{seenAt("a", 4), seenAt("b", 3), seenAt("c", 2)},
			strongest: ids{"a", "b"}, room: ids{"c"}, talk: []talk{{"room", "c"}, {"strength", "a"}},
		},
		"three at each end": {
			items:     []round.Item{seenAt("a", 1), seenAt("b", 2), seenAt("c", 3), seenAt("d", 3.5), alone, seenAt("e", 4), seenAt("f", 4.8)},
			strongest: ids{"f", "alone", "e"}, room: ids{"a", "b", "c"}, talk: []talk{{"room", "a"}, {"strength", "f"}},
		},
		"the largest gap and what is heard more than seen": {
			items: []round.Item{
				seenAt("a", 4, gapOf(.8, measure.HigherBySelf)), seenAt("b", 2, gapOf(-1.5, measure.StrictOnSelf)),
				seenAt("c", 3, aheadBy(-.1, .5, 1.1)), seenAt("d", 3, aheadBy(.2, .8, 1.4)),
			},
			strongest: ids{"a", "c"}, room: ids{"b", "d"}, talk: []talk{{"lower", "b"}, {"say_do", "d"}},
		},
		"a small gap is none, and what many could not observe": {
			items:     []round.Item{seenAt("a", 4, gapOf(.5, measure.ConfirmedStrength), unseenBy(10)), seenAt("b", 3, unseenBy(40))},
			strongest: ids{"a"}, room: ids{"b"}, talk: []talk{{"unseen", "b"}, {"strength", "a"}},
		},
		"one question is asked about once": {
			items:     []round.Item{seenAt("a", 4), seenAt("b", 2, gapOf(2, measure.BlindSpot), unseenBy(50))},
			strongest: ids{"a"}, room: ids{"b"}, talk: []talk{{"higher", "b"}, {"strength", "a"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			m := mirrorOf(round.Report{Items: c.items})
			if d := cmp.Diff(c.strongest, m.Strongest); d != "" {
				t.Errorf("strongest: %s", d)
			}
			if d := cmp.Diff(c.room, m.Room); d != "" {
				t.Errorf("room: %s", d)
			}
			if d := cmp.Diff(c.talk, m.Talk); d != "" {
				t.Errorf("talk: %s", d)
			}
		})
	}
}

func TestEveryCategoryHasAWindow(t *testing.T) {
	all := []measure.Category{
		measure.ConfirmedStrength, measure.KnownPoint, measure.HigherBySelf, measure.BlindSpot, measure.HiddenStrength, measure.StrictOnSelf,
	}
	var items []round.Item
	for _, c := range all {
		items = append(items, seenAt(domain.QuestionID(c), 3, gapOf(1, c)))
	}
	var placed []measure.Category
	for _, w := range windows(items) {
		for _, i := range w.Items {
			placed = append(placed, i.Category)
		}
	}
	slices.Sort(placed)
	slices.Sort(all)
	if d := cmp.Diff(all, placed); d != "" {
		t.Error(d)
	}
}

func TestAgreementIsTheMeanOfWhatIsShown(t *testing.T) {
	if apart([]round.Item{seenAt("a", 3)}) != nil {
		t.Error("agreement is told of too few")
	}
	apartBy := func(x float64) func(*round.Item) { return func(i *round.Item) { i.Apart = &x } }
	if got := apart([]round.Item{seenAt("a", 3, apartBy(.7)), seenAt("b", 3, apartBy(1)), seenAt("c", 3)}); got == nil || *got != .9 {
		t.Errorf("got %v, want 0.9", got)
	}
}
