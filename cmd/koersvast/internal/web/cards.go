package web

import (
	"context"
	"errors"
	"image/color"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/boombuler/barcode/qr"

	"koersvast/cmd/koersvast/internal/post"
	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/programme"
	"koersvast/domain/round"
	"koersvast/eventstore/ballotbox"
	"koersvast/projections/people"
	"koersvast/projections/rounds"
)

// cardRoutes are what is printed for a round: cards for who has no mail, which
// let them in, and envelopes for who has no device to answer on. They are for
// who leads the programme: a coach who could come in as a rater, or knew the
// codes of envelopes, could answer for others.
func (s *Server) cardRoutes() {
	question(s, Question[RoundIn, cardsForm]{
		Path: "/rounds/{id}/cards", Doc: "Who can be given a card to answer with",
		Action: access.RoundPlan, Of: theRound[RoundIn], Present: true,
		Ask: s.askCards, Page: cardsFormPage,
	})
	question(s, Question[cardsIn, []card]{
		Path: "/rounds/{id}/cards", Doc: "Cards with new personal codes, shown once; codes that these people had are no longer valid",
		Action: access.RoundPlan, Of: theRound[cardsIn],
		Ask: s.printCards, Page: printedCardsPage,
	})
	question(s, Question[RoundIn, envelopesForm]{
		Path: "/rounds/{id}/envelopes", Doc: "Who takes an envelope, and who still can",
		Action: access.RoundPlan, Of: theRound[RoundIn], Present: true,
		Ask: s.askEnvelopes, Page: envelopesFormPage,
	})
	command(s, Command[takeIn]{
		Path: "/rounds/{id}/envelopes/take", Doc: "Say that somebody answers with an envelope, and so not on a device; this cannot be undone",
		Action: access.RoundPlan, Of: theRound[takeIn],
		Do:   func(ctx context.Context, a Asker, in takeIn) (Steps, error) { return nil, s.takeEnvelope(ctx, a, in) },
		Form: "/rounds/{id}/envelopes", Next: "/rounds/{id}/envelopes",
	})
	question(s, Question[envelopesIn, envelopes]{
		Path: "/rounds/{id}/envelopes", Doc: "Codes for envelopes, shown once and kept nowhere: no more than people who take one",
		Action: access.RoundPlan, Of: theRound[envelopesIn],
		Ask: s.printEnvelopes, Page: printedEnvelopesPage,
	})
}

// ratersNow are those who are asked in a round and have not declined, as far
// as the round is still to be answered.
func ratersNow(ctx context.Context, a Asker, id domain.RoundID, is ...round.Status) (r rounds.Round, raters []rounds.Rater, err error) {
	if r, err = rounds.TheRound(ctx, a.Read, a.Programme, id); err != nil {
		return r, nil, err
	}
	if !slices.Contains(is, r.Status) || r.Closes < a.Act.Today() {
		return r, nil, round.ErrNotOpen
	}
	raters, err = rounds.Raters(ctx, a.Read, a.Programme, id)
	return r, slices.DeleteFunc(raters, func(r rounds.Rater) bool { return r.Declined }), err
}

// A cardsForm is who can be given a card.
type cardsForm struct {
	Round  rounds.Round    `json:"round"`
	People []people.Person `json:"people"`

	names people.Directory
}

func (s *Server) askCards(ctx context.Context, a Asker, in RoundIn) (f cardsForm, err error) {
	var raters []rounds.Rater
	if f.Round, raters, err = ratersNow(ctx, a, in.ID, round.StatusApproved, round.StatusOpen); err != nil {
		return f, err
	}
	f.People = []people.Person{}
	for _, r := range raters {
		p, err := people.ThePerson(ctx, a.Read, a.Programme, r.Person)
		if err != nil {
			return f, err
		}
		if p.Gone == "" {
			f.People = append(f.People, p)
		}
	}
	f.names, err = people.Names(ctx, a.Read, a.Programme)
	return f, err
}

