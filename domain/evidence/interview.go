package evidence

import (
	"slices"

	"koersvast/domain"
)

// Groups lists those of whom people are interviewed, in the order in which
// people read them.
var Groups = []domain.Role{domain.MT, domain.InformalLeader, domain.Employee}

// GroupShown is of how many interviews with a group there must be before
// anything of one of them is shown to others than who code.
const GroupShown = 3

// PlanInterview plans an interview with somebody of a group. Who that is stays
// with who interviews.
type PlanInterview struct {
	ID    domain.SourceID
	Group domain.Role
	Day   domain.Day
}

func (c PlanInterview) Stream() domain.Stream { return stream(c.ID) }

func (c PlanInterview) Decide(s State, _ domain.Act) ([]Event, error) {
	if s.kind != "" {
		return nil, ErrExists
	}
	var group, day *domain.Error
	if !slices.Contains(Groups, c.Group) {
		group = ErrGroup.On("group")
	}
	if !c.Day.Valid() {
		day = domain.ErrNotADay.On("day")
	}
	if err := domain.All(domain.Identifies("id", c.ID), group, day); err != nil {
		return nil, err
	}
	return []Event{InterviewPlanned(c)}, nil
}

// InterviewPlanned says of which group somebody is to be interviewed, and when.
type InterviewPlanned struct {
	ID    domain.SourceID `json:"id"`
	Group domain.Role     `json:"group"`
	Day   domain.Day      `json:"day"`
}

func (InterviewPlanned) EventName() string { return "evidence.interview_planned" }

func (InterviewPlanned) Evolve(s State) State {
	s.kind, s.status = Interview, StatusPlanned
	return s
}

// RecordConsent writes down that who is interviewed consents: to being quoted
// without a name, and perhaps to a recording that is destroyed after coding.
type RecordConsent struct {
	ID        domain.SourceID
	On        domain.Day
	Recording bool
}

func (c RecordConsent) Stream() domain.Stream { return stream(c.ID) }

func (c RecordConsent) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.planned()); err != nil || s.consent {
		return nil, err
	}
	if err := domain.All(past("on", c.On, act.Today())); err != nil {
		return nil, err
	}
	return []Event{ConsentRecorded(c)}, nil
}

// planned refuses what is no interview that has yet to be held.
func (s State) planned() *domain.Error {
	if refused := s.interviewed(); refused != nil {
		return refused
	}
	if s.status != StatusPlanned {
		return ErrNotPlanned
	}
	return nil
}

// ConsentRecorded says that who is interviewed consents, and whether that holds
// for a recording too.
type ConsentRecorded struct {
	ID        domain.SourceID `json:"id"`
	On        domain.Day      `json:"on"`
	Recording bool            `json:"recording,omitempty"`
}

func (ConsentRecorded) EventName() string { return "evidence.consent_recorded" }

func (e ConsentRecorded) Evolve(s State) State {
	s.consent, s.recorded = true, e.Recording
	return s
}

// HoldInterview says that an interview was held.
type HoldInterview struct {
	ID domain.SourceID
	On domain.Day
}

func (c HoldInterview) Stream() domain.Stream { return stream(c.ID) }

func (c HoldInterview) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.planned()); err != nil {
		return nil, err
	}
	if !s.consent {
		return nil, ErrNoConsent
	}
	if err := domain.All(past("on", c.On, act.Today())); err != nil {
		return nil, err
	}
	return []Event{InterviewHeld(c)}, nil
}

// InterviewHeld says on which day an interview was held.
type InterviewHeld struct {
	ID domain.SourceID `json:"id"`
	On domain.Day      `json:"on"`
}

func (InterviewHeld) EventName() string { return "evidence.interview_held" }

func (InterviewHeld) Evolve(s State) State {
	s.status = StatusCoding
	return s
}

// CancelInterview says that a planned interview does not take place.
type CancelInterview struct {
	ID domain.SourceID
}

func (c CancelInterview) Stream() domain.Stream { return stream(c.ID) }

func (c CancelInterview) Decide(s State, _ domain.Act) ([]Event, error) {
	if s.kind == Interview && s.status == StatusCancelled {
		return nil, nil
	}
	if err := domain.All(s.planned()); err != nil {
		return nil, err
	}
	return []Event{InterviewCancelled(c)}, nil
}

// InterviewCancelled says that an interview does not take place.
type InterviewCancelled struct {
	ID domain.SourceID `json:"id"`
}

func (InterviewCancelled) EventName() string { return "evidence.interview_cancelled" }

func (InterviewCancelled) Evolve(s State) State {
	s.status = StatusCancelled
	return s
}

// DestroyRecording says that the recording of an interview has been destroyed.
type DestroyRecording struct {
	ID domain.SourceID
	On domain.Day
}

func (c DestroyRecording) Stream() domain.Stream { return stream(c.ID) }

func (c DestroyRecording) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.interviewed()); err != nil {
		return nil, err
	}
	if err := domain.All(s.usable()); err != nil {
		return nil, err
	}
	if !s.recorded {
		return nil, ErrNoRecording
	}
	if err := domain.All(past("on", c.On, act.Today())); err != nil {
		return nil, err
	}
	return []Event{RecordingDestroyed(c)}, nil
}

// RecordingDestroyed says that there is no recording of an interview any more.
type RecordingDestroyed struct {
	ID domain.SourceID `json:"id"`
	On domain.Day      `json:"on"`
}

func (RecordingDestroyed) EventName() string { return "evidence.recording_destroyed" }

func (RecordingDestroyed) Evolve(s State) State {
	s.recorded = false
	return s
}

// WithdrawConsent writes down that who was interviewed takes back consent. No
// reason is asked.
type WithdrawConsent struct {
	ID domain.SourceID
}

func (c WithdrawConsent) Stream() domain.Stream { return stream(c.ID) }

func (c WithdrawConsent) Decide(s State, _ domain.Act) ([]Event, error) {
	switch refused := s.interviewed(); {
	case refused == ErrWithdrawn:
		return nil, nil
	case refused != nil:
		return nil, refused
	case !s.consent:
		return nil, ErrNoConsent
	}
	return []Event{ConsentWithdrawn(c)}, nil
}

// ConsentWithdrawn says that nothing of an interview is used any more. With it
// goes the key of the source.
type ConsentWithdrawn struct {
	ID domain.SourceID `json:"id"`
}

func (ConsentWithdrawn) EventName() string { return "evidence.consent_withdrawn" }

func (ConsentWithdrawn) Evolve(s State) State {
	s.status, s.fragments = StatusWithdrawn, nil
	return s
}
