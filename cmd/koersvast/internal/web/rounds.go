package web

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"koersvast/cmd/koersvast/internal/station"
	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/cmd/koersvast/internal/web/sheet"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/programme"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/eventstore"
	"koersvast/eventstore/ballotbox"
	"koersvast/projections/people"
	"koersvast/projections/promises"
	"koersvast/projections/rounds"
	"koersvast/projections/strategies"
)

// roundRoutes are the rounds in which people are asked what they notice: what
// is planned, who is asked, and how it stands. Answering is in ballot.go, what
// comes out in result.go.
func (s *Server) roundRoutes() {
	question(s, Question[struct{}, roundList]{
		Path: "/rounds", Doc: "The rounds that you have to do with, and which promises are due to be checked",
		Action: access.RoundsRead, Nav: "nav.rounds",
		Ask: s.askRounds, Page: roundsPage, Table: roundList.table,
	})
	question(s, Question[newRoundIn, newRound]{
		Path: "/rounds/new", Doc: "What there is to choose from when planning a round",
		Action: access.RoundPlan,
		Ask:    askNewRound, Page: newRoundPage,
	})
	question(s, Question[RoundIn, oneRound]{
		Path: "/rounds/{id}", Doc: "One round: what it asks, of whom, and how it stands",
		Action: access.RoundRead, Of: theRound[RoundIn],
		Ask: s.askRound, Page: roundPage,
	})
	question(s, Question[RoundIn, ratersForm]{
		Path: "/rounds/{id}/raters", Doc: "Who can be asked in a round",
		Action: access.RoundRead, Of: theRound[RoundIn],
		Ask: s.askRaters, Page: ratersPage,
	})
	for _, step := range roundSteps {
		question(s, Question[RoundIn, oneRound]{
			Path: "/rounds/{id}/" + step, Doc: "One round, to " + step + " it",
			Action: access.RoundPlan, Of: theRound[RoundIn],
			Ask: func(ctx context.Context, a Asker, in RoundIn) (oneRound, error) {
				r, err := s.askRound(ctx, a, in)
				r.step = step
				return r, err
			},
			Page: roundStepPage,
		})
	}

	command(s, Command[planIn]{
		Path: "/rounds/new", Doc: "Plan a round", Action: access.RoundPlan,
		Do: planRound, Form: "/rounds/new", Next: "/rounds/{id}/raters",
	})
	onRound(s, "propose", "Say whom you would have asked about you", access.RoundPropose, "raters", func(_ context.Context, _ Asker, in ratersIn) (Steps, error) {
		return Steps{eventstore.Do(round.ProposeRaters{ID: in.ID, Raters: in.raters()})}, nil
	})
	onRound(s, "approve", "Settle who is asked", access.RoundApprove, "raters", func(ctx context.Context, a Asker, in ratersIn) (Steps, error) {
		if err := there(ctx, a, in.raters()); err != nil {
			return nil, err
		}
		return Steps{eventstore.Do(round.ApproveRaters{ID: in.ID, Raters: in.raters()})}, nil
	})
	onRound(s, "open", "Open a round: from then on nothing about it changes", access.RoundPlan, "", s.openRound)
	onRound(s, "extend", "Give people more days to answer, once", access.RoundPlan, "extend", func(_ context.Context, _ Asker, in extendIn) (Steps, error) {
		return Steps{eventstore.Do(round.Extend{ID: in.ID, Closes: in.Body.Closes})}, nil
	})
	onRound(s, "cancel", "Give up a round, and why; its answers are destroyed unread", access.RoundPlan, "cancel", func(_ context.Context, _ Asker, in roundWhyIn) (Steps, error) {
		return Steps{eventstore.Do(round.Cancel{ID: in.ID, Why: in.Body.Why})}, nil
	})
}

// roundSteps are the forms of who plans rounds.
var roundSteps = []string{"extend", "cancel"}

