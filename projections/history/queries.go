package history

import (
	"context"
	"time"

	"koersvast/domain"
	"koersvast/projections"
)

// A Line is one fact. Texts that were erased are nil.
type Line struct {
	Position domain.Position `json:"position"`
	N        int             `json:"n" doc:"counts the facts of one act from 0"`
	Fact     string          `json:"fact" doc:"the name of the event"`
	Concept  string          `json:"concept" enum:"programme,strategy,promise,expectation"`
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
		&l.Position, &l.N, &l.Fact, &l.Concept, &l.Thing, projections.ScanTime(&l.At), &l.Day, &l.By, &l.Owner,
		&l.Text, &l.Why, &l.Was, &l.Is, &l.Quote,
	}
}

// Sight is what somebody may read about.
type Sight struct {
	People       bool
	Strategy     bool
	Expectations bool
	EveryPromise bool            // otherwise only those of, by and to the asker
	Person       domain.PersonID // the asker
	Parties      []domain.Party
}

// Filter narrows the history; its zero value narrows nothing.
type Filter struct {
	Concept string          // only about this
	Thing   string          // only about this one
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
	query := `SELECT h.position, h.n, h.fact, h.concept, h.thing, h.at, h.day, h.by, h.owner, h.text, h.why, h.day_was, h.day_is, h.quote
		FROM history h
		WHERE h.programme = ?1 AND (
			h.concept = 'programme' AND ?2
			OR h.concept = 'strategy' AND ?3
			OR h.concept = 'expectation' AND ?4
			OR h.concept = 'promise' AND (?5 OR h.owner = ?6 OR h.recorder = ?6 OR EXISTS (
				SELECT 1 FROM history_audience a JOIN json_each(?7) mine ON mine.value = a.party
				WHERE a.programme = ?1 AND a.promise = h.thing)))`
	args := []any{in, s.People, s.Strategy, s.Expectations, s.EveryPromise, s.Person, projections.JSON(s.Parties)}
	only := func(condition string, values ...any) {
		query += ` AND ` + condition
		args = append(args, values...)
	}
	// The conditions are numbered on from ?7 in the order in which they come.
	if f.Concept != "" {
		only(`h.concept = ?`, f.Concept)
	}
	if f.Thing != "" {
		only(`h.thing = ?`, f.Thing)
	}
	if f.Person != "" {
		only(`(h.by = ? OR h.owner = ?)`, f.Person, f.Person)
	}
	if f.From != "" {
		only(`h.day >= ?`, f.From)
	}
	if f.To != "" {
		only(`h.day <= ?`, f.To)
	}
	if f.Before != (Place{}) {
		only(`(h.position, h.n) < (?, ?)`, f.Before.Position, f.Before.N)
	}
	return projections.All(ctx, r, (*Line).columns, query+` ORDER BY h.position DESC, h.n DESC LIMIT ?`, append(args, f.Limit)...)
}
