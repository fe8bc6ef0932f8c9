package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/evidence"
	"koersvast/domain/promise"
	"koersvast/projections/consistency"
)

// fragment is a part of a document that tells of anna's promise, some days
// ago.
func fragment(source domain.SourceID, direction evidence.Direction, stance evidence.Stance, days int) consistency.Fragment {
	return consistency.Fragment{
		ID: "f-" + domain.FragmentID(source), Source: source, Kind: evidence.Document, Document: evidence.Minutes,
		Coding: evidence.Coding{Promise: "p1", Direction: direction, Stance: stance, Link: evidence.Certain, Day: ago(days)},
	}
}

// does is one that tells what is done.
func does(source domain.SourceID, stance evidence.Stance, days int) consistency.Fragment {
	return fragment(source, evidence.Does, stance, days)
}

func TestSourcesContradictEachOther(t *testing.T) {
	told := func(fragments ...consistency.Fragment) consistency.Situation {
		s := promised()
		s.Fragments = fragments
		return s
	}
	found := func(sources ...domain.SourceID) []consistency.Finding {
		f := consistency.Finding{Object: consistency.The(domain.PromiseID("p1")), Since: today}
		for _, s := range sources {
			f.Evidence = append(f.Evidence, consistency.The(s))
		}
		return []consistency.Finding{f}
	}
	but := func(f consistency.Fragment, change func(*consistency.Fragment)) consistency.Fragment {
		change(&f)
		return f
	}
	a, b, c, d := does("a", "2", 30), does("b", "1", 30), does("c", "-1", 30), does("d", "-2", 30)
	both := told(a, b, c, d)
	withdrawn := told(a, b, c, d)
	withdrawn.Promises[0].Status = promise.StatusWithdrawn
	coached := both
	coached.Coachings = []consistency.Coaching{{Coach: "cora", Coachee: "anna", Agreed: ago(100)}}
	forCoach := found("a", "b", "c", "d")
	forCoach[0].Coach = "cora"
	all := found("a", "b", "c", "d")
	behaviour := func(f *consistency.Fragment) { f.Promise, f.Behaviour = "", "listens" }
	old := func(days int) consistency.Situation {
		return told(a, b, c, but(d, func(f *consistency.Fragment) { f.Day = ago(days) }))
	}
	// d is as old as makes the contradiction just half, or just less, of what it
	// could be: 2 times .5 of 1.5 with a third source against.
	weighs := func(days int) consistency.Situation {
		return told(does("a", "2", 0), does("b", "2", 0), does("c", "-2", days), does("d", "-2", days))
	}
	try(t, cr24, []trial{
		{name: "an empty programme"},
		{name: "both ways", in: both, want: all},
		{name: "the coach hears of it too", in: coached, want: forCoach},
		{name: "a promise that was withdrawn", in: withdrawn},
		{name: "all one way", in: told(a, b, a, b)},

		{name: "one source against", in: told(a, b, c)},
		{name: "that spoke twice", in: told(a, b, c, but(c, func(f *consistency.Fragment) { f.ID = "f-more" }))},
		{name: "once of the promise and once of its behaviour", in: told(a, b, c, but(c, behaviour))},
		{name: "or through another that counts as one with it", in: told(a, b, c, but(d, func(f *consistency.Fragment) { f.With = "c" }))},
		{name: "one source for", in: told(a, c, d)},
		{name: "of a behaviour that shows it", in: told(a, b, c, but(d, behaviour)), want: all},
		{name: "of another promise", in: told(a, b, c, but(d, func(f *consistency.Fragment) { f.Promise = "p2" }))},
		{name: "that is only said", in: told(a, b, c, but(d, func(f *consistency.Fragment) { f.Direction = evidence.Says }))},
		{name: "that hangs by a thread", in: told(a, b, c, but(d, func(f *consistency.Fragment) { f.Link = evidence.Weak }))},
		{name: "mixed takes no side", in: told(a, b, c, but(d, func(f *consistency.Fragment) { f.Stance = "0" }))},

		{name: "on its last day", in: old(180), want: all},
		{name: "a day later", in: old(181)},
		{name: "what is yet to come", in: old(-1)},

		{name: "both sides weigh just enough", in: weighs(180), params: consistency.Params{"conflict": .66}, want: all},
		{name: "one just too little", in: weighs(180), params: consistency.Params{"conflict": .67}},
		{name: "a programme can ask for three", in: both, params: consistency.Params{"sources": 3}},
	})
}
