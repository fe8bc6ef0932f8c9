package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/council"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

func TestNothingStartsWithoutTheWorksCouncil(t *testing.T) {
	planned := func(stand council.Stand, statuses ...round.Status) consistency.Situation {
		s := consistency.Situation{Programme: "tide", Council: stand}
		for i, status := range statuses {
			s.Rounds = append(s.Rounds, consistency.Round{
				ID: "r1", Kind: domain.Check, Status: status, Since: ago(10 - i), Thresholds: domain.UsualThresholds,
			})
		}
		return s
	}
	finds := func(n int) []consistency.Finding {
		f := consistency.Finding{Object: consistency.The(domain.ProgrammeID("tide")), Since: ago(10), Values: map[string]float64{"n": float64(n)}}
		for range n {
			f.Evidence = append(f.Evidence, consistency.The(domain.RoundID("r1")))
		}
		return []consistency.Finding{f}
	}
	granted := func(kind domain.RoundKind, least domain.Thresholds) council.Stand {
		return council.Stand{Employees: 60, Answered: council.StatusGranted, Kinds: []domain.RoundKind{kind}, Least: least}
	}
	higher := domain.UsualThresholds
	higher.Staff++
	try(t, cr63, []trial{
		{name: "49 people have no works council", in: planned(council.Stand{Employees: 49}, round.StatusPlanned)},
		{name: "50 do", in: planned(council.Stand{Employees: 50}, round.StatusPlanned), want: finds(1)},
		{name: "so do 51", in: planned(council.Stand{Employees: 51}, round.StatusPlanned), want: finds(1)},
		{name: "nobody said how many work here", in: planned(council.Stand{}, round.StatusApproved), want: finds(1)},
		{name: "it consented", in: planned(granted(domain.Check, domain.UsualThresholds), round.StatusPlanned)},
		{name: "to something else", in: planned(granted(domain.Feedback, domain.UsualThresholds), round.StatusPlanned), want: finds(1)},
		{name: "to higher thresholds", in: planned(granted(domain.Check, higher), round.StatusPlanned), want: finds(1)},
		{name: "it refused, where it need not have been asked", in: planned(council.Stand{Employees: 12, Answered: council.StatusRefused}, round.StatusPlanned), want: finds(1)},
		{name: "nothing is planned", in: planned(council.Stand{}, round.StatusOpen, round.StatusReleased, round.StatusCancelled)},
		{name: "two wait", in: planned(council.Stand{}, round.StatusPlanned, round.StatusApproved), want: finds(2)},
	})
}
