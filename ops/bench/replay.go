package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"koersvast/domain"
	"koersvast/domain/promise"
	"koersvast/eventstore"
	"koersvast/projections"
)

// cold compares reading a stream of 100 acts from a long log with reading one
// from a short log: through the index, and by JetStream alone.
func (b *bench) cold(ctx context.Context) (err error) {
	whole, err := b.wholeLog(ctx)
	if err != nil {
		return err
	}
	n := max(1000, b.acts/100)
	short, err := b.write(ctx, "short", n, story(n))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, short.Close()) }()
	for _, a := range []*archive{whole, short} {
		if err := a.index.CatchUp(ctx); err != nil {
			return err
		}
	}
	sizes := fmt.Sprintf("log of %s ÷ of %s", count(float64(whole.acts)), count(float64(short.acts)))
	if err := b.compare(ctx,
		[]title{{"cold load of 100 acts, " + sizes, seconds, "≤ 1.2"}},
		latency(50, whole.load()), latency(50, short.load())); err != nil {
		return err
	}
	return b.compareIn(ctx, b.slow,
		[]title{{"the same by JetStream alone", seconds, ""}},
		latency(2*longStreams, whole.raw.load()), latency(2*longStreams, short.raw.load()))
}

// load loads one long stream after the other, each time as if for the first.
func (a *archive) load() func(context.Context) error {
	turn := 0
	return func(ctx context.Context) error {
		turn++
		_, _, err := eventstore.Load[promise.State](ctx, eventstore.NewStore(a.log), longStream(turn%longStreams))
		return err
	}
}

func (r *rawJetStream) load() func(context.Context) error {
	turn := 0
	return func(ctx context.Context) error {
		turn++
		return r.read(ctx, longActs, []string{subject(longStream(turn % longStreams))}, func(msg jetstream.Msg, _ *jetstream.MsgMetadata) error {
			_, err := decode(msg.Data())
			return err
		})
	}
}

// replay compares filling all read models with consuming, decoding and one
// upsert a fact into one table. Neither waits for the disk before its file is
// filled, and both do then.
func (b *bench) replay(ctx context.Context) error {
	whole, err := b.wholeLog(ctx)
	if err != nil {
		return err
	}
	return b.compareIn(ctx, b.slow,
		[]title{{fmt.Sprintf("replay of %s acts through all views ÷ raw consume, decode, upsert", count(float64(whole.acts))), perSecond, "≥ 0.6"}},
		b.filling(whole), b.consuming(whole))
}

func (b *bench) filling(a *archive) measure {
	return func(ctx context.Context) (_ []float64, err error) {
		dir, err := os.MkdirTemp(b.dir, "views-")
		if err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
		start := time.Now()
		views, err := openViews(ctx, dir, a.acts)
		if err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, views.Close()) }()
		if err := views.CatchUp(ctx, a.log); err != nil {
			return nil, err
		}
		return []float64{float64(a.acts) / time.Since(start).Seconds()}, nil
	}
}

func openViews(ctx context.Context, dir string, acts int) (*projections.Projector, error) {
	told := newProgress("filling the views", acts)
	return projections.Open(ctx, dir, models, projections.Options{Observe: func(batch projections.Batch) { told.at(int(batch.Position)) }})
}

func (b *bench) consuming(a *archive) measure {
	return func(ctx context.Context) (_ []float64, err error) {
		dir, err := os.MkdirTemp(b.dir, "table-")
		if err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
		start := time.Now()
		table, err := openTable(dir, toFill)
		if err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, table.Close()) }()
		tx, upsert, err := table.begin(ctx)
		if err != nil {
			return nil, err
		}
		told, n := newProgress("consuming by hand", a.acts), 0
		err = a.raw.read(ctx, a.acts, nil, func(msg jetstream.Msg, meta *jetstream.MsgMetadata) error {
			if n++; n%50_000 == 0 {
				if err := tx.Commit(); err != nil {
					return err
				}
				if tx, upsert, err = table.begin(ctx); err != nil {
					return err
				}
			}
			told.at(n)
			return put(upsert, msg.Subject(), meta.Sequence.Stream, msg.Data())
		})
		if err != nil {
			return nil, errors.Join(err, tx.Rollback())
		}
		if err := errors.Join(tx.Commit(), table.flush()); err != nil {
			return nil, err
		}
		return []float64{float64(a.acts) / time.Since(start).Seconds()}, nil
	}
}

