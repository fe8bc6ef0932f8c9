package evidence_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"koersvast/domain"
	"koersvast/domain/domaintest"
	"koersvast/domain/evidence"
)

type (
	rule  = domaintest.Rule[evidence.State]
	facts = []evidence.Event
)

const (
	february = domain.Day("2026-02-02")
	march    = domain.Day("2026-03-02")
	april    = domain.Day("2026-04-01")
)

// Farah and Guus code; Anja promises.
var (
	farah = by("farah")
	guus  = by("guus")
	third = by("wim")
	anja  = by("anja")
)

func by(p domain.PersonID) domain.Act {
	return domain.Act{Programme: "tide", By: p, At: march.Start().Add(9 * time.Hour)}
}

func said(text string) domain.Private { return domain.Say("source/tide/s1", text) }

const sentence = "Het MT schrapt het overleg met de regio."

var (
	document = evidence.DocumentRegistered{
		ID: "s1", Document: evidence.Decision, Frame: evidence.Does, Title: said("Besluit 12"), Day: february,
		Digest: evidence.Digest(strings.Repeat("0f", 32)),
	}
	planned   = evidence.InterviewPlanned{ID: "s1", Group: domain.Employee, Day: march}
	consent   = evidence.ConsentRecorded{ID: "s1", On: february, Recording: true}
	unrecord  = evidence.ConsentRecorded{ID: "s1", On: february}
	held      = evidence.InterviewHeld{ID: "s1", On: march}
	cancelled = evidence.InterviewCancelled{ID: "s1"}
	destroyed = evidence.RecordingDestroyed{ID: "s1", On: march}
	withdrawn = evidence.ConsentWithdrawn{ID: "s1"}
	added     = evidence.FragmentAdded{ID: "s1", Fragment: "f1", By: "farah", Text: said(sentence), Place: said("p. 3")}
	another   = evidence.FragmentAdded{ID: "s1", Fragment: "f2", By: "farah", Text: said("Later meer.")}
	dropped   = evidence.FragmentDropped{ID: "s1", Fragment: "f1", Why: said("Staat er dubbel.")}
	finished  = evidence.CodingFinished{ID: "s1"}
	compared  = evidence.CodingsCompared{ID: "s1", By: "guus"}

	some  = evidence.Coding{Promise: "p1", Direction: evidence.Does}
	whole = evidence.Coding{Promise: "p1", Direction: evidence.Does, Stance: "-2", Link: evidence.Certain, Day: february}
	other = evidence.Coding{Pillar: "nabij", Direction: evidence.Says, Stance: "1", Link: evidence.Weak, Day: february}

	contested = evidence.FragmentContested{
		ID: "s1", Fragment: "f1", By: "anja", Text: domain.Say(domain.KeyOf("anja", domain.Promises), "Het is verplaatst."),
	}
)

// first and second are what the two coders of the fragment say.
func first(c evidence.Coding) evidence.Coded {
	return evidence.Coded{ID: "s1", Fragment: "f1", By: "farah", Coding: c}
}

func second(c evidence.Coding) evidence.Coded {
	return evidence.Coded{ID: "s1", Fragment: "f1", By: "guus", Second: true, Coding: c}
}

func code(c evidence.Coding) evidence.Code {
	return evidence.Code{ID: "s1", Fragment: "f1", Coding: c}
}

// fragment returns what happened after a document had a fragment.
func fragment(more ...evidence.Event) facts { return slices.Concat(facts{document, added}, more) }

// interview returns what happened after an interview was held.
func interview(more ...evidence.Event) facts {
	return slices.Concat(facts{planned, consent, held}, more)
}

