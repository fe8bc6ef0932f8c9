// Package history is the read model of everything that happened in a
// programme, fact by fact, as people read it.
package history

import (
	"cmp"
	_ "embed"
	"slices"

	"koersvast/domain"
	"koersvast/domain/council"
	"koersvast/domain/expectation"
	"koersvast/domain/method"
	"koersvast/domain/programme"
	"koersvast/domain/promise"
	"koersvast/domain/strategy"
	"koersvast/projections"
)

//go:embed schema.sql
var schema string

// Model is the read model; its tables are in schema.sql.
var Model = projections.Model{Name: "history/1", Schema: schema, Apply: apply}

// apart are the concepts that are of a few people. The programme's history
// tells nobody of them, not even that something happened.
var apart = []string{"coaching", "consistency", "evidence", "finding", "round"}

func apply(tx *projections.Tx, rec domain.Record) error {
	if slices.Contains(apart, rec.Stream.Kind) {
		return nil
	}
	for n, e := range rec.Events {
		if err := applyEvent(tx, rec, n, e); err != nil {
			return err
		}
	}
	return nil
}

// A line is what a fact says to its readers.
type line struct {
	about     about
	owner     domain.PersonID // of a new thing; who acts, if not said
	recorder  domain.PersonID // of a new thing, for another
	to        []domain.Party  // of a promise that is made
	day       domain.Day      // when it happened, if not the day of the act
	called    any             // what the thing is called from now on
	text, why any
	was, is   domain.Day
}

// about names a thing within its concept. Different kinds of things can have
// the same id.
type about struct{ kind, id string }

// of is what is of its own stream, which is named after it.
func of(s domain.Stream) about { return about{s.Kind, s.ID} }

func pillar(id domain.PillarID) about       { return about{"pillar", string(id)} }
func value(id domain.CoreValueID) about     { return about{"value", string(id)} }
func ambition(id domain.AmbitionID) about   { return about{"ambition", string(id)} }
func objective(id domain.ObjectiveID) about { return about{"objective", string(id)} }
func behaviour(id domain.BehaviourID) about { return about{"behaviour", string(id)} }
func team(id domain.TeamID) about           { return about{"team", string(id)} }
func rule(id domain.RuleID) about           { return about{"rule", string(id)} }

// person is a line about somebody, who owns what is said about them.
func person(id domain.PersonID) line { return line{about: about{"person", string(id)}, owner: id} }

func applyEvent(tx *projections.Tx, rec domain.Record, n int, e domain.Event) error {
	in, concept := rec.Stream.Programme, rec.Stream.Kind
	l := read(e)
	l.about = cmp.Or(l.about, of(rec.Stream))
	l.owner = cmp.Or(l.owner, rec.By)
	l.day = cmp.Or(l.day, rec.Today())
	if l.called != nil {
		l.text = l.called
	}
	audience := ""
	if l.to != nil {
		audience = projections.JSON(l.to)
	}
	if err := tx.Exec(insertLine,
		in, rec.Position, n, e.EventName(), concept, l.about.kind, l.about.id, projections.Time(rec.At), l.day, rec.By,
		l.owner, l.recorder, audience, text(l.text), text(l.why), l.was, l.is); err != nil {
		return err
	}
	if l.called == nil {
		return nil
	}
	if err := tx.Exec(`INSERT INTO history_things VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
			quote = excluded.quote, audience = iif(audience = '', excluded.audience, audience)`,
		in, concept, l.about.kind, l.about.id, l.owner, l.recorder, audience, text(l.called)); err != nil {
		return err
	}
	for _, party := range l.to {
		if err := tx.Exec(`INSERT INTO history_audience VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, in, party, audience); err != nil {
			return err
		}
	}
	return nil
}

// insertLine adds a line, with what is known of its thing. The pluses keep the
// values out of the plan, for which SQLite would otherwise prepare the
// statement anew for every line.
const insertLine = `INSERT INTO history SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,
		coalesce(known.owner, ?11), coalesce(known.recorder, ?12), coalesce(nullif(known.audience, ''), ?13),
		?14, ?15, iif(known.thing IS NULL, '', known.quote), ?16, ?17
	FROM (SELECT 1) LEFT JOIN history_things known
		ON known.programme = +?1 AND known.concept = +?5 AND known.kind = +?6 AND known.thing = +?7`

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
		return line{about: team(e.ID), called: e.Name}
	case programme.TeamRenamed:
		return line{about: team(e.ID), called: e.Name}
	case programme.PersonAdded:
		return person(e.ID)
	case programme.PersonCorrected:
		return person(e.ID)
	case programme.PersonPlaced:
		return person(e.ID)
	case programme.RolesGiven:
		return person(e.ID)
	case programme.ManagerSet:
		return person(e.ID)
	case programme.KeyHeld:
		return person(e.Person)
	case programme.PersonLeft:
		return person(e.ID)

	case strategy.MissionFormulated:
		return line{about: about{"mission", "mission"}, called: e.Text}
	case strategy.VisionFormulated:
		return line{about: about{"vision", "vision"}, called: e.Text}
	case strategy.CoreValueChosen:
		return line{about: value(e.ID), called: e.Name}
	case strategy.CoreValueDropped:
		return line{about: value(e.ID), why: e.Why}
	case strategy.PillarProposed:
		return line{about: pillar(e.ID), called: e.Name}
	case strategy.PillarAdopted:
		return line{about: pillar(e.ID)}
	case strategy.PillarReworded:
		return line{about: pillar(e.ID), called: e.Name, why: e.Why}
	case strategy.PillarRetired:
		return line{about: pillar(e.ID), why: e.Why}
	case strategy.AmbitionStated:
		return line{about: ambition(e.ID), called: e.Text}
	case strategy.AmbitionDropped:
		return line{about: ambition(e.ID), why: e.Why}
	case strategy.ObjectiveSet:
		return line{about: objective(e.ID), called: e.Text}
	case strategy.ObjectiveDropped:
		return line{about: objective(e.ID), why: e.Why}
	case strategy.BehaviourProposed:
		return line{about: behaviour(e.ID), called: e.Text}
	case strategy.BehaviourAgreed:
		return line{about: behaviour(e.ID)}
	case strategy.BehaviourReworded:
		return line{about: behaviour(e.ID), called: e.Text, why: e.Why}
	case strategy.BehaviourDropped:
		return line{about: behaviour(e.ID), why: e.Why}

	case promise.Made:
		return line{to: e.To, called: e.Wording, is: e.Due}
	case promise.Proposed:
		return line{owner: e.By, recorder: e.RecordedBy, called: e.Wording, is: e.Due} // those it is for read it once it is accepted
	case promise.Accepted:
		return line{to: e.To, called: e.Wording}
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

	case council.Sized:
		return line{}
	case council.ConsentAsked:
		return line{text: e.Scope}
	case council.ConsentGranted:
		return line{day: e.On, text: e.Conditions}
	case council.ConsentRefused:
		return line{day: e.On, why: e.Why}
	case council.ConsentWithdrawn:
		return line{day: e.On, why: e.Why}

	case method.Configured:
		return line{about: about{"number", string(e.Number)}, why: e.Why}
	case method.Tuned:
		return line{about: rule(e.Rule), why: e.Why}
	case method.SwitchedOff:
		return line{about: rule(e.Rule), why: e.Why}
	case method.SwitchedOn:
		return line{about: rule(e.Rule), why: e.Why}
	}
	return line{}
}
