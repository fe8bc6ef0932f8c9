// Package eventstoretest says what every eventstore.Log must do, and what
// commands may expect of it.
package eventstoretest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/eventstore"
)

// Opener opens an empty log.
type Opener func(testing.TB, *eventstore.Codec) eventstore.Log

// Test runs the whole suite, each check on a log of its own.
func Test(t *testing.T, open Opener) {
	for _, check := range []struct {
		truth string
		holds func(*testing.T, fixture)
	}{
		{"what is appended is read back whole", readBack},
		{"an act has all of its facts or none", allOrNone},
		{"an act that expects another position is refused", expectedPosition},
		{"one of many writers wins", oneWins},
		{"one of two creators wins", creators},
		{"an act on two streams is on both or on none", twoStreams},
		{"a guarded stream that moved refuses the act", guard},
		{"two acts that guard each other's stream cannot both pass", writeSkew},
		{"a stream is read alone, from any position", oneStream},
		{"programmes do not see each other", programmes},
		{"the log is read from any position and ends at its end", after},
		{"who follows the log by Grown misses nothing", follow},
		{"the same act sent again is recorded once", sameActAgain},
		{"a text whose key is gone comes back erased", erased},
		{"an act that cannot be read stops the reader", garbled},
		{"names that are patterns are refused", patterns},
		{"a command is decided on the facts of its stream", execute},
		{"a refused command leaves no trace", refused},
		{"a command that changes nothing answers the stream's position", nothingFollows},
		{"a command sent again answers its first position, however late", sentAgain},
		{"commands on one stream all come through", contention},
		{"what another process did is seen before anyone is refused", otherProcess},
		{"steps on one stream see each other's facts", stepsTogether},
		{"steps on two streams are one act", stepsApart},
		{"a condition holds until the act is recorded", condition},
		{"what is remembered is what is read", remembered},
	} {
		t.Run(check.truth, func(t *testing.T) {
			vault := NewVault()
			check.holds(t, fixture{open(t, eventstore.NewCodec(Events(), vault)), vault})
		})
	}
}

type fixture struct {
	eventstore.Log
	vault *Vault
}

var acts atomic.Int64

// NewAct returns an act of its own in programme "north".
func NewAct() domain.Act {
	return domain.Act{
		ID:        domain.ActID("act-" + strconv.FormatInt(acts.Add(1), 10)),
		Programme: "north",
		By:        "ada",
		At:        time.Date(2026, 6, 1, 9, 30, 0, 123456789, time.UTC),
	}
}

// At returns a write of texts to a book of which the last is at a position.
func At(book string, last domain.Position, texts ...string) eventstore.Write {
	w := eventstore.Write{Stream: Book(book), Last: last}
	for _, text := range texts {
		w.Events = append(w.Events, Noted{text})
	}
	return w
}

// must appends an act that has to be taken.
func (f fixture) must(t *testing.T, writes ...eventstore.Write) domain.Position {
	t.Helper()
	pos, err := f.Append(t.Context(), NewAct(), writes...)
	if err != nil {
		t.Fatalf("Append: %v", err)
	}
	return pos
}

// collect reads to the end.
func collect(t *testing.T, records iter.Seq2[domain.Record, error]) []domain.Record {
	t.Helper()
	var all []domain.Record
	for rec, err := range records {
		if err != nil {
			t.Fatalf("after %d records: %v", len(all), err)
		}
		all = append(all, rec)
	}
	return all
}

