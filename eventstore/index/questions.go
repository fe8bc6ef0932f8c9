package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"time"

	"koersvast/domain"
	"koersvast/eventstore"
)

// Position returns up to where the index has read the log.
func (x *Index) Position() domain.Position { return domain.Position(x.position.Load()) }

// Stream yields what is known of a stream after a position, in order.
func (x *Index) Stream(ctx context.Context, s domain.Stream, after domain.Position) iter.Seq2[eventstore.Message, error] {
	return x.messages(ctx, `
		SELECT position, programme, kind, id, body FROM acts
		WHERE programme = ? AND kind = ? AND id = ? AND position > ? ORDER BY position`,
		s.Programme, s.Kind, s.ID, after)
}

// Programme yields the acts of a programme after a position and up to and
// with another, in order.
func (x *Index) Programme(ctx context.Context, p domain.ProgrammeID, after, upTo domain.Position) iter.Seq2[eventstore.Message, error] {
	return x.messages(ctx, `
		SELECT position, programme, kind, id, body FROM acts
		WHERE programme = ? AND position > ? AND position <= ? ORDER BY position`,
		p, after, upTo)
}

// Type yields the acts of a programme after a position that have a fact of
// the given name, in order.
func (x *Index) Type(ctx context.Context, p domain.ProgrammeID, name string, after domain.Position) iter.Seq2[eventstore.Message, error] {
	return x.messages(ctx, `
		SELECT position, programme, kind, id, body FROM facts JOIN acts USING (programme, position)
		WHERE programme = ? AND type = ? AND position > ? ORDER BY position`,
		p, name, after)
}

// Act yields what an act did, in order: one message a stream.
func (x *Index) Act(ctx context.Context, p domain.ProgrammeID, id domain.ActID) iter.Seq2[eventstore.Message, error] {
	return x.messages(ctx, `
		SELECT position, programme, kind, id, body FROM acts
		WHERE act = ? AND programme = ? ORDER BY position`,
		id, p)
}

// PositionAt returns the position of the last act of a programme that was
// recorded before a time, 0 when there is none.
func (x *Index) PositionAt(ctx context.Context, p domain.ProgrammeID, before time.Time) (domain.Position, error) {
	var pos domain.Position
	err := x.db.QueryRowContext(ctx, `
		SELECT position FROM acts WHERE programme = ? AND at < ? ORDER BY position DESC LIMIT 1`,
		p, before.UnixNano()).Scan(&pos)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("index: %w", err)
	}
	return pos, nil
}

func (x *Index) messages(ctx context.Context, query string, args ...any) iter.Seq2[eventstore.Message, error] {
	return messages(ctx, x.db, query, args...)
}

func messages(ctx context.Context, db *sql.DB, query string, args ...any) iter.Seq2[eventstore.Message, error] {
	return func(yield func(eventstore.Message, error) bool) {
		fail := func(err error) { yield(eventstore.Message{}, fmt.Errorf("index: %w", err)) }
		rows, err := db.QueryContext(ctx, query, args...)
		if err != nil {
			fail(err)
			return
		}
		defer rows.Close() //nolint:errcheck // Err tells
		for rows.Next() {
			var m eventstore.Message
			if err := rows.Scan(&m.Position, &m.Stream.Programme, &m.Stream.Kind, &m.Stream.ID, &m.Body); err != nil {
				fail(err)
				return
			}
			if !yield(m, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			fail(err)
		}
	}
}
