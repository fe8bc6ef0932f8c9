package round_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"koersvast/domain"
	"koersvast/domain/domaintest"
	"koersvast/domain/round"
)

// path holds which fact can follow where a round stands, and where it stands
// then. What is not here never happens.
var path = map[round.Status]map[string]round.Status{
	"": {"round.planned": round.StatusPlanned},
	round.StatusPlanned: {
		"round.raters_proposed": round.StatusPlanned,
		"round.raters_approved": round.StatusApproved,
		"round.cancelled":       round.StatusCancelled,
	},
	round.StatusApproved: {
		"round.raters_approved": round.StatusApproved,
		"round.rating_declined": round.StatusApproved,
		"round.opened":          round.StatusOpen,
		"round.cancelled":       round.StatusCancelled,
	},
	round.StatusOpen: {
		"round.rating_declined": round.StatusOpen,
		"round.extended":        round.StatusOpen,
		"round.reminders_sent":  round.StatusOpen,
		"round.closed":          round.StatusClosed,
		"round.cancelled":       round.StatusCancelled,
	},
	round.StatusClosed: {
		"round.released":         round.StatusReleased,
		"round.nothing_released": round.StatusNothing,
		"round.cancelled":        round.StatusCancelled,
	},
	round.StatusReleased: {
		"round.read_by_coach":  round.StatusReleased,
		"round.comment_masked": round.StatusReleased,
		"round.paraphrased":    round.StatusReleased,
		"round.debrief_held":   round.StatusReleased,
		"round.debrief_waived": round.StatusReleased,
		"round.result_shared":  round.StatusReleased,
		"round.raters_thanked": round.StatusReleased,
	},
}

// A story is what an outsider makes of the facts.
type story struct {
	status    round.Status
	planned   round.Planned
	closes    domain.Day
	approved  []round.Rater
	declined  []domain.PersonID
	opened    []round.Rater
	opener    domain.PersonID
	happened  map[string]int
	settled   bool // coach and subject have talked, or will not
	coachRead bool
}

func TestWhateverPeopleAsk(t *testing.T) {
	ends := map[round.Status]int{}
	rapid.Check(t, func(t *rapid.T) {
		s := story{happened: map[string]int{}}
		domaintest.Walk(t, 80, s.ask, func(steps []domaintest.Step[round.State]) {
			last := steps[len(steps)-1]
			if len(last.Facts) != 1 {
				t.Fatalf("%T led to %d facts; a round changes one fact at a time", last.Command, len(last.Facts))
			}
			s.hear(t, last.By, last.Facts[0])
		})
		ends[s.status]++
	})
	for _, status := range []round.Status{round.StatusReleased, round.StatusNothing, round.StatusCancelled} {
		if ends[status] == 0 {
			t.Errorf("no round came to be %s: %v", status, ends)
		}
	}
}

// hear fails when a fact cannot be true beside those before it.
func (s *story) hear(t *rapid.T, by domain.Act, fact round.Event) {
	next, ok := path[s.status][fact.EventName()]
	if !ok {
		t.Fatalf("%s happened to a round that is %q", fact.EventName(), s.status)
	}
	coach, subject := s.planned.Coach, s.planned.Subject
	only := func(who domain.PersonID) {
		if by.By != who {
			t.Fatalf("%s did what only %s does: %s", by.By, who, fact.EventName())
		}
	}
	switch e := fact.(type) {
	case round.Planned:
		s.planned, s.closes = e, e.Closes
		if e.Purpose != round.Development || e.Coach == e.Subject || len(e.Refused()) > 0 {
			t.Fatalf("planned is %+v", e)
		}
	case round.RatersProposed:
		only(subject)
	case round.RatersApproved:
		s.approved = e.Raters
		if by.By == subject {
			t.Fatalf("%s settled who is asked about them", subject)
		}
	case round.RatingDeclined:
		only(e.Person)
		s.declined = append(s.declined, e.Person)
	case round.Opened:
		s.opened, s.opener = e.Raters, by.By
		s.hearOpened(t, e)
	case round.Extended:
		if days := s.closes.DaysUntil(e.Closes); s.happened[e.EventName()] > 0 || days < 1 || days > 7 {
			t.Fatalf("a round until %s was extended to %s", s.closes, e.Closes)
		}
		s.closes = e.Closes
	case round.RemindersSent:
		if e.Count != s.happened[e.EventName()]+1 || e.Count > round.Reminders || by.Today() > s.closes {
			t.Fatalf("people were reminded on %s: %+v", by.Today(), e)
		}
	case round.Closed:
		only(coach)
		if by.By == s.opener || e.On < s.closes {
			t.Fatalf("%s opened a round until %s, and %s closed it on %s", s.opener, s.closes, by.By, e.On)
		}
	case round.Released, round.NothingReleased:
		only(coach)
		if s.happened["round.closed"] != 1 || s.happened["round.released"]+s.happened["round.nothing_released"] > 0 {
			t.Fatalf("%s after %v", fact.EventName(), s.happened)
		}
	case round.ReadByCoach:
		only(coach)
		s.coachRead = true
	case round.CommentMasked, round.Paraphrased:
		only(coach)
		if s.settled {
			t.Fatalf("%s after the report was handed over", fact.EventName())
		}
	case round.DebriefHeld:
		only(coach)
		s.settle(t)
	case round.DebriefWaived:
		only(subject)
		s.settle(t)
	case round.ResultShared:
		only(subject)
		if s.planned.Kind != domain.Check {
			t.Fatal("feedback was shared")
		}
	case round.RatersThanked:
		only(subject)
		if s.planned.Kind == domain.Feedback && !s.settled {
			t.Fatal("people were thanked for what was not talked about")
		}
	}
	s.happened[fact.EventName()]++
	s.status = next
}

