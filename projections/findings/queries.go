package findings

import (
	"context"

	"koersvast/domain"
	"koersvast/domain/finding"
	"koersvast/projections"
)

// A Finding is what a rule found, and where that stands.
type Finding struct {
	ID       domain.FindingID
	Rule     domain.RuleID
	Version  int // of the rule
	Severity finding.Severity
	Blocks   bool // only the end of its condition closes it
	Kind     finding.Kind
	Object   finding.ObjectID
	Owner    domain.PersonID // whom it is about, "" for nobody
	Coach    domain.PersonID
	Recorder domain.PersonID
	Roles    []domain.Role // that it is for
	Raised   domain.Day    // when its condition last began to hold, as far as the clock saw
	Status   finding.Status
	Since    domain.Day // of that status
	Until    domain.Day // of one that waits
}

func (f *Finding) columns() []any {
	return []any{
		&f.ID, &f.Rule, &f.Version, &f.Severity, &f.Blocks, &f.Kind, &f.Object, &f.Owner, &f.Coach, &f.Recorder, projections.List(&f.Roles),
		&f.Raised, &f.Status, &f.Since, &f.Until,
	}
}

// On returns the finding as it stands on a day: one that has waited until then
// is open.
func (f Finding) On(day domain.Day) Finding {
	if f.Status == finding.StatusSnoozed && f.Until <= day {
		f.Status, f.Since, f.Until = finding.StatusOpen, f.Until, ""
	}
	return f
}

// Everything answers: what was ever found, and where does it stand?
func Everything(ctx context.Context, r projections.Reader, in domain.ProgrammeID) ([]Finding, error) {
	return projections.All(ctx, r, (*Finding).columns, `SELECT id, rule, version, severity, blocks, kind, object, owner, coach, recorder, roles,
			raised, status, since, until
		FROM findings WHERE programme = ? ORDER BY id`, in)
}

// A Step is something that happened to a finding.
type Step struct {
	Day      domain.Day       `json:"day"`
	By       domain.PersonID  `json:"by,omitempty" doc:"absent when the program noted it by itself"`
	Fact     string           `json:"fact"`
	Severity finding.Severity `json:"severity,omitempty" doc:"with which it was raised"`
	Text     *string          `json:"text" doc:"what goes with it; null when it was erased"`
	Until    domain.Day       `json:"until,omitempty"`
}

func (s *Step) columns() []any {
	return []any{&s.Day, &s.By, &s.Fact, &s.Severity, &s.Text, &s.Until}
}

// Steps answers: what happened to a finding? The oldest comes first.
func Steps(ctx context.Context, r projections.Reader, in domain.ProgrammeID, id domain.FindingID) ([]Step, error) {
	return projections.All(ctx, r, (*Step).columns, `SELECT day, by, fact, severity, text, until
		FROM findings_steps WHERE programme = ? AND finding = ? ORDER BY position, n`, in, id)
}
