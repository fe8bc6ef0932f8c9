// Package projectionstest feeds read models with facts: facts in, answer out.
//
//	p1 := domain.Stream{Kind: "promise", ID: "p1"}
//	src := projectionstest.Facts("tide",
//		projectionstest.Act(p1, "2026-03-02", "anna", promise.Made{…}),
//		projectionstest.Act(p1, "2026-03-20", "anna", promise.Kept{…}),
//	)
//	r := projectionstest.Read(t, src, promises.Model)
package projectionstest

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	godiff "github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/projections"
)

// Act is a record of what somebody did on a day, in the morning, on a stream
// such as a promise. What it does not say, [Facts] fills in.
func Act(on domain.Stream, day domain.Day, by domain.PersonID, facts ...domain.Event) domain.Record {
	return domain.Record{
		Stream: on,
		Act:    domain.Act{By: by, At: day.Start().Add(9 * time.Hour)},
		Events: facts,
	}
}

// A Log is a source of acts that a test wrote down.
type Log struct {
	programme domain.ProgrammeID

	mu    sync.Mutex
	acts  []domain.Record
	grown chan struct{}
}

var _ projections.Source = (*Log)(nil)

// Facts returns a source of the given acts of a programme. An act without a
// position stands right after the one before it; one without an id or a
// programme gets an id that follows from its position, and the log's programme.
func Facts(programme domain.ProgrammeID, acts ...domain.Record) *Log {
	l := &Log{programme: programme, grown: make(chan struct{})}
	l.Append(acts...)
	return l
}

// Append adds acts, and tells those who wait for them. It returns the
// position of the last.
func (l *Log) Append(acts ...domain.Record) domain.Position {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, rec := range acts {
		l.acts = append(l.acts, l.completed(rec))
	}
	close(l.grown)
	l.grown = make(chan struct{})
	return l.last()
}

func (l *Log) completed(rec domain.Record) domain.Record {
	rec.Position = cmp.Or(rec.Position, l.last()+1)
	rec.ID = cmp.Or(rec.ID, domain.ActID(fmt.Sprintf("act-%d", rec.Position)))
	rec.Programme = cmp.Or(rec.Programme, rec.Stream.Programme, l.programme)
	rec.Stream.Programme = rec.Programme
	return rec
}

func (l *Log) last() domain.Position {
	if len(l.acts) == 0 {
		return 0
	}
	return l.acts[len(l.acts)-1].Position
}

// After implements [projections.Source].
func (l *Log) After(ctx context.Context, p domain.Position) iter.Seq2[domain.Record, error] {
	l.mu.Lock()
	acts := l.acts
	l.mu.Unlock()
	i, _ := slices.BinarySearchFunc(acts, p+1, func(r domain.Record, p domain.Position) int { return cmp.Compare(r.Position, p) })
	return func(yield func(domain.Record, error) bool) {
		for _, rec := range acts[i:] {
			if err := ctx.Err(); err != nil {
				yield(domain.Record{}, err)
				return
			}
			if !yield(rec, nil) {
				return
			}
		}
	}
}

// Until yields a programme's acts up to and including a position, as
// [projections.Acts] says.
func (l *Log) Until(ctx context.Context, programme domain.ProgrammeID, last domain.Position) iter.Seq2[domain.Record, error] {
	return func(yield func(domain.Record, error) bool) {
		for rec, err := range l.After(ctx, 0) {
			if err == nil && (rec.Programme != programme || rec.Position > last) {
				continue
			}
			if !yield(rec, err) {
				return
			}
		}
	}
}

// Grown implements [projections.Source].
func (l *Log) Grown() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.grown
}

// Open returns a projector of its own for a test, in a folder of its own.
func Open(t testing.TB, models ...projections.Model) *projections.Projector {
	t.Helper()
	return open(t, t.TempDir(), models)
}

func open(t testing.TB, dir string, models []projections.Model) *projections.Projector {
	t.Helper()
	p, err := projections.Open(t.Context(), dir, models, projections.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

// Read fills the models' tables with what the source has, and returns a
// reader of them, which lasts as long as the test.
func Read(t testing.TB, src projections.Source, models ...projections.Model) projections.Reader {
	t.Helper()
	p := Open(t, models...)
	catchUp(t, p, src)
	return lend(t, p.Read)
}

// ReadPast returns a reader of a programme's tables as they were at a
// position, which lasts as long as the test.
func ReadPast(t testing.TB, l *Log, of domain.ProgrammeID, at domain.Position, models ...projections.Model) projections.Reader {
	t.Helper()
	past := projections.NewPast(models, l.Until, 1)
	return lend(t, func(ctx context.Context, f func(projections.Reader, domain.Position) error) error {
		return past.Read(ctx, of, at, f)
	})
}

// lend gives away a reader until the test ends.
func lend(t testing.TB, read func(context.Context, func(projections.Reader, domain.Position) error) error) projections.Reader {
	t.Helper()
	ready, done := make(chan projections.Reader), make(chan struct{})
	var reading sync.WaitGroup
	reading.Go(func() {
		err := read(context.WithoutCancel(t.Context()), func(r projections.Reader, _ domain.Position) error {
			ready <- r
			<-done
			return nil
		})
		if err != nil {
			t.Error(err)
			close(ready)
		}
	})
	t.Cleanup(func() {
		close(done)
		reading.Wait()
	})
	r, ok := <-ready
	if !ok {
		t.FailNow()
	}
	return r
}

// Dump returns all that stands in a projector's tables, as text.
func Dump(t testing.TB, p *projections.Projector) string {
	t.Helper()
	var b strings.Builder
	err := p.Read(t.Context(), func(r projections.Reader, _ domain.Position) error {
		return projections.Dump(t.Context(), r, &b)
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// LiveEqualsRebuilt checks that the models' tables do not depend on how the
// log was read: at once, or as it grew, cut anywhere between two acts, with
// the projector stopped and started in between.
func LiveEqualsRebuilt(t testing.TB, src projections.Source, models ...projections.Model) {
	t.Helper()
	var acts []domain.Record
	for rec, err := range src.After(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		acts = append(acts, rec)
	}
	rebuilt := Open(t, models...)
	catchUp(t, rebuilt, src)

	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 0))
	dir := t.TempDir()
	live, log := open(t, dir, models), Facts("")
	catchUp(t, live, log)
	for len(acts) > 0 {
		n := 1 + random.IntN(min(len(acts), 20))
		for n < len(acts) && acts[n].ID == acts[n-1].ID {
			n++
		}
		log.Append(acts[:n]...)
		acts = acts[n:]
		catchUp(t, live, log)
		if random.IntN(10) == 0 {
			if err := live.Close(); err != nil {
				t.Fatal(err)
			}
			live = open(t, dir, models)
		}
	}
	if diff := godiff.Diff(Dump(t, rebuilt), Dump(t, live)); diff != "" {
		t.Errorf("live tables differ from rebuilt ones (-rebuilt +live, cut with seed %d):\n%s", seed, diff)
	}
}

func catchUp(t testing.TB, p *projections.Projector, src projections.Source) {
	t.Helper()
	if err := p.CatchUp(t.Context(), src); err != nil {
		t.Fatal(err)
	}
}
