package rules

import (
	"koersvast/domain"
	"koersvast/domain/measure"
	"koersvast/projections/consistency"
)

// cr23 looks at how much more people hear a promise than they see it, over all
// that was asked about it. The gap is told of those who gave both numbers, and
// only when they are enough; its interval is rounded outwards.
//
// The MT hears of pillars, see [ofPillar].
var cr23 = rule(consistency.Rule{
	ID: "CR-23", Version: 1, Category: consistency.Checks, Severity: consistency.Serious,
	Name: consistency.Words{NL: "Zeg-doe-kloof", EN: "Say–do gap"},
	Condition: consistency.Words{
		NL: "Mensen horen een belofte gemiddeld minstens {gap} punt vaker dan ze haar zien, en dat is waarschijnlijk geen toeval. Er antwoordden er genoeg om dat te laten zien.",
		EN: "On average people hear a promise at least {gap} points more often than they see it, and that is probably not chance. Enough of them answered to show it.",
	},
	Message: consistency.Words{
		NL: "Mensen horen “{what}” vaker dan ze het zien (verschil {x}).",
		EN: "People hear “{what}” more often than they see it (difference {x}).",
	},
	Params:   []consistency.Param{{Name: "gap", Usual: 1, Lowest: .5, Most: 3, Fraction: true}},
	Audience: consistency.Audience{Owner: true, Coach: true, Whole: []domain.Role{domain.MT}},
	Basis: consistency.Words{
		NL: "Simons (2002), formule F13: wie meer zegt dan doet, verliest vertrouwen.",
		EN: "Simons (2002), formula F13: those who say more than they do lose trust.",
	},
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		find := func(gap measure.Estimate, f consistency.Finding) {
			if atLeast(gap.Value, p["gap"]) && gap.Low > 1e-9 {
				f.Values = map[string]float64{"x": shown(gap.Value)}
				f.Things = map[string]consistency.Object{"what": f.Object}
				found = append(found, f)
			}
		}
		for _, r := range checks(s) {
			if gap, ok := sayDo(r); ok {
				find(gap, consistency.Finding{
					Object: consistency.The(r.Promise), Since: r.Since, Owner: r.Subject, Coach: r.Coach,
					Evidence: []consistency.Object{consistency.The(r.ID)},
				})
			}
		}
		for _, pillar := range s.Pillars {
			// What is asked of scores is asked of gaps as well.
			if gap, ok := ofPillar(s, pillar.ID, sayDo); ok {
				find(gap, consistency.Finding{Object: consistency.The(pillar.ID)})
			}
		}
		return found
	},
})

// sayDo returns by how much more others hear a promise than they see it, in
// points, over all that was asked about it.
func sayDo(r consistency.Round) (measure.Estimate, bool) {
	var gaps []measure.Estimate
	for _, item := range r.Report.Items {
		if item.SayDo != nil {
			gaps = append(gaps, *item.SayDo)
		}
	}
	return consistency.Mean(gaps)
}
