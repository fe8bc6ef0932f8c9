package coaching

import "koersvast/domain"

type session struct {
	round  domain.RoundID
	slot   Slot
	place  domain.Private
	status sessionStatus
}

type sessionStatus uint8

const (
	planned sessionStatus = iota + 1
	cancelled
	held
)

// A Slot is when two people meet.
type Slot struct {
	Day     domain.Day   `json:"day"`
	Start   domain.Clock `json:"start"`
	Minutes int          `json:"minutes"`
}

// refused returns what is wrong with a slot under a contract.
func (t Slot) refused(c Contract) (refused []*domain.Error) {
	switch {
	case !t.Day.Valid():
		refused = append(refused, domain.ErrNotADay.On("day"))
	case t.Day < c.From, t.Day > c.Until:
		refused = append(refused, ErrOutside.On("day"))
	}
	if !t.Start.Valid() {
		refused = append(refused, domain.ErrNotATime.On("start"))
	}
	if t.Minutes < 10 || t.Minutes > 8*60 {
		refused = append(refused, ErrMinutes.On("minutes"))
	}
	return refused
}

// PlanSession plans that coach and coachee meet, which they may do as long as
// all three agree to the contract. The day can have passed: what was not
// planned here can still be said to have been held.
type PlanSession struct {
	ID      domain.CoachingID
	Session domain.CoachingSessionID
	Round   domain.RoundID // whose report is debriefed; none if it is a talk about anything else
	Slot
	Place string // a room, an address or a link, if it is known
}

func (c PlanSession) Stream() domain.Stream { return stream(c.ID) }

func (c PlanSession) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.planning(act.By)); err != nil {
		return nil, err
	}
	if _, taken := s.sessions[c.Session]; taken {
		return nil, ErrSessionExists
	}
	refused := append(c.Slot.refused(s.contract),
		domain.Identifies("session", c.Session),
		domain.Optional("place", c.Place, domain.NameLength),
	)
	if c.Round != "" {
		refused = append(refused, domain.Identifies("round", c.Round))
	}
	if err := domain.All(refused...); err != nil {
		return nil, err
	}
	return []Event{SessionPlanned{c.ID, c.Session, c.Round, c.Slot, about(s.coachee, c.Place)}}, nil
}

// planning refuses p planning, which takes a contract that is in force.
func (s State) planning(p domain.PersonID) *domain.Error {
	if refused := s.underway(p); refused != nil {
		return refused
	}
	if !s.inForce() {
		return ErrNotInForce
	}
	return nil
}

// SessionPlanned says when coach and coachee meet. With a round it is the
// debrief of that round's report.
type SessionPlanned struct {
	ID      domain.CoachingID        `json:"id"`
	Session domain.CoachingSessionID `json:"session"`
	Round   domain.RoundID           `json:"round,omitempty"`
	Slot
	Place domain.Private `json:"place,omitzero"`
}

func (SessionPlanned) EventName() string { return "coaching.session_planned" }

func (e SessionPlanned) Evolve(s State) State {
	s.sessions = set(s.sessions, e.Session, session{e.Round, e.Slot, e.Place, planned})
	return s
}

func (e *SessionPlanned) Private() []*domain.Private { return []*domain.Private{&e.Place} }

// MoveSession gives a planned session another time or place.
type MoveSession struct {
	ID      domain.CoachingID
	Session domain.CoachingSessionID
	Slot
	Place string
	Why   string // nobody has to say
}

func (c MoveSession) Stream() domain.Stream { return stream(c.ID) }

func (c MoveSession) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.planning(act.By)); err != nil {
		return nil, err
	}
	was, place := s.sessions[c.Session], about(s.coachee, c.Place)
	switch {
	case was.status == 0:
		return nil, ErrUnknownSession
	case was.status != planned:
		return nil, ErrNotPlanned
	case c.Slot == was.slot && place.Equal(was.place):
		return nil, nil
	}
	if err := domain.All(append(c.Slot.refused(s.contract),
		domain.Optional("place", c.Place, domain.NameLength),
		domain.Optional("why", c.Why, domain.TextLength),
	)...); err != nil {
		return nil, err
	}
	return []Event{SessionMoved{c.ID, c.Session, c.Slot, place, about(s.coachee, c.Why)}}, nil
}

