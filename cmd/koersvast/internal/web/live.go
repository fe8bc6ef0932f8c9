package web

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"koersvast/domain"
)

// How pages follow the programme.
const (
	pingEvery   = 15 * time.Second       // so that the page knows a dead line from a quiet one
	tellEvery   = 100 * time.Millisecond // at most; what came in between is told at once
	writeWithin = 10 * time.Second       // who reads slower is cut off
	streamLife  = 10 * time.Minute       // after which the page comes back, and is asked again who it is

	streamsInTotal = 2000
	streamsEach    = 20
)

// streams counts the open streams, and ends them all when the server stops.
type streams struct {
	mu      sync.Mutex
	total   int
	each    map[domain.PersonID]int
	stop    chan struct{}
	stopped bool
}

func newStreams() *streams {
	return &streams{each: map[domain.PersonID]int{}, stop: make(chan struct{})}
}

func (s *streams) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.stopped {
		s.stopped = true
		close(s.stop)
	}
}

// open counts one stream more, unless there are too many.
func (s *streams) open(who domain.PersonID) (done func(), ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.total >= streamsInTotal || s.each[who] >= streamsEach {
		return nil, false
	}
	s.total++
	s.each[who]++
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.total--
		if s.each[who]--; s.each[who] == 0 {
			delete(s.each, who)
		}
	}, true
}

// live tells a page when the programme has changed since the position that
// the page knows (?after=). Its messages, named ping, changed and bye, each
// carry the newest position, so that one that is missed is no loss.
func (s *Server) live(w http.ResponseWriter, r *http.Request) error {
	session, err := s.session(r)
	if err != nil {
		return err
	}
	done, ok := s.streams.open(session.Person)
	if !ok {
		return errTooMany
	}
	defer done()
	ended, forget := s.Signin.Ended(session.ID)
	defer forget()
	if _, err := s.Signin.Peek(r.Context(), s.token(r)); err != nil { // it may have ended just before
		return errNotSignedIn
	}

	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no") // a proxy that saves messages up makes them useless
	w.WriteHeader(http.StatusOK)
	out := http.NewResponseController(w)
	if err := out.Flush(); err != nil { // the page waits for it
		return err
	}
	send := func(name string, at domain.Position) bool {
		// A connection that knows no deadlines is one of a test.
		_ = out.SetWriteDeadline(time.Now().Add(writeWithin))
		_, err := fmt.Fprintf(w, "event: %s\ndata: %d\n\n", name, at)
		return err == nil && out.Flush() == nil
	}

	life, ping := time.NewTimer(streamLife), time.NewTicker(pingEvery)
	defer life.Stop()
	defer ping.Stop()
	told, _ := strconv.ParseUint(r.URL.Query().Get(paramAfter), 10, 64)
	known := domain.Position(told)
	at, next := s.Views.Changed(session.Programme)
	var rest <-chan time.Time // while it lasts, next is nil
	for {
		if at > known {
			if !send("changed", at) {
				return nil
			}
			known, next, rest = at, nil, time.After(tellEvery)
		}
		select {
		case <-next:
			at, next = s.Views.Changed(session.Programme)
		case <-rest:
			at, next = s.Views.Changed(session.Programme)
			rest = nil
		case <-ping.C:
			if !send("ping", known) {
				return nil
			}
		case <-s.streams.stop:
			send("bye", known)
			return nil
		case <-ended:
			return nil
		case <-life.C:
			return nil
		case <-r.Context().Done():
			return nil
		}
	}
}
