package history_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/catalog"
	"koersvast/domain/council"
	"koersvast/domain/expectation"
	"koersvast/domain/method"
	"koersvast/domain/programme"
	"koersvast/domain/promise"
	"koersvast/domain/strategy"
	"koersvast/projections/history"
	"koersvast/projections/projectionstest"
)

func say(by domain.PersonID, text string) domain.Private {
	return domain.Say(domain.KeyOf(by, domain.Promises), text)
}

func erased(by domain.PersonID) domain.Private {
	return projectionstest.Erased(domain.KeyOf(by, domain.Promises))
}

var (
	home  = programme.Home("tide")
	sheet = strategy.Sheet("tide")
	works = council.Home("tide")
	ways  = domain.Stream{Kind: "method", ID: "tide"}
)

func promised(id string) domain.Stream { return domain.Stream{Kind: "promise", ID: id} }
func expected(id string) domain.Stream { return domain.Stream{Kind: "expectation", ID: id} }

// everything may be read by who has this sight.
var everything = history.Sight{People: true, Strategy: true, Expectations: true, Council: true, Method: true, EveryPromise: true}

// read asks what happened in the programme.
func read(t *testing.T, src *projectionstest.Log, s history.Sight, only history.Filter) []history.Line {
	t.Helper()
	lines, err := history.Lines(t.Context(), projectionstest.Read(t, src, history.Model), "tide", s, only)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// TestWhatEachFactTells tells each fact to its readers, after what came before
// it: whose it is, what it was called until then, and what was said now.
func TestWhatEachFactTells(t *testing.T) {
	words := func(text string) promise.Words { return promise.Words{Wording: say("anna", text)} }
	to := promise.Holds{To: []domain.Party{domain.Employees}, Due: "2026-06-30", Rhythm: 60}
	made := promise.Made{ID: "p1", By: "anna", Words: words("Ik bel."), Holds: to}
	proposed := promise.Proposed{ID: "p1", By: "bram", RecordedBy: "anna", Words: words("Ik bel."), Holds: to}
	asked := expectation.Expressed{ID: "e1", By: "bram", Of: domain.TheMT, Text: say("bram", "Kom langs.")}
	pillar := strategy.PillarProposed{ID: "lef", Name: "Nabij"}
	why := say("anna", "Daarom.")
	because := new("Daarom.")

	handled := map[string]bool{}
	for _, c := range []struct {
		on     domain.Stream
		before []domain.Event
		fact   domain.Event
		want   history.Line // its place, times, fact and doer go without saying
	}{
		{home, nil, programme.Started{ID: "tide", Name: "Getij"}, history.Line{Kind: "programme", Thing: "tide", Owner: "cees", Text: new("Getij")}},
		{home, []domain.Event{programme.Started{ID: "tide", Name: "Getij"}}, programme.Renamed{Name: "Eb"}, history.Line{Kind: "programme", Thing: "tide", Owner: "anna", Text: new("Eb"), Quote: new("Getij")}},
		{home, nil, programme.TeamFormed{ID: "noord", Name: "Noord"}, history.Line{Kind: "team", Thing: "noord", Owner: "cees", Text: new("Noord")}},
		{home, []domain.Event{programme.TeamFormed{ID: "noord", Name: "Noord"}}, programme.TeamRenamed{ID: "noord", Name: "Boven"}, history.Line{Kind: "team", Thing: "noord", Owner: "anna", Text: new("Boven"), Quote: new("Noord")}},
		{home, nil, programme.PersonAdded{ID: "bram"}, history.Line{Kind: "person", Thing: "bram", Owner: "bram"}},
		{home, nil, programme.PersonCorrected{ID: "bram"}, history.Line{Kind: "person", Thing: "bram", Owner: "bram"}},
		{home, nil, programme.PersonPlaced{ID: "bram", Team: "noord"}, history.Line{Kind: "person", Thing: "bram", Owner: "bram"}},
		{home, nil, programme.RolesGiven{ID: "bram"}, history.Line{Kind: "person", Thing: "bram", Owner: "bram"}},
		{home, []domain.Event{programme.TeamFormed{ID: "bram", Name: "Team Bram"}}, programme.PersonLeft{ID: "bram"}, history.Line{Kind: "person", Thing: "bram", Owner: "bram"}},
		{home, nil, programme.ManagerSet{ID: "bram", Manager: "anna"}, history.Line{Kind: "person", Thing: "bram", Owner: "bram"}},
		{home, nil, programme.KeyHeld{Person: "bram", Public: "AA=="}, history.Line{Kind: "person", Thing: "bram", Owner: "bram"}},

		{sheet, nil, strategy.MissionFormulated{Text: "Iedereen doet mee."}, history.Line{Kind: "mission", Thing: "mission", Owner: "cees", Text: new("Iedereen doet mee.")}},
		{sheet, []domain.Event{strategy.VisionFormulated{Text: "Om de hoek."}}, strategy.VisionFormulated{Text: "Dichtbij."}, history.Line{Kind: "vision", Thing: "vision", Owner: "anna", Text: new("Dichtbij."), Quote: new("Om de hoek.")}},
		{sheet, []domain.Event{pillar}, strategy.CoreValueChosen{ID: "lef", Name: "Lef"}, history.Line{Kind: "value", Thing: "lef", Owner: "cees", Text: new("Lef")}},
		{sheet, []domain.Event{strategy.CoreValueChosen{ID: "lef", Name: "Lef"}, pillar}, strategy.CoreValueDropped{ID: "lef", Why: why}, history.Line{Kind: "value", Thing: "lef", Owner: "anna", Why: because, Quote: new("Lef")}},
		{sheet, nil, pillar, history.Line{Kind: "pillar", Thing: "lef", Owner: "cees", Text: new("Nabij")}},
		{sheet, []domain.Event{pillar}, strategy.PillarAdopted{ID: "lef"}, history.Line{Kind: "pillar", Thing: "lef", Owner: "anna", Quote: new("Nabij")}},
		{sheet, []domain.Event{pillar}, strategy.PillarReworded{ID: "lef", Name: "Dichtbij", Why: why}, history.Line{Kind: "pillar", Thing: "lef", Owner: "anna", Text: new("Dichtbij"), Why: because, Quote: new("Nabij")}},
		{sheet, []domain.Event{pillar}, strategy.PillarRetired{ID: "lef", Why: why}, history.Line{Kind: "pillar", Thing: "lef", Owner: "anna", Why: because, Quote: new("Nabij")}},
		{sheet, nil, strategy.AmbitionStated{ID: "a", Text: "Iedereen thuis."}, history.Line{Kind: "ambition", Thing: "a", Owner: "cees", Text: new("Iedereen thuis.")}},
		{sheet, []domain.Event{strategy.AmbitionStated{ID: "a", Text: "Iedereen thuis."}}, strategy.AmbitionDropped{ID: "a", Why: why}, history.Line{Kind: "ambition", Thing: "a", Owner: "anna", Why: because, Quote: new("Iedereen thuis.")}},
		{sheet, nil, strategy.ObjectiveSet{ID: "o", Text: "Tien huizen."}, history.Line{Kind: "objective", Thing: "o", Owner: "cees", Text: new("Tien huizen.")}},
		{sheet, []domain.Event{strategy.ObjectiveSet{ID: "o", Text: "Tien huizen."}}, strategy.ObjectiveDropped{ID: "o", Why: why}, history.Line{Kind: "objective", Thing: "o", Owner: "anna", Why: because, Quote: new("Tien huizen.")}},
		{sheet, nil, strategy.BehaviourProposed{ID: "b", Text: "Loopt mee."}, history.Line{Kind: "behaviour", Thing: "b", Owner: "cees", Text: new("Loopt mee.")}},
		{sheet, []domain.Event{strategy.BehaviourProposed{ID: "b", Text: "Loopt mee."}}, strategy.BehaviourAgreed{ID: "b"}, history.Line{Kind: "behaviour", Thing: "b", Owner: "anna", Quote: new("Loopt mee.")}},
		{sheet, []domain.Event{strategy.BehaviourProposed{ID: "b", Text: "Loopt mee."}}, strategy.BehaviourReworded{ID: "b", Text: "Belt.", Why: why}, history.Line{Kind: "behaviour", Thing: "b", Owner: "anna", Text: new("Belt."), Why: because, Quote: new("Loopt mee.")}},
		{sheet, []domain.Event{strategy.BehaviourProposed{ID: "b", Text: "Loopt mee."}}, strategy.BehaviourDropped{ID: "b", Why: why}, history.Line{Kind: "behaviour", Thing: "b", Owner: "anna", Why: because, Quote: new("Loopt mee.")}},

		{promised("p1"), nil, made, history.Line{Owner: "cees", Text: new("Ik bel."), Is: "2026-06-30"}},
		{promised("p1"), nil, proposed, history.Line{Owner: "bram", Text: new("Ik bel."), Is: "2026-06-30"}},
		{promised("p1"), []domain.Event{proposed}, promise.Accepted{ID: "p1", By: "bram", Words: words("Ik bel.")}, history.Line{Owner: "bram", Text: new("Ik bel."), Quote: new("Ik bel.")}},
		{promised("p1"), []domain.Event{proposed}, promise.Declined{ID: "p1", Why: why}, history.Line{Owner: "bram", Why: because, Quote: new("Ik bel.")}},
		{promised("p1"), []domain.Event{made}, promise.Reworded{ID: "p1", Words: words("Ik schrijf."), Why: why}, history.Line{Owner: "anna", Text: new("Ik schrijf."), Why: because, Quote: new("Ik bel.")}},
		{promised("p1"), []domain.Event{made}, promise.Moved{ID: "p1", Was: "2026-06-30", Due: "2026-09-30", Why: why}, history.Line{Owner: "anna", Why: because, Quote: new("Ik bel."), Was: "2026-06-30", Is: "2026-09-30"}},
		{promised("p1"), []domain.Event{made}, promise.BehavioursLinked{ID: "p1"}, history.Line{Owner: "anna", Quote: new("Ik bel.")}},
		{promised("p1"), []domain.Event{made}, promise.RhythmSet{ID: "p1", Days: 30}, history.Line{Owner: "anna", Quote: new("Ik bel.")}},
		{promised("p1"), []domain.Event{made}, promise.Withdrawn{ID: "p1", Why: why}, history.Line{Owner: "anna", Why: because, Quote: new("Ik bel.")}},
		{promised("p1"), []domain.Event{made}, promise.WithdrawalExplained{ID: "p1", Text: why}, history.Line{Owner: "anna", Text: because, Quote: new("Ik bel.")}},
		{promised("p1"), []domain.Event{made}, promise.Kept{ID: "p1", On: "2026-02-01"}, history.Line{Owner: "anna", Day: "2026-02-01", Quote: new("Ik bel.")}},
		{promised("p1"), []domain.Event{made}, promise.Broken{ID: "p1", On: "2026-02-01", Why: why}, history.Line{Owner: "anna", Day: "2026-02-01", Why: because, Quote: new("Ik bel.")}},
		{promised("p1"), []domain.Event{made}, promise.RepairAgreed{ID: "p1", Text: why, Due: "2026-04-01"}, history.Line{Owner: "anna", Text: because, Is: "2026-04-01", Quote: new("Ik bel.")}},
		{promised("p1"), []domain.Event{made}, promise.Repaired{ID: "p1", On: "2026-02-01"}, history.Line{Owner: "anna", Day: "2026-02-01", Quote: new("Ik bel.")}},
		{promised("p1"), []domain.Event{made}, promise.Reopened{ID: "p1", Why: why}, history.Line{Owner: "anna", Why: because, Quote: new("Ik bel.")}},

		{expected("e1"), nil, asked, history.Line{Owner: "cees", Text: new("Kom langs.")}},
		{expected("e1"), []domain.Event{asked}, expectation.Accepted{ID: "e1", By: "cees", Promise: "p1"}, history.Line{Owner: "anna", Quote: new("Kom langs.")}},
		{expected("e1"), []domain.Event{asked}, expectation.Declined{ID: "e1", By: "cees", Why: why}, history.Line{Owner: "anna", Why: because, Quote: new("Kom langs.")}},
		{expected("e1"), []domain.Event{asked}, expectation.Countered{ID: "e1", By: "cees", Offer: why}, history.Line{Owner: "anna", Text: because, Quote: new("Kom langs.")}},
		{expected("e1"), []domain.Event{asked}, expectation.OfferTaken{ID: "e1"}, history.Line{Owner: "anna", Quote: new("Kom langs.")}},
		{expected("e1"), []domain.Event{asked}, expectation.Dropped{ID: "e1", Why: why}, history.Line{Owner: "anna", Why: because, Quote: new("Kom langs.")}},

		{works, nil, council.Sized{Employees: 64}, history.Line{Owner: "cees"}},
		{works, nil, council.ConsentAsked{Number: 1, Scope: "Iedereen."}, history.Line{Owner: "cees", Text: new("Iedereen.")}},
		{works, nil, council.ConsentGranted{Number: 1, Conditions: "Na een jaar opnieuw.", Noted: council.Noted{On: "2026-02-01"}}, history.Line{Owner: "cees", Day: "2026-02-01", Text: new("Na een jaar opnieuw.")}},
		{works, nil, council.ConsentRefused{Number: 1, Why: "Daarom.", Noted: council.Noted{On: "2026-02-01"}}, history.Line{Owner: "cees", Day: "2026-02-01", Why: because}},
		{works, nil, council.ConsentWithdrawn{Number: 1, Why: "Daarom.", Noted: council.Noted{On: "2026-02-01"}}, history.Line{Owner: "cees", Day: "2026-02-01", Why: because}},

		{ways, nil, method.Configured{Number: method.HalfLife, Value: 9000, Why: "Daarom."}, history.Line{Kind: "number", Thing: "half_life", Owner: "cees", Why: because}},
		{ways, nil, method.Tuned{Rule: "CR-01", Param: "late", Value: 150, Why: "Daarom."}, history.Line{Kind: "rule", Thing: "CR-01", Owner: "cees", Why: because}},
		{ways, nil, method.SwitchedOff{Rule: "CR-01", Why: "Daarom."}, history.Line{Kind: "rule", Thing: "CR-01", Owner: "cees", Why: because}},
		{ways, nil, method.SwitchedOn{Rule: "CR-01", Why: "Daarom."}, history.Line{Kind: "rule", Thing: "CR-01", Owner: "cees", Why: because}},
	} {
		t.Run(c.fact.EventName(), func(t *testing.T) {
			handled[c.fact.EventName()] = true
			log := projectionstest.Facts("tide")
			for _, e := range c.before {
				log.Append(projectionstest.Act(c.on, "2026-03-01", "anna", e))
			}
			last := log.Append(projectionstest.Act(c.on, "2026-03-02", "cees", c.fact))

			want := c.want
			want.Position, want.Fact, want.Concept, want.By = last, c.fact.EventName(), c.on.Kind, "cees"
			want.At = domain.Day("2026-03-02").Start().Add(9 * time.Hour)
			if want.Kind == "" {
				want.Kind, want.Thing = c.on.Kind, c.on.ID
			}
			if want.Day == "" {
				want.Day = "2026-03-02"
			}
			for _, text := range []**string{&want.Text, &want.Why, &want.Quote} {
				if *text == nil {
					*text = new("")
				}
			}
			if diff := cmp.Diff([]history.Line{want}, read(t, log, everything, history.Filter{Limit: 1})); diff != "" {
				t.Errorf("the line (-want +got):\n%s", diff)
			}
		})
	}
	for _, e := range catalog.Events() {
		if concept, _, _ := strings.Cut(e.Name, "."); slices.Contains(apart, concept) {
			continue // see the next test
		}
		if !handled[e.Name] {
			t.Errorf("nothing is told of %s", e.Name)
		}
	}
}

// apart are the concepts of which the history tells nobody.
var apart = []string{"coaching", "round", "evidence", "consistency", "finding"}

// What coach and coachee do, what is asked about somebody, and what is found,
// is not even kept among what others cannot read.
func TestWhatIsOfAFewPeopleIsToldToNobody(t *testing.T) {
	for _, e := range catalog.Events() {
		concept, _, _ := strings.Cut(e.Name, ".")
		if !slices.Contains(apart, concept) {
			continue
		}
		fact := reflect.Zero(e.Go).Interface().(domain.Event)
		log := projectionstest.Facts("tide", projectionstest.Act(domain.Stream{Kind: concept, ID: "c1"}, "2026-03-01", "anna", fact))
		var lines int
		r := projectionstest.Read(t, log, history.Model)
		if err := r.QueryRowContext(t.Context(), `SELECT count(*) FROM history`).Scan(&lines); err != nil {
			t.Fatal(err)
		}
		if lines > 0 {
			t.Errorf("history tells of %s", e.Name)
		}
	}
}

func TestWhatIsErasedIsGone(t *testing.T) {
	lines := read(t, projectionstest.Facts("tide",
		projectionstest.Act(promised("p1"), "2026-03-01", "anna", promise.Made{ID: "p1", By: "anna", Words: promise.Words{Wording: erased("anna")}}),
		projectionstest.Act(promised("p1"), "2026-03-02", "anna", promise.Broken{ID: "p1", On: "2026-03-02", Why: erased("anna")}),
	), everything, history.Filter{})
	got := [][3]*string{}
	for _, l := range lines {
		got = append(got, [3]*string{l.Text, l.Why, l.Quote})
	}
	if diff := cmp.Diff([][3]*string{{new(""), nil, nil}, {nil, new(""), new("")}}, got); diff != "" {
		t.Errorf("text, why and quote (-want +got):\n%s", diff)
	}
}

// story is a spring of one programme, with an act of another one between.
func story() *projectionstest.Log {
	made := func(id domain.PromiseID, by domain.PersonID, to ...domain.Party) promise.Made {
		return promise.Made{ID: id, By: by, Words: promise.Words{Wording: say(by, "Ik doe het.")}, Holds: promise.Holds{To: to, Rhythm: 60}}
	}
	there := projectionstest.Act(promised("p1"), "2026-03-02", "anna", made("p1", "anna", domain.Everyone))
	there.Programme = "elsewhere"
	return projectionstest.Facts("tide",
		/* 1 */ projectionstest.Act(home, "2026-03-01", "anna",
			programme.Started{ID: "tide", Name: "Getij"},
			programme.PersonAdded{ID: "anna", Roles: []domain.Role{domain.Lead}},
			programme.PersonAdded{ID: "bram", Roles: []domain.Role{domain.Employee}}),
		/* 2 */ there,
		/* 3 */ projectionstest.Act(sheet, "2026-03-03", "anna", strategy.MissionFormulated{Text: "Iedereen doet mee."}),
		/* 4 */ projectionstest.Act(promised("p1"), "2026-03-04", "anna", made("p1", "anna", domain.Employees, domain.Team("noord"))),
		/* 5 */ projectionstest.Act(promised("p2"), "2026-03-05", "anna", promise.Proposed{ID: "p2", By: "bram", RecordedBy: "anna", Holds: promise.Holds{To: []domain.Party{domain.Person("cees")}, Rhythm: 60}}),
		/* 6 */ projectionstest.Act(expected("e1"), "2026-03-06", "bram", expectation.Expressed{ID: "e1", By: "bram", Of: domain.TheMT, Text: say("bram", "Kom langs.")}),
		/* 7 */ projectionstest.Act(promised("p1"), "2026-04-01", "anna", promise.Kept{ID: "p1", On: "2026-03-05"}),
		/* 8 */ projectionstest.Act(expected("e1"), "2026-04-02", "anna", expectation.Declined{ID: "e1", By: "anna", Why: say("anna", "Nee.")}),
		/* 9 */ projectionstest.Act(works, "2026-04-03", "anna", council.Sized{Employees: 64}),
		/* 10 */ projectionstest.Act(ways, "2026-04-04", "anna", method.SwitchedOff{Rule: "CR-12", Why: "Daarom."}),
	)
}

// places says which lines were read.
func places(lines []history.Line) []history.Place {
	list := make([]history.Place, len(lines))
	for i, l := range lines {
		list[i] = history.Place{Position: l.Position, N: l.N}
	}
	return list
}

// at lists the places of the first facts of acts.
func at(positions ...domain.Position) []history.Place {
	list := []history.Place{}
	for _, p := range positions {
		list = append(list, history.Place{Position: p})
	}
	return list
}

func TestWhatHappenedTheNewestFirst(t *testing.T) {
	beginning := []history.Place{{Position: 1, N: 2}, {Position: 1, N: 1}, {Position: 1, N: 0}}
	for _, c := range []struct {
		name  string
		sight history.Sight
		only  history.Filter
		want  []history.Place
	}{
		{"everything", everything, history.Filter{}, append(at(10, 9, 8, 7, 6, 5, 4, 3), beginning...)},
		{"about one concept", everything, history.Filter{Concept: "promise"}, at(7, 5, 4)},
		{"about what does not exist", everything, history.Filter{Concept: "weather"}, at()},
		{"by somebody, or about them", everything, history.Filter{Person: "bram"}, []history.Place{{Position: 8}, {Position: 6}, {Position: 5}, {Position: 1, N: 2}}},
		{"from a day on", everything, history.Filter{From: "2026-03-06"}, at(10, 9, 8, 6)},
		{"from a day after the last", everything, history.Filter{From: "2027-01-01"}, at()},
		{"up to and with a day, on which it happened", everything, history.Filter{To: "2026-03-05"}, append(at(7, 5, 4, 3), beginning...)},
		{"between two days", everything, history.Filter{From: "2026-03-04", To: "2026-03-05"}, at(7, 5, 4)},
		{"all filters at once", everything, history.Filter{Concept: "expectation", Person: "anna", From: "2026-04-01", To: "2026-04-30"}, at(8)},
		{"a page", everything, history.Filter{Limit: 9}, append(at(10, 9, 8, 7, 6, 5, 4, 3), beginning[0])},
		{"the next, from within an act", everything, history.Filter{Before: beginning[0]}, beginning[1:]},
		{"and of somebody", everything, history.Filter{Before: history.Place{Position: 6}, Person: "bram"}, []history.Place{{Position: 5}, {Position: 1, N: 2}}},
		{"of people only", history.Sight{People: true}, history.Filter{}, beginning},
		{"of the strategy only", history.Sight{Strategy: true}, history.Filter{}, at(3)},
		{"of expectations only", history.Sight{Expectations: true}, history.Filter{}, at(8, 6)},
		{"of the works council only", history.Sight{Council: true}, history.Filter{}, at(9)},
		{"of the method only", history.Sight{Method: true}, history.Filter{}, at(10)},
		{"of promises to a party", history.Sight{Parties: []domain.Party{domain.Team("noord")}}, history.Filter{}, at(7, 4)},
		{"of what is only proposed to somebody, nothing", history.Sight{Person: "cees", Parties: []domain.Party{domain.Person("cees")}}, history.Filter{}, at()},
		{"of one's own promises", history.Sight{Person: "bram"}, history.Filter{}, at(5)},
		{"and of those one wrote down", history.Sight{Person: "anna"}, history.Filter{}, at(7, 5, 4)},
		{"nobody reads nothing", history.Sight{}, history.Filter{}, at()},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, places(read(t, story(), c.sight, c.only))); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSightFollowsTheRulesOfAccess(t *testing.T) {
	for _, c := range []struct {
		role domain.Role
		want history.Sight
	}{
		{domain.MT, history.Sight{People: true, Strategy: true, Expectations: true, Council: true, Method: true, EveryPromise: true, Parties: []domain.Party{domain.Everyone, domain.Person("anna"), domain.TheMT}}},
		{domain.Employee, history.Sight{People: true, Strategy: true, Expectations: true, Council: true, Method: true, Parties: []domain.Party{domain.Everyone, domain.Person("anna"), domain.Employees}}},
		{domain.WorksCouncil, history.Sight{People: true, Strategy: true, Council: true, Method: true, Parties: []domain.Party{domain.Everyone, domain.Person("anna")}}},
		{domain.Admin, history.Sight{People: true, Council: true, Method: true}},
		{domain.Reader, history.Sight{Strategy: true}},
	} {
		c.want.Person = "anna"
		got := history.SightOf(access.Actor{Programme: "tide", Person: "anna", Roles: []domain.Role{c.role}})
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.role, diff)
		}
	}
}

