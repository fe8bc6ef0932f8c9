package consistency_test

import (
	"encoding/json"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/domain/coaching"
	"koersvast/domain/council"
	"koersvast/domain/evidence"
	"koersvast/domain/expectation"
	"koersvast/domain/method"
	"koersvast/domain/programme"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/domain/strategy"
	"koersvast/projections"
	"koersvast/projections/coachings"
	"koersvast/projections/consistency"
	"koersvast/projections/councils"
	coded "koersvast/projections/evidence"
	"koersvast/projections/expectations"
	"koersvast/projections/people"
	"koersvast/projections/projectionstest"
	"koersvast/projections/promises"
	"koersvast/projections/rounds"
	"koersvast/projections/strategies"
)

// models are those that a situation is read from.
var models = []projections.Model{
	people.Model, strategies.Model, promises.Model, expectations.Model, rounds.Model, coachings.Model, councils.Model, coded.Model,
}

func say(by domain.PersonID, text string) domain.Private {
	return domain.Say(domain.KeyOf(by, domain.Promises), text)
}

func on(kind, id string) domain.Stream { return domain.Stream{Kind: kind, ID: id} }

// read returns the situation after some acts.
func read(t *testing.T, today domain.Day, acts ...domain.Record) consistency.Situation {
	t.Helper()
	r := projectionstest.Read(t, projectionstest.Facts("tide", acts...), models...)
	s, err := consistency.Read(t.Context(), r, "tide", today)
	if err != nil {
		t.Fatal(err)
	}
	wordless(t, s, acts)
	return s
}

// wordless fails when a situation has a text that somebody wrote.
func wordless(t *testing.T, s consistency.Situation, acts []domain.Record) {
	t.Helper()
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, rec := range acts {
		for _, e := range rec.Events {
			for _, text := range textsOf(reflect.ValueOf(e)) {
				if text != "" && strings.Contains(string(b), text) {
					t.Errorf("the situation holds %q, which somebody wrote", text)
				}
			}
		}
	}
}

// textsOf returns the private texts in a fact: of what is kept as JSON, the
// words in it.
func textsOf(v reflect.Value) (texts []string) {
	if p, ok := v.Interface().(domain.Private); ok {
		text, _ := p.Reveal()
		if !json.Valid([]byte(text)) {
			return []string{strings.TrimSpace(text)}
		}
		for _, m := range worded.FindAllStringSubmatch(text, -1) {
			texts = append(texts, m[1])
		}
		return texts
	}
	if v.Kind() == reflect.Struct {
		for i := range v.NumField() {
			texts = append(texts, textsOf(v.Field(i))...)
		}
	}
	return texts
}

var worded = regexp.MustCompile(`"text":"([^"]*)"`)

