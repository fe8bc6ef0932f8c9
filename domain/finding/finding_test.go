package finding_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"koersvast/domain"
	"koersvast/domain/domaintest"
	"koersvast/domain/finding"
)

type (
	rule  = domaintest.Rule[finding.State]
	facts = []finding.Event
)

// Bas promised; nobody is who the clock acts as.
var (
	bas   = on("bas", "2026-03-02")
	clock = on("", "2026-03-02")
)

func on(p domain.PersonID, day domain.Day) domain.Act {
	return domain.Act{By: p, At: day.Start().Add(9 * time.Hour)}
}

const id = domain.FindingID("cr-01-p1")

var (
	raise  = finding.Raise{Rule: "CR-01", Version: 1, Severity: "attention", Kind: "promise", Object: "p1", Position: 40, Owner: "bas", Roles: []domain.Role{domain.Lead}}
	raised = finding.Raised{
		ID: id, Rule: "CR-01", Version: 1, Severity: "attention", Kind: "promise", Object: "p1", Day: "2026-03-02", Position: 40, Owner: "bas",
		Roles: []domain.Role{domain.Lead},
	}
	blocking = finding.Raised{
		ID: "cr-63-dichtbij", Rule: "CR-63", Version: 1, Severity: "blocks", Blocks: true, Kind: "programme", Object: "dichtbij", Day: "2026-03-02", Position: 40,
	}

	cleared   = finding.Cleared{ID: id, Day: "2026-03-02", Position: 41}
	discussed = finding.Discussed{ID: id, By: "bas", Note: said("We toetsen in april.")}
	resolved  = finding.Resolved{ID: id, By: "bas", How: said("De toetsing staat.")}
	dismissed = finding.Dismissed{ID: id, By: "bas", Why: said("Die belofte loopt af.")}
	snoozed   = finding.Snoozed{ID: id, By: "bas", Until: "2026-04-01"}
	reopened  = finding.Reopened{ID: id, By: "bas"}
)

// said is a text as it stands in a fact about a promise of Bas.
func said(text string) domain.Private {
	return domain.Say(domain.KeyOf("bas", domain.Promises), text)
}

func with(r finding.Raise, change func(*finding.Raise)) finding.Raise {
	change(&r)
	return r
}

func again(change func(*finding.Raised)) finding.Raised {
	r := raised
	change(&r)
	return r
}

func TestTheClockRaisesAndClears(t *testing.T) {
	graver := with(raise, func(r *finding.Raise) { r.Severity = "serious" })
	nowGraver := again(func(r *finding.Raised) { r.Severity = "serious" })
	newer := with(raise, func(r *finding.Raise) { r.Version = 2 })
	nowNewer := again(func(r *finding.Raised) { r.Version = 2 })
	domaintest.Check(t, []rule{
		{
			Name: "a rule finds something",
			By:   clock,
			When: finding.Raise{Rule: "CR-01", Version: 1, Severity: "attention", Kind: "promise", Object: "p1", Position: 40, Owner: "bas", Roles: []domain.Role{domain.Lead}},
			Then: facts{raised},
		},
		{Name: "and the next day the same", Given: facts{raised}, By: on("", "2026-03-03"), When: raise},
		{
			Name:  "however far the log went on",
			Given: facts{raised}, By: on("", "2026-03-03"),
			When: with(raise, func(r *finding.Raise) { r.Position = 90 }),
		},
		{Name: "what people said of it stands", Given: facts{raised, discussed}, By: clock, When: raise},
		{Name: "what waits goes on waiting", Given: facts{raised, snoozed}, By: clock, When: raise},
		{Name: "what was resolved stays resolved", Given: facts{raised, resolved}, By: clock, When: raise},
		{Name: "it becomes more serious", Given: facts{raised, snoozed}, By: clock, When: graver, Then: facts{nowGraver}},
		{Name: "its rule asks something else", Given: facts{raised, dismissed}, By: clock, When: newer, Then: facts{nowNewer}},
		{
			Name:  "it no longer holds",
			Given: facts{raised}, By: clock,
			When: finding.Clear{ID: id, Position: 41},
			Then: facts{cleared},
		},
		{Name: "whatever people said of it", Given: facts{raised, dismissed}, By: clock, When: finding.Clear{ID: id, Position: 41}, Then: facts{cleared}},
		{Name: "it ends once", Given: facts{raised, cleared}, By: clock, When: finding.Clear{ID: id, Position: 42}},
		{Name: "what was never found does not end", By: clock, When: finding.Clear{ID: id, Position: 42}},
		{
			Name:  "it comes back when the condition does",
			Given: facts{raised, dismissed, cleared}, By: on("", "2026-05-01"),
			When: with(raise, func(r *finding.Raise) { r.Position = 90 }),
			Then: facts{again(func(r *finding.Raised) { r.Day, r.Position = "2026-05-01", 90 })},
		},
	})
}