// form begins with those who cannot be reached by mail.
func (f cardsForm) form(v View) Form {
	form := v.Form("/rounds/" + string(f.Round.ID) + "/cards")
	if form.Values == nil {
		form.Values = map[string][]string{}
		for _, p := range f.People {
			if p.Email != nil && *p.Email == "" {
				form.Values.Add("people", string(p.ID))
			}
		}
	}
	return form
}

type cardsIn struct {
	RoundIn
	Body struct {
		People []domain.PersonID `json:"people"`
	}
}

// A card lets one person in: by what the square on it leads to or, where
// nothing can read that, by a code.
type card struct {
	Person  domain.PersonID `json:"person"`
	Name    *string         `json:"name"`
	Code    string          `json:"code" doc:"It is shown once"`
	Address string          `json:"address" doc:"What the square leads to"`

	signin string
	closes domain.Day
}

func (s *Server) printCards(ctx context.Context, a Asker, in cardsIn) ([]card, error) {
	r, raters, err := ratersNow(ctx, a, in.ID, round.StatusApproved, round.StatusOpen)
	if err != nil {
		return nil, err
	}
	cards := []card{}
	for i, id := range in.Body.People {
		if !slices.ContainsFunc(raters, func(r rounds.Rater) bool { return r.Person == id }) {
			return nil, programme.ErrUnknownPerson.On("people[" + strconv.Itoa(i) + "]")
		}
	}
	for _, id := range in.Body.People {
		p, err := present(ctx, a, id)
		if err != nil {
			return nil, err
		}
		c := card{Person: id, Name: p.Name, Address: post.LinksTo(s.publicHome(), r.ID).Answer, signin: s.signinAddress(), closes: r.Closes}
		if post.LetsIn(p) {
			token, err := s.Signin.Invite(ctx, signin.Invitation{Who: whoIs(a, id), Round: r.ID}, "card", post.LinkEnds(r.Closes))
			if err != nil {
				return nil, err
			}
			c.Address = post.LinkOf(s.publicHome(), token)
		}
		if c.Code, err = s.Signin.Issue(ctx, whoIs(a, id)); err != nil {
			return nil, err
		}
		cards = append(cards, c)
	}
	rand.Shuffle(len(cards), func(i, j int) { cards[i], cards[j] = cards[j], cards[i] })
	return cards, nil
}

// An envelopesForm is who takes an envelope in each group, and who still can.
// Who answers on a device is not told: they are among those who can.
type envelopesForm struct {
	Round  rounds.Round    `json:"round"`
	Groups []envelopeGroup `json:"groups"`

	names people.Directory
}

type envelopeGroup struct {
	Group domain.RaterGroup `json:"group"`
	Take  []domain.PersonID `json:"take"`
	Can   []domain.PersonID `json:"can"`
}

func (s *Server) askEnvelopes(ctx context.Context, a Asker, in RoundIn) (f envelopesForm, err error) {
	var raters []rounds.Rater
	if f.Round, raters, err = ratersNow(ctx, a, in.ID, round.StatusOpen); err != nil {
		return f, err
	}
	f.Groups = []envelopeGroup{}
	for _, g := range domain.RaterGroups {
		asked := askedIn(g, raters)
		if len(asked) == 0 {
			continue
		}
		box, err := s.boxFor(ctx, a, in.ID, g)
		if err != nil {
			return f, err
		}
		standings, err := box.Standings(asked)
		if err != nil {
			return f, err
		}
		group := envelopeGroup{g, []domain.PersonID{}, []domain.PersonID{}}
		for i, p := range asked {
			if standings[i] == ballotbox.TakesEnvelope {
				group.Take = append(group.Take, p)
			} else {
				group.Can = append(group.Can, p)
			}
		}
		f.Groups = append(f.Groups, group)
	}
	f.names, err = people.Names(ctx, a.Read, a.Programme)
	return f, err
}

