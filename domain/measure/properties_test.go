package measure_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"koersvast/domain/measure"
)

var (
	rating  = rapid.IntRange(measure.Lowest, measure.Highest)
	answer  = rapid.IntRange(measure.NotObserved, measure.Highest)
	answers = rapid.SliceOfN(answer, 0, 15)
	ratings = rapid.SliceOfN(rating, 2, 15)

	evidence = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) measure.Evidence {
		return measure.Evidence{
			Score:  rapid.Float64Range(0, 100).Draw(t, "score"),
			Weight: rapid.Float64Range(.5, 5).Draw(t, "weight"),
			Age:    rapid.IntRange(0, 720).Draw(t, "age"),
		}
	}), 1, 10)
)

func count(t *rapid.T, ratings []int) measure.Tally {
	counted, ok := measure.TallyOf(ratings...)
	if !ok {
		t.Fatalf("no tally of %v", ratings)
	}
	return counted
}

// within reports whether x lies between the ends, but for the last bits.
func within(x, low, high float64) bool { return x >= low-1e-9 && x <= high+1e-9 }

func TestItDoesNotMatterWhoGaveWhich(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		given := answers.Draw(t, "answers")
		shuffled := rapid.Permutation(given).Draw(t, "shuffled")
		if a, b := count(t, given), count(t, shuffled); a != b {
			t.Fatalf("%+v and %+v", a, b)
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		type pair struct{ says, does int }
		pairs := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) pair {
			return pair{answer.Draw(t, "says"), answer.Draw(t, "does")}
		}), 2, 10).Draw(t, "pairs")
		split := func(pairs []pair) (says, does []int) {
			for _, p := range pairs {
				says, does = append(says, p.says), append(does, p.does)
			}
			return says, does
		}
		a, okA := measure.SayDo(split(pairs))
		b, okB := measure.SayDo(split(rapid.Permutation(pairs).Draw(t, "shuffled")))
		if okA != okB || a.N != b.N || !within(a.Mean, b.Mean, b.Mean) || !within(a.SD, b.SD, b.SD) {
			t.Fatalf("%+v and %+v", a, b)
		}
	})
}

func TestMergedTalliesAreTheTallyOfAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := answers.Draw(t, "a"), answers.Draw(t, "b")
		if got, want := count(t, a).Merge(count(t, b)), count(t, slices.Concat(a, b)); got != want {
			t.Fatalf("merged = %+v, want %+v", got, want)
		}
	})
}

func TestATallySaysWhatItsRatingsSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		given := ratings.Draw(t, "ratings")
		var numbers []float64
		for _, r := range given {
			numbers = append(numbers, float64(r))
		}
		got, want := count(t, given).Sample(), measure.SampleOf(numbers...)
		if got.N != want.N || !within(got.Mean, want.Mean, want.Mean) || !within(got.SD, want.SD, want.SD) {
			t.Fatalf("sample = %+v, want %+v", got, want)
		}
	})
}

func TestIntervalsHoldTheirValueAndFitTheScale(t *testing.T) {
	holds := func(t *rapid.T, what string, e measure.Estimate, lowest, highest float64) {
		clipped := e.Clip(lowest, highest)
		switch {
		case !within(e.Value, e.Low, e.High):
			t.Fatalf("%s: %v lies outside its interval", what, e)
		case !within(e.Value, clipped.Low, clipped.High), clipped.Low < lowest, clipped.High > highest:
			t.Fatalf("%s: %v clipped is %v", what, e, clipped)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := count(t, ratings.Draw(t, "a")), count(t, ratings.Draw(t, "b"))
		if e, ok := a.Mean(); ok {
			holds(t, "mean", e, measure.Lowest, measure.Highest)
			holds(t, "score", e.Score(), 0, 100)
			n := rapid.IntRange(3, 20).Draw(t, "n")
			rounded := measure.Estimate{Value: measure.RoundPoints(e.Value, n), Interval: measure.RoundInterval(e.Interval, n)}
			holds(t, "rounded mean", rounded, measure.Lowest, measure.Highest)
			if !within(e.Low, rounded.Low, rounded.High) || !within(e.High, rounded.Low, rounded.High) || rounded.Width() <= 0 {
				t.Fatalf("%v is rounded to %v", e.Interval, rounded.Interval)
			}
		}
		noticed, _ := a.Noticed()
		holds(t, "share", noticed, 0, 1)
		if noticed.Low < 0 || noticed.High > 1 || noticed.Width() <= 0 {
			t.Fatalf("share: %v", noticed)
		}
		self := float64(rating.Draw(t, "self"))
		gap, _ := measure.SelfAndOthers(self, a.Sample())
		holds(t, "gap", gap.Estimate, -4, 4)
		d, _ := measure.Compare(a.Sample(), b.Sample())
		holds(t, "difference", d.Estimate, -4, 4)
		p, _ := measure.PromiseScore([]measure.GroupMean{{Weight: .5, Sample: a.Sample()}, {Weight: .3, Sample: b.Sample()}})
		holds(t, "promise", p, 0, 100)
		i, _ := measure.IndexOf(evidence.Draw(t, "evidence"))
		holds(t, "index", i.Estimate, 0, 100)
		if i.Low < 0 || i.High > 100 {
			t.Fatalf("index: %v", i)
		}
		bounds, ok := a.Bounds(a.N() + rapid.IntRange(0, 20).Draw(t, "silent"))
		if mean := a.Sample().Mean; !ok || !within(mean, bounds.Low, bounds.High) || !within(bounds.Low, 1, 5) || !within(bounds.High, 1, 5) {
			t.Fatalf("bounds of %v: %v", mean, bounds)
		}
	})
}

