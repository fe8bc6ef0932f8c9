package eventstore

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"reflect"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"koersvast/domain"
)

// streamName carries an epoch: a stream that was deleted may rise again from
// its old files when one of the same name is made, so a name is used once.
const streamName = "KOERSVAST_1"

// A Config says where a [JetStream] log is.
type Config struct {
	// Dir is the folder of a log that this process serves itself. No other
	// process can open it meanwhile.
	Dir string

	// Key encrypts the files in Dir, if it is not empty. A log that was made
	// with a key opens with that key only.
	Key string

	// URL is the address of an external cluster instead of Dir. Its servers
	// must run with "sync_interval: always": without it they acknowledge acts
	// that a power failure can still take. A client cannot see that setting,
	// so whoever runs the cluster answers for it.
	URL string

	// Credentials is the file that opens the external cluster, if it asks.
	Credentials string

	// Replicas is how many servers of the external cluster keep the log; 3
	// when it is zero.
	Replicas int

	// Patience is how long to wait for an answer of the log; 5 seconds when
	// it is zero.
	Patience time.Duration

	// Logger hears what a server of our own complains about, if it is not nil.
	Logger *slog.Logger
}

// JetStream is a Log in a stream of NATS JetStream. A stream of the domain is
// a subject there, a position is a sequence number, and an act is a message
// or, when it concerns several streams, an atomic batch of them.
type JetStream struct {
	codec    *Codec
	patience time.Duration
	identity string

	lock *lock
	srv  *server.Server // nil when it is external
	nc   *nats.Conn
	js   jetstream.JetStream
	log  jetstream.Stream

	tail     tail
	follower interface{ Stop() }
	index    atomic.Pointer[Index]
	batches  chan struct{} // as many as are on their way

	closing sync.RWMutex // held for reading by those who append
	closed  bool
}

// An Index answers for the log about streams whose acts lie far apart in it.
type Index interface {
	// Position returns up to where the index has read the log.
	Position() domain.Position

	// Stream yields what the index has of a stream after a position, in order.
	Stream(context.Context, domain.Stream, domain.Position) iter.Seq2[Message, error]
}

// Open opens the log and makes one where there is none. It refuses with a
// word on what is wrong when the log is not kept the way this package keeps
// it, and with [ErrDamaged] when acts are missing.
func Open(ctx context.Context, cfg Config, c *Codec) (_ *JetStream, err error) {
	j := &JetStream{
		codec:    c,
		patience: cmp.Or(cfg.Patience, 5*time.Second),
		batches:  make(chan struct{}, batchesAtOnce),
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, j.Close())
		}
	}()
	if cfg.URL != "" {
		err = j.dial(cfg)
	} else {
		err = j.serve(cfg)
	}
	if err != nil {
		return nil, err
	}
	if j.js, err = jetstream.New(j.nc, jetstream.WithDefaultTimeout(j.patience)); err != nil {
		return nil, fmt.Errorf("eventstore: %w", err)
	}
	replicas := 1
	if cfg.URL != "" {
		replicas = cmp.Or(cfg.Replicas, 3)
	}
	if err := j.open(ctx, streamConfig(replicas)); err != nil {
		return nil, err
	}
	return j, j.follow(ctx)
}

func (j *JetStream) dial(cfg Config) (err error) {
	options := []nats.Option{
		nats.Name("koersvast"),
		nats.MaxReconnects(-1),
		nats.ReconnectWait(250 * time.Millisecond),
		// What cannot be sent now is refused now; kept for later it would be
		// recorded after its asker was told otherwise.
		nats.ReconnectBufSize(-1),
	}
	if cfg.Credentials != "" {
		options = append(options, nats.UserCredentials(cfg.Credentials))
	}
	if j.nc, err = nats.Connect(cfg.URL, options...); err != nil {
		return fmt.Errorf("eventstore: %w", err)
	}
	return nil
}

// streamConfig is how the log is kept: in files, whole, for ever.
func streamConfig(replicas int) jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name:               streamName,
		Subjects:           []string{actSubject + "*.*.*", guardSubject + "*"},
		Retention:          jetstream.LimitsPolicy,
		Storage:            jetstream.FileStorage,
		PersistMode:        jetstream.DefaultPersistMode,
		Compression:        jetstream.S2Compression,
		Replicas:           replicas,
		MaxConsumers:       -1,
		MaxMsgs:            -1,
		MaxBytes:           -1,
		MaxMsgsPerSubject:  -1,
		MaxMsgSize:         -1,
		Discard:            jetstream.DiscardNew,
		Duplicates:         2 * time.Minute,
		DenyDelete:         true,
		DenyPurge:          true,
		AllowDirect:        true,
		AllowAtomicPublish: true,
	}
}

