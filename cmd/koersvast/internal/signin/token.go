package signin

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/netip"
	"strings"

	"koersvast/domain"
)

// A Token lets a program in, without anybody's session: into one programme,
// for some purposes, until a day.
type Token struct {
	ID        string
	Programme domain.ProgrammeID
	Name      string   // of the program, as people know it
	Scopes    []string // what it is for
	By        domain.PersonID
	Issued    domain.Day
	Expires   domain.Day // the last day on which it is valid
	Used      domain.Day // the last day on which it was used, if it ever was
}

// tokenPrefix is how a token begins, so that it can be told from that of a
// session, and found where it should not be.
const tokenPrefix = "koersvast_"

// IsToken reports whether a secret looks like the token of a program.
func IsToken(secret string) bool { return strings.HasPrefix(secret, tokenPrefix) }

// Answers about tokens.
var (
	ErrBadToken   = domain.Refuse(domain.Forbidden, "bad_token", "this token is not known, or no longer valid")
	ErrTokenNamed = domain.Refuse(domain.Conflict, "token_named", "there is a token of that name already")
)

// IssueToken lets a program in and returns its secret, which nobody can find
// out afterwards. The name is refused with [ErrTokenNamed] when a token that
// is still valid has it.
func (s *Store) IssueToken(ctx context.Context, t Token) (secret string, err error) {
	secret = tokenPrefix + rand.Text() + rand.Text()
	today := domain.DayOf(s.now())
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM token WHERE programme = ? AND name = ? AND expires < ?`, t.Programme, t.Name, today); err != nil {
			return err
		}
		res, err := tx.ExecContext(ctx, `INSERT INTO token (hash, id, programme, name, scopes, by, issued, expires, used)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, '') ON CONFLICT (programme, name) DO NOTHING`,
			s.hash("token", secret), strings.ToLower(rand.Text()), t.Programme, t.Name, strings.Join(t.Scopes, " "), t.By, today, t.Expires)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 1 {
			return err
		}
		return ErrTokenNamed
	})
	switch {
	case errors.Is(err, ErrTokenNamed):
		return "", err
	case err != nil:
		return "", fmt.Errorf("signin: token: %w", err)
	}
	return secret, nil
}

// Tokens lists the tokens of a programme by name, those that expired too.
func (s *Store) Tokens(ctx context.Context, in domain.ProgrammeID) ([]Token, error) {
	rows, err := s.db.QueryContext(ctx, selectToken+`WHERE programme = ? ORDER BY name`, in)
	if err != nil {
		return nil, fmt.Errorf("signin: tokens of %s: %w", in, err)
	}
	defer func() { _ = rows.Close() }()
	all := []Token{}
	for rows.Next() {
		t, err := scanToken(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, rows.Err()
}

// RevokeToken makes a token of a programme worthless at once.
func (s *Store) RevokeToken(ctx context.Context, in domain.ProgrammeID, id string) error {
	if _, err := s.db.ExecContext(ctx, `DELETE FROM token WHERE programme = ? AND id = ?`, in, id); err != nil {
		return fmt.Errorf("signin: revoking a token: %w", err)
	}
	return nil
}

// Program returns the token that a program at an address shows, and remembers
// the day. It refuses with [ErrBadToken], and with [ErrTooManyTries] once too
// many were wrong.
func (s *Store) Program(ctx context.Context, secret string, from netip.Addr) (Token, error) {
	right, ok := s.tries.take(s.now(), from, "")
	if !ok {
		return Token{}, ErrTooManyTries
	}
	today := domain.DayOf(s.now())
	t, err := scanToken(s.db.QueryRowContext(ctx, selectToken+`WHERE hash = ? AND expires >= ?`, s.hash("token", secret), today))
	if errors.Is(err, ErrBadToken) {
		return t, err
	}
	right()
	if err == nil && t.Used != today {
		t.Used = today
		if _, err := s.db.ExecContext(ctx, `UPDATE token SET used = ? WHERE id = ?`, today, t.ID); err != nil {
			return Token{}, fmt.Errorf("signin: %w", err)
		}
	}
	return t, err
}

const selectToken = `SELECT id, programme, name, scopes, by, issued, expires, used FROM token `

func scanToken(row interface{ Scan(...any) error }) (t Token, err error) {
	var scopes string
	switch err := row.Scan(&t.ID, &t.Programme, &t.Name, &scopes, &t.By, &t.Issued, &t.Expires, &t.Used); {
	case errors.Is(err, sql.ErrNoRows):
		return t, ErrBadToken
	case err != nil:
		return t, fmt.Errorf("signin: %w", err)
	}
	t.Scopes = strings.Fields(scopes)
	return t, nil
}
