package coachings_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/coaching"
	"koersvast/domain/programme"
	"koersvast/projections"
	"koersvast/projections/coachings"
	"koersvast/projections/projectionstest"
)

func say(text string) domain.Private {
	return domain.Say(domain.KeyOf("anna", domain.Coaching), text)
}

func keep(by domain.PersonID, text string) domain.Private {
	return domain.Say(domain.KeyOf(by, domain.OwnNotes), text)
}

var erased = projectionstest.Erased(domain.KeyOf("anna", domain.Coaching))

func on(id domain.CoachingID) domain.Stream {
	return domain.Stream{Kind: "coaching", ID: string(id)}
}

func contract(aims string) coaching.Contract {
	return coaching.Contract{Aims: say(aims), SetUp: say("Elke maand een uur."), From: "2026-03-01", Until: "2026-12-31"}
}

// Bram coaches Anna, and Cees pays. Dina leads, and proposed it.
var (
	everybody = projectionstest.Act(programme.Home("tide"), "2026-03-01", "dina",
		programme.PersonAdded{ID: "anna", Roles: []domain.Role{domain.MT}},
		programme.PersonAdded{ID: "bram", Roles: []domain.Role{domain.Coach}},
		programme.PersonAdded{ID: "cees", Roles: []domain.Role{domain.MT}},
		programme.PersonAdded{ID: "dina", Roles: []domain.Role{domain.Lead}})
	proposed = coaching.Proposed{ID: "c1", By: "dina", Coach: "bram", Coachee: "anna", Sponsor: "cees", Reason: coaching.AfterFeedback, Contract: contract("Beter luisteren.")}
	stands   = coachings.Coaching{
		ID: "c1", Coach: "bram", Coachee: "anna", Sponsor: "cees", ProposedBy: "dina", Reason: coaching.AfterFeedback,
		Status: coachings.Proposed, DeclinedWhy: new(""), Place: 2,
		Version: coachings.Version{Number: 1, By: "dina", Said: "2026-03-02", Aims: new("Beter luisteren."), SetUp: new("Elke maand een uur."), Why: new(""), From: "2026-03-01", Until: "2026-12-31"},
		Agreed:  []coachings.Agreement{},
	}
	threeAgree = []domain.Event{agreed("anna", 1), agreed("bram", 1), agreed("cees", 1)}
	meet       = coaching.SessionPlanned{ID: "c1", Session: "s1", Round: "r1", Slot: coaching.Slot{Day: "2026-03-20", Start: "14:30", Minutes: 60}, Place: say("Kamer 2")}
	talk       = coachings.Session{
		Coaching: "c1", ID: "s1", Round: "r1", Slot: meet.Slot, Place: new("Kamer 2"), Status: coachings.Planned, Why: new(""),
		Changed: domain.Day("2026-03-10").Start().Add(9 * time.Hour),
	}
	goal = coaching.GoalSet{
		ID: "c1", Goal: "g1", Text: say("Eerst vragen."), Links: coaching.Links{Behaviour: "vragen", Promise: "p1", Round: "r1", Question: "q1"},
		Due: "2026-06-30", SharedWith: []domain.Party{domain.Person("bram")},
	}
	wants = coachings.Goal{
		Coaching: "c1", ID: "g1", Coachee: "anna", Text: new("Eerst vragen."), Links: goal.Links, Due: "2026-06-30",
		Status: coachings.Active, SetOn: "2026-03-10", SharedWith: goal.SharedWith, Steps: []coachings.Step{},
	}
)

func agreed(by domain.PersonID, version int) coaching.Agreed {
	return coaching.Agreed{ID: "c1", By: by, On: "2026-03-03", Version: version}
}

// days is a coaching of which each fact happened a day after the one before,
// the first on the second of March.
func days(facts ...domain.Event) *projectionstest.Log {
	log := projectionstest.Facts("tide", everybody)
	day := domain.Day("2026-03-01")
	for _, fact := range append([]domain.Event{proposed}, facts...) {
		day = day.Add(1)
		log.Append(projectionstest.Act(on("c1"), day, "bram", fact))
	}
	return log
}

