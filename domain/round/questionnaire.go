package round

import "koersvast/domain"

// A Behaviour of the strategy, about which people can be asked.
type Behaviour struct {
	ID     domain.BehaviourID
	Pillar domain.PillarID
	Text   string
}

func (b Behaviour) asked(how Scale) Question {
	return Question{ID: domain.QuestionID("b-" + b.ID), Scale: how, Theme: string(b.Pillar), Behaviour: b.ID, Text: b.Text}
}

// OfCheck returns what people are asked about a promise: whether they hear it
// said and see it done, for every behaviour that shows it, or for the promise
// itself when it names none; and a line of their own.
func OfCheck(wording string, pillar domain.PillarID, behaviours []Behaviour) (questions []Question) {
	for _, b := range behaviours {
		questions = append(questions, b.asked(HearSee))
	}
	if len(behaviours) == 0 {
		questions = append(questions, Question{ID: "promise", Scale: HearSee, Theme: string(pillar), Text: wording})
	}
	return append(questions, inOwnWords("line", "Wil je hier iets bij zeggen?"))
}

// OfFeedback returns what people are asked about somebody: behaviours of the
// strategy, statements on word and deed, and what to keep doing, to do more
// and to stop. Without the first two it is feedback without numbers.
func OfFeedback(behaviours []Behaviour, integrity bool) (questions []Question) {
	for _, b := range behaviours {
		questions = append(questions, b.asked(Often))
	}
	if integrity {
		questions = append(questions, Integrity()...)
	}
	return append(questions,
		inOwnWords("keep", "Wat moet deze persoon blijven doen?"),
		inOwnWords("more", "Wat zou deze persoon meer of vaker kunnen doen?"),
		inOwnWords("less", "Wat kan deze persoon beter laten?"),
	)
}

func inOwnWords(id domain.QuestionID, text string) Question {
	return Question{ID: id, Scale: Words, Text: text}
}

// The two sides of behavioural integrity, as others see it: keeping one's
// word, and living up to what one calls important. (Simons 2002, Behavioral
// integrity: the perceived alignment between managers' words and deeds.)
const (
	KeepsPromises = "promises"
	LivesValues   = "values"
)

// Integrity returns statements on word and deed, in words of our own.
func Integrity() []Question {
	statement := func(id domain.QuestionID, theme, text string) Question {
		return Question{ID: id, Scale: Often, Theme: theme, Text: text}
	}
	return []Question{
		statement("promises-1", KeepsPromises, "Doet wat is toegezegd."),
		statement("promises-2", KeepsPromises, "Komt afspraken na zonder dat iemand erachteraan moet."),
		statement("promises-3", KeepsPromises, "Zegt het op tijd als iets niet lukt."),
		statement("promises-4", KeepsPromises, "Is iemand op wie je kunt bouwen."),
		statement("values-1", LivesValues, "Laat in eigen gedrag zien wat belangrijk wordt genoemd."),
		statement("values-2", LivesValues, "Geeft zelf het voorbeeld van wat van anderen wordt gevraagd."),
		statement("values-3", LivesValues, "Maakt keuzes die passen bij de pijlers."),
		statement("values-4", LivesValues, "Houdt zich aan dezelfde normen als iedereen."),
	}
}
