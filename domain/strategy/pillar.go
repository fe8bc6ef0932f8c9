package strategy

import "koersvast/domain"

// ProposePillar puts a pillar on the sheet, for the team to adopt.
type ProposePillar struct {
	Programme domain.ProgrammeID
	ID        domain.PillarID
	Name      string
	Meaning   string // what it means, and what it does not mean
}

func (c ProposePillar) Stream() domain.Stream { return Sheet(c.Programme) }

func (c ProposePillar) Decide(s State, _ domain.Act) ([]Event, error) {
	if err := domain.All(
		fresh(c.ID, s.pillars[c.ID].status != ""),
		domain.Needed("name", c.Name, domain.NameLength),
		domain.Optional("meaning", c.Meaning, domain.TextLength),
	); err != nil {
		return nil, err
	}
	return []Event{PillarProposed{c.ID, c.Name, c.Meaning}}, nil
}

// PillarProposed says that a pillar was proposed.
type PillarProposed struct {
	ID      domain.PillarID `json:"id"`
	Name    string          `json:"name"`
	Meaning string          `json:"meaning,omitempty"`
}

func (PillarProposed) EventName() string { return "strategy.pillar_proposed" }

func (e PillarProposed) Evolve(s State) State {
	s.pillars = set(s.pillars, e.ID, pillar{e.Name, e.Meaning, StatusProposed})
	return s
}

// AdoptPillar makes a proposed pillar part of the strategy.
type AdoptPillar struct {
	Programme domain.ProgrammeID
	ID        domain.PillarID
}

func (c AdoptPillar) Stream() domain.Stream { return Sheet(c.Programme) }

func (c AdoptPillar) Decide(s State, _ domain.Act) ([]Event, error) {
	if err := domain.All(s.standing(c.ID)); err != nil {
		return nil, err
	}
	if s.pillars[c.ID].status == StatusAdopted {
		return nil, nil
	}
	return []Event{PillarAdopted{c.ID}}, nil
}

// PillarAdopted says that a pillar became part of the strategy.
type PillarAdopted struct {
	ID domain.PillarID `json:"id"`
}

func (PillarAdopted) EventName() string { return "strategy.pillar_adopted" }

func (e PillarAdopted) Evolve(s State) State {
	p := s.pillars[e.ID]
	p.status = StatusAdopted
	s.pillars = set(s.pillars, e.ID, p)
	return s
}

// RewordPillar says a pillar in other words. The old ones stay visible.
type RewordPillar struct {
	Programme     domain.ProgrammeID
	ID            domain.PillarID
	Name, Meaning string
	Why           string
}

func (c RewordPillar) Stream() domain.Stream { return Sheet(c.Programme) }

func (c RewordPillar) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.standing(c.ID)); err != nil {
		return nil, err
	}
	if p := s.pillars[c.ID]; p.name == c.Name && p.meaning == c.Meaning {
		return nil, nil
	}
	if err := domain.All(
		domain.Needed("name", c.Name, domain.NameLength),
		domain.Optional("meaning", c.Meaning, domain.TextLength),
		domain.Needed("why", c.Why, domain.TextLength),
	); err != nil {
		return nil, err
	}
	return []Event{PillarReworded{c.ID, c.Name, c.Meaning, reason(act.By, c.Why)}}, nil
}

// PillarReworded says in which words a pillar stands from now on, and why.
type PillarReworded struct {
	ID      domain.PillarID `json:"id"`
	Name    string          `json:"name"`
	Meaning string          `json:"meaning,omitempty"`
	Why     domain.Private  `json:"why,omitzero"`
}

func (PillarReworded) EventName() string { return "strategy.pillar_reworded" }

func (e PillarReworded) Evolve(s State) State {
	s.pillars = set(s.pillars, e.ID, pillar{e.Name, e.Meaning, s.pillars[e.ID].status})
	return s
}

func (e *PillarReworded) Private() []*domain.Private { return []*domain.Private{&e.Why} }

// RetirePillar takes a pillar off the sheet. Promises under it stay.
type RetirePillar struct {
	Programme domain.ProgrammeID
	ID        domain.PillarID
	Why       string
}

func (c RetirePillar) Stream() domain.Stream { return Sheet(c.Programme) }

func (c RetirePillar) Decide(s State, act domain.Act) ([]Event, error) {
	was := s.pillars[c.ID].status
	if was == "" {
		return nil, ErrUnknownPillar
	}
	if done, err := dropped(was, c.Why); done || err != nil {
		return nil, err
	}
	return []Event{PillarRetired{c.ID, reason(act.By, c.Why)}}, nil
}

// PillarRetired says that a pillar is no longer part of the strategy, and why.
type PillarRetired struct {
	ID  domain.PillarID `json:"id"`
	Why domain.Private  `json:"why,omitzero"`
}

func (PillarRetired) EventName() string { return "strategy.pillar_retired" }

func (e PillarRetired) Evolve(s State) State {
	p := s.pillars[e.ID]
	p.status = StatusRetired
	s.pillars = set(s.pillars, e.ID, p)
	return s
}

func (e *PillarRetired) Private() []*domain.Private { return []*domain.Private{&e.Why} }
