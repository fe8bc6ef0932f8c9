package web

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"koersvast/cmd/koersvast/internal/post"
	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/projections/people"
	"koersvast/projections/rounds"
)

// postRoutes are how people hear that they are asked something: by mail, by
// hand, on cards, and by envelopes for who has no device.
func (s *Server) postRoutes() {
	s.invitationRoutes()
	question(s, Question[struct{}, outbox]{
		Path: "/outbox", Doc: "Invitations and reminders that wait to be sent by hand",
		Action: access.RoundPlan, Menu: "nav.outbox", Present: true,
		Ask: s.askOutbox, Page: outboxPage,
	})
	command(s, Command[sentIn]{
		Path: "/outbox/sent", Doc: "Say that messages were sent by hand", Action: access.RoundPlan,
		Do: func(ctx context.Context, a Asker, in sentIn) (Steps, error) {
			for _, id := range in.Body.Messages {
				if err := s.Outbox.Sent(ctx, a.Programme, id); err != nil {
					return nil, err
				}
			}
			return nil, nil
		},
		Form: "/outbox", Next: "/outbox",
	})
	s.cardRoutes()
}

type sentIn struct {
	Body struct {
		Messages []string `json:"messages" doc:"Their ids"`
	}
}

// An outbox is what waits for somebody's hand. Where mail goes by itself, that
// is what it cannot bring. Who gets a reminder by hand is everybody: the one
// who brings it is not told who has answered.
type outbox struct {
	Mails bool     `json:"mails" doc:"Whether mail goes by itself to who has an address"`
	Waits []letter `json:"waits"`

	names people.Directory
}

// A letter is a message as it can be brought.
type letter struct {
	post.Message
	Email   string `json:"email,omitempty"`
	Subject string `json:"subject"`
	Text    string `json:"text"`

	round rounds.Round
}

func (s *Server) askOutbox(ctx context.Context, a Asker, _ struct{}) (o outbox, err error) {
	o.Mails, o.Waits = s.Mails, []letter{}
	open, err := s.Outbox.Open(ctx, a.Programme)
	if err != nil {
		return o, err
	}
	for _, m := range open {
		asking, err := post.Ask(ctx, a.Read, m, a.Act.Today())
		if err != nil {
			return o, err
		}
		if asking.Pointless || s.Mails && asking.Email() != "" && m.State != post.Failed {
			continue
		}
		lang, err := s.Signin.Language(ctx, whoIs(a, m.Person))
		if err != nil {
			return o, err
		}
		e, l := asking.Write(ctx, i18n.Choose(lang, ""), post.LinksTo(s.publicHome(), m.Round))
		o.Waits = append(o.Waits, letter{m, e.To, l.Subject, l.Text(), asking.Round})
	}
	o.names, err = people.Names(ctx, a.Read, a.Programme)
	slices.SortStableFunc(o.Waits, func(x, y letter) int {
		return strings.Compare(said(o.names.Person(x.Person)).Text, said(o.names.Person(y.Person)).Text)
	})
	return o, err
}

// batches are what waits, by round and by which message it is.
func (o outbox) batches() (all [][]letter) {
next:
	for _, l := range o.Waits {
		for i, batch := range all {
			if batch[0].Round == l.Round && batch[0].Nth == l.Nth {
				all[i] = append(batch, l)
				continue next
			}
		}
		all = append(all, []letter{l})
	}
	return all
}

// mailto is the address with which somebody's own mail program writes it.
func (l letter) mailto() string {
	q := "subject=" + url.PathEscape(l.Subject) + "&body=" + url.PathEscape(strings.ReplaceAll(l.Text, "\n", "\r\n"))
	return (&url.URL{Scheme: "mailto", Opaque: url.PathEscape(l.Email), RawQuery: q}).String()
}

func (l letter) title(ctx context.Context) string {
	until := i18n.Date(ctx, l.round.Closes)
	if l.Nth == post.Invitation {
		return i18n.T(ctx, "outbox.invitation", "Day", until)
	}
	return i18n.T(ctx, "outbox.reminder", "n", l.Nth, "Day", until)
}

// sentForm says of messages that they were sent.
func sentForm(v View, letters ...letter) Form {
	f := v.Form("/outbox/sent")
	f.ID += "-" + letters[0].ID + "-" + strconv.Itoa(len(letters))
	for _, l := range letters {
		f = f.with("messages", l.ID)
	}
	return f
}

// whoIs is somebody of the asker's programme, as sessions and codes know them.
func whoIs(a Asker, p domain.PersonID) signin.Who {
	return signin.Who{Programme: a.Programme, Person: p}
}

// publicHome is where people find the server, as far as it knows.
func (s *Server) publicHome() *url.URL {
	if s.Public == nil {
		return &url.URL{Path: "/"}
	}
	return s.Public
}
