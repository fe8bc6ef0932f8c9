// Package pictures is the read model of consistency checks: how they stand,
// the pictures that were published, and what was decided on them.
package pictures

import (
	_ "embed"
	"encoding/json"

	"koersvast/domain"
	"koersvast/domain/consistency"
	"koersvast/projections"
)

//go:embed schema.sql
var schema string

// Model is the read model; its tables are in schema.sql.
var Model = projections.Model{Name: "pictures/1", Schema: schema, Apply: apply}

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
	case consistency.Opened:
		return o.tx.Exec(`INSERT INTO pictures_checks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', ?)`,
			o.rec.Stream.Programme, e.ID, consistency.StatusOpen, e.On, e.On, o.rec.By, e.Purpose, projections.JSON(e.Pillars),
			e.From, e.Until, e.Reference, o.rec.Position)
	case consistency.PartReadBack:
		return o.heard(e.Member, e.On, false)
	case consistency.ReadBackDeclined:
		return o.heard(e.Member, o.rec.Today(), true)
	case consistency.PicturePublished:
		picture, err := json.Marshal(e.Picture)
		if err != nil {
			return err
		}
		if err := o.set(`status = ?, since = ?`, consistency.StatusPublished, e.On); err != nil {
			return err
		}
		return o.tx.Exec(`INSERT INTO pictures VALUES (?, ?, ?, ?, ?, ?)`,
			o.rec.Stream.Programme, e.ID, e.On, o.rec.By, o.rec.Position, string(picture))
	case consistency.PartPublished:
		return o.tx.Exec(`INSERT INTO pictures_parts VALUES (?, ?, ?, ?)`,
			o.rec.Stream.Programme, e.ID, e.Person, projections.Text(e.Part))
	case consistency.PictureReleased:
		return o.set(`released = ?`, o.rec.Today())
	case consistency.Decided:
		return o.tx.Exec(`INSERT INTO pictures_decisions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			o.rec.Stream.Programme, e.ID, e.Decision, o.rec.Position, o.rec.Today(), e.By, e.Finding, e.Choice, e.Promise,
			projections.Text(e.Why))
	case consistency.Cancelled:
		return o.set(`status = ?, since = ?, why = ?`, consistency.StatusCancelled, o.rec.Today(), e.Why)
	}
	return nil
}

// One is the check of an act.
type one struct {
	tx  *projections.Tx
	rec domain.Record
}

// set sets columns of the check.
func (o one) set(columns string, args ...any) error {
	return o.tx.Exec(`UPDATE pictures_checks SET `+columns+` WHERE programme = ? AND id = ?`,
		append(args, o.rec.Stream.Programme, o.rec.Stream.ID)...)
}

func (o one) heard(person domain.PersonID, on domain.Day, declined bool) error {
	return o.tx.Exec(`INSERT INTO pictures_heard VALUES (?, ?, ?, ?, ?, ?)`,
		o.rec.Stream.Programme, o.rec.Stream.ID, person, on, o.rec.By, declined)
}
