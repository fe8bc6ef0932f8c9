package web

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/cmd/koersvast/internal/web/sheet"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/expectation"
	"koersvast/domain/method"
	"koersvast/domain/promise"
	"koersvast/domain/strategy"
	"koersvast/eventstore"
	"koersvast/projections/consistency"
	"koersvast/projections/expectations"
	"koersvast/projections/methods"
	"koersvast/projections/people"
	"koersvast/projections/promises"
	"koersvast/projections/strategies"
)

// promiseRoutes are the promise wall, one promise with its life line, and
// everything that its promiser can say about it.
func (s *Server) promiseRoutes() {
	question(s, Question[wallIn, wall]{
		Path: "/promises", Doc: "The promise wall: who promised what to whom, both directions",
		Action: access.WallRead, Nav: "nav.promises",
		Ask: askWall, Page: wallPage, Logged: true, Table: wall.table,
	})
	question(s, Question[newPromiseIn, newPromise]{
		Path: "/promises/new", Doc: "What there is to choose from when making a promise",
		Action: access.PromiseMake,
		Ask:    askNewPromise, Page: newPromisePage,
	})
	question(s, Question[newPromiseIn, newPromise]{
		Path: "/promises/propose", Doc: "What there is to choose from when recording a promise for somebody else",
		Action: access.PromisePropose,
		Ask:    askNewPromise, Page: proposePromisePage,
	})
	question(s, Question[checkIn, promise.Checklist]{
		Path: "/promises/check", Doc: "Could somebody see this? What a wording makes clear, and its vague words",
		Action: access.StrategyRead,
		Ask: func(_ context.Context, _ Asker, in checkIn) (promise.Checklist, error) {
			return promise.Check(in.Body.terms()), nil
		},
		Page: func(_ View, c promise.Checklist) templ.Component { return checklist(c) },
	})
	question(s, Question[PromiseIn, onePromise]{
		Path: "/promises/{id}", Doc: "One promise with its life line",
		Action: access.PromiseRead, Of: thePromise[PromiseIn],
		Ask: func(ctx context.Context, a Asker, in PromiseIn) (p onePromise, err error) {
			if p, err = askPromise(ctx, a, in); err == nil {
				p.Talk, err = s.talkOf(ctx, a, consistency.The(in.ID))
			}
			return p, err
		},
		Page: promisePage, Logged: true, Table: onePromise.table,
	})
	question(s, Question[promiseStepIn, onePromise]{
		Path: "/promises/{id}/{step}", Doc: "One promise, to say something about it: reword, move, withdraw, explain, keep, break, repair, reopen, decline, link or rhythm",
		Action: access.PromiseOwn, Of: thePromise[promiseStepIn],
		Ask: askPromiseStep, Page: promiseStepPage,
	})

	command(s, Command[makeIn]{
		Path: "/promises/new", Doc: "Make a promise", Action: access.PromiseMake,
		Do: makePromise, Form: "/promises/new", Next: "/promises/{id}",
	})
	command(s, Command[proposeIn]{
		Path: "/promises/propose", Doc: "Record a promise for somebody else, who has yet to accept it", Action: access.PromisePropose,
		Do: func(ctx context.Context, a Asker, in proposeIn) (Steps, error) {
			if err := errors.Join(in.Body.known(ctx, a), promiser(ctx, a, in.Body.By)); err != nil {
				return nil, err
			}
			details, err := in.Body.details(ctx, a)
			return append(pillarStands(a, in.Body.Pillar), eventstore.Do(promise.Propose{
				ID: in.Body.ID, By: in.Body.By, Terms: in.Body.terms(), Details: details,
			})), err
		},
		Form: "/promises/propose", Next: "/promises/{id}",
	})

	command(s, Command[PromiseIn]{
		Path: "/promises/{id}/accept", Doc: "Accept a promise that was recorded for you", Action: access.PromiseAccept, Of: thePromise[PromiseIn],
		Do: func(_ context.Context, _ Asker, in PromiseIn) (Steps, error) {
			return Steps{eventstore.Do(promise.Accept{ID: in.ID})}, nil
		},
		Form: "/promises/{id}", Next: "/promises/{id}",
	})
	onPromise(s, "decline", "Decline a promise that was recorded for you", func(in promiseWhyIn) domain.Command[promise.State] {
		return promise.Decline{ID: in.ID, Why: in.Body.Why}
	})
	onPromise(s, "reword", "Say a promise in other words", func(in rewordIn) domain.Command[promise.State] {
		return promise.Reword{ID: in.ID, Terms: in.Body.terms(), Why: in.Body.Why}
	})
	onPromise(s, "move", "Give a promise another day", func(in moveIn) domain.Command[promise.State] {
		return promise.Move{ID: in.ID, Due: in.Body.Due, Why: in.Body.Why}
	})
	onPromise(s, "withdraw", "Take a promise back", func(in promiseWhyIn) domain.Command[promise.State] {
		return promise.Withdraw{ID: in.ID, Why: in.Body.Why}
	})
	onPromise(s, "explain", "Explain a withdrawn promise to those to whom it was made", func(in explainIn) domain.Command[promise.State] {
		return promise.Explain{ID: in.ID, Text: in.Body.Text}
	})
	onPromise(s, "keep", "Say that a promise was kept", func(in keepIn) domain.Command[promise.State] {
		return promise.Keep{ID: in.ID, On: in.Body.On}
	})
	onPromise(s, "break", "Say that a promise was not kept", func(in breakIn) domain.Command[promise.State] {
		return promise.Break{ID: in.ID, On: in.Body.On, Why: in.Body.Why}
	})
	onPromise(s, "repair", "Agree what makes good a promise that was not kept", func(in repairIn) domain.Command[promise.State] {
		return promise.AgreeRepair{ID: in.ID, Text: in.Body.Text, Due: in.Body.Due}
	})
	onPromise(s, "repaired", "Say that the repair is done", func(in keepIn) domain.Command[promise.State] {
		return promise.CompleteRepair{ID: in.ID, On: in.Body.On}
	})
	onPromise(s, "reopen", "Take back a verdict or a withdrawal", func(in promiseWhyIn) domain.Command[promise.State] {
		return promise.Reopen{ID: in.ID, Why: in.Body.Why}
	})
	command(s, Command[linkIn]{
		Path: "/promises/{id}/link", Doc: "Say which behaviours show that a promise is kept", Action: access.PromiseOwn, Of: thePromise[linkIn],
		Do: func(ctx context.Context, a Asker, in linkIn) (Steps, error) {
			return Steps{eventstore.Do(promise.Link{ID: in.ID, Behaviours: in.Body.Behaviours})}, onTheSheet(ctx, a, in.Body.Behaviours)
		},
		Form: "/promises/{id}/link", Next: "/promises/{id}",
	})
	onPromise(s, "rhythm", "Say after how many days a promise is checked", func(in rhythmIn) domain.Command[promise.State] {
		return promise.SetRhythm{ID: in.ID, Days: in.Body.Rhythm}
	})
}

