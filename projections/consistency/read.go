package consistency

import (
	"cmp"
	"context"
	"slices"

	"koersvast/domain"
	"koersvast/domain/promise"
	"koersvast/projections"
	"koersvast/projections/coachings"
	"koersvast/projections/councils"
	"koersvast/projections/evidence"
	"koersvast/projections/expectations"
	"koersvast/projections/people"
	"koersvast/projections/promises"
	"koersvast/projections/rounds"
	"koersvast/projections/strategies"
)

// Read returns what the read models say of a programme. With a reader of the
// past, and the day that it is of, it is the situation of then. However much
// there is to read, the number of questions is the same.
func Read(ctx context.Context, r projections.Reader, in domain.ProgrammeID, today domain.Day) (Situation, error) {
	p, err := people.TheProgramme(ctx, r, in)
	s := Situation{Programme: in, Started: p.Started, Today: today}
	for _, part := range []func(context.Context, projections.Reader) error{
		s.readPeople, s.readSheet, s.readPromises, s.readExpectations, s.readRounds, s.readCoachings, s.readEvidence, s.readCouncil,
	} {
		if err == nil {
			err = part(ctx, r)
		}
	}
	return s, err
}

func (s *Situation) readPeople(ctx context.Context, r projections.Reader) error {
	all, err := people.Members(ctx, r, s.Programme)
	s.People = each(all, func(p people.Member) Person {
		return Person{ID: p.ID, Roles: p.Roles, Team: p.Team, Manager: p.Manager, Joined: p.Joined, Gone: p.Gone}
	})
	return err
}

func (s *Situation) readSheet(ctx context.Context, r projections.Reader) error {
	pillars, err := strategies.Pillars(ctx, r, s.Programme)
	if err != nil {
		return err
	}
	s.Pillars = each(pillars, func(p strategies.Part) Pillar {
		return Pillar{ID: domain.PillarID(p.ID), Status: p.Status, Since: p.Since}
	})
	behaviours, err := strategies.Behaviours(ctx, r, s.Programme)
	s.Behaviours = each(behaviours, func(b strategies.Part) Behaviour {
		return Behaviour{
			ID: domain.BehaviourID(b.ID), Pillar: b.Pillar, Whose: b.Whose, Counter: b.Counter, Status: b.Status, Since: b.Since,
		}
	})
	return err
}

func (s *Situation) readPromises(ctx context.Context, r projections.Reader) error {
	all, err := promises.Everything(ctx, r, s.Programme)
	if err != nil {
		return err
	}
	s.Promises = each(all, promiseOf)
	turns, err := promises.Turns(ctx, r, s.Programme)
	at := map[domain.PromiseID]*Promise{}
	for i := range s.Promises {
		at[s.Promises[i].ID] = &s.Promises[i]
	}
	for _, t := range turns {
		at[t.Promise].turn(t)
	}
	return err
}

func promiseOf(p promises.Promise) Promise {
	clear, erased := clarity(p)
	return Promise{
		ID: p.ID, By: p.By, RecordedBy: p.RecordedBy, FromMT: p.FromMT, Pillar: p.Pillar, Answers: p.Expectation,
		To: p.To, Behaviours: p.Behaviours, Due: p.Due, Rhythm: p.Rhythm, Status: p.Status, Since: p.Since, Said: p.Said,
		Clear: clear, Erased: erased,
		Explained: p.Explained, Repair: p.Repair == nil || *p.Repair != "", RepairDue: p.RepairDue,
	}
}

// clarity returns how many things the words of a promise make clear.
func clarity(p promises.Promise) (n int, erased bool) {
	if p.Wording == nil || p.Situation == nil || p.Frequency == nil || p.Noticed == nil {
		return 0, true
	}
	c := promise.Check(promise.Terms{Wording: *p.Wording, Situation: *p.Situation, Frequency: *p.Frequency, Noticed: *p.Noticed})
	for _, clear := range []bool{c.Who, c.Verb, c.Situation, c.Frequency, c.Noticed} {
		if clear {
			n++
		}
	}
	return n, false
}