// hearOpened fails when others are asked than was approved, or fewer of a
// group than the thresholds that were planned.
func (s *story) hearOpened(t *rapid.T, e round.Opened) {
	n := map[domain.RaterGroup]int{}
	for _, r := range e.Raters {
		n[r.Group]++
		if !slices.Contains(s.approved, r) || slices.Contains(s.declined, r.Person) || r.Person == s.planned.Coach {
			t.Fatalf("%+v is asked; approved were %v, and %v declined", r, s.approved, s.declined)
		}
	}
	for _, r := range s.approved {
		if !slices.Contains(e.Raters, r) && !slices.Contains(s.declined, r.Person) {
			t.Fatalf("%+v was approved and is not asked", r)
		}
	}
	hidden := 0
	for _, g := range domain.WithThreshold {
		hidden += n[g]
		if n[g] > 0 && n[g] < s.planned.Of(g) {
			t.Fatalf("%d are asked as %s, with a threshold of %d", n[g], g, s.planned.Of(g))
		}
	}
	if hidden == 0 || n[domain.Self] != 1 || n[domain.Superior] > 1 || len(e.Boxes) != len(n) {
		t.Fatalf("asked are %v, with %d boxes", n, len(e.Boxes))
	}
}

func (s *story) settle(t *rapid.T) {
	if !s.coachRead || s.settled || s.planned.Kind != domain.Feedback {
		t.Fatal("a report was handed over that is no feedback, or that the coach has not read, or twice")
	}
	s.settled = true
}

// ask draws who asks what on which day: often what comes next, and often
// enough anything else.
func (s *story) ask(t *rapid.T) (domain.Act, domain.Command[round.State]) {
	usual := map[round.Status][]func(*rapid.T) (domain.Act, domain.Command[round.State]){
		"":                   {asking("lies", "2026-03-02", plans)},
		round.StatusPlanned:  {asking("lies", "2026-03-02", approves)},
		round.StatusApproved: {asking("lies", "2026-03-09", s.opens), asking("bram", "2026-03-09", declines)},
		round.StatusOpen:     {asking("cora", "2026-03-27", closes), asking("lies", "2026-03-12", extends), asking("h1", "2026-03-12", declines)},
		round.StatusClosed:   {asking("cora", "2026-03-27", releases)},
		round.StatusReleased: {
			asking("cora", "2026-03-28", readsFirst), asking("cora", "2026-03-28", masks), asking("cora", "2026-03-28", holds),
			asking("anja", "2026-03-28", thanks), asking("anja", "2026-03-28", shares), asking("anja", "2026-03-28", waives),
		},
	}[s.status]
	if len(usual) > 0 && rapid.Bool().Draw(t, "as usual") {
		return rapid.SampledFrom(usual).Draw(t, "next")(t)
	}
	who := rapid.SampledFrom([]domain.PersonID{"lies", "cora", "anja", "bram", "h1", "rob"}).Draw(t, "who")
	day := rapid.SampledFrom([]domain.Day{"2026-03-02", "2026-03-09", "2026-03-19", "2026-03-20", "2026-03-27", "2026-04-10"}).Draw(t, "day")
	anything := []func(*rapid.T) domain.Command[round.State]{
		plans, proposes, approves, declines, s.opens, extends, reminds, cancels, closes, releases,
		readsFirst, masks, says, holds, waives, shares, thanks,
	}
	return asking(who, day, rapid.SampledFrom(anything).Draw(t, "command"))(t)
}

func asking(who domain.PersonID, day domain.Day, what func(*rapid.T) domain.Command[round.State]) func(*rapid.T) (domain.Act, domain.Command[round.State]) {
	return func(t *rapid.T) (domain.Act, domain.Command[round.State]) { return act(who, day), what(t) }
}

