package rules

import (
	"slices"

	"koersvast/domain"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

// cr29 finds groups of which fewer than half answered, and groups of which
// nothing is shown: for readers that looks the same whether too few answered,
// or too few to tell from others. How many answered is told in words only, so
// that this is the lowest response that can be looked for; and between which
// means the mean of everybody lies would tell the programme lead how somebody
// is rated, and stands beside the report.
var cr29 = rule(consistency.Rule{
	ID: "CR-29", Version: 1, Category: consistency.Checks, Severity: consistency.Quality,
	Name: consistency.Words{NL: "Lage respons", EN: "Low response"},
	Condition: consistency.Words{
		NL: "Een ronde is gesloten, en van een groep antwoordde minder dan de helft, of niet genoeg om iets van die groep te laten zien.",
		EN: "A round has closed, and of a group fewer than half answered, or not enough to show anything of that group.",
	},
	Message: consistency.Words{
		NL: "Van {few} van de {groups} groepen kwamen te weinig antwoorden. Wat iedereen vindt, kan heel anders zijn.",
		EN: "Of {few} of the {groups} groups too few answers came in. What everybody thinks can be quite different.",
	},
	Audience: consistency.Audience{Coach: true, Roles: []domain.Role{domain.Lead}},
	Basis: consistency.Words{
		NL: "Manski (1989), formule F22: wie niet antwoordt, kan er heel anders over denken.",
		EN: "Manski (1989), formula F22: those who do not answer may think quite differently.",
	},
	Find: func(s consistency.Situation, _ consistency.Params) (found []consistency.Finding) {
		over := func(r consistency.Round) bool { return released(r) || r.Status == round.StatusNothing }
		for _, r := range newest(s, over) {
			few, groups := response(r)
			if few == 0 {
				continue
			}
			found = append(found, consistency.Finding{
				Object: consistency.The(r.ID), Since: r.Since, Coach: r.Coach,
				Values: map[string]float64{"few": float64(few), "groups": float64(groups)},
			})
		}
		return found
	},
})

// response returns of how many groups too few answered, of those of which it
// was said beforehand from how many answers on they are shown.
func response(r consistency.Round) (few, groups int) {
	if r.Status == round.StatusNothing {
		asked := map[domain.RaterGroup]bool{}
		for _, rater := range r.Raters {
			asked[rater.Group] = slices.Contains(domain.WithThreshold, rater.Group)
		}
		for _, counts := range asked {
			if counts {
				groups++
			}
		}
		return groups, groups
	}
	if r.Report == nil {
		return 0, 0
	}
	for _, g := range r.Report.Groups {
		if !slices.Contains(domain.WithThreshold, g.Group) {
			continue
		}
		groups++
		if !g.Shown || g.Turnout == round.UnderHalf {
			few++
		}
	}
	return few, groups
}
