package post

import (
	"context"
	"html/template"
	"slices"
	"strings"
	"time"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
	"koersvast/domain/round"
	"koersvast/projections"
	"koersvast/projections/people"
	"koersvast/projections/rounds"
)

// An Asking is what there is to say in a message, as things are when it is
// sent. Names that were erased are nil.
type Asking struct {
	Message   Message
	Programme string
	Round     rounds.Round
	Group     domain.RaterGroup
	To        people.Person // to whom it goes
	Asker     people.Person // who planned the round
	Subject   *string
	Coach     *string
	Box       round.BoxID // of the group

	// Pointless says that nobody is to be asked any more: the round is not
	// open, or they have left or would rather not answer.
	Pointless bool
}

// Ask returns what there is to say in a message.
func Ask(ctx context.Context, read projections.Reader, m Message, today domain.Day) (a Asking, err error) {
	a.Message = m
	if a.Round, err = rounds.TheRound(ctx, read, m.Programme, m.Round); err != nil {
		return a, err
	}
	if a.To, err = people.ThePerson(ctx, read, m.Programme, m.Person); err != nil {
		return a, err
	}
	if a.Asker, err = people.ThePerson(ctx, read, m.Programme, a.Round.PlannedBy); err != nil {
		return a, err
	}
	p, err := people.TheProgramme(ctx, read, m.Programme)
	if err != nil {
		return a, err
	}
	names, err := people.Names(ctx, read, m.Programme)
	if err != nil {
		return a, err
	}
	a.Programme, a.Subject, a.Coach = p.Name, names.Person(a.Round.Subject), names.Person(a.Round.Coach)

	raters, err := rounds.Raters(ctx, read, m.Programme, m.Round)
	if err != nil {
		return a, err
	}
	i := slices.IndexFunc(raters, func(r rounds.Rater) bool { return r.Person == m.Person })
	if i >= 0 {
		a.Group = raters[i].Group
	}
	a.Pointless = i < 0 || raters[i].Declined || a.To.Gone != "" || a.Round.Status != round.StatusOpen || a.Round.Closes < today
	boxes, err := rounds.Boxes(ctx, read, m.Programme, m.Round)
	for _, b := range boxes {
		if b.Group == a.Group {
			a.Box = b.ID
		}
	}
	return a, err
}

// Email is the address of who gets it, nothing if they have none.
func (a Asking) Email() string {
	if a.To.Email == nil {
		return ""
	}
	return *a.To.Email
}

// mayDecline reports whether they can say that they would rather not answer,
// and so get no more reminders. Whom a round is about cannot.
func (a Asking) mayDecline() bool { return a.Group != domain.Self }

// Write returns what is asked as a letter, in its envelope, which has yet to be
// named.
func (a Asking) Write(ctx context.Context, in i18n.Lang, to Links) (Envelope, Letter) {
	ctx = i18n.In(ctx, in)
	e := Envelope{To: a.Email(), Sender: a.Programme}
	if a.Asker.Name != nil {
		e.Sender = i18n.T(ctx, "mail.sender", "Name", *a.Asker.Name)
	}
	if a.Asker.Email != nil {
		e.ReplyTo = *a.Asker.Email
	}
	if a.Message.Nth != Invitation && a.mayDecline() {
		e.Unsubscribe = to.Answer
	}
	return e, a.letter(ctx, to)
}

// A Letter is what somebody reads.
type Letter struct {
	Lang    i18n.Lang
	Subject string
	Before  []string // paragraphs
	Do      string   // what there is to do, and where
	Link    string
	After   []string
	Ask     string // what else one may want to know, and where
	Privacy string
	From    []string // lines
}

