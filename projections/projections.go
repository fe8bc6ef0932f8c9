// Package projections turns the log into tables that answer questions.
//
// Each read model has a package below this one, with its tables, the facts
// it listens to and the questions it answers. A read model is a cache: its
// tables can be dropped at any time, and come back from the log. All models
// live in one SQLite file and move together, so that a page never shows two
// moments at once.
//
// A [Projector] keeps that file up with the log and lets questions be asked
// of it. [Past] answers the same questions as of an earlier position.
package projections

import (
	"context"
	"database/sql"
	"iter"

	"koersvast/domain"
)

// A Model is a read model.
type Model struct {
	// Name is the model's name with its revision, for example "promises/1".
	// A new revision starts with empty tables and reads the log anew.
	Name string

	// Schema creates the model's tables. Every table is STRICT, has its
	// programme in its key, and a name that begins with the model's. Indexes
	// that are not unique are for questions: while many acts are applied to
	// new tables, they are not there yet. A table to which rows are only added
	// needs no key, which would be kept up row by row: an index is enough.
	Schema string

	// Apply changes the tables for one act. It ignores facts that the model
	// does not care about. What it writes follows from the record and the
	// model's own tables alone: no clock, no chance, nothing kept in memory.
	Apply func(tx *Tx, rec domain.Record) error
}

// A Source is the part of a log that projecting needs.
type Source interface {
	// After yields the records after a position in order, and ends when it
	// has reached the end of the log.
	After(context.Context, domain.Position) iter.Seq2[domain.Record, error]

	// Grown returns a channel that is closed when the log next grows.
	Grown() <-chan struct{}
}

// A Reader answers the questions of the models. It cannot write.
type Reader interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}
