package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

func TestADipAfterFeedback(t *testing.T) {
	// dipped is a fall since a check of 120 days ago, in one that was closed ten
	// days ago, with feedback in between.
	dipped := func(points float64, real bool, feedback ...int) consistency.Situation {
		now := aCheck("r1", 9, saying(fell(listens, -points, .3, real, "r0")))
		s := promised(aCheck("r0", 119, saying()), now)
		for _, days := range feedback {
			s.Rounds = append(s.Rounds, someFeedback("f", days, saying()))
		}
		return s
	}
	found := []consistency.Finding{{
		Object: consistency.The(domain.PromiseID("p1")), Since: ago(9), Coach: "cora",
		Evidence: []consistency.Object{consistency.The(domain.RoundID("r0")), consistency.The(domain.RoundID("r1"))},
	}}
	clear := dipped(.8, true, 30)
	newer := dipped(.8, true, 30)
	newer.Rounds = append(newer.Rounds, aCheck("r2", 2, saying(fell(listens, 0, .5, false, "r1"))))
	ofBert := dipped(.8, true, 30)
	ofBert.Rounds[2].Subject = "bert"
	erased := dipped(.8, true, 30)
	erased.Rounds[2].Report = nil
	try(t, cr39, append(silences(promised(clear.Rounds[2], clear.Rounds[0], clear.Rounds[1])), []trial{
		{name: "what is clear", in: clear, want: found},
		{name: "without feedback", in: dipped(.8, true)},
		{name: "feedback on another", in: ofBert},
		{name: "a newer check has come", in: newer},
		{name: "a rise", in: dipped(-.8, true, 30)},

		{name: "just less than ten of a hundred", in: dipped(.3, true, 30)},
		{name: "ten", in: dipped(.4, true, 30), want: found},
		{name: "just more", in: dipped(.5, true, 30), want: found},
		{name: "by chance", in: dipped(.2, false, 30), params: consistency.Params{"drop": 5}},

		{name: "just within ninety days", in: dipped(.8, true, 99), want: found},
		{name: "on the ninetieth", in: dipped(.8, true, 100), want: found},
		{name: "a day too late", in: dipped(.8, true, 101)},
		{name: "of which it was not the first check", in: dipped(.8, true, 121), params: consistency.Params{"days": 180}},
		{name: "on the day of the check before", in: dipped(.8, true, 120), params: consistency.Params{"days": 180}, want: found},
		{name: "on the day of the check itself", in: dipped(.8, true, 10)},
		{name: "two rounds of feedback are one dip", in: dipped(.8, true, 40, 30), want: found},
		{name: "the feedback was erased", in: erased, want: found},
	}...))
}
