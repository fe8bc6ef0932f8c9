package consistency_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"koersvast/domain"
	check "koersvast/domain/consistency"
	"koersvast/domain/evidence"
	"koersvast/domain/measure"
	"koersvast/domain/method"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

const drawnOn = domain.Day("2026-06-30")

// lookAt is a programme of five in the management team, with one pillar.
func lookAt(promises []consistency.Promise, rounds ...consistency.Round) consistency.Look {
	s := consistency.Situation{
		Today: drawnOn, Pillars: []consistency.Pillar{{ID: "dichtbij"}}, Promises: promises, Rounds: rounds,
		Behaviours: []consistency.Behaviour{{ID: "mee", Pillar: "dichtbij"}},
	}
	for _, id := range []domain.PersonID{"bas", "fatima", "joost", "marijke", "nadia"} {
		s.People = append(s.People, consistency.Person{ID: id, Roles: []domain.Role{domain.MT}})
	}
	return consistency.Look{Situation: s, At: 412, Pillars: []domain.PillarID{"dichtbij"}, From: "2026-01-01", Until: "2026-06-30"}
}

func promised(id domain.PromiseID, by domain.PersonID) consistency.Promise {
	return consistency.Promise{
		ID: id, By: by, FromMT: true, Pillar: "dichtbij", Behaviours: []domain.BehaviourID{"mee"}, Rhythm: 60,
		Status: promise.StatusActive, Active: "2026-01-10",
	}
}

// A said is what a check brought: points of each group, 0 for not shown.
type said struct {
	self                  int
	peers, leaders, staff float64
}

func checkOf(p domain.PromiseID, closed domain.Day, x said) consistency.Round {
	r := consistency.Round{
		ID: domain.RoundID(string(p) + "-" + string(closed)), Kind: domain.Check, Promise: p, Status: round.StatusReleased, Closed: closed,
		Thresholds: domain.UsualThresholds, Report: &round.Report{},
	}
	item := round.Item{Question: "q"}
	if x.self > 0 {
		item.Self = &round.Mark{Sees: x.self}
	}
	weights, sum, total, of := method.Config{}, 0., 0., 0
	for _, g := range []struct {
		group  domain.RaterGroup
		points float64
		band   measure.Band
	}{{domain.Peers, x.peers, measure.Band3}, {domain.Leaders, x.leaders, measure.Band3}, {domain.Staff, x.staff, measure.Band8}} {
		shown := round.Group{Group: g.group, Shown: g.points > 0}
		cell := round.Cell{Group: g.group, Shown: g.points > 0}
		if g.points > 0 {
			shown.Invited, shown.Band = 12, g.band
			cell.Sees = &measure.Estimate{Value: g.points, Interval: measure.Interval{Low: g.points - .5, High: g.points + .5}}
			sum, total, of = sum+weights.Weight(g.group)*measure.Score(g.points), total+weights.Weight(g.group), of+1
		}
		r.Report.Groups, item.Cells = append(r.Report.Groups, shown), append(item.Cells, cell)
	}
	r.Report.Items, r.Report.Of = []round.Item{item}, of
	if of >= 2 {
		r.Report.Score = &measure.Estimate{Value: sum / total, Interval: measure.Interval{Low: sum/total - 10, High: sum/total + 10}}
	}
	return r
}

// three are promises of three people, each checked.
func three() ([]consistency.Promise, []consistency.Round) {
	return []consistency.Promise{promised("a", "bas"), promised("b", "fatima"), promised("c", "joost")},
		[]consistency.Round{
			checkOf("a", "2026-06-01", said{self: 5, leaders: 3, staff: 4}),
			checkOf("b", "2026-06-01", said{self: 4, leaders: 2, staff: 3}),
			checkOf("c", "2026-06-01", said{self: 4, peers: 3, leaders: 4, staff: 4}),
		}
}

func rowOf(t *testing.T, d consistency.Drawing, p domain.PillarID) check.Row {
	t.Helper()
	for _, r := range d.Picture.Rows {
		if r.Pillar == p {
			return r
		}
	}
	t.Fatalf("no row of %q in %+v", p, d.Picture.Rows)
	return check.Row{}
}

