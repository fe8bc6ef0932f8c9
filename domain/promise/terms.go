package promise

import (
	"slices"
	"strings"
	"unicode"

	"koersvast/domain"
)

// Terms are the words of a promise. Only Wording is needed; the others make
// it something that people can notice (see [Check]).
type Terms struct {
	Wording   string // what I will do, as a sentence
	Situation string // when or where others will see it
	Frequency string // how often
	Noticed   string // who will notice, and by what
}

func (t Terms) refused() []*domain.Error {
	return []*domain.Error{
		domain.Needed("wording", t.Wording, 500),
		domain.Optional("situation", t.Situation, 300),
		domain.Optional("frequency", t.Frequency, 300),
		domain.Optional("noticed", t.Noticed, 300),
	}
}

// said returns the terms as they stand in a fact.
func (t Terms) said(by domain.PersonID) Words {
	return Words{
		Wording:   personal(by, t.Wording),
		Situation: personal(by, t.Situation),
		Frequency: personal(by, t.Frequency),
		Noticed:   personal(by, t.Noticed),
	}
}

// Words are Terms in a fact.
type Words struct {
	Wording   domain.Private `json:"wording,omitzero"`
	Situation domain.Private `json:"situation,omitzero"`
	Frequency domain.Private `json:"frequency,omitzero"`
	Noticed   domain.Private `json:"noticed,omitzero"`
}

func (w *Words) private() []*domain.Private {
	return []*domain.Private{&w.Wording, &w.Situation, &w.Frequency, &w.Noticed}
}

func (w Words) terms() (t Terms) {
	t.Wording, _ = w.Wording.Reveal()
	t.Situation, _ = w.Situation.Reveal()
	t.Frequency, _ = w.Frequency.Reveal()
	t.Noticed, _ = w.Noticed.Reveal()
	return t
}

// Vague are words that sound good and that nobody can see, with their common
// forms, in Dutch and in English. They are hinted at, never refused.
var Vague = []string{
	"meer", "beter", "goed", "goede", "open", "verbinden", "verbind", "inzetten op", "proberen", "probeer",
	"waar mogelijk", "streven", "streef", "uitdragen", "faciliteren", "faciliteer", "borgen", "borg", "aandacht voor",
	"more", "better", "good", "connect", "try", "where possible", "strive", "facilitate", "attention to",
}

// weak verbs say that somebody means to do something, not that they do it.
var weak = []string{
	"wil", "willen", "zal", "zullen", "ga", "gaan", "probeer", "proberen", "streef", "streven",
	"hoop", "hopen", "kan", "kunnen", "want", "will", "shall", "try", "hope", "can",
}

// A Checklist says what a promise already makes clear: who does what, when,
// how often, and to whom it shows. Vague holds the vague words it uses.
type Checklist struct {
	Who       bool     `json:"who" doc:"It says who does it: I or we"`
	Verb      bool     `json:"verb" doc:"That word is followed by an active verb"`
	Situation bool     `json:"situation" doc:"It says when or where"`
	Frequency bool     `json:"frequency" doc:"It says how often"`
	Noticed   bool     `json:"noticed" doc:"It says who will notice, and by what"`
	Vague     []string `json:"vague" doc:"Words that nobody can see"`
}

// Complete reports whether nothing on the list is missing.
func (c Checklist) Complete() bool {
	return c.Who && c.Verb && c.Situation && c.Frequency && c.Noticed
}

// Check reads the terms as an observer would: could somebody see this?
// It is a hint, made from word lists that are published here, and judges
// nobody.
func Check(t Terms) Checklist {
	words := strings.FieldsFunc(strings.ToLower(t.Wording), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsPunct(r) && r != '-'
	})
	c := Checklist{
		Situation: strings.TrimSpace(t.Situation) != "",
		Frequency: strings.TrimSpace(t.Frequency) != "",
		Noticed:   strings.TrimSpace(t.Noticed) != "",
		Vague:     vague(words),
	}
	for i, w := range words {
		if w != "ik" && w != "wij" && w != "we" && w != "i" {
			continue
		}
		c.Who = true
		// In a Dutch sentence the verb stands beside its subject: "Ik bel" or
		// "Elke week bel ik".
		beside := slices.Concat(words[max(i-1, 0):i], words[i+1:min(i+2, len(words))])
		c.Verb = c.Verb || len(beside) > 0 && !slices.ContainsFunc(beside, func(w string) bool { return slices.Contains(weak, w) })
	}
	return c
}

// vague returns the vague words among words, in the order of the list.
func vague(words []string) []string {
	text, found := " "+strings.Join(words, " ")+" ", []string{}
	for _, w := range Vague {
		if strings.Contains(text, " "+w+" ") {
			found = append(found, w)
		}
	}
	return found
}
