package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

func TestThoseWhoAnsweredHearBack(t *testing.T) {
	found := func(ids ...domain.RoundID) (list []consistency.Finding) {
		for _, id := range ids {
			list = append(list, consistency.Finding{Object: consistency.The(id), Since: today, Owner: "anna"})
		}
		return list
	}
	since := func(id domain.RoundID, days int) consistency.Round {
		return talked(someFeedback(id, 60, saying()), days)
	}
	written, waived := since("r1", 31), since("r1", 31)
	written.Letter, waived.Waived = true, true
	of := silences(promised(since("r1", 31)))
	try(t, cr40, []trial{
		of[0], of[2], of[3],
		{name: "just short of it", in: promised(since("r1", 29))},
		{name: "thirty days", in: promised(since("r1", 30))},
		{name: "a day more", in: promised(since("r1", 31)), want: found("r1")},
		{name: "read without a talk", in: promised(waived), want: found("r1")},
		{name: "a letter was written", in: promised(written)},
		{name: "not read yet", in: promised(someFeedback("r1", 60, saying()))},
		{name: "in each round there were others", in: promised(since("r1", 31), since("r2", 31)), want: found("r1", "r2")},
		{name: "a check asks for no letter", in: promised(aCheck("r1", 60, saying()))},
		{name: "a programme can be stricter", in: promised(since("r1", 15)), params: consistency.Params{"days": 14}, want: found("r1")},
	})
}