func TestSupportNeverLowers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		given := ratings.Draw(t, "ratings")
		other := measure.GroupMean{Weight: .3, Sample: count(t, ratings.Draw(t, "others")).Sample()}
		before, after := count(t, given), count(t, append(slices.Clone(given), measure.Highest))
		was, _ := measure.PromiseScore([]measure.GroupMean{{Weight: .5, Sample: before.Sample()}, other})
		is, _ := measure.PromiseScore([]measure.GroupMean{{Weight: .5, Sample: after.Sample()}, other})
		noticed, _ := before.Noticed()
		more, _ := after.Noticed()
		switch {
		case after.Sample().Mean < before.Sample().Mean-1e-9:
			t.Fatalf("the mean went from %v to %v", before.Sample().Mean, after.Sample().Mean)
		case more.Value < noticed.Value-1e-9:
			t.Fatalf("the share went from %v to %v", noticed.Value, more.Value)
		case is.Value < was.Value-1e-9:
			t.Fatalf("the promise's score went from %v to %v", was.Value, is.Value)
		}
		known := evidence.Draw(t, "evidence")
		index, _ := measure.IndexOf(known)
		supported, _ := measure.IndexOf(append(known, measure.Evidence{Score: 100, Weight: 1, Age: rapid.IntRange(0, 720).Draw(t, "age")}))
		if supported.Value < index.Value-1e-9 {
			t.Fatalf("the index went from %v to %v", index.Value, supported.Value)
		}
	})
}

func TestAgreementStaysInItsRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items := []measure.Tally{count(t, ratings.Draw(t, "a")), count(t, ratings.Draw(t, "b"))}
		item := items[0]
		rwg, _ := item.RWG()
		dissent, _ := item.RWGDissent()
		several, _ := measure.RWGJ(items)
		consensus, _ := item.Consensus()
		for name, v := range map[string]float64{"r_wg": rwg, "r*_wg": dissent, "r_wg(J)": several, "consensus": consensus} {
			if !(v >= 0 && v <= 1) {
				t.Fatalf("%s = %v", name, v)
			}
		}
		if one, _ := measure.RWGJ(items[:1]); !within(one, rwg, rwg) {
			t.Fatalf("r_wg(J) of one item = %v, want r_wg = %v", one, rwg)
		}
		if ad, ok := item.AD(); !ok || !within(ad, 0, 2) {
			t.Fatalf("AD = %v", ad)
		}
		awg, ok := item.AWG()
		if ok && !within(awg, -1, 1) {
			t.Fatalf("a_wg = %v", awg)
		}
		if mean := item.Sample().Mean; item.N() >= 4 && ok != within(mean, measure.AWGRange(item.N()).Low, measure.AWGRange(item.N()).High) {
			t.Fatalf("a_wg of a mean of %v is defined: %v", mean, ok)
		}
	})
}

func TestPeopleOfOneMindAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, n := rating.Draw(t, "rating"), rapid.IntRange(2, 15).Draw(t, "n")
		item := count(t, slices.Repeat([]int{r}, n))
		rwg, _ := item.RWG()
		ad, _ := item.AD()
		consensus, _ := item.Consensus()
		if rwg != 1 || ad != 0 || consensus != 1 {
			t.Fatalf("r_wg = %v, AD = %v, consensus = %v", rwg, ad, consensus)
		}
	})
}

func TestADifferenceIsTheSameFromBothSides(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := count(t, ratings.Draw(t, "a")).Sample(), count(t, ratings.Draw(t, "b")).Sample()
		there, _ := measure.Compare(a, b)
		back, _ := measure.Compare(b, a)
		if !within(there.Value, -back.Value, -back.Value) || !within(there.Low, -back.High, -back.High) || there.Clear() != back.Clear() {
			t.Fatalf("%+v and %+v", there, back)
		}
		if same, _ := measure.Compare(a, a); same.Value != 0 || same.Clear() {
			t.Fatalf("with itself: %+v", same)
		}
	})
}

