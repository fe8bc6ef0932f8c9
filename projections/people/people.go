// Package people is the read model of programmes, their teams and their
// people: who is there, what they are called and what they are.
package people

import (
	_ "embed"

	"koersvast/domain"
	"koersvast/domain/programme"
	"koersvast/projections"
)

//go:embed schema.sql
var schema string

// Model is the read model; its tables are in schema.sql.
var Model = projections.Model{Name: "people/2", Schema: schema, Apply: apply}

func apply(tx *projections.Tx, rec domain.Record) error {
	for _, e := range rec.Events {
		if err := applyEvent(tx, rec.Stream.Programme, rec.Act, e); err != nil {
			return err
		}
	}
	return nil
}

func applyEvent(tx *projections.Tx, in domain.ProgrammeID, act domain.Act, e domain.Event) error {
	switch e := e.(type) {
	case programme.Started:
		return tx.Exec(`INSERT INTO people_programmes VALUES (?, ?, ?)`, in, e.Name, act.Today())
	case programme.Renamed:
		return tx.Exec(`UPDATE people_programmes SET name = ? WHERE programme = ?`, e.Name, in)
	case programme.TeamFormed:
		return tx.Exec(`INSERT INTO people_teams VALUES (?, ?, ?)`, in, e.ID, e.Name)
	case programme.TeamRenamed:
		return tx.Exec(`UPDATE people_teams SET name = ? WHERE programme = ? AND id = ?`, e.Name, in, e.ID)
	case programme.PersonAdded:
		return tx.Exec(`INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, '', ?, ?, '')`,
			in, e.ID, projections.Text(e.Name), projections.Text(e.Email), projections.Text(e.Function),
			e.Team, projections.JSON(e.Roles), act.Today())
	case programme.PersonCorrected:
		return tx.Exec(`UPDATE people SET name = ?, email = ?, function = ? WHERE programme = ? AND id = ?`,
			projections.Text(e.Name), projections.Text(e.Email), projections.Text(e.Function), in, e.ID)
	case programme.PersonPlaced:
		return tx.Exec(`UPDATE people SET team = ? WHERE programme = ? AND id = ?`, e.Team, in, e.ID)
	case programme.RolesGiven:
		return tx.Exec(`UPDATE people SET roles = ? WHERE programme = ? AND id = ?`, projections.JSON(e.Roles), in, e.ID)
	case programme.ManagerSet:
		return tx.Exec(`UPDATE people SET manager = ? WHERE programme = ? AND id = ?`, e.Manager, in, e.ID)
	case programme.PersonLeft:
		return tx.Exec(`UPDATE people SET gone = ? WHERE programme = ? AND id = ?`, act.Today(), in, e.ID)
	}
	return nil
}
