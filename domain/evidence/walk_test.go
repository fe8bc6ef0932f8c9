package evidence_test

import (
	"testing"

	"pgregory.net/rapid"

	"koersvast/domain"
	"koersvast/domain/domaintest"
	"koersvast/domain/evidence"
)

// A story is what an outsider makes of the facts, in a way of its own.
type story struct {
	held, withdrawn, compared bool
	first, second             map[domain.FragmentID][]evidence.Coded
	dropped                   map[domain.FragmentID]bool
}

// TestWhateverPeopleAsk follows an interview, and sees to it that nothing is
// used without consent, that two people at most code a fragment, each in a
// place of their own, and that the second one's codes end when they are
// compared.
func TestWhateverPeopleAsk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := story{
			first: map[domain.FragmentID][]evidence.Coded{}, second: map[domain.FragmentID][]evidence.Coded{},
			dropped: map[domain.FragmentID]bool{},
		}
		domaintest.Walk(t, 120, ask, func(steps []domaintest.Step[evidence.State]) {
			last := steps[len(steps)-1]
			if len(last.Facts) != 1 {
				t.Fatalf("%T led to %d facts; a source changes one fact at a time", last.Command, len(last.Facts))
			}
			s.follow(t, last.Facts[0])
		})
	})
}

func (s *story) follow(t *rapid.T, fact evidence.Event) {
	t.Helper()
	if s.withdrawn {
		t.Fatalf("%s happened after consent was withdrawn", fact.EventName())
	}
	works := func(id domain.FragmentID) {
		if !s.held || s.dropped[id] {
			t.Fatalf("%s of a fragment of which nothing may happen", fact.EventName())
		}
	}
	switch e := fact.(type) {
	case evidence.InterviewHeld:
		s.held = true
	case evidence.ConsentWithdrawn:
		s.withdrawn = true
	case evidence.CodingsCompared:
		s.compared = true
	case evidence.FragmentAdded:
		works(e.Fragment)
	case evidence.FragmentDropped:
		works(e.Fragment)
		s.dropped[e.Fragment] = true
	case evidence.Coded:
		works(e.Fragment)
		place, other := s.places(t, e.Second)
		if mine := place[e.Fragment]; len(mine) > 0 && mine[0].By != e.By {
			t.Fatalf("%s codes in the place of %s", e.By, mine[0].By)
		}
		if theirs := other[e.Fragment]; len(theirs) > 0 && theirs[0].By == e.By {
			t.Fatalf("%s codes a fragment in both places", e.By)
		}
		place[e.Fragment] = append(place[e.Fragment], e)
	case evidence.CodingUndone:
		works(e.Fragment)
		place, _ := s.places(t, e.Second)
		said := place[e.Fragment]
		if len(said) == 0 || said[0].By != e.By {
			t.Fatalf("%s undoes what they did not say", e.By)
		}
		place[e.Fragment] = said[:len(said)-1]
		var stands evidence.Coding
		if n := len(said) - 1; n > 0 {
			stands = said[n-1].Coding
		}
		if e.Coding != stands {
			t.Fatalf("after undoing %+v stands, want %+v", e.Coding, stands)
		}
	}
}

// places returns what was said in one of the two places of each fragment, and
// in the other.
func (s *story) places(t *rapid.T, second bool) (place, other map[domain.FragmentID][]evidence.Coded) {
	t.Helper()
	if !second {
		return s.first, s.second
	}
	if s.compared {
		t.Fatal("a second coder says something after the codings were compared")
	}
	return s.second, s.first
}

func ask(t *rapid.T) (domain.Act, domain.Command[evidence.State]) {
	who := rapid.SampledFrom([]domain.Act{farah, farah, guus, third}).Draw(t, "who")
	fragment := rapid.SampledFrom([]domain.FragmentID{"f1", "f2"}).Draw(t, "fragment")
	coding := rapid.SampledFrom([]evidence.Coding{some, whole, other}).Draw(t, "coding")
	often := []domain.Command[evidence.State]{
		evidence.PlanInterview{ID: "s1", Group: domain.Employee, Day: march},
		evidence.RecordConsent{ID: "s1", On: february, Recording: true},
		evidence.HoldInterview{ID: "s1", On: march},
		evidence.AddFragment{ID: "s1", Fragment: fragment, Text: sentence},
		evidence.Code{ID: "s1", Fragment: fragment, Coding: coding},
		evidence.Code{ID: "s1", Fragment: fragment, Coding: coding},
		evidence.UndoCoding{ID: "s1", Fragment: fragment},
		evidence.FinishCoding{ID: "s1"},
		evidence.ResumeCoding{ID: "s1"},
	}
	seldom := []domain.Command[evidence.State]{
		evidence.CompareCodings{ID: "s1"},
		evidence.DropFragment{ID: "s1", Fragment: fragment, Why: "Dubbel."},
		evidence.Contest{ID: "s1", Fragment: fragment, Text: "Anders."},
		evidence.DestroyRecording{ID: "s1", On: march},
		evidence.CancelInterview{ID: "s1"},
		evidence.WithdrawConsent{ID: "s1"},
	}
	list := often
	if rapid.IntRange(0, 19).Draw(t, "seldom") == 0 {
		list = seldom
	}
	return who, list[rapid.IntRange(0, len(list)-1).Draw(t, "what")]
}