func TestSayingWhatOneDoesIsNoGap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		given := ratings.Draw(t, "ratings")
		s, ok := measure.SayDo(given, given)
		if e, _ := s.Estimate(); !ok || e != (measure.Estimate{}) {
			t.Fatalf("gap = %v", e)
		}
	})
}

func TestMoreRatersAreMoreReliable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		single, k := rapid.Float64Range(.05, .95).Draw(t, "single"), rapid.IntRange(1, 50).Draw(t, "k")
		r := measure.Reliability(k, single)
		if more := measure.Reliability(k+1, single); !(r > 0 && r < more && more < 1) {
			t.Fatalf("%d raters: %v, one more: %v", k, r, more)
		}
		if _, people := measure.RatersFor(r, single); people != k {
			t.Fatalf("for the reliability of %d raters %d are needed", k, people)
		}
		mean, overall := rapid.Float64Range(1, 5).Draw(t, "mean"), rapid.Float64Range(1, 5).Draw(t, "overall")
		shrunk := measure.Shrunk(measure.Sample{N: k, Mean: mean}, single, overall)
		if !within(shrunk, min(mean, overall), max(mean, overall)) {
			t.Fatalf("%v shrunk toward %v is %v", mean, overall, shrunk)
		}
	})
}

func TestCodersWhoAgreeWhollyAgreeByOne(t *testing.T) {
	stance := rapid.SliceOfN(rapid.IntRange(-2, 2), 1, 20)
	rapid.Check(t, func(t *rapid.T) {
		a := stance.Draw(t, "a")
		if k, ok := measure.Kappa(a, a); ok && k != 1 {
			t.Fatalf("κ = %v", k)
		}
		b := rapid.Permutation(a).Draw(t, "b")
		there, ok := measure.Kappa(a, b)
		back, _ := measure.Kappa(b, a)
		if ok && (!within(there, back, back) || !within(there, -1, 1)) {
			t.Fatalf("κ = %v and %v", there, back)
		}
	})
}

func TestATrendTurnsRoundWithItsValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(0, 100), 4, 12).Draw(t, "values")
		at, down := make([]float64, len(values)), make([]float64, len(values))
		for i, v := range values {
			at[i], down[i] = float64(3*i), -v
		}
		up, _ := measure.TrendOf(observations(at, values))
		back, _ := measure.TrendOf(observations(at, down))
		if up.S != -back.S || up.P != back.P || !within(up.Slope, -back.Slope, -back.Slope) || !within(up.Tau, -1, 1) || !(up.P > 0 && up.P <= 1) {
			t.Fatalf("%+v and %+v", up, back)
		}
	})
}

func TestFreshnessOnlyFades(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		age, rhythm := rapid.IntRange(0, 1000).Draw(t, "age"), rapid.IntRange(1, 365).Draw(t, "rhythm")
		f := measure.Freshness(age, rhythm)
		if later := measure.Freshness(age+1, rhythm); !(f > 0 && f <= 1 && later <= f) {
			t.Fatalf("after %d days %v, a day later %v", age, f, later)
		}
	})
}

func TestPointsAreSharedOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		options := rapid.IntRange(2, 8).Draw(t, "options")
		people := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) []int {
			given, left := make([]int, options), 100
			for i := range options - 1 {
				given[i] = rapid.IntRange(0, left).Draw(t, "points")
				left -= given[i]
			}
			given[options-1] = left
			return given
		}), 2, 10).Draw(t, "people")
		d, ok := measure.DivisionOf(people)
		sum := 0.0
		for _, o := range d.Options {
			sum += o.Mean
			if o.Lives && o.LivesNot {
				t.Fatalf("%+v lives and lives not", o)
			}
		}
		if !ok || !within(sum, 100, 100) || !within(d.Effective, 1, float64(options)) {
			t.Fatalf("%+v", d)
		}
	})
}

func TestAMixIsAtMostEven(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		functions := rapid.SliceOfN(rapid.IntRange(0, 10), 2, 8).Draw(t, "functions")
		m, ok := measure.MixOf(functions...)
		if ok && (!within(m.Ratio, 0, 1) || !within(m.Blau, 0, m.Max)) {
			t.Fatalf("%+v", m)
		}
		even, _ := measure.MixOf(slices.Repeat([]int{3}, len(functions))...)
		if math.Abs(even.Ratio-1) > 1e-9 {
			t.Fatalf("an even mix: %+v", even)
		}
	})
}
