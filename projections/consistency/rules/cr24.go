package rules

import (
	"slices"

	"koersvast/domain"
	"koersvast/domain/evidence"
	"koersvast/domain/measure"
	"koersvast/projections/consistency"
	coded "koersvast/projections/evidence"
)

// cr24 looks at documents, interviews and observations of what is done about a
// promise, or about a behaviour that shows it. What people answered in checks
// is left out: it would tell the programme lead on which side they are.
var cr24 = rule(consistency.Rule{
	ID: "CR-24", Version: 1, Category: consistency.Checks, Severity: consistency.Talk,
	Name: consistency.Words{NL: "Bronnen spreken elkaar tegen", EN: "Evidence contradicts"},
	Condition: consistency.Words{
		NL: "Over een belofte zijn er in {days} dagen minstens {sources} bronnen die haar zien en {sources} die het tegendeel zien, en beide kanten wegen mee: de tegenspraak is minstens {conflict} (van 0 tot 1).",
		EN: "In {days} days there are at least {sources} sources that see a promise and {sources} that see the opposite, and both sides weigh: the contradiction is at least {conflict} (from 0 to 1).",
	},
	Message: consistency.Words{
		NL: "Bronnen over “{promise}” wijzen twee kanten op.",
		EN: "Sources on “{promise}” point both ways.",
	},
	Params: []consistency.Param{
		{Name: "conflict", Usual: .5, Lowest: .3, Most: .9, Fraction: true},
		{Name: "sources", Usual: 2, Lowest: 2, Most: 5},
		{Name: "days", Usual: 180, Lowest: 60, Most: 365},
	},
	Audience: consistency.Audience{Coach: true, Roles: []domain.Role{domain.Lead}},
	Basis: consistency.Words{
		NL: "Formule F15: tegenspraak is geen fout maar een gesprek.",
		EN: "Formula F15: a contradiction is no mistake but a talk.",
	},
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		stands := standing(s)
		for _, x := range s.Promises {
			if !stands[x.ID] {
				continue
			}
			f := consistency.Finding{Object: consistency.The(x.ID), Owner: x.By}
			var weighed []measure.Evidence
			for _, piece := range coded.Pieces(about(s, x, p["days"]), s.Method) {
				weighed = append(weighed, piece.Measured(s.Today, s.Method))
				f.Evidence = append(f.Evidence, consistency.The(piece.Source))
			}
			c, ok := measure.ConflictOf(weighed)
			if ok && atLeast(c.Index, p["conflict"]) && float64(min(c.For, c.Against)) >= p["sources"] {
				found = append(found, f)
			}
		}
		return found
	},
})

// about returns the fragments of the last days that say what is done about a
// promise, each as one about the promise itself: what one source says of it and
// of its behaviours is one voice.
func about(s consistency.Situation, p consistency.Promise, days float64) (list []consistency.Fragment) {
	for _, f := range s.Fragments {
		behaviour := f.Behaviour != "" && slices.Contains(p.Behaviours, f.Behaviour)
		if age := f.Day.DaysUntil(s.Today); !f.Scored() || f.Promise != p.ID && !behaviour || age < 0 || float64(age) > days {
			continue
		}
		f.Coding = evidence.Coding{
			Promise: p.ID, Direction: f.Direction, Stance: f.Stance, Link: f.Link, Day: f.Day, With: f.With,
		}
		list = append(list, f)
	}
	return list
}
