package eventstore

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"koersvast/domain"
)

// ErrConflict means that others kept changing what a command is about.
var ErrConflict = domain.Refuse(domain.Conflict, "moved_on", "this has changed in the meantime; look again")

// ErrKeyGone means that a text cannot be kept, because the key under which it
// would be sealed was destroyed.
var ErrKeyGone = domain.Refuse(domain.Conflict, "key_gone", "what this person said was erased, and nothing new of theirs can be kept")

// attempts is how often a command is decided anew when its stream moves.
const attempts = 5

// Execute lets a command decide on the facts of its stream and appends what
// follows, after the position that it decided on. It returns the position
// that a read model must have reached to show the effect: that of the act or,
// when nothing followed, of the stream's last act.
//
// One command is one act. An act that the stream knows already is not decided
// again, however long ago it was: the answer is its position.
func Execute[S any](ctx context.Context, st *Store, act domain.Act, cmd domain.Command[S]) (domain.Position, error) {
	return ExecuteAll(ctx, st, act, Do(cmd))
}

// A Step is part of an act on more than one stream. See [ExecuteAll].
type Step struct {
	stream domain.Stream
	writes bool
	decide func(state any, act domain.Act) ([]domain.Event, error)
	evolve evolve
}

// An evolve brings a state one fact further. The state of a stream without
// facts is nil.
type evolve func(state any, e domain.Event) (any, error)

// Do is the step of a command.
func Do[S any](cmd domain.Command[S]) Step {
	return Step{
		stream: cmd.Stream(),
		writes: true,
		evolve: evolveTo[S],
		decide: func(state any, act domain.Act) ([]domain.Event, error) {
			s, err := stateOf[S](state)
			if err != nil {
				return nil, err
			}
			facts, err := cmd.Decide(s, act)
			if err != nil || len(facts) == 0 {
				return nil, err
			}
			events := make([]domain.Event, len(facts))
			for i, f := range facts {
				events[i] = f
			}
			return events, nil
		},
	}
}

// While is the step of a condition: it holds until the facts of the act are
// in the log, or the act is refused.
func While[S any](cond domain.Condition[S]) Step {
	return Step{
		stream: cond.Stream(),
		evolve: evolveTo[S],
		decide: func(state any, _ domain.Act) ([]domain.Event, error) {
			s, err := stateOf[S](state)
			if err != nil {
				return nil, err
			}
			return nil, cond.Holds(s)
		},
	}
}

func stateOf[S any](state any) (S, error) {
	s, ok := state.(S)
	if !ok && state != nil {
		return s, fmt.Errorf("eventstore: a stream adds up to %T, not to %T", state, s)
	}
	return s, nil
}

func evolveTo[S any](state any, e domain.Event) (any, error) {
	s, err := stateOf[S](state)
	if err != nil {
		return nil, err
	}
	f, ok := e.(domain.EventOf[S])
	if !ok {
		return nil, fmt.Errorf("eventstore: %s changes no %T", e.EventName(), s)
	}
	return f.Evolve(s), nil
}

// ExecuteAll executes several steps as one act, all or none of it:
//
//	eventstore.ExecuteAll(ctx, store, act,
//		eventstore.Do(expectation.Accept{…}),
//		eventstore.Do(promise.Make{…}),
//		eventstore.While(strategy.Stands{…}))
//
// Steps on the same stream see what the ones before them have changed. Every
// step counts on its stream as it was when the step was taken. An act on more
// than one stream costs the log some ten times as much as one on a single
// stream.
func ExecuteAll(ctx context.Context, st *Store, act domain.Act, steps ...Step) (domain.Position, error) {
	plan, err := newPlan(st, act, steps)
	if err != nil {
		return 0, err
	}
	done, err := plan.takeTurns(ctx)
	if err != nil {
		return 0, err
	}
	defer done()

	again := false // whether to read on before deciding
	for moved := 0; ; {
		states, fresh, err := plan.states(ctx, st.log, act.ID, again)
		if err != nil {
			return 0, err
		}
		if pos, ok := plan.recorded(states); ok {
			return pos, nil
		}
		writes, err := plan.decide(act, states)
		if err != nil || len(writes) == 0 {
			if fresh {
				return newest(states), err
			}
			again = true // nobody is refused on the strength of a memory
			continue
		}
		pos, err := st.log.Append(ctx, act, writes...)
		if err == nil {
			plan.remember(act.ID, states, writes, pos)
			return pos, nil
		}
		if errors.Is(err, ErrRecorded) {
			return pos, nil // not with these facts, so there is nothing to remember
		}
		if errors.Is(err, domain.ErrErased) {
			return 0, ErrKeyGone
		}
		if !errors.Is(err, ErrMoved) {
			return 0, err
		}
		if moved++; moved == attempts {
			return 0, ErrConflict
		}
		if !pause(ctx, rand.N(time.Duration(moved)*5*time.Millisecond)) {
			return 0, ctx.Err()
		}
		again = true
	}
}

