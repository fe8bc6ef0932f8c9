package councils_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/domain/council"
	"koersvast/projections"
	"koersvast/projections/councils"
	"koersvast/projections/projectionstest"
)

var (
	high  = domain.Thresholds{Peers: 4, Leaders: 4, Staff: 7}
	check = []domain.RoundKind{domain.Check}
	both  = []domain.RoundKind{domain.Check, domain.Feedback}

	asked = council.ConsentAsked{Number: 1, By: "sanne", Kinds: check, Thresholds: high, Scope: "Iedereen.", Documents: "DPIA 2026-3"}
	first = councils.Question{
		Number: 1, Asked: "2026-03-02", By: "sanne", Kinds: check, Thresholds: high, Scope: "Iedereen.", Documents: "DPIA 2026-3",
		Status: council.StatusAsked,
	}
	more   = council.ConsentAsked{Number: 2, By: "sanne", Kinds: both, Thresholds: domain.UsualThresholds}
	second = councils.Question{
		Number: 2, Asked: "2026-03-05", By: "sanne", Kinds: both, Thresholds: domain.UsualThresholds, Status: council.StatusAsked,
	}
	yes      = council.ConsentGranted{Number: 1, Conditions: "Na een jaar opnieuw.", Noted: council.Noted{On: "2026-03-01", Reference: "OR 14"}}
	yesNoted = councils.Decision{On: "2026-03-01", By: "greetje", Reference: "OR 14", Text: "Na een jaar opnieuw."}
	no       = council.ConsentRefused{Number: 2, Why: "De drempels zijn te laag.", Noted: council.Noted{On: "2026-03-06", Member: true}}
	noNoted  = councils.Decision{On: "2026-03-06", By: "greetje", Member: true, Text: "De drempels zijn te laag."}
	back     = council.ConsentWithdrawn{Number: 1, Why: "Niet nagekomen.", Noted: council.Noted{On: "2026-03-07", Reference: "OR 15"}}
	taken    = councils.Decision{On: "2026-03-07", By: "greetje", Reference: "OR 15", Text: "Niet nagekomen."}
)

func as(q councils.Question, s council.Status, answer, withdrawal councils.Decision) councils.Question {
	q.Status, q.Answer, q.Withdrawal = s, answer, withdrawal
	return q
}

func by(who domain.PersonID, day domain.Day, e domain.Event) domain.Record {
	return projectionstest.Act(council.Home("tide"), day, who, e)
}

// story is what happened, an act each.
func story() *projectionstest.Log {
	return projectionstest.Facts("tide",
		by("sanne", "2026-03-01", council.Sized{Employees: 49}),
		by("sanne", "2026-03-02", asked),
		by("greetje", "2026-03-03", yes),
		by("sanne", "2026-03-04", council.Sized{Employees: 64}),
		by("sanne", "2026-03-05", more),
		by("greetje", "2026-03-06", no),
		by("greetje", "2026-03-07", back),
		by("sanne", "2026-03-08", council.ConsentAsked{Number: 3, By: "sanne", Kinds: check, Thresholds: high}),
		by("sanne", "2026-03-09", council.ConsentAsked{Number: 4, By: "sanne", Kinds: check, Thresholds: high}),
		by("greetje", "2026-03-10", council.ConsentGranted{Number: 4, Noted: council.Noted{On: "2026-03-10", Member: true}}),
		by("sanne", "2026-03-11", council.ConsentAsked{Number: 5, By: "sanne", Kinds: both, Thresholds: high}),
		by("greetje", "2026-03-12", council.ConsentGranted{Number: 5, Noted: council.Noted{On: "2026-03-12", Member: true}}),
		projectionstest.Act(domain.Stream{Programme: "elsewhere", Kind: "council", ID: "elsewhere"}, "2026-03-02", "wil", asked),
	)
}

