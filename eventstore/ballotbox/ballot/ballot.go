// Package ballot is what both sides of a ballot box compute: the rater's
// browser and the server, or a program in the place of either. It knows no
// files and keeps nothing.
//
// A box is described by its [Manifest]; the [BoxID] is its digest. A rater who
// is signed in asks once for a [Credential]: a blind signature (RFC 9474,
// RSABSSA-SHA384-PSS-Randomized) on a random message that names the box, which
// the [Issuer] signs without seeing it. Later, and without saying who they
// are, they cast a [Ballot]: the credential, and their answers sealed (RFC
// 9180, DHKEM(P-256), HKDF-SHA256, AES-256-GCM) to the opening key of the
// round. The [Nullifier] names the ballot in the box and ties the sealed
// answers to it.
//
// What this does not protect against: a server that describes the box
// differently to one rater, unless the rater compares the box id with the one
// in the log; somebody who sees both requests of a rater arrive; k-1 raters
// who put their answers together.
package ballot

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"koersvast/domain"
)

// What a rater, or the holder of a key, is told.
var (
	ErrSize       = domain.Refuse(domain.Invalid, "ballot_size", "this has not the size that it must have")
	ErrInvalid    = domain.Refuse(domain.Forbidden, "ballot_invalid", "this credential was not given out for this box")
	ErrWrongBox   = domain.Refuse(domain.Invalid, "ballot_wrong_box", "this credential is for another box")
	ErrWrongKey   = domain.Refuse(domain.Forbidden, "ballot_wrong_key", "this key does not open this")
	ErrPassphrase = domain.Refuse(domain.Forbidden, "ballot_wrong_passphrase", "this passphrase does not open the key")
)

// Every message of one kind has one size, in bytes, so that size says nothing.
const (
	PreparedSize  = 32 + len(ballotPrefix) + 32 + 32 // random, and a message: prefix, box, random
	SignatureSize = 256                              // RSA-2048, blind or not
	AnswersSize   = plainSize - 4                    // the longest answers
	SealedSize    = 65 + plainSize + 16              // encapsulated key, ciphertext, tag
	Size          = 1 + PreparedSize + SignatureSize + SealedSize

	plainSize = 4096 // length, answers, zeros
)

// The prefixes keep what is hashed, signed or sealed for one purpose from
// meaning anything for another.
const (
	boxPrefix       = "koersvast-box-1\x00"
	ballotPrefix    = "koersvast-ballot-1\x00"
	nullifierPrefix = "koersvast-nullifier-1\x00"
	invitedPrefix   = "koersvast-invited-1\x00"
	openingPrefix   = "koersvast-opening-1\x00"
	coachPrefix     = "koersvast-coach-1\x00"
)

// A BoxID names a box by what its manifest says.
type BoxID [32]byte

func (id BoxID) String() string { return hex.EncodeToString(id[:]) }

// ReadBoxID reads what [BoxID.String] writes.
func ReadBoxID(s string) (id BoxID, ok bool) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != len(id) || hex.EncodeToString(b) != s {
		return id, false
	}
	return BoxID(b), true
}

// A Nullifier names a ballot in its box, and nothing else: who holds the
// credential can compute it, and from it nobody can compute the credential.
// When the box is closed the nullifiers that were counted are published, so
// that raters find their own.
type Nullifier [32]byte

func (n Nullifier) String() string { return hex.EncodeToString(n[:]) }

// A Credential lets its holder cast one ballot in one box, and replace it
// until the box is closed. Keep it where the rater keeps things: it is all
// that is needed to change the answers.
type Credential struct {
	Prepared  []byte // PreparedSize
	Signature []byte // SignatureSize
}

// Box returns the box that the credential says it is for. The credential must
// have its size.
func (c Credential) Box() BoxID {
	return BoxID(c.Prepared[32+len(ballotPrefix):])
}

// Nullifier returns the name of the ballot that the credential casts.
func (c Credential) Nullifier() Nullifier {
	return sha256.Sum256(slices.Concat([]byte(nullifierPrefix), c.Prepared))
}

// A Ballot is what a rater sends without saying who they are.
type Ballot struct {
	Credential
	Sealed  []byte // SealedSize, see Seal
	Replace bool   // what was cast with this credential before
}

// Bytes returns the ballot as it is sent, always [Size] bytes: 1 if it
// replaces and 0 if not, the prepared message, the signature, the sealed
// answers.
func (b Ballot) Bytes() []byte {
	replace := byte(0)
	if b.Replace {
		replace = 1
	}
	return slices.Concat([]byte{replace}, b.Prepared, b.Signature, b.Sealed)
}

// Read reads a ballot as it was sent. It refuses with [ErrSize].
func Read(b []byte) (Ballot, error) {
	if len(b) != Size || b[0] > 1 {
		return Ballot{}, ErrSize
	}
	replace, b := b[0] == 1, b[1:]
	return Ballot{
		Replace: replace,
		Credential: Credential{
			Prepared:  b[:PreparedSize],
			Signature: b[PreparedSize:][:SignatureSize],
		},
		Sealed: b[PreparedSize+SignatureSize:],
	}, nil
}
