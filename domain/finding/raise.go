package finding

import "koersvast/domain"

// Raise says that a rule finds something. Nobody asks for it: the clock does,
// when the condition holds.
type Raise struct {
	Rule     domain.RuleID
	Version  int // of the rule
	Severity Severity
	Blocks   bool // only the end of its condition closes it
	Kind     Kind
	Object   ObjectID
	Position domain.Position // up to where the log was looked at

	// Whom it is about and who else it is for; "" for nobody.
	Owner    domain.PersonID
	Coach    domain.PersonID
	Recorder domain.PersonID
	Roles    []domain.Role // that it is for
}

// ID names what is found.
func (c Raise) ID() domain.FindingID { return IDOf(c.Rule, c.Object) }

func (c Raise) Stream() domain.Stream { return stream(c.ID()) }

func (c Raise) Decide(s State, act domain.Act) ([]Event, error) {
	if s.raised() == nil && s.version == c.Version && s.severity == c.Severity {
		return nil, nil
	}
	return []Event{Raised{
		c.ID(), c.Rule, c.Version, c.Severity, c.Blocks, c.Kind, c.Object, act.Today(), c.Position, c.Owner, c.Coach, c.Recorder, c.Roles,
	}}, nil
}

// Raised says that the condition of a rule began to hold, or that the rule asks
// something else of it from now on: it is open. What was found not to apply
// stays so as long as the rule is the same, unless it blocks by now.
type Raised struct {
	ID       domain.FindingID `json:"id"`
	Rule     domain.RuleID    `json:"rule"`
	Version  int              `json:"version"`
	Severity Severity         `json:"severity"`
	Blocks   bool             `json:"blocks,omitempty"`
	Kind     Kind             `json:"kind"`
	Object   ObjectID         `json:"object"`
	Day      domain.Day       `json:"day"`
	Position domain.Position  `json:"position"` // up to where the log was looked at
	Owner    domain.PersonID  `json:"owner,omitempty"`
	Coach    domain.PersonID  `json:"coach,omitempty"`
	Recorder domain.PersonID  `json:"recorder,omitempty"`
	Roles    []domain.Role    `json:"roles,omitempty"`
}

func (Raised) EventName() string { return "finding.raised" }

func (e Raised) Evolve(s State) State {
	if s.status != StatusDismissed || s.version != e.Version || e.Blocks {
		s = s.as(StatusOpen)
	}
	s.version, s.severity, s.blocks, s.owner = e.Version, e.Severity, e.Blocks, e.Owner
	return s
}

// Clear says that a rule no longer finds something. The clock asks for it when
// the condition has ended.
type Clear struct {
	ID       domain.FindingID
	Position domain.Position // up to where the log was looked at
}

func (c Clear) Stream() domain.Stream { return stream(c.ID) }

func (c Clear) Decide(s State, act domain.Act) ([]Event, error) {
	if s.raised() != nil {
		return nil, nil
	}
	return []Event{Cleared{c.ID, act.Today(), c.Position}}, nil
}

// Cleared says that the condition of a rule has ended.
type Cleared struct {
	ID       domain.FindingID `json:"id"`
	Day      domain.Day       `json:"day"`
	Position domain.Position  `json:"position"`
}

func (Cleared) EventName() string { return "finding.cleared" }

func (Cleared) Evolve(s State) State { return s.as(StatusCleared) }
