package web

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"

	"koersvast/cmd/koersvast/internal/station"
	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/programme"
	"koersvast/domain/round"
	"koersvast/eventstore"
	"koersvast/eventstore/ballotbox/ballot"
	"koersvast/projections/people"
	"koersvast/projections/rounds"
)

// keyRoutes are for coaches: the key with which they open what people
// answered, and closing a round with it. The key is made, and used, in the
// coach's browser (key.js). The server sees it wrapped, and of each round the
// opening key at the moment of closing, which it forgets.
func (s *Server) keyRoutes() {
	question(s, Question[struct{}, keySheet]{
		Path: "/key", Doc: "Whether you hold a key that opens what people answer, and which rounds need it",
		Action: access.KeyHold, Menu: "key.title",
		Ask: askKey, Page: keyPage,
	})
	command(s, Command[keyIn]{
		Path: "/key", Doc: "Hold a new key from now on; rounds that are open stay with the one before", Action: access.KeyHold,
		Do: func(_ context.Context, a Asker, in keyIn) (Steps, error) {
			return Steps{eventstore.Do(programme.HoldKey{Programme: a.Programme, Public: in.Body.Public, Wrapped: in.Body.Wrapped})}, nil
		},
		Form: "/key", Next: "/key",
	})
	question(s, Question[RoundIn, closing]{
		Path: "/rounds/{id}/close", Doc: "What it takes to close a round: its opening key, sealed to its coach",
		Action: access.RoundCoach, Of: theRound[RoundIn],
		Ask: askClosing, Page: closePage,
	})
	command(s, Command[closeIn]{
		Path: "/rounds/{id}/close", Doc: "Close a round and release what its answers add up to",
		Action: access.RoundCoach, Of: theRound[closeIn],
		Do: s.closeRound, Form: "/rounds/{id}/close", Next: "/rounds/{id}/result",
	})
}

// A keySheet is what a coach holds.
type keySheet struct {
	Held bool           `json:"held" doc:"whether you have a key"`
	Open []rounds.Round `json:"open" doc:"rounds of yours that wait to be closed with the key that they were opened for"`

	names people.Directory
}

func askKey(ctx context.Context, a Asker, _ struct{}) (k keySheet, err error) {
	if _, k.Held, err = rounds.KeyOf(ctx, a.Read, a.Programme, a.Person); err != nil {
		return k, err
	}
	k.Open = []rounds.Round{}
	mine, err := coachedBy(ctx, a)
	if err != nil {
		return k, err
	}
	for _, r := range mine {
		if r.Status == round.StatusOpen || r.Status == round.StatusClosed {
			k.Open = append(k.Open, r)
		}
	}
	k.names, err = people.Names(ctx, a.Read, a.Programme)
	return k, err
}

// coachedBy returns the rounds of which the asker is the coach.
func coachedBy(ctx context.Context, a Asker) ([]rounds.Round, error) {
	if !access.Can(a.Actor, access.KeyHold, a.all()) {
		return nil, nil
	}
	mine, err := rounds.List(ctx, a.Read, a.Programme, rounds.Sight{Person: a.Person})
	return slices.DeleteFunc(mine, func(r rounds.Round) bool { return r.Coach != a.Person }), err
}

type keyIn struct {
	Body struct {
		Public  domain.Bytes `json:"public" doc:"The public half in base 64: a point of P-256, uncompressed"`
		Wrapped string       `json:"wrapped" doc:"The private half in base 64, wrapped under a passphrase that never leaves your device"`
	}
}

// A closing is what a coach needs to close a round.
type closing struct {
	rounds.Round
	Opening domain.Bytes `json:"opening" doc:"the opening key of the round in base 64, sealed to its coach; empty before the round was open"`
	Keys    []rounds.Key `json:"keys" doc:"the keys that you have had, the newest first"`

	groups []domain.RaterGroup // that were asked
	today  domain.Day
	names  people.Directory
}

func askClosing(ctx context.Context, a Asker, in RoundIn) (c closing, err error) {
	if c.Round, err = rounds.TheRound(ctx, a.Read, a.Programme, in.ID); err != nil {
		return c, err
	}
	if c.Opening, err = rounds.SealedKeyOf(ctx, a.Read, a.Programme, in.ID); err != nil {
		return c, err
	}
	if c.Keys, err = rounds.KeysOf(ctx, a.Read, a.Programme, a.Person); err != nil {
		return c, err
	}
	raters, err := rounds.Raters(ctx, a.Read, a.Programme, in.ID)
	if err != nil {
		return c, err
	}
	for _, g := range domain.RaterGroups {
		if slices.ContainsFunc(raters, func(r rounds.Rater) bool { return r.Group == g }) {
			c.groups = append(c.groups, g)
		}
	}
	c.today = a.today()
	c.names, err = people.Names(ctx, a.Read, a.Programme)
	return c, err
}

