// Package coaching is about one person coaching another, from contract to
// closing.
//
//	Propose → Proposed           Revise → Revised
//	Agree → Agreed               Decline → Declined
//	PlanSession → SessionPlanned MoveSession → SessionMoved
//	HoldSession → SessionHeld    CancelSession → SessionCancelled
//	ShareNote → NoteShared       KeepNote → NoteKept
//	AmendNote → NoteAmended
//	SetGoal → GoalSet            ReviseGoal → GoalRevised
//	NoteProgress → ProgressNoted ShareGoal → GoalShared
//	CompleteGoal → GoalCompleted DropGoal → GoalDropped
//	Close → Closed
//
// The contract is of three people: coach, coachee and sponsor. All three know
// what it aims at and how it is set up, and it is in force when all three have
// agreed to the same version of it. What follows is of two: sessions and shared
// notes are of coach and coachee, learning goals are the coachee's own, and a
// note that somebody keeps is for nobody else. Nothing that was said is
// replaced: other words are a fact of their own.
//
// All that is said here is sealed under one key, that of the coachee's
// coaching, whoever says it: destroying it erases what was kept about somebody
// being coached. Only the notes that people keep to themselves are sealed
// under a key of who writes them.
package coaching

import (
	"maps"
	"slices"

	"koersvast/domain"
)

// Events lists every event of this package. None of them leaves the programme.
var Events = []domain.EventType{
	domain.TypeOf[Proposed](),
	domain.TypeOf[Revised](),
	domain.TypeOf[Agreed](),
	domain.TypeOf[Declined](),
	domain.TypeOf[SessionPlanned](),
	domain.TypeOf[SessionMoved](),
	domain.TypeOf[SessionCancelled](),
	domain.TypeOf[SessionHeld](),
	domain.TypeOf[NoteShared](),
	domain.TypeOf[NoteKept](),
	domain.TypeOf[NoteAmended](),
	domain.TypeOf[GoalSet](),
	domain.TypeOf[GoalRevised](),
	domain.TypeOf[ProgressNoted](),
	domain.TypeOf[GoalCompleted](),
	domain.TypeOf[GoalDropped](),
	domain.TypeOf[GoalShared](),
	domain.TypeOf[Closed](),
}

// Event is a fact about a coaching.
type Event = domain.EventOf[State]

// A Reason is why somebody is coached.
type Reason string

const (
	AfterFeedback Reason = "feedback"   // to make something of what others said
	Standstill    Reason = "standstill" // able enough, and no longer learning
	OtherReason   Reason = "other"
)

// Reasons lists every reason, in the order in which people read them.
var Reasons = []Reason{AfterFeedback, Standstill, OtherReason}

// State is what the facts about one coaching add up to. The zero State is one
// that nobody has proposed.
type State struct {
	coach, coachee, sponsor domain.PersonID

	proposedBy domain.PersonID
	contract   Contract
	version    int
	agreed     []domain.PersonID // to this version
	declined   bool              // this version
	since      domain.Day        // all three agreed for the first time
	closed     bool

	sessions map[domain.CoachingSessionID]session
	notes    map[domain.NoteID]note
	goals    map[domain.GoalID]goal
}

