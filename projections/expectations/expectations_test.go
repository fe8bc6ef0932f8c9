package expectations_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/domain/expectation"
	"koersvast/domain/programme"
	"koersvast/projections/expectations"
	"koersvast/projections/projectionstest"
)

func say(by domain.PersonID, text string) domain.Private {
	return domain.Say(domain.KeyOf(by, domain.Promises), text)
}

func erased(by domain.PersonID) domain.Private {
	return projectionstest.Erased(domain.KeyOf(by, domain.Promises))
}

func on(id domain.ExpectationID) domain.Stream {
	return domain.Stream{Kind: "expectation", ID: string(id)}
}

var everybody = projectionstest.Act(programme.Home("tide"), "2026-03-01", "anna",
	programme.PersonAdded{ID: "anna", Roles: []domain.Role{domain.Lead, domain.MT}},
	programme.PersonAdded{ID: "bram", Roles: []domain.Role{domain.Employee}},
	programme.PersonAdded{ID: "cees", Roles: []domain.Role{domain.Employee}})

// What Bram expects of the MT, and how that stands.
var (
	expressed = expectation.Expressed{ID: "e1", By: "bram", Of: domain.TheMT, Text: say("bram", "Kom eens langs."), Pillar: "nabij"}
	stands    = expectations.Expectation{
		ID: "e1", By: "bram", Of: domain.TheMT, Text: new("Kom eens langs."), Pillar: "nabij", Said: "2026-03-02",
		Status: expectation.StatusOpen, Since: "2026-03-02", Answer: new(""), Dropped: new(""), Place: 2,
	}
)

func TestWhatEachFactSaysOfAnExpectation(t *testing.T) {
	countered := expectation.Countered{ID: "e1", By: "anna", Offer: say("anna", "Elke maand.")}
	handled := map[string]bool{}
	for _, c := range []struct {
		name  string
		facts []domain.Event // of an act each, on one day after another
		now   func(*expectations.Expectation)
	}{
		{"what is expected waits for an answer", nil, func(e *expectations.Expectation) {}},
		{
			"yes is a promise",
			[]domain.Event{expectation.Accepted{ID: "e1", By: "anna", Promise: "p1"}},
			func(e *expectations.Expectation) {
				e.Status, e.AnsweredBy, e.Promise = expectation.StatusAccepted, "anna", "p1"
			},
		},
		{
			"no has a reason",
			[]domain.Event{expectation.Declined{ID: "e1", By: "anna", Why: say("anna", "Dat kan ik niet.")}},
			func(e *expectations.Expectation) {
				e.Status, e.AnsweredBy, e.Answer = expectation.StatusDeclined, "anna", new("Dat kan ik niet.")
			},
		},
		{
			"an offer stands beside it",
			[]domain.Event{countered},
			func(e *expectations.Expectation) {
				e.Status, e.AnsweredBy, e.Answer = expectation.StatusCountered, "anna", new("Elke maand.")
			},
		},
		{
			"an offer that is taken waits for its promise",
			[]domain.Event{countered, expectation.OfferTaken{ID: "e1"}},
			func(e *expectations.Expectation) {
				e.Status, e.AnsweredBy, e.Answer = expectation.StatusTaken, "anna", new("Elke maand.")
			},
		},
		{
			"and keeps the offer when that is made",
			[]domain.Event{countered, expectation.OfferTaken{ID: "e1"}, expectation.Accepted{ID: "e1", By: "anna", Promise: "p1"}},
			func(e *expectations.Expectation) {
				e.Status, e.AnsweredBy, e.Answer, e.Promise = expectation.StatusAccepted, "anna", new("Elke maand."), "p1"
			},
		},
		{
			"what is taken back says why",
			[]domain.Event{countered, expectation.Dropped{ID: "e1", Why: say("bram", "Het is er al.")}},
			func(e *expectations.Expectation) {
				e.Status, e.AnsweredBy, e.Answer = expectation.StatusDropped, "anna", new("Elke maand.")
				e.Dropped = new("Het is er al.")
			},
		},
		{
			"an answer that is erased is gone",
			[]domain.Event{expectation.Countered{ID: "e1", By: "anna", Offer: erased("anna")}},
			func(e *expectations.Expectation) {
				e.Status, e.AnsweredBy, e.Answer = expectation.StatusCountered, "anna", nil
			},
		},
		{
			"and so is a reason",
			[]domain.Event{expectation.Dropped{ID: "e1", Why: erased("bram")}},
			func(e *expectations.Expectation) { e.Status, e.Dropped = expectation.StatusDropped, nil },
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			log := projectionstest.Facts("tide", everybody)
			day := domain.Day("2026-03-01")
			for _, fact := range append([]domain.Event{expressed}, c.facts...) {
				handled[fact.EventName()] = true
				day = day.Add(1)
				log.Append(projectionstest.Act(on("e1"), day, "bram", fact))
			}
			want := stands
			want.Since = day
			c.now(&want)
			got, err := expectations.TheExpectation(t.Context(), projectionstest.Read(t, log, expectations.Model), "tide", "e1")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the expectation (-want +got):\n%s", diff)
			}
		})
	}
	for _, e := range expectation.Events {
		if !handled[e.Name] {
			t.Errorf("nothing is said of %s", e.Name)
		}
	}
}

