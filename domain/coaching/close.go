package coaching

import "koersvast/domain"

// Close ends a coaching. Coach and coachee can each do so: nobody coaches, or
// is coached, against their will.
type Close struct {
	ID domain.CoachingID
	On domain.Day // when it ended; none means today
}

func (c Close) Stream() domain.Stream { return stream(c.ID) }

func (c Close) Decide(s State, act domain.Act) ([]Event, error) {
	if s.closed && (act.By == s.coach || act.By == s.coachee) {
		return nil, nil
	}
	if err := domain.All(s.underway(act.By)); err != nil {
		return nil, err
	}
	for _, meeting := range s.sessions {
		if meeting.status == planned {
			return nil, ErrStillPlanned
		}
	}
	on := c.On
	if on == "" {
		on = act.Today()
	}
	if err := domain.All(happened(on, act.Today(), s.since)); err != nil {
		return nil, err
	}
	return []Event{Closed{c.ID, act.By, on}}, nil
}

// Closed says that a coaching ended, and on which day. After it there are no
// sessions, no notes and no new learning goals. Those that were set go on, as
// they are the coachee's own, and stay shared with whom they were shared with.
type Closed struct {
	ID domain.CoachingID `json:"id"`
	By domain.PersonID   `json:"by"`
	On domain.Day        `json:"on"`
}

func (Closed) EventName() string { return "coaching.closed" }

func (Closed) Evolve(s State) State {
	s.closed = true
	return s
}