// onRound declares a command about one round. Its form is that page below the
// round, or the round itself.
func onRound[In aboutRound](s *Server, verb, doc string, action access.Action, form string, do func(context.Context, Asker, In) (Steps, error)) {
	page := "/rounds/{id}"
	if form != "" {
		page += "/" + form
	}
	command(s, Command[In]{
		Path: "/rounds/{id}/" + verb, Doc: doc, Action: action, Of: theRound[In],
		Do: do, Form: page, Next: "/rounds/{id}",
	})
}

// aboutRound is an input that names a round.
type aboutRound interface {
	round() domain.RoundID
}

// A RoundIn names a round.
type RoundIn struct {
	ID domain.RoundID `path:"id"`
}

func (in RoundIn) round() domain.RoundID { return in.ID }

// theRound is what the rules of access look at.
func theRound[In aboutRound](ctx context.Context, a Asker, in In) (access.Resource, error) {
	r, err := rounds.TheRound(ctx, a.Read, a.Programme, in.round())
	if err != nil {
		return access.Resource{}, err
	}
	raters, err := rounds.Raters(ctx, a.Read, a.Programme, r.ID)
	return r.Resource(a.Programme, raters), err
}

type roundWhyIn struct {
	RoundIn
	Body struct {
		Why string `json:"why" doc:"The reason"`
	}
}

type extendIn struct {
	RoundIn
	Body struct {
		Closes domain.Day `json:"closes" doc:"The last day from now on"`
	}
}

// A roundList is what somebody has to do with.
type roundList struct {
	Asked  []rounds.Round `json:"asked" doc:"Open rounds in which you are asked, the one that closes first first"`
	Rounds []rounds.Round `json:"rounds" doc:"The newest first"`
	Due    []dueCheck     `json:"due" doc:"Promises and when they are to be checked, the first due first"`

	names people.Directory
}

// A dueCheck is a promise and the day on which it is to be checked again.
type dueCheck struct {
	Promise promises.Promise `json:"promise"`
	Last    domain.Day       `json:"last,omitempty" doc:"the day of the last check"`
	Due     domain.Day       `json:"due"`
}

func (s *Server) askRounds(ctx context.Context, a Asker, _ struct{}) (l roundList, err error) {
	if l.Asked, err = s.askedOf(ctx, a); err != nil {
		return l, err
	}
	if l.Rounds, err = rounds.List(ctx, a.Read, a.Programme, rounds.SightOf(a.Actor)); err != nil {
		return l, err
	}
	if l.Due, err = dueChecks(ctx, a); err != nil {
		return l, err
	}
	l.names, err = people.Names(ctx, a.Read, a.Programme)
	return l, err
}

// table is the calendar: the rounds, and the checks that are still to be
// planned.
func (l roundList) table(v View) sheet.Table {
	ctx := v.ctx()
	t := sheet.Table{Name: i18n.T(ctx, "nav.rounds"), Columns: heads(ctx, "opens", "closes", "kind", "about", "status", "coach", "last", "id")}
	for _, r := range l.Rounds {
		t.Rows = append(t.Rows, []any{
			r.Opens, r.Closes, i18n.T(ctx, "round.kind."+string(r.Kind)), roundName(ctx, l.names, r),
			i18n.T(ctx, "round.status."+string(r.Status)), personName(ctx, l.names, r.Coach), nil, string(r.ID),
		})
	}
	for _, d := range l.Due {
		t.Rows = append(t.Rows, []any{
			d.Due, nil, i18n.T(ctx, "round.kind."+string(domain.Check)), cellOf(ctx, d.Promise.Wording),
			i18n.T(ctx, "table.to_check"), nil, d.Last, string(d.Promise.ID),
		})
	}
	return t
}

