package station

import (
	"context"

	"koersvast/eventstore/ballotbox/ballot"
)

// SweepOnce sweeps once, for tests.
func (s *Station) SweepOnce(ctx context.Context, standing Standing, strays []ballot.BoxID) error {
	return s.sweep(ctx, standing, strays)
}
