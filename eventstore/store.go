package eventstore

import (
	"context"
	"fmt"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"

	"koersvast/domain"
)

// A Store is a Log with a memory: it remembers what the streams that were
// used last add up to, so that most commands are decided without reading. What
// it remembers can be behind the log but is never wrong: the log refuses what
// was decided on a past, and only what was just read is ever refused by rule.
type Store struct {
	log     Log
	streams *lru.Cache[domain.Stream, *folded]
}

// remembered is how many streams a Store remembers.
const remembered = 10_000

// NewStore returns a Store of a log.
func NewStore(log Log) *Store {
	streams, err := lru.New[domain.Stream, *folded](remembered)
	if err != nil {
		panic(err) // for a size below one only
	}
	return &Store{log, streams}
}

// Log returns the log that st is about.
func (st *Store) Log() Log { return st.log }

// Forget makes st forget all states. What it remembers is readable text: it
// must not outlive a key that was destroyed.
func (st *Store) Forget() { st.streams.Purge() }

// Load returns what a stream adds up to now, and the position of its last act.
func Load[S any](ctx context.Context, st *Store, s domain.Stream) (S, domain.Position, error) {
	var none S
	if err := identifies(s); err != nil {
		return none, 0, err
	}
	now, _, err := st.folded(s).state(ctx, st.log, evolveTo[S], "", true)
	if err != nil {
		return none, 0, err
	}
	value, err := stateOf[S](now.value)
	return value, now.last, err
}

func (st *Store) folded(s domain.Stream) *folded {
	if f, ok := st.streams.Get(s); ok {
		return f
	}
	f := &folded{stream: s, turn: make(chan struct{}, 1), acts: map[domain.ActID]domain.Position{}}
	if first, ok, _ := st.streams.PeekOrAdd(s, f); ok {
		return first
	}
	return f
}

// A folded is a stream of which is remembered what it adds up to.
type folded struct {
	stream domain.Stream
	turn   chan struct{} // full while somebody of this process writes

	mu    sync.Mutex
	read  bool // at least once
	value any  // nil before the first fact
	last  domain.Position
	acts  map[domain.ActID]domain.Position // all of the stream, for ever
}

// A state is what a stream adds up to at a position.
type state struct {
	value    any
	last     domain.Position
	recorded domain.Position // of the act that was asked for; 0 if it is not there
}

// state returns what is remembered. It reads on from there when nothing was
// read yet or when it must, and says whether it did.
func (f *folded) state(ctx context.Context, log Log, ev evolve, id domain.ActID, must bool) (_ state, fresh bool, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	fresh = must || !f.read
	if fresh {
		if err := f.readOn(ctx, log, ev); err != nil {
			return state{}, false, err
		}
	}
	return state{f.value, f.last, f.acts[id]}, fresh, nil
}

func (f *folded) readOn(ctx context.Context, log Log, ev evolve) error {
	for rec, err := range log.Stream(ctx, f.stream, f.last) {
		if err != nil {
			return err
		}
		value := f.value
		for _, e := range rec.Events {
			if value, err = ev(value, e); err != nil {
				return fmt.Errorf("%s at %d: %w", f.stream, rec.Position, err)
			}
		}
		f.value, f.last, f.acts[rec.ID] = value, rec.Position, rec.Position
	}
	f.read = true
	return nil
}

// advance notes that an act has brought the stream from one position to the
// next. What has moved otherwise in the meantime is read when it matters.
func (f *folded) advance(id domain.ActID, from, to domain.Position, value any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.last == from {
		f.value, f.last, f.acts[id] = value, to, to
	}
}
