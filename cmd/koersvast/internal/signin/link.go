package signin

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"koersvast/domain"
)

// A Purpose is what a one-time link is for.
type Purpose string

// Start is the purpose of the link with which a programme begins, by the
// person who is to lead it. There is one at a time.
const Start Purpose = "start"

// Link makes a one-time link and returns its token. It replaces the link that
// the same person had for the same purpose.
func (s *Store) Link(ctx context.Context, why Purpose, w Who, life time.Duration) (token string, err error) {
	token = rand.Text()
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM link WHERE purpose = ? AND (purpose = ? OR programme = ? AND person = ?) OR expires <= ?`,
			why, Start, w.Programme, w.Person, s.now().Unix()); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO link (hash, purpose, programme, person, expires) VALUES (?, ?, ?, ?, ?)`,
			s.hash("link", token), why, w.Programme, w.Person, s.now().Add(life).Unix())
		return err
	})
	if err != nil {
		return "", fmt.Errorf("signin: link to %s: %w", why, err)
	}
	return token, nil
}

// Look returns whose link it is, without using it: opening a link changes
// nothing, because mail scanners open them too. It refuses a link that is
// unknown or used with [ErrBadLink].
func (s *Store) Look(ctx context.Context, why Purpose, token string) (Who, error) {
	return s.link(s.db.QueryRowContext(ctx, `SELECT programme, person FROM link WHERE hash = ? AND purpose = ? AND expires > ? AND claimed = ''`,
		s.hash("link", token), why, s.now().Unix()))
}

// Claim uses a link for an act. Only the first act gets it, and may claim it
// again, so that a form that was sent twice has one answer.
func (s *Store) Claim(ctx context.Context, why Purpose, token string, act domain.ActID) (Who, error) {
	return s.link(s.db.QueryRowContext(ctx, `UPDATE link SET claimed = ? WHERE hash = ? AND purpose = ? AND expires > ? AND claimed IN ('', ?)
		RETURNING programme, person`, act, s.hash("link", token), why, s.now().Unix(), act))
}

// Unclaim gives a link back when the act was refused.
func (s *Store) Unclaim(ctx context.Context, token string, act domain.ActID) error {
	if _, err := s.db.ExecContext(ctx, `UPDATE link SET claimed = '' WHERE hash = ? AND claimed = ?`, s.hash("link", token), act); err != nil {
		return fmt.Errorf("signin: giving a link back: %w", err)
	}
	return nil
}

func (s *Store) link(row *sql.Row) (Who, error) {
	var w Who
	switch err := row.Scan(&w.Programme, &w.Person); {
	case errors.Is(err, sql.ErrNoRows):
		return Who{}, ErrBadLink
	case err != nil:
		return Who{}, fmt.Errorf("signin: %w", err)
	}
	return w, nil
}