// promiseSteps are the forms of one promise: what /promises/{id}/{step} shows.
var promiseSteps = []string{"decline", "reword", "move", "withdraw", "explain", "keep", "break", "repair", "repaired", "reopen", "link", "rhythm"}

// onPromise declares a command about one promise, at the address of its form.
func onPromise[In aboutPromise](s *Server, verb, doc string, cmd func(In) domain.Command[promise.State]) {
	command(s, Command[In]{
		Path: "/promises/{id}/" + verb, Doc: doc, Action: access.PromiseOwn, Of: thePromise[In],
		Do:   func(_ context.Context, _ Asker, in In) (Steps, error) { return Steps{eventstore.Do(cmd(in))}, nil },
		Form: "/promises/{id}/" + verb, Next: "/promises/{id}",
	})
}

// aboutPromise is an input that names a promise.
type aboutPromise interface{ promise() domain.PromiseID }

// A PromiseIn names a promise.
type PromiseIn struct {
	ID domain.PromiseID `path:"id"`
}

func (in PromiseIn) promise() domain.PromiseID { return in.ID }

// thePromise is what the rules of access look at.
func thePromise[In aboutPromise](ctx context.Context, a Asker, in In) (access.Resource, error) {
	p, err := promises.ThePromise(ctx, a.Read, a.Programme, in.promise())
	return promiseResource(a, p), err
}

func promiseResource(a Asker, p promises.Promise) access.Resource {
	what := access.Resource{Programme: a.Programme, Owner: p.By, Recorder: p.RecordedBy}
	if p.Made { // until then it is nobody's word
		what.For = p.To
	}
	return what
}

