// Package promise is about what one person promises others: the words, the
// day, and what came of it.
//
//	Propose → Proposed      Accept → Accepted      Decline → Declined
//	Make → Made             Reword → Reworded      Move → Moved
//	Link → BehavioursLinked SetRhythm → RhythmSet
//	Withdraw → Withdrawn    Explain → WithdrawalExplained
//	Keep → Kept             Break → Broken         Reopen → Reopened
//	AgreeRepair → RepairAgreed                     CompleteRepair → Repaired
//
// Only the promiser makes a promise. Recorded for someone else it is
// proposed, and counts nowhere until that person accepts it. Nothing that was
// said is replaced: a new wording, another day or a withdrawal is a fact of
// its own, with its reason.
package promise

import (
	"slices"

	"koersvast/domain"
)

// Events lists every event of this package.
var Events = []domain.EventType{
	domain.TypeOf[Proposed](),
	domain.TypeOf[Accepted]().Published(),
	domain.TypeOf[Declined](),
	domain.TypeOf[Made]().Published(),
	domain.TypeOf[Reworded]().Published(),
	domain.TypeOf[Moved]().Published(),
	domain.TypeOf[BehavioursLinked]().Published(),
	domain.TypeOf[RhythmSet]().Published(),
	domain.TypeOf[Withdrawn]().Published(),
	domain.TypeOf[WithdrawalExplained]().Published(),
	domain.TypeOf[Kept]().Published(),
	domain.TypeOf[Broken]().Published(),
	domain.TypeOf[RepairAgreed]().Published(),
	domain.TypeOf[Repaired]().Published(),
	domain.TypeOf[Reopened]().Published(),
}

// Event is a fact about a promise.
type Event = domain.EventOf[State]

// A Status is where a promise stands.
type Status string

const (
	StatusProposed  Status = "proposed"
	StatusDeclined  Status = "declined"
	StatusActive    Status = "active"
	StatusKept      Status = "kept"
	StatusBroken    Status = "broken"
	StatusRepaired  Status = "repaired"
	StatusWithdrawn Status = "withdrawn"
)

// State is what the facts about one promise add up to. The zero State is a
// promise that nobody has made.
type State struct {
	by         domain.PersonID
	recordedBy domain.PersonID
	status     Status
	terms      Terms
	to         []domain.Party
	due        domain.Day
	rhythm     int
	behaviours []domain.BehaviourID
	made       bool       // or accepted: it counts
	since      domain.Day // it was made or accepted
	repairing  bool
}

// What the rules refuse.
var (
	ErrUnknown      = domain.Refuse(domain.NotFound, "promise_unknown", "there is no such promise")
	ErrExists       = domain.Refuse(domain.Conflict, "promise_exists", "this promise was made before")
	ErrNotYours     = domain.Refuse(domain.Forbidden, "promise_not_yours", "only who promised can say so")
	ErrOwn          = domain.Refuse(domain.Invalid, "promise_own", "this is your own promise: make it instead of proposing it")
	ErrNotProposed  = domain.Refuse(domain.Conflict, "promise_not_proposed", "this promise is not waiting for an answer")
	ErrTooLate      = domain.Refuse(domain.Conflict, "promise_too_late", "the day by which this was to be done has passed")
	ErrErased       = domain.Refuse(domain.Conflict, "promise_erased", "the words of this promise have been erased")
	ErrNotActive    = domain.Refuse(domain.Conflict, "promise_not_active", "this promise no longer stands open")
	ErrNotBroken    = domain.Refuse(domain.Conflict, "promise_not_broken", "only a promise that was not kept can be repaired")
	ErrNoRepair     = domain.Refuse(domain.Conflict, "promise_no_repair", "no repair has been agreed")
	ErrNotClosed    = domain.Refuse(domain.Conflict, "promise_not_closed", "only a promise that was made and closed can stand again")
	ErrNotWithdrawn = domain.Refuse(domain.Conflict, "promise_not_withdrawn", "only a promise that was made and withdrawn can be explained")
	ErrPast         = domain.Refuse(domain.Invalid, "promise_due_past", "this day has passed")
	ErrTooEarly     = domain.Refuse(domain.Invalid, "promise_too_early", "on this day it had not been promised yet")
	ErrFuture       = domain.Refuse(domain.Invalid, "promise_future", "this day has yet to come")
	ErrToSelf       = domain.Refuse(domain.Invalid, "promise_to_self", "a promise is to others")
	ErrRhythm       = domain.Refuse(domain.Invalid, "promise_rhythm", "a promise is checked every 7 to 365 days")
)

func stream(id domain.PromiseID) domain.Stream {
	return domain.Stream{Kind: "promise", ID: string(id)}
}

// ownedBy refuses a promise that is not there or is somebody else's.
func (s State) ownedBy(p domain.PersonID) *domain.Error {
	switch s.by {
	case "":
		return ErrUnknown
	case p:
		return nil
	}
	return ErrNotYours
}

// openTo refuses a promise that is not p's or that does not stand open.
func (s State) openTo(p domain.PersonID) *domain.Error {
	if refused := s.ownedBy(p); refused != nil {
		return refused
	}
	if s.status != StatusActive {
		return ErrNotActive
	}
	return nil
}

// personal is how a text about this promise is kept: under the key of who
// said it.
func personal(by domain.PersonID, text string) domain.Private {
	return domain.Say(domain.KeyOf(by, domain.Promises), text)
}

// set returns list with everything in it once, in the order in which it came.
func set[T comparable](list []T) []T {
	once := make([]T, 0, len(list))
	for _, x := range list {
		if !slices.Contains(once, x) {
			once = append(once, x)
		}
	}
	return once
}

func sameSet[T comparable](a, b []T) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(x T) bool { return !slices.Contains(b, x) })
}
