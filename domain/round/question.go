package round

import (
	"slices"
	"time"

	"koersvast/domain"
)

// A Scale is how a question is answered.
type Scale string

const (
	Often   Scale = "often"    // 1 never … 5 always, or: could not observe it
	HearSee Scale = "hear_see" // the same twice: I hear it said, I see it done
	Words   Scale = "words"    // in the rater's own words
)

// Never and Always are the ends of a scale.
const (
	Never  = 1
	Always = 5
)

// A Question is asked of every rater of a round, in words that stand fast.
type Question struct {
	ID        domain.QuestionID  `json:"id"`
	Scale     Scale              `json:"scale"`
	Theme     string             `json:"theme,omitempty"` // what it belongs to: a pillar's id, or "promises" or "values"
	Behaviour domain.BehaviourID `json:"behaviour,omitempty"`
	Text      string             `json:"text"`
}

// How long people take for a question: to read a statement and choose, to do
// that twice, to write a few lines. A 360 form that takes longer than twelve
// minutes is not filled in with care.
const (
	forOften   = 15 * time.Second
	forHearSee = 25 * time.Second
	forWords   = 90 * time.Second

	longest = 12 * time.Minute
)

// Takes returns how long answering takes.
func Takes(questions []Question) (t time.Duration) {
	for _, q := range questions {
		switch q.Scale {
		case Often:
			t += forOften
		case HearSee:
			t += forHearSee
		case Words:
			t += forWords
		}
	}
	return t
}

func questionsRefused(questions []Question) []*domain.Error {
	if len(questions) == 0 {
		return []*domain.Error{ErrNoQuestions.On("questions")}
	}
	var refused []*domain.Error
	if Takes(questions) > longest {
		refused = append(refused, ErrTooMuch.On("questions"))
	}
	asked := map[domain.QuestionID]bool{}
	for _, q := range questions {
		if asked[q.ID] || !domain.ValidID(string(q.ID)) || !slices.Contains([]Scale{Often, HearSee, Words}, q.Scale) {
			refused = append(refused, ErrQuestion.On("questions"))
		}
		asked[q.ID] = true
		if r := domain.Needed("questions", q.Text, 500); r != nil {
			refused = append(refused, r)
		}
	}
	return refused
}
