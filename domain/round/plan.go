package round

import (
	"encoding/json"
	"slices"

	"koersvast/domain"
)

// Plan prepares a round about one person.
type Plan struct {
	ID        domain.RoundID
	Kind      domain.RoundKind
	Subject   domain.PersonID
	Coach     domain.PersonID  // reads the answers first, and closes the round
	Promise   domain.PromiseID // that is checked
	Questions []Question

	Opens, Closes domain.Day // its first and its last day

	Thresholds domain.Thresholds
}

// How many days a round can be open.
const (
	shortestPeriod = 2
	LongestPeriod  = 60
)

func (c Plan) Stream() domain.Stream { return stream(c.ID) }

func (c Plan) Decide(s State, act domain.Act) ([]Event, error) {
	if s.status != "" {
		return nil, ErrExists
	}
	refused := []*domain.Error{
		domain.Identifies("id", c.ID),
		domain.Identifies("subject", c.Subject),
		domain.Identifies("coach", c.Coach),
		c.periodRefused(act.Today()),
	}
	switch {
	case !slices.Contains(domain.RoundKinds, c.Kind):
		refused = append(refused, ErrKind.On("kind"))
	case c.Kind == domain.Check && c.Promise == "":
		refused = append(refused, ErrNoPromise.On("promise"))
	case c.Promise != "":
		refused = append(refused, domain.Identifies("promise", c.Promise))
	}
	if c.Coach == c.Subject {
		refused = append(refused, ErrCoachSubject.On("coach"))
	}
	refused = append(refused, c.Thresholds.Refused()...)
	if err := domain.All(append(refused, questionsRefused(c.Questions)...)...); err != nil {
		return nil, err
	}
	questions, err := under(domain.KeyOf(c.Subject, domain.Opinions), c.Questions)
	if err != nil {
		return nil, err
	}
	return []Event{Planned{
		ID: c.ID, Kind: c.Kind, Purpose: Development, Subject: c.Subject, Coach: c.Coach, Promise: c.Promise,
		Questions: questions, Opens: c.Opens, Closes: c.Closes, Thresholds: c.Thresholds,
	}}, nil
}

func (c Plan) periodRefused(today domain.Day) *domain.Error {
	switch {
	case !c.Opens.Valid():
		return domain.ErrNotADay.On("opens")
	case !c.Closes.Valid():
		return domain.ErrNotADay.On("closes")
	case c.Opens < today:
		return ErrPeriod.On("opens")
	}
	if days := c.Opens.DaysUntil(c.Closes); days < shortestPeriod || days > LongestPeriod {
		return ErrPeriod.On("closes")
	}
	return nil
}

// Planned says that a round about somebody is prepared, and what it asks.
type Planned struct {
	ID      domain.RoundID   `json:"id"`
	Kind    domain.RoundKind `json:"kind"`
	Purpose Purpose          `json:"purpose"`
	Subject domain.PersonID  `json:"subject"`
	Coach   domain.PersonID  `json:"coach"`
	Promise domain.PromiseID `json:"promise,omitempty"`

	// Questions are a list of [Question] as JSON. They can hold the words of a
	// promise, and so are sealed as what is said about the subject.
	Questions domain.Private `json:"questions,omitzero"`

	Opens  domain.Day `json:"opens"`
	Closes domain.Day `json:"closes"`
	domain.Thresholds
}

func (Planned) EventName() string { return "round.planned" }

func (e Planned) Evolve(State) State {
	questions, _ := e.Asks()
	return State{
		status: StatusPlanned, kind: e.Kind, subject: e.Subject, coach: e.Coach,
		closes: e.Closes, questions: questions, thresholds: e.Thresholds,
	}
}

func (e *Planned) Private() []*domain.Private { return []*domain.Private{&e.Questions} }

// Asks returns the questions, or false when they were erased.
func (e Planned) Asks() ([]Question, bool) { return read[[]Question](e.Questions) }

// read returns what stands in a text, or false when it was erased. Only this
// package writes such texts, so one that is not understood is no text.
func read[T any](p domain.Private) (v T, ok bool) {
	text, ok := p.Reveal()
	if !ok || text == "" {
		return v, false
	}
	return v, json.Unmarshal([]byte(text), &v) == nil
}
