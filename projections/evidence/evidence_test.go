package evidence_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"koersvast/domain"
	"koersvast/domain/consistency"
	"koersvast/domain/evidence"
	"koersvast/domain/method"
	"koersvast/projections"
	sources "koersvast/projections/evidence"
	"koersvast/projections/projectionstest"
)

func on(id domain.SourceID, who domain.PersonID, day domain.Day, facts ...domain.Event) domain.Record {
	return projectionstest.Act(domain.Stream{Kind: "evidence", ID: string(id)}, day, who, facts...)
}

func said(id domain.SourceID, text string) domain.Private {
	return domain.Say(evidence.KeyOf("tide", id), text)
}

func added(id domain.SourceID, f domain.FragmentID, text string) evidence.FragmentAdded {
	return evidence.FragmentAdded{ID: id, Fragment: f, By: "farah", Text: said(id, text), Place: said(id, "p. 3")}
}

func coded(id domain.SourceID, f domain.FragmentID, c evidence.Coding) evidence.Coded {
	return evidence.Coded{ID: id, Fragment: f, By: "farah", Coding: c}
}

func again(id domain.SourceID, f domain.FragmentID, c evidence.Coding) evidence.Coded {
	return evidence.Coded{ID: id, Fragment: f, By: "guus", Second: true, Coding: c}
}

func does(p domain.PromiseID, s evidence.Stance, day domain.Day) evidence.Coding {
	return evidence.Coding{Promise: p, Direction: evidence.Does, Stance: s, Link: evidence.Certain, Day: day}
}

func says(p domain.PillarID, day domain.Day) evidence.Coding {
	return evidence.Coding{Pillar: p, Direction: evidence.Says, Stance: "1", Link: evidence.Certain, Day: day}
}

// interview is one that was held, with a fragment of its own.
func interview(id domain.SourceID, group domain.Role, s evidence.Stance) []domain.Record {
	return []domain.Record{
		on(id, "farah", "2026-02-01", evidence.InterviewPlanned{ID: id, Group: group, Day: "2026-02-10"}),
		on(id, "farah", "2026-02-10", evidence.ConsentRecorded{ID: id, On: "2026-02-10", Recording: true}),
		on(id, "farah", "2026-02-10", evidence.InterviewHeld{ID: id, On: "2026-02-10"}),
		on(id, "farah", "2026-02-11", added(id, "f1", "Zij was erbij.")),
		on(id, "farah", "2026-02-11", coded(id, "f1", does("p1", s, "2026-01-15"))),
	}
}

var (
	decision = []domain.Record{
		on("besluit", "farah", "2026-03-02", evidence.DocumentRegistered{
			ID: "besluit", Document: evidence.Decision, Frame: evidence.Does, Title: said("besluit", "Besluit 12"), Day: "2026-03-01", Digest: "0f",
		}),
		on("besluit", "farah", "2026-03-02", added("besluit", "f1", "Het overleg vervalt.")),
		on("besluit", "farah", "2026-03-02", added("besluit", "f2", "De reiskosten blijven.")),
		on("besluit", "farah", "2026-03-02", added("besluit", "f3", "Dit ging over iets anders.")),
		on("besluit", "farah", "2026-03-02", coded("besluit", "f1", evidence.Coding{Promise: "p1"})),
		on("besluit", "farah", "2026-03-02", coded("besluit", "f1", does("p1", "-2", "2026-03-01"))),
		on("besluit", "farah", "2026-03-02", coded("besluit", "f2", does("p1", "1", "2026-02-20"))),
		on("besluit", "farah", "2026-03-02", coded("besluit", "f3", does("p1", "2", "2026-02-20"))),
		on("besluit", "guus", "2026-03-03", again("besluit", "f1", does("p1", "-1", "2026-03-01"))),
		on("besluit", "guus", "2026-03-03", again("besluit", "f2", does("p1", "1", "2026-02-20"))),
	}
	compare = on("besluit", "guus", "2026-03-03", evidence.CodingsCompared{ID: "besluit", By: "guus"})
	drop    = on("besluit", "farah", "2026-03-04", evidence.FragmentDropped{ID: "besluit", Fragment: "f3", Why: said("besluit", "Hoort er niet bij.")})
	contest = on("besluit", "anja", "2026-03-05", evidence.FragmentContested{
		ID: "besluit", Fragment: "f1", By: "anja", Text: domain.Say(domain.KeyOf("anja", domain.Promises), "Het is verplaatst."),
	})
)

