package rules

import (
	"slices"

	"koersvast/domain"
	"koersvast/domain/expectation"
	"koersvast/domain/promise"
	"koersvast/projections/consistency"
)

// cr08 counts what the MT expects of others until it takes that back, and what
// it promised others until it withdraws that.
var cr08 = rule(consistency.Rule{
	ID: "CR-08", Version: 1, Category: consistency.Promises, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Eenzijdige verwachtingen", EN: "One-sided expectations"},
	Condition: consistency.Words{
		NL: "Het MT heeft {least} of meer verwachtingen van anderen, en deed per verwachting minder dan {ratio} belofte. Zonder een enkele belofte is het ernstig.",
		EN: "The MT has {least} or more expectations of others, and made fewer than {ratio} promises for each. Without a single promise it is serious.",
	},
	Message: consistency.Words{
		NL: "Aantal verwachtingen van het MT: {expectations}. Aantal beloften van het MT: {promises}.",
		EN: "Expectations of the MT: {expectations}. Promises of the MT: {promises}.",
	},
	Params: []consistency.Param{
		{Name: "least", Usual: 3, Lowest: 1, Most: 20},
		{Name: "ratio", Usual: 1. / 3, Lowest: .1, Most: 1, Fraction: true},
	},
	Audience: consistency.Audience{Roles: []domain.Role{domain.MT}},
	Basis: consistency.Words{
		NL: "Wederkerigheid: wie iets verwacht, belooft ook iets.",
		EN: "Reciprocity: who expects something promises something too.",
	},
	Find: func(s consistency.Situation, p consistency.Params) []consistency.Finding {
		ofMT := toMT(s)
		var said []domain.Day
		for _, x := range s.Expectations {
			if x.FromMT && !ofMT(x.Of) && x.Status != expectation.StatusDropped {
				said = append(said, x.Said)
			}
		}
		promised := 0
		for _, x := range s.Promises {
			toOthers := slices.ContainsFunc(x.To, func(p domain.Party) bool { return !ofMT(p) })
			if x.FromMT && x.Active != "" && x.Status != promise.StatusWithdrawn && toOthers {
				promised++
			}
		}
		least := int(p["least"])
		if len(said) < least || atLeast(float64(promised), p["ratio"]*float64(len(said))) {
			return nil
		}
		f := consistency.Finding{
			Object: consistency.The(s.Programme), Since: nth(said, least),
			Values: map[string]float64{"expectations": float64(len(said)), "promises": float64(promised)},
		}
		if promised == 0 {
			f.Severity = consistency.Serious
		}
		return []consistency.Finding{f}
	},
})
