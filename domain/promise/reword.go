package promise

import (
	"slices"

	"koersvast/domain"
)

// Reword says a promise in other words. The old ones stay visible, and so
// does the reason.
type Reword struct {
	ID domain.PromiseID
	Terms
	Why string
}

func (c Reword) Stream() domain.Stream { return stream(c.ID) }

func (c Reword) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.openTo(act.By)); err != nil {
		return nil, err
	}
	if c.Terms == s.terms {
		return nil, nil
	}
	if err := domain.All(slices.Concat(
		c.Terms.refused(),
		[]*domain.Error{domain.Needed("why", c.Why, domain.TextLength)},
	)...); err != nil {
		return nil, err
	}
	return []Event{Reworded{c.ID, c.said(act.By), personal(act.By, c.Why)}}, nil
}

// Reworded says that a promise stands in other words, and why.
type Reworded struct {
	ID domain.PromiseID `json:"id"`
	Words
	Why domain.Private `json:"why,omitzero"`
}

func (Reworded) EventName() string { return "promise.reworded" }

func (e Reworded) Evolve(s State) State {
	s.terms = e.Words.terms()
	return s
}

func (e *Reworded) Private() []*domain.Private { return append(e.Words.private(), &e.Why) }
