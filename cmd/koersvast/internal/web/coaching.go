package web

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/cmd/koersvast/internal/web/sheet"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/coaching"
	"koersvast/domain/programme"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/domain/strategy"
	"koersvast/eventstore"
	"koersvast/projections/coachings"
	"koersvast/projections/people"
	"koersvast/projections/promises"
	"koersvast/projections/rounds"
	"koersvast/projections/strategies"
)

// coachingRoutes are coaching: its contract, sessions, notes and learning
// goals. How sessions get into a calendar is in calendar.go.
func (s *Server) coachingRoutes() {
	question(s, Question[struct{}, coachingList]{
		Path: "/coaching", Doc: "The coaching that you have to do with, the learning goals that others share with you and, for who leads, how far coaching reaches",
		Action: access.CoachingsRead, Nav: "coaching.title", Menu: "coaching.title",
		Often: func(a access.Actor) bool { return a.Is(domain.Coach, domain.MT, domain.Lead) },
		Ask:   s.askCoachings, Page: coachingsPage,
		Table: coachingList.table, TableFor: access.CoachingsCount,
	})
	question(s, Question[newCoachingIn, newCoaching]{
		Path: "/coaching/new", Doc: "Who there is to choose from when proposing a coaching",
		Action: access.CoachingPropose,
		Of: func(_ context.Context, a Asker, _ newCoachingIn) (access.Resource, error) {
			return access.Resource{Programme: a.Programme, Owner: a.Person, Coach: a.Person}, nil
		},
		Ask: askNewCoaching, Page: newCoachingPage,
	})
	question(s, Question[CoachingIn, oneCoaching]{
		Path: "/coaching/{id}", Doc: "One coaching: its contract and when its sessions are; for coach and coachee also where, their notes and learning goals",
		Action: access.CoachingTerms, Of: theCoaching[CoachingIn],
		Ask: askCoaching, Page: coachingPage,
	})
	question(s, Question[CoachingIn, preparation]{
		Path: "/coaching/{id}/prepare", Doc: "What a coach wants at hand before a session: reports, what the coachee promised, learning goals and notes",
		Action: access.CoachingPrepare, Of: theCoaching[CoachingIn],
		Ask: askPreparation, Page: preparationPage,
	})
	for _, step := range coachingSteps {
		coachingStep(s, "/"+step.name, step.action, func(ctx context.Context, a Asker, in CoachingIn) (oneCoaching, error) {
			return askStep(ctx, a, step.name, in)
		})
	}
	coachingStep(s, "/goal", access.CoachingOwn, func(ctx context.Context, a Asker, in newGoalIn) (oneCoaching, error) {
		c, err := askStep(ctx, a, "goal", in.CoachingIn)
		c.goal.Behaviour, c.goal.Promise, c.goal.Round, c.goal.Question = in.Behaviour, in.Promise, in.Round, in.Question
		return c, err
	})
	for _, step := range []string{"move", "cancel", "hold"} {
		coachingStep(s, "/sessions/{session}/"+step, access.CoachingWork, func(ctx context.Context, a Asker, in SessionIn) (oneCoaching, error) {
			return askSessionStep(ctx, a, step, in)
		})
	}
	coachingStep(s, "/notes/{note}/amend", access.CoachingWork, askNoteStep)
	for _, step := range []string{"revise-goal", "progress", "drop", "share"} {
		coachingStep(s, "/goals/{goal}/"+step, access.CoachingOwn, func(ctx context.Context, a Asker, in GoalIn) (oneCoaching, error) {
			return askGoalStep(ctx, a, step, in)
		})
	}

	command(s, Command[proposeCoachingIn]{
		Path: "/coaching/new", Doc: "Put a contract to coach, coachee and sponsor", Action: access.CoachingPropose,
		Of: func(_ context.Context, a Asker, in proposeCoachingIn) (access.Resource, error) {
			return access.Resource{Programme: a.Programme, Owner: in.Body.Coachee, Coach: in.Body.Coach}, nil
		},
		Do: proposeCoaching, Form: "/coaching/new", Next: "/coaching/{id}",
	})
	s.contractRoutes()
	s.sessionRoutes()
	s.noteRoutes()
	s.goalRoutes()
	s.calendarRoutes()
}

// contractRoutes are what the three say about a contract.
func (s *Server) contractRoutes() {
	onCoaching(s, "/agree", "Agree to a contract as you read it", access.CoachingAgree, func(ctx context.Context, a Asker, in agreeIn) (Steps, error) {
		return whileCoach(ctx, a, in, coaching.Agree{ID: in.ID, Version: in.Body.Version})
	})
	onCoaching(s, "/decline", "Decline a contract as you read it", access.CoachingAgree, func(_ context.Context, _ Asker, in declineContractIn) (Steps, error) {
		return Steps{eventstore.Do(coaching.Decline{ID: in.ID, Version: in.Body.Version, Why: in.Body.Why})}, nil
	})
	onCoaching(s, "/revise", "Put other terms to the three", access.CoachingAgree, func(ctx context.Context, a Asker, in reviseContractIn) (Steps, error) {
		return whileCoach(ctx, a, in, coaching.Revise{ID: in.ID, Terms: in.Body.terms(), Why: in.Body.Why})
	})
	onCoaching(s, "/close", "End a coaching", access.CoachingWork, func(_ context.Context, _ Asker, in closeCoachingIn) (Steps, error) {
		return Steps{eventstore.Do(coaching.Close{ID: in.ID, On: in.Body.On})}, nil
	})
}

