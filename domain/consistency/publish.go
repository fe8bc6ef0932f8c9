package consistency

import (
	"encoding/json"
	"slices"

	"koersvast/domain"
)

// Publish makes the picture known, once and for all.
type Publish struct {
	ID      domain.CheckID
	Members []domain.PersonID // who sit in the management team
	Picture Picture
	Parts   []PartOf // one for everybody of whose promises it says something
}

// A PartOf is somebody's part.
type PartOf struct {
	Person domain.PersonID
	Part
}

func (c Publish) Stream() domain.Stream { return stream(c.ID) }

func (c Publish) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.is(StatusOpen, ErrNotOpen)); err != nil {
		return nil, err
	}
	if len(c.Members) == 0 {
		return nil, ErrNobody
	}
	if slices.ContainsFunc(c.Members, func(p domain.PersonID) bool { return !slices.Contains(s.heard, p) }) {
		return nil, ErrNotReadBack
	}
	if err := domain.All(c.Picture.Quality.Refused()); err != nil {
		return nil, err
	}
	facts := []Event{PicturePublished{c.ID, act.Today(), c.Picture}}
	for _, p := range c.Parts {
		text, err := part(p.Person, p.Part)
		if err != nil {
			return nil, err
		}
		facts = append(facts, PartPublished{c.ID, p.Person, text})
	}
	return facts, nil
}

// PicturePublished is the picture as it was on that day, for ever.
type PicturePublished struct {
	ID domain.CheckID `json:"id"`
	On domain.Day     `json:"on"`
	Picture
}

func (PicturePublished) EventName() string { return "consistency.picture_published" }

func (e PicturePublished) Evolve(s State) State {
	s.status = StatusPublished
	return s.found(e.Questions)
}

// PartPublished is what a picture says of one person's promises.
type PartPublished struct {
	ID     domain.CheckID  `json:"id"`
	Person domain.PersonID `json:"person"`
	Part   domain.Private  `json:"part,omitzero"` // a [Part] as JSON
}

func (PartPublished) EventName() string { return "consistency.part_published" }

func (e PartPublished) Evolve(s State) State {
	p, _ := e.Read()
	return s.found(p.Questions)
}

func (e *PartPublished) Private() []*domain.Private { return []*domain.Private{&e.Part} }

// Read returns the part, or false when it was erased.
func (e PartPublished) Read() (p Part, ok bool) {
	text, ok := e.Part.Reveal()
	if !ok || json.Unmarshal([]byte(text), &p) != nil {
		return Part{}, false
	}
	return p, true
}

// found adds what a picture asks to be talked about.
func (s State) found(questions []Question) State {
	for _, q := range questions {
		s.findings = with(s.findings, q.Finding)
	}
	return s
}

// Release lets everybody in the programme see the picture that the management
// team has seen.
type Release struct {
	ID domain.CheckID
}

func (c Release) Stream() domain.Stream { return stream(c.ID) }

func (c Release) Decide(s State, _ domain.Act) ([]Event, error) {
	if err := domain.All(s.is(StatusPublished, ErrNotPublished)); err != nil || s.released {
		return nil, err
	}
	return []Event{PictureReleased(c)}, nil
}

// PictureReleased says that the picture is for everybody from now on.
type PictureReleased struct {
	ID domain.CheckID `json:"id"`
}

func (PictureReleased) EventName() string { return "consistency.picture_released" }

func (PictureReleased) Evolve(s State) State {
	s.released = true
	return s
}
