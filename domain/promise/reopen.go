package promise

import "koersvast/domain"

// Reopen takes back a verdict or a withdrawal: the promise stands again. What
// was said before stays visible.
type Reopen struct {
	ID  domain.PromiseID
	Why string
}

func (c Reopen) Stream() domain.Stream { return stream(c.ID) }

func (c Reopen) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.ownedBy(act.By)); err != nil {
		return nil, err
	}
	switch {
	case s.status == StatusActive:
		return nil, nil
	case !s.made:
		return nil, ErrNotClosed
	}
	if err := domain.All(domain.Needed("why", c.Why, domain.TextLength)); err != nil {
		return nil, err
	}
	return []Event{Reopened{c.ID, personal(act.By, c.Why)}}, nil
}

// Reopened says that a promise stands again, and why.
type Reopened struct {
	ID  domain.PromiseID `json:"id"`
	Why domain.Private   `json:"why,omitzero"`
}

func (Reopened) EventName() string { return "promise.reopened" }

func (Reopened) Evolve(s State) State {
	s.status, s.repairing = StatusActive, false
	return s
}

func (e *Reopened) Private() []*domain.Private { return []*domain.Private{&e.Why} }
