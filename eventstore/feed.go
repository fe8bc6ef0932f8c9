package eventstore

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"koersvast/domain"
)

// FeedStream is the JetStream stream of the feed.
const FeedStream = "KOERSVAST_FEED_1"

// FeedSubject returns the subject of a public fact in the feed. An asterisk
// stands for any programme.
func FeedSubject(p domain.ProgrammeID, fact string) string {
	return feedSubjects + string(p) + "." + fact
}

const feedSubjects = "koersvast.feed."

// FeedSource returns the CloudEvents source of a programme's facts.
func FeedSource(p domain.ProgrammeID) string { return "urn:koersvast:programme:" + string(p) }

// A Feed tells others what is public: the facts of a log that may leave it,
// without their private texts, as CloudEvents 1.0 in the binary mode of the
// NATS protocol binding.
//
// The feed follows from the log. Each public fact stands in it once, in the
// order of the log, however often the process stops and however many of them
// do this at the same time; it can be purged or deleted, and comes back whole.
type Feed struct {
	log      feedLog
	types    map[string]domain.EventType
	js       jetstream.JetStream
	stream   jetstream.Stream
	position atomic.Uint64

	placed   bool   // the next three are those of the stream
	sequence uint64 // of its last message
	after    domain.Position
	told     string // the fact that it ends with, if the rest of its act may be missing
}

// A feedLog is the part of a log that its feed needs.
type feedLog interface {
	Messages(context.Context, domain.Position) iter.Seq2[Message, error]
	Last(context.Context) (domain.Position, error)
	Grown() <-chan struct{}
}

// OpenFeed opens the feed of a log, and makes one where there is none. It is
// kept where the log is kept.
func OpenFeed(ctx context.Context, log *JetStream) (*Feed, error) {
	js, err := jetstream.New(log.nc, jetstream.WithDefaultTimeout(log.patience), jetstream.WithPublishAsyncTimeout(log.patience))
	if err != nil {
		return nil, fmt.Errorf("eventstore: feed: %w", err)
	}
	f := &Feed{log: log, types: log.codec.types, js: js}
	replicas, persist := log.log.CachedInfo().Config.Replicas, jetstream.DefaultPersistMode
	if replicas == 1 {
		// What a power failure takes from the feed comes back from the log, so
		// that acts do not have to wait for the disk twice.
		persist = jetstream.AsyncPersistMode
	}
	f.stream, err = js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
		Name:              FeedStream,
		Description:       "What is public in the programmes, as CloudEvents",
		Subjects:          []string{feedSubjects + ">"},
		Storage:           jetstream.FileStorage,
		Compression:       jetstream.S2Compression,
		Replicas:          replicas,
		PersistMode:       persist,
		MaxConsumers:      -1,
		MaxMsgs:           -1,
		MaxBytes:          -1,
		MaxMsgsPerSubject: -1,
		MaxMsgSize:        -1,
		DenyDelete:        true,
	})
	if err != nil {
		return nil, fmt.Errorf("eventstore: feed: %w", err)
	}
	return f, nil
}

// Position returns how far in the log the feed is known to have come.
func (f *Feed) Position() domain.Position { return domain.Position(f.position.Load()) }

// gather is how long to wait for more once the log has grown: who asked for
// an act waits for the read models, which go first.
const gather = 20 * time.Millisecond

