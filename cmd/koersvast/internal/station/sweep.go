package station

import (
	"context"
	"slices"
	"time"

	"koersvast/domain"
	"koersvast/domain/round"
	"koersvast/eventstore/ballotbox"
	"koersvast/eventstore/ballotbox/ballot"
)

// A Standing says where the round of a box stands, or that no round knows the
// box. It knows the log at least as far as it went when the sweeping began.
type Standing func(ctx context.Context, box round.BoxID) (status round.Status, known bool, err error)

// sweepEvery is how long the boxes of a round stand after it was released.
const sweepEvery = time.Second

// Sweep closes the boxes of rounds that are closed, should a crash have kept
// [Station.Count] from it, and destroys those of rounds that are over, soon
// after the log says so, until ctx ends. Boxes that were there at the start and that no round
// knows were made just before a crash: they hold nothing, and go too.
func (s *Station) Sweep(ctx context.Context, standing Standing) error {
	strays, err := s.Boxes.IDs()
	if err != nil {
		return err
	}
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		if err := s.sweep(ctx, standing, strays); err != nil {
			return err
		}
		strays = nil
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

func (s *Station) sweep(ctx context.Context, standing Standing, strays []ballot.BoxID) error {
	ids, err := s.Boxes.IDs()
	if err != nil {
		return err
	}
	var gone []ballot.BoxID
	over := map[domain.RoundID]bool{}
	for _, id := range ids {
		status, known, err := standing(ctx, round.BoxID(id.String()))
		if err != nil {
			return err
		}
		uncounted := status == round.StatusClosed
		ended := status == round.StatusReleased || status == round.StatusNothing || status == round.StatusCancelled
		if known && !uncounted && !ended || !known && !slices.Contains(strays, id) {
			continue
		}
		box, err := s.Boxes.Box(id)
		if err != nil {
			return err
		}
		if err := shut(box); err != nil {
			return err
		}
		if uncounted {
			continue
		}
		gone = append(gone, id)
		if known {
			over[box.Manifest().Round] = true
		}
	}
	// The keys go before the boxes: what is left of a box after a crash still
	// says which key was to go.
	for id := range over {
		if err := s.keys.Destroy(ballotbox.IssuerKey(id)); err != nil {
			return err
		}
	}
	for _, id := range gone {
		if err := s.Boxes.Destroy(id); err != nil {
			return err
		}
	}
	return nil
}

// shut closes a box that is not closed yet.
func shut(box *ballotbox.Box) error {
	if closed, err := box.Closed(); err != nil || closed {
		return err
	}
	return box.Close()
}
