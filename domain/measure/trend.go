package measure

import "slices"

// An Observation is a value at a moment, in any unit of time.
type Observation struct{ At, Value float64 }

// A Trend is where values of several rounds are going.
type Trend struct {
	Slope float64 // per unit of time: the middle one of all pairs of rounds
	S     int     // Kendall's: pairs that rise minus pairs that fall
	Tau   float64 // S out of all pairs, −1 to 1
	P     float64 // two-sided, of an S as far from 0 when there is no trend
}

// A Direction is the word for a trend.
type Direction string

const (
	Rising  Direction = "rising"
	MayRise Direction = "may_rise"
	Level   Direction = "level"
	MayFall Direction = "may_fall"
	Falling Direction = "falling"
)

// TrendOf returns the trend of observations in the order of time: the median of
// the slopes of all pairs, and Kendall's S with its exact p. It is defined from
// four observations, each at a later moment than the one before.
//
// Equal values are neither a rise nor a fall. (Theil 1950 and Sen 1968: the
// slope; Mann 1945, Nonparametric tests against trend; Kendall 1938, A new
// measure of rank correlation.)
func TrendOf(o []Observation) (Trend, bool) {
	if len(o) < 4 {
		return Trend{}, false
	}
	s := 0
	var slopes []float64
	for i, a := range o {
		for _, b := range o[i+1:] {
			if b.At <= a.At {
				return Trend{}, false
			}
			slopes = append(slopes, (b.Value-a.Value)/(b.At-a.At))
			// gonum's Kendall counts equal values as a rise.
			switch {
			case b.Value > a.Value:
				s++
			case b.Value < a.Value:
				s--
			}
		}
	}
	return Trend{
		Slope: median(slopes),
		S:     s,
		Tau:   float64(s) / float64(len(slopes)),
		P:     kendallP(len(o), s),
	}, true
}

// median returns the middle number, or what is halfway between the middle two.
func median(x []float64) float64 {
	slices.Sort(x)
	return (x[(len(x)-1)/2] + x[len(x)/2]) / 2
}

// kendallP returns the chance of an S as far from 0, or further, among all
// orders of n different values. The distribution is built up one value at a
// time: the k-th is out of order with 0 to k − 1 of those before, each as
// likely.
func kendallP(n, s int) float64 {
	disorder := []float64{1} // chance of so many pairs out of order
	for k := 2; k <= n; k++ {
		next := make([]float64, len(disorder)+k-1)
		for i, p := range disorder {
			for out := range k {
				next[i+out] += p / float64(k)
			}
		}
		disorder = next
	}
	// S is all pairs minus twice those out of order. When values are equal it
	// can fall between two that occur here; the one nearer to 0 is the more
	// careful.
	pairs, far := len(disorder)-1, max(s, -s)
	if (pairs-far)%2 != 0 {
		far--
	}
	tail := 0.0
	for i := 0; pairs-2*i >= far; i++ {
		tail += disorder[i]
	}
	return min(1, 2*tail)
}

// Direction returns the word for the trend: with p < .10 it rises or falls, else
// it may, and with as many rises as falls it is level.
func (t Trend) Direction() Direction {
	switch clear := t.P < .10; {
	case t.S > 0 && clear:
		return Rising
	case t.S > 0:
		return MayRise
	case t.S < 0 && clear:
		return Falling
	case t.S < 0:
		return MayFall
	default:
		return Level
	}
}
