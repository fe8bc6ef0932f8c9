// Package consistency is about the consistency check: whether words and deeds
// of the management team agree, put together once, talked about with each of
// its members, and published as one picture.
//
//	Open → Opened            ReadBack → PartReadBack
//	DeclineReadBack → ReadBackDeclined
//	Publish → PicturePublished, PartPublished
//	Release → PictureReleased
//	Decide → Decided         Cancel → Cancelled
//
// Each member of the team sees their own part first, with their coach, or says
// no to that; only then can the picture be published. It is a snapshot: what
// it was made of is named by the position of the log, and what is found out
// later changes the next picture, never this one.
//
// The team sees it first, and then it is released to everybody.
//
// What the picture says of the team as a whole stands in it openly. What it
// says of one person's promises is a part of its own, sealed under the key of
// what others say of that person: erasing the person erases the part.
package consistency

import (
	"encoding/json"
	"fmt"
	"slices"

	"koersvast/domain"
)

// Events lists every event of this package. A picture leaves the programme
// only through what is made of it for others, which is not the log.
var Events = []domain.EventType{
	domain.TypeOf[Opened](),
	domain.TypeOf[PartReadBack](),
	domain.TypeOf[ReadBackDeclined](),
	domain.TypeOf[PicturePublished](),
	domain.TypeOf[PartPublished](),
	domain.TypeOf[PictureReleased](),
	domain.TypeOf[Decided](),
	domain.TypeOf[Cancelled](),
}

// Event is a fact about a consistency check.
type Event = domain.EventOf[State]

// A Status is where a check stands.
type Status string

const (
	StatusOpen      Status = "open" // it collects, and parts are read back
	StatusPublished Status = "published"
	StatusCancelled Status = "cancelled"
)

// Statuses lists every status, in the order in which they come.
var Statuses = []Status{StatusOpen, StatusPublished, StatusCancelled}

// State is what the facts about one check add up to. The zero State is a check
// that nobody has opened.
type State struct {
	status   Status
	opened   domain.Day
	heard    []domain.PersonID // who saw their part, or said no to that
	findings []domain.FindingID
	released bool // to everybody
	decided  []domain.DecisionID
}

// What the rules refuse.
var (
	ErrUnknown      = domain.Refuse(domain.NotFound, "consistency_unknown", "there is no such check")
	ErrExists       = domain.Refuse(domain.Conflict, "consistency_exists", "this check was opened before")
	ErrNoPillars    = domain.Refuse(domain.Invalid, "consistency_pillars_needed", "a check is about a pillar or more")
	ErrPeriod       = domain.Refuse(domain.Invalid, "consistency_period", "a period ends after it began, and lasts two years at most")
	ErrNotOpen      = domain.Refuse(domain.Conflict, "consistency_not_open", "this check has been published or cancelled")
	ErrFuture       = domain.Refuse(domain.Invalid, "consistency_future", "this day has yet to come")
	ErrTooEarly     = domain.Refuse(domain.Invalid, "consistency_too_early", "on this day the check had not been opened")
	ErrNotYours     = domain.Refuse(domain.Forbidden, "consistency_not_yours", "only who it is about can say no")
	ErrNobody       = domain.Refuse(domain.Conflict, "consistency_nobody", "there is nobody in the management team")
	ErrNotReadBack  = domain.Refuse(domain.Conflict, "consistency_not_read_back", "a member of the management team has not seen their part")
	ErrCodedOnce    = domain.Refuse(domain.Conflict, "consistency_coded_once", "a second coder has seen less than a fifth of the fragments")
	ErrDisagree     = domain.Refuse(domain.Conflict, "consistency_coders_disagree", "the two coders agree too little for this to be published")
	ErrNotPublished = domain.Refuse(domain.Conflict, "consistency_not_published", "there is no picture yet to decide on")
	ErrDecision     = domain.Refuse(domain.Invalid, "consistency_decision", "there is no such decision")
	ErrNoFinding    = domain.Refuse(domain.Invalid, "consistency_no_finding", "this finding is not in the picture")
	ErrDecided      = domain.Refuse(domain.Conflict, "consistency_decided", "this decision was taken before")
)

func stream(id domain.CheckID) domain.Stream {
	return domain.Stream{Kind: "consistency", ID: string(id)}
}

// is refuses a check that does not stand where it has to.
func (s State) is(status Status, otherwise *domain.Error) *domain.Error {
	switch s.status {
	case "":
		return ErrUnknown
	case status:
		return nil
	}
	return otherwise
}

// part is how what a picture says of somebody's promises is kept.
func part(of domain.PersonID, p Part) (domain.Private, error) {
	b, err := json.Marshal(p)
	if err != nil {
		return domain.Private{}, fmt.Errorf("consistency: %w", err)
	}
	return domain.Say(domain.KeyOf(of, domain.Opinions), string(b)), nil
}

// with returns a copy of list that ends in x.
func with[T any](list []T, x ...T) []T { return append(slices.Clip(list), x...) }
