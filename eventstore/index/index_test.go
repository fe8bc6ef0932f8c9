package index_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/eventstore"
	"koersvast/eventstore/eventstoretest"
	"koersvast/eventstore/index"
)

var codec = eventstore.NewCodec(eventstoretest.Events(), eventstoretest.NewVault())

func TestJetStreamWithIndex(t *testing.T) {
	eventstoretest.Test(t, func(tb testing.TB, c *eventstore.Codec) eventstore.Log {
		log, err := eventstore.Open(tb.Context(), eventstore.Config{Dir: tb.TempDir()}, c)
		if err != nil {
			tb.Fatal(err)
		}
		x := open(tb, filepath.Join(tb.TempDir(), "index.db"), log)
		log.Use(x)
		done := make(chan struct{})
		go func() {
			defer close(done)
			_ = x.Run(tb.Context()) // ends with the context
		}()
		tb.Cleanup(func() {
			<-done
			if err := log.Close(); err != nil {
				tb.Error(err)
			}
		})
		return log
	})
}

func open(tb testing.TB, file string, log index.Log) *index.Index {
	tb.Helper()
	x, err := index.Open(tb.Context(), file, log)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = x.Close() })
	return x
}

func catchUp(t *testing.T, x *index.Index) {
	t.Helper()
	if err := x.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// positions returns where the messages stand, as text.
func positions(t *testing.T, messages iter.Seq2[eventstore.Message, error]) string {
	t.Helper()
	var at []string
	for m, err := range messages {
		if err != nil {
			t.Fatal(err)
		}
		rec, err := codec.Decode(m)
		if err != nil {
			t.Fatal(err)
		}
		at = append(at, fmt.Sprint(rec.Position))
	}
	return strings.Join(at, " ")
}

var monday = time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)

// filled returns a log in which north writes in books a and b, south in a.
func filled(t *testing.T) *eventstore.Memory {
	t.Helper()
	log := eventstore.NewMemory(codec)
	last := map[domain.Stream]domain.Position{}
	for i, name := range []string{"north/a", "south/a", "north/b", "north/a", "south/a", "north/b"} {
		programme, book, _ := strings.Cut(name, "/")
		act := eventstoretest.NewAct()
		act.ID = domain.ActID(fmt.Sprint("act-", i+1))
		act.Programme = domain.ProgrammeID(programme)
		act.At = monday.AddDate(0, 0, i)
		s := eventstoretest.Book(book).In(act.Programme)
		pos, err := log.Append(t.Context(), act, eventstoretest.At(book, last[s], "text"))
		if err != nil {
			t.Fatal(err)
		}
		last[s] = pos
	}
	return log
}

func TestIndex(t *testing.T) {
	log := filled(t)
	x := open(t, filepath.Join(t.TempDir(), "index?#%.db"), log)
	if x.Position() != 0 {
		t.Errorf("a new index is at %d", x.Position())
	}
	catchUp(t, x)
	if x.Position() != 6 {
		t.Errorf("the index is at %d, want 6", x.Position())
	}
	north := eventstoretest.Book("a").In("north")
	for _, q := range []struct {
		truth string
		got   iter.Seq2[eventstore.Message, error]
		want  string
	}{
		{"a stream is found whole", x.Stream(t.Context(), north, 0), "1 4"},
		{"a stream is found from a position", x.Stream(t.Context(), north, 1), "4"},
		{"a stream that is not there is empty", x.Stream(t.Context(), eventstoretest.Book("c").In("north"), 0), ""},
		{"a programme is found alone", x.Programme(t.Context(), "north", 0, 6), "1 3 4 6"},
		{"a programme is found between positions", x.Programme(t.Context(), "north", 1, 4), "3 4"},
		{"facts are found by name", x.Type(t.Context(), "south", "test.noted", 0), "2 5"},
		{"facts of another name are not", x.Type(t.Context(), "south", "test.whispered", 0), ""},
		{"an act is found by its id", x.Act(t.Context(), "south", "act-5"), "5"},
		{"an act is not found from another programme", x.Act(t.Context(), "north", "act-5"), ""},
	} {
		t.Run(q.truth, func(t *testing.T) {
			if got := positions(t, q.got); got != q.want {
				t.Errorf("got %q, want %q", got, q.want)
			}
		})
	}
	for day, want := range []domain.Position{0, 1, 1, 3, 4, 4, 6, 6} {
		got, err := x.PositionAt(t.Context(), "north", monday.AddDate(0, 0, day))
		if err != nil || got != want {
			t.Errorf("before day %d: %d, %v; want %d", day, got, err, want)
		}
	}
	var want, got []eventstore.Message
	for m := range log.Messages(t.Context(), 0) {
		if m.Stream.Programme == "north" {
			want = append(want, m)
		}
	}
	for m := range x.Programme(t.Context(), "north", 0, 6) {
		got = append(got, m)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("messages differ from the log's (-log +index):\n%s", diff)
	}
}

