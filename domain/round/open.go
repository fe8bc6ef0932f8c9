package round

import (
	"slices"

	"koersvast/domain"
)

// Open lets people answer. From here on nothing about the round changes: not
// its questions, not who is asked, not from how many answers on something is
// shown.
type Open struct {
	ID    domain.RoundID
	Boxes []Box

	// Key opens the boxes. It is sealed to the coach of the round.
	Key domain.Bytes
}

// A Box is the ballot box of one group of a round. Its manifest says all that
// a rater's browser must be sure of before it answers; ID is its digest.
type Box struct {
	Group    domain.RaterGroup `json:"group"`
	ID       BoxID             `json:"id"`
	Manifest domain.Bytes      `json:"manifest"`
}

// A BoxID names a box: the digest of its manifest.
type BoxID string

func (c Open) Stream() domain.Stream { return stream(c.ID) }

func (c Open) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.openable(act)); err != nil {
		return nil, err
	}
	raters := s.standing()
	var groups, boxes []domain.RaterGroup
	for _, r := range raters {
		groups = append(groups, r.Group)
	}
	for _, b := range c.Boxes {
		boxes = append(boxes, b.Group)
	}
	slices.Sort(groups)
	slices.Sort(boxes)
	if !slices.Equal(slices.Compact(groups), boxes) || c.Key == "" {
		return nil, ErrBoxes
	}
	return []Event{Opened{c.ID, act.Today(), raters, c.Boxes, c.Key}}, nil
}

// openable refuses a round that cannot open now, or not by who asks.
func (s State) openable(act domain.Act) *domain.Error {
	if refused := s.is(StatusApproved, ErrNotApproved); refused != nil {
		return refused
	}
	switch {
	case act.By == s.coach:
		return ErrTwoPersons
	case act.Today() > s.closes:
		return ErrOver
	}
	return s.tooFew(s.standing())
}

// Opened says that a round is open, on which day, and who is asked.
type Opened struct {
	ID     domain.RoundID `json:"id"`
	On     domain.Day     `json:"on"`
	Raters []Rater        `json:"raters"`
	Boxes  []Box          `json:"boxes"`
	Key    domain.Bytes   `json:"key"`
}

func (Opened) EventName() string { return "round.opened" }

func (e Opened) Evolve(s State) State {
	s.status, s.raters = StatusOpen, e.Raters
	return s
}

// Extend gives people more days to answer, once.
type Extend struct {
	ID     domain.RoundID
	Closes domain.Day
}

// Extension is by how many days a round can be extended: five working days.
const Extension = 7

func (c Extend) Stream() domain.Stream { return stream(c.ID) }

func (c Extend) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.is(StatusOpen, ErrNotOpen)); err != nil {
		return nil, err
	}
	switch days := s.closes.DaysUntil(c.Closes); {
	case s.extended:
		return nil, ErrExtended
	case !c.Closes.Valid():
		return nil, domain.ErrNotADay.On("closes")
	case days < 1 || days > Extension || c.Closes < act.Today():
		return nil, ErrExtension.On("closes")
	}
	return []Event{Extended(c)}, nil
}

// Extended says until when people can answer after all.
type Extended struct {
	ID     domain.RoundID `json:"id"`
	Closes domain.Day     `json:"closes"`
}

func (Extended) EventName() string { return "round.extended" }

func (e Extended) Evolve(s State) State {
	s.closes, s.extended = e.Closes, true
	return s
}

// Remind says that those who have not answered are reminded.
type Remind struct {
	ID domain.RoundID
}

// Reminders is how often people are reminded at most.
const Reminders = 3

func (c Remind) Stream() domain.Stream { return stream(c.ID) }

func (c Remind) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.is(StatusOpen, ErrNotOpen)); err != nil {
		return nil, err
	}
	switch {
	case act.Today() > s.closes:
		return nil, ErrOver
	case s.reminders == Reminders:
		return nil, ErrReminded
	}
	return []Event{RemindersSent{c.ID, s.reminders + 1}}, nil
}

// RemindersSent says that people were reminded, for the how manyeth time. To
// how many is not said: that would count who has answered.
type RemindersSent struct {
	ID    domain.RoundID `json:"id"`
	Count int            `json:"count"`
}

func (RemindersSent) EventName() string { return "round.reminders_sent" }

func (e RemindersSent) Evolve(s State) State {
	s.reminders = e.Count
	return s
}

// Cancel gives up a round that has no result yet, and why. Its answers are
// destroyed unread.
type Cancel struct {
	ID  domain.RoundID
	Why string
}

func (c Cancel) Stream() domain.Stream { return stream(c.ID) }

func (c Cancel) Decide(s State, act domain.Act) ([]Event, error) {
	switch s.status {
	case "":
		return nil, ErrUnknown
	case StatusCancelled:
		return nil, nil
	case StatusReleased, StatusNothing:
		return nil, ErrDone
	}
	if err := domain.All(domain.Needed("why", c.Why, domain.TextLength)); err != nil {
		return nil, err
	}
	return []Event{Cancelled{c.ID, about(s.subject, c.Why)}}, nil
}

// Cancelled says that a round was given up, and why.
type Cancelled struct {
	ID  domain.RoundID `json:"id"`
	Why domain.Private `json:"why,omitzero"`
}

func (Cancelled) EventName() string { return "round.cancelled" }

func (Cancelled) Evolve(s State) State {
	s.status = StatusCancelled
	return s
}

func (e *Cancelled) Private() []*domain.Private { return []*domain.Private{&e.Why} }
