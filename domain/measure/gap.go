package measure

import "math"

// Margin is how far apart two views must be, in points, to speak of a
// difference: self-ratings run a little high by themselves, so that a small gap
// says nothing. (Heidemeier & Moser 2009, Self–other agreement in job
// performance ratings: a meta-analysis.)
const Margin = 0.75

// strength is the mean of others, in points, from which they see a strength.
const strength = 3.5

// A Category says how somebody's own view lies beside that of others: the four
// types of Atwater & Yammarino 1992, Does self–other agreement on leadership
// perceptions moderate the validity of leadership and performance
// predictions?, in the six of Brutus, Fleenor & Taylor.
type Category string

const (
	ConfirmedStrength Category = "confirmed_strength" // both high, and no clear gap
	KnownPoint        Category = "known_point"        // to develop: both low, and no clear gap
	HigherBySelf      Category = "higher_by_self"     // others high, self clearly higher
	BlindSpot         Category = "blind_spot"         // others low, self clearly higher
	HiddenStrength    Category = "hidden_strength"    // others high, self clearly lower
	StrictOnSelf      Category = "strict_on_self"     // others low, self clearly lower
)

// A SelfOther is the gap between self and others, in points, and its category.
type SelfOther struct {
	Estimate
	Category Category
}

// SelfAndOthers returns how much higher somebody rates themself than others do,
// both in points. The self-rating is one known value, so all doubt is theirs:
//
//	G = self − x̄ ± t s/√n
//
// The gap is clear from [Margin], with an interval without 0. It is defined from
// two others. When they all say the same the interval has no width.
func SelfAndOthers(self float64, others Sample) (SelfOther, bool) {
	e, ok := others.Estimate()
	if !ok {
		return SelfOther{}, false
	}
	gap := Estimate{self - e.Value, Interval{self - e.High, self - e.Low}}
	return SelfOther{gap, categoryOf(gap, atLeast(others.Mean, strength))}, true
}

func categoryOf(gap Estimate, strong bool) Category {
	clear := wide(gap)
	switch {
	case clear && gap.Value > 0 && strong:
		return HigherBySelf
	case clear && gap.Value > 0:
		return BlindSpot
	case clear && strong:
		return HiddenStrength
	case clear:
		return StrictOnSelf
	case strong:
		return ConfirmedStrength
	default:
		return KnownPoint
	}
}

// wide reports whether a difference is at least the margin, and surely not 0.
func wide(difference Estimate) bool {
	return atLeast(math.Abs(difference.Value), Margin) && !difference.Contains(0)
}

// A Difference is between the means of two samples, in their unit.
type Difference struct {
	Estimate
	SE float64 // standard error
	DF float64 // degrees of freedom
	T  float64 // Welch's t
	G  float64 // Hedges' g: the difference in standard deviations
}

// Compare returns how much higher the mean of a is than that of b, when each
// number comes from another person, and the groups need not be as large or as
// spread:
//
//	Δ = x̄a − x̄b ± t se, se = √(s²a/na + s²b/nb)
//	g = Δ/s_pooled · (1 − 3/(4(na + nb) − 9))
//
// with Satterthwaite's degrees of freedom. It is defined from two numbers a
// sample. When neither has any spread the interval has no width, and DF, T and G
// are 0. (Welch 1947, The generalization of “Student's” problem; Satterthwaite
// 1946; Hedges 1981, Distribution theory for Glass's estimator of effect size.)
func Compare(a, b Sample) (Difference, bool) {
	if a.N < 2 || b.N < 2 {
		return Difference{}, false
	}
	delta, se := a.Mean-b.Mean, math.Hypot(a.SE(), b.SE())
	if se == 0 {
		return Difference{Estimate: within(delta, 0)}, true
	}
	na, nb, va, vb := float64(a.N), float64(b.N), a.SE()*a.SE(), b.SE()*b.SE()
	df := (va + vb) * (va + vb) / (va*va/(na-1) + vb*vb/(nb-1))
	pooled := math.Sqrt(((na-1)*a.SD*a.SD + (nb-1)*b.SD*b.SD) / (na + nb - 2))
	return Difference{
		Estimate: within(delta, student(df)*se),
		SE:       se,
		DF:       df,
		T:        delta / se,
		G:        delta / pooled * (1 - 3/(4*(na+nb)-9)),
	}, true
}

// Change returns how much the mean rose between two rounds. Raters are not known
// to be the same, so they are compared as two groups. The change is real when
// its interval is without 0.
func Change(before, after Sample) (Difference, bool) { return Compare(after, before) }

// Clear reports whether two groups differ enough to speak of: by [Margin] or
// more, in points, with an interval without 0.
func (d Difference) Clear() bool { return wide(d.Estimate) }

// ReliableChange returns a change of a scale's score in standard errors of a
// difference, from the scale's standard deviation and reliability. It is
// reliable beyond ±1.645.
//
//	RCI = Δ / (s √(1 − R) √2)
//
// It is defined for a spread above 0 and a reliability from 0 to below 1.
// (Jacobson & Truax 1991, Clinical significance.)
func ReliableChange(change, sd, reliability float64) (float64, bool) {
	if sd <= 0 || reliability < 0 || reliability >= 1 {
		return 0, false
	}
	return change / (sd * math.Sqrt(1-reliability) * math.Sqrt2), true
}

// SayDo returns the sample of what each rater hears somebody say minus what they
// see that person do, in points: above 0 words are ahead of deeds, below 0 deeds
// are ahead of words. Its Estimate is the gap:
//
//	d̄ ± t s/√n, dᵢ = saysᵢ − doesᵢ
//
// Each rater is compared with themself, so that mild and strict ones count the
// same. Who could not observe one of the two is left out. It is defined for
// ratings in pairs, from two pairs.
func SayDo(says, does []int) (Sample, bool) {
	if len(says) != len(does) {
		return Sample{}, false
	}
	var d []float64
	for i := range says {
		switch {
		case says[i] == NotObserved || does[i] == NotObserved:
		case !onScale(says[i]) || !onScale(does[i]):
			return Sample{}, false
		default:
			d = append(d, float64(says[i]-does[i]))
		}
	}
	return SampleOf(d...), len(d) >= 2
}