func TestProgrammesAreNeverMixed(t *testing.T) {
	r := projectionstest.Read(t, story(), history.Model)
	for _, s := range []history.Sight{everything, {Person: "bram", Parties: []domain.Party{domain.Everyone, domain.Employees}}} {
		lines, err := history.Lines(t.Context(), r, "elsewhere", s, history.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]history.Line{{
			Position: 2, Fact: "promise.made", Concept: "promise", Kind: "promise", Thing: "p1",
			At: domain.Day("2026-03-02").Start().Add(9 * time.Hour), Day: "2026-03-02", By: "anna", Owner: "anna",
			Text: new("Ik doe het."), Why: new(""), Quote: new(""),
		}}, lines); diff != "" {
			t.Errorf("the other programme (-want +got):\n%s", diff)
		}
	}
}

func TestAsItWas(t *testing.T) {
	r := projectionstest.ReadPast(t, story(), "tide", 5, history.Model)
	lines, err := history.Lines(t.Context(), r, "tide", everything, history.Filter{Concept: "promise"})
	if err != nil || !slices.Equal(places(lines), at(5, 4)) {
		t.Errorf("lines at 5 = %v (%v), want those at 5 and 4", places(lines), err)
	}
}

func TestLiveEqualsRebuilt(t *testing.T) {
	projectionstest.LiveEqualsRebuilt(t, story(), history.Model)
}
