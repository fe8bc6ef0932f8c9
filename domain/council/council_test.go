package council_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"koersvast/domain"
	"koersvast/domain/council"
	"koersvast/domain/domaintest"
)

type (
	rule  = domaintest.Rule[council.State]
	facts = []council.Event
)

// Sanne leads the programme; Greetje is in the works council.
var (
	sanne   = by("sanne")
	greetje = by("greetje")
)

func by(p domain.PersonID) domain.Act {
	return domain.Act{By: p, At: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
}

const (
	p         = domain.ProgrammeID("dichtbij")
	today     = domain.Day("2026-03-02")
	yesterday = domain.Day("2026-03-01")
	tomorrow  = domain.Day("2026-03-03")
)

var (
	usual  = domain.UsualThresholds
	both   = []domain.RoundKind{domain.Check, domain.Feedback}
	check  = []domain.RoundKind{domain.Check}
	member = council.Note{Member: true}
	letter = council.Note{On: yesterday, Reference: "OR 2026-14"}

	sized    = council.Sized{Employees: 64}
	asked    = council.ConsentAsked{Number: 1, By: "sanne", Kinds: check, Thresholds: usual, Scope: "Iedereen met een contract.", Documents: "DPIA 2026-3"}
	more     = council.ConsentAsked{Number: 2, By: "sanne", Kinds: both, Thresholds: usual}
	granted  = council.ConsentGranted{Number: 1, Conditions: "Na een jaar kijken we opnieuw.", Noted: noted(yesterday, "OR 2026-14")}
	refused  = council.ConsentRefused{Number: 1, Why: "De drempels zijn te laag.", Noted: noted(yesterday, "OR 2026-14")}
	withdrew = council.ConsentWithdrawn{Number: 1, Why: "De afspraken zijn niet nagekomen.", Noted: noted(yesterday, "OR 2026-15")}
)

func noted(on domain.Day, reference string) council.Noted {
	return council.Noted{On: on, Reference: reference}
}

func TestAsking(t *testing.T) {
	domaintest.Check(t, []rule{
		{
			Name: "the lead says how many people work in the undertaking",
			By:   sanne,
			When: council.Size{Programme: p, Employees: 64},
			Then: facts{sized},
		},
		{
			Name:  "saying it again changes nothing",
			Given: facts{sized},
			By:    sanne,
			When:  council.Size{Programme: p, Employees: 64},
		},
		{
			Name: "an undertaking has people",
			By:   sanne,
			When: council.Size{Programme: p},
			Err:  council.ErrEmployees, Field: "employees",
		},
		{
			Name: "a million people is the most",
			By:   sanne,
			When: council.Size{Programme: p, Employees: 1_000_001},
			Err:  council.ErrEmployees, Field: "employees",
		},

		{
			Name: "the works council is asked for its consent",
			By:   sanne,
			When: council.AskConsent{Programme: p, Kinds: check, Thresholds: usual, Scope: "Iedereen met een contract.", Documents: "DPIA 2026-3"},
			Then: facts{asked},
		},
		{
			Name:  "another question takes the place of one without an answer",
			Given: facts{asked},
			By:    sanne,
			When:  council.AskConsent{Programme: p, Kinds: []domain.RoundKind{domain.Feedback, domain.Check, domain.Feedback}, Thresholds: usual},
			Then:  facts{more},
		},
		{
			Name: "a question is about some kind of round",
			By:   sanne,
			When: council.AskConsent{Programme: p, Thresholds: usual},
			Err:  domain.ErrRequired, Field: "kinds",
		},
		{
			Name: "and one that there is",
			By:   sanne,
			When: council.AskConsent{Programme: p, Kinds: []domain.RoundKind{"appraisal"}, Thresholds: usual},
			Err:  council.ErrKind, Field: "kinds",
		},
		{
			Name: "no threshold is below three",
			By:   sanne,
			When: council.AskConsent{Programme: p, Kinds: both, Thresholds: domain.Thresholds{Peers: 3, Leaders: 2, Staff: 5}},
			Err:  domain.ErrThreshold, Field: "threshold_informal_leaders",
		},
		{
			Name: "a reference is no letter",
			By:   sanne,
			When: council.AskConsent{Programme: p, Kinds: both, Thresholds: usual, Documents: strings.Repeat("é", 201)},
			Err:  domain.ErrTooLong, Field: "documents",
		},
	})
}

func TestAnswering(t *testing.T) {
	domaintest.Check(t, []rule{
		{
			Name:  "a member of the works council writes down its consent",
			Given: facts{asked},
			By:    greetje,
			When:  council.Grant{Programme: p, Number: 1, Note: member},
			Then:  facts{council.ConsentGranted{Number: 1, Noted: council.Noted{On: today, Member: true}}},
		},
		{
			Name:  "so does the lead, with the letter, and when it was decided",
			Given: facts{asked},
			By:    sanne,
			When:  council.Grant{Programme: p, Number: 1, Conditions: "Na een jaar kijken we opnieuw.", Note: letter},
			Then:  facts{granted},
		},
		{
			Name:  "but not without it",
			Given: facts{asked},
			By:    sanne,
			When:  council.Grant{Programme: p, Number: 1},
			Err:   council.ErrLetter, Field: "reference",
		},
		{
			Name:  "nobody consents on their own word to what they asked",
			Given: facts{asked},
			By:    sanne,
			When:  council.Grant{Programme: p, Number: 1, Note: member},
			Err:   council.ErrLetter, Field: "reference",
		},
		{
			Name:  "nothing was decided on a day that has yet to come",
			Given: facts{asked},
			By:    greetje,
			When:  council.Grant{Programme: p, Number: 1, Note: council.Note{Member: true, On: tomorrow}},
			Err:   council.ErrFuture, Field: "on",
		},
		{
			Name:  "nor on one that does not exist",
			Given: facts{asked},
			By:    greetje,
			When:  council.Grant{Programme: p, Number: 1, Note: council.Note{Member: true, On: "2026-02-30"}},
			Err:   domain.ErrNotADay, Field: "on",
		},
		{
			Name:  "the conditions fit on a page",
			Given: facts{asked},
			By:    greetje,
			When:  council.Grant{Programme: p, Number: 1, Conditions: strings.Repeat("é", 4001), Note: member},
			Err:   domain.ErrTooLong, Field: "conditions",
		},
		{
			Name: "there is no answer without a question",
			By:   greetje,
			When: council.Grant{Programme: p, Number: 1, Note: member},
			Err:  council.ErrNotAsked,
		},
		{
			Name:  "a question is answered once",
			Given: facts{asked, refused},
			By:    greetje,
			When:  council.Grant{Programme: p, Number: 1, Note: member},
			Err:   council.ErrNotAsked,
		},
		{
			Name:  "nobody consents to what took the place of what they read",
			Given: facts{asked, more},
			By:    greetje,
			When:  council.Grant{Programme: p, Number: 1, Note: member},
			Err:   council.ErrAnother,
		},

		{
			Name:  "no has a reason",
			Given: facts{asked},
			By:    sanne,
			When:  council.RefuseConsent{Programme: p, Number: 1, Why: "De drempels zijn te laag.", Note: letter},
			Then:  facts{refused},
		},
		{
			Name:  "no without a reason is no answer",
			Given: facts{asked},
			By:    greetje,
			When:  council.RefuseConsent{Programme: p, Number: 1, Why: " ", Note: member},
			Err:   domain.ErrRequired, Field: "why",
		},
		{
			Name:  "no is about a question that waits, too",
			Given: facts{asked, granted},
			By:    greetje,
			When:  council.RefuseConsent{Programme: p, Number: 1, Why: "Toch niet.", Note: member},
			Err:   council.ErrNotAsked,
		},
		{
			Name:  "and so is the letter needed",
			Given: facts{asked},
			By:    sanne,
			When:  council.RefuseConsent{Programme: p, Number: 1, Why: "De drempels zijn te laag."},
			Err:   council.ErrLetter, Field: "reference",
		},

		{
			Name:  "consent is withdrawn, and why",
			Given: facts{asked, granted},
			By:    sanne,
			When:  council.WithdrawConsent{Programme: p, Number: 1, Why: "De afspraken zijn niet nagekomen.", Note: council.Note{On: yesterday, Reference: "OR 2026-15"}},
			Then:  facts{withdrew},
		},
		{
			Name:  "not without a reason",
			Given: facts{asked, granted},
			By:    greetje,
			When:  council.WithdrawConsent{Programme: p, Number: 1, Note: member},
			Err:   domain.ErrRequired, Field: "why",
		},
		{
			Name:  "not before it was given",
			Given: facts{asked, granted},
			By:    greetje,
			When:  council.WithdrawConsent{Programme: p, Number: 1, Why: "Toch niet.", Note: council.Note{Member: true, On: "2026-02-28"}},
			Err:   council.ErrTooEarly, Field: "on",
		},
		{
			Name:  "what does not stand cannot be withdrawn",
			Given: facts{asked, granted, withdrew},
			By:    greetje,
			When:  council.WithdrawConsent{Programme: p, Number: 1, Why: "Toch niet.", Note: member},
			Err:   council.ErrNoConsent,
		},
		{
			Name:  "nor what other consent took the place of",
			Given: facts{asked, granted, more, council.ConsentGranted{Number: 2, Noted: noted(today, "OR 2026-16")}},
			By:    greetje,
			When:  council.WithdrawConsent{Programme: p, Number: 1, Why: "Toch niet.", Note: member},
			Err:   council.ErrAnother,
		},
	})
}

// TestWhatMayBeOpened asks whether a promise check may be opened with the
// usual thresholds, and a 360 round beside it.
func TestWhatMayBeOpened(t *testing.T) {
	small, large := council.Sized{Employees: 49}, council.Sized{Employees: 50}
	high := asked
	high.Staff = 6
	for _, c := range []struct {
		Name     string
		Given    facts
		Err      error // of the check
		Feedback error
	}{
		{Name: "nobody knows how large the undertaking is", Err: council.ErrNeeded, Feedback: council.ErrNeeded},
		{Name: "fifty people have a works council", Given: facts{large}, Err: council.ErrNeeded, Feedback: council.ErrNeeded},
		{Name: "forty-nine need none", Given: facts{small}},
		{Name: "nor an answer to what they asked one", Given: facts{small, asked}},
		{Name: "a no counts whatever the size", Given: facts{small, asked, refused}, Err: council.ErrRefused, Feedback: council.ErrRefused},
		{Name: "a yes counts for what it was about", Given: facts{small, asked, granted}, Feedback: council.ErrNeeded},
		{Name: "a question is no consent", Given: facts{large, asked}, Err: council.ErrNeeded, Feedback: council.ErrNeeded},
		{Name: "consent is to one kind of round", Given: facts{large, asked, granted}, Feedback: council.ErrNeeded},
		{Name: "consent stands while more is asked", Given: facts{large, asked, granted, more}, Feedback: council.ErrNeeded},
		{Name: "and after more was refused", Given: facts{large, asked, granted, more, council.ConsentRefused{Number: 2}}, Feedback: council.ErrNeeded},
		{Name: "consent is to more", Given: facts{large, asked, granted, more, council.ConsentGranted{Number: 2}}},
		{Name: "consent was refused", Given: facts{large, asked, refused}, Err: council.ErrRefused, Feedback: council.ErrRefused},
		{Name: "consent was withdrawn", Given: facts{large, asked, granted, withdrew}, Err: council.ErrWithdrawn, Feedback: council.ErrWithdrawn},
		{Name: "thresholds are never lower than those consented to", Given: facts{large, high, granted}, Err: council.ErrThresholds, Feedback: council.ErrNeeded},
	} {
		t.Run(c.Name, func(t *testing.T) {
			s := domaintest.Fold(c.Given...)
			for kind, want := range map[domain.RoundKind]error{domain.Check: c.Err, domain.Feedback: c.Feedback} {
				if got := (council.Allows{Programme: p, Kind: kind, Thresholds: usual}).Holds(s); !errors.Is(got, want) {
					t.Errorf("%s: got %v, want %v", kind, got, want)
				}
			}
		})
	}
	low := council.Allows{Programme: p, Kind: domain.Check, Thresholds: domain.Thresholds{Peers: 3, Leaders: 3, Staff: 2}}
	if err := low.Holds(domaintest.Fold[council.State](small)); !errors.Is(err, domain.ErrThreshold) {
		t.Errorf("a threshold of two in a small undertaking: got %v, want %v", err, domain.ErrThreshold)
	}
	higher := council.Allows{Programme: p, Kind: domain.Check, Thresholds: domain.Thresholds{Peers: 9, Leaders: 9, Staff: 9}}
	if err := higher.Holds(domaintest.Fold[council.State](sized, asked, granted)); err != nil {
		t.Errorf("higher thresholds than those consented to: %v", err)
	}
}

// TestWhateverPeopleAsk sees to it that a large undertaking opens a round only
// after a yes to a question that was asked, with no other answer to it since.
func TestWhateverPeopleAsk(t *testing.T) {
	var (
		who    = rapid.SampledFrom([]domain.PersonID{"sanne", "greetje"})
		number = rapid.IntRange(0, 4)
		kinds  = rapid.SampledFrom([][]domain.RoundKind{check, both, {"appraisal"}, nil})
		on     = rapid.SampledFrom([]domain.Day{"", yesterday, today, tomorrow})
		ref    = rapid.SampledFrom([]string{"", "OR 2026-14"})
		note   = func(t *rapid.T) council.Note {
			return council.Note{On: on.Draw(t, "on"), Reference: ref.Draw(t, "reference"), Member: rapid.Bool().Draw(t, "member")}
		}
		ask = rapid.SampledFrom([]func(*rapid.T) domain.Command[council.State]{
			func(t *rapid.T) domain.Command[council.State] {
				return council.Size{Programme: p, Employees: rapid.IntRange(50, 60).Draw(t, "employees")}
			},
			func(t *rapid.T) domain.Command[council.State] {
				return council.AskConsent{Programme: p, Kinds: kinds.Draw(t, "kinds"), Thresholds: usual}
			},
			func(t *rapid.T) domain.Command[council.State] {
				return council.Grant{Programme: p, Number: number.Draw(t, "number"), Note: note(t)}
			},
			func(t *rapid.T) domain.Command[council.State] {
				return council.RefuseConsent{Programme: p, Number: number.Draw(t, "number"), Why: "Nee.", Note: note(t)}
			},
			func(t *rapid.T) domain.Command[council.State] {
				return council.WithdrawConsent{Programme: p, Number: number.Draw(t, "number"), Why: "Toch niet.", Note: note(t)}
			},
		})
	)
	rapid.Check(t, func(t *rapid.T) {
		last, open, standing := 0, false, 0
		domaintest.Walk(t, 60, func(t *rapid.T) (domain.Act, domain.Command[council.State]) {
			return by(who.Draw(t, "who")), ask.Draw(t, "command")(t)
		}, func(steps []domaintest.Step[council.State]) {
			answers := func(n int) {
				if !open || n != last {
					t.Fatalf("question %d was answered; %d is the last and open: %v", n, last, open)
				}
				open = false
			}
			var all facts
			for _, s := range steps {
				all = append(all, s.Facts...)
			}
			switch e := all[len(all)-1].(type) {
			case council.ConsentAsked:
				if e.Number != last+1 {
					t.Fatalf("question %d follows on %d", e.Number, last)
				}
				last, open = e.Number, true
			case council.ConsentGranted:
				answers(e.Number)
				standing = e.Number
			case council.ConsentRefused:
				answers(e.Number)
			case council.ConsentWithdrawn:
				if e.Number != standing {
					t.Fatalf("%d was withdrawn, while %d stands", e.Number, standing)
				}
				standing = 0
			}
			err := council.Allows{Programme: p, Kind: domain.Check, Thresholds: usual}.Holds(domaintest.Fold(all...))
			if (err == nil) != (standing > 0) {
				t.Fatalf("a check may be opened: %v; consent %d stands", err, standing)
			}
		})
	})
}
