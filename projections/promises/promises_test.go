package promises_test

import (
	"cmp"
	"errors"
	"testing"

	godiff "github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/domain/programme"
	"koersvast/domain/promise"
	"koersvast/projections/projectionstest"
	"koersvast/projections/promises"
)

func say(by domain.PersonID, text string) domain.Private {
	return domain.Say(domain.KeyOf(by, domain.Promises), text)
}

func erased(by domain.PersonID) domain.Private {
	return projectionstest.Erased(domain.KeyOf(by, domain.Promises))
}

func on(id domain.PromiseID) domain.Stream {
	return domain.Stream{Kind: "promise", ID: string(id)}
}

// in puts an act in another programme than the log's own.
func in(programme domain.ProgrammeID, rec domain.Record) domain.Record {
	rec.Programme = programme
	return rec
}

func joined(id domain.PersonID, roles ...domain.Role) programme.PersonAdded {
	return programme.PersonAdded{ID: id, Roles: roles}
}

// What Anna promises first, and how it then stands.
var (
	annaIsThere = projectionstest.Act(programme.Home("tide"), "2026-03-01", "anna", joined("anna", domain.MT), joined("bram", domain.Employee))

	elkeWeek = promise.Words{
		Wording: say("anna", "Ik bel elke week een team."), Situation: say("anna", "op maandag"),
		Frequency: say("anna", "elke week"), Noticed: say("anna", "wie ik bel"),
	}
	made = promise.Made{ID: "p1", By: "anna", Words: elkeWeek, Holds: promise.Holds{
		To: []domain.Party{domain.Everyone, domain.Team("noord")}, Pillar: "nabij", Behaviours: []domain.BehaviourID{"bellen"},
		Expectation: "e1", Due: "2026-06-30", Rhythm: 60,
	}}
	stands = promises.Promise{
		ID: "p1", By: "anna", FromMT: true,
		Wording: new("Ik bel elke week een team."), Situation: new("op maandag"), Frequency: new("elke week"), Noticed: new("wie ik bel"),
		Pillar: "nabij", Expectation: "e1", Due: "2026-06-30", Rhythm: 60, Status: promise.StatusActive, Since: "2026-03-02", Made: true,
		Said: "2026-03-02", Repair: new(""), Behaviours: []domain.BehaviourID{"bellen"},
		To: []domain.Party{domain.Everyone, domain.Team("noord")}, Place: 2,
	}

	proposed = promise.Proposed{
		ID: "p1", By: "bram", RecordedBy: "anna",
		Words: promise.Words{Wording: say("anna", "Ik bel terug.")}, Holds: promise.Holds{To: []domain.Party{domain.Person("anna")}, Rhythm: 30},
	}
	waits = promises.Promise{
		ID: "p1", By: "bram", RecordedBy: "anna", Wording: new("Ik bel terug."), Situation: new(""), Frequency: new(""), Noticed: new(""),
		Rhythm: 30, Status: promise.StatusProposed, Since: "2026-03-02", Said: "2026-03-02", Repair: new(""),
		Behaviours: []domain.BehaviourID{}, To: []domain.Party{domain.Person("anna")}, Place: 2,
	}
)