// SessionMoved says when and where a session takes place from now on, and
// perhaps why.
type SessionMoved struct {
	ID      domain.CoachingID        `json:"id"`
	Session domain.CoachingSessionID `json:"session"`
	Slot
	Place domain.Private `json:"place,omitzero"`
	Why   domain.Private `json:"why,omitzero"`
}

func (SessionMoved) EventName() string { return "coaching.session_moved" }

func (e SessionMoved) Evolve(s State) State {
	was := s.sessions[e.Session]
	was.slot, was.place = e.Slot, e.Place
	s.sessions = set(s.sessions, e.Session, was)
	return s
}

func (e *SessionMoved) Private() []*domain.Private { return []*domain.Private{&e.Place, &e.Why} }

// CancelSession says that a planned session does not take place.
type CancelSession struct {
	ID      domain.CoachingID
	Session domain.CoachingSessionID
	Why     string // nobody has to say
}

func (c CancelSession) Stream() domain.Stream { return stream(c.ID) }

func (c CancelSession) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.underway(act.By)); err != nil {
		return nil, err
	}
	switch s.sessions[c.Session].status {
	case 0:
		return nil, ErrUnknownSession
	case cancelled:
		return nil, nil
	case held:
		return nil, ErrNotPlanned
	}
	if err := domain.All(domain.Optional("why", c.Why, domain.TextLength)); err != nil {
		return nil, err
	}
	return []Event{SessionCancelled{c.ID, c.Session, about(s.coachee, c.Why)}}, nil
}

// SessionCancelled says that a session does not take place, and perhaps why.
type SessionCancelled struct {
	ID      domain.CoachingID        `json:"id"`
	Session domain.CoachingSessionID `json:"session"`
	Why     domain.Private           `json:"why,omitzero"`
}

func (SessionCancelled) EventName() string { return "coaching.session_cancelled" }

func (e SessionCancelled) Evolve(s State) State { return s.after(e.Session, cancelled) }

func (e *SessionCancelled) Private() []*domain.Private { return []*domain.Private{&e.Why} }

// after returns s with where a session stands now.
func (s State) after(id domain.CoachingSessionID, is sessionStatus) State {
	was := s.sessions[id]
	was.status = is
	s.sessions = set(s.sessions, id, was)
	return s
}

// HoldSession says that a planned session took place.
type HoldSession struct {
	ID      domain.CoachingID
	Session domain.CoachingSessionID
	On      domain.Day // none means the day for which it was planned
}

func (c HoldSession) Stream() domain.Stream { return stream(c.ID) }

func (c HoldSession) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.underway(act.By)); err != nil {
		return nil, err
	}
	was := s.sessions[c.Session]
	switch was.status {
	case 0:
		return nil, ErrUnknownSession
	case held:
		return nil, nil
	case cancelled:
		return nil, ErrNotPlanned
	}
	on := c.On
	if on == "" {
		on = was.slot.Day
	}
	if err := domain.All(happened(on, act.Today(), s.contract.From)); err != nil {
		return nil, err
	}
	return []Event{SessionHeld{c.ID, c.Session, was.round, on}}, nil
}

// SessionHeld says that coach and coachee met, and on which day. With a round
// they debriefed that round's report.
type SessionHeld struct {
	ID      domain.CoachingID        `json:"id"`
	Session domain.CoachingSessionID `json:"session"`
	Round   domain.RoundID           `json:"round,omitempty"`
	On      domain.Day               `json:"on"`
}

func (SessionHeld) EventName() string { return "coaching.session_held" }

func (e SessionHeld) Evolve(s State) State { return s.after(e.Session, held) }
