package ballotbox

import (
	"bytes"
	"crypto/ecdh"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	mathrand "math/rand/v2"
	"path/filepath"

	"koersvast/eventstore/ballotbox/ballot"
)

// Close closes the box for good: from now on it takes no ballot and gives no
// credential, whatever happens. The issuer's key and the codes are destroyed.
// Closing twice is closing once.
//
// A round ends in steps, each of which can be done again after a crash: append
// to the log that it is closed, close its boxes, open them and append what may
// be released of them as one fact, and destroy them. In a box with fewer
// ballots than its threshold there is nothing to open: destroy it and let the
// fact say so.
func (b *Box) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch err := b.takesBallots(); {
	case errors.Is(err, ErrClosed): // finish what a crash may have left
	case err != nil:
		return err
	}
	b.issuer = nil
	if err := b.disk.closeBox(b.folder); err != nil {
		return fmt.Errorf("ballotbox: closing %s: %w", b.id, err)
	}
	return nil
}

// closeBox marks a box as closed, and then removes what only an open one
// needs. A mark that is there is written again: it may have been put there by
// a write that did not become durable.
func (d disk) closeBox(folder string) error {
	if err := d.replace(filepath.Join(folder, fileClosed), nil); err != nil {
		return err
	}
	for _, file := range []string{fileIssuer, fileCodes} {
		if err := d.shred(filepath.Join(folder, file)); err != nil {
			return err
		}
	}
	return nil
}

// destroy takes a closed box away, in one step, to where it can be shredded.
func (b *Box) destroy() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch err := b.takesBallots(); {
	case err == nil:
		return ErrNotClosed
	case !errors.Is(err, ErrClosed):
		return err
	}
	if err := b.disk.rename(b.folder, b.folder+destroyed); err != nil {
		return fmt.Errorf("ballotbox: destroying %s: %w", b.id, err)
	}
	if err := b.disk.settle(filepath.Dir(b.folder)); err != nil {
		return fmt.Errorf("ballotbox: destroying %s: %w", b.id, err)
	}
	return nil
}

// Closed reports whether the box is closed.
func (b *Box) Closed() (bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	err := b.takesBallots()
	if errors.Is(err, ErrClosed) {
		return true, nil
	}
	return false, err
}

// Opened is what was in a box. It is for the computer's memory only, until it
// has been made into what may be released: it does not print or log.
type Opened struct {
	Answers    [][]byte           // in random order, another one each time
	Counted    []ballot.Nullifier // of these answers, sorted
	Unreadable int                // sealed wrongly; nobody can read these
}

const hidden = "[answers]"

func (Opened) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(hidden)) }
func (Opened) LogValue() slog.Value       { return slog.StringValue(hidden) }

// Open opens a closed box with the round's opening key. It refuses with
// [ErrNotClosed], with [ballot.ErrWrongKey], and with [ErrTooFew] when fewer
// people answered than the threshold in the manifest: at once when there are
// fewer ballots, and without giving anything out when there are fewer that can
// be read and were not withdrawn.
//
// Nothing changes by it: after a crash it gives the same answers again.
func (b *Box) Open(key *ecdh.PrivateKey) (Opened, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch err := b.takesBallots(); {
	case err == nil:
		return Opened{}, ErrNotClosed
	case !errors.Is(err, ErrClosed):
		return Opened{}, err
	}
	records, err := b.ballots()
	switch {
	case err != nil:
		return Opened{}, err
	case len(records) < b.manifest.K:
		return Opened{}, ErrTooFew // whatever the key
	case !bytes.Equal(key.PublicKey().Bytes(), b.manifest.Opening):
		return Opened{}, ballot.ErrWrongKey
	}
	var o Opened
	for _, r := range records {
		switch answers, err := ballot.Open(key, b.id, r.nullifier, r.sealed); {
		case err != nil:
			o.Unreadable++
		case len(answers) == 0: // withdrawn
		default:
			o.Answers = append(o.Answers, answers)
			o.Counted = append(o.Counted, r.nullifier)
		}
	}
	if len(o.Answers) < b.manifest.K {
		return Opened{}, ErrTooFew
	}
	shuffle(o.Answers)
	return o, nil
}

// shuffle forgets the order of the box, in which each answer stood beside its
// nullifier.
func shuffle(answers [][]byte) {
	var seed [32]byte
	_, _ = rand.Read(seed[:]) // never fails
	mathrand.New(mathrand.NewChaCha8(seed)).Shuffle(len(answers), func(i, j int) {
		answers[i], answers[j] = answers[j], answers[i]
	})
}
