package strategy

import "koersvast/domain"

// StateAmbition says where a pillar leads, and by which year.
type StateAmbition struct {
	Programme domain.ProgrammeID
	ID        domain.AmbitionID
	Pillar    domain.PillarID
	Text      string
	Year      int // by the end of which it is so
}

func (c StateAmbition) Stream() domain.Stream { return Sheet(c.Programme) }

func (c StateAmbition) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(
		fresh(c.ID, s.ambitions[c.ID] != ""),
		s.under(c.Pillar),
		domain.Needed("text", c.Text, 1000),
		horizon(c.Year, act.Today()),
	); err != nil {
		return nil, err
	}
	return []Event{AmbitionStated{c.ID, c.Pillar, c.Text, c.Year}}, nil
}

// AmbitionStated says that an ambition was stated.
type AmbitionStated struct {
	ID     domain.AmbitionID `json:"id"`
	Pillar domain.PillarID   `json:"pillar"`
	Text   string            `json:"text"`
	Year   int               `json:"year"`
}

func (AmbitionStated) EventName() string { return "strategy.ambition_stated" }

func (e AmbitionStated) Evolve(s State) State {
	s.ambitions = set(s.ambitions, e.ID, StatusAdopted)
	return s
}

// DropAmbition takes an ambition off the sheet.
type DropAmbition struct {
	Programme domain.ProgrammeID
	ID        domain.AmbitionID
	Why       string
}

func (c DropAmbition) Stream() domain.Stream { return Sheet(c.Programme) }

func (c DropAmbition) Decide(s State, act domain.Act) ([]Event, error) {
	if done, err := dropped(s.ambitions[c.ID], c.Why); done || err != nil {
		return nil, err
	}
	return []Event{AmbitionDropped{c.ID, reason(act.By, c.Why)}}, nil
}

// AmbitionDropped says that an ambition was given up, and why.
type AmbitionDropped struct {
	ID  domain.AmbitionID `json:"id"`
	Why domain.Private    `json:"why,omitzero"`
}

func (AmbitionDropped) EventName() string { return "strategy.ambition_dropped" }

func (e AmbitionDropped) Evolve(s State) State {
	s.ambitions = set(s.ambitions, e.ID, StatusRetired)
	return s
}

func (e *AmbitionDropped) Private() []*domain.Private { return []*domain.Private{&e.Why} }
