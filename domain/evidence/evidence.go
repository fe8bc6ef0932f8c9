// Package evidence is about what documents, interviews and observations say of
// the strategy: what was said, and what was done.
//
//	RegisterDocument → DocumentRegistered   RegisterObservation → ObservationRegistered
//	PlanInterview → InterviewPlanned        RecordConsent → ConsentRecorded
//	HoldInterview → InterviewHeld           CancelInterview → InterviewCancelled
//	DestroyRecording → RecordingDestroyed   WithdrawConsent → ConsentWithdrawn
//	AddFragment → FragmentAdded             DropFragment → FragmentDropped
//	Code → Coded                            UndoCoding → CodingUndone
//	CompareCodings → CodingsCompared        Contest → FragmentContested
//	FinishCoding → CodingFinished           ResumeCoding → CodingResumed
//
// A source is a document, an interview or an observation. Its text stays with
// the consultant; what is kept are fragments of a few sentences, each coded
// against one promise, behaviour or pillar. Who was interviewed stands nowhere:
// an interview knows the group of who spoke, and no more.
//
// A fragment has at most two coders, who do not see each other's codes until
// the second one compares them. What the first coder says counts; what both
// said before they compared tells how far coding can be relied on.
//
// All texts of a source are sealed under its own key, so that destroying that
// key takes all of it away. What somebody answers to a fragment about their
// promise is theirs, and sealed under a key of their own.
package evidence

import (
	"maps"

	"koersvast/domain"
)

// Events lists every event of this package. None of them leaves the programme.
var Events = []domain.EventType{
	domain.TypeOf[DocumentRegistered](),
	domain.TypeOf[ObservationRegistered](),
	domain.TypeOf[InterviewPlanned](),
	domain.TypeOf[ConsentRecorded](),
	domain.TypeOf[InterviewHeld](),
	domain.TypeOf[InterviewCancelled](),
	domain.TypeOf[RecordingDestroyed](),
	domain.TypeOf[ConsentWithdrawn](),
	domain.TypeOf[FragmentAdded](),
	domain.TypeOf[FragmentDropped](),
	domain.TypeOf[Coded](),
	domain.TypeOf[CodingUndone](),
	domain.TypeOf[CodingsCompared](),
	domain.TypeOf[FragmentContested](),
	domain.TypeOf[CodingFinished](),
	domain.TypeOf[CodingResumed](),
}

// Event is a fact about a source.
type Event = domain.EventOf[State]

// A Kind is what a source is.
type Kind string

const (
	Document    Kind = "document"
	Interview   Kind = "interview"
	Observation Kind = "observation"
)

// A Status is where a source stands.
type Status string

const (
	StatusPlanned   Status = "planned"   // an interview that has yet to be held
	StatusCoding    Status = "coding"    // there, and being coded
	StatusCoded     Status = "coded"     // no fragments are to come
	StatusCancelled Status = "cancelled" // an interview that was not held
	StatusWithdrawn Status = "withdrawn" // who was interviewed no longer wants it used
)

// State is what the facts about one source add up to. The zero State is a
// source that nobody has registered.
type State struct {
	kind      Kind
	status    Status
	consent   bool // of who is interviewed
	recorded  bool // the interview was, and the recording is still there
	compared  bool
	fragments map[domain.FragmentID]fragment
}

type fragment struct {
	dropped bool
	first   coder
	second  coder
	contest domain.Private // the promiser's own reading
}

// A coder is one of the two who code a fragment, with all they said of it: the
// last one stands.
type coder struct {
	by    domain.PersonID
	codes []Coding
}

func (c coder) standing() Coding {
	if len(c.codes) == 0 {
		return Coding{}
	}
	return c.codes[len(c.codes)-1]
}

