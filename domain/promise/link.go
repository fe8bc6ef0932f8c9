package promise

import "koersvast/domain"

// Link says which behaviours of the strategy show that a promise is kept.
type Link struct {
	ID         domain.PromiseID
	Behaviours []domain.BehaviourID
}

func (c Link) Stream() domain.Stream { return stream(c.ID) }

func (c Link) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.openTo(act.By)); err != nil {
		return nil, err
	}
	behaviours := set(c.Behaviours)
	if sameSet(behaviours, s.behaviours) {
		return nil, nil
	}
	for _, b := range behaviours {
		if err := domain.All(domain.Identifies("behaviours", b)); err != nil {
			return nil, err
		}
	}
	return []Event{BehavioursLinked{c.ID, behaviours}}, nil
}

// BehavioursLinked says which behaviours now show that a promise is kept.
type BehavioursLinked struct {
	ID         domain.PromiseID     `json:"id"`
	Behaviours []domain.BehaviourID `json:"behaviours"`
}

func (BehavioursLinked) EventName() string { return "promise.behaviours_linked" }

func (e BehavioursLinked) Evolve(s State) State {
	s.behaviours = e.Behaviours
	return s
}