func TestRegisteringSources(t *testing.T) {
	document1 := evidence.RegisterDocument{
		ID: "s1", Document: evidence.Decision, Title: "Besluit 12", Day: february, Digest: evidence.Digest(strings.Repeat("0f", 32)),
	}
	but := func(change func(*evidence.RegisterDocument)) evidence.RegisterDocument {
		c := document1
		change(&c)
		return c
	}
	newsletter := document
	newsletter.Document, newsletter.Frame, newsletter.Digest = evidence.Newsletter, evidence.Says, ""
	doing := newsletter
	doing.Frame = evidence.Does
	observe := evidence.RegisterObservation{ID: "s1", Occasion: "Medewerkersdag", Day: march, Independent: true}
	observed := evidence.ObservationRegistered{ID: "s1", Occasion: said("Medewerkersdag"), Day: march, Independent: true}
	domaintest.Check(t, []rule{
		{Name: "a decision tells what is done", By: farah, When: evidence.RegisterDocument{
			ID: "s1", Document: evidence.Decision, Title: "Besluit 12", Day: february, Digest: document.Digest,
		}, Then: facts{document}},
		{Name: "a newsletter tells what is said", By: farah, When: but(func(c *evidence.RegisterDocument) {
			c.Document, c.Digest = evidence.Newsletter, ""
		}), Then: facts{newsletter}},
		{Name: "unless somebody says otherwise", By: farah, When: but(func(c *evidence.RegisterDocument) {
			c.Document, c.Digest, c.Frame = evidence.Newsletter, "", evidence.Does
		}), Then: facts{doing}},
		{Name: "a source is registered once", Given: facts{planned}, By: farah, When: document1, Err: evidence.ErrExists},
		{Name: "a document is of a kind", By: farah, When: but(func(c *evidence.RegisterDocument) { c.Document = "gerucht" }), Err: evidence.ErrDocument, Field: "document"},
		{Name: "it says or does", By: farah, When: but(func(c *evidence.RegisterDocument) { c.Frame = "thinks" }), Err: evidence.ErrDirection, Field: "frame"},
		{Name: "it has a title", By: farah, When: but(func(c *evidence.RegisterDocument) { c.Title = " " }), Err: domain.ErrRequired, Field: "title"},
		{Name: "it is of a day that was", By: farah, When: but(func(c *evidence.RegisterDocument) { c.Day = april }), Err: evidence.ErrFuture, Field: "day"},
		{Name: "it is of a day", By: farah, When: but(func(c *evidence.RegisterDocument) { c.Day = "" }), Err: domain.ErrNotADay, Field: "day"},
		{Name: "a digest is one of a file", By: farah, When: but(func(c *evidence.RegisterDocument) { c.Digest = "0f" }), Err: evidence.ErrDigest, Field: "digest"},
		{Name: "and hexadecimal", By: farah, When: but(func(c *evidence.RegisterDocument) { c.Digest = evidence.Digest(strings.Repeat("0g", 32)) }), Err: evidence.ErrDigest, Field: "digest"},
		{Name: "a source is called something", By: farah, When: but(func(c *evidence.RegisterDocument) { c.ID = "s 1" }), Err: domain.ErrBadID, Field: "id"},

		{Name: "somebody was there and looked", By: farah, When: evidence.RegisterObservation{
			ID: "s1", Occasion: "Medewerkersdag", Day: march, Independent: true,
		}, Then: facts{observed}},
		{Name: "an observation is registered once", Given: facts{observed}, By: farah, When: observe, Err: evidence.ErrExists},
		{Name: "an observation is of an occasion", By: farah, When: evidence.RegisterObservation{ID: "s1", Day: march}, Err: domain.ErrRequired, Field: "occasion"},
	})
}

