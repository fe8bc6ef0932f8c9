package web

import (
	"context"
	"slices"
	"strings"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/promise"
	"koersvast/domain/strategy"
	"koersvast/projections/coachings"
	"koersvast/projections/councils"
	"koersvast/projections/expectations"
	"koersvast/projections/history"
	"koersvast/projections/people"
	"koersvast/projections/promises"
	"koersvast/projections/strategies"
)

// todayRoutes are the first page: what asks something of who looks.
func (s *Server) todayRoutes() {
	question(s, Question[struct{}, agenda]{
		Path: "/today", Doc: "What asks something of you, what is expected of you, and what happened lately",
		Action: access.TodayRead, Nav: "nav.today",
		Ask: s.askToday, Page: todayPage,
	})
}

// latelyLength is how many of the newest facts the first page tells.
const latelyLength = 8

// An agenda is what asks something of one person, and what is new.
type agenda struct {
	Promises []promises.Promise         `json:"promises" doc:"Your promises that stand open or ask something of you, the first due first"`
	Waiting  []expectations.Expectation `json:"waiting" doc:"Expectations that wait for you"`
	Consent  *councils.Question         `json:"consent,omitempty" doc:"What waits for an answer of the works council, for its members"`
	Coaching []coachings.Coaching       `json:"coaching" doc:"Contracts that wait for your yes, and coachings of which a session is over that nobody has said took place"`
	Rounds   []roundTask                `json:"rounds" doc:"What rounds ask of you"`
	Due      int                        `json:"due,omitempty" doc:"How many promises are due to be checked, for who plans checks"`
	Outbox   bool                       `json:"outbox,omitempty" doc:"Whether messages wait to be sent by hand, for who plans rounds"`
	ToMe     []promises.Promise         `json:"to_you" doc:"What was promised to you, the newest first"`
	Lately   []history.Line             `json:"lately" doc:"What happened, the newest first"`
	Talk     []Point                    `json:"talk" doc:"What there is to talk about, five at most, what asks most first"`
	First    []firstStep                `json:"first_steps,omitempty" doc:"How a programme begins, for who leads it, until all of it has been done"`

	names people.Directory
}

func (s *Server) askToday(ctx context.Context, a Asker, _ struct{}) (t agenda, err error) {
	t.Promises, t.Waiting, t.ToMe, t.Lately = []promises.Promise{}, []expectations.Expectation{}, []promises.Promise{}, []history.Line{}
	if t.Promises, err = promises.Mine(ctx, a.Read, a.Programme, a.Person); err != nil {
		return t, err
	}
	if access.Can(a.Actor, access.ExpectationRead, a.all()) {
		if t.Waiting, err = expectations.Waiting(ctx, a.Read, a.Programme, a.Person, a.answers()); err != nil {
			return t, err
		}
	}
	if a.Is(domain.WorksCouncil) {
		c, err := councils.TheCouncil(ctx, a.Read, a.Programme)
		if err != nil {
			return t, err
		}
		if q, ok := c.Waits(); ok {
			t.Consent = &q
		}
	}
	if t.Coaching, err = coachingTasks(ctx, a); err != nil {
		return t, err
	}
	if t.Rounds, err = s.roundTasks(ctx, a); err != nil {
		return t, err
	}
	if access.Can(a.Actor, access.RoundPlan, a.all()) {
		if err := s.askPlanner(ctx, a, &t); err != nil {
			return t, err
		}
	}
	if access.Can(a.Actor, access.WallRead, a.all()) {
		if t.ToMe, err = promises.To(ctx, a.Read, a.Programme, a.sight(), 5); err != nil {
			return t, err
		}
	}
	if access.Can(a.Actor, access.HistoryRead, a.all()) {
		if t.Lately, err = history.Lines(ctx, a.Read, a.Programme, a.readsAbout(), history.Filter{Limit: latelyLength}); err != nil {
			return t, err
		}
	}
	if t.Talk, err = s.firstTalk(ctx, a); err != nil {
		return t, err
	}
	if t.First, err = firstSteps(ctx, a); err != nil {
		return t, err
	}
	t.names, err = people.Names(ctx, a.Read, a.Programme)
	return t, err
}

// askPlanner adds what rounds ask of who plans them.
func (s *Server) askPlanner(ctx context.Context, a Asker, t *agenda) error {
	checks, err := dueChecks(ctx, a)
	if err != nil {
		return err
	}
	for _, c := range checks {
		if c.Due <= a.today() {
			t.Due++
		}
	}
	if a.On != "" {
		return nil // the outbox has no past
	}
	o, err := s.askOutbox(ctx, a, struct{}{})
	t.Outbox = len(o.Waits) > 0
	return err
}

