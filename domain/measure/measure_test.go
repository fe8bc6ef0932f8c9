package measure_test

import (
	"math"
	"slices"
	"testing"

	"koersvast/domain/measure"
)

func TestWhatIsNotDefined(t *testing.T) {
	one, same := tally(t, 4), tally(t, 4, 4, 4)
	single := one.Sample()
	defined := func(_ any, ok bool) bool { return ok }
	for name, ok := range map[string]bool{
		"a tally of a rating above the scale":          defined(measure.TallyOf(4, 6)),
		"a tally of a rating below the scale":          defined(measure.TallyOf(-1)),
		"the interval of one rating":                   defined(one.Mean()),
		"an interval without width":                    defined(same.Mean()),
		"the estimate of one number":                   defined(single.Estimate()),
		"the share that noticed among nobody":          defined(measure.Tally{}.Noticed()),
		"the visibility of what nobody was asked":      defined(measure.Tally{}.Visibility()),
		"a share of nothing":                           defined(measure.Wilson(0, 0)),
		"a share of more than there is":                defined(measure.Wilson(3, 2)),
		"a share below nothing":                        defined(measure.Wilson(-1, 2)),
		"r_wg of one rating":                           defined(one.RWG()),
		"r*_wg of one rating":                          defined(one.RWGDissent()),
		"r_wg(J) of no items":                          defined(measure.RWGJ(nil)),
		"r_wg(J) with an item that one person rated":   defined(measure.RWGJ([]measure.Tally{same, one})),
		"AD of one rating":                             defined(one.AD()),
		"AD of no items":                               defined(measure.ADJ(nil)),
		"AD with an item that one person rated":        defined(measure.ADJ([]measure.Tally{same, one})),
		"a_wg of three ratings":                        defined(tally(t, 2, 3, 4).AWG()),
		"a_wg of a mean that is too high":              defined(tally(t, 5, 5, 5, 5).AWG()),
		"a_wg of a mean that is too low":               defined(tally(t, 1, 1, 1, 2).AWG()),
		"consensus of nobody":                          defined(measure.Tally{}.Consensus()),
		"ICC of one person":                            defined(measure.ICCOf([]measure.Tally{tally(t, 1, 2, 3)})),
		"ICC of people with one rater each":            defined(measure.ICCOf([]measure.Tally{one, tally(t, 2)})),
		"ICC of people with the same mean":             defined(measure.ICCOf([]measure.Tally{tally(t, 2, 4), tally(t, 3, 3), {}})),
		"the gap with one other":                       defined(measure.SelfAndOthers(5, single)),
		"the difference with a group of one":           defined(measure.Compare(same.Sample(), single)),
		"the difference of a group of one":             defined(measure.Compare(single, same.Sample())),
		"says and does of different people":            defined(measure.SayDo([]int{4, 4}, []int{4})),
		"says and does of one person":                  defined(measure.SayDo([]int{4, 0, 5}, []int{4, 3, 0})),
		"says off the scale":                           defined(measure.SayDo([]int{4, 6}, []int{4, 3})),
		"does off the scale":                           defined(measure.SayDo([]int{4, 5}, []int{4, -3})),
		"a reliable change without spread":             defined(measure.ReliableChange(1, 0, .5)),
		"a reliable change of a perfect scale":         defined(measure.ReliableChange(1, 1, 1)),
		"a reliable change below any reliability":      defined(measure.ReliableChange(1, 1, -.1)),
		"an index without evidence":                    defined(measure.IndexOf(nil)),
		"an index of evidence without weight":          defined(measure.IndexOf([]measure.Evidence{{Score: 75}})),
		"a conflict where nobody takes a side":         defined(measure.ConflictOf([]measure.Evidence{{Score: 50, Weight: 1}})),
		"a promise's score from one group":             defined(measure.PromiseScore([]measure.GroupMean{{Weight: 1, Sample: same.Sample()}})),
		"a promise's score from groups without weight": defined(measure.PromiseScore(make([]measure.GroupMean, 2))),
		"a pillar without promises":                    defined(measure.Overall(nil)),
		"a pillar with promises without weight":        defined(measure.Overall([]measure.Checked{{Fresh: true}, {Fresh: true}})),
		"a group's score from one promise":             defined(measure.GroupScore(scores(60))),
		"the MT's score from three members":            defined(measure.MTScore(scores(60, 70, 80))),
		"a keeping rate without verdicts":              defined(measure.KeepingRate(0, 0)),
		"a keeping rate below nothing":                 defined(measure.KeepingRate(4, -1)),
		"bounds when nobody was invited":               defined(measure.Sample{}.Bounds(0)),
		"bounds when more answered than were invited":  defined(same.Sample().Bounds(2)),
		"the agreement of coders of nothing":           defined(measure.Kappa(nil, nil)),
		"the agreement of coders of different texts":   defined(measure.Kappa([]int{1}, []int{1, 2})),
		"the agreement of coders who see one thing":    defined(measure.Kappa([]int{1, 1}, []int{1, 1})),
		"a trend of three rounds":                      defined(measure.TrendOf(observations([]float64{0, 1, 2}, []float64{1, 2, 3}))),
		"a trend of two rounds at once":                defined(measure.TrendOf(observations([]float64{0, 1, 1, 2}, []float64{1, 2, 3, 4}))),
		"a quality of five items":                      defined(measure.QualityOf([][]int{{1, 2, 3, 4, 5, 0}})),
		"a quality of ratings off the scale":           defined(measure.QualityOf([][]int{{1, 2, 3, 4, 5, 6}})),
		"safety with an answer left out":               defined(measure.PsychologicalSafety([7]int{1, 2, 3, 4, 5, 1, 0})),
		"one person's hundred points":                  defined(measure.DivisionOf([][]int{{60, 40}})),
		"ninety-nine points":                           defined(measure.DivisionOf([][]int{{60, 40}, {60, 39}})),
		"a hundred and one points":                     defined(measure.DivisionOf([][]int{{60, 40}, {60, 41}})),
		"points below nothing":                         defined(measure.DivisionOf([][]int{{60, 40}, {110, -10}})),
		"points over other options":                    defined(measure.DivisionOf([][]int{{60, 40}, {100}})),
		"points over no options":                       defined(measure.DivisionOf([][]int{{}, {}})),
		"a mix of one function":                        defined(measure.MixOf(6)),
		"a mix of nobody":                              defined(measure.MixOf(0, 0)),
		"a mix of fewer than nobody":                   defined(measure.MixOf(2, -1)),
		"the band of two":                              defined(measure.BandOf(2)),
		"the distribution of seven":                    defined(tally(t, 1, 2, 3, 4, 5, 1, 2, 0).Distribution()),
	} {
		if ok {
			t.Errorf("%s is defined", name)
		}
	}
}

