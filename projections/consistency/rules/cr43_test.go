package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

func TestInformalLeadersPrepare(t *testing.T) {
	found := func(days int) []consistency.Finding {
		f := ofGathering(ago(days))
		f.Days = map[string]domain.Day{"day": ago(days)}
		return []consistency.Finding{f}
	}
	prepared := func(all ...consistency.Preparation) consistency.Gathering {
		g := moment(20)
		g.Preparations = all
		return g
	}
	with := consistency.Preparation{Held: ago(5), With: []domain.PersonID{"anna", "lars"}}
	without := consistency.Preparation{Held: ago(3), With: []domain.PersonID{"anna"}}
	earlier := consistency.Preparation{Held: ago(9), With: []domain.PersonID{"anna"}}
	planned := consistency.Preparation{With: []domain.PersonID{"anna"}}
	over := prepared(without)
	over.Closed = ago(1)
	try(t, cr43, []trial{
		{name: "an empty programme"},
		{name: "one was there", in: gathered(prepared(with))},
		{name: "none was", in: gathered(prepared(without)), want: found(3)},
		{name: "at one of two", in: gathered(prepared(with, without)), want: found(3)},
		{name: "at both not: the last", in: gathered(prepared(without, earlier)), want: found(3)},
		{name: "nobody at all", in: gathered(prepared(consistency.Preparation{Held: ago(3)})), want: found(3)},
		{name: "it is only planned", in: gathered(prepared(planned))},
		{name: "it is over", in: gathered(over)},
	})
}
