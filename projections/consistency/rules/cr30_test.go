package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

func TestPeopleKeepSilent(t *testing.T) {
	found := []consistency.Finding{{Object: consistency.The(domain.RoundID("r1")), Since: ago(10), Coach: "cora"}}
	silent := func(report *round.Report) consistency.Situation {
		r := aCheck("r1", 10, report)
		r.Wordless = true
		return promised(r)
	}
	leaders, staff := box(domain.Leaders, 4, 4, 5, 4), box(domain.Staff, 2, 2, 3, 1, 2)
	quiet := silent(brought(askedOf(11, staff)))
	wrote := silent(brought(askedOf(11, staff)))
	wrote.Rounds[0].Wordless = false
	unasked := silent(brought(askedOf(11, staff)))
	unasked.Rounds[0].Questions = []round.Question{listens}
	try(t, cr30, append(silences(quiet), []trial{
		{name: "few answered and nobody wrote", in: quiet, want: found},
		{name: "somebody wrote", in: wrote},
		{name: "nobody was asked to", in: unasked},
		{name: "just fewer than half", in: silent(brought(askedOf(11, staff))), want: found},
		{name: "half", in: silent(brought(askedOf(10, staff)))},
		{name: "more than half", in: silent(brought(staff))},
		{name: "another group did answer", in: silent(brought(leaders, askedOf(11, staff)))},
		{name: "both did not", in: silent(brought(askedOf(9, leaders), askedOf(11, staff))), want: found},
		{name: "one fewer than has to answer", in: silent(brought(askedOf(11, box(domain.Staff, 2, 2, 3, 1))))},
		{name: "the other group is not shown", in: silent(brought(box(domain.Leaders, 4, 4, 5), askedOf(11, staff))), want: found},
		{name: "oneself is no group", in: silent(brought(box(domain.Self, 5)))},
	}...))
}