// askedOf returns the open rounds in which the asker has yet to take a ballot
// paper. Whether they have used one, nobody knows.
func (s *Server) askedOf(ctx context.Context, a Asker) ([]rounds.Round, error) {
	open, err := rounds.Asked(ctx, a.Read, a.Programme, a.Person, a.today())
	if err != nil || a.On != "" {
		return open, err
	}
	asked := []rounds.Round{}
	for _, r := range open {
		raters, err := rounds.Raters(ctx, a.Read, a.Programme, r.ID)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(raters, func(x rounds.Rater) bool { return x.Person == a.Person })
		found, err := boxOf(ctx, a, r.ID, raters[i].Group)
		if err != nil {
			return nil, err
		}
		box, err := s.Station.Box(found.ID)
		if err != nil {
			return nil, err
		}
		standing, err := box.Standing(a.Person)
		if err != nil {
			return nil, err
		}
		if standing == ballotbox.TookNothing {
			asked = append(asked, r)
		}
	}
	return asked, nil
}

// roundTasks are what rounds ask of somebody: of who answers, of who plans
// them, of their coach and of whom they are about.
func (s *Server) roundTasks(ctx context.Context, a Asker) ([]roundTask, error) {
	asked, err := s.askedOf(ctx, a)
	if err != nil {
		return nil, err
	}
	tasks := []roundTask{}
	for _, r := range asked {
		tasks = append(tasks, roundTask{r, "answer"})
	}
	seen, err := rounds.List(ctx, a.Read, a.Programme, rounds.SightOf(a.Actor))
	if err != nil {
		return nil, err
	}
	for _, r := range slices.Backward(seen) {
		plans := access.Can(a.Actor, access.RoundPlan, a.all())
		switch {
		case r.Status == round.StatusPlanned && r.Kind == domain.Feedback && r.Subject == a.Person:
			tasks = append(tasks, roundTask{r, "propose"})
		case r.Status == round.StatusPlanned && plans:
			tasks = append(tasks, roundTask{r, "approve"})
		case r.Status == round.StatusApproved && plans:
			tasks = append(tasks, roundTask{r, "open"})
		}
	}
	results, err := resultTasks(ctx, a)
	return append(tasks, results...), err
}

// today is the day that is looked at.
func (a Asker) today() domain.Day {
	if a.On != "" {
		return a.On
	}
	return a.Act.Today()
}

// How many promises the calendar of checks looks at, and how many days ahead.
const (
	dueLength = 200
	dueAhead  = 60
)

// dueChecks returns which promises are to be checked when: for who plans
// checks all of them, for others their own.
func dueChecks(ctx context.Context, a Asker) ([]dueCheck, error) {
	filter := promises.Filter{Status: promise.StatusActive, Limit: dueLength}
	if !access.Can(a.Actor, access.RoundPlan, a.all()) {
		filter.By = a.Person
	}
	active, err := promises.Wall(ctx, a.Read, a.Programme, a.sight(), filter)
	if err != nil {
		return nil, err
	}
	checked, err := rounds.LastChecks(ctx, a.Read, a.Programme)
	if err != nil {
		return nil, err
	}
	due := []dueCheck{}
	for _, p := range active {
		last, ok := checked[p.ID]
		if ok && last.Running {
			continue
		}
		d := dueCheck{Promise: p, Last: last.Day, Due: p.Said.Add(p.Rhythm)}
		if last.Day != "" {
			d.Due = last.Day.Add(p.Rhythm)
		}
		if d.Due <= a.today().Add(dueAhead) {
			due = append(due, d)
		}
	}
	slices.SortStableFunc(due, func(x, y dueCheck) int { return strings.Compare(string(x.Due), string(y.Due)) })
	return due, nil
}

type newRoundIn struct {
	Kind    domain.RoundKind `query:"kind" doc:"check or feedback; check if you leave it out"`
	Promise domain.PromiseID `query:"promise" doc:"The promise to be checked"`
	Subject domain.PersonID  `query:"subject" doc:"About whom 360 feedback is asked"`
}