type promiseStepIn struct {
	PromiseIn
	Step string `path:"step" doc:"What is to be said about it"`
}

type promiseWhyIn struct {
	PromiseIn
	Body struct {
		Why string `json:"why" doc:"The reason"`
	}
}

// TermsIn are the words of a promise.
type TermsIn struct {
	Wording   string `json:"wording" doc:"What you will do, as a sentence"`
	Situation string `json:"situation,omitempty" doc:"When or where others will see it"`
	Frequency string `json:"frequency,omitempty" doc:"How often"`
	Noticed   string `json:"noticed,omitempty" doc:"Who will notice, and by what"`
}

func (in TermsIn) terms() promise.Terms { return promise.Terms(in) }

type checkIn struct{ Body TermsIn }

// DetailsIn are what a promise holds besides its words.
type DetailsIn struct {
	To         []domain.Party       `json:"to" doc:"To whom: everyone, mt, informal_leader, employee, team/<id> or person/<id>"`
	Pillar     domain.PillarID      `json:"pillar,omitempty"`
	Behaviours []domain.BehaviourID `json:"behaviours,omitempty"`
	Due        domain.Day           `json:"due,omitempty" doc:"Absent: until further notice"`
	Rhythm     int                  `json:"rhythm,omitempty" doc:"Days between two checks; as the programme measures when absent, usually 60"`
}

// known refuses what the promise names and the programme does not have.
func (in DetailsIn) known(ctx context.Context, a Asker) error {
	if err := known(ctx, a, "to", in.To...); err != nil {
		return err
	}
	return onTheSheet(ctx, a, in.Behaviours)
}

// details are as they were sent, with the rhythm of the programme where none
// was.
func (in DetailsIn) details(ctx context.Context, a Asker) (promise.Details, error) {
	d := promise.Details{To: in.To, Pillar: in.Pillar, Behaviours: in.Behaviours, Due: in.Due, Rhythm: in.Rhythm}
	if d.Rhythm != 0 {
		return d, nil
	}
	c, err := methods.TheConfig(ctx, a.Read, a.Programme)
	d.Rhythm = c.Days(method.Rhythm)
	return d, err
}

type makeIn struct {
	Body struct {
		ID domain.PromiseID `json:"id,omitempty" new:"true"`
		TermsIn
		DetailsIn
		Expectation domain.ExpectationID `json:"expectation,omitempty" doc:"The expectation that it answers with yes"`
	}
}

type proposeIn struct {
	Body struct {
		ID domain.PromiseID `json:"id,omitempty" new:"true"`
		By domain.PersonID  `json:"by" doc:"Who is to promise it"`
		TermsIn
		DetailsIn
	}
}

type rewordIn struct {
	PromiseIn
	Body struct {
		TermsIn
		Why string `json:"why" doc:"The reason"`
	}
}

type moveIn struct {
	PromiseIn
	Body struct {
		Due domain.Day `json:"due,omitempty" doc:"Absent: until further notice"`
		Why string     `json:"why" doc:"The reason"`
	}
}

type explainIn struct {
	PromiseIn
	Body struct {
		Text string `json:"text"`
	}
}

type keepIn struct {
	PromiseIn
	Body struct {
		On domain.Day `json:"on,omitempty" doc:"When it was done; today when absent"`
	}
}

type breakIn struct {
	PromiseIn
	Body struct {
		On  domain.Day `json:"on,omitempty" doc:"When that became clear; today when absent"`
		Why string     `json:"why" doc:"The reason"`
	}
}

type repairIn struct {
	PromiseIn
	Body struct {
		Text string     `json:"text" doc:"What makes it good"`
		Due  domain.Day `json:"due"`
	}
}

type linkIn struct {
	PromiseIn
	Body struct {
		Behaviours []domain.BehaviourID `json:"behaviours"`
	}
}

type rhythmIn struct {
	PromiseIn
	Body struct {
		Rhythm int `json:"rhythm" doc:"Days between two checks"`
	}
}

