package ops

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"koersvast/projections"
)

// A Part is something that must be well before the process can be of use.
type Part struct {
	Name string

	// Check returns nil when the part is well, and otherwise says in a few
	// words what is the matter. These words are shown to whoever can reach
	// the listener, so they name no person.
	Check func(context.Context) error
}

// LogPart is well when the log can be reached and is what it was.
func LogPart(log interface{ Check(context.Context) error }) Part {
	return Part{"log", log.Check}
}

// ViewsPart is well when the read models can be read and are up with the log.
func ViewsPart(p *projections.Projector) Part {
	return Part{"views", func(context.Context) error { return p.Ready() }}
}

// patience is how long a part may think about how it is doing.
const patience = 3 * time.Second

// Handler answers operators:
//
//	/health   200 as long as the process is alive
//	/ready    200 when all parts are well, 503 when one is not, with a word on each
//	/metrics  what the process counts, for Prometheus
func Handler(m *Metrics, parts ...Part) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, map[string]string{"health": "alive"})
	})
	mux.HandleFunc("GET /ready", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), patience)
		defer cancel()
		status, words := http.StatusOK, map[string]string{}
		for _, p := range parts {
			words[p.Name] = "ok"
			if err := p.Check(ctx); err != nil {
				status, words[p.Name] = http.StatusServiceUnavailable, err.Error()
			}
		}
		answer(w, status, words)
	})
	mux.Handle("GET /metrics", m.handler())
	return mux
}

func answer(w http.ResponseWriter, status int, words map[string]string) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(words) // whoever went away needs no answer
}
