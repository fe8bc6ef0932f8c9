// Package strategies is the read model of the strategy on one sheet.
package strategies

import (
	_ "embed"

	"koersvast/domain"
	"koersvast/domain/strategy"
	"koersvast/projections"
)

//go:embed schema.sql
var schema string

// Model is the read model; its tables are in schema.sql.
var Model = projections.Model{Name: "strategies/1", Schema: schema, Apply: apply}

// The kinds of things that stand on a sheet.
const (
	Mission   = "mission"
	Vision    = "vision"
	Value     = "value"
	Pillar    = "pillar"
	Ambition  = "ambition"
	Objective = "objective"
	Behaviour = "behaviour"
)

func apply(tx *projections.Tx, rec domain.Record) error {
	for _, e := range rec.Events {
		if err := applyEvent(sheet{tx, rec}, e); err != nil {
			return err
		}
	}
	return nil
}

func applyEvent(s sheet, e domain.Event) error {
	switch e := e.(type) {
	case strategy.MissionFormulated:
		return s.put(e, part{kind: Mission, id: Mission, text: e.Text}, strategy.StatusAdopted)
	case strategy.VisionFormulated:
		return s.put(e, part{kind: Vision, id: Vision, text: e.Text}, strategy.StatusAdopted)

	case strategy.CoreValueChosen:
		return s.put(e, part{kind: Value, id: string(e.ID), name: e.Name, text: e.Meaning}, strategy.StatusAdopted)
	case strategy.CoreValueDropped:
		return s.turn(e, Value, string(e.ID), strategy.StatusRetired, e.Why)

	case strategy.PillarProposed:
		return s.put(e, part{kind: Pillar, id: string(e.ID), name: e.Name, text: e.Meaning}, strategy.StatusProposed)
	case strategy.PillarAdopted:
		return s.turn(e, Pillar, string(e.ID), strategy.StatusAdopted, domain.Private{})
	case strategy.PillarReworded:
		return s.reword(e, part{kind: Pillar, id: string(e.ID), name: e.Name, text: e.Meaning}, e.Why)
	case strategy.PillarRetired:
		return s.turn(e, Pillar, string(e.ID), strategy.StatusRetired, e.Why)

	case strategy.AmbitionStated:
		return s.put(e, part{kind: Ambition, id: string(e.ID), pillar: e.Pillar, text: e.Text, year: e.Year}, strategy.StatusAdopted)
	case strategy.AmbitionDropped:
		return s.turn(e, Ambition, string(e.ID), strategy.StatusRetired, e.Why)

	case strategy.ObjectiveSet:
		return s.put(e, part{kind: Objective, id: string(e.ID), pillar: e.Pillar, text: e.Text, year: e.Year}, strategy.StatusAdopted)
	case strategy.ObjectiveDropped:
		return s.turn(e, Objective, string(e.ID), strategy.StatusRetired, e.Why)

	case strategy.BehaviourProposed:
		return s.put(e, part{
			kind: Behaviour, id: string(e.ID), pillar: e.Pillar, text: e.Text, whose: e.Whose, counter: e.Counter,
		}, strategy.StatusProposed)
	case strategy.BehaviourAgreed:
		return s.turn(e, Behaviour, string(e.ID), strategy.StatusAdopted, domain.Private{})
	case strategy.BehaviourReworded:
		return s.reword(e, part{kind: Behaviour, id: string(e.ID), text: e.Text}, e.Why)
	case strategy.BehaviourDropped:
		return s.turn(e, Behaviour, string(e.ID), strategy.StatusRetired, e.Why)
	}
	return nil
}

// A sheet is the strategy of one programme during one act.
type sheet struct {
	tx  *projections.Tx
	rec domain.Record
}

// A part is something that stands on the sheet.
type part struct {
	kind, id   string
	pillar     domain.PillarID
	name, text string
	whose      domain.Role
	counter    bool
	year       int
}

// put writes something on the sheet, or writes it anew in its old place.
func (s sheet) put(e domain.Event, p part, status strategy.Status) error {
	if err := s.tx.Exec(`INSERT INTO strategies VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET text = excluded.text, since = excluded.since`,
		s.rec.Stream.Programme, p.kind, p.id, p.pillar, p.name, p.text, p.whose, p.counter, p.year,
		status, s.rec.Today(), s.rec.Position); err != nil {
		return err
	}
	return s.remember(e, p, domain.Private{})
}

// turn gives something another status.
func (s sheet) turn(e domain.Event, kind, id string, status strategy.Status, why domain.Private) error {
	if err := s.tx.Exec(`UPDATE strategies SET status = ?, since = ? WHERE programme = ? AND kind = ? AND id = ?`,
		status, s.rec.Today(), s.rec.Stream.Programme, kind, id); err != nil {
		return err
	}
	return s.remember(e, part{kind: kind, id: id}, why)
}

// reword says something in other words.
func (s sheet) reword(e domain.Event, p part, why domain.Private) error {
	if err := s.tx.Exec(`UPDATE strategies SET name = ?, text = ? WHERE programme = ? AND kind = ? AND id = ?`,
		p.name, p.text, s.rec.Stream.Programme, p.kind, p.id); err != nil {
		return err
	}
	return s.remember(e, p, why)
}

func (s sheet) remember(e domain.Event, p part, why domain.Private) error {
	return s.tx.Exec(`INSERT INTO strategies_versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		s.rec.Stream.Programme, p.kind, p.id, s.rec.Position, e.EventName(), s.rec.Today(), s.rec.By,
		p.name, p.text, projections.Text(why))
}
