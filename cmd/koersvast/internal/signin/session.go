package signin

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
)

// A Session is somebody being in, in one browser or program.
type Session struct {
	Who
	ID       string // names it in a list; it does not let anybody in
	Language string // the one that was chosen, if any
	Made     time.Time
	Seen     time.Time

	Program *Token // that was shown, when it is no person
}

// ErrNoSession means that a token is of no session, or of one that is over.
var ErrNoSession = errors.New("signin: no such session")

// seenEvery is how far Seen may be behind, so that reading a page is not a
// write each time.
const seenEvery = time.Minute

// Begin starts a session and returns its token. The session of an older
// token, if there is one, ends: a token from before signing in is worth
// nothing afterwards.
func (s *Store) Begin(ctx context.Context, w Who, language, older string) (token string, err error) {
	if err := s.end(ctx, `hash = ? OR made <= ? OR seen <= ?`,
		s.hash("session", older), s.now().Add(-SessionLife).Unix(), s.now().Add(-SessionIdle).Unix()); err != nil {
		return "", err
	}
	token = rand.Text() + rand.Text()
	now := s.now().Unix()
	if _, err := s.db.ExecContext(ctx, `INSERT INTO session (hash, id, programme, person, language, made, seen) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		s.hash("session", token), strings.ToLower(rand.Text()), w.Programme, w.Person, language, now, now); err != nil {
		return "", fmt.Errorf("signin: beginning a session: %w", err)
	}
	return token, nil
}

// Session returns the session of a token, and remembers that it was used. It
// fails with [ErrNoSession].
func (s *Store) Session(ctx context.Context, token string) (Session, error) {
	v, err := s.Peek(ctx, token)
	if err == nil && s.now().Sub(v.Seen) >= seenEvery {
		v.Seen = s.now()
		if _, err := s.db.ExecContext(ctx, `UPDATE session SET seen = ? WHERE id = ?`, v.Seen.Unix(), v.ID); err != nil {
			return Session{}, fmt.Errorf("signin: %w", err)
		}
	}
	return v, err
}

// Peek is Session for those who only look: it keeps nobody in.
func (s *Store) Peek(ctx context.Context, token string) (Session, error) {
	if token == "" {
		return Session{}, ErrNoSession
	}
	return scanSession(s.db.QueryRowContext(ctx, `SELECT id, programme, person, language, made, seen FROM session
		WHERE hash = ? AND made > ? AND seen > ?`,
		s.hash("session", token), s.now().Add(-SessionLife).Unix(), s.now().Add(-SessionIdle).Unix()))
}

// Sessions lists somebody's sessions, the one used last first.
func (s *Store) Sessions(ctx context.Context, w Who) ([]Session, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, programme, person, language, made, seen FROM session
		WHERE programme = ? AND person = ? AND made > ? AND seen > ? ORDER BY seen DESC, id`,
		w.Programme, w.Person, s.now().Add(-SessionLife).Unix(), s.now().Add(-SessionIdle).Unix())
	if err != nil {
		return nil, fmt.Errorf("signin: sessions of %s: %w", w.Person, err)
	}
	defer func() { _ = rows.Close() }()
	var all []Session
	for rows.Next() {
		v, err := scanSession(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

func scanSession(row interface{ Scan(...any) error }) (Session, error) {
	var (
		v          Session
		made, seen int64
	)
	switch err := row.Scan(&v.ID, &v.Programme, &v.Person, &v.Language, &made, &seen); {
	case errors.Is(err, sql.ErrNoRows):
		return Session{}, ErrNoSession
	case err != nil:
		return Session{}, fmt.Errorf("signin: %w", err)
	}
	v.Made, v.Seen = time.Unix(made, 0), time.Unix(seen, 0)
	return v, nil
}

// Speak remembers the language that somebody chose.
func (s *Store) Speak(ctx context.Context, session, language string) error {
	if _, err := s.db.ExecContext(ctx, `UPDATE session SET language = ? WHERE id = ?`, language, session); err != nil {
		return fmt.Errorf("signin: language: %w", err)
	}
	return nil
}

// End ends one of somebody's sessions. Another's it leaves alone.
func (s *Store) End(ctx context.Context, w Who, session string) error {
	return s.end(ctx, `programme = ? AND person = ? AND id = ?`, w.Programme, w.Person, session)
}

// EndAll ends all of somebody's sessions.
func (s *Store) EndAll(ctx context.Context, w Who) error {
	return s.end(ctx, `programme = ? AND person = ?`, w.Programme, w.Person)
}

// Ended returns a channel that is closed when a session is ended, by whomever
// and for whatever reason but the passing of time. The caller calls forget
// when it no longer waits.
func (s *Store) Ended(session string) (ended <-chan struct{}, forget func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := make(chan struct{})
	if s.ends[session] == nil {
		s.ends[session] = map[chan struct{}]bool{}
	}
	s.ends[session][c] = true
	return c, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if delete(s.ends[session], c); len(s.ends[session]) == 0 {
			delete(s.ends, session)
		}
	}
}

// end deletes sessions and tells those who wait for their end.
func (s *Store) end(ctx context.Context, where string, args ...any) error {
	rows, err := s.db.QueryContext(ctx, `DELETE FROM session WHERE `+where+` RETURNING id`, args...)
	if err != nil {
		return fmt.Errorf("signin: ending sessions: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return fmt.Errorf("signin: ending sessions: %w", err)
		}
		s.tell(id)
	}
	return rows.Err()
}

func (s *Store) tell(session string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.ends[session] {
		close(c)
	}
	delete(s.ends, session)
}
