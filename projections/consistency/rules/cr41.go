package rules

import (
	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr41 is serious as long as nothing was prepared, also when the moment has
// begun. From then on one preparation is told of too, until it is closed.
var cr41 = rule(consistency.Rule{
	ID: "CR-41", Version: 1, Category: consistency.Gatherings, Severity: consistency.Serious,
	Name: consistency.Words{NL: "Medewerkersmoment zonder voorbereiding", EN: "Employee moment without preparation"},
	Condition: consistency.Words{
		NL: "Een medewerkersmoment begint binnen {days} dagen en is nog geen {least} keer voorbereid met MT en informele leiders. Is het begonnen, dan hoort erbij dat het vaak {often} keer gebeurt.",
		EN: "A moment of all employees begins within {days} days and has not been prepared {least} time with management team and informal leaders. Once it has begun: that often happens {often} times.",
	},
	Message: consistency.Words{
		NL: "“{gathering}” begint over {n} dagen en is nog niet voorbereid met MT en informele leiders.",
		EN: "“{gathering}” begins in {n} days and has not been prepared with management team and informal leaders.",
	},
	Variants: map[string]consistency.Words{
		"begun": {
			NL: "“{gathering}” begint en is niet voorbereid met MT en informele leiders.",
			EN: "“{gathering}” begins and was not prepared with management team and informal leaders.",
		},
		"once": {
			NL: "“{gathering}” is {n} keer voorbereid met MT en informele leiders; vaak zijn het er {often}.",
			EN: "“{gathering}” was prepared {n} time with management team and informal leaders; often it is {often}.",
		},
	},
	Params: []consistency.Param{
		{Name: "days", Usual: 5, Lowest: 1, Most: 21},
		{Name: "least", Usual: 1, Lowest: 1, Most: 3},
		{Name: "often", Usual: 2, Lowest: 1, Most: 4},
	},
	Audience: consistency.Audience{Roles: []domain.Role{domain.MT, domain.Lead, domain.Facilitator}},
	Basis: consistency.Words{
		NL: "Elk groot moment wordt minstens één keer voorbereid met MT en informele leiders, en vaak twee keer.",
		EN: "Each large moment is prepared with management team and informal leaders at least once, and often twice.",
	},
	Waits: waitsForGatherings,
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		for _, g := range coming(s) {
			held, days := 0., float64(s.Today.DaysUntil(g.Day))
			for _, x := range g.Preparations {
				if x.Held != "" {
					held++
				}
			}
			f := consistency.Finding{Object: consistency.The(g.ID), Values: map[string]float64{"n": days}}
			switch {
			case g.Kind != consistency.Moment || days > p["days"]:
				continue
			case held < p["least"] && days > 0:
			case held < p["least"]:
				f.Variant, f.Values = "begun", nil
			case held < p["often"] && days <= 0:
				f.Variant, f.Severity = "once", consistency.Info
				f.Values = map[string]float64{"n": held, "often": p["often"]}
			default:
				continue
			}
			found = append(found, f)
		}
		return found
	},
})
