package demo

import (
	"context"

	"koersvast/domain"
	"koersvast/domain/round"
	"koersvast/eventstore"
)

// Who is asked. Employees are drawn anew each time: so nobody tires of it, and
// two results shortly after each other give nobody away.
var (
	peers    = group(domain.Peers, bas, fatima, joost, nadia)
	informal = group(domain.Leaders, henk, yvonne, mehmet, loes)

	drawnFirst  = group(domain.Staff, "noord-02", samira, "noord-05", "noord-06", tjerk, petra, "oost-03", "oost-04", anouk, "zuid-04")
	drawnSecond = group(domain.Staff, "noord-08", rachid, "noord-10", "oost-05", ilse, "oost-07", carla, "zuid-05", "zuid-06", els)
	drawnThird  = group(domain.Staff, "oost-09", "oost-10", daan, "zuid-09", noor, jeroen, ahmed, mirjam, "west-06", "west-07")
	drawnLast   = group(domain.Staff, kim, greetje, "west-08", "west-09", tom, "noord-02", "oost-03", tjerk, carla, els)
)

func group(g domain.RaterGroup, people ...domain.PersonID) (raters []round.Rater) {
	for _, p := range people {
		raters = append(raters, round.Rater{Person: p, Group: g})
	}
	return raters
}

func all(groups ...[]round.Rater) (raters []round.Rater) {
	for _, g := range groups {
		raters = append(raters, g...)
	}
	return raters
}

// A said is what somebody hears and sees, with a line of their own.
type said struct {
	hears, sees int
	line        string
	use         round.Use
}

// aboutOne gives what people of a group answer to a check of one behaviour, in
// the order of the group; who comes after the last does not answer.
func aboutOne(q domain.QuestionID, group []round.Rater, list ...said) map[domain.PersonID]round.Answer {
	answers := map[domain.PersonID]round.Answer{}
	for i, s := range list {
		a := round.Answer{Sees: map[domain.QuestionID]int{q: s.sees}, Hears: map[domain.QuestionID]int{q: s.hears}}
		if s.line != "" {
			a.Words = map[domain.QuestionID]round.Written{"line": {Text: s.line, Use: s.use}}
		}
		answers[group[i].Person] = a
	}
	return answers
}

// marks gives what people of a group answer without a line.
func marks(q domain.QuestionID, group []round.Rater, hearSee ...[2]int) map[domain.PersonID]round.Answer {
	var list []said
	for _, x := range hearSee {
		list = append(list, said{hears: x[0], sees: x[1]})
	}
	return aboutOne(q, group, list...)
}

func together(groups ...map[domain.PersonID]round.Answer) map[domain.PersonID]round.Answer {
	answers := map[domain.PersonID]round.Answer{}
	for _, g := range groups {
		for who, a := range g {
			answers[who] = a
		}
	}
	return answers
}

func self(who domain.PersonID) []round.Rater { return group(domain.Self, who) }

// The behaviours of the strategy about which people are asked, as they stand.
var (
	explains  = round.Behaviour{ID: mtUitleg, Pillar: huishouden, Text: "We leggen bij elk besluit over geld uit waartussen we kozen."}
	goesAlong = round.Behaviour{ID: mtMee, Pillar: naarBuiten, Text: "We gaan zelf mee op huisbezoek en naar de gemeente, en vragen daarna wat ons is ontgaan."}
)

// lindeveerAsks is how people are asked whether they notice what was promised:
// three times about one promise, and twice, a year apart, about the director.
func (s *story) lindeveerAsks() {
	s.when(297, "11:30", ellen, func(ctx context.Context, h hall) ([]eventstore.Step, error) {
		return h.holdsKey(ctx, s.programme, ellen)
	})
	s.mirror()
	s.checksThatCameToNothing()
	s.checksOfTenLines()
	s.checksOfNow()
}