// story is a spring of one programme, with an expectation of another one
// between that has the same id. Cees joins the MT in April.
func story() *projectionstest.Log {
	express := func(id domain.ExpectationID, by domain.PersonID, of domain.Party) expectation.Expressed {
		return expectation.Expressed{ID: id, By: by, Of: of, Text: say(by, "Dit verwacht ik.")}
	}
	there := projectionstest.Act(on("e1"), "2026-03-02", "bram", express("e1", "bram", domain.Employees))
	there.Programme = "elsewhere"
	return projectionstest.Facts("tide",
		/* 1 */ everybody,
		/* 2 */ projectionstest.Act(on("e1"), "2026-03-02", "bram", expressed),
		/* 3 */ there,
		/* 4 */ projectionstest.Act(on("of-anna"), "2026-03-03", "bram", express("of-anna", "bram", domain.Person("anna"))),
		/* 5 */ projectionstest.Act(on("offered"), "2026-03-04", "bram", express("offered", "bram", domain.TheMT)),
		/* 6 */ projectionstest.Act(on("offered"), "2026-03-05", "anna", expectation.Countered{ID: "offered", By: "anna", Offer: say("anna", "Iets anders.")}),
		/* 7 */ projectionstest.Act(on("taken"), "2026-03-06", "bram", express("taken", "bram", domain.TheMT)),
		/* 8 */ projectionstest.Act(on("taken"), "2026-03-07", "anna", expectation.Countered{ID: "taken", By: "anna", Offer: say("anna", "Iets anders.")}),
		/* 9 */ projectionstest.Act(on("taken"), "2026-03-08", "bram", expectation.OfferTaken{ID: "taken"}),
		/* 10 */ projectionstest.Act(on("dropped"), "2026-03-09", "bram", express("dropped", "bram", domain.TheMT)),
		/* 11 */ projectionstest.Act(on("dropped"), "2026-03-10", "bram", expectation.Dropped{ID: "dropped", Why: say("bram", "Toch niet.")}),
		/* 12 */ projectionstest.Act(on("declined"), "2026-03-11", "bram", express("declined", "bram", domain.TheMT)),
		/* 13 */ projectionstest.Act(on("declined"), "2026-03-12", "anna", expectation.Declined{ID: "declined", By: "anna", Why: say("anna", "Nee.")}),
		/* 14 */ projectionstest.Act(on("of-employees"), "2026-03-13", "anna", express("of-employees", "anna", domain.Employees)),
		/* 15 */ projectionstest.Act(on("before"), "2026-04-01", "cees", express("before", "cees", domain.TheMT)),
		/* 16 */ projectionstest.Act(programme.Home("tide"), "2026-04-02", "anna", programme.RolesGiven{ID: "cees", Roles: []domain.Role{domain.MT}}),
		/* 17 */ projectionstest.Act(on("after"), "2026-04-03", "cees", express("after", "cees", domain.Team("noord"))),
	)
}

func ids(list []expectations.Expectation) []domain.ExpectationID {
	names := make([]domain.ExpectationID, len(list))
	for i, e := range list {
		names[i] = e.ID
	}
	return names
}

