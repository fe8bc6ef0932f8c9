package main

import (
	"crypto/ecdh"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/cmd/koersvast/internal/station"
	"koersvast/domain"
	"koersvast/domain/programme"
	"koersvast/domain/round"
	"koersvast/eventstore"
	"koersvast/eventstore/ballotbox"
	"koersvast/eventstore/ballotbox/ballot"
	"koersvast/projections"
	"koersvast/projections/rounds"
)

// A poll is a round about Sam that Lea has opened, with Cor as its coach. It
// stands in a data folder of its own.
type poll struct {
	t       *testing.T
	storage storage
	coach   *ecdh.PrivateKey
	acts    int
}

const (
	pollIn = domain.ProgrammeID("tij")
	pollID = domain.RoundID("r1")
)

// pollStaff are the employees who are asked; three of them must answer.
var pollStaff = []domain.PersonID{"eva", "emil", "esra", "elin", "evert"}

var pollQuestions = []round.Question{
	{ID: "ask", Scale: round.HearSee, Text: "Sam vraagt door voordat hij zelf een oplossing geeft."},
	{ID: "share", Scale: round.Often, Text: "Sam deelt op maandag wat wel en niet is besloten, <ook> als het \"nee\" is."},
	{ID: "more", Scale: round.Words, Text: "Wat kan Sam vaker doen?"},
}

func newPoll(t *testing.T) *poll {
	t.Helper()
	coach, err := ballot.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	p := &poll{t: t, storage: storage{Data: filepath.Join(t.TempDir(), "data")}, coach: coach}
	p.inside(func(a *app) {
		today := domain.DayOf(time.Now())
		team := programme.AddPeople{Programme: pollIn, People: []programme.NewPerson{
			{ID: "sam", Name: "Sam de Groot", Roles: []domain.Role{domain.MT}},
			{ID: "cor", Name: "Cor Bakker", Roles: []domain.Role{domain.Coach}},
			{ID: "olga", Name: "Olga Prins", Roles: []domain.Role{domain.Employee}},
		}}
		var raters []round.Rater
		for _, id := range pollStaff {
			team.People = append(team.People, programme.NewPerson{ID: id, Name: "Medewerker " + string(id), Roles: []domain.Role{domain.Employee}})
			raters = append(raters, round.Rater{Person: id, Group: domain.Staff})
		}
		least := domain.Thresholds{Peers: 3, Leaders: 3, Staff: 3}
		p.do(a, "lea", eventstore.Do(programme.Start{ID: pollIn, Name: "Tij", Lead: "lea", LeadName: "Lea Vos"}))
		p.do(a, "lea", eventstore.Do(team))
		p.do(a, "lea", eventstore.Do(round.Plan{
			ID: pollID, Kind: domain.Check, Subject: "sam", Coach: "cor", Promise: "p1", Questions: pollQuestions,
			Opens: today, Closes: today.Add(7), Thresholds: least,
		}))
		p.do(a, "lea", eventstore.Do(round.ApproveRaters{ID: pollID, Raters: raters}))
		open, err := a.station.Open(station.Opening{
			ID: pollID, Raters: append(raters, round.Rater{Person: "sam", Group: domain.Self}), Thresholds: least,
			Questions: pollQuestions, Coach: encode(coach.PublicKey().Bytes()),
		})
		if err != nil {
			t.Fatal(err)
		}
		p.do(a, "lea", eventstore.Do(open))
	})
	return p
}

// inside opens the programme's own parts, for as long as f takes.
func (p *poll) inside(f func(*app)) {
	p.t.Helper()
	a, err := openApp(p.t.Context(), p.storage, logging{}.logger(p.t.Output()))
	if err != nil {
		p.t.Fatal(err)
	}
	f(a)
	if err := a.Close(); err != nil {
		p.t.Fatal(err)
	}
}

// do does something outside the web.
func (p *poll) do(a *app, by domain.PersonID, steps ...eventstore.Step) {
	p.t.Helper()
	p.acts++
	act := domain.Act{ID: domain.ActID(fmt.Sprint("poll-", p.acts)), Programme: pollIn, By: by, At: time.Now()}
	pos, err := eventstore.ExecuteAll(p.t.Context(), a.store, act, steps...)
	if err == nil {
		err = p.caughtUp(a, pos)
	}
	if err != nil {
		p.t.Fatal(err)
	}
}

