// Package keys keeps the keys that seal private texts, apart from the log
// that holds what they seal. Destroying a key erases every text under it,
// in every copy of the log that was ever made.
//
// A [Store] is one small SQLite file of data keys, one for each owner and
// purpose. Each is wrapped under the key-encryption key, which is read from a
// file that lies outside the data folder, so that no copy of that folder can
// be read by itself. A destroyed key leaves a tombstone: its name is never
// given to another key. [Memory] is the same for tests.
package keys

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"

	"koersvast/domain"
)

const keySize = 32 // AES-256

// newKey draws a key.
func newKey() []byte {
	k := make([]byte, keySize)
	_, _ = rand.Read(k) // never fails
	return k
}

// newAEAD seals with k, and puts a nonce of its own in front of each result.
func newAEAD(k []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(k)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// bound is what a seal is bound to: its place, and the name of its key.
func bound(context []byte, id domain.KeyID) []byte {
	return slices.Concat(context, []byte{0}, []byte(id))
}

func openText(key cipher.AEAD, id domain.KeyID, sealed, context []byte) ([]byte, error) {
	text, err := key.Open(nil, nil, sealed, bound(context, id))
	if err != nil {
		return nil, fmt.Errorf("keys: a text of %s was changed or moved: %w", id, err)
	}
	return text, nil
}

// ErrUnreadable means that a key cannot be read, of a text with which nothing
// needs to be wrong: the file of the keys cannot be read now, or it is not the
// one that goes with the text.
var ErrUnreadable = domain.Refuse(domain.Unavailable, "keys_unreadable", "a key of personal texts cannot be read now")

func unreadable(id domain.KeyID, err error) error {
	return fmt.Errorf("keys: %s: %w: %w", id, ErrUnreadable, err)
}

// errNoKey is not a tombstone: the store never had the key, or has lost it.
var errNoKey = errors.New("no such key, and it was not destroyed: the key store is older than the log, or another's")
