package strategy

import "koersvast/domain"

// ProposeBehaviour says by which behaviour people will notice a pillar, or,
// as a counter-behaviour, what will no longer be done.
type ProposeBehaviour struct {
	Programme domain.ProgrammeID
	ID        domain.BehaviourID
	Pillar    domain.PillarID
	Whose     domain.Role // [domain.MT] or [domain.Employee]
	Counter   bool
	Text      string
}

func (c ProposeBehaviour) Stream() domain.Stream { return Sheet(c.Programme) }

func (c ProposeBehaviour) Decide(s State, _ domain.Act) ([]Event, error) {
	var whose *domain.Error
	if c.Whose != domain.MT && c.Whose != domain.Employee {
		whose = ErrWhose.On("whose")
	}
	if err := domain.All(
		fresh(c.ID, s.behaviours[c.ID].status != ""),
		s.under(c.Pillar),
		whose,
		domain.Needed("text", c.Text, 1000),
	); err != nil {
		return nil, err
	}
	return []Event{BehaviourProposed{c.ID, c.Pillar, c.Whose, c.Counter, c.Text}}, nil
}

// BehaviourProposed says that a behaviour was proposed.
type BehaviourProposed struct {
	ID      domain.BehaviourID `json:"id"`
	Pillar  domain.PillarID    `json:"pillar"`
	Whose   domain.Role        `json:"whose"`
	Counter bool               `json:"counter,omitempty"`
	Text    string             `json:"text"`
}

func (BehaviourProposed) EventName() string { return "strategy.behaviour_proposed" }

func (e BehaviourProposed) Evolve(s State) State {
	s.behaviours = set(s.behaviours, e.ID, behaviour{e.Pillar, e.Text, StatusProposed})
	return s
}

// onSheet refuses a behaviour that is not there, was dropped, or stands under
// a pillar that was retired.
func (s State) onSheet(id domain.BehaviourID) *domain.Error {
	b := s.behaviours[id]
	switch b.status {
	case "":
		return ErrUnknownPart
	case StatusRetired:
		return ErrRetired
	}
	return s.standing(b.pillar)
}

// AgreeBehaviour makes a proposed behaviour one that people hold each other to.
type AgreeBehaviour struct {
	Programme domain.ProgrammeID
	ID        domain.BehaviourID
}

func (c AgreeBehaviour) Stream() domain.Stream { return Sheet(c.Programme) }

func (c AgreeBehaviour) Decide(s State, _ domain.Act) ([]Event, error) {
	if err := domain.All(s.onSheet(c.ID)); err != nil {
		return nil, err
	}
	if s.behaviours[c.ID].status == StatusAdopted {
		return nil, nil
	}
	return []Event{BehaviourAgreed{c.ID}}, nil
}

// BehaviourAgreed says that a behaviour was agreed.
type BehaviourAgreed struct {
	ID domain.BehaviourID `json:"id"`
}

func (BehaviourAgreed) EventName() string { return "strategy.behaviour_agreed" }

func (e BehaviourAgreed) Evolve(s State) State {
	b := s.behaviours[e.ID]
	b.status = StatusAdopted
	s.behaviours = set(s.behaviours, e.ID, b)
	return s
}

// RewordBehaviour says a behaviour in other words. The old ones stay visible.
type RewordBehaviour struct {
	Programme domain.ProgrammeID
	ID        domain.BehaviourID
	Text      string
	Why       string
}

func (c RewordBehaviour) Stream() domain.Stream { return Sheet(c.Programme) }

func (c RewordBehaviour) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.onSheet(c.ID)); err != nil {
		return nil, err
	}
	if c.Text == s.behaviours[c.ID].text {
		return nil, nil
	}
	if err := domain.All(domain.Needed("text", c.Text, 1000), domain.Needed("why", c.Why, domain.TextLength)); err != nil {
		return nil, err
	}
	return []Event{BehaviourReworded{c.ID, c.Text, reason(act.By, c.Why)}}, nil
}

// BehaviourReworded says in which words a behaviour stands, and why.
type BehaviourReworded struct {
	ID   domain.BehaviourID `json:"id"`
	Text string             `json:"text"`
	Why  domain.Private     `json:"why,omitzero"`
}

func (BehaviourReworded) EventName() string { return "strategy.behaviour_reworded" }

func (e BehaviourReworded) Evolve(s State) State {
	b := s.behaviours[e.ID]
	b.text = e.Text
	s.behaviours = set(s.behaviours, e.ID, b)
	return s
}

func (e *BehaviourReworded) Private() []*domain.Private { return []*domain.Private{&e.Why} }

// DropBehaviour takes a behaviour off the sheet.
type DropBehaviour struct {
	Programme domain.ProgrammeID
	ID        domain.BehaviourID
	Why       string
}

func (c DropBehaviour) Stream() domain.Stream { return Sheet(c.Programme) }

func (c DropBehaviour) Decide(s State, act domain.Act) ([]Event, error) {
	if done, err := dropped(s.behaviours[c.ID].status, c.Why); done || err != nil {
		return nil, err
	}
	return []Event{BehaviourDropped{c.ID, reason(act.By, c.Why)}}, nil
}

// BehaviourDropped says that a behaviour is no longer asked for, and why.
type BehaviourDropped struct {
	ID  domain.BehaviourID `json:"id"`
	Why domain.Private     `json:"why,omitzero"`
}

func (BehaviourDropped) EventName() string { return "strategy.behaviour_dropped" }

func (e BehaviourDropped) Evolve(s State) State {
	b := s.behaviours[e.ID]
	b.status = StatusRetired
	s.behaviours = set(s.behaviours, e.ID, b)
	return s
}

func (e *BehaviourDropped) Private() []*domain.Private { return []*domain.Private{&e.Why} }
