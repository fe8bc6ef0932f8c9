package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/measure"
	"koersvast/projections/consistency"
)

func TestAHiddenStrength(t *testing.T) {
	strength := after(saying(beside(listens, -1.2, measure.HiddenStrength)))
	try(t, cr18, append(silences(strength), []trial{
		{name: "what is clear", in: strength, want: []consistency.Finding{finding("r1", "listens", 1.2)}},
		{name: "though others see no strength", in: after(saying(beside(listens, -1, measure.StrictOnSelf))), want: []consistency.Finding{finding("r1", "listens", 1)}},
		{name: "the other way round is another rule", in: after(saying(beside(listens, 1.2, measure.BlindSpot)))},
		{name: "feedback that was not talked about", in: promised(someFeedback("r1", 10, strength.Rounds[0].Report))},

		{name: "one fewer than has to answer", in: after(brought(box(domain.Self, 2), box(domain.Staff, 4, 4, 3, 4)))},
		{name: "as many as have to", in: after(brought(box(domain.Self, 2), box(domain.Staff, 4, 4, 3, 4, 3))), want: []consistency.Finding{finding("r1", "listens", 1.5)}},
		{name: "just below the margin", in: after(brought(box(domain.Self, 3), box(domain.Staff, 4, 4, 4, 4, 4, 3, 3, 3)))},
		{name: "on it", in: after(brought(box(domain.Self, 3), box(domain.Staff, 4, 4, 4, 4, 4, 4, 3, 3))), want: []consistency.Finding{finding("r1", "listens", .8)}},
		{name: "just above", in: after(brought(box(domain.Self, 3), box(domain.Staff, 4, 4, 4, 4, 4, 4, 4, 3))), want: []consistency.Finding{finding("r1", "listens", .9)}},

		{name: "below a stricter margin", in: strength, params: consistency.Params{"margin": 1.3}},
	}...))
}
