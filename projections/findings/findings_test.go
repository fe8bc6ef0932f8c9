package findings_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/domain/finding"
	"koersvast/projections"
	"koersvast/projections/findings"
	"koersvast/projections/projectionstest"
)

const id = domain.FindingID("cr-01-p1")

var (
	key    = domain.KeyOf("bas", domain.Promises)
	raised = finding.Raised{
		ID: id, Rule: "CR-01", Version: 1, Severity: "attention", Kind: "promise", Object: "p1",
		Day: "2026-03-02", Position: 40, Owner: "bas", Coach: "carla", Recorder: "dirk", Roles: []domain.Role{domain.Lead},
	}
	found = findings.Finding{
		ID: id, Rule: "CR-01", Version: 1, Severity: "attention", Kind: "promise", Object: "p1",
		Owner: "bas", Coach: "carla", Recorder: "dirk", Roles: []domain.Role{domain.Lead}, Raised: "2026-03-02", Status: finding.StatusOpen, Since: "2026-03-02",
	}
)

func again(day domain.Day, change func(*finding.Raised)) finding.Raised {
	r := raised
	r.Day = day
	change(&r)
	return r
}

func by(who domain.PersonID, day domain.Day, e domain.Event) domain.Record {
	return projectionstest.Act(domain.Stream{Programme: "tide", Kind: "finding", ID: string(id)}, day, who, e)
}

// story is what happened to one finding, an act each.
func story() *projectionstest.Log {
	return projectionstest.Facts("tide",
		by("", "2026-03-02", raised),
		by("bas", "2026-03-03", finding.Snoozed{ID: id, By: "bas", Until: "2026-03-10"}),
		by("", "2026-03-04", again("2026-03-04", func(r *finding.Raised) { r.Severity = "serious" })),
		by("carla", "2026-03-05", finding.Discussed{ID: id, By: "carla"}),
		by("carla", "2026-03-06", finding.Discussed{ID: id, By: "carla", Note: domain.Say(key, "In april.")}),
		by("bas", "2026-03-07", finding.Dismissed{ID: id, By: "bas", Why: domain.Say(key, "Zij loopt af.")}),
		by("", "2026-03-08", raisedOn("2026-03-08")),
		by("", "2026-03-09", again("2026-03-09", func(r *finding.Raised) { r.Version = 2 })),
		by("bas", "2026-03-10", finding.Resolved{ID: id, By: "bas", How: projectionstest.Erased(key)}),
		by("bas", "2026-03-11", finding.Reopened{ID: id, By: "bas"}),
		by("", "2026-03-12", finding.Cleared{ID: id, Day: "2026-03-12", Position: 50}),
		by("", "2026-04-12", again("2026-04-12", func(r *finding.Raised) { r.Version = 2; r.Coach = "ellen" })),
		projectionstest.Act(domain.Stream{Programme: "elsewhere", Kind: "finding", ID: string(id)}, "2026-03-02", "", raised),
	)
}

func raisedOn(day domain.Day) finding.Raised { return again(day, func(*finding.Raised) {}) }

