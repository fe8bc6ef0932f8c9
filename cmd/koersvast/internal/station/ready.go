package station

import (
	"context"

	"koersvast/domain"
	"koersvast/domain/council"
	"koersvast/domain/round"
	"koersvast/eventstore"
	"koersvast/projections"
	"koersvast/projections/councils"
	"koersvast/projections/rounds"
)

// ErrNoKey refuses to open a round whose coach could not open the answers.
var ErrNoKey = domain.Refuse(domain.Conflict, "round_no_key", "the coach has no key to open the answers with")

// Blocked returns what keeps a round from opening, before anybody tries: that
// its coach has no key, or that the works council has not agreed.
func Blocked(ctx context.Context, read projections.Reader, in domain.ProgrammeID, r rounds.Round) (*domain.Error, error) {
	if _, ok, err := rounds.KeyOf(ctx, read, in, r.Coach); err != nil || !ok {
		return ErrNoKey, err
	}
	c, err := councils.TheCouncil(ctx, read, in)
	if err != nil {
		return nil, err
	}
	return c.Stand().Refuses(r.Kind, r.Thresholds), nil
}

// Ready returns the steps that open a round with new ballot boxes, as long as
// the works council agrees. It makes the boxes; see [Station.Open].
func (s *Station) Ready(ctx context.Context, read projections.Reader, in domain.ProgrammeID, id domain.RoundID) ([]eventstore.Step, error) {
	r, err := rounds.TheRound(ctx, read, in, id)
	if err != nil {
		return nil, err
	}
	if r.Status != round.StatusApproved { // and no boxes are made for nothing
		return []eventstore.Step{eventstore.Do(round.Open{ID: id})}, nil
	}
	key, ok, err := rounds.KeyOf(ctx, read, in, r.Coach)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, ErrNoKey
	}
	raters, err := rounds.Raters(ctx, read, in, id)
	if err != nil {
		return nil, err
	}
	opening := Opening{ID: id, Thresholds: r.Thresholds, Questions: r.Questions, Coach: key.Public}
	for _, rater := range raters {
		if !rater.Declined {
			opening.Raters = append(opening.Raters, rater.Rater)
		}
	}
	open, err := s.Open(opening)
	if err != nil {
		return nil, err
	}
	return []eventstore.Step{
		eventstore.Do(open),
		eventstore.While(council.Allows{Programme: in, Kind: r.Kind, Thresholds: r.Thresholds}),
	}, nil
}
