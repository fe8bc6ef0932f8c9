package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/promise"
	"koersvast/projections/consistency"
)

func TestAPromiseIsToSomebody(t *testing.T) {
	to := func(parties ...domain.Party) consistency.Situation {
		s := only(p1(func(p *consistency.Promise) { p.To = parties }))
		s.People = []consistency.Person{
			{ID: "anna", Roles: []domain.Role{domain.MT}, Gone: ""},
			{ID: "bram", Roles: []domain.Role{domain.Employee}, Team: "noord"},
			{ID: "carla", Team: "zuid", Gone: ago(5)},
			{ID: "dirk", Team: "zuid", Gone: ago(9)},
		}
		return s
	}
	finds := func(since domain.Day) []consistency.Finding {
		return []consistency.Finding{{Object: thePromise, Owner: "anna", Since: since}}
	}
	withdrawn := to()
	withdrawn.Promises[0].Status = promise.StatusWithdrawn
	try(t, cr05, []trial{
		{name: "to everyone", in: to(domain.Everyone)},
		{name: "to employees", in: to(domain.Employees)},
		{name: "to one who is here", in: to(domain.Person("bram"))},
		{name: "to a team with somebody in it", in: to(domain.Team("noord"))},
		{name: "to one who left", in: to(domain.Person("dirk")), want: finds(ago(9))},
		{name: "to a team that everybody left", in: to(domain.Team("zuid")), want: finds(ago(5))},
		{name: "to a team in which nobody was", in: to(domain.Team("oost")), want: finds(ago(100))},
		{name: "one of several is enough", in: to(domain.Team("zuid"), domain.Person("bram"))},
		{name: "to nobody", in: to(), want: finds(ago(100))},
		{name: "what was withdrawn is to nobody any more", in: withdrawn},
	})
}
