package rules

import (
	"fmt"
	"testing"

	"koersvast/domain"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

func TestPeopleGiveEverythingTheSame(t *testing.T) {
	found := []consistency.Finding{{Object: consistency.The(domain.RoundID("r1")), Since: ago(10), Coach: "cora"}}
	straight := func(percent int) consistency.Situation {
		return promised(someFeedback("r1", 10, &round.Report{Quality: &round.Quality{Top: 60, Straight: percent}}))
	}
	// rated is feedback of so many people over six things, of whom some gave
	// everything the same.
	rated := func(people, same int) consistency.Situation {
		var asked []round.Question
		for i := range 6 {
			asked = append(asked, round.Question{ID: domain.QuestionID(fmt.Sprint("q", i)), Scale: round.Often})
		}
		b := round.Ballots{Group: domain.Staff, Invited: people}
		for i := range people {
			a := round.Answer{Sees: map[domain.QuestionID]int{}}
			for j, q := range asked {
				a.Sees[q.ID] = 3 + j%2
				if i < same {
					a.Sees[q.ID] = 4
				}
			}
			b.Took, b.Answers = append(b.Took, domain.PersonID(fmt.Sprint("s", i))), append(b.Answers, a)
		}
		out := round.Count(round.Counting{
			Kind: domain.Feedback, Closed: ago(11), Questions: asked, Thresholds: domain.UsualThresholds, Boxes: []round.Ballots{b},
		}, func() round.CommentID { return "" })
		return promised(someFeedback("r1", 10, &out.Report))
	}
	clear := straight(50)
	of := silences(clear)
	try(t, cr28, []trial{
		of[0], of[2], of[3], of[4],
		{name: "half of them", in: clear, want: found},
		{name: "it does not wait for the talk", in: promised(talked(clear.Rounds[0], 5)), want: found},
		{name: "as far as is told, a fifth", in: straight(20)},
		{name: "three in ten: surely a quarter", in: straight(30), want: found},
		{name: "four in ten", in: straight(40), want: found},
		{name: "nothing is told", in: promised(someFeedback("r1", 10, &round.Report{}))},
		{name: "one person fewer than it is told of", in: rated(7, 7)},
		{name: "just enough", in: rated(8, 8), want: found},
		{name: "of whom just fewer than a quarter did", in: rated(8, 1)},
		{name: "a quarter", in: rated(8, 2), want: found},
		{name: "a programme can be stricter", in: straight(20), params: consistency.Params{"straight": 15}, want: found},
	})
}
