// Package promises is the read model behind the promise wall, a promise's own
// page with its life line, and what a person has to do.
package promises

import (
	_ "embed"
	"slices"

	"koersvast/domain"
	"koersvast/domain/programme"
	"koersvast/domain/promise"
	"koersvast/projections"
)

//go:embed schema.sql
var schema string

// Model is the read model; its tables are in schema.sql.
var Model = projections.Model{Name: "promises/1", Schema: schema, Apply: apply}

func apply(tx *projections.Tx, rec domain.Record) error {
	for n, e := range rec.Events {
		if err := applyEvent(wall{tx, rec, n}, e); err != nil {
			return err
		}
	}
	return nil
}

func applyEvent(w wall, e domain.Event) error {
	switch e := e.(type) {
	case programme.PersonAdded:
		return w.roles(e.ID, e.Roles)
	case programme.RolesGiven:
		return w.roles(e.ID, e.Roles)

	case promise.Made:
		return w.put(e, promise.StatusActive, e.ID, e.By, "", e.Words, e.Holds)
	case promise.Proposed:
		return w.put(e, promise.StatusProposed, e.ID, e.By, e.RecordedBy, e.Words, e.Holds)
	case promise.Accepted:
		if err := w.say(e.Words, `made = 1`); err != nil {
			return err
		}
		return w.turn(e, promise.StatusActive, line{text: e.Wording})
	case promise.Declined:
		return w.turn(e, promise.StatusDeclined, line{why: e.Why})

	case promise.Reworded:
		if err := w.say(e.Words, `rewordings = rewordings + 1`); err != nil {
			return err
		}
		return w.remember(e, line{text: e.Wording, why: e.Why})
	case promise.Moved:
		if err := w.set(`due = ?, moves = moves + 1`, e.Due); err != nil {
			return err
		}
		return w.remember(e, line{why: e.Why, was: e.Was, due: e.Due})
	case promise.BehavioursLinked:
		if err := w.set(`behaviours = ?`, projections.JSON(e.Behaviours)); err != nil {
			return err
		}
		return w.remember(e, line{})
	case promise.RhythmSet:
		if err := w.set(`rhythm = ?`, e.Days); err != nil {
			return err
		}
		return w.remember(e, line{})

	case promise.Withdrawn:
		return w.turn(e, promise.StatusWithdrawn, line{why: e.Why})
	case promise.WithdrawalExplained:
		if err := w.set(`explained = 1`); err != nil {
			return err
		}
		return w.remember(e, line{text: e.Text})
	case promise.Kept:
		return w.turn(e, promise.StatusKept, line{day: e.On, late: e.Late})
	case promise.Broken:
		return w.turn(e, promise.StatusBroken, line{day: e.On, why: e.Why})
	case promise.RepairAgreed:
		if err := w.set(`repair = ?, repair_due = ?`, projections.Text(e.Text), e.Due); err != nil {
			return err
		}
		return w.remember(e, line{text: e.Text, due: e.Due})
	case promise.Repaired:
		return w.turn(e, promise.StatusRepaired, line{day: e.On})
	case promise.Reopened:
		if err := w.set(`explained = 0, repair = '', repair_due = ''`); err != nil {
			return err
		}
		return w.turn(e, promise.StatusActive, line{why: e.Why})
	}
	return nil
}

// A wall is the promises of one programme during one fact of one act.
type wall struct {
	tx  *projections.Tx
	rec domain.Record
	n   int
}

// A line is what a fact adds to a promise's life line.
type line struct {
	day       domain.Day // when it happened, if not when it was recorded
	text, why domain.Private
	was, due  domain.Day
	late      bool
}

// roles remembers who is in the MT.
func (w wall) roles(id domain.PersonID, roles []domain.Role) error {
	if slices.Contains(roles, domain.MT) {
		return w.tx.Exec(`INSERT INTO promises_mt VALUES (?, ?) ON CONFLICT DO NOTHING`, w.rec.Stream.Programme, id)
	}
	return w.tx.Exec(`DELETE FROM promises_mt WHERE programme = ? AND person = ?`, w.rec.Stream.Programme, id)
}

// put hangs a new promise on the wall.
func (w wall) put(e domain.Event, status promise.Status, id domain.PromiseID, by, recordedBy domain.PersonID, words promise.Words, holds promise.Holds) error {
	in, audience := w.rec.Stream.Programme, projections.JSON(holds.To)
	if err := w.tx.Exec(`INSERT INTO promises VALUES (?1, ?2, ?3, ?4,
			EXISTS (SELECT 1 FROM promises_mt WHERE programme = ?1 AND person = ?3),
			?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?14, 0, 0, 0, 0, '', '', ?16, ?17, ?18)`,
		in, id, by, recordedBy,
		projections.Text(words.Wording), projections.Text(words.Situation), projections.Text(words.Frequency), projections.Text(words.Noticed),
		holds.Pillar, holds.Expectation, holds.Due, holds.Rhythm, status, w.rec.Today(), status == promise.StatusActive,
		projections.JSON(holds.Behaviours), audience, w.rec.Position); err != nil {
		return err
	}
	for _, party := range holds.To {
		if err := w.tx.Exec(`INSERT INTO promises_audience VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, in, party, audience); err != nil {
			return err
		}
	}
	return w.remember(e, line{text: words.Wording, due: holds.Due})
}

// say gives the promise its words, and changes other columns with them.
func (w wall) say(words promise.Words, others string) error {
	return w.set(`wording = ?, situation = ?, frequency = ?, noticed = ?, `+others,
		projections.Text(words.Wording), projections.Text(words.Situation), projections.Text(words.Frequency), projections.Text(words.Noticed))
}

// set changes columns of the promise.
func (w wall) set(columns string, args ...any) error {
	return w.tx.Exec(`UPDATE promises SET `+columns+` WHERE programme = ? AND id = ?`,
		append(args, w.rec.Stream.Programme, w.rec.Stream.ID)...)
}

// turn gives the promise another status.
func (w wall) turn(e domain.Event, status promise.Status, l line) error {
	if err := w.set(`status = ?, since = ?, late = ?`, status, w.day(l), l.late); err != nil {
		return err
	}
	return w.remember(e, l)
}

func (w wall) day(l line) domain.Day {
	if l.day != "" {
		return l.day
	}
	return w.rec.Today()
}

func (w wall) remember(e domain.Event, l line) error {
	return w.tx.Exec(`INSERT INTO promises_line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		w.rec.Stream.Programme, w.rec.Stream.ID, w.rec.Position, w.n, e.EventName(), w.day(l), w.rec.Today(), w.rec.By,
		projections.Text(l.text), projections.Text(l.why), l.was, l.due, l.late)
}
