package expectation

import "koersvast/domain"

// Express states what one expects of others.
type Express struct {
	ID     domain.ExpectationID
	Of     domain.Party
	Text   string
	Pillar domain.PillarID // of the strategy, if any
}

func (c Express) Stream() domain.Stream { return stream(c.ID) }

func (c Express) Decide(s State, act domain.Act) ([]Event, error) {
	if s.by != "" {
		return nil, ErrExists
	}
	refused := []*domain.Error{domain.Identifies("id", c.ID), domain.Needed("text", c.Text, 1000)}
	switch {
	case c.Of == "":
		refused = append(refused, domain.ErrRequired.On("of"))
	case !c.Of.Valid() || c.Of == domain.Everyone:
		refused = append(refused, domain.ErrNoParty.On("of"))
	case c.Of == domain.Person(act.By):
		refused = append(refused, ErrOfSelf.On("of"))
	}
	if c.Pillar != "" {
		refused = append(refused, domain.Identifies("pillar", c.Pillar))
	}
	if err := domain.All(refused...); err != nil {
		return nil, err
	}
	return []Event{Expressed{c.ID, act.By, c.Of, personal(act.By, c.Text), c.Pillar}}, nil
}

// Expressed says that somebody expects something of others.
type Expressed struct {
	ID     domain.ExpectationID `json:"id"`
	By     domain.PersonID      `json:"by"`
	Of     domain.Party         `json:"of"`
	Text   domain.Private       `json:"text,omitzero"`
	Pillar domain.PillarID      `json:"pillar,omitempty"`
}

func (Expressed) EventName() string { return "expectation.expressed" }

func (e Expressed) Evolve(s State) State {
	s.by, s.status = e.By, StatusOpen
	return s
}

func (e *Expressed) Private() []*domain.Private { return []*domain.Private{&e.Text} }

// Drop takes one's own expectation back.
type Drop struct {
	ID  domain.ExpectationID
	Why string
}

func (c Drop) Stream() domain.Stream { return stream(c.ID) }

func (c Drop) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.statedBy(act.By)); err != nil {
		return nil, err
	}
	switch s.status {
	case StatusDropped:
		return nil, nil
	case StatusAccepted:
		return nil, ErrAnswered
	}
	if err := domain.All(domain.Needed("why", c.Why, domain.TextLength)); err != nil {
		return nil, err
	}
	return []Event{Dropped{c.ID, personal(act.By, c.Why)}}, nil
}

// Dropped says that an expectation was taken back, and why.
type Dropped struct {
	ID  domain.ExpectationID `json:"id"`
	Why domain.Private       `json:"why,omitzero"`
}

func (Dropped) EventName() string { return "expectation.dropped" }

func (Dropped) Evolve(s State) State {
	s.status = StatusDropped
	return s
}

func (e *Dropped) Private() []*domain.Private { return []*domain.Private{&e.Why} }
