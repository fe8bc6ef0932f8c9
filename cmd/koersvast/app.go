package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"koersvast/cmd/koersvast/internal/clockwork"
	"koersvast/cmd/koersvast/internal/post"
	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/cmd/koersvast/internal/station"
	"koersvast/domain"
	"koersvast/domain/catalog"
	"koersvast/domain/round"
	"koersvast/eventstore"
	"koersvast/eventstore/ballotbox"
	"koersvast/eventstore/index"
	"koersvast/eventstore/keys"
	"koersvast/ops"
	"koersvast/projections"
	"koersvast/projections/coachings"
	"koersvast/projections/councils"
	"koersvast/projections/evidence"
	"koersvast/projections/expectations"
	"koersvast/projections/findings"
	"koersvast/projections/history"
	"koersvast/projections/methods"
	"koersvast/projections/people"
	"koersvast/projections/pictures"
	"koersvast/projections/promises"
	"koersvast/projections/rounds"
	"koersvast/projections/strategies"
)

// models lists the read models.
var models = []projections.Model{
	people.Model,
	strategies.Model,
	promises.Model,
	expectations.Model,
	councils.Model,
	rounds.Model,
	coachings.Model,
	methods.Model,
	findings.Model,
	evidence.Model,
	pictures.Model,
	history.Model,
}

// What stands in a data folder.
const (
	fileLock      = "lock"          // held while a process works in the folder
	fileKeys      = "keys.db"       // the keys of personal texts, wrapped
	fileSignin    = "signin.db"     // codes, links, sessions
	fileSecret    = "signin.secret" // sealed
	fileLogSecret = "log.secret"    // sealed
	fileOutbox    = "outbox.db"     // who is invited and reminded
	fileIndex     = "index.db"      // comes back from the log
	dirLog        = "log"           // the only truth
	dirViews      = "views"         // come back from the log
	dirBoxes      = "boxes"         // what people answer, until their round is released
	dirPublished  = "published"     // what dashboards may read; comes back from the views
	dirPrinting   = "printing"      // a page, as long as it is being printed
)

// An app is the running programme: the log, what is made of it, and who is
// signed in. It listens nowhere.
type app struct {
	storage storage
	logger  *slog.Logger
	metrics *ops.Metrics
	newKey  bool // the key file was made just now

	keys   *keys.Store
	log    *eventstore.JetStream
	store  *eventstore.Store
	index  *index.Index
	feed   *eventstore.Feed
	views  *projections.Projector
	past   *past
	signin *signin.Store

	station *station.Station
	outbox  *post.Outbox
	clock   *clockwork.Clockwork // nil when nothing is done by itself

	close   []func() error // in the order in which things were opened
	workers []*worker
	stop    context.CancelFunc
	working sync.WaitGroup
}

// openApp puts the programme together. It fails with [errInUse] when another
// process has it.
func openApp(ctx context.Context, s storage, logger *slog.Logger) (_ *app, err error) {
	a := &app{storage: s, logger: logger, metrics: ops.NewMetrics(version())}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.Close())
		}
	}()
	if err := a.openLog(ctx); err != nil {
		return nil, err
	}
	a.store = eventstore.NewStore(a.metrics.Log(a.log))

	if a.index, err = index.Open(ctx, s.path(fileIndex), a.log); err != nil {
		return nil, err
	}
	a.close = append(a.close, a.index.Close)
	a.log.Use(a.index)
	if a.feed, err = eventstore.OpenFeed(ctx, a.log); err != nil {
		return nil, err
	}
	if a.views, err = projections.Open(ctx, s.path(dirViews), models, projections.Options{Observe: a.metrics.Batch}); err != nil {
		return nil, err
	}
	a.close = append(a.close, a.views.Close)
	a.past = newPast(a.index, eventstore.NewCodec(catalog.Events(), a.keys))

	hashes, err := secret(a.keys, s.path(fileSecret), "installation/signin")
	if err != nil {
		return nil, err
	}
	if a.signin, err = signin.Open(s.path(fileSignin), hashes, time.Now); err != nil {
		return nil, err
	}
	a.close = append(a.close, a.signin.Close)

	boxes, err := ballotbox.Open(s.path(dirBoxes), a.keys)
	if err != nil {
		return nil, err
	}
	a.station = station.New(boxes, a.log, a.keys)
	if a.outbox, err = post.Open(s.path(fileOutbox)); err != nil {
		return nil, err
	}
	a.close = append(a.close, a.outbox.Close)
	a.metrics.Positions(a.log, a.views)
	return a, nil
}

// openLog opens the data folder, the keys and the log.
func (a *app) openLog(ctx context.Context) error {
	s := a.storage
	unlock, err := lock(s.Data, s.path(fileLock))
	if err != nil {
		return err
	}
	a.close = append(a.close, unlock)
	for _, dir := range []string{s.path(dirViews), filepath.Dir(s.keyFile())} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
	}
	_, err = os.Stat(s.keyFile())
	a.newKey = errors.Is(err, fs.ErrNotExist)
	if a.keys, err = keys.OpenOrCreate(s.path(fileKeys), s.keyFile()); err != nil {
		return err
	}
	a.close = append(a.close, a.keys.Close)
	if a.log, err = openLog(ctx, s, a.keys, a.logger); err != nil {
		return err
	}
	a.close = append(a.close, a.log.Close)
	return nil
}

