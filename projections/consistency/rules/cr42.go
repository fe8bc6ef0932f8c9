package rules

import (
	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr42 leaves breaks out: nobody leads these.
var cr42 = rule(consistency.Rule{
	ID: "CR-42", Version: 1, Category: consistency.Gatherings, Severity: consistency.Attention,
	Name: consistency.Words{NL: "MT niet in de lead", EN: "MT not leading"},
	Condition: consistency.Words{
		NL: "Van de minuten van een medewerkersmoment leiden MT en informele leiders minder dan {share}%.",
		EN: "Of the minutes of a moment of all employees, management team and informal leaders lead less than {share}%.",
	},
	Message: consistency.Words{
		NL: "Bij “{gathering}” spreken vooral de begeleiders.",
		EN: "At “{gathering}” the facilitators do most of the talking.",
	},
	Params:   []consistency.Param{{Name: "share", Usual: 50, Lowest: 25, Most: 90}},
	Audience: consistency.Audience{Roles: []domain.Role{domain.MT, domain.Facilitator}},
	Basis: consistency.Words{
		NL: "MT en informele leiders zijn bij elke stap zelf in de lead.",
		EN: "Management team and informal leaders lead every step themselves.",
	},
	Waits: waitsForGatherings,
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		own := leads(s)
		for _, g := range coming(s) {
			led, all := 0, 0
			for _, b := range g.Blocks {
				switch {
				case b.Break:
				case own(b.Lead):
					led, all = led+b.Minutes, all+b.Minutes
				default:
					all += b.Minutes
				}
			}
			if g.Kind == consistency.Moment && all > 0 && !atLeast(float64(led), p["share"]/100*float64(all)) {
				found = append(found, consistency.Finding{Object: consistency.The(g.ID)})
			}
		}
		return found
	},
})
