package promise

import (
	"slices"

	"koersvast/domain"
)

// Propose records a promise for somebody else, who has yet to accept it.
type Propose struct {
	ID domain.PromiseID
	By domain.PersonID // who is to promise it
	Terms
	Details
}

func (c Propose) Stream() domain.Stream { return stream(c.ID) }

func (c Propose) Decide(s State, act domain.Act) ([]Event, error) {
	switch {
	case s.by != "":
		return nil, ErrExists
	case c.By == act.By:
		return nil, ErrOwn.On("by")
	}
	if err := domain.All(slices.Concat(
		[]*domain.Error{domain.Identifies("id", c.ID), domain.Identifies("by", c.By)},
		c.Terms.refused(),
		c.Details.refused(c.By, act.Today()),
	)...); err != nil {
		return nil, err
	}
	// Until the other accepts them, these are the words of who wrote them.
	return []Event{Proposed{c.ID, c.By, act.By, c.said(act.By), c.held()}}, nil
}

// Proposed says that somebody recorded a promise for another.
type Proposed struct {
	ID         domain.PromiseID `json:"id"`
	By         domain.PersonID  `json:"by"`
	RecordedBy domain.PersonID  `json:"recorded_by"`
	Words
	Holds
}

func (Proposed) EventName() string { return "promise.proposed" }

func (e Proposed) Evolve(s State) State {
	s = s.with(e.By, e.Words, e.Holds)
	s.recordedBy, s.status = e.RecordedBy, StatusProposed
	return s
}

func (e *Proposed) Private() []*domain.Private { return e.Words.private() }

// Accept makes a proposed promise one's own.
type Accept struct {
	ID domain.PromiseID
}

func (c Accept) Stream() domain.Stream { return stream(c.ID) }

func (c Accept) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.ownedBy(act.By)); err != nil {
		return nil, err
	}
	switch {
	case s.status == StatusActive:
		return nil, nil
	case s.status != StatusProposed:
		return nil, ErrNotProposed
	case s.terms.Wording == "":
		return nil, ErrErased
	case s.due != "" && s.due < act.Today():
		return nil, ErrTooLate
	}
	return []Event{Accepted{c.ID, act.By, act.Today(), s.terms.said(act.By), s.to}}, nil
}

// Accepted says that a proposed promise was made by whom it was meant for, in
// these words, and to whom. Those could not read it until now.
type Accepted struct {
	ID domain.PromiseID `json:"id"`
	By domain.PersonID  `json:"by"`
	On domain.Day       `json:"on"`
	Words
	To []domain.Party `json:"to" minItems:"1"`
}

func (Accepted) EventName() string { return "promise.accepted" }

func (e Accepted) Evolve(s State) State {
	s.status, s.made, s.since, s.terms = StatusActive, true, e.On, e.Words.terms()
	return s
}

func (e *Accepted) Private() []*domain.Private { return e.Words.private() }

// Decline answers a proposed promise with no.
type Decline struct {
	ID  domain.PromiseID
	Why string
}

func (c Decline) Stream() domain.Stream { return stream(c.ID) }

func (c Decline) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.ownedBy(act.By)); err != nil {
		return nil, err
	}
	switch s.status {
	case StatusDeclined:
		return nil, nil
	case StatusProposed:
	default:
		return nil, ErrNotProposed
	}
	if err := domain.All(domain.Needed("why", c.Why, domain.TextLength)); err != nil {
		return nil, err
	}
	return []Event{Declined{c.ID, personal(act.By, c.Why)}}, nil
}

// Declined says that a proposed promise was not made, and why.
type Declined struct {
	ID  domain.PromiseID `json:"id"`
	Why domain.Private   `json:"why,omitzero"`
}

func (Declined) EventName() string { return "promise.declined" }

func (Declined) Evolve(s State) State {
	s.status = StatusDeclined
	return s
}

func (e *Declined) Private() []*domain.Private { return []*domain.Private{&e.Why} }
