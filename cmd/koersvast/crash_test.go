package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"koersvast/cmd/koersvast/internal/demo"
	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/cmd/koersvast/internal/station"
	"koersvast/domain"
	"koersvast/domain/catalog"
	"koersvast/domain/programme"
	"koersvast/eventstore"
	"koersvast/eventstore/ballotbox"
	"koersvast/eventstore/keys"
	"koersvast/projections"
)

// How the program is tormented.
const (
	kills    = 50
	longest  = 250 * time.Millisecond // that it lives before it is killed
	writers  = 4
	patience = 5 * time.Minute // until all of that is called stuck
)

// TestWhatWasAcknowledgedIsThereOnce kills the program at random moments,
// also while it starts, while people make promises and change them. Who hears
// nothing sends the same again, or gives up. Afterwards every act that was
// acknowledged is in the log once, where its answer said, and no act is there
// twice; and the read models are what a rebuild makes of the log.
func TestWhatWasAcknowledgedIsThereOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a minute")
	}
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	s := storage{Data: filepath.Join(t.TempDir(), "data")}
	var (
		tokens = seat(t, s)
		now    = newWhereabouts()
		seed   = rand.Uint64()
		acked  sync.Map // act → position
		crowd  sync.WaitGroup
	)
	t.Logf("seed %d", seed)
	ending, end := context.WithCancel(ctx)
	for i, token := range tokens {
		w := &writer{
			name: fmt.Sprintf("w%d", i), token: token, now: now, acked: &acked,
			random: rand.New(rand.NewPCG(seed, uint64(i))),
		}
		crowd.Go(func() { w.write(ending) })
	}
	random := rand.New(rand.NewPCG(seed, writers))
	for n := range kills {
		life := time.After(rand.N(longest))
		p, ready, err := launchProgram(s.Data, "serve", "--log-level", "warn")
		if err != nil {
			t.Fatal(err)
		}
		if random.IntN(5) > 0 { // the others are killed while they start, as it happens
			if !<-ready {
				t.Fatalf("start %d failed: %v\n%s%s", n, <-p.ended, p.output, p.notes)
			}
			now.at(p.url)
			life = time.After(time.Duration(random.Int64N(int64(longest))))
		}
		<-life
		_ = p.end(syscall.SIGKILL) // which is how it says it ended
	}
	end()
	now.at("") // nobody waits for another one
	crowd.Wait()
	if ctx.Err() != nil {
		t.Fatal("this took too long")
	}
	inspect(t, s, &acked)
}

// seat makes a programme with a writer a seat in its management team, and
// returns their sessions.
func seat(t *testing.T, s storage) (tokens []string) {
	t.Helper()
	ctx := t.Context()
	a, err := openApp(ctx, s, logging{}.logger(t.Output()))
	if err != nil {
		t.Fatal(err)
	}
	act := domain.Act{ID: "act-1", Programme: "p-1", By: "lead", At: time.Now()}
	if _, err := eventstore.Execute(ctx, a.store, act, programme.Start{ID: "p-1", Name: "Dichtbij", Lead: "lead", LeadName: "Sanne"}); err != nil {
		t.Fatal(err)
	}
	team := programme.AddPeople{Programme: "p-1"}
	for i := range writers {
		who := domain.PersonID(fmt.Sprintf("mt-%d", i))
		team.People = append(team.People, programme.NewPerson{ID: who, Name: string(who), Roles: []domain.Role{domain.MT}})
		token, err := a.signin.Begin(ctx, signin.Who{Programme: "p-1", Person: who}, "", "")
		if err != nil {
			t.Fatal(err)
		}
		tokens = append(tokens, token)
	}
	act.ID = "act-2"
	if _, err := eventstore.Execute(ctx, a.store, act, team); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return tokens
}

// whereabouts are where the program can be found now.
type whereabouts struct {
	mu   sync.Mutex
	url  string
	news chan struct{} // closed when it can be found elsewhere
}

func newWhereabouts() *whereabouts { return &whereabouts{news: make(chan struct{})} }

func (w *whereabouts) at(url string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.url = url
	close(w.news)
	w.news = make(chan struct{})
}

func (w *whereabouts) look() (url string, news <-chan struct{}) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.url, w.news
}

// A writer makes promises and changes them, as long as it may.
type writer struct {
	name   string
	token  string
	now    *whereabouts
	acked  *sync.Map
	random *rand.Rand
	acts   int
}

func (w *writer) write(ctx context.Context) {
	for n := 0; ctx.Err() == nil; n++ {
		id := fmt.Sprintf("%s-%d", w.name, n)
		at, ok := w.send(ctx, 0, "/promises/new", map[string]any{
			"id": id, "wording": "Ik bel elke week.", "to": []string{"everyone"}, "due": "2999-01-01",
		})
		if ok {
			at, ok = w.send(ctx, at, "/promises/"+id+"/move", map[string]any{"due": "2999-02-02", "why": "Ik was ziek."})
		}
		if ok {
			w.send(ctx, at, "/promises/"+id+"/keep", map[string]any{})
		}
	}
}