// makePromise makes a promise and, when it answers an expectation, that
// answer, in one act.
func makePromise(ctx context.Context, a Asker, in makeIn) (Steps, error) {
	if err := in.Body.known(ctx, a); err != nil {
		return nil, err
	}
	details, err := in.Body.details(ctx, a)
	if err != nil {
		return nil, err
	}
	details.Expectation = in.Body.Expectation
	steps := append(pillarStands(a, in.Body.Pillar),
		eventstore.Do(promise.Make{ID: in.Body.ID, Terms: in.Body.terms(), Details: details}))
	if id := in.Body.Expectation; id != "" {
		what, err := theExpectation(ctx, a, ExpectationIn{id})
		if err != nil {
			return nil, err
		}
		if !access.Can(a.Actor, access.ExpectationAnswer, what) {
			return nil, domain.ErrNotAllowed.On("expectation")
		}
		steps = append(steps, eventstore.Do(expectation.Accept{ID: id, Promise: in.Body.ID}))
	}
	return steps, nil
}

// pillarStands is the condition that a promise is made under a pillar that is
// still on the sheet.
func pillarStands(a Asker, id domain.PillarID) Steps {
	if id == "" {
		return nil
	}
	return Steps{eventstore.While(strategy.Stands{Programme: a.Programme, Pillar: id})}
}

// sight is which promises the asker may see.
func (a Asker) sight() promises.Sight { return promises.SightOf(a.Actor) }

type wallIn struct {
	Pillar domain.PillarID `query:"pillar"`
	By     domain.PersonID `query:"by"`
	To     domain.Party    `query:"to"`
	Status promise.Status  `query:"status"`
	Before int             `query:"before" doc:"The place of the last promise of the page before"`
	Side   string          `query:"side" doc:"mt or others: one direction only"`
}

func (in wallIn) filter(fromMT bool) promises.Filter {
	return promises.Filter{
		FromMT: &fromMT, Pillar: in.Pillar, By: in.By, To: in.To, Status: in.Status,
		Before: domain.Position(max(in.Before, 0)),
	}
}

// emptyWords is the id of what a side of the wall says that shows nothing.
func (in wallIn) emptyWords(side string) string {
	if in.Side = ""; in != (wallIn{}) {
		return "filter.nothing"
	}
	return "wall.empty." + side
}

// wallLength is how many promises a side of the wall shows at once.
const wallLength = 50

// The sides of the wall.
const (
	sideMT     = "mt"
	sideOthers = "others"
)

// A wall is who promised what to whom, in both directions.
type wall struct {
	FromMT     wallSide `json:"from_mt"`
	FromOthers wallSide `json:"from_others"`

	asked   wallIn
	pillars []strategies.Part
	teams   []people.Team
	persons []people.Person
	names   people.Directory
}

// A wallSide is one direction of the wall, the newest first.
type wallSide struct {
	Promises []promises.Promise `json:"promises"`
	More     domain.Position    `json:"more,omitempty" doc:"Ask the next page with ?before= this"`
}

func askWall(ctx context.Context, a Asker, in wallIn) (w wall, err error) {
	w.asked = in
	for _, side := range []struct {
		name string
		to   *wallSide
	}{{sideMT, &w.FromMT}, {sideOthers, &w.FromOthers}} {
		side.to.Promises = []promises.Promise{}
		if in.Side != "" && in.Side != side.name {
			continue
		}
		if *side.to, err = askSide(ctx, a, in.filter(side.name == sideMT)); err != nil {
			return w, err
		}
	}
	if w.pillars, err = strategies.Pillars(ctx, a.Read, a.Programme); err != nil {
		return w, err
	}
	if w.teams, err = people.Teams(ctx, a.Read, a.Programme); err != nil {
		return w, err
	}
	if w.persons, err = everyoneEver(ctx, a); err != nil {
		return w, err
	}
	w.names, err = people.Names(ctx, a.Read, a.Programme)
	return w, err
}

// everyoneEver are the people of the programme, those who left last.
func everyoneEver(ctx context.Context, a Asker) ([]people.Person, error) {
	here, err := people.List(ctx, a.Read, a.Programme, people.Filter{})
	if err != nil {
		return nil, err
	}
	gone, err := people.List(ctx, a.Read, a.Programme, people.Filter{Gone: true})
	return append(here, gone...), err
}

func askSide(ctx context.Context, a Asker, f promises.Filter) (side wallSide, err error) {
	length := a.length(wallLength)
	f.Limit = length + 1
	side.Promises, err = promises.Wall(ctx, a.Read, a.Programme, a.sight(), f)
	if len(side.Promises) > length {
		side.Promises = side.Promises[:length]
		side.More = side.Promises[length-1].Place
	}
	return side, err
}

