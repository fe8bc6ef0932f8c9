package evidence

import (
	"slices"
	"strings"

	"koersvast/domain"
)

// A DocumentKind is what a document is.
type DocumentKind string

const (
	Decision     DocumentKind = "decision"
	Budget       DocumentKind = "budget"
	Minutes      DocumentKind = "minutes" // and agendas
	Roster       DocumentKind = "roster"
	Policy       DocumentKind = "policy"
	StrategyNote DocumentKind = "strategy_note"
	Newsletter   DocumentKind = "newsletter"
	Speech       DocumentKind = "speech"
	OtherKind    DocumentKind = "other"
)

// DocumentKinds lists every kind, in the order in which people read them.
var DocumentKinds = []DocumentKind{Decision, Budget, Minutes, Roster, Policy, StrategyNote, Newsletter, Speech, OtherKind}

// Frame is what documents of a kind mostly tell.
func (k DocumentKind) Frame() Direction {
	switch k {
	case StrategyNote, Newsletter, Speech:
		return Says
	}
	return Does
}

// A Digest is the SHA-256 of a file, as 64 hexadecimal digits. It tells later
// whether somebody has the same file.
type Digest string

func (d Digest) refused() *domain.Error {
	if d != "" && (len(d) != 64 || strings.Trim(string(d), "0123456789abcdef") != "") {
		return ErrDigest.On("digest")
	}
	return nil
}

// RegisterDocument notes a document that is to be read.
type RegisterDocument struct {
	ID       domain.SourceID
	Document DocumentKind
	Frame    Direction // none means what is usual for its kind
	Title    string
	Day      domain.Day
	Digest   Digest // none for what is no file
}

func (c RegisterDocument) Stream() domain.Stream { return stream(c.ID) }

func (c RegisterDocument) Decide(s State, act domain.Act) ([]Event, error) {
	if s.kind != "" {
		return nil, ErrExists
	}
	var kind *domain.Error
	if !slices.Contains(DocumentKinds, c.Document) {
		kind = ErrDocument.On("document")
	}
	frame := c.Frame
	if frame == "" {
		frame = c.Document.Frame()
	}
	if err := domain.All(domain.Identifies("id", c.ID), kind, frame.refused("frame"),
		domain.Needed("title", c.Title, domain.NameLength), past("day", c.Day, act.Today()), c.Digest.refused()); err != nil {
		return nil, err
	}
	return []Event{DocumentRegistered{c.ID, c.Document, frame, of(act, c.ID, c.Title), c.Day, c.Digest}}, nil
}

// DocumentRegistered says that there is a document, and of which day.
type DocumentRegistered struct {
	ID       domain.SourceID `json:"id"`
	Document DocumentKind    `json:"document"`
	Frame    Direction       `json:"frame"`
	Title    domain.Private  `json:"title,omitzero"`
	Day      domain.Day      `json:"day"`
	Digest   Digest          `json:"digest,omitempty"`
}

func (DocumentRegistered) EventName() string { return "evidence.document_registered" }

func (DocumentRegistered) Evolve(s State) State {
	s.kind, s.status = Document, StatusCoding
	return s
}

func (e *DocumentRegistered) Private() []*domain.Private { return []*domain.Private{&e.Title} }

// RegisterObservation notes what somebody saw happen.
type RegisterObservation struct {
	ID          domain.SourceID
	Occasion    string
	Day         domain.Day
	Independent bool // who saw it has no part in the programme but this
}

func (c RegisterObservation) Stream() domain.Stream { return stream(c.ID) }

func (c RegisterObservation) Decide(s State, act domain.Act) ([]Event, error) {
	if s.kind != "" {
		return nil, ErrExists
	}
	if err := domain.All(domain.Identifies("id", c.ID),
		domain.Needed("occasion", c.Occasion, domain.NameLength), past("day", c.Day, act.Today())); err != nil {
		return nil, err
	}
	return []Event{ObservationRegistered{c.ID, of(act, c.ID, c.Occasion), c.Day, c.Independent}}, nil
}

// ObservationRegistered says that somebody was there and looked.
type ObservationRegistered struct {
	ID          domain.SourceID `json:"id"`
	Occasion    domain.Private  `json:"occasion,omitzero"`
	Day         domain.Day      `json:"day"`
	Independent bool            `json:"independent,omitempty"`
}

func (ObservationRegistered) EventName() string { return "evidence.observation_registered" }

func (ObservationRegistered) Evolve(s State) State {
	s.kind, s.status = Observation, StatusCoding
	return s
}

func (e *ObservationRegistered) Private() []*domain.Private { return []*domain.Private{&e.Occasion} }

// FinishCoding says that no more fragments are to come.
type FinishCoding struct {
	ID domain.SourceID
}

func (c FinishCoding) Stream() domain.Stream { return stream(c.ID) }

func (c FinishCoding) Decide(s State, _ domain.Act) ([]Event, error) {
	if err := domain.All(s.usable()); err != nil || s.status == StatusCoded {
		return nil, err
	}
	for _, f := range s.fragments {
		if !f.dropped && !f.first.standing().Complete() {
			return nil, ErrUncoded
		}
	}
	return []Event{CodingFinished(c)}, nil
}

// CodingFinished says that all there is in a source has been coded.
type CodingFinished struct {
	ID domain.SourceID `json:"id"`
}

func (CodingFinished) EventName() string { return "evidence.coding_finished" }

func (CodingFinished) Evolve(s State) State {
	s.status = StatusCoded
	return s
}

// ResumeCoding says that more fragments are to come after all.
type ResumeCoding struct {
	ID domain.SourceID
}

func (c ResumeCoding) Stream() domain.Stream { return stream(c.ID) }

func (c ResumeCoding) Decide(s State, _ domain.Act) ([]Event, error) {
	if err := domain.All(s.usable()); err != nil || s.status == StatusCoding {
		return nil, err
	}
	return []Event{CodingResumed(c)}, nil
}

// CodingResumed says that the coding of a source goes on.
type CodingResumed struct {
	ID domain.SourceID `json:"id"`
}

func (CodingResumed) EventName() string { return "evidence.coding_resumed" }

func (CodingResumed) Evolve(s State) State {
	s.status = StatusCoding
	return s
}
