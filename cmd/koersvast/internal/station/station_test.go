package station_test

import (
	"context"
	"crypto/ecdh"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"koersvast/cmd/koersvast/internal/station"
	"koersvast/domain"
	"koersvast/domain/catalog"
	"koersvast/domain/round"
	"koersvast/eventstore"
	"koersvast/eventstore/ballotbox"
	"koersvast/eventstore/ballotbox/ballot"
	"koersvast/eventstore/keys"
)

// A hall is a station with a log of its own, and a coach.
type hall struct {
	*station.Station
	t      *testing.T
	folder string
	boxes  *ballotbox.Boxes
	keys   *keys.Memory
	log    eventstore.Log
	store  *eventstore.Store
	coach  *ecdh.PrivateKey
	act    int
}

func newHall(t *testing.T) *hall {
	t.Helper()
	h := &hall{t: t, folder: t.TempDir(), keys: new(keys.Memory)}
	h.log = eventstore.NewMemory(eventstore.NewCodec(catalog.Events(), h.keys))
	h.store = eventstore.NewStore(h.log)
	h.enter()
	var err error
	if h.coach, err = ballot.NewKey(); err != nil {
		t.Fatal(err)
	}
	return h
}

// enter opens the folder of boxes, as a process does when it starts.
func (h *hall) enter() {
	h.t.Helper()
	var err error
	if h.boxes, err = ballotbox.Open(h.folder, h.keys); err != nil {
		h.t.Fatal(err)
	}
	h.Station = station.New(h.boxes, h.log, h.keys)
}

func (h *hall) do(by domain.PersonID, on domain.Day, commands ...domain.Command[round.State]) error {
	h.act++
	act := domain.Act{ID: domain.ActID(fmt.Sprint("act-", h.act)), Programme: "tide", By: by, At: on.Start().Add(9 * time.Hour)}
	var steps []eventstore.Step
	for _, c := range commands {
		steps = append(steps, eventstore.Do(c))
	}
	_, err := eventstore.ExecuteAll(h.t.Context(), h.store, act, steps...)
	return err
}

func (h *hall) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

var questions = []round.Question{
	{ID: "asks", Scale: round.HearSee, Text: "Vraagt eerst door."},
	{ID: "line", Scale: round.Words, Text: "Wil je hier iets bij zeggen?"},
}

// staff are n people who are asked.
func staff(n int) (raters []round.Rater) {
	for i := range n {
		raters = append(raters, round.Rater{Person: domain.PersonID(fmt.Sprint("h", i+1)), Group: domain.Staff})
	}
	return raters
}

// open brings a round about Anja so far that people can answer.
func (h *hall) open(id domain.RoundID, first domain.Day, raters []round.Rater) round.Open {
	h.t.Helper()
	h.must(h.do("lies", first, round.Plan{
		ID: id, Kind: domain.Check, Subject: "anja", Coach: "cora", Promise: "p1", Questions: questions,
		Opens: first, Closes: first.Add(14), Thresholds: domain.UsualThresholds,
	}))
	h.must(h.do("lies", first, round.ApproveRaters{ID: id, Raters: raters}))
	open, err := h.Open(station.Opening{
		ID: id, Raters: append(raters, round.Rater{Person: "anja", Group: domain.Self}), Thresholds: domain.UsualThresholds, Questions: questions,
		Coach: domain.Bytes(base64.StdEncoding.EncodeToString(h.coach.PublicKey().Bytes())),
	})
	h.must(err)
	h.must(h.do("lies", first, open))
	return open
}

// answer casts what one person answers, as their browser does.
func (h *hall) answer(box round.BoxID, who domain.PersonID, a round.Answer) ballot.Nullifier {
	h.t.Helper()
	b, err := h.Box(box)
	h.must(err)
	request, err := ballot.Ask(b.Manifest())
	h.must(err)
	signed, err := b.Issue(who, request.Blinded)
	h.must(err)
	credential, err := request.Credential(signed)
	h.must(err)
	text, err := json.Marshal(a)
	h.must(err)
	sealed, err := ballot.Seal(b.Manifest(), credential.Nullifier(), text)
	h.must(err)
	h.must(h.Boxes.Cast(ballot.Ballot{Credential: credential, Sealed: sealed}))
	return credential.Nullifier()
}

func (h *hall) closing(open round.Open, raters []round.Rater, earlier ...domain.RoundID) station.Closing {
	return station.Closing{
		Programme: "tide", ID: open.ID, Kind: domain.Check, Questions: questions, Thresholds: domain.UsualThresholds,
		Raters: append(raters, round.Rater{Person: "anja", Group: domain.Self}), Boxes: open.Boxes, Earlier: earlier,
	}
}

