package finding

import "koersvast/domain"

// Discuss says that a finding was talked about, and what came of that.
type Discuss struct {
	ID   domain.FindingID
	Note string
}

func (c Discuss) Stream() domain.Stream { return stream(c.ID) }

func (c Discuss) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.asks()); err != nil {
		return nil, err
	}
	if err := domain.All(domain.Optional("note", c.Note, domain.TextLength)); err != nil {
		return nil, err
	}
	if s.status == StatusDiscussed && c.Note == "" {
		return nil, nil
	}
	e := Discussed{ID: c.ID, By: act.By}
	if c.Note != "" {
		e.Note = s.said(act.By, c.Note)
	}
	return []Event{e}, nil
}

// Discussed says that a finding was talked about. It stays in sight, as long
// as its condition holds.
type Discussed struct {
	ID   domain.FindingID `json:"id"`
	By   domain.PersonID  `json:"by"`
	Note domain.Private   `json:"note,omitzero"`
}

func (Discussed) EventName() string { return "finding.discussed" }

func (Discussed) Evolve(s State) State { return s.as(StatusDiscussed) }

func (e *Discussed) Private() []*domain.Private { return []*domain.Private{&e.Note} }

// Resolve says that what a finding was about is resolved, and how, although
// its condition still holds.
type Resolve struct {
	ID  domain.FindingID
	How string
}

func (c Resolve) Stream() domain.Stream { return stream(c.ID) }

func (c Resolve) Decide(s State, act domain.Act) ([]Event, error) {
	if s.status == StatusResolved {
		return nil, nil
	}
	if err := domain.All(s.yields()); err != nil {
		return nil, err
	}
	if err := domain.All(domain.Needed("how", c.How, domain.TextLength)); err != nil {
		return nil, err
	}
	return []Event{Resolved{c.ID, act.By, s.said(act.By, c.How)}}, nil
}

// Resolved says that what a finding was about is resolved, and how.
type Resolved struct {
	ID  domain.FindingID `json:"id"`
	By  domain.PersonID  `json:"by"`
	How domain.Private   `json:"how,omitzero"`
}

func (Resolved) EventName() string { return "finding.resolved" }

func (Resolved) Evolve(s State) State { return s.as(StatusResolved) }

func (e *Resolved) Private() []*domain.Private { return []*domain.Private{&e.How} }

// Dismiss says that a finding does not apply, and why.
type Dismiss struct {
	ID  domain.FindingID
	Why string
}

func (c Dismiss) Stream() domain.Stream { return stream(c.ID) }

func (c Dismiss) Decide(s State, act domain.Act) ([]Event, error) {
	if s.status == StatusDismissed {
		return nil, nil
	}
	if err := domain.All(s.yields()); err != nil {
		return nil, err
	}
	if err := domain.All(domain.Needed("why", c.Why, domain.TextLength)); err != nil {
		return nil, err
	}
	return []Event{Dismissed{c.ID, act.By, s.said(act.By, c.Why)}}, nil
}

// Dismissed says that a finding does not apply, and why.
type Dismissed struct {
	ID  domain.FindingID `json:"id"`
	By  domain.PersonID  `json:"by"`
	Why domain.Private   `json:"why,omitzero"`
}

func (Dismissed) EventName() string { return "finding.dismissed" }

func (Dismissed) Evolve(s State) State { return s.as(StatusDismissed) }

func (e *Dismissed) Private() []*domain.Private { return []*domain.Private{&e.Why} }

// Snooze puts a finding out of sight until a day, [SnoozeMost] days from now at
// most.
type Snooze struct {
	ID    domain.FindingID
	Until domain.Day
}

func (c Snooze) Stream() domain.Stream { return stream(c.ID) }

func (c Snooze) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.yields()); err != nil {
		return nil, err
	}
	switch {
	case c.Until == "":
		return nil, domain.All(domain.ErrRequired.On("until"))
	case !c.Until.Valid():
		return nil, domain.All(domain.ErrNotADay.On("until"))
	case c.Until <= act.Today() || c.Until > act.Today().Add(SnoozeMost):
		return nil, domain.All(ErrSnooze.On("until"))
	case s.status == StatusSnoozed && s.until == c.Until:
		return nil, nil
	}
	return []Event{Snoozed{c.ID, act.By, c.Until}}, nil
}

// Snoozed says until which day a finding is out of sight. On that day it is
// open again.
type Snoozed struct {
	ID    domain.FindingID `json:"id"`
	By    domain.PersonID  `json:"by"`
	Until domain.Day       `json:"until"`
}

func (Snoozed) EventName() string { return "finding.snoozed" }

func (e Snoozed) Evolve(s State) State {
	s = s.as(StatusSnoozed)
	s.until = e.Until
	return s
}

// Reopen says that a finding asks something after all.
type Reopen struct{ ID domain.FindingID }

func (c Reopen) Stream() domain.Stream { return stream(c.ID) }

func (c Reopen) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.raised()); err != nil {
		return nil, err
	}
	if s.status == StatusOpen {
		return nil, nil
	}
	return []Event{Reopened{c.ID, act.By}}, nil
}

// Reopened says that a finding is open again.
type Reopened struct {
	ID domain.FindingID `json:"id"`
	By domain.PersonID  `json:"by"`
}

func (Reopened) EventName() string { return "finding.reopened" }

func (Reopened) Evolve(s State) State { return s.as(StatusOpen) }
