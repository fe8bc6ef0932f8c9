package web

import (
	"strings"
	"testing"
)

func TestWordsThatWentAndCameAreMarked(t *testing.T) {
	show := func(words []word) string {
		var b strings.Builder
		for _, w := range runs(words) {
			switch text := strings.TrimSpace(w.Text); {
			case w.Came && w.Went:
				b.WriteString("{~" + text + "} ")
			case w.Came:
				b.WriteString("{+" + text + "} ")
			case w.Went:
				b.WriteString("{-" + text + "} ")
			default:
				b.WriteString(text + " ")
			}
		}
		return strings.TrimSpace(b.String())
	}
	for _, c := range []struct{ before, after, wantBefore, wantAfter string }{
		{"Wij bellen terug.", "Wij bellen dezelfde dag terug.", "Wij bellen terug.", "Wij bellen {+dezelfde dag} terug."},
		{"Iedereen doet mee.", "Iedereen kan meedoen.", "Iedereen {-doet mee.}", "Iedereen {+kan meedoen.}"},
		{"", "In elke wijk.", "", "{+In elke wijk.}"},
		{"In elke wijk.", "", "{-In elke wijk.}", ""},
		{"zelfde\nwoorden", "zelfde  woorden", "zelfde\nwoorden", "zelfde  woorden"},
	} {
		before, after := wordsOf(c.before), wordsOf(c.after)
		compare(before, after)
		if got := show(before); got != c.wantBefore {
			t.Errorf("%q became %q: before = %q, want %q", c.before, c.after, got, c.wantBefore)
		}
		if got := show(after); got != c.wantAfter {
			t.Errorf("%q became %q: after = %q, want %q", c.before, c.after, got, c.wantAfter)
		}
	}

	first, second, third := wordsOf("een twee"), wordsOf("een drie"), wordsOf("een vier")
	compare(first, second)
	compare(second, third)
	if got := show(second); got != "een {~drie}" {
		t.Errorf("a word that came and went again = %q", got)
	}
}
