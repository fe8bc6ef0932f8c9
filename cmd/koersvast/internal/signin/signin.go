// Package signin knows who may come in, and who is in: personal codes,
// one-time links, sessions, the secrets by which programs read somebody's
// calendar, and the tokens by which they read released numbers. None of it is
// a fact of the programme, so it stands in a small database of its own instead
// of in the log.
//
// Nothing in that database lets anybody in: codes, links, tokens and secrets
// are kept as keyed hashes only, and the key is not in it.
package signin

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	_ "embed"
	"fmt"
	"net/url"
	"sync"
	"time"

	_ "github.com/mattn/go-sqlite3" // the driver

	"koersvast/domain"
)

//go:embed schema.sql
var schema string

// How long things last.
const (
	CodeLife    = 365 * 24 * time.Hour
	SessionLife = 30 * 24 * time.Hour
	SessionIdle = 12 * time.Hour
)

// What this package answers to someone who wants to come in.
var (
	ErrBadCode      = domain.Refuse(domain.Invalid, "bad_code", "this code is not known, or no longer valid")
	ErrBadLink      = domain.Refuse(domain.NotFound, "bad_link", "this link is not known, or has been used")
	ErrTooManyTries = domain.Refuse(domain.Unavailable, "too_many_tries", "too many codes were tried; wait a minute")
)

// Who is a person of a programme.
type Who struct {
	Programme domain.ProgrammeID
	Person    domain.PersonID
}

// A Store keeps codes, links and sessions. It may be used by many at once.
type Store struct {
	db     *sql.DB
	secret []byte
	now    func() time.Time
	tries  *tries

	mu   sync.Mutex
	ends map[string]map[chan struct{}]bool // session → those who wait for its end
}

// Open opens the database at path, which is made when it does not exist. The
// secret keys its hashes: with another secret, every code, link and session
// is unknown.
func Open(path string, secret []byte, now func() time.Time) (*Store, error) {
	if len(secret) < 16 {
		return nil, fmt.Errorf("signin: a secret of %d bytes is too short", len(secret))
	}
	// One connection: these are small writes, which SQLite would queue anyway.
	db, err := sql.Open("sqlite3", "file:"+(&url.URL{Path: path}).EscapedPath()+
		"?_journal_mode=WAL&_synchronous=FULL&_busy_timeout=5000&_secure_delete=on&_txlock=immediate")
	if err != nil {
		return nil, fmt.Errorf("signin: %w", err)
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(schema); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("signin: %s: %w", path, err)
	}
	return &Store{db: db, secret: secret, now: now, tries: newTries(), ends: map[string]map[chan struct{}]bool{}}, nil
}

// Close closes the database. Sessions stay.
func (s *Store) Close() error { return s.db.Close() }

// hash is what the database keeps of a secret. What it is for is part of it,
// so that a hash of one kind is never taken for one of another.
func (s *Store) hash(purpose, secret string) []byte {
	m := hmac.New(sha256.New, s.secret)
	_, _ = m.Write([]byte(purpose + "\x00" + secret))
	return m.Sum(nil)
}

// inTx runs f in a transaction, which is undone when f fails.
func (s *Store) inTx(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after a commit
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}