// A newRound is what there is to choose from.
type newRound struct {
	Kind       domain.RoundKind   `json:"kind"`
	Promises   []promises.Promise `json:"promises" doc:"That can be checked"`
	Coaches    []people.Person    `json:"coaches" doc:"Who can read the answers first"`
	People     []people.Person    `json:"people" doc:"About whom feedback can be asked"`
	Behaviours []strategies.Part  `json:"behaviours" doc:"That can be asked about"`
	Statements []round.Question   `json:"statements" doc:"On keeping promises and living up to values, for feedback"`

	asked newRoundIn
	names people.Directory
	opens domain.Day
}

func askNewRound(ctx context.Context, a Asker, in newRoundIn) (n newRound, err error) {
	if in.Kind == "" {
		in.Kind = domain.Check
	}
	if !slices.Contains(domain.RoundKinds, in.Kind) {
		return n, errNoPage
	}
	n.Kind, n.asked, n.opens, n.Statements = in.Kind, in, a.Act.Today(), round.Integrity()
	if n.Promises, err = promises.Wall(ctx, a.Read, a.Programme, a.sight(), promises.Filter{Status: promise.StatusActive, Limit: dueLength}); err != nil {
		return n, err
	}
	persons, err := people.List(ctx, a.Read, a.Programme, people.Filter{})
	if err != nil {
		return n, err
	}
	n.Coaches, n.People = []people.Person{}, []people.Person{}
	for _, p := range persons {
		if slices.Contains(p.Roles, domain.Coach) {
			n.Coaches = append(n.Coaches, p)
		}
		if mayPromise(p) {
			n.People = append(n.People, p)
		}
	}
	if n.Behaviours, err = strategies.Behaviours(ctx, a.Read, a.Programme); err != nil {
		return n, err
	}
	n.names, err = people.Names(ctx, a.Read, a.Programme)
	return n, err
}

type planIn struct {
	Body struct {
		ID      domain.RoundID   `json:"id,omitempty" new:"true"`
		Kind    domain.RoundKind `json:"kind" doc:"check or feedback"`
		Promise domain.PromiseID `json:"promise,omitempty" doc:"The promise to be checked; the round is about who made it"`
		Subject domain.PersonID  `json:"subject,omitempty" doc:"About whom feedback is asked"`
		Coach   domain.PersonID  `json:"coach" doc:"Who reads the answers first"`

		Behaviours []domain.BehaviourID `json:"behaviours,omitempty" doc:"What feedback asks about"`
		Statements bool                 `json:"statements,omitempty" doc:"Whether feedback also asks about keeping promises and living up to values"`

		Opens  domain.Day `json:"opens"`
		Closes domain.Day `json:"closes"`
		domain.Thresholds
	}
}

// planRound plans a round with the questions that belong to it. Who coaches
// is a coach of that person, and not somebody who manages them.
func planRound(ctx context.Context, a Asker, in planIn) (Steps, error) {
	b := in.Body
	plan := round.Plan{
		ID: b.ID, Kind: b.Kind, Subject: b.Subject, Coach: b.Coach, Promise: b.Promise,
		Opens: b.Opens, Closes: b.Closes, Thresholds: b.Thresholds,
	}
	if plan.Thresholds == (domain.Thresholds{}) {
		plan.Thresholds = domain.UsualThresholds
	}
	if b.Kind == domain.Check && b.Promise != "" {
		p, err := promises.ThePromise(ctx, a.Read, a.Programme, b.Promise)
		if err != nil {
			return nil, err
		}
		if p.Status != promise.StatusActive {
			return nil, promise.ErrNotActive
		}
		behaviours, err := behavioursOf(ctx, a, p.Behaviours)
		if err != nil {
			return nil, err
		}
		plan.Subject = p.By
		if p.Wording != nil {
			plan.Questions = round.OfCheck(*p.Wording, p.Pillar, behaviours)
		}
	} else {
		if err := onTheSheet(ctx, a, b.Behaviours); err != nil {
			return nil, err
		}
		behaviours, err := behavioursOf(ctx, a, b.Behaviours)
		if err != nil {
			return nil, err
		}
		plan.Questions = round.OfFeedback(behaviours, b.Statements)
	}
	if plan.Subject != "" {
		if _, err := present(ctx, a, plan.Subject); err != nil {
			return nil, err
		}
	}
	return Steps{
		eventstore.Do(plan),
		eventstore.While(programme.MayCoach{Programme: a.Programme, Coach: plan.Coach, Coachee: plan.Subject}),
	}, nil
}

