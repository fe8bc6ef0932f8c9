package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/promise"
	"koersvast/domain/strategy"
	"koersvast/projections/consistency"
)

func TestTheMTPromisesWhereItAsks(t *testing.T) {
	asks := func(whose domain.Role, status strategy.Status, promises ...consistency.Promise) consistency.Situation {
		return consistency.Situation{
			Pillars: []consistency.Pillar{{ID: "nabij", Status: strategy.StatusAdopted, Since: ago(50)}},
			Behaviours: []consistency.Behaviour{
				{ID: "terug", Pillar: "nabij", Whose: whose, Status: status, Since: ago(20)},
				{ID: "bellen", Pillar: "nabij", Whose: whose, Status: status, Since: ago(40)},
			},
			Promises: promises,
		}
	}
	employee := p1(func(p *consistency.Promise) { p.FromMT = false })
	found := []consistency.Finding{{Object: consistency.The(domain.PillarID("nabij")), Since: ago(40)}}
	try(t, cr03, []trial{
		{name: "behaviour is asked and nothing promised", in: asks(domain.Employee, strategy.StatusAdopted), want: found},
		{name: "one promise of the MT is enough", in: asks(domain.Employee, strategy.StatusAdopted, p1(nil))},
		{name: "one of an employee is not", in: asks(domain.Employee, strategy.StatusAdopted, employee), want: found},
		{name: "nor one that was kept", in: asks(domain.Employee, strategy.StatusAdopted, p1(ends(promise.StatusKept, 3))), want: found},
		{name: "what was only proposed is asked of nobody", in: asks(domain.Employee, strategy.StatusProposed)},
		{name: "behaviour of the MT is its own", in: asks(domain.MT, strategy.StatusAdopted)},
	})
}
