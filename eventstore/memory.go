package eventstore

import (
	"context"
	"crypto/rand"
	"iter"
	"sync"

	"koersvast/domain"
)

// Memory is a Log for tests. Like the real one it keeps bytes, so what cannot
// be sealed and encoded cannot be appended.
type Memory struct {
	codec    *Codec
	identity string
	bell     bell

	mu       sync.RWMutex
	messages []Message
	last     map[domain.Stream]domain.Position
	acts     map[actIn]domain.Position
}

// An actIn is one act as one stream knows it.
type actIn struct {
	stream domain.Stream
	id     domain.ActID
}

// NewMemory returns an empty log.
func NewMemory(c *Codec) *Memory {
	return &Memory{
		codec:    c,
		identity: rand.Text(),
		last:     map[domain.Stream]domain.Position{},
		acts:     map[actIn]domain.Position{},
	}
}

// Append implements [Log].
func (m *Memory) Append(ctx context.Context, act domain.Act, writes ...Write) (domain.Position, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	writes, err := prepared(act, writes)
	if err != nil {
		return 0, err
	}
	bodies, err := m.codec.encode(act, writes)
	if err != nil {
		return 0, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, w := range writes {
		if pos, ok := m.acts[actIn{w.Stream, act.ID}]; ok && len(w.Events) > 0 {
			return pos, ErrRecorded
		}
	}
	for _, w := range writes {
		if m.last[w.Stream] != w.Last {
			return 0, ErrMoved
		}
	}
	end := domain.Position(len(m.messages) + len(writes))
	for i, w := range writes {
		msg := Message{domain.Position(len(m.messages) + 1), w.Stream, bodies[i]}
		if len(w.Events) > 0 {
			m.last[w.Stream] = msg.Position
			m.acts[actIn{w.Stream, act.ID}] = end
		} else {
			msg.Stream = domain.Stream{Programme: w.Stream.Programme}
		}
		m.messages = append(m.messages, msg)
	}
	m.bell.ring()
	return end, nil
}

// Stream implements [Log].
func (m *Memory) Stream(ctx context.Context, s domain.Stream, after domain.Position) iter.Seq2[domain.Record, error] {
	return m.codec.records(func(yield func(Message, error) bool) {
		for msg, err := range m.Messages(ctx, after) {
			if (err != nil || msg.Stream == s) && !yield(msg, err) {
				return
			}
		}
	})
}

// After implements [Log].
func (m *Memory) After(ctx context.Context, p domain.Position) iter.Seq2[domain.Record, error] {
	return m.codec.records(m.Messages(ctx, p))
}

// Messages yields what After does, unopened.
func (m *Memory) Messages(ctx context.Context, p domain.Position) iter.Seq2[Message, error] {
	return func(yield func(Message, error) bool) {
		for ; ; p++ {
			if err := ctx.Err(); err != nil {
				yield(Message{}, err)
				return
			}
			m.mu.RLock()
			if p >= domain.Position(len(m.messages)) {
				m.mu.RUnlock()
				return
			}
			msg := m.messages[p]
			m.mu.RUnlock()
			if msg.Position != p+1 {
				yield(Message{}, gap(p+1, msg.Position))
				return
			}
			if !yield(msg, nil) {
				return
			}
		}
	}
}

// Last implements [Log].
func (m *Memory) Last(context.Context) (domain.Position, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return domain.Position(len(m.messages)), nil
}

// Grown implements [Log].
func (m *Memory) Grown() <-chan struct{} { return m.bell.next() }

// Identity tells this log from every other one.
func (m *Memory) Identity() string { return m.identity }
