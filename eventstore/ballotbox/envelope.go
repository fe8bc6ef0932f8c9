package ballotbox

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"slices"
	"strings"

	"koersvast/domain"
	"koersvast/eventstore/ballotbox/ballot"
)

// TakeEnvelope registers that an invited person takes an envelope with a code
// from the stack, and so no credential. It is refused with [ErrIssued] for who
// has a credential, and cannot be undone: nobody knows which code they took.
func (b *Box) TakeEnvelope(person domain.PersonID) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	r, i, err := b.registered(person)
	if err != nil {
		return err
	}
	if r[i].standing == HasCredential {
		return ErrIssued
	}
	r[i].standing = TakesEnvelope
	return b.write(fileRegister, r.bytes())
}

// Envelopes makes the codes of n envelopes, to be printed and put in a stack
// from which people draw. There are never more than people who take one. The
// codes are not kept, only their keyed hashes: what is not printed now never
// can be. Their order has no relation to that in which anything is kept.
//
// It does not protect against whoever prints them and keeps a copy, who could
// use a code first: let people draw, and cast soon.
func (b *Box) Envelopes(n int) ([]string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.takesBallots(); err != nil {
		return nil, err
	}
	r, err := b.register()
	if err != nil {
		return nil, err
	}
	hashes, err := b.read(fileCodes)
	if err != nil {
		return nil, err
	}
	if n < 1 || n > r.count(TakesEnvelope)-len(hashes)/sha256.Size {
		return nil, ErrTooManyEnvelopes
	}
	codes, sorted := make([]string, n), slices.Collect(slices.Chunk(hashes, sha256.Size))
	for i := range codes {
		code := newCode()
		hash, err := b.keyedHash("koersvast-envelope-code-1", code)
		if err != nil {
			return nil, err
		}
		codes[i], sorted = grouped(code), append(sorted, hash)
	}
	slices.SortFunc(sorted, bytes.Compare)
	if err := b.write(fileCodes, slices.Concat(sorted...)); err != nil {
		return nil, err
	}
	return codes, nil
}

// BoxOf returns the box that takes ballots with a code, however it was typed.
// It refuses with [ErrBadCode]. The caller limits how often somebody may try.
func (b *Boxes) BoxOf(typed string) (*Box, error) {
	ids, err := b.IDs()
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		box, err := b.Box(id)
		if err == nil {
			err = box.hasCode(typed)
		}
		switch {
		case err == nil:
			return box, nil
		case errors.Is(err, ErrBadCode), errors.Is(err, ErrClosed), errors.Is(err, ErrUnknown): // look on
		default:
			return nil, err
		}
	}
	return nil, ErrBadCode
}

func (b *Box) hasCode(typed string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	_, err := b.codeOf(typed)
	return err
}

// CastCode casts the answers of who drew an envelope. They are sealed here,
// in memory, since there is no browser that can: this server sees them pass. A
// code casts once: the second time is refused with [ErrSpent]. It returns the
// name of the ballot, by which its owner finds it when the box is closed.
func (b *Box) CastCode(typed string, answers []byte) (ballot.Nullifier, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	code, err := b.codeOf(typed)
	if err != nil {
		return ballot.Nullifier{}, err
	}
	// Not of the hash in the file: with the box and the issuer's key in hand
	// nobody can tell which ballots came in envelopes.
	name, err := b.keyedHash("koersvast-envelope-ballot-1", code)
	if err != nil {
		return ballot.Nullifier{}, err
	}
	n := ballot.Nullifier(name)
	sealed, err := ballot.Seal(b.manifest, n, answers)
	if err != nil {
		return ballot.Nullifier{}, err
	}
	return n, b.put(record{n, sealed}, false)
}

// codeOf returns the code that somebody typed, if it is one of this box and
// the box takes ballots.
func (b *Box) codeOf(typed string) (string, error) {
	if err := b.takesBallots(); err != nil {
		return "", err
	}
	code, ok := canonical(typed)
	if !ok {
		return "", ErrBadCode
	}
	hash, err := b.keyedHash("koersvast-envelope-code-1", code)
	if err != nil {
		return "", err
	}
	hashes, err := b.read(fileCodes)
	if err != nil {
		return "", err
	}
	if _, found := slices.BinarySearchFunc(slices.Collect(slices.Chunk(hashes, sha256.Size)), hash, bytes.Compare); !found {
		return "", ErrBadCode
	}
	return code, nil
}

// keyedHash hashes a code for a purpose under a key that ends with the
// issuer's. The code has 65 random bits, so no slow hash is needed.
func (b *Box) keyedHash(purpose, code string) ([]byte, error) {
	issuer, err := b.theIssuer()
	if err != nil {
		return nil, err
	}
	key, err := issuer.Secret(b.id, purpose)
	if err != nil {
		return nil, err
	}
	h := hmac.New(sha256.New, key)
	h.Write([]byte(code))
	return h.Sum(nil), nil
}

// A code is 13 random signs, 65 bits, and one that tells most mistakes in
// typing from them.
const (
	alphabet   = "0123456789ABCDEFGHJKMNPQRSTVWXYZ" // Crockford's base 32
	codeRandom = 13
)

func newCode() string {
	b := make([]byte, codeRandom)
	_, _ = rand.Read(b) // never fails
	for i := range b {
		b[i] = alphabet[b[i]%32]
	}
	return string(append(b, checkSign(string(b))))
}

// checkSign is by Luhn's formula in base 32, which notices one wrong sign, and
// nearly always two that changed places.
func checkSign(random string) byte {
	sum := 0
	for i := range len(random) {
		v := strings.IndexByte(alphabet, random[len(random)-1-i])
		if i%2 == 0 {
			v = v*2/32 + v*2%32
		}
		sum += v
	}
	return alphabet[(32-sum%32)%32]
}

// grouped writes a code as it is printed: ABCDE-FGHJK-MNPQ.
func grouped(code string) string { return code[:5] + "-" + code[5:10] + "-" + code[10:] }

// canonical forgives how a code was typed: small letters, dashes and spaces,
// and the letters that look like a digit.
func canonical(typed string) (code string, ok bool) {
	code = strings.Map(func(r rune) rune {
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
	if len(code) != codeRandom+1 || strings.Contains(code, "?") {
		return "", false
	}
	return code, code[codeRandom] == checkSign(code[:codeRandom])
}
