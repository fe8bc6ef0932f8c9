// Package expectation is about what people expect of each other, back and
// forth: of the management team, of employees, of a team or of one person.
//
//	Express → Expressed
//	Accept → Accepted (with the promise that answers it)
//	Decline → Declined (with the reason)
//	Counter → Countered      TakeOffer → OfferTaken
//	Drop → Dropped
//
// What others expect is no promise. It becomes one when somebody of whom it
// is expected makes it, in their own words.
package expectation

import "koersvast/domain"

// Events lists every event of this package.
var Events = []domain.EventType{
	domain.TypeOf[Expressed]().Published(),
	domain.TypeOf[Accepted]().Published(),
	domain.TypeOf[Declined]().Published(),
	domain.TypeOf[Countered]().Published(),
	domain.TypeOf[OfferTaken]().Published(),
	domain.TypeOf[Dropped]().Published(),
}

// Event is a fact about an expectation.
type Event = domain.EventOf[State]

// A Status is where an expectation stands.
type Status string

const (
	StatusOpen      Status = "open"
	StatusAccepted  Status = "accepted"
	StatusDeclined  Status = "declined"
	StatusCountered Status = "countered"
	StatusTaken     Status = "offer_taken" // and waits for its promise
	StatusDropped   Status = "dropped"
)

// State is what the facts about one expectation add up to. The zero State is
// one that nobody has stated.
type State struct {
	by      domain.PersonID
	status  Status
	offerer domain.PersonID
}

// What the rules refuse.
var (
	ErrUnknown    = domain.Refuse(domain.NotFound, "expectation_unknown", "there is no such expectation")
	ErrExists     = domain.Refuse(domain.Conflict, "expectation_exists", "this expectation was stated before")
	ErrNotYours   = domain.Refuse(domain.Forbidden, "expectation_not_yours", "only who stated it can do this")
	ErrOwn        = domain.Refuse(domain.Forbidden, "expectation_own", "this is your own expectation: somebody else answers it")
	ErrAnswered   = domain.Refuse(domain.Conflict, "expectation_answered", "this expectation has been answered")
	ErrNoOffer    = domain.Refuse(domain.Conflict, "expectation_no_offer", "there is no offer to take")
	ErrNotOfferer = domain.Refuse(domain.Forbidden, "expectation_not_offerer", "who made the offer makes the promise")
	ErrOfSelf     = domain.Refuse(domain.Invalid, "expectation_of_self", "an expectation is of others")
)

func stream(id domain.ExpectationID) domain.Stream {
	return domain.Stream{Kind: "expectation", ID: string(id)}
}

func personal(by domain.PersonID, text string) domain.Private {
	return domain.Say(domain.KeyOf(by, domain.Promises), text)
}

// answerable refuses an expectation that p cannot answer now. Whether p is
// one of those of whom it is expected is a matter of access.
func (s State) answerable(p domain.PersonID) *domain.Error {
	switch {
	case s.by == "":
		return ErrUnknown
	case s.by == p:
		return ErrOwn
	case s.status != StatusOpen:
		return ErrAnswered
	}
	return nil
}

// statedBy refuses an expectation that is not p's.
func (s State) statedBy(p domain.PersonID) *domain.Error {
	switch s.by {
	case "":
		return ErrUnknown
	case p:
		return nil
	}
	return ErrNotYours
}