func TestInterviewing(t *testing.T) {
	domaintest.Check(t, []rule{
		{Name: "an interview is planned with a group", By: farah, When: evidence.PlanInterview{ID: "s1", Group: domain.Employee, Day: march}, Then: facts{planned}},
		{Name: "once", Given: facts{planned}, By: farah, When: evidence.PlanInterview{ID: "s1", Group: domain.Employee, Day: march}, Err: evidence.ErrExists},
		{Name: "a coach is no such group", By: farah, When: evidence.PlanInterview{ID: "s1", Group: domain.Coach, Day: march}, Err: evidence.ErrGroup, Field: "group"},
		{Name: "it is on a day", By: farah, When: evidence.PlanInterview{ID: "s1", Group: domain.MT}, Err: domain.ErrNotADay, Field: "day"},

		{Name: "consent comes first", Given: facts{planned}, By: farah, When: evidence.RecordConsent{ID: "s1", On: february, Recording: true}, Then: facts{consent}},
		{Name: "consent is written down once", Given: facts{planned, consent}, By: farah, When: evidence.RecordConsent{ID: "s1", On: march}},
		{Name: "nobody has consented tomorrow", Given: facts{planned}, By: farah, When: evidence.RecordConsent{ID: "s1", On: april}, Err: evidence.ErrFuture, Field: "on"},
		{Name: "a document consents to nothing", Given: facts{document}, By: farah, When: evidence.RecordConsent{ID: "s1", On: march}, Err: evidence.ErrNoInterview},
		{Name: "nor does what is not there", By: farah, When: evidence.RecordConsent{ID: "s1", On: march}, Err: evidence.ErrUnknown},

		{Name: "then it is held", Given: facts{planned, consent}, By: farah, When: evidence.HoldInterview{ID: "s1", On: march}, Then: facts{held}},
		{Name: "not without consent", Given: facts{planned}, By: farah, When: evidence.HoldInterview{ID: "s1", On: march}, Err: evidence.ErrNoConsent},
		{Name: "not twice", Given: interview(), By: farah, When: evidence.HoldInterview{ID: "s1", On: march}, Err: evidence.ErrNotPlanned},
		{Name: "not tomorrow", Given: facts{planned, consent}, By: farah, When: evidence.HoldInterview{ID: "s1", On: april}, Err: evidence.ErrFuture, Field: "on"},
		{Name: "or it is cancelled", Given: facts{planned}, By: farah, When: evidence.CancelInterview{ID: "s1"}, Then: facts{cancelled}},
		{Name: "once", Given: facts{planned, cancelled}, By: farah, When: evidence.CancelInterview{ID: "s1"}},
		{Name: "not after it was held", Given: interview(), By: farah, When: evidence.CancelInterview{ID: "s1"}, Err: evidence.ErrNotPlanned},
		{Name: "before it is held, there is nothing to quote", Given: facts{planned, consent}, By: farah, When: evidence.AddFragment{ID: "s1", Fragment: "f1", Text: sentence}, Err: evidence.ErrNotHeld},

		{Name: "a recording is destroyed", Given: interview(), By: farah, When: evidence.DestroyRecording{ID: "s1", On: march}, Then: facts{destroyed}},
		{Name: "once", Given: interview(destroyed), By: farah, When: evidence.DestroyRecording{ID: "s1", On: march}, Err: evidence.ErrNoRecording},
		{Name: "where nobody consented to one there is none", Given: facts{planned, unrecord, held}, By: farah, When: evidence.DestroyRecording{ID: "s1", On: march}, Err: evidence.ErrNoRecording},
		{Name: "before the interview there is none", Given: facts{planned, consent}, By: farah, When: evidence.DestroyRecording{ID: "s1", On: march}, Err: evidence.ErrNotHeld},
		{Name: "on a day that was", Given: interview(), By: farah, When: evidence.DestroyRecording{ID: "s1", On: april}, Err: evidence.ErrFuture, Field: "on"},
		{Name: "a document was never recorded", Given: facts{document}, By: farah, When: evidence.DestroyRecording{ID: "s1", On: march}, Err: evidence.ErrNoInterview},

		{Name: "consent can be taken back", Given: interview(), By: farah, When: evidence.WithdrawConsent{ID: "s1"}, Then: facts{withdrawn}},
		{Name: "once", Given: interview(withdrawn), By: farah, When: evidence.WithdrawConsent{ID: "s1"}},
		{Name: "when it was given", Given: facts{planned}, By: farah, When: evidence.WithdrawConsent{ID: "s1"}, Err: evidence.ErrNoConsent},
		{Name: "to an interview", Given: facts{document}, By: farah, When: evidence.WithdrawConsent{ID: "s1"}, Err: evidence.ErrNoInterview},
		{Name: "then nothing can be added", Given: interview(withdrawn), By: farah, When: evidence.AddFragment{ID: "s1", Fragment: "f1", Text: sentence}, Err: evidence.ErrWithdrawn},
		{Name: "nor held", Given: facts{planned, consent, withdrawn}, By: farah, When: evidence.HoldInterview{ID: "s1", On: march}, Err: evidence.ErrWithdrawn},
		{Name: "and nothing of it is left to code", Given: interview(added, withdrawn), By: farah, When: code(whole), Err: evidence.ErrWithdrawn},
	})
}

