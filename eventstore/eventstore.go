// Package eventstore keeps the facts of package domain in an append-only log,
// and lets commands add to it.
//
// A [Log] is that log: [JetStream] is the real one, [Memory] the one for
// tests, and package eventstoretest says what both must do. A [Codec] turns
// acts into the messages of a log and back. [Execute] lets a command decide
// on the facts of its stream, as a [Store] remembers them, and appends what
// follows. Package keys holds the keys that seal private texts, package index
// a disposable index of the log, and [Feed] tells others what is public.
package eventstore

import (
	"context"
	"errors"
	"iter"

	"koersvast/domain"
)

// A Log is an append-only sequence of acts. See package eventstoretest for
// what every implementation must do.
type Log interface {
	// Append records one act, all of it or nothing, and returns its position
	// (that of its last write; the writes of an act have consecutive
	// positions, in their order). It fails with [ErrMoved] when one of the
	// streams has moved since, and with [ErrUnavailable] when the log cannot
	// say now whether it took the act: the same act may then be sent again.
	// If it had been taken, that answers its position with [ErrRecorded].
	// Once begun, Append is not given up when ctx is.
	Append(ctx context.Context, act domain.Act, writes ...Write) (domain.Position, error)

	// Stream yields the records of one stream after a position, in order.
	Stream(ctx context.Context, s domain.Stream, after domain.Position) iter.Seq2[domain.Record, error]

	// After yields all records after a position in order, and ends when it
	// has reached the end of the log: never before a position that Append,
	// Last or Grown has told of. A gap or an act that cannot be read ends it
	// with [ErrDamaged].
	After(ctx context.Context, p domain.Position) iter.Seq2[domain.Record, error]

	// Last returns the position of the newest record.
	Last(ctx context.Context) (domain.Position, error)

	// Grown returns a channel that is closed at the next append, whoever
	// appends. Take it before you read to the end, and nothing is missed.
	Grown() <-chan struct{}
}

// A Write adds facts to a stream whose last record so far is at the given
// position. Without events it only guards: the stream must not have moved.
type Write struct {
	Stream domain.Stream
	Last   domain.Position
	Events []domain.Event
}

var (
	// ErrMoved means that somebody else appended to the stream first.
	ErrMoved = errors.New("eventstore: stream has moved on")

	// ErrRecorded means that the act was in the log already, perhaps with
	// other facts than those that were now to be appended.
	ErrRecorded = errors.New("eventstore: the act was recorded before")

	// ErrUnavailable means that the log cannot take acts now.
	ErrUnavailable = domain.Refuse(domain.Unavailable, "log_unavailable", "the log cannot take this now; nothing is lost, try again in a moment")

	// ErrDamaged means that the log is not what it was: records are missing,
	// changed or unreadable. Nothing may be built on it until that is clear.
	ErrDamaged = errors.New("eventstore: the log is damaged")
)
