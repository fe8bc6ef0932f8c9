// Package index keeps a disposable index of the log in SQLite, for questions
// that the log itself answers by reading all of it: what belongs to one
// stream, what one programme looked like at a position, where a type of fact
// occurs.
//
// The index can be behind the log, never beside it: it is fed by one reader
// in the log's order, and its position moves in the same transaction as its
// rows. Its file can be deleted at any time, and comes back from the log.
package index

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"time"

	_ "github.com/mattn/go-sqlite3" // the driver below

	"koersvast/domain"
	"koersvast/eventstore"
)

//go:embed schema.sql
var schema string

// revision is the number of the schema; another one is built anew.
const revision = 1

// A Log is what an index needs of a log.
type Log interface {
	Identity() string
	Last(context.Context) (domain.Position, error)
	Messages(context.Context, domain.Position) iter.Seq2[eventstore.Message, error]
	Grown() <-chan struct{}
}

// An Index is an index of a log.
type Index struct {
	log  Log
	db   *sql.DB // for questions
	feed *sql.DB // one connection, which writes

	feeding  sync.Mutex
	position atomic.Uint64
}

// Open opens the index in a file and makes a new one when there is none, when
// it cannot be read, or when it is of another log. It fails with
// [eventstore.ErrDamaged] when it is of this log and knows of acts that the
// log has lost.
func Open(ctx context.Context, file string, log Log) (*Index, error) {
	x, err := open(ctx, file, log)
	if errors.Is(err, errUseless) {
		for _, suffix := range []string{"", "-wal", "-shm"} {
			if err := os.Remove(file + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
				return nil, fmt.Errorf("index: %w", err)
			}
		}
		x, err = open(ctx, file, log)
	}
	if err != nil {
		return nil, fmt.Errorf("index: %s: %w", file, err)
	}
	return x, nil
}

// errUseless means that the file is no index of this log.
var errUseless = errors.New("not an index of this log")

func open(ctx context.Context, file string, log Log) (_ *Index, err error) {
	x := &Index{log: log}
	defer func() {
		if err != nil {
			err = errors.Join(err, x.Close())
		}
	}()
	// A log is searched by many and fed by one; nothing is lost with what was
	// not synced, because it is in the log.
	name := "file:" + (&url.URL{Path: file}).EscapedPath() + "?_journal_mode=WAL&_synchronous=NORMAL&_busy_timeout=10000"
	if x.feed, err = sql.Open("sqlite3", name+"&_txlock=immediate&_cache_size=-65536"); err != nil {
		return nil, err
	}
	x.feed.SetMaxOpenConns(1)
	if err := x.prepare(ctx); err != nil {
		return nil, err
	}
	if x.db, err = sql.Open("sqlite3", name+"&_query_only=true"); err != nil {
		return nil, err
	}
	x.db.SetMaxIdleConns(8)
	return x, x.compare(ctx)
}

