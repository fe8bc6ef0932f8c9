package disclosure_test

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A victim is people of whom an attacker knows too much.
type victim[R comparable] []R

// attacked returns people on fewer of whom than they were promised a
// combination of sums rests, none if there is no such combination. It shares
// nothing with the planner but the question: the planner asks what the rows
// of the matrix span, and this looks, with fractions, for dependent rows of a
// basis of its null space, which is the same by duality.
func attacked[R comparable](k func(R) int, sums ...[]R) victim[R] {
	in := map[R]string{}
	for i, sum := range sums {
		for _, r := range sum {
			if k(r) != 1 {
				in[r] = fmt.Sprintf("%s %d", in[r], i)
			}
		}
	}
	alike := map[string][]R{}
	for r, where := range in {
		alike[where] = append(alike[where], r)
	}
	var people [][]R
	for _, where := range slices.Sorted(maps.Keys(alike)) {
		people = append(people, alike[where])
	}
	matrix := make([][]*big.Rat, len(sums))
	for i, sum := range sums {
		for _, some := range people {
			entry := new(big.Rat)
			if slices.Contains(sum, some[0]) {
				entry.SetInt64(1)
			}
			matrix[i] = append(matrix[i], entry)
		}
	}
	return dependent(k, people, nullSpace(matrix, len(people)), nil, 0)
}

// nullSpace returns a basis, as the columns of a matrix with a row for each
// column of m.
func nullSpace(m [][]*big.Rat, columns int) [][]*big.Rat {
	pivotOf := map[int]int{} // by column
	for j := range columns {
		r := len(pivotOf)
		i := slices.IndexFunc(m[r:], func(row []*big.Rat) bool { return row[j].Sign() != 0 })
		if i < 0 {
			continue
		}
		m[r], m[r+i] = m[r+i], m[r]
		pivotOf[j] = r
		for i, row := range m {
			if i == r || row[j].Sign() == 0 {
				continue
			}
			factor := new(big.Rat).Quo(row[j], m[r][j])
			for x := range row {
				row[x] = new(big.Rat).Sub(row[x], new(big.Rat).Mul(factor, m[r][x]))
			}
		}
	}
	null := make([][]*big.Rat, columns)
	for free := range columns {
		if _, pivot := pivotOf[free]; pivot {
			continue
		}
		for j := range columns {
			entry := new(big.Rat)
			if r, pivot := pivotOf[j]; pivot {
				entry.Neg(new(big.Rat).Quo(m[r][free], m[r][j]))
			} else if j == free {
				entry.SetInt64(1)
			}
			null[j] = append(null[j], entry)
		}
	}
	return null
}

// dependent looks for rows that depend on each other, and on none fewer. The
// picked ones do not; of each it keeps what is left of it after those before
// it were taken out, and how much of which row that is.
func dependent[R comparable](k func(R) int, people [][]R, null [][]*big.Rat, picked []pick, from int) victim[R] {
	for j := from; j < len(null); j++ {
		size := len(people[j])
		for _, p := range picked {
			size += len(people[p.row])
		}
		if size > 6 { // nobody in these tests is promised more than seven
			continue
		}
		p := pick{row: j, rest: slices.Clone(null[j]), of: map[int]*big.Rat{j: big.NewRat(1, 1)}}
		for _, q := range picked {
			p.minus(q)
		}
		if !p.zero() {
			if found := dependent(k, people, null, append(slices.Clip(picked), p), j+1); found != nil {
				return found
			}
			continue
		}
		var found victim[R]
		most := 0
		for row, share := range p.of {
			if share.Sign() == 0 {
				continue
			}
			found = append(found, people[row]...)
			for _, r := range people[row] {
				most = max(most, k(r))
			}
		}
		if len(found) < most {
			return found
		}
	}
	return nil
}

type pick struct {
	row  int
	rest []*big.Rat
	of   map[int]*big.Rat
}

func (p *pick) lead() int {
	return slices.IndexFunc(p.rest, func(x *big.Rat) bool { return x.Sign() != 0 })
}
func (p *pick) zero() bool { return p.lead() < 0 }

func (p *pick) minus(q pick) {
	factor := new(big.Rat).Quo(p.rest[q.lead()], q.rest[q.lead()])
	for i := range p.rest {
		p.rest[i] = new(big.Rat).Sub(p.rest[i], new(big.Rat).Mul(factor, q.rest[i]))
	}
	for row, share := range q.of {
		was := p.of[row]
		if was == nil {
			was = new(big.Rat)
		}
		p.of[row] = new(big.Rat).Sub(was, new(big.Rat).Mul(factor, share))
	}
}

func everyone(k int) func(int) int { return func(int) int { return k } }

func TestTheAttackerKnowsHowToSubtract(t *testing.T) {
	for name, c := range map[string]struct {
		k    int
		sums [][]int
		leak bool
	}{
		"one cell, large enough":   {4, [][]int{{1, 2, 3, 4}}, false},
		"one cell, too small":      {4, [][]int{{1, 2, 3}}, true},
		"a total and its parts":    {4, [][]int{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, {1, 2, 3, 4, 5, 6}, {7, 8, 9, 10}}, true},
		"one who came later":       {4, [][]int{{1, 2, 3, 4, 5}, {1, 2, 3, 4, 5, 6}}, true},
		"one took another's place": {3, [][]int{{1, 2, 3, 4}, {2, 3, 4, 5}}, true},
		"half the sum of three":    {3, [][]int{{1, 2, 10, 11, 12}, {1, 3, 10, 11, 12}, {2, 3}}, true},
		"only by halves": {
			3, [][]int{
				{1, 2, 11, 12, 13},
				{1, 3, 14, 15, 16},
				{2, 3, 17, 18, 19},
				{11, 12, 13, 20, 21, 22},
				{14, 15, 16, 20, 21, 22},
				{17, 18, 19, 20, 21, 22},
				{20, 21, 22},
			}, true,
		},
		"rows and columns of a table": {3, [][]int{
			{1, 2, 3, 4, 5, 6}, {7, 8, 9, 10, 11, 12}, {1, 2, 3, 7, 8, 9}, {4, 5, 6, 10, 11, 12},
		}, false},
	} {
		if found := attacked(everyone(c.k), c.sums...); (found != nil) != c.leak {
			t.Errorf("%s: the attacker finds %v, want a leak: %v", name, found, c.leak)
		}
	}
}

// organisation draws people in overlapping cells: everybody, regions of teams,
// functions, and some committees.
func organisation(t *rapid.T, people int) map[string][]int {
	teams, functions := rapid.IntRange(1, 5).Draw(t, "teams"), rapid.IntRange(1, 3).Draw(t, "functions")
	cells := map[string][]int{}
	for p := range people {
		team := rapid.IntRange(1, teams).Draw(t, "team")
		in := []string{
			"all", fmt.Sprint("region ", (team+1)/2), fmt.Sprint("team ", team),
			fmt.Sprint("function ", rapid.IntRange(1, functions).Draw(t, "function")),
		}
		if rapid.IntRange(0, 2).Draw(t, "committee") == 0 {
			in = append(in, "committee")
		}
		for _, cell := range in {
			cells[cell] = append(cells[cell], p)
		}
	}
	return cells
}