// sessionRoutes are when coach and coachee meet.
func (s *Server) sessionRoutes() {
	onCoaching(s, "/plan", "Plan a session", access.CoachingWork, planSession)
	onCoaching(s, "/sessions/{session}/move", "Give a session another time or place", access.CoachingWork, func(ctx context.Context, a Asker, in moveSessionIn) (Steps, error) {
		return whileCoach(ctx, a, in, coaching.MoveSession{ID: in.ID, Session: in.Session, Slot: in.Body.slot(), Place: in.Body.Place, Why: in.Body.Why})
	})
	onCoaching(s, "/sessions/{session}/cancel", "Say that a session does not take place", access.CoachingWork, func(_ context.Context, _ Asker, in cancelSessionIn) (Steps, error) {
		return Steps{eventstore.Do(coaching.CancelSession{ID: in.ID, Session: in.Session, Why: in.Body.Why})}, nil
	})
	onCoaching(s, "/sessions/{session}/hold", "Say that a session took place; a debrief hands over its report", access.CoachingWork, holdSession)
}

// noteRoutes are what coach and coachee write down.
func (s *Server) noteRoutes() {
	onCoaching(s, "/note", "Write a note that coach and coachee read", access.CoachingWork, func(_ context.Context, _ Asker, in noteIn) (Steps, error) {
		return Steps{eventstore.Do(coaching.ShareNote{ID: in.ID, Note: in.Body.Note, Session: in.Body.Session, Text: in.Body.Text})}, nil
	})
	onCoaching(s, "/keep", "Write a note that only you read", access.CoachingWork, func(_ context.Context, _ Asker, in noteIn) (Steps, error) {
		return Steps{eventstore.Do(coaching.KeepNote{ID: in.ID, Note: in.Body.Note, Session: in.Body.Session, Text: in.Body.Text})}, nil
	})
	onCoaching(s, "/notes/{note}/amend", "Say a note of yours in other words", access.CoachingWork, func(_ context.Context, _ Asker, in amendNoteIn) (Steps, error) {
		return Steps{eventstore.Do(coaching.AmendNote{ID: in.ID, Note: in.Note, Text: in.Body.Text})}, nil
	})
}

// goalRoutes are what the coachee wants to learn.
func (s *Server) goalRoutes() {
	onCoaching(s, "/goal", "Set a learning goal", access.CoachingOwn, func(ctx context.Context, a Asker, in setGoalIn) (Steps, error) {
		return Steps{eventstore.Do(coaching.SetGoal{
			ID: in.ID, Goal: in.Body.Goal, Text: in.Body.Text, Links: in.Body.links(), Due: in.Body.Due,
		})}, in.Body.known(ctx, a)
	})
	onCoaching(s, "/goals/{goal}/revise-goal", "Say a learning goal in other words", access.CoachingOwn, func(ctx context.Context, a Asker, in reviseGoalIn) (Steps, error) {
		return Steps{eventstore.Do(coaching.ReviseGoal{
			ID: in.ID, Goal: in.Goal, Text: in.Body.Text, Links: in.Body.links(), Due: in.Body.Due, Why: in.Body.Why,
		})}, in.Body.known(ctx, a)
	})
	onCoaching(s, "/goals/{goal}/progress", "Say that you are at work on a learning goal", access.CoachingOwn, func(_ context.Context, _ Asker, in progressIn) (Steps, error) {
		return Steps{eventstore.Do(coaching.NoteProgress{ID: in.ID, Goal: in.Goal, Text: in.Body.Text})}, nil
	})
	onCoaching(s, "/goals/{goal}/complete", "Say that a learning goal was reached", access.CoachingOwn, func(_ context.Context, _ Asker, in GoalIn) (Steps, error) {
		return Steps{eventstore.Do(coaching.CompleteGoal{ID: in.ID, Goal: in.Goal})}, nil
	})
	onCoaching(s, "/goals/{goal}/drop", "Let a learning goal go", access.CoachingOwn, func(_ context.Context, _ Asker, in dropGoalIn) (Steps, error) {
		return Steps{eventstore.Do(coaching.DropGoal{ID: in.ID, Goal: in.Goal, Why: in.Body.Why})}, nil
	})
	onCoaching(s, "/goals/{goal}/share", "Say who may read a learning goal besides you", access.CoachingOwn, func(ctx context.Context, a Asker, in shareGoalIn) (Steps, error) {
		return Steps{eventstore.Do(coaching.ShareGoal{ID: in.ID, Goal: in.Goal, With: in.Body.With})}, known(ctx, a, "with", in.Body.With...)
	})
}

// coachingSteps are the forms of a whole coaching: what /coaching/{id}/{step}
// shows, and who may say it.
var coachingSteps = []struct {
	name   string
	action access.Action
}{
	{"revise", access.CoachingAgree},
	{"decline", access.CoachingAgree},
	{"plan", access.CoachingWork},
	{"note", access.CoachingWork},
	{"keep", access.CoachingWork},
	{"close", access.CoachingWork},
}

// coachingStep declares the page of a form.
func coachingStep[In aboutCoaching](s *Server, path string, action access.Action, ask func(context.Context, Asker, In) (oneCoaching, error)) {
	question(s, Question[In, oneCoaching]{
		Path: "/coaching/{id}" + path, Doc: "What there is to know before you say something about a coaching: " + path[strings.LastIndexByte(path, '/')+1:],
		Action: action, Of: theCoaching[In],
		Ask: ask, Page: coachingStepPage,
	})
}

// onCoaching declares a command about one coaching, at the address of its
// form. What takes no more than a button has its form on the coaching itself.
func onCoaching[In aboutCoaching](s *Server, path, doc string, action access.Action, do func(context.Context, Asker, In) (Steps, error)) {
	form := "/coaching/{id}" + path
	if path == "/agree" || strings.HasSuffix(path, "/complete") {
		form = "/coaching/{id}"
	}
	command(s, Command[In]{
		Path: "/coaching/{id}" + path, Doc: doc, Action: action, Of: theCoaching[In],
		Do: do, Form: form, Next: "/coaching/{id}",
	})
}

// aboutCoaching is an input that names a coaching.
type aboutCoaching interface{ coaching() domain.CoachingID }

// A CoachingIn names a coaching.
type CoachingIn struct {
	ID domain.CoachingID `path:"id"`
}

func (in CoachingIn) coaching() domain.CoachingID { return in.ID }