// Run keeps the feed up with the log until ctx is done, a moment behind it,
// and waits for a log that is unavailable. It fails with [ErrDamaged].
func (f *Feed) Run(ctx context.Context) error {
	for {
		grown := f.log.Grown()
		err := f.CatchUp(ctx)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, ErrUnavailable):
			pause(ctx, time.Second)
			continue
		case err != nil:
			return err
		}
		select {
		case <-grown:
			pause(ctx, gather)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// CatchUp tells everything that is in the log by now and not yet in the feed.
func (f *Feed) CatchUp(ctx context.Context) error {
	for {
		err := f.tell(ctx)
		if !errors.Is(err, errOvertaken) {
			return err
		}
	}
}

// errOvertaken means that another process told it first.
var errOvertaken = errors.New("eventstore: the feed has moved on")

// inFlight is how many facts may be on their way at once.
const inFlight = 500

func (f *Feed) tell(ctx context.Context) (err error) {
	if !f.placed {
		if err := f.place(ctx); err != nil {
			return err
		}
	}
	// Whatever goes wrong, only the stream knows what has become of the facts
	// that were on their way.
	defer func() { f.placed = err == nil }()
	var sent []jetstream.PubAckFuture
	for m, err := range f.log.Messages(ctx, f.after) {
		if err != nil {
			return err
		}
		events, err := f.events(m)
		if err != nil {
			return err
		}
		for _, e := range events {
			// Each expects the one before it: what is sent together arrives in
			// order and without gaps, or stops arriving.
			ack, err := f.js.PublishMsgAsync(e, jetstream.WithExpectLastSequence(f.sequence))
			if err != nil {
				return unavailable(err)
			}
			f.sequence++
			sent = append(sent, ack)
		}
		f.after = m.Position
		if len(sent) >= inFlight {
			if err := f.arrived(ctx, sent); err != nil {
				return err
			}
			sent = sent[:0]
		}
	}
	return f.arrived(ctx, sent)
}

// arrived waits until all that was sent is in the feed.
func (f *Feed) arrived(ctx context.Context, sent []jetstream.PubAckFuture) error {
	for _, ack := range sent {
		select {
		case <-ack.Ok():
		case err := <-ack.Err():
			api, ok := errors.AsType[*jetstream.APIError](err)
			if ok && (api.ErrorCode == codeMoved || api.ErrorCode == codeMovedInCluster) {
				return errOvertaken
			}
			return unavailable(err)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	f.position.Store(uint64(f.after))
	return nil
}

func unavailable(err error) error { return fmt.Errorf("%w: feed: %w", ErrUnavailable, err) }

// place finds out where the feed ends.
func (f *Feed) place(ctx context.Context) error {
	info, err := f.stream.Info(ctx)
	if err != nil {
		return unavailable(err)
	}
	f.sequence, f.after, f.told = info.State.LastSeq, 0, ""
	if info.State.NumDeleted > 0 { // lost by a power failure
		if err := f.stream.Purge(ctx); err != nil {
			return unavailable(err)
		}
		info.State.Msgs = 0
	}
	if info.State.Msgs > 0 {
		last, err := f.stream.GetMsg(ctx, info.State.LastSeq)
		if err != nil {
			return unavailable(err)
		}
		position, err := strconv.ParseUint(last.Header.Get(cePosition), 10, 64)
		if err != nil || position == 0 {
			return fmt.Errorf("eventstore: feed: its last message, %d, is not ours", info.State.LastSeq)
		}
		end, err := f.log.Last(ctx)
		if err != nil {
			return err
		}
		if domain.Position(position) > end {
			return fmt.Errorf("%w: it ends at %d, and its feed reaches to %d", ErrDamaged, end, position)
		}
		// The rest of the act may not have been told: it is read again.
		f.after, f.told = domain.Position(position)-1, last.Header.Get(ceID)
	}
	f.placed = true
	return nil
}

// events returns the public facts of a message that have not been told.
func (f *Feed) events(m Message) ([]*nats.Msg, error) {
	env, err := m.Open()
	if err != nil {
		return nil, err
	}
	facts := env.Facts
	if f.told != "" {
		for len(facts) > 0 && facts[0].ID != f.told {
			facts = facts[1:]
		}
		if len(facts) == 0 {
			return nil, fmt.Errorf("%w: the feed tells of %s at %d, which is not there", ErrDamaged, f.told, m.Position)
		}
		facts, f.told = facts[1:], ""
	}
	var events []*nats.Msg
	for _, fact := range facts {
		t, ok := f.types[fact.Type]
		if !ok {
			return nil, damaged(m.Position, fmt.Errorf("%q is no known fact", fact.Type))
		}
		if !t.Public {
			continue
		}
		e, err := cloudEvent(m, env.Act, fact, t)
		if err != nil {
			return nil, damaged(m.Position, err)
		}
		events = append(events, e)
	}
	return events, nil
}

// The attributes of a CloudEvent in the headers of a message.
const (
	ceSpecVersion = "ce-specversion"
	ceID          = "ce-id"
	ceSource      = "ce-source"
	ceType        = "ce-type"
	ceSubject     = "ce-subject"
	ceTime        = "ce-time"
	contentType   = "content-type"

	// Extensions.
	cePosition    = "ce-position"
	ceAct         = "ce-act"
	ceCorrelation = "ce-correlationid"
	ceCausation   = "ce-causationid"
)

func cloudEvent(m Message, act domain.Act, fact Fact, t domain.EventType) (*nats.Msg, error) {
	// The feed needs no keys: it could not tell a private text if it tried.
	e, err := t.Decode(fact.Data, fact.ID, blind{})
	if err != nil {
		return nil, err
	}
	data, err := t.Publish(e)
	if err != nil {
		return nil, err
	}
	h := nats.Header{
		ceSpecVersion: {"1.0"},
		ceID:          {fact.ID},
		ceSource:      {FeedSource(m.Stream.Programme)},
		ceType:        {t.Name},
		ceSubject:     {m.Stream.Kind + "/" + m.Stream.ID},
		ceTime:        {act.At.UTC().Format(time.RFC3339Nano)},
		contentType:   {"application/json"},
		cePosition:    {strconv.FormatUint(uint64(m.Position), 10)},
		ceAct:         {string(act.ID)},
	}
	if act.Correlation != "" {
		h[ceCorrelation] = []string{string(act.Correlation)}
	}
	if act.Cause != "" {
		h[ceCausation] = []string{string(act.Cause)}
	}
	return &nats.Msg{Subject: FeedSubject(m.Stream.Programme, t.Name), Header: h, Data: data}, nil
}

// blind opens nothing.
type blind struct{}

func (blind) Seal(domain.KeyID, []byte, []byte) ([]byte, error) { return nil, domain.ErrErased }
func (blind) Open(domain.KeyID, []byte, []byte) ([]byte, error) { return nil, domain.ErrErased }
