package rules

import (
	"fmt"
	"testing"

	"koersvast/domain"
	"koersvast/domain/promise"
	"koersvast/projections/consistency"
)

func TestNobodyPromisesTooMuch(t *testing.T) {
	// n promises of each of some people, one a day, the last of them today.
	each := func(n int, people ...domain.PersonID) consistency.Situation {
		s := consistency.Situation{Programme: "tide"}
		for _, by := range people {
			for i := range n {
				s.Promises = append(s.Promises, p1(func(p *consistency.Promise) {
					p.ID, p.By, p.Active = domain.PromiseID(fmt.Sprint(by, i)), by, ago(n-1-i)
				}))
			}
		}
		return s
	}
	inMT := func(s consistency.Situation, people ...domain.PersonID) consistency.Situation {
		for _, id := range people {
			s.People = append(s.People, consistency.Person{ID: id, Roles: []domain.Role{domain.MT}})
		}
		return s
	}
	of := func(who domain.PersonID, n float64, since domain.Day) consistency.Finding {
		return consistency.Finding{Object: consistency.The(who), Owner: who, Since: since, Values: map[string]float64{"n": n, "most": 5}}
	}
	together := func(n, most float64, since domain.Day) consistency.Finding {
		return consistency.Finding{
			Object: consistency.The(domain.ProgrammeID("tide")), Since: since, Variant: "mt",
			Values: map[string]float64{"n": n, "most": most},
		}
	}
	ended := each(6, "anna")
	ended.Promises[0].Status = promise.StatusWithdrawn
	try(t, cr12, []trial{
		{name: "four", in: each(4, "anna")},
		{name: "five are enough", in: each(5, "anna")},
		{name: "six are too many", in: each(6, "anna"), want: []consistency.Finding{of("anna", 6, today)}},
		{name: "seven have been since yesterday", in: each(7, "anna"), want: []consistency.Finding{of("anna", 7, ago(1))}},
		{name: "of one that was withdrawn nothing is asked", in: ended},
		{name: "a programme can allow more", in: each(6, "anna"), params: consistency.Params{"person_most": 6}},

		{name: "four for each of the MT", in: inMT(each(4, "anna", "bram"), "anna", "bram")},
		{name: "more than that", in: inMT(each(5, "anna", "bram"), "anna", "bram"), want: []consistency.Finding{together(10, 8, today)}},
		{name: "employees are not counted", in: inMT(each(4, "anna", "bram"), "anna")},
		{name: "who makes no promise leaves room", in: inMT(each(5, "anna"), "anna", "bram")},
	})
}