func same(t *testing.T, want, got any) {
	t.Helper()
	config := cmp.Comparer(func(a, b method.Config) bool { return reflect.DeepEqual(a, b) })
	if diff := cmp.Diff(want, got, config); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

var begun = projectionstest.Act(programme.Home("tide"), "2026-01-05", "lies",
	programme.Started{ID: "tide", Name: "Dichtbij"},
	programme.PersonAdded{ID: "bram", Team: "noord", Roles: []domain.Role{domain.Employee}},
	programme.PersonAdded{ID: "anna", Roles: []domain.Role{domain.MT}},
)

// elsewhere is the same in another programme: nothing of it is read.
func elsewhere(rec domain.Record) domain.Record {
	rec.Programme = "ebb"
	return rec
}

func TestASituationHasThePeopleAndTheSheet(t *testing.T) {
	sheet := strategy.Sheet("tide")
	s := read(t, "2026-03-31",
		begun, elsewhere(begun),
		projectionstest.Act(programme.Home("tide"), "2026-02-01", "lies", programme.ManagerSet{ID: "bram", Manager: "anna"}),
		projectionstest.Act(programme.Home("tide"), "2026-02-09", "lies", programme.PersonLeft{ID: "bram"}),
		projectionstest.Act(sheet, "2026-02-02", "anna", strategy.PillarProposed{ID: "nabij", Name: "Dichtbij"}),
		projectionstest.Act(sheet, "2026-02-03", "anna", strategy.PillarAdopted{ID: "nabij"}),
		projectionstest.Act(sheet, "2026-02-04", "anna", strategy.BehaviourProposed{ID: "bellen", Pillar: "nabij", Whose: domain.MT, Text: "Wij bellen."}),
		projectionstest.Act(sheet, "2026-02-04", "anna", strategy.BehaviourProposed{ID: "mailen", Pillar: "nabij", Whose: domain.Employee, Counter: true, Text: "Ik mail niet."}),
		projectionstest.Act(sheet, "2026-02-05", "anna", strategy.BehaviourAgreed{ID: "mailen"}),
		projectionstest.Act(council.Home("tide"), "2026-02-06", "lies", council.Sized{Employees: 60}),
	)
	same(t, consistency.Situation{
		Programme: "tide", Started: "2026-01-05", Today: "2026-03-31",
		People: []consistency.Person{
			{ID: "anna", Roles: []domain.Role{domain.MT}, Joined: "2026-01-05"},
			{ID: "bram", Roles: []domain.Role{domain.Employee}, Team: "noord", Manager: "anna", Joined: "2026-01-05", Gone: "2026-02-09"},
		},
		Pillars: []consistency.Pillar{{ID: "nabij", Status: strategy.StatusAdopted, Since: "2026-02-03"}},
		Behaviours: []consistency.Behaviour{
			{ID: "bellen", Pillar: "nabij", Whose: domain.MT, Status: strategy.StatusProposed, Since: "2026-02-04"},
			{ID: "mailen", Pillar: "nabij", Whose: domain.Employee, Counter: true, Status: strategy.StatusAdopted, Since: "2026-02-05"},
		},
		Promises: []consistency.Promise{}, Expectations: []consistency.Expectation{}, Rounds: []consistency.Round{},
		Coachings: []consistency.Coaching{}, Sources: []consistency.Source{}, Fragments: []consistency.Fragment{},
		Council: council.Stand{Employees: 60},
	}, s)
}

func TestASituationHasPromisesWithoutTheirWords(t *testing.T) {
	made := promise.Made{ID: "p1", By: "anna", Words: promise.Words{
		Wording: say("anna", "Ik bel elke week een team."), Situation: say("anna", "op maandag"),
	}, Holds: promise.Holds{To: []domain.Party{domain.Everyone}, Pillar: "nabij", Behaviours: []domain.BehaviourID{"bellen"}, Expectation: "e1", Due: "2026-06-30", Rhythm: 60}}
	proposed := promise.Proposed{ID: "p1", By: "anna", RecordedBy: "bram", Words: made.Words, Holds: made.Holds}
	gone := promise.Made{ID: "p1", By: "anna", Words: promise.Words{Wording: projectionstest.Erased(domain.KeyOf("anna", domain.Promises))}, Holds: made.Holds}
	stands := consistency.Promise{
		ID: "p1", By: "anna", FromMT: true, Pillar: "nabij", Answers: "e1", To: []domain.Party{domain.Everyone},
		Behaviours: []domain.BehaviourID{"bellen"}, Due: "2026-06-30", Rhythm: 60, Status: promise.StatusActive,
		Since: "2026-03-02", Said: "2026-03-02", Active: "2026-03-02", Clear: 3,
	}
	why := say("anna", "  Het lukt niet. ")
	for _, c := range []struct {
		name  string
		facts []domain.Event // of an act each, on one day after another
		want  func(*consistency.Promise)
	}{
		{"made", []domain.Event{made}, func(*consistency.Promise) {}},
		{"proposed", []domain.Event{proposed}, func(p *consistency.Promise) {
			p.RecordedBy, p.Status, p.Active = "bram", promise.StatusProposed, ""
		}},
		{"accepted", []domain.Event{proposed, promise.Accepted{ID: "p1", By: "anna", Words: made.Words}}, func(p *consistency.Promise) {
			p.RecordedBy, p.Since, p.Active = "bram", "2026-03-03", "2026-03-03"
		}},
		{"erased", []domain.Event{gone}, func(p *consistency.Promise) { p.Clear, p.Erased = 0, true }},
		{"reworded, made clear", []domain.Event{made, promise.Reworded{ID: "p1", Why: why, Words: promise.Words{
			Wording: say("anna", "Ik bel."), Situation: say("anna", "op maandag"), Frequency: say("anna", "elke week"), Noticed: say("anna", "wie ik bel"),
		}}}, func(p *consistency.Promise) { p.Clear, p.Reworded = 5, []domain.Day{"2026-03-03"} }},
		{"put off", []domain.Event{
			made,
			promise.Moved{ID: "p1", Was: "2026-06-30", Due: "2026-05-01", Why: why},
			promise.Moved{ID: "p1", Was: "2026-05-01", Due: "2026-05-02", Why: why},
			promise.Moved{ID: "p1", Was: "2026-05-02", Why: why},
		}, func(p *consistency.Promise) {
			p.Due, p.PutOff = "", []domain.Day{"2026-03-04", "2026-03-05"}
		}},
		{"withdrawn", []domain.Event{made, promise.Withdrawn{ID: "p1", Why: why}}, func(p *consistency.Promise) {
			p.Status, p.Since, p.Reason = promise.StatusWithdrawn, "2026-03-03", 14
		}},
		{"withdrawn, for a reason that was erased", []domain.Event{made, promise.Withdrawn{ID: "p1", Why: projectionstest.Erased(domain.KeyOf("anna", domain.Promises))}}, func(p *consistency.Promise) {
			p.Status, p.Since, p.Reason = promise.StatusWithdrawn, "2026-03-03", -1
		}},
		{"withdrawn and explained", []domain.Event{made, promise.Withdrawn{ID: "p1", Why: why}, promise.WithdrawalExplained{ID: "p1", Text: why}}, func(p *consistency.Promise) {
			p.Status, p.Since, p.Reason, p.Explained = promise.StatusWithdrawn, "2026-03-03", 14, true
		}},
		{"withdrawn, and it stands again", []domain.Event{made, promise.Withdrawn{ID: "p1", Why: why}, promise.Reopened{ID: "p1", Why: why}}, func(p *consistency.Promise) {
			p.Since = "2026-03-04"
		}},
		{"broken, with a repair", []domain.Event{made, promise.Broken{ID: "p1", On: "2026-03-01", Why: why}, promise.RepairAgreed{ID: "p1", Text: why, Due: "2026-04-01"}}, func(p *consistency.Promise) {
			p.Status, p.Since, p.Repair, p.RepairDue = promise.StatusBroken, "2026-03-01", true, "2026-04-01"
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			acts, day := []domain.Record{begun}, domain.Day("2026-03-02")
			for i, e := range c.facts {
				act := projectionstest.Act(on("promise", "p1"), day.Add(i), "anna", e)
				acts = append(acts, act, elsewhere(act))
			}
			want := stands
			c.want(&want)
			same(t, []consistency.Promise{want}, read(t, "2026-03-31", acts...).Promises)
		})
	}
}

func TestASituationHasExpectationsRoundsAndCoachings(t *testing.T) {
	questions := domain.Say(domain.KeyOf("anna", domain.Opinions), `[{"id":"q1","scale":"often","behaviour":"bellen","text":"Anna belt."}]`)
	report := domain.Say(domain.KeyOf("anna", domain.Opinions), `{"groups":[{"group":"employees","shown":true}],"items":[]}`)
	none := domain.Say(domain.KeyOf("anna", domain.Opinions), "null")
	r1, c1 := on("round", "r1"), on("coaching", "c1")
	asked := []round.Rater{{Person: "bram", Group: domain.Staff}, {Person: "anna", Group: domain.Self}}
	s := read(t, "2026-06-30",
		begun,
		projectionstest.Act(on("expectation", "e1"), "2026-02-01", "bram", expectation.Expressed{ID: "e1", By: "bram", Of: domain.TheMT, Text: say("bram", "Bel ons."), Pillar: "nabij"}),
		projectionstest.Act(r1, "2026-03-01", "lies", round.Planned{
			ID: "r1", Kind: domain.Feedback, Purpose: round.Development, Subject: "anna", Coach: "cora", Questions: questions,
			Opens: "2026-03-02", Closes: "2026-03-20", Thresholds: domain.UsualThresholds,
		}),
		projectionstest.Act(r1, "2026-03-02", "lies", round.RatersApproved{ID: "r1", Raters: asked}),
		projectionstest.Act(r1, "2026-03-03", "bram", round.RatingDeclined{ID: "r1", Person: "bram"}),
		projectionstest.Act(r1, "2026-03-20", "cora", round.Closed{ID: "r1", On: "2026-03-20"}),
		projectionstest.Act(r1, "2026-03-21", "cora", round.Released{ID: "r1", On: "2026-03-21", Report: report, Comments: none, ForCoach: none}),
		projectionstest.Act(r1, "2026-03-22", "cora", round.ReadByCoach{ID: "r1"}),
		projectionstest.Act(r1, "2026-03-24", "cora", round.DebriefHeld{ID: "r1", On: "2026-03-23"}),
		projectionstest.Act(r1, "2026-03-25", "anna", round.RatersThanked{ID: "r1", Letter: report}),
		projectionstest.Act(on("round", "r2"), "2026-04-01", "lies", round.Planned{ID: "r2", Kind: domain.Check, Subject: "anna", Coach: "cora", Promise: "p1"}),
		projectionstest.Act(c1, "2026-04-02", "lies", coaching.Proposed{ID: "c1", By: "lies", Coach: "cora", Coachee: "anna", Sponsor: "lies"}),
		projectionstest.Act(c1, "2026-04-03", "anna", coaching.Agreed{ID: "c1", By: "anna", On: "2026-04-03", Version: 1}),
		projectionstest.Act(c1, "2026-04-04", "cora", coaching.Agreed{ID: "c1", By: "cora", On: "2026-04-04", Version: 1}),
		projectionstest.Act(c1, "2026-04-05", "cora", coaching.SessionPlanned{ID: "c1", Session: "s1", Round: "r1", Slot: coaching.Slot{Day: "2026-04-10", Start: "09:00", Minutes: 60}}),
		projectionstest.Act(c1, "2026-04-05", "cora", coaching.SessionPlanned{ID: "c1", Session: "s2", Slot: coaching.Slot{Day: "2026-05-10", Start: "09:00", Minutes: 60}}),
		projectionstest.Act(c1, "2026-04-06", "cora", coaching.SessionCancelled{ID: "c1", Session: "s2", Why: say("cora", "Ziek.")}),
		projectionstest.Act(c1, "2026-04-11", "cora", coaching.SessionHeld{ID: "c1", Session: "s1", On: "2026-04-10"}),
		projectionstest.Act(c1, "2026-04-12", "anna", coaching.GoalSet{ID: "c1", Goal: "g1", Text: say("anna", "Doorvragen."), Links: coaching.Links{Round: "r1", Question: "q1"}, SharedWith: []domain.Party{domain.Person("cora")}}),
		projectionstest.Act(c1, "2026-04-13", "anna", coaching.GoalSet{ID: "c1", Goal: "g2", Text: say("anna", "Zwijgen."), Links: coaching.Links{Behaviour: "bellen", Promise: "p1"}, SharedWith: []domain.Party{}}),
		projectionstest.Act(c1, "2026-05-01", "anna", coaching.ProgressNoted{ID: "c1", Goal: "g1", Text: say("anna", "Het gaat.")}),
		projectionstest.Act(c1, "2026-05-02", "anna", coaching.GoalDropped{ID: "c1", Goal: "g2", Why: say("anna", "Niet nodig.")}),
		projectionstest.Act(c1, "2026-06-01", "cora", coaching.Closed{ID: "c1", By: "cora", On: "2026-06-01"}),
	)
	same(t, []consistency.Expectation{
		{ID: "e1", Of: domain.TheMT, Pillar: "nabij", Said: "2026-02-01", Status: expectation.StatusOpen, Since: "2026-02-01"},
	}, s.Expectations)
	same(t, []consistency.Round{
		{
			ID: "r1", Kind: domain.Feedback, Subject: "anna", Coach: "cora", Thresholds: domain.UsualThresholds,
			Questions: []round.Question{{ID: "q1", Scale: round.Often, Behaviour: "bellen"}},
			Raters:    []round.Rater{asked[0], asked[1]}, Declined: []domain.PersonID{"bram"},
			Status: round.StatusReleased, Since: "2026-03-21", Opens: "2026-03-02", Closes: "2026-03-20", Closed: "2026-03-20",
			Report:   &round.Report{Groups: []round.Group{{Group: domain.Staff, Shown: true}}, Items: []round.Item{}},
			Wordless: true, Read: true, Debriefed: "2026-03-23", Letter: true,
		},
		{ID: "r2", Kind: domain.Check, Subject: "anna", Coach: "cora", Promise: "p1", Status: round.StatusPlanned, Since: "2026-04-01"},
	}, s.Rounds)
	same(t, []consistency.Coaching{{
		ID: "c1", Coach: "cora", Coachee: "anna", Sponsor: "lies", Agreed: "2026-04-04", Closed: "2026-06-01",
		Sessions: []consistency.Session{{Round: "r1", Day: "2026-04-10", Held: "2026-04-10"}},
		Goals: []consistency.Goal{
			{ID: "g1", Set: "2026-04-12", Active: true, Progress: "2026-05-01", Round: "r1", Shared: []domain.Party{domain.Person("cora")}},
			{ID: "g2", Set: "2026-04-13", Progress: "2026-05-02", Behaviour: "bellen", Promise: "p1", Shared: []domain.Party{}},
		},
	}}, s.Coachings)
}

func TestASituationHasTheEvidenceThatMayBeShown(t *testing.T) {
	key := evidence.KeyOf("tide", "d1")
	coding := evidence.Coding{Promise: "p1", Direction: evidence.Does, Stance: "-1", Link: evidence.Certain, Day: "2026-02-20"}
	d1 := on("evidence", "d1")
	s := read(t, "2026-06-30",
		begun,
		projectionstest.Act(d1, "2026-03-01", "eva", evidence.DocumentRegistered{ID: "d1", Document: evidence.Decision, Frame: evidence.Does, Title: domain.Say(key, "Besluit"), Day: "2026-02-20"}),
		projectionstest.Act(d1, "2026-03-01", "eva", evidence.FragmentAdded{ID: "d1", Fragment: "f1", By: "eva", Text: domain.Say(key, "We sluiten Noord.")}),
		projectionstest.Act(d1, "2026-03-01", "eva", evidence.Coded{ID: "d1", Fragment: "f1", By: "eva", Coding: coding}),
	)
	same(t, []consistency.Source{{
		ID: "d1", Kind: evidence.Document, Document: evidence.Decision, Day: "2026-02-20", Status: evidence.StatusCoding,
	}}, s.Sources)
	if len(s.Fragments) != 1 || s.Fragments[0].ID != "f1" || s.Fragments[0].Coding != coding {
		t.Errorf("fragments: %+v", s.Fragments)
	}
}

func TestThereIsNoSituationOfNothing(t *testing.T) {
	r := projectionstest.Read(t, projectionstest.Facts("tide", begun), models...)
	if _, err := consistency.Read(t.Context(), r, "nowhere", "2026-03-31"); domain.KindOf(err) != domain.NotFound {
		t.Errorf("err = %v, want that there is none", err)
	}
}
