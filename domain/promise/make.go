package promise

import (
	"slices"

	"koersvast/domain"
)

// Rhythm is after how many days a promise is checked, unless it says otherwise.
const Rhythm = domain.UsualRhythm

// Details are what a promise holds besides its words.
type Details struct {
	To          []domain.Party       // who it is made to, and who may read it
	Pillar      domain.PillarID      // of the strategy, if any
	Behaviours  []domain.BehaviourID // that show it is kept
	Expectation domain.ExpectationID // that it answers, if any
	Due         domain.Day           // none: for as long as it stands
	Rhythm      int                  // days between two checks; 0 means [Rhythm]
}

func (d Details) refused(by domain.PersonID, today domain.Day) []*domain.Error {
	refused := []*domain.Error{domain.OnCalendar("due", d.Due), rhythmRefused(d.rhythm())}
	if d.Due.Valid() && d.Due < today {
		refused = append(refused, ErrPast.On("due"))
	}
	if len(d.To) == 0 {
		refused = append(refused, domain.ErrRequired.On("to"))
	}
	for _, p := range d.To {
		switch {
		case !p.Valid():
			refused = append(refused, domain.ErrNoParty.On("to"))
		case p == domain.Person(by):
			refused = append(refused, ErrToSelf.On("to"))
		}
	}
	if d.Pillar != "" {
		refused = append(refused, domain.Identifies("pillar", d.Pillar))
	}
	for _, b := range d.Behaviours {
		refused = append(refused, domain.Identifies("behaviours", b))
	}
	if d.Expectation != "" {
		refused = append(refused, domain.Identifies("expectation", d.Expectation))
	}
	return refused
}

func (d Details) rhythm() int {
	if d.Rhythm == 0 {
		return Rhythm
	}
	return d.Rhythm
}

// Make promises something, in one's own name.
type Make struct {
	ID domain.PromiseID
	Terms
	Details
}

func (c Make) Stream() domain.Stream { return stream(c.ID) }

func (c Make) Decide(s State, act domain.Act) ([]Event, error) {
	if s.by != "" {
		return nil, ErrExists
	}
	if err := domain.All(slices.Concat(
		[]*domain.Error{domain.Identifies("id", c.ID)},
		c.Terms.refused(),
		c.Details.refused(act.By, act.Today()),
	)...); err != nil {
		return nil, err
	}
	return []Event{Made{c.ID, act.By, act.Today(), c.said(act.By), c.held()}}, nil
}

// Made says that somebody promised something, and on which day.
type Made struct {
	ID domain.PromiseID `json:"id"`
	By domain.PersonID  `json:"by"`
	On domain.Day       `json:"on"`
	Words
	Holds
}

// Holds are [Details] in a fact.
type Holds struct {
	To          []domain.Party       `json:"to" minItems:"1"`
	Pillar      domain.PillarID      `json:"pillar,omitempty"`
	Behaviours  []domain.BehaviourID `json:"behaviours,omitempty"`
	Expectation domain.ExpectationID `json:"expectation,omitempty"`
	Due         domain.Day           `json:"due,omitempty"`
	Rhythm      int                  `json:"rhythm"`
}

func (d Details) held() Holds {
	return Holds{set(d.To), d.Pillar, set(d.Behaviours), d.Expectation, d.Due, d.rhythm()}
}

func (Made) EventName() string { return "promise.made" }

func (e Made) Evolve(s State) State {
	s = s.with(e.By, e.Words, e.Holds)
	s.status, s.made, s.since = StatusActive, true, e.On
	return s
}

func (e *Made) Private() []*domain.Private { return e.Words.private() }

// with returns s with what a new promise says.
func (s State) with(by domain.PersonID, w Words, h Holds) State {
	s.by, s.terms = by, w.terms()
	s.to, s.due, s.rhythm, s.behaviours = h.To, h.Due, h.Rhythm, h.Behaviours
	return s
}
