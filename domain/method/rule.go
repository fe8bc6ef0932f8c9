package method

import "koersvast/domain"

// Tune gives a number of a rule another value, and says why. Which rules there
// are, and what their numbers may be, the rules know: the caller says.
type Tune struct {
	Programme domain.ProgrammeID
	Rule      domain.RuleID
	Param     ParamName
	Value     Value
	Within    Range // with the usual value of the number
	Why       string
}

func (c Tune) Stream() domain.Stream { return home(c.Programme) }

func (c Tune) Decide(s Config, _ domain.Act) ([]Event, error) {
	if err := domain.All(c.Within.refused(c.Value), domain.Needed("why", c.Why, domain.TextLength)); err != nil {
		return nil, err
	}
	was, changed := s.params[param{c.Rule, c.Param}]
	if !changed {
		was = c.Within.Usual
	}
	if was == c.Value {
		return nil, nil
	}
	return []Event{Tuned{c.Rule, c.Param, c.Value, c.Why}}, nil
}

// A ParamName names a number of a rule.
type ParamName string

// Tuned says which value a number of a rule has from now on, in hundredths, and
// why.
type Tuned struct {
	Rule  domain.RuleID `json:"rule"`
	Param ParamName     `json:"param"`
	Value Value         `json:"value"`
	Why   string        `json:"why"`
}

func (Tuned) EventName() string { return "method.tuned" }

func (e Tuned) Evolve(s Config) Config { return s.WithParam(e.Rule, e.Param, e.Value) }

// SwitchOff has the programme no longer look at a rule, and says why.
type SwitchOff struct {
	Programme domain.ProgrammeID
	Rule      domain.RuleID
	Always    bool // no programme does without this rule
	Why       string
}

func (c SwitchOff) Stream() domain.Stream { return home(c.Programme) }

func (c SwitchOff) Decide(s Config, _ domain.Act) ([]Event, error) {
	if c.Always {
		return nil, ErrAlways
	}
	if err := domain.All(domain.Needed("why", c.Why, domain.TextLength)); err != nil {
		return nil, err
	}
	if !s.Runs(c.Rule) {
		return nil, nil
	}
	return []Event{SwitchedOff{c.Rule, c.Why}}, nil
}

// SwitchedOff says that a programme no longer looks at a rule, and why.
type SwitchedOff struct {
	Rule domain.RuleID `json:"rule"`
	Why  string        `json:"why"`
}

func (SwitchedOff) EventName() string { return "method.switched_off" }

func (e SwitchedOff) Evolve(s Config) Config { return s.Without(e.Rule, true) }

// SwitchOn has the programme look at a rule again, and says why.
type SwitchOn struct {
	Programme domain.ProgrammeID
	Rule      domain.RuleID
	Why       string
}

func (c SwitchOn) Stream() domain.Stream { return home(c.Programme) }

func (c SwitchOn) Decide(s Config, _ domain.Act) ([]Event, error) {
	if err := domain.All(domain.Needed("why", c.Why, domain.TextLength)); err != nil {
		return nil, err
	}
	if s.Runs(c.Rule) {
		return nil, nil
	}
	return []Event{SwitchedOn{c.Rule, c.Why}}, nil
}

// SwitchedOn says that a programme looks at a rule again, and why.
type SwitchedOn struct {
	Rule domain.RuleID `json:"rule"`
	Why  string        `json:"why"`
}

func (SwitchedOn) EventName() string { return "method.switched_on" }

func (e SwitchedOn) Evolve(s Config) Config { return s.Without(e.Rule, false) }
