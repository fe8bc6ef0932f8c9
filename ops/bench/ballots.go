package main

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha512"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"koersvast/domain"
	"koersvast/eventstore/ballotbox"
	"koersvast/eventstore/ballotbox/ballot"
	"koersvast/eventstore/keys"
)

// How many people have answered, and how often something is done in a turn.
const (
	answered = 500
	often    = 20
)

// ballots compares what answering costs with the least that it takes: of a
// credential that is an RSA signature and a register that is written anew, of a
// cast that all ballots are, so that nothing tells which came last.
func (b *bench) ballots(ctx context.Context) error {
	dir := filepath.Join(b.dir, "ballots")
	boxes, box, err := fullBox(dir)
	if err != nil {
		return err
	}
	request, err := ballot.Ask(box.Manifest())
	if err != nil {
		return err
	}
	signed, err := box.Issue("last", request.Blinded)
	if err != nil {
		return err
	}
	credential, err := request.Credential(signed)
	if err != nil {
		return err
	}
	sealed, err := ballot.Seal(box.Manifest(), credential.Nullifier(), []byte("4"))
	if err != nil {
		return err
	}
	key, err := rsa.GenerateKey(rand.Reader, 8*ballot.SignatureSize)
	if err != nil {
		return err
	}
	register, err := os.ReadFile(filepath.Join(dir, box.ID().String(), "register"))
	if err != nil {
		return err
	}
	raw := filepath.Join(b.dir, "raw")
	what := fmt.Sprintf("a credential, of %d who are asked ÷ RSA signature + synced write of as many bytes", answered)
	err = b.compare(ctx, []title{{what: what, unit: seconds}}, each(func() error {
		_, err := box.Issue("last", request.Blinded) // asked again, it is signed again
		return err
	}), each(func() error {
		digest := sha512.Sum384(request.Blinded)
		_, err := rsa.SignPSS(rand.Reader, key, crypto.SHA384, digest[:], nil)
		return errors.Join(err, replaced(raw, register))
	}))
	if err != nil {
		return err
	}

	file, err := os.ReadFile(filepath.Join(dir, box.ID().String(), "ballots"))
	if err != nil {
		return err
	}
	what = fmt.Sprintf("a cast into a box of %d ÷ synced write of as many bytes", answered)
	return b.compare(ctx, []title{{what: what, unit: seconds}}, each(func() error {
		return boxes.Cast(ballot.Ballot{Credential: credential, Sealed: sealed, Replace: true})
	}), each(func() error { return replaced(raw, file) }))
}

// fullBox returns a box in which all have answered but the last, with codes.
func fullBox(dir string) (*ballotbox.Boxes, *ballotbox.Box, error) {
	boxes, err := ballotbox.Open(dir, new(keys.Memory))
	if err != nil {
		return nil, nil, err
	}
	opening, err := ballot.NewKey()
	if err != nil {
		return nil, nil, err
	}
	plan := ballotbox.Plan{
		Round: "bench", Group: domain.Staff, K: domain.UsualThresholds.Staff, Invited: []domain.PersonID{"last"},
		Opening: opening.PublicKey().Bytes(), SealedOpening: []byte("sealed"),
	}
	for i := range answered {
		plan.Invited = append(plan.Invited, person(i))
	}
	box, err := boxes.Create(plan)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range plan.Invited[1:] {
		if err := box.TakeEnvelope(p); err != nil {
			return nil, nil, err
		}
	}
	codes, err := box.Envelopes(answered)
	if err != nil {
		return nil, nil, err
	}
	for _, code := range codes {
		if _, err := box.CastCode(code, []byte("4")); err != nil {
			return nil, nil, err
		}
	}
	return boxes, box, nil
}

// each measures the median time of something.
func each(do func() error) measure {
	return func(context.Context) ([]float64, error) {
		var times []float64
		for range often {
			began := time.Now()
			if err := do(); err != nil {
				return nil, err
			}
			times = append(times, time.Since(began).Seconds())
		}
		return []float64{median(times)}, nil
	}
}

// replaced writes a file durably in the place of another.
func replaced(path string, content []byte) (err error) {
	f, err := os.Create(path + ".new")
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(path+".new", path); err != nil {
		return err
	}
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
