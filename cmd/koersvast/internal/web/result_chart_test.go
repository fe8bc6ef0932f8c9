package web

import (
	"testing"

	"koersvast/domain/round"
)

func TestWordsAndDeedsAreComparedOnlyAsFarAsIsSure(t *testing.T) {
	for _, c := range []struct {
		name  string
		items []round.Item
		want  string
	}{
		{"nothing is told", []round.Item{seenAt("a", 3)}, ""},
		{"heard more", []round.Item{seenAt("a", 3, aheadBy(.4, 1, 1.6))}, "heard"},
		{"heard more, with an interval that was rounded to 0", []round.Item{seenAt("a", 3, aheadBy(0, 1, 2))}, "heard"},
		{"seen more", []round.Item{seenAt("a", 3, aheadBy(-1.6, -1, -.4))}, "seen"},
		{"one and the other", []round.Item{seenAt("a", 3, aheadBy(.4, 1, 1.6)), seenAt("b", 3, aheadBy(-1.6, -1, -.4))}, "both"},
		{"too little to speak of", []round.Item{seenAt("a", 3, aheadBy(.1, .4, .7)), seenAt("b", 3, aheadBy(-.5, 0, .5))}, "alike"},
		{"large and unsure", []round.Item{seenAt("a", 3, aheadBy(-.5, 1, 2.5)), seenAt("b", 3, aheadBy(-.5, 0, .5))}, ""},
		{"one that is sure is enough", []round.Item{seenAt("a", 3, aheadBy(-.5, 1, 2.5)), seenAt("b", 3, aheadBy(.5, 1, 1.5))}, "heard"},
	} {
		res := result{}
		res.Report = &round.Report{Items: c.items}
		if got := res.ahead(); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
