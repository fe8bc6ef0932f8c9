package demo

import (
	"context"
	"fmt"
	"iter"

	"koersvast/domain"
	"koersvast/domain/consistency"
	"koersvast/domain/finding"
	"koersvast/domain/measure"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/eventstore"
	"koersvast/projections"
	"koersvast/projections/consistency/questions"
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
	s.on(168, "11:20", nadia, under(s, ondernemen, promise.Make{
		ID: "proef-vertellen",
		Terms: promise.Terms{
			Wording:   "Ik laat elk kwartaal een team vertellen wat een proef hun leerde, ook als die mislukte.",
			Situation: "aan het begin van het MT-overleg, een kwartier",
			Frequency: "elk kwartaal",
			Noticed:   "Het team krijgt dezelfde week te horen wat wij ermee doen.",
		},
		Details: promise.Details{To: []domain.Party{domain.Employees}, Pillar: ondernemen, Behaviours: []domain.BehaviourID{mtRuimte}, Rhythm: 90},
	})...)
	s.on(166, "15:10", joost, under(s, huishouden, promise.Make{
		ID: "tarief-uitleggen",
		Terms: promise.Terms{
			Wording:   "Ik leg bij elk nieuw contract in één bladzijde uit wat het tarief voor jullie werk betekent.",
			Situation: "in de week dat de gemeente tekent",
			Frequency: "bij elk contract",
			Noticed:   "Het team weet hoeveel uren er per cliënt zijn, en waarom.",
		},
		Details: promise.Details{To: []domain.Party{domain.Employees}, Pillar: huishouden, Behaviours: []domain.BehaviourID{mtUitleg}, Rhythm: 90},
	})...)
	s.firstChecks()
	s.laterChecks()
	for _, ago := range []int{200, 160, 128, 90, 60, 30, 10, 5} {
		s.look(ago)
	}
	s.picture("beeld-1", 150, 128, 126, "Waar staan we na een half jaar, en waarover praten we met elkaar?")
	s.picture("beeld-2", 40, 9, 7, "Wat is er veranderd sinds het eerste beeld, en wat beloven we nu?")
	s.pictureIsTalkedAbout()
}

// look tells what the rules found on a day, as the clock notes it.
func (s *story) look(ago int) {
	s.when(ago, "06:30", "", func(ctx context.Context, h hall) (steps []eventstore.Step, err error) {
		err = h.reads(ctx, s.programme, func(r projections.Reader, at domain.Position) error {
			raise, clear, err := questions.Due(ctx, r, s.programme, s.day(ago), at)
			for _, x := range raise {
				steps = append(steps, eventstore.Do(x))
			}
			for _, x := range clear {
				steps = append(steps, eventstore.Do(x))
			}
			return err
		})
		return steps, err
	})
}

// pictureIsTalkedAbout is what people do with what there is to talk about.
func (s *story) pictureIsTalkedAbout() {
	s.on(8, "11:10", sanne, eventstore.Do(finding.Dismiss{
		ID: "cr-31-oost-06", Why: "De leenlijst is een belofte aan het eigen team. Daar hoort geen 360-ronde bij.",
	}))
	s.on(6, "09:40", sanne, eventstore.Do(finding.Resolve{ID: "cr-31-mt-5", How: "Nadia krijgt in januari haar eerste ronde, en weet wie zij wil vragen."}))
	s.on(4, "10:30", marijke, eventstore.Do(finding.Discuss{
		ID: "cr-23-ondernemen", Note: "We vragen teams te beginnen en laten hen daarna wachten. Nadia en Bas zoeken uit wat er vóór een ja nog echt nodig is.",
	}))
	s.on(3, "14:20", bas, eventstore.Do(consistency.Decide{
		ID: "beeld-2", Decision: "vier-bladzijden", Finding: "cr-25-tweehonderd-euro", Choice: consistency.Repair, Promise: "tweehonderd-euro",
		Why: "Het plan van vier bladzijden gaat eruit onder de tweehonderd euro. Mijn belofte was een week en een mail van drie zinnen.",
	}))
	s.on(3, "15:05", sanne, eventstore.Do(finding.Snooze{ID: "cr-01-uren-west", Until: s.today.Add(20)}))
}

// picture tells of one consistency check, from its opening to its picture,
// which the team sees first. One of them would rather not read their part
// before.
func (s *story) picture(id domain.CheckID, opened, drawn, published int, purpose string) {
	s.on(opened, "13:30", sanne, eventstore.Do(consistency.Open{
		ID: id, Purpose: purpose, Pillars: []domain.PillarID{naarBuiten, huishouden, ondernemen},
		From: s.day(drawn + 122), Until: s.day(drawn), Reference: "Besluit van de ondernemingsraad over toetsen, DPIA versie 2",
	}))
	for i, member := range []domain.PersonID{marijke, bas, fatima, joost} {
		s.on(drawn-1, fmt.Sprintf("1%d:15", i), ellen, eventstore.Do(consistency.ReadBack{ID: id, Member: member}))
	}
	s.on(drawn-1, "15:05", nadia, eventstore.Do(consistency.DeclineReadBack{ID: id, Member: nadia}))
	s.when(published, "09:00", sanne, func(ctx context.Context, h hall) (steps []eventstore.Step, err error) {
		err = h.reads(ctx, s.programme, func(r projections.Reader, at domain.Position) error {
			p, err := questions.Publish(ctx, r, s.programme, s.day(published), at, id)
			steps = []eventstore.Step{eventstore.Do(p)}
			return err
		})
		return steps, err
	})
	s.on(published-2, "16:00", sanne, eventstore.Do(consistency.Release{ID: id}))
}

