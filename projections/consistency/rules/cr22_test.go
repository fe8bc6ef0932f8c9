package rules

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"koersvast/domain"
	"koersvast/domain/measure"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

// fell is by how much more something is noticed than in an earlier round.
func fell(q round.Question, value, half float64, real bool, since domain.RoundID) round.Item {
	return round.Item{Question: q.ID, Change: &round.Change{Estimate: estimate(value, half), Real: real, Since: since}}
}

func TestSomethingIsNoticedLess(t *testing.T) {
	before := aCheck("r0", 100, saying())
	since := func(items ...round.Item) consistency.Situation {
		return promised(before, aCheck("r1", 10, saying(items...)))
	}
	found := func(before, last domain.RoundID) []consistency.Finding {
		return []consistency.Finding{{
			Object: consistency.The(domain.PromiseID("p1")), Since: ago(10), Owner: "anna", Coach: "cora",
			Evidence: []consistency.Object{consistency.The(before), consistency.The(last)},
		}}
	}
	clear := since(fell(listens, -.8, .5, true, "r0"))
	// a series of checks, the last ten days ago, of which each fell that much
	// since the one before.
	series := func(falls ...float64) consistency.Situation {
		rounds := []consistency.Round{aCheck("s0", 400, saying())}
		for i, x := range falls {
			rounds = append(rounds, aCheck(domain.RoundID(fmt.Sprint("s", i+1)), 10+30*(len(falls)-1-i),
				saying(fell(listens, x, 1, false, domain.RoundID(fmt.Sprint("s", i))))))
		}
		return promised(rounds...)
	}
	gap := series(-.1, -.1, -.1, -.1)
	gap.Rounds[3].Report = nil
	cancelled := promised(before, aCheck("rc", 50, nil), aCheck("r1", 10, saying(fell(listens, -.8, .5, true, "r0"))))
	cancelled.Rounds[1].Status = round.StatusCancelled
	// counted is what two real checks bring, in which staff answered so.
	counted := func(was, is []int) consistency.Situation {
		first := round.Counting{
			Kind: domain.Check, Closed: ago(101), Questions: []round.Question{listens}, Thresholds: domain.UsualThresholds,
			Boxes: []round.Ballots{box(domain.Staff, was...)},
		}
		id := func() round.CommentID { return "" }
		then, second := round.Count(first, id), first
		second.Closed, second.Boxes = ago(11), []round.Ballots{box(domain.Staff, is...)}
		second.Earlier = []round.Earlier{{
			Kind: domain.Check, ID: "r0", Closed: first.Closed, Questions: first.Questions, Exact: then.Exact, Thresholds: first.Thresholds,
		}}
		now := round.Count(second, id)
		return promised(aCheck("r0", 100, &then.Report), aCheck("r1", 10, &now.Report))
	}
	kept := since(fell(listens, -.8, .5, true, "r0"))
	kept.Promises[0].Status = promise.StatusKept
	try(t, cr22, append(silences(clear), []trial{
		{name: "what is clear", in: clear, want: found("r0", "r1")},
		{name: "also of a promise that was called kept", in: kept, want: found("r0", "r1")},
		{name: "a rise", in: since(fell(listens, .8, .5, true, "r0"))},
		{name: "beside a round that was cancelled", in: cancelled, want: found("r0", "r1")},
		{name: "since another round", in: since(fell(listens, -.8, .5, true, "r9"))},
		{name: "the first check", in: promised(aCheck("r1", 10, saying()))},

		{name: "one fewer than has to answer", in: counted([]int{4, 4, 3, 4, 4}, []int{2, 2, 3, 2})},
		{name: "as many as have to", in: counted([]int{4, 4, 3, 4, 4}, []int{2, 2, 3, 2, 2}), want: found("r0", "r1")},
		{name: "just less than counts", in: since(fell(listens, -.4, .3, true, "r0"))},
		{name: "as much", in: since(fell(listens, -.5, .3, true, "r0")), want: found("r0", "r1")},
		{name: "just more", in: since(fell(listens, -.6, .3, true, "r0")), want: found("r0", "r1")},
		{name: "by chance", in: since(fell(listens, -.6, .7, false, "r0"))},
		{name: "for certain, though its rounded end is not", in: since(fell(listens, -.5, .5, true, "r0")), want: found("r0", "r1")},

		{name: "two behaviours of which one may have risen", in: since(fell(listens, -1.2, .5, true, "r0"), fell(visits, 0, .8, false, "r0"))},
		{name: "and may not", in: since(fell(listens, -1.2, .5, true, "r0"), fell(visits, -.5, .4, true, "r0")), want: found("r0", "r1")},
		{name: "together just less than counts", in: since(fell(listens, -.6, .5, true, "r0"), fell(visits, -.3, .2, true, "r0"))},

		{name: "two falls in a row", in: series(.1, -.1, -.1)},
		{name: "three", in: series(-.1, -.1, -.1), want: found("s2", "s3")},
		{name: "four", in: series(-.1, -.1, -.1, -.1), want: found("s3", "s4")},
		{name: "one between them was level", in: series(-.1, 0, -.1)},
		{name: "one between them was erased", in: gap},
	}...))
}

// What is called a sure fall is one before anything was rounded.
func TestNoFallIsSureThatCouldBeChance(t *testing.T) {
	rating := rapid.IntRange(measure.Lowest, measure.Highest)
	rapid.Check(t, func(t *rapid.T) {
		ratings := func(name string) []int { return rapid.SliceOfN(rating, 5, 12).Draw(t, name) }
		asked := []round.Question{listens, visits}
		answer := func(listens, visits []int) round.Ballots {
			b := round.Ballots{Group: domain.Staff, Invited: len(listens)}
			for i := range listens {
				b.Took = append(b.Took, domain.PersonID(fmt.Sprint("rater", i)))
				b.Answers = append(b.Answers, round.Answer{Sees: map[domain.QuestionID]int{asked[0].ID: listens[i], asked[1].ID: visits[i]}})
			}
			return b
		}
		was, is := ratings("was"), ratings("is")
		other := func(of []int, name string) []int { return rapid.SliceOfN(rating, len(of), len(of)).Draw(t, name) }
		wasToo, isToo := other(was, "was too"), other(is, "is too")
		id := func() round.CommentID { return "" }
		counting := round.Counting{
			Kind: domain.Check, Closed: ago(400), Questions: asked, Thresholds: domain.UsualThresholds, Boxes: []round.Ballots{answer(was, wasToo)},
		}
		first := round.Count(counting, id)
		counting.Earlier = []round.Earlier{{
			Kind: domain.Check, ID: "r0", Closed: counting.Closed, Questions: asked, Exact: first.Exact, Thresholds: counting.Thresholds,
		}}
		counting.Closed, counting.Boxes = ago(11), []round.Ballots{answer(is, isToo)}
		second := round.Count(counting, id)
		c, ok := changeSinceLast([]consistency.Round{aCheck("r0", 400, &first.Report), aCheck("r1", 10, &second.Report)})
		if !ok || !c.surelyFell {
			return
		}
		changes := []measure.Estimate{compared(is, was).Estimate, compared(isToo, wasToo).Estimate}
		shown := slices.DeleteFunc(slices.Clone(second.Report.Items), func(item round.Item) bool { return item.Change == nil })
		if len(shown) == 1 {
			return // of one, real is real
		}
		if exact, _ := consistency.Mean(changes); exact.High >= 1e-9 {
			t.Fatalf("a sure fall of %v", exact)
		}
	})
}