// refused is the code of what keeps the round from being closed, before
// anybody types a passphrase.
func (c closing) refused() string {
	switch {
	case c.Status == round.StatusOpen && c.today < c.Closes:
		return round.ErrTooEarly.Code
	case c.Status == round.StatusOpen || c.Status == round.StatusClosed:
		return ""
	case c.Status == round.StatusPlanned || c.Status == round.StatusApproved:
		return round.ErrNotOpen.Code
	}
	return round.ErrDone.Code
}

// forScript is what key.js opens the round with.
func (c closing) forScript() (string, error) {
	b, err := json.Marshal(struct {
		Round   domain.RoundID `json:"round"`
		Opening domain.Bytes   `json:"opening"`
		Keys    []rounds.Key   `json:"keys"`
	}{c.ID, c.Opening, c.Keys})
	return string(b), err
}

type closeIn struct {
	RoundIn
	Body struct {
		Key domain.Bytes `json:"key" doc:"The opening key of the round in base 64: the 32 bytes that its coach opened on their own device"`
	}
}

// closeRound closes a round, counts it and releases what came out. Closing is
// an act of its own, that is in the log before a box is touched: whoever gives
// the round more days at this moment comes before it, and then it stays open
// with its boxes, or after it, and is refused. What a rule would refuse is left
// to that rule. Done again after a crash it counts again, until the outcome is
// in the log; done again after that, it is the same act.
func (s *Server) closeRound(ctx context.Context, a Asker, in closeIn) (Steps, error) {
	c, err := askClosing(ctx, a, in.RoundIn)
	if err != nil {
		return nil, err
	}
	shut := eventstore.Do(round.Close{ID: in.ID})
	if c.refused() != "" {
		return Steps{shut}, nil
	}
	b, err := base64.StdEncoding.DecodeString(string(in.Body.Key))
	if err != nil {
		return nil, ballot.ErrWrongKey
	}
	key, err := ballot.ReadKey(b)
	if err != nil {
		return nil, err
	}
	count, err := theCount(ctx, a, c.Round)
	if err != nil {
		return nil, err
	}
	if err := s.Station.Fits(count, key); err != nil {
		return nil, err
	}
	closing := a.Act
	closing.ID = domain.ActID(s.NewID())
	pos, err := eventstore.ExecuteAll(ctx, s.Store, closing, shut)
	if err != nil {
		return nil, err
	}
	s.saw(pos)
	outcome, err := s.Station.Count(ctx, count, key)
	if err != nil {
		return nil, err
	}
	return Steps{eventstore.Do(round.Release{ID: in.ID, Outcome: outcome})}, nil
}

// theCount is what has to be known of a round to count it.
func theCount(ctx context.Context, a Asker, r rounds.Round) (c station.Closing, err error) {
	c = station.Closing{
		Programme: a.Programme, ID: r.ID, Kind: r.Kind, Questions: r.Questions, Thresholds: r.Thresholds,
	}
	raters, err := rounds.Raters(ctx, a.Read, a.Programme, r.ID)
	if err != nil {
		return c, err
	}
	for _, rater := range raters {
		c.Raters = append(c.Raters, rater.Rater)
	}
	boxes, err := rounds.Boxes(ctx, a.Read, a.Programme, r.ID)
	if err != nil {
		return c, err
	}
	for _, b := range boxes {
		c.Boxes = append(c.Boxes, round.Box{Group: b.Group, ID: b.ID, Manifest: b.Manifest})
	}
	c.Earlier, err = released(ctx, a, r)
	return c, err
}

// released returns the other rounds about the same person that brought
// something, the first that closed first.
func released(ctx context.Context, a Asker, than rounds.Round) (ids []domain.RoundID, err error) {
	all, err := rounds.OfSubject(ctx, a.Read, a.Programme, than.Subject)
	slices.SortStableFunc(all, func(x, y rounds.Round) int { return cmp.Compare(x.Closed, y.Closed) })
	for _, r := range all {
		if r.Status == round.StatusReleased && r.ID != than.ID {
			ids = append(ids, r.ID)
		}
	}
	return ids, err
}

// makeTitle is what making a key is called: the first, or another one.
func makeTitle(ctx context.Context, k keySheet) string {
	if k.Held {
		return i18n.T(ctx, "key.make.another")
	}
	return i18n.T(ctx, "key.make")
}

func groupNames(ctx context.Context, groups []domain.RaterGroup) (names []string) {
	for _, g := range groups {
		names = append(names, i18n.T(ctx, "group."+string(g)))
	}
	return names
}
