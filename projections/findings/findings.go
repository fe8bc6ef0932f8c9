// Package findings is the read model of what became of what the consistency
// check found. What it finds now, the rules say (see package consistency).
package findings

import (
	_ "embed"

	"koersvast/domain"
	"koersvast/domain/finding"
	"koersvast/projections"
)

//go:embed schema.sql
var schema string

// Model is the read model; its tables are in schema.sql.
var Model = projections.Model{Name: "findings/1", Schema: schema, Apply: apply}

func apply(tx *projections.Tx, rec domain.Record) error {
	for n, e := range rec.Events {
		if err := applyEvent(file{tx, rec, n}, e); err != nil {
			return err
		}
	}
	return nil
}

func applyEvent(f file, e domain.Event) error {
	switch e := e.(type) {
	case finding.Raised:
		if err := f.tx.Exec(raise, f.rec.Stream.Programme, e.ID, e.Rule, e.Version, e.Severity, e.Blocks, e.Kind, e.Object,
			e.Owner, e.Coach, e.Recorder, projections.JSON(e.Roles), e.Day); err != nil {
			return err
		}
		return f.step(e, string(e.Severity), "", "")
	case finding.Cleared:
		return f.turn(finding.StatusCleared, "", e, "")
	case finding.Discussed:
		return f.turn(finding.StatusDiscussed, "", e, noted(e.Note))
	case finding.Resolved:
		return f.turn(finding.StatusResolved, "", e, projections.Text(e.How))
	case finding.Dismissed:
		return f.turn(finding.StatusDismissed, "", e, projections.Text(e.Why))
	case finding.Snoozed:
		return f.turn(finding.StatusSnoozed, e.Until, e, "")
	case finding.Reopened:
		return f.turn(finding.StatusOpen, "", e, "")
	}
	return nil
}

// raise opens a finding. What did not apply stays so while its rule is the
// same, unless it blocks; what was raised before and still holds was raised
// then.
const raise = `INSERT INTO findings VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 'open', ?13, '')
	ON CONFLICT DO UPDATE SET
		raised = iif(status = 'cleared', excluded.raised, raised),
		since = iif(status = 'dismissed' AND version = excluded.version AND NOT excluded.blocks, since, excluded.since),
		status = iif(status = 'dismissed' AND version = excluded.version AND NOT excluded.blocks, status, excluded.status),
		until = '', version = excluded.version, severity = excluded.severity, blocks = excluded.blocks,
		owner = excluded.owner, coach = excluded.coach, recorder = excluded.recorder, roles = excluded.roles`

// noted is how a note that need not be there stands in a table.
func noted(p domain.Private) any {
	if p.IsZero() {
		return ""
	}
	return projections.Text(p)
}

// A file is what is kept of one finding during one fact.
type file struct {
	tx  *projections.Tx
	rec domain.Record
	n   int
}

// turn gives the finding another status.
func (f file) turn(to finding.Status, until domain.Day, e domain.Event, text any) error {
	if err := f.tx.Exec(`UPDATE findings SET status = ?, since = ?, until = ? WHERE programme = ? AND id = ?`,
		to, f.rec.Today(), until, f.rec.Stream.Programme, f.rec.Stream.ID); err != nil {
		return err
	}
	return f.step(e, "", text, until)
}

func (f file) step(e domain.Event, severity string, text any, until domain.Day) error {
	return f.tx.Exec(`INSERT INTO findings_steps VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		f.rec.Stream.Programme, f.rec.Stream.ID, f.rec.Position, f.n, f.rec.Today(), f.rec.By, e.EventName(), severity, text, until)
}