// letter says what is asked, in the language of ctx: who asks, about whom, why,
// how long it takes, until when, who sees what, and that it is voluntary.
func (a Asking) letter(ctx context.Context, to Links) Letter {
	name := func(n *string) string {
		if n == nil {
			return i18n.T(ctx, "person.erased")
		}
		return *n
	}
	subject, coach, asker := name(a.Subject), name(a.Coach), name(a.Asker.Name)
	whose := "other"
	if a.Group == domain.Self {
		whose = "self"
	}
	sees := "group"
	if a.Group == domain.Self || a.Group == domain.Superior {
		sees = string(a.Group)
	}
	kind := string(a.Round.Kind) + "." + whose
	l := Letter{
		Lang: i18n.Of(ctx), Subject: i18n.T(ctx, "answer.title."+kind, "Name", subject),
		Do: i18n.T(ctx, "mail.do"), Link: to.Answer,
		Ask: i18n.T(ctx, "mail.privacy"), Privacy: to.Privacy,
		From: []string{asker, i18n.T(ctx, "mail.from", "Programme", a.Programme)},
	}
	if a.To.Name != nil {
		first, _, _ := strings.Cut(*a.To.Name, " ")
		l.Before = append(l.Before, i18n.T(ctx, "mail.greeting", "Name", first))
	}
	takes := i18n.T(ctx, "mail.takes", "n", int((round.Takes(a.Round.Questions)+time.Minute-1)/time.Minute), "Day", i18n.LongDate(ctx, a.Round.Closes))
	asks := i18n.T(ctx, "mail.asks."+kind, "Name", subject, "Asker", asker)
	switch a.Message.Nth {
	case Invitation:
		l.Before = append(l.Before, asks, i18n.T(ctx, "mail.why."+whose, "Name", subject), takes)
		confidence := []string{i18n.T(ctx, "mail.coach", "Coach", coach), i18n.T(ctx, "answer.sees."+sees, "Name", subject, "Coach", coach)}
		if least := a.Round.Thresholds.Of(a.Group); least > 1 {
			confidence = append(confidence, i18n.T(ctx, "mail.least", "n", least))
		}
		confidence = append(confidence, i18n.T(ctx, "mail.confidence"))
		l.Before = append(l.Before, strings.Join(confidence, " "), i18n.T(ctx, "mail.voluntary"))
	default:
		l.Subject = i18n.T(ctx, "mail.reminder", "Subject", l.Subject)
		l.Before = append(l.Before, i18n.T(ctx, "mail.reminds")+" "+asks, takes, i18n.T(ctx, "mail.done_already"))
		reminders := i18n.T(ctx, "mail.reminders", "n", a.Message.Nth, "Most", round.Reminders)
		if a.mayDecline() {
			reminders += " " + i18n.T(ctx, "mail.no_more")
		}
		l.After = append(l.After, reminders)
	}
	if to.Own {
		l.After = append(l.After, i18n.T(ctx, "mail.own_link"))
	} else {
		l.After = append(l.After, i18n.T(ctx, "mail.own_code"))
	}
	return l
}

// Text is the letter without any make-up.
func (l Letter) Text() string {
	parts := slices.Concat(l.Before, []string{l.Do + ":\n" + l.Link}, l.After, []string{l.Ask + "\n" + l.Privacy}, []string{strings.Join(l.From, "\n")})
	return strings.Join(parts, "\n\n") + "\n"
}

// html has its styles in it: most programs for mail take no others.
var html = template.Must(template.New("").Parse(`<!DOCTYPE html>
<html lang="{{.Lang}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>{{.Subject}}</title></head>
<body style="font: 16px/1.5 sans-serif; max-width: 36em; margin: 0 auto; padding: 16px">
{{range .Before}}<p>{{.}}</p>
{{end}}<p style="margin: 24px 0"><a href="{{.Link}}" style="display: inline-block; padding: 12px 20px; border-radius: 6px; background: #1B2430; color: #FFFFFF; font-weight: 600; text-decoration: none">{{.Do}}</a></p>
{{range .After}}<p>{{.}}</p>
{{end}}<p><a href="{{.Privacy}}" style="color: inherit">{{.Ask}}</a></p>
<p>{{range $i, $line := .From}}{{if $i}}<br>{{end}}{{$line}}{{end}}</p>
</body></html>
`))

// HTML is the letter for who reads mail as pages.
func (l Letter) HTML() (string, error) {
	var b strings.Builder
	err := html.Execute(&b, l)
	return b.String(), err
}
