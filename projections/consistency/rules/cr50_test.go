package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

func TestWhoComesMirrorsTheStaff(t *testing.T) {
	came := func(strata ...consistency.Stratum) consistency.Situation {
		g := moment(-5)
		g.Strata = strata
		return gathered(g)
	}
	found := func(id consistency.StratumID, how string) []consistency.Finding {
		f := ofGathering(today)
		f.Things = map[string]consistency.Object{"stratum": consistency.The(id), "how": consistency.Term(how)}
		return []consistency.Finding{f}
	}
	two := func(staff, others, a, b int) consistency.Situation {
		return came(consistency.Stratum{ID: "care", Staff: staff, Came: a}, consistency.Stratum{ID: "office", Staff: others, Came: b})
	}
	try(t, cr50, []trial{
		{name: "an empty programme", in: consistency.Situation{Programme: domain.ProgrammeID("fair")}},
		{name: "nobody came yet", in: two(50, 50, 0, 0)},
		{name: "just less apart", in: two(50, 50, 31, 69)},
		{name: "a fifth apart", in: two(50, 50, 30, 70)},
		{name: "just more", in: two(50, 50, 29, 71), want: found("care", "under")},
		{name: "of ten", in: two(10, 90, 40, 60), want: found("care", "over")},
		{name: "of nine", in: two(9, 11, 19, 1), want: found("office", "under")},
		{name: "of nine, and nobody else", in: came(consistency.Stratum{ID: "care", Staff: 9, Came: 9}, consistency.Stratum{ID: "office", Staff: 9})},
		{name: "of three the furthest", in: came(
			consistency.Stratum{ID: "care", Staff: 30, Came: 55}, consistency.Stratum{ID: "office", Staff: 40, Came: 10}, consistency.Stratum{ID: "staff", Staff: 30, Came: 35},
		), want: found("office", "under")},
	})
}
