package web

import (
	"context"
	"slices"
	"sync"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/projections/coachings"
	"koersvast/projections/consistency"
	"koersvast/projections/consistency/questions"
	"koersvast/projections/evidence"
	"koersvast/projections/expectations"
	"koersvast/projections/people"
	"koersvast/projections/promises"
	"koersvast/projections/rounds"
	"koersvast/projections/strategies"
)

// A thing is what a question speaks of, as the asker reads it.
type thing struct {
	kind string
	name string // what it is called, or what it says
	href string // none when it has no page, or the asker may not open it
}

// A speaker says in the language of ctx what the rules find.
type speaker struct {
	ctx    context.Context
	things map[consistency.Object]thing
}

// Language implements [consistency.Voice].
func (v speaker) Language() string { return string(i18n.Of(v.ctx)) }

// Thing implements [consistency.Voice].
func (v speaker) Thing(o consistency.Object) string { return v.things[o].name }

// Number implements [consistency.Voice].
func (v speaker) Number(x float64) string { return i18n.Number(v.ctx, x) }

// Day implements [consistency.Voice].
func (v speaker) Day(d domain.Day) string { return i18n.LongDate(v.ctx, d) }

// thingsOf looks up all that questions speak of. Who may read a question may
// read what it speaks of; its page opens for who may open it.
func thingsOf(ctx context.Context, a Asker, list []questions.Question) (map[consistency.Object]thing, error) {
	l := lookup{ctx: ctx, asker: a}
	things := map[consistency.Object]thing{}
	for _, q := range list {
		of := slices.Concat([]consistency.Object{q.Object}, q.Evidence)
		for _, o := range q.Things {
			of = append(of, o)
		}
		for _, o := range of {
			if _, known := things[o]; known {
				continue
			}
			t, err := l.thing(o)
			if err != nil && domain.KindOf(err) != domain.NotFound {
				return nil, err
			}
			t.kind = o.Kind
			things[o] = t
		}
	}
	return things, nil
}

// A lookup finds out what things are called.
type lookup struct {
	ctx   context.Context
	asker Asker

	names *people.Directory
}

// thing looks up one. What is gone has no name.
func (l *lookup) thing(o consistency.Object) (thing, error) {
	ctx, a := l.ctx, l.asker
	opens := func(address string, do access.Action, r access.Resource) string {
		if !access.Can(a.Actor, do, r) {
			return ""
		}
		return address
	}
	switch o.Kind {
	case "programme":
		return thing{name: a.ProgrammeName}, nil
	case "pillar", "behaviour":
		p, err := strategies.ThePart(ctx, a.Read, a.Programme, o.Kind, o.ID)
		name := p.Name
		if name == "" {
			name = p.Text
		}
		return thing{name: name, href: opens(partAddress(p), access.StrategyRead, a.all())}, err
	case "promise":
		p, err := promises.ThePromise(ctx, a.Read, a.Programme, domain.PromiseID(o.ID))
		return thing{name: textOf(ctx, p.Wording), href: opens("/promises/"+o.ID, access.PromiseRead, promiseResource(a, p))}, err
	case "expectation":
		e, err := expectations.TheExpectation(ctx, a.Read, a.Programme, domain.ExpectationID(o.ID))
		return thing{name: textOf(ctx, e.Text), href: opens("/expectations/"+o.ID, access.ExpectationRead, resourceOf(a, e))}, err
	case "round":
		return l.round(domain.RoundID(o.ID))
	case "coaching":
		c, err := coachings.TheCoaching(ctx, a.Read, a.Programme, domain.CoachingID(o.ID))
		if err != nil {
			return thing{}, err
		}
		name, err := l.person(c.Coachee)
		return thing{
			name: i18n.T(ctx, "finding.thing.coaching", "Name", name),
			href: opens("/coaching/"+o.ID, access.CoachingTerms, c.Resource(a.Programme)),
		}, err
	case "goal":
		return l.goal(domain.GoalID(o.ID))
	case "person":
		name, err := l.person(domain.PersonID(o.ID))
		return thing{name: name}, err
	case "team":
		err := l.directory()
		return thing{name: l.names.Team(domain.TeamID(o.ID))}, err
	case "source":
		return l.source(domain.SourceID(o.ID))
	}
	return thing{name: i18n.T(ctx, "finding.thing."+o.Kind)}, nil
}

// textOf is a text in the middle of a sentence.
func textOf(ctx context.Context, text *string) string {
	if text == nil {
		return i18n.T(ctx, "text.erased")
	}
	return *text
}

func (l *lookup) directory() error {
	if l.names != nil {
		return nil
	}
	names, err := people.Names(l.ctx, l.asker.Read, l.asker.Programme)
	l.names = &names
	return err
}

func (l *lookup) person(id domain.PersonID) (string, error) {
	if err := l.directory(); err != nil {
		return "", err
	}
	return personName(l.ctx, *l.names, id), nil
}

func (l *lookup) round(id domain.RoundID) (thing, error) {
	a := l.asker
	r, err := rounds.TheRound(l.ctx, a.Read, a.Programme, id)
	if err != nil {
		return thing{}, err
	}
	raters, err := rounds.Raters(l.ctx, a.Read, a.Programme, id)
	if err == nil {
		err = l.directory()
	}
	if err != nil {
		return thing{}, err
	}
	t := thing{name: roundName(l.ctx, *l.names, r)}
	if access.Can(a.Actor, access.RoundRead, r.Resource(a.Programme, raters)) {
		t.href = "/rounds/" + string(id)
	}
	return t, nil
}

// goal looks up a learning goal, of which the words are for those only with
// whom it is shared.
func (l *lookup) goal(id domain.GoalID) (thing, error) {
	a := l.asker
	g, mayRead, err := coachings.TheGoal(l.ctx, a.Read, a.Programme, id, coachings.SightOf(a.Actor))
	if err != nil || !mayRead {
		return thing{name: i18n.T(l.ctx, "finding.thing.goal")}, err
	}
	return thing{name: textOf(l.ctx, g.Text), href: "/coaching/" + string(g.Coaching)}, nil
}

// source looks up a source of evidence. What it is called is for who codes.
func (l *lookup) source(id domain.SourceID) (thing, error) {
	a := l.asker
	if !access.Can(a.Actor, access.EvidenceCode, a.all()) {
		return thing{name: i18n.T(l.ctx, "finding.thing.source")}, nil
	}
	x, err := evidence.TheSource(l.ctx, a.Read, a.Programme, id)
	return thing{name: textOf(l.ctx, x.Title), href: "/evidence/" + string(id)}, err
}

// A looked remembers what the rules found last, of a few moments. It holds no
// texts, so that nothing in it outlives an erasure.
type looked struct {
	mu   sync.Mutex
	last []lookedOnce // the newest last
}

// lookedAt is what the rules looked at.
type lookedAt struct {
	programme domain.ProgrammeID
	at        domain.Position
	on        domain.Day
}

type lookedOnce struct {
	lookedAt
	all questions.All
}

// lookedKept is how many moments are remembered.
const lookedKept = 8

// at returns what was found at a moment, and looks if nobody did.
func (l *looked) at(moment lookedAt, look func() (questions.All, error)) (questions.All, error) {
	l.mu.Lock()
	for _, once := range l.last {
		if once.lookedAt == moment {
			l.mu.Unlock()
			return once.all, nil
		}
	}
	l.mu.Unlock()
	all, err := look()
	if err != nil {
		return all, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last = append(l.last, lookedOnce{moment, all})
	l.last = l.last[max(0, len(l.last)-lookedKept):]
	return all, nil
}
