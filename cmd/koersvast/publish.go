package main

import (
	"context"
	"errors"
	"time"

	"koersvast/domain"
	"koersvast/projections"
	"koersvast/projections/people"
	"koersvast/projections/published"
)

// How long what dashboards read can be behind: many facts at once are one new
// file, and a day that passes can change a number by itself.
const (
	publishEvery = 2 * time.Second
	publishAnew  = time.Hour
)

// keepPublished keeps the files that dashboards read up with the read models.
// One that cannot be written is noted, and tried again.
func (a *app) keepPublished(ctx context.Context) error {
	pause := time.NewTimer(0)
	defer pause.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-pause.C:
		}
		at, err := a.publish(ctx, domain.DayOf(time.Now()))
		if err != nil && !errors.Is(err, projections.ErrFilling) && ctx.Err() == nil {
			a.logger.Error("not published", "err", err)
		}
		next, cancel := context.WithTimeout(ctx, publishAnew)
		err = a.views.Wait(next, at+1)
		cancel()
		if err != nil && !errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
			return err
		}
		pause.Reset(publishEvery)
	}
}

// publish writes what was released of every programme, as far as the read
// models know of it, and returns up to where that is.
func (a *app) publish(ctx context.Context, today domain.Day) (at domain.Position, err error) {
	var all []published.Numbers
	err = a.views.Read(ctx, func(r projections.Reader, position domain.Position) error {
		at = position
		programmes, err := people.Programmes(ctx, r)
		for _, p := range programmes {
			n, failed := published.Of(ctx, r, p.ID, today)
			if failed != nil {
				return failed
			}
			all = append(all, n)
		}
		return err
	})
	for _, n := range all {
		if err != nil {
			break
		}
		_, err = published.Write(ctx, a.storage.published(), n)
	}
	return at, err
}
