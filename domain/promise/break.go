package promise

import "koersvast/domain"

// Break says that a promise was not kept. It asks for a repair.
type Break struct {
	ID  domain.PromiseID
	On  domain.Day // when that became clear; none means today
	Why string
}

func (c Break) Stream() domain.Stream { return stream(c.ID) }

func (c Break) Decide(s State, act domain.Act) ([]Event, error) {
	if s.by == act.By && s.status == StatusBroken {
		return nil, nil
	}
	on, refused := s.happened(c.On, act.Today())
	if err := domain.All(s.openTo(act.By)); err != nil {
		return nil, err
	}
	if err := domain.All(refused, domain.Needed("why", c.Why, domain.TextLength)); err != nil {
		return nil, err
	}
	return []Event{Broken{c.ID, on, personal(act.By, c.Why)}}, nil
}

// Broken says that a promise was not kept, since which day, and why.
type Broken struct {
	ID  domain.PromiseID `json:"id"`
	On  domain.Day       `json:"on"`
	Why domain.Private   `json:"why,omitzero"`
}

func (Broken) EventName() string { return "promise.broken" }

func (Broken) Evolve(s State) State {
	s.status = StatusBroken
	return s
}

func (e *Broken) Private() []*domain.Private { return []*domain.Private{&e.Why} }
