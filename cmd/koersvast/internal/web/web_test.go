package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/a-h/templ"

	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/catalog"
	"koersvast/domain/programme"
	"koersvast/eventstore"
	"koersvast/eventstore/eventstoretest"
	"koersvast/projections"
	"koersvast/projections/people"
)

// A world is a whole server with a programme in it, and a clock that can be
// moved.
type world struct {
	t     *testing.T
	srv   *Server
	http  *httptest.Server
	views *projections.Projector
	codes map[domain.PersonID]string
	log   *syncBuffer

	mu  sync.Mutex
	now time.Time
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) move(by time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(by)
}

// syncBuffer is a log that can be read while it is written.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// past finds positions of the past in the log itself.
type past struct {
	*projections.Past
	log *eventstore.Memory
}

func newPast(log *eventstore.Memory, models []projections.Model) past {
	return past{log: log, Past: projections.NewPast(models, func(ctx context.Context, p domain.ProgrammeID, upTo domain.Position) iter.Seq2[domain.Record, error] {
		return func(yield func(domain.Record, error) bool) {
			for rec, err := range log.After(ctx, 0) {
				if err != nil || rec.Position <= upTo && rec.Stream.Programme == p {
					if !yield(rec, err) {
						return
					}
				}
			}
		}
	}, 2)}
}

func (p past) Read(ctx context.Context, of domain.ProgrammeID, on domain.Day, f func(projections.Reader, domain.Position) error) error {
	var at domain.Position
	for rec, err := range p.log.After(ctx, 0) {
		if err != nil {
			return err
		}
		if rec.Stream.Programme == of && rec.At.Before(on.End()) {
			at = rec.Position
		}
	}
	return p.Past.Read(ctx, of, at, f)
}