// theCoaching is what the rules of access look at.
func theCoaching[In aboutCoaching](ctx context.Context, a Asker, in In) (access.Resource, error) {
	c, err := coachings.TheCoaching(ctx, a.Read, a.Programme, in.coaching())
	return c.Resource(a.Programme), err
}

// A SessionIn names a session.
type SessionIn struct {
	CoachingIn
	Session domain.CoachingSessionID `path:"session"`
}

// A NoteIn names a note.
type NoteIn struct {
	CoachingIn
	Note domain.NoteID `path:"note"`
}

// A GoalIn names a learning goal.
type GoalIn struct {
	CoachingIn
	Goal domain.GoalID `path:"goal"`
}

// A ContractIn is what a contract says.
type ContractIn struct {
	Aims  string     `json:"aims" doc:"What the coaching is to lead to"`
	SetUp string     `json:"set_up" doc:"How often and where you meet, and what is told to whom"`
	From  domain.Day `json:"from"`
	Until domain.Day `json:"until"`
}

func (in ContractIn) terms() coaching.Terms { return coaching.Terms(in) }

type newCoachingIn struct {
	Coachee domain.PersonID `query:"coachee" doc:"Who is to be coached"`
}

type proposeCoachingIn struct {
	Body struct {
		ID      domain.CoachingID `json:"id,omitempty" new:"true"`
		Coach   domain.PersonID   `json:"coach"`
		Coachee domain.PersonID   `json:"coachee"`
		Sponsor domain.PersonID   `json:"sponsor" doc:"Who knows what it aims at, and no more"`
		Reason  coaching.Reason   `json:"reason" doc:"feedback, standstill or other"`
		ContractIn
	}
}

type agreeIn struct {
	CoachingIn
	Body struct {
		Version int `json:"version" doc:"The version that you read"`
	}
}

type declineContractIn struct {
	CoachingIn
	Body struct {
		Version int    `json:"version" doc:"The version that you read"`
		Why     string `json:"why,omitempty"`
	}
}

type reviseContractIn struct {
	CoachingIn
	Body struct {
		ContractIn
		Why string `json:"why" doc:"The reason"`
	}
}

type closeCoachingIn struct {
	CoachingIn
	Body struct {
		On domain.Day `json:"on,omitempty" doc:"When it ended; today if you leave it out"`
	}
}

// A SlotIn is when and where two people meet.
type SlotIn struct {
	Day     domain.Day   `json:"day"`
	Start   domain.Clock `json:"start" doc:"Such as 14:30"`
	Minutes int          `json:"minutes"`
	Place   string       `json:"place,omitempty" doc:"A room, an address or a link"`
}

func (in SlotIn) slot() coaching.Slot {
	return coaching.Slot{Day: in.Day, Start: in.Start, Minutes: in.Minutes}
}

type planSessionIn struct {
	CoachingIn
	Body struct {
		Session domain.CoachingSessionID `json:"session,omitempty" new:"true"`
		Round   domain.RoundID           `json:"round,omitempty" doc:"The round whose report is debriefed"`
		SlotIn
	}
}

type moveSessionIn struct {
	SessionIn
	Body struct {
		SlotIn
		Why string `json:"why,omitempty"`
	}
}

type cancelSessionIn struct {
	SessionIn
	Body struct {
		Why string `json:"why,omitempty"`
	}
}

type holdSessionIn struct {
	SessionIn
	Body struct {
		On domain.Day `json:"on,omitempty" doc:"The day of the session if you leave it out"`
	}
}

type noteIn struct {
	CoachingIn
	Body struct {
		Note    domain.NoteID            `json:"note,omitempty" new:"true"`
		Session domain.CoachingSessionID `json:"session,omitempty" doc:"The session that it is about"`
		Text    string                   `json:"text"`
	}
}

type amendNoteIn struct {
	NoteIn
	Body struct {
		Text string `json:"text"`
	}
}

type newGoalIn struct {
	CoachingIn
	Behaviour domain.BehaviourID `query:"behaviour"`
	Promise   domain.PromiseID   `query:"promise"`
	Round     domain.RoundID     `query:"round"`
	Question  domain.QuestionID  `query:"question"`
}

// A WantedIn is what somebody wants to learn, and where that comes from.
type WantedIn struct {
	Text      string             `json:"text" doc:"What you want to learn"`
	Behaviour domain.BehaviourID `json:"behaviour,omitempty" doc:"Of the strategy"`
	Promise   domain.PromiseID   `json:"promise,omitempty" doc:"Of yours"`
	Round     domain.RoundID     `json:"round,omitempty" doc:"Of feedback about you"`
	Question  domain.QuestionID  `json:"question,omitempty" doc:"Of that round"`
	Due       domain.Day         `json:"due,omitempty" doc:"Absent: no day is set"`
}

func (in WantedIn) links() coaching.Links {
	return coaching.Links{Behaviour: in.Behaviour, Promise: in.Promise, Round: in.Round, Question: in.Question}
}

// known refuses links to what is not there, or is not the asker's.
func (in WantedIn) known(ctx context.Context, a Asker) error {
	if in.Behaviour != "" {
		err := onTheSheet(ctx, a, []domain.BehaviourID{in.Behaviour})
		if errors.Is(err, strategy.ErrUnknownPart) {
			return strategy.ErrUnknownPart.On("behaviour")
		}
		if err != nil {
			return err
		}
	}
	if in.Promise != "" {
		p, err := promises.ThePromise(ctx, a.Read, a.Programme, in.Promise)
		if errors.Is(err, promise.ErrUnknown) || err == nil && p.By != a.Person {
			return promise.ErrUnknown.On("promise")
		}
		if err != nil {
			return err
		}
	}
	if in.Round == "" {
		return nil
	}
	r, err := rounds.TheRound(ctx, a.Read, a.Programme, in.Round)
	if errors.Is(err, round.ErrUnknown) || err == nil && (r.Subject != a.Person || r.Debriefed == "") {
		return round.ErrUnknown.On("round")
	}
	return err
}

