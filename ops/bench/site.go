package main

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"

	"github.com/oklog/ulid/v2"

	"koersvast/domain/catalog"
	"koersvast/eventstore"
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

// models are the read models of the product.
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

// newID makes an identifier that nothing else has.
func newID() string { return ulid.Make().String() }

// A site is the folder of one installation.
type site struct {
	dir, logKey string
}

func (b *bench) site(name string) site { return site{filepath.Join(b.dir, name), rand.Text()} }

func (s site) logDir() string   { return filepath.Join(s.dir, "data", "log") }
func (s site) viewsDir() string { return filepath.Join(s.dir, "data", "views") }

// An installation is a site that runs, with what the product runs with: the
// keys on disk, a log that syncs every act, and its metrics.
type installation struct {
	site
	keys  *keys.Store
	log   *eventstore.JetStream
	store *eventstore.Store
	index *index.Index
	feed  *eventstore.Feed
	views *projections.Projector
}

// open opens a site as the product does at its start.
func (s site) open(ctx context.Context) (*installation, error) {
	return s.openOn(ctx, eventstore.Config{Dir: s.logDir(), Key: s.logKey})
}

func (s site) openOn(ctx context.Context, cfg eventstore.Config) (_ *installation, err error) {
	in := &installation{site: s}
	defer func() {
		if err != nil {
			err = errors.Join(err, in.Close())
		}
	}()
	if err := os.MkdirAll(filepath.Join(s.dir, "key"), 0o700); err != nil {
		return nil, err
	}
	if in.keys, err = keys.OpenOrCreate(filepath.Join(s.dir, "data", "keys.db"), filepath.Join(s.dir, "key", "key")); err != nil {
		return nil, err
	}
	if in.log, err = eventstore.Open(ctx, cfg, eventstore.NewCodec(catalog.Events(), in.keys)); err != nil {
		return nil, err
	}
	metrics := ops.NewMetrics("bench")
	in.store = eventstore.NewStore(metrics.Log(in.log))
	if in.index, err = index.Open(ctx, filepath.Join(s.dir, "data", "index.db"), in.log); err != nil {
		return nil, err
	}
	in.log.Use(in.index)
	if in.feed, err = eventstore.OpenFeed(ctx, in.log); err != nil {
		return nil, err
	}
	in.views, err = projections.Open(ctx, s.viewsDir(), models, projections.Options{Observe: metrics.Batch})
	return in, err
}

// Close closes what is open.
func (in *installation) Close() error {
	var errs []error
	if in.views != nil {
		errs = append(errs, in.views.Close())
	}
	if in.index != nil {
		errs = append(errs, in.index.Close())
	}
	if in.log != nil {
		errs = append(errs, in.log.Close())
	}
	if in.keys != nil {
		errs = append(errs, in.keys.Close())
	}
	return errors.Join(errs...)
}
