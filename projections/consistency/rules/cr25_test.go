package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/evidence"
	"koersvast/domain/promise"
	"koersvast/projections/consistency"
)

func TestADecisionGoesAgainstAPromise(t *testing.T) {
	decided := func(id domain.FragmentID, stance evidence.Stance, days int) consistency.Fragment {
		f := does("plan", stance, days)
		f.ID, f.Document = id, evidence.Decision
		return f
	}
	told := func(fragments ...consistency.Fragment) consistency.Situation {
		s := promised()
		s.Fragments = fragments
		return s
	}
	found := func(id domain.FragmentID, days int) []consistency.Finding {
		return []consistency.Finding{{
			Object: consistency.The(domain.PromiseID("p1")), Since: ago(days), Days: map[string]domain.Day{"day": ago(days)},
			Evidence: []consistency.Object{consistency.The(domain.SourceID("plan")), consistency.The(id)},
		}}
	}
	but := func(change func(*consistency.Fragment)) consistency.Situation {
		f := decided("f1", "-2", 30)
		change(&f)
		return told(f)
	}
	withdrawn := told(decided("f1", "-2", 30))
	withdrawn.Promises[0].Status = promise.StatusWithdrawn
	try(t, cr25, []trial{
		{name: "an empty programme"},
		{name: "a clear counter-example", in: told(decided("f1", "-2", 30)), want: found("f1", 30)},
		{name: "that sits uneasily with it", in: told(decided("f1", "-1", 30)), want: found("f1", 30)},
		{name: "that is mixed", in: told(decided("f1", "0", 30))},
		{name: "of several the latest", in: told(decided("f1", "-2", 30), decided("f2", "-1", 20), decided("f3", "-2", 25)), want: found("f2", 20)},
		{name: "a day before it counted", in: told(decided("f1", "-2", 401))},
		{name: "on the day itself", in: told(decided("f1", "-2", 400))},
		{name: "a day after", in: told(decided("f1", "-2", 399)), want: found("f1", 399)},
		{name: "a promise that was withdrawn", in: withdrawn},
		{name: "probably about it", in: but(func(f *consistency.Fragment) { f.Link = evidence.Probable })},
		{name: "about a behaviour", in: but(func(f *consistency.Fragment) { f.Promise, f.Behaviour = "", "listens" })},
		{name: "minutes are no decision", in: but(func(f *consistency.Fragment) { f.Document = evidence.Minutes })},
		{name: "nor is what is said in an interview", in: but(func(f *consistency.Fragment) { f.Kind = evidence.Interview })},
	})
}
