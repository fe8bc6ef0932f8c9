package ballot

import (
	"crypto/ecdh"
	"crypto/hpke"
	"encoding/binary"
	"fmt"
	"slices"
)

// Seal seals answers for the holder of the box's opening key, as the ballot
// with that nullifier. Answers are at most [AnswersSize] bytes, else it
// refuses with [ErrSize]; no answers at all is how a rater withdraws. What
// comes out is always [SealedSize] bytes, and differs every time.
func Seal(m Manifest, n Nullifier, answers []byte) ([]byte, error) {
	if len(answers) > AnswersSize {
		return nil, ErrSize
	}
	plain := make([]byte, plainSize)
	binary.BigEndian.PutUint32(plain, uint32(len(answers)))
	copy(plain[4:], answers)
	to, err := m.opening()
	if err != nil {
		return nil, err
	}
	return seal(to, ballotInfo(m.ID()), n[:], plain)
}

// Open returns the answers of a ballot. It refuses with [ErrWrongKey] what was
// not sealed to this key, in this box, as this ballot.
func Open(key *ecdh.PrivateKey, box BoxID, n Nullifier, sealed []byte) ([]byte, error) {
	plain, err := open(key, ballotInfo(box), n[:], sealed)
	if err != nil || len(plain) != plainSize {
		return nil, ErrWrongKey
	}
	length := binary.BigEndian.Uint32(plain)
	if length > AnswersSize {
		return nil, ErrWrongKey
	}
	return plain[4:][:length], nil
}

func ballotInfo(box BoxID) []byte { return slices.Concat([]byte(ballotPrefix), box[:]) }

// encapsulated is the size of what HPKE puts in front of the ciphertext.
const encapsulated = 65

// seal returns the encapsulated key and the ciphertext. Unlike hpke.Seal it
// binds additional data, which the nullifier is.
func seal(to *ecdh.PublicKey, info, additional, plain []byte) ([]byte, error) {
	key, err := hpke.NewDHKEMPublicKey(to)
	if err != nil {
		return nil, fmt.Errorf("ballot: sealing: %w", err)
	}
	enc, sender, err := hpke.NewSender(key, hpke.HKDFSHA256(), hpke.AES256GCM(), info)
	if err != nil {
		return nil, fmt.Errorf("ballot: sealing: %w", err)
	}
	ciphertext, err := sender.Seal(additional, plain)
	if err != nil {
		return nil, fmt.Errorf("ballot: sealing: %w", err)
	}
	return slices.Concat(enc, ciphertext), nil
}

func open(with *ecdh.PrivateKey, info, additional, sealed []byte) ([]byte, error) {
	if len(sealed) < encapsulated {
		return nil, ErrSize
	}
	key, err := hpke.NewDHKEMPrivateKey(with)
	if err != nil {
		return nil, ErrWrongKey
	}
	recipient, err := hpke.NewRecipient(sealed[:encapsulated], key, hpke.HKDFSHA256(), hpke.AES256GCM(), info)
	if err != nil {
		return nil, ErrWrongKey
	}
	plain, err := recipient.Open(additional, sealed[encapsulated:])
	if err != nil {
		return nil, ErrWrongKey
	}
	return plain, nil
}
