package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

func TestWhoOfTheMTHadNoCoaching(t *testing.T) {
	found := func(n float64) []consistency.Finding {
		return []consistency.Finding{{
			Object: consistency.The(domain.ProgrammeID("fair")), Since: ago(10), Values: map[string]float64{"n": n, "all": 2},
		}}
	}
	met := func(held domain.Day, who ...domain.PersonID) consistency.Situation {
		s := promised(someFeedback("r1", 10, saying()), someFeedback("r2", 5, nil))
		s.People = append(s.People, consistency.Person{ID: "bert", Roles: []domain.Role{domain.MT}})
		for _, w := range who {
			s.Coachings = append(s.Coachings, consistency.Coaching{Coach: "cora", Coachee: w, Sessions: []consistency.Session{{Day: ago(5), Held: held}}})
		}
		return s
	}
	early := met(ago(5))
	early.Rounds = nil
	checked := met(ago(5))
	checked.Rounds = []consistency.Round{aCheck("r1", 10, saying())}
	ofStaff := met(ago(5))
	ofStaff.Rounds = []consistency.Round{someFeedback("r1", 10, saying())}
	ofStaff.Rounds[0].Subject = "cora"
	left := met(ago(5), "bert")
	left.People[0].Gone = ago(1)
	left.Rounds[0].Subject, left.Rounds[1].Subject = "bert", "bert"
	try(t, cr34, []trial{
		{name: "an empty programme"},
		{name: "before there is feedback", in: early},
		{name: "a check is no feedback", in: checked},
		{name: "nor is feedback on somebody else", in: ofStaff},
		{name: "nobody had a session", in: met(ago(5)), want: found(2)},
		{name: "one of two", in: met(ago(5), "anna"), want: found(1)},
		{name: "both", in: met(ago(5), "anna", "bert")},
		{name: "planned is not had", in: met("", "anna", "bert"), want: found(2)},
		{name: "one had two", in: met(ago(5), "anna", "anna"), want: found(1)},
		{name: "somebody who is not in it had one", in: met(ago(5), "anna", "zoe"), want: found(1)},
		{name: "who has left had none", in: left},
	})
}
