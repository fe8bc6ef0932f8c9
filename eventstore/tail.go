package eventstore

import (
	"fmt"
	"sync"

	"koersvast/domain"
)

// A tail is the newest part of the log in memory, so that those who follow
// the log do not ask the server for every act. It is bounded, and what it
// holds has no gaps.
type tail struct {
	bell bell

	mu       sync.Mutex
	messages []Message
	early    map[domain.Position]Message // acknowledged before what comes before them
	bytes    int
	last     domain.Position // of the messages
	known    domain.Position // of what was heard of
	broken   error
}

const (
	tailBytes = 8 << 20

	// More than this many do not wait for one that was never acknowledged:
	// they are read with it.
	tailEarly = 1000
)

// follow adds what was read from the log as coming next, or what is wrong
// with it.
func (t *tail) follow(m Message, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.broken != nil:
		return
	case err != nil:
		t.broken = err
	case m.Position <= t.last:
		return
	case m.Position != t.last+1:
		t.broken = gap(t.last+1, m.Position)
	default:
		t.add(m)
	}
	t.bell.ring()
}

// take adds what the log has just acknowledged. Acknowledgements of several
// writers overtake each other: what comes too early waits for what is before it.
func (t *tail) take(acknowledged []Message) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, m := range acknowledged {
		t.known = max(t.known, m.Position)
		switch {
		case t.broken != nil:
			return
		case m.Position == t.last+1:
			t.add(m)
			t.bell.ring()
		case m.Position > t.last && len(t.early) < tailEarly:
			if t.early == nil {
				t.early = map[domain.Position]Message{}
			}
			t.early[m.Position] = m
		}
	}
}

// add adds the next message, and those that waited for it.
func (t *tail) add(m Message) {
	for there := true; there; m, there = t.early[t.last+1] {
		delete(t.early, m.Position)
		t.messages = append(t.messages, m)
		t.bytes += len(m.Body)
		t.last = m.Position
	}
	for t.bytes > tailBytes {
		t.bytes -= len(t.messages[0].Body)
		t.messages[0] = Message{}
		t.messages = t.messages[1:]
	}
	t.known = max(t.known, t.last)
}

// hear notes that the log reaches to p.
func (t *tail) hear(p domain.Position) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.known = max(t.known, p)
}

// after returns what follows p as far as the tail holds it, up to where the
// log is known to reach, and how the log was found broken, if it was.
func (t *tail) after(p domain.Position) (held []Message, last, known domain.Position, broken error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	first := t.last - domain.Position(len(t.messages)) + 1
	if p+1 >= first && p < t.last {
		held = t.messages[p+1-first:]
	}
	return held[:len(held):len(held)], t.last, t.known, t.broken
}

func gap(want, got domain.Position) error {
	return fmt.Errorf("%w: the act after %d is at %d", ErrDamaged, want-1, got)
}
