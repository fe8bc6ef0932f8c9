package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

// intervision is a programme with a group of anna and bert, whom fred
// facilitates, formed a year ago to meet every five weeks.
func intervision(change func(*consistency.Group), meetings ...consistency.Meeting) consistency.Situation {
	g := consistency.Group{
		ID: "g1", Formed: ago(365), Rhythm: 35, Members: []domain.PersonID{"anna", "bert"}, Facilitator: "fred", Meetings: meetings,
	}
	if change != nil {
		change(&g)
	}
	return consistency.Situation{Later: consistency.Later{Groups: []consistency.Group{g}}}
}

// met is a meeting so many days ago.
func met(days int, change func(*consistency.Meeting)) consistency.Meeting {
	m := consistency.Meeting{Day: ago(days), Facilitated: true, Method: "incident", Patterns: 1}
	if change != nil {
		change(&m)
	}
	return m
}

// ofGroup is what is found of the group, for these.
func ofGroup(since domain.Day, people ...domain.PersonID) consistency.Finding {
	return consistency.Finding{Object: consistency.The(consistency.GroupID("g1")), Since: since, People: people}
}

func ended(g *consistency.Group) { g.Ended = ago(1) }

func TestAGroupMeets(t *testing.T) {
	found := func(days float64, since int, people ...domain.PersonID) []consistency.Finding {
		f := ofGroup(ago(since), people...)
		f.Values = map[string]float64{"n": days}
		return []consistency.Finding{f}
	}
	alone := func(g *consistency.Group) { g.Facilitator = "" }
	formed := func(days int) func(*consistency.Group) {
		return func(g *consistency.Group) { g.Formed = ago(days) }
	}
	try(t, cr55, []trial{
		{name: "an empty programme"},
		{name: "just in time", in: intervision(nil, met(51, nil))},
		{name: "in half of it again", in: intervision(nil, met(52, nil))},
		{name: "a day more", in: intervision(nil, met(53, nil)), want: found(53, 0, "anna", "bert", "fred")},
		{name: "without a facilitator", in: intervision(alone, met(53, nil)), want: found(53, 0, "anna", "bert")},
		{name: "the last meeting counts", in: intervision(nil, met(100, nil), met(53, nil), met(20, nil))},
		{name: "it has never met", in: intervision(formed(53)), want: found(53, 0, "anna", "bert", "fred")},
		{name: "and was just formed", in: intervision(formed(52))},
		{name: "it has ended", in: intervision(ended, met(53, nil))},
		{name: "a programme can be stricter", in: intervision(nil, met(36, nil)), params: consistency.Params{"grace": 1}, want: found(36, 0, "anna", "bert", "fred")},
	})
}
