package coaching

import (
	"slices"

	"koersvast/domain"
)

type goal struct {
	text   domain.Private
	links  Links
	due    domain.Day
	shared []domain.Party
	ended  goalEnd
	exists bool
}

type goalEnd uint8

const (
	completed goalEnd = iota + 1
	dropped
)

// Links say where a learning goal comes from, as far as anybody said.
type Links struct {
	Behaviour domain.BehaviourID `json:"behaviour,omitempty"` // of the strategy
	Promise   domain.PromiseID   `json:"promise,omitempty"`
	Round     domain.RoundID     `json:"round,omitempty"`    // of feedback
	Question  domain.QuestionID  `json:"question,omitempty"` // of that round
}

func (l Links) refused() (refused []*domain.Error) {
	if l.Behaviour != "" {
		refused = append(refused, domain.Identifies("behaviour", l.Behaviour))
	}
	if l.Promise != "" {
		refused = append(refused, domain.Identifies("promise", l.Promise))
	}
	switch {
	case l.Round != "":
		refused = append(refused, domain.Identifies("round", l.Round))
	case l.Question != "":
		refused = append(refused, domain.ErrRequired.On("round"))
	}
	if l.Question != "" {
		refused = append(refused, domain.Identifies("question", l.Question))
	}
	return refused
}

// SetGoal says what the coachee wants to learn. The coach may read it until
// the coachee decides otherwise, see [ShareGoal].
type SetGoal struct {
	ID   domain.CoachingID
	Goal domain.GoalID
	Text string
	Links
	Due domain.Day // none: no day is set
}

func (c SetGoal) Stream() domain.Stream { return stream(c.ID) }

func (c SetGoal) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.learning(act.By)); err != nil {
		return nil, err
	}
	if err := domain.All(s.underway(act.By)); err != nil {
		return nil, err
	}
	if s.goals[c.Goal].exists {
		return nil, ErrGoalExists
	}
	if err := domain.All(slices.Concat(
		[]*domain.Error{
			domain.Identifies("goal", c.Goal),
			domain.Needed("text", c.Text, goalLength),
			dueRefused(c.Due, act.Today()),
		},
		c.Links.refused(),
	)...); err != nil {
		return nil, err
	}
	return []Event{GoalSet{c.ID, c.Goal, about(s.coachee, c.Text), c.Links, c.Due, []domain.Party{domain.Person(s.coach)}}}, nil
}

// goalLength is how long the words of a learning goal can be.
const goalLength = 500

// learning refuses p the coachee's own.
func (s State) learning(p domain.PersonID) *domain.Error {
	switch s.coachee {
	case "":
		return ErrUnknown
	case p:
		return nil
	}
	return ErrNotCoachee
}

func dueRefused(due, today domain.Day) *domain.Error {
	if due.Valid() && due < today {
		return ErrPast.On("due")
	}
	return domain.OnCalendar("due", due)
}

// GoalSet says what the coachee wants to learn, and who else may read it.
type GoalSet struct {
	ID   domain.CoachingID `json:"id"`
	Goal domain.GoalID     `json:"goal"`
	Text domain.Private    `json:"text,omitzero"`
	Links
	Due        domain.Day     `json:"due,omitempty"`
	SharedWith []domain.Party `json:"shared_with"`
}

func (GoalSet) EventName() string { return "coaching.goal_set" }

func (e GoalSet) Evolve(s State) State {
	s.goals = set(s.goals, e.Goal, goal{text: e.Text, links: e.Links, due: e.Due, shared: e.SharedWith, exists: true})
	return s
}

func (e *GoalSet) Private() []*domain.Private { return []*domain.Private{&e.Text} }

// ReviseGoal gives a learning goal other words, other links or another day.
type ReviseGoal struct {
	ID   domain.CoachingID
	Goal domain.GoalID
	Text string
	Links
	Due domain.Day
	Why string
}

func (c ReviseGoal) Stream() domain.Stream { return stream(c.ID) }

func (c ReviseGoal) Decide(s State, act domain.Act) ([]Event, error) {
	was, err := s.active(act.By, c.Goal)
	if err != nil {
		return nil, err
	}
	text := about(s.coachee, c.Text)
	if text.Equal(was.text) && c.Links == was.links && c.Due == was.due {
		return nil, nil
	}
	refused := append(c.Links.refused(),
		domain.Needed("text", c.Text, goalLength),
		domain.Needed("why", c.Why, domain.TextLength),
	)
	if c.Due != was.due { // a day that has passed can stay
		refused = append(refused, dueRefused(c.Due, act.Today()))
	}
	if err := domain.All(refused...); err != nil {
		return nil, err
	}
	return []Event{GoalRevised{c.ID, c.Goal, text, c.Links, c.Due, about(s.coachee, c.Why)}}, nil
}

// active returns a learning goal, and refuses one that is not p's or that has
// ended. Goals outlive the coaching in which they were set.
func (s State) active(p domain.PersonID, id domain.GoalID) (goal, error) {
	if err := domain.All(s.learning(p)); err != nil {
		return goal{}, err
	}
	g := s.goals[id]
	switch {
	case !g.exists:
		return goal{}, ErrUnknownGoal
	case g.ended != 0:
		return goal{}, ErrGoalNotActive
	}
	return g, nil
}

// GoalRevised says what a learning goal is from now on, and why.
type GoalRevised struct {
	ID   domain.CoachingID `json:"id"`
	Goal domain.GoalID     `json:"goal"`
	Text domain.Private    `json:"text,omitzero"`
	Links
	Due domain.Day     `json:"due,omitempty"`
	Why domain.Private `json:"why,omitzero"`
}

