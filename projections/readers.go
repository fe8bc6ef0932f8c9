package projections

import (
	"context"
	"database/sql"
	"sync"

	"koersvast/domain"
)

// ask lets f ask its questions within one transaction, so that all answers
// are of one moment in the log.
func ask(ctx context.Context, db *sql.DB, f func(Reader, domain.Position) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var at domain.Position
	if err := tx.QueryRowContext(ctx, `SELECT position FROM projector`).Scan(&at); err != nil {
		return err
	}
	return f(tx, at)
}

// readers are the connections that read one file. Whoever is going to read is
// counted first; once they are to be closed, no more users come.
type readers struct {
	db    *sql.DB
	users sync.WaitGroup
}

// close closes the connections when the last user has gone.
func (r *readers) close() error {
	r.users.Wait()
	return r.db.Close()
}
