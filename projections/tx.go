package projections

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"koersvast/domain"
)

// A Tx is what a [Model] may do to its tables. Statements are prepared once
// and reused, so their text is constant and their values are arguments. A
// statement runs to its end: a projector stops between acts.
type Tx struct {
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
	wrote bool
}

// Exec runs a statement that changes tables.
func (tx *Tx) Exec(query string, args ...any) error {
	_, err := tx.exec(query, args...)
	tx.wrote = true
	return err
}

// QueryRow asks for one row, to be scanned before the next statement.
func (tx *Tx) QueryRow(query string, args ...any) *sql.Row {
	stmt, err := tx.prepared(query)
	if err != nil {
		// Asked once more, the connection gives the same error as a row.
		return tx.conn.QueryRowContext(context.Background(), query, args...)
	}
	return stmt.QueryRowContext(context.Background(), args...)
}

// exec is without a context that can end, for which the driver would start a
// goroutine a statement.
func (tx *Tx) exec(query string, args ...any) (sql.Result, error) {
	stmt, err := tx.prepared(query)
	if err != nil {
		return nil, err
	}
	return stmt.ExecContext(context.Background(), args...)
}

func (tx *Tx) prepared(query string) (*sql.Stmt, error) {
	if stmt, ok := tx.stmts[query]; ok {
		return stmt, nil
	}
	stmt, err := tx.conn.PrepareContext(context.Background(), query)
	if err != nil {
		return nil, err
	}
	tx.stmts[query] = stmt
	return stmt, nil
}

// Text is how a private text stands in a table: NULL once it is erased.
func Text(p domain.Private) any {
	if text, ok := p.Reveal(); ok {
		return text
	}
	return nil
}

// Time is how a moment stands in a table: an INTEGER of milliseconds, which
// sorts and is the same on every machine; NULL when it is the zero time.
func Time(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

// ScanTime reads what [Time] wrote: rows.Scan(projections.ScanTime(&at)).
func ScanTime(t *time.Time) sql.Scanner { return millis{t} }

type millis struct{ t *time.Time }

func (m millis) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*m.t = time.Time{}
	case int64:
		*m.t = time.UnixMilli(v).In(domain.Zone)
	default:
		return fmt.Errorf("projections: %T is no moment", v)
	}
	return nil
}
