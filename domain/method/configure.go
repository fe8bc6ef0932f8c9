package method

import "koersvast/domain"

// Configure gives a number another value, and says why.
type Configure struct {
	Programme domain.ProgrammeID
	Number    Number
	Value     Value
	Why       string
}

func (c Configure) Stream() domain.Stream { return home(c.Programme) }

func (c Configure) Decide(s Config, _ domain.Act) ([]Event, error) {
	r, known := ranges[c.Number]
	if !known {
		return nil, ErrNumber
	}
	if err := domain.All(r.refused(c.Value), domain.Needed("why", c.Why, domain.TextLength)); err != nil {
		return nil, err
	}
	if s.Value(c.Number) == c.Value {
		return nil, nil
	}
	return []Event{Configured{c.Number, c.Value, c.Why}}, nil
}

// Configured says which value a number has from now on, in hundredths, and why.
type Configured struct {
	Number Number `json:"number"`
	Value  Value  `json:"value"`
	Why    string `json:"why"`
}

func (Configured) EventName() string { return "method.configured" }

func (e Configured) Evolve(s Config) Config { return s.With(e.Number, e.Value) }
