// Package clockwork does what is to be done on its day: the next check of a
// promise is planned, rounds open, people are invited, those who have not
// answered are reminded, and what the consistency check finds is noted.
//
// What it does follows from the log, and from what it did before: it can be
// stopped at any moment, and does everything once. Only mail that was handed
// over just before a crash is sent again, under the same name, by which
// servers know that they have it.
package clockwork

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"time"

	"koersvast/cmd/koersvast/internal/post"
	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/cmd/koersvast/internal/station"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/round"
	"koersvast/eventstore"
	"koersvast/projections"
	"koersvast/projections/people"
	"koersvast/projections/rounds"
)

// Views are the read models of the moment.
type Views interface {
	// Read lets f ask questions of the tables, which stand still meanwhile.
	Read(ctx context.Context, f func(r projections.Reader, at domain.Position) error) error

	// Wait returns nil when a position can be read, and fails when ctx ends
	// first or when that will never be.
	Wait(ctx context.Context, p domain.Position) error
}

// Config is what a Clockwork needs.
type Config struct {
	Log     eventstore.Log
	Store   *eventstore.Store
	Views   Views
	Station *station.Station
	Signin  *signin.Store
	Outbox  *post.Outbox

	// Mail takes what is in the outbox. Without it, that is sent by hand.
	Mail *post.Server

	// Public is the address at which people find the program.
	Public *url.URL

	Now    func() time.Time
	NewID  func() string
	Logger *slog.Logger
}

// A Clockwork does what is due.
type Clockwork struct {
	Config

	// How long the mail server is left alone, and each message: since when the
	// process started, so that a restart tries everything again.
	server retry
	later  map[string]retry

	looked domain.Day // on which all programmes were last looked at
}

// New returns a Clockwork that stands still.
func New(c Config) *Clockwork { return &Clockwork{Config: c, later: map[string]retry{}} }

// tickEvery is how late something can be.
const tickEvery = 2 * time.Minute