// open makes the log or checks the one that is there.
func (j *JetStream) open(ctx context.Context, want jetstream.StreamConfig) error {
	var err error
	j.log, err = j.js.Stream(ctx, streamName)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		j.log, err = j.js.CreateStream(ctx, want)
	}
	if err != nil {
		return fmt.Errorf("eventstore: stream %s: %w", streamName, err)
	}
	info, err := j.log.Info(ctx)
	if err != nil {
		return fmt.Errorf("eventstore: stream %s: %w", streamName, err)
	}
	if err := sameConfig(info.Config, want); err != nil {
		return err
	}
	j.identity = streamName + " " + info.Created.UTC().Format(time.RFC3339Nano)
	j.tail.last = domain.Position(info.State.LastSeq)
	j.tail.known = j.tail.last
	return sound(info.State, j.tail.known)
}

// sameConfig compares every setting of the stream, also those that this
// package does not know of yet: any of them can lose acts or let others in.
func sameConfig(got, want jetstream.StreamConfig) error {
	// The server writes its version there; the others say where, not how.
	got.Metadata, got.Description, got.Placement = nil, "", nil
	g, w := reflect.ValueOf(got), reflect.ValueOf(want)
	var errs []error
	for i := range g.NumField() {
		if !reflect.DeepEqual(g.Field(i).Interface(), w.Field(i).Interface()) {
			errs = append(errs, fmt.Errorf("eventstore: stream %s has %s %v, where %v is needed",
				streamName, g.Type().Field(i).Name, g.Field(i), w.Field(i)))
		}
	}
	return errors.Join(errs...)
}

// sound looks for acts that are missing from a log that is known to reach to
// a position. Nothing is ever deleted and nothing expires, so whatever is not
// there was lost.
func sound(s jetstream.StreamState, known domain.Position) error {
	switch {
	case s.FirstSeq > 1:
		return fmt.Errorf("%w: it begins at %d", ErrDamaged, s.FirstSeq)
	case s.NumDeleted > 0:
		return fmt.Errorf("%w: %d acts up to %d are missing", ErrDamaged, s.NumDeleted, s.LastSeq)
	case s.Msgs != s.LastSeq:
		return fmt.Errorf("%w: %d acts are left of %d", ErrDamaged, s.Msgs, s.LastSeq)
	case domain.Position(s.LastSeq) < known:
		return fmt.Errorf("%w: it ends at %d, and once reached to %d", ErrDamaged, s.LastSeq, known)
	}
	return nil
}

// Check reports whether the log is there, kept as it should be, and whole as
// far as the server knows.
func (j *JetStream) Check(ctx context.Context) error {
	_, _, known, broken := j.tail.after(0)
	if broken != nil {
		return broken
	}
	info, err := j.log.Info(ctx)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	if err := sameConfig(info.Config, streamConfig(info.Config.Replicas)); err != nil {
		return err
	}
	return sound(info.State, known)
}

// Close refuses new acts, lets running ones finish, and stops the server if
// it is our own. Everything that was acknowledged is in the log.
func (j *JetStream) Close() error {
	j.closing.Lock()
	defer j.closing.Unlock()
	if j.closed {
		return nil
	}
	j.closed = true
	if j.follower != nil {
		j.follower.Stop()
	}
	if j.nc != nil {
		j.nc.Close()
	}
	if j.srv != nil {
		j.srv.Shutdown()
		j.srv.WaitForShutdown()
	}
	return j.lock.release()
}

// Identity tells this log from every other one, also from one that was made
// anew in its place.
func (j *JetStream) Identity() string { return j.identity }

// Use lets idx answer for the streams of the log as far as it has read it.
func (j *JetStream) Use(idx Index) { j.index.Store(&idx) }

// Last implements [Log].
func (j *JetStream) Last(ctx context.Context) (domain.Position, error) {
	info, err := j.log.Info(ctx)
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	last := domain.Position(info.State.LastSeq)
	j.tail.hear(last)
	return last, nil
}

// Grown implements [Log].
func (j *JetStream) Grown() <-chan struct{} { return j.tail.bell.next() }