func TestWhatPeopleMakeOfIt(t *testing.T) {
	graver := again(func(r *finding.Raised) { r.Severity = "serious" })
	newer := again(func(r *finding.Raised) { r.Version = 2 })
	long := strings.Repeat("é", 4001)
	domaintest.Check(t, []rule{
		{
			Name:  "it was talked about",
			Given: facts{raised}, By: bas,
			When: finding.Discuss{ID: id, Note: "We toetsen in april."},
			Then: facts{discussed},
		},
		{Name: "nothing need be written", Given: facts{raised}, By: bas, When: finding.Discuss{ID: id}, Then: facts{finding.Discussed{ID: id, By: "bas"}}},
		{Name: "which is said once", Given: facts{raised, discussed}, By: bas, When: finding.Discuss{ID: id}},
		{Name: "talked about again, something came of it", Given: facts{raised, finding.Discussed{ID: id, By: "bas"}}, By: bas, When: finding.Discuss{ID: id, Note: "We toetsen in april."}, Then: facts{discussed}},
		{Name: "also while it waits", Given: facts{raised, snoozed}, By: bas, When: finding.Discuss{ID: id, Note: "We toetsen in april."}, Then: facts{discussed}},
		{Name: "a note fits on a page", Given: facts{raised}, By: bas, When: finding.Discuss{ID: id, Note: long}, Err: domain.ErrTooLong, Field: "note"},
		{Name: "what was never found is not talked about", By: bas, When: finding.Discuss{ID: id}, Err: finding.ErrUnknown},
		{Name: "nor what has passed", Given: facts{raised, cleared}, By: bas, When: finding.Discuss{ID: id}, Err: finding.ErrCleared},
		{Name: "nor what was resolved", Given: facts{raised, resolved}, By: bas, When: finding.Discuss{ID: id}, Err: finding.ErrClosed},
		{
			Name:  "what is about nobody is kept as who wrote it",
			Given: facts{blocking}, By: bas,
			When: finding.Discuss{ID: "cr-63-dichtbij", Note: "De brief is weg."},
			Then: facts{finding.Discussed{ID: "cr-63-dichtbij", By: "bas", Note: said("De brief is weg.")}},
		},
		{
			Name:  "what is about somebody is kept as theirs, whoever wrote it",
			Given: facts{raised}, By: on("carla", "2026-03-02"),
			When: finding.Discuss{ID: id, Note: "We toetsen in april."},
			Then: facts{finding.Discussed{ID: id, By: "carla", Note: said("We toetsen in april.")}},
		},

		{
			Name:  "it was resolved",
			Given: facts{raised, discussed}, By: bas,
			When: finding.Resolve{ID: id, How: "De toetsing staat."},
			Then: facts{resolved},
		},
		{Name: "which is said once, too", Given: facts{raised, resolved}, By: bas, When: finding.Resolve{ID: id, How: "Nog eens."}},
		{Name: "not without saying how", Given: facts{raised}, By: bas, When: finding.Resolve{ID: id}, Err: domain.ErrRequired, Field: "how"},
		{Name: "what did not apply is not resolved", Given: facts{raised, dismissed}, By: bas, When: finding.Resolve{ID: id, How: "Toch."}, Err: finding.ErrClosed},
		{Name: "what blocks is resolved by its cause only", Given: facts{blocking}, By: bas, When: finding.Resolve{ID: "cr-63-dichtbij", How: "Wij mogen vast."}, Err: finding.ErrBlocks},
		{Name: "nor is what passed", Given: facts{raised, cleared}, By: bas, When: finding.Resolve{ID: id, How: "Toch."}, Err: finding.ErrCleared},

		{
			Name:  "it does not apply",
			Given: facts{raised, snoozed}, By: bas,
			When: finding.Dismiss{ID: id, Why: "Die belofte loopt af."},
			Then: facts{dismissed},
		},
		{Name: "and not twice", Given: facts{raised, dismissed}, By: bas, When: finding.Dismiss{ID: id, Why: "Nog eens."}},
		{Name: "not without a reason", Given: facts{raised}, By: bas, When: finding.Dismiss{ID: id, Why: " "}, Err: domain.ErrRequired, Field: "why"},
		{Name: "what blocks applies", Given: facts{blocking}, By: bas, When: finding.Dismiss{ID: "cr-63-dichtbij", Why: "Het duurt te lang."}, Err: finding.ErrBlocks},
		{Name: "it stays so when it becomes more serious", Given: facts{raised, dismissed, graver}, By: bas, When: finding.Dismiss{ID: id, Why: "Nog eens."}},
		{Name: "and not when the rule asks something else", Given: facts{raised, dismissed, newer}, By: bas, When: finding.Dismiss{ID: id, Why: "Die belofte loopt af."}, Then: facts{dismissed}},

		{
			Name:  "it waits thirty days at most",
			Given: facts{raised}, By: bas,
			When: finding.Snooze{ID: id, Until: "2026-04-01"},
			Then: facts{snoozed},
		},
		{Name: "not a day longer", Given: facts{raised}, By: bas, When: finding.Snooze{ID: id, Until: "2026-04-02"}, Err: finding.ErrSnooze, Field: "until"},
		{Name: "a day at least", Given: facts{raised}, By: bas, When: finding.Snooze{ID: id, Until: "2026-03-03"}, Then: facts{finding.Snoozed{ID: id, By: "bas", Until: "2026-03-03"}}},
		{Name: "not until today", Given: facts{raised}, By: bas, When: finding.Snooze{ID: id, Until: "2026-03-02"}, Err: finding.ErrSnooze, Field: "until"},
		{Name: "until some day", Given: facts{raised}, By: bas, When: finding.Snooze{ID: id}, Err: domain.ErrRequired, Field: "until"},
		{Name: "that there is", Given: facts{raised}, By: bas, When: finding.Snooze{ID: id, Until: "2026-02-30"}, Err: domain.ErrNotADay, Field: "until"},
		{Name: "it waits already", Given: facts{raised, snoozed}, By: bas, When: finding.Snooze{ID: id, Until: "2026-04-01"}},
		{Name: "what blocks does not wait", Given: facts{blocking}, By: bas, When: finding.Snooze{ID: "cr-63-dichtbij", Until: "2026-03-09"}, Err: finding.ErrBlocks},

		{Name: "it asks something after all", Given: facts{raised, dismissed}, By: bas, When: finding.Reopen{ID: id}, Then: facts{reopened}},
		{Name: "or it waited long enough", Given: facts{raised, snoozed}, By: bas, When: finding.Reopen{ID: id}, Then: facts{reopened}},
		{Name: "what is open is open", Given: facts{raised}, By: bas, When: finding.Reopen{ID: id}},
		{Name: "what has passed only its condition brings back", Given: facts{raised, cleared}, By: bas, When: finding.Reopen{ID: id}, Err: finding.ErrCleared},
		{Name: "opened again, it can be resolved", Given: facts{raised, dismissed, reopened}, By: bas, When: finding.Resolve{ID: id, How: "De toetsing staat."}, Then: facts{resolved}},
	})
}

