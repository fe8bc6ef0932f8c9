package promises

import (
	"context"
	"database/sql"
	"fmt"

	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/promise"
	"koersvast/projections"
)

// A Promise is one promise as it stands. Texts that were erased are nil.
type Promise struct {
	ID          domain.PromiseID     `json:"id"`
	By          domain.PersonID      `json:"by"`
	RecordedBy  domain.PersonID      `json:"recorded_by,omitempty" doc:"who wrote it down for somebody else"`
	FromMT      bool                 `json:"from_mt"`
	Wording     *string              `json:"wording" doc:"null once it was erased"`
	Situation   *string              `json:"situation"`
	Frequency   *string              `json:"frequency"`
	Noticed     *string              `json:"noticed"`
	Pillar      domain.PillarID      `json:"pillar,omitempty"`
	Expectation domain.ExpectationID `json:"expectation,omitempty"`
	Due         domain.Day           `json:"due,omitempty" doc:"absent: until further notice"`
	Rhythm      int                  `json:"rhythm" doc:"days between two checks"`
	Status      promise.Status       `json:"status" enum:"proposed,declined,active,kept,broken,repaired,withdrawn"`
	Since       domain.Day           `json:"since" doc:"the day of that status"`
	Made        bool                 `json:"made" doc:"by who promises, or accepted: it counts"`
	Said        domain.Day           `json:"said" doc:"the day on which it was made or proposed"`
	Rewordings  int                  `json:"rewordings"`
	Moves       int                  `json:"moves"`
	Late        bool                 `json:"late,omitempty" doc:"kept after its day"`
	Explained   bool                 `json:"explained,omitempty" doc:"its withdrawal was explained"`
	Repair      *string              `json:"repair,omitempty"`
	RepairDue   domain.Day           `json:"repair_due,omitempty"`
	Behaviours  []domain.BehaviourID `json:"behaviours"`
	To          []domain.Party       `json:"to"`
	Place       domain.Position      `json:"place" doc:"where it first stood in the log"`
}

func (p *Promise) columns() []any {
	return []any{
		&p.ID, &p.By, &p.RecordedBy, &p.FromMT, &p.Wording, &p.Situation, &p.Frequency, &p.Noticed,
		&p.Pillar, &p.Expectation, &p.Due, &p.Rhythm, &p.Status, &p.Since, &p.Made, &p.Said, &p.Rewordings, &p.Moves, &p.Late,
		&p.Explained, &p.Repair, &p.RepairDue, projections.List(&p.Behaviours), projections.List(&p.To), &p.Place,
	}
}

const selectPromise = `SELECT p.id, p.by, p.recorded_by, p.from_mt, p.wording, p.situation, p.frequency, p.noticed,
	p.pillar, p.expectation, p.due, p.rhythm, p.status, p.since, p.made, p.said, p.rewordings, p.moves, p.late,
	p.explained, p.repair, p.repair_due, p.behaviours, p.audience, p.place
	FROM promises p `

// Sight is what somebody may see: all promises, or their own, those they
// wrote down, and those made to one of the parties.
type Sight struct {
	Everything bool
	Person     domain.PersonID
	Parties    []domain.Party
}

// SightOf returns what an actor may see: the promises that [access.PromiseRead]
// allows one by one.
func SightOf(a access.Actor) Sight {
	return Sight{access.SeesEveryPromise(a), a.Person, access.PromisedTo(a)}
}

// seen is the condition on p that ?1 … ?4 (programme, everything, person,
// parties) may see it. A proposal is not seen by those it is for.
const seen = `(?2 OR p.by = ?3 OR p.recorded_by = ?3 OR p.made AND ` + toThem + `) `

// toThem is the condition on p that it was made to one of the parties ?4. The
// lists they are in are looked up once, not once a promise.
const toThem = `p.audience IN (SELECT audience FROM promises_audience
	WHERE programme = ?1 AND party IN (SELECT value FROM json_each(?4)))`

// args are ?1 … ?4, and others after them.
func (s Sight) args(in domain.ProgrammeID, others ...any) []any {
	// Nobody is no person: '' would be who wrote down what nobody wrote down.
	person := sql.NullString{String: string(s.Person), Valid: s.Person != ""}
	return append([]any{in, s.Everything, person, projections.JSON(s.Parties)}, others...)
}

// Filter narrows the wall; its zero value narrows nothing.
type Filter struct {
	FromMT *bool           // only one direction
	Pillar domain.PillarID // only under this pillar
	By     domain.PersonID // only of this person
	To     domain.Party    // only to this party
	Status promise.Status  // only with this status
	Before domain.Position // only placed before this one, for the next page
	Limit  int             // at most so many; 0 means 50
}

