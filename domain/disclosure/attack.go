package disclosure

import (
	"cmp"
	"maps"
	"math/bits"
	"slices"
)

// An attack is somebody who knows the sum of the answers of some sets of
// people, the published cells, and adds and subtracts these sums in any
// proportion. The sums are the rows of a matrix of zeros and ones, with a
// column for everybody. People who are in the same cells everywhere share a
// column: no combination tells them apart.
//
// A combination rests on the people in whose column it is not zero. It
// isolates when they are fewer than one of them was promised to be among. That
// is more than to find the sum over a few: "Anja gave two points more than
// Bram" rests on two people and isolates them too.
//
// What it takes to keep such a combination from being made is a question
// about ranks, and those are computed modulo the prime 2⁶¹−1. This is exact.
// By Hadamard's inequality a determinant of n rows of zeros and ones is at
// most (n+1)^((n+1)/2) / 2ⁿ, and up to n = 36 that is less than the prime: a
// determinant that is not zero is not zero modulo the prime either, so that
// each submatrix of at most 36 rows has the rank that it has among the
// fractions. Whatever would need more rows counts as isolating.
type attack struct {
	columns []column
	rows    [][]uint64 // one for each cell; the cell in question is the last
	used    []uint64   // one more column: how much of the cell in question is in it

	taken  []bool // columns that the combination looked for may rest on
	barred []bool // columns that it may not, since that was tried before
	work   int    // done so far
}

// A column is some people who are in the same cells.
type column struct {
	in       string // one byte for each cell
	people   int
	promised int // the highest threshold among them
}

const (
	prime   = 1<<61 - 1
	maxRows = 36
	maxWork = 10_000_000 // multiplications in a search, about; a tangle that takes more counts as isolating
)

// derived reports whether the sum over a set follows from the sums over
// others, so that showing it tells nothing new.
func derived[R comparable](k func(R) int, sums [][]R, set []R) bool {
	a, ok := newAttack(k, sums, set)
	if !ok {
		return false
	}
	return len(independent(a.rows)) < len(a.rows)
}

// isolates reports whether somebody who knows the sums over some sets, and
// over one more, can make a combination of that one and the others that
// isolates people. Those who know that they are recognised count for nothing.
func isolates[R comparable](k func(R) int, sums [][]R, set []R) bool {
	a, ok := newAttack(k, sums, set)
	if !ok {
		return true
	}
	a.forget()
	for b, c := range a.columns {
		a.taken[b] = true
		if c.people < c.promised && a.search(b, c.people) {
			return true
		}
		a.taken[b] = false
	}
	return false
}

// newAttack returns an attack with the sums that have to do with a set. It is
// false when there are too many of these.
func newAttack[R comparable](k func(R) int, sums [][]R, set []R) (*attack, bool) {
	sets := connected(k, append(slices.Clip(sums), set))
	in := map[R][]byte{}
	for i, s := range sets {
		for r := range s {
			if in[r] == nil {
				in[r] = make([]byte, len(sets))
			}
			in[r][i] = 1
		}
	}
	columns := map[string]column{}
	for r, b := range in {
		c := columns[string(b)]
		columns[string(b)] = column{string(b), c.people + 1, max(c.promised, k(r))}
	}
	a := &attack{columns: slices.SortedFunc(maps.Values(columns), func(a, b column) int {
		return cmp.Or(cmp.Compare(b.people, a.people), cmp.Compare(a.in, b.in))
	})}
	for i := range sets {
		row := make([]uint64, len(a.columns))
		for j, c := range a.columns {
			row[j] = uint64(c.in[i])
		}
		a.rows = append(a.rows, row)
	}
	last := len(sets) - 1
	a.rows = append(independent(a.rows[:last]), a.rows[last])
	a.used = make([]uint64, len(a.rows))
	a.used[len(a.rows)-1] = 1
	a.taken, a.barred = make([]bool, len(columns)), make([]bool, len(columns))
	return a, len(a.rows) <= maxRows
}

// connected returns the last of some sets, as the last, and those that share
// people with it, directly or through others. What is known of other people
// cannot be combined with it to say less. Nobody is in it who is recognised
// anyhow.
func connected[R comparable](k func(R) int, sums [][]R) (found []map[R]bool) {
	left := make([]map[R]bool, len(sums))
	for i, s := range sums {
		left[i] = map[R]bool{}
		for _, r := range s {
			if k(r) != Recognised {
				left[i][r] = true
			}
		}
	}
	last := left[len(left)-1]
	reached := maps.Clone(last)
	left = left[:len(left)-1]
	for more := true; more; {
		more = false
		left = slices.DeleteFunc(left, func(s map[R]bool) bool {
			for r := range s {
				if reached[r] {
					maps.Copy(reached, s)
					found, more = append(found, s), true
					return true
				}
			}
			return false
		})
	}
	return append(found, last)
}

