package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/measure"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

// beside is what came out of a question about how somebody sees themselves
// beside others.
func beside(q round.Question, gap float64, window measure.Category) round.Item {
	return round.Item{Question: q.ID, Gap: &round.Gap{Estimate: estimate(gap, .5), Window: window}}
}

func TestABlindSpot(t *testing.T) {
	spot := after(saying(beside(listens, 1.2, measure.BlindSpot)))
	unread := promised(someFeedback("r1", 10, saying(beside(listens, 1.2, measure.BlindSpot))))
	read := promised(talked(someFeedback("r1", 30, saying(beside(listens, 1.2, measure.BlindSpot))), 10))
	two := finding("r1", "visits", 2)
	two.Evidence = []consistency.Object{consistency.The(domain.BehaviourID("listens")), consistency.The(domain.BehaviourID("visits"))}
	itself := aCheck("r1", 10, saying(round.Item{Question: "promise", Gap: &round.Gap{Estimate: estimate(1, .5), Window: measure.BlindSpot}}))
	itself.Questions = []round.Question{{ID: "promise", Scale: round.HearSee}}
	ofItself := finding("r1", "", 1)
	ofItself.Things["behaviour"], ofItself.Evidence[0] = consistency.The(itself.Promise), consistency.The(itself.Promise)
	superseded := promised(spot.Rounds[0], aCheck("r2", 5, saying(beside(listens, .5, measure.KnownPoint))))
	try(t, cr17, append(silences(spot), []trial{
		{name: "what is clear", in: spot, want: []consistency.Finding{finding("r1", "listens", 1.2)}},
		{name: "though others see a strength", in: after(saying(beside(listens, 1, measure.HigherBySelf))), want: []consistency.Finding{finding("r1", "listens", 1)}},
		{name: "the other way round is another rule", in: after(saying(beside(listens, -1.2, measure.StrictOnSelf)))},
		{name: "of several the clearest", in: after(saying(beside(listens, 1, measure.BlindSpot), beside(visits, 2, measure.BlindSpot))), want: []consistency.Finding{two}},
		{name: "of the promise itself", in: promised(itself), want: []consistency.Finding{ofItself}},
		{name: "a statement is no behaviour", in: promised(talked(someFeedback("r1", 30, saying(beside(keeps, 2, measure.BlindSpot))), 10))},
		{name: "a newer check says otherwise", in: superseded},
		{name: "feedback that was not talked about", in: unread},
		{name: "and that was", in: read, want: []consistency.Finding{finding("r1", "listens", 1.2)}},

		{name: "one fewer than has to answer", in: after(brought(box(domain.Self, 5), box(domain.Staff, 3, 4, 3, 4)))},
		{name: "as many as have to", in: after(brought(box(domain.Self, 5), box(domain.Staff, 3, 4, 3, 4, 3))), want: []consistency.Finding{finding("r1", "listens", 1.5)}},
		{name: "just below the margin", in: after(brought(box(domain.Self, 5), box(domain.Staff, 5, 5, 5, 4, 4, 4, 4, 4)))},
		{name: "on it", in: after(brought(box(domain.Self, 5), box(domain.Staff, 5, 5, 4, 4, 4, 4, 4, 4))), want: []consistency.Finding{finding("r1", "listens", .7)}},
		{name: "just above", in: after(brought(box(domain.Self, 5), box(domain.Staff, 5, 4, 4, 4, 4, 4, 4, 4))), want: []consistency.Finding{finding("r1", "listens", .9)}},
		{name: "wide, and by chance", in: after(brought(box(domain.Self, 5), box(domain.Staff, 5, 5, 5, 5, 5, 5, 1, 1)))},

		{name: "below a stricter margin", in: spot, params: consistency.Params{"margin": 1.3}},
		{name: "on it exactly", in: spot, params: consistency.Params{"margin": 1.2}, want: []consistency.Finding{finding("r1", "listens", 1.2)}},
	}...))
}
