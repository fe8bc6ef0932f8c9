package signin

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/netip"
	"strings"

	"koersvast/domain"
)

// A code is a locator, which finds it, and a secret of 65 random bits.
const (
	locatorLength = 4
	secretLength  = 13
	alphabet      = "0123456789ABCDEFGHJKMNPQRSTVWXYZ" // Crockford's base 32
)

// Issue gives somebody a new personal code, in groups as it is printed. The
// code they had before is no longer valid; their sessions go on.
func (s *Store) Issue(ctx context.Context, w Who) (code string, err error) {
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM code WHERE (programme = ? AND person = ?) OR expires <= ?`,
			w.Programme, w.Person, s.now().Unix()); err != nil {
			return err
		}
		for {
			locator, secret := random(locatorLength), random(secretLength)
			res, err := tx.ExecContext(ctx, `INSERT INTO code (locator, hash, programme, person, expires) VALUES (?, ?, ?, ?, ?)
				ON CONFLICT (locator) DO NOTHING`,
				locator, s.hash("code", locator+secret), w.Programme, w.Person, s.now().Add(CodeLife).Unix())
			if err != nil {
				return err
			}
			if n, err := res.RowsAffected(); err != nil || n == 1 {
				code = grouped(locator + secret)
				return err
			}
		}
	})
	if err != nil {
		return "", fmt.Errorf("signin: code of %s: %w", w.Person, err)
	}
	return code, nil
}

// Withdraw makes somebody's code, the links that were sent to them and the
// secret of their calendar invalid, and ends their sessions.
func (s *Store) Withdraw(ctx context.Context, w Who) error {
	if _, err := s.db.ExecContext(ctx, `DELETE FROM code WHERE programme = ? AND person = ?`, w.Programme, w.Person); err != nil {
		return fmt.Errorf("signin: withdrawing the code of %s: %w", w.Person, err)
	}
	if _, err := s.db.ExecContext(ctx, `DELETE FROM invitation WHERE programme = ? AND person = ?`, w.Programme, w.Person); err != nil {
		return fmt.Errorf("signin: withdrawing the invitations of %s: %w", w.Person, err)
	}
	if err := s.Unsubscribe(ctx, w); err != nil {
		return err
	}
	return s.EndAll(ctx, w)
}

// HasCode reports whether somebody has a code that is valid.
func (s *Store) HasCode(ctx context.Context, w Who) (has bool, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM code WHERE programme = ? AND person = ? AND expires > ?)`,
		w.Programme, w.Person, s.now().Unix()).Scan(&has)
	if err != nil {
		return false, fmt.Errorf("signin: %w", err)
	}
	return has, nil
}

// Holders returns who in a programme has a code that is valid.
func (s *Store) Holders(ctx context.Context, in domain.ProgrammeID) (map[domain.PersonID]bool, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT person FROM code WHERE programme = ? AND expires > ?`, in, s.now().Unix())
	if err != nil {
		return nil, fmt.Errorf("signin: codes of %s: %w", in, err)
	}
	defer func() { _ = rows.Close() }()
	have := map[domain.PersonID]bool{}
	for rows.Next() {
		var p domain.PersonID
		if err := rows.Scan(&p); err != nil {
			return nil, fmt.Errorf("signin: codes of %s: %w", in, err)
		}
		have[p] = true
	}
	return have, rows.Err()
}

// WhoHas returns whose code somebody at an address typed. It refuses with
// [ErrBadCode], and with [ErrTooManyTries] once too many codes were wrong:
// from that address, of that locator, or everywhere together.
func (s *Store) WhoHas(ctx context.Context, typed string, from netip.Addr) (Who, error) {
	code := canonical(typed)
	var locator string
	if len(code) == locatorLength+secretLength {
		locator = code[:locatorLength]
	}
	right, ok := s.tries.take(s.now(), from, locator)
	if !ok {
		return Who{}, ErrTooManyTries
	}
	if locator == "" {
		return Who{}, ErrBadCode
	}
	var (
		w    Who
		hash []byte
	)
	err := s.db.QueryRowContext(ctx, `SELECT programme, person, hash FROM code WHERE locator = ? AND expires > ?`,
		locator, s.now().Unix()).Scan(&w.Programme, &w.Person, &hash)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return Who{}, ErrBadCode
	case err != nil:
		return Who{}, fmt.Errorf("signin: %w", err)
	case !hmac.Equal(hash, s.hash("code", code)):
		return Who{}, ErrBadCode
	}
	right()
	return w, nil
}

// random returns n random characters of the alphabet.
func random(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: it ends the program instead
	for i := range b {
		b[i] = alphabet[b[i]%32]
	}
	return string(b)
}

// grouped writes a code as it is printed: ABCD-EFGH-JKMN-PQRST.
func grouped(code string) string {
	return code[:4] + "-" + code[4:8] + "-" + code[8:12] + "-" + code[12:]
}

// canonical forgives how a code was typed: small letters, dashes and spaces,
// and the letters that look like a digit. Any other sign spoils it.
func canonical(typed string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			r -= 'a' - 'A'
		case strings.ContainsRune(" -\u00a0\u2010\u2011\u2012\u2013\u2014.\t\r\n", r):
			return -1
		}
		switch r {
		case 'O':
			return '0'
		case 'I', 'L':
			return '1'
		}
		if r > 'Z' || !strings.ContainsRune(alphabet, r) {
			return '?'
		}
		return r
	}, typed)
}
