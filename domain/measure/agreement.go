package measure

import "math"

// uniform is the variance of ratings that are spread evenly over the scale,
// (A² − 1)/12: what is expected of people who do not agree at all.
const uniform = (Points*Points - 1) / 12.0

// RWG returns how far the raters of one item agree, 0–1, against what chance
// would give:
//
//	r_wg = 1 − s² / ((A² − 1)/12), and 0 when that is negative
//
// It is defined from two ratings, and is lenient when ratings lean to one end:
// read it with [Tally.AD] and [Tally.Consensus]. (James, Demaree & Wolf 1984,
// Estimating within-group interrater reliability.)
func (t Tally) RWG() (float64, bool) {
	s := t.Sample()
	return max(0, 1-s.SD*s.SD/uniform), s.N >= 2
}

// RWGDissent returns how far the raters of one item agree, 0–1, against the
// most that they could differ, half at each end of the scale:
//
//	r*_wg = 1 − s²ₙ / ((H − L)²/4), s²ₙ divided by n
//
// It is defined from two ratings. (Lindell, Brandt & Whitney 1999, A revised
// index of interrater agreement.)
func (t Tally) RWGDissent() (float64, bool) {
	s := t.Sample()
	if s.N < 2 {
		return 0, false
	}
	const most = (Highest - Lowest) * (Highest - Lowest) / 4.0
	population := s.SD * s.SD * float64(s.N-1) / float64(s.N)
	return max(0, 1-population/most), true
}

// RWGJ returns how far raters agree over J items, 0–1, with s̄² the mean of the
// items' variances and σ² that of chance:
//
//	r_wg(J) = J(1 − s̄²/σ²) / (J(1 − s̄²/σ²) + s̄²/σ²), and 0 when s̄² > σ²
//
// It is defined from one item, with two ratings or more each. It grows with J by
// itself, so scales of different lengths cannot be compared. (James, Demaree &
// Wolf 1984.)
func RWGJ(items []Tally) (float64, bool) {
	variance := 0.0
	for _, item := range items {
		s := item.Sample()
		if s.N < 2 {
			return 0, false
		}
		variance += s.SD * s.SD / float64(len(items))
	}
	ratio, j := variance/uniform, float64(len(items))
	agreed := j * max(0, 1-ratio)
	return agreed / (agreed + ratio), len(items) > 0
}

// An Agreement is how an r_wg is read, after LeBreton & Senter 2008, Answers to
// 20 questions about interrater reliability and interrater agreement.
type Agreement string

const (
	AgreementLacking    Agreement = "lacking"     // up to .30
	AgreementWeak       Agreement = "weak"        // up to .50
	AgreementModerate   Agreement = "moderate"    // up to .70
	AgreementStrong     Agreement = "strong"      // up to .90
	AgreementVeryStrong Agreement = "very_strong" // above
)

// AgreementOf reads an r_wg.
func AgreementOf(rwg float64) Agreement {
	switch {
	case rwg <= .30:
		return AgreementLacking
	case rwg <= .50:
		return AgreementWeak
	case rwg <= .70:
		return AgreementModerate
	case rwg <= .90:
		return AgreementStrong
	default:
		return AgreementVeryStrong
	}
}

// ADAcceptable is the average deviation, in points, below which raters agree:
// A/6. (Dunlap, Burke & Smith-Crowe 2003, Accurate tests of statistical
// significance for r_WG and average deviation interrater agreement indexes.)
const ADAcceptable = Points / 6.0

// AD returns how far raters are from their mean on average, in points: what can
// be said to people as it is.
//
//	AD_M = Σ|x − x̄| / n
//
// It is defined from two ratings, and acceptable below [ADAcceptable]. (Burke,
// Finkelstein & Dusig 1999, On average deviation indices for estimating
// interrater agreement.)
func (t Tally) AD() (float64, bool) {
	s := t.Sample()
	if s.N < 2 {
		return 0, false
	}
	return t.average(func(x float64) float64 { return math.Abs(x - s.Mean) }), true
}

// ADJ returns the mean of [Tally.AD] over items, in points. It is defined from
// one item, with two ratings or more each.
func ADJ(items []Tally) (float64, bool) {
	sum := 0.0
	for _, item := range items {
		ad, ok := item.AD()
		if !ok {
			return 0, false
		}
		sum += ad
	}
	if len(items) == 0 {
		return 0, false
	}
	return sum / float64(len(items)), true
}

// AWG returns how far the raters of one item agree, −1 to 1, against the most
// that they could differ with this mean M:
//
//	a_wg = 1 − 2s² / (((H + L)M − M² − H L) · n/(n − 1))
//
// From .70 agreement is acceptable, from .60 reasonable. It is defined from
// A − 1 ratings and for means in [AWGRange]. (Brown & Hauenstein 2005,
// Interrater agreement reconsidered.)
func (t Tally) AWG() (float64, bool) {
	s := t.Sample()
	n, sum := s.N, t.sum()
	if n < Points-1 || sum < Lowest*(n-1)+Highest || sum > Highest*(n-1)+Lowest {
		return 0, false
	}
	most := ((Highest+Lowest)*s.Mean - s.Mean*s.Mean - Highest*Lowest) * float64(n) / float64(n-1)
	return 1 - 2*s.SD*s.SD/most, true
}

// AWGRange returns for which means of n ratings, in points, an a_wg can be read:
// those that still leave room to disagree.
//
//	(L(n − 1) + H)/n ≤ M ≤ (H(n − 1) + L)/n
func AWGRange(n int) Interval {
	return Interval{
		Low:  float64(Lowest*(n-1)+Highest) / float64(n),
		High: float64(Highest*(n-1)+Lowest) / float64(n),
	}
}

// Consensus returns how much the ratings lie together, 0–1: 1 when all are the
// same, 0 when half are at each end. Unlike the variance it tells a group that
// is split in two from one that is spread out.
//
//	Cns = 1 + Σ p log₂(1 − |X − μ|/(H − L))
//
// It is defined from one rating. (Tastle & Wierman 2007, Consensus and
// dissention: a measure of ordinal dispersion.)
func (t Tally) Consensus() (float64, bool) {
	s := t.Sample()
	if s.N == 0 {
		return 0, false
	}
	apart := t.average(func(x float64) float64 {
		return math.Log2(1 - math.Abs(x-s.Mean)/(Highest-Lowest))
	})
	return min(max(1+apart, 0), 1), true
}
