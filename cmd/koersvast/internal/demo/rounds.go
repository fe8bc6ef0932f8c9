package demo

import (
	"context"
	"crypto/ecdh"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"koersvast/cmd/koersvast/internal/station"
	"koersvast/domain"
	"koersvast/domain/programme"
	"koersvast/domain/round"
	"koersvast/eventstore"
	"koersvast/eventstore/ballotbox"
	"koersvast/eventstore/ballotbox/ballot"
	"koersvast/projections"
)

// Passphrase is that of the coach of the story. A real one is known to the
// coach alone.
const Passphrase = "linde veer oever roeiboot"

// A hall is where the rounds of a story are held: through the same ballot
// boxes, credentials and keys as everybody's.
type hall struct {
	log     eventstore.Log
	station *station.Station

	// The coaches' keys, by what they were unwrapped from: a passphrase is made
	// to take long.
	unwrapped map[string]*ecdh.PrivateKey

	past *projections.Past // what the read models say
}

// errNotYet means that the story is not as far as its rounds need it to be.
var errNotYet = errors.New("demo: the story is not so far")

// An asking is a round of the story with what people answer in it.
type asking struct {
	round.Plan
	from, until int // working days ago, negative when it is yet to come
	extended    int // working days ago, if it was
	closed      int // likewise, of one that is counted
	raters      []round.Rater
	answers     map[domain.PersonID]round.Answer
	counted     bool
}

// ask tells of a round: it is planned, opened and answered and, if it is
// over, counted.
func (s *story) ask(a asking) {
	a.Opens, a.Closes, a.Thresholds = s.day(a.from), s.last(a.until), domain.UsualThresholds
	s.on(a.from+3, "09:10", sanne, eventstore.Do(a.Plan))
	if a.Kind == domain.Feedback {
		s.on(a.from+2, "13:20", a.Subject, eventstore.Do(round.ProposeRaters{ID: a.ID, Raters: a.raters}))
	}
	s.on(a.from, "09:20", sanne, eventstore.Do(round.ApproveRaters{ID: a.ID, Raters: a.raters}))
	s.when(a.from, "09:30", sanne, func(ctx context.Context, h hall) ([]eventstore.Step, error) {
		return h.open(ctx, s.programme, a)
	})
	s.when(a.from, "15:00", sanne, func(ctx context.Context, h hall) ([]eventstore.Step, error) {
		return nil, h.answer(ctx, s.programme, a)
	})
	if !a.counted {
		return
	}
	a.closed = a.until
	if a.extended != 0 {
		s.on(a.until, "11:15", sanne, eventstore.Do(round.Extend{ID: a.ID, Closes: s.day(a.extended)}))
		a.closed = a.extended
	}
	s.counted = append(s.counted, a)
	s.on(a.closed, "16:30", a.Coach, eventstore.Do(round.Close{ID: a.ID}))
	s.when(a.closed, "16:30", a.Coach, func(ctx context.Context, h hall) ([]eventstore.Step, error) {
		return h.count(ctx, s.programme, a, s.before(a))
	})
}

// before lists the rounds about the same person that were counted before, the
// first first.
func (s *story) before(a asking) (ids []domain.RoundID) {
	earlier := slices.DeleteFunc(slices.Clone(s.counted), func(b asking) bool { return b.Subject != a.Subject || b.closed <= a.closed })
	slices.SortFunc(earlier, func(x, y asking) int { return y.closed - x.closed })
	for _, b := range earlier {
		ids = append(ids, b.ID)
	}
	return ids
}

// last is the last day of a round: so many working days ago or, when that is
// negative, so many days from now.
func (s *story) last(ago int) domain.Day {
	if ago < 0 {
		return s.today.Add(-ago)
	}
	return s.day(ago)
}

// holdsKey has the coach make a key, wrapped under their passphrase.
func (h hall) holdsKey(ctx context.Context, in domain.ProgrammeID, coach domain.PersonID) ([]eventstore.Step, error) {
	if _, err := h.held(ctx, in, coach); !errors.Is(err, errNotYet) {
		return nil, err
	}
	key, err := ballot.NewKey()
	if err != nil {
		return nil, err
	}
	wrapped, err := ballot.Wrap(key, Passphrase)
	if err != nil {
		return nil, err
	}
	return []eventstore.Step{eventstore.Do(programme.HoldKey{
		Programme: in,
		Public:    domain.Bytes(base64.StdEncoding.EncodeToString(key.PublicKey().Bytes())),
		Wrapped:   base64.StdEncoding.EncodeToString(wrapped),
	})}, nil
}

// held returns the key that the coach has made.
func (h hall) held(ctx context.Context, in domain.ProgrammeID, coach domain.PersonID) (programme.KeyHeld, error) {
	for rec, err := range h.log.Stream(ctx, programme.Home(in).In(in), 0) {
		if err != nil {
			return programme.KeyHeld{}, err
		}
		for _, e := range rec.Events {
			if held, ok := e.(programme.KeyHeld); ok && held.Person == coach {
				return held, nil
			}
		}
	}
	return programme.KeyHeld{}, errNotYet
}