func TestAFindingIsNamedAfterItsRuleAndItsThing(t *testing.T) {
	for about, want := range map[finding.ObjectID]domain.FindingID{
		"p1":                         "cr-01-p1",
		"01JD6VB3Q0PROMISE000000000": "cr-01-01JD6VB3Q0PROMISE000000000",
		finding.ObjectID(strings.Repeat("x", 34)): domain.FindingID("cr-01-" + strings.Repeat("x", 34)),
	} {
		if got := finding.IDOf("CR-01", about); got != want {
			t.Errorf("what CR-01 finds of %s is %s, want %s", about, got, want)
		}
	}
	long := finding.IDOf("CR-01", finding.ObjectID(strings.Repeat("x", 35)))
	if !domain.ValidID(string(long)) || !strings.HasPrefix(string(long), "cr-01-") {
		t.Errorf("what CR-01 finds of something with a long name is %s, which is no id", long)
	}
	if other := finding.IDOf("CR-01", finding.ObjectID(strings.Repeat("y", 35))); other == long {
		t.Error("of two things with long names it finds the same")
	}
}

// TestWhateverHappens sees to it that a finding is raised before anything is
// said of it, and that nothing but its condition closes one that blocks.
func TestWhateverHappens(t *testing.T) {
	ask := rapid.SampledFrom([]func(*rapid.T) domain.Command[finding.State]{
		func(t *rapid.T) domain.Command[finding.State] {
			r := raise
			r.Version = rapid.IntRange(1, 2).Draw(t, "version")
			r.Severity = rapid.SampledFrom([]finding.Severity{"attention", "blocks"}).Draw(t, "severity")
			r.Blocks = r.Severity == "blocks"
			return r
		},
		func(*rapid.T) domain.Command[finding.State] { return finding.Clear{ID: id} },
		func(*rapid.T) domain.Command[finding.State] { return finding.Discuss{ID: id} },
		func(*rapid.T) domain.Command[finding.State] { return finding.Resolve{ID: id, How: "Klaar."} },
		func(*rapid.T) domain.Command[finding.State] { return finding.Dismiss{ID: id, Why: "Nee."} },
		func(*rapid.T) domain.Command[finding.State] { return finding.Snooze{ID: id, Until: "2026-03-09"} },
		func(*rapid.T) domain.Command[finding.State] { return finding.Reopen{ID: id} },
	})
	rapid.Check(t, func(t *rapid.T) {
		domaintest.Walk(t, 40, func(t *rapid.T) (domain.Act, domain.Command[finding.State]) {
			return bas, ask.Draw(t, "command")(t)
		}, func(steps []domaintest.Step[finding.State]) {
			holds, blocks := false, false
			for _, s := range steps {
				switch e := s.Facts[0].(type) {
				case finding.Raised:
					holds, blocks = true, e.Blocks
				case finding.Cleared:
					if !holds {
						t.Fatal("it passed, and it did not hold")
					}
					holds = false
				case finding.Resolved, finding.Dismissed, finding.Snoozed:
					if !holds || blocks {
						t.Fatalf("%T, while it holds: %v, and blocks: %v", e, holds, blocks)
					}
				default:
					if !holds {
						t.Fatalf("%T, and it does not hold", e)
					}
				}
			}
		})
	})
}