// checksOfTenLines are three checks of one promise: at first people hear it
// more than they see it, and in the end they see it too.
func (s *story) checksOfTenLines() {
	const q = "b-" + domain.QuestionID(mtUitleg)
	check := func(id domain.RoundID, from, until int, drawn []round.Rater, answers map[domain.PersonID]round.Answer) {
		s.ask(asking{
			Plan: round.Plan{
				ID: id, Kind: domain.Check, Subject: marijke, Coach: ellen, Promise: "tien-regels",
				Questions: round.OfCheck("", huishouden, []round.Behaviour{explains}),
			},
			from: from, until: until, raters: all(peers, informal, drawn), answers: answers, counted: true,
		})
	}
	check("tien-regels-1", 198, 188, drawnFirst, together(
		marks(q, self(marijke), [2]int{4, 4}),
		marks(q, peers, [2]int{4, 4}, [2]int{4, 3}, [2]int{3, 3}, [2]int{4, 4}),
		marks(q, informal, [2]int{4, 2}, [2]int{3, 2}, [2]int{4, 3}, [2]int{4, 2}),
		aboutOne(q, drawnFirst,
			said{4, 2, "Ik lees wel wat er besloten is, maar niet waartussen jullie kozen.", round.Literally},
			said{3, 2, "", ""}, said{4, 3, "De eerste weken kwam het, daarna een tijd niet.", round.Literally}, said{4, 2, "", ""},
			said{3, 1, "Zet het ook eens in het teamoverleg. Niet iedereen kijkt op intranet.", round.Literally},
			said{4, 2, "Bij het besluit over de huur van Zuid heb ik niets gelezen.", round.InOtherWords},
			said{3, 3, "Kort en duidelijk als het er is.", round.Literally}, said{4, 2, "", ""},
			said{4, 3, "Wie een vraag stelt, krijgt soms geen antwoord.", round.Literally}),
	))
	s.on(187, "09:15", marijke, eventstore.Do(round.Share{ID: "tien-regels-1", With: round.WithMT}))
	s.on(186, "16:10", marijke, eventstore.Do(round.ThankRaters{ID: "tien-regels-1", Letter: "Dank jullie wel. Ik dacht dat het goed ging, en jullie missen vooral waartussen we kozen. Dat schrijf ik er voortaan bij, ook als het besluit klein lijkt."}))

	check("tien-regels-2", 100, 90, drawnSecond, together(
		marks(q, self(marijke), [2]int{4, 4}),
		marks(q, peers, [2]int{4, 4}, [2]int{4, 4}, [2]int{4, 3}, [2]int{5, 4}),
		marks(q, informal, [2]int{4, 3}, [2]int{4, 3}, [2]int{3, 3}, [2]int{4, 4}),
		aboutOne(q, drawnSecond,
			said{4, 3, "Beter dan in het voorjaar.", round.Literally}, said{3, 3, "", ""}, said{4, 3, "Ik lees het nu elke keer.", round.Literally},
			said{4, 4, "Het rijtje ‘waartussen we kozen’ helpt echt.", round.Literally},
			said{4, 2, "Op vrijdagmiddag lezen de meesten het niet meer.", round.Literally}, said{3, round.Unobserved, "", ""},
			said{4, 3, "Over de auto’s las ik niets.", round.ForCoach}, said{4, 3, "Soms staan er afkortingen in.", round.Literally},
			said{4, 4, "", ""}),
	))
	s.on(89, "09:20", marijke, eventstore.Do(round.Share{ID: "tien-regels-2", With: round.WithMT}))

	check("tien-regels-3", 33, 23, drawnThird, together(
		marks(q, self(marijke), [2]int{4, 4}),
		marks(q, peers, [2]int{5, 4}, [2]int{4, 4}, [2]int{4, 4}, [2]int{4, 5}),
		marks(q, informal, [2]int{4, 4}, [2]int{4, 4}, [2]int{4, 3}, [2]int{5, 4}),
		aboutOne(q, drawnThird,
			said{4, 4, "Ik weet nu eerder waarom iets niet doorgaat.", round.Literally}, said{4, 4, "", ""}, said{4, 3, "", ""},
			said{5, 5, "Fijn dat het er elke keer staat.", round.Literally}, said{4, 4, "", ""},
			said{4, 4, "Blijf ook vertellen wat je nog niet weet.", round.Literally}, said{4, 3, "", ""},
			said{5, 4, "De vragen eronder krijgen nu ook antwoord.", round.Literally}, said{4, 4, "Het mag nog korter.", round.Literally}),
	))
	s.on(22, "09:10", marijke, eventstore.Do(round.Share{ID: "tien-regels-3", With: round.Everyone}))
	s.on(21, "15:40", marijke, eventstore.Do(round.ThankRaters{ID: "tien-regels-3", Letter: "Dank voor jullie antwoorden. Fijn dat jullie het nu ook zien. Ik houd het vol, en schrijf er vaker bij wat we nog niet weten."}))
}

