package eventstore

import (
	"encoding/json"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"koersvast/domain"
)

// A Message is one act on one stream as its bytes stand in the log. A message
// that only guarded another stream names no stream, just its programme.
type Message struct {
	Position domain.Position
	Stream   domain.Stream
	Body     []byte
}

// An Envelope is an opened Message: the act, and its facts still sealed.
type Envelope struct {
	domain.Act
	Facts []Fact
}

// A Fact is one sealed fact. Its ID is "<act id>-<n>", counted over the whole
// act, and is what CloudEvents calls the id of the event.
type Fact struct {
	ID   string          `json:"id"`
	Type string          `json:"type"`
	Data json.RawMessage `json:"data"`
}

// version is the shape of a message's body. A body is a list of acts, so that
// several can share a message one day; this version writes one, or none in a
// message that only guards.
const version = 1

type body struct {
	Version int       `json:"v"`
	Acts    []bodyAct `json:"acts"`
}

type bodyAct struct {
	ID          domain.ActID    `json:"id"`
	By          domain.PersonID `json:"by"`
	At          time.Time       `json:"at"`
	Cause       domain.ActID    `json:"cause,omitempty"`
	Correlation domain.ActID    `json:"correlation,omitempty"`
	Trace       string          `json:"trace,omitempty"`
	Facts       []Fact          `json:"facts"`
}

// Open reads the act in m. It fails with [ErrDamaged].
func (m Message) Open() (Envelope, error) {
	a, ok := quickly(m.Body)
	if !ok {
		var b body
		if err := json.Unmarshal(m.Body, &b); err != nil {
			return Envelope{}, damaged(m.Position, err)
		}
		if b.Version != version || len(b.Acts) > 1 {
			return Envelope{}, damaged(m.Position, fmt.Errorf("version %d with %d acts is not known here", b.Version, len(b.Acts)))
		}
		if len(b.Acts) == 1 {
			a = b.Acts[0]
		} else {
			a = bodyAct{}
		}
	}
	return Envelope{
		Act: domain.Act{
			ID: a.ID, Programme: m.Stream.Programme, By: a.By, At: a.At,
			Cause: a.Cause, Correlation: a.Correlation, Trace: a.Trace,
		},
		Facts: a.Facts,
	}, nil
}

func damaged(p domain.Position, err error) error {
	return fmt.Errorf("%w: at %d: %w", ErrDamaged, p, err)
}

// A Codec turns acts into the bodies of messages and back, sealing what is
// private.
type Codec struct {
	types  map[string]domain.EventType
	sealer domain.Sealer
}

// NewCodec returns a Codec for the given types of facts. It panics when two
// of them have the same name.
func NewCodec(types []domain.EventType, s domain.Sealer) *Codec {
	c := &Codec{types: make(map[string]domain.EventType, len(types)), sealer: s}
	for _, t := range types {
		if _, ok := c.types[t.Name]; ok {
			panic("eventstore: two types of facts are named " + t.Name)
		}
		c.types[t.Name] = t
	}
	return c
}

// Decode opens a message and its facts. It fails with [ErrDamaged] when it
// cannot read one of them; texts whose key is gone come back erased. When a
// key cannot be read, that is the error: the log is what it was.
func (c *Codec) Decode(m Message) (domain.Record, error) {
	env, err := m.Open()
	if err != nil {
		return domain.Record{}, err
	}
	rec := domain.Record{Position: m.Position, Stream: m.Stream, Act: env.Act}
	for _, f := range env.Facts {
		t, ok := c.types[f.Type]
		if !ok {
			return domain.Record{}, damaged(m.Position, fmt.Errorf("%q is no known fact", f.Type))
		}
		e, err := t.Decode(f.Data, f.ID, c.sealer)
		if domain.KindOf(err) == domain.Unavailable {
			return domain.Record{}, fmt.Errorf("eventstore: at %d: %w", m.Position, err)
		}
		if err != nil {
			return domain.Record{}, damaged(m.Position, err)
		}
		rec.Events = append(rec.Events, e)
	}
	return rec, nil
}

func (c *Codec) records(messages iter.Seq2[Message, error]) iter.Seq2[domain.Record, error] {
	return func(yield func(domain.Record, error) bool) {
		for m, err := range messages {
			var rec domain.Record
			if err == nil {
				rec, err = c.Decode(m)
			}
			if !yield(rec, err) || err != nil {
				return
			}
		}
	}
}

