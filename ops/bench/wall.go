package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"path/filepath"

	"koersvast/domain"
	"koersvast/domain/promise"
	"koersvast/projections"
	"koersvast/projections/promises"
)

// wall compares a page of the promise wall with as many rows of SQLite that
// are read by hand in the order of an index.
func (b *bench) wall(ctx context.Context) (err error) {
	n := min(100_000, b.acts)
	views, err := openViews(ctx, filepath.Join(b.dir, "wall"), n)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, views.Close()) }()
	if err := views.CatchUp(ctx, walled(n)); err != nil {
		return err
	}
	table, err := openWall(ctx, b.dir, n)
	if err != nil {
		return err
	}
	defer table.Close() //nolint:errcheck // of a temporary file

	member := person(crowd - 1)
	for _, who := range []struct {
		name  string
		sight promises.Sight
	}{
		{"to who sees all", promises.Sight{Everything: true, Person: person(0)}},
		{"to a team member", promises.Sight{Person: member, Parties: []domain.Party{
			domain.Everyone, domain.Employees, domain.Team(team((crowd - 1) % teams)), domain.Person(member),
		}}},
	} {
		page := func(ctx context.Context) error {
			return views.Read(ctx, func(r projections.Reader, _ domain.Position) error {
				shown, err := promises.Wall(ctx, r, home, who.sight, promises.Filter{})
				if err == nil && len(shown) != pageSize {
					err = fmt.Errorf("%d promises on the wall", len(shown))
				}
				return err
			})
		}
		if err := b.compare(ctx,
			[]title{
				{fmt.Sprintf("wall of %s promises %s, p50 ÷ %d raw rows", count(float64(n)), who.name, pageSize), seconds, ""},
				{"… p95", seconds, ""},
			},
			latency(100, page), latency(100, table.page)); err != nil {
			return err
		}
	}
	return nil
}

// pageSize is how many promises a page of the wall shows.
const pageSize = 50

// walled is a log of so many promises, as they are made.
type walled int

// After yields the records after a position.
func (n walled) After(ctx context.Context, p domain.Position) iter.Seq2[domain.Record, error] {
	return func(yield func(domain.Record, error) bool) {
		t := &teller{n: int(n), chance: newChance(int(n))}
		for pos := domain.Position(1); pos <= domain.Position(n); pos++ {
			act := t.act(person(t.chance.IntN(crowd)))
			c := promise.Make{ID: domain.PromiseID(t.id(act.At)), Terms: t.terms(), Details: t.details(act.By)}
			facts, err := c.Decide(promise.State{}, act)
			if pos <= p {
				continue
			}
			rec := domain.Record{Position: pos, Stream: c.Stream().In(home), Act: act}
			for _, f := range facts {
				rec.Events = append(rec.Events, f)
			}
			if err = errors.Join(err, ctx.Err()); !yield(rec, err) || err != nil {
				return
			}
		}
	}
}

// Grown returns a channel that is never closed.
func (walled) Grown() <-chan struct{} { return nil }

// A rawWall is a table with rows as large as promises.
type rawWall struct{ *sql.DB }

func openWall(ctx context.Context, dir string, n int) (rawWall, error) {
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(dir, "wall.db")+"?"+toFollow)
	if err != nil {
		return rawWall{}, err
	}
	_, err = db.ExecContext(ctx, `CREATE TABLE wall (id TEXT PRIMARY KEY, by TEXT, said TEXT, due TEXT, to_whom TEXT, wording TEXT, situation TEXT, noticed TEXT, place INTEGER) STRICT;
		CREATE INDEX wall_by_place ON wall (place DESC)`)
	if err != nil {
		return rawWall{}, errors.Join(err, db.Close())
	}
	return rawWall{db}, fillWall(ctx, db, n)
}

func fillWall(ctx context.Context, db *sql.DB, n int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	t := &teller{n: n, chance: newChance(n)}
	for i := range n {
		terms := t.terms()
		if _, err := tx.ExecContext(ctx, `INSERT INTO wall VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			t.id(began), person(i%crowd), later[0], later[i%len(later)], `["everyone"]`, terms.Wording, terms.Situation, terms.Noticed, i); err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	return tx.Commit()
}

func (w rawWall) page(ctx context.Context) error {
	rows, err := w.QueryContext(ctx, `SELECT id, by, said, due, to_whom, wording, situation, noticed, place FROM wall ORDER BY place DESC LIMIT ?`, pageSize)
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // Err tells
	for rows.Next() {
		var id, by, said, due, to, wording, situation, noticed string
		var place int
		if err := rows.Scan(&id, &by, &said, &due, &to, &wording, &situation, &noticed, &place); err != nil {
			return err
		}
	}
	return rows.Err()
}