func TestWhoCouldNotObserveIsCountedApart(t *testing.T) {
	with, without := tally(t, 4, 0, 5, 0, 3), tally(t, 4, 5, 3)
	if with.N() != 3 || with.NotObserved != 2 || with.Sample() != without.Sample() {
		t.Errorf("tally = %+v, want three ratings and two without", with)
	}
	if v := must(with.Visibility())(t).Value; v != .6 {
		t.Errorf("visibility = %v, want .6", v)
	}
	got, want := must(with.Bounds(10))(t), must(without.Bounds(8))(t)
	if got != want {
		t.Errorf("bounds = %v, want %v: two answered without a rating", got, want)
	}
	s := must(measure.SayDo([]int{5, 4, 0, 3}, []int{3, 0, 3, 2}))(t)
	if want := measure.SampleOf(2, 1); s != want {
		t.Errorf("says − does = %v, want %v", s, want)
	}
}

func TestNobodySaysNothing(t *testing.T) {
	nobody := tally(t, 0, 0).Sample()
	if nobody != (measure.Sample{}) || nobody.SE() != 0 {
		t.Errorf("sample of nobody = %+v ± %v", nobody, nobody.SE())
	}
	got := must(nobody.Bounds(5))(t)
	if want := (measure.Interval{Low: 1, High: 5}); got != want {
		t.Errorf("bounds when nobody answered = %v, want %v", got, want)
	}
}

func TestHowSelfLiesBesideOthers(t *testing.T) {
	high, low := []int{4, 4, 3, 4, 4, 3}, []int{3, 3, 2, 3, 3, 2}
	for _, c := range []struct {
		name   string
		self   float64
		others []int
		want   measure.Category
	}{
		{"both high", 4, high, measure.ConfirmedStrength},
		{"both low", 3, low, measure.KnownPoint},
		{"others high, self higher", 5, high, measure.HigherBySelf},
		{"others low, self higher", 4, low, measure.BlindSpot},
		{"others high, self lower", 2, high, measure.HiddenStrength},
		{"others low, self lower", 1, low, measure.StrictOnSelf},
		{"just at the margin", 4, []int{3, 3, 3, 4, 3, 3, 3, 4}, measure.BlindSpot},
		{"just below the margin", 4, []int{3, 3, 3, 4, 3, 3, 3, 4, 4, 3, 3, 3, 4}, measure.KnownPoint},
		{"others just high", 3.5, []int{3, 4, 3, 4}, measure.ConfirmedStrength},
		{"a wide gap that may be none", 4, []int{1, 5, 1, 5}, measure.KnownPoint},
		{"others of one mind", 5, []int{3, 3, 3, 3}, measure.BlindSpot},
	} {
		got := must(measure.SelfAndOthers(c.self, tally(t, c.others...).Sample()))(t)
		if got.Category != c.want {
			t.Errorf("%s: %s with a gap of %.2f [%.2f, %.2f], want %s", c.name, got.Category, got.Value, got.Low, got.High, c.want)
		}
	}
}

