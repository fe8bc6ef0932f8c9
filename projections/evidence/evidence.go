// Package evidence is the read model of documents, interviews and
// observations: which there are, which fragments were taken out of them, and
// how these were coded.
//
// Of an interview whose consent was withdrawn nothing is left but that.
package evidence

import (
	_ "embed"

	"koersvast/domain"
	"koersvast/domain/evidence"
	"koersvast/projections"
)

//go:embed schema.sql
var schema string

// Model is the read model; its tables are in schema.sql.
var Model = projections.Model{Name: "evidence/1", Schema: schema, Apply: apply}

func apply(tx *projections.Tx, rec domain.Record) error {
	for _, e := range rec.Events {
		if err := applyEvent(one{tx, rec}, e); err != nil {
			return err
		}
	}
	return nil
}

func applyEvent(o one, e domain.Event) error {
	switch e := e.(type) {
	case evidence.DocumentRegistered:
		return o.add(source{kind: evidence.Document, document: e.Document, frame: e.Frame, title: e.Title, digest: e.Digest, day: e.Day, status: evidence.StatusCoding})
	case evidence.ObservationRegistered:
		return o.add(source{kind: evidence.Observation, title: e.Occasion, independent: e.Independent, day: e.Day, status: evidence.StatusCoding})
	case evidence.InterviewPlanned:
		return o.add(source{kind: evidence.Interview, group: e.Group, day: e.Day, status: evidence.StatusPlanned})
	case evidence.ConsentRecorded:
		return o.set(`consent = ?, recording = ?`, e.On, e.Recording)
	case evidence.InterviewHeld:
		return o.set(`status = ?, day = ?`, evidence.StatusCoding, e.On)
	case evidence.InterviewCancelled:
		return o.set(`status = ?`, evidence.StatusCancelled)
	case evidence.RecordingDestroyed:
		return o.set(`recording = 0, destroyed = ?`, e.On)
	case evidence.ConsentWithdrawn:
		return o.withdrawn()
	case evidence.CodingFinished:
		return o.set(`status = ?`, evidence.StatusCoded)
	case evidence.CodingResumed:
		return o.set(`status = ?`, evidence.StatusCoding)
	case evidence.FragmentAdded:
		return o.tx.Exec(`INSERT INTO evidence_fragments VALUES (?, ?, ?, ?, ?, 0, '', '', '', ?)`,
			o.rec.Stream.Programme, e.ID, e.Fragment, projections.Text(e.Text), projections.Text(e.Place), o.rec.Position)
	case evidence.FragmentDropped:
		return o.fragment(e.Fragment, `dropped = 1, why = ?`, projections.Text(e.Why))
	case evidence.FragmentContested:
		return o.fragment(e.Fragment, `contested_by = ?, contest = ?`, e.By, projections.Text(e.Text))
	case evidence.Coded:
		return o.coded(e.Fragment, e.By, e.Second, e.Coding)
	case evidence.CodingUndone:
		return o.coded(e.Fragment, e.By, e.Second, e.Coding)
	case evidence.CodingsCompared:
		return o.compared()
	}
	return nil
}

// One is the source of an act.
type one struct {
	tx  *projections.Tx
	rec domain.Record
}

// A source is what is known of one when it is registered.
type source struct {
	kind        evidence.Kind
	document    evidence.DocumentKind
	frame       evidence.Direction
	title       domain.Private
	digest      evidence.Digest
	group       domain.Role
	independent bool
	day         domain.Day
	status      evidence.Status
}

func (o one) add(s source) error {
	return o.tx.Exec(`INSERT INTO evidence_sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, '', 0, ?)`,
		o.rec.Stream.Programme, o.rec.Stream.ID, s.kind, s.document, s.frame, projections.Text(s.title), s.digest,
		s.group, s.independent, s.day, s.status, o.rec.Position)
}

// set sets columns of the source.
func (o one) set(columns string, args ...any) error {
	return o.tx.Exec(`UPDATE evidence_sources SET `+columns+` WHERE programme = ? AND id = ?`,
		append(args, o.rec.Stream.Programme, o.rec.Stream.ID)...)
}

// fragment sets columns of a fragment.
func (o one) fragment(id domain.FragmentID, columns string, args ...any) error {
	return o.tx.Exec(`UPDATE evidence_fragments SET `+columns+` WHERE programme = ? AND source = ? AND id = ?`,
		append(args, o.rec.Stream.Programme, o.rec.Stream.ID, id)...)
}

// coded notes what a coder says now. Who has taken everything back says nothing.
func (o one) coded(id domain.FragmentID, by domain.PersonID, second bool, c evidence.Coding) error {
	if c == (evidence.Coding{}) {
		return o.tx.Exec(`DELETE FROM evidence_codings WHERE programme = ? AND source = ? AND fragment = ? AND second = ?`,
			o.rec.Stream.Programme, o.rec.Stream.ID, id, second)
	}
	return o.tx.Exec(`REPLACE INTO evidence_codings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		o.rec.Stream.Programme, o.rec.Stream.ID, id, second, by,
		c.Promise, c.Behaviour, c.Pillar, c.Direction, c.Stance, c.Link, c.Day, c.With, c.Complete())
}

// compared keeps what both coders said up to here.
func (o one) compared() error {
	if err := o.tx.Exec(`INSERT INTO evidence_pairs SELECT f.programme, f.source, f.fragment, f.stance, s.stance
		FROM evidence_codings f JOIN evidence_codings s
			ON s.programme = f.programme AND s.source = f.source AND s.fragment = f.fragment AND s.second
		WHERE f.programme = ? AND f.source = ? AND NOT f.second AND f.complete AND s.complete`,
		o.rec.Stream.Programme, o.rec.Stream.ID); err != nil {
		return err
	}
	return o.set(`compared = 1`)
}

// withdrawn takes out all that was said in an interview.
func (o one) withdrawn() error {
	for _, table := range []string{"evidence_fragments", "evidence_codings", "evidence_pairs"} {
		if err := o.tx.Exec(`DELETE FROM `+table+` WHERE programme = ? AND source = ?`, o.rec.Stream.Programme, o.rec.Stream.ID); err != nil {
			return err
		}
	}
	return o.set(`status = ?`, evidence.StatusWithdrawn)
}
