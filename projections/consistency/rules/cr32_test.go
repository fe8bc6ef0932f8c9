package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

func TestAReportIsTalkedAbout(t *testing.T) {
	found := func(days int) []consistency.Finding {
		return []consistency.Finding{{
			Object: consistency.The(domain.RoundID("r1")), Since: ago(days - 22), Owner: "anna", Coach: "cora",
			Days:   map[string]domain.Day{"since": ago(days)},
			Things: map[string]consistency.Object{"person": consistency.The(domain.PersonID("anna"))},
		}}
	}
	waits := func(days int) consistency.Situation { return promised(someFeedback("r1", days, saying())) }
	session := func(id domain.RoundID, held domain.Day) consistency.Situation {
		s := waits(40)
		s.Coachings = []consistency.Coaching{{Coach: "cora", Coachee: "anna", Agreed: ago(100), Sessions: []consistency.Session{{Round: id, Day: ago(3), Held: held}}}}
		return s
	}
	of := silences(waits(40))
	try(t, cr32, []trial{
		of[0], of[2], of[3],
		{name: "three weeks but a day", in: waits(20)},
		{name: "three weeks", in: waits(21)},
		{name: "a day more", in: waits(22), want: found(22)},
		{name: "long", in: waits(40), want: found(40)},
		{name: "talked about", in: promised(talked(someFeedback("r1", 40, saying()), 1))},
		{name: "in a session of a coaching", in: session("r1", ago(3))},
		{name: "that is only planned", in: session("r1", ""), want: found(40)},
		{name: "that was about something else", in: session("", ago(3)), want: found(40)},
		{name: "a check waits for no talk", in: promised(aCheck("r1", 40, saying()))},
		{name: "a programme can be stricter", in: waits(15), params: consistency.Params{"days": 14}, want: func() []consistency.Finding {
			f := found(15)
			f[0].Since = today
			return f
		}()},
	})
}