// table is both sides of the wall.
func (w wall) table(v View) sheet.Table {
	ctx := v.ctx()
	pillars := map[domain.PillarID]string{}
	for _, p := range w.pillars {
		pillars[domain.PillarID(p.ID)] = p.Name
	}
	t := sheet.Table{
		Name: i18n.T(ctx, "nav.promises"),
		Columns: heads(ctx, "by", "to", "wording", "situation", "frequency", "noticed", "pillar", "status", "since",
			"due", "said", "rewordings", "moves", "id"),
		Notes: cutOff(ctx, w.FromMT.More+w.FromOthers.More > 0),
	}
	for _, p := range slices.Concat(w.FromMT.Promises, w.FromOthers.Promises) {
		t.Rows = append(t.Rows, []any{
			personName(ctx, w.names, p.By), partyNames(ctx, w.names, p.To),
			cellOf(ctx, p.Wording), cellOf(ctx, p.Situation), cellOf(ctx, p.Frequency), cellOf(ctx, p.Noticed),
			pillars[p.Pillar], i18n.T(ctx, "status."+string(p.Status)), p.Since, p.Due, p.Said, p.Rewordings, p.Moves, string(p.ID),
		})
	}
	return t
}

// A hung group is what hangs under one pillar of the wall.
type hungGroup struct {
	Pillar strategies.Part // without a name: under none, or under one that was retired
	Rows   []PromiseRow
}

// hung are the promises of a side under their pillars, in the order of the
// sheet.
func (w wall) hung(ctx context.Context, today domain.Day, side wallSide) []hungGroup {
	groups := make([]hungGroup, len(w.pillars)+1)
	for i, p := range w.pillars {
		groups[i].Pillar = p
	}
	for _, p := range side.Promises {
		i := slices.IndexFunc(w.pillars, func(pillar strategies.Part) bool { return pillar.ID == string(p.Pillar) })
		if i < 0 {
			i = len(w.pillars)
		}
		groups[i].Rows = append(groups[i].Rows, promiseRow(ctx, w.names, today, p))
	}
	return slices.DeleteFunc(groups, func(g hungGroup) bool { return len(g.Rows) == 0 })
}

// promiseRow is a promise as it stands in a list.
func promiseRow(ctx context.Context, names people.Directory, today domain.Day, p promises.Promise) PromiseRow {
	return PromiseRow{
		ID: "promise-" + string(p.ID), Href: "/promises/" + string(p.ID), Words: said(p.Wording),
		By: personName(ctx, names, p.By), To: partyNames(ctx, names, p.To),
		Due: p.Due, Status: string(p.Status), Late: p.Status == promise.StatusActive && p.Due != "" && p.Due < today,
	}
}

func (g hungGroup) title(ctx context.Context) string {
	if g.Pillar.Name == "" {
		return i18n.T(ctx, "wall.no_pillar")
	}
	return g.Pillar.Name
}

// filterForm asks a list again, of the same day and whatever else is asked of
// it that has no field in the form.
func filterForm(v View, fields ...string) Form {
	return Form{ID: "filter", Action: v.Page.path(), Hidden: v.Page.rest(append(fields, "before")...)}
}

// statusOptions are the statuses that the wall can be narrowed to.
func statusOptions(ctx context.Context) []Option {
	options := []Option{{Label: i18n.T(ctx, "wall.any_status")}}
	for _, status := range []promise.Status{
		promise.StatusProposed, promise.StatusActive, promise.StatusKept, promise.StatusBroken,
		promise.StatusRepaired, promise.StatusWithdrawn,
	} {
		options = append(options, Option{Value: string(status), Label: i18n.T(ctx, "status."+string(status))})
	}
	return options
}

func (w wall) pillarOptions(ctx context.Context) []Option {
	return pillarOptions(i18n.T(ctx, "wall.any_pillar"), w.pillars)
}

// pillarOptions are the pillars to choose from, after a choice for none.
func pillarOptions(none string, pillars []strategies.Part) []Option {
	options := []Option{{Label: none}}
	for _, p := range pillars {
		options = append(options, Option{Value: p.ID, Label: p.Name})
	}
	return options
}