func TestWhenGroupsDiffer(t *testing.T) {
	for _, c := range []struct {
		name string
		a, b []int
		want bool
	}{
		{"by just the margin, each a little spread", []int{4, 4, 4, 4, 4, 4, 4, 3}, []int{3, 3, 3, 3, 3, 3, 3, 4}, true},
		{"by just the margin", []int{4, 4, 4, 4, 4, 4, 4, 4}, []int{3, 3, 3, 4, 3, 3, 3, 4}, true},
		{"by a little", []int{4, 4, 4, 4, 4, 4, 4, 4}, []int{3, 3, 4, 4, 3, 3, 3, 4}, false},
		{"widely, and perhaps by chance", []int{5, 1, 5, 5}, []int{1, 5, 1, 2}, false},
		{"each of one mind", []int{4, 4, 4}, []int{2, 2, 2}, true},
		{"not at all", []int{4, 4, 4}, []int{4, 4, 4}, false},
	} {
		a, b := tally(t, c.a...).Sample(), tally(t, c.b...).Sample()
		d, back := must(measure.Compare(a, b))(t), must(measure.Compare(b, a))(t)
		if d.Clear() != c.want || back.Clear() != c.want {
			t.Errorf("%s: clear = %v for %.3f [%.3f, %.3f], want %v", c.name, d.Clear(), d.Value, d.Low, d.High, c.want)
		}
	}
	d := must(measure.Compare(tally(t, 4, 4).Sample(), tally(t, 2, 2).Sample()))(t)
	if want := (measure.Difference{Estimate: measure.Estimate{Value: 2, Interval: measure.Interval{Low: 2, High: 2}}}); d != want {
		t.Errorf("between two groups of one mind = %+v, want %+v", d, want)
	}
}

func TestSaysAndDoesTheSameIsNoGap(t *testing.T) {
	s := must(measure.SayDo([]int{5, 4, 3, 3}, []int{5, 4, 3, 3}))(t)
	if e := must(s.Estimate())(t); e != (measure.Estimate{}) {
		t.Errorf("gap = %v, want 0 without doubt", e)
	}
}

func TestDifferencesBetweenPeopleMustBeReliable(t *testing.T) {
	apart := must(measure.ICCOf([]measure.Tally{tally(t, 5, 5, 4), tally(t, 2, 2, 3), tally(t, 4, 4)}))(t)
	if !apart.Differ() || apart.Raters <= 2 || apart.Raters >= 3 {
		t.Errorf("people apart: %+v", apart)
	}
	mixed := must(measure.ICCOf([]measure.Tally{tally(t, 5, 1, 3), tally(t, 1, 5, 4), tally(t, 2, 4, 3)}))(t)
	if mixed.Differ() || mixed.One >= 0 {
		t.Errorf("people alike: %+v", mixed)
	}
	sure := must(measure.ICCOf([]measure.Tally{tally(t, 5, 5), tally(t, 2, 2)}))(t)
	if !sure.Differ() || sure.One != 1 || sure.Two != 1 || sure.P != 0 || !math.IsInf(sure.F, 1) {
		t.Errorf("raters of one mind: %+v", sure)
	}
}

func TestHowAgreementIsRead(t *testing.T) {
	for r, want := range map[float64]measure.Agreement{
		0: measure.AgreementLacking, .30: measure.AgreementLacking,
		.31: measure.AgreementWeak, .50: measure.AgreementWeak,
		.51: measure.AgreementModerate, .70: measure.AgreementModerate,
		.71: measure.AgreementStrong, .90: measure.AgreementStrong,
		.91: measure.AgreementVeryStrong, 1: measure.AgreementVeryStrong,
	} {
		if got := measure.AgreementOf(r); got != want {
			t.Errorf("%.2f is %s, want %s", r, got, want)
		}
	}
}

