package rules

import "koersvast/projections/consistency"

// cr65 has nothing to look for: what could be traced to one person is left out
// of a round at the one moment at which its answers are read, and is nowhere
// after that. See [koersvast/domain/disclosure] and [koersvast/domain/round.Count].
var cr65 = rule(consistency.Rule{
	ID: "CR-65", Version: 1, Category: consistency.Rights, Severity: consistency.Blocks,
	Name: consistency.Words{NL: "Herleidbaar", EN: "Could be traced"},
	Condition: consistency.Words{
		NL: "Iets zou worden getoond waaruit, ook samen met wat al is getoond, af te leiden is wat één persoon antwoordde.",
		EN: "Something would be shown from which, also together with what was shown before, it follows what one person answered.",
	},
	Message: consistency.Words{
		NL: "Deze weergave zou één persoon herleidbaar maken.",
		EN: "This view would make it possible to trace one person.",
	},
	Holds: consistency.Words{
		NL: "Zo’n weergave kan niet ontstaan. Als een ronde wordt geteld, vallen groepen onder hun drempel weg, en alles waaruit die zijn af te leiden. Alleen wat dan overblijft, verlaat de stembus.",
		EN: "Such a view cannot come about. When a round is counted, groups below their threshold are left out, and all from which these could be inferred. Only what is left then leaves the ballot box.",
	},
	Basis: consistency.Words{
		NL: "De toetsen op herleidbaarheid: rechtstreeks, door aftrekken, over vragen heen, tussen rondes, bij overlap, door gevolgtrekking.",
		EN: "The tests of disclosure: direct, by subtraction, across questions, between rounds, by overlap, by inference.",
	},
})
