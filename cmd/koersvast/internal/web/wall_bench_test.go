package web

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/domain"
	"koersvast/domain/catalog"
	"koersvast/eventstore"
	"koersvast/eventstore/eventstoretest"
	"koersvast/projections/expectations"
	"koersvast/projections/history"
	"koersvast/projections/people"
	"koersvast/projections/projectionstest"
	"koersvast/projections/promises"
	"koersvast/projections/strategies"
)

// BenchmarkWall asks for the promise wall of a programme with 100,000
// promises as browsers do, from the session to the last tag of the page.
func BenchmarkWall(b *testing.B) {
	log := eventstore.NewMemory(eventstore.NewCodec(catalog.Events(), eventstoretest.NewVault()))
	views := projectionstest.Open(b, people.Model, strategies.Model, promises.Model, expectations.Model, history.Model)
	if err := views.CatchUp(b.Context(), projectionstest.Large(100_000)); err != nil {
		b.Fatal(err)
	}
	now := func() time.Time { return time.Date(2026, 12, 1, 9, 0, 0, 0, domain.Zone) }
	codes, err := signin.Open(filepath.Join(b.TempDir(), "signin.db"), []byte("a secret of some length"), now)
	if err != nil {
		b.Fatal(err)
	}
	defer codes.Close()
	srv := New(Config{
		Store: eventstore.NewStore(log), Views: views, Past: newPast(log, nil), Signin: codes,
		Now: now, NewID: func() string { return "id" }, Logger: slog.New(slog.DiscardHandler),
	})
	defer srv.Close()

	for _, who := range []struct {
		name   string
		person int
	}{{"mt", 3}, {"employee", 77}} {
		token, err := codes.Begin(b.Context(), signin.Who{Programme: "large", Person: projectionstest.LargePerson(who.person)}, "nl", "")
		if err != nil {
			b.Fatal(err)
		}
		for _, page := range []string{"/promises", "/api/v1/promises"} {
			b.Run(who.name+page, func(b *testing.B) {
				var took []time.Duration
				for b.Loop() {
					r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, page, nil)
					r.AddCookie(&http.Cookie{Name: srv.cookieName(), Value: token})
					w := httptest.NewRecorder()
					start := time.Now()
					srv.ServeHTTP(w, r)
					took = append(took, time.Since(start))
					if w.Code != http.StatusOK || strings.Count(w.Body.String(), "promise-0") < 50 {
						b.Fatalf("%d: %.200s", w.Code, w.Body)
					}
				}
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)/2].Microseconds()), "µs-p50")
				b.ReportMetric(float64(took[len(took)*95/100].Microseconds()), "µs-p95")
			})
		}
	}
}
