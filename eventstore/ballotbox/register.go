package ballotbox

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"

	"koersvast/domain"
)

// Standing is what an invited person took. It says nothing of whether they
// answered.
type Standing byte

// What an invited person can take: at most one.
const (
	TookNothing Standing = iota
	HasCredential
	TakesEnvelope
)

// An entry of the register is of a person who is invited: the person, padded
// with zeros, their standing, and the digest of the request that was signed,
// which has no relation to the credential that came of it.
type entry struct {
	person   domain.PersonID
	standing Standing
	request  [sha256.Size]byte
}

const (
	personSize = 40 // the longest id
	entrySize  = personSize + 1 + sha256.Size
)

// A register is sorted by person, so that its order says nothing.
type register []entry

func newRegister(invited []domain.PersonID) (register, error) {
	var r register
	for _, p := range slices.Sorted(slices.Values(invited)) {
		if !domain.ValidID(string(p)) {
			return nil, fmt.Errorf("ballotbox: %q is invited, and is no person", p)
		}
		if len(r) > 0 && r[len(r)-1].person == p {
			return nil, fmt.Errorf("ballotbox: %s is invited twice", p)
		}
		r = append(r, entry{person: p})
	}
	return r, nil
}

func (r register) find(person domain.PersonID) (int, bool) {
	return slices.BinarySearchFunc(r, person, func(e entry, p domain.PersonID) int { return cmp.Compare(e.person, p) })
}

// count returns how many have a standing.
func (r register) count(s Standing) (n int) {
	for _, e := range r {
		if e.standing == s {
			n++
		}
	}
	return n
}

func (r register) bytes() []byte {
	b := make([]byte, 0, len(r)*entrySize)
	for _, e := range r {
		var person [personSize]byte
		copy(person[:], e.person)
		b = append(b, person[:]...)
		b = append(b, byte(e.standing))
		b = append(b, e.request[:]...)
	}
	return b
}

func readRegister(b []byte) (register, error) {
	if len(b)%entrySize != 0 {
		return nil, errors.New("ballotbox: a register of half entries")
	}
	r := make(register, 0, len(b)/entrySize)
	for e := range slices.Chunk(b, entrySize) {
		person, rest := e[:personSize], e[personSize:]
		r = append(r, entry{
			person:   domain.PersonID(bytes.TrimRight(person, "\x00")),
			standing: Standing(rest[0]),
			request:  [sha256.Size]byte(rest[1:]),
		})
	}
	return r, nil
}
