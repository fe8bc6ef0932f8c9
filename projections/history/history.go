// Package history is the read model of everything that happened in a
// programme, fact by fact, as people read it.
package history

import (
	_ "embed"

	"koersvast/domain"
	"koersvast/domain/expectation"
	"koersvast/domain/programme"
	"koersvast/domain/promise"
	"koersvast/domain/strategy"
	"koersvast/projections"
)

//go:embed schema.sql
var schema string

// Model is the read model; its tables are in schema.sql.
var Model = projections.Model{Name: "history/1", Schema: schema, Apply: apply}

func apply(tx *projections.Tx, rec domain.Record) error {
	for n, e := range rec.Events {
		if err := applyEvent(tx, rec, n, e); err != nil {
			return err
		}
	}
	return nil
}

// A line is what a fact says to its readers.
type line struct {
	thing     string          // its own stream, if not said
	owner     domain.PersonID // of a new thing; who acts, if not said
	recorder  domain.PersonID // of a new thing, for another
	day       domain.Day      // when it happened, if not the day of the act
	called    any             // what the thing is called from now on
	text, why any
	was, is   domain.Day
}

func applyEvent(tx *projections.Tx, rec domain.Record, n int, e domain.Event) error {
	in, concept := rec.Stream.Programme, rec.Stream.Kind
	l := read(e)
	if l.thing == "" {
		l.thing = rec.Stream.ID
	}
	if l.owner == "" {
		l.owner = rec.By
	}
	if l.day == "" {
		l.day = rec.Today()
	}
	if l.called != nil {
		l.text = l.called
	}
	if err := tx.Exec(`INSERT INTO history SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,
			coalesce(t.owner, ?10), coalesce(t.recorder, ?11), ?12, ?13, iif(t.thing IS NULL, '', t.quote), ?14, ?15
		FROM (SELECT 1) LEFT JOIN history_things t ON t.programme = ?1 AND t.concept = ?5 AND t.thing = ?6`,
		in, rec.Position, n, e.EventName(), concept, l.thing, projections.Time(rec.At), l.day, rec.By,
		l.owner, l.recorder, text(l.text), text(l.why), l.was, l.is); err != nil {
		return err
	}
	if l.called == nil {
		return nil
	}
	if err := tx.Exec(`INSERT INTO history_things VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET quote = excluded.quote`,
		in, concept, l.thing, l.owner, l.recorder, text(l.called)); err != nil {
		return err
	}
	for _, party := range audience(e) {
		if err := tx.Exec(`INSERT INTO history_audience VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, in, l.thing, party); err != nil {
			return err
		}
	}
	return nil
}

// audience returns to whom a new promise was made.
func audience(e domain.Event) []domain.Party {
	switch e := e.(type) {
	case promise.Made:
		return e.To
	case promise.Proposed:
		return e.To
	}
	return nil
}

// text is how what was said stands in the table, whether it is the
// programme's own words, somebody's private text, or nothing.
func text(v any) any {
	switch v := v.(type) {
	case domain.Private:
		return projections.Text(v)
	case nil:
		return ""
	}
	return v
}

// read says what a fact tells its readers.
func read(e domain.Event) line {
	switch e := e.(type) {
	case programme.Started:
		return line{called: e.Name}
	case programme.Renamed:
		return line{called: e.Name}
	case programme.TeamFormed:
		return line{thing: string(e.ID), called: e.Name}
	case programme.TeamRenamed:
		return line{thing: string(e.ID), called: e.Name}
	case programme.PersonAdded:
		return line{thing: string(e.ID), owner: e.ID}
	case programme.PersonCorrected:
		return line{thing: string(e.ID), owner: e.ID}
	case programme.PersonPlaced:
		return line{thing: string(e.ID), owner: e.ID}
	case programme.RolesGiven:
		return line{thing: string(e.ID), owner: e.ID}
	case programme.PersonLeft:
		return line{thing: string(e.ID), owner: e.ID}

	case strategy.MissionFormulated:
		return line{thing: "mission", called: e.Text}
	case strategy.VisionFormulated:
		return line{thing: "vision", called: e.Text}
	case strategy.CoreValueChosen:
		return line{thing: string(e.ID), called: e.Name}
	case strategy.CoreValueDropped:
		return line{thing: string(e.ID), why: e.Why}
	case strategy.PillarProposed:
		return line{thing: string(e.ID), called: e.Name}
	case strategy.PillarAdopted:
		return line{thing: string(e.ID)}
	case strategy.PillarReworded:
		return line{thing: string(e.ID), called: e.Name, why: e.Why}
	case strategy.PillarRetired:
		return line{thing: string(e.ID), why: e.Why}
	case strategy.AmbitionStated:
		return line{thing: string(e.ID), called: e.Text}
	case strategy.AmbitionDropped:
		return line{thing: string(e.ID), why: e.Why}
	case strategy.ObjectiveSet:
		return line{thing: string(e.ID), called: e.Text}
	case strategy.ObjectiveDropped:
		return line{thing: string(e.ID), why: e.Why}
	case strategy.BehaviourProposed:
		return line{thing: string(e.ID), called: e.Text}
	case strategy.BehaviourAgreed:
		return line{thing: string(e.ID)}
	case strategy.BehaviourReworded:
		return line{thing: string(e.ID), called: e.Text, why: e.Why}
	case strategy.BehaviourDropped:
		return line{thing: string(e.ID), why: e.Why}

	case promise.Made:
		return line{called: e.Wording, is: e.Due}
	case promise.Proposed:
		return line{owner: e.By, recorder: e.RecordedBy, called: e.Wording, is: e.Due}
	case promise.Accepted:
		return line{called: e.Wording}
	case promise.Declined:
		return line{why: e.Why}
	case promise.Reworded:
		return line{called: e.Wording, why: e.Why}
	case promise.Moved:
		return line{why: e.Why, was: e.Was, is: e.Due}
	case promise.BehavioursLinked, promise.RhythmSet:
		return line{}
	case promise.Withdrawn:
		return line{why: e.Why}
	case promise.WithdrawalExplained:
		return line{text: e.Text}
	case promise.Kept:
		return line{day: e.On}
	case promise.Broken:
		return line{day: e.On, why: e.Why}
	case promise.RepairAgreed:
		return line{text: e.Text, is: e.Due}
	case promise.Repaired:
		return line{day: e.On}
	case promise.Reopened:
		return line{why: e.Why}

	case expectation.Expressed:
		return line{called: e.Text}
	case expectation.Accepted:
		return line{}
	case expectation.Declined:
		return line{why: e.Why}
	case expectation.Countered:
		return line{text: e.Offer}
	case expectation.OfferTaken:
		return line{}
	case expectation.Dropped:
		return line{why: e.Why}
	}
	return line{}
}