// What the rules refuse.
var (
	ErrUnknown  = domain.Refuse(domain.NotFound, "coaching_unknown", "there is no such coaching")
	ErrExists   = domain.Refuse(domain.Conflict, "coaching_exists", "this coaching was proposed before")
	ErrNotThree = domain.Refuse(domain.Invalid, "coaching_not_three", "coach, coachee and sponsor are three different people")
	ErrReason   = domain.Refuse(domain.Invalid, "coaching_reason", "there is no such reason for a coaching")
	ErrPeriod   = domain.Refuse(domain.Invalid, "coaching_period", "a coaching ends after it began")

	ErrNotParty   = domain.Refuse(domain.Forbidden, "coaching_not_party", "this contract is of others")
	ErrNotYours   = domain.Refuse(domain.Forbidden, "coaching_not_yours", "this is between coach and coachee")
	ErrRevised    = domain.Refuse(domain.Conflict, "coaching_revised", "the contract has been revised since")
	ErrDeclined   = domain.Refuse(domain.Conflict, "coaching_declined", "somebody has declined this contract")
	ErrErased     = domain.Refuse(domain.Conflict, "coaching_erased", "the words of this contract have been erased")
	ErrInForce    = domain.Refuse(domain.Conflict, "coaching_in_force", "all three have agreed to this contract")
	ErrNotInForce = domain.Refuse(domain.Conflict, "coaching_not_in_force", "the three have not all agreed to the contract")
	ErrClosed     = domain.Refuse(domain.Conflict, "coaching_closed", "this coaching has been closed")
	ErrFuture     = domain.Refuse(domain.Invalid, "coaching_future", "this day has yet to come")
	ErrTooEarly   = domain.Refuse(domain.Invalid, "coaching_too_early", "on this day the coaching had not begun")

	ErrUnknownSession = domain.Refuse(domain.NotFound, "coaching_session_unknown", "there is no such session")
	ErrSessionExists  = domain.Refuse(domain.Conflict, "coaching_session_exists", "this session was planned before")
	ErrNotPlanned     = domain.Refuse(domain.Conflict, "coaching_session_not_planned", "this session was held or cancelled")
	ErrStillPlanned   = domain.Refuse(domain.Conflict, "coaching_session_still_planned", "a session is still planned")
	ErrMinutes        = domain.Refuse(domain.Invalid, "coaching_minutes", "a session takes 10 to 480 minutes")
	ErrOutside        = domain.Refuse(domain.Invalid, "coaching_outside", "this day lies outside the contract's period")

	ErrUnknownNote = domain.Refuse(domain.NotFound, "coaching_note_unknown", "there is no such note")
	ErrNoteExists  = domain.Refuse(domain.Conflict, "coaching_note_exists", "this note was written before")
	ErrNotWriter   = domain.Refuse(domain.Forbidden, "coaching_not_writer", "only who wrote a note can amend it")

	ErrNotCoachee    = domain.Refuse(domain.Forbidden, "coaching_not_coachee", "learning goals are the coachee's own")
	ErrUnknownGoal   = domain.Refuse(domain.NotFound, "coaching_goal_unknown", "there is no such learning goal")
	ErrGoalExists    = domain.Refuse(domain.Conflict, "coaching_goal_exists", "this learning goal was set before")
	ErrGoalNotActive = domain.Refuse(domain.Conflict, "coaching_goal_not_active", "this learning goal was completed or dropped")
	ErrPast          = domain.Refuse(domain.Invalid, "coaching_goal_due_past", "this day has passed")
)

func stream(id domain.CoachingID) domain.Stream {
	return domain.Stream{Kind: "coaching", ID: string(id)}
}

// about is how what is said in somebody's coaching is kept.
func about(coachee domain.PersonID, text string) domain.Private {
	return domain.Say(domain.KeyOf(coachee, domain.Coaching), text)
}

// ofThree reports whether p is one of the three.
func (s State) ofThree(p domain.PersonID) bool {
	return p == s.coach || p == s.coachee || p == s.sponsor
}

// inForce reports whether all three have agreed to the contract as it stands.
func (s State) inForce() bool { return len(s.agreed) == 3 }

// contracting refuses a contract that p has no say in, or that has ended. Who
// proposed it for others has a say in it until they have all agreed.
func (s State) contracting(p domain.PersonID) *domain.Error {
	switch {
	case s.coach == "":
		return ErrUnknown
	case !s.ofThree(p) && (s.proposedBy != p || s.since != ""):
		return ErrNotParty
	case s.closed:
		return ErrClosed
	}
	return nil
}

// underway refuses p what is between coach and coachee, and refuses both of
// them a coaching that never came into force or that was closed. While a
// contract that was in force is being revised, it goes on.
func (s State) underway(p domain.PersonID) *domain.Error {
	switch {
	case s.coach == "":
		return ErrUnknown
	case p != s.coach && p != s.coachee:
		return ErrNotYours
	case s.closed:
		return ErrClosed
	case s.since == "":
		return ErrNotInForce
	}
	return nil
}

// happened refuses a day that has yet to come, or that lies before another.
func happened(on, today, earliest domain.Day) *domain.Error {
	switch {
	case !on.Valid():
		return domain.ErrNotADay.On("on")
	case on > today:
		return ErrFuture.On("on")
	case on < earliest:
		return ErrTooEarly.On("on")
	}
	return nil
}

// set returns a copy of m in which k is v.
func set[M ~map[K]V, K comparable, V any](m M, k K, v V) M {
	m = maps.Clone(m)
	if m == nil {
		m = M{}
	}
	m[k] = v
	return m
}

// with returns a copy of list that ends in x.
func with[T any](list []T, x T) []T { return append(slices.Clone(list), x) }
