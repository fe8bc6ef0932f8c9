package projections_test

import (
	"errors"

	"koersvast/domain"
	"koersvast/projections"
)

// counted and broke are all that happens in these tests.
type (
	counted struct {
		What string
		N    int
	}
	broke struct{}
)

func (counted) EventName() string { return "tally.counted" }
func (broke) EventName() string   { return "tally.broke" }

// tally adds up what is counted.
var tally = projections.Model{
	Name: "tally/1",
	Schema: `
CREATE TABLE tally (
	programme TEXT    NOT NULL,
	what      TEXT    NOT NULL,
	n         INTEGER NOT NULL,
	PRIMARY KEY (programme, what)
) STRICT, WITHOUT ROWID;`,
	Apply: func(tx *projections.Tx, rec domain.Record) error {
		for _, e := range rec.Events {
			switch e := e.(type) {
			case counted:
				if err := tx.Exec(`INSERT INTO tally VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n`, rec.Programme, e.What, e.N); err != nil {
					return err
				}
			case broke:
				return errBroke
			}
		}
		return nil
	},
}

var errBroke = errors.New("it broke")

// people remembers who did something last, and how many did before.
var people = projections.Model{
	Name: "people/1",
	Schema: `
CREATE TABLE people (
	programme TEXT    NOT NULL,
	nth       INTEGER NOT NULL,
	person    TEXT    NOT NULL,
	at        INTEGER NOT NULL,
	PRIMARY KEY (programme, nth)
) STRICT;
CREATE INDEX people_by_person ON people (programme, person);`,
	Apply: func(tx *projections.Tx, rec domain.Record) error {
		var n int
		if err := tx.QueryRow(`SELECT count(*) FROM people WHERE programme = ?`, rec.Programme).Scan(&n); err != nil {
			return err
		}
		return tx.Exec(`INSERT INTO people VALUES (?, ?, ?, ?)`, rec.Programme, n+1, rec.By, projections.Time(rec.At))
	},
}
