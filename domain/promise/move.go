package promise

import "koersvast/domain"

// Move gives a promise another day, or none.
type Move struct {
	ID  domain.PromiseID
	Due domain.Day
	Why string
}

func (c Move) Stream() domain.Stream { return stream(c.ID) }

func (c Move) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.openTo(act.By)); err != nil {
		return nil, err
	}
	if c.Due == s.due {
		return nil, nil
	}
	var past *domain.Error
	if c.Due.Valid() && c.Due < act.Today() {
		past = ErrPast.On("due")
	}
	if err := domain.All(domain.OnCalendar("due", c.Due), past, domain.Needed("why", c.Why, domain.TextLength)); err != nil {
		return nil, err
	}
	return []Event{Moved{c.ID, s.due, c.Due, personal(act.By, c.Why)}}, nil
}

// Moved says that a promise has another day, and why. No day means that it
// stands until further notice.
type Moved struct {
	ID  domain.PromiseID `json:"id"`
	Was domain.Day       `json:"was,omitempty"`
	Due domain.Day       `json:"due,omitempty"`
	Why domain.Private   `json:"why,omitzero"`
}

func (Moved) EventName() string { return "promise.moved" }

func (e Moved) Evolve(s State) State {
	s.due = e.Due
	return s
}

func (e *Moved) Private() []*domain.Private { return []*domain.Private{&e.Why} }