// turn adds what happened to a promise.
func (p *Promise) turn(t promises.Turn) {
	switch t.Fact {
	case promise.Made{}.EventName(), promise.Accepted{}.EventName():
		p.Active = t.Day
	case promise.Reworded{}.EventName():
		p.Reworded = append(p.Reworded, t.Day)
	case promise.Moved{}.EventName():
		if t.Was != "" && (t.Due == "" || t.Due > t.Was) {
			p.PutOff = append(p.PutOff, t.Day)
		}
	case promise.Withdrawn{}.EventName():
		p.Reason = t.Reason
	case promise.Reopened{}.EventName():
		p.Reason = 0
	}
}

func (s *Situation) readExpectations(ctx context.Context, r projections.Reader) error {
	all, err := expectations.Everything(ctx, r, s.Programme)
	s.Expectations = each(all, func(e expectations.Expectation) Expectation {
		return Expectation{ID: e.ID, FromMT: e.FromMT, Of: e.Of, Pillar: e.Pillar, Said: e.Said, Status: e.Status, Since: e.Since}
	})
	return err
}

func (s *Situation) readRounds(ctx context.Context, r projections.Reader) error {
	all, err := rounds.Everything(ctx, r, s.Programme)
	s.Rounds = each(all, roundOf)
	return err
}

func roundOf(w rounds.Whole) Round {
	r := Round{
		ID: w.ID, Kind: w.Kind, Subject: w.Subject, Coach: w.Coach, Promise: w.Promise, Questions: w.Questions, Thresholds: w.Thresholds,
		Status: w.Status, Since: w.Since, Opens: w.Opens, Closes: w.Closes, Closed: w.Closed, Report: w.Report, Wordless: w.Wordless,
		Read: w.Read, Debriefed: w.Debriefed, Waived: w.Waived, Shared: w.Shared, Letter: w.Letter == nil || *w.Letter != "",
	}
	for i := range r.Questions {
		r.Questions[i].Text = ""
	}
	for _, x := range w.Raters {
		r.Raters = append(r.Raters, x.Rater)
		if x.Declined {
			r.Declined = append(r.Declined, x.Person)
		}
	}
	return r
}

func (s *Situation) readCoachings(ctx context.Context, r projections.Reader) error {
	all, err := coachings.Everything(ctx, r, s.Programme)
	s.Coachings = each(all, func(w coachings.Whole) Coaching {
		return Coaching{
			ID: w.ID, Coach: w.Coach, Coachee: w.Coachee, Sponsor: w.Sponsor, Agreed: w.Since, Closed: w.Closed,
			Sessions: each(w.Sessions, func(m coachings.Meeting) Session { return Session(m) }),
			Goals: each(w.Goals, func(a coachings.Aim) Goal {
				return Goal{
					ID: a.ID, Set: a.SetOn, Active: a.Status == coachings.Active, Progress: a.Last,
					Behaviour: a.Behaviour, Promise: a.Promise, Round: a.Round, Shared: a.Shared,
				}
			}),
		}
	})
	return err
}

func (s *Situation) readEvidence(ctx context.Context, r projections.Reader) error {
	sources, err := evidence.Sources(ctx, r, s.Programme)
	if err != nil {
		return err
	}
	slices.SortFunc(sources, func(a, b evidence.Source) int { return cmp.Compare(a.Place, b.Place) })
	s.Sources = each(sources, func(x evidence.Source) Source {
		return Source{
			ID: x.ID, Kind: x.Kind, Document: x.Document, Group: x.Group, Independent: x.Independent, Day: x.Day, Status: x.Status, Recording: x.Recording,
		}
	})
	s.Fragments, err = evidence.Coded(ctx, r, s.Programme)
	return err
}

func (s *Situation) readCouncil(ctx context.Context, r projections.Reader) error {
	c, err := councils.TheCouncil(ctx, r, s.Programme)
	s.Council = c.Stand()
	return err
}

// each returns what f makes of each of a list.
func each[T, U any](list []T, f func(T) U) []U {
	made := make([]U, len(list))
	for i, x := range list {
		made[i] = f(x)
	}
	return made
}
