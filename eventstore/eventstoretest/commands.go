package eventstoretest

import (
	"fmt"
	"strconv"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/eventstore"
)

func (f fixture) wantNotes(t *testing.T, st *eventstore.Store, book string, want ...string) {
	t.Helper()
	got, _, err := eventstore.Load[Notes](t.Context(), st, north(book))
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	if diff := cmp.Diff(Notes(want), got); diff != "" {
		t.Errorf("book %s differs (-want +got):\n%s", book, diff)
	}
}

// note executes a command that has to be taken.
func note(t *testing.T, st *eventstore.Store, book, text string) domain.Position {
	t.Helper()
	pos, err := eventstore.Execute(t.Context(), st, NewAct(), Note{book, text})
	if err != nil {
		t.Fatalf("Execute: %v", err)
	}
	return pos
}

func execute(t *testing.T, f fixture) {
	st := eventstore.NewStore(f)
	for i, text := range []string{"one", "two", "three"} {
		if pos := note(t, st, "a", text); pos != domain.Position(i+1) {
			t.Errorf("Execute = %d, want %d", pos, i+1)
		}
	}
	f.wantNotes(t, st, "a", "one", "two", "three")
	f.wantNotes(t, eventstore.NewStore(f), "a", "one", "two", "three")
	f.wantNotes(t, st, "b")
}

func refused(t *testing.T, f fixture) {
	st := eventstore.NewStore(f)
	note(t, st, "a", "closed")
	_, err := eventstore.Execute(t.Context(), st, NewAct(), Note{"a", "late"})
	wantErr(t, err, ErrClosed)
	f.wantAll(t, "1: closed\n")
}

func nothingFollows(t *testing.T, f fixture) {
	st := eventstore.NewStore(f)
	note(t, st, "a", "one")
	note(t, st, "b", "other")
	if pos := note(t, st, "a", "one"); pos != 1 {
		t.Errorf("Execute = %d, want 1", pos)
	}
	f.wantAll(t, "1: one\n2: other\n")
}

func sentAgain(t *testing.T, f fixture) {
	st := eventstore.NewStore(f)
	act := NewAct()
	first, err := eventstore.Execute(t.Context(), st, act, Note{"a", "one"})
	if err != nil {
		t.Fatal(err)
	}
	note(t, st, "a", "two")
	note(t, st, "a", "closed")
	for _, st := range []*eventstore.Store{st, eventstore.NewStore(f)} {
		// With another text, for a form that was edited and sent once more.
		pos, err := eventstore.Execute(t.Context(), st, act, Note{"a", "edited"})
		if err != nil || pos != first {
			t.Errorf("sent again: %d, %v; want %d", pos, err, first)
		}
	}
	f.wantNotes(t, st, "a", "one", "two", "closed")
}

func contention(t *testing.T, f fixture) {
	st := eventstore.NewStore(f)
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			for n := range 5 {
				if _, err := eventstore.Execute(t.Context(), st, NewAct(), Note{"a", fmt.Sprint(i, "-", n)}); err != nil {
					t.Errorf("writer %d: %v", i, err)
				}
			}
		})
	}
	wg.Wait()
	notes, last, err := eventstore.Load[Notes](t.Context(), st, north("a"))
	if err != nil || len(notes) != 80 || last != 80 {
		t.Errorf("%d notes up to %d, %v; want 80", len(notes), last, err)
	}
}

func otherProcess(t *testing.T, f fixture) {
	here, there := eventstore.NewStore(f), eventstore.NewStore(f)
	note(t, here, "a", "one")
	note(t, there, "a", "two")
	note(t, here, "a", "three") // decided on a past, refused, decided again
	f.wantNotes(t, there, "a", "one", "two", "three")

	note(t, here, "b", "closed")
	f.wantNotes(t, there, "b", "closed")
	if _, err := f.Append(t.Context(), NewAct(), At("b", 4, "reopened")); err != nil {
		t.Fatal(err)
	}
	// There it is remembered as closed, which by itself would be a refusal.
	_, err := eventstore.Execute(t.Context(), there, NewAct(), Note{"b", "reopened"})
	wantErr(t, err, ErrClosed)
	pos, err := eventstore.Execute(t.Context(), there, NewAct(), Note{"a", "three"})
	if err != nil || pos != 3 {
		t.Errorf("Execute = %d, %v; want 3", pos, err)
	}
}

