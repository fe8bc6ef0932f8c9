package ops_test

import (
	"database/sql"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"koersvast/domain/catalog"
	"koersvast/eventstore"
	"koersvast/eventstore/keys"
	"koersvast/ops"
	"koersvast/projections"
	"koersvast/projections/people"
	"koersvast/projections/published"
)

// A dashboard is what this test looks at of one.
type dashboard struct {
	Title  string `json:"title"`
	Panels []struct {
		Title   string `json:"title"`
		Targets []struct {
			SQL  string `json:"rawQueryText"`
			Same string `json:"queryText"`
			Expr string `json:"expr"`
		} `json:"targets"`
	} `json:"panels"`
}

func dashboards(t *testing.T) (all []dashboard) {
	t.Helper()
	files, err := filepath.Glob("grafana/*.json")
	if err != nil || len(files) != 2 {
		t.Fatalf("dashboards %v, %v", files, err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var d dashboard
		if err := json.Unmarshal(b, &d); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all = append(all, d)
	}
	return all
}

// TestEveryPanelAsksForWhatIsPublished puts the questions of the dashboards to
// a file as the server writes it.
func TestEveryPanelAsksForWhatIsPublished(t *testing.T) {
	n := published.Numbers{Programme: people.Programme{ID: "tij", Name: "Tij", Started: "2026-01-05"}}
	folder := t.TempDir()
	if _, err := published.Write(t.Context(), folder, n); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(folder, n.File())+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // of a test
	asked := 0
	for _, d := range dashboards(t) {
		for _, p := range d.Panels {
			for _, target := range p.Targets {
				if target.SQL == "" {
					continue
				}
				asked++
				rows, err := db.QueryContext(t.Context(), target.SQL)
				if err != nil {
					t.Errorf("%s: %s: %v", d.Title, p.Title, err)
					continue
				}
				for rows.Next() {
				}
				if err := rows.Err(); err != nil || target.SQL != target.Same {
					t.Errorf("%s: %s: %v", d.Title, p.Title, err)
				}
				_ = rows.Close()
				for _, table := range regexp.MustCompile(`(?:FROM|JOIN) (\w+)`).FindAllStringSubmatch(target.SQL, -1) {
					if !strings.HasPrefix(table[1], "v1_") {
						t.Errorf("%s: %s reads %s, which is nobody's business", d.Title, p.Title, table[1])
					}
				}
			}
		}
	}
	if asked < 9 {
		t.Errorf("%d questions were asked", asked)
	}
}

// names finds what is asked of Prometheus by name.
var names = regexp.MustCompile(`\bkoersvast_\w+`)

// TestEveryMetricThatIsWatchedExists compares what dashboards and alerts ask
// for with what a process shows.
func TestEveryMetricThatIsWatchedExists(t *testing.T) {
	rules, err := os.ReadFile("prometheus/koersvast.yml")
	if err != nil {
		t.Fatal(err)
	}
	watched := map[string]string{}
	for _, line := range strings.Split(string(rules), "\n") {
		for _, name := range names.FindAllString(line, -1) {
			watched[name] = "the alerts"
		}
	}
	for _, d := range dashboards(t) {
		for _, p := range d.Panels {
			for _, target := range p.Targets {
				for _, name := range names.FindAllString(target.Expr, -1) {
					watched[name] = d.Title + ": " + p.Title
				}
			}
		}
	}
	m := ops.NewMetrics("test")
	m.Request("GET /promises", 200, 0)
	m.Batch(projections.Batch{Acts: 1})
	p, err := projections.Open(t.Context(), t.TempDir(), nil, projections.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close() //nolint:errcheck // of a test
	m.Positions(eventstore.NewMemory(eventstore.NewCodec(catalog.Events(), new(keys.Memory))), p)
	_, body := get(t, ops.Handler(m), "/metrics")
	shown := names.FindAllString(body, -1)
	for name, where := range watched {
		if !slices.Contains(shown, name) {
			t.Errorf("%s asks for %s, which no process shows", where, name)
		}
	}
	if len(watched) < 10 {
		t.Errorf("only %v are watched", watched)
	}
}

// TestPrometheusTakesTheAlerts asks the tool of Prometheus, where it is on the
// machine. It comes with the whole of Prometheus and its service, which is too
// much to ask of every machine that tests.
func TestPrometheusTakesTheAlerts(t *testing.T) {
	tool, err := exec.LookPath("promtool")
	if err != nil {
		t.Skip("promtool, of the package prometheus, is not on this machine")
	}
	if out, err := exec.CommandContext(t.Context(), tool, "check", "rules", "prometheus/koersvast.yml").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestEveryAlertSaysWhatIsWrong reads the alerts as they are written.
func TestEveryAlertSaysWhatIsWrong(t *testing.T) {
	b, err := os.ReadFile("prometheus/koersvast.yml")
	if err != nil {
		t.Fatal(err)
	}
	alerts := strings.Split(string(b), "- alert: ")[1:]
	for _, a := range alerts {
		name, rest, _ := strings.Cut(a, "\n")
		for _, part := range []string{"        expr: ", "          severity: ", "          summary: ", "          description: "} {
			if strings.Count(rest, "\n"+part) != 1 && !strings.HasPrefix(rest, part) {
				t.Errorf("%s has no%s", name, strings.TrimLeft(part, " "))
			}
		}
	}
	if len(alerts) < 8 {
		t.Errorf("%d alerts", len(alerts))
	}
}
