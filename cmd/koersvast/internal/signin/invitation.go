package signin

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
	"time"

	"koersvast/domain"
)

// ErrBadInvitation refuses a link in a message that lets nobody in.
var ErrBadInvitation = domain.Refuse(domain.NotFound, "bad_invitation", "this link is not known, or in use by another browser")

// An Invitation is a link that lets somebody in to answer in a round. The
// first browser that accepts it can use it again until it expires, and no
// other browser can: what is forwarded, or lies around, is worth nothing once
// it was used.
type Invitation struct {
	Who
	Round domain.RoundID
}

// Invite makes a link and returns its token. The same use of the same
// invitation has the same link, however often it is asked for; it is good until
// the moment that was said first.
func (s *Store) Invite(ctx context.Context, i Invitation, use string, until time.Time) (token string, err error) {
	token = s.derived(strings.Join([]string{"invitation", string(i.Programme), string(i.Person), string(i.Round), use}, "\x00"))
	_, err = s.db.ExecContext(ctx, `INSERT INTO invitation (hash, programme, person, round, browser, expires) VALUES (?, ?, ?, ?, '', ?)
		ON CONFLICT DO NOTHING`,
		s.hash("invitation", token), i.Programme, i.Person, i.Round, until.Unix())
	if err == nil {
		_, err = s.db.ExecContext(ctx, `DELETE FROM invitation WHERE expires <= ?`, s.now().Unix())
	}
	if err != nil {
		return "", fmt.Errorf("signin: invitation to a round: %w", err)
	}
	return token, nil
}

// derived returns 130 bits that only who has the secret can know.
func (s *Store) derived(of string) string {
	m := hmac.New(sha256.New, s.secret)
	_, _ = m.Write([]byte("token\x00" + of))
	return base32.StdEncoding.EncodeToString(m.Sum(nil))[:26]
}

// Invited returns whose invitation it is, without using it: mail scanners open
// links too. It refuses with [ErrBadInvitation] one that is unknown, over, or in use
// by another browser.
func (s *Store) Invited(ctx context.Context, token, browser string) (Invitation, error) {
	return s.invitation(s.db.QueryRowContext(ctx, `SELECT programme, person, round FROM invitation
		WHERE hash = ? AND expires > ? AND browser IN ('', ?)`,
		s.hash("invitation", token), s.now().Unix(), s.browser(browser)))
}

// Accept uses an invitation from a browser, which is named by something that
// only that browser knows.
func (s *Store) Accept(ctx context.Context, token, browser string) (Invitation, error) {
	return s.invitation(s.db.QueryRowContext(ctx, `UPDATE invitation SET browser = ?1
		WHERE hash = ?2 AND expires > ?3 AND browser IN ('', ?1) RETURNING programme, person, round`,
		s.browser(browser), s.hash("invitation", token), s.now().Unix()))
}

// browser is what is kept of a browser's name. No name is no browser.
func (s *Store) browser(name string) string {
	if name == "" {
		return ""
	}
	return fmt.Sprintf("%x", s.hash("browser", name))
}

func (s *Store) invitation(row *sql.Row) (Invitation, error) {
	var i Invitation
	switch err := row.Scan(&i.Programme, &i.Person, &i.Round); {
	case errors.Is(err, sql.ErrNoRows):
		return Invitation{}, ErrBadInvitation
	case err != nil:
		return Invitation{}, fmt.Errorf("signin: %w", err)
	}
	return i, nil
}

// Language returns the language that somebody chose last, as far as a session
// of theirs still knows; otherwise none.
func (s *Store) Language(ctx context.Context, w Who) (language string, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT language FROM session WHERE programme = ? AND person = ? AND language <> ''
		ORDER BY seen DESC, id LIMIT 1`, w.Programme, w.Person).Scan(&language)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("signin: %w", err)
	}
	return language, nil
}
