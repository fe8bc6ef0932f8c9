package ballotbox

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"koersvast/domain"
	"koersvast/eventstore/ballotbox/ballot"
)

// A Box is one ballot box. It is safe for concurrent use.
type Box struct {
	id       ballot.BoxID
	manifest ballot.Manifest
	folder   string
	sealer   domain.Sealer
	disk     disk

	mu     sync.Mutex     // one change at a time; guards the folder and what follows
	issuer *ballot.Issuer // once it was needed, until the box is closed
}

// The files of a box.
const (
	fileManifest = "manifest"
	fileOpening  = "opening"
	fileIssuer   = "issuer"
	fileRegister = "register"
	fileCodes    = "codes"
	fileBallots  = "ballots"
	fileClosed   = "closed"
)

// ID returns the id of the box, by which the log knows it.
func (b *Box) ID() ballot.BoxID { return b.id }

// Manifest returns what everybody may know of the box.
func (b *Box) Manifest() ballot.Manifest { return b.manifest }

// SealedOpening returns the opening key as it was sealed to the coach. It is
// destroyed with the box.
func (b *Box) SealedOpening() ([]byte, error) {
	sealed, err := os.ReadFile(b.path(fileOpening))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrUnknown
	}
	return sealed, err
}

// Issue signs, unseen, the credential of an invited person who is signed in.
// Each person gets one. The same request sent again gets the same answer, so
// that an answer that was lost can be had again; another request is refused
// with [ErrIssued], even if the first credential was never used.
func (b *Box) Issue(person domain.PersonID, blinded []byte) ([]byte, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	r, i, err := b.registered(person)
	if err != nil {
		return nil, err
	}
	request := sha256.Sum256(blinded)
	switch {
	case r[i].standing == TakesEnvelope:
		return nil, ErrTakesEnvelope
	case r[i].standing == HasCredential && r[i].request != request:
		return nil, ErrIssued
	}
	issuer, err := b.theIssuer()
	if err != nil {
		return nil, err
	}
	// Before it is registered: what cannot be signed costs nobody a credential.
	signed, err := issuer.Sign(blinded)
	if err != nil {
		return nil, err
	}
	r[i].standing, r[i].request = HasCredential, request
	if err := b.write(fileRegister, r.bytes()); err != nil {
		return nil, err
	}
	return signed, nil
}

// Cast puts a ballot in the box, which is durable when Cast returns. The same
// ballot sent again is fine. Another one with the same credential is refused
// with [ErrSpent], unless it says that it replaces the first: the last one
// that says so counts. Answers are withdrawn by replacing them with none; only
// who opens the box can tell.
//
// Whichever it is, the box is written, as much and in the same time.
func (b *Box) Cast(cast ballot.Ballot) error {
	if len(cast.Sealed) != ballot.SealedSize {
		return ballot.ErrSize
	}
	if err := cast.Verify(b.manifest); err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.takesBallots(); err != nil {
		return err
	}
	return b.put(record{cast.Nullifier(), cast.Sealed}, cast.Replace)
}

// Standing returns what an invited person took. It refuses with
// [ErrNotInvited]. Of who answered the box knows nothing.
func (b *Box) Standing(person domain.PersonID) (Standing, error) {
	standings, err := b.Standings([]domain.PersonID{person})
	if err != nil {
		return 0, err
	}
	return standings[0], nil
}

// Standings returns what each of some invited people took, in their order, at
// the cost of one [Box.Standing]. It refuses with [ErrNotInvited].
func (b *Box) Standings(people []domain.PersonID) ([]Standing, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	r, err := b.register()
	if err != nil {
		return nil, err
	}
	standings := make([]Standing, len(people))
	for i, p := range people {
		at, ok := r.find(p)
		if !ok {
			return nil, ErrNotInvited
		}
		standings[i] = r[at].standing
	}
	return standings, nil
}

// Took returns those of some invited people who took a credential or an
// envelope, as [Box.Standings] does.
func (b *Box) Took(people []domain.PersonID) (took []domain.PersonID, err error) {
	standings, err := b.Standings(people)
	for i, s := range standings {
		if s != TookNothing {
			took = append(took, people[i])
		}
	}
	return took, err
}

// Count returns how many ballots are in the box, withdrawn ones included. As
// long as the box takes ballots nobody may see how it changes.
func (b *Box) Count() (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	records, err := b.ballots()
	return len(records), err
}