// newWorld starts a server for the programme Tij with its lead Marieke and its
// employee Joost. Change may alter the configuration.
func newWorld(t *testing.T, change ...func(*Config)) *world {
	t.Helper()
	w := &world{t: t, codes: map[domain.PersonID]string{}, log: &syncBuffer{}, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	log := eventstore.NewMemory(eventstore.NewCodec(catalog.Events(), eventstoretest.NewVault()))
	store := eventstore.NewStore(log)
	models := []projections.Model{people.Model}
	views, err := projections.Open(t.Context(), t.TempDir(), models, projections.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w.views = views
	codes, err := signin.Open(filepath.Join(t.TempDir(), "signin.db"), []byte("a secret of some length"), w.clock)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	projected := make(chan error, 1)
	go func() { projected <- views.Run(ctx, log) }()

	var ids atomic.Int64
	c := Config{
		Store: store, Views: views, Past: newPast(log, models), Signin: codes,
		Now: w.clock, NewID: func() string { return fmt.Sprintf("id%d", ids.Add(1)) },
		Logger: slog.New(slog.NewTextHandler(w.log, nil)),
	}
	for _, f := range change {
		f(&c)
	}
	w.srv = newServer(c)
	sampleRoutes(w.srv)
	w.http = httptest.NewServer(w.srv)
	t.Cleanup(func() {
		w.srv.Close()
		w.http.CloseClientConnections()
		w.http.Close()
		stop()
		if err := <-projected; err != nil {
			t.Error(err)
		}
		_ = views.Close()
		_ = codes.Close()
	})

	w.execute("tij", "marieke", programme.Start{ID: "tij", Name: "Tij", Lead: "marieke", LeadName: "Marieke Kuiper"})
	w.execute("tij", "marieke", programme.AddPeople{Programme: "tij", People: []programme.NewPerson{
		{ID: "joost", Name: "Joost Visser", Roles: []domain.Role{domain.Employee}},
	}})
	for _, p := range []domain.PersonID{"marieke", "joost"} {
		code, err := codes.Issue(t.Context(), signin.Who{Programme: "tij", Person: p})
		if err != nil {
			t.Fatal(err)
		}
		w.codes[p] = code
	}
	return w
}

var acts atomic.Int64

// execute does a command outside the web, and waits for its effect.
func (w *world) execute(in domain.ProgrammeID, by domain.PersonID, cmd domain.Command[programme.State]) domain.Position {
	w.t.Helper()
	act := domain.Act{ID: domain.ActID(fmt.Sprintf("act%d", acts.Add(1))), Programme: in, By: by, At: w.clock()}
	pos, err := eventstore.Execute(w.t.Context(), w.srv.Store, act, cmd)
	if err == nil {
		err = w.views.Wait(w.t.Context(), pos)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return pos
}

// sampleRoutes are a question and three commands, such as a concept declares.
func sampleRoutes(s *Server) {
	question(s, Question[struct{}, people.Programme]{
		Path: "/programme", Doc: "What the programme is called", Action: access.StrategyRead, Nav: "nav.label",
		Ask: func(ctx context.Context, a Asker, _ struct{}) (people.Programme, error) {
			return people.TheProgramme(ctx, a.Read, a.Programme)
		},
		Page: func(v View, p people.Programme) templ.Component { return formPage(v, p, v.Form("/programme/rename")) },
	})
	command(s, Command[renameIn]{
		Path: "/programme/rename", Doc: "Rename the programme", Action: access.ProgrammeRun,
		Do: func(_ context.Context, a Asker, in renameIn) (Steps, error) {
			return Steps{eventstore.Do(programme.Rename{ID: a.Programme, Name: in.Body.Name})}, nil
		},
		Form: "/programme", Next: "/programme#name",
	})
	command(s, Command[teamIn]{
		Path: "/teams", Doc: "Form a team", Action: access.PeopleManage,
		Do: func(_ context.Context, a Asker, in teamIn) (Steps, error) {
			return Steps{eventstore.Do(programme.FormTeam{Programme: a.Programme, ID: in.Body.ID, Name: in.Body.Name})}, nil
		},
		Form: "/teams/new", Next: "/teams/{id}",
	})
	question(s, Question[struct{}, struct{}]{
		Path: "/teams/new", Doc: "A form", Action: access.PeopleManage,
		Ask: func(context.Context, Asker, struct{}) (struct{}, error) { return struct{}{}, nil },
		Page: func(v View, _ struct{}) templ.Component {
			return formPage(v, people.Programme{}, v.Form("/teams", "id"))
		},
	})
	question(s, Question[oneTeamIn, people.Team]{
		Path: "/teams/{id}", Doc: "A team", Action: access.PeopleRead,
		Ask: func(ctx context.Context, a Asker, in oneTeamIn) (people.Team, error) {
			teams, err := people.Teams(ctx, a.Read, a.Programme)
			for _, t := range teams {
				if t.ID == in.ID {
					return t, nil
				}
			}
			if in.ID == "broken" {
				return people.Team{}, io.ErrUnexpectedEOF
			}
			if in.ID == "panics" {
				panic("a secret")
			}
			if err == nil {
				err = domain.ErrNotFound
			}
			return people.Team{}, err
		},
		Page: func(v View, t people.Team) templ.Component { return sampleText(t.Name) },
	})
	question(s, Question[ownIn, shouted]{
		Path: "/own/{id}", Doc: "Something of one person", Action: access.ExpectationOwn,
		Of: func(_ context.Context, a Asker, in ownIn) (access.Resource, error) {
			if in.ID == "nobody" {
				return access.Resource{}, domain.ErrNotFound
			}
			return access.Resource{Programme: a.Programme, Owner: in.ID}, nil
		},
		Ask:  func(context.Context, Asker, ownIn) (shouted, error) { return shouted{"mine"}, nil },
		Page: func(_ View, out shouted) templ.Component { return sampleText(out.Text) },
	})
	question(s, Question[shoutIn, shouted]{
		Path: "/shout", Doc: "The input again", Action: access.SessionOwn,
		Ask: func(_ context.Context, _ Asker, in shoutIn) (shouted, error) {
			return shouted{fmt.Sprintf("%+q", []any{in.Query, in.Body})}, nil
		},
		Page: func(_ View, out shouted) templ.Component { return sampleText(out.Text) },
	})
}

type (
	renameIn struct {
		Body struct {
			Name string `json:"name"`
		}
	}
	teamIn struct {
		Body struct {
			ID   domain.TeamID `json:"id,omitempty" new:"true"`
			Name string        `json:"name"`
		}
	}
	oneTeamIn struct {
		ID domain.TeamID `path:"id"`
	}
	shoutText struct {
		Text string `json:"text"`
	}
	ownIn struct {
		ID domain.PersonID `path:"id"`
	}
	shouted struct {
		Text string `json:"text"`
	}
	shoutIn struct {
		Query string `query:"q"`
		Body  struct {
			shoutText
			Days  int           `json:"days,omitempty"`
			Sure  bool          `json:"sure,omitempty"`
			Roles []domain.Role `json:"roles,omitempty"`
			File  File          `json:"file,omitzero"`
		}
	}
)

func sampleText(text string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, templ.EscapeString(text))
		return err
	})
}