func TestTakingFragments(t *testing.T) {
	add := evidence.AddFragment{ID: "s1", Fragment: "f1", Text: sentence, Place: "p. 3"}
	text := func(text string) evidence.AddFragment {
		return evidence.AddFragment{ID: "s1", Fragment: "f1", Text: text}
	}
	as := func(text string) facts {
		return facts{evidence.FragmentAdded{ID: "s1", Fragment: "f1", By: "farah", Text: said(text)}}
	}
	const (
		three = "Wij luisteren. Wij vragen door! En u?"
		four  = "Wij luisteren. Wij vragen door! En u? Ja."
		short = "Zij was bijv. om 9.30 uur in Sneek (o.a. met het team), d.w.z. op tijd. “Fijn!” Zei zij."
	)
	domaintest.Check(t, []rule{
		{Name: "a fragment is taken out of a source", Given: facts{document}, By: farah, When: evidence.AddFragment{
			ID: "s1", Fragment: "f1", Text: sentence, Place: "p. 3",
		}, Then: facts{added}},
		{Name: "once", Given: fragment(), By: farah, When: add, Err: evidence.ErrFragment},
		{Name: "from a source that is there", By: farah, When: add, Err: evidence.ErrUnknown},
		{Name: "it says something", Given: facts{document}, By: farah, When: text(""), Err: domain.ErrRequired, Field: "text"},
		{Name: "three sentences", Given: facts{document}, By: farah, When: text(three), Then: as(three)},
		{Name: "no more", Given: facts{document}, By: farah, When: text(four), Err: evidence.ErrSentences, Field: "text"},
		{Name: "abbreviations are no sentences", Given: facts{document}, By: farah, When: text(short), Then: as(short)},
		{Name: "and not endless", Given: facts{document}, By: farah, When: text(strings.Repeat("en ", 300)), Err: domain.ErrTooLong, Field: "text"},
		{Name: "when all is coded, nothing is to come", Given: fragment(first(whole), finished), By: farah, When: evidence.AddFragment{ID: "s1", Fragment: "f2", Text: sentence}, Err: evidence.ErrFinished},

		{Name: "a fragment is taken out again", Given: fragment(), By: guus, When: evidence.DropFragment{ID: "s1", Fragment: "f1", Why: "Staat er dubbel."}, Then: facts{dropped}},
		{Name: "once", Given: fragment(dropped), By: guus, When: evidence.DropFragment{ID: "s1", Fragment: "f1", Why: "Nog eens."}},
		{Name: "with a reason", Given: fragment(), By: guus, When: evidence.DropFragment{ID: "s1", Fragment: "f1"}, Err: domain.ErrRequired, Field: "why"},
		{Name: "if it is there", Given: facts{document}, By: guus, When: evidence.DropFragment{ID: "s1", Fragment: "f1", Why: "Weg."}, Err: evidence.ErrNoFragment},
		{Name: "then it is not coded", Given: fragment(dropped), By: guus, When: code(whole), Err: evidence.ErrDropped},
	})
}

