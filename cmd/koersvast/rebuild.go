package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// rebuildVerb fills the read models anew.
type rebuildVerb struct {
	storage `group:"Where it is kept"`
	logging `group:"What it notes"`
}

func (rebuildVerb) Help() string {
	return `The read models are tables made from the log, so that pages are quick. They are
a cache: nothing is true only there. A new version of the program fills them
anew by itself, so this is for when a disk or a person has damaged them.

New tables are filled beside the old ones and take their place when they are
complete; when it is interrupted, the old ones stay. Stop koersvast serve
first: one process at a time uses a data folder.

  koersvast rebuild --data /var/lib/koersvast`
}

// progressEvery is how often rebuild says how far it is.
const progressEvery = time.Second

func (v rebuildVerb) Run(ctx context.Context, con console) (err error) {
	if err := v.exists(); err != nil {
		return err
	}
	a, err := openApp(ctx, v.storage, v.logger(con.err))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	last, err := a.log.Last(ctx)
	if err != nil {
		return err
	}
	began := time.Now()
	done := make(chan error, 1)
	go func() { done <- a.views.Rebuild(ctx, a.log) }()
	tick := time.NewTicker(progressEvery)
	defer tick.Stop()
	fmt.Fprintf(con.out, "Filling the read models with %d acts ...\n", last)
	for {
		select {
		case <-tick.C:
			fmt.Fprintf(con.out, "%d of %d\n", a.views.State().Filled, last)
		case err := <-done:
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(con.out, "Done: %d acts in %v.\n", a.views.Position(), time.Since(began).Round(time.Millisecond))
			return err
		}
	}
}
