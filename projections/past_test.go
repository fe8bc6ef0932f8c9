package projections_test

import (
	"context"
	"errors"
	"iter"
	"sync"
	"sync/atomic"
	"testing"

	"koersvast/domain"
	"koersvast/projections"
	"koersvast/projections/projectionstest"
)

// until yields a programme's acts up to a position, as an index of the log does.
func until(src projections.Source) projections.Acts {
	return func(ctx context.Context, programme domain.ProgrammeID, last domain.Position) iter.Seq2[domain.Record, error] {
		return func(yield func(domain.Record, error) bool) {
			for rec, err := range src.After(ctx, 0) {
				if err == nil && (rec.Programme != programme || rec.Position > last) {
					continue
				}
				if !yield(rec, err) {
					return
				}
			}
		}
	}
}

// pastMarbles returns how many marbles a programme had at a position.
func pastMarbles(t *testing.T, p *projections.Past, programme domain.ProgrammeID, at domain.Position) (n int) {
	t.Helper()
	if err := p.Read(t.Context(), programme, at, func(r projections.Reader, _ domain.Position) error { return sum(t.Context(), r, &n) }); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestThePastIsWhatTheLogSaysOfIt(t *testing.T) {
	acts := ones(9)
	acts[3].Programme = "ebb"
	past := projections.NewPast([]projections.Model{tally, doers}, until(projectionstest.Facts("tide", acts...)), 3)
	for at, want := range []int{0, 1, 2, 3, 3, 4, 5, 6, 7, 8, 8} {
		if n := pastMarbles(t, past, "tide", domain.Position(at)); n != want {
			t.Errorf("%d marbles at %d, want %d", n, at, want)
		}
	}
	if n := pastMarbles(t, past, "ebb", 9); n != 1 {
		t.Errorf("%d marbles in the other programme, want 1", n)
	}
	err := past.Read(t.Context(), "ebb", 7, func(_ projections.Reader, at domain.Position) error {
		if at != 4 {
			t.Errorf("the other programme stands at %d, want its last act, 4", at)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A counting source counts how often the past is read from it.
func countReads(src projections.Source) (projections.Acts, *atomic.Int64) {
	var reads atomic.Int64
	acts := until(src)
	return func(ctx context.Context, programme domain.ProgrammeID, last domain.Position) iter.Seq2[domain.Record, error] {
		reads.Add(1)
		return acts(ctx, programme, last)
	}, &reads
}

func TestThePastIsKeptForThoseAskedForLast(t *testing.T) {
	acts, reads := countReads(projectionstest.Facts("tide", ones(9)...))
	past := projections.NewPast([]projections.Model{tally}, acts, 2)
	for _, step := range []struct {
		at    domain.Position
		reads int64
	}{{1, 1}, {2, 2}, {1, 2}, {3, 3}, {1, 3}, {2, 4}, {2, 4}} {
		if n := pastMarbles(t, past, "tide", step.at); n != int(step.at) {
			t.Errorf("%d marbles at %d", n, step.at)
		}
		if got := reads.Load(); got != step.reads {
			t.Errorf("after asking for %d the log was read %d times, want %d", step.at, got, step.reads)
		}
	}
}

func TestThoseWhoAskTogetherFillOnce(t *testing.T) {
	log := projectionstest.Facts("tide", ones(9)...)
	asked := make(chan struct{})
	acts, reads := countReads(hooked{log, func() { <-asked }})
	past := projections.NewPast([]projections.Model{tally}, acts, 2)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if n := pastMarbles(t, past, "tide", 5); n != 5 {
				t.Errorf("%d marbles at 5", n)
			}
		})
	}
	close(asked)
	all.Wait()
	if n := reads.Load(); n != 1 {
		t.Errorf("the log was read %d times, want once", n)
	}
}

func TestWhatIsReadStaysUntilItsReadersAreDone(t *testing.T) {
	acts, reads := countReads(projectionstest.Facts("tide", ones(9)...))
	past := projections.NewPast([]projections.Model{tally}, acts, 1)
	err := past.Read(t.Context(), "tide", 5, func(r projections.Reader, _ domain.Position) error {
		pastMarbles(t, past, "tide", 6)
		past.Forget()
		var n int
		if err := sum(t.Context(), r, &n); err != nil || n != 5 {
			t.Errorf("%d marbles (%v) after others asked for another moment, want 5", n, err)
		}
		if n := pastMarbles(t, past, "tide", 5); n != 5 {
			t.Errorf("%d marbles, asked within the first question, want 5", n)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := reads.Load(); n != 3 {
		t.Errorf("the log was read %d times, want 3", n)
	}
}

func TestForgettingReadsTheLogAgain(t *testing.T) {
	acts, reads := countReads(projectionstest.Facts("tide", ones(9)...))
	past := projections.NewPast([]projections.Model{tally}, acts, 9)
	pastMarbles(t, past, "tide", 5)
	past.Forget()
	pastMarbles(t, past, "tide", 5)
	if n := reads.Load(); n != 2 {
		t.Errorf("the log was read %d times, want twice", n)
	}
}

func TestAPastThatCannotBeReadIsNotKept(t *testing.T) {
	acts, reads := countReads(projectionstest.Facts("tide", act(counted{"marbles", 1}), act(broke{})))
	past := projections.NewPast([]projections.Model{tally}, acts, 9)
	for range 2 {
		err := past.Read(t.Context(), "tide", 2, func(projections.Reader, domain.Position) error { return nil })
		wantError(t, err, errBroke, "projections: tally/1 at 2: it broke")
	}
	if n := reads.Load(); n != 2 {
		t.Errorf("the log was read %d times, want twice", n)
	}
}

func TestNobodyFillsForThoseWhoLeft(t *testing.T) {
	log := projectionstest.Facts("tide", ones(9)...)
	began, stopped := make(chan struct{}), make(chan struct{})
	past := projections.NewPast([]projections.Model{tally}, func(ctx context.Context, programme domain.ProgrammeID, last domain.Position) iter.Seq2[domain.Record, error] {
		if last == 5 {
			close(began)
			<-ctx.Done()
			close(stopped)
		}
		return until(log)(ctx, programme, last)
	}, 9)
	ctx, leave := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		ended <- past.Read(ctx, "tide", 5, func(projections.Reader, domain.Position) error { return nil })
	}()
	<-began
	leave()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("who left: %v, want %v", err, context.Canceled)
	}
	<-stopped
	if n := pastMarbles(t, past, "tide", 4); n != 4 {
		t.Errorf("%d marbles at 4", n)
	}
}
