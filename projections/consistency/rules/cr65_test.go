package rules

import (
	"fmt"
	"testing"
	"time"

	"koersvast/domain"
	"koersvast/domain/round"
)

// counted returns what leaves the ballot box when so many employees answered.
func counted(answered int) round.Outcome {
	box := round.Ballots{Group: domain.Staff, Invited: 12}
	for i := range answered {
		box.Took = append(box.Took, domain.PersonID(fmt.Sprint("rater", i)))
		box.Answers = append(box.Answers, round.Answer{Sees: map[domain.QuestionID]int{"q1": 2 + i%3}})
	}
	return round.Count(round.Counting{
		Kind: domain.Check, Closed: today, Thresholds: domain.UsualThresholds, Boxes: []round.Ballots{box},
		Questions: []round.Question{{ID: "q1", Scale: round.Often, Text: "Ik merk het."}},
	}, func() round.CommentID { return "c" })
}

// TestWhatCouldBeTracedNeverLeaves points at what makes CR-65 hold: counting
// leaves a group out that is one too small, and a round with nothing else
// releases nothing at all. That nothing can be inferred from what is shown
// together stands in the tests of package disclosure.
func TestWhatCouldBeTracedNeverLeaves(t *testing.T) {
	k := domain.UsualThresholds.Staff
	for _, c := range []struct {
		answered int
		shown    bool
		leaves   string
	}{
		{k - 1, false, round.NothingReleased{}.EventName()},
		{k, true, round.Released{}.EventName()},
	} {
		outcome := counted(c.answered)
		if shown := outcome.Report.Groups[0].Shown; shown != c.shown {
			t.Errorf("%s: %d answered: the group is shown: %v, want %v", cr65.ID, c.answered, shown, c.shown)
		}
		for _, item := range outcome.Report.Items {
			for _, cell := range item.Cells {
				if cell.Shown != c.shown || !c.shown && (cell.Sees != nil || cell.End != "" || cell.Unseen != nil || cell.Spread != nil) {
					t.Errorf("%s: %d answered: %+v", cr65.ID, c.answered, cell)
				}
			}
		}
		state := closedRound()
		facts, err := round.Release{ID: "r1", Outcome: outcome}.Decide(state, domain.Act{By: "cora", At: today.Start().Add(9 * time.Hour)})
		if err != nil || len(facts) != 1 || facts[0].EventName() != c.leaves {
			t.Errorf("%s: %d answered: %v, %v; want %s", cr65.ID, c.answered, facts, err, c.leaves)
		}
	}
}

// closedRound is a round of Cora's that takes no answers any more.
func closedRound() (s round.State) {
	for _, e := range []round.Event{
		round.Planned{ID: "r1", Kind: domain.Check, Subject: "anna", Coach: "cora", Promise: "p1", Thresholds: domain.UsualThresholds},
		round.Closed{ID: "r1", On: today},
	} {
		s = e.Evolve(s)
	}
	return s
}