type setGoalIn struct {
	CoachingIn
	Body struct {
		Goal domain.GoalID `json:"goal,omitempty" new:"true"`
		WantedIn
	}
}

type reviseGoalIn struct {
	GoalIn
	Body struct {
		WantedIn
		Why string `json:"why" doc:"The reason"`
	}
}

type progressIn struct {
	GoalIn
	Body struct {
		Text string `json:"text,omitempty" doc:"How it goes"`
	}
}

type dropGoalIn struct {
	GoalIn
	Body struct {
		Why string `json:"why" doc:"The reason"`
	}
}

type shareGoalIn struct {
	GoalIn
	Body struct {
		With []domain.Party `json:"with" doc:"Everyone who may read it: everyone, mt, informal_leader, employee, team/<id> or person/<id>; nobody if it is empty"`
	}
}

// mayCoach is the condition that the one can coach the other.
func mayCoach(a Asker, coach, coachee domain.PersonID) eventstore.Step {
	return eventstore.While(programme.MayCoach{Programme: a.Programme, Coach: coach, Coachee: coachee})
}

// whileCoach does something that takes a coach who may coach the coachee.
func whileCoach[In aboutCoaching](ctx context.Context, a Asker, in In, cmd domain.Command[coaching.State]) (Steps, error) {
	c, err := coachings.TheCoaching(ctx, a.Read, a.Programme, in.coaching())
	return Steps{eventstore.Do(cmd), mayCoach(a, c.Coach, c.Coachee)}, err
}

// errNoPart refuses a sponsor or a coachee who could never agree.
var errNoPart = domain.Refuse(domain.Invalid, "takes_no_part", "somebody with this role takes no part in coaching")

func proposeCoaching(ctx context.Context, a Asker, in proposeCoachingIn) (Steps, error) {
	b := in.Body
	for _, who := range []struct {
		field string
		id    domain.PersonID
	}{{"coachee", b.Coachee}, {"sponsor", b.Sponsor}} {
		if who.id == "" {
			continue // for the rules to refuse
		}
		p, err := present(ctx, a, who.id)
		if errors.Is(err, programme.ErrUnknownPerson) {
			return nil, programme.ErrUnknownPerson.On(who.field)
		}
		if err != nil {
			return nil, err
		}
		if !takesPart(p) {
			return nil, errNoPart.On(who.field)
		}
	}
	return Steps{
		eventstore.Do(coaching.Propose{ID: b.ID, Coach: b.Coach, Coachee: b.Coachee, Sponsor: b.Sponsor, Reason: b.Reason, Terms: b.terms()}),
		mayCoach(a, b.Coach, b.Coachee),
	}, nil
}

// takesPart reports whether somebody could open the page of coaching.
func takesPart(p people.Person) bool {
	in := access.Actor{Programme: "here", Person: p.ID, Roles: p.Roles}
	return access.Can(in, access.CoachingsRead, access.Resource{Programme: "here"})
}

// planSession plans that two people meet. A debrief is of a report about the
// coachee that is the coach's to hand over.
func planSession(ctx context.Context, a Asker, in planSessionIn) (Steps, error) {
	c, err := coachings.TheCoaching(ctx, a.Read, a.Programme, in.ID)
	if err != nil {
		return nil, err
	}
	if id := in.Body.Round; id != "" {
		waiting, err := debriefs(ctx, a, c)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(waiting, func(r rounds.Round) bool { return r.ID == id }) {
			return nil, round.ErrUnknown.On("round")
		}
	}
	return Steps{
		eventstore.Do(coaching.PlanSession{ID: in.ID, Session: in.Body.Session, Round: in.Body.Round, Slot: in.Body.slot(), Place: in.Body.Place}),
		mayCoach(a, c.Coach, c.Coachee),
	}, nil
}

// debriefs are the rounds of feedback about a coachee of which the coach has
// yet to hand over the report, the first first.
func debriefs(ctx context.Context, a Asker, c coachings.Coaching) ([]rounds.Round, error) {
	of, err := rounds.OfSubject(ctx, a.Read, a.Programme, c.Coachee)
	return slices.DeleteFunc(of, func(r rounds.Round) bool {
		over := r.Debriefed != "" || r.Status == round.StatusCancelled || r.Status == round.StatusNothing
		return r.Kind != domain.Feedback || r.Coach != c.Coach || over
	}), err
}

// holdSession says that a session took place. A debrief hands over the report
// with it, unless that was done already.
func holdSession(ctx context.Context, a Asker, in holdSessionIn) (Steps, error) {
	session, err := coachings.TheSession(ctx, a.Read, a.Programme, in.ID, in.Session)
	if err != nil {
		return nil, err
	}
	on := in.Body.On
	if on == "" {
		on = session.Day
	}
	steps := Steps{eventstore.Do(coaching.HoldSession{ID: in.ID, Session: in.Session, On: on})}
	if session.Round == "" || session.Status != coachings.Planned {
		return steps, nil
	}
	r, err := rounds.TheRound(ctx, a.Read, a.Programme, session.Round)
	if err == nil && r.Debriefed == "" {
		steps = append(steps, eventstore.Do(round.HoldDebrief{ID: r.ID, On: on}))
	}
	return steps, err
}

// A coachingList is the coaching that somebody has to do with.
type coachingList struct {
	Mine     []coachings.Coaching `json:"mine" doc:"Contracts of which you are coach, coachee or sponsor, or that you proposed"`
	Debriefs []waitingDebrief     `json:"debriefs" doc:"Reports that you have yet to talk about with their subject, the longest waiting first"`
	Shared   []coachings.Goal     `json:"shared" doc:"Learning goals that others share with you, besides those whom you coach"`
	Reach    *coachings.Reach     `json:"reach,omitempty" doc:"How many of the MT have had a session, for who leads and the works council"`
	Dates    []coachings.Dates    `json:"dates,omitempty" doc:"Who coaches whom and when they met, for who leads"`

	hasFeed bool
	names   people.Directory
}

