package measure

import "math"

// enough is the size of a group from which numbers may be finer: below it, a
// mean with a decimal is the sum of the answers in disguise.
const enough = 8

// A Band is what is said of a group's size: an exact one tells who joined.
type Band string

const (
	Band3  Band = "3-4"
	Band5  Band = "5-7"
	Band8  Band = "8-12"
	Band13 Band = "13+"
)

// BandOf returns the band of a group's size. It is not defined below three, of
// which nothing is shown.
func BandOf(n int) (Band, bool) {
	switch {
	case n >= 13:
		return Band13, true
	case n >= enough:
		return Band8, true
	case n >= 5:
		return Band5, true
	case n >= 3:
		return Band3, true
	default:
		return "", false
	}
}

// Distribution returns how often each point of the scale was given. It may be
// shown from eight ratings only.
func (t Tally) Distribution() ([Points]int, bool) {
	if t.N() < enough {
		return [Points]int{}, false
	}
	return t.Counts, true
}

// RoundPoints returns a number in points, such as a mean, a gap or an average
// deviation, as it may leave: with one decimal from a group of eight, and to the
// nearest half below.
func RoundPoints(points float64, n int) float64 { return pointStep(n).nearest(points) }

// RoundScore returns a score, 0–100, as it may leave: to a whole number from a
// group of eight, and to the nearest five below. Of several groups the smallest
// counts.
//
// It is for scores that were put together from groups or promises. Of one group
// the mean is rounded and then scored, Score(RoundPoints(mean, n)): up to five
// raters there are no more means than steps of five, so that these would hide
// nothing.
func RoundScore(score float64, n int) float64 { return scoreStep(n).nearest(score) }

// RoundInterval returns an interval in points as it may leave. It is rounded as
// its value is but outwards, so that it holds all that it held, the rounded
// value too, and keeps a width.
func RoundInterval(i Interval, n int) Interval { return pointStep(n).outwards(i) }

// RoundScoreInterval returns the interval of a score, 0–100, as it may leave: as
// [RoundInterval] does, in the steps of [RoundScore].
func RoundScoreInterval(i Interval, n int) Interval { return scoreStep(n).outwards(i) }

// A step is how coarse something is shown: in so many parts of so many units.
// Two whole numbers, because multiplying and dividing by them gives the number
// that people write: 3.7, not 3.7000000000000002.
type step struct{ parts, units float64 }

func pointStep(n int) step {
	if n < enough {
		return step{parts: 2, units: 1}
	}
	return step{parts: 10, units: 1}
}

func scoreStep(n int) step {
	if n < enough {
		return step{parts: 1, units: 5}
	}
	return step{parts: 1, units: 1}
}

func (s step) count(x float64) float64 { return x * s.parts / s.units }

func (s step) times(n float64) float64 {
	return n*s.units/s.parts + 0 // which makes −0 a plain 0
}

func (s step) nearest(x float64) float64 { return s.times(math.Round(s.count(x))) }

func (s step) outwards(i Interval) Interval {
	// What lies on a step but for the last bit is on it.
	const bit = 1e-9
	return Interval{
		Low:  s.times(math.Floor(s.count(i.Low) + bit)),
		High: s.times(math.Ceil(s.count(i.High) - bit)),
	}
}

// A Verdict is the word for the score of a promise or a pillar.
type Verdict string

const (
	Insufficient Verdict = "insufficient" // there is no picture that may be shown
	Unclear      Verdict = "unclear"      // the interval is wider than 40
	Noticed      Verdict = "noticed"      // from 70, and surely from 50
	Underway     Verdict = "underway"     // from 50 otherwise
	NotYet       Verdict = "not_yet"      // below 50, and surely below 70
	Mixed        Verdict = "mixed"        // anything else
)

// VerdictOf returns the word for a score, 0–100, before it is rounded. Whether
// there is a score is said as [PromiseScore] and [Overall] say it, which see to
// coverage; whether it may be shown is for the caller to add.
func VerdictOf(score Estimate, ok bool) Verdict {
	switch {
	case !ok:
		return Insufficient
	case !atLeast(40, score.Width()):
		return Unclear
	case atLeast(score.Value, 70) && atLeast(score.Low, 50):
		return Noticed
	case atLeast(score.Value, 50):
		return Underway
	case !atLeast(score.High, 70):
		return NotYet
	default:
		return Mixed
	}
}