func TestWhatEachFactSaysOfAPromise(t *testing.T) {
	said := []domain.Event{made}
	asked := []domain.Event{proposed}
	broken := promise.Broken{ID: "p1", On: "2026-04-01", Why: say("anna", "Ik vergat het.")}
	agreed := promise.RepairAgreed{ID: "p1", Text: say("anna", "Ik bel twee teams."), Due: "2026-05-01"}
	handled := map[string]bool{}
	for _, c := range []struct {
		name  string
		facts []domain.Event // of an act each, on one day after another
		was   promises.Promise
		now   func(*promises.Promise) // what differs, beside the day of another status
		told  promises.Moment
	}{
		{
			"what is made stands", said, stands, func(p *promises.Promise) {},
			promises.Moment{Text: new("Ik bel elke week een team."), Due: "2026-06-30"},
		},
		{
			"what is proposed waits, and was not made", asked, waits, func(p *promises.Promise) {},
			promises.Moment{Text: new("Ik bel terug.")},
		},
		{
			"who accepts says it in words of their own",
			append(asked, promise.Accepted{ID: "p1", By: "bram", Words: promise.Words{Wording: say("bram", "Ik bel terug.")}}), waits,
			func(p *promises.Promise) { p.Status, p.Made = promise.StatusActive, true },
			promises.Moment{Text: new("Ik bel terug.")},
		},
		{
			"words stay when those of who proposed them are erased",
			[]domain.Event{
				promise.Proposed{ID: "p1", By: "bram", RecordedBy: "anna", Words: promise.Words{Wording: erased("anna"), Noticed: erased("anna")}, Holds: proposed.Holds},
				promise.Accepted{ID: "p1", By: "bram", Words: promise.Words{Wording: say("bram", "Ik bel terug.")}},
			},
			waits,
			func(p *promises.Promise) { p.Status, p.Made = promise.StatusActive, true },
			promises.Moment{Text: new("Ik bel terug.")},
		},
		{
			"what is declined was not made",
			append(asked, promise.Declined{ID: "p1", Why: say("bram", "Dat kan ik niet.")}), waits,
			func(p *promises.Promise) { p.Status = promise.StatusDeclined },
			promises.Moment{Why: new("Dat kan ik niet.")},
		},
		{
			"what is reworded stands in other words",
			append(said, promise.Reworded{ID: "p1", Words: promise.Words{Wording: say("anna", "Ik bel elke maand."), Frequency: say("anna", "elke maand")}, Why: say("anna", "Elke week lukt niet.")}), stands,
			func(p *promises.Promise) {
				p.Wording, p.Situation, p.Frequency, p.Noticed = new("Ik bel elke maand."), new(""), new("elke maand"), new("")
				p.Rewordings = 1
			},
			promises.Moment{Text: new("Ik bel elke maand."), Why: new("Elke week lukt niet.")},
		},
		{
			"what moves has another day",
			append(said, promise.Moved{ID: "p1", Was: "2026-06-30", Due: "2026-09-30", Why: say("anna", "De zomer zit ertussen.")}), stands,
			func(p *promises.Promise) { p.Due, p.Moves = "2026-09-30", 1 },
			promises.Moment{Why: new("De zomer zit ertussen."), Was: "2026-06-30", Due: "2026-09-30"},
		},
		{
			"a day can go",
			append(said, promise.Moved{ID: "p1", Was: "2026-06-30", Why: say("anna", "Ik blijf het doen.")}), stands,
			func(p *promises.Promise) { p.Due, p.Moves = "", 1 },
			promises.Moment{Why: new("Ik blijf het doen."), Was: "2026-06-30"},
		},
		{
			"other behaviours show it",
			append(said, promise.BehavioursLinked{ID: "p1", Behaviours: []domain.BehaviourID{"luisteren", "bellen"}}), stands,
			func(p *promises.Promise) { p.Behaviours = []domain.BehaviourID{"luisteren", "bellen"} },
			promises.Moment{},
		},
		{
			"it is checked in another rhythm",
			append(said, promise.RhythmSet{ID: "p1", Days: 14}), stands,
			func(p *promises.Promise) { p.Rhythm = 14 },
			promises.Moment{},
		},
		{
			"what is withdrawn has a reason",
			append(said, promise.Withdrawn{ID: "p1", Why: say("anna", "Het is niet nodig.")}), stands,
			func(p *promises.Promise) { p.Status = promise.StatusWithdrawn },
			promises.Moment{Why: new("Het is niet nodig.")},
		},
		{
			"a proposal that is taken back was not made",
			append(asked, promise.Withdrawn{ID: "p1", Why: say("anna", "Toch niet.")}), waits,
			func(p *promises.Promise) { p.Status = promise.StatusWithdrawn },
			promises.Moment{Why: new("Toch niet.")},
		},
		{
			"a withdrawal is explained",
			append(said, promise.Withdrawn{ID: "p1", Why: say("anna", "Het is niet nodig.")}, promise.WithdrawalExplained{ID: "p1", Text: say("anna", "Jullie bellen mij al.")}), stands,
			func(p *promises.Promise) {
				p.Status, p.Since, p.Explained = promise.StatusWithdrawn, "2026-03-03", true
			},
			promises.Moment{Text: new("Jullie bellen mij al.")},
		},
		{
			"what is kept was so on its own day",
			append(said, promise.Kept{ID: "p1", On: "2026-02-28", Late: true}), stands,
			func(p *promises.Promise) { p.Status, p.Since, p.Late = promise.StatusKept, "2026-02-28", true },
			promises.Moment{Day: "2026-02-28", Late: true},
		},
		{
			"what is broken asks for a repair",
			append(said, broken), stands,
			func(p *promises.Promise) { p.Status, p.Since = promise.StatusBroken, "2026-04-01" },
			promises.Moment{Day: "2026-04-01", Why: new("Ik vergat het.")},
		},
		{
			"a repair has a day of its own",
			append(said, broken, agreed), stands,
			func(p *promises.Promise) {
				p.Status, p.Since, p.Repair, p.RepairDue = promise.StatusBroken, "2026-04-01", new("Ik bel twee teams."), "2026-05-01"
			},
			promises.Moment{Text: new("Ik bel twee teams."), Due: "2026-05-01"},
		},
		{
			"what is repaired says how",
			append(said, broken, agreed, promise.Repaired{ID: "p1", On: "2026-04-20"}), stands,
			func(p *promises.Promise) {
				p.Status, p.Since, p.Repair, p.RepairDue = promise.StatusRepaired, "2026-04-20", new("Ik bel twee teams."), "2026-05-01"
			},
			promises.Moment{Day: "2026-04-20"},
		},
		{
			"what is reopened stands as before",
			append(said, broken, agreed, promise.Reopened{ID: "p1", Why: say("anna", "Ik vergiste mij.")}), stands,
			func(p *promises.Promise) { p.Since = "2026-03-05" },
			promises.Moment{Why: new("Ik vergiste mij.")},
		},
		{
			"and was not late",
			append(said, promise.Kept{ID: "p1", On: "2026-02-28", Late: true}, promise.Reopened{ID: "p1", Why: say("anna", "Ik vergiste mij.")}), stands,
			func(p *promises.Promise) { p.Since = "2026-03-04" },
			promises.Moment{Why: new("Ik vergiste mij.")},
		},
		{
			"nor was its withdrawal explained",
			append(said, promise.Withdrawn{ID: "p1"}, promise.WithdrawalExplained{ID: "p1"}, promise.Reopened{ID: "p1", Why: say("anna", "Toch wel.")}), stands,
			func(p *promises.Promise) { p.Since = "2026-03-05" },
			promises.Moment{Why: new("Toch wel.")},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			log := projectionstest.Facts("tide", annaIsThere)
			day := domain.Day("2026-03-01")
			for _, fact := range c.facts {
				handled[fact.EventName()] = true
				day = day.Add(1)
				log.Append(projectionstest.Act(on("p1"), day, "anna", fact))
			}
			r := projectionstest.Read(t, log, promises.Model)

			want := c.was
			c.now(&want)
			if want.Status != c.was.Status && want.Since == c.was.Since {
				want.Since = day
			}
			got, err := promises.ThePromise(t.Context(), r, "tide", "p1")
			if err != nil {
				t.Fatal(err)
			}
			if diff := godiff.Diff(want, got); diff != "" {
				t.Errorf("the promise (-want +got):\n%s", diff)
			}

			line, err := promises.Line(t.Context(), r, "tide", "p1")
			if err != nil {
				t.Fatal(err)
			}
			if len(line) != len(c.facts) {
				t.Fatalf("%d moments, want one a fact: %d", len(line), len(c.facts))
			}
			last := c.facts[len(c.facts)-1]
			told := c.told
			told.Position, told.Fact, told.Recorded, told.By = domain.Position(len(c.facts)+1), last.EventName(), day, "anna"
			told.Day = cmp.Or(told.Day, day)
			told.Text, told.Why = cmp.Or(told.Text, new("")), cmp.Or(told.Why, new(""))
			if diff := godiff.Diff(told, line[len(line)-1]); diff != "" {
				t.Errorf("the last moment (-want +got):\n%s", diff)
			}
		})
	}
	for _, e := range promise.Events {
		if !handled[e.Name] {
			t.Errorf("nothing is said of %s", e.Name)
		}
	}
}

