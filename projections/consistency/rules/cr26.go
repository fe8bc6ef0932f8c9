package rules

import (
	"koersvast/domain"
	"koersvast/domain/measure"
	"koersvast/projections/consistency"
)

// cr26 counts what documents said in the last 90 days, and only when that is
// enough to tell, see cr27. That no other pillar is spoken of more makes true
// what the message says. Scores of pillars are compared only where there are
// two or more: see [ofPillar].
var cr26 = rule(consistency.Rule{
	ID: "CR-26", Version: 1, Category: consistency.Checks, Severity: consistency.Talk,
	Name: consistency.Words{NL: "Lippendienst", EN: "Lip service"},
	Condition: consistency.Words{
		NL: "In documenten van de laatste 90 dagen, met minstens {fragments} fragmenten, gaat het over één pijler het meest: minstens {lift}% van het geheel boven een gelijk deel. Juist die pijler wordt van alle pijlers het minst gemerkt, en zeker minder dan half.",
		EN: "In documents of the last 90 days, with at least {fragments} fragments, one pillar is spoken of most: at least {lift}% of the whole above an equal share. Of all pillars that one is noticed least, and surely less than half.",
	},
	Message: consistency.Words{
		NL: "Over “{pillar}” wordt het meest gesproken en het minst gemerkt.",
		EN: "“{pillar}” is spoken of most and noticed least.",
	},
	Params: []consistency.Param{
		{Name: "lift", Usual: 15, Lowest: 5, Most: 50},
		{Name: "fragments", Usual: 20, Lowest: 10, Most: 200},
	},
	Audience: consistency.Audience{Roles: []domain.Role{domain.MT}},
	Basis: consistency.Words{
		NL: "Formule F17: veel praten over wat niet gebeurt, wordt gemerkt.",
		EN: "Formula F17: to talk much of what does not happen does not go unnoticed.",
	},
	Find: func(s consistency.Situation, p consistency.Params) []consistency.Finding {
		said, pillars, ok := spoken(s, p["fragments"])
		if !ok {
			return nil
		}
		var least measure.Estimate // noticed
		var lowest domain.PillarID
		scored, most := 0, 0
		for _, pillar := range pillars {
			most = max(most, said.Pillars[pillar])
			score, ok := ofPillar(s, pillar, scoreOf)
			if !ok {
				continue
			}
			scored++
			tied := score.Value == least.Value && said.Pillars[pillar] > said.Pillars[lowest]
			if lowest == "" || score.Value < least.Value || tied {
				least, lowest = score, pillar
			}
		}
		equal := 1 / float64(len(pillars))
		if scored < 2 || said.Pillars[lowest] < most || !atLeast(said.Share(lowest), equal+p["lift"]/100) || atLeast(least.High, 50) {
			return nil
		}
		return []consistency.Finding{{Object: consistency.The(lowest)}}
	},
})

// scoreOf returns how much others notice of what was promised, where two groups
// or more can be shown.
func scoreOf(r consistency.Round) (measure.Estimate, bool) {
	if r.Report.Score == nil {
		return measure.Estimate{}, false
	}
	return *r.Report.Score, true
}