func TestWhatEachFactSaysOfTheConsent(t *testing.T) {
	none := councils.Decision{}
	for at, want := range map[domain.Position]councils.Council{
		1: {Employees: 49, Sized: "2026-03-01", Questions: []councils.Question{}},
		2: {Employees: 49, Sized: "2026-03-01", Questions: []councils.Question{first}},
		3: {
			Employees: 49, Sized: "2026-03-01", Answered: council.StatusGranted,
			Questions: []councils.Question{as(first, council.StatusGranted, yesNoted, none)},
		},
		4: {
			Employees: 64, Sized: "2026-03-04", Answered: council.StatusGranted,
			Questions: []councils.Question{as(first, council.StatusGranted, yesNoted, none)},
		},
		5: {
			Employees: 64, Sized: "2026-03-04", Answered: council.StatusGranted,
			Questions: []councils.Question{second, as(first, council.StatusGranted, yesNoted, none)},
		},
		6: {
			Employees: 64, Sized: "2026-03-04", Answered: council.StatusRefused,
			Questions: []councils.Question{as(second, council.StatusRefused, noNoted, none), as(first, council.StatusGranted, yesNoted, none)},
		},
		7: {
			Employees: 64, Sized: "2026-03-04", Answered: council.StatusWithdrawn,
			Questions: []councils.Question{as(second, council.StatusRefused, noNoted, none), as(first, council.StatusWithdrawn, yesNoted, taken)},
		},
	} {
		got := the(t, projectionstest.ReadPast(t, story(), "tide", at, councils.Model), "tide")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("at %d (-want +got):\n%s", at, diff)
		}
	}
}

func TestAQuestionGivesWayToTheNext(t *testing.T) {
	var got []council.Status
	for _, q := range the(t, projectionstest.Read(t, story(), councils.Model), "tide").Questions {
		got = append(got, q.Status)
	}
	want := []council.Status{council.StatusGranted, council.StatusEnded, council.StatusReplaced, council.StatusRefused, council.StatusWithdrawn}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the newest first (-want +got):\n%s", diff)
	}
}

func TestWhatCountsWhenARoundIsOpened(t *testing.T) {
	for at, want := range map[domain.Position]council.Stand{
		1: {Employees: 49},
		2: {Employees: 49},
		5: {Employees: 64, Answered: council.StatusGranted, Kinds: check, Least: high},
		6: {Employees: 64, Answered: council.StatusRefused, Kinds: check, Least: high},
		7: {Employees: 64, Answered: council.StatusWithdrawn},
	} {
		got := the(t, projectionstest.ReadPast(t, story(), "tide", at, councils.Model), "tide").Stand()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("at %d (-want +got):\n%s", at, diff)
		}
	}
}

func TestWhatWaits(t *testing.T) {
	for at, want := range map[domain.Position]int{1: 0, 2: 1, 3: 0, 9: 4} {
		q, ok := the(t, projectionstest.ReadPast(t, story(), "tide", at, councils.Model), "tide").Waits()
		if q.Number != want || ok != (want > 0) {
			t.Errorf("at %d question %d waits, want %d", at, q.Number, want)
		}
	}
}

func TestProgrammesAreNeverMixed(t *testing.T) {
	r := projectionstest.Read(t, story(), councils.Model)
	if diff := cmp.Diff(councils.Council{Questions: []councils.Question{first}}, the(t, r, "elsewhere")); diff != "" {
		t.Errorf("elsewhere (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(councils.Council{Questions: []councils.Question{}}, the(t, r, "nowhere")); diff != "" {
		t.Errorf("nowhere (-want +got):\n%s", diff)
	}
}

func the(t *testing.T, r projections.Reader, in domain.ProgrammeID) councils.Council {
	t.Helper()
	c, err := councils.TheCouncil(t.Context(), r, in)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestLiveEqualsRebuilt(t *testing.T) {
	projectionstest.LiveEqualsRebuilt(t, story(), councils.Model)
}