func (GoalRevised) EventName() string { return "coaching.goal_revised" }

func (e GoalRevised) Evolve(s State) State {
	g := s.goals[e.Goal]
	g.text, g.links, g.due = e.Text, e.Links, e.Due
	s.goals = set(s.goals, e.Goal, g)
	return s
}

func (e *GoalRevised) Private() []*domain.Private { return []*domain.Private{&e.Text, &e.Why} }

// NoteProgress says that the coachee is getting somewhere, or still at it.
type NoteProgress struct {
	ID   domain.CoachingID
	Goal domain.GoalID
	Text string // nobody has to say how
}

func (c NoteProgress) Stream() domain.Stream { return stream(c.ID) }

func (c NoteProgress) Decide(s State, act domain.Act) ([]Event, error) {
	if _, err := s.active(act.By, c.Goal); err != nil {
		return nil, err
	}
	if err := domain.All(domain.Optional("text", c.Text, domain.TextLength)); err != nil {
		return nil, err
	}
	return []Event{ProgressNoted{c.ID, c.Goal, about(s.coachee, c.Text)}}, nil
}

// ProgressNoted says that the coachee is at work on a learning goal, and
// perhaps how it goes. Who may read the goal may read this.
type ProgressNoted struct {
	ID   domain.CoachingID `json:"id"`
	Goal domain.GoalID     `json:"goal"`
	Text domain.Private    `json:"text,omitzero"`
}

func (ProgressNoted) EventName() string { return "coaching.progress_noted" }

func (ProgressNoted) Evolve(s State) State { return s }

func (e *ProgressNoted) Private() []*domain.Private { return []*domain.Private{&e.Text} }

// CompleteGoal says that what the coachee wanted to learn has been learned.
// That verdict is the coachee's.
type CompleteGoal struct {
	ID   domain.CoachingID
	Goal domain.GoalID
}

func (c CompleteGoal) Stream() domain.Stream { return stream(c.ID) }

func (c CompleteGoal) Decide(s State, act domain.Act) ([]Event, error) {
	if s.coachee == act.By && s.goals[c.Goal].ended == completed {
		return nil, nil
	}
	if _, err := s.active(act.By, c.Goal); err != nil {
		return nil, err
	}
	return []Event{GoalCompleted(c)}, nil
}

// GoalCompleted says that a learning goal has been reached.
type GoalCompleted struct {
	ID   domain.CoachingID `json:"id"`
	Goal domain.GoalID     `json:"goal"`
}

func (GoalCompleted) EventName() string { return "coaching.goal_completed" }

func (e GoalCompleted) Evolve(s State) State { return s.ended(e.Goal, completed) }

// ended returns s with how a learning goal ended.
func (s State) ended(id domain.GoalID, how goalEnd) State {
	g := s.goals[id]
	g.ended = how
	s.goals = set(s.goals, id, g)
	return s
}

// DropGoal lets a learning goal go.
type DropGoal struct {
	ID   domain.CoachingID
	Goal domain.GoalID
	Why  string
}

func (c DropGoal) Stream() domain.Stream { return stream(c.ID) }

func (c DropGoal) Decide(s State, act domain.Act) ([]Event, error) {
	if s.coachee == act.By && s.goals[c.Goal].ended == dropped {
		return nil, nil
	}
	if _, err := s.active(act.By, c.Goal); err != nil {
		return nil, err
	}
	if err := domain.All(domain.Needed("why", c.Why, domain.TextLength)); err != nil {
		return nil, err
	}
	return []Event{GoalDropped{c.ID, c.Goal, about(s.coachee, c.Why)}}, nil
}

// GoalDropped says that a learning goal was let go, and why.
type GoalDropped struct {
	ID   domain.CoachingID `json:"id"`
	Goal domain.GoalID     `json:"goal"`
	Why  domain.Private    `json:"why,omitzero"`
}

func (GoalDropped) EventName() string { return "coaching.goal_dropped" }

func (e GoalDropped) Evolve(s State) State { return s.ended(e.Goal, dropped) }

func (e *GoalDropped) Private() []*domain.Private { return []*domain.Private{&e.Why} }

// ShareGoal says who may read a learning goal besides the coachee: those who
// are named, and nobody else any more. It can be said at any time, also of a
// goal that has ended.
type ShareGoal struct {
	ID   domain.CoachingID
	Goal domain.GoalID
	With []domain.Party
}

func (c ShareGoal) Stream() domain.Stream { return stream(c.ID) }

func (c ShareGoal) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.learning(act.By)); err != nil {
		return nil, err
	}
	g := s.goals[c.Goal]
	if !g.exists {
		return nil, ErrUnknownGoal
	}
	if slices.ContainsFunc(c.With, func(p domain.Party) bool { return !p.Valid() }) {
		return nil, domain.ErrNoParty.On("with")
	}
	// In one order and each once, so that the same readers are the same list.
	readers := slices.Compact(slices.Sorted(slices.Values(c.With)))
	if slices.Equal(readers, g.shared) {
		return nil, nil
	}
	return []Event{GoalShared{c.ID, c.Goal, readers}}, nil
}

// GoalShared says who may read a learning goal from now on, besides the
// coachee.
type GoalShared struct {
	ID   domain.CoachingID `json:"id"`
	Goal domain.GoalID     `json:"goal"`
	With []domain.Party    `json:"with"`
}

func (GoalShared) EventName() string { return "coaching.goal_shared" }

func (e GoalShared) Evolve(s State) State {
	g := s.goals[e.Goal]
	g.shared = e.With
	s.goals = set(s.goals, e.Goal, g)
	return s
}
