// Package rounds is the read model of rounds: what is asked about whom, of
// whom, and what came out. It holds nothing that anybody answered before a
// round was released, and nothing exact after it.
package rounds

import (
	_ "embed"
	"encoding/json"

	"koersvast/domain"
	"koersvast/domain/programme"
	"koersvast/domain/round"
	"koersvast/projections"
)

//go:embed schema.sql
var schema string

// Model is the read model; its tables are in schema.sql.
var Model = projections.Model{Name: "rounds/1", Schema: schema, Apply: apply}

func apply(tx *projections.Tx, rec domain.Record) error {
	for _, e := range rec.Events {
		if err := applyEvent(one{tx, rec}, e); err != nil {
			return err
		}
	}
	return nil
}

func applyEvent(o one, e domain.Event) error {
	switch e := e.(type) {
	case programme.KeyHeld:
		return o.tx.Exec(`INSERT INTO rounds_keys VALUES (?, ?, ?, ?, ?)`,
			o.rec.Stream.Programme, e.Person, e.Public, projections.Text(e.Wrapped), o.rec.Position)
	case round.Planned:
		thresholds, err := json.Marshal(e.Thresholds)
		if err != nil {
			return err
		}
		return o.tx.Exec(`INSERT INTO rounds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, '', ?, ?, '', '', '', '', '', '[]', 0, '', 0, '', '', ?)`,
			o.rec.Stream.Programme, e.ID, e.Kind, e.Subject, e.Coach, e.Promise, o.rec.By, o.rec.Today(),
			round.StatusPlanned, o.rec.Today(), e.Opens, e.Closes, projections.Text(e.Questions), string(thresholds), o.rec.Position)
	case round.RatersProposed:
		return o.raters(e.Raters)
	case round.RatersApproved:
		if err := o.raters(e.Raters); err != nil {
			return err
		}
		return o.set(`status = ?, since = ?`, round.StatusApproved, o.rec.Today())
	case round.RatingDeclined:
		return o.tx.Exec(`UPDATE rounds_raters SET declined = 1 WHERE programme = ? AND round = ? AND person = ?`,
			o.rec.Stream.Programme, e.ID, e.Person)
	case round.Opened:
		return o.opened(e)
	case round.Extended:
		return o.set(`closes = ?, extended = 1`, e.Closes)
	case round.RemindersSent:
		return o.set(`reminders = ?, reminded = ?`, e.Count, o.rec.Today())
	case round.Cancelled:
		return o.set(`status = ?, since = ?`, round.StatusCancelled, o.rec.Today())
	case round.Closed:
		return o.set(`status = ?, since = ?, closed = ?`, round.StatusClosed, e.On, e.On)
	case round.Released:
		receipts, err := json.Marshal(e.Receipts)
		if err != nil {
			return err
		}
		return o.set(`status = ?, since = ?, report = ?, comments = ?, for_coach = ?, receipts = ?`, round.StatusReleased, e.On,
			projections.Text(e.Report), projections.Text(e.Comments), projections.Text(e.ForCoach), string(receipts))
	case round.NothingReleased:
		return o.set(`status = ?, since = ?`, round.StatusNothing, e.On)
	case round.ReadByCoach:
		return o.set(`read = 1`)
	case round.CommentMasked:
		return o.tx.Exec(`INSERT INTO rounds_masked VALUES (?, ?, ?)`, o.rec.Stream.Programme, e.ID, e.Comment)
	case round.Paraphrased:
		return o.tx.Exec(`INSERT INTO rounds_paraphrases VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET text = ?4`,
			o.rec.Stream.Programme, e.ID, e.Question, projections.Text(e.Text))
	case round.DebriefHeld:
		return o.set(`debriefed = ?`, e.On)
	case round.DebriefWaived:
		return o.set(`debriefed = ?, waived = 1`, o.rec.Today())
	case round.ResultShared:
		return o.set(`shared = ?`, e.With)
	case round.RatersThanked:
		return o.set(`letter = ?`, projections.Text(e.Letter))
	}
	return nil
}

// One is the round of an act.
type one struct {
	tx  *projections.Tx
	rec domain.Record
}

// set sets columns of the round.
func (o one) set(columns string, args ...any) error {
	return o.tx.Exec(`UPDATE rounds SET `+columns+` WHERE programme = ? AND id = ?`,
		append(args, o.rec.Stream.Programme, o.rec.Stream.ID)...)
}

// raters replaces who is asked. Who declined has declined.
func (o one) raters(raters []round.Rater) error {
	list, err := json.Marshal(raters)
	if err != nil {
		return err
	}
	if err := o.tx.Exec(`DELETE FROM rounds_raters WHERE programme = ?1 AND round = ?2
			AND person NOT IN (SELECT value ->> 'person' FROM json_each(?3))`,
		o.rec.Stream.Programme, o.rec.Stream.ID, string(list)); err != nil {
		return err
	}
	return o.tx.Exec(`INSERT INTO rounds_raters SELECT ?1, ?2, value ->> 'person', value ->> 'group', 0 FROM json_each(?3) WHERE true
			ON CONFLICT DO UPDATE SET rater = excluded.rater`,
		o.rec.Stream.Programme, o.rec.Stream.ID, string(list))
}

func (o one) opened(e round.Opened) error {
	if err := o.raters(e.Raters); err != nil {
		return err
	}
	for _, b := range e.Boxes {
		if err := o.tx.Exec(`INSERT INTO rounds_boxes VALUES (?, ?, ?, ?, ?)`, b.ID, o.rec.Stream.Programme, e.ID, b.Group, b.Manifest); err != nil {
			return err
		}
	}
	return o.set(`status = ?, since = ?, key = ?`, round.StatusOpen, e.On, e.Key)
}