// onTheTenth is a coaching in force, of which these facts happened from the
// tenth of March on.
func onTheTenth(facts ...domain.Event) *projectionstest.Log {
	log := days(threeAgree...)
	day := domain.Day("2026-03-10")
	for _, fact := range facts {
		log.Append(projectionstest.Act(on("c1"), day, "bram", fact))
		day = day.Add(1)
	}
	return log
}

func TestWhereAContractStands(t *testing.T) {
	revised := coaching.Revised{ID: "c1", By: "anna", Version: 2, Contract: contract("Beter vragen."), Why: say("Preciezer.")}
	other := coachings.Version{Number: 2, By: "anna", Said: "2026-03-03", Aims: new("Beter vragen."), SetUp: new("Elke maand een uur."), Why: new("Preciezer."), From: "2026-03-01", Until: "2026-12-31"}
	for _, c := range []struct {
		name  string
		facts []domain.Event
		now   func(*coachings.Coaching)
	}{
		{"it waits for all three", nil, func(*coachings.Coaching) {}},
		{"two of them are not enough", threeAgree[:2], func(c *coachings.Coaching) {
			c.Agreed = []coachings.Agreement{{Person: "anna", On: "2026-03-03"}, {Person: "bram", On: "2026-03-03"}}
		}},
		{"with the third it is in force", threeAgree, func(c *coachings.Coaching) {
			c.Status, c.Since = coachings.InForce, "2026-03-03"
			c.Agreed = []coachings.Agreement{{Person: "anna", On: "2026-03-03"}, {Person: "bram", On: "2026-03-03"}, {Person: "cees", On: "2026-03-03"}}
		}},
		{"who revises it agrees to that, and the others have yet to", []domain.Event{revised}, func(c *coachings.Coaching) {
			c.Version, c.Agreed = other, []coachings.Agreement{{Person: "anna", On: "2026-03-03"}}
		}},
		{"whoever says no may say why", []domain.Event{coaching.Declined{ID: "c1", By: "cees", Version: 1, Why: say("Te duur.")}}, func(c *coachings.Coaching) {
			c.Status, c.DeclinedBy, c.DeclinedWhy = coachings.Declined, "cees", new("Te duur.")
		}},
		{"other terms undo a no", []domain.Event{coaching.Declined{ID: "c1", By: "cees", Version: 1, Why: erased}, coaching.Revised{ID: "c1", By: "dina", Version: 2, Contract: contract("Beter vragen."), Why: say("Preciezer.")}}, func(c *coachings.Coaching) {
			c.Version = other
			c.Version.By, c.Said = "dina", "2026-03-04"
		}},
		{"what was in force goes on while it is revised", append(threeAgree[:3:3], revised), func(c *coachings.Coaching) {
			c.Status, c.Since, c.Version = coachings.Revised, "2026-03-03", other
			c.Said, c.Agreed = "2026-03-06", []coachings.Agreement{{Person: "anna", On: "2026-03-06"}}
		}},
		{"it ends", append(threeAgree[:3:3], coaching.Closed{ID: "c1", By: "anna", On: "2026-03-05"}), func(c *coachings.Coaching) {
			c.Status, c.Since, c.Closed, c.ClosedBy = coachings.Closed, "2026-03-03", "2026-03-05", "anna"
			c.Agreed = []coachings.Agreement{{Person: "anna", On: "2026-03-03"}, {Person: "bram", On: "2026-03-03"}, {Person: "cees", On: "2026-03-03"}}
		}},
		{"its words can be erased", []domain.Event{coaching.Revised{ID: "c1", By: "dina", Version: 2, Contract: coaching.Contract{Aims: erased, SetUp: erased, From: "2026-03-01", Until: "2026-12-31"}, Why: erased}}, func(c *coachings.Coaching) {
			c.Version = coachings.Version{Number: 2, By: "dina", Said: "2026-03-03", From: "2026-03-01", Until: "2026-12-31"}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := stands
			c.now(&want)
			got, err := coachings.TheCoaching(t.Context(), projectionstest.Read(t, days(c.facts...), coachings.Model), "tide", "c1")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the coaching (-want +got):\n%s", diff)
			}
		})
	}
	r := projectionstest.Read(t, days(revised), coachings.Model)
	was, err := coachings.Versions(t.Context(), r, "tide", "c1")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]coachings.Version{stands.Version}, was); diff != "" {
		t.Errorf("what it said before (-want +got):\n%s", diff)
	}
}