// A firstStep is one of the things with which a programme begins.
type firstStep struct {
	Name string `json:"name" enum:"strategy,people,promise"`
	Done bool   `json:"done"`
	Href string `json:"-"`
}

// firstSteps are how a programme begins, for who leads it: none once all of
// them have been done.
func firstSteps(ctx context.Context, a Asker) ([]firstStep, error) {
	if !access.Can(a.Actor, access.ProgrammeRun, a.all()) {
		return nil, nil
	}
	pillars, err := strategies.Standing(ctx, a.Read, a.Programme)
	if err != nil {
		return nil, err
	}
	adopted := func(p strategies.Part) bool { return p.Status == strategy.StatusAdopted }
	persons, err := people.List(ctx, a.Read, a.Programme, people.Filter{})
	if err != nil {
		return nil, err
	}
	said, err := promises.Wall(ctx, a.Read, a.Programme, a.sight(), promises.Filter{Limit: 1})
	if err != nil {
		return nil, err
	}
	first := "/promises/propose"
	if access.Can(a.Actor, access.PromiseMake, a.all()) {
		first = "/promises/new"
	}
	steps := []firstStep{
		{"strategy", slices.ContainsFunc(pillars, adopted), "/strategy"},
		{"people", len(persons) > 1, "/people"},
		{"promise", len(said) > 0, first},
	}
	if !slices.ContainsFunc(steps, func(s firstStep) bool { return !s.Done }) {
		return nil, nil
	}
	return steps, nil
}

// answers are the parties for whom the asker can answer an expectation.
func (a Asker) answers() []domain.Party {
	return slices.DeleteFunc(a.Parties(), func(p domain.Party) bool {
		return !access.Can(a.Actor, access.ExpectationAnswer, access.Resource{Programme: a.Programme, For: []domain.Party{p}})
	})
}

// nudge says what a promise of one's own asks now, as the id of a sentence;
// nothing when it only runs.
func nudge(p promises.Promise, on domain.Day) string {
	switch {
	case p.Status == promise.StatusProposed:
		return "today.nudge.answer"
	case p.Status == promise.StatusWithdrawn:
		return "today.nudge.explain"
	case p.Status == promise.StatusBroken && p.RepairDue == "":
		return "today.nudge.repair"
	case p.Status == promise.StatusBroken:
		return "today.nudge.repaired"
	case p.Due != "" && p.Due < on:
		return "today.nudge.judge"
	}
	return ""
}

// split tells the promises that ask something now from those that only run.
func (t agenda) split(on domain.Day) (asking, running []promises.Promise) {
	for _, p := range t.Promises {
		if nudge(p, on) != "" {
			asking = append(asking, p)
		} else {
			running = append(running, p)
		}
	}
	return asking, running
}

// asks counts what asks something of who looks.
func (t agenda) asks(on domain.Day) int {
	asking, _ := t.split(on)
	n := len(asking) + len(t.Waiting) + len(t.Coaching) + len(t.Rounds)
	for _, waits := range []bool{t.Due > 0, t.Outbox} {
		if waits {
			n++
		}
	}
	if t.Consent != nil {
		n++
	}
	return n
}

func (t agenda) greeting(ctx context.Context, v View) string {
	if v.Asker.Name == nil {
		return i18n.T(ctx, "today.title")
	}
	first, _, _ := strings.Cut(*v.Asker.Name, " ")
	return i18n.T(ctx, "today.greeting", "Name", first)
}

// lede says in one sentence what the day asks.
func (t agenda) lede(ctx context.Context, on domain.Day) string {
	_, running := t.split(on)
	switch n := t.asks(on); {
	case n > 0:
		return i18n.T(ctx, "today.lede.asks", "n", n)
	case len(running) > 0:
		return i18n.T(ctx, "today.lede.runs", "n", len(running))
	case len(t.First) > 0:
		return i18n.T(ctx, "today.lede.first")
	}
	return i18n.T(ctx, "today.lede.nothing")
}

// rows are promises in a list; whose they are is left out when it is evident.
func (t agenda) rows(ctx context.Context, on domain.Day, list []promises.Promise, others bool) []PromiseRow {
	rows := make([]PromiseRow, len(list))
	for i, p := range list {
		rows[i] = promiseRow(ctx, t.names, on, p)
		if !others {
			rows[i].By = ""
		}
	}
	return rows
}