func stepsTogether(t *testing.T, f fixture) {
	st := eventstore.NewStore(f)
	pos, err := eventstore.ExecuteAll(t.Context(), st, NewAct(),
		eventstore.Do(Note{"a", "one"}),
		eventstore.Do(Note{"a", "one"}),
		eventstore.Do(Note{"a", "two"}),
		eventstore.While(Open{"a"}))
	if err != nil || pos != 1 {
		t.Errorf("ExecuteAll = %d, %v; want 1", pos, err)
	}
	f.wantAll(t, "1: one two\n")
	_, err = eventstore.ExecuteAll(t.Context(), st, NewAct(),
		eventstore.Do(Note{"a", "closed"}),
		eventstore.Do(Note{"a", "late"}))
	wantErr(t, err, ErrClosed)
	f.wantAll(t, "1: one two\n")
}

func stepsApart(t *testing.T, f fixture) {
	st := eventstore.NewStore(f)
	act := NewAct()
	both := []eventstore.Step{eventstore.Do(Note{"b", "one"}), eventstore.Do(Note{"a", "one"})}
	for range 3 {
		pos, err := eventstore.ExecuteAll(t.Context(), st, act, both...)
		if err != nil || pos != 2 {
			t.Errorf("ExecuteAll = %d, %v; want 2", pos, err)
		}
	}
	if _, err := eventstore.ExecuteAll(t.Context(), eventstore.NewStore(f), act, both...); err != nil {
		t.Error(err)
	}
	note(t, st, "a", "two")
	note(t, st, "b", "two")
	f.wantAll(t, "1: one\n2: one\n3: two\n4: two\n")

	// Many at once, in both orders: nobody waits for ever.
	var wg sync.WaitGroup
	for i := range 8 {
		books := []string{"a", "b"}
		wg.Go(func() {
			text := strconv.Itoa(i)
			_, err := eventstore.ExecuteAll(t.Context(), st, NewAct(),
				eventstore.Do(Note{books[i%2], text}), eventstore.Do(Note{books[1-i%2], text}))
			if err != nil {
				t.Errorf("writer %d: %v", i, err)
			}
		})
	}
	wg.Wait()
	if last, err := f.Last(t.Context()); err != nil || last != 20 {
		t.Errorf("Last = %d, %v; want 20", last, err)
	}
}

func condition(t *testing.T, f fixture) {
	st := eventstore.NewStore(f)
	note(t, st, "rules", "be kind")
	f.wantNotes(t, st, "rules", "be kind")
	if _, err := eventstore.ExecuteAll(t.Context(), st, NewAct(), eventstore.Do(Note{"a", "one"}), eventstore.While(Open{"rules"})); err != nil {
		t.Fatal(err)
	}
	// Behind the store's back: it still remembers the rules as open.
	if _, err := f.Append(t.Context(), NewAct(), At("rules", 1, "closed")); err != nil {
		t.Fatal(err)
	}
	_, err := eventstore.ExecuteAll(t.Context(), st, NewAct(), eventstore.Do(Note{"a", "two"}), eventstore.While(Open{"rules"}))
	wantErr(t, err, ErrClosed)
	f.wantNotes(t, st, "a", "one")
}

func remembered(t *testing.T, f fixture) {
	st := eventstore.NewStore(f)
	for i := range 20 {
		note(t, st, strconv.Itoa(i%3), strconv.Itoa(i))
		if i%5 == 4 {
			st.Forget()
		}
	}
	for _, book := range []string{"0", "1", "2"} {
		warm, p, err := eventstore.Load[Notes](t.Context(), st, north(book))
		if err != nil {
			t.Fatal(err)
		}
		cold, q, err := eventstore.Load[Notes](t.Context(), eventstore.NewStore(f), north(book))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(cold, warm); diff != "" || p != q {
			t.Errorf("book %s: remembered at %d, read at %d (-read +remembered):\n%s", book, p, q, diff)
		}
	}
}