// checksThatCameToNothing are one that was given up, and one to which too few
// people answered, also after it was extended.
func (s *story) checksThatCameToNothing() {
	const q = "promise"
	s.on(228, "09:00", sanne, eventstore.Do(round.Plan{
		ID: "cijfers-0", Kind: domain.Check, Subject: bas, Coach: ellen, Promise: "cijfers",
		Questions: round.OfCheck("", huishouden, []round.Behaviour{explains}),
		Opens:     s.day(225), Closes: s.day(215), Thresholds: domain.UsualThresholds,
	}))
	s.on(226, "08:45", sanne, eventstore.Do(round.Cancel{ID: "cijfers-0", Why: "Bas is ziek. We vragen het als hij weer bij de teams is geweest."}))

	s.ask(asking{
		Plan: round.Plan{
			ID: "casus-1", Kind: domain.Check, Subject: fatima, Coach: ellen, Promise: "casus",
			Questions: round.OfCheck("Ik schuif om de week aan bij een casusbespreking en praat daar als laatste.", ondernemen, nil),
		},
		from: 130, until: 120, extended: 117, raters: drawnThird[:8], counted: true,
		answers: together(
			marks(q, self(fatima), [2]int{4, 5}),
			marks(q, drawnThird, [2]int{3, 4}, [2]int{4, 4}, [2]int{3, round.Unobserved}),
		),
	})
	s.on(125, "09:30", sanne, eventstore.Do(round.Remind{ID: "casus-1"}))
}

// checksOfNow are two that run: one in which people can still answer, and one
// that its coach can close today.
func (s *story) checksOfNow() {
	const mee, cijfers = "b-" + domain.QuestionID(mtMee), "b-" + domain.QuestionID(mtUitleg)
	s.ask(asking{
		Plan: round.Plan{
			ID: "gemeente-1", Kind: domain.Check, Subject: joost, Coach: ellen, Promise: "samen-naar-gemeente",
			Questions: round.OfCheck("", naarBuiten, []round.Behaviour{goesAlong}),
		},
		from: 4, until: -6, raters: all(informal, drawnLast),
		answers: together(
			marks(mee, self(joost), [2]int{4, 4}),
			marks(mee, informal[1:], [2]int{4, 3}, [2]int{3, 3}, [2]int{4, 4}),
			marks(mee, drawnLast[1:], [2]int{4, 4}, [2]int{3, 3}, [2]int{4, 3}, [2]int{4, 4}, [2]int{3, 2}),
		),
	})
	s.on(3, "10:10", els, eventstore.Do(round.DeclineToRate{ID: "gemeente-1"}))
	s.ask(asking{
		Plan: round.Plan{
			ID: "cijfers-1", Kind: domain.Check, Subject: bas, Coach: ellen, Promise: "cijfers",
			Questions: round.OfCheck("", huishouden, []round.Behaviour{explains}),
		},
		from: 10, until: 0, raters: all(informal, drawnSecond),
		answers: together(
			marks(cijfers, self(bas), [2]int{4, 4}),
			marks(cijfers, informal, [2]int{4, 3}, [2]int{3, 3}, [2]int{4, 4}, [2]int{4, 3}),
			aboutOne(cijfers, drawnSecond,
				said{4, 4, "Het ene blad papier hangt bij ons aan de muur.", round.Literally}, said{4, 3, "", ""}, said{3, 4, "", ""},
				said{4, 4, "", ""}, said{4, 2, "Bij ons is hij dit jaar één keer geweest.", round.InOtherWords}, said{3, 4, "", ""},
				said{4, 3, "", ""}, said{4, 4, "", ""}),
		),
	})
}

