package published_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	_ "github.com/mattn/go-sqlite3"

	"koersvast/domain"
	"koersvast/projections/coachings"
	"koersvast/projections/people"
	"koersvast/projections/published"
)

func ptr[T any](v T) *T { return &v }

var sample = published.Numbers{
	Programme: people.Programme{ID: "tij", Name: "Tij", Started: "2026-01-05"},
	Pillars:   []published.Pillar{{"naar-buiten", "Naar buiten", "adopted", "2026-01-06"}},
	Promises:  []published.Count{{"naar-buiten", published.FromMT, "kept", 7}, {"", published.FromOthers, "active", 2}},
	Keeping:   []published.Keeping{{"", published.FromMT, 7, 2, 78, 50, 92}},
	Checks:    []published.Check{{"r1", "p1", "naar-buiten", "2026-03-02", ptr(58.0), ptr(40.0), ptr(75.0), 2, "underway"}},
	Cells: []published.Cell{
		{"r1", "q1", "employees", ptr(3.5), ptr(2.5), ptr(4.5), "", ptr(4.0), ptr(10)},
		{"r1", "q1", "peers", nil, nil, nil, "mostly", nil, nil},
	},
	Coaching: &coachings.Reach{MT: 5, Met: 3},
	Pictures: []published.Picture{{"c1", "2026-03-09", "2026-03-12", "", "mixed", 5, 4, 80, "level"}},
	Figures:  []published.Figure{{"c1", "", "score", ptr(58), ptr(45), ptr(70), 6, ""}, {"c1", "", "interviews", nil, nil, nil, 0, "few_sources"}},
}

func write(t *testing.T, folder string, n published.Numbers, want bool) string {
	t.Helper()
	wrote, err := published.Write(t.Context(), folder, n)
	if err != nil || wrote != want {
		t.Fatalf("wrote %v, %v; want %v", wrote, err, want)
	}
	return filepath.Join(folder, n.File())
}

func open(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// rows reads a view as text, a row a line.
func rows(t *testing.T, q interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
}, query string,
) (all []string) {
	t.Helper()
	r, err := q.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close() //nolint:errcheck // of a test
	names, err := r.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for r.Next() {
		cells, to := make([]any, len(names)), make([]any, len(names))
		for i := range cells {
			to[i] = &cells[i]
		}
		if err := r.Scan(to...); err != nil {
			t.Fatal(err)
		}
		all = append(all, strings.TrimSuffix(fmt.Sprintln(cells...), "\n"))
	}
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEveryNumberIsInAView(t *testing.T) {
	db := open(t, write(t, t.TempDir(), sample, true))
	for view, want := range map[string][]string{
		"v1_programme":       {"tij Tij 2026-01-05"},
		"v1_pillars":         {"1 naar-buiten Naar buiten adopted 2026-01-06"},
		"v1_promise_counts":  {"naar-buiten mt kept 7", " others active 2"},
		"v1_keeping_rate":    {" mt 7 2 78 50 92"},
		"v1_checks":          {"r1 p1 naar-buiten 2026-03-02 58 40 75 2 underway"},
		"v1_check_groups":    {"r1 q1 employees 3.5 2.5 4.5  4 10", "r1 q1 peers <nil> <nil> <nil> mostly <nil> <nil>"},
		"v1_coaching_reach":  {"5 3"},
		"v1_pictures":        {"c1 2026-03-09 2026-03-12  mixed 5 4 80 level"},
		"v1_picture_figures": {"c1  score 58 45 70 6 ", "c1  interviews <nil> <nil> <nil> 0 few_sources"},
	} {
		if diff := cmp.Diff(want, rows(t, db, "SELECT * FROM "+view)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", view, diff)
		}
	}
}

func TestEveryColumnSaysWhatItIs(t *testing.T) {
	db := open(t, write(t, t.TempDir(), sample, true))
	views := rows(t, db, `SELECT name FROM sqlite_master WHERE type = 'view' AND name LIKE 'v1~_%' ESCAPE '~' ORDER BY name`)
	if len(views) != 9 {
		t.Errorf("views %v", views)
	}
	for _, view := range views {
		text := strings.Join(rows(t, db, `SELECT sql FROM sqlite_master WHERE name = '`+view+`'`), "")
		for _, column := range rows(t, db, `SELECT name FROM pragma_table_info('`+view+`')`) {
			if !regexp.MustCompile(`(?m)^\t` + column + `,? +-- \w.{5,}$`).MatchString(text) {
				t.Errorf("%s.%s does not say what it is:\n%s", view, column, text)
			}
		}
	}
}

func TestAFileIsReplacedAsAWholeAndOnlyWhenItsNumbersChanged(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "published")
	path := write(t, folder, sample, true)
	write(t, folder, sample, false)

	// Somebody reads on while it is replaced.
	reading, err := open(t, path).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer reading.Close() //nolint:errcheck // of a test
	if got := rows(t, reading, `SELECT met FROM v1_coaching_reach`); got[0] != "3" {
		t.Fatalf("met %v", got)
	}
	more := sample
	more.Coaching = &coachings.Reach{MT: 5, Met: 4}
	write(t, folder, more, true)
	if got := rows(t, reading, `SELECT met FROM v1_coaching_reach`); got[0] != "3" {
		t.Errorf("who had it open reads %v", got)
	}
	if got := rows(t, open(t, path), `SELECT met FROM v1_coaching_reach`); got[0] != "4" {
		t.Errorf("who opens it now reads %v", got)
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 1 {
		t.Errorf("in the folder: %v, %v", entries, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestADamagedFileIsReplaced(t *testing.T) {
	folder := t.TempDir()
	path := write(t, folder, sample, true)
	if err := os.WriteFile(path, []byte("no database"), 0o644); err != nil {
		t.Fatal(err)
	}
	write(t, folder, sample, true)
}

func TestProgrammesHaveFilesOfTheirOwn(t *testing.T) {
	folder := t.TempDir()
	other := sample
	other.Programme = people.Programme{ID: "eb", Name: "Eb", Started: domain.Day("2026-02-01")}
	if one, two := write(t, folder, sample, true), write(t, folder, other, true); one == two {
		t.Errorf("both in %s", one)
	}
	b, err := os.ReadFile(filepath.Join(folder, "eb.db"))
	if err != nil || strings.Contains(string(b), "Tij") {
		t.Errorf("one holds something of the other, or %v", err)
	}
}