// Run does what is due, when it is due, until ctx ends. What fails is noted,
// and tried again.
func (c *Clockwork) Run(ctx context.Context) error {
	tick := time.NewTicker(tickEvery)
	defer tick.Stop()
	for {
		if err := c.Tick(ctx); err != nil && ctx.Err() == nil {
			c.Logger.Error("what is due could not be done", "err", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// Tick does all that is due now. The read models know the log as far as it
// went when the process began.
func (c *Clockwork) Tick(ctx context.Context) error {
	now := c.Now()
	for _, do := range []func(context.Context, time.Time) error{c.plan, c.open, c.remind, c.look, c.fill, c.tidy, c.deliver} {
		if err := do(ctx, now); err != nil {
			return err
		}
	}
	return nil
}

// A place is a round as it stands, in its programme.
type place struct {
	in domain.ProgrammeID
	rounds.Round
}

// all returns the rounds of all programmes that are what is asked for.
func (c *Clockwork) all(ctx context.Context, is func(rounds.Round) bool) (list []place, err error) {
	err = c.Views.Read(ctx, func(read projections.Reader, _ domain.Position) error {
		programmes, err := people.Programmes(ctx, read)
		if err != nil {
			return err
		}
		for _, p := range programmes {
			all, err := rounds.List(ctx, read, p.ID, rounds.Sight{Everything: true})
			if err != nil {
				return err
			}
			for _, r := range all {
				if is(r) {
					list = append(list, place{p.ID, r})
				}
			}
		}
		return nil
	})
	return list, err
}

// open opens the rounds whose first day has come. Those that were approved
// only today are left to who is busy with them.
func (c *Clockwork) open(ctx context.Context, now time.Time) error {
	today := domain.DayOf(now)
	due, err := c.all(ctx, func(r rounds.Round) bool {
		return r.Status == round.StatusApproved && r.Since < today && r.Opens <= today && today <= r.Closes && !now.Before(today.At(from))
	})
	for _, p := range due {
		if err := c.openOne(ctx, p, now); err != nil {
			return err
		}
	}
	return err
}

func (c *Clockwork) openOne(ctx context.Context, p place, now time.Time) error {
	act, ok, err := c.act(ctx, p, now)
	if err != nil || !ok {
		return err
	}
	// First without boxes, which says whether it can be opened with them.
	_, err = eventstore.Execute(ctx, c.Store, act, round.Open{ID: p.ID})
	if !errors.Is(err, round.ErrBoxes) {
		return c.unless(err, p)
	}
	var steps []eventstore.Step
	err = c.Views.Read(ctx, func(read projections.Reader, _ domain.Position) (err error) {
		refused, err := station.Blocked(ctx, read, p.in, p.Round)
		if err != nil || refused != nil {
			return err
		}
		steps, err = c.Station.Ready(ctx, read, p.in, p.ID)
		return err
	})
	if err != nil || steps == nil {
		return c.unless(err, p)
	}
	return c.unless(c.execute(ctx, act, steps...), p)
}

// unless returns an error that is no refusal: what cannot be done stays with
// who leads the programme, who sees it on the page of the round.
func (c *Clockwork) unless(err error, p place) error {
	if refused := domain.RefusalsIn(err); len(refused) > 0 {
		c.Logger.Debug("a round stays as it is", "round", p.ID, "why", refused[0].Code)
		return nil
	}
	return err
}

// execute does an act, and waits for its effect.
func (c *Clockwork) execute(ctx context.Context, act domain.Act, steps ...eventstore.Step) error {
	pos, err := eventstore.ExecuteAll(ctx, c.Store, act, steps...)
	if err != nil {
		return err
	}
	return c.Views.Wait(ctx, pos)
}

// act is one that follows from the plan of a round. It is by who planned that
// or, if they no longer plan rounds, by another who does; if there is nobody,
// nothing is done.
func (c *Clockwork) act(ctx context.Context, p place, now time.Time) (act domain.Act, ok bool, err error) {
	act = domain.Act{ID: domain.ActID(c.NewID()), Programme: p.in, At: now}
	err = c.Views.Read(ctx, func(read projections.Reader, _ domain.Position) error {
		leads, err := people.List(ctx, read, p.in, people.Filter{Role: domain.Lead})
		for _, x := range leads {
			a := access.Actor{Programme: p.in, Person: x.ID, Roles: x.Roles, Team: x.Team}
			if access.Can(a, access.RoundPlan, access.Resource{Programme: p.in}) && x.ID != p.Coach && (act.By == "" || x.ID == p.PlannedBy) {
				act.By, ok = x.ID, true
			}
		}
		return err
	})
	if err != nil || !ok {
		return act, false, err
	}
	for rec, err := range c.Log.Stream(ctx, domain.Stream{Programme: p.in, Kind: "round", ID: string(p.ID)}, 0) {
		if err != nil {
			return act, false, err
		}
		act.Cause, act.Correlation = rec.ID, rec.Correlation
		if act.Correlation == "" {
			act.Correlation = rec.ID
		}
		break // the first is the plan
	}
	return act, true, nil
}

// remind says of the rounds that need it that people are reminded.
func (c *Clockwork) remind(ctx context.Context, now time.Time) error {
	if !atWork(now) {
		return nil
	}
	due, err := c.all(ctx, func(r rounds.Round) bool { return reminds(r, domain.DayOf(now)) })
	for _, p := range due {
		act, ok, err := c.act(ctx, p, now)
		if err == nil && ok {
			err = c.unless(c.execute(ctx, act, eventstore.Do(round.Remind{ID: p.ID})), p)
		}
		if err != nil {
			return err
		}
	}
	return err
}

// fill puts in the outbox what people are to hear of open rounds. A reminder
// is put there for everybody: who does not need it is found out when it is
// sent.
func (c *Clockwork) fill(ctx context.Context, now time.Time) error {
	open, err := c.all(ctx, func(r rounds.Round) bool { return r.Status == round.StatusOpen && domain.DayOf(now) <= r.Closes })
	for _, p := range open {
		asked, err := c.asked(ctx, p)
		if err != nil {
			return err
		}
		if err := c.Outbox.Put(ctx, p.in, p.ID, post.Invitation, asked); err != nil {
			return err
		}
		if p.Reminders == 0 {
			continue
		}
		if err := c.Outbox.Put(ctx, p.in, p.ID, p.Reminders, asked); err != nil {
			return err
		}
	}
	return err
}

// asked returns who is asked in a round and has not declined.
func (c *Clockwork) asked(ctx context.Context, p place) (asked []domain.PersonID, err error) {
	err = c.Views.Read(ctx, func(read projections.Reader, _ domain.Position) error {
		raters, err := rounds.Raters(ctx, read, p.in, p.ID)
		for _, r := range raters {
			if !r.Declined {
				asked = append(asked, r.Person)
			}
		}
		return err
	})
	return asked, err
}

// keptDays is how long an outbox knows of a round that is over.
const keptDays = 30

// tidy takes out of the outbox what is about rounds that are over.
func (c *Clockwork) tidy(ctx context.Context, now time.Time) error {
	today := domain.DayOf(now)
	known, err := c.Outbox.Rounds(ctx)
	if err != nil {
		return err
	}
	for _, p := range known {
		var r rounds.Round
		err := c.Views.Read(ctx, func(read projections.Reader, _ domain.Position) (err error) {
			r, err = rounds.TheRound(ctx, read, p.Programme, p.Round)
			return err
		})
		if err != nil {
			return err
		}
		over := r.Since
		if r.Status == round.StatusOpen {
			over = r.Closes
		}
		switch {
		case r.Status == round.StatusOpen && today <= r.Closes:
		case today >= over.Add(keptDays):
			err = c.Outbox.Forget(ctx, p)
		default:
			err = c.Outbox.Stop(ctx, p)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
