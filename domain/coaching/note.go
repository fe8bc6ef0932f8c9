package coaching

import "koersvast/domain"

type note struct {
	by   domain.PersonID
	text domain.Private
	kept bool // to oneself
}

// kept is how somebody's own note is kept: under a key that goes when the
// writer wants their notes gone, and stays when the coachee's coaching is
// erased.
func kept(by domain.PersonID, text string) domain.Private {
	return domain.Say(domain.KeyOf(by, domain.OwnNotes), text)
}

// ShareNote writes a note that coach and coachee both read.
type ShareNote struct {
	ID      domain.CoachingID
	Note    domain.NoteID
	Session domain.CoachingSessionID // that it is about, if any
	Text    string
}

func (c ShareNote) Stream() domain.Stream { return stream(c.ID) }

func (c ShareNote) Decide(s State, act domain.Act) ([]Event, error) {
	if err := s.noteRefused(act.By, c.Note, c.Session, c.Text); err != nil {
		return nil, err
	}
	return []Event{NoteShared{c.ID, c.Note, act.By, c.Session, about(s.coachee, c.Text)}}, nil
}

// noteRefused refuses p a new note.
func (s State) noteRefused(p domain.PersonID, id domain.NoteID, about domain.CoachingSessionID, text string) error {
	if err := domain.All(s.underway(p)); err != nil {
		return err
	}
	if _, taken := s.notes[id]; taken {
		return ErrNoteExists
	}
	refused := []*domain.Error{domain.Identifies("note", id), domain.Needed("text", text, domain.TextLength)}
	if _, ok := s.sessions[about]; about != "" && !ok {
		refused = append(refused, ErrUnknownSession.On("session"))
	}
	return domain.All(refused...)
}

// NoteShared says that somebody wrote a note for coach and coachee. It is
// sealed under the key of the coachee's coaching, whoever wrote it.
type NoteShared struct {
	ID      domain.CoachingID        `json:"id"`
	Note    domain.NoteID            `json:"note"`
	By      domain.PersonID          `json:"by"`
	Session domain.CoachingSessionID `json:"session,omitempty"`
	Text    domain.Private           `json:"text,omitzero"`
}

func (NoteShared) EventName() string { return "coaching.note_shared" }

func (e NoteShared) Evolve(s State) State {
	s.notes = set(s.notes, e.Note, note{by: e.By, text: e.Text})
	return s
}

func (e *NoteShared) Private() []*domain.Private { return []*domain.Private{&e.Text} }

// KeepNote writes a note that only who writes it reads.
type KeepNote struct {
	ID      domain.CoachingID
	Note    domain.NoteID
	Session domain.CoachingSessionID // that it is about, if any
	Text    string
}

func (c KeepNote) Stream() domain.Stream { return stream(c.ID) }

func (c KeepNote) Decide(s State, act domain.Act) ([]Event, error) {
	if err := s.noteRefused(act.By, c.Note, c.Session, c.Text); err != nil {
		return nil, err
	}
	return []Event{NoteKept{c.ID, c.Note, act.By, c.Session, kept(act.By, c.Text)}}, nil
}

// NoteKept says that somebody wrote a note for their own eyes. It is sealed
// under the key of the writer's own notes, and nobody else is shown that there
// is one.
type NoteKept struct {
	ID      domain.CoachingID        `json:"id"`
	Note    domain.NoteID            `json:"note"`
	By      domain.PersonID          `json:"by"`
	Session domain.CoachingSessionID `json:"session,omitempty"`
	Text    domain.Private           `json:"text,omitzero"`
}

func (NoteKept) EventName() string { return "coaching.note_kept" }

func (e NoteKept) Evolve(s State) State {
	s.notes = set(s.notes, e.Note, note{by: e.By, text: e.Text, kept: true})
	return s
}

func (e *NoteKept) Private() []*domain.Private { return []*domain.Private{&e.Text} }

// AmendNote says one's own note in other words. Who could read it reads both.
type AmendNote struct {
	ID   domain.CoachingID
	Note domain.NoteID
	Text string
}

func (c AmendNote) Stream() domain.Stream { return stream(c.ID) }

func (c AmendNote) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.underway(act.By)); err != nil {
		return nil, err
	}
	was, ok := s.notes[c.Note]
	text := about(s.coachee, c.Text)
	if was.kept {
		text = kept(act.By, c.Text)
	}
	switch {
	case !ok, was.kept && was.by != act.By: // which of the two is nobody else's business
		return nil, ErrUnknownNote
	case was.by != act.By:
		return nil, ErrNotWriter
	case text.Equal(was.text):
		return nil, nil
	}
	if err := domain.All(domain.Needed("text", c.Text, domain.TextLength)); err != nil {
		return nil, err
	}
	return []Event{NoteAmended{c.ID, c.Note, text}}, nil
}

// NoteAmended says what a note reads from now on. It is sealed as the note
// was, and is for the same readers.
type NoteAmended struct {
	ID   domain.CoachingID `json:"id"`
	Note domain.NoteID     `json:"note"`
	Text domain.Private    `json:"text,omitzero"`
}

func (NoteAmended) EventName() string { return "coaching.note_amended" }

func (e NoteAmended) Evolve(s State) State {
	was := s.notes[e.Note]
	was.text = e.Text
	s.notes = set(s.notes, e.Note, was)
	return s
}

func (e *NoteAmended) Private() []*domain.Private { return []*domain.Private{&e.Text} }