func TestWhatIsErasedIsGone(t *testing.T) {
	r := projectionstest.Read(t, projectionstest.Facts("tide", annaIsThere,
		projectionstest.Act(on("p1"), "2026-03-02", "anna", promise.Made{ID: "p1", By: "anna", Words: promise.Words{
			Wording: erased("anna"), Situation: erased("anna"), Frequency: erased("anna"), Noticed: erased("anna"),
		}, Holds: made.Holds}),
		projectionstest.Act(on("p1"), "2026-03-03", "anna", promise.Broken{ID: "p1", On: "2026-03-03", Why: erased("anna")}),
		projectionstest.Act(on("p1"), "2026-03-04", "anna", promise.RepairAgreed{ID: "p1", Text: erased("anna"), Due: "2026-05-01"}),
	), promises.Model)
	want := stands
	want.Wording, want.Situation, want.Frequency, want.Noticed, want.Repair = nil, nil, nil, nil, nil
	want.Status, want.Since, want.RepairDue = promise.StatusBroken, "2026-03-03", "2026-05-01"
	got, err := promises.ThePromise(t.Context(), r, "tide", "p1")
	if err != nil {
		t.Fatal(err)
	}
	if diff := godiff.Diff(want, got); diff != "" {
		t.Errorf("the promise (-want +got):\n%s", diff)
	}
	line, err := promises.Line(t.Context(), r, "tide", "p1")
	if err != nil {
		t.Fatal(err)
	}
	if diff := godiff.Diff([]promises.Moment{
		{Position: 2, Fact: "promise.made", Day: "2026-03-02", Recorded: "2026-03-02", By: "anna", Why: new(""), Due: "2026-06-30"},
		{Position: 3, Fact: "promise.broken", Day: "2026-03-03", Recorded: "2026-03-03", By: "anna", Text: new("")},
		{Position: 4, Fact: "promise.repair_agreed", Day: "2026-03-04", Recorded: "2026-03-04", By: "anna", Why: new(""), Due: "2026-05-01"},
	}, line); diff != "" {
		t.Errorf("the line (-want +got):\n%s", diff)
	}
}

