package main

import (
	"context"
	"errors"
	"hash/maphash"
	"iter"
	"os"
	"sync"
	"syscall"
	"time"

	"koersvast/eventstore"
)

// An archive is an installation with a log that was written beforehand, and
// raw JetStream on a copy of that log.
type archive struct {
	*installation
	raw     *rawJetStream
	acts    int
	written time.Time
}

// write makes an installation of acts, quickly: while it is written the log
// does not wait for the disk.
func (b *bench) write(ctx context.Context, name string, n int, acts iter.Seq[doing]) (_ *archive, err error) {
	s := b.site(name)
	srv, err := serveRaw(s, false)
	if err != nil {
		return nil, err
	}
	in, err := s.openOn(ctx, eventstore.Config{URL: srv.ClientURL(), Replicas: 1})
	if err == nil {
		err = errors.Join(in.execute(ctx, name, n, acts), in.Close())
	}
	srv.Shutdown()
	srv.WaitForShutdown()
	if err != nil {
		return nil, err
	}
	// The copy, and the disk at rest.
	twin := site{s.dir + "-raw", s.logKey}
	if err := os.CopyFS(twin.logDir(), os.DirFS(s.logDir())); err != nil {
		return nil, err
	}
	syscall.Sync()

	h := &archive{acts: n, written: time.Now()}
	if h.installation, err = s.open(ctx); err != nil {
		return nil, err
	}
	if h.raw, err = openRaw(ctx, twin); err != nil {
		return nil, errors.Join(err, h.installation.Close())
	}
	return h, nil
}

// wholeLog returns the archive of all acts, which is written once.
func (b *bench) wholeLog(ctx context.Context) (_ *archive, err error) {
	if b.whole == nil {
		b.whole, err = b.write(ctx, "whole", b.acts, story(b.acts))
	}
	return b.whole, err
}

// Close closes both sides.
func (a *archive) Close() error { return errors.Join(a.installation.Close(), a.raw.Close()) }

// execute executes acts, many at once: those of one stream in their order.
func (in *installation) execute(ctx context.Context, what string, n int, acts iter.Seq[doing]) error {
	const writers = 64
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var (
		wg     sync.WaitGroup
		queues [writers]chan doing
		seed   = maphash.MakeSeed()
	)
	for i := range queues {
		queues[i] = make(chan doing, 16)
		wg.Go(func() {
			for d := range queues[i] {
				if ctx.Err() != nil {
					continue
				}
				if _, err := eventstore.ExecuteAll(ctx, in.store, d.act, d.step); err != nil {
					cancel(err)
				}
			}
		})
	}
	told, done := newProgress("writing the log "+what, n), 0
	for d := range acts {
		queues[maphash.String(seed, d.stream)%writers] <- d
		done++
		told.at(done)
	}
	for _, q := range queues {
		close(q)
	}
	wg.Wait()
	return context.Cause(ctx)
}