// behavioursOf returns behaviours that people can be asked about. What is no
// longer done is nothing to be seen.
func behavioursOf(ctx context.Context, a Asker, ids []domain.BehaviourID) (list []round.Behaviour, err error) {
	for _, id := range ids {
		part, err := strategies.ThePart(ctx, a.Read, a.Programme, strategies.Behaviour, string(id))
		if err != nil {
			return nil, err
		}
		if !part.Counter {
			list = append(list, round.Behaviour{ID: id, Pillar: part.Pillar, Text: part.Text})
		}
	}
	return list, nil
}

// oneRound is a round with who is asked.
type oneRound struct {
	rounds.Round
	Raters  []rounds.Rater                      `json:"raters,omitempty" doc:"Who is asked, for who may know"`
	Boxes   []rounds.Box                        `json:"boxes,omitempty" doc:"The ballot boxes, once it has opened"`
	Turnout map[domain.RaterGroup]round.Turnout `json:"turnout,omitempty" doc:"How many have taken a ballot paper, in words, of groups that are large enough"`
	Blocked string                              `json:"blocked,omitempty" doc:"The code of what keeps it from opening"`

	NeedsAll []domain.RaterGroup `json:"needs_all,omitempty" doc:"Groups that are shown only if everybody who is asked answers, for who may know who is asked"`

	step    string
	about   access.Resource
	promise *promises.Promise
	names   people.Directory
}

func (s *Server) askRound(ctx context.Context, a Asker, in RoundIn) (r oneRound, err error) {
	if r.Round, err = rounds.TheRound(ctx, a.Read, a.Programme, in.ID); err != nil {
		return r, err
	}
	raters, err := rounds.Raters(ctx, a.Read, a.Programme, r.ID)
	if err != nil {
		return r, err
	}
	r.about = r.Resource(a.Programme, raters)
	if access.Can(a.Actor, access.RoundApprove, r.about) || a.Person == r.Subject {
		r.Raters, r.NeedsAll = raters, needsAll(r.Round, raters)
	}
	if r.Boxes, err = rounds.Boxes(ctx, a.Read, a.Programme, r.ID); err != nil {
		return r, err
	}
	if r.Status == round.StatusOpen && a.On == "" && access.Can(a.Actor, access.RoundApprove, r.about) {
		if r.Turnout, err = s.turnout(r.Boxes, raters); err != nil {
			return r, err
		}
	}
	if r.Status == round.StatusPlanned || r.Status == round.StatusApproved {
		refused, err := station.Blocked(ctx, a.Read, a.Programme, r.Round)
		if err != nil {
			return r, err
		}
		if refused != nil {
			r.Blocked = refused.Code
		}
	}
	if r.Promise != "" {
		p, err := promises.ThePromise(ctx, a.Read, a.Programme, r.Promise)
		if err != nil {
			return r, err
		}
		r.promise = &p
	}
	r.names, err = people.Names(ctx, a.Read, a.Programme)
	return r, err
}

func (s *Server) turnout(boxes []rounds.Box, raters []rounds.Rater) (map[domain.RaterGroup]round.Turnout, error) {
	words := map[domain.RaterGroup]round.Turnout{}
	for _, b := range boxes {
		turnout, ok, err := s.Station.Turnout(b.ID, askedIn(b.Group, raters))
		if err != nil {
			return nil, err
		}
		if ok {
			words[b.Group] = turnout
		}
	}
	return words, nil
}

