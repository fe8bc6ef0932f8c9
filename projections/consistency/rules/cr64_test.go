package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/evidence"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

func TestNothingIsKeptTooLong(t *testing.T) {
	rounds := func(kind domain.RoundKind, status round.Status, report *round.Report, days ...int) consistency.Situation {
		s := consistency.Situation{Programme: "tide"}
		for _, d := range days {
			s.Rounds = append(s.Rounds, consistency.Round{ID: "r1", Kind: kind, Status: status, Since: ago(d), Closed: ago(d), Report: report})
		}
		return s
	}
	recorded := func(days int, status evidence.Status, there bool) consistency.Situation {
		return consistency.Situation{Programme: "tide", Sources: []consistency.Source{
			{ID: "s1", Kind: evidence.Interview, Day: ago(days), Status: status, Recording: there},
		}}
	}
	finds := func(boxes, reports, recordings float64, since domain.Day) []consistency.Finding {
		return []consistency.Finding{{
			Object: consistency.The(domain.ProgrammeID("tide")), Since: since,
			Values: map[string]float64{"n": boxes + reports + recordings, "boxes": boxes, "reports": reports, "recordings": recordings},
		}}
	}
	report := &round.Report{}
	both := rounds(domain.Feedback, round.StatusClosed, nil, 31)
	both.Rounds = append(both.Rounds, rounds(domain.Feedback, round.StatusReleased, report, 600).Rounds...)
	try(t, cr64, []trial{
		{name: "answers lie for a month", in: rounds(domain.Check, round.StatusClosed, nil, 30)},
		{name: "and no longer", in: rounds(domain.Check, round.StatusClosed, nil, 31, 33, 5), want: finds(2, 0, 0, ago(2))},
		{name: "a box that was opened is gone", in: rounds(domain.Check, round.StatusReleased, report, 31)},
		{name: "so is one with too few answers", in: rounds(domain.Check, round.StatusNothing, nil, 31)},
		{name: "a programme can be stricter", in: rounds(domain.Check, round.StatusClosed, nil, 8), params: consistency.Params{"box_days": 7}, want: finds(1, 0, 0, today)},

		{name: "a feedback report is there for a year and a half", in: rounds(domain.Feedback, round.StatusReleased, report, 548)},
		{name: "and no longer", in: rounds(domain.Feedback, round.StatusReleased, report, 549), want: finds(0, 1, 0, today)},
		{name: "what was erased is gone", in: rounds(domain.Feedback, round.StatusReleased, nil, 549)},
		{name: "that of a check stays with the promise", in: rounds(domain.Check, round.StatusReleased, report, 549)},

		{name: "a recording is there for a month", in: recorded(30, evidence.StatusCoding, true)},
		{name: "and no longer", in: recorded(31, evidence.StatusCoded, true), want: finds(0, 0, 1, today)},
		{name: "one that was destroyed is gone", in: recorded(31, evidence.StatusCoded, false)},
		{name: "of an interview that was not held there is none", in: recorded(31, evidence.StatusPlanned, true)},

		{name: "all together", in: both, want: finds(1, 1, 0, ago(51))},
	})
}
