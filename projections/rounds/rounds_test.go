package rounds_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/programme"
	"koersvast/domain/round"
	"koersvast/projections/projectionstest"
	"koersvast/projections/rounds"
)

func on(id domain.RoundID) domain.Stream { return domain.Stream{Kind: "round", ID: string(id)} }

func about(text string) domain.Private {
	return domain.Say(domain.KeyOf("anja", domain.Opinions), text)
}

var erased = projectionstest.Erased(domain.KeyOf("anja", domain.Opinions))

const (
	asks      = `[{"id":"asks","scale":"hear_see","text":"Vraagt eerst door."}]`
	comments  = `[{"id":"c1","question":"line","text":"Mooi.","use":"literally"},{"id":"c2","question":"line","text":"Noemt een naam.","use":"literally"}]`
	forCoach  = `[{"id":"c3","question":"line","text":"Te snel.","use":"paraphrase"}]`
	reportOne = `{"groups":[{"group":"employees","shown":true,"band":"5-7"}],"items":[]}`
)

// What happens in a round about Anja, from plan to letter.
var (
	planned = round.Planned{
		ID: "r1", Kind: domain.Check, Purpose: round.Development, Subject: "anja", Coach: "cora", Promise: "p1",
		Questions: about(asks), Opens: "2026-03-09", Closes: "2026-03-20", Thresholds: domain.UsualThresholds,
	}
	raters = []round.Rater{{Person: "anja", Group: domain.Self}, {Person: "bram", Group: domain.Staff}, {Person: "els", Group: domain.Staff}}
	opened = round.Opened{
		ID: "r1", On: "2026-03-09", Raters: raters[:2], Key: "sealed",
		Boxes: []round.Box{{Group: domain.Staff, ID: "b1", Manifest: "{}"}, {Group: domain.Self, ID: "b2", Manifest: "{}"}},
	}
	released = round.Released{
		ID: "r1", On: "2026-03-21", Report: about(reportOne), Comments: about(comments), ForCoach: about(forCoach),
		Exact: domain.Say("round/r1/statistics", `{"took":{"employees":["bram"]}}`), Receipts: []round.Receipt{"aa", "bb"},
	}
)

// story is a round and its end, beside one of another programme with the same
// id and one that nobody but its subject and coach has to do with.
func story(then ...domain.Event) *projectionstest.Log {
	elsewhere := projectionstest.Act(on("r1"), "2026-03-02", "lies", planned)
	elsewhere.Programme = "elsewhere"
	other := planned
	other.ID, other.Subject, other.Promise = "r2", "dirk", "p2"
	log := projectionstest.Facts("tide",
		/* 1 */ projectionstest.Act(programme.Home("tide"), "2026-03-01", "cora", programme.KeyHeld{Person: "cora", Public: "old", Wrapped: about("w1")}),
		/* 2 */ projectionstest.Act(programme.Home("tide"), "2026-03-01", "cora", programme.KeyHeld{Person: "cora", Public: "new", Wrapped: about("w2")}),
		/* 3 */ elsewhere,
		/* 4 */ projectionstest.Act(on("r1"), "2026-03-02", "lies", planned),
		/* 5 */ projectionstest.Act(on("r2"), "2026-03-02", "lies", other),
		/* 6 */ projectionstest.Act(on("r1"), "2026-03-03", "anja", round.RatersProposed{ID: "r1", Raters: raters[1:]}),
		/* 7 */ projectionstest.Act(on("r1"), "2026-03-04", "lies", round.RatersApproved{ID: "r1", Raters: raters}),
		/* 8 */ projectionstest.Act(on("r1"), "2026-03-05", "els", round.RatingDeclined{ID: "r1", Person: "els"}),
		/* 9 */ projectionstest.Act(on("r1"), "2026-03-09", "lies", opened),
		/* 10 */ projectionstest.Act(on("r1"), "2026-03-12", "lies", round.RemindersSent{ID: "r1", Count: 1}),
		/* 11 */ projectionstest.Act(on("r1"), "2026-03-13", "lies", round.Extended{ID: "r1", Closes: "2026-03-21"}),
	)
	for _, e := range then {
		log.Append(projectionstest.Act(on("r1"), "2026-03-21", "cora", e))
	}
	return log
}

