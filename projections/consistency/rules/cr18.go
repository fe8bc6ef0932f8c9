package rules

import (
	"koersvast/domain/measure"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

// cr18 is cr17 the other way round.
var cr18 = rule(consistency.Rule{
	ID: "CR-18", Version: 1, Category: consistency.Checks, Severity: consistency.Talk,
	Name: consistency.Words{NL: "Verborgen kracht", EN: "Hidden strength"},
	Condition: consistency.Words{
		NL: "Iemand schat zich op een gedraging minstens {margin} punt lager in dan anderen doen, en dat is waarschijnlijk geen toeval. Er antwoordden genoeg anderen om dat te laten zien.",
		EN: "On a behaviour somebody rates themselves at least {margin} points lower than others do, and that is probably not chance. Enough others answered to show it.",
	},
	Message: consistency.Words{
		NL: "Anderen zien “{behaviour}” vaker dan jij denkt.",
		EN: "Others see “{behaviour}” more often than you think.",
	},
	Params:   []consistency.Param{{Name: "margin", Usual: measure.Margin, Lowest: measure.Margin, Most: 3, Fraction: true}},
	Audience: consistency.Audience{Owner: true, Coach: true},
	Basis: consistency.Words{
		NL: "Atwater en Yammarino (1992), formule F11: ook wie te streng is voor zichzelf heeft er iets aan dat te horen.",
		EN: "Atwater and Yammarino (1992), formula F11: those who are too strict on themselves are helped by hearing so.",
	},
	Find: func(s consistency.Situation, p consistency.Params) []consistency.Finding {
		return standOut(s, func(item round.Item) float64 {
			return apart(item, p["margin"], measure.HiddenStrength, measure.StrictOnSelf)
		})
	},
})