// A waitingDebrief is a report that its coach has yet to talk about.
type waitingDebrief struct {
	Round   domain.RoundID  `json:"round"`
	Coachee domain.PersonID `json:"coachee"`
	Since   domain.Day      `json:"since"`
	Days    int             `json:"days" doc:"for how many days it has been waiting"`
}

func (s *Server) askCoachings(ctx context.Context, a Asker, _ struct{}) (l coachingList, err error) {
	if l.Mine, err = coachings.Of(ctx, a.Read, a.Programme, a.Person); err != nil {
		return l, err
	}
	l.Mine = slices.DeleteFunc(l.Mine, func(c coachings.Coaching) bool {
		return !access.Can(a.Actor, access.CoachingTerms, c.Resource(a.Programme))
	})
	if l.Debriefs, err = waitingDebriefs(ctx, a); err != nil {
		return l, err
	}
	if l.Shared, err = coachings.SharedGoals(ctx, a.Read, a.Programme, coachings.SightOf(a.Actor)); err != nil {
		return l, err
	}
	coached := l.coached(a.Person) // whose goals stand with their coaching
	l.Shared = slices.DeleteFunc(l.Shared, func(g coachings.Goal) bool {
		return slices.ContainsFunc(coached, func(c coachings.Coaching) bool { return c.ID == g.Coaching })
	})
	if access.Can(a.Actor, access.CoachingsCount, a.all()) {
		reach, err := coachings.TheReach(ctx, a.Read, a.Programme)
		if err != nil {
			return l, err
		}
		if reach.MT >= domain.LowestThreshold { // of fewer it would be about somebody
			l.Reach = &reach
		}
	}
	if access.Can(a.Actor, access.CoachingsDates, a.all()) {
		if l.Dates, err = coachings.AllDates(ctx, a.Read, a.Programme); err != nil {
			return l, err
		}
	}
	if a.On == "" {
		if l.hasFeed, err = s.Signin.Subscribed(ctx, signin.Who{Programme: a.Programme, Person: a.Person}); err != nil {
			return l, err
		}
	}
	l.names, err = people.Names(ctx, a.Read, a.Programme)
	return l, err
}

// table is how far coaching reaches.
func (l coachingList) table(v View) sheet.Table {
	ctx := v.ctx()
	t := sheet.Table{Name: i18n.T(ctx, "coaching.reach"), Columns: heads(ctx, "what", "people"), Notes: []string{i18n.T(ctx, "table.reach.note", "n", domain.LowestThreshold)}}
	if l.Reach != nil {
		t.Rows = [][]any{{i18n.T(ctx, "table.reach.mt"), l.Reach.MT}, {i18n.T(ctx, "table.reach.met"), l.Reach.Met}}
	}
	return t
}

func waitingDebriefs(ctx context.Context, a Asker) ([]waitingDebrief, error) {
	waiting := []waitingDebrief{}
	list, err := rounds.List(ctx, a.Read, a.Programme, rounds.Sight{Person: a.Person})
	for _, r := range list {
		mine := access.Can(a.Actor, access.RoundCoach, r.Resource(a.Programme, nil))
		if mine && r.Kind == domain.Feedback && r.Status == round.StatusReleased && r.Debriefed == "" {
			waiting = append(waiting, waitingDebrief{r.ID, r.Subject, r.Since, r.Since.DaysUntil(a.today())})
		}
	}
	slices.SortStableFunc(waiting, func(x, y waitingDebrief) int { return y.Days - x.Days })
	return waiting, err
}

// coachingTasks are the coachings that ask something of the asker: their yes,
// or to say whether a session took place.
func coachingTasks(ctx context.Context, a Asker) ([]coachings.Coaching, error) {
	of, err := coachings.Of(ctx, a.Read, a.Programme, a.Person)
	return slices.DeleteFunc(of, func(c coachings.Coaching) bool {
		what := c.Resource(a.Programme)
		agree := c.WaitsFor(a.Person) && access.Can(a.Actor, access.CoachingAgree, what)
		tell := c.Underway() && c.Next != "" && c.Next < a.today() && access.Can(a.Actor, access.CoachingWork, what)
		return !agree && !tell
	}), err
}

// as are the coachings in which somebody has a part.
func (l coachingList) as(part func(coachings.Coaching) bool) []coachings.Coaching {
	return slices.DeleteFunc(slices.Clone(l.Mine), func(c coachings.Coaching) bool { return !part(c) })
}

func (l coachingList) coached(by domain.PersonID) []coachings.Coaching {
	return l.as(func(c coachings.Coaching) bool { return c.Coach == by })
}

func (l coachingList) followed(by domain.PersonID) []coachings.Coaching {
	return l.as(func(c coachings.Coaching) bool { return c.Coachee == by })
}

// watched are those of which somebody is the sponsor, or that they proposed.
func (l coachingList) watched(by domain.PersonID) []coachings.Coaching {
	return l.as(func(c coachings.Coaching) bool { return c.Coach != by && c.Coachee != by })
}

// talks reports whether somebody has sessions to put into a calendar.
func (l coachingList) talks(who domain.PersonID) bool {
	return slices.ContainsFunc(l.Mine, func(c coachings.Coaching) bool { return c.Coach == who || c.Coachee == who })
}

// title is what the page is called for who looks.
func (l coachingList) title(ctx context.Context, a Asker) string {
	if a.Is(domain.Coach) {
		return i18n.T(ctx, "coaching.mine.coach")
	}
	return i18n.T(ctx, "coaching.title")
}

// empty reports whether there is nothing to show.
func (l coachingList) empty() bool {
	return len(l.Mine)+len(l.Debriefs)+len(l.Shared)+len(l.Dates) == 0 && l.Reach == nil
}

// A newCoaching is who there is to choose from.
type newCoaching struct {
	Coaches []people.Person `json:"coaches"`
	People  []people.Person `json:"people" doc:"Who can be coached, or be sponsor"`

	asked newCoachingIn
}