func log(parts ...[]domain.Record) *projectionstest.Log {
	l := projectionstest.Facts("tide")
	for _, p := range parts {
		l.Append(p...)
	}
	return l
}

func acts(r ...domain.Record) []domain.Record { return r }

// read asks a question of what a log has led to.
func read[T any](t *testing.T, l *projectionstest.Log, ask func(projections.Reader) (T, error)) T {
	t.Helper()
	got, err := ask(projectionstest.Read(t, l, sources.Model))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func wantEqual[T any](t *testing.T, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(sources.Fragment{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestHowASourceStands(t *testing.T) {
	text := "Besluit 12"
	l := log(decision, acts(compare, drop), interview("i1", domain.Employee, "1"))
	l.Append(on("i1", "farah", "2026-03-05", evidence.CodingFinished{ID: "i1"}),
		on("i1", "farah", "2026-03-06", evidence.RecordingDestroyed{ID: "i1", On: "2026-03-06"}))
	empty := ""
	wantEqual(t, []sources.Source{
		{
			ID: "besluit", Kind: evidence.Document, Document: evidence.Decision, Frame: evidence.Does, Title: &text, Digest: "0f",
			Day: "2026-03-01", Status: evidence.StatusCoding, Compared: true, Fragments: 2, Coded: 2, Twice: 2, Place: 1,
		},
		{
			ID: "i1", Kind: evidence.Interview, Title: &empty, Group: domain.Employee, Day: "2026-02-10", Status: evidence.StatusCoded,
			Consent: "2026-02-10", Destroyed: "2026-03-06", Fragments: 1, Coded: 1, Place: 13,
		},
	}, read(t, l, func(r projections.Reader) ([]sources.Source, error) { return sources.Sources(t.Context(), r, "tide") }))
}

func TestNobodySeesWhatTheOtherCodedBeforeTheTwoAreCompared(t *testing.T) {
	work := func(l *projectionstest.Log, who domain.PersonID) (ws []sources.Work) {
		for _, w := range read(t, l, func(r projections.Reader) ([]sources.Work, error) {
			return sources.WorkOn(t.Context(), r, "tide", "besluit", who)
		}) {
			w.Text, w.Passage, w.Why = nil, nil, nil
			ws = append(ws, w)
		}
		return ws
	}
	first, second, both := does("p1", "-2", "2026-03-01"), does("p1", "-1", "2026-03-01"), does("p1", "1", "2026-02-20")
	third := does("p1", "2", "2026-02-20")
	before, contested := log(decision, acts(contest)), "Het is verplaatst."
	wantEqual(t, []sources.Work{
		{ID: "f1", Mine: first, Others: 1, ContestedBy: "anja", Contest: &contested},
		{ID: "f2", Mine: both, Others: 1},
		{ID: "f3", Mine: third},
	}, clean(work(before, "farah")))
	wantEqual(t, []sources.Work{
		{ID: "f1", Mine: second, Second: true, Others: 1},
		{ID: "f2", Mine: both, Second: true, Others: 1},
		{ID: "f3", Others: 1},
	}, clean(work(before, "guus")))
	after := log(decision, acts(compare, contest))
	wantEqual(t, []sources.Work{
		{ID: "f1", Mine: second, Second: true, Others: 1, Theirs: &first, ContestedBy: "anja", Contest: &contested},
		{ID: "f2", Mine: both, Second: true, Others: 1, Theirs: &both},
		{ID: "f3", Others: 1, Theirs: &third},
	}, clean(work(after, "guus")))
}

// clean leaves out empty texts of fragments that nobody contested.
func clean(ws []sources.Work) []sources.Work {
	for i, w := range ws {
		if w.ContestedBy == "" {
			ws[i].Contest = nil
		}
	}
	return ws
}

func TestWhatWasUndoneIsAsItWas(t *testing.T) {
	undone := func(c evidence.Coding) domain.Record {
		return on("besluit", "farah", "2026-03-06", evidence.CodingUndone{ID: "besluit", Fragment: "f1", By: "farah", Coding: c})
	}
	mine := func(l *projectionstest.Log) evidence.Coding {
		return read(t, l, func(r projections.Reader) ([]sources.Work, error) {
			return sources.WorkOn(t.Context(), r, "tide", "besluit", "farah")
		})[0].Mine
	}
	l := log(decision, acts(undone(evidence.Coding{Promise: "p1"})))
	wantEqual(t, evidence.Coding{Promise: "p1"}, mine(l))
	l.Append(undone(evidence.Coding{}))
	wantEqual(t, evidence.Coding{}, mine(l))
}

func TestEvidenceIsOnePieceASource(t *testing.T) {
	f1, f2 := does("p1", "-2", "2026-03-01"), does("p1", "1", "2026-02-20")
	l := log(decision, acts(drop))
	got := read(t, l, func(r projections.Reader) ([]sources.Piece, error) {
		return sources.Of(t.Context(), r, "tide", method.Config{})
	})
	wantEqual(t, []sources.Piece{{
		Source: "besluit", Kind: evidence.Document, Document: evidence.Decision, Weight: 1.5, Promise: "p1", Direction: evidence.Does,
		Score: 37.5, Day: "2026-03-01", Link: evidence.Certain,
		Fragments: []sources.Fragment{
			{ID: "f1", Source: "besluit", Kind: evidence.Document, Document: evidence.Decision, Coding: f1},
			{ID: "f2", Source: "besluit", Kind: evidence.Document, Document: evidence.Decision, Coding: f2},
		},
	}}, got)
	m := got[0].Measured("2026-03-11", method.Config{})
	if m.Age != 10 || m.Weight != 1.5 || m.Score != 37.5 {
		t.Errorf("measured = %+v, want a score of 37.5 that is ten days old and weighs 1.5", m)
	}
}

// each source with one fragment, and what it weighs.
func TestWhatEvidenceWeighs(t *testing.T) {
	document := func(id domain.SourceID, k evidence.DocumentKind, c evidence.Coding) []domain.Record {
		return acts(
			on(id, "farah", "2026-03-02", evidence.DocumentRegistered{ID: id, Document: k, Title: said(id, "Iets"), Day: "2026-03-01"}),
			on(id, "farah", "2026-03-02", added(id, "f1", "Iets.")), on(id, "farah", "2026-03-02", coded(id, "f1", c)))
	}
	observation := func(id domain.SourceID, independent bool) []domain.Record {
		return acts(
			on(id, "farah", "2026-03-02", evidence.ObservationRegistered{ID: id, Occasion: said(id, "Iets"), Day: "2026-03-01", Independent: independent}),
			on(id, "farah", "2026-03-02", added(id, "f1", "Iets.")), on(id, "farah", "2026-03-02", coded(id, "f1", does("p1", "0", "2026-03-01"))))
	}
	weak, probable, with, words := does("p1", "1", "2026-03-01"), does("p1", "1", "2026-03-01"), does("p1", "2", "2026-03-01"), says("nabij", "2026-03-01")
	weak.Link, probable.Link, with.With = evidence.Weak, evidence.Probable, "geld"
	l := log(
		document("geld", evidence.Budget, does("p1", "0", "2026-03-01")),
		document("notulen", evidence.Minutes, probable),
		document("brief", evidence.Newsletter, words),
		document("los", evidence.Policy, weak),
		document("zelfde", evidence.Policy, with),
		observation("gast", true), observation("eigen", false),
		interview("i1", domain.MT, "1"), interview("i2", domain.MT, "2"), interview("i3", domain.MT, "-1"),
	)
	got := map[domain.SourceID]float64{}
	for _, p := range read(t, l, func(r projections.Reader) ([]sources.Piece, error) {
		return sources.Of(t.Context(), r, "tide", method.Config{})
	}) {
		got[p.Source] = p.Weight
		if p.Source == "geld" && (p.Score != 75 || len(p.Fragments) != 2 || p.Document != evidence.Budget) {
			t.Errorf("what counts as one with another source is one piece with it; got %+v", p)
		}
		if p.Source == "notulen" && p.Link != evidence.Probable {
			t.Errorf("the link of %+v, want probable", p)
		}
	}
	wantEqual(t, map[domain.SourceID]float64{
		"geld": 1.5, "notulen": 1, "brief": 0, "gast": 1.5, "eigen": 1, "i1": 1, "i2": 1, "i3": 1,
	}, got)
}

func TestInterviewsWithAGroupAreShownFromThreeOn(t *testing.T) {
	count := func(l *projectionstest.Log) (n int) {
		for _, f := range read(t, l, func(r projections.Reader) ([]sources.Fragment, error) { return sources.Coded(t.Context(), r, "tide") }) {
			if f.Kind == evidence.Interview {
				n++
			}
		}
		quotes := read(t, l, func(r projections.Reader) ([]sources.Quote, error) {
			return sources.About(t.Context(), r, "tide", "", "", sources.Target{Promise: "p1"})
		})
		if len(quotes) != n {
			t.Errorf("%d quotes, and %d fragments", len(quotes), n)
		}
		return n
	}
	l := log(interview("i1", domain.Employee, "1"), interview("i2", domain.Employee, "1"), interview("i3", domain.MT, "1"))
	l.Append(on("i4", "farah", "2026-03-01", evidence.InterviewPlanned{ID: "i4", Group: domain.Employee, Day: "2026-04-01"}))
	if n := count(l); n != 0 {
		t.Errorf("with two interviews and one to come, %d fragments are shown; want none", n)
	}
	l.Append(on("i4", "farah", "2026-04-01", evidence.ConsentRecorded{ID: "i4", On: "2026-04-01"}, evidence.InterviewHeld{ID: "i4", On: "2026-04-01"}))
	if n := count(l); n != 2 {
		t.Errorf("with three interviews %d fragments are shown, want 2", n)
	}
	l.Append(on("i1", "farah", "2026-04-02", evidence.ConsentWithdrawn{ID: "i1"}))
	if n := count(l); n != 0 {
		t.Errorf("when one is withdrawn, %d fragments are shown; want none", n)
	}
}

func TestWhatWasErasedOfAnInterviewIsNotShownOfThePastEither(t *testing.T) {
	l := log(interview("i1", domain.Employee, "1"), interview("i2", domain.Employee, "1"))
	l.Append(
		on("i3", "farah", "2026-02-01", evidence.InterviewPlanned{ID: "i3", Group: domain.Employee, Day: "2026-02-10"}),
		on("i3", "farah", "2026-02-10", evidence.ConsentRecorded{ID: "i3", On: "2026-02-10"}, evidence.InterviewHeld{ID: "i3", On: "2026-02-10"}),
		on("i3", "farah", "2026-02-11", evidence.FragmentAdded{ID: "i3", Fragment: "f1", By: "farah", Text: projectionstest.Erased(evidence.KeyOf("tide", "i3"))}),
		on("i3", "farah", "2026-02-11", coded("i3", "f1", does("p1", "-2", "2026-01-15"))),
	)
	for _, f := range read(t, l, func(r projections.Reader) ([]sources.Fragment, error) { return sources.Coded(t.Context(), r, "tide") }) {
		if f.Source == "i3" {
			t.Errorf("shown: %+v", f)
		}
	}
}

func TestOfAWithdrawnInterviewNothingIsLeft(t *testing.T) {
	l := log(interview("i1", domain.Employee, "1"))
	l.Append(on("i1", "farah", "2026-04-02", evidence.ConsentWithdrawn{ID: "i1"}))
	r := projectionstest.Read(t, l, sources.Model)
	work, err := sources.WorkOn(t.Context(), r, "tide", "i1", "farah")
	if err != nil || len(work) != 0 {
		t.Errorf("left: %+v, %v", work, err)
	}
	ids, err := sources.ToErase(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	wantEqual(t, []domain.KeyID{evidence.KeyOf("tide", "i1")}, ids)
}

func TestAQuoteOfAnInterviewDoesNotSayOfWhich(t *testing.T) {
	l := log(interview("i1", domain.Employee, "1"), interview("i2", domain.Employee, "2"), interview("i3", domain.Employee, "-1"), decision, acts(contest))
	quotes := read(t, l, func(r projections.Reader) ([]sources.Quote, error) {
		return sources.About(t.Context(), r, "tide", "2026-01-01", "2026-02-28", sources.Target{Promise: "p1"})
	})
	var kinds []evidence.Kind
	for _, q := range quotes {
		kinds = append(kinds, q.Kind)
		if q.Kind == evidence.Interview && (q.Title != nil || q.Passage != nil || q.Group != domain.Employee) {
			t.Errorf("a quote of an interview says %+v", q)
		}
	}
	wantEqual(t, []evidence.Kind{evidence.Interview, evidence.Interview, evidence.Interview, evidence.Document, evidence.Document}, kinds)
}

func TestHowMuchIsSaidOfEachPillar(t *testing.T) {
	newsletter := acts(on("brief", "farah", "2026-03-02", evidence.DocumentRegistered{ID: "brief", Document: evidence.Newsletter, Title: said("brief", "Brief"), Day: "2026-03-01"}))
	weak := says("nabij", "2026-03-01")
	weak.Link = evidence.Weak
	for i, c := range []evidence.Coding{
		says("nabij", "2026-03-01"), says("nabij", "2026-02-01"), says("samen", "2026-03-01"),
		says("nabij", "2025-12-10"), weak, does("p1", "1", "2026-03-01"), says("elders", "2026-03-01"),
		{Promise: "p1", Direction: evidence.Says, Stance: "0", Link: evidence.Probable, Day: "2025-12-11"},
	} {
		f := domain.FragmentID("f" + string(rune('a'+i)))
		newsletter = append(newsletter, on("brief", "farah", "2026-03-02", added("brief", f, "Iets.")), on("brief", "farah", "2026-03-02", coded("brief", f, c)))
	}
	all := read(t, log(newsletter), func(r projections.Reader) ([]sources.Fragment, error) { return sources.Coded(t.Context(), r, "tide") })
	got := sources.EmphasisOf(all, "2026-03-10", func(c evidence.Coding) domain.PillarID {
		switch {
		case c.Promise == "p1":
			return "samen"
		case c.Pillar == "elders":
			return ""
		}
		return c.Pillar
	})
	wantEqual(t, sources.Emphasis{Fragments: 4, Pillars: map[domain.PillarID]int{"nabij": 2, "samen": 2}}, got)
	if got.Share("nabij") != .5 || (sources.Emphasis{}).Share("nabij") != 0 {
		t.Errorf("share = %v, want half; and none of nothing", got.Share("nabij"))
	}
}

func TestHowFarCodersAgree(t *testing.T) {
	agreement := func(parts ...[]domain.Record) consistency.Coding {
		return read(t, log(parts...), func(r projections.Reader) (consistency.Coding, error) {
			return sources.Agreement(t.Context(), r, "tide")
		})
	}
	wantEqual(t, consistency.Coding{Fragments: 3}, agreement(decision))
	// They said −2 and −1 of one, and both 1 of the other: κ = 1 − (1/32)/(14/64) = .857.
	wantEqual(t, consistency.Coding{Fragments: 3, Twice: 2, Kappa: 85, Agreed: true}, agreement(decision, acts(compare)))
	wantEqual(t, consistency.Coding{Fragments: 2, Twice: 2, Kappa: 85, Agreed: true}, agreement(decision, acts(compare, drop)))
	later := on("besluit", "farah", "2026-03-06", coded("besluit", "f1", does("p1", "-1", "2026-03-01")))
	if got := agreement(decision, acts(compare, later)); got.Kappa != 85 {
		t.Errorf("kappa = %d once the first coder has thought again; want what it was when they were independent", got.Kappa)
	}
	wantEqual(t, consistency.Coding{}, agreement())
}

func TestProgrammesAreNeverMixed(t *testing.T) {
	l := log(decision, acts(compare))
	elsewhere := on("besluit", "wil", "2026-03-07", evidence.DocumentRegistered{ID: "besluit", Document: evidence.Policy, Title: said("besluit", "Anders"), Day: "2026-03-01"})
	elsewhere.Programme = "elsewhere"
	l.Append(elsewhere)
	r := projectionstest.Read(t, l, sources.Model)
	got, err := sources.TheSource(t.Context(), r, "elsewhere", "besluit")
	if err != nil || got.Document != evidence.Policy || got.Fragments != 0 || got.Twice != 0 {
		t.Errorf("elsewhere: %+v, %v", got, err)
	}
	if _, err := sources.TheSource(t.Context(), r, "nowhere", "besluit"); domain.KindOf(err) != domain.NotFound {
		t.Errorf("nowhere: %v, want that there is none", err)
	}
}

func TestWhatWasErasedIsEmpty(t *testing.T) {
	erased := projectionstest.Erased(evidence.KeyOf("tide", "besluit"))
	l := log(acts(
		on("besluit", "farah", "2026-03-02", evidence.DocumentRegistered{ID: "besluit", Document: evidence.Policy, Title: erased, Day: "2026-03-01"}),
		on("besluit", "farah", "2026-03-02", evidence.FragmentAdded{ID: "besluit", Fragment: "f1", By: "farah", Text: erased, Place: erased}),
		on("besluit", "farah", "2026-03-02", coded("besluit", "f1", does("p1", "1", "2026-03-01"))),
	))
	quotes := read(t, l, func(r projections.Reader) ([]sources.Quote, error) {
		return sources.About(t.Context(), r, "tide", "", "", sources.Target{Promise: "p1"})
	})
	if len(quotes) != 1 || quotes[0].Text != nil || quotes[0].Title != nil || quotes[0].Passage != nil {
		t.Errorf("quotes = %+v, want one of which the words are gone", quotes)
	}
}

func TestLiveEqualsRebuilt(t *testing.T) {
	l := log(decision, acts(compare, drop, contest), interview("i1", domain.Employee, "1"), interview("i2", domain.MT, "2"))
	l.Append(on("i1", "farah", "2026-04-02", evidence.ConsentWithdrawn{ID: "i1"}),
		on("i3", "farah", "2026-04-02", evidence.InterviewPlanned{ID: "i3", Group: domain.MT, Day: "2026-05-01"}),
		on("i3", "farah", "2026-04-03", evidence.InterviewCancelled{ID: "i3"}),
		on("besluit", "farah", "2026-04-03", evidence.CodingFinished{ID: "besluit"}),
		on("besluit", "farah", "2026-04-03", evidence.CodingResumed{ID: "besluit"}))
	projectionstest.LiveEqualsRebuilt(t, l, sources.Model)
}
