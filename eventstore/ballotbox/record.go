package ballotbox

import (
	"bytes"
	"errors"
	"slices"

	"koersvast/eventstore/ballotbox/ballot"
)

// A record is a ballot as it lies in the box. The credential is not there:
// who reads the file could replace ballots with it.
type record struct {
	nullifier ballot.Nullifier
	sealed    []byte
}

const recordSize = len(ballot.Nullifier{}) + ballot.SealedSize

// compare sorts records by their nullifiers, so that their order says nothing.
func (r record) compare(other record) int { return bytes.Compare(r.nullifier[:], other.nullifier[:]) }

func bytesOf(records []record) []byte {
	b := make([]byte, 0, len(records)*recordSize)
	for _, r := range records {
		b = append(b, r.nullifier[:]...)
		b = append(b, r.sealed...)
	}
	return b
}

func readRecords(b []byte) ([]record, error) {
	if len(b)%recordSize != 0 {
		return nil, errors.New("ballotbox: a box of half ballots")
	}
	records := make([]record, 0, len(b)/recordSize)
	for r := range slices.Chunk(b, recordSize) {
		n := len(ballot.Nullifier{})
		records = append(records, record{ballot.Nullifier(r[:n]), r[n:]})
	}
	return records, nil
}
