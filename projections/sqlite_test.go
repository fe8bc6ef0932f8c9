package projections_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mattn/go-sqlite3"

	"koersvast/domain"
	"koersvast/projections"
	"koersvast/projections/projectionstest"
)

func TestReadersOnlyAsk(t *testing.T) {
	dir := t.TempDir()
	p := opened(t, dir, tally)
	caughtUp(t, p, projectionstest.Facts("tide", ones(3)...))
	before := projectionstest.Dump(t, p)
	file, err := projections.OpenReader(filepath.Join(dir, "read.1.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	elsewhere := filepath.Join(dir, "elsewhere.db")

	past := projections.NewPast([]projections.Model{tally}, until(projectionstest.Facts("tide", ones(3)...)), 1)
	for name, read := range map[string]func(func(projections.Reader, domain.Position) error) error{
		"file": func(f func(projections.Reader, domain.Position) error) error { return f(file, 3) },
		"present": func(f func(projections.Reader, domain.Position) error) error {
			return p.Read(t.Context(), f)
		},
		"past": func(f func(projections.Reader, domain.Position) error) error {
			return past.Read(t.Context(), "tide", 3, f)
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, query := range []string{
				`INSERT INTO tally VALUES ('tide', 'stones', 1)`,
				`INSERT INTO tally VALUES ('tide', 'stones', 1) RETURNING n`,
				`UPDATE tally SET n = 0`,
				`DELETE FROM tally`,
				`DELETE FROM projector`,
				`REPLACE INTO tally VALUES ('tide', 'marbles', 1)`,
				`WITH x AS (SELECT 1) DELETE FROM tally`,
				`SELECT 1; DELETE FROM tally`,
				`CREATE TABLE more (a)`,
				`CREATE TEMP TABLE more (a)`,
				`CREATE VIRTUAL TABLE more USING rtree(id, a, b)`,
				`CREATE VIEW more AS SELECT 1`,
				`CREATE TRIGGER more AFTER INSERT ON tally BEGIN SELECT 1; END`,
				`DROP TABLE tally`,
				`ALTER TABLE tally RENAME TO more`,
				`CREATE INDEX more ON tally (n)`,
				`REINDEX`,
				`ANALYZE`,
				`ATTACH '` + elsewhere + `' AS more`,
				`ATTACH ':memory:' AS more`,
				`DETACH main`,
				`VACUUM`,
				`VACUUM INTO '` + elsewhere + `'`,
				`SAVEPOINT more`,
				`PRAGMA query_only = off`,
				`PRAGMA writable_schema = on`,
				`PRAGMA journal_mode = delete`,
				`PRAGMA user_version = 7`,
				`PRAGMA wal_checkpoint`,
				`PRAGMA table_info(tally)`,
				`SELECT * FROM pragma_database_list`,
				`SELECT load_extension('more')`,
				`SELECT randomblob(10)`,
				`SELECT random()`,
				`SELECT zeroblob(1000000000)`,
				`SELECT date('now')`,
				`SELECT sqlite_version()`,
				`SELECT authenticate('a', 'b')`,
				`SELECT auth_user_add('a', 'b', 1)`,
			} {
				err := read(func(r projections.Reader, _ domain.Position) error { return answered(t.Context(), r, query) })
				refused, ok := errors.AsType[sqlite3.Error](err)
				inTransaction := name != "file" && strings.HasPrefix(query, "VACUUM")
				if !ok || refused.Code != sqlite3.ErrAuth && !strings.Contains(err.Error(), "not authorized") && !inTransaction {
					t.Errorf("%s: %v, want it refused", query, err)
				}
			}
			for _, query := range []string{
				`SELECT count(*), sum(n), max(what), coalesce(min(n), 0) FROM tally WHERE what LIKE 'mar%' AND n BETWEEN 1 AND 9`,
				`SELECT value, value ->> 'a', json_extract(value, '$.a') FROM json_each('[{"a":1}]')`,
				`SELECT json_group_array(json_object('what', what)) FROM tally`,
				`WITH RECURSIVE up(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM up WHERE n < 9) SELECT sum(n) FROM up`,
				`SELECT row_number() OVER (PARTITION BY programme ORDER BY n), lag(n, 1) OVER () FROM tally GROUP BY programme HAVING length(group_concat(what ORDER BY what)) > 0`,
				`SELECT name FROM sqlite_schema`,
			} {
				err := read(func(r projections.Reader, _ domain.Position) error { return answered(t.Context(), r, query) })
				if err != nil {
					t.Errorf("%s: %v, want an answer", query, err)
				}
			}
		})
	}
	if diff := cmp.Diff(before, projectionstest.Dump(t, p)); diff != "" {
		t.Errorf("tables after that:\n%s", diff)
	}
	if _, err := os.Stat(elsewhere); err == nil {
		t.Error("a reader wrote a file elsewhere")
	}
}

// answered reads an answer to its end.
func answered(ctx context.Context, r projections.Reader, query string) error {
	rows, err := r.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
	}
	return rows.Err()
}

