package round

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"koersvast/domain"
)

// An Answer is what one rater answered: what stands in a ballot, as JSON.
// Nothing in it says who, or when.
type Answer struct {
	// Sees holds what the rater sees done, from Never to Always, or
	// Unobserved; Hears what they hear said, for questions that ask both.
	Sees  map[domain.QuestionID]int     `json:"sees,omitempty"`
	Hears map[domain.QuestionID]int     `json:"hears,omitempty"`
	Words map[domain.QuestionID]Written `json:"words,omitempty"`
}

// Unobserved says that the rater could not observe it.
const Unobserved = 0

// A Written answer is what somebody wrote, and what may be done with it.
type Written struct {
	Text string `json:"text"`
	Use  Use    `json:"use"`
}

// A Use is how a rater wants their words to reach the subject.
type Use string

const (
	Literally    Use = "literally"  // as they stand
	InOtherWords Use = "paraphrase" // in the words of the coach, who reads them
	ForCoach     Use = "for_coach"  // not at all: the coach alone reads them
)

// LongestWords is how many characters an answer in words can have.
const LongestWords = 800

// errAnswer means that a ballot holds no answer to the questions asked.
var errAnswer = errors.New("round: this is no answer to these questions")

// ReadAnswer reads a ballot's text. It refuses one that answers what was not
// asked, or in another way than was asked.
func ReadAnswer(text []byte, questions []Question) (Answer, error) {
	var a Answer
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&a); err != nil || !json.Valid(text) { // such as when more comes after it
		return Answer{}, errAnswer
	}
	scales := map[domain.QuestionID]Scale{}
	for _, q := range questions {
		scales[q.ID] = q.Scale
	}
	for id, x := range a.Sees {
		if s := scales[id]; (s != Often && s != HearSee) || !onScale(x) {
			return Answer{}, errAnswer
		}
	}
	for id, x := range a.Hears {
		if scales[id] != HearSee || !onScale(x) {
			return Answer{}, errAnswer
		}
	}
	for id, w := range a.Words {
		w.Text = plain(w.Text)
		if scales[id] != Words || utf8.RuneCountInString(w.Text) > LongestWords ||
			(w.Use != Literally && w.Use != InOtherWords && w.Use != ForCoach) {
			return Answer{}, errAnswer
		}
		a.Words[id] = w
	}
	return a, nil
}

func onScale(x int) bool { return x == Unobserved || x >= Never && x <= Always }

// plain returns a text without what nobody sees in it, such as how many spaces
// somebody types: such marks could say who wrote it.
func plain(text string) string {
	seen := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return r
		case r == utf8.RuneError || !unicode.IsPrint(r) || unicode.In(r, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point):
			return -1
		}
		return r
	}, text)
	var lines []string
	for line := range strings.Lines(seen) {
		if words := strings.Fields(line); len(words) > 0 {
			lines = append(lines, strings.Join(words, " "))
		}
	}
	return strings.Join(lines, "\n")
}
