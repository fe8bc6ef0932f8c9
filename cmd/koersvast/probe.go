package main

import (
	"context"
	"time"
)

// probeEvery is how often the disk is asked how quick it is.
const probeEvery = 15 * time.Second

// probe measures the disk of the data folder for as long as the app runs. A
// disk that cannot be written to shows in the log, which does more than try.
func (a *app) probe(ctx context.Context) {
	tick := time.NewTicker(probeEvery)
	defer tick.Stop()
	for {
		if err := a.metrics.Probe(a.storage.path("fsync.probe")); err != nil {
			a.logger.Warn("the disk was not probed", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
