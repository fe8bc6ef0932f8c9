package council

import (
	"slices"

	"koersvast/domain"
)

// Size says how many people work in the undertaking.
type Size struct {
	Programme domain.ProgrammeID
	Employees int
}

func (c Size) Stream() domain.Stream { return Home(c.Programme) }

func (c Size) Decide(s State, _ domain.Act) ([]Event, error) {
	switch {
	case c.Employees < 1 || c.Employees > 1_000_000:
		return nil, ErrEmployees.On("employees")
	case c.Employees == s.employees:
		return nil, nil
	}
	return []Event{Sized{c.Employees}}, nil
}

// Sized says how many people work in the undertaking from now on.
type Sized struct {
	Employees int `json:"employees"`
}

func (Sized) EventName() string { return "council.sized" }

func (e Sized) Evolve(s State) State {
	s.employees = e.Employees
	return s
}

// AskConsent puts a question to the works council. It takes the place of one
// that has not been answered yet.
type AskConsent struct {
	Programme domain.ProgrammeID
	Kinds     []domain.RoundKind // the rounds that are to be allowed
	domain.Thresholds
	Scope     string // who takes part, and what else there is to know
	Documents string // where the DPIA and other papers are, as a short text
}

func (c AskConsent) Stream() domain.Stream { return Home(c.Programme) }

func (c AskConsent) Decide(s State, act domain.Act) ([]Event, error) {
	refused := []*domain.Error{c.kindsRefused()}
	refused = append(refused, c.Thresholds.Refused()...)
	if err := domain.All(append(refused,
		domain.Optional("scope", c.Scope, domain.TextLength),
		domain.Optional("documents", c.Documents, domain.NameLength),
	)...); err != nil {
		return nil, err
	}
	var kinds []domain.RoundKind
	for _, k := range domain.RoundKinds {
		if slices.Contains(c.Kinds, k) {
			kinds = append(kinds, k)
		}
	}
	return []Event{ConsentAsked{s.asked.number + 1, act.By, kinds, c.Thresholds, c.Scope, c.Documents}}, nil
}

func (c AskConsent) kindsRefused() *domain.Error {
	if len(c.Kinds) == 0 {
		return domain.ErrRequired.On("kinds")
	}
	for _, k := range c.Kinds {
		if !slices.Contains(domain.RoundKinds, k) {
			return ErrKind.On("kinds")
		}
	}
	return nil
}

// ConsentAsked says what was asked of the works council.
type ConsentAsked struct {
	Number int                `json:"number"` // counts the questions from 1
	By     domain.PersonID    `json:"by"`
	Kinds  []domain.RoundKind `json:"kinds"`
	domain.Thresholds
	Scope     string `json:"scope,omitempty"`
	Documents string `json:"documents,omitempty"`
}

func (ConsentAsked) EventName() string { return "council.consent_asked" }

func (e ConsentAsked) Evolve(s State) State {
	s.asked, s.open = question{number: e.Number, by: e.By, kinds: e.Kinds, least: e.Thresholds}, true
	return s
}