// key unwraps the coach's key, as their browser does.
func (h hall) key(ctx context.Context, in domain.ProgrammeID, coach domain.PersonID) (*ecdh.PrivateKey, error) {
	held, err := h.held(ctx, in, coach)
	if err != nil {
		return nil, err
	}
	text, _ := held.Wrapped.Reveal()
	if key := h.unwrapped[text]; key != nil {
		return key, nil
	}
	wrapped, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, err
	}
	h.unwrapped[text], err = ballot.Unwrap(wrapped, Passphrase)
	return h.unwrapped[text], err
}

// told returns how a round was opened, and where it stands since then.
func (h hall) told(ctx context.Context, in domain.ProgrammeID, id domain.RoundID) (opened round.Opened, status round.Status, err error) {
	for rec, err := range h.log.Stream(ctx, domain.Stream{Programme: in, Kind: "round", ID: string(id)}, 0) {
		if err != nil {
			return opened, "", err
		}
		for _, e := range rec.Events {
			switch e := e.(type) {
			case round.Opened:
				opened, status = e, round.StatusOpen
			case round.Closed:
				status = round.StatusClosed
			case round.Released:
				status = round.StatusReleased
			}
		}
	}
	return opened, status, nil
}

// open opens a round, unless that has been told.
func (h hall) open(ctx context.Context, in domain.ProgrammeID, a asking) ([]eventstore.Step, error) {
	_, status, err := h.told(ctx, in, a.ID)
	if err != nil || status != "" {
		return nil, err
	}
	held, err := h.held(ctx, in, a.Coach)
	if err != nil {
		return nil, err
	}
	open, err := h.station.Open(station.Opening{
		ID: a.ID, Raters: append(slices.Clip(a.raters), round.Rater{Person: a.Subject, Group: domain.Self}),
		Thresholds: a.Thresholds, Questions: a.Questions,
		Coach: held.Public,
	})
	return []eventstore.Step{eventstore.Do(open)}, err
}

// answer casts what people answer who have not done so. It is no act: no log
// knows of it.
func (h hall) answer(ctx context.Context, in domain.ProgrammeID, a asking) error {
	opened, status, err := h.told(ctx, in, a.ID)
	if err != nil || status != round.StatusOpen {
		return err
	}
	for _, rater := range opened.Raters {
		answer, ok := a.answers[rater.Person]
		if !ok {
			continue
		}
		i := slices.IndexFunc(opened.Boxes, func(b round.Box) bool { return b.Group == rater.Group })
		box, err := h.station.Box(opened.Boxes[i].ID)
		if err != nil {
			return err
		}
		standing, err := box.Standing(rater.Person)
		if err != nil {
			return err
		}
		if standing != ballotbox.TookNothing {
			continue
		}
		if err := cast(box, rater.Person, answer); err != nil {
			return fmt.Errorf("demo: the answers of %s: %w", rater.Person, err)
		}
	}
	return nil
}

// cast does what a rater's browser does.
func cast(box *ballotbox.Box, who domain.PersonID, a round.Answer) error {
	request, err := ballot.Ask(box.Manifest())
	if err != nil {
		return err
	}
	signed, err := box.Issue(who, request.Blinded)
	if err != nil {
		return err
	}
	credential, err := request.Credential(signed)
	if err != nil {
		return err
	}
	text, err := json.Marshal(a)
	if err != nil {
		return err
	}
	sealed, err := ballot.Seal(box.Manifest(), credential.Nullifier(), text)
	if err != nil {
		return err
	}
	return box.Cast(ballot.Ballot{Credential: credential, Sealed: sealed})
}

// mask keeps a comment from a report, by some words in it.
func (h hall) mask(ctx context.Context, in domain.ProgrammeID, id domain.RoundID, holds, why string) ([]eventstore.Step, error) {
	for rec, err := range h.log.Stream(ctx, domain.Stream{Programme: in, Kind: "round", ID: string(id)}, 0) {
		if err != nil {
			return nil, err
		}
		for _, e := range rec.Events {
			released, ok := e.(round.Released)
			if !ok {
				continue
			}
			comments, _ := released.ReadComments()
			for _, c := range comments {
				if strings.Contains(c.Text, holds) {
					return []eventstore.Step{eventstore.Do(round.Mask{ID: id, Comment: c.ID, Why: why})}, nil
				}
			}
		}
	}
	return nil, fmt.Errorf("demo: no comment of %s holds %q", id, holds)
}

// count counts a round that is closed and releases what came out, unless that
// has been told.
func (h hall) count(ctx context.Context, in domain.ProgrammeID, a asking, before []domain.RoundID) ([]eventstore.Step, error) {
	opened, status, err := h.told(ctx, in, a.ID)
	if err != nil || status != round.StatusClosed {
		return nil, err
	}
	var earlier []domain.RoundID
	for _, id := range before {
		if _, status, err := h.told(ctx, in, id); err != nil {
			return nil, err
		} else if status == round.StatusReleased {
			earlier = append(earlier, id)
		}
	}
	key, err := h.key(ctx, in, a.Coach)
	if err != nil {
		return nil, err
	}
	opening, err := station.OpenKey(key, a.ID, opened.Key)
	if err != nil {
		return nil, err
	}
	outcome, err := h.station.Count(ctx, station.Closing{
		Programme: in, ID: a.ID, Kind: a.Kind, Questions: a.Questions, Thresholds: a.Thresholds,
		Raters: opened.Raters, Boxes: opened.Boxes, Earlier: earlier,
	}, opening)
	return []eventstore.Step{eventstore.Do(round.Release{ID: a.ID, Outcome: outcome})}, err
}
