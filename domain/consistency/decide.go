package consistency

import (
	"slices"

	"koersvast/domain"
)

// A Choice is what is done about something in a picture.
type Choice string

const (
	Keep     Choice = "keep"     // the promise stands as it is
	Reword   Choice = "reword"   // it is said in other words
	Withdraw Choice = "withdraw" // it is taken back, and explained
	Repair   Choice = "repair"   // what went wrong is made good
	Promise  Choice = "promise"  // something new is promised
)

// Choices lists every choice, in the order in which people read them.
var Choices = []Choice{Keep, Reword, Withdraw, Repair, Promise}

// Decide is what somebody decides on a finding in the picture. About a promise
// its promiser decides; who that is, is for the caller to see. What follows
// from it is done to the promise itself.
type Decide struct {
	ID       domain.CheckID
	Decision domain.DecisionID
	Finding  domain.FindingID
	Choice   Choice
	Promise  domain.PromiseID // none, as long as something new has yet to be promised
	Why      string
}

func (c Decide) Stream() domain.Stream { return stream(c.ID) }

func (c Decide) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.is(StatusPublished, ErrNotPublished)); err != nil {
		return nil, err
	}
	if slices.Contains(s.decided, c.Decision) {
		return nil, ErrDecided
	}
	if err := domain.All(
		domain.Identifies("decision", c.Decision),
		c.findingRefused(s),
		c.choiceRefused(),
		c.promiseRefused(),
		domain.Needed("why", c.Why, domain.TextLength),
	); err != nil {
		return nil, err
	}
	why := domain.Say(domain.KeyOf(act.By, domain.Promises), c.Why)
	return []Event{Decided{c.ID, c.Decision, act.By, c.Finding, c.Choice, c.Promise, why}}, nil
}

func (c Decide) findingRefused(s State) *domain.Error {
	if !slices.Contains(s.findings, c.Finding) {
		return ErrNoFinding.On("finding")
	}
	return nil
}

func (c Decide) choiceRefused() *domain.Error {
	if !slices.Contains(Choices, c.Choice) {
		return ErrDecision.On("choice")
	}
	return nil
}

// promiseRefused refuses a decision on a promise that names none.
func (c Decide) promiseRefused() *domain.Error {
	if c.Promise == "" && c.Choice != Promise {
		return domain.ErrRequired.On("promise")
	}
	return nil
}

// Decided says what was decided on a finding, by whom and why.
type Decided struct {
	ID       domain.CheckID    `json:"id"`
	Decision domain.DecisionID `json:"decision"`
	By       domain.PersonID   `json:"by"`
	Finding  domain.FindingID  `json:"finding"`
	Choice   Choice            `json:"choice"`
	Promise  domain.PromiseID  `json:"promise,omitempty"`
	Why      domain.Private    `json:"why,omitzero"`
}

func (Decided) EventName() string { return "consistency.decided" }

func (e Decided) Evolve(s State) State {
	s.decided = with(s.decided, e.Decision)
	return s
}

func (e *Decided) Private() []*domain.Private { return []*domain.Private{&e.Why} }