// What the rules refuse.
var (
	ErrUnknown     = domain.Refuse(domain.NotFound, "source_unknown", "there is no such source")
	ErrExists      = domain.Refuse(domain.Conflict, "source_exists", "this source was registered before")
	ErrDocument    = domain.Refuse(domain.Invalid, "source_document", "there is no such kind of document")
	ErrDigest      = domain.Refuse(domain.Invalid, "source_digest", "a SHA-256 is 64 digits and letters a to f")
	ErrGroup       = domain.Refuse(domain.Invalid, "source_group", "interviewed are the management team, informal leaders and employees")
	ErrFuture      = domain.Refuse(domain.Invalid, "source_future", "this day has yet to come")
	ErrNoInterview = domain.Refuse(domain.Conflict, "source_no_interview", "this is for interviews")
	ErrNoConsent   = domain.Refuse(domain.Conflict, "source_no_consent", "nobody has written down that who is interviewed consents")
	ErrNotPlanned  = domain.Refuse(domain.Conflict, "source_not_planned", "this interview has been held or cancelled")
	ErrNotHeld     = domain.Refuse(domain.Conflict, "source_not_held", "this interview has not been held")
	ErrNoRecording = domain.Refuse(domain.Conflict, "source_no_recording", "there is no recording of this interview")
	ErrWithdrawn   = domain.Refuse(domain.Conflict, "source_withdrawn", "who was interviewed has withdrawn consent")
	ErrFinished    = domain.Refuse(domain.Conflict, "source_finished", "the coding of this source has been finished")
	ErrUncoded     = domain.Refuse(domain.Conflict, "source_uncoded", "a fragment has not been coded yet")
	ErrSentences   = domain.Refuse(domain.Invalid, "fragment_sentences", "a fragment is three sentences at most")
	ErrNoFragment  = domain.Refuse(domain.NotFound, "fragment_unknown", "there is no such fragment")
	ErrFragment    = domain.Refuse(domain.Conflict, "fragment_exists", "this fragment was added before")
	ErrDropped     = domain.Refuse(domain.Conflict, "fragment_dropped", "this fragment has been taken out")
	ErrTarget      = domain.Refuse(domain.Invalid, "coding_target", "a fragment is about one promise, one behaviour or one pillar")
	ErrDirection   = domain.Refuse(domain.Invalid, "coding_direction", "a fragment tells what is said or what is done")
	ErrStance      = domain.Refuse(domain.Invalid, "coding_stance", "a stance is -2, -1, 0, 1 or 2")
	ErrLink        = domain.Refuse(domain.Invalid, "coding_link", "a link is certain, probable or weak")
	ErrTwoCoders   = domain.Refuse(domain.Conflict, "coding_two_coders", "two others have coded this fragment")
	ErrNothing     = domain.Refuse(domain.Conflict, "coding_nothing", "you have said nothing that could be undone")
	ErrCompared    = domain.Refuse(domain.Conflict, "coding_compared", "the codings of this source have been compared: a second one is no longer independent")
	ErrNotSecond   = domain.Refuse(domain.Conflict, "coding_not_second", "only who coded for the second time compares")
	ErrNoPromise   = domain.Refuse(domain.Conflict, "fragment_no_promise", "this fragment is not about a promise")
)

func stream(id domain.SourceID) domain.Stream {
	return domain.Stream{Kind: "evidence", ID: string(id)}
}

// KeyOf names the key that seals all texts of a source.
func KeyOf(in domain.ProgrammeID, id domain.SourceID) domain.KeyID {
	return domain.KeyID("source/" + string(in) + "/" + string(id))
}

// of is how a text of a source is kept.
func of(act domain.Act, id domain.SourceID, text string) domain.Private {
	return domain.Say(KeyOf(act.Programme, id), text)
}

// usable refuses a source that is not there, or no longer.
func (s State) usable() *domain.Error {
	switch s.status {
	case "":
		return ErrUnknown
	case StatusWithdrawn:
		return ErrWithdrawn
	case StatusCancelled, StatusPlanned:
		return ErrNotHeld
	}
	return nil
}

// interviewed refuses what is no interview, or one that may not be used.
func (s State) interviewed() *domain.Error {
	switch {
	case s.kind == "":
		return ErrUnknown
	case s.kind != Interview:
		return ErrNoInterview
	case s.status == StatusWithdrawn:
		return ErrWithdrawn
	}
	return nil
}

// fragment returns a fragment that can be worked on.
func (s State) fragment(id domain.FragmentID) (fragment, *domain.Error) {
	if refused := s.usable(); refused != nil {
		return fragment{}, refused
	}
	f, ok := s.fragments[id]
	switch {
	case !ok:
		return f, ErrNoFragment
	case f.dropped:
		return f, ErrDropped
	}
	return f, nil
}

// past refuses a day that does not exist or has yet to come.
func past(field string, on, today domain.Day) *domain.Error {
	switch {
	case !on.Valid():
		return domain.ErrNotADay.On(field)
	case on > today:
		return ErrFuture.On(field)
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
