package rules

import (
	"cmp"

	"koersvast/domain"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

// cr63 says beforehand what opening a round will be refused for: see
// [koersvast/domain/council.Stand.Refuses], which is what refuses it. From how
// many people on consent is needed is the law's, and no number of a programme.
var cr63 = rule(consistency.Rule{
	ID: "CR-63", Version: 1, Category: consistency.Rights, Severity: consistency.Blocks,
	Name: consistency.Words{NL: "Geen instemming van de ondernemingsraad", EN: "No consent of the works council"},
	Condition: consistency.Words{
		NL: "Er is een ronde gepland waar de ondernemingsraad niet mee heeft ingestemd, en dat moet wel: er werken 50 mensen of meer, niemand zei hoeveel het er zijn, of de raad heeft al eens geantwoord.",
		EN: "A round is planned to which the works council has not consented, and it has to: 50 people or more work here, nobody said how many do, or the council has answered before.",
	},
	Message: consistency.Words{
		NL: "De ondernemingsraad stemde nog niet in; starten kan niet. Rondes die wachten: {n}.",
		EN: "The works council has not consented yet; starting is not possible. Rounds that wait: {n}.",
	},
	Audience: consistency.Audience{Roles: []domain.Role{domain.Lead, domain.WorksCouncil}},
	Basis: consistency.Words{
		NL: "Wet op de ondernemingsraden, artikel 27 lid 1, onder g, k en l.",
		EN: "Dutch Works Councils Act, article 27, first paragraph, under g, k and l.",
	},
	Find: func(s consistency.Situation, _ consistency.Params) []consistency.Finding {
		f := consistency.Finding{Object: consistency.The(s.Programme)}
		for _, r := range s.Rounds {
			waits := r.Status == round.StatusPlanned || r.Status == round.StatusApproved
			if waits && s.Council.Refuses(r.Kind, r.Thresholds) != nil {
				f.Since = min(cmp.Or(f.Since, r.Since), r.Since)
				f.Evidence = append(f.Evidence, consistency.The(r.ID))
			}
		}
		if f.Evidence == nil {
			return nil
		}
		f.Values = map[string]float64{"n": float64(len(f.Evidence))}
		return []consistency.Finding{f}
	},
})
