package measure

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// How well one rater agrees with another of the same kind, 0–1. (Conway &
// Huffcutt 1997, Psychometric properties of multisource performance ratings: a
// meta-analysis.)
const (
	EmployeeReliability = .30 // and direct reports
	PeerReliability     = .37 // members of the MT and informal leaders
	SuperiorReliability = .50
)

// Reliability returns how reliable the mean of k raters is, 0–1, from the
// reliability ρ of a single one, above 0:
//
//	R = kρ / (1 + (k − 1)ρ)
//
// (Spearman 1910; Brown 1910: the prophecy formula.)
func Reliability(k int, single float64) float64 {
	return float64(k) * single / (1 + float64(k-1)*single)
}

// RatersFor returns how many raters give a mean of that reliability, from the
// reliability of a single one, both between 0 and 1: as the formula has it, and
// in whole people.
//
//	k = R/(1 − R) · (1 − ρ)/ρ
func RatersFor(reliability, single float64) (exact float64, people int) {
	exact = reliability / (1 - reliability) * (1 - single) / single
	people = int(exact)
	if !atLeast(float64(people), exact) {
		people++
	}
	return exact, people
}

// Shrunk returns a mean drawn toward that of all comparable groups, the more so
// the fewer raters it has. It is for comparing and sorting, and never shown as
// the mean itself. Its unit is that of the sample.
//
//	T = μ₀ + R (x̄ − μ₀)
//
// (Kelley 1927, Interpretation of educational measurements.)
func Shrunk(s Sample, single, overall float64) float64 {
	return overall + Reliability(s.N, single)*(s.Mean-overall)
}

// An ICC tells whether raters of one person resemble each other more than
// raters of different people do.
type ICC struct {
	One    float64 // ICC(1): of a single rater
	Two    float64 // ICC(2): of a person's mean
	MSB    float64 // mean square between people
	MSW    float64 // mean square within
	F      float64 // MSB/MSW; infinite when nobody's raters differ
	P      float64 // of an F as large, when people do not differ
	Raters float64 // a person, with the correction for unequal numbers
}

// ICCOf returns the intraclass correlations of the ratings of several people:
//
//	ICC(1) = (MSB − MSW) / (MSB + (k̃ − 1) MSW), ICC(2) = (MSB − MSW) / MSB
//	k̃ = (N − Σk²/N) / (J − 1)
//
// People without ratings are left out. It is defined for two people or more, of
// whom one has two raters, whose means are not all the same. (Shrout & Fleiss
// 1979, Intraclass correlations; Bliese 2000, Within-group agreement,
// non-independence, and reliability.)
func ICCOf(people []Tally) (ICC, bool) {
	var all Tally
	var persons, squares, between, within float64
	for _, p := range people {
		all = all.Merge(p)
	}
	grand := all.Sample()
	for _, p := range people {
		if s := p.Sample(); s.N > 0 {
			n := float64(s.N)
			persons++
			squares += n * n
			between += n * (s.Mean - grand.Mean) * (s.Mean - grand.Mean)
			within += (n - 1) * s.SD * s.SD
		}
	}
	n := float64(grand.N)
	if persons < 2 || n <= persons || between == 0 {
		return ICC{}, false
	}
	k := (n - squares/n) / (persons - 1)
	msb, msw := between/(persons-1), within/(n-persons)
	f := msb / msw
	p := 0.0
	if !math.IsInf(f, 1) {
		p = distuv.F{D1: persons - 1, D2: n - persons}.Survival(f)
	}
	return ICC{
		One: (msb - msw) / (msb + (k-1)*msw),
		Two: (msb - msw) / msb,
		MSB: msb, MSW: msw, F: f, P: p, Raters: k,
	}, true
}

// Differ reports whether differences between people are reliable enough to be
// shown a person: ICC(1) above 0 with p < .10, and ICC(2) from .60.
func (i ICC) Differ() bool { return i.One > 0 && i.P < .10 && atLeast(i.Two, .60) }

// Kappa returns how far two coders gave the same fragments the same stance
// (−2 to 2), with a miss counting the square of its size, at most 1:
//
//	κ_w = 1 − Σ wO / Σ wE, w = ((i − j)/4)²
//
// It is 0 for chance. It is defined when both coded every fragment, and not
// both gave one and the same stance throughout. (Cohen 1968, Weighted kappa.)
func Kappa(first, second []int) (float64, bool) {
	if len(first) != len(second) || len(first) == 0 {
		return 0, false
	}
	miss := func(i, j int) float64 { return float64((i-j)*(i-j)) / 16 }
	var observed, expected float64
	for i := range first {
		observed += miss(first[i], second[i])
		for j := range second {
			expected += miss(first[i], second[j]) / float64(len(second))
		}
	}
	if expected == 0 {
		return 0, false
	}
	return 1 - observed/expected, true
}