// A plan is the steps of an act by stream, in the order in which the streams
// come up first.
type plan []part

type part struct {
	stream domain.Stream
	steps  []Step
	folded *folded
}

func newPlan(st *Store, act domain.Act, steps []Step) (plan, error) {
	var p plan
next:
	for _, step := range steps {
		s := step.stream
		if s.Programme != "" && s.Programme != act.Programme {
			return nil, fmt.Errorf("eventstore: act %s of programme %s reaches for %s", act.ID, act.Programme, s)
		}
		s = s.In(act.Programme)
		if err := identifies(s); err != nil {
			return nil, err
		}
		for i := range p {
			if p[i].stream == s {
				p[i].steps = append(p[i].steps, step)
				continue next
			}
		}
		p = append(p, part{s, []Step{step}, st.folded(s)})
	}
	return p, nil
}

func (p part) writes() bool {
	return slices.ContainsFunc(p.steps, func(s Step) bool { return s.writes })
}

// takeTurns waits until nobody else in this process writes to the streams of
// the plan. The log would sort that out as well, but by chance and with many
// refusals: so it goes in order and nobody starves.
func (p plan) takeTurns(ctx context.Context) (done func(), err error) {
	var taken []*folded
	done = func() {
		for _, f := range taken {
			<-f.turn
		}
	}
	// All who need several take them in the same order, or they could wait
	// for each other.
	inOrder := slices.SortedFunc(slices.Values(p), func(a, b part) int {
		return strings.Compare(a.stream.String(), b.stream.String())
	})
	for _, part := range inOrder {
		if !part.writes() {
			continue
		}
		select {
		case part.folded.turn <- struct{}{}:
			taken = append(taken, part.folded)
		case <-ctx.Done():
			done()
			return nil, ctx.Err()
		}
	}
	return done, nil
}

// states returns what each stream of the plan adds up to, and whether all of
// them were just read.
func (p plan) states(ctx context.Context, log Log, id domain.ActID, again bool) (states []state, fresh bool, err error) {
	states, fresh = make([]state, len(p)), true
	for i, part := range p {
		var read bool
		states[i], read, err = part.folded.state(ctx, log, part.steps[0].evolve, id, again)
		if err != nil {
			return nil, false, err
		}
		fresh = fresh && read
	}
	return states, fresh, nil
}

// recorded returns the position of the act if a stream that it writes to has
// it already.
func (p plan) recorded(states []state) (pos domain.Position, ok bool) {
	for i, part := range p {
		if part.writes() && states[i].recorded > 0 {
			pos, ok = max(pos, states[i].recorded), true
		}
	}
	return pos, ok
}

// newest returns the position of the last act on any of the streams.
func newest(states []state) (pos domain.Position) {
	for _, s := range states {
		pos = max(pos, s.last)
	}
	return pos
}

// decide returns what the act adds to its streams and what it counts on in
// the others, or nothing when no facts follow. It brings the states to where
// the facts lead.
func (p plan) decide(act domain.Act, states []state) ([]Write, error) {
	var (
		writes = make([]Write, len(p))
		facts  int
	)
	for i, part := range p {
		writes[i] = Write{Stream: part.stream, Last: states[i].last}
		for _, step := range part.steps {
			events, err := step.decide(states[i].value, act)
			if err != nil {
				return nil, err
			}
			for _, e := range events {
				if states[i].value, err = step.evolve(states[i].value, e); err != nil {
					return nil, err
				}
			}
			writes[i].Events = append(writes[i].Events, events...)
		}
		facts += len(writes[i].Events)
	}
	if facts == 0 {
		return nil, nil
	}
	return writes, nil
}

// remember keeps the states to which an act has led, of which the last write
// is at pos.
func (p plan) remember(id domain.ActID, states []state, writes []Write, pos domain.Position) {
	for i, w := range writes {
		if len(w.Events) > 0 {
			at := pos - domain.Position(len(writes)-1-i)
			p[i].folded.advance(id, w.Last, at, states[i].value)
		}
	}
}
