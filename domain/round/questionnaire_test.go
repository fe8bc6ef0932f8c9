package round_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/domain/round"
)

func ids(questions []round.Question) (ids []domain.QuestionID) {
	for _, q := range questions {
		ids = append(ids, q.ID)
	}
	return ids
}

func TestWhatPeopleAreAsked(t *testing.T) {
	goes := round.Behaviour{ID: "goes-along", Pillar: "outdoors", Text: "Gaat mee."}
	for name, c := range map[string]struct {
		questions []round.Question
		want      []domain.QuestionID
	}{
		"about a promise, by the behaviour that shows it": {round.OfCheck("Ik ga mee.", "outdoors", []round.Behaviour{goes}), []domain.QuestionID{"b-goes-along", "line"}},
		"or by its own words":                             {round.OfCheck("Ik ga mee.", "outdoors", nil), []domain.QuestionID{"promise", "line"}},
		"about somebody, by behaviour":                    {round.OfFeedback([]round.Behaviour{goes}, false), []domain.QuestionID{"b-goes-along", "keep", "more", "less"}},
		"about somebody, without numbers":                 {round.OfFeedback(nil, false), []domain.QuestionID{"keep", "more", "less"}},
		"about somebody, on word and deed, four and four": {round.OfFeedback(nil, true), append(ids(round.Integrity()), "keep", "more", "less")},
	} {
		if diff := cmp.Diff(c.want, ids(c.questions)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if n := len(round.Integrity()); n != 8 {
		t.Errorf("%d statements; want 8", n)
	}
}

func TestTwentyBehavioursAndAllStatementsStayWithinTwelveMinutes(t *testing.T) {
	var behaviours []round.Behaviour
	for _, id := range []domain.BehaviourID{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t"} {
		behaviours = append(behaviours, round.Behaviour{ID: id, Text: "Doet iets."})
	}
	if got := round.Takes(round.OfFeedback(behaviours, true)); got > 12*time.Minute {
		t.Errorf("it takes %s", got)
	}
}