func askNewCoaching(ctx context.Context, a Asker, in newCoachingIn) (n newCoaching, err error) {
	n.asked = in
	if n.Coaches, err = people.List(ctx, a.Read, a.Programme, people.Filter{Role: domain.Coach}); err != nil {
		return n, err
	}
	n.Coaches = slices.DeleteFunc(n.Coaches, func(p people.Person) bool { return slices.Contains(p.Roles, domain.Admin) })
	if n.People, err = people.List(ctx, a.Read, a.Programme, people.Filter{}); err != nil {
		return n, err
	}
	n.People = slices.DeleteFunc(n.People, func(p people.Person) bool { return !takesPart(p) })
	for _, list := range [][]people.Person{n.Coaches, n.People} {
		for i := range list {
			a.hideAddress(&list[i])
		}
	}
	return n, nil
}

// oneCoaching is one coaching, as far as the asker may read it.
type oneCoaching struct {
	coachings.Coaching
	Earlier  []coachings.Version `json:"earlier" doc:"What the contract said before, the last first"`
	Sessions []coachings.Session `json:"sessions" doc:"The last first; where and what for only for coach and coachee"`
	Goals    []coachings.Goal    `json:"goals" doc:"Learning goals that you may read"`
	Notes    []coachings.Note    `json:"notes" doc:"For coach and coachee: what they share, and your own"`

	step    string
	session coachings.Session // these three: what the step is about
	note    coachings.Note
	goal    coachings.Goal

	waiting    []rounds.Round // for debriefing
	pillars    []strategies.Part
	behaviours []strategies.Part
	promises   []promises.Promise
	teams      []people.Team
	persons    []people.Person
	links      goalLinks
	names      people.Directory
}

func askCoaching(ctx context.Context, a Asker, in CoachingIn) (c oneCoaching, err error) {
	if c.Coaching, err = coachings.TheCoaching(ctx, a.Read, a.Programme, in.ID); err != nil {
		return c, err
	}
	if c.Earlier, err = coachings.Versions(ctx, a.Read, a.Programme, in.ID); err != nil {
		return c, err
	}
	if c.Sessions, err = coachings.Sessions(ctx, a.Read, a.Programme, in.ID); err != nil {
		return c, err
	}
	c.Notes = []coachings.Note{}
	if access.Can(a.Actor, access.CoachingRead, c.Resource(a.Programme)) {
		c.Notes, err = coachings.Notes(ctx, a.Read, a.Programme, in.ID, a.Person)
	} else {
		c.Sessions = datesOnly(c.Sessions)
	}
	if err != nil {
		return c, err
	}
	if c.Goals, err = coachings.Goals(ctx, a.Read, a.Programme, in.ID, coachings.SightOf(a.Actor)); err != nil {
		return c, err
	}
	if c.links, err = linksOf(ctx, a, c.Goals); err != nil {
		return c, err
	}
	c.names, err = people.Names(ctx, a.Read, a.Programme)
	return c, err
}

// datesOnly leaves of sessions when they are, and no more.
func datesOnly(sessions []coachings.Session) []coachings.Session {
	for i, s := range sessions {
		sessions[i] = coachings.Session{
			Coaching: s.Coaching, ID: s.ID, Slot: s.Slot, Status: s.Status, Held: s.Held, Revision: s.Revision, Changed: s.Changed,
		}
	}
	return sessions
}

// goalLinks are what learning goals are linked to, as far as the asker may
// read it.
type goalLinks struct {
	behaviours map[domain.BehaviourID]strategies.Part
	promises   map[domain.PromiseID]promises.Promise
}

func linksOf(ctx context.Context, a Asker, goals []coachings.Goal) (goalLinks, error) {
	l := goalLinks{map[domain.BehaviourID]strategies.Part{}, map[domain.PromiseID]promises.Promise{}}
	for _, g := range goals {
		if g.Behaviour != "" {
			part, err := strategies.ThePart(ctx, a.Read, a.Programme, strategies.Behaviour, string(g.Behaviour))
			if err != nil && !errors.Is(err, domain.ErrNotFound) {
				return l, err
			}
			if err == nil {
				l.behaviours[g.Behaviour] = part
			}
		}
		if g.Promise == "" {
			continue
		}
		what, err := thePromise(ctx, a, PromiseIn{g.Promise})
		if errors.Is(err, promise.ErrUnknown) || err == nil && !access.Can(a.Actor, access.PromiseRead, what) {
			continue
		}
		if err == nil {
			l.promises[g.Promise], err = promises.ThePromise(ctx, a.Read, a.Programme, g.Promise)
		}
		if err != nil {
			return l, err
		}
	}
	return l, nil
}

// askStep is a coaching with what there is to choose from in a form.
func askStep(ctx context.Context, a Asker, step string, in CoachingIn) (c oneCoaching, err error) {
	if c, err = askCoaching(ctx, a, in); err != nil {
		return c, err
	}
	c.step = step
	switch step {
	case "plan":
		c.waiting, err = debriefs(ctx, a, c.Coaching)
	case "goal", "revise-goal":
		err = c.choices(ctx, a)
	case "share":
		if c.teams, err = people.Teams(ctx, a.Read, a.Programme); err == nil {
			c.persons, err = people.List(ctx, a.Read, a.Programme, people.Filter{})
		}
	}
	return c, err
}

// choices are what a learning goal can be linked to.
func (c *oneCoaching) choices(ctx context.Context, a Asker) (err error) {
	n, err := askNewPromise(ctx, a, newPromiseIn{})
	if err != nil {
		return err
	}
	c.pillars, c.behaviours = n.Pillars, n.Behaviours
	if c.promises, err = promises.Mine(ctx, a.Read, a.Programme, a.Person); err != nil {
		return err
	}
	c.waiting, err = rounds.OfSubject(ctx, a.Read, a.Programme, a.Person)
	c.waiting = slices.DeleteFunc(c.waiting, func(r rounds.Round) bool { return r.Kind != domain.Feedback || r.Debriefed == "" })
	return err
}