// acts lists all that was told before.
func (h hall) acts(ctx context.Context) (map[domain.ActID]bool, error) {
	told := map[domain.ActID]bool{}
	for rec, err := range h.log.After(ctx, 0) {
		if err != nil {
			return nil, err
		}
		told[rec.ID] = true
	}
	return told, nil
}

// until yields what was told of a programme up to a position.
func (h hall) until(ctx context.Context, in domain.ProgrammeID, last domain.Position) iter.Seq2[domain.Record, error] {
	return func(yield func(domain.Record, error) bool) {
		for rec, err := range h.log.After(ctx, 0) {
			if err == nil && rec.Position > last {
				return
			}
			if (err != nil || rec.Programme == in) && !yield(rec, err) || err != nil {
				return
			}
		}
	}
}

// reads lets f ask the read models of all that was told so far.
func (h hall) reads(ctx context.Context, in domain.ProgrammeID, f func(projections.Reader, domain.Position) error) error {
	last, err := h.log.Last(ctx)
	if err != nil {
		return err
	}
	return h.past.Read(ctx, in, last, f)
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
	tariffs   = "Ik leg bij elk nieuw contract in één bladzijde uit wat het tarief voor jullie werk betekent."
	lessons   = "Ik laat elk kwartaal een team vertellen wat een proef hun leerde, ook als die mislukte."
	yesOrNo   = "Ik beslis binnen een week over elk voorstel van een team tot tweehonderd euro."
)

// firstChecks are those before the first picture: people hear more than they
// see, most of all about going outdoors.
func (s *story) firstChecks() {
	s.check("regiodag-1", "regiodag", marijke, naarBuiten, onTour, 145, 135, drawnSecond, 4, level{4, 3}, level{4, 2}, level{4, 2})
	s.check("gemeente-0", "samen-naar-gemeente", joost, naarBuiten, toTown, 144, 134, drawnThird, 4, level{4, 4}, level{3, 3}, level{4, 3})
	s.check("wachtlijst-1", "wachtlijst-bellen", fatima, naarBuiten, calls, 143, 133, drawnFirst, 3, level{3, 3}, level{3, 3}, level{3, 3})
	s.check("kansenkaart-1", "kansenkaart", joost, naarBuiten, maps, 142, 132, drawnLast, 3, level{4, 3}, level{3, 2}, level{3, 2})
	s.check("tarief-1", "tarief-uitleggen", joost, huishouden, tariffs, 140, 130, drawnSecond, 4, level{4, 4}, level{3, 3}, level{4, 3})
	s.check("cijfers-voorjaar", "cijfers", bas, huishouden, numbers, 141, 131, drawnFirst, 4, level{4, 4}, level{4, 3}, level{4, 3})
}

// laterChecks are those before the second one: the team is seen outdoors, and
// what it says about trying things is not what people find.
func (s *story) laterChecks() {
	s.check("cijfers-zomer", "cijfers", bas, huishouden, numbers, 88, 78, drawnThird, 4, level{4, 4}, level{4, 4}, level{4, 4})
	s.on(77, "09:10", bas, eventstore.Do(round.Share{ID: "cijfers-zomer", With: round.Everyone}))
	s.check("regiodag-2", "regiodag", marijke, naarBuiten, onTour, 27, 17, drawnLast, 4, level{4, 4}, level{4, 4}, level{4, 4})
	s.check("wachtlijst-2", "wachtlijst-bellen", fatima, naarBuiten, calls, 26, 16, drawnThird, 4, level{4, 4}, level{4, 4}, level{4, 4})
	s.check("kansenkaart-2", "kansenkaart", joost, naarBuiten, maps, 25, 15, drawnSecond, 4, level{4, 4}, level{4, 3}, level{4, 3})
	s.check("halfuur-1", "halfuur-gemeenten", joost, naarBuiten, townNews, 24, 14, drawnFirst, 4, level{5, 4}, level{4, 4}, level{4, 4})
	s.check("casus-2", "casus", fatima, ondernemen, caseTable, 23, 13, drawnLast, 4, level{4, 3}, level{3, 3}, level{4, 3})
	s.check("tarief-2", "tarief-uitleggen", joost, huishouden, tariffs, 21, 11, drawnThird, 4, level{4, 4}, level{4, 4}, level{4, 4})
	s.on(10, "08:50", joost, eventstore.Do(round.Share{ID: "tarief-2", With: round.Everyone}))
	s.check("proef-1", "proef-vertellen", nadia, ondernemen, lessons, 21, 11, drawnFirst, 3, level{4, 2}, level{3, 2}, level{3, 2})
	s.check("tweehonderd-1", "tweehonderd-euro", bas, ondernemen, yesOrNo, 22, 12, drawnSecond, 3, level{4, 3}, level{4, 2}, level{4, 2})
}