func TestAnActOnTwoStreamsAndAGuard(t *testing.T) {
	log := eventstore.NewMemory(codec)
	act := eventstoretest.NewAct()
	if _, err := log.Append(t.Context(), act, eventstoretest.At("a", 0, "x", "y"), eventstoretest.At("c", 0), eventstoretest.At("b", 0, "x")); err != nil {
		t.Fatal(err)
	}
	x := open(t, filepath.Join(t.TempDir(), "index.db"), log)
	catchUp(t, x)
	if got := positions(t, x.Act(t.Context(), "north", act.ID)); got != "1 3" || x.Position() != 3 {
		t.Errorf("the act is at %q, the index at %d; want 1 3 and 3", got, x.Position())
	}
	if got := positions(t, x.Type(t.Context(), "north", "test.noted", 0)); got != "1 3" {
		t.Errorf("facts are at %q, want 1 3", got)
	}
}

func TestReopen(t *testing.T) {
	file := filepath.Join(t.TempDir(), "index.db")
	log := filled(t)
	fill := func(t *testing.T, log index.Log) {
		t.Helper()
		x := open(t, file, log)
		catchUp(t, x)
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
	fill(t, log)

	t.Run("an index goes on where it was", func(t *testing.T) {
		if got := open(t, file, log).Position(); got != 6 {
			t.Errorf("it is at %d, want 6", got)
		}
	})
	t.Run("a log that lost its end is damaged", func(t *testing.T) {
		_, err := index.Open(t.Context(), file, other{filled(t), log.Identity(), 5})
		if !errors.Is(err, eventstore.ErrDamaged) {
			t.Errorf("got %v, want ErrDamaged", err)
		}
	})
	t.Run("a log with another act at a known position is damaged", func(t *testing.T) {
		rewritten := eventstore.NewMemory(codec)
		for i := range 6 {
			if _, err := rewritten.Append(t.Context(), eventstoretest.NewAct(), eventstoretest.At(fmt.Sprint(i), 0, "rewritten")); err != nil {
				t.Fatal(err)
			}
		}
		_, err := index.Open(t.Context(), file, other{rewritten, log.Identity(), 6})
		if !errors.Is(err, eventstore.ErrDamaged) {
			t.Errorf("got %v, want ErrDamaged", err)
		}
	})
	t.Run("an index of another log is built anew", func(t *testing.T) {
		if got := open(t, file, filled(t)).Position(); got != 0 {
			t.Errorf("it is at %d, want 0", got)
		}
	})
	t.Run("a file that is no index is built anew", func(t *testing.T) {
		if err := os.WriteFile(file, []byte(strings.Repeat("no index ", 1000)), 0o600); err != nil {
			t.Fatal(err)
		}
		fill(t, log)
		if got := open(t, file, log).Position(); got != 6 {
			t.Errorf("it is at %d, want 6", got)
		}
	})
}

// other is a log that says it is another one, and how far it reaches.
type other struct {
	*eventstore.Memory
	identity string
	last     domain.Position
}

func (o other) Identity() string { return o.identity }

func (o other) Last(context.Context) (domain.Position, error) { return o.last, nil }
