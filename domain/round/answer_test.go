package round_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"koersvast/domain"
	"koersvast/domain/round"
)

var questions = []round.Question{sees, often, writes}

func TestAnAnswerIsToWhatWasAsked(t *testing.T) {
	text := `{"sees":{"asks":4,"word":0},"hears":{"asks":5},"words":{"keep":{"text":"Vraagt door.","use":"paraphrase"}}}`
	got, err := round.ReadAnswer([]byte(text), questions)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "the answer", round.Answer{
		Sees: map[domain.QuestionID]int{"asks": 4, "word": round.Unobserved}, Hears: map[domain.QuestionID]int{"asks": 5},
		Words: map[domain.QuestionID]round.Written{"keep": {Text: "Vraagt door.", Use: round.InOtherWords}},
	}, got)
	if _, err := round.ReadAnswer([]byte("{}"), questions); err != nil {
		t.Errorf("who answers nothing is refused: %v", err)
	}
}

func TestNothingElseIsAnAnswer(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":                         ``,
		"no object":                       `[]`,
		"half of one":                     `{"sees":{"word":3}`,
		"two":                             `{}{}`,
		"what comes after it":             `{}]`,
		"who it is":                       `{"by":"bram"}`,
		"a question that was not asked":   `{"sees":{"else":3}}`,
		"more than always":                `{"sees":{"word":6}}`,
		"less than never":                 `{"sees":{"word":-1}}`,
		"a part of a point":               `{"sees":{"word":3.5}}`,
		"a number that is a text":         `{"sees":{"word":"3"}}`,
		"more than fits":                  `{"sees":{"word":99999999999999999999}}`,
		"a list":                          `{"sees":[3]}`,
		"hearing what is only seen":       `{"hears":{"word":3}}`,
		"hearing more than always":        `{"hears":{"asks":6}}`,
		"a number for words":              `{"sees":{"keep":3}}`,
		"words for a number":              `{"words":{"word":{"text":"Soms.","use":"literally"}}}`,
		"words that may be used somehow":  `{"words":{"keep":{"text":"Soms.","use":"aloud"}}}`,
		"words of which use is not said":  `{"words":{"keep":{"text":"Soms."}}}`,
		"too many words":                  `{"words":{"keep":{"text":"` + strings.Repeat("é", round.LongestWords+1) + `","use":"literally"}}}`,
		"words by somebody":               `{"words":{"keep":{"text":"Soms.","use":"literally","by":"bram"}}}`,
		"the same twice, once impossible": `{"sees":{"word":3,"word":9}}`,
	} {
		if got, err := round.ReadAnswer([]byte(text), questions); err == nil {
			t.Errorf("%s is read as %+v", name, got)
		}
	}
}

// What nobody sees in a text could say who wrote it.
func TestWordsAreWhatPeopleSee(t *testing.T) {
	for wrote, want := range map[string]string{
		"  Vraagt  door. ":              "Vraagt door.",
		"Vraagt\r\n\r\n\tdoor.\n":       "Vraagt\ndoor.",
		"Vraagt\u00a0door.\u2003":       "Vraagt door.",
		"Vr\u200baagt\u00ad d\ufeffoor": "Vraagt door",
		"\u202eVraagt\u202c \u2066door": "Vraagt door",
		"Vra\ufe0fagt d\u034foor\u3164": "Vraagt door",
		"Vraagt\x00 d\x1boor\u0085":     "Vraagt door",
		"Vraagt \U000e0041door":         "Vraagt door",
		"Vraagt \xffdoor":               "Vraagt door",
		"Één idee: 👍":                   "Één idee: 👍",
	} {
		text, _ := json.Marshal(map[string]any{"words": map[string]any{"keep": map[string]any{"text": wrote, "use": "literally"}}})
		got, err := round.ReadAnswer(text, questions)
		if err != nil || got.Words["keep"].Text != want {
			t.Errorf("%q is read as %q, %v; want %q", wrote, got.Words["keep"].Text, err, want)
		}
	}
}

// FuzzReadAnswer reads what nobody would answer. Whatever is taken for an
// answer is one to these questions, can be counted, and is read the same when
// it is written down again.
func FuzzReadAnswer(f *testing.F) {
	for _, text := range []string{
		`{}`, `null`, `{"sees":{"asks":4,"word":0},"hears":{"asks":5}}`, `{"sees":null,"words":{"keep":null}}`,
		`{"sees":{"word":1,"word":5},"sees":{"asks":2},"SEES":{"word":3}}`,
		`{"words":{"keep":{"text":"a\u202e\u0000\ud800\n b","use":"literally","text":"c"}}}`,
		`{"words":{"keep":{"text":"` + strings.Repeat("a", 5000) + `","use":"for_coach"}}}`,
		`{"sees":{"word":1e9}}`, `{"sees":{"word":3}} `, strings.Repeat(`{"sees":`, 2000),
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		a, err := round.ReadAnswer(text, questions)
		if err != nil {
			return
		}
		for id, x := range a.Sees {
			if (id != sees.ID && id != often.ID) || x < 0 || x > round.Always {
				t.Errorf("sees %q: %d", id, x)
			}
		}
		for id, x := range a.Hears {
			if id != sees.ID || x < 0 || x > round.Always {
				t.Errorf("hears %q: %d", id, x)
			}
		}
		for id, w := range a.Words {
			if id != writes.ID || utf8.RuneCountInString(w.Text) > round.LongestWords || !utf8.ValidString(w.Text) {
				t.Errorf("wrote to %q: %q", id, w.Text)
			}
			if i := strings.IndexFunc(w.Text, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }); i >= 0 {
				t.Errorf("in %q there is what nobody sees", w.Text)
			}
		}
		written, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		again, err := round.ReadAnswer(written, questions)
		if err != nil {
			t.Fatalf("what was read is no answer: %s", written)
		}
		if rewritten, _ := json.Marshal(again); string(written) != string(rewritten) {
			t.Errorf("%s is read as %s", written, rewritten)
		}
		c := counting(domain.Feedback, often, box(domain.Staff, 9, a, a, a, a, a))
		c.Questions = questions
		count(c)
	})
}
