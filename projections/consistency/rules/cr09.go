package rules

import (
	"koersvast/domain"
	"koersvast/domain/promise"
	"koersvast/projections/consistency"
)

// cr09 is about promises that were made: what was only proposed was promised to
// nobody. An explanation ends it, also one that comes late or after a short
// reason: from then on the recipients know.
var cr09 = rule(consistency.Rule{
	ID: "CR-09", Version: 1, Category: consistency.Promises, Severity: consistency.Serious,
	Name: consistency.Words{NL: "Ingetrokken zonder uitleg", EN: "Withdrawn without an explanation"},
	Condition: consistency.Words{
		NL: "Een belofte is ingetrokken zonder uitleg aan de ontvangers, en de reden is korter dan {chars} tekens of het is meer dan {days} dagen geleden.",
		EN: "A promise was withdrawn without an explanation to those it was made to, and the reason is shorter than {chars} characters or it was more than {days} days ago.",
	},
	Message: consistency.Words{
		NL: "“{promise}” is ingetrokken; de ontvangers kregen geen uitleg.",
		EN: "“{promise}” was withdrawn; those it was made to got no explanation.",
	},
	Params: []consistency.Param{
		{Name: "chars", Usual: 30, Lowest: 0, Most: 200},
		{Name: "days", Usual: 14, Lowest: 1, Most: 60},
	},
	Audience: consistency.Audience{Owner: true, Roles: []domain.Role{domain.Lead}},
	Basis: consistency.Words{
		NL: "Uitleg verzacht een gebroken afspraak (onderzoek naar informatieve rechtvaardigheid, 2020).",
		EN: "An explanation softens a broken agreement (research on informational justice, 2020).",
	},
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		for _, x := range with(s, promise.StatusWithdrawn) {
			since := x.Since.Add(int(p["days"]) + 1)
			if x.Reason >= 0 && float64(x.Reason) < p["chars"] {
				since = x.Since
			}
			if x.Active != "" && !x.Explained && since <= s.Today {
				found = append(found, consistency.Finding{Object: consistency.The(x.ID), Owner: x.By, Since: since})
			}
		}
		return found
	},
})