// put stores a ballot. The box is written also when nothing in it changes: what
// is there may have been put there by a write that did not become durable, and
// now somebody is told that it is there.
func (b *Box) put(r record, replace bool) error {
	records, err := b.ballots()
	if err != nil {
		return err
	}
	var refused error
	i, cast := slices.BinarySearchFunc(records, r, record.compare)
	switch {
	case !cast:
		records = slices.Insert(records, i, r)
	case replace || bytes.Equal(records[i].sealed, r.sealed):
		records[i] = r
	default:
		refused = ErrSpent
	}
	if err := b.write(fileBallots, bytesOf(records)); err != nil {
		return err
	}
	return refused
}

// takesBallots refuses once the box is closed, or destroyed.
func (b *Box) takesBallots() error {
	closed, err := exists(b.path(fileClosed))
	if err != nil {
		return err
	}
	there, err := exists(b.path(fileManifest))
	switch {
	case err != nil:
		return err
	case !there:
		return ErrUnknown
	case closed:
		return ErrClosed
	}
	return nil
}

// registered returns the register of a box that takes ballots, and where in it
// an invited person stands.
func (b *Box) registered(person domain.PersonID) (register, int, error) {
	if err := b.takesBallots(); err != nil {
		return nil, 0, err
	}
	r, err := b.register()
	if err != nil {
		return nil, 0, err
	}
	i, ok := r.find(person)
	if !ok {
		return nil, 0, ErrNotInvited
	}
	return r, i, nil
}

func (b *Box) register() (register, error) {
	content, err := b.read(fileRegister)
	if err != nil {
		return nil, err
	}
	return readRegister(content)
}

func (b *Box) ballots() ([]record, error) {
	content, err := b.read(fileBallots)
	if err != nil {
		return nil, err
	}
	return readRecords(content)
}

// issuerContext binds the sealed key to its box.
func (b *Box) issuerContext() []byte {
	return slices.Concat([]byte("ballotbox/1\x00issuer\x00"), b.id[:])
}

func (b *Box) sealIssuer(i *ballot.Issuer) ([]byte, error) {
	private, err := i.Private()
	if err != nil {
		return nil, fmt.Errorf("ballotbox: %w", err)
	}
	defer clear(private)
	return b.sealer.Seal(IssuerKey(b.manifest.Round), private, b.issuerContext())
}

// theIssuer returns the issuer of a box that takes ballots.
func (b *Box) theIssuer() (*ballot.Issuer, error) {
	if b.issuer != nil {
		return b.issuer, nil
	}
	sealed, err := os.ReadFile(b.path(fileIssuer))
	if err != nil {
		return nil, fmt.Errorf("ballotbox: %w", err)
	}
	private, err := b.sealer.Open(IssuerKey(b.manifest.Round), sealed, b.issuerContext())
	if err != nil {
		return nil, fmt.Errorf("ballotbox: issuer of box %s: %w", b.id, err)
	}
	defer clear(private)
	b.issuer, err = ballot.ReadIssuer(private)
	return b.issuer, err
}

func (b *Box) path(file string) string { return filepath.Join(b.folder, file) }

// head says in front of a file's content what it is, and of which box.
func (b *Box) head(file string) []byte {
	return slices.Concat([]byte("koersvast-"+file+"-1\x00"), b.id[:])
}

// framed returns a content with its head before it and a digest behind.
func (b *Box) framed(file string, content []byte) []byte {
	framed := slices.Concat(b.head(file), content)
	digest := sha256.Sum256(framed)
	return append(framed, digest[:]...)
}

func (b *Box) write(file string, content []byte) error {
	if err := b.disk.replace(b.path(file), b.framed(file, content)); err != nil {
		return fmt.Errorf("ballotbox: %w", err)
	}
	return nil
}

// read returns the content of a file that [Box.write] wrote. A file that was
// damaged, or is of another box, is an error and never an empty box.
func (b *Box) read(file string) ([]byte, error) {
	framed, err := os.ReadFile(b.path(file))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrUnknown // destroyed
	}
	if err != nil {
		return nil, fmt.Errorf("ballotbox: %w", err)
	}
	content, mine := bytes.CutPrefix(framed, b.head(file))
	end := len(content) - sha256.Size
	if !mine || end < 0 {
		return nil, fmt.Errorf("ballotbox: the %s of box %s is cut short, or is of another box", file, b.id)
	}
	if digest := sha256.Sum256(framed[:len(framed)-sha256.Size]); !bytes.Equal(digest[:], content[end:]) {
		return nil, fmt.Errorf("ballotbox: the %s of box %s is damaged", file, b.id)
	}
	return content[:end], nil
}
