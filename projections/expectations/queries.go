package expectations

import (
	"context"

	"koersvast/domain"
	"koersvast/domain/expectation"
	"koersvast/projections"
)

// An Expectation is what somebody expects of others, and how they answered.
// Texts that were erased are nil.
type Expectation struct {
	ID         domain.ExpectationID `json:"id"`
	By         domain.PersonID      `json:"by"`
	FromMT     bool                 `json:"from_mt"`
	Of         domain.Party         `json:"of"`
	Text       *string              `json:"text" doc:"null once it was erased"`
	Pillar     domain.PillarID      `json:"pillar,omitempty"`
	Said       domain.Day           `json:"said"`
	Status     expectation.Status   `json:"status" enum:"open,accepted,declined,countered,offer_taken,dropped"`
	Since      domain.Day           `json:"since" doc:"the day of that status"`
	AnsweredBy domain.PersonID      `json:"answered_by,omitempty"`
	Answer     *string              `json:"answer" doc:"the reason of a no, or the offer"`
	Promise    domain.PromiseID     `json:"promise,omitempty" doc:"the promise that answers it"`
	Dropped    *string              `json:"dropped" doc:"why it was taken back"`
	Place      domain.Position      `json:"place" doc:"where it first stood in the log"`
}

func (e *Expectation) columns() []any {
	return []any{
		&e.ID, &e.By, &e.FromMT, &e.Of, &e.Text, &e.Pillar, &e.Said, &e.Status, &e.Since,
		&e.AnsweredBy, &e.Answer, &e.Promise, &e.Dropped, &e.Place,
	}
}

const selectExpectation = `SELECT id, by, from_mt, of, text, pillar, said, status, since, answered_by, answer, promise, dropped, place FROM expectations `

// Filter says which expectations to list.
type Filter struct {
	FromMT bool // those of the MT, instead of those of others
	Open   bool // only what waits for an answer
	Skip   int  // how many the pages before had
	Limit  int  // at most so many
}

// Board answers: what do people expect of each other in one direction, what
// waits for an answer first, then the newest? What was taken back comes last.
func Board(ctx context.Context, r projections.Reader, in domain.ProgrammeID, f Filter) ([]Expectation, error) {
	return projections.All(ctx, r, (*Expectation).columns, selectExpectation+`
		WHERE programme = ?1 AND from_mt = ?2 AND (NOT ?3 OR status IN ('open', 'countered', 'offer_taken'))
		ORDER BY status = 'dropped', status NOT IN ('open', 'countered', 'offer_taken'), place DESC LIMIT ?4 OFFSET ?5`,
		in, f.FromMT, f.Open, f.Limit, f.Skip)
}

// TheExpectation answers: what was expected here, and how was it answered?
func TheExpectation(ctx context.Context, r projections.Reader, in domain.ProgrammeID, id domain.ExpectationID) (Expectation, error) {
	e, found, err := projections.One(ctx, r, (*Expectation).columns, selectExpectation+`WHERE programme = ? AND id = ?`, in, id)
	if err == nil && !found {
		err = expectation.ErrUnknown
	}
	return e, err
}

// Waiting answers: which expectations wait for this person, the oldest first?
// Open ones of a party they belong to, offers made to them, and offers of
// theirs that were taken and have yet to become a promise.
func Waiting(ctx context.Context, r projections.Reader, in domain.ProgrammeID, person domain.PersonID, parties []domain.Party) ([]Expectation, error) {
	return projections.All(ctx, r, (*Expectation).columns, selectExpectation+`
		WHERE programme = ?1 AND (
			status = 'open' AND by <> ?2 AND of IN (SELECT value FROM json_each(?3))
			OR status = 'countered' AND by = ?2
			OR status = 'offer_taken' AND answered_by = ?2)
		ORDER BY place`, in, person, projections.JSON(parties))
}

// Everything answers: what did people ever expect of each other, the first
// first?
func Everything(ctx context.Context, r projections.Reader, in domain.ProgrammeID) ([]Expectation, error) {
	return projections.All(ctx, r, (*Expectation).columns, selectExpectation+`WHERE programme = ? ORDER BY place`, in)
}
