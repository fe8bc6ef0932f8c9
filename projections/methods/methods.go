// Package methods is the read model of how a programme measures, and of why.
package methods

import (
	_ "embed"

	"koersvast/domain"
	"koersvast/domain/method"
	"koersvast/projections"
)

//go:embed schema.sql
var schema string

// Model is the read model; its tables are in schema.sql.
var Model = projections.Model{Name: "methods/1", Schema: schema, Apply: apply}

func apply(tx *projections.Tx, rec domain.Record) error {
	for n, e := range rec.Events {
		c, ok := changeOf(e)
		if !ok {
			continue
		}
		if err := tx.Exec(`INSERT INTO methods_changes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			rec.Stream.Programme, rec.Position, n, rec.Today(), rec.By, c.Number, c.Rule, c.Param, c.Value, c.Why); err != nil {
			return err
		}
	}
	return nil
}

// changeOf returns what a fact changes, if it does.
func changeOf(e domain.Event) (Change, bool) {
	switch e := e.(type) {
	case method.Configured:
		return Change{Number: e.Number, Value: e.Value, Why: e.Why}, true
	case method.Tuned:
		return Change{Rule: e.Rule, Param: e.Param, Value: e.Value, Why: e.Why}, true
	case method.SwitchedOff:
		return Change{Rule: e.Rule, Why: e.Why}, true
	case method.SwitchedOn:
		return Change{Rule: e.Rule, Value: on, Why: e.Why}, true
	}
	return Change{}, false
}

// on is the value of a rule that is on.
const on method.Value = 1
