package rules

import "koersvast/projections/consistency"

// cr45 is for sessions on one day, of which somebody said how many days they
// take.
var cr45 = rule(consistency.Rule{
	ID: "CR-45", Version: 1, Category: consistency.Gatherings, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Te weinig voorbereidingstijd", EN: "Too little lead time"},
	Condition: consistency.Words{
		NL: "Voor een bijeenkomst van één dag zijn minder dan {before} dagen voorbereiding gepland, of minder dan {after} voor de dag en de uitwerking. Is het ingewikkeld: minder dan {before_complex} of {after_complex}.",
		EN: "For a gathering of one day fewer than {before} days of preparation are planned, or fewer than {after} for the day and for working it out. When it is complex: fewer than {before_complex} or {after_complex}.",
	},
	Message: consistency.Words{
		NL: "Reken voor “{gathering}” op minstens {before} dagen voorbereiding, en op {after} voor bijeenkomst en uitwerking.",
		EN: "Count on at least {before} days of preparation for “{gathering}”, and on {after} for the meeting and for working it out.",
	},
	Params: []consistency.Param{
		{Name: "before", Usual: 3, Lowest: 1, Most: 10, Fraction: true},
		{Name: "after", Usual: 2, Lowest: 1, Most: 10, Fraction: true},
		{Name: "before_complex", Usual: 5, Lowest: 1, Most: 15, Fraction: true},
		{Name: "after_complex", Usual: 3, Lowest: 1, Most: 15, Fraction: true},
	},
	Audience: consistency.Audience{Owner: true, Roles: makers},
	Basis: consistency.Words{
		NL: "Ervaring: drie tot vijf dagen voorbereiding, en twee tot drie voor bijeenkomst en uitwerking.",
		EN: "Experience: three to five days of preparation, and two to three for the meeting and for working it out.",
	},
	Waits: waitsForGatherings,
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		for _, g := range coming(s) {
			before, after := p["before"], p["after"]
			if g.Effort.Complex {
				before, after = p["before_complex"], p["after_complex"]
			}
			if !g.Effort.Planned || !g.Effort.OneDay || g.Effort.Before >= before && g.Effort.After >= after {
				continue
			}
			found = append(found, consistency.Finding{
				Object: consistency.The(g.ID), Owner: g.Client, Values: map[string]float64{"before": before, "after": after},
			})
		}
		return found
	},
})
