// Package station is where rounds are opened, answered and counted: the
// polling station between what the log knows of a round and its ballot boxes,
// of which the log knows nothing.
//
// A round ends in four steps: that it is closed comes in the log, its boxes are
// closed, what they hold is counted in memory and released as one fact, and
// then, when that fact is in the log, the boxes are destroyed. Each step can be
// done again after a crash. The log goes first, because the stream of a round
// is where people who act at the same moment come one after the other: a box
// that was closed first would stay so when somebody had just given the round
// more days.
package station

import (
	"context"
	"crypto/ecdh"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/text/unicode/norm"

	"koersvast/domain"
	"koersvast/domain/round"
	"koersvast/eventstore"
	"koersvast/eventstore/ballotbox"
	"koersvast/eventstore/ballotbox/ballot"
)

// A Station opens and counts the rounds of an installation.
type Station struct {
	Boxes *ballotbox.Boxes
	log   eventstore.Log
	keys  Keys
}

// Keys are those of personal texts, and of what boxes keep sealed.
type Keys interface {
	Destroy(...domain.KeyID) error
}

// New returns a station with its boxes, the log that rounds are in, and the
// keys under which the boxes' own secrets are sealed.
func New(boxes *ballotbox.Boxes, log eventstore.Log, keys Keys) *Station {
	return &Station{boxes, log, keys}
}

// An Opening is what has to be known of a round to open it.
type Opening struct {
	ID         domain.RoundID
	Raters     []round.Rater // who have not declined
	Thresholds domain.Thresholds
	Questions  []round.Question
	Coach      domain.Bytes // the public key of the coach
}

// Open makes the boxes of a round, one a group, and a key that opens them,
// which is sealed to the coach and forgotten. What it returns opens the round
// once it is in the log. Boxes that never come to be known there are swept.
func (s *Station) Open(o Opening) (round.Open, error) {
	point, err := base64.StdEncoding.DecodeString(string(o.Coach))
	if err != nil {
		return round.Open{}, fmt.Errorf("station: the key of the coach: %w", err)
	}
	coach, err := ecdh.P256().NewPublicKey(point)
	if err != nil {
		return round.Open{}, fmt.Errorf("station: the key of the coach: %w", err)
	}
	key, err := ballot.NewKey()
	if err != nil {
		return round.Open{}, err
	}
	sealed, err := ballot.SealKey(coach, o.ID, key)
	if err != nil {
		return round.Open{}, err
	}
	questions, err := json.Marshal(o.Questions)
	if err != nil {
		return round.Open{}, err
	}
	open := round.Open{ID: o.ID, Key: encode(sealed)}
	for _, group := range domain.RaterGroups {
		invited := in(group, o.Raters)
		if len(invited) == 0 {
			continue
		}
		box, err := s.Boxes.Create(ballotbox.Plan{
			Round: o.ID, Group: group, K: o.Thresholds.Of(group), Invited: invited,
			Questions: sha256.Sum256(questions), Opening: key.PublicKey().Bytes(), SealedOpening: sealed,
		})
		if err != nil {
			return round.Open{}, err
		}
		open.Boxes = append(open.Boxes, round.Box{
			Group: group, ID: round.BoxID(box.ID().String()), Manifest: encode(box.Manifest().Bytes()),
		})
	}
	return open, nil
}

func encode(b []byte) domain.Bytes { return domain.Bytes(base64.StdEncoding.EncodeToString(b)) }

func in(group domain.RaterGroup, raters []round.Rater) (people []domain.PersonID) {
	for _, r := range raters {
		if r.Group == group {
			people = append(people, r.Person)
		}
	}
	return people
}

// Box returns a box that the log knows.
func (s *Station) Box(id round.BoxID) (*ballotbox.Box, error) {
	read, ok := ballot.ReadBoxID(string(id))
	if !ok {
		return nil, ballotbox.ErrUnknown
	}
	return s.Boxes.Box(read)
}

// OpenKey returns the key that opens the boxes of a round, to who has the
// coach's private key: what the coach's browser does.
func OpenKey(coach *ecdh.PrivateKey, id domain.RoundID, sealed domain.Bytes) (*ecdh.PrivateKey, error) {
	b, err := base64.StdEncoding.DecodeString(string(sealed))
	if err != nil {
		return nil, ballot.ErrWrongKey
	}
	return ballot.OpenKey(coach, id, b)
}

// A Closing is what has to be known of a round to count it.
type Closing struct {
	Programme  domain.ProgrammeID
	ID         domain.RoundID
	Kind       domain.RoundKind
	Questions  []round.Question
	Thresholds domain.Thresholds
	Raters     []round.Rater
	Boxes      []round.Box
	Earlier    []domain.RoundID // rounds about the same person that were released, the first first
}

// Fits refuses a key that does not open the boxes of a round, with
// [ballot.ErrWrongKey]: before the round is closed for it.
func (s *Station) Fits(c Closing, key *ecdh.PrivateKey) error {
	_, err := s.boxes(c, key)
	return err
}

func (s *Station) boxes(c Closing, key *ecdh.PrivateKey) (boxes []*ballotbox.Box, err error) {
	for _, b := range c.Boxes {
		box, err := s.Box(b.ID)
		if err != nil {
			return nil, err
		}
		if !slices.Equal(key.PublicKey().Bytes(), box.Manifest().Opening) {
			return nil, ballot.ErrWrongKey
		}
		boxes = append(boxes, box)
	}
	return boxes, nil
}

