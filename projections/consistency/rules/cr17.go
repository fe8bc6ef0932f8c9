package rules

import (
	"koersvast/domain/measure"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

// cr17 looks at the window of a gap, which is found from the exact answers of
// all others who may be shown; there is none when too few answered. It takes
// both windows in which somebody's own view is clearly higher: whether others
// see a strength all the same changes the talk, and not the difference.
var cr17 = rule(consistency.Rule{
	ID: "CR-17", Version: 1, Category: consistency.Checks, Severity: consistency.Talk,
	Name: consistency.Words{NL: "Blinde vlek", EN: "Blind spot"},
	Condition: consistency.Words{
		NL: "Iemand schat zich op een gedraging minstens {margin} punt hoger in dan anderen doen, en dat is waarschijnlijk geen toeval. Er antwoordden genoeg anderen om dat te laten zien.",
		EN: "On a behaviour somebody rates themselves at least {margin} points higher than others do, and that is probably not chance. Enough others answered to show it.",
	},
	Message: consistency.Words{
		NL: "Op “{behaviour}” zie je jezelf {x} punt hoger dan anderen.",
		EN: "On “{behaviour}” you see yourself {x} points higher than others do.",
	},
	Params:   []consistency.Param{{Name: "margin", Usual: measure.Margin, Lowest: measure.Margin, Most: 3, Fraction: true}},
	Audience: consistency.Audience{Owner: true, Coach: true},
	Basis: consistency.Words{
		NL: "Atwater en Yammarino (1992), formule F11: wie zichzelf en anderen anders ziet, leert het meest van een gesprek daarover.",
		EN: "Atwater and Yammarino (1992), formula F11: those who see themselves differently than others do learn most from talking about it.",
	},
	Find: func(s consistency.Situation, p consistency.Params) []consistency.Finding {
		return standOut(s, func(item round.Item) float64 {
			return apart(item, p["margin"], measure.BlindSpot, measure.HigherBySelf)
		})
	},
})