// formPage is a page with one form, in the frame of every page.
func formPage(v View, p people.Programme, f Form) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		form := PostForm(f)
		inside := templ.Join(sampleText("Naam: "+p.Name+". "), templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
			return form.Render(templ.WithChildren(ctx, TextField(Field{Form: f, Name: "name", Label: "Naam", Value: p.Name})), w)
		}))
		return Layout(v.titled("Programma")).Render(templ.WithChildren(ctx, inside), w)
	})
}

// A browser keeps cookies and stays where it is sent.
type browserLike struct {
	w *world
	c *http.Client
}

func (w *world) browser() browserLike {
	jar, _ := cookiejar.New(nil)
	return browserLike{w, &http.Client{
		Jar:           jar,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// in returns a browser in which somebody has signed in.
func (w *world) in(p domain.PersonID) browserLike {
	w.t.Helper()
	b := w.browser()
	if r := b.post("/signin", url.Values{"code": {w.codes[p]}}); r.status != http.StatusSeeOther {
		w.t.Fatalf("signing in: %s", r)
	}
	return b
}

// A reply is what came back.
type response struct {
	status   int
	header   http.Header
	body     string
	location string
}

func (r response) String() string { return fmt.Sprintf("%d %v\n%s", r.status, r.header, r.body) }

func (w *world) do(c *http.Client, r *http.Request) response {
	w.t.Helper()
	res, err := c.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return response{res.StatusCode, res.Header, string(b), res.Header.Get("Location")}
}

func (w *world) request(method, path, body string) *http.Request {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), method, w.http.URL+path, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

func (b browserLike) get(path string) response {
	b.w.t.Helper()
	return b.w.do(b.c, b.w.request(http.MethodGet, path, ""))
}

func (b browserLike) post(path string, form url.Values) response {
	b.w.t.Helper()
	r := b.w.request(http.MethodPost, path, form.Encode())
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.w.do(b.c, r)
}

// A program has a token and speaks JSON.
type program struct {
	w     *world
	token string
	head  http.Header
}

func (w *world) program(p domain.PersonID) program {
	w.t.Helper()
	var in signedIn
	r := program{w: w}.post("/signin", fmt.Sprintf(`{"code":%q}`, w.codes[p]))
	if err := json.Unmarshal([]byte(r.body), &in); err != nil || r.status != http.StatusOK {
		w.t.Fatalf("signing in: %s", r)
	}
	return program{w: w, token: in.Token}
}

func (p program) with(name, value string) program {
	p.head = p.head.Clone()
	if p.head == nil {
		p.head = http.Header{}
	}
	p.head.Set(name, value)
	return p
}

func (p program) get(path string) response {
	p.w.t.Helper()
	return p.send(p.w.request(http.MethodGet, apiPrefix+path, ""))
}

func (p program) post(path, body string) response {
	p.w.t.Helper()
	r := p.w.request(http.MethodPost, apiPrefix+path, body)
	r.Header.Set("Content-Type", "application/json")
	return p.send(r)
}

func (p program) send(r *http.Request) response {
	p.w.t.Helper()
	if p.token != "" {
		r.Header.Set("Authorization", "Bearer "+p.token)
	}
	for name := range p.head {
		r.Header.Set(name, p.head.Get(name))
	}
	return p.w.do(http.DefaultClient, r)
}

// wantStatus and its like say what was got instead.
func (r response) wantStatus(t *testing.T, want int) response {
	t.Helper()
	if r.status != want {
		t.Fatalf("got %s, want %d", r, want)
	}
	return r
}

func (r response) wantBody(t *testing.T, parts ...string) response {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(r.body, part) {
			t.Errorf("got %s, want %q in it", r, part)
		}
	}
	return r
}

func (r response) problem(t *testing.T) (p Problem) {
	t.Helper()
	if ct := r.header.Get("Content-Type"); ct != "application/problem+json" {
		t.Errorf("content type %s, want a problem: %s", ct, r)
	}
	if err := json.Unmarshal([]byte(r.body), &p); err != nil {
		t.Fatal(err)
	}
	if p.Status != r.status {
		t.Errorf("the problem says %d, the answer %d", p.Status, r.status)
	}
	return p
}

// hiddenValue finds a hidden field of a page.
func hiddenValue(t *testing.T, page, name string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, `name="`+name+`" value="`)
	if !ok {
		t.Fatalf("no hidden field %s in %s", name, page)
	}
	v, _, _ := strings.Cut(rest, `"`)
	return v
}
