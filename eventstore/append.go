package eventstore

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"

	"koersvast/domain"
)

// The headers of JetStream that we use. Everything else about an act is in
// its body: headers are text that readers would have to parse.
const (
	headerID           = "Nats-Msg-Id"
	headerLast         = "Nats-Expected-Last-Subject-Sequence"
	headerLastOf       = "Nats-Expected-Last-Subject-Sequence-Subject"
	headerBatch        = "Nats-Batch-Id"
	headerBatchCount   = "Nats-Batch-Sequence"
	headerBatchCommits = "Nats-Batch-Commit"
)

// What the server says when it refuses an act. The first two mean the same:
// one comes from a single server, the other from a cluster and from batches.
const (
	codeMoved          = jetstream.JSErrCodeStreamWrongLastSequence
	codeMovedInCluster = jetstream.JSErrCodeStreamWrongLastSequenceConstant
	codeDuplicate      = 10201 // of an act of several messages
	codeInProcess      = 10158 // the same act is on its way already
)

// Append implements [Log].
func (j *JetStream) Append(ctx context.Context, act domain.Act, writes ...Write) (domain.Position, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	writes, err := prepared(act, writes)
	if err != nil {
		return 0, err
	}
	bodies, err := j.codec.encode(act, writes)
	if err != nil {
		return 0, err
	}
	j.closing.RLock()
	defer j.closing.RUnlock()
	if j.closed {
		return 0, ErrUnavailable
	}
	if _, _, _, broken := j.tail.after(0); broken != nil {
		return 0, broken
	}
	// Whoever asks may leave now, but half an answer helps nobody.
	ctx = context.WithoutCancel(ctx)
	pos, err := j.publish(ctx, messages(act, writes, bodies))
	if err != nil && !errors.Is(err, ErrRecorded) {
		pos, err = j.lookBack(ctx, act, writes, bodies, err)
	}
	if err == nil {
		j.tail.take(acknowledged(pos, writes, bodies))
	}
	j.tail.hear(pos)
	return pos, err
}

// acknowledged returns the writes of an act as they stand in the log, the
// last of them at pos.
func acknowledged(pos domain.Position, writes []Write, bodies [][]byte) []Message {
	all := make([]Message, len(writes))
	for i, w := range writes {
		s, _ := streamOf(w.subject())
		all[i] = Message{pos - domain.Position(len(writes)-1-i), s, bodies[i]}
	}
	return all
}

func messages(act domain.Act, writes []Write, bodies [][]byte) []*nats.Msg {
	msgs := make([]*nats.Msg, len(writes))
	for i, w := range writes {
		h := nats.Header{headerLast: {strconv.FormatUint(uint64(w.Last), 10)}}
		if len(w.Events) > 0 {
			// An act has an id of its own in each of its streams, because
			// the ids of a batch must differ.
			h[headerID] = []string{string(act.ID) + "." + w.Stream.Kind + "." + w.Stream.ID}
		} else {
			h[headerLastOf] = []string{subjectOf(w.Stream)}
		}
		msgs[i] = &nats.Msg{Subject: w.subject(), Header: h, Data: bodies[i]}
	}
	return msgs
}

// An acknowledgement is what the server answers to a message or a batch.
type acknowledgement struct {
	Sequence  uint64              `json:"seq"`
	Duplicate bool                `json:"duplicate"`
	Error     *jetstream.APIError `json:"error"`
}

// publish sends the messages of one act and waits until they are on disk. A
// cluster that has no leader for a while is asked again.
func (j *JetStream) publish(ctx context.Context, msgs []*nats.Msg) (domain.Position, error) {
	ctx, cancel := context.WithTimeout(ctx, j.patience)
	defer cancel()
	for {
		reply, err := j.send(ctx, msgs)
		if errors.Is(err, nats.ErrNoResponders) && pause(ctx, 100*time.Millisecond) {
			continue
		}
		if err != nil {
			return 0, err
		}
		var ack acknowledgement
		if err := json.Unmarshal(reply.Data, &ack); err != nil {
			return 0, err
		}
		if ack.Error != nil {
			return 0, ack.Error
		}
		if ack.Duplicate {
			return domain.Position(ack.Sequence), ErrRecorded
		}
		return domain.Position(ack.Sequence), nil
	}
}

// batchesAtOnce stays far below the 50 that a server has open for a stream;
// more of them are no faster, they wait for the same disk.
const batchesAtOnce = 10

// send sends one message, or several as a batch that is taken whole or not at
// all: only its last message is answered.
func (j *JetStream) send(ctx context.Context, msgs []*nats.Msg) (*nats.Msg, error) {
	last := msgs[len(msgs)-1]
	if len(msgs) > 1 {
		select {
		case j.batches <- struct{}{}:
			defer func() { <-j.batches }()
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		id := nuid.Next()
		for i, m := range msgs {
			m.Header[headerBatch] = []string{id}
			m.Header[headerBatchCount] = []string{strconv.Itoa(i + 1)}
		}
		last.Header[headerBatchCommits] = []string{"1"}
		for _, m := range msgs[:len(msgs)-1] {
			if err := j.nc.PublishMsg(m); err != nil {
				return nil, err
			}
		}
	}
	return j.nc.RequestMsgWithContext(ctx, last)
}

// lookBack finds out what became of an act that was not acknowledged. If it
// was taken, it is the first in its stream after the position it expected:
// nobody else can have come in between, and nobody can come after it without
// that being seen.
func (j *JetStream) lookBack(ctx context.Context, act domain.Act, writes []Write, bodies [][]byte, cause error) (domain.Position, error) {
	refused := false
	if api, ok := errors.AsType[*jetstream.APIError](cause); ok {
		switch api.ErrorCode {
		case codeMoved, codeMovedInCluster, codeDuplicate:
			refused = true
		case codeInProcess:
		default:
			return 0, fmt.Errorf("%w: act %s: %w", ErrUnavailable, act.ID, cause)
		}
	}
	if errors.Is(cause, nats.ErrMaxPayload) {
		return 0, fmt.Errorf("eventstore: act %s: %w", act.ID, cause)
	}
	for i, w := range writes {
		if len(w.Events) == 0 {
			continue
		}
		m, err := j.nextOf(ctx, w.Stream, w.Last)
		if errors.Is(err, errNone) {
			continue
		}
		if err != nil {
			return 0, fmt.Errorf("act %s: %w: %w", act.ID, cause, err)
		}
		env, err := m.Open()
		if err != nil {
			return 0, err
		}
		if env.ID != act.ID {
			return 0, ErrMoved
		}
		pos := m.Position + domain.Position(len(writes)-1-i)
		if refused || !bytes.Equal(m.Body, bodies[i]) {
			return pos, ErrRecorded // an earlier time that it was sent
		}
		return pos, nil
	}
	if refused {
		return 0, ErrMoved // what was only guarded has moved, or the act is further back
	}
	return 0, fmt.Errorf("%w: act %s: %w", ErrUnavailable, act.ID, cause)
}

// pause waits, and reports whether there is time left.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
