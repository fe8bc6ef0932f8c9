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
	bytes    int
	last     domain.Position // of what was followed
	known    domain.Position // of what was followed or acknowledged
	broken   error
}

const tailBytes = 8 << 20

// follow adds what the log says comes next, or what is wrong with it.
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

// take adds what the log has just acknowledged, if that is what comes next:
// whoever waits for it need not wait until it is followed.
func (t *tail) take(acknowledged []Message) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, m := range acknowledged {
		if t.broken == nil && m.Position == t.last+1 {
			t.add(m)
			t.bell.ring()
		}
	}
}

func (t *tail) add(m Message) {
	t.messages = append(t.messages, m)
	t.bytes += len(m.Body)
	for t.bytes > tailBytes {
		t.bytes -= len(t.messages[0].Body)
		t.messages[0] = Message{}
		t.messages = t.messages[1:]
	}
	t.last = m.Position
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
