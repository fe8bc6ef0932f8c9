package measure

import (
	"cmp"

	"gonum.org/v1/gonum/stat/distuv"
)

// HalfLife is in how many days a piece of evidence loses half its weight,
// unless it says otherwise.
const HalfLife = 180

// How much a piece of evidence weighs when it is new. What was decided, or was
// seen by somebody who has no part in it, weighs most.
const (
	RatingWeight      = .5 // of one rater, of whom there are several
	InterviewWeight   = 1.
	DocumentWeight    = 1.
	DecisionWeight    = 1.5 // or money
	ObservationWeight = 1.
	IndependentWeight = 1.5 // an observation by an independent facilitator
	SystemFactWeight  = .5
)

// Evidence is what one independent source says of whether a promise is noticed:
// fragments of one document or one interview are averaged before.
type Evidence struct {
	Score  float64 // 0–100
	Weight float64 // of its kind, when it is new
	Age    int     // days since what it describes

	// HalfLife is in how many days it loses half its weight: [HalfLife] when 0.
	HalfLife int
}

// Decayed is the weight that is left:
//
//	w = w₀ 2^(−age/180)
func (e Evidence) Decayed() float64 {
	return e.Weight * decay(float64(e.Age), float64(cmp.Or(e.HalfLife, HalfLife)))
}

// An EvidenceIndex is what all evidence together says of a promise, as a score,
// 0–100, and how little that may be.
type EvidenceIndex struct {
	Estimate
	Raw       float64 // the weighted mean of the evidence alone
	SD        float64
	Weight    float64 // of all evidence together
	Effective float64 // Kish's number of pieces, were they of equal weight
}

// IndexOf returns the evidence index of a promise: evidence is weighed with a
// prior that knows nothing, so that little of it gives a wide interval.
//
//	Beta(1 + S, 1 + W − S), S = Σ w y/100, W = Σ w
//
// It is defined when there is evidence of any weight. (Bayes–Laplace prior; Kish
// 1965, Survey sampling: effective sample size (Σw)²/Σw².)
func IndexOf(evidence []Evidence) (EvidenceIndex, bool) {
	var total, support, squares float64
	for _, e := range evidence {
		w := e.Decayed()
		total += w
		support += w * e.Score / 100
		squares += w * w
	}
	if total <= 0 {
		return EvidenceIndex{}, false
	}
	// What sums to the whole may miss it by the last bit.
	posterior := distuv.Beta{Alpha: 1 + support, Beta: 1 + max(0, total-support)}
	return EvidenceIndex{
		Estimate: Estimate{100 * posterior.Mean(), Interval{
			Low:  100 * posterior.Quantile(1-upper),
			High: 100 * posterior.Quantile(upper),
		}},
		Raw:       100 * support / total,
		SD:        100 * posterior.StdDev(),
		Weight:    total,
		Effective: total * total / squares,
	}, true
}

// A Conflict is how far evidence points both ways.
type Conflict struct {
	Index   float64 // 0 when all points one way, 1 when both weigh the same
	For     int     // sources that score above 50
	Against int     // sources that score below 50
}

// ConflictOf returns how far the sources contradict each other, with W⁺ the
// weight above a score of 50 and W⁻ that below:
//
//	C = 2 min(W⁺, W⁻) / (W⁺ + W⁻)
//
// It is defined when some source takes a side.
func ConflictOf(evidence []Evidence) (Conflict, bool) {
	var c Conflict
	var above, below float64
	for _, e := range evidence {
		switch {
		case e.Score > 50:
			c.For++
			above += e.Decayed()
		case e.Score < 50:
			c.Against++
			below += e.Decayed()
		}
	}
	if above+below <= 0 {
		return Conflict{}, false
	}
	c.Index = 2 * min(above, below) / (above + below)
	return c, true
}