// prepare makes the tables of a new index.
func (x *Index) prepare(ctx context.Context) error {
	var found int
	if err := x.feed.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&found); err != nil {
		return fmt.Errorf("%w: %w", errUseless, err)
	}
	// Big checkpoints: acts of one stream lie together, so that each touches
	// a page of its own.
	if _, err := x.feed.ExecContext(ctx, `PRAGMA wal_autocheckpoint = 10000`); err != nil {
		return err
	}
	switch found {
	case revision:
		return nil
	case 0:
	default:
		return errUseless
	}
	tx, err := x.feed.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // nothing after a commit
	for _, q := range []string{schema, fmt.Sprintf(`PRAGMA user_version = %d`, revision)} {
		if _, err := tx.ExecContext(ctx, q); err != nil {
			return fmt.Errorf("%w: %w", errUseless, err)
		}
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO log VALUES (?, 0, x'')`, x.log.Identity()); err != nil {
		return err
	}
	return tx.Commit()
}

// compare lays the index beside the log.
func (x *Index) compare(ctx context.Context) error {
	var (
		identity string
		position domain.Position
		digest   []byte
	)
	err := x.feed.QueryRowContext(ctx, `SELECT identity, position, digest FROM log`).Scan(&identity, &position, &digest)
	if err != nil || identity != x.log.Identity() {
		return errUseless
	}
	x.position.Store(uint64(position))
	last, err := x.log.Last(ctx)
	if err != nil {
		return err
	}
	if last < position {
		return fmt.Errorf("%w: it ends at %d, and once reached to %d", eventstore.ErrDamaged, last, position)
	}
	if position == 0 {
		return nil
	}
	for m, err := range x.log.Messages(ctx, position-1) {
		if err != nil {
			return err
		}
		if !bytes.Equal(digest, digestOf(m)) {
			return fmt.Errorf("%w: at %d is another act than there was", eventstore.ErrDamaged, position)
		}
		break
	}
	return nil
}

func digestOf(m eventstore.Message) []byte {
	h := sha256.New()
	h.Write([]byte(m.Stream.String()))
	h.Write([]byte{0})
	h.Write(m.Body)
	return h.Sum(nil)
}

// Close closes the file.
func (x *Index) Close() error {
	var errs []error
	for _, db := range []*sql.DB{x.db, x.feed} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// gather is how long to wait for more once the log has grown: nobody waits
// for the index, and somebody may for the read models, which go first.
const gather = 20 * time.Millisecond

// Run keeps the index up with the log until ctx is done, a moment behind it,
// and waits for a log that is unavailable. It fails with
// [eventstore.ErrDamaged] when the log is damaged.
func (x *Index) Run(ctx context.Context) error {
	for {
		grown, wait := x.log.Grown(), gather
		err := x.CatchUp(ctx)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, eventstore.ErrUnavailable):
			wait = time.Second
		case err != nil:
			return err
		default:
			select {
			case <-grown:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// batch is how many acts go into one transaction at most.
const batch = 10_000

// CatchUp reads what is in the log by now.
func (x *Index) CatchUp(ctx context.Context) error {
	x.feeding.Lock()
	defer x.feeding.Unlock()
	var messages []eventstore.Message
	for m, err := range x.log.Messages(ctx, x.Position()) {
		if err != nil {
			return errors.Join(x.add(ctx, messages), err)
		}
		messages = append(messages, m)
		if len(messages) == batch {
			if err := x.add(ctx, messages); err != nil {
				return err
			}
			messages = messages[:0]
		}
	}
	return x.add(ctx, messages)
}

// add adds messages in one transaction.
func (x *Index) add(ctx context.Context, messages []eventstore.Message) error {
	if len(messages) == 0 {
		return nil
	}
	last := messages[len(messages)-1]
	tx, err := x.feed.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // nothing after a commit
	if err := fill(ctx, tx, messages); err != nil {
		return fmt.Errorf("index: after %d: %w", x.Position(), err)
	}
	if _, err := tx.ExecContext(ctx, `UPDATE log SET position = ?, digest = ?`, last.Position, digestOf(last)); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	x.position.Store(uint64(last.Position))
	return nil
}

func fill(ctx context.Context, tx *sql.Tx, messages []eventstore.Message) error {
	act, err := tx.PrepareContext(ctx, `INSERT INTO acts VALUES (?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer act.Close() //nolint:errcheck // nothing to lose
	fact, err := tx.PrepareContext(ctx, `INSERT OR IGNORE INTO facts VALUES (?, ?, ?)`)
	if err != nil {
		return err
	}
	defer fact.Close() //nolint:errcheck // nothing to lose
	for _, m := range messages {
		env, err := m.Open()
		if err != nil {
			return err
		}
		s := m.Stream
		if s.Kind == "" {
			continue // a guard has nothing to find
		}
		if _, err := act.ExecContext(ctx, s.Programme, s.Kind, s.ID, m.Position, env.ID, env.At.UnixNano(), m.Body); err != nil {
			return err
		}
		for _, f := range env.Facts {
			if _, err := fact.ExecContext(ctx, s.Programme, f.Type, m.Position); err != nil {
				return err
			}
		}
	}
	return nil
}
