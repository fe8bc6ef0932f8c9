package questions_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/expectation"
	"koersvast/domain/finding"
	"koersvast/domain/method"
	"koersvast/domain/programme"
	"koersvast/domain/promise"
	"koersvast/domain/strategy"
	"koersvast/projections"
	"koersvast/projections/coachings"
	"koersvast/projections/consistency"
	"koersvast/projections/consistency/questions"
	"koersvast/projections/councils"
	"koersvast/projections/evidence"
	"koersvast/projections/expectations"
	"koersvast/projections/findings"
	"koersvast/projections/methods"
	"koersvast/projections/people"
	"koersvast/projections/projectionstest"
	"koersvast/projections/promises"
	"koersvast/projections/rounds"
	"koersvast/projections/strategies"
)

var models = []projections.Model{
	people.Model, strategies.Model, promises.Model, expectations.Model, councils.Model, rounds.Model, coachings.Model, evidence.Model,
	methods.Model, findings.Model,
}

var (
	home  = programme.Home("tide")
	sheet = strategy.Sheet("tide")
	p1    = domain.Stream{Kind: "promise", ID: "p1"}
	e1    = domain.Stream{Kind: "expectation", ID: "e1"}
	ways  = domain.Stream{Kind: "method", ID: "tide"}
	late  = domain.Stream{Kind: "finding", ID: "cr-01-p1"}
)

func say(text string) domain.Private { return domain.Say(domain.KeyOf("bas", domain.Promises), text) }

// happened is what people did, each on its day.
func happened() []domain.Record {
	act := projectionstest.Act
	return []domain.Record{
		act(home, "2026-01-05", "sanne",
			programme.Started{ID: "tide", Name: "Tij"},
			programme.PersonAdded{ID: "sanne"}, programme.RolesGiven{ID: "sanne", Roles: []domain.Role{domain.Lead}},
			programme.PersonAdded{ID: "bas"}, programme.RolesGiven{ID: "bas", Roles: []domain.Role{domain.MT}},
		),
		act(sheet, "2026-01-06", "sanne", strategy.PillarProposed{ID: "near", Name: "Dichtbij"}),
		act(sheet, "2026-01-07", "sanne", strategy.PillarAdopted{ID: "near"}),
		act(e1, "2026-01-08", "sanne", expectation.Expressed{ID: "e1", By: "sanne", Of: domain.TheMT, Text: say("Kom langs.")}),
		act(p1, "2026-01-20", "bas", promise.Made{
			ID: "p1", By: "bas", On: "2026-01-20", Words: promise.Words{Wording: say("Ik bel.")}, Holds: promise.Holds{To: []domain.Party{domain.Everyone}, Pillar: "near", Rhythm: 30},
		}),
		act(ways, "2026-03-20", "sanne", method.SwitchedOff{Rule: "CR-04", Why: "Even niet."}),
		act(ways, "2026-03-25", "sanne", method.SwitchedOn{Rule: "CR-04", Why: "Toch wel."}),
		act(p1, "2026-05-10", "bas", promise.Withdrawn{ID: "p1", Why: say("Het ging niet.")}),
	}
}

// A diary is a programme that is looked at every day, as the clock does.
type diary struct {
	t     *testing.T
	log   *projectionstest.Log
	views *projections.Projector
	noted map[domain.Day]map[domain.FindingID]consistency.Severity // what stood after each day's look
	read  map[domain.Day]domain.Position                           // up to where it looked
}

func newDiary(t *testing.T, until domain.Day) *diary {
	t.Helper()
	d := &diary{
		t: t, log: projectionstest.Facts("tide"), views: projectionstest.Open(t, models...),
		noted: map[domain.Day]map[domain.FindingID]consistency.Severity{}, read: map[domain.Day]domain.Position{},
	}
	acts, stands := happened(), map[domain.FindingID]consistency.Severity{}
	for day := domain.DayOf(acts[0].At); day <= until; day = day.Add(1) {
		for len(acts) > 0 && acts[0].Today() == day {
			d.append(acts[0])
			acts = acts[1:]
		}
		raise, clear := d.due(day)
		for _, c := range raise {
			d.append(d.decided(c, day))
			stands[c.ID()] = consistency.Severity(c.Severity)
		}
		for _, c := range clear {
			d.append(d.decided(c, day))
			delete(stands, c.ID)
		}
		d.noted[day] = maps.Clone(stands)
	}
	return d
}

func (d *diary) append(rec domain.Record) {
	d.t.Helper()
	d.log.Append(rec)
	if err := d.views.CatchUp(d.t.Context(), d.log); err != nil {
		d.t.Fatal(err)
	}
}