func TestWhatAPillarSays(t *testing.T) {
	promises, rounds := three()
	row := rowOf(t, consistency.Draw(lookAt(promises, rounds...)), "dichtbij")
	if row.Promises != 3 || row.Fresh != 3 || row.Coverage != 100 || row.Word != measure.Underway {
		t.Errorf("row = %+v", row)
	}
	for source, want := range map[check.Source]check.Figure{
		// (65.6 + 40.6 + 71)/3, of groups as small as three
		check.Score:      {Source: check.Score, Value: 60, Low: 45, High: 70, Pieces: 3, Band: measure.Band3, Formula: check.PillarFormula},
		check.Self:       {Source: check.Self, Value: 85, Low: 80, High: 85, Pieces: 3, Formula: check.PillarFormula},
		check.Peers:      {Source: check.Peers, Why: check.FewPromises},
		check.Leaders:    {Source: check.Leaders, Value: 50, Low: 35, High: 65, Pieces: 3, Band: measure.Band3, Formula: check.PillarFormula},
		check.Staff:      {Source: check.Staff, Value: 67, Low: 54, High: 80, Pieces: 3, Band: measure.Band8, Formula: check.PillarFormula},
		check.Does:       {Source: check.Does, Why: check.Nothing},
		check.Interviews: {Source: check.Interviews, Why: check.Nothing},
		check.Says:       {Source: check.Says, Why: check.Nothing},
	} {
		if diff := cmp.Diff(want, row.Figure(source)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", source, diff)
		}
	}
}

func TestAPillarIsShownFromEnoughPromisesOfToday(t *testing.T) {
	promises, rounds := three()
	more := append(slices.Clone(promises), promised("d", "marijke"), promised("e", "nadia"))
	for name, x := range map[string]struct {
		look consistency.Look
		why  check.Absence
	}{
		"three of five, which is .60":            {lookAt(more, rounds...), ""},
		"three of six, which is .50":             {lookAt(append(slices.Clone(more), promised("f", "bas")), rounds...), check.Stale},
		"one promise":                            {lookAt(promises, rounds[0]), check.FewPromises},
		"checks of exactly long enough ago":      {lookAt(promises, moved(rounds, drawnOn.Add(-60-measure.Fading))...), ""},
		"checks of a day too long ago":           {lookAt(promises, moved(rounds, drawnOn.Add(-61-measure.Fading))...), check.Nothing},
		"nothing at all":                         {lookAt(nil), check.Nothing},
		"one group a promise, which is no score": {lookAt(promises, checkOf("a", "2026-06-01", said{staff: 4}), checkOf("b", "2026-06-01", said{staff: 4}), checkOf("c", "2026-06-01", said{staff: 4})), check.Nothing},
	} {
		row := rowOf(t, consistency.Draw(x.look), "dichtbij")
		if got := row.Figure(check.Score).Why; got != x.why {
			t.Errorf("%s: %q, want %q", name, got, x.why)
		}
		if insufficient := row.Word == measure.Insufficient; insufficient != (x.why != "") {
			t.Errorf("%s: word %q", name, row.Word)
		}
	}
}

func moved(rounds []consistency.Round, to domain.Day) []consistency.Round {
	rounds = slices.Clone(rounds)
	for i := range rounds {
		rounds[i].Closed = to
	}
	return rounds
}

// TestNoNumberIsOfOneMember sees to it that nobody finds out how somebody else
// did by taking away what they know.
func TestNoNumberIsOfOneMember(t *testing.T) {
	promises := []consistency.Promise{promised("a", "bas"), promised("b", "bas"), promised("c", "fatima"), promised("d", "joost")}
	rounds := []consistency.Round{
		checkOf("a", "2026-06-01", said{self: 4, leaders: 3, staff: 4}), checkOf("b", "2026-06-01", said{self: 4, leaders: 3, staff: 4}),
		checkOf("c", "2026-06-01", said{self: 4, leaders: 3, staff: 4}), checkOf("d", "2026-06-01", said{self: 4, leaders: 3, staff: 4}),
	}
	for name, x := range map[string]struct {
		of     int // how many of the promises
		shared []round.Audience
		shown  bool
	}{
		"of one person":                                 {2, nil, false},
		"of two":                                        {3, nil, false},
		"of three":                                      {4, nil, true},
		"of two, who both share with the team":          {3, []round.Audience{"mt", "mt", "mt"}, true},
		"of two, of whom one shares":                    {3, []round.Audience{"mt", "mt", ""}, false},
		"of one, who shares with the team":              {2, []round.Audience{"mt", "mt"}, false}, // the picture is for everybody in the end
		"of one, who shares with everyone":              {2, []round.Audience{"everyone", "everyone"}, true},
		"of one, who shares one of two":                 {2, []round.Audience{"everyone", ""}, false},
		"of three, of whom one shares and two are left": {4, []round.Audience{"mt", "mt", "", ""}, false},
		"of two, of whom one with everyone":             {3, []round.Audience{"everyone", "everyone", "mt"}, false},
	} {
		some := slices.Clone(rounds[:x.of])
		for i, a := range x.shared {
			some[i].Shared = a
		}
		row := rowOf(t, consistency.Draw(lookAt(promises[:x.of], some...)), "dichtbij")
		for _, s := range []check.Source{check.Score, check.Self, check.Leaders, check.Staff} {
			if f := row.Figure(s); f.Shown() != x.shown || !x.shown && f.Why != check.FewPeople {
				t.Errorf("%s: %s is %+v, want shown: %v", name, s, f, x.shown)
			}
		}
	}
}