// askedIn returns the people of a group.
func askedIn(g domain.RaterGroup, raters []rounds.Rater) (asked []domain.PersonID) {
	for _, r := range raters {
		if r.Group == g {
			asked = append(asked, r.Person)
		}
	}
	return asked
}

// needsAll returns the groups of which so few are asked that they are shown
// only if all of them answer. Who declines before a round opens is not asked.
func needsAll(r rounds.Round, raters []rounds.Rater) (groups []domain.RaterGroup) {
	if r.Status == round.StatusApproved {
		raters = slices.DeleteFunc(slices.Clone(raters), func(r rounds.Rater) bool { return r.Declined })
	}
	for _, g := range domain.WithThreshold {
		if r.Thresholds.NeedsAll(g, len(askedIn(g, raters))) {
			groups = append(groups, g)
		}
	}
	return groups
}

// openRound opens a round, with new ballot boxes.
func (s *Server) openRound(ctx context.Context, a Asker, in RoundIn) (Steps, error) {
	return s.Station.Ready(ctx, a.Read, a.Programme, in.ID)
}

// A ratersForm is who can be asked, and who is.
type ratersForm struct {
	Candidates map[domain.RaterGroup][]people.Person `json:"candidates" doc:"Who can be asked in each group"`
	Lately     map[domain.PersonID]bool              `json:"lately" doc:"Who answered about the same person less than 120 days ago"`

	round oneRound
}

func (s *Server) askRaters(ctx context.Context, a Asker, in RoundIn) (f ratersForm, err error) {
	if f.round, err = s.askRound(ctx, a, in); err != nil {
		return f, err
	}
	if !access.Can(a.Actor, access.RoundApprove, f.round.about) && a.Person != f.round.Subject {
		return f, domain.ErrNotAllowed
	}
	persons, err := people.List(ctx, a.Read, a.Programme, people.Filter{})
	if err != nil {
		return f, err
	}
	f.Candidates = map[domain.RaterGroup][]people.Person{}
	for _, p := range persons {
		if p.ID == f.round.Subject || p.ID == f.round.Coach {
			continue
		}
		for group, role := range map[domain.RaterGroup]domain.Role{
			domain.Peers: domain.MT, domain.Leaders: domain.InformalLeader, domain.Staff: domain.Employee,
		} {
			if slices.Contains(p.Roles, role) {
				f.Candidates[group] = append(f.Candidates[group], p)
			}
		}
		f.Candidates[domain.Superior] = append(f.Candidates[domain.Superior], p)
	}
	f.Lately, err = rounds.AskedLately(ctx, a.Read, a.Programme, f.round.Subject, f.round.ID, a.today().Add(-120))
	return f, err
}

type ratersIn struct {
	RoundIn
	Body struct {
		Peers    []domain.PersonID `json:"peers,omitempty"`
		Leaders  []domain.PersonID `json:"informal_leaders,omitempty"`
		Staff    []domain.PersonID `json:"employees,omitempty"`
		Superior domain.PersonID   `json:"superior,omitempty" doc:"One person, who knows that their answers can be recognised"`
	}
}

func (in ratersIn) raters() (raters []round.Rater) {
	for _, group := range []struct {
		name   domain.RaterGroup
		people []domain.PersonID
	}{{domain.Peers, in.Body.Peers}, {domain.Leaders, in.Body.Leaders}, {domain.Staff, in.Body.Staff}} {
		for _, p := range group.people {
			raters = append(raters, round.Rater{Person: p, Group: group.name})
		}
	}
	if in.Body.Superior != "" {
		raters = append(raters, round.Rater{Person: in.Body.Superior, Group: domain.Superior})
	}
	return raters
}

// there refuses raters who are not in the programme now.
func there(ctx context.Context, a Asker, raters []round.Rater) error {
	for _, r := range raters {
		if _, err := present(ctx, a, r.Person); err != nil {
			return err
		}
	}
	return nil
}

