package strategy

import "koersvast/domain"

// ChooseCoreValue puts a core value on the sheet, with what it means here.
type ChooseCoreValue struct {
	Programme domain.ProgrammeID
	ID        domain.CoreValueID
	Name      string
	Meaning   string
}

func (c ChooseCoreValue) Stream() domain.Stream { return Sheet(c.Programme) }

func (c ChooseCoreValue) Decide(s State, _ domain.Act) ([]Event, error) {
	if err := domain.All(
		fresh(c.ID, s.values[c.ID] != ""),
		domain.Needed("name", c.Name, domain.NameLength),
		domain.Optional("meaning", c.Meaning, domain.TextLength),
	); err != nil {
		return nil, err
	}
	return []Event{CoreValueChosen{c.ID, c.Name, c.Meaning}}, nil
}

// CoreValueChosen says that a core value was chosen.
type CoreValueChosen struct {
	ID      domain.CoreValueID `json:"id"`
	Name    string             `json:"name"`
	Meaning string             `json:"meaning,omitempty"`
}

func (CoreValueChosen) EventName() string { return "strategy.core_value_chosen" }

func (e CoreValueChosen) Evolve(s State) State {
	s.values = set(s.values, e.ID, StatusAdopted)
	return s
}

// DropCoreValue takes a core value off the sheet.
type DropCoreValue struct {
	Programme domain.ProgrammeID
	ID        domain.CoreValueID
	Why       string
}

func (c DropCoreValue) Stream() domain.Stream { return Sheet(c.Programme) }

func (c DropCoreValue) Decide(s State, act domain.Act) ([]Event, error) {
	if done, err := dropped(s.values[c.ID], c.Why); done || err != nil {
		return nil, err
	}
	return []Event{CoreValueDropped{c.ID, reason(act.By, c.Why)}}, nil
}

// CoreValueDropped says that a core value no longer is one, and why.
type CoreValueDropped struct {
	ID  domain.CoreValueID `json:"id"`
	Why domain.Private     `json:"why,omitzero"`
}

func (CoreValueDropped) EventName() string { return "strategy.core_value_dropped" }

func (e CoreValueDropped) Evolve(s State) State {
	s.values = set(s.values, e.ID, StatusRetired)
	return s
}

func (e *CoreValueDropped) Private() []*domain.Private { return []*domain.Private{&e.Why} }