func TestOverAndBack(t *testing.T) {
	r := projectionstest.Read(t, story(), expectations.Model)
	for _, c := range []struct {
		name   string
		filter expectations.Filter
		want   []domain.ExpectationID
	}{
		{"what waits comes first, then the newest, what was taken back last", expectations.Filter{Limit: 9}, []domain.ExpectationID{"before", "taken", "offered", "of-anna", "e1", "declined", "dropped"}},
		{"as many as asked for", expectations.Filter{Limit: 2}, []domain.ExpectationID{"before", "taken"}},
		{"the next page", expectations.Filter{Skip: 2, Limit: 3}, []domain.ExpectationID{"offered", "of-anna", "e1"}},
		{"only what waits", expectations.Filter{Open: true, Limit: 9}, []domain.ExpectationID{"before", "taken", "offered", "of-anna", "e1"}},
		{"the other way, by who was in the MT when they said it", expectations.Filter{FromMT: true, Limit: 9}, []domain.ExpectationID{"after", "of-employees"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := expectations.Board(t.Context(), r, "tide", c.filter)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, ids(got)); diff != "" {
				t.Errorf("the board (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhatWaitsForAPerson(t *testing.T) {
	r := projectionstest.Read(t, story(), expectations.Model)
	for _, c := range []struct {
		name    string
		who     domain.PersonID
		parties []domain.Party
		want    []domain.ExpectationID
	}{
		{"what is open to their parties, and their offers that were taken, the oldest first", "anna", []domain.Party{domain.Everyone, domain.Person("anna"), domain.TheMT}, []domain.ExpectationID{"e1", "of-anna", "taken", "before"}},
		{"offers made to them", "bram", []domain.Party{domain.Everyone, domain.Person("bram"), domain.Employees}, []domain.ExpectationID{"offered", "of-employees"}},
		{"not what they expect themselves", "cees", []domain.Party{domain.TheMT, domain.Team("noord")}, []domain.ExpectationID{"e1"}},
		{"nothing", "dina", nil, []domain.ExpectationID{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := expectations.Waiting(t.Context(), r, "tide", c.who, c.parties)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, ids(got)); diff != "" {
				t.Errorf("waiting (-want +got):\n%s", diff)
			}
		})
	}
}

func TestProgrammesAreNeverMixed(t *testing.T) {
	r := projectionstest.Read(t, story(), expectations.Model)
	there := expectations.Expectation{
		ID: "e1", By: "bram", Of: domain.Employees, Text: new("Dit verwacht ik."), Said: "2026-03-02",
		Status: expectation.StatusOpen, Since: "2026-03-02", Answer: new(""), Dropped: new(""), Place: 3,
	}
	for name, list := range map[string]func() ([]expectations.Expectation, error){
		"board": func() ([]expectations.Expectation, error) {
			return expectations.Board(t.Context(), r, "elsewhere", expectations.Filter{Limit: 9})
		},
		"waiting": func() ([]expectations.Expectation, error) {
			return expectations.Waiting(t.Context(), r, "elsewhere", "cees", []domain.Party{domain.Employees, domain.TheMT, domain.Person("anna")})
		},
	} {
		got, err := list()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]expectations.Expectation{there}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for _, id := range []domain.ExpectationID{"taken", "nothing"} {
		if _, err := expectations.TheExpectation(t.Context(), r, "elsewhere", id); !errors.Is(err, expectation.ErrUnknown) {
			t.Errorf("%s: %v, want %v", id, err, expectation.ErrUnknown)
		}
	}
}

func TestAsItWas(t *testing.T) {
	for at, want := range map[domain.Position]expectation.Status{7: expectation.StatusOpen, 8: expectation.StatusCountered, 17: expectation.StatusTaken} {
		r := projectionstest.ReadPast(t, story(), "tide", at, expectations.Model)
		e, err := expectations.TheExpectation(t.Context(), r, "tide", "taken")
		if err != nil || e.Status != want {
			t.Errorf("at %d it was %q (%v), want %q", at, e.Status, err, want)
		}
	}
}

func TestLiveEqualsRebuilt(t *testing.T) {
	projectionstest.LiveEqualsRebuilt(t, story(), expectations.Model)
}
