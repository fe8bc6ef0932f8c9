package coaching

import (
	"slices"

	"koersvast/domain"
)

// Terms are what a contract says, besides whose it is.
type Terms struct {
	Aims        string // what the coaching is to lead to
	SetUp       string // how often, where, what is told to whom
	From, Until domain.Day
}

func (t Terms) refused() []*domain.Error {
	refused := []*domain.Error{
		domain.Needed("aims", t.Aims, domain.TextLength),
		domain.Needed("set_up", t.SetUp, domain.TextLength),
	}
	switch {
	case !t.From.Valid():
		return append(refused, domain.ErrNotADay.On("from"))
	case !t.Until.Valid():
		return append(refused, domain.ErrNotADay.On("until"))
	case t.Until <= t.From:
		return append(refused, ErrPeriod.On("until"))
	}
	return refused
}

// Contract is [Terms] in a fact.
type Contract struct {
	Aims  domain.Private `json:"aims,omitzero"`
	SetUp domain.Private `json:"set_up,omitzero"`
	From  domain.Day     `json:"from"`
	Until domain.Day     `json:"until"`
}

func (t Terms) contract(coachee domain.PersonID) Contract {
	return Contract{about(coachee, t.Aims), about(coachee, t.SetUp), t.From, t.Until}
}

func (c *Contract) private() []*domain.Private { return []*domain.Private{&c.Aims, &c.SetUp} }

func (c Contract) equal(d Contract) bool {
	return c.Aims.Equal(d.Aims) && c.SetUp.Equal(d.SetUp) && c.From == d.From && c.Until == d.Until
}

// Propose puts a contract to coach, coachee and sponsor. Who proposes it and
// is one of them has agreed to it.
type Propose struct {
	ID                      domain.CoachingID
	Coach, Coachee, Sponsor domain.PersonID
	Reason                  Reason
	Terms
}

func (c Propose) Stream() domain.Stream { return stream(c.ID) }

func (c Propose) Decide(s State, act domain.Act) ([]Event, error) {
	if s.coach != "" {
		return nil, ErrExists
	}
	refused := []*domain.Error{
		domain.Identifies("id", c.ID),
		domain.Identifies("coach", c.Coach),
		domain.Identifies("coachee", c.Coachee),
		domain.Identifies("sponsor", c.Sponsor),
	}
	if c.Coach == c.Coachee {
		refused = append(refused, ErrNotThree.On("coach"))
	}
	if c.Sponsor == c.Coach || c.Sponsor == c.Coachee {
		refused = append(refused, ErrNotThree.On("sponsor"))
	}
	if !slices.Contains(Reasons, c.Reason) {
		refused = append(refused, ErrReason.On("reason"))
	}
	if err := domain.All(append(refused, c.Terms.refused()...)...); err != nil {
		return nil, err
	}
	return []Event{Proposed{c.ID, act.By, c.Coach, c.Coachee, c.Sponsor, c.Reason, c.Terms.contract(c.Coachee)}}, nil
}

// Proposed says that somebody put a contract to three people, who may
// all three read it. It is the contract's version 1.
type Proposed struct {
	ID      domain.CoachingID `json:"id"`
	By      domain.PersonID   `json:"by"`
	Coach   domain.PersonID   `json:"coach"`
	Coachee domain.PersonID   `json:"coachee"`
	Sponsor domain.PersonID   `json:"sponsor"`
	Reason  Reason            `json:"reason"`
	Contract
}

func (Proposed) EventName() string { return "coaching.proposed" }

func (e Proposed) Evolve(State) State {
	s := State{coach: e.Coach, coachee: e.Coachee, sponsor: e.Sponsor, proposedBy: e.By}
	return s.put(e.By, e.Contract)
}

func (e *Proposed) Private() []*domain.Private { return e.Contract.private() }

// put returns s with a new version of the contract, to which only who put it
// has agreed yet.
func (s State) put(by domain.PersonID, c Contract) State {
	s.contract, s.version, s.agreed, s.declined = c, s.version+1, nil, false
	if s.ofThree(by) {
		s.agreed = []domain.PersonID{by}
	}
	return s
}

// Revise puts other terms to the three, of which all have to agree again. Till
// then no session can be planned, and what is under way goes on.
type Revise struct {
	ID domain.CoachingID
	Terms
	Why string
}

func (c Revise) Stream() domain.Stream { return stream(c.ID) }

func (c Revise) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.contracting(act.By)); err != nil {
		return nil, err
	}
	contract := c.Terms.contract(s.coachee)
	if contract.equal(s.contract) && !s.declined {
		return nil, nil
	}
	if err := domain.All(append(c.Terms.refused(), domain.Needed("why", c.Why, domain.TextLength))...); err != nil {
		return nil, err
	}
	return []Event{Revised{c.ID, act.By, s.version + 1, contract, about(s.coachee, c.Why)}}, nil
}

// Revised says that somebody put other terms to the three, and why.
type Revised struct {
	ID      domain.CoachingID `json:"id"`
	By      domain.PersonID   `json:"by"`
	Version int               `json:"version"`
	Contract
	Why domain.Private `json:"why,omitzero"`
}

func (Revised) EventName() string { return "coaching.revised" }

func (e Revised) Evolve(s State) State { return s.put(e.By, e.Contract) }

func (e *Revised) Private() []*domain.Private { return append(e.Contract.private(), &e.Why) }
