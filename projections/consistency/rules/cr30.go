package rules

import (
	"slices"

	"koersvast/domain"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

// cr30 takes silence as a sign: most people did not answer, and nobody of those
// who did wrote anything, though they were asked to. That fewer than half
// answered is what can be seen of a group's response; that nobody wrote is less
// than one in ten whatever their number, and tells of nobody whether they
// answered. How safe people feel in their team is not asked yet.
var cr30 = rule(consistency.Rule{
	ID: "CR-30", Version: 1, Category: consistency.Checks, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Zorg over veiligheid", EN: "Concern about safety"},
	Condition: consistency.Words{
		NL: "Van elke groep die getoond wordt antwoordde minder dan de helft, en niemand schreef er iets bij, hoewel daarom werd gevraagd.",
		EN: "Of every group that is shown fewer than half answered, and nobody wrote anything, though people were asked to.",
	},
	Message: consistency.Words{
		NL: "Mensen lijken zich niet vrij te voelen om eerlijk te antwoorden. Bespreek dit eerst.",
		EN: "People do not seem to feel free to answer honestly. Talk about this first.",
	},
	Audience: consistency.Audience{Coach: true, Roles: []domain.Role{domain.Lead}},
	Basis: consistency.Words{
		NL: "Edmondson (1999): wie zich niet veilig voelt, zwijgt.",
		EN: "Edmondson (1999): those who do not feel safe keep silent.",
	},
	Find: func(s consistency.Situation, _ consistency.Params) (found []consistency.Finding) {
		for _, r := range newest(s, released) {
			asked := slices.ContainsFunc(r.Questions, func(q round.Question) bool { return q.Scale == round.Words })
			if asked && r.Wordless && mostKeptSilent(r.Report) {
				found = append(found, consistency.Finding{Object: consistency.The(r.ID), Since: r.Since, Coach: r.Coach})
			}
		}
		return found
	},
})

// mostKeptSilent reports whether of every group that is shown fewer than half
// answered.
func mostKeptSilent(report *round.Report) bool {
	if report == nil {
		return false
	}
	silent := false
	for _, g := range report.Groups {
		switch {
		case !g.Shown || !slices.Contains(domain.WithThreshold, g.Group):
		case g.Turnout != round.UnderHalf:
			return false
		default:
			silent = true
		}
	}
	return silent
}