// TestTheTeamGivesNoPillarAway sees to it that a pillar that is hidden is not
// found by taking the others from the team as a whole.
func TestTheTeamGivesNoPillarAway(t *testing.T) {
	promises, rounds := three()
	for _, by := range []domain.PersonID{"bas", "fatima", "joost"} {
		p := promised(domain.PromiseID("samen-"+by), by)
		p.Pillar = "samen"
		promises = append(promises, p)
		rounds = append(rounds, checkOf(p.ID, "2026-06-01", said{self: 4, leaders: 3, staff: 4}))
	}
	for others, shown := range map[int]bool{0: true, 1: false, 2: false, 3: true} {
		look := lookAt(promises[:3+others], rounds[:3+others]...)
		look.Pillars = append(look.Pillars, "samen")
		row := rowOf(t, consistency.Draw(look), "")
		for _, s := range []check.Source{check.Self, check.Leaders, check.Staff} {
			if f := row.Figure(s); f.Shown() != shown {
				t.Errorf("%d in the other pillar: %+v, want shown: %v", others, f, shown)
			}
		}
	}
}

func TestTheTeamIsShownFromFourMembers(t *testing.T) {
	for members, shown := range map[int]bool{3: false, 4: true} {
		var promises []consistency.Promise
		var rounds []consistency.Round
		for _, p := range []domain.PersonID{"bas", "fatima", "joost", "marijke"}[:members] {
			for n := range 2 {
				id := domain.PromiseID(fmt.Sprint(p, n))
				promises = append(promises, promised(id, p))
				rounds = append(rounds, checkOf(id, "2026-06-01", said{leaders: 3, staff: 4}))
			}
		}
		row := rowOf(t, consistency.Draw(lookAt(promises, rounds...)), "")
		if f := row.Figure(check.Score); f.Shown() != shown || !shown && f.Why != check.FewPeople {
			t.Errorf("%d members: %+v", members, f)
		}
		if row.Promises != 5 || row.Fresh != members {
			t.Errorf("%d of %d members, want %d of 5", row.Fresh, row.Promises, members)
		}
	}
}

func fragment(id string, of domain.SourceID, stance evidence.Stance) consistency.Fragment {
	return consistency.Fragment{ID: domain.FragmentID(id), Source: of, Kind: evidence.Document, Document: evidence.Minutes, Coding: evidence.Coding{
		Pillar: "dichtbij", Direction: evidence.Does, Stance: stance, Link: evidence.Certain, Day: "2026-06-30",
	}}
}

func TestWhatDocumentsSayIsDone(t *testing.T) {
	look := lookAt(nil)
	look.Fragments = []consistency.Fragment{fragment("1", "notulen", "2"), fragment("2", "notulen", "-2")}
	if f := rowOf(t, consistency.Draw(look), "dichtbij").Figure(check.Does); f.Why != check.FewSources {
		t.Errorf("one document: %+v", f)
	}
	look.Fragments = append(look.Fragments, fragment("3", "begroting", "2"))
	// Two sources of weight 1, 50 and 100: Beta(1 + 1.5, 1 + .5).
	want := check.Figure{Source: check.Does, Value: 63, Low: 23, High: 94, Pieces: 2, Formula: check.IndexFormula}
	if diff := cmp.Diff(want, rowOf(t, consistency.Draw(look), "dichtbij").Figure(check.Does)); diff != "" {
		t.Errorf("two documents (-want +got):\n%s", diff)
	}
	weak := slices.Clone(look.Fragments)
	weak[2].Link = evidence.Weak
	look.Fragments = weak
	if f := rowOf(t, consistency.Draw(look), "dichtbij").Figure(check.Does); f.Why != check.FewSources {
		t.Errorf("a weak link counts: %+v", f)
	}
}

