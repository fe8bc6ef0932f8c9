package promise

import "koersvast/domain"

// Withdraw takes a promise back. Who proposed one for another can take that
// back too, as long as it was not answered.
type Withdraw struct {
	ID  domain.PromiseID
	Why string
}

func (c Withdraw) Stream() domain.Stream { return stream(c.ID) }

func (c Withdraw) Decide(s State, act domain.Act) ([]Event, error) {
	recorder := s.recordedBy == act.By && !s.made
	switch {
	case s.status == StatusWithdrawn && (recorder || s.by == act.By):
		return nil, nil
	case s.status == StatusProposed && recorder:
	default:
		if err := domain.All(s.openTo(act.By)); err != nil {
			return nil, err
		}
	}
	if err := domain.All(domain.Needed("why", c.Why, domain.TextLength)); err != nil {
		return nil, err
	}
	return []Event{Withdrawn{c.ID, personal(act.By, c.Why)}}, nil
}

// Withdrawn says that a promise was taken back, and why.
type Withdrawn struct {
	ID  domain.PromiseID `json:"id"`
	Why domain.Private   `json:"why,omitzero"`
}

func (Withdrawn) EventName() string { return "promise.withdrawn" }

func (Withdrawn) Evolve(s State) State {
	s.status = StatusWithdrawn
	return s
}

func (e *Withdrawn) Private() []*domain.Private { return []*domain.Private{&e.Why} }

// Explain tells the people to whom a withdrawn promise was made what it means
// for them.
type Explain struct {
	ID   domain.PromiseID
	Text string
}

func (c Explain) Stream() domain.Stream { return stream(c.ID) }

func (c Explain) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.ownedBy(act.By)); err != nil {
		return nil, err
	}
	if s.status != StatusWithdrawn || !s.made {
		return nil, ErrNotWithdrawn
	}
	if err := domain.All(domain.Needed("text", c.Text, domain.TextLength)); err != nil {
		return nil, err
	}
	return []Event{WithdrawalExplained{c.ID, personal(act.By, c.Text)}}, nil
}

// WithdrawalExplained says what people were told about a withdrawn promise.
type WithdrawalExplained struct {
	ID   domain.PromiseID `json:"id"`
	Text domain.Private   `json:"text,omitzero"`
}

func (WithdrawalExplained) EventName() string { return "promise.withdrawal_explained" }

func (WithdrawalExplained) Evolve(s State) State { return s }

func (e *WithdrawalExplained) Private() []*domain.Private { return []*domain.Private{&e.Text} }