// texts returns what records note, each with its position.
func texts(records []domain.Record) string {
	var b strings.Builder
	for _, rec := range records {
		fmt.Fprintf(&b, "%d:", rec.Position)
		for _, e := range rec.Events {
			fmt.Fprintf(&b, " %s", e.(Noted).Text)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func (f fixture) wantAll(t *testing.T, want string) {
	t.Helper()
	if diff := cmp.Diff(want, texts(collect(t, f.After(t.Context(), 0)))); diff != "" {
		t.Errorf("the log differs (-want +got):\n%s", diff)
	}
}

func north(book string) domain.Stream { return Book(book).In("north") }

func wantErr(t *testing.T, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("got error %v, want %v", got, want)
	}
}

func readBack(t *testing.T, f fixture) {
	act := NewAct()
	act.Cause, act.Correlation = "act-a", "act-b"
	act.Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
	key := domain.KeyOf("ada", domain.Promises)
	pos, err := f.Append(t.Context(), act, eventstore.Write{
		Stream: Book("a"),
		Events: []domain.Event{Noted{"one"}, Whispered{domain.Say(key, "two")}, Noted{"three"}},
	})
	if err != nil || pos != 1 {
		t.Fatalf("Append = %d, %v; want 1", pos, err)
	}
	want := domain.Record{
		Position: 1,
		Stream:   north("a"),
		Act:      act,
		Events:   []domain.Event{Noted{"one"}, Whispered{domain.Say(key, "two")}, Noted{"three"}},
	}
	for name, records := range map[string]iter.Seq2[domain.Record, error]{
		"After":  f.After(t.Context(), 0),
		"Stream": f.Stream(t.Context(), north("a"), 0),
	} {
		if diff := cmp.Diff([]domain.Record{want}, collect(t, records)); diff != "" {
			t.Errorf("%s differs (-want +got):\n%s", name, diff)
		}
	}
}

func allOrNone(t *testing.T, f fixture) {
	w := At("a", 0, "one", "two")
	w.Events = append(w.Events, unknown{})
	if _, err := f.Append(t.Context(), NewAct(), w); err == nil {
		t.Error("a fact that is not in the catalogue was taken")
	}
	f.wantAll(t, "")
	f.must(t, At("a", 0, "one", "two", "three"))
	f.wantAll(t, "1: one two three\n")
}

type unknown struct{}

func (unknown) EventName() string { return "test.unknown" }

func expectedPosition(t *testing.T, f fixture) {
	f.must(t, At("b", 0, "other"))
	first := f.must(t, At("a", 0, "one"))
	for _, last := range []domain.Position{0, first - 1, first + 1} {
		_, err := f.Append(t.Context(), NewAct(), At("a", last, "two"))
		wantErr(t, err, eventstore.ErrMoved)
	}
	f.must(t, At("a", first, "two"))
	f.wantAll(t, "1: other\n2: one\n3: two\n")
}

// race lets n writers append at once and returns the positions of those that
// were taken.
func race(t *testing.T, n int, write func(i int) error) (won int) {
	var (
		wg sync.WaitGroup
		mu sync.Mutex
	)
	for i := range n {
		wg.Go(func() {
			err := write(i)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				won++
			} else if !errors.Is(err, eventstore.ErrMoved) {
				t.Errorf("writer %d: %v", i, err)
			}
		})
	}
	wg.Wait()
	return won
}

func oneWins(t *testing.T, f fixture) {
	last := f.must(t, At("a", 0, "begin"))
	won := race(t, 16, func(i int) error {
		_, err := f.Append(t.Context(), NewAct(), At("a", last, strconv.Itoa(i)))
		return err
	})
	if got := len(collect(t, f.Stream(t.Context(), north("a"), 0))); won != 1 || got != 2 {
		t.Errorf("%d writers won, the stream has %d records; want 1 and 2", won, got)
	}
}

func creators(t *testing.T, f fixture) {
	for n := range 20 {
		book := strconv.Itoa(n)
		won := race(t, 2, func(i int) error {
			_, err := f.Append(t.Context(), NewAct(), At(book, 0, strconv.Itoa(i)))
			return err
		})
		if won != 1 {
			t.Fatalf("%d creators of book %s won, want 1", won, book)
		}
	}
}

func twoStreams(t *testing.T, f fixture) {
	a := f.must(t, At("a", 0, "a1"))
	_, err := f.Append(t.Context(), NewAct(), At("a", a, "a2"), At("b", 7, "b1"))
	wantErr(t, err, eventstore.ErrMoved)
	_, err = f.Append(t.Context(), NewAct(), At("a", a+7, "a2"), At("b", 0, "b1"))
	wantErr(t, err, eventstore.ErrMoved)
	f.wantAll(t, "1: a1\n")

	pos := f.must(t, At("a", a, "a2"), At("b", 0, "b1"))
	if pos != 3 {
		t.Errorf("Append = %d, want 3, the position of its last write", pos)
	}
	f.wantAll(t, "1: a1\n2: a2\n3: b1\n")
	f.must(t, At("b", 3, "b2"), At("a", 2, "a3"))
	f.wantAll(t, "1: a1\n2: a2\n3: b1\n4: b2\n5: a3\n")
}

func guard(t *testing.T, f fixture) {
	g := f.must(t, At("guarded", 0, "g1"))
	_, err := f.Append(t.Context(), NewAct(), At("a", 0, "a1"), At("guarded", 0))
	wantErr(t, err, eventstore.ErrMoved)
	_, err = f.Append(t.Context(), NewAct(), At("nothing", 1), At("a", 0, "a1"))
	wantErr(t, err, eventstore.ErrMoved)
	f.wantAll(t, "1: g1\n")

	f.must(t, At("a", 0, "a1"), At("guarded", g))
	f.must(t, At("guarded", g), At("nothing", 0), At("b", 0, "b1"))
	f.must(t, At("guarded", g, "g2"))
	f.wantAll(t, "1: g1\n2: a1\n3:\n4:\n5:\n6: b1\n7: g2\n")
	for _, rec := range collect(t, f.After(t.Context(), 2))[:1] {
		if want := (domain.Stream{Programme: "north"}); rec.Stream != want {
			t.Errorf("a guard is on stream %v, want %v", rec.Stream, want)
		}
	}
	if _, err := f.Append(t.Context(), NewAct(), At("a", 2)); err == nil {
		t.Error("an act without facts was taken")
	}
}

func writeSkew(t *testing.T, f fixture) {
	for n := range 20 {
		books := []string{fmt.Sprint("a", n), fmt.Sprint("b", n)}
		won := race(t, 2, func(i int) error {
			_, err := f.Append(t.Context(), NewAct(), At(books[i], 0, "x"), At(books[1-i], 0))
			return err
		})
		if won != 1 {
			t.Fatalf("%d of two acts passed, want 1", won)
		}
	}
}

func oneStream(t *testing.T, f fixture) {
	var a, b domain.Position
	for i := range 5 {
		a = f.must(t, At("a", a, fmt.Sprint("a", i)))
		b = f.must(t, At("b", b, fmt.Sprint("b", i)))
	}
	for after, want := range map[domain.Position]string{
		0:  "1: a0\n3: a1\n5: a2\n7: a3\n9: a4\n",
		5:  "7: a3\n9: a4\n",
		6:  "7: a3\n9: a4\n",
		9:  "",
		99: "",
	} {
		if diff := cmp.Diff(want, texts(collect(t, f.Stream(t.Context(), north("a"), after)))); diff != "" {
			t.Errorf("after %d (-want +got):\n%s", after, diff)
		}
	}
	for range f.Stream(t.Context(), north("a"), 0) {
		break // and nothing bad happens
	}
	if got := collect(t, f.Stream(t.Context(), north("c"), 0)); got != nil {
		t.Errorf("a stream that is not there has %v", got)
	}
}

func programmes(t *testing.T, f fixture) {
	f.must(t, At("a", 0, "north"))
	south := NewAct()
	south.Programme = "south"
	if _, err := f.Append(t.Context(), south, At("a", 0, "south")); err != nil {
		t.Fatalf("south has a book of its own: %v", err)
	}
	if got := texts(collect(t, f.Stream(t.Context(), north("a"), 0))); got != "1: north\n" {
		t.Errorf("north reads %q", got)
	}
	w := At("a", 1, "across")
	w.Stream = w.Stream.In("north")
	if _, err := f.Append(t.Context(), south, w); err == nil {
		t.Error("an act of south wrote in north")
	}
}

func after(t *testing.T, f fixture) {
	if p, err := f.Last(t.Context()); err != nil || p != 0 {
		t.Errorf("Last of an empty log = %d, %v", p, err)
	}
	var last domain.Position
	for i := range 20 {
		last = f.must(t, At("a", last, strconv.Itoa(i)))
		if p, err := f.Last(t.Context()); err != nil || p != last {
			t.Errorf("Last = %d, %v; want %d", p, err, last)
		}
	}
	for _, p := range []domain.Position{0, 1, 18, 19, 20, 99} {
		var got []domain.Position
		for _, rec := range collect(t, f.After(t.Context(), p)) {
			got = append(got, rec.Position)
		}
		var want []domain.Position
		for q := p + 1; q <= last; q++ {
			want = append(want, q)
		}
		if !slices.Equal(got, want) {
			t.Errorf("After(%d) has positions %v, want %v", p, got, want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range f.After(ctx, 0) {
		wantErr(t, err, context.Canceled)
	}
}

func follow(t *testing.T, f fixture) {
	const acts = 200
	go func() {
		var last domain.Position
		for i := range acts {
			pos, err := f.Append(t.Context(), NewAct(), At("a", last, strconv.Itoa(i)))
			if err != nil {
				t.Errorf("Append: %v", err)
				return
			}
			last = pos
		}
	}()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for p := domain.Position(0); p < acts; {
		grown := f.Grown()
		for rec, err := range f.After(ctx, p) {
			if err != nil || rec.Position != p+1 {
				t.Fatalf("after %d came %d, %v", p, rec.Position, err)
			}
			p = rec.Position
		}
		if p == acts {
			return
		}
		select {
		case <-grown:
		case <-ctx.Done():
			t.Fatalf("nothing came after %d", p)
		}
	}
}

func sameActAgain(t *testing.T, f fixture) {
	again := func(pos domain.Position, act domain.Act, writes ...eventstore.Write) {
		t.Helper()
		got, err := f.Append(t.Context(), act, writes...)
		if got != pos {
			t.Errorf("sent again: position %d, want %d", got, pos)
		}
		wantErr(t, err, eventstore.ErrRecorded)
	}
	one, two := NewAct(), NewAct()
	pos, err := f.Append(t.Context(), one, At("a", 0, "one"))
	if err != nil {
		t.Fatal(err)
	}
	again(pos, one, At("a", 0, "one"))
	f.must(t, At("a", pos, "meanwhile"))
	again(pos, one, At("a", 0, "one"))

	pos, err = f.Append(t.Context(), two, At("b", 0, "two"), At("c", 0, "two"), At("d", 0))
	if err != nil {
		t.Fatal(err)
	}
	again(pos, two, At("b", 0, "two"), At("c", 0, "two"), At("d", 0))
	f.must(t, At("b", pos-2, "meanwhile"))
	again(pos, two, At("b", 0, "two"), At("c", 0, "two"), At("d", 0))
	f.wantAll(t, "1: one\n2: meanwhile\n3: two\n4: two\n5:\n6: meanwhile\n")
}

func erased(t *testing.T, f fixture) {
	bob, eve := domain.KeyOf("bob", domain.Promises), domain.KeyOf("eve", domain.Promises)
	f.must(t, eventstore.Write{Stream: Book("a"), Events: []domain.Event{
		Whispered{domain.Say(bob, "hush")}, Whispered{domain.Say(eve, "psst")},
	}})
	f.vault.Destroy(bob)
	for _, rec := range collect(t, f.After(t.Context(), 0)) {
		if text, ok := rec.Events[0].(Whispered).Text.Reveal(); ok || text != "" {
			t.Errorf("bob's text is still %q", text)
		}
		if text, ok := rec.Events[1].(Whispered).Text.Reveal(); !ok || text != "psst" {
			t.Errorf("eve's text is %q, %v; want psst", text, ok)
		}
	}
	_, err := f.Append(t.Context(), NewAct(), eventstore.Write{
		Stream: Book("a"), Last: 1, Events: []domain.Event{Whispered{domain.Say(bob, "more")}},
	})
	wantErr(t, err, domain.ErrErased)
}

func garbled(t *testing.T, f fixture) {
	f.must(t, At("a", 0, "one"))
	f.must(t, eventstore.Write{Stream: Book("b"), Events: []domain.Event{Garbled{}}})
	f.must(t, At("a", 1, "three"))
	var got []domain.Position
	for rec, err := range f.After(t.Context(), 0) {
		if err != nil {
			wantErr(t, err, eventstore.ErrDamaged)
			if !strings.Contains(err.Error(), "at 2") || !strings.Contains(err.Error(), "test.garbled") {
				t.Errorf("%q does not say where and what", err)
			}
			continue
		}
		got = append(got, rec.Position)
	}
	if !slices.Equal(got, []domain.Position{1}) {
		t.Errorf("read %v, want nothing after 1", got)
	}
	for _, err := range f.Stream(t.Context(), north("b"), 0) {
		wantErr(t, err, eventstore.ErrDamaged)
	}
	if got := texts(collect(t, f.Stream(t.Context(), north("a"), 0))); got != "1: one\n3: three\n" {
		t.Errorf("a reads %q", got)
	}
}

func patterns(t *testing.T, f fixture) {
	f.must(t, At("a", 0, "secret"))
	st := eventstore.NewStore(f)
	for _, id := range []string{"*", ">", "", "a.b", "a b"} {
		_, err := f.Append(t.Context(), NewAct(), At(id, 0, "x"))
		wantErr(t, err, domain.ErrBadID)
		for rec, err := range f.Stream(t.Context(), north(id), 0) {
			if err == nil {
				t.Errorf("stream %q yields %v", id, rec)
			}
		}
		_, err = eventstore.Execute(t.Context(), st, NewAct(), Note{id, "x"})
		wantErr(t, err, domain.ErrBadID)
	}
}
