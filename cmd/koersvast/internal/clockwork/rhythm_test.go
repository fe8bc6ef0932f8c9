package clockwork_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/domain/programme"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/projections"
	"koersvast/projections/rounds"
)

const said = "Ik vraag in elk overleg eerst door."

// checked has Sam make a promise that is checked every sixty days. Its check
// was closed on 16 March, and is next due on 15 May, a Friday.
func (o *office) checked(question round.Question) {
	o.t.Helper()
	execute(o, "sam", promise.Make{
		ID: "p1", Terms: promise.Terms{Wording: said, Situation: "In het overleg.", Frequency: "Elke week.", Noticed: "Wie erbij zit, hoort het."},
		Details: promise.Details{To: []domain.Party{domain.Everyone}, Rhythm: 60},
	})
	execute(o, "marieke", round.Plan{
		ID: "r1", Kind: domain.Check, Subject: "sam", Coach: "carla", Promise: "p1", Thresholds: domain.Thresholds{Peers: 3, Leaders: 4, Staff: 5},
		Questions: []round.Question{question}, Opens: "2026-03-02", Closes: "2026-03-16",
	})
	execute(o, "marieke", round.ApproveRaters{ID: "r1", Raters: raters})
	o.tick("2026-03-02 09:30")
	if got := o.round("r1").Status; got != round.StatusOpen {
		o.t.Fatalf("the first check is %s", got)
	}
	o.at("2026-03-16 17:00")
	execute(o, "carla", round.Close{ID: "r1"})
	execute(o, "carla", round.Release{ID: "r1"}) // too few answered
}

var (
	ofBehaviour = round.Question{ID: "b-asks", Scale: round.HearSee, Behaviour: "asks", Text: "Vraagt eerst door."}
	ofPromise   = round.Question{ID: "promise", Scale: round.HearSee, Text: said}
)

// others are the rounds besides the first.
func (o *office) others() (list []rounds.Round) {
	o.t.Helper()
	err := o.views.Read(o.t.Context(), func(read projections.Reader, _ domain.Position) error {
		all, err := rounds.List(o.t.Context(), read, "tij", rounds.Sight{Everything: true})
		for _, r := range all {
			if r.ID != "r1" {
				list = append(list, r)
			}
		}
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return list
}

func TestTheNextCheckIsPlannedAWeekBeforeItIsDueOnce(t *testing.T) {
	o := newOffice(t)
	o.checked(ofPromise)
	o.tick("2026-05-07 23:59")
	if got := o.others(); len(got) > 0 {
		t.Fatalf("more than a week before: %+v", got)
	}
	o.tick("2026-05-08 00:01")
	o.tick("2026-05-08 00:03")
	o.tick("2026-05-20 12:00")
	got := o.others()
	if len(got) != 1 {
		t.Fatalf("%d are planned, want one", len(got))
	}
	want := o.round("r1")
	want.ID, want.Status, want.Since, want.Planned, want.Closed, want.Place = got[0].ID, round.StatusPlanned, "2026-05-08", "2026-05-08", "", got[0].Place
	want.Opens, want.Closes = "2026-05-15", "2026-05-29"
	if diff := cmp.Diff(want, got[0]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var plans []domain.Record
	for _, id := range []domain.RoundID{"r1", got[0].ID} {
		for rec, err := range o.Log.Stream(t.Context(), domain.Stream{Programme: "tij", Kind: "round", ID: string(id)}, 0) {
			if err != nil {
				t.Fatal(err)
			}
			plans = append(plans, rec)
			break
		}
	}
	if plans[1].By != "marieke" || plans[1].Cause != plans[0].ID {
		t.Errorf("it was planned by %s because of %q, want marieke and %q", plans[1].By, plans[1].Cause, plans[0].ID)
	}

	// People settle who is asked; and what they give up does not come back.
	o.wantMail("els", "finn", "gijs", "hanna", "sam") // of the first
	execute(o, "marieke", round.Cancel{ID: got[0].ID, Why: "Sam is weg."})
	o.tick("2026-05-21 12:00")
	if n := len(o.others()); n != 1 {
		t.Errorf("after it was given up there are %d", n)
	}
}

func TestAfterAStandstillThereIsAWeekToSettleWhoIsAsked(t *testing.T) {
	o := newOffice(t)
	o.checked(ofPromise)
	o.tick("2026-08-01 12:00") // a Saturday
	if got := o.others(); len(got) != 1 || got[0].Opens != "2026-08-10" {
		t.Errorf("got %+v, want one that opens on Monday in a week", got)
	}
}

// TestWhenNoCheckIsPlanned has a table of what happens before it is due.
func TestWhenNoCheckIsPlanned(t *testing.T) {
	for name, c := range map[string]struct {
		asked   round.Question
		happens func(*office)
		planned int
	}{
		"nothing happens":                  {ofPromise, func(*office) {}, 1},
		"the promise was kept":             {ofPromise, func(o *office) { execute(o, "sam", promise.Keep{ID: "p1"}) }, 0},
		"somebody planned it already":      {ofPromise, func(o *office) { o.plan("r2", "2026-06-01", "2026-06-15") }, 1},
		"the coach is gone":                {ofPromise, func(o *office) { o.do("marieke", programme.Leave{Programme: "tij", ID: "carla"}) }, 0},
		"the promiser is gone":             {ofPromise, func(o *office) { o.do("marieke", programme.Leave{Programme: "tij", ID: "sam"}) }, 0},
		"it was said otherwise":            {ofPromise, reword, 0},
		"it was said otherwise, not asked": {ofBehaviour, reword, 1},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			o.checked(c.asked)
			c.happens(o)
			o.tick("2026-05-08 12:00")
			if got := o.others(); len(got) != c.planned {
				t.Errorf("got %d, want %d", len(got), c.planned)
			}
		})
	}
}

func reword(o *office) {
	execute(o, "sam", promise.Reword{
		ID: "p1", Why: "Duidelijker.",
		Terms: promise.Terms{Wording: "Ik stel in elk overleg twee vragen.", Situation: "In het overleg.", Frequency: "Elke week.", Noticed: "Wie erbij zit, hoort het."},
	})
}
