// Package ballotbox keeps what people answer in confidence until their round
// closes. In a group of ten, time is identity: who sees that somebody signed
// in at 14:02 and that an answer came at 14:02 has a name. So answers are no
// facts in the log, and nothing here says when, or in which order, they came.
//
// A box is a folder, of one group of raters in one round:
//
//	manifest   what everybody may know of it, see [ballot.Manifest]
//	opening    the round's opening key, sealed to the coach
//	issuer     the key that signs credentials, sealed under the key store's
//	           key [IssuerKey]; gone when the box is closed
//	register   who was invited, and whether they took a credential or an
//	           envelope; records of one size, sorted by person
//	codes      of envelopes, hashed and sorted; gone when the box is closed
//	ballots    nullifier and sealed answers; records of one size, sorted by
//	           nullifier, which is random
//	closed     stands there once the box is closed
//
// Nothing in the register points to a ballot, and nothing in a ballot to the
// register. Every change writes a whole new file, makes it durable and puts it
// in the place of the old one; its time of change is always the same. What was
// acknowledged is there after a crash at any moment, and there once.
//
// This package logs nothing, and counts nothing for others: neither may its
// callers, about a ballot.
//
// What it does not protect against: somebody who copies the folder between one
// ballot and the next, or reads blocks of the disk that were freed (keep it on
// an encrypted disk, mirror it by overwriting and never in dated copies); the
// file system's own time of the last change of a folder's contents (ctime),
// which is that of the last ballot only; somebody with the issuer's key, who
// can add ballots. See [ballot] for what holds beyond the files.
package ballotbox

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"koersvast/domain"
	"koersvast/eventstore/ballotbox/ballot"
)

// What a rater, or who closes a round, is told; besides the refusals of
// [ballot].
var (
	ErrUnknown          = domain.Refuse(domain.NotFound, "box_unknown", "there is no such ballot box")
	ErrClosed           = domain.Refuse(domain.Conflict, "box_closed", "this ballot box is closed")
	ErrNotClosed        = domain.Refuse(domain.Conflict, "box_not_closed", "this ballot box is not closed yet")
	ErrNotInvited       = domain.Refuse(domain.Forbidden, "box_not_invited", "this person is not invited to this ballot box")
	ErrIssued           = domain.Refuse(domain.Conflict, "box_credential_issued", "this person has taken a credential, and there is one each")
	ErrTakesEnvelope    = domain.Refuse(domain.Conflict, "box_takes_envelope", "this person takes an envelope, and needs no credential")
	ErrTooManyEnvelopes = domain.Refuse(domain.Invalid, "box_too_many_envelopes", "there are no more envelopes than people who take one")
	ErrBadCode          = domain.Refuse(domain.NotFound, "box_bad_code", "this is no code of an envelope")
	ErrSpent            = domain.Refuse(domain.Conflict, "box_spent", "with this credential or code other answers were cast")
	ErrTooFew           = domain.Refuse(domain.Forbidden, "box_too_few", "fewer answered than may be opened")
)

// MaxInvited is how many people a box can be for. Every ballot rewrites the
// box, which would become slow beyond it.
const MaxInvited = 2000

// IssuerKey names the key that seals the issuers' keys of a round. Destroy it
// when all boxes of the round are destroyed, so that no copy of them can make
// credentials.
func IssuerKey(round domain.RoundID) domain.KeyID {
	return domain.KeyID("round/" + string(round) + "/issuer")
}

// Boxes are all ballot boxes of one folder, in which no other process may work.
// They are safe for concurrent use.
type Boxes struct {
	folder string
	sealer domain.Sealer
	disk   disk

	mu     sync.Mutex
	opened map[ballot.BoxID]*Box
}

// The endings of folders and files that are not, or no longer, what their name
// says. What a crash left of them is removed at the next [Open].
const (
	unfinished = ".new"
	destroyed  = ".destroyed"
)

// Open opens the boxes in a folder, and makes the folder if there is none. What
// a crash left half done is undone, or finished if it was acknowledged.
func Open(folder string, sealer domain.Sealer) (*Boxes, error) {
	return open(folder, sealer, disk{})
}

func open(folder string, sealer domain.Sealer, d disk) (*Boxes, error) {
	b := &Boxes{folder: folder, sealer: sealer, disk: d, opened: map[ballot.BoxID]*Box{}}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("ballotbox: %w", err)
	}
	if err := b.recover(); err != nil {
		return nil, fmt.Errorf("ballotbox: opening %s: %w", folder, err)
	}
	return b, nil
}

