package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"koersvast/domain"
	"koersvast/domain/promise"
	"koersvast/eventstore"
)

// reason is why promises are moved here, again and again.
var reason = strings.TrimSpace(strings.Repeat("het kwam er niet van door de drukte ", 3))

// moving moves a promise to yet another day, which appends one act of one
// fact with one private text.
func (in *installation) moving(ctx context.Context, id domain.PromiseID, by domain.PersonID, turn int) error {
	_, err := eventstore.Execute(ctx, in.store, now(by), promise.Move{ID: id, Due: later[turn%len(later)], Why: reason})
	return err
}

func (in *installation) making(ctx context.Context, id domain.PromiseID, by domain.PersonID) error {
	_, err := eventstore.Execute(ctx, in.store, now(by), promise.Make{
		ID: id, Terms: promise.Terms{Wording: reason}, Details: promise.Details{To: []domain.Party{domain.Everyone}},
	})
	return err
}

func now(by domain.PersonID) domain.Act {
	return domain.Act{ID: domain.ActID(newID()), Programme: home, By: by, At: began}
}

// sample returns the body of an act that moves a promise.
func (in *installation) sample(ctx context.Context) ([]byte, error) {
	at, err := in.log.Last(ctx)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(in.making(ctx, "sample", person(0)), in.moving(ctx, "sample", person(0), 1)); err != nil {
		return nil, err
	}
	for m, err := range in.log.Messages(ctx, at+1) {
		return m.Body, err
	}
	return nil, errors.New("the log does not hold what was appended")
}

// pair opens an empty installation and, beside it, raw JetStream.
func (b *bench) pair(ctx context.Context, name string) (in *installation, raw *rawJetStream, err error) {
	twin := b.site(name + "-raw")
	first, err := twin.open(ctx)
	if err != nil {
		return nil, nil, err
	}
	if err := first.Close(); err != nil {
		return nil, nil, err
	}
	if raw, err = openRaw(ctx, twin); err != nil {
		return nil, nil, err
	}
	if in, err = b.site(name).open(ctx); err != nil {
		return nil, nil, errors.Join(err, raw.Close())
	}
	return in, raw, nil
}

const everybody = 64

// appends compares commands with messages of the same size, published with
// the same expectation by as many writers.
func (b *bench) appends(ctx context.Context) (err error) {
	in, raw, err := b.pair(ctx, "append")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close(), raw.Close()) }()
	body, err := in.sample(ctx)
	if err != nil {
		return err
	}
	var (
		own   = make([]domain.PromiseID, everybody)
		lasts = make([]uint64, everybody)
		turns = make([]int, everybody)
		turn  atomic.Int64
		last  atomic.Uint64
	)
	const one domain.PromiseID = "one"
	for i := range own {
		own[i] = domain.PromiseID(fmt.Sprint("own-", i))
		if err := in.making(ctx, own[i], person(i)); err != nil {
			return err
		}
	}
	if err := in.making(ctx, one, person(0)); err != nil {
		return err
	}
	executeOwn := func(ctx context.Context, i int) error {
		turns[i]++
		return in.moving(ctx, own[i], person(i), turns[i])
	}
	executeOne := func(ctx context.Context, _ int) error {
		return in.moving(ctx, one, person(0), int(turn.Add(1)))
	}
	publishOwn := func(ctx context.Context, i int) (err error) {
		lasts[i], err = raw.publish(ctx, subject(promise.Move{ID: own[i]}.Stream().In(home)), lasts[i], body)
		return err
	}
	publishOne := func(ctx context.Context, _ int) error {
		at, err := raw.insist(ctx, subject(promise.Move{ID: one}.Stream().In(home)), last.Load(), body)
		last.Store(at)
		return err
	}

	for _, writers := range []int{1, 16, everybody} {
		if err := b.compare(ctx,
			[]title{{fmt.Sprintf("Execute, %s, own streams ÷ raw publish", writing(writers)), perSecond, "≥ 0.85"}},
			b.rate(writers, executeOwn), b.rate(writers, publishOwn)); err != nil {
			return err
		}
	}
	for _, writers := range []int{16, everybody} {
		if err := b.compare(ctx,
			[]title{
				{fmt.Sprintf("Execute, %s, one stream ÷ raw publish", writing(writers)), perSecond, ""},
				{fmt.Sprintf("… its slowest writer's part of an equal share, %s", writing(writers)), ratio, ""},
			},
			b.rate(writers, executeOne), b.rate(writers, publishOne)); err != nil {
			return err
		}
	}
	return b.compare(ctx,
		[]title{{"Execute, 16 writers on one stream ÷ 1 writer", perSecond, "≥ 0.7"}},
		b.rate(16, executeOne), b.rate(1, executeOwn))
}

func writing(n int) string {
	if n == 1 {
		return "1 writer"
	}
	return fmt.Sprint(n, " writers")
}

// rate lets writers write for a while, and gives how much they wrote a second
// together, and what the slowest got of an equal share.
func (b *bench) rate(writers int, write func(ctx context.Context, writer int) error) measure {
	return func(ctx context.Context) ([]float64, error) {
		ctx, cancel := context.WithCancelCause(ctx)
		defer cancel(nil)
		var (
			wg     sync.WaitGroup
			counts = make([]int, writers)
			start  = time.Now()
		)
		for i := range writers {
			wg.Go(func() {
				for time.Since(start) < b.slice && ctx.Err() == nil {
					if err := write(ctx, i); err != nil {
						cancel(err)
						return
					}
					counts[i]++
				}
			})
		}
		wg.Wait()
		total := 0
		for _, n := range counts {
			total += n
		}
		share := float64(slices.Min(counts)) * float64(writers) / float64(total)
		return []float64{float64(total) / time.Since(start).Seconds(), share}, context.Cause(ctx)
	}
}

// warm compares a stream that has become long with streams that just began.
func (b *bench) warm(ctx context.Context) (err error) {
	in, err := b.site("warm").open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	const each = 200
	turn := 1
	if err := in.making(ctx, "long", person(0)); err != nil {
		return err
	}
	for ; turn < 1000; turn++ {
		if err := in.moving(ctx, "long", person(0), turn); err != nil {
			return err
		}
	}
	var fresh []domain.PromiseID
	for i := range each * b.rounds {
		id := domain.PromiseID(fmt.Sprint("fresh-", i))
		if err := in.making(ctx, id, person(0)); err != nil {
			return err
		}
		fresh = append(fresh, id)
	}
	next := func(write func() error) measure {
		return func(context.Context) ([]float64, error) {
			start := time.Now()
			for range each {
				if err := write(); err != nil {
					return nil, err
				}
			}
			return []float64{each / time.Since(start).Seconds()}, nil
		}
	}
	return b.compare(ctx,
		[]title{{"Execute on a stream of 1,000 acts, warm ÷ of 1 act", perSecond, "≥ 0.9"}},
		next(func() error {
			turn++
			return in.moving(ctx, "long", person(0), turn)
		}),
		next(func() error {
			id := fresh[0]
			fresh = fresh[1:]
			return in.moving(ctx, id, person(0), 1)
		}))
}
