package disclosure

import (
	"cmp"
	"maps"
	"slices"

	"koersvast/domain"
)

// A Detail is how much may be told of a cell that is shown.
type Detail string

const (
	Band   Detail = "band"   // that the mean lies near this end of the scale
	Mean   Detail = "mean"   // the mean and its interval, rounded
	Spread Detail = "spread" // also how many gave each answer
)

// SpreadFrom is from how many answers on it may be told how many gave each.
const SpreadFrom = 8

// DetailOf returns how much may be told of one item, or of a theme of several.
// Of each item it takes how many gave each answer, from one end of the scale to
// the other. Of an item without answers only the least may be told.
//
// The mean of a few people who all gave the same end of the scale says what
// each of them answered, and so do an interval without width and a band that
// is for them alone. So a band holds every mean within half a step of an end,
// and among these are always some of people who did not all agree.
func DetailOf(items ...[]int) Detail {
	if len(items) == 0 {
		return Band
	}
	least, low, high := SpreadFrom, 0., 0. // how far the mean is from either end
	for _, counts := range items {
		n, sum := 0, 0
		for answer, count := range counts {
			n += count
			sum += answer * count
		}
		if n <= 0 || slices.Min(counts) < 0 {
			return Band
		}
		least = min(least, n)
		mean := float64(sum) / float64(n)
		low += mean / float64(len(items))
		high += (float64(len(counts)-1) - mean) / float64(len(items))
	}
	switch {
	case least >= SpreadFrom:
		return Spread
	case min(low, high) <= .5+1e-9: // means of thirds do not add up
		return Band
	}
	return Mean
}

// A Voice is in whose name comments are shown, if at all.
type Voice string

const (
	ByGroup   Voice = "group"    // in the rater's own words, and from which group
	Together  Voice = "together" // in the rater's own words, among those of other groups
	CoachOnly Voice = "coach"    // retold by the coach
)

// From how many people on comments are shown word for word: of one group, and
// of several together. Words give people away more easily than numbers do.
const (
	GroupVoice = 5
	JointVoice = 8
)

// VoicesOf returns how the comments on a question are shown; it takes how many
// people of each group wrote one. Groups with too few are joined by the
// smallest of the others until they are enough: if all others kept their name,
// what has no name would be known to be from the small ones. Where that does
// not help, the coach retells. Subject and superior speak for themselves.
func VoicesOf(r Round, wrote map[domain.RaterGroup]int) map[domain.RaterGroup]Voice {
	voices := map[domain.RaterGroup]Voice{}
	var named, small []domain.RaterGroup
	for _, g := range slices.Sorted(maps.Keys(wrote)) {
		switch k := r.threshold(g); {
		case k == Recognised:
			voices[g] = ByGroup
		case wrote[g] >= max(k, GroupVoice):
			voices[g] = ByGroup
			named = append(named, g)
		case wrote[g] <= 0:
			voices[g] = CoachOnly // who says nothing needs no company
		default:
			voices[g] = CoachOnly
			small = append(small, g)
		}
	}
	slices.SortStableFunc(named, func(a, b domain.RaterGroup) int { return cmp.Compare(wrote[a], wrote[b]) })
	for i := range len(named) + 1 {
		joined, n, enough := slices.Concat(small, named[:i]), 0, JointVoice
		for _, g := range joined {
			n, enough = n+wrote[g], max(enough, r.threshold(g))
		}
		if len(small) == 0 || n < enough {
			continue
		}
		for _, g := range joined {
			voices[g] = Together
		}
		break
	}
	return voices
}