// encode returns the body of each write of an act.
func (c *Codec) encode(act domain.Act, writes []Write) ([][]byte, error) {
	if err := c.prepare(writes); err != nil {
		return nil, err
	}
	bodies := make([][]byte, len(writes))
	n := 0
	for i, w := range writes {
		b := body{Version: version, Acts: []bodyAct{}}
		if len(w.Events) > 0 {
			facts := make([]Fact, len(w.Events))
			for k, e := range w.Events {
				n++
				f, err := c.fact(string(act.ID)+"-"+strconv.Itoa(n), e)
				if err != nil {
					return nil, err
				}
				facts[k] = f
			}
			b.Acts = append(b.Acts, bodyAct{
				act.ID, act.By, act.At.UTC(), act.Cause, act.Correlation, act.Trace, facts,
			})
		}
		var err error
		if bodies[i], err = json.Marshal(b); err != nil {
			return nil, fmt.Errorf("eventstore: act %s: %w", act.ID, err)
		}
	}
	return bodies, nil
}

// prepare makes the keys of an act at once, if the sealer can: one by one,
// each new person of an import would wait for the disk.
func (c *Codec) prepare(writes []Write) error {
	sealer, ok := c.sealer.(interface {
		Prepare(ids ...domain.KeyID) error
	})
	if !ok {
		return nil
	}
	var ids []domain.KeyID
	for _, w := range writes {
		for _, e := range w.Events {
			t, err := c.typeOf(e)
			if err != nil {
				return err
			}
			keys, err := t.Keys(e)
			if err != nil {
				return err
			}
			ids = append(ids, keys...)
		}
	}
	return sealer.Prepare(ids...)
}

func (c *Codec) typeOf(e domain.Event) (domain.EventType, error) {
	t, ok := c.types[e.EventName()]
	if !ok {
		return t, fmt.Errorf("eventstore: %s is not in the catalogue", e.EventName())
	}
	return t, nil
}

func (c *Codec) fact(id string, e domain.Event) (Fact, error) {
	t, err := c.typeOf(e)
	if err != nil {
		return Fact{}, err
	}
	data, err := t.Encode(e, id, c.sealer)
	return Fact{id, t.Name, data}, err
}

// prepared checks the writes of an act and puts them in its programme. An act
// that could not be kept under a name of its own is refused before the log
// hears of it.
func prepared(act domain.Act, writes []Write) ([]Write, error) {
	if err := domain.All(domain.Identifies("act", act.ID)); err != nil {
		return nil, err
	}
	var (
		ready = make([]Write, len(writes))
		facts int
	)
	for i, w := range writes {
		s := w.Stream
		if s.Programme != "" && s.Programme != act.Programme {
			return nil, fmt.Errorf("eventstore: act %s of programme %s reaches for %s", act.ID, act.Programme, s)
		}
		w.Stream = s.In(act.Programme)
		if err := identifies(w.Stream); err != nil {
			return nil, err
		}
		for _, other := range ready[:i] {
			if other.Stream == w.Stream {
				return nil, fmt.Errorf("eventstore: act %s writes twice to %s", act.ID, s)
			}
		}
		ready[i] = w
		facts += len(w.Events)
	}
	if facts == 0 {
		return nil, fmt.Errorf("eventstore: act %s has no facts", act.ID)
	}
	return ready, nil
}

// identifies refuses a stream whose name is none, such as one that would be
// read as a pattern.
func identifies(s domain.Stream) error {
	return domain.All(
		domain.Identifies("programme", s.Programme),
		domain.Identifies("kind", s.Kind),
		domain.Identifies("id", s.ID),
	)
}

// The subjects of the log's messages. Each act has the literal subject of its
// stream, on which its expectation is exact; messages that only guard share
// one a programme.
const (
	actSubject   = "koersvast.act."
	guardSubject = "koersvast.guard."
)

func subjectOf(s domain.Stream) string { return actSubject + s.String() }

func (w Write) subject() string {
	if len(w.Events) == 0 {
		return guardSubject + string(w.Stream.Programme)
	}
	return subjectOf(w.Stream)
}

// streamOf undoes Write.subject.
func streamOf(subject string) (domain.Stream, bool) {
	if p, ok := strings.CutPrefix(subject, guardSubject); ok {
		return domain.Stream{Programme: domain.ProgrammeID(p)}, true
	}
	name, ok := strings.CutPrefix(subject, actSubject)
	if !ok {
		return domain.Stream{}, false
	}
	programme, name, _ := strings.Cut(name, ".")
	kind, id, ok := strings.Cut(name, ".")
	return domain.Stream{Programme: domain.ProgrammeID(programme), Kind: kind, ID: id}, ok
}
