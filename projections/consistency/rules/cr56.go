package rules

import "koersvast/projections/consistency"

// cr56 counts what was practised before the group went on by itself.
var cr56 = rule(consistency.Rule{
	ID: "CR-56", Version: 1, Category: consistency.Learning, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Te vroeg zelfstandig", EN: "Handover too early"},
	Condition: consistency.Words{
		NL: "Een groep ging zelf verder met minder dan {meetings} begeleide bijeenkomsten, {methods} verschillende methoden of {rehearsals} keer oefenen door een lid.",
		EN: "A group went on by itself with fewer than {meetings} facilitated meetings, {methods} different methods or {rehearsals} rehearsals led by a member.",
	},
	Message: consistency.Words{
		NL: "De groep oefende nog niet genoeg om zelf verder te gaan.",
		EN: "The group has not practised enough to go on by itself.",
	},
	Params: []consistency.Param{
		{Name: "meetings", Usual: 6, Lowest: 3, Most: 12},
		{Name: "methods", Usual: 3, Lowest: 1, Most: 8},
		{Name: "rehearsals", Usual: 2, Lowest: 0, Most: 6},
	},
	Audience: consistency.Audience{People: true},
	Basis: consistency.Words{
		NL: "Zes tot acht begeleide bijeenkomsten zijn vaak genoeg om het zelf te kunnen.",
		EN: "Six to eight facilitated meetings are often enough to go on alone.",
	},
	Waits: waitsForGroups,
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		for _, g := range groups(s) {
			if g.SelfRun == "" {
				continue
			}
			facilitated, rehearsals, methods := 0., 0., map[consistency.MethodID]bool{}
			for _, m := range g.Meetings {
				if m.Day > g.SelfRun {
					continue
				}
				methods[m.Method] = true
				if m.Facilitated {
					facilitated++
				}
				if m.Rehearsed {
					rehearsals++
				}
			}
			if facilitated < p["meetings"] || float64(len(methods)) < p["methods"] || rehearsals < p["rehearsals"] {
				found = append(found, consistency.Finding{Object: consistency.The(g.ID), Since: g.SelfRun, People: withFacilitator(g)})
			}
		}
		return found
	},
})