func TestInterviewsAreShownFromThreeOn(t *testing.T) {
	look := lookAt(nil)
	for n, id := range []domain.SourceID{"een", "twee", "drie"} {
		f := fragment(string(id), id, "1")
		f.Kind, f.Document = evidence.Interview, ""
		look.Fragments = append(look.Fragments, f)
		if f, shown := rowOf(t, consistency.Draw(look), "dichtbij").Figure(check.Interviews), n == 2; f.Shown() != shown {
			t.Errorf("%d interviews: %+v", n+1, f)
		}
	}
}

func TestASourceCountsOnceInAPillar(t *testing.T) {
	look := lookAt([]consistency.Promise{promised("a", "bas")})
	of := fragment("1", "notulen", "2")
	of.Pillar, of.Promise = "", "a"
	also := fragment("2", "notulen", "1")
	also.Pillar, also.Behaviour = "", "mee"
	look.Fragments = []consistency.Fragment{of, also, fragment("3", "notulen", "0")}
	if f := rowOf(t, consistency.Draw(look), "dichtbij").Figure(check.Does); f.Why != check.FewSources {
		t.Errorf("one document, of three things in one pillar: %+v", f)
	}
}

func TestHowMuchIsSaidOfAPillar(t *testing.T) {
	look := lookAt(nil)
	for n := range 10 {
		f := fragment(fmt.Sprint(n), "nieuwsbrief", "1")
		f.Direction = evidence.Says
		if n >= 4 {
			f.Pillar = "samen"
		}
		look.Fragments = append(look.Fragments, f)
	}
	want := check.Figure{Source: check.Says, Value: 40, Low: 40, High: 40, Pieces: 4, Formula: check.EmphasisFormula}
	if diff := cmp.Diff(want, rowOf(t, consistency.Draw(look), "dichtbij").Figure(check.Says)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	look.Fragments = look.Fragments[:9]
	if f := rowOf(t, consistency.Draw(look), "dichtbij").Figure(check.Says); f.Why != check.FewSources {
		t.Errorf("nine fragments: %+v", f)
	}
}

func TestWhatBecameOfThePromises(t *testing.T) {
	as := func(id domain.PromiseID, s promise.Status, since domain.Day, explained bool) consistency.Promise {
		p := promised(id, "bas")
		p.Status, p.Since, p.Explained = s, since, explained
		return p
	}
	look := lookAt([]consistency.Promise{
		as("1", promise.StatusKept, "2026-05-01", false), as("2", promise.StatusBroken, "2026-05-01", false),
		as("3", promise.StatusWithdrawn, "2026-06-16", false), // a fortnight ago
		as("4", promise.StatusWithdrawn, "2026-06-15", false), // and a day more
		as("5", promise.StatusWithdrawn, "2026-01-15", true), as("6", promise.StatusActive, "2026-05-01", false),
	})
	got := consistency.Draw(look).Picture.Keeping
	want := check.Keeping{
		Rate: check.Figure{Source: check.Score, Value: 33, Low: 8, High: 75, Pieces: 3, Formula: check.KeepingFormula},
		Kept: 1, Broken: 2, Explained: 1, Running: 1,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestATrendNeedsFourPictures(t *testing.T) {
	promises, rounds := three()
	look := lookAt(promises, rounds...)
	for n, value := range []int{30, 40, 50} {
		look.Earlier = append(look.Earlier, consistency.PublishedBefore{
			On:   drawnOn.Add(-365 * (3 - n)),
			Rows: []check.Row{{Pillar: "dichtbij", Figures: []check.Figure{{Source: check.Score, Value: value}}}},
		})
	}
	got := rowOf(t, consistency.Draw(look), "dichtbij").Trend
	if diff := cmp.Diff(check.Trend{Direction: measure.Rising, Pictures: 4, PerYear: 10}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	look.Earlier = look.Earlier[1:]
	if got := rowOf(t, consistency.Draw(look), "dichtbij").Trend; got.Direction != "" || got.Pictures != 3 {
		t.Errorf("three pictures: %+v", got)
	}
}

func TestAPartIsOfOnesOwnPromises(t *testing.T) {
	promises, rounds := three()
	look := lookAt(promises, rounds...)
	look.Found = []consistency.Finding{
		{Rule: "CR-17", Version: 1, Severity: consistency.Talk, Object: consistency.The(domain.PromiseID("a")), Owner: "bas", Values: map[string]float64{"x": 1.5}},
		{Rule: "CR-26", Version: 1, Severity: consistency.Talk, Object: consistency.The(domain.PillarID("dichtbij")), Roles: []domain.Role{domain.MT}},
		{Rule: "CR-01", Version: 1, Severity: consistency.Talk, Object: consistency.The(domain.PromiseID("b")), Roles: []domain.Role{domain.Lead}},
	}
	d := consistency.Draw(look)
	if len(d.Parts) != 3 || d.Parts[0].Person != "bas" {
		t.Fatalf("parts: %+v", d.Parts)
	}
	bas := d.Parts[0].Part
	want := []check.Question{{
		Finding: "cr-17-a", Rule: "CR-17", Version: 1, Severity: "talk", About: check.Thing{Kind: "promise", ID: "a"},
		Values: []check.Value{{Word: "x", Hundredths: 150}},
	}}
	if diff := cmp.Diff(want, bas.Questions); diff != "" {
		t.Errorf("what bas is asked (-want +got):\n%s", diff)
	}
	if len(bas.Rows) != 1 || bas.Rows[0].Promise != "a" || bas.Rows[0].Ink != 100 || bas.Rows[0].Figure(check.Self).Value != 100 {
		t.Errorf("the rows of bas: %+v", bas.Rows)
	}
	if got := bas.Rows[0].Figure(check.Index); got.Pieces != 2 || got.Formula != check.IndexFormula {
		t.Errorf("all evidence about the promise of bas: %+v", got)
	}
	if len(d.Picture.Questions) != 1 || d.Picture.Questions[0].Finding != "cr-26-dichtbij" {
		t.Errorf("what the team is asked: %+v", d.Picture.Questions)
	}
	back := consistency.FindingIn(bas.Questions[0])
	if back.Values["x"] != 1.5 || back.Object != look.Found[0].Object || back.Rule != "CR-17" {
		t.Errorf("read back: %+v", back)
	}
}

func TestAProgrammeThatWeighsOtherwise(t *testing.T) {
	promises, rounds := three()
	look := lookAt(promises, rounds...)
	look.Method = method.Config{}.With(method.InformalLeaders, 10)
	// (.5·75 + .1·50)/.6 = 70.8
	if got := consistency.Draw(look).Parts[0].Part.Rows[0].Figure(check.Score).Value; got != 70 {
		t.Errorf("the score of a promise: %d, want 70", got)
	}
}

// TestAPictureNamesNobody sees to it that what stands openly in a picture says
// nothing of one person or promise, whatever was said.
func TestAPictureNamesNobody(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		points := rapid.SampledFrom([]float64{0, 1, 2.5, 3, 4, 5})
		var promises []consistency.Promise
		var rounds []consistency.Round
		for n := range rapid.IntRange(0, 8).Draw(t, "promises") {
			id := domain.PromiseID(fmt.Sprint("belofte-", n))
			promises = append(promises, promised(id, rapid.SampledFrom([]domain.PersonID{"bas", "fatima", "joost", "marijke", "nadia"}).Draw(t, "by")))
			r := checkOf(id, "2026-06-01", said{rapid.IntRange(0, 5).Draw(t, "self"), points.Draw(t, "peers"), points.Draw(t, "leaders"), points.Draw(t, "staff")})
			r.Shared = rapid.SampledFrom([]round.Audience{"", "mt", "everyone"}).Draw(t, "shared")
			rounds = append(rounds, r)
		}
		look := lookAt(promises, rounds...)
		first := consistency.Draw(look)
		b, err := json.Marshal(first.Picture)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"belofte-", "bas", "fatima", "joost", "marijke", "nadia"} {
			if strings.Contains(string(b), word) {
				t.Fatalf("the picture says %q: %s", word, b)
			}
		}
		for _, r := range first.Picture.Rows {
			for _, f := range r.Figures {
				if f.Shown() && !(f.Low <= f.Value && f.Value <= f.High && f.Low >= 0 && f.High <= 100) {
					t.Fatalf("%+v is no interval on the scale", f)
				}
				if !f.Shown() && (f.Value != 0 || f.Pieces != 0 || f.Band != "") {
					t.Fatalf("%+v is hidden, and says something", f)
				}
			}
		}
		if diff := cmp.Diff(first, consistency.Draw(look)); diff != "" {
			t.Fatalf("drawn again it differs:\n%s", diff)
		}
	})
}
