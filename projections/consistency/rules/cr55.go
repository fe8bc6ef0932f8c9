package rules

import (
	"slices"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr55 counts from the last meeting, or from when the group was formed.
var cr55 = rule(consistency.Rule{
	ID: "CR-55", Version: 1, Category: consistency.Learning, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Intervisie valt stil", EN: "A group stalls"},
	Condition: consistency.Words{
		NL: "Een intervisiegroep kwam langer niet bijeen dan {grace} keer de afgesproken tijd.",
		EN: "An intervision group has not met for longer than {grace} times what was agreed.",
	},
	Message: consistency.Words{
		NL: "Groep {group} kwam {n} dagen niet bijeen.",
		EN: "Group {group} has not met for {n} days.",
	},
	Params:   []consistency.Param{{Name: "grace", Usual: 1.5, Lowest: 1, Most: 3, Fraction: true}},
	Audience: consistency.Audience{People: true},
	Basis: consistency.Words{
		NL: "Intervisie leeft van een vast ritme, zoals eens in de vijf weken.",
		EN: "Intervision lives by a fixed rhythm, such as once in five weeks.",
	},
	Waits: waitsForGroups,
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		for _, g := range groups(s) {
			last := g.Formed
			for _, m := range g.Meetings {
				last = max(last, m.Day)
			}
			days, most := float64(last.DaysUntil(s.Today)), p["grace"]*float64(g.Rhythm)
			if days <= most {
				continue
			}
			found = append(found, consistency.Finding{
				Object: consistency.The(g.ID), Since: last.Add(int(most) + 1), People: withFacilitator(g), Values: map[string]float64{"n": days},
			})
		}
		return found
	},
})

// groups returns the groups that have not ended.
func groups(s consistency.Situation) []consistency.Group {
	return slices.DeleteFunc(slices.Clone(s.Groups), func(g consistency.Group) bool { return g.Ended != "" })
}

// withFacilitator returns who is in a group, and who facilitates it.
func withFacilitator(g consistency.Group) []domain.PersonID {
	return slices.Concat(g.Members, facilitator(g))
}

// facilitator returns who facilitates a group, if somebody does.
func facilitator(g consistency.Group) []domain.PersonID {
	if g.Facilitator == "" {
		return nil
	}
	return []domain.PersonID{g.Facilitator}
}
