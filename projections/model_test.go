package projections_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"koersvast/domain"
	"koersvast/projections"
	"koersvast/projections/projectionstest"
)

// What happens in these tests: things are counted, said and taken back, and
// now and then something breaks.
type (
	counted struct {
		What string
		N    int
	}
	said  struct{ Text domain.Private }
	taken struct{}
	broke struct{}
)

func (counted) EventName() string { return "tally.counted" }
func (said) EventName() string    { return "tally.said" }
func (taken) EventName() string   { return "tally.taken" }
func (broke) EventName() string   { return "tally.broke" }

var errBroke = errors.New("it broke")

// Private lists the private texts.
func (s *said) Private() []*domain.Private { return []*domain.Private{&s.Text} }

// erased is something said, once its key has been destroyed.
func erased(t *testing.T) domain.Event {
	t.Helper()
	b, err := domain.TypeOf[said]().Encode(said{domain.Say("k", "hello")}, "", keyless{})
	if err != nil {
		t.Fatal(err)
	}
	e, err := domain.TypeOf[said]().Decode(b, "", keyless{})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

type keyless struct{}

func (keyless) Seal(_ domain.KeyID, text, _ []byte) ([]byte, error) { return text, nil }
func (keyless) Open(domain.KeyID, []byte, []byte) ([]byte, error)   { return nil, domain.ErrErased }

// tally adds up what is counted, and keeps what was said last.
var tally = projections.Model{
	Name: "tally/1",
	Schema: `
CREATE TABLE tally (
	programme TEXT    NOT NULL,
	what      TEXT    NOT NULL,
	n         INTEGER NOT NULL,
	PRIMARY KEY (programme, what)
) STRICT, WITHOUT ROWID;
CREATE TABLE tally_said (
	programme TEXT NOT NULL PRIMARY KEY,
	text      TEXT
) STRICT;`,
	Apply: applyTally,
}

const upsertTally = `INSERT INTO tally VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n`

func applyTally(tx *projections.Tx, rec domain.Record) error {
	for _, e := range rec.Events {
		var err error
		switch e := e.(type) {
		case counted:
			err = tx.Exec(upsertTally, rec.Programme, e.What, e.N)
		case said:
			err = tx.Exec(`INSERT INTO tally_said VALUES (?, ?) ON CONFLICT DO UPDATE SET text = excluded.text`, rec.Programme, projections.Text(e.Text))
		case taken:
			err = tx.Exec(`DELETE FROM tally_said WHERE programme = ?`, rec.Programme)
		case broke:
			err = errBroke
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// doers remembers who counted something, in which order.
var doers = projections.Model{
	Name: "doers/1",
	Schema: `
CREATE TABLE doers (
	programme TEXT    NOT NULL,
	nth       INTEGER NOT NULL,
	person    TEXT    NOT NULL,
	at        INTEGER NOT NULL,
	PRIMARY KEY (programme, nth)
) STRICT;
CREATE INDEX doers_by_person ON doers (programme, person);`,
	Apply: func(tx *projections.Tx, rec domain.Record) error {
		if _, ok := rec.Events[0].(counted); !ok {
			return nil
		}
		var n int
		if err := tx.QueryRow(`SELECT count(*) FROM doers WHERE programme = ?`, rec.Programme).Scan(&n); err != nil {
			return err
		}
		return tx.Exec(`INSERT INTO doers VALUES (?, ?, ?, ?)`, rec.Programme, n+1, rec.By, projections.Time(rec.At))
	},
}

var jar = domain.Stream{Kind: "tally", ID: "jar"}

func act(facts ...domain.Event) domain.Record {
	return projectionstest.Act(jar, "2026-03-02", "anna", facts...)
}

// ones are n acts that count one marble each.
func ones(n int) []domain.Record {
	acts := make([]domain.Record, n)
	for i := range acts {
		acts[i] = act(counted{"marbles", 1})
	}
	return acts
}

// marbles returns how many there are, and up to where the log was read.
func marbles(t *testing.T, p *projections.Projector) (n int, at domain.Position) {
	t.Helper()
	err := p.Read(t.Context(), func(r projections.Reader, pos domain.Position) error {
		at = pos
		return sum(t.Context(), r, &n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n, at
}

func sum(ctx context.Context, r projections.Reader, n *int) error {
	return r.QueryRowContext(ctx, `SELECT coalesce(sum(n), 0) FROM tally WHERE what = 'marbles'`).Scan(n)
}

// wantMarbles checks that tables and position agree, and are both at n.
func wantMarbles(t *testing.T, p *projections.Projector, want int) {
	t.Helper()
	if n, at := marbles(t, p); n != want || at != domain.Position(want) {
		t.Errorf("%d marbles at %d, want %d at %d", n, at, want, want)
	}
}

func opened(t *testing.T, dir string, models ...projections.Model) *projections.Projector {
	t.Helper()
	p, err := projections.Open(t.Context(), dir, models, projections.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

func closed(t *testing.T, p *projections.Projector) {
	t.Helper()
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
}

func caughtUp(t *testing.T, p *projections.Projector, src projections.Source) {
	t.Helper()
	if err := p.CatchUp(t.Context(), src); err != nil {
		t.Fatal(err)
	}
}

// wantError checks an error and the sentence it is told in.
func wantError(t *testing.T, got, want error, text string) {
	t.Helper()
	if !errors.Is(got, want) || fmt.Sprint(got) != text {
		t.Errorf("err = %v, want %s", got, text)
	}
}
