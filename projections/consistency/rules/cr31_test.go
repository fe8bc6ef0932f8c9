package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

func TestWhoPromisesGetsFeedback(t *testing.T) {
	found := []consistency.Finding{{Object: consistency.The(domain.PersonID("anna")), Since: today, Owner: "anna"}}
	status := func(is promise.Status) consistency.Situation {
		s := promised()
		s.Promises[0].Status = is
		return s
	}
	planned := func(is round.Status, opens int) consistency.Situation {
		return promised(consistency.Round{ID: "r1", Kind: domain.Feedback, Subject: "anna", Status: is, Opens: ago(-opens)})
	}
	ofBert := promised(someFeedback("r1", 10, saying()))
	ofBert.Rounds[0].Subject = "bert"
	gone := promised()
	gone.People[0].Gone = ago(1)
	twice := promised()
	twice.Promises = append(twice.Promises, twice.Promises[0])
	twice.Promises[1].ID = "p2"
	try(t, cr31, []trial{
		{name: "an empty programme"},
		{name: "no feedback at all", in: promised(), want: found},
		{name: "two promises are one question", in: twice, want: found},
		{name: "only what runs", in: status(promise.StatusKept)},
		{name: "not what was withdrawn", in: status(promise.StatusWithdrawn)},
		{name: "nor what nobody accepted", in: status(promise.StatusProposed)},
		{name: "who has left", in: gone},
		{name: "a check is no feedback", in: promised(aCheck("r1", 10, saying())), want: found},
		{name: "nor is feedback on another", in: ofBert, want: found},
		{name: "feedback of the last year", in: promised(someFeedback("r1", 364, saying()))},
		{name: "of just a year ago", in: promised(someFeedback("r1", 365, saying()))},
		{name: "of longer ago", in: promised(someFeedback("r1", 366, saying())), want: found},
		{name: "its report may have been erased", in: promised(someFeedback("r1", 10, nil))},
		{name: "soon", in: planned(round.StatusPlanned, 89)},
		{name: "just soon enough", in: planned(round.StatusPlanned, 90)},
		{name: "later", in: planned(round.StatusPlanned, 91), want: found},
		{name: "approved", in: planned(round.StatusApproved, 10)},
		{name: "open", in: planned(round.StatusOpen, -10)},
		{name: "closed, and not counted yet", in: planned(round.StatusClosed, -20)},
		{name: "cancelled", in: planned(round.StatusCancelled, 10), want: found},
		{name: "too few answered", in: planned(round.StatusNothing, -20), want: found},
		{name: "a programme can ask for more", in: promised(someFeedback("r1", 200, saying())), params: consistency.Params{"back": 180}, want: found},
	})
}
