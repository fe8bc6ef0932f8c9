package clockwork

import (
	"context"
	"slices"
	"time"

	"koersvast/domain"
	"koersvast/domain/programme"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/eventstore"
	"koersvast/projections"
	"koersvast/projections/promises"
	"koersvast/projections/rounds"
)

// planAhead is how many days before it is due a check is planned, so that
// people can settle who is asked.
const planAhead = 7

// plan plans the next check of every promise that was checked before, in the
// rhythm of that promise. It is as the one before: with the same coach, the
// same questions and the same thresholds. Whom to ask is left to people: who
// was asked lately is asked again only if all of them are. A check that they
// gave up does not come back by itself.
func (c *Clockwork) plan(ctx context.Context, now time.Time) error {
	checks, err := c.all(ctx, func(r rounds.Round) bool { return r.Kind == domain.Check })
	if err != nil {
		return err
	}
	for _, last := range newest(checks) {
		if err := c.unless(c.planNext(ctx, last, now), last); err != nil {
			return err
		}
	}
	return nil
}

func (c *Clockwork) planNext(ctx context.Context, last place, now time.Time) error {
	next, due, err := c.next(ctx, last, domain.DayOf(now))
	if err != nil || !due {
		return err
	}
	act, ok, err := c.act(ctx, last, now)
	if err != nil || !ok {
		return err
	}
	return c.execute(ctx, act, eventstore.Do(next),
		eventstore.While(programme.MayCoach{Programme: last.in, Coach: next.Coach, Coachee: next.Subject}))
}

// newest returns the newest check of every promise of which none is planned or
// running. Of each programme the newest checks come first.
func newest(checks []place) (list []place) {
	type checked struct {
		in      domain.ProgrammeID
		promise domain.PromiseID
	}
	seen, runs := map[checked]bool{}, map[checked]bool{}
	of := func(p place) checked { return checked{p.in, p.Promise} }
	for _, p := range checks {
		if !slices.Contains([]round.Status{round.StatusReleased, round.StatusNothing, round.StatusCancelled}, p.Status) {
			runs[of(p)] = true
		}
		if !seen[of(p)] {
			seen[of(p)] = true
			list = append(list, p)
		}
	}
	return slices.DeleteFunc(list, func(p place) bool { return runs[of(p)] })
}

// next returns the plan of the check that follows on the last one, if it is
// time for that.
func (c *Clockwork) next(ctx context.Context, last place, today domain.Day) (next round.Plan, ok bool, err error) {
	if last.Status == round.StatusCancelled || last.Questions == nil { // given up, or erased
		return next, false, nil
	}
	var p promises.Promise
	err = c.Views.Read(ctx, func(read projections.Reader, _ domain.Position) (err error) {
		p, err = promises.ThePromise(ctx, read, last.in, last.Promise)
		return err
	})
	due := last.Closed.Add(p.Rhythm)
	if err != nil || p.Status != promise.StatusActive || today < due.Add(-planAhead) || saysOtherwise(p, last.Questions) {
		return next, false, err
	}
	opens := nextWorkday(max(due, today.Add(planAhead)))
	return round.Plan{
		ID: domain.RoundID(c.NewID()), Kind: domain.Check, Subject: last.Subject, Coach: last.Coach, Promise: last.Promise,
		Questions: last.Questions, Thresholds: last.Thresholds,
		Opens: opens, Closes: opens.Add(min(last.Opens.DaysUntil(last.Closes), round.LongestPeriod)),
	}, true, nil
}

// saysOtherwise reports whether people were asked about the promise in words
// that it no longer has. Then people say what is asked now.
func saysOtherwise(p promises.Promise, questions []round.Question) bool {
	return slices.ContainsFunc(questions, func(q round.Question) bool {
		return q.Scale == round.HearSee && q.Behaviour == "" && (p.Wording == nil || q.Text != *p.Wording)
	})
}
