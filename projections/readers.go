package projections

import (
	"context"
	"database/sql"
	"sync"

	"koersvast/domain"
)

// readers are the connections that read one database. Whoever reads is
// counted before the database can be retired.
type readers struct {
	db    *sql.DB
	users sync.WaitGroup
}

// read lets f ask its questions within one transaction, so that all answers
// are of one moment. It uncounts the user.
func (r *readers) read(ctx context.Context, f func(Reader, domain.Position) error) error {
	defer r.users.Done()
	tx, err := r.db.BeginTx(ctx, nil)
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

// retire closes the database once nobody reads it any more. No new users may
// come.
func (r *readers) retire() {
	go func() {
		r.users.Wait()
		_ = r.db.Close() // which only gives up what was read
	}()
}