func askSessionStep(ctx context.Context, a Asker, step string, in SessionIn) (oneCoaching, error) {
	c, err := askStep(ctx, a, step, in.CoachingIn)
	if err != nil {
		return c, err
	}
	c.session, err = coachings.TheSession(ctx, a.Read, a.Programme, in.ID, in.Session)
	return c, err
}

func askNoteStep(ctx context.Context, a Asker, in NoteIn) (oneCoaching, error) {
	c, err := askStep(ctx, a, "amend", in.CoachingIn)
	if err != nil {
		return c, err
	}
	i := slices.IndexFunc(c.Notes, func(n coachings.Note) bool { return n.ID == in.Note })
	if i < 0 {
		return c, coaching.ErrUnknownNote
	}
	if c.note = c.Notes[i]; c.note.By != a.Person {
		return c, coaching.ErrNotWriter
	}
	return c, nil
}

func askGoalStep(ctx context.Context, a Asker, step string, in GoalIn) (oneCoaching, error) {
	c, err := askStep(ctx, a, step, in.CoachingIn)
	if err != nil {
		return c, err
	}
	i := slices.IndexFunc(c.Goals, func(g coachings.Goal) bool { return g.ID == in.Goal })
	if i < 0 {
		return c, coaching.ErrUnknownGoal
	}
	c.goal = c.Goals[i]
	return c, nil
}

// A preparation is what a coach wants at hand before a session.
type preparation struct {
	coachings.Coaching
	NextSession *coachings.Session `json:"next_session,omitempty"`
	Reports     []rounds.Round     `json:"reports" doc:"Rounds about the coachee whose result you may read, the newest first"`
	Windows     []window           `json:"windows,omitempty" doc:"How the coachee sees themselves, beside how others do: from the newest of these reports that is 360 feedback"`
	Promises    []promises.Promise `json:"promises" doc:"What the coachee promised and has yet to keep, the first due first"`
	Goals       []coachings.Goal   `json:"goals"`
	Notes       []coachings.Note   `json:"notes" doc:"What you share, and your own"`

	feedback result // that the windows are in
	links    goalLinks
	names    people.Directory
}

// askPreparation refuses a coaching that is not under way: who proposed one
// has no business yet in what the other promised.
func askPreparation(ctx context.Context, a Asker, in CoachingIn) (p preparation, err error) {
	c, err := askCoaching(ctx, a, in)
	switch {
	case err != nil:
		return p, err
	case c.Closed != "":
		return p, coaching.ErrClosed
	case !c.Underway():
		return p, coaching.ErrNotInForce
	}
	p.Coaching, p.Goals, p.Notes, p.links, p.names = c.Coaching, c.Goals, c.Notes, c.links, c.names
	if next := c.upcoming(); len(next) > 0 {
		p.NextSession = &next[0]
	}
	of, err := rounds.OfSubject(ctx, a.Read, a.Programme, c.Coachee)
	if err != nil {
		return p, err
	}
	p.Reports = slices.DeleteFunc(of, func(r rounds.Round) bool {
		return r.Status != round.StatusReleased || !access.Can(a.Actor, access.RoundResult, r.Resource(a.Programme, nil))
	})
	slices.Reverse(p.Reports)
	if i := slices.IndexFunc(p.Reports, func(r rounds.Round) bool { return r.Kind == domain.Feedback }); i >= 0 {
		if p.feedback, err = askResult(ctx, a, RoundIn{p.Reports[i].ID}); err != nil {
			return p, err
		}
		p.Windows = p.feedback.windows()
	}
	if p.Promises, err = promises.Mine(ctx, a.Read, a.Programme, c.Coachee); err != nil {
		return p, err
	}
	p.Promises = slices.DeleteFunc(p.Promises, func(x promises.Promise) bool {
		return !x.Made || x.Status != promise.StatusActive && x.Status != promise.StatusBroken
	})
	return p, nil
}

// upcoming are the sessions that are planned, the first first.
func (c oneCoaching) upcoming() []coachings.Session {
	list := slices.DeleteFunc(slices.Clone(c.Sessions), func(s coachings.Session) bool { return s.Status != coachings.Planned })
	slices.Reverse(list)
	return list
}

// over are the sessions that took place or were cancelled, the last first.
func (c oneCoaching) over() []coachings.Session {
	return slices.DeleteFunc(slices.Clone(c.Sessions), func(s coachings.Session) bool { return s.Status == coachings.Planned })
}

// notes are those that both read, or one's own.
func (c oneCoaching) notes(own bool) []coachings.Note {
	return slices.DeleteFunc(slices.Clone(c.Notes), func(n coachings.Note) bool { return n.Own != own })
}

// address is where something about the coaching is.
func (c oneCoaching) address(path string) string { return "/coaching/" + string(c.ID) + "/" + path }

func sessionAddress(s coachings.Session, step string) string {
	return "/coaching/" + string(s.Coaching) + "/sessions/" + string(s.ID) + "/" + step
}

func goalAddress(g coachings.Goal, step string) string {
	return "/coaching/" + string(g.Coaching) + "/goals/" + string(g.ID) + "/" + step
}

// stepAddress is where the form of a step is, and what it posts to.
func (c oneCoaching) stepAddress() string {
	switch {
	case c.session.ID != "":
		return sessionAddress(c.session, c.step)
	case c.note.ID != "":
		return c.address("notes/" + string(c.note.ID) + "/amend")
	case c.goal.ID != "":
		return goalAddress(c.goal, c.step)
	}
	return c.address(c.step)
}

// stepForm is the form of a step, with the ids of what is new.
func (c oneCoaching) stepForm(v View) Form {
	f := v.Form(c.stepAddress(), map[string][]string{"plan": {"session"}, "note": {"note"}, "keep": {"note"}, "goal": {"goal"}}[c.step]...)
	switch {
	case c.step == "decline":
		f = f.with("version", strconv.Itoa(c.Number))
	case c.step == "goal" && c.goal.Question != "", c.step == "revise-goal" && c.goal.Question != "":
		f = f.with("question", string(c.goal.Question))
	case c.step == "share" && f.Values == nil:
		f.Values = url.Values{}
		for _, p := range c.goal.SharedWith {
			f.Values.Add("with", string(p))
		}
	}
	return f
}

