package main

import (
	"context"
	"iter"

	"koersvast/domain"
	"koersvast/eventstore"
	"koersvast/eventstore/index"
	"koersvast/projections"
)

// keptDays is how many past days of programmes stay at hand.
const keptDays = 8

// past answers what a programme looked like at the end of a day.
type past struct {
	index *index.Index
	from  domain.Position // the index answers nothing before it is there
	*projections.Past
}

func newPast(x *index.Index, c *eventstore.Codec) *past {
	acts := func(ctx context.Context, p domain.ProgrammeID, upTo domain.Position) iter.Seq2[domain.Record, error] {
		return func(yield func(domain.Record, error) bool) {
			for m, err := range x.Programme(ctx, p, 0, upTo) {
				var rec domain.Record
				if err == nil {
					rec, err = c.Decode(m)
				}
				if !yield(rec, err) || err != nil {
					return
				}
			}
		}
	}
	return &past{index: x, Past: projections.NewPast(models, acts, keptDays)}
}

// Read lets f ask questions of a programme as it was at the end of a day: at
// its last act that was recorded by then. It fails with
// [projections.ErrFilling] while the index is being made.
func (p *past) Read(ctx context.Context, of domain.ProgrammeID, on domain.Day, f func(r projections.Reader, at domain.Position) error) error {
	if p.index.Position() < p.from {
		return projections.ErrFilling
	}
	if err := p.index.CatchUp(ctx); err != nil {
		return err // it stays a moment behind by itself
	}
	at, err := p.index.PositionAt(ctx, of, on.End())
	if err != nil {
		return err
	}
	return p.Past.Read(ctx, of, at, f)
}