// follow keeps the tail growing, whoever appends.
func (j *JetStream) follow(ctx context.Context) error {
	if j.srv != nil {
		// Nobody else can append, so acknowledgements tell of nearly all there
		// is. Having each act delivered too would cost as much as to write it.
		j.follower = attend(j)
		return nil
	}
	c, err := j.ordered(ctx, j.tail.last)
	if err == nil {
		// Short requests with a heartbeat notice a lost consumer soon.
		j.follower, err = c.Consume(func(msg jetstream.Msg) {
			j.tail.follow(message(msg))
		}, jetstream.PullMaxMessages(1000), jetstream.PullExpiry(10*time.Second), jetstream.PullHeartbeat(time.Second))
	}
	if err != nil {
		return fmt.Errorf("eventstore: cannot follow the log: %w", err)
	}
	return nil
}

// An attendant looks now and then for acts that the log has taken without
// telling: their acknowledgement was late, and perhaps nobody asked again.
type attendant struct {
	stop context.CancelFunc
	done chan struct{}
}

func attend(j *JetStream) attendant {
	ctx, stop := context.WithCancel(context.Background())
	a := attendant{stop, make(chan struct{})}
	go func() {
		defer close(a.done)
		for pause(ctx, time.Second) {
			j.attend(ctx)
		}
	}()
	return a
}

// Stop returns when it no longer looks.
func (a attendant) Stop() {
	a.stop()
	<-a.done
}

// attend reads what the tail lacks. A log that cannot be read now is read the
// next time.
func (j *JetStream) attend(ctx context.Context) {
	last, err := j.Last(ctx)
	if err != nil {
		return
	}
	_, at, _, _ := j.tail.after(last)
	for m, err := range j.pull(ctx, at, last) {
		if err == nil || errors.Is(err, ErrDamaged) {
			j.tail.follow(m, err)
		}
	}
}

func (j *JetStream) ordered(ctx context.Context, after domain.Position) (jetstream.Consumer, error) {
	return j.js.OrderedConsumer(ctx, streamName, jetstream.OrderedConsumerConfig{
		DeliverPolicy: jetstream.DeliverByStartSequencePolicy,
		OptStartSeq:   uint64(after) + 1,
	})
}

func message(msg jetstream.Msg) (Message, error) {
	meta, err := msg.Metadata()
	if err != nil {
		return Message{}, fmt.Errorf("eventstore: %w", err)
	}
	return read(msg.Subject(), meta.Sequence.Stream, msg.Data())
}

func read(subject string, sequence uint64, data []byte) (Message, error) {
	s, ok := streamOf(subject)
	if !ok {
		return Message{}, damaged(domain.Position(sequence), fmt.Errorf("%s is no subject of acts", subject))
	}
	return Message{domain.Position(sequence), s, data}, nil
}

// After implements [Log].
func (j *JetStream) After(ctx context.Context, p domain.Position) iter.Seq2[domain.Record, error] {
	return j.codec.records(j.Messages(ctx, p))
}

// Messages yields what After does, unopened.
func (j *JetStream) Messages(ctx context.Context, p domain.Position) iter.Seq2[Message, error] {
	return func(yield func(Message, error) bool) {
		for {
			grown := j.Grown()
			held, followed, known, broken := j.tail.after(p)
			switch {
			case broken != nil:
				yield(Message{}, broken)
				return
			case ctx.Err() != nil:
				yield(Message{}, ctx.Err())
				return
			case p >= known:
				return
			case len(held) > 0:
				for _, m := range held {
					if !yield(m, nil) {
						return
					}
					p = m.Position
				}
			case p >= followed && j.soon(ctx, grown):
			default:
				for m, err := range j.pull(ctx, p, known) {
					if !yield(m, err) || err != nil {
						return
					}
					p = m.Position
				}
			}
		}
	}
}

// soon waits a moment for the tail to grow. Acknowledgements can arrive just
// before the acts that they are about, and asking the server for those costs
// more than to wait.
func (j *JetStream) soon(ctx context.Context, grown <-chan struct{}) bool {
	t := time.NewTimer(50 * time.Millisecond)
	defer t.Stop()
	select {
	case <-grown:
		return true
	case <-ctx.Done():
		return true
	case <-t.C:
		return false
	}
}

