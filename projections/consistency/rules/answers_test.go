package rules

import (
	"fmt"
	"testing"

	"koersvast/domain"
	"koersvast/domain/measure"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

// What people are asked in trials about a promise of anna, whom cora coaches.
var (
	listens = round.Question{ID: "b-listens", Scale: round.HearSee, Behaviour: "listens"}
	visits  = round.Question{ID: "b-visits", Scale: round.HearSee, Behaviour: "visits"}
	keeps   = round.Question{ID: "promises-1", Scale: round.Often, Theme: round.KeepsPromises}
	line    = round.Question{ID: "line", Scale: round.Words}
)

// box is what a group answered to what [listens] asks: what they see.
func box(g domain.RaterGroup, sees ...int) round.Ballots {
	return heard(g, sees, sees)
}

// heard is the same, of who hears other than they see.
func heard(g domain.RaterGroup, hears, sees []int) round.Ballots {
	b := round.Ballots{Group: g, Invited: len(sees)}
	for i := range sees {
		b.Took = append(b.Took, domain.PersonID(fmt.Sprint(g, i)))
		b.Answers = append(b.Answers, round.Answer{
			Sees:  map[domain.QuestionID]int{listens.ID: sees[i]},
			Hears: map[domain.QuestionID]int{listens.ID: hears[i]},
		})
	}
	return b
}

// brought returns the report of a check in which groups answered so: what
// leaves the ballot box of a real one.
func brought(boxes ...round.Ballots) *round.Report {
	id := 0
	out := round.Count(round.Counting{
		Kind: domain.Check, Closed: ago(11), Questions: []round.Question{listens}, Thresholds: domain.UsualThresholds, Boxes: boxes,
	}, func() round.CommentID {
		id++
		return round.CommentID(fmt.Sprint(id))
	})
	return &out.Report
}

// saying returns a report that says so of what each question asks.
func saying(items ...round.Item) *round.Report { return &round.Report{Items: items} }

// aCheck is a check of anna's promise that brought a report so many days ago.
func aCheck(id domain.RoundID, days int, report *round.Report) consistency.Round {
	return consistency.Round{
		ID: id, Kind: domain.Check, Subject: "anna", Coach: "cora", Promise: "p1", Questions: []round.Question{listens, visits, keeps, line},
		Status: round.StatusReleased, Closed: ago(days + 1), Since: ago(days), Report: report,
	}
}

// someFeedback is the same of feedback on anna, that nobody has talked about yet.
func someFeedback(id domain.RoundID, days int, report *round.Report) consistency.Round {
	r := aCheck(id, days, report)
	r.Kind, r.Promise = domain.Feedback, ""
	return r
}

// talked is a round whose report was talked about so many days ago.
func talked(r consistency.Round, days int) consistency.Round {
	r.Debriefed = ago(days)
	return r
}

// promised is a programme in which anna, of the MT, made a promise, and in
// which these rounds were held.
func promised(rounds ...consistency.Round) consistency.Situation {
	return consistency.Situation{
		Programme: "fair",
		People:    []consistency.Person{{ID: "anna", Roles: []domain.Role{domain.MT}}, {ID: "cora", Roles: []domain.Role{domain.Coach}}},
		Promises: []consistency.Promise{{
			ID: "p1", By: "anna", FromMT: true, Pillar: "near", Behaviours: []domain.BehaviourID{"listens", "visits"},
			Rhythm: 60, Status: promise.StatusActive, Active: ago(400), Since: ago(400),
		}},
		Rounds: rounds,
	}
}

// after is a programme after one check with this report.
func after(report *round.Report) consistency.Situation { return promised(aCheck("r1", 10, report)) }

// silences returns trials of a rule on answers in which it has nothing to say,
// made of a programme in which it has.
func silences(s consistency.Situation) []trial {
	withdrawn, left, erased, older := s, s, s, s
	withdrawn.Promises = nil
	for _, p := range s.Promises {
		p.Status, p.Since = promise.StatusWithdrawn, ago(1)
		withdrawn.Promises = append(withdrawn.Promises, p)
	}
	left.People = nil
	for _, p := range s.People {
		p.Gone = ago(1)
		left.People = append(left.People, p)
	}
	erased.Rounds, older.Rounds = nil, nil
	for _, r := range s.Rounds {
		older.Rounds = append(older.Rounds, r)
		r.Report, r.Questions = nil, nil
		erased.Rounds = append(erased.Rounds, r)
	}
	newer := erased.Rounds[len(erased.Rounds)-1]
	newer.ID, newer.Closed, newer.Since = "newer", ago(2), ago(1)
	older.Rounds = append(older.Rounds, newer)
	return []trial{
		{name: "an empty programme"},
		{name: "a promise that was withdrawn", in: withdrawn},
		{name: "people who have left", in: left},
		{name: "a report that was erased", in: erased},
		{name: "and no older one speaks in its place", in: older},
	}
}

// finding is what a rule finds in a report of ten days ago about a behaviour.
func finding(id domain.RoundID, behaviour domain.BehaviourID, x float64) consistency.Finding {
	return consistency.Finding{
		Object: consistency.The(id), Since: ago(10), Owner: "anna", Coach: "cora",
		Values:   map[string]float64{"x": x},
		Things:   map[string]consistency.Object{"behaviour": consistency.The(behaviour)},
		Evidence: []consistency.Object{consistency.The(behaviour)},
	}
}

// estimate is one with the same distance to both ends of its interval.
func estimate(value, half float64) measure.Estimate {
	return measure.Estimate{Value: value, Interval: measure.Interval{Low: value - half, High: value + half}}
}

func TestTheNewestReportSpeaks(t *testing.T) {
	r := func(id domain.RoundID, closed int) consistency.Round {
		x := aCheck(id, 10, saying())
		x.Closed = ago(closed)
		return x
	}
	for _, c := range []struct {
		name   string
		rounds []consistency.Round
		want   domain.RoundID
	}{
		{"closed later", []consistency.Round{r("a", 20), r("b", 12)}, "b"},
		{"though it was planned before", []consistency.Round{r("b", 12), r("a", 20)}, "b"},
		{"on one day, the later in the log", []consistency.Round{r("a", 12), r("b", 12)}, "b"},
	} {
		if got := results(promised(c.rounds...)); len(got) != 1 || got[0].ID != c.want {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
	}
	other := someFeedback("f", 10, saying())
	if got := results(promised(r("a", 12), talked(other, 3))); len(got) != 2 {
		t.Errorf("a check and feedback are %d results, want 2", len(got))
	}
}
