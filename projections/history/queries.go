package history

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/projections"
)

// A Line is one fact. Texts that were erased are nil.
type Line struct {
	Position domain.Position `json:"position"`
	N        int             `json:"n" doc:"counts the facts of one act from 0"`
	Fact     string          `json:"fact" doc:"the name of the event"`
	Concept  string          `json:"concept" enum:"programme,strategy,promise,expectation,council,method"`
	Kind     string          `json:"kind" doc:"what it is about within that: pillar, person and so on"`
	Thing    string          `json:"thing" doc:"the id of what it is about"`
	At       time.Time       `json:"at" doc:"when it was recorded"`
	Day      domain.Day      `json:"day" doc:"when it happened"`
	By       domain.PersonID `json:"by"`
	Owner    domain.PersonID `json:"owner" doc:"whose thing it is about"`
	Text     *string         `json:"text" doc:"null once it was erased"`
	Why      *string         `json:"why"`
	Was      domain.Day      `json:"was,omitempty"`
	Is       domain.Day      `json:"is,omitempty"`
	Quote    *string         `json:"quote" doc:"what the thing was called until then; null once it was erased"`
}

func (l *Line) columns() []any {
	return []any{
		&l.Position, &l.N, &l.Fact, &l.Concept, &l.Kind, &l.Thing, projections.ScanTime(&l.At), &l.Day, &l.By, &l.Owner,
		&l.Text, &l.Why, &l.Was, &l.Is, &l.Quote,
	}
}

// Sight is what somebody may read about.
type Sight struct {
	People       bool
	Strategy     bool
	Expectations bool
	Council      bool
	Method       bool
	EveryPromise bool            // otherwise only those of, by and to the asker
	Person       domain.PersonID // the asker
	Parties      []domain.Party  // to which a promise is also made to the asker
}

// SightOf returns what an actor may read about: what [access.Can] allows of
// each line one by one.
func SightOf(a access.Actor) Sight {
	all := access.Resource{Programme: a.Programme}
	return Sight{
		People:       access.Can(a, access.PeopleRead, all),
		Strategy:     access.Can(a, access.StrategyRead, all),
		Expectations: access.Can(a, access.ExpectationRead, all),
		Council:      access.Can(a, access.CouncilRead, all),
		Method:       access.Can(a, access.MethodRead, all),
		EveryPromise: access.SeesEveryPromise(a),
		Person:       a.Person,
		Parties:      access.PromisedTo(a),
	}
}

// Filter narrows the history; its zero value narrows nothing.
type Filter struct {
	Concept string          // only about this
	Person  domain.PersonID // only by or about this person
	From    domain.Day      // only from this day on
	To      domain.Day      // only up to and with this day
	Before  Place           // only before this one, for the next page
	Limit   int             // at most so many; 0 means 100
}

// A Place is where a fact stands in the log.
type Place struct {
	Position domain.Position
	N        int
}

// Lines answers: what happened, the newest first?
func Lines(ctx context.Context, r projections.Reader, in domain.ProgrammeID, s Sight, f Filter) ([]Line, error) {
	if f.Limit == 0 {
		f.Limit = 100
	}
	// Without statistics SQLite cannot tell which index passes over least.
	by, where, args := `INDEXED BY history_by_place`, `WHERE h.programme = ?1`, s.args(in)
	only := func(condition string, arg any) {
		args = append(args, arg)
		where += fmt.Sprintf(` AND `+condition, len(args))
	}
	if f.Concept != "" {
		by = `INDEXED BY history_by_concept`
		only(`h.concept = ?%d`, f.Concept)
	}
	if f.Person != "" {
		by = `NOT INDEXED`
		only(`h.rowid IN (SELECT rowid FROM history WHERE programme = ?1 AND by = ?%[1]d
			UNION SELECT rowid FROM history WHERE programme = ?1 AND owner = ?%[1]d)`, f.Person)
	}
	if f.From != "" {
		only(`h.day >= ?%d`, f.From)
		// Nothing is written down before it happened, so the search can end
		// there. A day earlier, because clocks are sometimes set back.
		only(`h.position >= (SELECT position FROM history WHERE programme = ?1 AND at >= ?%d ORDER BY at LIMIT 1)`,
			projections.Time(f.From.Add(-1).Start()))
	}
	if f.To != "" {
		only(`h.day <= ?%d`, f.To)
	}
	if f.Before != (Place{}) {
		only(`h.position <= ?%d`, f.Before.Position)
		args = append(args, f.Before.N)
		where += fmt.Sprintf(` AND (h.position < ?%d OR h.n < ?%d)`, len(args)-1, len(args))
	}
	return projections.All(ctx, r, (*Line).columns, `SELECT h.position, h.n, h.fact, h.concept, h.kind, h.thing, h.at, h.day, h.by, h.owner,
			h.text, h.why, h.day_was, h.day_is, h.quote FROM history h `+by+` `+where+` AND `+seen+`
		ORDER BY h.position DESC, h.n DESC LIMIT ?`, append(args, f.Limit)...)
}

// seen is the condition on h that ?1 … ?9 (programme, people, strategy,
// expectations, every promise, person, parties, council, method) may read it. The
// lists that the parties are in are looked up once, not once a line.
const seen = `CASE h.concept
	WHEN 'programme' THEN ?2
	WHEN 'strategy' THEN ?3
	WHEN 'expectation' THEN ?4
	WHEN 'council' THEN ?8
	WHEN 'method' THEN ?9
	WHEN 'promise' THEN ?5 OR h.owner = ?6 OR h.recorder = ?6 OR h.audience IN (SELECT audience FROM history_audience
		WHERE programme = ?1 AND party IN (SELECT value FROM json_each(?7)))
	END`

func (s Sight) args(in domain.ProgrammeID) []any {
	// Nobody is no person: '' would be who wrote down what nobody wrote down.
	person := sql.NullString{String: string(s.Person), Valid: s.Person != ""}
	return []any{in, s.People, s.Strategy, s.Expectations, s.EveryPromise, person, projections.JSON(s.Parties), s.Council, s.Method}
}