// Wall answers: who promised what to whom, the newest first? A proposal is on
// it until it was declined or taken back.
func Wall(ctx context.Context, r projections.Reader, in domain.ProgrammeID, s Sight, f Filter) ([]Promise, error) {
	if f.Limit == 0 {
		f.Limit = 50
	}
	where, args := `WHERE p.programme = ?1 AND (p.made OR p.status = 'proposed')`, s.args(in)
	only := func(condition string, arg any) {
		args = append(args, arg)
		where += fmt.Sprintf(` AND `+condition, len(args))
	}
	if f.FromMT != nil {
		only(`p.from_mt = ?%d`, *f.FromMT)
	}
	if f.Pillar != "" {
		only(`p.pillar = ?%d`, f.Pillar)
	}
	if f.By != "" {
		only(`p.by = ?%d`, f.By)
	}
	if f.To != "" {
		only(`p.audience IN (SELECT audience FROM promises_audience WHERE programme = ?1 AND party = ?%d)`, f.To)
	}
	if f.Status != "" {
		only(`p.status = ?%d`, f.Status)
	}
	if f.Before != 0 {
		only(`p.place < ?%d`, f.Before)
	}
	return projections.All(ctx, r, (*Promise).columns,
		selectPromise+where+` AND `+seen+`ORDER BY p.place DESC LIMIT ?`, append(args, f.Limit)...)
}

// ThePromise answers: what was promised here, and how does it stand? Whether
// the asker may know is for the asker to find out.
func ThePromise(ctx context.Context, r projections.Reader, in domain.ProgrammeID, id domain.PromiseID) (Promise, error) {
	p, found, err := projections.One(ctx, r, (*Promise).columns, selectPromise+`WHERE p.programme = ? AND p.id = ?`, in, id)
	if err == nil && !found {
		err = promise.ErrUnknown
	}
	return p, err
}

// A Moment is one thing that was said about a promise.
type Moment struct {
	Position domain.Position `json:"position"`
	Fact     string          `json:"fact" doc:"the name of the event"`
	Day      domain.Day      `json:"day" doc:"when it happened"`
	Recorded domain.Day      `json:"recorded" doc:"when it was written down"`
	By       domain.PersonID `json:"by"`
	Text     *string         `json:"text" doc:"null once it was erased"`
	Why      *string         `json:"why"`
	Was      domain.Day      `json:"was,omitempty" doc:"the day before it moved"`
	Due      domain.Day      `json:"due,omitempty"`
	Late     bool            `json:"late,omitempty"`
}

// Line answers: what happened to this promise, the first first?
func Line(ctx context.Context, r projections.Reader, in domain.ProgrammeID, id domain.PromiseID) ([]Moment, error) {
	return projections.All(ctx, r, func(m *Moment) []any {
		return []any{&m.Position, &m.Fact, &m.Day, &m.Recorded, &m.By, &m.Text, &m.Why, &m.Was, &m.Due, &m.Late}
	}, `SELECT position, fact, day, recorded, by, text, why, was, due, late FROM promises_line
		WHERE programme = ? AND promise = ? ORDER BY position, n`, in, id)
}

// Everything answers: what was ever promised or proposed, the first first?
func Everything(ctx context.Context, r projections.Reader, in domain.ProgrammeID) ([]Promise, error) {
	return projections.All(ctx, r, (*Promise).columns, selectPromise+`WHERE p.programme = ? ORDER BY p.place`, in)
}

// A Turn is something that happened to a promise, without what was said.
type Turn struct {
	Promise domain.PromiseID
	Fact    string     // the name of the event
	Day     domain.Day // when it happened
	Was     domain.Day // the day before it moved
	Due     domain.Day
	Reason  int // how many characters the reason has, -1 when it was erased
}

// Turns answers: what happened to all promises, the first first?
func Turns(ctx context.Context, r projections.Reader, in domain.ProgrammeID) ([]Turn, error) {
	return projections.All(ctx, r, func(t *Turn) []any { return []any{&t.Promise, &t.Fact, &t.Day, &t.Was, &t.Due, &t.Reason} },
		`SELECT promise, fact, day, was, due, coalesce(length(trim(why)), -1) FROM promises_line
		WHERE programme = ? ORDER BY position, n`, in)
}

