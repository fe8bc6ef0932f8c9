package rules

import "koersvast/projections/consistency"

// cr04 judges the words of the promise itself: the behaviours that it is linked
// to say what people will see in general, and not when, how often and to whom.
// See [koersvast/domain/promise.Check], which is a published list and judges
// nobody. Words that were erased cannot be judged.
var cr04 = rule(consistency.Rule{
	ID: "CR-04", Version: 1, Category: consistency.Promises, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Belofte zonder waarneembaar gedrag", EN: "Promise without behaviour that can be noticed"},
	Condition: consistency.Words{
		NL: "Een lopende belofte is {days} dagen of langer geleden gedaan en maakt minder dan {fields} van deze vijf dingen duidelijk: wie, wat die doet, wanneer of waar, hoe vaak, en wie het merkt.",
		EN: "A promise that runs was made {days} days ago or longer, and makes fewer than {fields} of these five things clear: who, what they do, when or where, how often, and who notices.",
	},
	Message: consistency.Words{
		NL: "Waaraan merkt iemand dat “{promise}” wordt nagekomen? Vul werkwoord, situatie en hoe vaak aan.",
		EN: "By what does anybody notice that “{promise}” is kept? Complete the verb, the situation and how often.",
	},
	Params: []consistency.Param{
		{Name: "days", Usual: 7, Lowest: 1, Most: 60},
		{Name: "fields", Usual: 5, Lowest: 1, Most: 5},
	},
	Audience: consistency.Audience{Owner: true, Coach: true},
	Basis: consistency.Words{
		NL: "Van abstract naar concreet: een belofte is te toetsen als iemand kan zien dat ze wordt nagekomen.",
		EN: "From abstract to concrete: a promise can be checked when somebody can see that it is kept.",
	},
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		for _, x := range running(s) {
			due := x.Active.Add(int(p["days"]))
			if !x.Erased && float64(x.Clear) < p["fields"] && due <= s.Today {
				found = append(found, consistency.Finding{Object: consistency.The(x.ID), Owner: x.By, Since: due})
			}
		}
		return found
	},
})
