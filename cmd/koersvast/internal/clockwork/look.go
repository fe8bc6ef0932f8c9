package clockwork

import (
	"context"
	"time"

	"koersvast/domain"
	"koersvast/domain/finding"
	"koersvast/eventstore"
	"koersvast/projections"
	"koersvast/projections/consistency/questions"
	"koersvast/projections/people"
)

// look has the rules of the consistency check look at every programme, once a
// day and when the process begins, and notes what they find and what has
// passed. Nobody decides that, so these acts are by nobody, and nothing else
// follows from them.
func (c *Clockwork) look(ctx context.Context, now time.Time) error {
	today := domain.DayOf(now)
	if c.looked == today {
		return nil
	}
	var programmes []people.Programme
	err := c.Views.Read(ctx, func(read projections.Reader, _ domain.Position) (err error) {
		programmes, err = people.Programmes(ctx, read)
		return err
	})
	if err != nil {
		return err
	}
	for _, p := range programmes {
		if err := c.lookAt(ctx, p.ID, today, now); err != nil {
			return err
		}
	}
	c.looked = today
	return nil
}

func (c *Clockwork) lookAt(ctx context.Context, in domain.ProgrammeID, today domain.Day, now time.Time) error {
	var raise []finding.Raise
	var clear []finding.Clear
	err := c.Views.Read(ctx, func(read projections.Reader, at domain.Position) (err error) {
		raise, clear, err = questions.Due(ctx, read, in, today, at)
		return err
	})
	if err != nil {
		return err
	}
	steps := make([]eventstore.Step, 0, len(raise)+len(clear))
	for _, r := range raise {
		steps = append(steps, eventstore.Do(r))
	}
	for _, x := range clear {
		steps = append(steps, eventstore.Do(x))
	}
	// Each is an act of its own: a batch would cost the log more.
	var last domain.Position
	for _, step := range steps {
		act := domain.Act{ID: domain.ActID(c.NewID()), Programme: in, At: now}
		if last, err = eventstore.ExecuteAll(ctx, c.Store, act, step); err != nil {
			return err
		}
	}
	return c.Views.Wait(ctx, last)
}
