// Package post tells people that they are asked something: what the messages
// say, the outbox in which they wait, and the mail that takes them.
//
// An outbox is a small database beside that of package signin: it holds no
// facts. It knows whom a round invited and reminded, without texts, addresses
// or times. Reminders are for those who have not answered, and an outbox may
// not tell who they are: so everybody gets one in the outbox, and whether it
// is needed is found out only when it is their turn.
package post

import (
	"context"
	"crypto/rand"
	"database/sql"
	_ "embed"
	"fmt"
	"net/url"

	_ "github.com/mattn/go-sqlite3" // the driver

	"koersvast/domain"
)

//go:embed schema.sql
var schema string

// An Outbox keeps messages until their round is long over. It may be used by
// many at once.
type Outbox struct {
	db *sql.DB
}

// Open opens the outbox at path, which is made when it does not exist.
func Open(path string) (*Outbox, error) {
	// Without a write-ahead log, in which what was there before could be found.
	db, err := sql.Open("sqlite3", "file:"+(&url.URL{Path: path}).EscapedPath()+
		"?_journal_mode=DELETE&_synchronous=EXTRA&_busy_timeout=5000&_secure_delete=on&_txlock=immediate")
	if err != nil {
		return nil, fmt.Errorf("post: %w", err)
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(schema); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("post: %s: %w", path, err)
	}
	return &Outbox{db}, nil
}

// Close closes the outbox. What waits in it stays.
func (o *Outbox) Close() error { return o.db.Close() }

// A State is how far a message is.
type State string

const (
	Waiting State = "waiting"
	Sent    State = "sent" // or not needed
	Failed  State = "failed"
)

// Invitation is the first message about a round; what comes after it are
// reminders, by their number.
const Invitation = 0

// A Message is one that somebody is to get about a round.
type Message struct {
	ID        string             `json:"id"`
	Programme domain.ProgrammeID `json:"-"`
	Round     domain.RoundID     `json:"round"`
	Person    domain.PersonID    `json:"person"`
	Nth       int                `json:"nth" doc:"0 for the invitation, 1 for the first reminder"`
	State     State              `json:"state" enum:"waiting,failed"`
	Attempts  int                `json:"-"`
}

func (m *Message) columns() []any {
	return []any{&m.ID, &m.Programme, &m.Round, &m.Person, &m.Nth, &m.State, &m.Attempts}
}

const columns = `id, programme, round, person, nth, state, attempts`

// Put puts a message to each of these people in the outbox, unless they had it
// already. A reminder takes the place of an earlier one that still waits, and
// is not for who has not even had the invitation.
func (o *Outbox) Put(ctx context.Context, in domain.ProgrammeID, round domain.RoundID, nth int, people []domain.PersonID) error {
	tx, err := o.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("post: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // does nothing after a commit
	for _, p := range people {
		_, err := tx.ExecContext(ctx, `INSERT INTO message (`+columns+`)
			SELECT ?1, ?2, ?3, ?4, ?5, CASE WHEN EXISTS (SELECT 1 FROM message
				WHERE programme = ?2 AND round = ?3 AND person = ?4 AND nth = 0 AND state <> 'sent') THEN 'sent' ELSE 'waiting' END, 0
			ON CONFLICT DO NOTHING`, rand.Text(), in, round, p, nth)
		if err != nil {
			return fmt.Errorf("post: %w", err)
		}
	}
	if _, err := tx.ExecContext(ctx, `UPDATE message SET state = 'sent', attempts = 0
		WHERE programme = ? AND round = ? AND nth BETWEEN 1 AND ? - 1 AND state = 'waiting'`, in, round, nth); err != nil {
		return fmt.Errorf("post: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("post: %w", err)
	}
	return nil
}

// Waiting returns what waits, in no order that means anything.
func (o *Outbox) Waiting(ctx context.Context) ([]Message, error) {
	return o.messages(ctx, `WHERE state = 'waiting' ORDER BY id`)
}

// Open returns what waits or has failed in a programme.
func (o *Outbox) Open(ctx context.Context, in domain.ProgrammeID) ([]Message, error) {
	return o.messages(ctx, `WHERE programme = ? AND state <> 'sent' ORDER BY round, nth, person`, in)
}

func (o *Outbox) messages(ctx context.Context, which string, args ...any) ([]Message, error) {
	rows, err := o.db.QueryContext(ctx, `SELECT `+columns+` FROM message `+which, args...)
	if err != nil {
		return nil, fmt.Errorf("post: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []Message
	for rows.Next() {
		var m Message
		if err := rows.Scan(m.columns()...); err != nil {
			return nil, fmt.Errorf("post: %w", err)
		}
		list = append(list, m)
	}
	return list, rows.Err()
}

// Sent says that a message was sent, or that it is not needed: afterwards
// nobody can tell which.
func (o *Outbox) Sent(ctx context.Context, in domain.ProgrammeID, id string) error {
	return o.exec(ctx, `UPDATE message SET state = 'sent', attempts = 0 WHERE programme = ? AND id = ?`, in, id)
}

// Tried says that a message could not be sent this time. Of a reminder that is
// not kept: it would say that one was needed.
func (o *Outbox) Tried(ctx context.Context, m Message) error {
	return o.exec(ctx, `UPDATE message SET attempts = attempts + 1 WHERE id = ? AND nth = 0 AND state = 'waiting'`, m.ID)
}

// Failed says that a message cannot be sent. Neither is that kept of a
// reminder.
func (o *Outbox) Failed(ctx context.Context, m Message) error {
	if m.Nth != Invitation {
		return o.Sent(ctx, m.Programme, m.ID)
	}
	return o.exec(ctx, `UPDATE message SET state = 'failed', attempts = 0 WHERE id = ?`, m.ID)
}

// A Place is a round of a programme.
type Place struct {
	Programme domain.ProgrammeID
	Round     domain.RoundID
}

// Rounds returns the rounds that messages are about.
func (o *Outbox) Rounds(ctx context.Context) ([]Place, error) {
	rows, err := o.db.QueryContext(ctx, `SELECT DISTINCT programme, round FROM message`)
	if err != nil {
		return nil, fmt.Errorf("post: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []Place
	for rows.Next() {
		var p Place
		if err := rows.Scan(&p.Programme, &p.Round); err != nil {
			return nil, fmt.Errorf("post: %w", err)
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

// Stop takes out what still waits about a round.
func (o *Outbox) Stop(ctx context.Context, p Place) error {
	return o.exec(ctx, `DELETE FROM message WHERE programme = ? AND round = ? AND state <> 'sent'`, p.Programme, p.Round)
}

// Forget takes out everything about a round.
func (o *Outbox) Forget(ctx context.Context, p Place) error {
	return o.exec(ctx, `DELETE FROM message WHERE programme = ? AND round = ?`, p.Programme, p.Round)
}

func (o *Outbox) exec(ctx context.Context, statement string, args ...any) error {
	if _, err := o.db.ExecContext(ctx, statement, args...); err != nil {
		return fmt.Errorf("post: %w", err)
	}
	return nil
}