// story is a spring of one programme, with a promise of another one between
// that has the same id. Anna is in the MT until April, Bram and Cees are not.
func story() *projectionstest.Log {
	make := func(id domain.PromiseID, by domain.PersonID, pillar domain.PillarID, due domain.Day, to ...domain.Party) promise.Made {
		return promise.Made{ID: id, By: by, Words: promise.Words{Wording: say(by, "Ik doe het.")}, Holds: promise.Holds{To: to, Pillar: pillar, Due: due, Rhythm: 60}}
	}
	propose := func(id domain.PromiseID, by, recorder domain.PersonID, to ...domain.Party) promise.Proposed {
		return promise.Proposed{ID: id, By: by, RecordedBy: recorder, Words: promise.Words{Wording: say(recorder, "Ik doe het.")}, Holds: promise.Holds{To: to, Pillar: "nabij", Due: "2026-05-31", Rhythm: 60}}
	}
	why := say("anna", "Daarom.")
	return projectionstest.Facts("tide",
		/* 1 */ projectionstest.Act(programme.Home("tide"), "2026-03-01", "anna", joined("anna", domain.Lead, domain.MT), joined("bram", domain.Employee), joined("cees", domain.Employee)),
		/* 2 */ projectionstest.Act(on("p1"), "2026-03-02", "anna", made),
		/* 3 */ in("elsewhere", projectionstest.Act(on("p1"), "2026-03-02", "anna", make("p1", "anna", "nabij", "", domain.Everyone))),
		/* 4 */ projectionstest.Act(on("asked"), "2026-03-03", "anna", propose("asked", "bram", "anna", domain.Person("cees"))),
		/* 5 */ projectionstest.Act(on("declined"), "2026-03-03", "anna", propose("declined", "bram", "anna", domain.Employees)),
		/* 6 */ projectionstest.Act(on("declined"), "2026-03-04", "bram", promise.Declined{ID: "declined", Why: why}),
		/* 7 */ projectionstest.Act(on("taken-back"), "2026-03-03", "anna", propose("taken-back", "bram", "anna", domain.Employees)),
		/* 8 */ projectionstest.Act(on("taken-back"), "2026-03-04", "anna", promise.Withdrawn{ID: "taken-back", Why: why}),
		/* 9 */ projectionstest.Act(on("accepted"), "2026-03-05", "anna", propose("accepted", "bram", "anna", domain.TheMT)),
		/* 10 */ projectionstest.Act(on("accepted"), "2026-03-06", "bram", promise.Accepted{ID: "accepted", By: "bram"}),
		/* 11 */ projectionstest.Act(on("accepted"), "2026-03-07", "bram", promise.Withdrawn{ID: "accepted", Why: why}),
		/* 12 */ projectionstest.Act(on("soon"), "2026-03-08", "bram", make("soon", "bram", "nabij", "2026-04-01", domain.Team("noord"))),
		/* 13 */ projectionstest.Act(on("broken"), "2026-03-09", "bram", make("broken", "bram", "", "2026-12-31", domain.Person("cees"))),
		/* 14 */ projectionstest.Act(on("broken"), "2026-04-01", "bram", promise.Broken{ID: "broken", On: "2026-04-01", Why: why}),
		/* 15 */ projectionstest.Act(on("broken"), "2026-04-01", "bram", promise.RepairAgreed{ID: "broken", Text: why, Due: "2026-04-30"}),
		/* 16 */ projectionstest.Act(on("always"), "2026-04-02", "bram", make("always", "bram", "samen", "", domain.Employees)),
		/* 17 */ projectionstest.Act(on("kept"), "2026-04-03", "bram", make("kept", "bram", "nabij", "", domain.Person("anna"))),
		/* 18 */ projectionstest.Act(on("kept"), "2026-04-04", "bram", promise.Kept{ID: "kept", On: "2026-04-04"}),
		/* 19 */ projectionstest.Act(programme.Home("tide"), "2026-04-05", "anna", programme.RolesGiven{ID: "anna", Roles: []domain.Role{domain.Lead}}),
		/* 20 */ projectionstest.Act(on("later"), "2026-04-06", "anna", make("later", "anna", "nabij", "", domain.Employees)),
	)
}