// Count closes the boxes of a round for good and counts what is in them. With
// another key it refuses with [ballot.ErrWrongKey], and with
// [round.ErrNotClosed] as long as the log does not say that the round is
// closed; then no box is closed either. As long as the boxes are not swept it
// can be done again, with the same outcome.
func (s *Station) Count(ctx context.Context, c Closing, key *ecdh.PrivateKey) (round.Outcome, error) {
	boxes, err := s.boxes(c, key)
	if err != nil {
		return round.Outcome{}, err
	}
	on, err := s.closed(ctx, c)
	if err != nil {
		return round.Outcome{}, err
	}
	counting := round.Counting{Kind: c.Kind, Closed: on, Questions: c.Questions, Thresholds: c.Thresholds}
	for _, box := range boxes {
		if err := box.Close(); err != nil {
			return round.Outcome{}, err
		}
	}
	var receipts []round.Receipt
	for i, box := range boxes {
		ballots, counted, err := opened(box, key, c.Questions)
		if err != nil {
			return round.Outcome{}, err
		}
		ballots.Group = c.Boxes[i].Group
		if ballots.Took, err = box.Took(in(ballots.Group, c.Raters)); err != nil {
			return round.Outcome{}, err
		}
		ballots.Invited = box.Manifest().Invited
		counting.Boxes = append(counting.Boxes, ballots)
		receipts = append(receipts, counted...)
	}
	if counting.Earlier, err = s.earlier(ctx, c.Programme, c.Earlier); err != nil {
		return round.Outcome{}, err
	}
	outcome := round.Count(counting, commentID)
	outcome.Receipts = filled(receipts, len(c.Raters))
	return outcome, nil
}

// closed returns on which day a round was closed.
func (s *Station) closed(ctx context.Context, c Closing) (on domain.Day, err error) {
	for rec, err := range s.log.Stream(ctx, stream(c.Programme, c.ID), 0) {
		if err != nil {
			return "", err
		}
		for _, fact := range rec.Events {
			if closed, ok := fact.(round.Closed); ok {
				return closed.On, nil
			}
		}
	}
	return "", round.ErrNotClosed
}

func stream(in domain.ProgrammeID, id domain.RoundID) domain.Stream {
	return domain.Stream{Programme: in, Kind: "round", ID: string(id)}
}

// opened returns what is in a box: nothing when fewer answered than they were
// promised. A ballot that does not answer the questions counts for nothing.
func opened(box *ballotbox.Box, key *ecdh.PrivateKey, questions []round.Question) (b round.Ballots, counted []round.Receipt, err error) {
	content, err := box.Open(key)
	if errors.Is(err, ballotbox.ErrTooFew) {
		return b, nil, nil
	}
	if err != nil {
		return b, nil, err
	}
	for _, text := range content.Answers {
		// One way of writing the same letters is as good as another, and says
		// on what device they were typed.
		if a, err := round.ReadAnswer(norm.NFC.Bytes(text), questions); err == nil {
			b.Answers = append(b.Answers, a)
		}
	}
	if len(b.Answers) < box.Manifest().K {
		return round.Ballots{}, nil, nil
	}
	for _, n := range content.Counted {
		counted = append(counted, round.Receipt(n.String()))
	}
	return b, counted, nil
}

// filled returns receipts among as many as there were people asked, so that
// their number does not say how many answered.
func filled(receipts []round.Receipt, asked int) []round.Receipt {
	for len(receipts) < asked {
		var blank ballot.Nullifier
		_, _ = rand.Read(blank[:]) // never fails
		receipts = append(receipts, round.Receipt(blank.String()))
	}
	slices.Sort(receipts)
	return receipts
}

func commentID() round.CommentID {
	var b [10]byte
	_, _ = rand.Read(b[:]) // never fails
	return round.CommentID(hex.EncodeToString(b[:]))
}

// earlier returns what is kept of earlier rounds to compare with.
func (s *Station) earlier(ctx context.Context, in domain.ProgrammeID, ids []domain.RoundID) (list []round.Earlier, err error) {
	for _, id := range ids {
		e := round.Earlier{ID: id}
		for rec, err := range s.log.Stream(ctx, stream(in, id), 0) {
			if err != nil {
				return nil, err
			}
			for _, fact := range rec.Events {
				switch fact := fact.(type) {
				case round.Planned:
					e.Kind = fact.Kind
					e.Questions, _ = fact.Asks()
					e.Thresholds = fact.Thresholds
				case round.Closed:
					e.Closed = fact.On
				case round.Released:
					e.Exact, _ = fact.ReadExact()
				}
			}
		}
		list = append(list, e)
	}
	return list, nil
}

// Turnout returns in words how many of the people of a group have taken a
// ballot paper so far. It says nothing of groups that are so small that a word
// could be about one person.
func (s *Station) Turnout(id round.BoxID, invited []domain.PersonID) (turnout round.Turnout, ok bool, err error) {
	box, err := s.Box(id)
	if err != nil {
		return "", false, err
	}
	if m := box.Manifest(); m.K < domain.LowestThreshold || m.Invited < 2*m.K {
		return "", false, nil
	}
	people, err := box.Took(invited)
	return round.TurnoutOf(len(people), len(invited)), err == nil, err
}