func TestEvidenceThatPointsBothWays(t *testing.T) {
	c := must(measure.ConflictOf([]measure.Evidence{
		{Score: 100, Weight: 1}, {Score: 75, Weight: 1, Age: 180}, {Score: 50, Weight: 9}, {Score: 25, Weight: .5},
	}))(t)
	if want := (measure.Conflict{Index: .5, For: 2, Against: 1}); c != want {
		t.Errorf("conflict = %+v, want %+v", c, want)
	}
	if c := must(measure.ConflictOf([]measure.Evidence{{Score: 100, Weight: 1}}))(t); c.Index != 0 {
		t.Errorf("conflict of one side = %v, want 0", c.Index)
	}
	if w := (measure.Evidence{Weight: 1, Age: -30}).Decayed(); w != 1 {
		t.Errorf("what is yet to come weighs %v, want 1", w)
	}
}

func TestWhenThereIsAPicture(t *testing.T) {
	checked := func(fresh, stale int) (all []measure.Checked) {
		for range fresh {
			all = append(all, measure.Checked{Score: scores(60)[0], Weight: 1, Fresh: true})
		}
		return append(all, make([]measure.Checked, stale)...)
	}
	for _, c := range []struct {
		fresh, stale int
		want         bool
	}{{1, 0, false}, {2, 0, true}, {2, 1, true}, {3, 2, true}, {6, 4, true}, {4, 3, false}, {2, 2, false}, {59, 41, false}, {60, 40, true}} {
		got, ok := measure.Overall(checked(c.fresh, c.stale))
		if ok != c.want {
			t.Errorf("%d fresh of %d: a picture = %v, want %v", c.fresh, c.fresh+c.stale, ok, c.want)
		}
		if want := scores(60)[0]; ok && (math.Abs(got.Value-want.Value) > 1e-9 || math.Abs(got.Width()-want.Width()) > 1e-9) {
			t.Errorf("%d promises alike = %v, want %v", c.fresh, got, want)
		}
	}
	if c := measure.Coverage(nil); c != 0 {
		t.Errorf("coverage of no promises = %v, want 0", c)
	}
	if mt := must(measure.MTScore(scores(40, 50, 60, 70)))(t); mt.Value != 55 || mt.Low != 45 || mt.High != 65 {
		t.Errorf("the MT's score = %v, want 55 [45, 65]", mt)
	}
}

func TestTheScoreOfAPromiseIsAsSureAsItsGroups(t *testing.T) {
	group := measure.Sample{N: 4, Mean: 3.4, SD: .8} // 60 ± 10
	d := must(measure.PromiseScore([]measure.GroupMean{
		{Weight: measure.EmployeeWeight, Sample: group}, {Weight: measure.InformalLeaderWeight, Sample: group}, {Weight: measure.MTPeerWeight, Sample: group},
	}))(t)
	half := 1.6448536 * 10 * math.Sqrt(.25+.09+.04)
	if math.Abs(d.Value-60) > 1e-9 || math.Abs(d.High-60-half) > 1e-5 || math.Abs(60-d.Low-half) > 1e-5 {
		t.Errorf("score = %v, want 60 ± %.4f", d, half)
	}
}

func TestUntilWhenAPromiseIsFresh(t *testing.T) {
	for age, want := range map[int]bool{0: true, 30: true, 119: true, 120: true, 121: false} {
		if got := measure.Fresh(age, 30); got != want {
			t.Errorf("after %d days with a rhythm of 30: fresh = %v, want %v", age, got, want)
		}
	}
}

func TestTheWordForATrend(t *testing.T) {
	for _, c := range []struct {
		values []float64
		s      int
		want   measure.Direction
	}{
		{[]float64{1, 2, 3, 4}, 6, measure.Rising},
		{[]float64{1, 2, 4, 3}, 4, measure.MayRise},
		{[]float64{1, 2, 3, 5, 4}, 8, measure.Rising},
		{[]float64{52, 55, 50, 61, 64}, 6, measure.MayRise},
		{[]float64{1, 2, 4, 3, 6, 5}, 11, measure.Rising},
		{[]float64{1, 3, 2, 4, 6, 5}, 11, measure.Rising},
		{[]float64{2, 1, 4, 3, 6, 5}, 9, measure.MayRise},
		{[]float64{1, 1, 3, 2, 4, 5}, 12, measure.Rising},
		{[]float64{1, 1, 4, 2, 3, 5}, 10, measure.MayRise},
		{[]float64{4, 3, 2, 1}, -6, measure.Falling},
		{[]float64{4, 3, 1, 2}, -4, measure.MayFall},
		{[]float64{3, 3, 3, 3}, 0, measure.Level},
		{[]float64{2, 1, 1, 2}, 0, measure.Level},
	} {
		at := []float64{0, 3, 6, 9, 12, 15}
		got := must(measure.TrendOf(observations(at[:len(c.values)], c.values)))(t)
		if got.S != c.s || got.Direction() != c.want {
			t.Errorf("%v: S = %d, %s with p = %.3f; want %d, %s", c.values, got.S, got.Direction(), got.P, c.s, c.want)
		}
	}
}