func (h *hall) key(open round.Open) *ecdh.PrivateKey {
	h.t.Helper()
	key, err := station.OpenKey(h.coach, open.ID, open.Key)
	h.must(err)
	return key
}

func sees(x int, said string) round.Answer {
	return round.Answer{
		Sees: map[domain.QuestionID]int{"asks": x}, Hears: map[domain.QuestionID]int{"asks": 4},
		Words: map[domain.QuestionID]round.Written{"line": {Text: said, Use: round.ForCoach}},
	}
}

// boxOf returns the box of a group.
func boxOf(open round.Open, g domain.RaterGroup) round.BoxID {
	for _, b := range open.Boxes {
		if b.Group == g {
			return b.ID
		}
	}
	return ""
}

// hold has everybody answer and brings the round to its end.
func (h *hall) hold(id domain.RoundID, first domain.Day, raters []round.Rater, ratings []int, earlier ...domain.RoundID) (round.Outcome, []ballot.Nullifier) {
	h.t.Helper()
	open := h.open(id, first, raters)
	var cast []ballot.Nullifier
	for i, x := range ratings {
		cast = append(cast, h.answer(boxOf(open, domain.Staff), raters[i].Person, sees(x, "Goed zo.")))
	}
	cast = append(cast, h.answer(boxOf(open, domain.Self), "anja", sees(5, "")))
	h.must(h.do("cora", first.Add(14), round.Close{ID: id}))
	outcome, err := h.Count(h.t.Context(), h.closing(open, raters, earlier...), h.key(open))
	h.must(err)
	h.must(h.do("cora", first.Add(14), round.Release{ID: id, Outcome: outcome}))
	return outcome, cast
}

func TestARoundFromOpeningToResult(t *testing.T) {
	h := newHall(t)
	raters := staff(12)
	outcome, cast := h.hold("r1", "2026-03-02", raters, []int{4, 4, 3, 5, 4, 2, 4, 4})

	item := outcome.Report.Items[0]
	if len(item.Cells) != 1 || !item.Cells[0].Shown || item.Cells[0].Sees.Value != 3.8 {
		t.Errorf("employees see %+v; want 3.8", item.Cells)
	}
	if item.Self == nil || item.Self.Sees != 5 || item.Gap == nil {
		t.Errorf("self %+v, gap %+v", item.Self, item.Gap)
	}
	if len(outcome.Comments) != 8 {
		t.Errorf("%d comments; want 8 for the coach", len(outcome.Comments))
	}
	if len(outcome.Receipts) != 13 {
		t.Errorf("%d receipts; want as many as people were asked, 13", len(outcome.Receipts))
	}
	for _, n := range cast {
		found := false
		for _, r := range outcome.Receipts {
			found = found || string(r) == n.String()
		}
		if !found {
			t.Errorf("%s is not among the receipts", n)
		}
	}
}

