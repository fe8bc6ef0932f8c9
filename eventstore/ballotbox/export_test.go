package ballotbox

import "koersvast/domain"

// OpenWith is Open, and asks step before every step that changes something on
// the disk.
func OpenWith(folder string, sealer domain.Sealer, step func(what, path string) error) (*Boxes, error) {
	return open(folder, sealer, disk{step})
}

// The sizes of what a box is made of.
const (
	RecordSize = recordSize
	EntrySize  = entrySize
)
