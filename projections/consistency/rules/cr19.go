package rules

import (
	"math"

	"koersvast/domain"
	"koersvast/domain/measure"
	"koersvast/projections/consistency"
)

// cr19 compares what two groups see over all that was asked about a promise. A
// report holds each group's interval, rounded outwards. That of the difference
// is made of the halves that face each other, squared and added: it is never
// narrower than Welch's, since Student's t² grows ever faster with fewer
// people. The other halves can be cut off by the end of the scale. Where a
// small group is at that end there is no number to compare.
//
// The programme lead hears of no promise, and of the MT as a whole only when
// four of its members were checked by both groups.
var cr19 = rule(consistency.Rule{
	ID: "CR-19", Version: 1, Category: consistency.Checks, Severity: consistency.Talk,
	Name: consistency.Words{NL: "Groepen zien iets anders", EN: "Groups disagree"},
	Condition: consistency.Words{
		NL: "Informele leiders en medewerkers verschillen bij een toetsing minstens {margin} punt, en dat is waarschijnlijk geen toeval. Van beide groepen antwoordden er genoeg om dat te laten zien.",
		EN: "In a check informal leaders and employees are at least {margin} points apart, and that is probably not chance. Enough of both groups answered to show it.",
	},
	Message: consistency.Words{
		NL: "Informele leiders en medewerkers ervaren “{what}” verschillend ({a} tegen {b}).",
		EN: "Informal leaders and employees experience “{what}” differently ({a} against {b}).",
	},
	Terms:    map[string]consistency.Words{"mt": {NL: "de beloften van het MT", EN: "the promises of the management team"}},
	Params:   []consistency.Param{{Name: "margin", Usual: measure.Margin, Lowest: measure.Margin, Most: 3, Fraction: true}},
	Audience: consistency.Audience{Owner: true, Coach: true, Whole: []domain.Role{domain.Lead}},
	Basis: consistency.Words{
		NL: "Bracken, Rose en Church (2016), formule F12: groepen zien terecht iets anders, en dat is het gesprek waard.",
		EN: "Bracken, Rose and Church (2016), formula F12: groups rightly see different things, and that is worth talking about.",
	},
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		type views struct{ leaders, staff []measure.Estimate }
		of, members, mt := map[domain.PersonID]*views{}, []domain.PersonID{}, s.In(domain.MT)
		differ := func(a, b measure.Estimate, f consistency.Finding) {
			low, high := a, b
			if a.Value > b.Value {
				low, high = b, a
			}
			d, chance := high.Value-low.Value, math.Hypot(low.High-low.Value, high.Value-high.Low)
			if atLeast(d, p["margin"]) && !atLeast(chance, d) {
				f.Values = map[string]float64{"a": shown(a.Value), "b": shown(b.Value)}
				found = append(found, f)
			}
		}
		for _, r := range checks(s) {
			a, shownA := groupSees(r, domain.Leaders)
			b, shownB := groupSees(r, domain.Staff)
			if !shownA || !shownB {
				continue
			}
			differ(a, b, consistency.Finding{
				Object: consistency.The(r.Promise), Since: r.Since, Owner: r.Subject, Coach: r.Coach,
				Things:   map[string]consistency.Object{"what": consistency.The(r.Promise)},
				Evidence: []consistency.Object{consistency.The(r.ID)},
			})
			if !mt[r.Subject] {
				continue
			}
			if of[r.Subject] == nil {
				of[r.Subject], members = &views{}, append(members, r.Subject)
			}
			v := of[r.Subject]
			v.leaders, v.staff = append(v.leaders, a), append(v.staff, b)
		}
		var leaders, staff []measure.Estimate
		for _, m := range members {
			a, _ := consistency.Mean(of[m].leaders)
			b, _ := consistency.Mean(of[m].staff)
			leaders, staff = append(leaders, a), append(staff, b)
		}
		a, enough := measure.MTScore(leaders)
		b, _ := measure.MTScore(staff)
		if enough {
			differ(a, b, consistency.Finding{
				Object: consistency.The(s.Programme), Things: map[string]consistency.Object{"what": consistency.Term("mt")},
			})
		}
		return found
	},
})

// groupSees returns what a group sees over all that was asked about a promise,
// in points. It reports false when the group is not shown, or when a number
// would say what each of a few people gave.
func groupSees(r consistency.Round, g domain.RaterGroup) (measure.Estimate, bool) {
	var items []measure.Estimate
	for _, item := range r.Report.Items {
		for _, c := range item.Cells {
			switch {
			case c.Group != g || !c.Shown:
			case c.Sees == nil:
				return measure.Estimate{}, false
			default:
				items = append(items, *c.Sees)
			}
		}
	}
	return consistency.Mean(items)
}
