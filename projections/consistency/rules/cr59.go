package rules

import (
	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr59 is for the group alone, and names nobody in it.
var cr59 = rule(consistency.Rule{
	ID: "CR-59", Version: 1, Category: consistency.Learning, Severity: consistency.Info,
	Name: consistency.Words{NL: "Altijd dezelfde", EN: "Same method, same voice"},
	Condition: consistency.Words{
		NL: "Een groep gebruikte de laatste {run} keer of vaker dezelfde methode, of iemand bracht in vijf of meer bijeenkomsten meer dan {share}% van de casussen in.",
		EN: "A group used the same method the last {run} times or more, or somebody brought more than {share}% of the cases in five meetings or more.",
	},
	Message: consistency.Words{
		NL: "Wissel van methode of inbrenger.",
		EN: "Try another method, or hear another voice.",
	},
	Params: []consistency.Param{
		{Name: "run", Usual: 4, Lowest: 2, Most: 12},
		{Name: "share", Usual: 40, Lowest: 20, Most: 90},
	},
	Audience: consistency.Audience{People: true},
	Basis: consistency.Words{
		NL: "Afwisseling houdt intervisie scherp.",
		EN: "Variety keeps intervision sharp.",
	},
	Waits: waitsForGroups,
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		for _, g := range groups(s) {
			if float64(sameMethod(g)) >= p["run"] || len(g.Meetings) >= 5 && !atLeast(p["share"], 100*loudest(g)) {
				found = append(found, consistency.Finding{Object: consistency.The(g.ID), People: g.Members})
			}
		}
		return found
	},
})

// sameMethod returns how many of the last meetings had the same method.
func sameMethod(g consistency.Group) (run int) {
	for i := len(g.Meetings) - 1; i >= 0 && g.Meetings[i].Method == g.Meetings[len(g.Meetings)-1].Method; i-- {
		run++
	}
	return run
}

// loudest returns which part of all cases one member brought, 0–1: the one who
// brought most.
func loudest(g consistency.Group) float64 {
	by, all, most := map[domain.PersonID]float64{}, 0., 0.
	for _, m := range g.Meetings {
		if m.Case != "" {
			by[m.Case]++
			all++
			most = max(most, by[m.Case])
		}
	}
	return most / max(1, all)
}