// openLog opens the log, wherever it is.
func openLog(ctx context.Context, s storage, ks *keys.Store, logger *slog.Logger) (*eventstore.JetStream, error) {
	c := eventstore.NewCodec(catalog.Events(), ks)
	if s.NATS != "" {
		return eventstore.Open(ctx, eventstore.Config{URL: s.NATS, Credentials: s.NATSCredentials, Replicas: s.NATSReplicas, Logger: logger}, c)
	}
	key, err := secret(ks, s.path(fileLogSecret), "installation/log")
	if err != nil {
		return nil, err
	}
	return eventstore.Open(ctx, eventstore.Config{Dir: s.path(dirLog), Key: string(key), Logger: logger}, c)
}

// wind has what is due done on its day, once the app has started: people find
// the program at home, and mail goes through that server, if there is one.
func (a *app) wind(home *url.URL, mail *post.Server) {
	a.clock = clockwork.New(clockwork.Config{
		Log: a.log, Store: a.store, Views: a.views, Station: a.station, Signin: a.signin, Outbox: a.outbox,
		Mail: mail, Public: home, Now: time.Now, NewID: newID, Logger: a.logger,
	})
}

// few is how many acts the read models can be behind for their first readers
// to wait for them.
const few = 5000

// nearlyThere brings the read models up with the log, if that takes a moment
// only, so that the first page is not refused. Otherwise, and when it fails,
// that is for who keeps them up from now on.
func (a *app) nearlyThere(ctx context.Context) {
	if last, err := a.log.Last(ctx); err == nil && last-a.views.Position() <= few {
		_ = a.views.CatchUp(ctx, a.log)
	}
}

// A worker keeps something up with the log.
type worker struct {
	name string

	mu  sync.Mutex
	err error // why it works no longer
}

func (w *worker) fail(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.err = err
}

func (w *worker) check(context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

// Start begins to keep everything up with the log. What cannot go on says so
// in the log of the process and makes it unready; the rest goes on, because
// people can still read.
func (a *app) Start(ctx context.Context) error {
	last, err := a.log.Last(ctx)
	if err != nil {
		return err
	}
	a.past.from = last
	ctx, a.stop = context.WithCancel(ctx)
	a.work(ctx, "views", func(ctx context.Context) error { return a.views.Run(ctx, a.log) })
	a.work(ctx, "index", a.index.Run)
	a.work(ctx, "feed", a.feed.Run)
	a.work(ctx, "keys", a.forget)
	a.work(ctx, "withdrawn", func(ctx context.Context) error {
		if err := a.views.Wait(ctx, last); err != nil {
			return err
		}
		return a.keepErasing(ctx)
	})
	a.working.Go(func() { a.probe(ctx) })
	a.work(ctx, "boxes", func(ctx context.Context) error {
		if err := a.views.Wait(ctx, last); err != nil {
			return err
		}
		return a.station.Sweep(ctx, a.standing)
	})
	a.work(ctx, "published", func(ctx context.Context) error {
		if err := a.views.Wait(ctx, last); err != nil {
			return err
		}
		return a.keepPublished(ctx)
	})
	if a.clock != nil {
		a.work(ctx, "clockwork", func(ctx context.Context) error {
			if err := a.views.Wait(ctx, last); err != nil {
				return err
			}
			return a.clock.Run(ctx)
		})
	}
	return nil
}

// standing says where the round of a ballot box stands.
func (a *app) standing(ctx context.Context, box round.BoxID) (status round.Status, known bool, err error) {
	err = a.views.Read(ctx, func(r projections.Reader, _ domain.Position) error {
		var place rounds.Place
		place, known, err = rounds.PlaceOf(ctx, r, box)
		status = place.Status
		return err
	})
	return status, known, err
}

func (a *app) work(ctx context.Context, name string, run func(context.Context) error) {
	w := &worker{name: name}
	a.workers = append(a.workers, w)
	a.working.Go(func() {
		if err := run(ctx); err != nil && ctx.Err() == nil {
			a.logger.Error("stopped: "+name, "err", err)
			w.fail(err)
		}
	})
}

// forgetEvery is how long a text can stay in memory after its key is gone.
const forgetEvery = time.Second

// forget drops what is remembered in readable form when a key was destroyed,
// by this process or by another.
func (a *app) forget(ctx context.Context) error {
	tick := time.NewTicker(forgetEvery)
	defer tick.Stop()
	for seen := a.keys.Generation(); ; {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		if now := a.keys.Generation(); now != seen {
			a.store.Forget()
			a.past.Forget()
			seen = now
		}
	}
}

// Parts are what must be well before the app can be of use.
func (a *app) Parts() []ops.Part {
	parts := []ops.Part{ops.LogPart(a.log), ops.ViewsPart(a.views)}
	for _, w := range a.workers {
		if w.name != "views" { // which knows more than whether it still runs
			parts = append(parts, ops.Part{Name: w.name, Check: w.check})
		}
	}
	return parts
}

// Close stops what was started, at a whole transaction each, and then closes
// everything. What was acknowledged is in the log.
func (a *app) Close() error {
	if a.stop != nil {
		a.stop()
	}
	a.working.Wait()
	var errs []error
	for i := len(a.close) - 1; i >= 0; i-- {
		errs = append(errs, a.close[i]())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("closing: %w", err)
	}
	return nil
}