// Mine answers: what did this person promise that still asks something of
// them, the first due first? Proposals wait for an answer, broken promises
// for a repair, withdrawn ones for an explanation.
func Mine(ctx context.Context, r projections.Reader, in domain.ProgrammeID, person domain.PersonID) ([]Promise, error) {
	return projections.All(ctx, r, (*Promise).columns, selectPromise+`
		WHERE p.programme = ? AND p.by = ?
			AND (p.status IN ('proposed', 'active', 'broken') OR p.status = 'withdrawn' AND p.made AND NOT p.explained)
		ORDER BY p.status = 'active', coalesce(nullif(p.repair_due, ''), nullif(p.due, '')) NULLS LAST, p.place`, in, person)
}

// To answers: what did others promise to this person, or to a party they
// belong to, that stands open, the newest first? Limit is how many at most.
func To(ctx context.Context, r projections.Reader, in domain.ProgrammeID, s Sight, limit int) ([]Promise, error) {
	return projections.All(ctx, r, (*Promise).columns, selectPromise+`
		WHERE p.programme = ?1 AND p.by <> ?3 AND p.status IN ('active', 'broken') AND `+toThem+`
		ORDER BY p.place DESC LIMIT ?5`, s.args(in, limit)...)
}

// A Tally counts the promises under one pillar; proposals are in no count.
type Tally struct {
	Pillar    domain.PillarID `json:"pillar" doc:"empty for those under no pillar"`
	Active    int             `json:"active"`
	Kept      int             `json:"kept"`
	Broken    int             `json:"broken"`
	Repaired  int             `json:"repaired"`
	Withdrawn int             `json:"withdrawn"`
}

// Tallies answers: how do the promises under each pillar stand, of those that
// somebody may see?
func Tallies(ctx context.Context, r projections.Reader, in domain.ProgrammeID, s Sight) ([]Tally, error) {
	return projections.All(ctx, r, func(t *Tally) []any {
		return []any{&t.Pillar, &t.Active, &t.Kept, &t.Broken, &t.Repaired, &t.Withdrawn}
	}, `SELECT pillar, sum(iif(status = 'active', n, 0)), sum(iif(status = 'kept', n, 0)), sum(iif(status = 'broken', n, 0)),
			sum(iif(status = 'repaired', n, 0)), sum(iif(status = 'withdrawn', n, 0))
		FROM (SELECT p.pillar, p.status, count(*) AS n FROM promises p
			WHERE p.programme = ?1 AND p.made AND `+seen+` GROUP BY p.pillar, p.status)
		GROUP BY pillar ORDER BY pillar`, s.args(in)...)
}

// A Standing counts the promises of one direction under one pillar that have
// the same status.
type Standing struct {
	Pillar   domain.PillarID
	FromMT   bool
	Status   promise.Status
	Promises int
	Broken   int // of them, in how often promises are kept
}

// unexplained is for how many days a promise can be withdrawn without an
// explanation before that counts as broken.
const unexplained = 14

// Standings answers: how do all promises stand on a day, whoever may see them?
// It counts, and tells of none of them.
func Standings(ctx context.Context, r projections.Reader, in domain.ProgrammeID, today domain.Day) ([]Standing, error) {
	return projections.All(ctx, r, func(s *Standing) []any {
		return []any{&s.Pillar, &s.FromMT, &s.Status, &s.Promises, &s.Broken}
	}, `SELECT pillar, from_mt, status, count(*), count(*) FILTER (WHERE status IN ('broken', 'repaired')
			OR status = 'withdrawn' AND NOT explained AND since < ?2)
		FROM promises WHERE programme = ?1 AND made GROUP BY pillar, from_mt, status ORDER BY pillar, from_mt, status`,
		in, today.Add(-unexplained))
}

// UnderPillars answers: which are the first few promises under each pillar,
// those that run first, of those the next due first, and of those that
// somebody may see? Most is how many under one pillar; proposals and those
// that were declined or withdrawn do not stand under any.
func UnderPillars(ctx context.Context, r projections.Reader, in domain.ProgrammeID, s Sight, most int) ([]Promise, error) {
	const first = `p.status <> 'active', p.due = '', p.due, p.place`
	return projections.All(ctx, r, (*Promise).columns, `
		WITH pillars AS (SELECT DISTINCT pillar FROM promises WHERE programme = ?1 AND pillar <> '')
		`+selectPromise+`JOIN pillars ON p.rowid IN (
			SELECT p.rowid FROM promises p
			WHERE p.programme = ?1 AND p.pillar = pillars.pillar AND p.made AND p.status <> 'withdrawn' AND `+seen+`
			ORDER BY `+first+` LIMIT ?5)
		ORDER BY p.pillar, `+first, s.args(in, most)...)
}
