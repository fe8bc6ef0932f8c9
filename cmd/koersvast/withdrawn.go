package main

import (
	"context"
	"time"

	"koersvast/domain"
	"koersvast/projections"
	"koersvast/projections/evidence"
)

// eraseEvery is how long what was withdrawn can still be unsealed.
const eraseEvery = time.Second

// keepErasing destroys the keys of what was withdrawn, soon after the log says
// so, until ctx ends. What it did not come to before a crash, it does after.
func (a *app) keepErasing(ctx context.Context) error {
	tick := time.NewTicker(eraseEvery)
	defer tick.Stop()
	for gone := map[domain.KeyID]bool{}; ; {
		if err := a.erase(ctx, gone); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// erase destroys the keys of interviews whose consent was withdrawn, but for
// those that are gone already.
func (a *app) erase(ctx context.Context, gone map[domain.KeyID]bool) error {
	var keys []domain.KeyID
	err := a.views.Read(ctx, func(r projections.Reader, _ domain.Position) (err error) {
		keys, err = evidence.ToErase(ctx, r)
		return err
	})
	if err != nil {
		return err
	}
	for _, id := range keys {
		if gone[id] {
			continue
		}
		if err := a.keys.Destroy(id); err != nil {
			return err
		}
		gone[id] = true
	}
	return nil
}
