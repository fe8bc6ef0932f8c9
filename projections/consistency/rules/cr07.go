package rules

import (
	"koersvast/domain"
	"koersvast/domain/expectation"
	"koersvast/projections/consistency"
)

// cr07 counts an offer as an answer, and what comes after it as talk between
// the two.
var cr07 = rule(consistency.Rule{
	ID: "CR-07", Version: 1, Category: consistency.Promises, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Verwachting zonder antwoord", EN: "Expectation without an answer"},
	Condition: consistency.Words{
		NL: "Iemand van buiten het MT verwacht iets van het MT of van iemand daarin. Na {days} dagen is er geen belofte, geen nee met een reden en geen ander aanbod.",
		EN: "Somebody outside the MT expects something of the MT or of somebody in it. After {days} days there is no promise, no refusal with a reason and no other offer.",
	},
	Message: consistency.Words{
		NL: "Medewerkers vroegen “{expectation}”. Er is nog geen ja, nee of tegenvoorstel.",
		EN: "Employees asked “{expectation}”. There is no yes, no or other offer yet.",
	},
	Params:   []consistency.Param{{Name: "days", Usual: 30, Lowest: 7, Most: 120}},
	Audience: consistency.Audience{Roles: []domain.Role{domain.MT, domain.Lead}},
	Basis: consistency.Words{
		NL: "Medewerkers zeggen wat ze van het MT mogen verwachten, en krijgen antwoord.",
		EN: "Employees say what they may expect of the MT, and get an answer.",
	},
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		ofMT := toMT(s)
		for _, x := range s.Expectations {
			since := x.Said.Add(int(p["days"]) + 1)
			if !x.FromMT && ofMT(x.Of) && x.Status == expectation.StatusOpen && since <= s.Today {
				found = append(found, consistency.Finding{Object: consistency.The(x.ID), Since: since})
			}
		}
		return found
	},
})
