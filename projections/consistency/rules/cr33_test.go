package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/round"
	"koersvast/projections/rounds"
)

// What CR-33 says holds: these are what refuses.
func TestNobodyOpensTheirReportBeforeTheTalk(t *testing.T) {
	act := func(by domain.PersonID) domain.Act { return domain.Act{Programme: "fair", By: by, At: today.Start()} }
	var s round.State
	for _, e := range []round.Event{
		round.Planned{ID: "r1", Kind: domain.Feedback, Subject: "anna", Coach: "cora"},
		round.Released{ID: "r1", On: ago(1)},
	} {
		s = e.Evolve(s)
	}
	for name, refused := range map[string]error{
		"hold the debrief":  second(round.HoldDebrief{ID: "r1"}.Decide(s, act("cora"))),
		"waive the debrief": second(round.WaiveDebrief{ID: "r1"}.Decide(s, act("anna"))),
	} {
		if refused != error(round.ErrNotRead) {
			t.Errorf("before the coach has read the report, to %s is refused with %v, want %v", name, refused, round.ErrNotRead)
		}
	}
	for name, events := range map[string][]round.Event{
		"held":   first(t)(round.HoldDebrief{ID: "r1"}.Decide(round.ReadByCoach{ID: "r1"}.Evolve(s), act("cora"))),
		"waived": first(t)(round.WaiveDebrief{ID: "r1"}.Decide(round.ReadByCoach{ID: "r1"}.Evolve(s), act("anna"))),
	} {
		if len(events) != 1 {
			t.Errorf("once the coach has read it, the debrief can be %s", name)
		}
	}
	anna := access.Actor{Programme: "fair", Person: "anna", Roles: []domain.Role{domain.MT}}
	for debriefed, opens := range map[domain.Day]bool{"": false, ago(1): true} {
		r := rounds.Round{ID: "r1", Kind: domain.Feedback, Subject: "anna", Coach: "cora", Status: round.StatusReleased, Debriefed: debriefed}
		if got := access.Can(anna, access.RoundResult, r.Resource("fair", nil)); got != opens {
			t.Errorf("talked about on %q: its subject may open the report is %v, want %v", debriefed, got, opens)
		}
	}
	if cr33.Find != nil {
		t.Error("what holds at all times is looked for")
	}
}

func second(_ []round.Event, err error) error { return err }

func first(t *testing.T) func([]round.Event, error) []round.Event {
	return func(events []round.Event, err error) []round.Event {
		if err != nil {
			t.Error(err)
		}
		return events
	}
}