func TestCoding(t *testing.T) {
	undo := evidence.UndoCoding{ID: "s1", Fragment: "f1"}
	but := func(change func(*evidence.Coding)) evidence.Code {
		c := whole
		change(&c)
		return code(c)
	}
	own, apart := whole, whole
	own.With, apart.With = "s1", "s2"
	undone := func(by domain.PersonID, second bool, c evidence.Coding) evidence.CodingUndone {
		return evidence.CodingUndone{ID: "s1", Fragment: "f1", By: by, Second: second, Coding: c}
	}
	domaintest.Check(t, []rule{
		{Name: "a fragment is coded bit by bit", Given: fragment(), By: farah, When: evidence.Code{ID: "s1", Fragment: "f1", Coding: some}, Then: facts{first(some)}},
		{Name: "until it is whole", Given: fragment(first(some)), By: farah, When: code(whole), Then: facts{first(whole)}},
		{Name: "the same is said once", Given: fragment(first(whole)), By: farah, When: code(whole)},
		{Name: "somebody else may see it otherwise", Given: fragment(first(whole)), By: guus, When: code(other), Then: facts{second(other)}},
		{Name: "or the same", Given: fragment(first(whole)), By: guus, When: code(whole), Then: facts{second(whole)}},
		{Name: "a third may not", Given: fragment(first(whole), second(other)), By: third, When: code(other), Err: evidence.ErrTwoCoders},
		{Name: "it is about one thing", Given: fragment(), By: farah, When: but(func(c *evidence.Coding) { c.Pillar = "nabij" }), Err: evidence.ErrTarget, Field: "target"},
		{Name: "it is said or done", Given: fragment(), By: farah, When: but(func(c *evidence.Coding) { c.Direction = "thinks" }), Err: evidence.ErrDirection, Field: "direction"},
		{Name: "there are five stances", Given: fragment(), By: farah, When: but(func(c *evidence.Coding) { c.Stance = "3" }), Err: evidence.ErrStance, Field: "stance"},
		{Name: "and three links", Given: fragment(), By: farah, When: but(func(c *evidence.Coding) { c.Link = "none" }), Err: evidence.ErrLink, Field: "link"},
		{Name: "what is to come is no evidence", Given: fragment(), By: farah, When: but(func(c *evidence.Coding) { c.Day = april }), Err: evidence.ErrFuture, Field: "day"},
		{Name: "it can count as one with another source", Given: fragment(), By: farah, When: code(apart), Then: facts{first(apart)}},
		{Name: "and is one with its own", Given: fragment(), By: farah, When: code(own), Then: facts{first(whole)}},
		{Name: "a fragment that is not there says nothing", Given: facts{document}, By: farah, When: code(whole), Err: evidence.ErrNoFragment},

		{Name: "what was said last is undone", Given: fragment(first(some), first(whole)), By: farah, When: undo, Then: facts{undone("farah", false, some)}},
		{Name: "and what was said before", Given: fragment(first(some), first(whole), undone("farah", false, some)), By: farah, When: undo, Then: facts{undone("farah", false, evidence.Coding{})}},
		{Name: "until nothing is left", Given: fragment(first(some), undone("farah", false, evidence.Coding{})), By: farah, When: undo, Err: evidence.ErrNothing},
		{Name: "each undoes their own", Given: fragment(first(whole), second(other)), By: guus, When: undo, Then: facts{undone("guus", true, evidence.Coding{})}},
		{Name: "and nobody another's", Given: fragment(first(whole)), By: guus, When: evidence.UndoCoding{ID: "s1", Fragment: "f1"}, Err: evidence.ErrNothing},
		{Name: "of what is there", Given: facts{document}, By: guus, When: undo, Err: evidence.ErrNoFragment},
		{Name: "who takes back everything leaves the place to another", Given: fragment(first(some), undone("farah", false, evidence.Coding{})), By: guus, When: code(whole), Then: facts{
			evidence.Coded{ID: "s1", Fragment: "f1", By: "guus", Coding: whole},
		}},
		{Name: "but not when there is a second one", Given: fragment(first(some), second(whole), undone("farah", false, evidence.Coding{})), By: third, When: code(whole), Err: evidence.ErrTwoCoders},
		{Name: "the second place is left too", Given: fragment(first(whole), second(some), undone("guus", true, evidence.Coding{})), By: third, When: code(whole), Then: facts{
			evidence.Coded{ID: "s1", Fragment: "f1", By: "wim", Second: true, Coding: whole},
		}},
	})
}

func TestComparing(t *testing.T) {
	compare := evidence.CompareCodings{ID: "s1"}
	domaintest.Check(t, []rule{
		{Name: "who coded for the second time compares", Given: fragment(first(whole), second(other)), By: guus, When: evidence.CompareCodings{ID: "s1"}, Then: facts{compared}},
		{Name: "the first does not look", Given: fragment(first(whole), second(other)), By: farah, When: compare, Err: evidence.ErrNotSecond},
		{Name: "nor does who is halfway", Given: fragment(first(whole), second(some)), By: guus, When: compare, Err: evidence.ErrNotSecond},
		{Name: "nor who coded what was taken out", Given: fragment(first(whole), second(other), dropped), By: guus, When: compare, Err: evidence.ErrNotSecond},
		{Name: "once", Given: fragment(first(whole), second(other), compared), By: farah, When: compare},
		{Name: "of a source that is there", By: guus, When: compare, Err: evidence.ErrUnknown},
		{Name: "after that the second says no more", Given: fragment(first(whole), second(other), compared), By: guus, When: code(whole), Err: evidence.ErrCompared},
		{Name: "and takes nothing back", Given: fragment(first(whole), second(other), compared), By: guus, When: evidence.UndoCoding{ID: "s1", Fragment: "f1"}, Err: evidence.ErrCompared},
		{Name: "nor of another fragment", Given: fragment(another, first(whole), second(other), compared, evidence.Coded{ID: "s1", Fragment: "f2", By: "farah", Coding: whole}), By: guus, When: evidence.Code{ID: "s1", Fragment: "f2", Coding: other}, Err: evidence.ErrCompared},
		{Name: "the first can think again", Given: fragment(first(whole), second(other), compared), By: farah, When: code(other), Then: facts{first(other)}},
	})
}

