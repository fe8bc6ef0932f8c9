package clockwork_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/domain/finding"
	"koersvast/domain/promise"
	"koersvast/projections"
	"koersvast/projections/findings"
)

func TestWhatIsFoundIsNotedOnceADay(t *testing.T) {
	o := newOffice(t)
	execute(o, "sam", promise.Make{
		ID: "p1", Terms: promise.Terms{Wording: "Ik bel elke week een team."},
		Details: promise.Details{To: []domain.Party{domain.Everyone}, Rhythm: 30},
	})
	o.tick("2026-03-02 09:00")
	if got := o.steps("cr-01-p1"); len(got) > 0 {
		t.Errorf("a promise of yesterday: got %v, want nothing", got)
	}

	o.tick("2026-04-20 00:01") // fifty days, where thirty were agreed
	raised := findings.Step{Day: "2026-04-20", Fact: "finding.raised", Severity: "attention", Text: new("")}
	o.wantSteps("the day on which it is too long ago", raised)

	o.tick("2026-04-20 00:03")
	o.tick("2026-04-21 00:01")
	o.wantSteps("a day later, nothing new is found", raised)

	execute(o, "sam", finding.Discuss{ID: "cr-01-p1", Note: "We plannen een toetsing."})
	talked := findings.Step{Day: "2026-04-21", By: "sam", Fact: "finding.discussed", Text: new("We plannen een toetsing.")}
	o.tick("2026-05-10 09:00") // seventy
	graver := findings.Step{Day: "2026-05-10", Fact: "finding.raised", Severity: "serious", Text: new("")}
	o.wantSteps("when it becomes serious", raised, talked, graver)

	execute(o, "sam", promise.Keep{ID: "p1"})
	o.tick("2026-05-10 23:00")
	o.wantSteps("once a day", raised, talked, graver)
	o.tick("2026-05-11 00:01")
	o.wantSteps("the day after it was kept", raised, talked, graver, findings.Step{Day: "2026-05-11", Fact: "finding.cleared", Text: new("")})
}

func (o *office) wantSteps(when string, want ...findings.Step) {
	o.t.Helper()
	if diff := cmp.Diff(want, o.steps("cr-01-p1")); diff != "" {
		o.t.Errorf("%s (-want +got):\n%s", when, diff)
	}
}

// steps are what happened to a finding.
func (o *office) steps(id domain.FindingID) (steps []findings.Step) {
	o.t.Helper()
	err := o.views.Read(o.t.Context(), func(read projections.Reader, _ domain.Position) (err error) {
		steps, err = findings.Steps(o.t.Context(), read, "tij", id)
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return steps
}