// send sends a command until it is acknowledged, or gives up now and then.
func (w *writer) send(ctx context.Context, after domain.Position, path string, body any) (at domain.Position, ok bool) {
	w.acts++
	act := domain.ActID(fmt.Sprintf("%s-act-%d", w.name, w.acts))
	for ctx.Err() == nil {
		url, news := w.now.look()
		if url != "" {
			at, err := w.try(ctx, url, act, after, path, body)
			if err == nil {
				w.acked.Store(act, at)
				return at, true
			}
			if w.random.IntN(4) == 0 {
				return 0, false
			}
			if errors.Is(err, errLater) {
				continue
			}
		}
		select {
		case <-ctx.Done():
		case <-news:
		}
	}
	return 0, false
}

// errLater means that the program is there, but asked to try again.
var errLater = errors.New("not now")

func (w *writer) try(ctx context.Context, url string, act domain.ActID, after domain.Position, path string, body any) (domain.Position, error) {
	b, err := json.Marshal(body)
	if err != nil {
		return 0, err
	}
	r, err := http.NewRequestWithContext(ctx, "POST", fmt.Sprintf("%s/api/v1%s?after=%d", url, path, after), bytes.NewReader(b))
	if err != nil {
		return 0, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+w.token)
	r.Header.Set("Idempotency-Key", string(act))
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close() //nolint:errcheck // it was read
	var done struct{ Position domain.Position }
	if res.StatusCode != http.StatusOK {
		return 0, errLater
	}
	if err := json.NewDecoder(res.Body).Decode(&done); err != nil {
		return 0, err
	}
	return done.Position, nil
}

// inspect looks at what is left.
func inspect(t *testing.T, s storage, acked *sync.Map) {
	t.Helper()
	ctx := t.Context()
	a, err := openApp(ctx, s, logging{}.logger(t.Output()))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close() //nolint:errcheck // of a test

	recorded := map[domain.ActID]domain.Position{}
	for rec, err := range a.log.After(ctx, 0) {
		if err != nil {
			t.Fatal(err)
		}
		if first, twice := recorded[rec.ID]; twice {
			t.Errorf("%s is at %d and at %d", rec.ID, first, rec.Position)
		}
		recorded[rec.ID] = rec.Position
	}
	answers := 0
	acked.Range(func(act, at any) bool {
		answers++
		if got := recorded[act.(domain.ActID)]; got != at.(domain.Position) {
			t.Errorf("%s was acknowledged at %d, and is at %d", act, at, got)
		}
		return true
	})
	t.Logf("%d acts were acknowledged, %d are in the log", answers, len(recorded))
	if answers < kills {
		t.Errorf("%d acts were acknowledged, which is too few to say anything", answers)
	}

	if err := a.views.CatchUp(ctx, a.log); err != nil {
		t.Fatal(err)
	}
	live := dump(t, a)
	if err := a.views.Rebuild(ctx, a.log); err != nil {
		t.Fatal(err)
	}
	if rebuilt := dump(t, a); live != rebuilt {
		t.Errorf("the read models were\n%s\nand rebuilt they are\n%s", live, rebuilt)
	}
}

func dump(t *testing.T, a *app) string {
	t.Helper()
	var b bytes.Buffer
	err := a.views.Read(t.Context(), func(r projections.Reader, _ domain.Position) error {
		return projections.Dump(t.Context(), r, &b)
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestAnExampleThatWasCutShortIsToldToItsEnd kills demo while it plays.
func TestAnExampleThatWasCutShortIsToldToItsEnd(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes some seconds")
	}
	t.Parallel()
	kept := new(keys.Memory)
	whole := eventstore.NewMemory(eventstore.NewCodec(catalog.Events(), kept))
	boxes, err := ballotbox.Open(t.TempDir(), kept)
	if err != nil {
		t.Fatal(err)
	}
	if err := demo.Play(t.Context(), eventstore.NewStore(whole), station.New(boxes, whole, kept), domain.DayOf(time.Now())); err != nil {
		t.Fatal(err)
	}
	s := storage{Data: filepath.Join(t.TempDir(), "data")}
	for range 4 {
		p, _, err := launchProgram(s.Data, "demo")
		if err != nil {
			t.Fatal(err)
		}
		<-time.After(rand.N(2 * longest))
		_ = p.end(syscall.SIGKILL) // which is how it says it ended
	}
	p, err := startProgram(s.Data, "demo")
	if err != nil {
		t.Fatal(err)
	}
	if err := p.end(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	a, err := openApp(t.Context(), s, logging{}.logger(t.Output()))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close() //nolint:errcheck // of a test
	if got, want := storyOf(t, a.log), storyOf(t, whole); !slices.Equal(got, want) {
		t.Errorf("%d acts, want %d, as when it is told at once", len(got), len(want))
	}
}

// storyOf lists the acts of the example in the order of a log, without those
// of the clock, which comes after it.
func storyOf(t *testing.T, log eventstore.Log) (acts []domain.ActID) {
	t.Helper()
	for rec, err := range log.After(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(string(rec.ID), string(rec.Programme)+"-") {
			acts = append(acts, rec.ID)
		}
	}
	return acts
}
