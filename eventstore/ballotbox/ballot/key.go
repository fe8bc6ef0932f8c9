package ballot

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"fmt"
	"slices"

	"golang.org/x/text/unicode/norm"

	"koersvast/domain"
)

// NewKey makes a key pair: the opening key of a round, whose private half is
// sealed at once to the coach and then forgotten, or the standing key of a
// coach, whose private half is wrapped under a passphrase where it was made.
func NewKey() (*ecdh.PrivateKey, error) {
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("ballot: %w", err)
	}
	return key, nil
}

// SealKey seals the opening key of a round to a coach's public key, so that
// nobody else can open the round's boxes, and nobody can hand the coach the
// key of another round. It is HPKE as for ballots, with the round in the info
// and without additional data: encapsulated key (65), ciphertext of the 32
// bytes of the scalar, tag (16).
//
// It does not protect against a server that keeps the opening key in spite of
// this.
func SealKey(coach *ecdh.PublicKey, round domain.RoundID, opening *ecdh.PrivateKey) ([]byte, error) {
	return seal(coach, openingInfo(round), nil, opening.Bytes())
}

// OpenKey returns the opening key that was sealed for a round. It refuses with
// [ErrWrongKey].
func OpenKey(coach *ecdh.PrivateKey, round domain.RoundID, sealed []byte) (*ecdh.PrivateKey, error) {
	b, err := open(coach, openingInfo(round), nil, sealed)
	if err != nil {
		return nil, ErrWrongKey
	}
	return ReadKey(b)
}

// ReadKey reads the 32 bytes of a private key, as a coach's browser sends an
// opening key when a round is closed. It refuses with [ErrWrongKey].
func ReadKey(b []byte) (*ecdh.PrivateKey, error) {
	key, err := ecdh.P256().NewPrivateKey(b)
	if err != nil {
		return nil, ErrWrongKey
	}
	return key, nil
}

func openingInfo(round domain.RoundID) []byte { return []byte(openingPrefix + string(round)) }

// How a coach's private key is wrapped: the version, a salt, a nonce, and the
// ciphertext with its tag. The key is PKCS #8; it is encrypted with
// AES-256-GCM, bound to a prefix, under PBKDF2-HMAC-SHA-256 of the passphrase
// in NFC and UTF-8.
const (
	wrapVersion    = 1
	wrapSalt       = 16
	wrapNonce      = 12
	wrapIterations = 600_000
)

// Wrap wraps a private key under a passphrase. The wrapped key can be kept by
// a server that must not know it, for as long as the passphrase is too good to
// be guessed by somebody who tries without end.
func Wrap(key *ecdh.PrivateKey, passphrase string) ([]byte, error) {
	plain, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, fmt.Errorf("ballot: wrapping: %w", err)
	}
	defer clear(plain)
	head := make([]byte, 1+wrapSalt+wrapNonce)
	_, _ = rand.Read(head[1:]) // never fails
	head[0] = wrapVersion
	salt, nonce := head[1:][:wrapSalt], head[1+wrapSalt:]
	under, err := passphraseKey(passphrase, salt)
	if err != nil {
		return nil, err
	}
	return under.Seal(slices.Clone(head), nonce, plain, []byte(coachPrefix)), nil
}

// Unwrap returns the private key that [Wrap], or a coach's browser, wrapped.
// It refuses with [ErrPassphrase].
func Unwrap(wrapped []byte, passphrase string) (*ecdh.PrivateKey, error) {
	if len(wrapped) < 1+wrapSalt+wrapNonce || wrapped[0] != wrapVersion {
		return nil, ErrSize
	}
	salt, nonce := wrapped[1:][:wrapSalt], wrapped[1+wrapSalt:][:wrapNonce]
	under, err := passphraseKey(passphrase, salt)
	if err != nil {
		return nil, err
	}
	plain, err := under.Open(nil, nonce, wrapped[1+wrapSalt+wrapNonce:], []byte(coachPrefix))
	if err != nil {
		return nil, ErrPassphrase
	}
	defer clear(plain)
	k, err := x509.ParsePKCS8PrivateKey(plain)
	if err != nil {
		return nil, ErrWrongKey
	}
	key, ok := k.(*ecdsa.PrivateKey)
	if !ok || key.Curve != elliptic.P256() {
		return nil, ErrWrongKey
	}
	return key.ECDH()
}

func passphraseKey(passphrase string, salt []byte) (cipher.AEAD, error) {
	k, err := pbkdf2.Key(sha256.New, norm.NFC.String(passphrase), salt, wrapIterations, 32)
	if err != nil {
		return nil, fmt.Errorf("ballot: wrapping: %w", err)
	}
	defer clear(k)
	block, err := aes.NewCipher(k)
	if err != nil {
		return nil, fmt.Errorf("ballot: wrapping: %w", err)
	}
	return cipher.NewGCM(block)
}