// hiding are the groups in which people are not recognised.
var hiding = []domain.RaterGroup{domain.Peers, domain.Leaders, domain.Staff}

// roundName says what a round is called: by what it is and whom it is about.
func roundName(ctx context.Context, names people.Directory, r rounds.Round) string {
	return i18n.T(ctx, "round.name."+string(r.Kind), "Name", personName(ctx, names, r.Subject))
}

// minutes is how long answering takes, in whole minutes.
func minutes(questions []round.Question) int {
	return int((round.Takes(questions) + time.Minute - 1) / time.Minute)
}

// questionText is what was asked, with its meaning for who does not read
// Dutch. What was asked stands fast, in the language of the programme.
func questionText(ctx context.Context, q round.Question) string {
	if i18n.Of(ctx) != i18n.Dutch {
		if meaning, ok := i18n.Lookup(ctx, "question."+string(q.ID)); ok && meaning != q.Text {
			return q.Text + " (" + meaning + ")"
		}
	}
	return q.Text
}

// address is of a page of the round; "" is the round itself.
func (r oneRound) address(page string) string {
	return strings.TrimSuffix("/rounds/"+string(r.ID)+"/"+page, "/")
}

// runs reports whether the round has yet to bring something.
func (r oneRound) runs() bool {
	return slices.Contains([]round.Status{round.StatusPlanned, round.StatusApproved, round.StatusOpen, round.StatusClosed}, r.Status)
}

// of returns who is asked in a group, as far as the asker may know.
func (r oneRound) of(g domain.RaterGroup) (raters []rounds.Rater) {
	for _, rater := range r.Raters {
		if rater.Group == g {
			raters = append(raters, rater)
		}
	}
	return raters
}

func (r oneRound) namesOf(ctx context.Context, raters []rounds.Rater) (names []string) {
	for _, rater := range raters {
		name := personName(ctx, r.names, rater.Person)
		if rater.Declined {
			name += " (" + i18n.T(ctx, "round.declined") + ")"
		}
		names = append(names, name)
	}
	return names
}

func (n newRound) promiseOptions(ctx context.Context) []Option {
	options := []Option{{Label: i18n.T(ctx, "choose")}}
	for _, p := range n.Promises {
		if p.Wording != nil {
			options = append(options, Option{Value: string(p.ID), Label: *p.Wording, Group: personName(ctx, n.names, p.By)})
		}
	}
	slices.SortStableFunc(options[1:], func(a, b Option) int { return strings.Compare(a.Group, b.Group) })
	return options
}

func (n newRound) behaviourOptions() (options []Option) {
	for _, b := range n.Behaviours {
		if b.Whose == domain.MT && !b.Counter {
			options = append(options, Option{Value: b.ID, Label: b.Text})
		}
	}
	return options
}

// verb is what the asker does about who is asked: propose it, or settle it.
func (f ratersForm) verb(v View) string {
	if v.Asker.Person == f.round.Subject {
		return "propose"
	}
	return "approve"
}

// form begins with who is asked so far.
func (f ratersForm) form(v View) Form {
	form := v.Form(f.round.address(f.verb(v)))
	if form.Values == nil {
		form.Values = url.Values{}
		for _, r := range f.round.Raters {
			form.Values.Add(string(r.Group), string(r.Person))
		}
	}
	return form
}

// options are who can be asked in a group. Who was asked about the same person
// lately is asked again only if everybody is: so people are not tired, and two
// results so close together give nobody away.
func (f ratersForm) options(ctx context.Context, g domain.RaterGroup) []Option {
	options := teammateOptions(ctx, f.Candidates[g])
	for i, o := range options {
		if f.Lately[domain.PersonID(o.Value)] {
			options[i].Help = i18n.T(ctx, "round.raters.lately")
		}
	}
	return options
}