func (w wall) personOptions(ctx context.Context) []Option {
	return append([]Option{{Label: i18n.T(ctx, "wall.anyone")}}, teammateOptions(ctx, w.persons)...)
}

func (w wall) toOptions(ctx context.Context) []Option {
	return append([]Option{{Label: i18n.T(ctx, "wall.any_to")}}, partyOptions(ctx, promisedTo, w.teams, teammateOptions(ctx, w.persons))...)
}

type newPromiseIn struct {
	Pillar      domain.PillarID      `query:"pillar"`
	Expectation domain.ExpectationID `query:"expectation" doc:"The expectation that it is to answer"`
}

// A newPromise is what there is to choose from.
type newPromise struct {
	Pillars     []strategies.Part         `json:"pillars"`
	Behaviours  []strategies.Part         `json:"behaviours"`
	Teams       []people.Team             `json:"teams"`
	People      []people.Person           `json:"people"`
	Expectation *expectations.Expectation `json:"expectation,omitempty"`
	Rhythm      int                       `json:"rhythm" doc:"Days between two checks, when you say nothing else"`

	asked newPromiseIn
	names people.Directory
}

func askNewPromise(ctx context.Context, a Asker, in newPromiseIn) (n newPromise, err error) {
	n.asked = in
	if n.Pillars, err = strategies.Standing(ctx, a.Read, a.Programme); err != nil {
		return n, err
	}
	n.Pillars = slices.DeleteFunc(n.Pillars, func(p strategies.Part) bool { return p.Status != strategy.StatusAdopted })
	if n.Behaviours, err = strategies.Behaviours(ctx, a.Read, a.Programme); err != nil {
		return n, err
	}
	if n.Teams, err = people.Teams(ctx, a.Read, a.Programme); err != nil {
		return n, err
	}
	if n.People, err = people.List(ctx, a.Read, a.Programme, people.Filter{}); err != nil {
		return n, err
	}
	for i := range n.People {
		n.People[i].Email = nil
	}
	c, err := methods.TheConfig(ctx, a.Read, a.Programme)
	if err != nil {
		return n, err
	}
	n.Rhythm = c.Days(method.Rhythm)
	if n.names, err = people.Names(ctx, a.Read, a.Programme); err != nil || in.Expectation == "" {
		return n, err
	}
	e, err := expectations.TheExpectation(ctx, a.Read, a.Programme, in.Expectation)
	if err != nil {
		return n, err
	}
	if !access.Can(a.Actor, access.ExpectationRead, resourceOf(a, e)) {
		return n, domain.ErrNotAllowed
	}
	n.Expectation = &e
	return n, nil
}

// promisers are the people who could accept a proposal.
func (n newPromise) promisers() []people.Person {
	return slices.DeleteFunc(slices.Clone(n.People), func(p people.Person) bool { return !mayPromise(p) })
}

// promisedTo are the parties of many to whom a promise can be made.
var promisedTo = []domain.Party{domain.Everyone, domain.Employees, domain.InformalLeaders, domain.TheMT}

// toOptions are the parties to whom a promise can be made.
func (n newPromise) toOptions(ctx context.Context, asker domain.PersonID) []Option {
	return partyOptions(ctx, promisedTo, n.Teams, personOptions(ctx, n.People, asker))
}

// firstTo is to whom a promise is made when nobody chose yet: to who expects
// it, or else to everyone.
func (n newPromise) firstTo() string {
	if n.Expectation != nil {
		return string(domain.Person(n.Expectation.By))
	}
	return ""
}

func (n newPromise) firstPillar() string {
	if n.Expectation != nil && n.asked.Pillar == "" {
		return string(n.Expectation.Pillar)
	}
	return string(n.asked.Pillar)
}

// behaviourOptions are the behaviours that can show a promise, by pillar.
func behaviourOptions(ctx context.Context, pillars, behaviours []strategies.Part) []Option {
	var options []Option
	for _, pillar := range pillars {
		for _, b := range behaviours {
			if string(b.Pillar) != pillar.ID {
				continue
			}
			options = append(options, Option{Value: b.ID, Label: behaviourText(ctx, b), Group: pillar.Name})
		}
	}
	return options
}