// mostly draws likely half of the time, and else one of the others.
func mostly[T any](t *rapid.T, label string, likely T, others ...T) T {
	return rapid.OneOf(rapid.Just(likely), rapid.SampledFrom(others)).Draw(t, label)
}

func plans(t *rapid.T) domain.Command[round.State] {
	p := plan
	p.Kind = rapid.SampledFrom([]domain.RoundKind{domain.Feedback, domain.Check}).Draw(t, "kind")
	p.Promise = mostly[domain.PromiseID](t, "promise", "p1", "")
	p.Coach = mostly[domain.PersonID](t, "coach", "cora", "anja", "lies")
	p.Closes = mostly(t, "closes", plan.Closes, "2026-03-09", "2026-06-01")
	p.Thresholds.Leaders = mostly(t, "threshold", 3, 2, 4)
	return p
}

func lists(t *rapid.T) []round.Rater {
	return mostly(t, "raters", raters, leaders, staff, leaders[:3], leaders[:2], append(group(domain.Staff, "bram"), leaders...),
		append(group(domain.Peers, "cora", "p1", "p2", "p3"), staff...), group(domain.Superior, "rob"), append(group(domain.Self, "anja"), staff...), nil)
}

func proposes(t *rapid.T) domain.Command[round.State] {
	return round.ProposeRaters{ID: "r1", Raters: lists(t)}
}

func approves(t *rapid.T) domain.Command[round.State] {
	return round.ApproveRaters{ID: "r1", Raters: lists(t)}
}

func declines(*rapid.T) domain.Command[round.State] { return round.DeclineToRate{ID: "r1"} }

// opens opens a round, most often with a box for each group that is left.
func (s *story) opens(t *rapid.T) domain.Command[round.State] {
	var fitting []round.Box
	for _, r := range s.approved {
		if !slices.Contains(s.declined, r.Person) && !slices.ContainsFunc(fitting, func(b round.Box) bool { return b.Group == r.Group }) {
			fitting = append(fitting, round.Box{Group: r.Group, ID: round.BoxID(r.Group), Manifest: "{}"})
		}
	}
	return round.Open{ID: "r1", Boxes: mostly(t, "boxes", fitting, boxes, boxes[1:], nil), Key: mostly[domain.Bytes](t, "key", "sealed", "")}
}

func extends(t *rapid.T) domain.Command[round.State] {
	return round.Extend{ID: "r1", Closes: mostly[domain.Day](t, "to", "2026-03-27", "2026-03-21", "2026-03-28", "2026-03-19", "later")}
}

func reminds(*rapid.T) domain.Command[round.State] { return round.Remind{ID: "r1"} }

func cancels(t *rapid.T) domain.Command[round.State] {
	return round.Cancel{ID: "r1", Why: mostly(t, "why", "", "", "Anja gaat weg.")}
}

func closes(*rapid.T) domain.Command[round.State] { return round.Close{ID: "r1"} }

func releases(t *rapid.T) domain.Command[round.State] {
	nobody := round.Outcome{Report: round.Report{Groups: []round.Group{{Group: domain.Superior, Shown: true}, {Group: domain.Staff}}}}
	return round.Release{ID: "r1", Outcome: mostly(t, "outcome", outcome, nobody, round.Outcome{})}
}

func readsFirst(*rapid.T) domain.Command[round.State] { return round.ReadFirst{ID: "r1"} }

func masks(t *rapid.T) domain.Command[round.State] {
	return round.Mask{ID: "r1", Comment: mostly[round.CommentID](t, "comment", "c1", "c2", "c9"), Why: mostly(t, "why", "Noemt een cliënt.", "")}
}

func says(t *rapid.T) domain.Command[round.State] {
	return round.Paraphrase{ID: "r1", Question: mostly[domain.QuestionID](t, "question", "keep", "else"), Text: mostly(t, "text", "Neem de tijd.", "")}
}

func holds(t *rapid.T) domain.Command[round.State] {
	return round.HoldDebrief{ID: "r1", On: mostly[domain.Day](t, "on", "", "2026-03-27", "2026-05-01", "x")}
}

func waives(*rapid.T) domain.Command[round.State] { return round.WaiveDebrief{ID: "r1"} }

func shares(t *rapid.T) domain.Command[round.State] {
	return round.Share{ID: "r1", With: mostly(t, "with", round.WithMT, round.Everyone, round.Nobody, "press")}
}

func thanks(t *rapid.T) domain.Command[round.State] {
	return round.ThankRaters{ID: "r1", Letter: mostly(t, "letter", "Dank jullie wel.", "")}
}