// forget leaves only what can be combined without the columns that are too
// large for anything that isolates to rest on. Most often that is nothing.
func (a *attack) forget() {
	most := 0
	for _, c := range a.columns {
		most = max(most, c.promised)
	}
	large := 0 // the columns come in order of size
	for large < len(a.columns) && a.columns[large].people >= most {
		large++
	}
	m := make([][]uint64, len(a.rows))
	for i, row := range a.rows {
		m[i] = append(slices.Clone(row), a.used[i])
	}
	rank := len(reduce(m, large))
	a.columns, a.rows, a.used = a.columns[large:], nil, nil
	for _, row := range m[rank:] {
		a.rows = append(a.rows, row[large:len(row)-1])
		a.used = append(a.used, row[len(row)-1])
	}
}

// search reports whether a combination that isolates uses the cell in
// question, rests on column b, on those that are taken and perhaps on more,
// but on none that is barred. So many people are in those that are taken.
//
// It rests on the orthogonality of circuits and cocircuits (Oxley, Matroid
// Theory, 2.1.11): if b's column is a sum of multiples of columns that are not
// taken, then no combination rests on b without resting on one of these.
func (a *attack) search(b, people int) bool {
	a.work += len(a.rows) * len(a.rows) * len(a.columns)
	if a.work > maxWork {
		return true
	}
	protectors, ok := a.express(a.used)
	if !ok {
		target := make([]uint64, len(a.rows))
		for i, row := range a.rows {
			target[i] = row[b]
		}
		protectors, ok = a.express(target)
	}
	if !ok {
		return true
	}
	var tried []int
	defer func() {
		for _, c := range tried {
			a.barred[c] = false
		}
	}()
	for _, c := range protectors {
		n := people + a.columns[c].people
		if a.barred[c] || n >= a.columns[b].promised {
			continue
		}
		a.taken[c] = true
		found := a.search(b, n)
		a.taken[c] = false
		if found {
			return true
		}
		a.barred[c], tried = true, append(tried, c)
	}
	return false
}

// express returns of which columns, among those that are not taken, a column
// is a sum of multiples, large ones first; false if there is no such sum.
func (a *attack) express(target []uint64) (of []int, ok bool) {
	var free []int
	for j := range a.columns {
		if !a.taken[j] {
			free = append(free, j)
		}
	}
	m := make([][]uint64, len(a.rows))
	for i, row := range a.rows {
		m[i] = make([]uint64, 0, len(free)+1)
		for _, j := range free {
			m[i] = append(m[i], row[j])
		}
		m[i] = append(m[i], target[i])
	}
	pivots := reduce(m, len(free))
	for _, row := range m[len(pivots):] {
		if row[len(free)] != 0 {
			return nil, false
		}
	}
	for i, j := range pivots {
		if m[i][len(free)] != 0 {
			of = append(of, free[j])
		}
	}
	return of, true
}

// independent returns rows from which the others follow.
func independent(rows [][]uint64) (some [][]uint64) {
	if len(rows) == 0 {
		return nil
	}
	// The columns of the transpose in which a pivot stands are such rows.
	m := make([][]uint64, len(rows[0]))
	for j := range m {
		for _, row := range rows {
			m[j] = append(m[j], row[j])
		}
	}
	for _, i := range reduce(m, len(rows)) {
		some = append(some, rows[i])
	}
	return some
}

// reduce brings the first columns of a matrix in reduced row echelon form, and
// returns in which of them the pivots of its first rows stand.
func reduce(m [][]uint64, columns int) (pivots []int) {
	for j := range columns {
		r := len(pivots)
		i := slices.IndexFunc(m[r:], func(row []uint64) bool { return row[j] != 0 })
		if i < 0 {
			continue
		}
		m[r], m[r+i] = m[r+i], m[r]
		scale := inverse(m[r][j])
		for x := range m[r] {
			m[r][x] = times(m[r][x], scale)
		}
		for i, row := range m {
			if factor := row[j]; i != r && factor != 0 {
				for x := j; x < len(row); x++ {
					row[x] = minus(row[x], times(factor, m[r][x]))
				}
			}
		}
		pivots = append(pivots, j)
	}
	return pivots
}

func minus(a, b uint64) uint64 {
	if a < b {
		a += prime
	}
	return a - b
}

func times(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	n := (hi<<3 | lo>>61) + lo&prime // 2⁶¹ is one
	if n >= prime {
		n -= prime
	}
	return n
}

// inverse is a to the power of the prime minus two (Fermat).
func inverse(a uint64) uint64 {
	result := uint64(1)
	for e := uint64(prime - 2); e > 0; e >>= 1 {
		if e&1 == 1 {
			result = times(result, a)
		}
		a = times(a, a)
	}
	return result
}