// stands is the round once it is open.
var stands = rounds.Round{
	ID: "r1", Kind: domain.Check, Subject: "anja", Coach: "cora", Promise: "p1", PlannedBy: "lies", Planned: "2026-03-02",
	Status: round.StatusOpen, Since: "2026-03-09", Opens: "2026-03-09", Closes: "2026-03-21", Extended: true, Reminders: 1, Reminded: "2026-03-12",
	Questions:  []round.Question{{ID: "asks", Scale: round.HearSee, Text: "Vraagt eerst door."}},
	Thresholds: domain.UsualThresholds, Letter: new(""), Place: 4,
}

func TestWhatEachFactSaysOfARound(t *testing.T) {
	closed := round.Closed{ID: "r1", On: "2026-03-21"}
	for _, c := range []struct {
		name  string
		facts []domain.Event
		now   func(*rounds.Round)
	}{
		{"it is open", nil, func(*rounds.Round) {}},
		{"closed", []domain.Event{closed}, func(r *rounds.Round) { r.Status, r.Since, r.Closed = round.StatusClosed, "2026-03-21", "2026-03-21" }},
		{"released", []domain.Event{closed, released}, func(r *rounds.Round) { r.Status, r.Since, r.Closed = round.StatusReleased, "2026-03-21", "2026-03-21" }},
		{"or nothing", []domain.Event{closed, round.NothingReleased{ID: "r1", On: "2026-03-21"}}, func(r *rounds.Round) { r.Status, r.Since, r.Closed = round.StatusNothing, "2026-03-21", "2026-03-21" }},
		{"given up", []domain.Event{round.Cancelled{ID: "r1", Why: about("Anja gaat weg.")}}, func(r *rounds.Round) { r.Status, r.Since = round.StatusCancelled, "2026-03-21" }},
		{"read by the coach", []domain.Event{round.ReadByCoach{ID: "r1"}}, func(r *rounds.Round) { r.Read = true }},
		{"talked about", []domain.Event{round.DebriefHeld{ID: "r1", On: "2026-03-20"}}, func(r *rounds.Round) { r.Debriefed = "2026-03-20" }},
		{"or not", []domain.Event{round.DebriefWaived{ID: "r1"}}, func(r *rounds.Round) { r.Debriefed, r.Waived = "2026-03-21", true }},
		{"shared", []domain.Event{round.ResultShared{ID: "r1", With: round.WithMT}}, func(r *rounds.Round) { r.Shared = round.WithMT }},
		{"answered with a letter", []domain.Event{round.RatersThanked{ID: "r1", Letter: about("Dank.")}}, func(r *rounds.Round) { r.Letter = new("Dank.") }},
		{"that is erased", []domain.Event{round.RatersThanked{ID: "r1", Letter: erased}}, func(r *rounds.Round) { r.Letter = nil }},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := stands
			c.now(&want)
			got, err := rounds.TheRound(t.Context(), projectionstest.Read(t, story(c.facts...), rounds.Model), "tide", "r1")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the round (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhoIsAsked(t *testing.T) {
	r := projectionstest.Read(t, story(), rounds.Model)
	got, err := rounds.Raters(t.Context(), r, "tide", "r1")
	if err != nil {
		t.Fatal(err)
	}
	want := []rounds.Rater{{Rater: raters[1]}, {Rater: raters[0]}} // Els declined before it opened
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the raters (-want +got):\n%s", diff)
	}
	past := projectionstest.ReadPast(t, story(), "tide", 8, rounds.Model)
	if got, err = rounds.Raters(t.Context(), past, "tide", "r1"); err != nil || len(got) != 3 || !got[1].Declined {
		t.Errorf("before it opened: %v, %v; want three, of whom Els declined", got, err)
	}
}

func TestWhoSeesWhichRounds(t *testing.T) {
	r := projectionstest.Read(t, story(), rounds.Model)
	for name, c := range map[string]struct {
		sight rounds.Sight
		want  []domain.RoundID
	}{
		"who leads sees all":             {rounds.Sight{Everything: true, Person: "lies"}, []domain.RoundID{"r2", "r1"}},
		"the subject sees their own":     {rounds.Sight{Person: "dirk"}, []domain.RoundID{"r2"}},
		"the coach those they coach":     {rounds.Sight{Person: "cora"}, []domain.RoundID{"r2", "r1"}},
		"a rater those they answer in":   {rounds.Sight{Person: "bram"}, []domain.RoundID{"r1"}},
		"who is not asked sees none":     {rounds.Sight{Person: "els"}, []domain.RoundID{}},
		"and nobody sees what is none's": {rounds.Sight{}, []domain.RoundID{}},
	} {
		list, err := rounds.List(t.Context(), r, "tide", c.sight)
		if err != nil {
			t.Fatal(err)
		}
		got := []domain.RoundID{}
		for _, one := range list {
			got = append(got, one.ID)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestWhatIsAskedOfSomebody(t *testing.T) {
	r := projectionstest.Read(t, story(), rounds.Model)
	for name, c := range map[string]struct {
		who   domain.PersonID
		today domain.Day
		want  int
	}{
		"an answer":                   {"bram", "2026-03-21", 1},
		"not after the last day":      {"bram", "2026-03-22", 0},
		"not of who is not in it":     {"els", "2026-03-21", 0},
		"the subject answers as well": {"anja", "2026-03-10", 1},
	} {
		if got, err := rounds.Asked(t.Context(), r, "tide", c.who, c.today); err != nil || len(got) != c.want {
			t.Errorf("%s: %v, %v; want %d", name, got, err, c.want)
		}
	}
}

func TestTheResultForCoachAndOthers(t *testing.T) {
	log := story(round.Closed{ID: "r1", On: "2026-03-21"}, released,
		round.CommentMasked{ID: "r1", Comment: "c2"},
		round.Paraphrased{ID: "r1", Question: "line", Text: about("Neem tijd.")},
		round.Paraphrased{ID: "r1", Question: "line", Text: about("Neem rustig de tijd.")})
	r := projectionstest.Read(t, log, rounds.Model)

	coach, err := rounds.ResultFor(t.Context(), r, "tide", "r1", true)
	if err != nil {
		t.Fatal(err)
	}
	if coach.Report == nil || len(coach.Comments) != 2 || !coach.Comments[1].Masked || len(coach.ForCoach) != 1 {
		t.Errorf("the coach reads %+v; want the report, both comments and the one for the coach", coach)
	}
	subject, err := rounds.ResultFor(t.Context(), r, "tide", "r1", false)
	if err != nil {
		t.Fatal(err)
	}
	if len(subject.Comments) != 1 || subject.Comments[0].ID != "c1" || subject.ForCoach != nil {
		t.Errorf("others read %+v; want neither what is masked nor what is for the coach", subject)
	}
	if diff := cmp.Diff(map[domain.QuestionID]string{"line": "Neem rustig de tijd."}, subject.Paraphrases); diff != "" {
		t.Errorf("in the words of the coach (-want +got):\n%s", diff)
	}
	if _, err := rounds.ResultFor(t.Context(), projectionstest.Read(t, story(), rounds.Model), "tide", "r1", true); !errors.Is(err, round.ErrNotReleased) {
		t.Errorf("before it is released: %v", err)
	}
}

func TestAnErasedResultIsGone(t *testing.T) {
	gone := released
	gone.Report, gone.Comments, gone.ForCoach = erased, erased, erased
	res, err := rounds.ResultFor(t.Context(), projectionstest.Read(t, story(round.Closed{ID: "r1"}, gone), rounds.Model), "tide", "r1", true)
	if err != nil || res.Report != nil || len(res.Comments)+len(res.ForCoach) != 0 {
		t.Errorf("%+v, %v; want nothing", res, err)
	}
}

// What the next round is compared with is for nobody to read, and so in no
// table.
func TestNothingExactIsKept(t *testing.T) {
	r := projectionstest.Read(t, story(round.Closed{ID: "r1", On: "2026-03-21"}, released), rounds.Model)
	var n int
	if err := r.QueryRowContext(t.Context(), `SELECT count(*) FROM rounds WHERE report LIKE '%took%' OR comments LIKE '%took%' OR for_coach LIKE '%took%'`).Scan(&n); err != nil || n > 0 {
		t.Errorf("%d rows hold exact figures (%v)", n, err)
	}
}

func TestKeysAndBoxes(t *testing.T) {
	r := projectionstest.Read(t, story(), rounds.Model)
	key, ok, err := rounds.KeyOf(t.Context(), r, "tide", "cora")
	if err != nil || !ok || key.Public != "new" {
		t.Errorf("the coach's key: %+v, %v, %v; want the newest", key, ok, err)
	}
	if keys, err := rounds.KeysOf(t.Context(), r, "tide", "cora"); err != nil || len(keys) != 2 || keys[1].Public != "old" {
		t.Errorf("all keys: %+v, %v", keys, err)
	}
	if _, ok, err := rounds.KeyOf(t.Context(), r, "elsewhere", "cora"); ok || err != nil {
		t.Errorf("in another programme: %v, %v", ok, err)
	}
	if sealed, err := rounds.SealedKeyOf(t.Context(), r, "tide", "r1"); err != nil || sealed != "sealed" {
		t.Errorf("the key of the round: %q, %v", sealed, err)
	}
	if boxes, err := rounds.Boxes(t.Context(), r, "tide", "r1"); err != nil || len(boxes) != 2 {
		t.Errorf("its boxes: %v, %v", boxes, err)
	}
	place, known, err := rounds.PlaceOf(t.Context(), r, "b1")
	if err != nil || !known || place != (rounds.Place{Programme: "tide", Round: "r1", Status: round.StatusOpen, Closes: "2026-03-21"}) {
		t.Errorf("the place of a box: %+v, %v, %v", place, known, err)
	}
	if _, known, err := rounds.PlaceOf(t.Context(), r, "b9"); known || err != nil {
		t.Errorf("of one that nobody knows: %v, %v", known, err)
	}
}

func TestWhenPromisesWereChecked(t *testing.T) {
	for name, c := range map[string]struct {
		facts []domain.Event
		want  rounds.LastCheck
	}{
		"it is being checked":     {nil, rounds.LastCheck{Running: true}},
		"it was":                  {[]domain.Event{round.Closed{ID: "r1", On: "2026-03-21"}, released}, rounds.LastCheck{Day: "2026-03-21"}},
		"what was given up is no": {[]domain.Event{round.Cancelled{ID: "r1"}}, rounds.LastCheck{}},
	} {
		got, err := rounds.LastChecks(t.Context(), projectionstest.Read(t, story(c.facts...), rounds.Model), "tide")
		if err != nil || got["p1"] != c.want {
			t.Errorf("%s: %+v, %v; want %+v", name, got["p1"], err, c.want)
		}
	}
	r := projectionstest.Read(t, story(), rounds.Model)
	if lately, err := rounds.AskedLately(t.Context(), r, "tide", "anja", "r9", "2026-01-01"); err != nil || !lately["bram"] || lately["els"] {
		t.Errorf("asked lately: %v, %v; want Bram, and not Els", lately, err)
	}
	if list, err := rounds.OfPromise(t.Context(), r, "tide", "p1"); err != nil || len(list) != 1 {
		t.Errorf("rounds of the promise: %v, %v", list, err)
	}
	if list, err := rounds.OfSubject(t.Context(), r, "tide", "dirk"); err != nil || len(list) != 1 {
		t.Errorf("rounds about Dirk: %v, %v", list, err)
	}
	if _, err := rounds.TheRound(t.Context(), r, "elsewhere", "r2"); !errors.Is(err, round.ErrUnknown) {
		t.Errorf("a round of another programme: %v", err)
	}
}

// Who may see what comes out is said by the round itself.
func TestForWhomTheResultIs(t *testing.T) {
	asker := func(id domain.PersonID, roles ...domain.Role) access.Actor {
		return access.Actor{Programme: "tide", Person: id, Roles: roles}
	}
	feedback, talked, shared := stands, stands, stands
	feedback.Kind = domain.Feedback
	talked.Kind, talked.Debriefed = domain.Feedback, "2026-03-22"
	shared.Shared = round.WithMT
	for name, c := range map[string]struct {
		round rounds.Round
		who   access.Actor
		want  bool
	}{
		"a check is for who promised":           {stands, asker("anja", domain.MT), true},
		"and for the coach":                     {stands, asker("cora", domain.Coach), true},
		"not for colleagues":                    {stands, asker("dirk", domain.MT), false},
		"until it is shared":                    {shared, asker("dirk", domain.MT), true},
		"and not for who leads the programme":   {shared, asker("lies", domain.Lead), false},
		"feedback is for the coach first":       {feedback, asker("anja", domain.MT), false},
		"and for its subject when talked about": {talked, asker("anja", domain.MT), true},
	} {
		if got := access.Can(c.who, access.RoundResult, c.round.Resource("tide", nil)); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestLiveEqualsRebuilt(t *testing.T) {
	projectionstest.LiveEqualsRebuilt(t, story(round.Closed{ID: "r1", On: "2026-03-21"}, released, round.ResultShared{ID: "r1", With: round.Everyone}), rounds.Model)
}
