package measure

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// An Option is what people gave one of the options among which each of them
// divided 100 points.
type Option struct {
	Mean    float64 // points a person
	SD      float64 // n − 1
	Max     float64 // most that one person gave
	Support float64 // share, 0–1, of people who gave it anything

	Lives    bool // at least an equal part of the points, from at least half of the people
	LivesNot bool // less than half an equal part, or from less than a quarter of the people
	Divides  bool // it is spread by more than its mean
}

// A Division is how 100 points a person were divided among options.
type Division struct {
	Options   []Option
	HHI       float64 // Σ share², from 1/options when all got the same to 1 when one got all
	Effective float64 // 1/HHI: as how many options of equal weight it is
}

// DivisionOf returns how people divided 100 points, a row a person, a column an
// option. It is defined for two people or more who each divided exactly 100 over
// the same options. (Herfindahl 1950: the index; Laakso & Taagepera 1979: its
// inverse as an effective number.)
func DivisionOf(people [][]int) (Division, bool) {
	if len(people) < 2 {
		return Division{}, false
	}
	columns := make([][]float64, len(people[0]))
	for _, row := range people {
		left := 100
		if len(row) != len(columns) {
			return Division{}, false
		}
		for i, points := range row {
			if points < 0 {
				return Division{}, false
			}
			left -= points
			columns[i] = append(columns[i], float64(points))
		}
		if left != 0 {
			return Division{}, false
		}
	}
	var d Division
	for _, given := range columns {
		o := optionOf(given, 100/float64(len(columns)))
		d.Options = append(d.Options, o)
		d.HHI += o.Mean / 100 * o.Mean / 100
	}
	d.Effective = 1 / d.HHI
	return d, true
}

// optionOf returns what an option was given, beside an equal part.
func optionOf(given []float64, equal float64) (o Option) {
	o.Mean, o.SD = stat.MeanStdDev(given, nil)
	o.Max = floats.Max(given)
	o.Support = float64(floats.Count(func(points float64) bool { return points > 0 }, given)) / float64(len(given))
	o.Lives = atLeast(o.Mean, equal) && o.Support >= .5
	o.LivesNot = !atLeast(o.Mean, equal/2) || o.Support < .25
	o.Divides = o.SD > o.Mean
	return o
}

// WordSizes returns how large words are drawn, in pixels, from how often each
// was said: so that their areas grow as their counts do, between 14 and 64.
//
//	14 + 50 (√c − √c_min) / (√c_max − √c_min)
//
// Words that were all said as often are halfway.
func WordSizes(counts []int) []float64 {
	if len(counts) == 0 {
		return nil
	}
	low, high := math.Sqrt(float64(slices.Min(counts))), math.Sqrt(float64(slices.Max(counts)))
	sizes := make([]float64, len(counts))
	for i, c := range counts {
		part := .5
		if high > low {
			part = (math.Sqrt(float64(c)) - low) / (high - low)
		}
		sizes[i] = 14 + 50*part
	}
	return sizes
}

// A Mix is how mixed a group is.
type Mix struct {
	Blau  float64 // the chance that two draws from it differ, 0 to Max
	Max   float64 // when all functions are there as often
	Ratio float64 // Blau/Max, 0–1
}

// MixOf returns how mixed a group is, from how many in it have each of the
// functions that it could have; a function that nobody has counts too.
//
//	1 − Σ p², at most 1 − 1/functions
//
// It is defined for two functions or more and somebody in the group. (Blau 1977,
// Inequality and heterogeneity.)
func MixOf(functions ...int) (Mix, bool) {
	all, same := 0, 0.0
	for _, n := range functions {
		if n < 0 {
			return Mix{}, false
		}
		all += n
	}
	if len(functions) < 2 || all == 0 {
		return Mix{}, false
	}
	for _, n := range functions {
		p := float64(n) / float64(all)
		same += p * p
	}
	m := Mix{Blau: 1 - same, Max: 1 - 1/float64(len(functions))}
	m.Ratio = m.Blau / m.Max
	return m, true
}