func TestAFolderMayHaveAnyName(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "what? 100% #1 & more")
	p := opened(t, dir, tally)
	caughtUp(t, p, projectionstest.Facts("tide", ones(3)...))
	wantMarbles(t, p, 3)
	if got := without(files(t, dir), "-"); !cmp.Equal(got, []string{"read.1.db"}) {
		t.Errorf("files: %q, want read.1.db", got)
	}
}

func TestErasedTextsAreNullAndMomentsAreNumbers(t *testing.T) {
	moments := projections.Model{
		Name:   "moments/1",
		Schema: `CREATE TABLE moments (programme TEXT NOT NULL, n INTEGER NOT NULL, at INTEGER, text TEXT, PRIMARY KEY (programme, n)) STRICT`,
		Apply: func(tx *projections.Tx, rec domain.Record) error {
			return tx.Exec(`INSERT INTO moments VALUES (?, ?, ?, ?)`, rec.Programme, rec.Position, projections.Time(rec.At), projections.Text(rec.Events[0].(said).Text))
		},
	}
	at := time.Date(2026, 3, 2, 9, 30, 0, 123_456_789, domain.Zone)
	there, never := act(said{domain.Say("k", "hello")}), act(erased(t))
	there.At, never.At = at.UTC(), time.Time{}
	r := projectionstest.Read(t, projectionstest.Facts("tide", there, never, act(said{})), moments)

	type row struct {
		At   time.Time
		Text *string
	}
	got, err := projections.All(t.Context(), r, func(r *row) []any { return []any{projections.ScanTime(&r.At), &r.Text} },
		`SELECT at, text FROM moments ORDER BY n`)
	if err != nil {
		t.Fatal(err)
	}
	want := []row{{at.Truncate(time.Millisecond), new("hello")}, {time.Time{}, nil}, {act().At, new("")}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("moments (-want +got):\n%s", diff)
	}
}

func TestADumpHoldsEveryRowInItsOrder(t *testing.T) {
	kinds := projections.Model{
		Name:   "kinds/1",
		Schema: `CREATE TABLE kinds (programme TEXT NOT NULL, v ANY) STRICT; CREATE TABLE "kinds""none" (programme TEXT) STRICT`,
		Apply: func(tx *projections.Tx, rec domain.Record) error {
			for _, v := range []any{"zee\n", []byte{1, 255}, nil, 2.5, -7, "aan"} {
				if err := tx.Exec(`INSERT INTO kinds VALUES (?, ?)`, rec.Programme, v); err != nil {
					return err
				}
			}
			return nil
		},
	}
	p := opened(t, t.TempDir(), kinds)
	caughtUp(t, p, projectionstest.Facts("tide", act(taken{})))
	const want = `kinds (programme, v)
	"tide"	NULL
	"tide"	-7
	"tide"	2.5
	"tide"	"aan"
	"tide"	"zee\n"
	"tide"	x'01ff'
kinds"none (programme)
`
	if diff := cmp.Diff(want, projectionstest.Dump(t, p)); diff != "" {
		t.Errorf("dump (-want +got):\n%s", diff)
	}
}

func TestFilledTablesHaveTheIndexesOfTheirModels(t *testing.T) {
	numbers := projections.Model{
		Name: "numbers/1",
		Schema: `CREATE TABLE numbers (programme TEXT NOT NULL, n INTEGER NOT NULL, half INTEGER NOT NULL) STRICT;
			CREATE UNIQUE INDEX numbers_once ON numbers (programme, n);
			CREATE INDEX "numbers""by half" ON numbers (programme, half);
			CREATE INDEX numbers_odd ON numbers (programme, n) WHERE n % 2 = 1;`,
		Apply: func(tx *projections.Tx, rec domain.Record) error {
			// Each twice: what is unique is so from the start.
			for range 2 {
				if err := tx.Exec(`INSERT INTO numbers VALUES (?, ?, ?) ON CONFLICT (programme, n) DO UPDATE SET half = excluded.half`,
					rec.Programme, rec.Position, rec.Position/2); err != nil {
					return err
				}
			}
			return nil
		},
	}
	src := projectionstest.Facts("tide", ones(5)...)
	p := opened(t, t.TempDir(), numbers)
	caughtUp(t, p, src)
	past := projections.NewPast([]projections.Model{numbers}, until(src), 1)
	check := func(r projections.Reader, _ domain.Position) error {
		var rows int
		if err := r.QueryRowContext(t.Context(), `SELECT count(*) FROM numbers`).Scan(&rows); err != nil {
			return err
		}
		if rows != 5 {
			t.Errorf("%d rows, want 5", rows)
		}
		got, err := projections.All(t.Context(), r, func(name *string) []any { return []any{name} },
			`SELECT name FROM sqlite_schema WHERE type = 'index' ORDER BY name`)
		if diff := cmp.Diff([]string{`numbers"by half`, "numbers_odd", "numbers_once"}, got); diff != "" {
			t.Errorf("indexes (-want +got):\n%s", diff)
		}
		return err
	}
	if err := errors.Join(p.Read(t.Context(), check), past.Read(t.Context(), "tide", 5, check)); err != nil {
		t.Error(err)
	}
}