func TestWhereASessionStands(t *testing.T) {
	moved := coaching.SessionMoved{ID: "c1", Session: "s1", Slot: coaching.Slot{Day: "2026-03-27", Start: "09:00", Minutes: 45}, Place: say("Buiten"), Why: say("Anna is vrij.")}
	for _, c := range []struct {
		name  string
		facts []domain.Event
		now   func(*coachings.Session)
	}{
		{"it is planned", nil, func(*coachings.Session) {}},
		{"it moves", []domain.Event{moved}, func(s *coachings.Session) {
			s.Slot, s.Place, s.Why, s.Revision = moved.Slot, new("Buiten"), new("Anna is vrij."), 1
		}},
		{"it is cancelled after all", []domain.Event{moved, coaching.SessionCancelled{ID: "c1", Session: "s1", Why: erased}}, func(s *coachings.Session) {
			s.Slot, s.Place, s.Why, s.Revision, s.Status = moved.Slot, new("Buiten"), nil, 2, coachings.Cancelled
		}},
		{"it takes place", []domain.Event{coaching.SessionHeld{ID: "c1", Session: "s1", Round: "r1", On: "2026-03-21"}}, func(s *coachings.Session) {
			s.Status, s.Held = coachings.Held, "2026-03-21"
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := talk
			want.Changed = want.Changed.AddDate(0, 0, len(c.facts))
			c.now(&want)
			r := projectionstest.Read(t, onTheTenth(append([]domain.Event{meet}, c.facts...)...), coachings.Model)
			got, err := coachings.TheSession(t.Context(), r, "tide", "c1", "s1")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the session (-want +got):\n%s", diff)
			}
			all, err := coachings.Sessions(t.Context(), r, "tide", "c1")
			if diff := cmp.Diff([]coachings.Session{want}, all); diff != "" || err != nil {
				t.Errorf("all of them: %v (-want +got):\n%s", err, diff)
			}
			for _, who := range []domain.PersonID{"anna", "bram", "cees", "dina"} {
				mine, err := coachings.Calendar(t.Context(), r, "tide", who)
				if has := len(mine) == 1; has != (who == "anna" || who == "bram") || err != nil {
					t.Errorf("the calendar of %s has %d sessions, %v", who, len(mine), err)
				}
			}
		})
	}
}

func TestWhoReadsANote(t *testing.T) {
	r := projectionstest.Read(t, onTheTenth(
		coaching.NoteShared{ID: "c1", Note: "n1", By: "bram", Session: "s1", Text: say("We begonnen.")},
		coaching.NoteKept{ID: "c1", Note: "n2", By: "bram", Text: keep("bram", "Zij aarzelt.")},
		coaching.NoteKept{ID: "c1", Note: "n3", By: "anna", Text: keep("anna", "Hij luistert.")},
		coaching.NoteAmended{ID: "c1", Note: "n1", Text: say("We begonnen bij de ronde.")},
		coaching.NoteAmended{ID: "c1", Note: "n2", Text: keep("bram", "Zij aarzelde.")},
	), coachings.Model)
	shared := coachings.Note{ID: "n1", By: "bram", Session: "s1", Words: []coachings.Words{{Said: "2026-03-13", Text: new("We begonnen bij de ronde.")}, {Said: "2026-03-10", Text: new("We begonnen.")}}}
	bram := coachings.Note{ID: "n2", By: "bram", Own: true, Words: []coachings.Words{{Said: "2026-03-14", Text: new("Zij aarzelde.")}, {Said: "2026-03-11", Text: new("Zij aarzelt.")}}}
	anna := coachings.Note{ID: "n3", By: "anna", Own: true, Words: []coachings.Words{{Said: "2026-03-12", Text: new("Hij luistert.")}}}
	for who, want := range map[domain.PersonID][]coachings.Note{"anna": {anna, shared}, "bram": {bram, shared}} {
		got, err := coachings.Notes(t.Context(), r, "tide", "c1", who)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s reads (-want +got):\n%s", who, diff)
		}
	}
}