// due is what a day's look leads to.
func (d *diary) due(day domain.Day) (raise []finding.Raise, clear []finding.Clear) {
	d.t.Helper()
	err := d.views.Read(d.t.Context(), func(r projections.Reader, at domain.Position) (err error) {
		d.read[day] = at
		raise, clear, err = questions.Due(d.t.Context(), r, "tide", day, at)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return raise, clear
}

// decided is the act to which a command of the clock leads.
func (d *diary) decided(c domain.Command[finding.State], day domain.Day) domain.Record {
	d.t.Helper()
	var s finding.State
	for rec, err := range d.log.After(d.t.Context(), 0) {
		if err != nil {
			d.t.Fatal(err)
		}
		if rec.Stream == c.Stream().In("tide") {
			for _, e := range rec.Events {
				s = e.(finding.Event).Evolve(s)
			}
		}
	}
	rec := projectionstest.Act(c.Stream(), day, "")
	facts, err := c.Decide(s, rec.Act)
	if err != nil || len(facts) != 1 {
		d.t.Fatalf("%+v led to %d facts, %v; want one", c, len(facts), err)
	}
	rec.Events = []domain.Event{facts[0]}
	return rec
}

// found is what could be found on a day, from the facts of then.
func (d *diary) found(day domain.Day, at domain.Position) map[domain.FindingID]consistency.Severity {
	d.t.Helper()
	all, err := questions.Ask(d.t.Context(), projectionstest.ReadPast(d.t, d.log, "tide", at, models...), "tide", day)
	if err != nil {
		d.t.Fatal(err)
	}
	found := map[domain.FindingID]consistency.Severity{}
	for _, q := range all.Found {
		found[q.ID] = q.Severity
	}
	return found
}

func TestWhatCouldBeSeenOnAPastDayIsWhatWasRaisedThen(t *testing.T) {
	d := newDiary(t, "2026-06-30")
	changes := 0
	for i, day := range slices.Sorted(maps.Keys(d.noted)) {
		if i > 0 && maps.Equal(d.noted[day], d.noted[day.Add(-1)]) && i%10 != 0 {
			continue
		}
		changes++
		if diff := cmp.Diff(d.noted[day], d.found(day, d.read[day])); diff != "" {
			t.Errorf("%s (-raised then +found now):\n%s", day, diff)
		}
	}
	if changes < 8 {
		t.Errorf("there were %d days on which something changed: this test has lost its subject", changes)
	}
	if got := d.noted["2026-03-15"]["cr-01-p1"]; got != consistency.Attention {
		t.Errorf("on 15 March the promise asks %q, want attention", got)
	}
	if got := d.noted["2026-04-15"]["cr-01-p1"]; got != consistency.Serious {
		t.Errorf("on 15 April the promise asks %q, want serious", got)
	}
	if _, still := d.noted["2026-06-30"]["cr-01-p1"]; still {
		t.Error("what was withdrawn is still to be checked")
	}
}

func TestWhatPeopleMadeOfItStandsBesideWhatIsFound(t *testing.T) {
	d := newDiary(t, "2026-03-15")
	d.append(projectionstest.Act(late, "2026-03-15", "bas", finding.Snoozed{ID: "cr-01-p1", By: "bas", Until: "2026-03-18"}))
	for day, want := range map[domain.Day]questions.Question{
		"2026-03-17": {Status: finding.StatusSnoozed, Turned: "2026-03-15", Until: "2026-03-18"},
		"2026-03-18": {Status: finding.StatusOpen, Turned: "2026-03-18"},
	} {
		got := d.ask(day, "cr-01-p1").Found
		if len(got) != 1 || got[0].Status != want.Status || got[0].Turned != want.Turned || got[0].Until != want.Until {
			t.Errorf("on %s: got %+v, want %+v", day, got, want)
		}
	}

	d.append(projectionstest.Act(p1, "2026-03-19", "bas", promise.Kept{ID: "p1", On: "2026-03-19"}))
	all := d.ask("2026-03-19", "cr-01-p1")
	if len(all.Found) > 0 || len(all.Passed) != 1 {
		t.Fatalf("a promise that was kept: got %d that hold and %d that have passed", len(all.Found), len(all.Passed))
	}
	q := all.Passed[0]
	if q.Status != finding.StatusCleared || q.Turned != "2026-03-19" || q.Owner != "bas" {
		t.Errorf("before the clock has seen it: got %+v, want it cleared today", q)
	}
}

func TestBeforeAProgrammeBeganThereWasNothingToFind(t *testing.T) {
	d := newDiary(t, "2026-01-05")
	if found := d.found("2026-01-04", 0); len(found) > 0 {
		t.Errorf("the day before: got %v, want nothing", found)
	}
}

func TestAQuestionIsForItsAudience(t *testing.T) {
	d := newDiary(t, "2026-03-15")
	q := d.ask("2026-03-15", "cr-01-p1").Found[0]
	for who, want := range map[domain.PersonID]map[domain.Role]bool{
		"bas":   {domain.MT: true},
		"sanne": {domain.Lead: true},
		"fatma": {domain.MT: false, domain.Employee: false, domain.Coach: false, domain.Admin: false, domain.Reader: false},
	} {
		for role, may := range want {
			a := access.Actor{Programme: "tide", Person: who, Roles: []domain.Role{role}}
			if got := access.Can(a, access.FindingRead, q.Resource("tide")); got != may {
				t.Errorf("%s, who is %s, reads it: %v", who, role, got)
			}
		}
	}
}

// ask returns what there is to talk about on a day, of one finding.
func (d *diary) ask(day domain.Day, only domain.FindingID) (all questions.All) {
	d.t.Helper()
	err := d.views.Read(d.t.Context(), func(r projections.Reader, _ domain.Position) (err error) {
		all, err = questions.Ask(d.t.Context(), r, "tide", day)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	other := func(q questions.Question) bool { return q.ID != only }
	all.Found, all.Passed = slices.DeleteFunc(all.Found, other), slices.DeleteFunc(all.Passed, other)
	return all
}
