package rules

import (
	"koersvast/domain/measure"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

// cr20 needs how many gave each answer, which is told of a group from eight
// answers on and rounded to fives in a hundred: it is found in larger groups
// than formulas F7 and F9 need. A group counts as split when its answers lie
// far apart, at two ends, with some at either end.
var cr20 = rule(consistency.Rule{
	ID: "CR-20", Version: 1, Category: consistency.Checks, Severity: consistency.Talk,
	Name: consistency.Words{NL: "Verdeeldheid binnen een groep", EN: "Split within a group"},
	Condition: consistency.Words{
		NL: "Een groep van acht of meer is verdeeld over een gedraging: de eensgezindheid is lager dan {consensus} (van 0 tot 1), de antwoorden liggen ver uit elkaar, en aan elk van beide kanten staat minstens drie op de tien.",
		EN: "A group of eight or more is divided over a behaviour: consensus is below {consensus} (from 0 to 1), the answers lie far apart, and at least three in ten are on either side.",
	},
	Message: consistency.Words{
		NL: "De groep is verdeeld over “{behaviour}”; het gemiddelde zegt hier weinig.",
		EN: "The group is divided over “{behaviour}”; the mean says little here.",
	},
	Params:   []consistency.Param{{Name: "consensus", Usual: .5, Lowest: .2, Most: .7, Fraction: true}},
	Audience: consistency.Audience{Owner: true, Coach: true},
	Basis: consistency.Words{
		NL: "Burke e.a. (1999) en Tastle en Wierman (2007), formules F7 en F9: een gemiddelde verbergt twee meningen.",
		EN: "Burke et al. (1999) and Tastle and Wierman (2007), formulas F7 and F9: a mean hides two opinions.",
	},
	Find: func(s consistency.Situation, p consistency.Params) []consistency.Finding {
		return standOut(s, func(item round.Item) (most float64) {
			for _, c := range item.Cells {
				if dissent, split := split(c); split && dissent > 1-p["consensus"] {
					most = max(most, shown(dissent))
				}
			}
			return most
		})
	},
})

// split returns how far a group is from consensus, 0–1, and reports whether it
// falls apart in two.
func split(c round.Cell) (dissent float64, ok bool) {
	var t measure.Tally // of a hundred people, more or less
	if copy(t.Counts[:], c.Spread) < measure.Points {
		return 0, false
	}
	ad, _ := t.AD()
	consensus, _ := t.Consensus()
	side := func(a, b int) bool { return atLeast(float64(t.Counts[a]+t.Counts[b]), .3*float64(t.N())) }
	return 1 - consensus, ad > measure.ADAcceptable && side(0, 1) && side(3, 4)
}