// private compares the replay of facts with three private texts each with
// that of the same facts without.
func (b *bench) private(ctx context.Context) (err error) {
	n := min(max(5_000, b.acts/10), 20_000)
	var sides [2]*archive
	for i, name := range []string{"with texts", "without texts"} {
		if sides[i], err = b.write(ctx, name, n, speeches(n, i == 0)); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, sides[i].Close()) }()
	}
	return b.compare(ctx,
		[]title{{fmt.Sprintf("replay of %s facts with three private texts ÷ without", count(float64(n))), perSecond, "≥ 0.5"}},
		b.filling(sides[0]), b.filling(sides[1]))
}

// speeches are promises that are made, each in a stream of its own.
func speeches(n int, aloud bool) iter.Seq[doing] {
	return func(yield func(doing) bool) {
		t := &teller{n: n, chance: newChance(n)}
		for range n {
			by := person(t.chance.IntN(crowd))
			c := speech{domain.PromiseID(t.id(began)), promise.Terms{}, t.details(by)}
			if aloud {
				c.terms = t.terms()
			}
			if !yield(do(t, by, c)) {
				return
			}
		}
	}
}

// A speech is promise.Make that lets somebody promise without a word.
type speech struct {
	id      domain.PromiseID
	terms   promise.Terms
	details promise.Details
}

func (c speech) Stream() domain.Stream { return promise.Make{ID: c.id}.Stream() }

func (c speech) Decide(_ promise.State, act domain.Act) ([]promise.Event, error) {
	say := func(text string) domain.Private { return domain.Say(domain.KeyOf(act.By, domain.Promises), text) }
	return []promise.Event{promise.Made{
		ID: c.id, By: act.By,
		Words: promise.Words{Wording: say(c.terms.Wording), Situation: say(c.terms.Situation), Noticed: say(c.terms.Noticed)},
		Holds: promise.Holds{To: c.details.To, Pillar: c.details.Pillar, Due: c.details.Due, Rhythm: promise.Rhythm},
	}}, nil
}

// window is how long the server remembers ids, so that it refuses duplicates.
const window = 2 * time.Minute

// start compares the start of an installation with all acts, its views up
// with the log, with that of an empty one, and with that of raw JetStream on
// the same log, and lets raw JetStream start alone. It comes last, when the
// log is older than the window: at its start the server reads again all that
// is in it, which is little unless a log was written at once as here.
func (b *bench) start(ctx context.Context) error {
	whole, err := b.wholeLog(ctx)
	if err != nil {
		return err
	}
	empty, rawEmpty, err := b.pair(ctx, "empty")
	if err != nil {
		return err
	}
	b.whole = nil // it is closed here
	for _, in := range []*installation{whole.installation, empty} {
		if err := errors.Join(in.views.CatchUp(ctx, in.log), in.index.CatchUp(ctx), in.Close()); err != nil {
			return err
		}
	}
	if err := errors.Join(whole.raw.Close(), rawEmpty.Close(), whole.age(ctx)); err != nil {
		return err
	}
	with := fmt.Sprintf("start with %s acts, views current ÷ ", count(float64(whole.acts)))
	if err := b.compare(ctx, []title{{with + "start empty", seconds, "≤ 2"}},
		whole.installation.starting(), empty.starting()); err != nil {
		return err
	}
	if err := b.compare(ctx, []title{{with + "start of raw JetStream", seconds, ""}},
		whole.installation.starting(), whole.raw.starting()); err != nil {
		return err
	}
	return b.compare(ctx, []title{{"the same log by JetStream alone ÷ an empty one", seconds, ""}},
		whole.raw.starting(), rawEmpty.starting())
}

// age waits until an archive is older than the window.
func (a *archive) age(ctx context.Context) error {
	left := window - time.Since(a.written)
	if left <= 0 {
		return nil
	}
	fmt.Fprintf(os.Stderr, "  until the log is two minutes old: %s\n", left.Round(time.Second))
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(left):
		return nil
	}
}

func (s site) starting() measure {
	return func(ctx context.Context) ([]float64, error) {
		start := time.Now()
		in, err := s.open(ctx)
		if err != nil {
			return nil, err
		}
		err = errors.Join(in.views.CatchUp(ctx, in.log), in.index.CatchUp(ctx))
		took := time.Since(start).Seconds()
		return []float64{took}, errors.Join(err, in.Close())
	}
}

func (r *rawJetStream) starting() measure {
	return func(ctx context.Context) ([]float64, error) {
		start := time.Now()
		again, err := openRaw(ctx, r.site)
		if err != nil {
			return nil, err
		}
		took := time.Since(start).Seconds()
		return []float64{took}, again.Close()
	}
}