// agreeForm agrees to the contract as it is shown.
func (c oneCoaching) agreeForm(v View) Form {
	return v.Form(c.address("agree")).with("version", strconv.Itoa(c.Number))
}

// three are those whose contract it is.
func (c oneCoaching) three() []struct {
	Part string
	Who  domain.PersonID
} {
	return []struct {
		Part string
		Who  domain.PersonID
	}{{"coachee", c.Coachee}, {"coach", c.Coach}, {"sponsor", c.Sponsor}}
}

// offers reports whether the page offers to do something.
func (c oneCoaching) offers(v View, do access.Action) bool {
	return v.Asker.On == "" && v.Can(do, c.Resource(v.Asker.Programme))
}

// stepsOffered are the forms that the page leads to.
func (c oneCoaching) stepsOffered(v View) (steps []string) {
	underway := c.Underway()
	for _, s := range []struct {
		name string
		when bool
		do   access.Action
	}{
		{"plan", c.Status == coachings.InForce, access.CoachingWork},
		{"goal", underway, access.CoachingOwn},
		{"note", underway, access.CoachingWork},
		{"keep", underway, access.CoachingWork},
		{"revise", c.Status != coachings.Closed, access.CoachingAgree},
		{"close", underway, access.CoachingWork},
	} {
		if s.when && c.offers(v, s.do) {
			steps = append(steps, s.name)
		}
	}
	return steps
}

// whenSaid says when a session is: "vrijdag 20 maart 2026, 14:30 uur, 60
// minuten".
func whenSaid(ctx context.Context, s coachings.Session) string {
	day := i18n.Weekday(ctx, s.Day) + " " + strconv.Itoa(s.Day.Start().Year())
	return i18n.T(ctx, "coaching.when", "Day", day, "Start", string(s.Start), "Minutes", s.Minutes)
}

// debriefSaid names a round of feedback.
func debriefSaid(ctx context.Context, r rounds.Round) string {
	return i18n.T(ctx, "coaching.report_of", "Day", i18n.Date(ctx, r.Closes))
}

func roundOptions(ctx context.Context, none string, list []rounds.Round) []Option {
	options := []Option{{Label: none}}
	for _, r := range list {
		options = append(options, Option{Value: string(r.ID), Label: debriefSaid(ctx, r)})
	}
	return options
}

func sessionOptions(ctx context.Context, none string, sessions []coachings.Session) []Option {
	options := []Option{{Label: none}}
	for _, s := range sessions {
		options = append(options, Option{Value: string(s.ID), Label: i18n.LongDate(ctx, s.Day)})
	}
	return options
}

func ownPromiseOptions(none string, list []promises.Promise) []Option {
	options := []Option{{Label: none}}
	for _, p := range list {
		if p.Made && p.Wording != nil {
			options = append(options, Option{Value: string(p.ID), Label: *p.Wording})
		}
	}
	return options
}

func reasonOptions(ctx context.Context) []Option {
	var options []Option
	for _, r := range coaching.Reasons {
		options = append(options, Option{Value: string(r), Label: i18n.T(ctx, "coaching.reason."+string(r))})
	}
	return options
}

// stepSaid says what happened to a learning goal.
func stepSaid(ctx context.Context, s coachings.Step) string {
	return i18n.T(ctx, "coaching.goal.step."+string(s.Kind))
}

// late reports whether a planned session has passed without anybody saying
// whether it took place.
func late(s coachings.Session, today domain.Day) bool {
	return s.Status == coachings.Planned && s.Day < today
}

// preparedPromises are the promises of a coachee; there is a way to those that
// the coach may read by themselves.
func (p preparation) preparedPromises(ctx context.Context, v View) []PromiseRow {
	rows := make([]PromiseRow, len(p.Promises))
	for i, x := range p.Promises {
		rows[i] = promiseRow(ctx, p.names, v.Page.shownDay(), x)
		rows[i].By = ""
		if !v.Can(access.PromiseRead, access.Resource{Programme: v.Asker.Programme, Owner: x.By, Recorder: x.RecordedBy, For: x.To}) {
			rows[i].Href = "/promises/" + string(x.ID) + "/evidence" // which is for coaches
		}
	}
	return rows
}

// feedForm asks for the secret address of one's calendar.
func feedForm() Form { return Form{ID: "feed", Action: "/coaching/calendar"} }

// coachingName is what a coaching is called for who has that part in it.
func coachingName(ctx context.Context, names people.Directory, c coachings.Coaching, part string) string {
	switch part {
	case "coached":
		return personName(ctx, names, c.Coachee)
	case "followed":
		return i18n.T(ctx, "coaching.by", "Name", personName(ctx, names, c.Coach))
	}
	return i18n.T(ctx, "coaching.coaches", "Coach", personName(ctx, names, c.Coach), "Coachee", personName(ctx, names, c.Coachee))
}

// coacheeOptions are those for whom the asker can propose a coaching: who
// neither leads nor coaches, for themselves.
func (n newCoaching) coacheeOptions(ctx context.Context, a Asker) []Option {
	return teammateOptions(ctx, slices.DeleteFunc(slices.Clone(n.People), func(p people.Person) bool {
		return !a.Is(domain.Lead, domain.Coach) && p.ID != a.Person
	}))
}

func (n newCoaching) firstCoachee(a Asker) string {
	if n.asked.Coachee == "" && !a.Is(domain.Lead, domain.Coach) {
		return string(a.Person)
	}
	return string(n.asked.Coachee)
}

// firstCoach is who coaches, when that is evident.
func (n newCoaching) firstCoach(a Asker) string {
	switch {
	case a.Is(domain.Coach) && !a.Is(domain.Lead):
		return string(a.Person)
	case len(n.Coaches) == 1:
		return string(n.Coaches[0].ID)
	}
	return ""
}