// caughtUp waits until the read models know a position, or brings them there
// when nothing else does.
func (p *poll) caughtUp(a *app, pos domain.Position) error {
	if a.stop != nil {
		return a.views.Wait(p.t.Context(), pos)
	}
	return a.views.CatchUp(p.t.Context(), a.log)
}

// code is a personal code of somebody.
func (p *poll) code(a *app, who domain.PersonID) string {
	p.t.Helper()
	code, err := a.signin.Issue(p.t.Context(), signin.Who{Programme: pollIn, Person: who})
	if err != nil {
		p.t.Fatal(err)
	}
	return code
}

// release closes the round and makes known what came out, as its coach does
// on the last day.
func (p *poll) release(a *app) {
	p.t.Helper()
	today := domain.DayOf(time.Now())
	later := domain.Act{ID: "poll-close", Programme: pollIn, By: "cor", At: today.Add(7).Start().Add(9 * time.Hour)}
	if _, err := eventstore.Execute(p.t.Context(), a.store, later, round.Close{ID: pollID}); err != nil {
		p.t.Fatal(err)
	}
	if err := a.views.CatchUp(p.t.Context(), a.log); err != nil {
		p.t.Fatal(err)
	}
	closing := station.Closing{
		Programme: pollIn, ID: pollID, Kind: domain.Check, Questions: pollQuestions,
		Thresholds: domain.Thresholds{Peers: 3, Leaders: 3, Staff: 3}, Raters: []round.Rater{{Person: "sam", Group: domain.Self}},
	}
	for _, id := range pollStaff {
		closing.Raters = append(closing.Raters, round.Rater{Person: id, Group: domain.Staff})
	}
	var sealed domain.Bytes
	err := a.views.Read(p.t.Context(), func(r projections.Reader, _ domain.Position) (err error) {
		if sealed, err = rounds.SealedKeyOf(p.t.Context(), r, pollIn, pollID); err != nil {
			return err
		}
		boxes, err := rounds.Boxes(p.t.Context(), r, pollIn, pollID)
		for _, b := range boxes {
			closing.Boxes = append(closing.Boxes, round.Box{Group: b.Group, ID: b.ID, Manifest: b.Manifest})
		}
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	key, err := station.OpenKey(p.coach, pollID, sealed)
	if err != nil {
		p.t.Fatal(err)
	}
	outcome, err := a.station.Count(p.t.Context(), closing, key)
	if err != nil {
		p.t.Fatal(err)
	}
	later.ID = "poll-release"
	if _, err := eventstore.Execute(p.t.Context(), a.store, later, round.Release{ID: pollID, Outcome: outcome}); err != nil {
		p.t.Fatal(err)
	}
	if err := a.views.CatchUp(p.t.Context(), a.log); err != nil {
		p.t.Fatal(err)
	}
}

// box is the ballot box of the employees.
func (p *poll) box(a *app) *ballotbox.Box {
	p.t.Helper()
	var boxes []rounds.Box
	err := a.views.Read(p.t.Context(), func(r projections.Reader, _ domain.Position) (err error) {
		boxes, err = rounds.Boxes(p.t.Context(), r, pollIn, pollID)
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	i := slices.IndexFunc(boxes, func(b rounds.Box) bool { return b.Group == domain.Staff })
	box, err := a.station.Box(boxes[i].ID)
	if err != nil {
		p.t.Fatal(err)
	}
	return box
}

// envelopes are the codes of those whom some employees draw.
func (p *poll) envelopes(a *app, of ...domain.PersonID) []string {
	p.t.Helper()
	box := p.box(a)
	for _, who := range of {
		if err := box.TakeEnvelope(who); err != nil {
			p.t.Fatal(err)
		}
	}
	codes, err := box.Envelopes(len(of))
	if err != nil {
		p.t.Fatal(err)
	}
	return codes
}
