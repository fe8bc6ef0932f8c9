package main

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"koersvast/cmd/koersvast/internal/demo"
	"koersvast/cmd/koersvast/internal/station"
	"koersvast/domain"
	"koersvast/domain/catalog"
	"koersvast/eventstore"
	"koersvast/eventstore/ballotbox"
	"koersvast/eventstore/keys"
	"koersvast/projections"
	"koersvast/projections/consistency"
	"koersvast/projections/consistency/rules"
	"koersvast/projections/methods"
	"koersvast/projections/projectionstest"
)

// TestWhatCouldBeSeenThen lets the rules look at the example every five weeks
// while it goes on, and asks afterwards what they could have seen on those
// days.
func TestWhatCouldBeSeenThen(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes some seconds")
	}
	t.Parallel()
	const last domain.Day = "2026-11-21"
	acts := actsOf(t, exampleUntil(t, last), demo.Lindeveer)
	source := projectionstest.Facts(demo.Lindeveer, acts...)
	past := projections.NewPast(models, source.Until, 1)
	live := projectionstest.Open(t, models...)
	several := map[int]bool{}
	for day := domain.DayOf(acts[0].At); day <= last; day = day.Add(35) {
		n, _ := slices.BinarySearchFunc(acts, day.End(), func(rec domain.Record, end time.Time) int { return rec.At.Compare(end) })
		if err := live.CatchUp(t.Context(), projectionstest.Facts(demo.Lindeveer, acts[:n]...)); err != nil {
			t.Fatal(err)
		}
		saw := lookOn(t, day, live.Read)
		couldHaveSeen := lookOn(t, day, func(ctx context.Context, f func(projections.Reader, domain.Position) error) error {
			return past.Read(ctx, demo.Lindeveer, acts[n-1].Position, f)
		})
		if diff := cmp.Diff(saw, couldHaveSeen); diff != "" {
			t.Errorf("%s (-seen then +could have been seen):\n%s", day, diff)
		}
		several[len(saw)] = true
	}
	if len(several) < 5 {
		t.Errorf("the rules saw %v things: hardly anything changes", several)
	}
}

// lookOn has the rules look at the example on a day.
func lookOn(t *testing.T, day domain.Day, read func(context.Context, func(projections.Reader, domain.Position) error) error) (found []consistency.Finding) {
	t.Helper()
	err := read(t.Context(), func(r projections.Reader, _ domain.Position) error {
		c, err := methods.TheConfig(t.Context(), r, demo.Lindeveer)
		if err != nil {
			return err
		}
		s, err := consistency.Read(t.Context(), r, demo.Lindeveer, day)
		found = consistency.Evaluate(s, c, rules.All())
		return err
	})
	if err != nil {
		t.Fatal(day, err)
	}
	return found
}

// actsOf returns the acts of one programme.
func actsOf(t *testing.T, log eventstore.Log, of domain.ProgrammeID) (acts []domain.Record) {
	t.Helper()
	for rec, err := range log.After(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if rec.Programme == of {
			acts = append(acts, rec)
		}
	}
	return acts
}

// exampleUntil is the log of the example, told as if that day is its last.
func exampleUntil(t *testing.T, day domain.Day) eventstore.Log {
	t.Helper()
	kept := new(keys.Memory)
	log := eventstore.NewMemory(eventstore.NewCodec(catalog.Events(), kept))
	boxes, err := ballotbox.Open(t.TempDir(), kept)
	if err != nil {
		t.Fatal(err)
	}
	if err := demo.Play(t.Context(), eventstore.NewStore(log), station.New(boxes, log, kept), day); err != nil {
		t.Fatal(err)
	}
	return log
}
