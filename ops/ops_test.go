package ops_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"koersvast/domain"
	"koersvast/domain/catalog"
	"koersvast/domain/programme"
	"koersvast/eventstore"
	"koersvast/eventstore/keys"
	"koersvast/ops"
	"koersvast/projections"
)

func get(t *testing.T, h http.Handler, path string) (status int, body string) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	return w.Code, w.Body.String()
}

func TestAProcessIsAliveBeforeItIsReady(t *testing.T) {
	well := ops.Part{Name: "views", Check: func(context.Context) error { return nil }}
	ill := ops.Part{Name: "log", Check: func(context.Context) error { return errors.New("the log is damaged: at 7") }}
	h := ops.Handler(ops.NewMetrics("test"), well, ill)
	for _, c := range []struct {
		path   string
		status int
		body   string
	}{
		{"/health", 200, `{"health":"alive"}`},
		{"/ready", 503, `{"log":"the log is damaged: at 7","views":"ok"}`},
		{"/elsewhere", 404, "404 page not found"},
	} {
		if status, body := get(t, h, c.path); status != c.status || strings.TrimSpace(body) != c.body {
			t.Errorf("%s = %d %s, want %d %s", c.path, status, body, c.status, c.body)
		}
	}
	if status, body := get(t, ops.Handler(ops.NewMetrics("test"), well), "/ready"); status != 200 {
		t.Errorf("/ready = %d %s when all is well, want 200", status, body)
	}
}

func TestTheDiskIsProbedWithAFileOfItsOwn(t *testing.T) {
	m, file := ops.NewMetrics("test"), filepath.Join(t.TempDir(), "probe")
	sizes := map[int64]bool{}
	for range 2 {
		if err := m.Probe(file); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		sizes[info.Size()] = true
	}
	if len(sizes) != 1 || sizes[0] {
		t.Errorf("the file has had sizes %v, want one, and not 0", sizes)
	}
	if err := m.Probe(filepath.Join(file, "no folder")); err == nil {
		t.Error("what could not be written was probed")
	}
	if _, body := get(t, ops.Handler(m), "/metrics"); !strings.Contains(body, "koersvast_fsync_seconds_count 2\n") {
		t.Errorf("two probes that succeeded are not two in\n%s", body)
	}
}

func TestMetricsCountWithoutSayingWho(t *testing.T) {
	var (
		ctx = t.Context()
		m   = ops.NewMetrics("v1.2.3")
		log = m.Log(eventstore.NewMemory(eventstore.NewCodec(catalog.Events(), new(keys.Memory))))
		st  = eventstore.NewStore(log)
		act = domain.Act{ID: "act-1", Programme: "p-1", By: "zwaantje", At: time.Now()}
	)
	start := programme.Start{ID: "p-1", Name: "Dichtbij", Lead: "zwaantje", LeadName: "Zwaantje Bos"}
	if _, err := eventstore.Execute(ctx, st, act, start); err != nil {
		t.Fatal(err)
	}
	stale := eventstore.Write{Stream: programme.Home("p-1"), Events: []domain.Event{programme.Renamed{ID: "p-1", Name: "Ver"}}}
	act.ID = "act-2"
	if _, err := log.Append(ctx, act, stale); !errors.Is(err, eventstore.ErrMoved) {
		t.Fatalf("err = %v, want %v", err, eventstore.ErrMoved)
	}
	p, err := projections.Open(ctx, t.TempDir(), nil, projections.Options{Observe: m.Batch})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close() //nolint:errcheck // of a test
	if err := p.CatchUp(ctx, log); err != nil {
		t.Fatal(err)
	}
	m.Positions(log, p)
	m.Request("GET /promises/{id}", 200, 3*time.Millisecond)

	_, body := get(t, ops.Handler(m), "/metrics")
	for _, want := range []string{
		`koersvast_appends_total{outcome="recorded"} 1`,
		`koersvast_appends_total{outcome="conflict"} 1`,
		`koersvast_appends_total{outcome="unavailable"} 0`,
		`koersvast_append_seconds_count 1`,
		`koersvast_projector_acts_total{tables="filling"} 1`,
		`koersvast_projector_position 1`,
		`koersvast_projector_lag 0`,
		`koersvast_projector_stopped 0`,
		`koersvast_log_position 1`,
		`koersvast_requests_total{route="GET /promises/{id}",status="200"} 1`,
		`koersvast_request_seconds_count{route="GET /promises/{id}"} 1`,
		`koersvast_build_info{version="v1.2.3"} 1`,
	} {
		if !strings.Contains(body, want+"\n") {
			t.Errorf("no line %s", want)
		}
	}
	if other := regexp.MustCompile(`(?m)^(# (HELP|TYPE) )?(([^#k]|k[^o]).*)$`).FindString(body); other != "" {
		t.Errorf("a name that does not begin with koersvast_: %s", other)
	}
	for _, private := range []string{"Zwaantje", "zwaantje", "act-1", "Dichtbij", "p-1"} {
		if strings.Contains(body, private) {
			t.Errorf("the metrics hold %q", private)
		}
	}
}