func TestCountingAgainGivesTheSame(t *testing.T) {
	h := newHall(t)
	raters := staff(10)
	open := h.open("r1", "2026-03-02", raters)
	for i := range 6 {
		h.answer(boxOf(open, domain.Staff), raters[i].Person, sees(1+i%5, "Ja."))
	}
	h.must(h.do("cora", "2026-03-16", round.Close{ID: "r1"}))
	first, err := h.Count(t.Context(), h.closing(open, raters), h.key(open))
	h.must(err)
	h.enter() // the process stopped before the result was in the log
	again, err := h.Count(t.Context(), h.closing(open, raters), h.key(open))
	h.must(err)
	if asJSON(t, first.Report) != asJSON(t, again.Report) || len(first.Comments) != len(again.Comments) {
		t.Errorf("first\n%s\nand then\n%s", asJSON(t, first.Report), asJSON(t, again.Report))
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestAnotherKeyClosesNothing(t *testing.T) {
	h := newHall(t)
	raters := staff(10)
	open := h.open("r1", "2026-03-02", raters)
	other, err := ballot.NewKey()
	h.must(err)
	if err := h.Fits(h.closing(open, raters), other); !errors.Is(err, ballot.ErrWrongKey) {
		t.Errorf("another key fits: %v", err)
	}
	if _, err := h.Count(t.Context(), h.closing(open, raters), other); !errors.Is(err, ballot.ErrWrongKey) {
		t.Fatalf("counted with another key: %v", err)
	}
	h.answer(boxOf(open, domain.Staff), "h1", sees(3, "")) // still taken
	if _, err := station.OpenKey(other, open.ID, open.Key); !errors.Is(err, ballot.ErrWrongKey) {
		t.Errorf("another coach opens the key of the round: %v", err)
	}
}

func TestARoundThatIsNotClosedIsNotCounted(t *testing.T) {
	h := newHall(t)
	raters := staff(10)
	open := h.open("r1", "2026-03-02", raters)
	if _, err := h.Count(t.Context(), h.closing(open, raters), h.key(open)); !errors.Is(err, round.ErrNotClosed) {
		t.Fatalf("counted while it is open: %v", err)
	}
	h.answer(boxOf(open, domain.Staff), "h1", sees(3, "")) // still taken
}

// TestARoundIsClosedOrTakesAnswers has the lead give a round more days before
// each of the steps in which its coach closes it, while people answer; and has
// the process stop there, too. Either the round is closed, and its boxes are,
// or it has more days and they take answers. All that were taken count.
func TestARoundIsClosedOrTakesAnswers(t *testing.T) {
	const last, later = domain.Day("2026-03-16"), domain.Day("2026-03-20")
	for step, before := range []string{"the key is tried", "it is closed", "it is counted", "it is released"} {
		for _, stops := range []bool{false, true} {
			t.Run(fmt.Sprintf("before %s, stopping: %v", before, stops), func(t *testing.T) {
				t.Parallel()
				h := newHall(t)
				raters := staff(9)
				open := h.open("r1", "2026-03-02", raters)
				box := boxOf(open, domain.Staff)
				var taken []ballot.Nullifier
				answers := func(people int) {
					for range people {
						taken = append(taken, h.answer(box, raters[len(taken)].Person, sees(1+len(taken)%5, "Ja.")))
					}
				}
				var outcome round.Outcome
				steps := []func(on domain.Day) error{
					func(domain.Day) error { return h.Fits(h.closing(open, raters), h.key(open)) },
					func(on domain.Day) error { return h.do("cora", on, round.Close{ID: "r1"}) },
					func(domain.Day) (err error) {
						outcome, err = h.Count(t.Context(), h.closing(open, raters), h.key(open))
						return err
					},
					func(on domain.Day) error { return h.do("cora", on, round.Release{ID: "r1", Outcome: outcome}) },
				}
				closes := func(on domain.Day, steps []func(domain.Day) error) error {
					for _, step := range steps {
						if err := step(on); err != nil {
							return err
						}
					}
					return nil
				}

				answers(6)
				h.must(closes(last, steps[:step]))
				extended := h.do("lies", last, round.Extend{ID: "r1", Closes: later})
				if step < 3 { // the boxes are not closed yet
					answers(1)
				}
				rest := steps[step:]
				if stops {
					h.enter()
					h.must(h.SweepOnce(t.Context(), h.standing, nil))
					rest = steps
				}
				err := closes(last, rest)
				if extended == nil {
					if !errors.Is(err, round.ErrTooEarly) {
						t.Fatalf("a round with more days was closed: %v", err)
					}
					h.must(h.SweepOnce(t.Context(), h.standing, nil))
					answers(2)
					err = closes(later, steps)
				} else if !errors.Is(extended, round.ErrNotOpen) {
					t.Fatal(extended)
				}
				h.must(err)
				if want := step < 2; (extended == nil) != want {
					t.Errorf("it was given more days: %v, want %v", extended == nil, want)
				}
				for _, n := range taken {
					if !slices.Contains(outcome.Receipts, round.Receipt(n.String())) {
						t.Errorf("%s was taken and does not count", n)
					}
				}
			})
		}
	}
}

func TestTheBoxesOfAClosedRoundAreClosedAfterACrash(t *testing.T) {
	h := newHall(t)
	open := h.open("r1", "2026-03-02", staff(12))
	h.must(h.do("cora", "2026-03-16", round.Close{ID: "r1"}))
	h.enter() // the process stopped before it closed them
	for range 2 {
		h.must(h.SweepOnce(t.Context(), h.standing, nil))
	}
	for _, b := range open.Boxes {
		box, err := h.Box(b.ID)
		h.must(err)
		if closed, err := box.Closed(); err != nil || !closed {
			t.Errorf("the box of %s is closed: %v, %v", b.Group, closed, err)
		}
	}
}

func TestTooFewAnswersAreNothing(t *testing.T) {
	h := newHall(t)
	raters := staff(10)
	open := h.open("r1", "2026-03-02", raters)
	for i := range 4 { // of the five that were promised
		h.answer(boxOf(open, domain.Staff), raters[i].Person, sees(2, "Canary."))
	}
	h.answer(boxOf(open, domain.Self), "anja", sees(5, "Canary."))
	h.must(h.do("cora", "2026-03-16", round.Close{ID: "r1"}))
	outcome, err := h.Count(t.Context(), h.closing(open, raters), h.key(open))
	h.must(err)
	h.must(h.do("cora", "2026-03-16", round.Release{ID: "r1", Outcome: outcome}))
	for rec, err := range h.log.Stream(t.Context(), domain.Stream{Programme: "tide", Kind: "round", ID: "r1"}, 0) {
		h.must(err)
		for _, e := range rec.Events {
			if _, out := e.(round.Released); out {
				t.Error("it was released")
			}
		}
	}
}

func TestTheNextRoundIsComparedWithTheOneBefore(t *testing.T) {
	h := newHall(t)
	h.hold("r1", "2026-03-02", staff(12), []int{2, 2, 3, 2, 3, 2, 2, 3, 2, 3})
	outcome, _ := h.hold("r2", "2026-09-02", staff(12), []int{4, 4, 5, 4, 4, 5, 4, 4, 5, 4}, "r1")
	change := outcome.Report.Items[0].Change
	if change == nil || !change.Real || change.Since != "r1" {
		t.Errorf("the change is %+v; want a real one since the first round", change)
	}
}

// standing is what the log of the hall has told.
func (h *hall) standing(ctx context.Context, box round.BoxID) (status round.Status, known bool, err error) {
	for rec, err := range h.log.After(ctx, 0) {
		if err != nil {
			return "", false, err
		}
		for _, e := range rec.Events {
			switch e := e.(type) {
			case round.Opened:
				for _, b := range e.Boxes {
					if b.ID == box {
						status, known = round.StatusOpen, true
					}
				}
			case round.Closed:
				status = round.StatusClosed
			case round.Released:
				status = round.StatusReleased
			}
		}
	}
	return status, known, nil
}

func TestBoxesGoWhenTheirRoundIsReleased(t *testing.T) {
	h := newHall(t)
	h.hold("r1", "2026-03-02", staff(12), []int{4, 4, 3, 5, 4, 2})
	h.must(h.SweepOnce(t.Context(), h.standing, nil))
	if ids, err := h.boxes.IDs(); err != nil || len(ids) > 0 {
		t.Errorf("%d boxes are left (%v)", len(ids), err)
	}
	if _, err := h.keys.Seal(ballotbox.IssuerKey("r1"), []byte("x"), nil); !errors.Is(err, domain.ErrErased) {
		t.Errorf("the key of the round's credentials is there still: %v", err)
	}
}

func TestBoxesOfOpenRoundsStand(t *testing.T) {
	h := newHall(t)
	h.open("r1", "2026-03-02", staff(12))
	h.must(h.SweepOnce(t.Context(), h.standing, nil))
	if ids, err := h.boxes.IDs(); err != nil || len(ids) != 2 {
		t.Errorf("%d boxes are left (%v); want 2", len(ids), err)
	}
}

func TestBoxesThatNoRoundKnowsGoAtTheStartOnly(t *testing.T) {
	h := newHall(t)
	_, err := h.Open(station.Opening{
		ID: "r1", Raters: staff(5), Thresholds: domain.UsualThresholds, Questions: questions,
		Coach: domain.Bytes(base64.StdEncoding.EncodeToString(h.coach.PublicKey().Bytes())),
	})
	h.must(err)
	h.must(h.SweepOnce(t.Context(), h.standing, nil))
	strays, err := h.boxes.IDs()
	if err != nil || len(strays) != 1 {
		t.Fatalf("one that was just made is gone: %v, %v", strays, err)
	}
	h.must(h.SweepOnce(t.Context(), h.standing, strays))
	if left, err := h.boxes.IDs(); err != nil || len(left) > 0 {
		t.Errorf("%d are left (%v)", len(left), err)
	}
	h.open("r1", "2026-03-02", staff(12)) // the round can still open
}

func TestTurnoutInWords(t *testing.T) {
	h := newHall(t)
	raters := staff(12)
	open := h.open("r1", "2026-03-02", raters)
	var invited []domain.PersonID
	for _, r := range raters {
		invited = append(invited, r.Person)
	}
	for i, want := range []round.Turnout{round.UnderHalf, round.UnderHalf, round.UnderHalf, round.UnderHalf, round.UnderHalf, round.UnderHalf, round.OverHalf} {
		got, ok, err := h.Turnout(boxOf(open, domain.Staff), invited)
		if err != nil || !ok || got != want {
			t.Errorf("after %d: %q, %v, %v; want %q", i, got, ok, err, want)
		}
		h.answer(boxOf(open, domain.Staff), raters[i].Person, sees(3, ""))
	}
	if _, ok, err := h.Turnout(boxOf(open, domain.Self), []domain.PersonID{"anja"}); ok || err != nil {
		t.Errorf("of one person: %v, %v; want nothing said", ok, err)
	}
}
