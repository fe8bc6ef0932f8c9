// Package finding is about what becomes of what the consistency check finds.
// A finding is a question to talk about (gespreksvraag), and triggers nothing
// by itself.
//
//	Raise → Raised        Clear → Cleared      by the clock, once a day
//	Discuss → Discussed   Resolve → Resolved
//	Dismiss → Dismissed   Snooze → Snoozed     Reopen → Reopened
//
// A rule and a thing make a finding: whenever the same rule finds the same
// thing again, it is the same finding. It is raised when the condition of its
// rule begins to hold, and cleared when that ends, whatever people said of it
// meanwhile; when the condition comes back, so does the finding. Whether it
// holds, the rules say; here stands what people made of it.
//
// A finding that blocks is one that only the end of its condition closes:
// nobody talks a missing consent away.
package finding

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"strings"

	"koersvast/domain"
)

// Events lists every event of this package. They are of a few people each, so
// none of them is public.
var Events = []domain.EventType{
	domain.TypeOf[Raised](),
	domain.TypeOf[Cleared](),
	domain.TypeOf[Discussed](),
	domain.TypeOf[Resolved](),
	domain.TypeOf[Dismissed](),
	domain.TypeOf[Snoozed](),
	domain.TypeOf[Reopened](),
}

// Event is a fact about a finding.
type Event = domain.EventOf[State]

// A Status is where a finding stands.
type Status string

const (
	StatusOpen      Status = "open"
	StatusDiscussed Status = "discussed"
	StatusSnoozed   Status = "snoozed"
	StatusResolved  Status = "resolved"
	StatusDismissed Status = "dismissed" // as not applicable
	StatusCleared   Status = "cleared"   // its condition has ended
)

// Statuses lists every status, in the order in which people read them.
var Statuses = []Status{StatusOpen, StatusDiscussed, StatusSnoozed, StatusResolved, StatusDismissed, StatusCleared}

// Closed reports whether nothing is asked any more.
func (s Status) Closed() bool {
	return s == StatusResolved || s == StatusDismissed || s == StatusCleared
}

// State is what the facts about one finding add up to. The zero State is one
// that was never raised.
type State struct {
	status   Status
	version  int
	severity Severity
	blocks   bool
	owner    domain.PersonID
	until    domain.Day // of a snoozed one
}

// What the rules refuse.
var (
	ErrUnknown = domain.Refuse(domain.NotFound, "finding_unknown", "there is no such finding")
	ErrCleared = domain.Refuse(domain.Conflict, "finding_cleared", "what this was about has passed")
	ErrClosed  = domain.Refuse(domain.Conflict, "finding_closed", "this was resolved, or did not apply")
	ErrBlocks  = domain.Refuse(domain.Conflict, "finding_blocks", "only the end of its cause closes this")
	ErrSnooze  = domain.Refuse(domain.Invalid, "finding_snooze", "this can wait from one day to thirty")
)

// SnoozeMost is how many days a finding can wait.
const SnoozeMost = 30

// A Severity says how much a finding asks, as its rule says it.
type Severity string

// A Kind is what sort of thing a finding is about.
type Kind string

// An ObjectID names a thing of some kind.
type ObjectID string

// IDOf returns the id of what a rule finds about a thing: that of the rule and
// of the thing together or, where that is longer than an id can be, a digest.
func IDOf(rule domain.RuleID, about ObjectID) domain.FindingID {
	id := strings.ToLower(string(rule)) + "-" + string(about)
	if !domain.ValidID(id) {
		sum := sha256.Sum256([]byte(about))
		id = strings.ToLower(string(rule)) + "-" + base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:16])
	}
	return domain.FindingID(id)
}

func stream(id domain.FindingID) domain.Stream {
	return domain.Stream{Kind: "finding", ID: string(id)}
}

// raised refuses a finding that does not hold now.
func (s State) raised() *domain.Error {
	switch s.status {
	case "":
		return ErrUnknown
	case StatusCleared:
		return ErrCleared
	}
	return nil
}

// asks refuses a finding that asks nothing any more.
func (s State) asks() *domain.Error {
	if refused := s.raised(); refused != nil {
		return refused
	}
	if s.status.Closed() {
		return ErrClosed
	}
	return nil
}

// yields refuses a finding that asks nothing any more, or that people cannot
// put aside.
func (s State) yields() *domain.Error {
	if refused := s.asks(); refused != nil {
		return refused
	}
	if s.blocks {
		return ErrBlocks
	}
	return nil
}

// said is how a text about a finding is kept: under the key of whom the finding
// is about or, when it is about nobody, of who wrote it.
func (s State) said(by domain.PersonID, text string) domain.Private {
	return domain.Say(domain.KeyOf(cmp.Or(s.owner, by), domain.Promises), text)
}

func (s State) as(status Status) State {
	s.status, s.until = status, ""
	return s
}
