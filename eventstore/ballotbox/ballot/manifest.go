package ballot

import (
	"bytes"
	"crypto/ecdh"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"koersvast/domain"
)

// A Manifest says all that a rater has to know of a box before asking for a
// credential. Its id stands in the log before the first credential is given
// out: a box with a key of its own for one rater would recognise that rater.
//
// Its bytes are canonical JSON (RFC 8785): the fields below in this order, no
// space, byte strings in standard base 64 with padding.
type Manifest struct {
	Group         domain.RaterGroup `json:"group"`
	Invited       int               `json:"invited"`          // how many
	InvitedDigest []byte            `json:"invited_digest"`   // see InvitedDigest
	Issuer        []byte            `json:"issuer"`           // RSA-2048, SubjectPublicKeyInfo
	K             int               `json:"k"`                // fewer answers are never opened
	Opening       []byte            `json:"opening"`          // P-256, uncompressed point
	Questions     []byte            `json:"questions_digest"` // SHA-256 of what is asked
	Round         domain.RoundID    `json:"round"`
	Version       int               `json:"version"`
}

// Version is that of the manifests, and of all that this package computes.
const Version = 1

// Bytes returns the manifest as it is hashed and sent.
func (m Manifest) Bytes() []byte {
	b, err := json.Marshal(m)
	if err != nil {
		panic(err) // texts, numbers and bytes
	}
	return b
}

// ID returns the digest by which the box is known.
func (m Manifest) ID() BoxID {
	return sha256.Sum256(slices.Concat([]byte(boxPrefix), m.Bytes()))
}

// ReadManifest reads what [Manifest.Bytes] returns and nothing else, and
// checks it.
func ReadManifest(b []byte) (Manifest, error) {
	var m Manifest
	if err := json.Unmarshal(b, &m); err != nil {
		return Manifest{}, fmt.Errorf("ballot: manifest: %w", err)
	}
	if !bytes.Equal(m.Bytes(), b) {
		return Manifest{}, errors.New("ballot: the manifest is not in its canonical form")
	}
	return m, m.Check()
}

// Check reports what is wrong with a manifest.
func (m Manifest) Check() error {
	_, issuer := m.issuer()
	_, opening := m.opening()
	switch {
	case m.Version != Version:
		return fmt.Errorf("ballot: manifest of version %d, want %d", m.Version, Version)
	case !domain.ValidID(string(m.Round)) || !domain.ValidID(string(m.Group)):
		return errors.New("ballot: manifest without round or group")
	case m.Invited < 1 || m.K < 1:
		return fmt.Errorf("ballot: manifest of %d invited people, and a threshold of %d", m.Invited, m.K)
	case len(m.InvitedDigest) != sha256.Size || len(m.Questions) != sha256.Size:
		return errors.New("ballot: manifest with a digest that is none")
	}
	return errors.Join(issuer, opening)
}

// InvitedDigest returns the digest of a frozen list of invited people: SHA-256
// of a prefix and the ids, sorted, each followed by a line feed.
func InvitedDigest(invited []domain.PersonID) []byte {
	h := sha256.New()
	h.Write([]byte(invitedPrefix))
	for _, p := range slices.Sorted(slices.Values(invited)) {
		h.Write([]byte(p + "\n"))
	}
	return h.Sum(nil)
}

func (m Manifest) issuer() (*rsa.PublicKey, error) {
	k, err := x509.ParsePKIXPublicKey(m.Issuer)
	if err != nil {
		return nil, fmt.Errorf("ballot: issuer of the manifest: %w", err)
	}
	pub, ok := k.(*rsa.PublicKey)
	if !ok || pub.N.BitLen() != 8*SignatureSize || pub.E != 65537 {
		return nil, errors.New("ballot: the issuer of the manifest has no RSA-2048 key with exponent 65537")
	}
	return pub, nil
}

func (m Manifest) opening() (*ecdh.PublicKey, error) {
	pub, err := ecdh.P256().NewPublicKey(m.Opening)
	if err != nil {
		return nil, fmt.Errorf("ballot: opening key of the manifest: %w", err)
	}
	return pub, nil
}
