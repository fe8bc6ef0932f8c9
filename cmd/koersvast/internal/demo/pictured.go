package demo

import (
	"koersvast/domain"
	"koersvast/domain/measure"
	"koersvast/domain/promise"
	"koersvast/domain/round"
)

// lindeveerIsPictured is how everything that was heard and seen was put side by
// side, twice, half a year apart.
func (s *story) lindeveerIsPictured() {
	s.on(172, "10:40", bas, under(s, ondernemen, promise.Make{
		ID: "tweehonderd-euro",
		Terms: promise.Terms{
			Wording:   "Ik beslis binnen een week over elk voorstel van een team tot tweehonderd euro.",
			Situation: "Een mail met drie zinnen is genoeg.",
			Frequency: "bij elk voorstel",
			Noticed:   "Je hebt binnen een week ja, of nee met de reden.",
		},
		Details: promise.Details{To: []domain.Party{domain.Employees}, Pillar: ondernemen, Behaviours: []domain.BehaviourID{mtRuimte}, Rhythm: 90},
	})...)
	s.firstChecks()
	s.laterChecks()
}

// A level is how often one group hears and sees something, about.
type level struct{ hears, sees int }

// check tells of a check of a promise in its own words, to which everybody who
// is asked answers about what their group does.
func (s *story) check(id domain.RoundID, of domain.PromiseID, by domain.PersonID, pillar domain.PillarID, wording string, from, until int, drawn []round.Rater, self int, colleagues, leaders, staff level) {
	const q = "promise"
	mt := peersOf(by)
	s.ask(asking{
		Plan: round.Plan{
			ID: id, Kind: domain.Check, Subject: by, Coach: ellen, Promise: of,
			Questions: round.OfCheck(wording, pillar, nil),
		},
		from: from, until: until, raters: all(mt, informal, drawn), counted: true,
		answers: together(
			marks(q, group(domain.Self, by), [2]int{self, self}),
			near(q, mt, colleagues), near(q, informal, leaders), near(q, drawn, staff),
		),
	})
}

// near gives what people of a group answer when most of them hear and see
// something about as often.
func near(q domain.QuestionID, group []round.Rater, l level) map[domain.PersonID]round.Answer {
	var list [][2]int
	for i := range group {
		hears := l.hears + []int{0, -1, 0, 1, 0, -1, 0, -1, 0, 1}[i]
		sees := l.sees + []int{0, 1, -1, 0, -1, 0, 1, 0, -1, 0}[i]
		list = append(list, [2]int{min(hears, measure.Highest), min(sees, measure.Highest)})
	}
	return marks(q, group, list...)
}

// peersOf are the others of the management team.
func peersOf(who domain.PersonID) (others []round.Rater) {
	for _, p := range []domain.PersonID{marijke, bas, fatima, joost, nadia} {
		if p != who {
			others = append(others, round.Rater{Person: p, Group: domain.Peers})
		}
	}
	return others
}

const (
	onTour    = "Ik ben elke maand een dagdeel op pad met een regioteam."
	toTown    = "Ik neem naar elk gesprek met een gemeente een collega uit die regio mee."
	calls     = "Ik bel iedereen die langer dan zes weken op onze hulp wacht."
	maps      = "Ik maak met elk team een kaart van wat er in hun wijken al is."
	townNews  = "Ik vertel elke maand in een halfuur online wat er bij de gemeenten speelt."
	numbers   = "Ik laat in elk team zien hoe we ervoor staan."
	caseTable = "Ik schuif om de week aan bij een casusbespreking en praat daar als laatste."
	yesOrNo   = "Ik beslis binnen een week over elk voorstel van een team tot tweehonderd euro."
)

// firstChecks are those before the first picture: people hear more than they
// see, most of all about going outdoors.
func (s *story) firstChecks() {
	s.check("regiodag-1", "regiodag", marijke, naarBuiten, onTour, 145, 135, drawnSecond, 4, level{4, 3}, level{4, 2}, level{4, 2})
	s.check("gemeente-0", "samen-naar-gemeente", joost, naarBuiten, toTown, 144, 134, drawnThird, 4, level{4, 4}, level{3, 3}, level{4, 3})
	s.check("wachtlijst-1", "wachtlijst-bellen", fatima, naarBuiten, calls, 143, 133, drawnFirst, 3, level{3, 3}, level{3, 3}, level{3, 3})
	s.check("kansenkaart-1", "kansenkaart", joost, naarBuiten, maps, 142, 132, drawnLast, 3, level{4, 3}, level{3, 2}, level{3, 2})
	s.check("cijfers-voorjaar", "cijfers", bas, huishouden, numbers, 141, 131, drawnFirst, 4, level{4, 4}, level{4, 3}, level{4, 3})
}

// laterChecks are those before the second one: the team is seen outdoors, and
// what it says about trying things is not what people find.
func (s *story) laterChecks() {
	s.check("cijfers-zomer", "cijfers", bas, huishouden, numbers, 88, 78, drawnThird, 4, level{4, 4}, level{4, 4}, level{4, 4})
	s.check("regiodag-2", "regiodag", marijke, naarBuiten, onTour, 27, 17, drawnLast, 4, level{4, 4}, level{4, 4}, level{4, 4})
	s.check("wachtlijst-2", "wachtlijst-bellen", fatima, naarBuiten, calls, 26, 16, drawnThird, 4, level{4, 4}, level{4, 4}, level{4, 4})
	s.check("kansenkaart-2", "kansenkaart", joost, naarBuiten, maps, 25, 15, drawnSecond, 4, level{4, 4}, level{4, 3}, level{4, 3})
	s.check("halfuur-1", "halfuur-gemeenten", joost, naarBuiten, townNews, 24, 14, drawnFirst, 4, level{5, 4}, level{4, 4}, level{4, 4})
	s.check("casus-2", "casus", fatima, ondernemen, caseTable, 23, 13, drawnLast, 4, level{4, 3}, level{3, 3}, level{4, 3})
	s.check("tweehonderd-1", "tweehonderd-euro", bas, ondernemen, yesOrNo, 22, 12, drawnSecond, 3, level{4, 3}, level{4, 2}, level{4, 2})
}