// TestExactP counts every order of four to seven values, equal ones too.
func TestExactP(t *testing.T) {
	at := []float64{1, 2, 3, 4, 5, 6, 7}
	for _, values := range [][]float64{
		{1, 2, 3, 4},
		{1, 2, 3, 4, 5},
		{1, 2, 3, 4, 5, 6},
		{1, 2, 3, 4, 5, 6, 7},
		{1, 1, 2, 3},
		{1, 1, 2, 2},
		{1, 1, 2, 3, 4},
		{1, 1, 2, 2, 3, 4},
		{1, 1, 1, 2, 3, 4},
	} {
		var trends []measure.Trend
		orders(values, func(order []float64) {
			trends = append(trends, must(measure.TrendOf(observations(at[:len(order)], order)))(t))
		})
		for _, trend := range trends {
			as := 0
			for _, other := range trends {
				if max(other.S, -other.S) >= max(trend.S, -trend.S) {
					as++
				}
			}
			want := float64(as) / float64(len(trends))
			different := len(slices.Compact(slices.Clone(values))) == len(values)
			if different && math.Abs(trend.P-want) > 1e-9 || trend.P < want-1e-9 {
				t.Fatalf("p of S = %d among %v is %.4f, want %.4f", trend.S, values, trend.P, want)
			}
		}
	}
}

// orders calls do with every order of x.
func orders(x []float64, do func([]float64)) {
	var place func(int)
	place = func(k int) {
		if k == len(x) {
			do(slices.Clone(x))
			return
		}
		for i := k; i < len(x); i++ {
			x[k], x[i] = x[i], x[k]
			place(k + 1)
			x[k], x[i] = x[i], x[k]
		}
	}
	x = slices.Clone(x)
	place(0)
}

func TestPeopleWhoGiveEveryItemTheSame(t *testing.T) {
	q := must(measure.QualityOf([][]int{
		{4, 4, 4, 4, 4, 4},
		{5, 4, 5, 4, 5, 4},
		{3, 3, 3, 0, 0, 0}, // too few to say
		{2, 2, 2, 2, 2, 2, 0},
	}))(t)
	if want := 2.0 / 3; math.Abs(q.StraightLines-want) > 1e-9 {
		t.Errorf("straight lines = %v, want %v", q.StraightLines, want)
	}
	if want := 12.0 / 21; math.Abs(q.Top-want) > 1e-9 {
		t.Errorf("top = %v, want %v", q.Top, want)
	}
}

func TestWhichOptionsLive(t *testing.T) {
	for _, c := range []struct {
		name                     string
		given                    [4]int // to one of four options; the rest goes to the second
		lives, livesNot, divides bool
	}{
		{"an equal part from all", [4]int{25, 25, 25, 25}, true, false, false},
		{"an equal part from half", [4]int{60, 40, 0, 0}, true, false, true},
		{"an equal part from a quarter", [4]int{100, 0, 0, 0}, false, false, true},
		{"half an equal part", [4]int{13, 12, 13, 12}, false, false, false},
		{"less than half", [4]int{12, 12, 13, 12}, false, true, false},
		{"nothing", [4]int{}, false, true, false},
	} {
		var people [][]int
		for _, points := range c.given {
			people = append(people, []int{points, 100 - points, 0, 0})
		}
		o := must(measure.DivisionOf(people))(t).Options[0]
		if o.Lives != c.lives || o.LivesNot != c.livesNot || o.Divides != c.divides {
			t.Errorf("%s: lives %v, lives not %v, divides %v; want %v, %v, %v", c.name, o.Lives, o.LivesNot, o.Divides, c.lives, c.livesNot, c.divides)
		}
	}
}

func TestWordsThatWereSaidAsOften(t *testing.T) {
	if got, want := measure.WordSizes([]int{3, 3}), []float64{39, 39}; !slices.Equal(got, want) {
		t.Errorf("sizes = %v, want %v", got, want)
	}
	if got := measure.WordSizes(nil); len(got) != 0 {
		t.Errorf("sizes of no words = %v", got)
	}
}