// onePromise is one promise with its life line.
type onePromise struct {
	promises.Promise
	Line      []promises.Moment `json:"line" doc:"Everything that was said about it, the first first"`
	Checklist promise.Checklist `json:"checklist"`
	Checks    []check           `json:"checks" doc:"When people were asked whether they notice it, the first first"`
	Talk      []Point           `json:"talk" doc:"What there is to talk about, as far as it is for you"`

	step        string
	pillar      *strategies.Part
	pillars     []strategies.Part
	behaviours  []strategies.Part
	expectation *expectations.Expectation
	evidence    *evidenceMap // for who may read it
	names       people.Directory
}

func askPromise(ctx context.Context, a Asker, in PromiseIn) (p onePromise, err error) {
	if p.Promise, err = promises.ThePromise(ctx, a.Read, a.Programme, in.ID); err != nil {
		return p, err
	}
	if p.Line, err = promises.Line(ctx, a.Read, a.Programme, in.ID); err != nil {
		return p, err
	}
	p.Checklist = promise.Check(p.terms())
	if p.Checks, err = checksOf(ctx, a, in.ID); err != nil {
		return p, err
	}
	if p.pillars, err = strategies.Standing(ctx, a.Read, a.Programme); err != nil {
		return p, err
	}
	if p.behaviours, err = strategies.Behaviours(ctx, a.Read, a.Programme); err != nil {
		return p, err
	}
	what, err := evidenceResource(ctx, a, p.Promise)
	if err != nil {
		return p, err
	}
	if access.Can(a.Actor, access.EvidenceRead, what) {
		m, err := askPromiseEvidence(ctx, a, in.ID, period{})
		if err != nil {
			return p, err
		}
		p.evidence = &m
	}
	if p.Pillar != "" {
		pillar, err := strategies.ThePart(ctx, a.Read, a.Programme, strategies.Pillar, string(p.Pillar))
		if err != nil {
			return p, err
		}
		p.pillar = &pillar
	}
	if p.Expectation != "" {
		e, err := expectations.TheExpectation(ctx, a.Read, a.Programme, p.Expectation)
		switch {
		case errors.Is(err, expectation.ErrUnknown): // a proposal can name anything
		case err != nil:
			return p, err
		case access.Can(a.Actor, access.ExpectationRead, resourceOf(a, e)):
			p.expectation = &e
		}
	}
	p.names, err = people.Names(ctx, a.Read, a.Programme)
	return p, err
}

func askPromiseStep(ctx context.Context, a Asker, in promiseStepIn) (onePromise, error) {
	if !slices.Contains(promiseSteps, in.Step) {
		return onePromise{}, errNoPage
	}
	p, err := askPromise(ctx, a, in.PromiseIn)
	if err == nil && p.By != a.Person && in.Step != "withdraw" { // all that who wrote it down can do
		err = domain.ErrNotAllowed
	}
	p.step = in.Step
	return p, err
}

// older is the address of the next page of one side of the wall.
func (w wall) older(v View, side string, before domain.Position) string {
	p := v.Page
	p.Address, _ = url.Parse(p.with("side", side))
	return p.with("before", strconv.FormatUint(uint64(before), 10))
}

// terms are the words of the promise as a checklist reads them; what was
// erased is empty.
func (p onePromise) terms() promise.Terms {
	text := func(s *string) string { return said(s).Text }
	return promise.Terms{Wording: text(p.Wording), Situation: text(p.Situation), Frequency: text(p.Frequency), Noticed: text(p.Noticed)}
}

// shown are the behaviours that show the promise is kept, as far as they
// still stand on the sheet.
func (p onePromise) shown() []strategies.Part {
	return slices.DeleteFunc(slices.Clone(p.behaviours), func(b strategies.Part) bool {
		return !slices.Contains(p.Behaviours, domain.BehaviourID(b.ID))
	})
}

// over is where the promise stands.
func (p onePromise) over(ctx context.Context) string {
	if p.pillar != nil {
		return p.pillar.Name
	}
	return i18n.T(ctx, "promise.title")
}

func (p onePromise) overdue(today domain.Day) bool {
	return p.Status == promise.StatusActive && p.Due != "" && p.Due < today
}

// address is where a step of the promise is.
func (p onePromise) address(step string) string { return "/promises/" + string(p.ID) + "/" + step }

