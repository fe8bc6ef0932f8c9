package disclosure

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// The search for combinations is exact because no determinant that it can meet
// reaches the prime.
func TestNoDeterminantReachesThePrime(t *testing.T) {
	p := big.NewInt(prime)
	if !p.ProbablyPrime(0) { // which does not err below 2⁶⁴
		t.Errorf("%d is no prime", p)
	}
	// Squared, since the bound has a root in it: (n+1)^(n+1) / 4^n < p².
	reaches := func(n int64) bool {
		bound := new(big.Int).Exp(big.NewInt(n+1), big.NewInt(n+1), nil)
		limit := new(big.Int).Mul(p, p)
		return bound.Cmp(limit.Mul(limit, new(big.Int).Exp(big.NewInt(4), big.NewInt(n), nil))) >= 0
	}
	if reaches(maxRows) {
		t.Errorf("a determinant of %d rows can reach the prime", maxRows)
	}
}

func TestArithmeticIsModuloThePrime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.OneOf(rapid.Uint64Range(0, prime-1), rapid.SampledFrom([]uint64{0, 1, prime - 1, 1 << 60}))
		a, b := number.Draw(t, "a"), number.Draw(t, "b")
		p, x, y := big.NewInt(prime), new(big.Int).SetUint64(a), new(big.Int).SetUint64(b)
		product := new(big.Int).Mul(x, y)
		if got, want := times(a, b), product.Mod(product, p).Uint64(); got != want {
			t.Errorf("%d × %d = %d, want %d", a, b, got, want)
		}
		difference := new(big.Int).Sub(x, y)
		if got, want := minus(a, b), difference.Mod(difference, p).Uint64(); got != want {
			t.Errorf("%d − %d = %d, want %d", a, b, got, want)
		}
		if a != 0 && times(a, inverse(a)) != 1 {
			t.Errorf("%d × %d is not 1", a, inverse(a))
		}
	})
}

// What is too entangled to be searched is withheld, and the search ends.
func TestATangleCountsAsIsolating(t *testing.T) {
	tangle := func(cells int) (sums [][]int) {
		for i := range cells {
			var sum []int
			for p := range 100 {
				if p%(i+2) < (i+2)/2 {
					sum = append(sum, p)
				}
			}
			sums = append(sums, sum)
		}
		return sums
	}
	many, few := tangle(2*maxRows), tangle(maxRows)
	if !isolates(everyone(5), many[1:], many[0]) {
		t.Error("one more cell beside more than can be searched exactly is allowed")
	}
	if derived(everyone(5), many[1:], many[0]) {
		t.Error("a cell follows from more than can be searched exactly")
	}
	if !isolates(everyone(12), few[1:], few[0]) {
		t.Error("one more cell beside more than can be searched in time is allowed")
	}
}

func everyone(k int) func(int) int { return func(int) int { return k } }