func TestWhereALearningGoalStands(t *testing.T) {
	reworded := coaching.GoalRevised{ID: "c1", Goal: "g1", Text: say("Altijd vragen."), Due: "2026-07-31", Why: say("Vaker.")}
	for _, c := range []struct {
		name  string
		facts []domain.Event
		now   func(*coachings.Goal)
	}{
		{"it runs", nil, func(*coachings.Goal) {}},
		{"other words leave a trace", []domain.Event{reworded}, func(g *coachings.Goal) {
			g.Text, g.Links, g.Due = new("Altijd vragen."), coaching.Links{}, "2026-07-31"
			g.Steps = []coachings.Step{{Kind: coachings.Reworded, Day: "2026-03-11", Text: new("Eerst vragen."), Why: new("Vaker.")}}
		}},
		{"there is progress, said or not", []domain.Event{coaching.ProgressNoted{ID: "c1", Goal: "g1", Text: say("Twee keer.")}, coaching.ProgressNoted{ID: "c1", Goal: "g1", Text: erased}}, func(g *coachings.Goal) {
			g.Steps = []coachings.Step{{Kind: coachings.Noted, Day: "2026-03-11", Text: new("Twee keer."), Why: new("")}, {Kind: coachings.Noted, Day: "2026-03-12", Why: new("")}}
		}},
		{"it is reached", []domain.Event{coaching.GoalCompleted{ID: "c1", Goal: "g1"}}, func(g *coachings.Goal) {
			g.Status = coachings.Completed
			g.Steps = []coachings.Step{{Kind: "completed", Day: "2026-03-11", Text: new(""), Why: new("")}}
		}},
		{"it is let go", []domain.Event{coaching.GoalDropped{ID: "c1", Goal: "g1", Why: say("Niet meer nodig.")}}, func(g *coachings.Goal) {
			g.Status = coachings.Dropped
			g.Steps = []coachings.Step{{Kind: "dropped", Day: "2026-03-11", Text: new(""), Why: new("Niet meer nodig.")}}
		}},
		{"it is shared with others", []domain.Event{coaching.GoalShared{ID: "c1", Goal: "g1", With: []domain.Party{domain.TheMT}}}, func(g *coachings.Goal) {
			g.SharedWith = []domain.Party{domain.TheMT}
		}},
		{"or with nobody", []domain.Event{coaching.GoalShared{ID: "c1", Goal: "g1"}}, func(g *coachings.Goal) { g.SharedWith = []domain.Party{} }},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := wants
			c.now(&want)
			r := projectionstest.Read(t, onTheTenth(append([]domain.Event{goal}, c.facts...)...), coachings.Model)
			got, err := coachings.Goals(t.Context(), r, "tide", "c1", coachings.Sight{Person: "anna"})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]coachings.Goal{want}, got); diff != "" {
				t.Errorf("the goal (-want +got):\n%s", diff)
			}
			wantReaders(t, r, want)
		})
	}
}

// wantReaders holds the views against the rule of access.
func wantReaders(t *testing.T, r projections.Reader, g coachings.Goal) {
	t.Helper()
	for _, a := range []access.Actor{
		{Person: "anna", Roles: []domain.Role{domain.MT}},
		{Person: "bram", Roles: []domain.Role{domain.Coach}},
		{Person: "cees", Roles: []domain.Role{domain.MT}},
		{Person: "dina", Roles: []domain.Role{domain.Lead}},
		{Person: "anna", Roles: []domain.Role{domain.Admin}},
		{Roles: domain.Roles},
	} {
		a.Programme = "tide"
		may := access.Can(a, access.GoalRead, g.Resource("tide"))
		here, err := coachings.Goals(t.Context(), r, "tide", "c1", coachings.SightOf(a))
		if got := len(here) == 1; got != may || err != nil {
			t.Errorf("%q %v reads the goal: %v, %v; may: %v", a.Person, a.Roles, got, err, may)
		}
		there, err := coachings.SharedGoals(t.Context(), r, "tide", coachings.SightOf(a))
		if got, want := len(there) == 1, may && a.Person != "anna"; got != want || err != nil {
			t.Errorf("%q %v has it shared: %v, %v; want %v", a.Person, a.Roles, got, err, want)
		}
	}
}