// all sees every promise, and is nobody in particular.
var all = promises.Sight{Everything: true}

func ids(list []promises.Promise) []domain.PromiseID {
	names := make([]domain.PromiseID, len(list))
	for i, p := range list {
		names[i] = p.ID
	}
	return names
}

func TestTheWall(t *testing.T) {
	r := projectionstest.Read(t, story(), promises.Model)
	cees := promises.Sight{Person: "cees", Parties: []domain.Party{domain.Everyone, domain.Employees, domain.Person("cees")}}
	for _, c := range []struct {
		name  string
		sight promises.Sight
		only  promises.Filter
		want  []domain.PromiseID
	}{
		{"all that was promised, the newest first, without what was declined or taken back", all, promises.Filter{}, []domain.PromiseID{"later", "kept", "always", "broken", "soon", "accepted", "asked", "p1"}},
		{"who left the MT still made it as one of the MT", all, promises.Filter{FromMT: new(true)}, []domain.PromiseID{"p1"}},
		{"the other side", all, promises.Filter{FromMT: new(false)}, []domain.PromiseID{"later", "kept", "always", "broken", "soon", "accepted", "asked"}},
		{"one pillar", all, promises.Filter{Pillar: "samen"}, []domain.PromiseID{"always"}},
		{"one person", all, promises.Filter{By: "anna"}, []domain.PromiseID{"later", "p1"}},
		{"one party, alone or among others", all, promises.Filter{To: domain.Team("noord")}, []domain.PromiseID{"soon", "p1"}},
		{"one status", all, promises.Filter{Status: promise.StatusProposed}, []domain.PromiseID{"asked"}},
		{"what was declined is not on it, whoever asks", all, promises.Filter{Status: promise.StatusDeclined}, []domain.PromiseID{}},
		{"withdrawn is what was made before", all, promises.Filter{Status: promise.StatusWithdrawn}, []domain.PromiseID{"accepted"}},
		{"all filters at once", all, promises.Filter{FromMT: new(false), Pillar: "nabij", By: "bram", To: domain.Person("anna"), Status: promise.StatusKept}, []domain.PromiseID{"kept"}},
		{"the first page", all, promises.Filter{Limit: 3}, []domain.PromiseID{"later", "kept", "always"}},
		{"the page after", all, promises.Filter{Limit: 3, Before: 16}, []domain.PromiseID{"broken", "soon", "accepted"}},
		{"what was promised to somebody, and not what is only proposed", cees, promises.Filter{}, []domain.PromiseID{"later", "always", "broken", "p1"}},
		{"and of that one side", cees, promises.Filter{FromMT: new(true)}, []domain.PromiseID{"p1"}},
		{"to one of their parties", cees, promises.Filter{To: domain.Employees}, []domain.PromiseID{"later", "always"}},
		{"nobody sees what is to others", promises.Sight{Person: "dina"}, promises.Filter{}, []domain.PromiseID{}},
		{"their own and what they wrote down", promises.Sight{Person: "anna"}, promises.Filter{}, []domain.PromiseID{"later", "accepted", "asked", "p1"}},
		{"who is nobody sees nothing", promises.Sight{}, promises.Filter{}, []domain.PromiseID{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := promises.Wall(t.Context(), r, "tide", c.sight, c.only)
			if err != nil {
				t.Fatal(err)
			}
			if diff := godiff.Diff(c.want, ids(got)); diff != "" {
				t.Errorf("the wall (-want +got):\n%s", diff)
			}
		})
	}
	got, err := promises.Wall(t.Context(), r, "tide", all, promises.Filter{FromMT: new(true)})
	if err != nil {
		t.Fatal(err)
	}
	if diff := godiff.Diff([]promises.Promise{stands}, got); diff != "" {
		t.Errorf("the wall, whole (-want +got):\n%s", diff)
	}
}

