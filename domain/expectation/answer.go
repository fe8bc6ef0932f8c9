package expectation

import "koersvast/domain"

// Accept answers an expectation with yes: with a promise, which is made in
// the same act.
type Accept struct {
	ID      domain.ExpectationID
	Promise domain.PromiseID
}

func (c Accept) Stream() domain.Stream { return stream(c.ID) }

func (c Accept) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.acceptable(act.By), domain.Identifies("promise", c.Promise)); err != nil {
		return nil, err
	}
	return []Event{Accepted{c.ID, act.By, c.Promise}}, nil
}

// acceptable refuses an expectation to which p cannot say yes now. After an
// offer that was taken, only who made the offer can.
func (s State) acceptable(p domain.PersonID) *domain.Error {
	switch {
	case s.status != StatusTaken:
		return s.answerable(p)
	case s.offerer != p:
		return ErrNotOfferer
	}
	return nil
}

// Accepted says which promise answers an expectation.
type Accepted struct {
	ID      domain.ExpectationID `json:"id"`
	By      domain.PersonID      `json:"by"`
	Promise domain.PromiseID     `json:"promise"`
}

func (Accepted) EventName() string { return "expectation.accepted" }

func (Accepted) Evolve(s State) State {
	s.status = StatusAccepted
	return s
}

// Decline answers an expectation with no, and why. Who made an offer that was
// taken can still do so.
type Decline struct {
	ID  domain.ExpectationID
	Why string
}

func (c Decline) Stream() domain.Stream { return stream(c.ID) }

func (c Decline) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.acceptable(act.By)); err != nil {
		return nil, err
	}
	if err := domain.All(domain.Needed("why", c.Why, domain.TextLength)); err != nil {
		return nil, err
	}
	return []Event{Declined{c.ID, act.By, personal(act.By, c.Why)}}, nil
}

// Declined says that an expectation will not be met, and why.
type Declined struct {
	ID  domain.ExpectationID `json:"id"`
	By  domain.PersonID      `json:"by"`
	Why domain.Private       `json:"why,omitzero"`
}

func (Declined) EventName() string { return "expectation.declined" }

func (Declined) Evolve(s State) State {
	s.status = StatusDeclined
	return s
}

func (e *Declined) Private() []*domain.Private { return []*domain.Private{&e.Why} }

// Counter answers an expectation with what one can do instead.
type Counter struct {
	ID    domain.ExpectationID
	Offer string
}

func (c Counter) Stream() domain.Stream { return stream(c.ID) }

func (c Counter) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.answerable(act.By)); err != nil {
		return nil, err
	}
	if err := domain.All(domain.Needed("offer", c.Offer, domain.TextLength)); err != nil {
		return nil, err
	}
	return []Event{Countered{c.ID, act.By, personal(act.By, c.Offer)}}, nil
}

// Countered says what somebody offers instead of what is expected.
type Countered struct {
	ID    domain.ExpectationID `json:"id"`
	By    domain.PersonID      `json:"by"`
	Offer domain.Private       `json:"offer,omitzero"`
}

func (Countered) EventName() string { return "expectation.countered" }

func (e Countered) Evolve(s State) State {
	s.status, s.offerer = StatusCountered, e.By
	return s
}

func (e *Countered) Private() []*domain.Private { return []*domain.Private{&e.Offer} }

// TakeOffer says that the offer will do. Who made it can now promise it.
type TakeOffer struct {
	ID domain.ExpectationID
}

func (c TakeOffer) Stream() domain.Stream { return stream(c.ID) }

func (c TakeOffer) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.statedBy(act.By)); err != nil {
		return nil, err
	}
	switch s.status {
	case StatusTaken:
		return nil, nil
	case StatusCountered:
		return []Event{OfferTaken(c)}, nil
	}
	return nil, ErrNoOffer
}

// OfferTaken says that an offer was good enough for who asked.
type OfferTaken struct {
	ID domain.ExpectationID `json:"id"`
}

func (OfferTaken) EventName() string { return "expectation.offer_taken" }

func (OfferTaken) Evolve(s State) State {
	s.status = StatusTaken
	return s
}
