package rules

import (
	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr54 is for whose action it is, and for the leader of the team.
var cr54 = rule(consistency.Rule{
	ID: "CR-54", Version: 1, Category: consistency.Gatherings, Severity: consistency.Info,
	Name: consistency.Words{NL: "Actie zonder eigenaar of te laat", EN: "Action without an owner, or late"},
	Condition: consistency.Words{
		NL: "Een actie heeft langer dan {days} dagen niemand die haar doet, of is meer dan {days} dagen over haar datum.",
		EN: "An action has had nobody who does it for longer than {days} days, or is more than {days} days past its day.",
	},
	Message: consistency.Words{
		NL: "“{action}” heeft geen eigenaar.",
		EN: "“{action}” has no owner.",
	},
	Variants: map[string]consistency.Words{"late": {
		NL: "“{action}” had klaar moeten zijn op {due}.",
		EN: "“{action}” was to be done on {due}.",
	}},
	Params:   []consistency.Param{{Name: "days", Usual: 7, Lowest: 1, Most: 30}},
	Audience: consistency.Audience{Owner: true, People: true},
	Basis: consistency.Words{
		NL: "Wat iedereen zou doen, doet niemand.",
		EN: "What everybody would do, nobody does.",
	},
	Waits: waitsForActions,
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		for _, a := range s.Actions {
			f := consistency.Finding{Object: consistency.The(a.ID), Owner: a.Owner, People: []domain.PersonID{a.Leader}}
			switch {
			case a.Done != "":
				continue
			case a.Owner == "" && float64(a.Agreed.DaysUntil(s.Today)) > p["days"]:
				f.Since = a.Agreed.Add(int(p["days"]) + 1)
			case a.Due != "" && float64(a.Due.DaysUntil(s.Today)) > p["days"]:
				f.Since, f.Variant, f.Days = a.Due.Add(int(p["days"])+1), "late", map[string]domain.Day{"due": a.Due}
			default:
				continue
			}
			found = append(found, f)
		}
		return found
	},
})