func TestWhatAPersonHasToDo(t *testing.T) {
	r := projectionstest.Read(t, story(), promises.Model)
	for _, c := range []struct {
		name string
		who  domain.PersonID
		want []domain.PromiseID
	}{
		{"what asks something comes before what runs, the first due first, what has no day last", "bram", []domain.PromiseID{"broken", "asked", "accepted", "soon", "always"}},
		{"what runs, the first due first", "anna", []domain.PromiseID{"p1", "later"}},
		{"nothing", "cees", []domain.PromiseID{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := promises.Mine(t.Context(), r, "tide", c.who)
			if err != nil {
				t.Fatal(err)
			}
			if diff := godiff.Diff(c.want, ids(got)); diff != "" {
				t.Errorf("to do (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhatOthersPromisedToAPerson(t *testing.T) {
	r := projectionstest.Read(t, story(), promises.Model)
	for _, c := range []struct {
		name  string
		who   promises.Sight
		limit int
		want  []domain.PromiseID
	}{
		{"what stands open, the newest first", promises.Sight{Person: "cees", Parties: []domain.Party{domain.Everyone, domain.Employees, domain.Person("cees")}}, 9, []domain.PromiseID{"later", "always", "broken", "p1"}},
		{"as many as asked for", promises.Sight{Person: "cees", Parties: []domain.Party{domain.Everyone, domain.Employees}}, 1, []domain.PromiseID{"later"}},
		{"not what they promised themselves", promises.Sight{Person: "bram", Parties: []domain.Party{domain.Employees}}, 9, []domain.PromiseID{"later"}},
		{"nor what they only may see", promises.Sight{Everything: true, Person: "dina"}, 9, []domain.PromiseID{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := promises.To(t.Context(), r, "tide", c.who, c.limit)
			if err != nil {
				t.Fatal(err)
			}
			if diff := godiff.Diff(c.want, ids(got)); diff != "" {
				t.Errorf("promised (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTalliesCountWhatWasMade(t *testing.T) {
	r := projectionstest.Read(t, story(), promises.Model)
	for _, c := range []struct {
		name  string
		sight promises.Sight
		want  []promises.Tally
	}{
		{"all that was made", all, []promises.Tally{
			{Pillar: "", Broken: 1}, {Pillar: "nabij", Active: 3, Kept: 1, Withdrawn: 1}, {Pillar: "samen", Active: 1},
		}},
		{"what one may see", promises.Sight{Person: "dina", Parties: []domain.Party{domain.Everyone}}, []promises.Tally{{Pillar: "nabij", Active: 1}}},
		{"nothing", promises.Sight{Person: "dina"}, []promises.Tally{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := promises.Tallies(t.Context(), r, "tide", c.sight)
			if err != nil {
				t.Fatal(err)
			}
			if diff := godiff.Diff(c.want, got); diff != "" {
				t.Errorf("tallies (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTheFirstFewUnderEachPillar(t *testing.T) {
	r := projectionstest.Read(t, story(), promises.Model)
	for _, c := range []struct {
		name  string
		sight promises.Sight
		most  int
		want  []domain.PromiseID
	}{
		{"what runs first, the first due first, then what has no day, then what is closed", all, 9, []domain.PromiseID{"soon", "p1", "later", "kept", "always"}},
		{"as many as asked for", all, 1, []domain.PromiseID{"soon", "always"}},
		{"of what one may see", promises.Sight{Person: "dina", Parties: []domain.Party{domain.Employees}}, 1, []domain.PromiseID{"later", "always"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := promises.UnderPillars(t.Context(), r, "tide", c.sight, c.most)
			if err != nil {
				t.Fatal(err)
			}
			if diff := godiff.Diff(c.want, ids(got)); diff != "" {
				t.Errorf("under the pillars (-want +got):\n%s", diff)
			}
		})
	}
}

func TestProgrammesAreNeverMixed(t *testing.T) {
	r := projectionstest.Read(t, story(), promises.Model)
	there := promises.Promise{
		ID: "p1", By: "anna", Wording: new("Ik doe het."), Situation: new(""), Frequency: new(""), Noticed: new(""),
		Pillar: "nabij", Rhythm: 60, Status: promise.StatusActive, Since: "2026-03-02", Made: true, Said: "2026-03-02", Repair: new(""),
		Behaviours: []domain.BehaviourID{}, To: []domain.Party{domain.Everyone}, Place: 3,
	}
	everyone := promises.Sight{Person: "dina", Parties: []domain.Party{domain.Everyone, domain.Employees, domain.TheMT}}
	for name, list := range map[string]func() ([]promises.Promise, error){
		"wall": func() ([]promises.Promise, error) {
			return promises.Wall(t.Context(), r, "elsewhere", all, promises.Filter{})
		},
		"wall of one": func() ([]promises.Promise, error) {
			return promises.Wall(t.Context(), r, "elsewhere", everyone, promises.Filter{})
		},
		"mine": func() ([]promises.Promise, error) { return promises.Mine(t.Context(), r, "elsewhere", "anna") },
		"to":   func() ([]promises.Promise, error) { return promises.To(t.Context(), r, "elsewhere", everyone, 9) },
		"under pillars": func() ([]promises.Promise, error) {
			return promises.UnderPillars(t.Context(), r, "elsewhere", all, 9)
		},
	} {
		got, err := list()
		if err != nil {
			t.Fatal(err)
		}
		if diff := godiff.Diff([]promises.Promise{there}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	tallies, err := promises.Tallies(t.Context(), r, "elsewhere", all)
	if err != nil {
		t.Fatal(err)
	}
	if diff := godiff.Diff([]promises.Tally{{Pillar: "nabij", Active: 1}}, tallies); diff != "" {
		t.Errorf("tallies (-want +got):\n%s", diff)
	}
	line, err := promises.Line(t.Context(), r, "elsewhere", "p1")
	if err != nil {
		t.Fatal(err)
	}
	if len(line) != 1 || line[0].Position != 3 {
		t.Errorf("line = %v, want what stands at 3 alone", line)
	}
	for _, id := range []domain.PromiseID{"soon", "nothing"} {
		if _, err := promises.ThePromise(t.Context(), r, "elsewhere", id); !errors.Is(err, promise.ErrUnknown) {
			t.Errorf("%s: %v, want %v", id, err, promise.ErrUnknown)
		}
	}
}

func TestAsItWas(t *testing.T) {
	for _, c := range []struct {
		at   domain.Position
		want []domain.PromiseID
	}{
		{1, []domain.PromiseID{}},
		{5, []domain.PromiseID{"declined", "asked", "p1"}},
		{8, []domain.PromiseID{"asked", "p1"}},
	} {
		r := projectionstest.ReadPast(t, story(), "tide", c.at, promises.Model)
		got, err := promises.Wall(t.Context(), r, "tide", all, promises.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := godiff.Diff(c.want, ids(got)); diff != "" {
			t.Errorf("the wall at %d (-want +got):\n%s", c.at, diff)
		}
	}
}

func TestLiveEqualsRebuilt(t *testing.T) {
	projectionstest.LiveEqualsRebuilt(t, story(), promises.Model)
}