func TestEveryFactIsTold(t *testing.T) {
	told := map[string]bool{}
	for _, e := range append(threeAgree,
		proposed, meet, goal, coaching.Revised{}, coaching.Declined{}, coaching.Closed{}, coaching.SessionMoved{}, coaching.SessionCancelled{},
		coaching.SessionHeld{}, coaching.NoteShared{}, coaching.NoteKept{}, coaching.NoteAmended{}, coaching.GoalRevised{},
		coaching.ProgressNoted{}, coaching.GoalCompleted{}, coaching.GoalDropped{}, coaching.GoalShared{}) {
		told[e.EventName()] = true
	}
	for _, e := range coaching.Events {
		if !told[e.Name] {
			t.Errorf("no test here tells %s", e.Name)
		}
	}
}

// story is a spring of one programme, with a coaching of another one between
// that has the same id.
func story() *projectionstest.Log {
	there := projectionstest.Act(on("c1"), "2026-03-02", "bram",
		coaching.Proposed{ID: "c1", By: "bram", Coach: "bram", Coachee: "cees", Sponsor: "anna", Reason: coaching.OtherReason, Contract: contract("Elders.")},
		goal, meet, coaching.NoteShared{ID: "c1", Note: "n1", By: "bram", Text: say("Elders.")})
	there.Programme = "elsewhere"
	return projectionstest.Facts("tide",
		/* 1 */ everybody,
		/* 2 */ projectionstest.Act(on("c1"), "2026-03-02", "dina", proposed),
		/* 3 */ there,
		/* 4 */ projectionstest.Act(on("c1"), "2026-03-03", "anna", threeAgree...),
		/* 5 */ projectionstest.Act(on("c2"), "2026-03-04", "cees", coaching.Proposed{ID: "c2", By: "cees", Coach: "bram", Coachee: "cees", Sponsor: "dina", Reason: coaching.Standstill, Contract: contract("Weer leren.")}),
		/* 6 */ projectionstest.Act(on("c1"), "2026-03-10", "bram", meet),
		/* 7 */ projectionstest.Act(on("c1"), "2026-03-21", "bram", coaching.SessionHeld{ID: "c1", Session: "s1", Round: "r1", On: "2026-03-20"}),
		/* 8 */ projectionstest.Act(on("c1"), "2026-03-22", "bram", coaching.SessionPlanned{ID: "c1", Session: "s2", Slot: coaching.Slot{Day: "2026-04-20", Start: "10:00", Minutes: 60}}),
		/* 9 */ projectionstest.Act(on("c1"), "2026-03-23", "anna", goal, coaching.ProgressNoted{ID: "c1", Goal: "g1", Text: say("Twee keer.")}),
		/* 10 */ projectionstest.Act(on("c1"), "2026-03-24", "bram", coaching.NoteKept{ID: "c1", Note: "n1", By: "bram", Text: keep("bram", "Zij aarzelt.")}),
		/* 11 */ projectionstest.Act(on("c3"), "2026-03-25", "dina", coaching.Proposed{ID: "c3", By: "dina", Coach: "bram", Coachee: "els", Sponsor: "cees", Reason: coaching.OtherReason, Contract: contract("Iets.")}),
		/* 12 */ projectionstest.Act(programme.Home("tide"), "2026-04-01", "dina", programme.RolesGiven{ID: "dina", Roles: []domain.Role{domain.Lead, domain.MT}}),
		/* 13 */ projectionstest.Act(programme.Home("tide"), "2026-04-02", "dina", programme.PersonLeft{ID: "cees"}),
		/* 14 */ projectionstest.Act(on("c2"), "2026-04-03", "cees", coaching.Declined{ID: "c2", By: "dina", Version: 1}),
	)
}

