package web

import (
	"context"
	"errors"
	"slices"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/cmd/koersvast/internal/web/sheet"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/expectation"
	"koersvast/domain/promise"
	"koersvast/eventstore"
	"koersvast/projections/expectations"
	"koersvast/projections/people"
	"koersvast/projections/strategies"
)

// expectationRoutes are what people expect of each other, back and forth, and
// how they answer. To say yes is to make a promise: see /promises/new.
func (s *Server) expectationRoutes() {
	question(s, Question[boardIn, board]{
		Path: "/expectations", Doc: "Back and forth: what people expect of each other, and how it was answered",
		Action: access.ExpectationRead, Nav: "nav.expectations",
		Ask: askBoard, Page: boardPage, Logged: true, Table: board.table,
	})
	question(s, Question[struct{}, newExpectation]{
		Path: "/expectations/new", Doc: "What there is to choose from when stating an expectation",
		Action: access.ExpectationExpress,
		Ask:    askNewExpectation, Page: newExpectationPage,
	})
	question(s, Question[ExpectationIn, oneExpectation]{
		Path: "/expectations/{id}", Doc: "One expectation, and how it was answered",
		Action: access.ExpectationRead, Of: theExpectation[ExpectationIn],
		Ask: askExpectation, Page: expectationPage,
	})
	question(s, Question[expectationStepIn, oneExpectation]{
		Path: "/expectations/{id}/{step}", Doc: "One expectation, to say something about it: decline, counter or drop",
		Action: access.ExpectationRead, Of: theExpectation[expectationStepIn],
		Ask: askExpectationStep, Page: expectationStepPage,
	})

	command(s, Command[expressIn]{
		Path: "/expectations/new", Doc: "State what you expect of others", Action: access.ExpectationExpress,
		Do: func(ctx context.Context, a Asker, in expressIn) (Steps, error) {
			if err := known(ctx, a, "of", in.Body.Of); err != nil {
				return nil, err
			}
			return append(pillarStands(a, in.Body.Pillar), eventstore.Do(expectation.Express(in.Body))), nil
		},
		Form: "/expectations/new", Next: "/expectations/{id}",
	})
	onExpectation(s, "decline", "Answer an expectation with no, and why", access.ExpectationAnswer, "decline", func(in expectationWhyIn) domain.Command[expectation.State] {
		return expectation.Decline{ID: in.ID, Why: in.Body.Why}
	})
	onExpectation(s, "counter", "Answer an expectation with what you can do instead", access.ExpectationAnswer, "counter", func(in counterIn) domain.Command[expectation.State] {
		return expectation.Counter{ID: in.ID, Offer: in.Body.Offer}
	})
	onExpectation(s, "take", "Say that the offer will do", access.ExpectationOwn, "", func(in ExpectationIn) domain.Command[expectation.State] {
		return expectation.TakeOffer{ID: in.ID}
	})
	onExpectation(s, "drop", "Take back what you expect", access.ExpectationOwn, "drop", func(in expectationWhyIn) domain.Command[expectation.State] {
		return expectation.Drop{ID: in.ID, Why: in.Body.Why}
	})
}

// expectationSteps are the forms of one expectation.
var expectationSteps = []string{"decline", "counter", "drop"}

// onExpectation declares a command about one expectation. Its form is that
// step's page, or the expectation itself when it has none.
func onExpectation[In aboutExpectation](s *Server, verb, doc string, action access.Action, form string, cmd func(In) domain.Command[expectation.State]) {
	page := "/expectations/{id}"
	if form != "" {
		page += "/" + form
	}
	command(s, Command[In]{
		Path: "/expectations/{id}/" + verb, Doc: doc, Action: action, Of: theExpectation[In],
		Do:   func(_ context.Context, _ Asker, in In) (Steps, error) { return Steps{eventstore.Do(cmd(in))}, nil },
		Form: page, Next: "/expectations/{id}",
	})
}

// aboutExpectation is an input that names an expectation.
type aboutExpectation interface {
	expectation() domain.ExpectationID
}

// An ExpectationIn names an expectation.
type ExpectationIn struct {
	ID domain.ExpectationID `path:"id"`
}

func (in ExpectationIn) expectation() domain.ExpectationID { return in.ID }

// theExpectation is what the rules of access look at.
func theExpectation[In aboutExpectation](ctx context.Context, a Asker, in In) (access.Resource, error) {
	e, err := expectations.TheExpectation(ctx, a.Read, a.Programme, in.expectation())
	return resourceOf(a, e), err
}

func resourceOf(a Asker, e expectations.Expectation) access.Resource {
	return access.Resource{Programme: a.Programme, Owner: e.By, For: []domain.Party{e.Of}}
}

type expectationStepIn struct {
	ExpectationIn
	Step string `path:"step" doc:"What is to be said about it"`
}

type expectationWhyIn struct {
	ExpectationIn
	Body struct {
		Why string `json:"why" doc:"The reason"`
	}
}

type counterIn struct {
	ExpectationIn
	Body struct {
		Offer string `json:"offer" doc:"What you can do instead"`
	}
}

type expressIn struct {
	Body struct {
		ID     domain.ExpectationID `json:"id,omitempty" new:"true"`
		Of     domain.Party         `json:"of" doc:"Of whom: mt, informal_leader, employee, team/<id> or person/<id>"`
		Text   string               `json:"text" doc:"What you expect, as a sentence"`
		Pillar domain.PillarID      `json:"pillar,omitempty"`
	}
}