// boxFor returns the ballot box of a group.
func (s *Server) boxFor(ctx context.Context, a Asker, id domain.RoundID, g domain.RaterGroup) (*ballotbox.Box, error) {
	b, err := boxOf(ctx, a, id, g)
	if err != nil {
		return nil, err
	}
	return s.Station.Box(b.ID)
}

// takers are the names of who takes an envelope.
func (f envelopesForm) takers(ctx context.Context, g envelopeGroup) (names []string) {
	for _, p := range g.Take {
		names = append(names, personName(ctx, f.names, p))
	}
	return names
}

// canTake are those who can be said to take an envelope.
func (f envelopesForm) canTake(ctx context.Context) (options []Option) {
	for _, g := range f.Groups {
		for _, p := range g.Can {
			options = append(options, Option{Value: string(p), Label: personName(ctx, f.names, p), Group: i18n.T(ctx, "group."+string(g.Group))})
		}
	}
	return options
}

type takeIn struct {
	RoundIn
	Body struct {
		Person domain.PersonID `json:"person"`
	}
}

func (s *Server) takeEnvelope(ctx context.Context, a Asker, in takeIn) error {
	_, raters, err := ratersNow(ctx, a, in.ID, round.StatusOpen)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(raters, func(r rounds.Rater) bool { return r.Person == in.Body.Person })
	if i < 0 {
		return programme.ErrUnknownPerson.On("person")
	}
	box, err := s.boxFor(ctx, a, in.ID, raters[i].Group)
	if err != nil {
		return err
	}
	err = box.TakeEnvelope(in.Body.Person)
	if errors.Is(err, ballotbox.ErrIssued) {
		return errOnDevice.On("person")
	}
	return err
}

// errOnDevice refuses an envelope to who has a credential. It cannot be kept
// from who hands out envelopes: with both, somebody would answer twice.
var errOnDevice = domain.Refuse(domain.Conflict, "answers_on_device", "this person has begun to answer on a device, and takes no envelope")

type envelopesIn struct {
	RoundIn
	Body struct {
		Group  domain.RaterGroup `json:"group"`
		Number int               `json:"number"`
	}
}

// envelopes are codes of which nobody knows who draws which.
type envelopes struct {
	Group   domain.RaterGroup `json:"group"`
	Address string            `json:"address" doc:"Where they are used"`
	Codes   []string          `json:"codes" doc:"They are shown once"`

	closes domain.Day
}

func (s *Server) printEnvelopes(ctx context.Context, a Asker, in envelopesIn) (e envelopes, err error) {
	r, _, err := ratersNow(ctx, a, in.ID, round.StatusOpen)
	if err != nil {
		return e, err
	}
	box, err := s.boxFor(ctx, a, in.ID, in.Body.Group)
	if err != nil {
		return e, err
	}
	e = envelopes{Group: in.Body.Group, Address: s.publicHome().JoinPath("envelope").String(), closes: r.Closes}
	e.Codes, err = box.Envelopes(in.Body.Number)
	return e, err
}

// quietZone is how many white squares must surround a code for a camera to
// find it.
const quietZone = 4

// A square is a code that cameras read, as the black in it.
type square struct {
	Size int    // of its sides, with the white around it
	Path string // a run of black in each row, for an SVG
}

// squareOf returns the code of a text. What is too long for one has none.
func squareOf(text string) (s square, ok bool) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return s, false
	}
	side := code.Bounds().Dx()
	var b strings.Builder
	for y := range side {
		for x := 0; x < side; x++ {
			from := x
			for x < side && code.At(x, y) == color.Black {
				x++
			}
			if x > from {
				b.WriteString("M" + strconv.Itoa(from+quietZone) + " " + strconv.Itoa(y+quietZone) + "h" + strconv.Itoa(x-from) + "v1h-" + strconv.Itoa(x-from) + "z")
			}
		}
	}
	return square{side + 2*quietZone, b.String()}, true
}

func (s square) viewBox() templ.Attributes {
	side := strconv.Itoa(s.Size)
	return templ.Attributes{"viewBox": "0 0 " + side + " " + side}
}
