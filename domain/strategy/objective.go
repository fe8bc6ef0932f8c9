package strategy

import "koersvast/domain"

// SetObjective sets an objective under a pillar, for a year.
type SetObjective struct {
	Programme domain.ProgrammeID
	ID        domain.ObjectiveID
	Pillar    domain.PillarID
	Text      string
	Year      int // by the end of which it is so
}

func (c SetObjective) Stream() domain.Stream { return Sheet(c.Programme) }

func (c SetObjective) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(
		fresh(c.ID, s.objectives[c.ID] != ""),
		s.under(c.Pillar),
		domain.Needed("text", c.Text, 1000),
		horizon(c.Year, act.Today()),
	); err != nil {
		return nil, err
	}
	return []Event{ObjectiveSet{c.ID, c.Pillar, c.Text, c.Year}}, nil
}

// ObjectiveSet says that an objective was set.
type ObjectiveSet struct {
	ID     domain.ObjectiveID `json:"id"`
	Pillar domain.PillarID    `json:"pillar"`
	Text   string             `json:"text"`
	Year   int                `json:"year"`
}

func (ObjectiveSet) EventName() string { return "strategy.objective_set" }

func (e ObjectiveSet) Evolve(s State) State {
	s.objectives = set(s.objectives, e.ID, StatusAdopted)
	return s
}

// DropObjective takes an objective off the sheet.
type DropObjective struct {
	Programme domain.ProgrammeID
	ID        domain.ObjectiveID
	Why       string
}

func (c DropObjective) Stream() domain.Stream { return Sheet(c.Programme) }

func (c DropObjective) Decide(s State, act domain.Act) ([]Event, error) {
	if done, err := dropped(s.objectives[c.ID], c.Why); done || err != nil {
		return nil, err
	}
	return []Event{ObjectiveDropped{c.ID, reason(act.By, c.Why)}}, nil
}

// ObjectiveDropped says that an objective was given up, and why.
type ObjectiveDropped struct {
	ID  domain.ObjectiveID `json:"id"`
	Why domain.Private     `json:"why,omitzero"`
}

func (ObjectiveDropped) EventName() string { return "strategy.objective_dropped" }

func (e ObjectiveDropped) Evolve(s State) State {
	s.objectives = set(s.objectives, e.ID, StatusRetired)
	return s
}

func (e *ObjectiveDropped) Private() []*domain.Private { return []*domain.Private{&e.Why} }
