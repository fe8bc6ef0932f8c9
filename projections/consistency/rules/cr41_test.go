package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

// gathered is a programme with one gathering, in which anna is of the MT, lars
// an informal leader, and cora neither.
func gathered(g consistency.Gathering) consistency.Situation {
	s := promised()
	s.People = append(s.People, consistency.Person{ID: "lars", Roles: []domain.Role{domain.InformalLeader, domain.Employee}})
	g.ID = "g1"
	s.Gatherings = []consistency.Gathering{g}
	return s
}

// moment is one for all employees, so many days from now.
func moment(days int, held ...domain.Day) consistency.Gathering {
	g := consistency.Gathering{Kind: consistency.Moment, Day: ago(-days)}
	for _, day := range held {
		g.Preparations = append(g.Preparations, consistency.Preparation{Held: day, With: []domain.PersonID{"anna", "lars"}})
	}
	return g
}

// ofGathering is what is found of the gathering.
func ofGathering(since domain.Day) consistency.Finding {
	return consistency.Finding{Object: consistency.The(consistency.GatheringID("g1")), Since: since}
}

func TestAMomentIsPrepared(t *testing.T) {
	found := func(variant string, values map[string]float64) []consistency.Finding {
		f := ofGathering(today)
		f.Variant, f.Values = variant, values
		if variant == "once" {
			f.Severity = consistency.Info
		}
		return []consistency.Finding{f}
	}
	over, workshop := moment(-1), moment(3)
	over.Closed, workshop.Kind = ago(1), consistency.Workshop
	try(t, cr41, []trial{
		{name: "an empty programme"},
		{name: "in six days", in: gathered(moment(6))},
		{name: "in five", in: gathered(moment(5)), want: found("", map[string]float64{"n": 5})},
		{name: "in four", in: gathered(moment(4)), want: found("", map[string]float64{"n": 4})},
		{name: "with a preparation that is planned", in: gathered(moment(4, "")), want: found("", map[string]float64{"n": 4})},
		{name: "that was held", in: gathered(moment(4, ago(2)))},
		{name: "the day before", in: gathered(moment(1, ago(2)))},
		{name: "on the day, once", in: gathered(moment(0, ago(2))), want: found("once", map[string]float64{"n": 1, "often": 2})},
		{name: "twice", in: gathered(moment(0, ago(9), ago(2)))},
		{name: "never", in: gathered(moment(0)), want: found("begun", nil)},
		{name: "and it is over", in: gathered(over)},
		{name: "a workshop is no such moment", in: gathered(workshop)},
		{name: "a programme can ask for two", in: gathered(moment(4, ago(2))), params: consistency.Params{"least": 2}, want: found("", map[string]float64{"n": 4})},
	})
}
