package promise

import "koersvast/domain"

// Keep says that what was promised is done. That verdict belongs to who
// promised; what others noticed stands beside it.
type Keep struct {
	ID domain.PromiseID
	On domain.Day // when it was done; none means today
}

func (c Keep) Stream() domain.Stream { return stream(c.ID) }

func (c Keep) Decide(s State, act domain.Act) ([]Event, error) {
	if s.by == act.By && s.status == StatusKept {
		return nil, nil
	}
	on, refused := s.happened(c.On, act.Today())
	if err := domain.All(s.openTo(act.By), refused); err != nil {
		return nil, err
	}
	return []Event{Kept{ID: c.ID, On: on, Late: s.due != "" && on > s.due}}, nil
}

// happened returns the day on which something was, and refuses one that has
// yet to come or that lies before the promise.
func (s State) happened(on, today domain.Day) (domain.Day, *domain.Error) {
	switch {
	case on == "":
		return today, nil
	case !on.Valid():
		return "", domain.ErrNotADay.On("on")
	case on > today:
		return "", ErrFuture.On("on")
	case on < s.since:
		return "", ErrTooEarly.On("on")
	}
	return on, nil
}

// Kept says that a promise was kept, and on which day.
type Kept struct {
	ID   domain.PromiseID `json:"id"`
	On   domain.Day       `json:"on"`
	Late bool             `json:"late,omitempty"`
}

func (Kept) EventName() string { return "promise.kept" }

func (Kept) Evolve(s State) State {
	s.status = StatusKept
	return s
}
