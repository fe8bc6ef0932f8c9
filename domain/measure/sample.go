package measure

import (
	"math"

	"gonum.org/v1/gonum/stat"
)

// A Sample is what the mean and the spread of some numbers say, and all that a
// comparison needs of them. SD divides by n − 1, and is 0 for a single number.
type Sample struct {
	N    int     `json:"n"`
	Mean float64 `json:"mean"`
	SD   float64 `json:"sd"`
}

// SampleOf returns the sample of some numbers, such as what each rater of a
// group gave on average.
func SampleOf(numbers ...float64) Sample { return sampleOf(len(numbers), numbers, nil) }

func sampleOf(n int, x, counts []float64) Sample {
	switch n {
	case 0:
		return Sample{}
	case 1:
		return Sample{N: 1, Mean: stat.Mean(x, counts)}
	}
	mean, sd := stat.MeanStdDev(x, counts)
	return Sample{n, mean, sd}
}

// SE is the standard error of the mean, s/√n. It is 0 for no numbers.
func (s Sample) SE() float64 {
	if s.N == 0 {
		return 0
	}
	return stat.StdErr(s.SD, float64(s.N))
}

// Estimate returns the mean with Student's interval, x̄ ± t s/√n, in the
// sample's own unit. It is defined from two numbers. When they are all the same
// the interval has no width: it can be decided with, and not be drawn.
func (s Sample) Estimate() (Estimate, bool) {
	if s.N < 2 {
		return Estimate{}, false
	}
	return within(s.Mean, student(float64(s.N-1))*s.SE()), true
}

// Bounds returns between which means, in points, the mean of everybody lies who
// was invited, whatever those think who did not answer:
//
//	[(n x̄ + (N − n)·1)/N, (n x̄ + (N − n)·5)/N]
//
// It is defined when somebody was invited, and no more answered than were.
// (Manski 1989, Anatomy of the selection problem: worst-case bounds.)
func (s Sample) Bounds(invited int) (Interval, bool) {
	if invited < 1 || s.N > invited {
		return Interval{}, false
	}
	sum, silent, all := float64(s.N)*s.Mean, float64(invited-s.N), float64(invited)
	return Interval{(sum + silent*Lowest) / all, (sum + silent*Highest) / all}, true
}

// Wilson returns the share k/n, 0–1, with Wilson's interval, which stays between
// 0 and 1 and has a width for every share:
//
//	(p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n), p = k/n
//
// It is defined for 0 ≤ k ≤ n and n ≥ 1. (Wilson 1927, Probable inference, the
// law of succession, and statistical inference.)
func Wilson(k, n int) (Estimate, bool) {
	if n < 1 || k < 0 || k > n {
		return Estimate{}, false
	}
	p, size := float64(k)/float64(n), float64(n)
	centre := p + z*z/(2*size)
	half := z * math.Sqrt(p*(1-p)/size+z*z/(4*size*size))
	scale := 1 + z*z/size
	// At 0 and 1 an end is the share itself, but for the last bit.
	return Estimate{p, Interval{
		Low:  max(0, min(p, (centre-half)/scale)),
		High: min(1, max(p, (centre+half)/scale)),
	}}, true
}