func TestFinishing(t *testing.T) {
	resumed := evidence.CodingResumed{ID: "s1"}
	domaintest.Check(t, []rule{
		{Name: "a source is coded when all fragments are", Given: fragment(first(whole)), By: farah, When: evidence.FinishCoding{ID: "s1"}, Then: facts{finished}},
		{Name: "not before", Given: fragment(first(some)), By: farah, When: evidence.FinishCoding{ID: "s1"}, Err: evidence.ErrUncoded},
		{Name: "what was taken out need not be", Given: fragment(dropped), By: farah, When: evidence.FinishCoding{ID: "s1"}, Then: facts{finished}},
		{Name: "there may have been nothing in it", Given: interview(), By: farah, When: evidence.FinishCoding{ID: "s1"}, Then: facts{finished}},
		{Name: "once", Given: fragment(first(whole), finished), By: farah, When: evidence.FinishCoding{ID: "s1"}},
		{Name: "of a source that is there", By: farah, When: evidence.FinishCoding{ID: "s1"}, Err: evidence.ErrUnknown},
		{Name: "more can come after all", Given: fragment(first(whole), finished), By: farah, When: evidence.ResumeCoding{ID: "s1"}, Then: facts{resumed}},
		{Name: "as long as it goes on, it goes on", Given: fragment(), By: farah, When: evidence.ResumeCoding{ID: "s1"}},
	})
}

func TestContesting(t *testing.T) {
	contest := evidence.Contest{ID: "s1", Fragment: "f1", Text: "Het is verplaatst."}
	domaintest.Check(t, []rule{
		{Name: "a promiser reads it otherwise", Given: fragment(first(whole)), By: anja, When: evidence.Contest{ID: "s1", Fragment: "f1", Text: "Het is verplaatst."}, Then: facts{contested}},
		{Name: "the same is said once", Given: fragment(first(whole), contested), By: anja, When: contest},
		{Name: "with words", Given: fragment(first(whole)), By: anja, When: evidence.Contest{ID: "s1", Fragment: "f1"}, Err: domain.ErrRequired, Field: "text"},
		{Name: "of what has been coded", Given: fragment(first(some)), By: anja, When: contest, Err: evidence.ErrNoPromise},
		{Name: "as one about a promise", Given: fragment(first(other)), By: anja, When: contest, Err: evidence.ErrNoPromise},
		{Name: "and still counts", Given: fragment(first(whole), dropped), By: anja, When: contest, Err: evidence.ErrDropped},
	})
}

func TestAScoreFollowsFromAStance(t *testing.T) {
	for stance, want := range map[evidence.Stance]float64{"-2": 0, "-1": 25, "0": 50, "1": 75, "2": 100} {
		if got := stance.Score(); got != want {
			t.Errorf("a stance of %s scores %v, want %v", stance, got, want)
		}
	}
}

func TestOnlyWhatIsDoneAndHangsTogetherIsScored(t *testing.T) {
	probable, says, weak := whole, whole, whole
	probable.Link, says.Direction, weak.Link = evidence.Probable, evidence.Says, evidence.Weak
	for c, want := range map[evidence.Coding]bool{whole: true, probable: true, says: false, weak: false, some: false} {
		if got := c.Scored(); got != want {
			t.Errorf("%+v is scored: %v, want %v", c, got, want)
		}
	}
}