// boardLength is how many expectations one direction shows at once.
const boardLength = 100

type boardIn struct {
	Open bool `query:"open" doc:"Only what waits for an answer"`
	Skip int  `query:"skip" doc:"How many of each direction the pages before showed"`
}

// emptyWords is the id of what a side of the board says that shows nothing.
func (in boardIn) emptyWords(side string) string {
	if in != (boardIn{}) {
		return "filter.nothing"
	}
	return "board.empty." + side
}

// A board is what people expect of each other, in both directions.
type board struct {
	OfMT   []expectations.Expectation `json:"of_mt" doc:"What employees expect; what waits for an answer first"`
	FromMT []expectations.Expectation `json:"from_mt" doc:"What the MT expects"`
	Next   int                        `json:"next,omitempty" doc:"Ask the next page with ?skip= this"`

	asked    boardIn
	readable map[domain.PromiseID]bool
	names    people.Directory
}

func askBoard(ctx context.Context, a Asker, in boardIn) (b board, err error) {
	b.asked = in
	length := a.length(boardLength)
	for _, side := range []struct {
		fromMT bool
		to     *[]expectations.Expectation
	}{{false, &b.OfMT}, {true, &b.FromMT}} {
		if *side.to, err = expectations.Board(ctx, a.Read, a.Programme, expectations.Filter{
			FromMT: side.fromMT, Open: in.Open, Skip: max(in.Skip, 0), Limit: length + 1,
		}); err != nil {
			return b, err
		}
		if len(*side.to) > length {
			*side.to = (*side.to)[:length]
			b.Next = max(in.Skip, 0) + length
		}
	}
	if b.readable, err = readable(ctx, a, slices.Concat(b.OfMT, b.FromMT)...); err != nil {
		return b, err
	}
	b.names, err = people.Names(ctx, a.Read, a.Programme)
	return b, err
}

// table is both directions.
func (b board) table(v View) sheet.Table {
	ctx := v.ctx()
	t := sheet.Table{
		Name:    i18n.T(ctx, "nav.expectations"),
		Columns: heads(ctx, "expected_by", "expected_of", "expectation", "said", "answer", "since", "answered_by", "answer_text", "id"),
		Notes:   cutOff(ctx, b.Next > 0),
	}
	for _, e := range slices.Concat(b.OfMT, b.FromMT) {
		var answeredBy any
		if e.AnsweredBy != "" {
			answeredBy = personName(ctx, b.names, e.AnsweredBy)
		}
		t.Rows = append(t.Rows, []any{
			personName(ctx, b.names, e.By), partyName(ctx, b.names, e.Of), cellOf(ctx, e.Text), e.Said,
			i18n.T(ctx, "table.answer."+string(e.Status)), e.Since, answeredBy, cellOf(ctx, e.Answer), string(e.ID),
		})
	}
	return t
}

// readable tells of the promises that were made in answer which the asker may
// read: an expectation is read by more people than what came of it.
func readable(ctx context.Context, a Asker, answered ...expectations.Expectation) (map[domain.PromiseID]bool, error) {
	may := map[domain.PromiseID]bool{}
	for _, e := range answered {
		if e.Promise == "" {
			continue
		}
		what, err := thePromise(ctx, a, PromiseIn{e.Promise})
		switch {
		case errors.Is(err, promise.ErrUnknown): // it is the next thing in the log
		case err != nil:
			return nil, err
		default:
			may[e.Promise] = access.Can(a.Actor, access.PromiseRead, what)
		}
	}
	return may, nil
}

// A newExpectation is what there is to choose from.
type newExpectation struct {
	Pillars []strategies.Part `json:"pillars"`
	Teams   []people.Team     `json:"teams"`
	People  []people.Person   `json:"people"`
}

func askNewExpectation(ctx context.Context, a Asker, _ struct{}) (newExpectation, error) {
	n, err := askNewPromise(ctx, a, newPromiseIn{})
	return newExpectation{n.Pillars, n.Teams, n.People}, err
}

// oneExpectation is one expectation and its answer.
type oneExpectation struct {
	expectations.Expectation

	step     string
	pillar   *strategies.Part
	readable map[domain.PromiseID]bool
	names    people.Directory
}

func askExpectation(ctx context.Context, a Asker, in ExpectationIn) (e oneExpectation, err error) {
	if e.Expectation, err = expectations.TheExpectation(ctx, a.Read, a.Programme, in.ID); err != nil {
		return e, err
	}
	if e.Pillar != "" {
		pillar, err := strategies.ThePart(ctx, a.Read, a.Programme, strategies.Pillar, string(e.Pillar))
		if err != nil {
			return e, err
		}
		e.pillar = &pillar
	}
	if e.readable, err = readable(ctx, a, e.Expectation); err != nil {
		return e, err
	}
	e.names, err = people.Names(ctx, a.Read, a.Programme)
	return e, err
}

func askExpectationStep(ctx context.Context, a Asker, in expectationStepIn) (oneExpectation, error) {
	if !slices.Contains(expectationSteps, in.Step) {
		return oneExpectation{}, errNoPage
	}
	e, err := askExpectation(ctx, a, in.ExpectationIn)
	e.step = in.Step
	return e, err
}

func (e oneExpectation) address(step string) string {
	return "/expectations/" + string(e.ID) + "/" + step
}

// over is where the expectation stands.
func (e oneExpectation) over(ctx context.Context) string {
	if e.pillar != nil {
		return e.pillar.Name
	}
	return i18n.T(ctx, "expectation.title")
}
