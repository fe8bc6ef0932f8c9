package rules

import (
	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr28 looks at how many of those who rated six things or more gave everything
// the same, which is told of eight people or more, in tens: it finds something
// where these are surely too many. How far each rater's answers lie apart stays
// in the ballot box, so that of halo and ceiling this is what can be seen.
var cr28 = rule(consistency.Rule{
	ID: "CR-28", Version: 1, Category: consistency.Checks, Severity: consistency.Quality,
	Name: consistency.Words{NL: "Meetkwaliteit: halo of plafond", EN: "Quality of measuring: halo or ceiling"},
	Condition: consistency.Words{
		NL: "Van acht of meer mensen die zes dingen of meer beantwoordden, gaf minstens {straight}% overal hetzelfde antwoord.",
		EN: "Of eight people or more who rated six things or more, at least {straight}% gave everything the same.",
	},
	Message: consistency.Words{
		NL: "Veel mensen gaven overal hetzelfde antwoord; lees wat eruit komt voorzichtig.",
		EN: "Many people gave everything the same; read what came out with care.",
	},
	Params:   []consistency.Param{{Name: "straight", Usual: 25, Lowest: 10, Most: 75}},
	Audience: consistency.Audience{Coach: true, Roles: []domain.Role{domain.Lead}},
	Basis: consistency.Words{
		NL: "Formule F29: wie alles hetzelfde invult, zegt weinig over elk apart.",
		EN: "Formula F29: who gives everything the same says little of each.",
	},
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		for _, r := range newest(s, released) {
			if r.Report == nil || r.Report.Quality == nil || !atLeast(float64(r.Report.Quality.Straight-5), p["straight"]) {
				continue
			}
			found = append(found, consistency.Finding{Object: consistency.The(r.ID), Since: r.Since, Coach: r.Coach})
		}
		return found
	},
})
