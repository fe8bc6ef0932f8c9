// Package expectations is the read model of what people expect of each other,
// back and forth, and how it was answered.
package expectations

import (
	_ "embed"
	"slices"

	"koersvast/domain"
	"koersvast/domain/expectation"
	"koersvast/domain/programme"
	"koersvast/projections"
)

//go:embed schema.sql
var schema string

// Model is the read model; its tables are in schema.sql.
var Model = projections.Model{Name: "expectations/1", Schema: schema, Apply: apply}

func apply(tx *projections.Tx, rec domain.Record) error {
	for _, e := range rec.Events {
		if err := applyEvent(board{tx, rec}, e); err != nil {
			return err
		}
	}
	return nil
}

func applyEvent(b board, e domain.Event) error {
	switch e := e.(type) {
	case programme.PersonAdded:
		return b.roles(e.ID, e.Roles)
	case programme.RolesGiven:
		return b.roles(e.ID, e.Roles)
	case expectation.Expressed:
		return b.tx.Exec(`INSERT INTO expectations VALUES (?1, ?2, ?3,
				EXISTS (SELECT 1 FROM expectations_mt WHERE programme = ?1 AND person = ?3),
				?4, ?5, ?6, ?7, ?8, ?7, '', '', '', '', ?9)`,
			b.rec.Stream.Programme, e.ID, e.By, e.Of, projections.Text(e.Text), e.Pillar, b.rec.Today(), expectation.StatusOpen, b.rec.Position)
	case expectation.Accepted:
		return b.turn(expectation.StatusAccepted, `, answered_by = ?, promise = ?`, e.By, e.Promise)
	case expectation.Declined:
		return b.turn(expectation.StatusDeclined, `, answered_by = ?, answer = ?`, e.By, projections.Text(e.Why))
	case expectation.Countered:
		return b.turn(expectation.StatusCountered, `, answered_by = ?, answer = ?`, e.By, projections.Text(e.Offer))
	case expectation.OfferTaken:
		return b.turn(expectation.StatusTaken, ``)
	case expectation.Dropped:
		return b.turn(expectation.StatusDropped, `, dropped = ?`, projections.Text(e.Why))
	}
	return nil
}

// A board is the expectations of one programme during one act.
type board struct {
	tx  *projections.Tx
	rec domain.Record
}

// roles remembers who is in the MT.
func (b board) roles(id domain.PersonID, roles []domain.Role) error {
	if slices.Contains(roles, domain.MT) {
		return b.tx.Exec(`INSERT INTO expectations_mt VALUES (?, ?) ON CONFLICT DO NOTHING`, b.rec.Stream.Programme, id)
	}
	return b.tx.Exec(`DELETE FROM expectations_mt WHERE programme = ? AND person = ?`, b.rec.Stream.Programme, id)
}

// turn gives the expectation another status, and sets other columns with it.
func (b board) turn(status expectation.Status, others string, args ...any) error {
	args = append([]any{status, b.rec.Today()}, args...)
	return b.tx.Exec(`UPDATE expectations SET status = ?, since = ?`+others+` WHERE programme = ? AND id = ?`,
		append(args, b.rec.Stream.Programme, b.rec.Stream.ID)...)
}
