package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"net/url"

	"koersvast/domain"
	"koersvast/eventstore"
)

// A Reader reads an index that another process keeps up with the log.
type Reader struct{ db *sql.DB }

// OpenReader opens the index in a file for reading only.
func OpenReader(ctx context.Context, file string) (*Reader, error) {
	db, err := sql.Open("sqlite3", "file:"+(&url.URL{Path: file}).EscapedPath()+"?mode=ro&_busy_timeout=10000")
	if err != nil {
		return nil, fmt.Errorf("index: %s: %w", file, err)
	}
	var found int
	err = db.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&found)
	if err == nil && found != revision {
		err = errUseless
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("index: %s: %w", file, err), db.Close())
	}
	return &Reader{db}, nil
}

// Close closes the file.
func (r *Reader) Close() error { return r.db.Close() }

// Messages yields the acts of all programmes after a position that the index
// has by now, in the order of the log.
func (r *Reader) Messages(ctx context.Context, after domain.Position) iter.Seq2[eventstore.Message, error] {
	// One programme after the other, because the acts of one lie in order. The
	// join is a CROSS JOIN so that it is read that way around.
	return messages(ctx, r.db, `
		WITH RECURSIVE programmes (programme) AS (
			SELECT min(programme) FROM acts
			UNION ALL
			SELECT (SELECT min(programme) FROM acts WHERE programme > programmes.programme)
			FROM programmes WHERE programme IS NOT NULL)
		SELECT position, programme, kind, id, body FROM programmes CROSS JOIN acts USING (programme)
		WHERE position > ? ORDER BY position`,
		after)
}
