package signin

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
)

// Subscribe gives somebody the secret of their calendar, by which programs can
// read it without signing in. It replaces the one that they had.
func (s *Store) Subscribe(ctx context.Context, w Who) (token string, err error) {
	token = rand.Text() + rand.Text()
	if _, err := s.db.ExecContext(ctx, `INSERT INTO feed (hash, programme, person) VALUES (?, ?, ?)
		ON CONFLICT (programme, person) DO UPDATE SET hash = excluded.hash`,
		s.hash("feed", token), w.Programme, w.Person); err != nil {
		return "", fmt.Errorf("signin: calendar of %s: %w", w.Person, err)
	}
	return token, nil
}

// Unsubscribe makes the secret of somebody's calendar worthless.
func (s *Store) Unsubscribe(ctx context.Context, w Who) error {
	if _, err := s.db.ExecContext(ctx, `DELETE FROM feed WHERE programme = ? AND person = ?`, w.Programme, w.Person); err != nil {
		return fmt.Errorf("signin: calendar of %s: %w", w.Person, err)
	}
	return nil
}

// Subscribed reports whether there is a secret of somebody's calendar.
func (s *Store) Subscribed(ctx context.Context, w Who) (is bool, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM feed WHERE programme = ? AND person = ?)`, w.Programme, w.Person).Scan(&is)
	if err != nil {
		return false, fmt.Errorf("signin: %w", err)
	}
	return is, nil
}

// Subscriber returns whose calendar a secret opens. It refuses one that is not
// known with [ErrBadLink].
func (s *Store) Subscriber(ctx context.Context, token string) (w Who, err error) {
	switch err := s.db.QueryRowContext(ctx, `SELECT programme, person FROM feed WHERE hash = ?`, s.hash("feed", token)).Scan(&w.Programme, &w.Person); {
	case errors.Is(err, sql.ErrNoRows):
		return Who{}, ErrBadLink
	case err != nil:
		return Who{}, fmt.Errorf("signin: %w", err)
	}
	return w, nil
}