func (b *Boxes) recover() error {
	entries, err := os.ReadDir(b.folder)
	if err != nil {
		return err
	}
	for _, e := range entries {
		ending := filepath.Ext(e.Name())
		id, ours := ballot.ReadBoxID(strings.TrimSuffix(e.Name(), ending))
		switch {
		case !ours:
		case ending == unfinished, ending == destroyed:
			err = b.disk.shredFolder(b.path(id) + ending)
		case ending == "":
			err = b.tidy(b.path(id))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// tidy removes what a crash left in the folder of a box.
func (b *Boxes) tidy(path string) error {
	files, err := os.ReadDir(path)
	if err != nil {
		return err
	}
	for _, f := range files {
		if filepath.Ext(f.Name()) != unfinished {
			continue
		}
		if err := b.disk.shred(filepath.Join(path, f.Name())); err != nil {
			return err
		}
	}
	if closed, err := exists(filepath.Join(path, fileClosed)); err != nil || !closed {
		return err
	}
	return b.disk.closeBox(path)
}

// A Plan is what has to be known to make a box.
type Plan struct {
	Round     domain.RoundID
	Group     domain.RaterGroup
	K         int               // fewer answers are never opened
	Invited   []domain.PersonID // frozen: nobody joins later
	Questions [sha256.Size]byte // digest of what is asked, frozen too

	Opening       []byte // the public half of the round's opening key
	SealedOpening []byte // the private half, see [ballot.SealKey]
}

// Create makes a box, with an issuer of its own. When it returns, the box is
// durable; nobody should be given a credential before the id of its manifest
// stands in the log.
func (b *Boxes) Create(p Plan) (*Box, error) {
	if len(p.Invited) > MaxInvited {
		return nil, fmt.Errorf("ballotbox: %d people invited, the most is %d", len(p.Invited), MaxInvited)
	}
	if len(p.SealedOpening) == 0 {
		return nil, errors.New("ballotbox: a box without its sealed opening key could never be opened")
	}
	register, err := newRegister(p.Invited)
	if err != nil {
		return nil, err
	}
	issuer, err := ballot.NewIssuer()
	if err != nil {
		return nil, err
	}
	public, err := issuer.Public()
	if err != nil {
		return nil, fmt.Errorf("ballotbox: %w", err)
	}
	m := ballot.Manifest{
		Version: ballot.Version, Round: p.Round, Group: p.Group, K: p.K,
		Invited: len(p.Invited), InvitedDigest: ballot.InvitedDigest(p.Invited),
		Questions: p.Questions[:], Issuer: public, Opening: p.Opening,
	}
	if err := m.Check(); err != nil {
		return nil, err
	}
	box := b.box(m)
	sealed, err := box.sealIssuer(issuer)
	if err != nil {
		return nil, err
	}
	err = b.disk.createFolder(box.folder, map[string][]byte{
		fileManifest: m.Bytes(),
		fileOpening:  p.SealedOpening,
		fileIssuer:   sealed,
		fileRegister: box.framed(fileRegister, register.bytes()),
		fileCodes:    box.framed(fileCodes, nil),
		fileBallots:  box.framed(fileBallots, nil),
	})
	if err != nil {
		return nil, fmt.Errorf("ballotbox: making a box: %w", err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.opened[box.id] = box
	return box, nil
}

// Box returns the box with that id. It refuses with [ErrUnknown] when there is
// none, or none any more.
func (b *Boxes) Box(id ballot.BoxID) (*Box, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if box, ok := b.opened[id]; ok {
		return box, nil
	}
	bytes, err := os.ReadFile(filepath.Join(b.path(id), fileManifest))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrUnknown
	}
	if err != nil {
		return nil, fmt.Errorf("ballotbox: %w", err)
	}
	m, err := ballot.ReadManifest(bytes)
	if err != nil {
		return nil, fmt.Errorf("ballotbox: box %s: %w", id, err)
	}
	if m.ID() != id {
		return nil, fmt.Errorf("ballotbox: box %s holds the manifest of %s", id, m.ID())
	}
	box := b.box(m)
	b.opened[id] = box
	return box, nil
}

// IDs returns the ids of all boxes that are not destroyed, in no order that
// means anything. One that the log does not know was made just before a crash,
// and holds nothing: close and destroy it.
func (b *Boxes) IDs() ([]ballot.BoxID, error) {
	entries, err := os.ReadDir(b.folder)
	if err != nil {
		return nil, fmt.Errorf("ballotbox: %w", err)
	}
	var ids []ballot.BoxID
	for _, e := range entries {
		if id, ok := ballot.ReadBoxID(e.Name()); ok {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// Cast casts a ballot in the box that its credential names, see [Box.Cast].
func (b *Boxes) Cast(cast ballot.Ballot) error {
	if len(cast.Prepared) != ballot.PreparedSize {
		return ballot.ErrSize
	}
	box, err := b.Box(cast.Box())
	if err != nil {
		return err
	}
	return box.Cast(cast)
}

// Destroy removes a closed box, with all that is in it, for good. A box that
// is not there is destroyed. It is refused with [ErrNotClosed]. The box is gone
// at one moment; what a crash leaves of its files after that, [Open] removes.
//
// Files are overwritten before they are removed, which is no promise on every
// disk; the answers are sealed also for who finds them.
func (b *Boxes) Destroy(id ballot.BoxID) error {
	box, err := b.Box(id)
	if err == nil {
		err = box.destroy()
	}
	if err != nil && !errors.Is(err, ErrUnknown) {
		return err
	}
	// Also when the name had gone before, and something stopped us then.
	if err := b.disk.shredFolder(b.path(id) + destroyed); err != nil {
		return fmt.Errorf("ballotbox: destroying %s: %w", id, err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.opened, id)
	return nil
}

func (b *Boxes) path(id ballot.BoxID) string { return filepath.Join(b.folder, id.String()) }

func (b *Boxes) box(m ballot.Manifest) *Box {
	id := m.ID()
	return &Box{id: id, manifest: m, folder: b.path(id), sealer: b.sealer, disk: b.disk}
}
