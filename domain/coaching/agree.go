package coaching

import (
	"slices"

	"koersvast/domain"
)

// Agree says yes to a contract, as one of the three.
type Agree struct {
	ID      domain.CoachingID
	Version int // that was read: nobody agrees to other words than they saw
}

func (c Agree) Stream() domain.Stream { return stream(c.ID) }

func (c Agree) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.contracting(act.By)); err != nil {
		return nil, err
	}
	switch aims, _ := s.contract.Aims.Reveal(); {
	case !s.ofThree(act.By):
		return nil, ErrNotParty
	case c.Version != s.version:
		return nil, ErrRevised
	case slices.Contains(s.agreed, act.By):
		return nil, nil
	case s.declined:
		return nil, ErrDeclined
	case aims == "":
		return nil, ErrErased
	}
	return []Event{Agreed{c.ID, act.By, act.Today(), c.Version}}, nil
}

// Agreed says that one of the three agreed to a version of the contract, and
// on which day. With the third it is in force.
type Agreed struct {
	ID      domain.CoachingID `json:"id"`
	By      domain.PersonID   `json:"by"`
	On      domain.Day        `json:"on"`
	Version int               `json:"version"`
}

func (Agreed) EventName() string { return "coaching.agreed" }

func (e Agreed) Evolve(s State) State {
	s.agreed = with(s.agreed, e.By)
	if s.inForce() && s.since == "" {
		s.since = e.On
	}
	return s
}

// Decline says no to a contract, as one of the three, or takes back what one
// proposed for others. It can be revised, and put to them again.
type Decline struct {
	ID      domain.CoachingID
	Version int    // that was read
	Why     string // nobody has to say
}

func (c Decline) Stream() domain.Stream { return stream(c.ID) }

func (c Decline) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.contracting(act.By)); err != nil {
		return nil, err
	}
	switch {
	case c.Version != s.version:
		return nil, ErrRevised
	case s.declined:
		return nil, nil
	case s.inForce():
		return nil, ErrInForce
	}
	if err := domain.All(domain.Optional("why", c.Why, domain.TextLength)); err != nil {
		return nil, err
	}
	return []Event{Declined{c.ID, act.By, c.Version, about(s.coachee, c.Why)}}, nil
}

// Declined says that somebody said no to a version of the contract, and
// perhaps why.
type Declined struct {
	ID      domain.CoachingID `json:"id"`
	By      domain.PersonID   `json:"by"`
	Version int               `json:"version"`
	Why     domain.Private    `json:"why,omitzero"`
}

func (Declined) EventName() string { return "coaching.declined" }

func (Declined) Evolve(s State) State {
	s.declined = true
	return s
}

func (e *Declined) Private() []*domain.Private { return []*domain.Private{&e.Why} }
