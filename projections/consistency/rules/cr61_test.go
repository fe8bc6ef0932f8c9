package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

func TestInAGroupEverybodyIsEqual(t *testing.T) {
	managed := func(manager domain.PersonID, change func(*consistency.Group)) consistency.Situation {
		s := intervision(change)
		s.People = []consistency.Person{{ID: "anna"}, {ID: "bert", Manager: manager}, {ID: "lena"}}
		return s
	}
	found := ofGroup(today)
	found.Things = map[string]consistency.Object{"a": consistency.The(domain.PersonID("anna")), "b": consistency.The(domain.PersonID("bert"))}
	left := managed("anna", nil)
	left.People[1].Gone = ago(1)
	try(t, cr61, []trial{
		{name: "an empty programme"},
		{name: "one manages the other", in: managed("anna", nil), want: []consistency.Finding{found}},
		{name: "somebody else does", in: managed("lena", nil)},
		{name: "nobody does", in: managed("", nil)},
		{name: "in the MT that is fine", in: managed("anna", func(g *consistency.Group) { g.OfMT = true })},
		{name: "one has left", in: left},
		{name: "the group has ended", in: managed("anna", ended)},
	})
}