func TestWhereAFindingStands(t *testing.T) {
	as := func(status finding.Status, since domain.Day, change func(*findings.Finding)) findings.Finding {
		f := found
		f.Severity, f.Status, f.Since = "serious", status, since
		change(&f)
		return f
	}
	none := func(*findings.Finding) {}
	for at, want := range map[domain.Position]findings.Finding{
		1:  found,
		2:  as(finding.StatusSnoozed, "2026-03-03", func(f *findings.Finding) { f.Severity, f.Until = "attention", "2026-03-10" }),
		3:  as(finding.StatusOpen, "2026-03-04", none),
		4:  as(finding.StatusDiscussed, "2026-03-05", none),
		6:  as(finding.StatusDismissed, "2026-03-07", none),
		7:  as(finding.StatusDismissed, "2026-03-07", func(f *findings.Finding) { f.Severity = "attention" }),
		8:  as(finding.StatusOpen, "2026-03-09", func(f *findings.Finding) { f.Severity, f.Version = "attention", 2 }),
		9:  as(finding.StatusResolved, "2026-03-10", func(f *findings.Finding) { f.Severity, f.Version = "attention", 2 }),
		10: as(finding.StatusOpen, "2026-03-11", func(f *findings.Finding) { f.Severity, f.Version = "attention", 2 }),
		11: as(finding.StatusCleared, "2026-03-12", func(f *findings.Finding) { f.Severity, f.Version = "attention", 2 }),
		12: as(finding.StatusOpen, "2026-04-12", func(f *findings.Finding) {
			f.Severity, f.Version, f.Raised, f.Coach = "attention", 2, "2026-04-12", "ellen"
		}),
	} {
		got := everything(t, projectionstest.ReadPast(t, story(), "tide", at, findings.Model), "tide")
		if diff := cmp.Diff([]findings.Finding{want}, got); diff != "" {
			t.Errorf("at %d (-want +got):\n%s", at, diff)
		}
	}
}

func TestAFindingWaitsUntilItsDay(t *testing.T) {
	f := found
	f.Status, f.Since, f.Until = finding.StatusSnoozed, "2026-03-03", "2026-03-10"
	if diff := cmp.Diff(f, f.On("2026-03-09")); diff != "" {
		t.Errorf("the day before (-want +got):\n%s", diff)
	}
	want := found
	want.Since = "2026-03-10"
	if diff := cmp.Diff(want, f.On("2026-03-10")); diff != "" {
		t.Errorf("on the day (-want +got):\n%s", diff)
	}
}

func TestWhatHappenedToAFinding(t *testing.T) {
	got, err := findings.Steps(t.Context(), projectionstest.Read(t, story(), findings.Model), "tide", id)
	if err != nil {
		t.Fatal(err)
	}
	want := []findings.Step{
		{Day: "2026-03-02", Fact: "finding.raised", Severity: "attention", Text: new("")},
		{Day: "2026-03-03", By: "bas", Fact: "finding.snoozed", Text: new(""), Until: "2026-03-10"},
		{Day: "2026-03-04", Fact: "finding.raised", Severity: "serious", Text: new("")},
		{Day: "2026-03-05", By: "carla", Fact: "finding.discussed", Text: new("")},
		{Day: "2026-03-06", By: "carla", Fact: "finding.discussed", Text: new("In april.")},
		{Day: "2026-03-07", By: "bas", Fact: "finding.dismissed", Text: new("Zij loopt af.")},
		{Day: "2026-03-08", Fact: "finding.raised", Severity: "attention", Text: new("")},
		{Day: "2026-03-09", Fact: "finding.raised", Severity: "attention", Text: new("")},
		{Day: "2026-03-10", By: "bas", Fact: "finding.resolved"},
		{Day: "2026-03-11", By: "bas", Fact: "finding.reopened", Text: new("")},
		{Day: "2026-03-12", Fact: "finding.cleared", Text: new("")},
		{Day: "2026-04-12", Fact: "finding.raised", Severity: "attention", Text: new("")},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestProgrammesAreNeverMixed(t *testing.T) {
	r := projectionstest.Read(t, story(), findings.Model)
	if diff := cmp.Diff([]findings.Finding{found}, everything(t, r, "elsewhere")); diff != "" {
		t.Errorf("elsewhere (-want +got):\n%s", diff)
	}
	if got := everything(t, r, "nowhere"); len(got) > 0 {
		t.Errorf("nowhere: got %v, want nothing", got)
	}
}

func everything(t *testing.T, r projections.Reader, in domain.ProgrammeID) []findings.Finding {
	t.Helper()
	all, err := findings.Everything(t.Context(), r, in)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestLiveEqualsRebuilt(t *testing.T) {
	projectionstest.LiveEqualsRebuilt(t, story(), findings.Model)
}
