package ballotbox_test

import (
	"fmt"
	"testing"

	"koersvast/domain"
	"koersvast/eventstore/ballotbox"
)

// BenchmarkCast is a credential verified and a ballot written, in a box that
// has so many already.
func BenchmarkCast(b *testing.B) {
	for _, n := range []int{50, 500} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			w := full(b, n)
			c := w.credential("last")
			sent := w.seal(c, "4")
			sent.Replace = true
			for b.Loop() {
				w.must(w.boxes.Cast(sent))
			}
		})
	}
}

// BenchmarkIssue is a request signed and registered, in a box for so many.
func BenchmarkIssue(b *testing.B) {
	for _, n := range []int{50, 500} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			w := full(b, n)
			blinded := w.ask().Blinded
			for b.Loop() {
				_, err := w.box.Issue("last", blinded)
				w.must(err)
			}
		})
	}
}

// BenchmarkOpen is all ballots of a box opened.
func BenchmarkOpen(b *testing.B) {
	for _, n := range []int{50, 500} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			w := full(b, n)
			w.must(w.box.Close())
			for b.Loop() {
				_, err := w.box.Open(w.opening)
				w.must(err)
			}
		})
	}
}

// full returns a world with a box with n ballots in it, for one person more.
func full(b *testing.B, n int) *world {
	b.Helper()
	w := newWorld(b, 0)
	p := plan(w.opening)
	p.Invited = []domain.PersonID{"last"}
	for i := range n {
		p.Invited = append(p.Invited, domain.PersonID(fmt.Sprintf("P%03d", i)))
	}
	var err error
	if w.boxes, err = ballotbox.Open(b.TempDir(), w.keys); err != nil {
		b.Fatal(err)
	}
	if w.box, err = w.boxes.Create(p); err != nil {
		b.Fatal(err)
	}
	for _, code := range w.codes(p.Invited[1:]...) {
		_, err := w.box.CastCode(code, []byte("4"))
		w.must(err)
	}
	return w
}
