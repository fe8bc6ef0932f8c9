package rules

import (
	"math"
	"slices"

	"koersvast/projections/consistency"
)

// cr44 names the first thing that is not right: the minutes, who leads, who has
// which role, and how long people sit without a break.
var cr44 = rule(consistency.Rule{
	ID: "CR-44", Version: 1, Category: consistency.Gatherings, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Draaiboek klopt niet", EN: "Run sheet inconsistent"},
	Condition: consistency.Words{
		NL: "De onderdelen van een draaiboek zijn samen niet zo lang als de bijeenkomst, een onderdeel of een rol heeft niemand, of er is langer dan {break} minuten geen pauze.",
		EN: "The parts of a run sheet are not as long together as the gathering, a part or a role has nobody, or there is no break for longer than {break} minutes.",
	},
	Message: consistency.Words{
		NL: "Het draaiboek van “{gathering}” komt {n} minuten niet uit.",
		EN: "The run sheet of “{gathering}” is {n} minutes out.",
	},
	Variants: map[string]consistency.Words{
		"lead": {
			NL: "In het draaiboek van “{gathering}” heeft een onderdeel niemand die het leidt.",
			EN: "In the run sheet of “{gathering}” a part has nobody who leads it.",
		},
		"role": {
			NL: "In het draaiboek van “{gathering}” heeft een rol niemand.",
			EN: "In the run sheet of “{gathering}” a role has nobody.",
		},
		"break": {
			NL: "In het draaiboek van “{gathering}” zitten mensen {n} minuten zonder pauze.",
			EN: "In the run sheet of “{gathering}” people sit for {n} minutes without a break.",
		},
	},
	Params:   []consistency.Param{{Name: "break", Usual: 100, Lowest: 45, Most: 180}},
	Audience: consistency.Audience{Roles: makers},
	Basis: consistency.Words{
		NL: "Een bijeenkomst is strak gepland, zodat zij ontspannen voelt.",
		EN: "A gathering is tightly planned, so that it feels relaxed.",
	},
	Waits: waitsForGatherings,
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		for _, g := range coming(s) {
			minutes, sitting, longest := 0, 0, 0
			for _, b := range g.Blocks {
				minutes += b.Minutes
				sitting += b.Minutes
				if b.Break {
					sitting = 0
				}
				longest = max(longest, sitting)
			}
			f := consistency.Finding{Object: consistency.The(g.ID)}
			switch {
			case len(g.Blocks) == 0:
				continue // nobody has made a run sheet yet
			case minutes != g.Minutes:
				f.Values = map[string]float64{"n": math.Abs(float64(g.Minutes - minutes))}
			case slices.ContainsFunc(g.Blocks, func(b consistency.Block) bool { return b.Lead == "" && !b.Break }):
				f.Variant = "lead"
			case g.Cast < g.Roles:
				f.Variant = "role"
			case float64(longest) > p["break"]:
				f.Variant, f.Values = "break", map[string]float64{"n": float64(longest)}
			default:
				continue
			}
			found = append(found, f)
		}
		return found
	},
})