// mirror is what people who work with the director see of her, at the
// beginning and a year later. Her coach talks about it with her: see
// [story.marijkeIsCoached].
func (s *story) mirror() {
	questions := round.OfFeedback([]round.Behaviour{goesAlong, explains}, true)
	feedback := func(id domain.RoundID, from, until int, drawn []round.Rater, answers map[domain.PersonID]round.Answer) {
		s.ask(asking{
			Plan: round.Plan{ID: id, Kind: domain.Feedback, Subject: marijke, Coach: ellen, Questions: questions},
			from: from, until: until, raters: all(peers, informal, drawn), answers: answers, counted: true,
		})
	}
	feedback("spiegel-1", 289, 277, drawnSecond, together(
		profile(questions, self(marijke), 1, nil, 4),
		profile(questions, peers, 2, words{"keep": {"Ze vraagt door tot ze het snapt."}}, 4, 4, 3, 4),
		profile(questions, informal, 3, words{
			"keep": {"Ze belt terug als ze dat zegt.", "Ze weet wie er jarig is.", "Ze zegt het als ze iets niet weet."},
			"less": {"Een besluit aankondigen dat voor ons nog een vraag was."},
		}, 3, 3, 4, 3),
		profile(questions, drawnSecond, 4, words{
			"keep": {
				"Ze groet iedereen bij naam, ook mij na mijn verlof in mei.", "Eerlijk zijn over geld.", "Rustig blijven als het spannend is.",
				"Uitleggen waarom.", "Op tijd komen.",
			},
			"more": {"Terugkomen op wat je hebt gevraagd.", "Een keer meerijden.", "Doorvragen bij de stille mensen."},
			"less": {"Snel een oplossing noemen.", "Met drie dingen tegelijk bezig zijn."},
		}, 3, 4, 3, 3, 4, 3, 3, 2, 4),
	))
	s.on(276, "10:30", ellen, eventstore.Do(round.ReadFirst{ID: "spiegel-1"}))
	s.when(276, "10:50", ellen, func(ctx context.Context, h hall) ([]eventstore.Step, error) {
		return h.mask(ctx, s.programme, "spiegel-1", "groet iedereen", "Hieraan zien mensen wie het schreef.")
	})
	s.on(276, "11:10", ellen, eventstore.Do(round.Paraphrase{ID: "spiegel-1", Question: "less", Text: "Verschillende mensen horen liever eerst een vraag dan een oplossing."}))
	s.on(270, "16:45", marijke, eventstore.Do(round.ThankRaters{ID: "spiegel-1", Letter: "Jullie zien dat ik luister, en dat ik te snel met een oplossing kom. Ik ga eerst twee vragen stellen. Zeg het me als ik dat vergeet."}))

	feedback("spiegel-2", 28, 16, drawnFirst, together(
		profile(questions, self(marijke), 5, nil, 4),
		profile(questions, peers, 6, words{"keep": {"Ze zegt het als iets haar niet lukt.", "Ze geeft een ander de eer."}}, 4, 4, 4, 5),
		profile(questions, informal, 7, words{
			"keep": {"Eerst vragen, dan pas vinden.", "Ze is er op gewone dinsdagen."},
			"more": {"Ook de avondploeg vragen wat ze ervan vinden."},
		}, 4, 4, 4, 4),
		profile(questions, drawnFirst, 8, words{
			"keep": {"Ze komt nu echt langs.", "Doorvragen zonder oordeel.", "Opschrijven wat er besloten is.", "Zichzelf blijven.", "Lachen om haar eigen fouten."},
			"more": {
				"Laten weten wat er met een voorstel is gebeurd.", "Ook nee zeggen, met de reden erbij.", "Ons werk zien voordat ze erover besluit.",
				"Vaker een kort berichtje.", "Teams bij elkaar brengen.",
			},
			"less": {"Alles zelf willen uitleggen."},
		}, 4, 4, 3, 4, 5, 4, 4, 3, 4),
	))
	s.on(15, "09:40", ellen, eventstore.Do(round.ReadFirst{ID: "spiegel-2"}))
	s.on(15, "10:05", ellen, eventstore.Do(round.Paraphrase{ID: "spiegel-2", Question: "more", Text: "Meer mensen willen horen wat er met hun voorstel gebeurt, ook als het nee is."}))
	s.on(9, "08:55", marijke, eventstore.Do(round.ThankRaters{ID: "spiegel-2", Letter: "Fijn dat jullie mij vaker zien. Wat ik meeneem: laten weten wat er met een voorstel is gebeurd, ook als het nee wordt. Daar begin ik deze maand mee."}))
}

// words are what some of a group write to each question, in the order of the
// group.
type words map[domain.QuestionID][]string

// profile gives what people of a group answer to a whole questionnaire: about
// as high as each of them tends to, now a point more and then one less. Bent is
// a number that makes one group's answers differ from another's.
func profile(questions []round.Question, group []round.Rater, bent int, w words, tends ...int) map[domain.PersonID]round.Answer {
	answers := map[domain.PersonID]round.Answer{}
	for i, level := range tends {
		a := round.Answer{Sees: map[domain.QuestionID]int{}, Words: map[domain.QuestionID]round.Written{}}
		for j, q := range questions {
			if q.Scale != round.Words {
				a.Sees[q.ID] = leaning(level, (3*i+5*j+bent)%9)
			}
		}
		for q, texts := range w {
			if i < len(texts) {
				use := round.Literally
				if q == "less" {
					use = round.InOtherWords
				}
				a.Words[q] = round.Written{Text: texts[i], Use: use}
			}
		}
		answers[group[i].Person] = a
	}
	return answers
}

// leaning is a rating near a level.
func leaning(level, chance int) int {
	switch chance {
	case 0:
		return min(level+1, 5)
	case 3, 7:
		return max(level-1, 1)
	case 5:
		return round.Unobserved
	}
	return level
}
