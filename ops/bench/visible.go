package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"koersvast/domain"
	"koersvast/domain/promise"
	"koersvast/eventstore"
	"koersvast/projections"
	"koersvast/projections/promises"
)

// visible compares how long it takes until a command can be seen with a
// durable publish and a transaction in SQLite, one after the other. All that
// follows the log in the product does so here.
func (b *bench) visible(ctx context.Context) (err error) {
	in, raw, err := b.pair(ctx, "visible")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close(), raw.Close()) }()
	table, err := openTable(b.dir, toFollow)
	if err != nil {
		return err
	}
	defer table.Close() //nolint:errcheck // of a temporary file
	body, err := in.sample(ctx)
	if err != nil {
		return err
	}
	if err := errors.Join(in.execute(ctx, "visible", 1000, story(1000)), in.making(ctx, "seen", person(0))); err != nil {
		return err
	}

	var following sync.WaitGroup
	living, stop := context.WithCancel(ctx)
	defer following.Wait()
	defer stop()
	following.Go(func() { _ = in.views.Run(living, in.log) })
	following.Go(func() { _ = in.index.Run(living) })
	following.Go(func() { _ = in.feed.Run(living) })
	if err := in.settle(ctx); err != nil {
		return err
	}

	turn := 0
	command := func(ctx context.Context) error {
		turn++
		pos, err := eventstore.Execute(ctx, in.store, now(person(0)), promise.Move{ID: "seen", Due: later[turn%len(later)], Why: reason})
		if err != nil {
			return err
		}
		if err := in.views.Wait(ctx, pos); err != nil {
			return err
		}
		return in.views.Read(ctx, func(r projections.Reader, _ domain.Position) error {
			p, err := promises.ThePromise(ctx, r, home, "seen")
			if err == nil && p.Due != later[turn%len(later)] {
				err = fmt.Errorf("it shows %s after the move to %s", p.Due, later[turn%len(later)])
			}
			return err
		})
	}
	last, moved := uint64(0), promise.Move{ID: "seen"}.Stream().In(home)
	byHand := func(ctx context.Context) error {
		if last, err = raw.publish(ctx, subject(moved), last, body); err != nil {
			return err
		}
		tx, upsert, err := table.begin(ctx)
		if err != nil {
			return err
		}
		if err := put(upsert, subject(moved), last, body); err != nil {
			return errors.Join(err, tx.Rollback())
		}
		return tx.Commit()
	}
	return b.compare(ctx,
		[]title{
			{"command to visible, 1 writer, p50 ÷ raw publish + SQLite transaction", seconds, "≤ 1.3"},
			{"command to visible, 1 writer, p95 ÷ the same", seconds, ""},
		},
		latency(200, command), latency(200, byHand))
}

// settle waits until everything is up with the log.
func (in *installation) settle(ctx context.Context) error {
	last, err := in.log.Last(ctx)
	if err != nil {
		return err
	}
	return errors.Join(in.views.Wait(ctx, last), in.index.CatchUp(ctx))
}

// latency gives the median and the 95th percentile of n times in seconds.
func latency(n int, do func(context.Context) error) measure {
	return func(ctx context.Context) ([]float64, error) {
		times := make([]float64, n)
		for i := range times {
			start := time.Now()
			if err := do(ctx); err != nil {
				return nil, err
			}
			times[i] = time.Since(start).Seconds()
		}
		return []float64{percentile(times, 50), percentile(times, 95)}, nil
	}
}
