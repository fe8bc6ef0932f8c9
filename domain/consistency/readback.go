package consistency

import (
	"cmp"
	"slices"

	"koersvast/domain"
)

// ReadBack says that a member of the management team has seen their own part
// of the picture that is being made, with their coach. Either of the two says
// so; that the other is who they are is for the caller to see.
type ReadBack struct {
	ID     domain.CheckID
	Member domain.PersonID
	On     domain.Day // none means today
}

func (c ReadBack) Stream() domain.Stream { return stream(c.ID) }

func (c ReadBack) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.is(StatusOpen, ErrNotOpen)); err != nil {
		return nil, err
	}
	if slices.Contains(s.heard, c.Member) {
		return nil, nil
	}
	on := cmp.Or(c.On, act.Today())
	if err := domain.All(domain.Identifies("member", c.Member), s.happened(on, act.Today())); err != nil {
		return nil, err
	}
	return []Event{PartReadBack{c.ID, c.Member, on}}, nil
}

// happened refuses a day that is none, that has yet to come, or on which there
// was no check.
func (s State) happened(on, today domain.Day) *domain.Error {
	switch {
	case !on.Valid():
		return domain.ErrNotADay.On("on")
	case on > today:
		return ErrFuture.On("on")
	case on < s.opened:
		return ErrTooEarly.On("on")
	}
	return nil
}

// PartReadBack says that somebody has seen their own part.
type PartReadBack struct {
	ID     domain.CheckID  `json:"id"`
	Member domain.PersonID `json:"member"`
	On     domain.Day      `json:"on"`
}

func (PartReadBack) EventName() string { return "consistency.part_read_back" }

func (e PartReadBack) Evolve(s State) State {
	s.heard = with(s.heard, e.Member)
	return s
}

// DeclineReadBack is how somebody says that they need not see their part
// before the picture is published.
type DeclineReadBack struct {
	ID     domain.CheckID
	Member domain.PersonID
}

func (c DeclineReadBack) Stream() domain.Stream { return stream(c.ID) }

func (c DeclineReadBack) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.is(StatusOpen, ErrNotOpen)); err != nil {
		return nil, err
	}
	switch {
	case act.By != c.Member:
		return nil, ErrNotYours
	case slices.Contains(s.heard, c.Member):
		return nil, nil
	}
	return []Event{ReadBackDeclined(c)}, nil
}

// ReadBackDeclined says that somebody need not see their part first.
type ReadBackDeclined struct {
	ID     domain.CheckID  `json:"id"`
	Member domain.PersonID `json:"member"`
}

func (ReadBackDeclined) EventName() string { return "consistency.read_back_declined" }

func (e ReadBackDeclined) Evolve(s State) State {
	s.heard = with(s.heard, e.Member)
	return s
}