// pull yields the messages after p up to end from the server, in big batches.
func (j *JetStream) pull(ctx context.Context, p, end domain.Position) iter.Seq2[Message, error] {
	return func(yield func(Message, error) bool) {
		if p >= end {
			return
		}
		chunks, stop, err := j.chunks(ctx, p, end)
		if err != nil {
			yield(Message{}, fmt.Errorf("%w: reading after %d: %w", ErrUnavailable, p, err))
			return
		}
		defer stop()
		late := time.NewTimer(j.patience)
		defer late.Stop()
		for p < end {
			var next chunk
			late.Reset(j.patience) // whoever reads may have taken longer
			select {
			case next = <-chunks:
			case <-ctx.Done():
				yield(Message{}, ctx.Err())
				return
			case <-late.C:
				// Nothing comes any more: it is gone, or the server is.
				err := j.Check(ctx)
				if !errors.Is(err, ErrDamaged) {
					err = fmt.Errorf("%w: reading after %d", ErrUnavailable, p)
				}
				yield(Message{}, err)
				return
			}
			for _, m := range next.messages {
				if m.Position != p+1 {
					yield(Message{}, gap(p+1, m.Position))
					return
				}
				if !yield(m, nil) {
					return
				}
				p = m.Position
			}
			if next.err != nil {
				yield(Message{}, next.err)
				return
			}
		}
	}
}

// A chunk is some messages that follow each other, and why no more of them
// can be read, if that is so.
type chunk struct {
	messages []Message
	err      error
}

// chunks reads ahead while others work on what was read.
func (j *JetStream) chunks(ctx context.Context, p, end domain.Position) (_ <-chan chunk, stop func(), err error) {
	const size = 500
	c, err := j.ordered(ctx, p)
	if err != nil {
		return nil, nil, err
	}
	var (
		chunks = make(chan chunk, 2)
		gone   = make(chan struct{})
		next   chunk
	)
	reading, err := c.Consume(func(msg jetstream.Msg) {
		m, err := message(msg)
		next.err = err
		if err == nil {
			next.messages = append(next.messages, m)
		}
		if err == nil && m.Position < end && len(next.messages) < size {
			return
		}
		select {
		case chunks <- next:
		case <-gone:
		}
		next = chunk{messages: make([]Message, 0, size)}
	}, jetstream.PullMaxMessages(5000))
	if err != nil {
		return nil, nil, err
	}
	return chunks, func() { close(gone); reading.Stop() }, nil
}

// Stream implements [Log]. It asks the index for what that has, and the log
// for the rest.
func (j *JetStream) Stream(ctx context.Context, s domain.Stream, after domain.Position) iter.Seq2[domain.Record, error] {
	return j.codec.records(func(yield func(Message, error) bool) {
		if err := identifies(s); err != nil {
			yield(Message{}, err)
			return
		}
		if idx := j.index.Load(); idx != nil {
			// Asked first: what it reads meanwhile may come twice, but is not missed.
			end := (*idx).Position()
			for m, err := range (*idx).Stream(ctx, s, after) {
				if err != nil {
					end = after // the log has it all, if more slowly
					break
				}
				if !yield(m, nil) {
					return
				}
				after = m.Position
			}
			after = max(after, end)
		}
		for {
			m, err := j.nextOf(ctx, s, after)
			if errors.Is(err, errNone) {
				return
			}
			if !yield(m, err) || err != nil {
				return
			}
			after = m.Position
		}
	})
}

// errNone means that the log has no such message.
var errNone = errors.New("eventstore: no such message")

// nextOf returns the first message of a stream after a position. It asks the
// leader: another replica can be behind.
func (j *JetStream) nextOf(ctx context.Context, s domain.Stream, after domain.Position) (Message, error) {
	ctx, cancel := context.WithTimeout(ctx, j.patience)
	defer cancel()
	request, err := json.Marshal(struct {
		After   uint64 `json:"seq"`
		Subject string `json:"next_by_subj"`
		Bare    bool   `json:"no_hdr"`
	}{uint64(after) + 1, subjectOf(s), true})
	if err != nil {
		return Message{}, err
	}
	reply, err := j.nc.RequestWithContext(ctx, "$JS.API.STREAM.MSG.GET."+streamName, request)
	if err != nil {
		return Message{}, fmt.Errorf("%w: %s: %w", ErrUnavailable, s, err)
	}
	var found struct {
		Error   *jetstream.APIError `json:"error"`
		Message struct {
			Subject  string `json:"subject"`
			Sequence uint64 `json:"seq"`
			Data     []byte `json:"data"`
		} `json:"message"`
	}
	switch err := json.Unmarshal(reply.Data, &found); {
	case err != nil:
		return Message{}, fmt.Errorf("%w: %s: %w", ErrUnavailable, s, err)
	case found.Error != nil && found.Error.ErrorCode == jetstream.JSErrCodeMessageNotFound:
		return Message{}, errNone
	case found.Error != nil:
		return Message{}, fmt.Errorf("%w: %s: %w", ErrUnavailable, s, found.Error)
	}
	return read(found.Message.Subject, found.Message.Sequence, found.Message.Data)
}
