package rules

import (
	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr62 is for somebody who is able enough and still does not move: for them,
// and for their coach if there is one since an earlier round.
var cr62 = rule(consistency.Rule{
	ID: "CR-62", Version: 1, Category: consistency.Learning, Severity: consistency.Support,
	Name: consistency.Words{NL: "Stilstand in leren", EN: "Stagnating learner"},
	Condition: consistency.Words{
		NL: "Iemand is vaardig genoeg, maar het leren staat langer dan {days} dagen stil, en er is nog geen coaching.",
		EN: "Somebody is able enough, but their learning has stood still for longer than {days} days, and they are not being coached.",
	},
	Message: consistency.Words{
		NL: "{person} is vaardig maar staat stil; een coachgesprek kan helpen.",
		EN: "{person} is able but stands still; a coaching session can help.",
	},
	Params:   []consistency.Param{{Name: "days", Usual: 45, Lowest: 14, Most: 180}},
	Audience: consistency.Audience{Owner: true, Coach: true},
	Basis: consistency.Words{
		NL: "Wie vaardig genoeg is en toch stilstaat, komt met coaching weer mee.",
		EN: "Those who are able enough and still stand still catch up with coaching.",
	},
	Waits: waitsForLearning,
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		gone, coached := goneOf(s), map[domain.PersonID]bool{}
		for _, c := range s.Coachings {
			if c.Agreed != "" && c.Closed == "" {
				coached[c.Coachee] = true
			}
		}
		for _, l := range s.Learners {
			if !l.Able || coached[l.Person] || gone[l.Person] || float64(l.Progress.DaysUntil(s.Today)) <= p["days"] {
				continue
			}
			found = append(found, consistency.Finding{
				Object: consistency.The(l.Person), Since: l.Progress.Add(int(p["days"]) + 1), Owner: l.Person,
			})
		}
		return found
	},
})
