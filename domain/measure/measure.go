// Package measure holds the formulas of the consistency check: from what a
// group of people answered to what may be said about it, and how sure that is.
//
// A [Tally] is the centre: how often each point of the scale was given to one
// behaviour by one group. It is all that is kept of the answers, tallies merge,
// and what one item says follows from it: the mean with its interval, the share
// that noticed, how far people agree. A [Sample] is what the mean and the spread
// of any numbers say; groups, rounds, and what people hear and see are compared
// through it. Scores put groups together into promises, promises into pillars.
// The last step before a number leaves is in smalln.go: how coarse it must be
// for the size of its group, and which word goes with it.
//
// There are three units. Points are those of the scale, 1 (never) to 5
// (always). A score runs from 0 to 100, and a share from 0 to 1. Intervals are
// two-sided and of 90 %: they serve conversations, not verdicts. They may
// reach beyond the scale; clip them when they are drawn.
//
// When a formula is not defined for what it is given (too few answers, a number
// that is not on the scale) its last result is false, and the others mean
// nothing. Which sizes of group may be shown at all is not decided here.
package measure

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// The scale on which people answer how often they notice a behaviour.
const (
	Lowest  = 1 // never
	Highest = 5 // always
	Points  = Highest - Lowest + 1
)

// NotObserved stands among ratings for "I could not observe this".
const NotObserved = 0

// upper is the probability below the upper end of an interval of 90 %.
const upper = 0.95

// z is the upper end of such an interval of the standard normal distribution.
var z = distuv.UnitNormal.Quantile(upper)

// student is the same of Student's distribution.
func student(df float64) float64 {
	return distuv.StudentsT{Sigma: 1, Nu: df}.Quantile(upper)
}

// An Interval holds what a value could well be, both ends included.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Width is the distance between the ends.
func (i Interval) Width() float64 { return i.High - i.Low }

// Contains reports whether x lies in the interval.
func (i Interval) Contains(x float64) bool { return i.Low <= x && x <= i.High }

// Clip returns what of the interval lies on a scale, for drawing it there.
func (i Interval) Clip(lowest, highest float64) Interval {
	return Interval{min(max(i.Low, lowest), highest), min(max(i.High, lowest), highest)}
}

// An Estimate is a value with its interval.
type Estimate struct {
	Value float64 `json:"value"`
	Interval
}

// within returns the estimate that lies as far from both ends of its interval.
func within(value, half float64) Estimate {
	return Estimate{value, Interval{value - half, value + half}}
}

// hundredths is how many points of a score are in one point of the scale.
const hundredths = 100.0 / (Highest - Lowest)

// Score returns the score, 0–100, of a rating or a mean of ratings in points:
//
//	y = 100 (x − 1) / (A − 1)
func Score(points float64) float64 { return hundredths * (points - Lowest) }

// ScoreOfStance returns the score, 0–100, of a fragment's stance s, which runs
// from −2 (a clear counter-example) to +2 (a clear example):
//
//	y = 50 + 25 s
func ScoreOfStance(stance int) float64 { return 50 + 25*float64(stance) }

// Score returns the score, 0–100, of a mean in points.
func (e Estimate) Score() Estimate {
	return Estimate{Score(e.Value), Interval{Score(e.Low), Score(e.High)}}
}

// ScoreGap returns how far apart two scores are, −100 to 100, from how far
// apart they are in points.
func (e Estimate) ScoreGap() Estimate {
	return Estimate{hundredths * e.Value, Interval{hundredths * e.Low, hundredths * e.High}}
}

// atLeast compares with a threshold as people would: what is 70 on paper is 70,
// whatever the last bit of its sum says.
func atLeast(x, threshold float64) bool { return x > threshold-1e-9 }

// decay halves a weight every so many days. What is yet to come weighs full.
func decay(days, half float64) float64 { return math.Exp2(-max(days, 0) / half) }
