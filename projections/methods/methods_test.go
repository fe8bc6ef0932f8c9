package methods_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/domain/method"
	"koersvast/projections/methods"
	"koersvast/projections/projectionstest"
)

var home = domain.Stream{Kind: "method", ID: "tide"}

func by(who domain.PersonID, day domain.Day, e domain.Event) domain.Record {
	return projectionstest.Act(home, day, who, e)
}

// story is what happened, an act each.
func story() *projectionstest.Log {
	return projectionstest.Facts("tide",
		by("sanne", "2026-03-01", method.Configured{Number: method.HalfLife, Value: 12000, Why: "Het gaat hier snel."}),
		by("sanne", "2026-03-02", method.Tuned{Rule: "CR-01", Param: "late", Value: 150, Why: "Wij zien elkaar minder vaak."}),
		by("bas", "2026-03-03", method.SwitchedOff{Rule: "CR-12", Why: "Zes is hier gewoon."}),
		by("bas", "2026-03-04", method.SwitchedOn{Rule: "CR-12", Why: "Het worden er te veel."}),
		by("sanne", "2026-03-05", method.Configured{Number: method.HalfLife, Value: 18000, Why: "Toch niet."}),
		projectionstest.Act(domain.Stream{Programme: "elsewhere", Kind: "method", ID: "elsewhere"}, "2026-03-02", "wil",
			method.Configured{Number: method.Rhythm, Value: 3000, Why: "Wij doen het vaker."}),
	)
}

func TestHowAProgrammeCameToMeasureAsItDoes(t *testing.T) {
	got, err := methods.Changes(t.Context(), projectionstest.Read(t, story(), methods.Model), "tide")
	if err != nil {
		t.Fatal(err)
	}
	want := []methods.Change{
		{Day: "2026-03-01", By: "sanne", Number: method.HalfLife, Value: 12000, Why: "Het gaat hier snel."},
		{Day: "2026-03-02", By: "sanne", Rule: "CR-01", Param: "late", Value: 150, Why: "Wij zien elkaar minder vaak."},
		{Day: "2026-03-03", By: "bas", Rule: "CR-12", Why: "Zes is hier gewoon."},
		{Day: "2026-03-04", By: "bas", Rule: "CR-12", Value: 1, Why: "Het worden er te veel."},
		{Day: "2026-03-05", By: "sanne", Number: method.HalfLife, Value: 18000, Why: "Toch niet."},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got[2].On() || !got[3].On() {
		t.Error("the rule went off and on")
	}
}

func TestHowItMeasuredThen(t *testing.T) {
	for at, want := range map[domain.Position]struct {
		halfLife int
		late     map[string]float64
		runs     bool
	}{
		1: {120, map[string]float64{}, true},
		3: {120, map[string]float64{"late": 1.5}, false},
		5: {180, map[string]float64{"late": 1.5}, true},
	} {
		c, err := methods.TheConfig(t.Context(), projectionstest.ReadPast(t, story(), "tide", at, methods.Model), "tide")
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Days(method.HalfLife); got != want.halfLife {
			t.Errorf("at %d the half-life is %d days, want %d", at, got, want.halfLife)
		}
		if diff := cmp.Diff(want.late, c.Params("CR-01")); diff != "" {
			t.Errorf("at %d (-want +got):\n%s", at, diff)
		}
		if got := c.Runs("CR-12"); got != want.runs {
			t.Errorf("at %d CR-12 is on: %v", at, got)
		}
	}
}

func TestProgrammesAreNeverMixed(t *testing.T) {
	r := projectionstest.Read(t, story(), methods.Model)
	for in, want := range map[domain.ProgrammeID]int{"tide": 60, "elsewhere": 30, "nowhere": 60} {
		c, err := methods.TheConfig(t.Context(), r, in)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Days(method.Rhythm); got != want {
			t.Errorf("the rhythm %s is %d days, want %d", in, got, want)
		}
	}
}

func TestLiveEqualsRebuilt(t *testing.T) {
	projectionstest.LiveEqualsRebuilt(t, story(), methods.Model)
}
