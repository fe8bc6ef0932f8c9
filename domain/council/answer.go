package council

import "koersvast/domain"

// Grant writes down that the works council consents to what was asked.
type Grant struct {
	Programme  domain.ProgrammeID
	Number     int // of the question
	Conditions string
	Note
}

func (c Grant) Stream() domain.Stream { return Home(c.Programme) }

func (c Grant) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.answerable(c.Number)); err != nil {
		return nil, err
	}
	if err := domain.All(append(c.refused(s.asked, act.By, act.Today()),
		domain.Optional("conditions", c.Conditions, domain.TextLength))...); err != nil {
		return nil, err
	}
	return []Event{ConsentGranted{c.Number, c.Conditions, c.written(act.Today())}}, nil
}

// answerable refuses an answer to a question that is not the one that waits.
func (s State) answerable(number int) *domain.Error {
	switch {
	case !s.open:
		return ErrNotAsked
	case s.asked.number != number:
		return ErrAnother
	}
	return nil
}

// ConsentGranted says that the works council consented, and on what
// conditions.
type ConsentGranted struct {
	Number     int    `json:"number"`
	Conditions string `json:"conditions,omitempty"`
	Noted
}

func (ConsentGranted) EventName() string { return "council.consent_granted" }

func (e ConsentGranted) Evolve(s State) State {
	s.open, s.answer = false, StatusGranted
	s.standing = s.asked
	s.standing.from = e.On
	return s
}

// RefuseConsent writes down that the works council does not consent to what
// was asked, and why. Consent that stands goes on to stand.
type RefuseConsent struct {
	Programme domain.ProgrammeID
	Number    int
	Why       string
	Note
}

func (c RefuseConsent) Stream() domain.Stream { return Home(c.Programme) }

func (c RefuseConsent) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.answerable(c.Number)); err != nil {
		return nil, err
	}
	if err := domain.All(append(c.refused(s.asked, act.By, act.Today()),
		domain.Needed("why", c.Why, domain.TextLength))...); err != nil {
		return nil, err
	}
	return []Event{ConsentRefused{c.Number, c.Why, c.written(act.Today())}}, nil
}

// ConsentRefused says that the works council did not consent, and why.
type ConsentRefused struct {
	Number int    `json:"number"`
	Why    string `json:"why"`
	Noted
}

func (ConsentRefused) EventName() string { return "council.consent_refused" }

func (ConsentRefused) Evolve(s State) State {
	s.open, s.answer = false, StatusRefused
	return s
}

// WithdrawConsent writes down that the works council takes back the consent
// that stands, and why.
type WithdrawConsent struct {
	Programme domain.ProgrammeID
	Number    int // of the question that it answered
	Why       string
	Note
}

func (c WithdrawConsent) Stream() domain.Stream { return Home(c.Programme) }

func (c WithdrawConsent) Decide(s State, act domain.Act) ([]Event, error) {
	switch s.standing.number {
	case 0:
		return nil, ErrNoConsent
	case c.Number:
	default:
		return nil, ErrAnother
	}
	refused := append(c.refused(s.standing, act.By, act.Today()), domain.Needed("why", c.Why, domain.TextLength))
	if c.on(act.Today()) < s.standing.from {
		refused = append(refused, ErrTooEarly.On("on"))
	}
	if err := domain.All(refused...); err != nil {
		return nil, err
	}
	return []Event{ConsentWithdrawn{c.Number, c.Why, c.written(act.Today())}}, nil
}

// ConsentWithdrawn says that the works council took back its consent, and why.
type ConsentWithdrawn struct {
	Number int    `json:"number"`
	Why    string `json:"why"`
	Noted
}

func (ConsentWithdrawn) EventName() string { return "council.consent_withdrawn" }

func (ConsentWithdrawn) Evolve(s State) State {
	s.answer, s.standing = StatusWithdrawn, question{}
	return s
}
