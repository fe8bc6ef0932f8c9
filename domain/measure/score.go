package measure

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// How much each group's view counts in the score of a promise: most, that of
// the people for whom it was made.
const (
	EmployeeWeight       = .5
	InformalLeaderWeight = .3
	MTPeerWeight         = .2
)

// A GroupMean is the view of one group, in points, and how much it counts.
type GroupMean struct {
	Weight float64
	Sample
}

// PromiseScore returns the score of a promise, 0–100, from the groups that may be
// shown; self is never one of them.
//
//	D = Σ ω y / Σ ω ± z √Σ (ω/Σω)² se²
//
// It is defined from two groups; of a single one, show its own mean.
func PromiseScore(groups []GroupMean) (Estimate, bool) {
	var weight, sum, variance float64
	for _, g := range groups {
		weight += g.Weight
	}
	if len(groups) < 2 || weight <= 0 {
		return Estimate{}, false
	}
	for _, g := range groups {
		share, se := g.Weight/weight, hundredths*g.SE()
		sum += share * Score(g.Mean)
		variance += share * share * se * se
	}
	return within(sum, z*math.Sqrt(variance)), true
}

// A Checked is an active promise as it counts in the score of what it is part
// of.
type Checked struct {
	Score  Estimate
	Weight float64
	Fresh  bool // it has a score that is not too old to count
}

// Coverage is the share, 0–1, of active promises with a fresh score.
func Coverage(promises []Checked) float64 {
	if len(promises) == 0 {
		return 0
	}
	fresh := 0
	for _, p := range promises {
		if p.Fresh {
			fresh++
		}
	}
	return float64(fresh) / float64(len(promises))
}

// Overall returns the score, 0–100, of a pillar, or of one person over their own
// promises, from those that are fresh:
//
//	D = Σ u D_p / Σ u
//
// It is defined from two fresh promises and a coverage of .60; with less there
// is no picture. The interval is the mean of theirs, as wide as it can be: the
// same people answer about several promises, so their chance errors do not
// cancel out.
func Overall(promises []Checked) (Estimate, bool) {
	var scores []Estimate
	var weights []float64
	for _, p := range promises {
		if p.Fresh {
			scores, weights = append(scores, p.Score), append(weights, p.Weight)
		}
	}
	if len(scores) < 2 || floats.Sum(weights) <= 0 || !atLeast(Coverage(promises), .60) {
		return Estimate{}, false
	}
	return meanOf(scores, weights), true
}

// GroupScore returns what one group thinks of a pillar, 0–100: the mean of its
// scores for the pillar's promises where it may be shown. It is defined from two
// promises, and its interval is the mean of theirs.
func GroupScore(promises []Estimate) (Estimate, bool) {
	if len(promises) < 2 {
		return Estimate{}, false
	}
	return meanOf(promises, nil), true
}

// MTScore returns the score of the MT, 0–100: the mean of its members' scores,
// all of the same weight. It is defined from four members, and its interval is
// the mean of theirs.
func MTScore(members []Estimate) (Estimate, bool) {
	if len(members) < 4 {
		return Estimate{}, false
	}
	return meanOf(members, nil), true
}

// meanOf returns the weighted mean of estimates and of the ends of their
// intervals.
func meanOf(estimates []Estimate, weights []float64) Estimate {
	var values, lows, highs []float64
	for _, e := range estimates {
		values, lows, highs = append(values, e.Value), append(lows, e.Low), append(highs, e.High)
	}
	return Estimate{stat.Mean(values, weights), Interval{stat.Mean(lows, weights), stat.Mean(highs, weights)}}
}

// KeepingRate returns the share, 0–1, of promises that were kept among those
// kept or broken, with Wilson's interval. Those that still run, and those that
// were withdrawn with an explanation, are in neither; withdrawn without one
// counts as broken.
func KeepingRate(kept, broken int) (Estimate, bool) {
	if kept < 0 || broken < 0 {
		return Estimate{}, false
	}
	return Wilson(kept, kept+broken)
}

// Fading is in how many days beyond its rhythm a check is half of today.
const Fading = 90

// Freshness returns how much of a check is still of today, 0–1, from its age and
// the promise's rhythm in days. It is drawn as fading ink, and never lowers a
// score.
//
//	f = 2^(−max(0, age − rhythm)/90)
func Freshness(age, rhythm int) float64 { return decay(float64(age-rhythm), Fading) }

// Fresh reports whether a check still counts: its freshness is .5 or more.
func Fresh(age, rhythm int) bool { return FreshFor(age, rhythm, Fading) }

// FreshFor is [Fresh] where a check is half of today in another number of days.
func FreshFor(age, rhythm, fading int) bool { return age-rhythm <= fading }
