package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/promise"
	"koersvast/domain/strategy"
	"koersvast/projections/consistency"
)

func TestSomethingIsPromisedUnderEveryPillar(t *testing.T) {
	adopted := func(days int, promises ...consistency.Promise) consistency.Situation {
		return consistency.Situation{
			Pillars:    []consistency.Pillar{{ID: "nabij", Status: strategy.StatusAdopted, Since: ago(days)}},
			Behaviours: []consistency.Behaviour{{ID: "bellen", Pillar: "nabij"}},
			Promises:   promises,
		}
	}
	status := func(s strategy.Status) consistency.Situation {
		in := adopted(99)
		in.Pillars[0].Status = s
		return in
	}
	shown := p1(func(p *consistency.Promise) { p.Pillar, p.Behaviours = "", []domain.BehaviourID{"bellen"} })
	elsewhere := p1(func(p *consistency.Promise) { p.Pillar = "" })
	finds := func(since domain.Day) []consistency.Finding {
		return []consistency.Finding{{Object: consistency.The(domain.PillarID("nabij")), Since: since}}
	}
	try(t, cr02, []trial{
		{name: "a month is given", in: adopted(29)},
		{name: "and no more", in: adopted(30), want: finds(today)},
		{name: "it was so before today", in: adopted(31), want: finds(ago(1))},
		{name: "one promise is enough", in: adopted(99, p1(nil))},
		{name: "one that is shown by behaviour under it too", in: adopted(99, shown)},
		{name: "one that stands nowhere is not", in: adopted(99, elsewhere), want: finds(ago(69))},
		{name: "nor one that was withdrawn", in: adopted(99, p1(ends(promise.StatusWithdrawn, 9))), want: finds(ago(69))},
		{name: "a pillar that was only proposed asks nothing", in: status(strategy.StatusProposed)},
		{name: "nor does one that was retired", in: status(strategy.StatusRetired)},
		{name: "a programme can give more time", in: adopted(59), params: consistency.Params{"days": 60}},
	})
}
