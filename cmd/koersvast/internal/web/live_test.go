package web

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/domain"
	"koersvast/domain/programme"
)

// A stream is an open /live.
type stream struct {
	t    *testing.T
	body io.ReadCloser
	in   *bufio.Scanner
}

func (p program) live(path string) stream {
	p.w.t.Helper()
	r := p.w.request(http.MethodGet, path, "")
	r.Header.Set("Authorization", "Bearer "+p.token)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		p.w.t.Fatal(err)
	}
	p.w.t.Cleanup(func() { _ = res.Body.Close() })
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "text/event-stream" {
		p.w.t.Fatalf("got %d %v", res.StatusCode, res.Header)
	}
	return stream{p.w.t, res.Body, bufio.NewScanner(res.Body)}
}

// next returns the next message as "name data"; nothing at the end.
func (s stream) next() string {
	s.t.Helper()
	var name, data string
	for s.in.Scan() {
		switch line := s.in.Text(); {
		case line == "":
			return name + " " + data
		case strings.HasPrefix(line, "event: "):
			name = line[len("event: "):]
		case strings.HasPrefix(line, "data: "):
			data = line[len("data: "):]
		}
	}
	return ""
}

func (s stream) want(want string) {
	s.t.Helper()
	if got := s.next(); got != want {
		s.t.Errorf("heard %q, want %q", got, want)
	}
}

func TestAPageHearsOfWhatChangedSinceItWasMade(t *testing.T) {
	w := newWorld(t)
	p := w.program("joost")
	p.live("/live").want("changed 2")
	s := p.live("/live?after=2")
	w.execute("vloed", "piet", programme.Start{ID: "vloed", Name: "Vloed", Lead: "piet", LeadName: "Piet"}) // another's business
	w.execute("tij", "marieke", programme.Rename{ID: "tij", Name: "Springtij"})
	s.want("changed 4")
}

func TestAPageIsToldWhenTheServerStops(t *testing.T) {
	w := newWorld(t)
	s := w.program("joost").live("/live?after=2")
	w.srv.Close()
	w.srv.Close() // twice is no harm
	s.want("bye 2")
	s.want("")
}

func TestAStreamEndsWithItsSession(t *testing.T) {
	w := newWorld(t)
	p := w.program("joost")
	s := p.live("/live?after=2")
	p.post("/signout", "").wantStatus(t, http.StatusOK)
	s.want("")
	r := w.request(http.MethodGet, "/live", "")
	p.send(r).wantStatus(t, http.StatusUnauthorized)
}

func TestOnePersonHasSoManyStreams(t *testing.T) {
	w := newWorld(t)
	p := w.program("joost")
	open := make([]stream, streamsEach)
	for i := range open {
		open[i] = p.live("/live")
	}
	if p := p.send(w.request(http.MethodGet, "/live", "")).wantStatus(t, http.StatusTooManyRequests).problem(t); p.Code != "too_many_streams" {
		t.Errorf("got %+v", p)
	}
	w.program("marieke").live("/live").want("changed 2")
}

func TestStreamsAreLimitedAltogether(t *testing.T) {
	s := newStreams()
	for i := range streamsInTotal {
		if _, ok := s.open(domain.PersonID(fmt.Sprint(i))); !ok {
			t.Fatalf("stream %d was refused", i)
		}
	}
	if _, ok := s.open("one more"); ok {
		t.Errorf("more than %d streams were opened", streamsInTotal)
	}
}

// quiet are views of which only the changes are of interest.
type quiet struct {
	Views
	changes chan struct{}
}

func (q quiet) Changed(domain.ProgrammeID) (domain.Position, <-chan struct{}) {
	select {
	case <-q.changes:
		return 2, nil
	default:
		return 1, q.changes
	}
}

// heard is a response that notes when what was written.
type heard struct {
	httptest.ResponseRecorder
	began time.Time
	lines []string
}

func (h *heard) Write(b []byte) (int, error) {
	name, _, _ := strings.Cut(strings.TrimPrefix(string(b), "event: "), "\n")
	h.lines = append(h.lines, fmt.Sprintf("%s %s", time.Since(h.began), name))
	return len(b), nil
}

// listen opens a stream in a bubble where time flies, and returns what was
// heard until it ended.
func listen(t *testing.T, during func(q quiet, st *signin.Store)) (lines []string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		st, err := signin.Open(filepath.Join(t.TempDir(), "signin.db"), []byte("a secret of some length"), time.Now)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = st.Close() }()
		token, err := st.Begin(t.Context(), signin.Who{Programme: "tij", Person: "joost"}, "", "")
		if err != nil {
			t.Fatal(err)
		}
		session, err := st.Peek(t.Context(), token)
		if err != nil {
			t.Fatal(err)
		}
		q := quiet{changes: make(chan struct{})}
		s := &Server{Config: Config{Signin: st, Views: q}, streams: newStreams()}
		r := httptest.NewRequest(http.MethodGet, "/live?after=1", nil)
		r.Header.Set("Authorization", "Bearer "+token)
		r = r.WithContext(context.WithValue(r.Context(), visitKey{}, &visit{session: &session}))
		h := &heard{began: time.Now()}
		go during(q, st)
		if err := s.live(h, r); err != nil {
			t.Error(err)
		}
		lines = append(h.lines, fmt.Sprintf("%s end", time.Since(h.began)))
	})
	return lines
}

func TestAQuietStreamSaysSoAndHasAnEnd(t *testing.T) {
	lines := listen(t, func(quiet, *signin.Store) {})
	want := []string{}
	for at := pingEvery; at < streamLife; at += pingEvery {
		want = append(want, at.String()+" ping")
	}
	// At the very end it may say so once more.
	got := strings.Join(lines, ", ")
	if !strings.HasPrefix(got, strings.Join(want, ", ")) || !strings.HasSuffix(got, streamLife.String()+" end") {
		t.Errorf("heard %s", got)
	}
}

func TestAStreamGoesOnAfterAChange(t *testing.T) {
	lines := listen(t, func(q quiet, _ *signin.Store) {
		time.Sleep(20 * time.Second)
		close(q.changes)
	})
	if got := strings.Join(lines[:4], ", "); got != "15s ping, 20s changed, 30s ping, 45s ping" {
		t.Errorf("heard %s", got)
	}
}
