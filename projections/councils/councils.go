// Package councils is the read model of what the works council was asked, and
// how it answered.
package councils

import (
	_ "embed"

	"koersvast/domain"
	"koersvast/domain/council"
	"koersvast/projections"
)

//go:embed schema.sql
var schema string

// Model is the read model; its tables are in schema.sql.
var Model = projections.Model{Name: "councils/1", Schema: schema, Apply: apply}

func apply(tx *projections.Tx, rec domain.Record) error {
	for _, e := range rec.Events {
		if err := applyEvent(sheet{tx, rec}, e); err != nil {
			return err
		}
	}
	return nil
}

func applyEvent(s sheet, e domain.Event) error {
	switch e := e.(type) {
	case council.Sized:
		return s.tx.Exec(`INSERT INTO councils VALUES (?, ?, ?, '')
			ON CONFLICT DO UPDATE SET employees = excluded.employees, sized = excluded.sized`,
			s.rec.Stream.Programme, e.Employees, s.rec.Today())
	case council.ConsentAsked:
		if err := s.turn(council.StatusAsked, council.StatusReplaced); err != nil {
			return err
		}
		return s.tx.Exec(`INSERT INTO councils_questions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', 0, '', '', '', '', 0, '', '')`,
			s.rec.Stream.Programme, e.Number, s.rec.Today(), e.By, projections.JSON(e.Kinds), e.Peers, e.Leaders, e.Staff,
			e.Scope, e.Documents, council.StatusAsked)
	case council.ConsentGranted:
		if err := s.turn(council.StatusGranted, council.StatusEnded); err != nil {
			return err
		}
		return s.answer(e.Number, council.StatusGranted, e.Noted, e.Conditions)
	case council.ConsentRefused:
		return s.answer(e.Number, council.StatusRefused, e.Noted, e.Why)
	case council.ConsentWithdrawn:
		if err := s.answered(council.StatusWithdrawn); err != nil {
			return err
		}
		return s.tx.Exec(`UPDATE councils_questions SET status = ?, withdrawal_on = ?, withdrawal_by = ?, withdrawal_member = ?,
			withdrawal_reference = ?, withdrawal_text = ? WHERE programme = ? AND number = ?`,
			council.StatusWithdrawn, e.On, s.rec.By, e.Member, e.Reference, e.Why, s.rec.Stream.Programme, e.Number)
	}
	return nil
}

// A sheet is what stands about the works council of one programme during one
// act.
type sheet struct {
	tx  *projections.Tx
	rec domain.Record
}

// turn gives the question that has one status another.
func (s sheet) turn(was, is council.Status) error {
	return s.tx.Exec(`UPDATE councils_questions SET status = ? WHERE programme = ? AND status = ?`, is, s.rec.Stream.Programme, was)
}

func (s sheet) answer(number int, status council.Status, n council.Noted, text string) error {
	if err := s.answered(status); err != nil {
		return err
	}
	return s.tx.Exec(`UPDATE councils_questions SET status = ?, answer_on = ?, answer_by = ?, answer_member = ?,
		answer_reference = ?, answer_text = ? WHERE programme = ? AND number = ?`,
		status, n.On, s.rec.By, n.Member, n.Reference, text, s.rec.Stream.Programme, number)
}

// answered remembers which answer was the last.
func (s sheet) answered(status council.Status) error {
	return s.tx.Exec(`INSERT INTO councils VALUES (?, 0, '', ?) ON CONFLICT DO UPDATE SET answered = excluded.answered`,
		s.rec.Stream.Programme, status)
}