func TestWhoHasToDoWithWhat(t *testing.T) {
	r := projectionstest.Read(t, story(), coachings.Model)
	for who, want := range map[domain.PersonID][]domain.CoachingID{
		"anna": {"c1"}, "bram": {"c3", "c2", "c1"}, "cees": {"c3", "c2", "c1"}, "dina": {"c3", "c2"}, "els": {"c3"}, "fred": {},
	} {
		list, err := coachings.Of(t.Context(), r, "tide", who)
		if err != nil {
			t.Fatal(err)
		}
		got := []domain.CoachingID{}
		for _, c := range list {
			got = append(got, c.ID)
			a := access.Actor{Programme: "tide", Person: who, Roles: []domain.Role{domain.Coach}}
			if !access.Can(a, access.CoachingTerms, c.Resource("tide")) {
				t.Errorf("%s may not read %s", who, c.ID)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", who, diff)
		}
	}
}

func TestTheProgrammeKnowsDatesAndOneCount(t *testing.T) {
	r := projectionstest.Read(t, story(), coachings.Model)
	dates, err := coachings.AllDates(t.Context(), r, "tide")
	if err != nil {
		t.Fatal(err)
	}
	want := []coachings.Dates{{
		Coach: "bram", Coachee: "anna", From: "2026-03-01", Until: "2026-12-31",
		Times: coachings.Times{Held: 1, Last: "2026-03-20", Next: "2026-04-20"},
	}}
	if diff := cmp.Diff(want, dates); diff != "" {
		t.Errorf("dates (-want +got):\n%s", diff)
	}
	for at, want := range map[domain.Position]coachings.Reach{1: {MT: 2}, 6: {MT: 2}, 7: {MT: 2, Met: 1}, 12: {MT: 3, Met: 1}, 13: {MT: 2, Met: 1}} {
		got, err := coachings.TheReach(t.Context(), projectionstest.ReadPast(t, story(), "tide", at, coachings.Model), "tide")
		if got != want || err != nil {
			t.Errorf("at %d: %+v, %v; want %+v", at, got, err, want)
		}
	}
}

func TestProgrammesAreNeverMixed(t *testing.T) {
	r := projectionstest.Read(t, story(), coachings.Model)
	c, err := coachings.TheCoaching(t.Context(), r, "elsewhere", "c1")
	if err != nil || c.Coachee != "cees" || *c.Aims != "Elders." || len(c.Agreed) != 1 || c.Held != 0 || c.Next != "2026-03-20" {
		t.Errorf("the other programme has %+v, %v", c, err)
	}
	goals, err := coachings.Goals(t.Context(), r, "elsewhere", "c1", coachings.Sight{Person: "cees"})
	if err != nil || len(goals) != 1 || len(goals[0].Steps) != 0 {
		t.Errorf("its goals are %+v, %v", goals, err)
	}
	notes, err := coachings.Notes(t.Context(), r, "elsewhere", "c1", "bram")
	if err != nil || len(notes) != 1 || len(notes[0].Words) != 1 || *notes[0].Words[0].Text != "Elders." {
		t.Errorf("its notes are %+v, %v", notes, err)
	}
	for _, id := range []domain.CoachingID{"c2", "nothing"} {
		if _, err := coachings.TheCoaching(t.Context(), r, "elsewhere", id); !errors.Is(err, coaching.ErrUnknown) {
			t.Errorf("%s: %v, want %v", id, err, coaching.ErrUnknown)
		}
	}
	if _, err := coachings.TheSession(t.Context(), r, "elsewhere", "c1", "s2"); !errors.Is(err, coaching.ErrUnknownSession) {
		t.Errorf("a session of the first: %v, want %v", err, coaching.ErrUnknownSession)
	}
	if dates, err := coachings.AllDates(t.Context(), r, "elsewhere"); len(dates) != 0 || err != nil {
		t.Errorf("nobody agreed there, and there is %+v, %v", dates, err)
	}
}

func TestLiveEqualsRebuilt(t *testing.T) {
	projectionstest.LiveEqualsRebuilt(t, story(), coachings.Model)
}
