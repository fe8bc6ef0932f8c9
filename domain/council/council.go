// Package council is about the consent of the works council (ondernemingsraad).
// An undertaking of fifty people or more needs it before its people are asked
// about each other: article 27 of the Dutch Works Councils Act (WOR).
//
//	Size → Sized
//	AskConsent → ConsentAsked
//	Grant → ConsentGranted    RefuseConsent → ConsentRefused
//	WithdrawConsent → ConsentWithdrawn
//
// What is asked is for development and nothing else: there is no other purpose
// to choose. A question has a number, and an answer names it, so that nobody
// consents to what they did not read. Consent that was given stands while more
// is asked, until it is withdrawn or other consent takes its place.
//
// A works council is no person. What it decides, and why, are words of the
// programme, which outlive who wrote them down.
package council

import (
	"cmp"
	"slices"

	"koersvast/domain"
)

// Events lists every event of this package.
var Events = []domain.EventType{
	domain.TypeOf[Sized]().Published(),
	domain.TypeOf[ConsentAsked]().Published(),
	domain.TypeOf[ConsentGranted]().Published(),
	domain.TypeOf[ConsentRefused]().Published(),
	domain.TypeOf[ConsentWithdrawn]().Published(),
}

// Event is a fact about the consent of the works council.
type Event = domain.EventOf[State]

// A Status is where a question to the works council stands.
type Status string

const (
	StatusAsked     Status = "asked"
	StatusReplaced  Status = "replaced" // by another question, before it was answered
	StatusGranted   Status = "granted"
	StatusEnded     Status = "ended" // granted once; other consent took its place
	StatusRefused   Status = "refused"
	StatusWithdrawn Status = "withdrawn"
)

// State is what the facts about one programme's works council add up to. The
// zero State knows nothing of the undertaking and has asked nothing.
type State struct {
	employees int // 0 when nobody said
	asked     question
	open      bool     // the question waits for its answer
	answer    Status   // the last one that was given
	standing  question // the consent that stands; none when its number is 0
}

type question struct {
	number int
	by     domain.PersonID
	kinds  []domain.RoundKind
	least  domain.Thresholds
	from   domain.Day // from which the answer holds
}

// What the rules refuse.
var (
	ErrEmployees  = domain.Refuse(domain.Invalid, "council_employees", "an undertaking has one to a million people")
	ErrKind       = domain.Refuse(domain.Invalid, "council_kind", "there is no such round")
	ErrNotAsked   = domain.Refuse(domain.Conflict, "council_not_asked", "no question waits for an answer")
	ErrAnother    = domain.Refuse(domain.Conflict, "council_another", "this is about another question than the one that stands")
	ErrNoConsent  = domain.Refuse(domain.Conflict, "council_no_consent", "there is no consent to withdraw")
	ErrLetter     = domain.Refuse(domain.Invalid, "council_letter_needed", "name the letter or decision of the works council")
	ErrFuture     = domain.Refuse(domain.Invalid, "council_future", "this day has yet to come")
	ErrTooEarly   = domain.Refuse(domain.Invalid, "council_too_early", "consent that had yet to be given cannot be withdrawn")
	ErrNeeded     = domain.Refuse(domain.Conflict, "council_consent_needed", "the works council has not consented to this yet")
	ErrRefused    = domain.Refuse(domain.Conflict, "council_consent_refused", "the works council has refused its consent")
	ErrWithdrawn  = domain.Refuse(domain.Conflict, "council_consent_withdrawn", "the works council has withdrawn its consent")
	ErrThresholds = domain.Refuse(domain.Conflict, "council_thresholds", "the works council consented to higher thresholds only")
)

// Home names the stream of the consent in a programme.
func Home(p domain.ProgrammeID) domain.Stream {
	return domain.Stream{Kind: "council", ID: string(p)}
}

// LargeFrom is the number of people from which an undertaking has a works
// council.
const LargeFrom = 50

// Large reports whether an undertaking of so many people needs consent. One
// of which nobody said how large it is, which is 0, does.
func Large(employees int) bool { return employees == 0 || employees >= LargeFrom }

// A Stand is what counts when a round is to be opened.
type Stand struct {
	Employees int                // 0 when nobody said
	Answered  Status             // the last answer: granted, refused or withdrawn; none when empty
	Kinds     []domain.RoundKind // to which the works council consents now
	Least     domain.Thresholds  // on which it insists
}

// Refuses says why a round cannot be opened now with those thresholds, if it
// cannot. A smaller undertaking needs no consent; but once a works council
// that it has of its own accord has answered, that answer counts.
func (s Stand) Refuses(kind domain.RoundKind, with domain.Thresholds) *domain.Error {
	switch {
	case s.Answered == "" && !Large(s.Employees):
		return nil
	case s.Kinds == nil && s.Answered == StatusWithdrawn:
		return ErrWithdrawn
	case s.Kinds == nil && s.Answered == StatusRefused:
		return ErrRefused
	case !slices.Contains(s.Kinds, kind):
		return ErrNeeded
	case !with.Covers(s.Least):
		return ErrThresholds
	}
	return nil
}

// Allows is the condition that a round of that kind may be opened with those
// thresholds, none of which is too low for anybody.
type Allows struct {
	Programme  domain.ProgrammeID
	Kind       domain.RoundKind
	Thresholds domain.Thresholds
}

func (c Allows) Stream() domain.Stream { return Home(c.Programme) }

func (c Allows) Holds(s State) error {
	if err := domain.All(c.Thresholds.Refused()...); err != nil {
		return err
	}
	return domain.All(s.stand().Refuses(c.Kind, c.Thresholds))
}

func (s State) stand() Stand { return Stand{s.employees, s.answer, s.standing.kinds, s.standing.least} }

// A Note is how an answer of the works council is written down: by one of its
// members, or by somebody else who then names its letter.
type Note struct {
	On        domain.Day // when the works council decided; today if empty
	Reference string     // of its letter or decision
	Member    bool       // who writes it down is in the works council
}

// refused refuses a note that p writes down today about a question. Who asked
// does not answer on their own word, member or not.
func (n Note) refused(q question, p domain.PersonID, today domain.Day) []*domain.Error {
	refused := []*domain.Error{domain.Optional("reference", n.Reference, domain.NameLength)}
	switch {
	case !n.on(today).Valid():
		refused = append(refused, domain.ErrNotADay.On("on"))
	case n.on(today) > today:
		refused = append(refused, ErrFuture.On("on"))
	}
	if n.Reference == "" && (!n.Member || p == q.by) {
		refused = append(refused, ErrLetter.On("reference"))
	}
	return refused
}

func (n Note) on(today domain.Day) domain.Day { return cmp.Or(n.On, today) }

func (n Note) written(today domain.Day) Noted {
	return Noted{n.on(today), n.Reference, n.Member}
}

// Noted is what a fact says of who decided, and when.
type Noted struct {
	On        domain.Day `json:"on"`
	Reference string     `json:"reference,omitempty"`
	Member    bool       `json:"member,omitempty"`
}
