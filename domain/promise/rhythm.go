package promise

import "koersvast/domain"

// SetRhythm says after how many days a promise is checked, each time.
type SetRhythm struct {
	ID   domain.PromiseID
	Days int
}

func (c SetRhythm) Stream() domain.Stream { return stream(c.ID) }

func (c SetRhythm) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.openTo(act.By), rhythmRefused(c.Days)); err != nil {
		return nil, err
	}
	if c.Days == s.rhythm {
		return nil, nil
	}
	return []Event{RhythmSet(c)}, nil
}

func rhythmRefused(days int) *domain.Error {
	if days < 7 || days > 365 {
		return ErrRhythm.On("rhythm")
	}
	return nil
}

// RhythmSet says after how many days a promise is checked from now on.
type RhythmSet struct {
	ID   domain.PromiseID `json:"id"`
	Days int              `json:"days"`
}

func (RhythmSet) EventName() string { return "promise.rhythm_set" }

func (e RhythmSet) Evolve(s State) State {
	s.rhythm = e.Days
	return s
}
