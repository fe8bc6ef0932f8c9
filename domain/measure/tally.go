package measure

// A Tally is how often each point of the scale was given to one item by one
// group. It forgets who gave which, and nothing else.
type Tally struct {
	Counts      [Points]int `json:"counts"`       // of 1, 2, 3, 4 and 5
	NotObserved int         `json:"not_observed"` // who could not observe it
}

// TallyOf counts ratings of 1 to 5 and [NotObserved]. It is not defined when
// there is another among them.
func TallyOf(ratings ...int) (t Tally, ok bool) {
	for _, r := range ratings {
		switch {
		case r == NotObserved:
			t.NotObserved++
		case onScale(r):
			t.Counts[r-Lowest]++
		default:
			return Tally{}, false
		}
	}
	return t, true
}

func onScale(rating int) bool { return Lowest <= rating && rating <= Highest }

// Merge returns the tally of both groups together.
func (t Tally) Merge(other Tally) Tally {
	for i, n := range other.Counts {
		t.Counts[i] += n
	}
	t.NotObserved += other.NotObserved
	return t
}

// N is how many gave a rating.
func (t Tally) N() (n int) {
	for _, c := range t.Counts {
		n += c
	}
	return n
}

// sum of the ratings, in points.
func (t Tally) sum() (sum int) {
	for i, c := range t.Counts {
		sum += c * (Lowest + i)
	}
	return sum
}

// average returns the mean of f over the ratings. The tally has some.
func (t Tally) average(f func(points float64) float64) (mean float64) {
	for i, c := range t.Counts {
		if c > 0 {
			mean += float64(c) * f(float64(Lowest+i))
		}
	}
	return mean / float64(t.N())
}

// Sample returns the ratings' number, mean and standard deviation, in points.
func (t Tally) Sample() Sample {
	var points, counts [Points]float64
	for i, c := range t.Counts {
		points[i], counts[i] = float64(Lowest+i), float64(c)
	}
	return sampleOf(t.N(), points[:], counts[:])
}

// Mean returns the mean rating in points with Student's interval:
//
//	x̄ ± t s / √n, with n − 1 degrees of freedom
//
// It is defined from two ratings, and not when all are the same: a bar without
// width would claim certainty. Draw the share that [Tally.Noticed] instead.
// (Student 1908, The probable error of a mean.)
func (t Tally) Mean() (Estimate, bool) {
	s := t.Sample()
	e, ok := s.Estimate()
	return e, ok && s.SD > 0
}

// Noticed returns the share, 0–1, of ratings that are 4 (mostly) or 5 (always),
// with Wilson's interval.
func (t Tally) Noticed() (Estimate, bool) {
	return Wilson(t.Counts[3]+t.Counts[4], t.N())
}

// Visibility returns the share, 0–1, of answers that are a rating and not "I
// could not observe this", with Wilson's interval.
func (t Tally) Visibility() (Estimate, bool) {
	return Wilson(t.N(), t.N()+t.NotObserved)
}

// Bounds returns [Sample.Bounds] for a group of which so many were invited.
// Who could not observe it did answer, and has no rating that is missing.
func (t Tally) Bounds(invited int) (Interval, bool) {
	return t.Sample().Bounds(invited - t.NotObserved)
}
