package strategy

import "koersvast/domain"

// FormulateMission says what the organisation is for.
type FormulateMission struct {
	Programme domain.ProgrammeID
	Text      string
}

func (c FormulateMission) Stream() domain.Stream { return Sheet(c.Programme) }

func (c FormulateMission) Decide(s State, _ domain.Act) ([]Event, error) {
	if c.Text == s.mission && c.Text != "" {
		return nil, nil
	}
	if err := domain.All(domain.Needed("text", c.Text, domain.TextLength)); err != nil {
		return nil, err
	}
	return []Event{MissionFormulated{c.Text}}, nil
}

// MissionFormulated says in which words the mission stands from now on.
type MissionFormulated struct {
	Text string `json:"text"`
}

func (MissionFormulated) EventName() string { return "strategy.mission_formulated" }

func (e MissionFormulated) Evolve(s State) State {
	s.mission = e.Text
	return s
}

// FormulateVision says where the organisation wants to be.
type FormulateVision struct {
	Programme domain.ProgrammeID
	Text      string
}

func (c FormulateVision) Stream() domain.Stream { return Sheet(c.Programme) }

func (c FormulateVision) Decide(s State, _ domain.Act) ([]Event, error) {
	if c.Text == s.vision && c.Text != "" {
		return nil, nil
	}
	if err := domain.All(domain.Needed("text", c.Text, domain.TextLength)); err != nil {
		return nil, err
	}
	return []Event{VisionFormulated{c.Text}}, nil
}

// VisionFormulated says in which words the vision stands from now on.
type VisionFormulated struct {
	Text string `json:"text"`
}

func (VisionFormulated) EventName() string { return "strategy.vision_formulated" }

func (e VisionFormulated) Evolve(s State) State {
	s.vision = e.Text
	return s
}
