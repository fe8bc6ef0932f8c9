// Package disclosure decides which results of a round of questions may leave,
// so that no combination of everything that was published isolates fewer
// people than was promised.
//
// A threshold alone does not do that. If six employees and four informal
// leaders are shown, and a total of eleven, then the eleventh can be found by
// subtracting; so can somebody who came later, from two rounds. Leaving out
// more than what is too small is known as complementary suppression (Cox,
// "Suppression methodology and statistical disclosure control", Journal of the
// American Statistical Association 75, 1980, 377–385), what it guards against
// as differencing (Denning, Denning and Schwartz, "The tracker", ACM
// Transactions on Database Systems 4, 1979, 76–96).
//
//   - [PlanOf] plans a round about one person: groups, and the total over what
//     is shown.
//   - [Choose] plans any other cells that may overlap, such as splits by region
//     and by function. They are declared beforehand: every later question is one
//     more equation.
//   - [DetailOf] and [VoicesOf] say how much may be told of a cell that is shown.
//
// What holds for a sum holds for all that is made of it: a mean, sums of
// squares and so intervals, a distribution, and whatever is computed from
// shown cells only, such as the mean of a theme over its shown items. Nothing
// may leave that needs another cell, not even how many answered in it.
//
// There are limits. Somebody who knows what others answered, because they said
// so, knows more than what was published. A guess that is not linear, such as
// from a mean at the very end of the scale, is met by [DetailOf] only.
package disclosure

import (
	"cmp"
	"math"
	"slices"

	"koersvast/domain"
)

// A Verdict says whether a cell may leave. For readers all that is not Shown
// looks the same; why it is not is for the coach alone.
type Verdict string

const (
	Shown         Verdict = "shown"
	Empty         Verdict = "empty"         // nobody answered
	TooFew        Verdict = "too_few"       // fewer people than was promised
	Complementary Verdict = "complementary" // with the other cells it would isolate somebody
	EarlierRound  Verdict = "earlier_round" // with what was published before it would isolate somebody
)

// A Cell is the people over whose answers a result is computed. A respondent
// is anything that tells one from another.
type Cell[R comparable] struct {
	Name string // no two cells have the same
	Of   []R
}

// Recognised is the threshold of those who know that their answers can be
// recognised. They are shown as they are, and nobody hides behind them.
const Recognised = 1

// Choose decides of each cell whether it may leave when some were published
// before; promised is how many people somebody was told to be among. It is
// [Recognised] or at least [domain.LowestThreshold]; of anybody who was
// promised less, nothing is shown.
//
// A cell is shown when it follows from what is shown already, or when no
// combination of it with what was published and with all larger cells isolates
// anybody. That these larger cells count even if they are not shown themselves
// costs a few cells, and makes higher thresholds never show a cell that lower
// ones hid. The order of the cells changes nothing.
func Choose[R comparable](promised func(R) int, cells, published []Cell[R]) []Verdict {
	k := func(r R) int { return lawful(promised(r)) }
	var before [][]R
	for _, c := range slices.SortedFunc(slices.Values(published), largerFirst) {
		before = append(before, c.Of)
	}
	order := make([]int, len(cells))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return largerFirst(cells[i], cells[j]) })

	verdicts := make([]Verdict, len(cells))
	shown, larger := slices.Clone(before), [][]R(nil)
	for _, i := range order {
		set := cells[i].Of
		switch {
		case len(set) == 0:
			verdicts[i] = Empty
		case tooFew(k, set):
			verdicts[i] = TooFew
		case derived(k, shown, set) || !isolates(k, slices.Concat(before, larger), set):
			verdicts[i] = Shown
			shown = append(shown, set)
		case len(before) == 0 || isolates(k, larger, set):
			verdicts[i] = Complementary
		default:
			verdicts[i] = EarlierRound
		}
		larger = append(larger, set)
	}
	return verdicts
}

func largerFirst[R comparable](a, b Cell[R]) int {
	return cmp.Or(cmp.Compare(len(b.Of), len(a.Of)), cmp.Compare(a.Name, b.Name))
}

// never is a threshold that no cell reaches.
const never = math.MaxInt

// lawful returns never for a threshold that nobody may be promised.
func lawful(k int) int {
	if k != Recognised && k < domain.LowestThreshold {
		return never
	}
	return k
}

// tooFew reports whether a set has fewer people than somebody in it was
// promised to be among.
func tooFew[R comparable](k func(R) int, set []R) bool {
	hidden, most := map[R]bool{}, 0
	for _, r := range set {
		if k(r) != Recognised {
			hidden[r] = true
			most = max(most, k(r))
		}
	}
	return len(hidden) < most
}
