package rules

import "koersvast/projections/consistency"

// cr52 says of a team that fewer than half of its members linked a goal of
// their own, and neither how many nor who. A team of fewer than five is left
// out: there it would nearly say who.
var cr52 = rule(consistency.Rule{
	ID: "CR-52", Version: 1, Category: consistency.Gatherings, Severity: consistency.Info,
	Name: consistency.Words{NL: "Jaarplan zonder persoonlijke vertaling", EN: "Team plan without personal plans"},
	Condition: consistency.Words{
		NL: "Langer dan {days} dagen nadat een team van {team} of meer een jaarplan vaststelde, koppelde minder dan de helft van de leden er een eigen ontwikkelpunt aan.",
		EN: "Longer than {days} days after a team of {team} or more adopted its plan, fewer than half of its members linked a goal of their own to it.",
	},
	Message: consistency.Words{
		NL: "Minder dan de helft van team {team} heeft een eigen ontwikkelpunt gekoppeld.",
		EN: "Fewer than half of team {team} have linked a goal of their own.",
	},
	Params: []consistency.Param{
		{Name: "days", Usual: 90, Lowest: 30, Most: 365},
		{Name: "team", Usual: 5, Lowest: 5, Most: 50},
	},
	Audience: consistency.Audience{Owner: true},
	Basis: consistency.Words{
		NL: "Een jaarplan komt tot leven als mensen er zelf iets in kiezen.",
		EN: "A team plan comes to life when people choose something of their own in it.",
	},
	Waits: waitsForActions,
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		for _, x := range s.Plans {
			if float64(x.Adopted.DaysUntil(s.Today)) > p["days"] && float64(x.Members) >= p["team"] && 2*x.Linked < x.Members {
				found = append(found, consistency.Finding{
					Object: consistency.The(x.Team), Since: x.Adopted.Add(int(p["days"]) + 1), Owner: x.Leader,
				})
			}
		}
		return found
	},
})