// lifeline is what became of the promise, as it is drawn.
func (p onePromise) lifeline(ctx context.Context, today domain.Day) Lifeline {
	l := Lifeline{Today: today, Due: p.Due}
	var wording Said // as it was before each moment
	for _, m := range p.Line {
		mark := LifeMark{
			ID: "moment-" + strconv.FormatUint(uint64(m.Position), 10), Day: m.Day, Kind: m.Fact,
			Who: personName(ctx, p.names, m.By), Words: said(m.Text), Why: said(m.Why), From: m.Was, To: m.Due,
		}
		switch m.Fact {
		case promise.Reworded{}.EventName():
			mark.Was, wording = wording, mark.Words
		case promise.Made{}.EventName(), promise.Proposed{}.EventName():
			wording = mark.Words
		case promise.Accepted{}.EventName():
			if mark.Words == wording {
				mark.Words = Said{} // nothing that was not said before
			} else {
				wording = mark.Words // of which the first copy was erased
			}
		}
		l.Marks = append(l.Marks, mark)
	}
	for _, c := range p.Checks {
		i := slices.IndexFunc(l.Marks, func(m LifeMark) bool { return m.Day > c.Day })
		if i < 0 {
			i = len(l.Marks)
		}
		l.Marks = slices.Insert(l.Marks, i, c.mark(ctx))
	}
	return l
}

// table is the life line.
func (p onePromise) table(v View) sheet.Table {
	ctx := v.ctx()
	t := sheet.Table{Name: i18n.T(ctx, "life.title"), Columns: heads(ctx, "day", "what", "who", "text", "was", "why", "day_was", "day_is")}
	for _, m := range p.lifeline(ctx, v.Asker.today()).Marks {
		words := m.Words
		if m.Note != "" {
			words = Said{Text: m.Note}
		}
		t.Rows = append(t.Rows, []any{
			m.Day, i18n.T(ctx, "life."+eventKind(m.Kind)), m.Who, words.cell(ctx), m.Was.cell(ctx), m.Why.cell(ctx), m.From, m.To,
		})
	}
	return t
}

// checkPoints says of each thing that makes a promise noticeable whether this
// one has it.
func checkPoints(ctx context.Context, c promise.Checklist) []CheckPoint {
	points := []CheckPoint{}
	for _, p := range []struct {
		name string
		ok   bool
	}{
		{"who", c.Who}, {"verb", c.Verb}, {"situation", c.Situation}, {"frequency", c.Frequency}, {"noticed", c.Noticed},
	} {
		points = append(points, CheckPoint{p.ok, i18n.T(ctx, "promise.check."+p.name)})
	}
	if len(c.Vague) > 0 {
		words := make([]string, len(c.Vague))
		for i, w := range c.Vague {
			words[i] = "“" + w + "”"
		}
		points = append(points, CheckPoint{false, i18n.T(ctx, "promise.check.vague", "Words", listed(ctx, words), "n", len(words))})
	}
	return points
}

// promiseForm is a form about a promise; its words are checked while typing.
func promiseForm(v View, address string) Form {
	var newIDs []string
	if address == "/promises/new" || address == "/promises/propose" {
		newIDs = []string{"id"}
	}
	f := v.Form(address, newIDs...)
	if newIDs != nil || strings.HasSuffix(address, "/reword") {
		f.Check, f.Checks = "/promises/check", "wording situation frequency noticed"
	}
	return f
}

// typedTerms are the words as they stand in the form.
func typedTerms(f Form, t promise.Terms) promise.Terms {
	if f.Values == nil {
		return t
	}
	return promise.Terms{
		Wording: f.Values.Get("wording"), Situation: f.Values.Get("situation"),
		Frequency: f.Values.Get("frequency"), Noticed: f.Values.Get("noticed"),
	}
}

// linkForm is a form in which the linked behaviours are ticked.
func linkForm(f Form, p onePromise) Form {
	if f.Values == nil {
		f.Values = map[string][]string{"behaviours": {}}
		for _, b := range p.Behaviours {
			f.Values.Add("behaviours", string(b))
		}
	}
	return f
}

// behaviourText is a behaviour in words; a counter-behaviour says so.
func behaviourText(ctx context.Context, b strategies.Part) string {
	if b.Counter {
		return i18n.T(ctx, "sheet.no_longer_one", "Text", b.Text)
	}
	return b.Text
}
