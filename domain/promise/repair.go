package promise

import "koersvast/domain"

// AgreeRepair says what makes good a promise that was not kept, and by when.
type AgreeRepair struct {
	ID   domain.PromiseID
	Text string
	Due  domain.Day
}

func (c AgreeRepair) Stream() domain.Stream { return stream(c.ID) }

func (c AgreeRepair) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.brokenBy(act.By)); err != nil {
		return nil, err
	}
	var past *domain.Error
	switch {
	case c.Due == "":
		past = domain.ErrRequired.On("due")
	case c.Due.Valid() && c.Due < act.Today():
		past = ErrPast.On("due")
	}
	if err := domain.All(domain.Needed("text", c.Text, domain.TextLength), domain.OnCalendar("due", c.Due), past); err != nil {
		return nil, err
	}
	return []Event{RepairAgreed{c.ID, personal(act.By, c.Text), c.Due}}, nil
}

// brokenBy refuses a promise that is not p's or that was not broken.
func (s State) brokenBy(p domain.PersonID) *domain.Error {
	if refused := s.ownedBy(p); refused != nil {
		return refused
	}
	if s.status != StatusBroken {
		return ErrNotBroken
	}
	return nil
}

// RepairAgreed says what is going to make good a broken promise.
type RepairAgreed struct {
	ID   domain.PromiseID `json:"id"`
	Text domain.Private   `json:"text,omitzero"`
	Due  domain.Day       `json:"due"`
}

func (RepairAgreed) EventName() string { return "promise.repair_agreed" }

func (RepairAgreed) Evolve(s State) State {
	s.repairing = true
	return s
}

func (e *RepairAgreed) Private() []*domain.Private { return []*domain.Private{&e.Text} }

// CompleteRepair says that what was agreed as a repair is done.
type CompleteRepair struct {
	ID domain.PromiseID
	On domain.Day // when it was done; none means today
}

func (c CompleteRepair) Stream() domain.Stream { return stream(c.ID) }

func (c CompleteRepair) Decide(s State, act domain.Act) ([]Event, error) {
	if s.by == act.By && s.status == StatusRepaired {
		return nil, nil
	}
	on, refused := s.happened(c.On, act.Today())
	if err := domain.All(s.brokenBy(act.By), refused); err != nil {
		return nil, err
	}
	if !s.repairing {
		return nil, ErrNoRepair
	}
	return []Event{Repaired{c.ID, on}}, nil
}

// Repaired says that a broken promise was made good.
type Repaired struct {
	ID domain.PromiseID `json:"id"`
	On domain.Day       `json:"on"`
}

func (Repaired) EventName() string { return "promise.repaired" }

func (Repaired) Evolve(s State) State {
	s.status, s.repairing = StatusRepaired, false
	return s
}
