package projections_test

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"path/filepath"
	"testing"

	_ "github.com/mattn/go-sqlite3"

	"koersvast/domain"
	"koersvast/projections"
)

// BenchmarkReplay applies acts to one trivial model, and runs the same
// statements on bare SQLite at the same durability, as many a transaction.
func BenchmarkReplay(b *testing.B) {
	for _, pace := range []struct {
		name, options string
		most          int
		project       func(*testing.B, *projections.Projector)
	}{
		{"filling", "_journal_mode=OFF&_synchronous=OFF&_locking_mode=EXCLUSIVE", 50_000, func(b *testing.B, p *projections.Projector) {
			catchUp(b, p, repeated(b.N))
		}},
		{"catching-up", "_journal_mode=WAL&_synchronous=NORMAL", 10_000, func(b *testing.B, p *projections.Projector) {
			catchUp(b, p, repeated(0))
			catchUp(b, p, repeated(b.N))
		}},
		{"live", "_journal_mode=WAL&_synchronous=NORMAL", 1, func(b *testing.B, p *projections.Projector) {
			for n := range b.N + 1 {
				catchUp(b, p, repeated(n))
			}
		}},
	} {
		b.Run(pace.name+"/bare", func(b *testing.B) {
			bare(b, filepath.Join(b.TempDir(), "bare.db"), pace.options, pace.most)
		})
		b.Run(pace.name+"/projected", func(b *testing.B) {
			p, err := projections.Open(b.Context(), b.TempDir(), []projections.Model{tally}, projections.Options{})
			if err != nil {
				b.Fatal(err)
			}
			defer p.Close()
			pace.project(b, p)
		})
	}
}

// repeated is a log of so many acts, each on one of ten thousand things.
type repeated int

var things = func() (names [10_000]domain.Event) {
	for i := range names {
		names[i] = counted{fmt.Sprintf("thing %d", i*7919%len(names)), 1}
	}
	return names
}()

func (n repeated) After(_ context.Context, p domain.Position) iter.Seq2[domain.Record, error] {
	return func(yield func(domain.Record, error) bool) {
		rec := domain.Record{Act: domain.Act{Programme: "tide"}}
		for i := int(p); i < int(n); i++ {
			rec.Position, rec.ID, rec.Events = domain.Position(i+1), ids[i%len(ids)], things[i%len(things):][:1]
			if !yield(rec, nil) {
				return
			}
		}
	}
}

var ids = [2]domain.ActID{"odd", "even"}

func (repeated) Grown() <-chan struct{} { return nil }

func catchUp(b *testing.B, p *projections.Projector, src projections.Source) {
	if err := p.CatchUp(b.Context(), src); err != nil {
		b.Fatal(err)
	}
}

func bare(b *testing.B, path, options string, most int) {
	db, err := sql.Open("sqlite3", "file:"+path+"?"+options)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(tally.Schema); err != nil {
		b.Fatal(err)
	}
	for done := 0; done < b.N; done += most {
		tx, err := db.Begin()
		if err != nil {
			b.Fatal(err)
		}
		stmt, err := tx.Prepare(upsertTally)
		if err != nil {
			b.Fatal(err)
		}
		for i := done; i < min(done+most, b.N); i++ {
			e := things[i%len(things)].(counted)
			if _, err := stmt.Exec("tide", e.What, e.N); err != nil {
				b.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
}
