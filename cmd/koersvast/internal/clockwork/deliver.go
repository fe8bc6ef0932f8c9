package clockwork

import (
	"context"
	"errors"
	"strconv"
	"time"

	"koersvast/cmd/koersvast/internal/post"
	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
	"koersvast/domain/round"
	"koersvast/eventstore/ballotbox"
	"koersvast/projections"
)

// How long somebody waits for a server that does not take mail: longer every
// time, until it is given up after more than a day.
const (
	firstWait = 5 * time.Minute
	longWait  = 4 * time.Hour
	mostTries = 12
)

// A retry says until when to wait, and how long that is.
type retry struct {
	until time.Time
	wait  time.Duration
}

func (r retry) again(now time.Time) retry {
	wait := min(max(2*r.wait, firstWait), longWait)
	return retry{now.Add(wait), wait}
}

func (r retry) rests(now time.Time) bool { return now.Before(r.until) }

// deliver sends what waits in the outbox, to those who have an address.
func (c *Clockwork) deliver(ctx context.Context, now time.Time) error {
	if c.Mail == nil || c.server.rests(now) {
		return nil
	}
	waiting, err := c.Outbox.Waiting(ctx)
	if err != nil {
		return err
	}
	var line *post.Line
	defer func() {
		if line != nil {
			_ = line.Close() // what it took, it took
		}
	}()
	for _, m := range waiting {
		if c.later[m.ID].rests(now) || m.Nth != post.Invitation && !atWork(now) {
			continue
		}
		asking, needed, err := c.needed(ctx, m, now)
		if err == nil && needed && asking.Email() == "" {
			continue // it is brought by hand
		}
		if err == nil && !needed {
			err = c.Outbox.Sent(ctx, m.Programme, m.ID)
		}
		if err != nil {
			return err
		}
		if !needed {
			continue
		}
		if line == nil {
			if line, err = c.Mail.Call(ctx); err != nil {
				return c.rest(ctx, now, err)
			}
		}
		e, letter, err := c.write(ctx, asking)
		if err != nil {
			return err
		}
		var noted error
		switch err := line.Send(e, letter); {
		case err == nil:
			delete(c.later, m.ID)
			noted = c.Outbox.Sent(ctx, m.Programme, m.ID)
		case errors.Is(err, post.ErrRefused), errors.Is(err, post.ErrLater) && m.Attempts+1 >= mostTries:
			noted = c.Outbox.Failed(ctx, m)
		case errors.Is(err, post.ErrLater):
			c.later[m.ID] = c.later[m.ID].again(now)
			noted = c.Outbox.Tried(ctx, m)
		default:
			return c.rest(ctx, now, err)
		}
		if noted != nil {
			return noted
		}
	}
	c.server = retry{}
	return nil
}

// rest leaves the mail server alone for a while, because it has trouble.
func (c *Clockwork) rest(ctx context.Context, now time.Time, trouble error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	c.server = c.server.again(now)
	c.Logger.Warn("the mail server takes no mail; it is tried again", "after", c.server.wait, "err", trouble)
	return nil
}

// needed returns what there is to say in a message, and whether there is: a
// reminder is for who has taken nothing to answer with.
func (c *Clockwork) needed(ctx context.Context, m post.Message, now time.Time) (a post.Asking, needed bool, err error) {
	err = c.Views.Read(ctx, func(read projections.Reader, _ domain.Position) (err error) {
		a, err = post.Ask(ctx, read, m, domain.DayOf(now))
		return err
	})
	if err != nil || a.Pointless || m.Nth == post.Invitation {
		return a, !a.Pointless, err
	}
	standing := ballotbox.TookNothing
	box, err := c.Station.Box(a.Box)
	if err == nil {
		standing, err = box.Standing(m.Person)
	}
	if errors.Is(err, ballotbox.ErrUnknown) || errors.Is(err, ballotbox.ErrNotInvited) {
		return a, false, nil // the box has just been destroyed, or they declined before it was made
	}
	return a, standing == ballotbox.TookNothing, err
}

// write writes a message, in the language that its receiver chose last.
func (c *Clockwork) write(ctx context.Context, a post.Asking) (e post.Envelope, l post.Letter, err error) {
	m := a.Message
	language, err := c.Signin.Language(ctx, signin.Who{Programme: m.Programme, Person: m.Person})
	if err != nil {
		return e, l, err
	}
	links := post.LinksTo(c.Public, m.Round)
	if post.LetsIn(a.To) {
		token, err := c.link(ctx, a)
		if err != nil {
			return e, l, err
		}
		links.Answer, links.Own = post.LinkOf(c.Public, token), true
	}
	e, l = a.Write(ctx, i18n.Choose(language, ""), links)
	e.ID = m.ID + "@" + c.Public.Hostname()
	return e, l, nil
}

// link returns the token of the link in a message. Those of all reminders are
// made together with that of the invitation: otherwise the links that there
// are would tell who was reminded.
func (c *Clockwork) link(ctx context.Context, a post.Asking) (token string, err error) {
	m := a.Message
	i := signin.Invitation{Who: signin.Who{Programme: m.Programme, Person: m.Person}, Round: m.Round}
	for nth := range round.Reminders + 1 {
		t, err := c.Signin.Invite(ctx, i, "mail "+strconv.Itoa(nth), post.LinkEnds(a.Round.Closes))
		if err != nil {
			return "", err
		}
		if nth == m.Nth {
			token = t
		}
	}
	return token, nil
}
