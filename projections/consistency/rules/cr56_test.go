package rules

import (
	"slices"
	"testing"

	"koersvast/projections/consistency"
)

func TestAGroupPractisesBeforeItGoesOnAlone(t *testing.T) {
	alone := func(g *consistency.Group) { g.SelfRun = ago(10) }
	method := func(id consistency.MethodID) func(*consistency.Meeting) {
		return func(m *consistency.Meeting) { m.Method, m.Rehearsed = id, id != "incident" }
	}
	// six facilitated meetings, three methods, two rehearsals
	enough := []consistency.Meeting{
		met(200, nil), met(170, nil), met(140, nil), met(110, nil), met(80, method("gossip")), met(50, method("ten")),
	}
	but := func(i int, change func(*consistency.Meeting)) []consistency.Meeting {
		all := slices.Clone(enough)
		change(&all[i])
		return all
	}
	found := []consistency.Finding{ofGroup(ago(10), "anna", "bert", "fred")}
	late := but(0, func(m *consistency.Meeting) { m.Day = ago(5) })
	over := func(g *consistency.Group) { alone(g); ended(g) }
	try(t, cr56, []trial{
		{name: "an empty programme"},
		{name: "just enough", in: intervision(alone, enough...)},
		{name: "more", in: intervision(alone, append(enough[:6:6], met(40, method("balint")))...)},
		{name: "still with a facilitator", in: intervision(nil, enough[:1]...)},
		{name: "five facilitated", in: intervision(alone, but(0, func(m *consistency.Meeting) { m.Facilitated = false })...), want: found},
		{name: "two methods", in: intervision(alone, but(5, func(m *consistency.Meeting) { m.Method = "gossip" })...), want: found},
		{name: "one rehearsal", in: intervision(alone, but(5, func(m *consistency.Meeting) { m.Rehearsed = false })...), want: found},
		{name: "what came after does not count", in: intervision(alone, late...), want: found},
		{name: "nothing at all", in: intervision(alone), want: found},
		{name: "it has ended", in: intervision(over)},
		{name: "a programme can ask for less", in: intervision(alone, enough[1:]...), params: consistency.Params{"meetings": 5}},
	})
}
