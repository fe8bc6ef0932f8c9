package demo

import (
	"koersvast/domain"
	"koersvast/domain/council"
	"koersvast/domain/expectation"
	"koersvast/domain/programme"
	"koersvast/domain/promise"
	"koersvast/domain/strategy"
	"koersvast/eventstore"
)

// The pillars, and what else of the sheet others refer to.
const (
	naarBuiten domain.PillarID = "naar-buiten"
	huishouden domain.PillarID = "gezond-huishouden"
	ondernemen domain.PillarID = "ondernemen"
	digitaal   domain.PillarID = "digitaal"

	mtMee       domain.BehaviourID = "mt-gaat-mee"
	mtKantoor   domain.BehaviourID = "mt-niet-van-kantoor"
	medBelt     domain.BehaviourID = "medewerker-belt"
	medStuurt   domain.BehaviourID = "medewerker-stuurt-niet-door"
	mtUitleg    domain.BehaviourID = "mt-legt-uit"
	mtMail      domain.BehaviourID = "mt-niet-per-mail"
	medUren     domain.BehaviourID = "medewerker-uren"
	medDuur     domain.BehaviourID = "medewerker-eerst-buurt"
	mtRuimte    domain.BehaviourID = "mt-antwoordt-op-voorstel"
	mtOverneemt domain.BehaviourID = "mt-neemt-niet-over"
	medStap     domain.BehaviourID = "medewerker-eerste-stap"
	medVinkt    domain.BehaviourID = "medewerker-vinkt-niet-af"
	medFeest    domain.BehaviourID = "medewerker-op-verjaardag"
	medCollega  domain.BehaviourID = "medewerker-vraagt-collega"
	mtAgenda    domain.BehaviourID = "mt-agenda"
)

// ofLindeveer is the story of a foundation that is no longer paid by itself:
// it has to go outdoors, know what its work costs, and see what more it can do
// for people. It writes that down in three pillars, and then has to do it.
func ofLindeveer(today domain.Day) *story {
	s := &story{programme: Lindeveer, today: today}
	s.lindeveerBegins()
	s.lindeveerShares()
	s.lindeveerTranslates()
	s.lindeveerPractises()
	s.lindeveerNow()
	s.lindeveerAsks()
	s.lindeveerCoaches()
	s.lindeveerIsStudied()
	s.lindeveerIsPictured()
	return s
}

// The programme begins: its people, its strategy on one page, and what people
// will notice of it.
func (s *story) lindeveerBegins() {
	p := s.programme

	s.on(323, "09:05", sanne, eventstore.Do(programme.Start{
		ID: p, Name: "Lindeveer: dichtbij en vooruit",
		Lead: sanne, LeadName: "Sanne Verhoeven", LeadEmail: "sanne.verhoeven@lindeveer.example", AlsoManages: true,
	}))
	s.on(323, "09:40", sanne, eventstore.Do(programme.AddPeople{Programme: p, People: around}))
	s.on(323, "10:05", sanne, eventstore.Do(programme.GiveRoles{Programme: p, ID: sanne, Roles: []domain.Role{domain.Lead}}))
	s.on(322, "10:15", dirk, eventstore.Do(programme.AddPeople{Programme: p, Teams: teams, People: colleagues}))

	s.on(321, "14:05", marijke, eventstore.Do(strategy.FormulateMission{
		Programme: p,
		Text:      "Wij steunen mensen met een beperking, zodat zij meedoen: thuis, op het werk en in de buurt.",
	}))
	s.on(321, "14:20", marijke, eventstore.Do(strategy.FormulateVision{
		Programme: p,
		Text:      "Over vier jaar is meedoen gewoon. Mensen kennen hun buren, doen werk dat bij hen past en weten ons te vinden als het even niet lukt.",
	}))
	s.on(320, "09:30", dirk, eventstore.Do(programme.CorrectPerson{
		Programme: p, ID: samira, Name: "Samira Bouzid", Email: "samira.bouzid@lindeveer.example", Function: "ambulant begeleider",
	}))

	s.on(318, "15:10", marijke, eventstore.Do(strategy.ChooseCoreValue{
		Programme: p, ID: "dichtbij", Name: "Dichtbij",
		Meaning: "We kennen de mensen voor wie we werken. We bellen liever dan dat we mailen.",
	}))
	s.on(318, "15:14", marijke, eventstore.Do(strategy.ChooseCoreValue{
		Programme: p, ID: "eerlijk", Name: "Eerlijk",
		Meaning: "We zeggen wat we doen en wat niet lukt. Ook als dat lastig is.",
	}))
	s.on(318, "15:19", nadia, eventstore.Do(strategy.ChooseCoreValue{
		Programme: p, ID: "nieuwsgierig", Name: "Nieuwsgierig",
		Meaning: "We vragen eerst, en vullen niet in voor een ander.",
	}))
	s.on(318, "15:22", bas, eventstore.Do(strategy.ChooseCoreValue{
		Programme: p, ID: "professioneel", Name: "Professioneel",
		Meaning: "We doen ons werk zorgvuldig.",
	}))

	s.on(316, "11:00", joost, eventstore.Do(strategy.ProposePillar{
		Programme: p, ID: naarBuiten, Name: "Naar buiten",
		Meaning: "We gaan naar mensen, buren en gemeenten toe voordat er een vraag op papier staat. Het betekent niet dat we overal ja op zeggen, of dat iedereen moet leren verkopen.",
	}))
	s.on(316, "11:08", bas, eventstore.Do(strategy.ProposePillar{
		Programme: p, ID: huishouden, Name: "Gezond huishouden",
		Meaning: "We weten wat ons werk kost en wat het oplevert, en we kunnen dat uitleggen. Het betekent niet dat geld bepaalt wie hulp krijgt.",
	}))
	s.on(316, "11:15", nadia, eventstore.Do(strategy.ProposePillar{
		Programme: p, ID: ondernemen, Name: "Ondernemende professionals",
		Meaning: "Onze medewerkers zien kansen en verzilveren die.",
	}))
	s.on(316, "11:20", bas, eventstore.Do(strategy.ProposePillar{
		Programme: p, ID: digitaal, Name: "Digitaal vooruit",
		Meaning: "Vaker contact en overleg via scherm en telefoon.",
	}))
	for i, pillar := range []domain.PillarID{naarBuiten, huishouden, ondernemen} {
		s.on(313, []string{"16:10", "16:12", "16:15"}[i], marijke, eventstore.Do(strategy.AdoptPillar{Programme: p, ID: pillar}))
	}

	s.on(311, "09:20", joost, eventstore.Do(strategy.StateAmbition{
		Programme: p, ID: "wijken", Pillar: naarBuiten, Year: s.year(3),
		Text: "In alle elf gemeenten weten wijkteam, huisarts en buurthuis wie ze bij ons kunnen bellen.",
	}))
	s.on(311, "09:24", joost, eventstore.Do(strategy.StateAmbition{
		Programme: p, ID: "eerder", Pillar: naarBuiten, Year: s.year(4),
		Text: "De helft van de mensen die wij steunen, kent ons al voordat er een brief van de gemeente is.",
	}))
	s.on(311, "10:02", bas, eventstore.Do(strategy.StateAmbition{
		Programme: p, ID: "buffer", Pillar: huishouden, Year: s.year(3),
		Text: "We houden genoeg over om een half jaar door te werken als een opdracht wegvalt.",
	}))
	s.on(311, "10:05", bas, eventstore.Do(strategy.StateAmbition{
		Programme: p, ID: "papier", Pillar: huishouden, Year: s.year(2),
		Text: "Van elke werkweek gaat hooguit een halve dag naar papierwerk.",
	}))
	s.on(311, "10:40", nadia, eventstore.Do(strategy.StateAmbition{
		Programme: p, ID: "proeven", Pillar: ondernemen, Year: s.year(3),
		Text: "Elk team begint ieder jaar iets nieuws samen met cliënten, en stopt met iets dat niet werkt.",
	}))
	s.on(310, "13:30", joost, eventstore.Do(strategy.SetObjective{
		Programme: p, ID: "vier-partners", Pillar: naarBuiten, Year: s.year(0),
		Text: "Elke regio heeft met vier partners in de wijk een vaste afspraak.",
	}))
	s.on(310, "13:33", joost, eventstore.Do(strategy.SetObjective{
		Programme: p, ID: "spreekuur", Pillar: naarBuiten, Year: s.year(1),
		Text: "In elke gemeente houden we iedere week een inloopspreekuur.",
	}))
	s.on(310, "13:36", joost, eventstore.Do(strategy.SetObjective{
		Programme: p, ID: "folders", Pillar: naarBuiten, Year: s.year(0),
		Text: "Elk team deelt vijfhonderd folders uit.",
	}))
	s.on(310, "13:50", bas, eventstore.Do(strategy.SetObjective{
		Programme: p, ID: "uren", Pillar: huishouden, Year: s.year(0),
		Text: "Bij negen van de tien collega’s staan de uren binnen twee dagen in het systeem.",
	}))
	s.on(310, "13:54", bas, eventstore.Do(strategy.SetObjective{
		Programme: p, ID: "contracten", Pillar: huishouden, Year: s.year(1),
		Text: "Met zes gemeenten hebben we een contract voor langer dan een jaar.",
	}))
	s.on(310, "14:10", nadia, eventstore.Do(strategy.SetObjective{
		Programme: p, ID: "twee-proeven", Pillar: ondernemen, Year: s.year(1),
		Text: "Elk team doet twee proeven van hooguit drie maanden en vertelt de andere teams wat het leerde.",
	}))

	s.on(307, "12:00", bas, eventstore.Do(strategy.RetirePillar{
		Programme: p, ID: digitaal,
		Why: "Digitaal werken is een middel en geen richting. Wat we ervan nodig hebben, staat nu bij de andere pijlers.",
	}))
	s.on(306, "15:45", marijke, eventstore.Do(strategy.DropCoreValue{
		Programme: p, ID: "professioneel",
		Why: "Dit zegt te weinig. Iedereen noemt zichzelf professioneel, en niemand merkt er verschil door.",
	}))

	// The management team and the informal leaders prepare the first meeting.
	for i, b := range []struct {
		by domain.PersonID
		strategy.ProposeBehaviour
	}{
		{fatima, strategy.ProposeBehaviour{ID: mtMee, Pillar: naarBuiten, Whose: domain.MT, Text: "We gaan zelf mee op huisbezoek en naar de gemeente, en vragen daarna wat ons is ontgaan."}},
		{henk, strategy.ProposeBehaviour{ID: mtKantoor, Pillar: naarBuiten, Whose: domain.MT, Counter: true, Text: "We besluiten niet over een wijk waar we het afgelopen jaar niet zijn geweest."}},
		{yvonne, strategy.ProposeBehaviour{ID: medBelt, Pillar: naarBuiten, Whose: domain.Employee, Text: "Ik zoek actief de verbinding met het netwerk."}},
		{mehmet, strategy.ProposeBehaviour{ID: medStuurt, Pillar: naarBuiten, Whose: domain.Employee, Counter: true, Text: "Ik stuur niemand door zonder later te vragen of het is gelukt."}},
		{bas, strategy.ProposeBehaviour{ID: mtUitleg, Pillar: huishouden, Whose: domain.MT, Text: "We leggen bij elk besluit over geld uit waartussen we kozen."}},
		{loes, strategy.ProposeBehaviour{ID: mtMail, Pillar: huishouden, Whose: domain.MT, Counter: true, Text: "We kondigen geen bezuiniging aan per mail."}},
		{bas, strategy.ProposeBehaviour{ID: medUren, Pillar: huishouden, Whose: domain.Employee, Text: "Ik schrijf mijn uren op de dag zelf op."}},
		{loes, strategy.ProposeBehaviour{ID: medDuur, Pillar: huishouden, Whose: domain.Employee, Counter: true, Text: "Ik vraag geen dure oplossing aan zonder eerst te kijken wat de buurt al heeft."}},
		{nadia, strategy.ProposeBehaviour{ID: mtRuimte, Pillar: ondernemen, Whose: domain.MT, Text: "We geven ruimte aan goede ideeën."}},
		{henk, strategy.ProposeBehaviour{ID: mtOverneemt, Pillar: ondernemen, Whose: domain.MT, Counter: true, Text: "We nemen een proef van een team niet over zodra hij lukt."}},
		{mehmet, strategy.ProposeBehaviour{ID: medStap, Pillar: ondernemen, Whose: domain.Employee, Text: "Als ik zie dat iets anders kan voor een cliënt, zet ik binnen een week een eerste stap."}},
		{yvonne, strategy.ProposeBehaviour{ID: medVinkt, Pillar: ondernemen, Whose: domain.Employee, Counter: true, Text: "Ik vink geen plan af zonder de cliënt te vragen wat het opleverde."}},
		{joost, strategy.ProposeBehaviour{ID: medFeest, Pillar: naarBuiten, Whose: domain.Employee, Text: "Ik vertel op verjaardagen over ons werk."}},
	} {
		b.Programme = p
		s.on(304, []string{
			"09:30", "09:34", "09:41", "09:47", "10:05", "10:11", "10:15",
			"10:22", "11:00", "11:06", "11:15", "11:21", "11:30",
		}[i], b.by, eventstore.Do(b.ProposeBehaviour))
	}

	// Before anybody is asked about anybody, the works council has its say.
	s.on(303, "10:05", sanne, eventstore.Do(council.Size{Programme: p, Employees: 64}))
	s.on(303, "10:20", sanne, eventstore.Do(council.AskConsent{
		Programme: p, Kinds: domain.RoundKinds, Thresholds: domain.Thresholds{Peers: 4, Leaders: 4, Staff: 3},
		Scope:     "Het MT vraagt aan de regioteams of zijn beloften te merken zijn, hooguit eens in de twee maanden. Eén keer per jaar is er een 360-ronde over de vijf MT-leden. Meedoen mag, en hoeft niet.",
		Documents: "DPIA leiderschap, versie 1",
	}))

	s.on(302, "11:10", yvonne, eventstore.Do(strategy.RewordBehaviour{
		Programme: p, ID: medBelt,
		Text: "Ik bel zelf met de huisarts of het wijkteam, en wacht niet op een verwijzing.",
		Why:  "Bij het oefenen kon niemand voordoen hoe je ‘verbinding zoekt’. Bellen kan iedereen voordoen.",
	}))
	for i, b := range []domain.BehaviourID{mtMee, mtKantoor, medBelt, medStuurt, mtUitleg, mtMail, medUren, medDuur, mtOverneemt, medStap, medVinkt} {
		s.on(301, []string{
			"15:00", "15:01", "15:04", "15:06", "15:11", "15:12", "15:15", "15:19", "15:26", "15:30", "15:31",
		}[i], marijke, eventstore.Do(strategy.AgreeBehaviour{Programme: p, ID: b}))
	}
	s.on(301, "15:40", mehmet, eventstore.Do(strategy.DropBehaviour{
		Programme: p, ID: medFeest,
		Why: "Een verjaardag is van jezelf. Daar gaat dit programma niet over.",
	}))
}

// Sharing and digesting: everyone hears the story, says what they expect of
// each other, and the first promises are made.
func (s *story) lindeveerShares() {
	p := s.programme

	s.on(300, "16:30", greetje, eventstore.Do(council.RefuseConsent{
		Programme: p, Number: 1, Note: council.Note{Reference: "OR-besluit 1", Member: true},
		Why: "Met drie antwoorden is in een klein team te raden wie wat zei. En er staat niet bij wanneer de gegevens weg zijn.",
	}))
	s.on(299, "09:15", sanne, eventstore.Do(council.AskConsent{
		Programme: p, Kinds: domain.RoundKinds, Thresholds: domain.UsualThresholds,
		Scope:     "Het MT vraagt aan de regioteams of zijn beloften te merken zijn, hooguit eens in de twee maanden. Eén keer per jaar is er een 360-ronde over de vijf MT-leden. Meedoen mag, en hoeft niet. Wat iemand invult, is binnen dertig dagen na het sluiten gewist.",
		Documents: "DPIA leiderschap, versie 2",
	}))
	s.on(298, "14:00", greetje, eventstore.Do(council.Grant{
		Programme: p, Number: 2, Note: council.Note{Reference: "OR-besluit 2", Member: true},
		Conditions: "Na een jaar kijken we samen terug. Komt er een ander soort vragen bij, dan vragen jullie ons opnieuw.",
	}))

	s.on(298, "16:20", henk, under(s, naarBuiten, expectation.Express{
		ID: "kom-kijken", Of: domain.TheMT, Pillar: naarBuiten,
		Text: "Kom kijken hoe ons werk eruitziet voordat jullie erover besluiten.",
	})...)
	s.on(295, "08:50", marijke, append(under(s, naarBuiten, promise.Make{
		ID:    "regiodag",
		Terms: promise.Terms{Wording: "Ik kom vaker langs bij de teams."},
		Details: promise.Details{
			To: []domain.Party{domain.Employees}, Pillar: naarBuiten, Expectation: "kom-kijken",
		},
	}), eventstore.Do(expectation.Accept{ID: "kom-kijken", Promise: "regiodag"}))...)

	s.on(294, "13:15", nadia, eventstore.Do(strategy.RewordPillar{
		Programme: p, ID: ondernemen, Name: "Ondernemen vanuit je vak",
		Meaning: "We zien wat iemand nog meer nodig heeft of kan, en zetten daar zelf een eerste stap voor. Het betekent niet: producten verkopen, of uren schrijven om het schrijven.",
		Why:     "In de bijeenkomst hoorden we: ‘Ondernemend klinkt alsof ik verkoper moet worden.’ We beginnen nu bij het vak, en zeggen er ook bij wat we niet bedoelen.",
	}))
	s.on(294, "13:30", joost, eventstore.Do(strategy.DropObjective{
		Programme: p, ID: "folders",
		Why: "Een gesprek doet meer dan een folder. De teams vroegen terecht wie vijfhonderd folders zou lezen.",
	}))

	s.on(293, "10:30", marijke, eventstore.Do(promise.Make{
		ID: "vragenbus",
		Terms: promise.Terms{
			Wording:   "Ik geef op elke vraag uit de vragenbus binnen vijf werkdagen zelf antwoord.",
			Situation: "Het antwoord staat op het intranet, onder de vraag.",
			Frequency: "bij elke vraag",
			Noticed:   "Iedereen kan meelezen. Wie de vraag stelde, krijgt ook een mailtje.",
		},
		Details: promise.Details{To: []domain.Party{domain.Everyone}, Rhythm: 30},
	}))
	s.on(290, "11:45", bas, under(s, huishouden, promise.Make{
		ID: "cijfers",
		Terms: promise.Terms{
			Wording:   "Ik leg elk kwartaal in ieder team in gewone taal uit hoe we ervoor staan.",
			Situation: "Ik kom een halfuur in het teamoverleg, met één blad papier.",
			Frequency: "vier keer per jaar, in alle vier de teams",
			Noticed:   "Na afloop kan iedereen in het team vertellen of we geld overhouden, en waardoor.",
		},
		Details: promise.Details{
			To: []domain.Party{domain.Employees}, Pillar: huishouden, Behaviours: []domain.BehaviourID{mtUitleg}, Rhythm: 90,
		},
	})...)
	s.on(288, "09:15", fatima, under(s, ondernemen, promise.Make{
		ID: "casus",
		Terms: promise.Terms{
			Wording:   "Ik schuif om de week aan bij een casusbespreking en praat daar als laatste.",
			Situation: "bij de teams om de beurt, op dinsdagochtend",
			Frequency: "om de week",
			Noticed:   "Het team merkt dat ik eerst luister en vraag, en pas daarna iets vind.",
		},
		Details: promise.Details{To: []domain.Party{domain.Employees}, Pillar: ondernemen},
	})...)
	s.on(286, "16:05", joost, under(s, naarBuiten, promise.Make{
		ID: "samen-naar-gemeente",
		Terms: promise.Terms{
			Wording:   "Ik neem naar elk gesprek met een gemeente een collega uit die regio mee.",
			Situation: "Ik bel een week van tevoren het team, en zij kiezen wie er meegaat.",
			Frequency: "bij elk gesprek",
			Noticed:   "Het team hoort daarna van de eigen collega wat er is gezegd.",
		},
		Details: promise.Details{To: []domain.Party{domain.Employees}, Pillar: naarBuiten, Behaviours: []domain.BehaviourID{mtMee}},
	})...)
	s.on(284, "14:30", bas, under(s, huishouden, promise.Make{
		ID: "reiskosten",
		Terms: promise.Terms{
			Wording:   "Ik zorg dat je je reiskosten in vijf minuten per maand invult.",
			Situation: "op je telefoon, zonder losse bonnetjes",
			Frequency: "elke maand",
			Noticed:   "Je bent klaar voordat je koffie koud is.",
		},
		Details: promise.Details{To: []domain.Party{domain.Everyone}, Pillar: huishouden, Due: s.day(172)},
	})...)

	s.on(279, "08:40", marijke, eventstore.Do(promise.Reword{
		ID: "regiodag",
		Terms: promise.Terms{
			Wording:   "Ik ben elke maand een dagdeel op pad met een regioteam.",
			Situation: "Ik loop mee met het werk van die dag: een huisbezoek, een inloop of een overleg in de wijk.",
			Frequency: "elke maand, telkens een ander team",
			Noticed:   "Het team dat aan de beurt is, ziet de datum twee weken vooruit in de agenda staan.",
		},
		Why: "Henk vroeg me hoe vaak ‘vaker’ is. Ik wist het zelf niet. Nu wel.",
	}))
	s.on(279, "08:46", marijke, eventstore.Do(promise.Link{ID: "regiodag", Behaviours: []domain.BehaviourID{mtMee, mtKantoor}}))
	s.on(278, "13:10", nadia, eventstore.Do(strategy.RewordBehaviour{
		Programme: p, ID: mtRuimte,
		Text: "We zeggen binnen een week ja of nee tegen een voorstel van een team, met de reden erbij.",
		Why:  "Ruimte kun je niet zien. Een antwoord wel.",
	}))
	s.on(278, "13:20", marijke, eventstore.Do(strategy.AgreeBehaviour{Programme: p, ID: mtRuimte}))
	s.on(276, "17:05", henk, under(s, naarBuiten, promise.Make{
		ID: "verhaal-van-een-client",
		Terms: promise.Terms{
			Wording:   "Ik breng elke maand het verhaal van een cliënt mee naar het MT.",
			Situation: "aan het begin van het MT-overleg, tien minuten; als de cliënt dat wil, vertelt die het zelf",
			Frequency: "elke maand",
			Noticed:   "Het MT hoort wat een besluit voor één mens betekent.",
		},
		Details: promise.Details{To: []domain.Party{domain.TheMT}, Pillar: naarBuiten},
	})...)
	s.on(274, "15:20", nadia, under(s, ondernemen, promise.Make{
		ID: "oefentijd",
		Terms: promise.Terms{
			Wording:   "Ik regel dat iedereen vier uur per maand oefent met een collega, in werktijd.",
			Situation: "De uren staan in het rooster.",
			Frequency: "elke maand",
			Noticed:   "Je hoeft er niets voor af te zeggen.",
		},
		Details: promise.Details{To: []domain.Party{domain.Employees}, Pillar: ondernemen},
	})...)
	s.on(268, "12:10", marijke, under(s, huishouden, promise.Make{
		ID: "tien-regels",
		Terms: promise.Terms{
			Wording:   "Ik schrijf na elk MT-overleg dezelfde dag in tien regels op wat we besloten en waarom.",
			Situation: "op het intranet, bij nieuws van het MT",
			Frequency: "om de week, op dinsdag",
			Noticed:   "Alle collega’s lezen het, en kunnen eronder iets vragen.",
		},
		Details: promise.Details{To: []domain.Party{domain.Everyone}, Pillar: huishouden, Behaviours: []domain.BehaviourID{mtUitleg, mtMail}},
	})...)
	s.on(260, "09:50", fatima, eventstore.Do(promise.Make{
		ID: "invalpool",
		Terms: promise.Terms{
			Wording:   "Ik zorg voor zes vaste invallers, zodat niemand op zijn vrije dag wordt gebeld.",
			Situation: "in de avonden en de weekenden, in alle regio’s",
			Frequency: "altijd",
			Noticed:   "Je telefoon blijft stil als je vrij bent.",
		},
		Details: promise.Details{To: []domain.Party{domain.Employees}, Due: s.day(70)},
	}))
	s.on(256, "10:25", bas, under(s, huishouden, promise.Make{
		ID: "drie-velden-minder",
		Terms: promise.Terms{
			Wording:   "Ik haal drie van de negen verplichte velden uit de urenregistratie.",
			Situation: "in het scherm waarin je elke dag je uren schrijft",
			Frequency: "één keer, en dan blijft het zo",
			Noticed:   "Je ziet het meteen: het formulier past weer op je telefoon.",
		},
		Details: promise.Details{To: []domain.Party{domain.Employees}, Pillar: huishouden, Due: s.day(190)},
	})...)
	s.on(251, "11:30", joost, under(s, naarBuiten, promise.Make{
		ID: "aanbestedingen",
		Terms: promise.Terms{
			Wording:   "Ik stuur elke aanbesteding binnen een week door naar het team in die regio.",
			Situation: "met een half A4: wat wordt er gevraagd, en wat kunnen wij",
			Frequency: "bij elke aanbesteding",
			Noticed:   "Het team leest het eerder bij ons dan in de krant.",
		},
		Details: promise.Details{To: []domain.Party{domain.Employees}, Pillar: naarBuiten},
	})...)
}

// Translating: the regional teams make it theirs, expectations go over and
// back, and not everything that was said turns out to be possible.
func (s *story) lindeveerTranslates() {
	p := s.programme

	s.on(247, "09:10", marijke, eventstore.Do(expectation.Express{
		ID: "in-het-gezicht", Of: domain.InformalLeaders,
		Text: "Zeg het mij zelf als jullie het MT iets anders zien doen dan we zeggen. Ook als het klein is.",
	}))
	s.on(246, "10:00", bas, under(s, huishouden, expectation.Express{
		ID: "uren-op-de-dag", Of: domain.Employees, Pillar: huishouden,
		Text: "Schrijf je uren op de dag zelf op. Achteraf weet niemand het meer, en dan kloppen onze rekeningen niet.",
	})...)
	s.on(242, "08:30", mehmet, eventstore.Do(expectation.Accept{ID: "in-het-gezicht", Promise: "zelfde-week"}), eventstore.Do(promise.Make{
		ID: "zelfde-week",
		Terms: promise.Terms{
			Wording:   "Ik zeg het je dezelfde week als ik het MT iets anders zie doen dan jullie zeggen.",
			Situation: "Ik bel je, of ik loop even binnen. Niet per mail.",
			Frequency: "elke keer dat ik het zie",
			Noticed:   "Jij hoort het van mij en niet in de wandelgang.",
		},
		Details: promise.Details{To: []domain.Party{domain.Person(marijke)}, Expectation: "in-het-gezicht"},
	}))
	s.on(235, "16:40", loes, append(under(s, huishouden, promise.Make{
		ID: "uren-west",
		Terms: promise.Terms{
			Wording:   "Ik schrijf mijn uren op de dag zelf op, en elke vrijdag vraag ik mijn team of dat gelukt is.",
			Situation: "vrijdag om half vier, in de groepsapp van West",
			Frequency: "elke week",
			Noticed:   "Bas ziet het op maandag in het overzicht.",
		},
		Details: promise.Details{
			To: []domain.Party{domain.TheMT, domain.Team(west)}, Pillar: huishouden,
			Behaviours: []domain.BehaviourID{medUren}, Expectation: "uren-op-de-dag",
		},
	}), eventstore.Do(expectation.Accept{ID: "uren-op-de-dag", Promise: "uren-west"}))...)

	s.on(232, "11:20", marijke, eventstore.Do(strategy.FormulateVision{
		Programme: p,
		Text:      "Over vier jaar is meedoen gewoon. Mensen kennen hun buren, doen werk dat bij hen past en weten ons te vinden als het even niet lukt. Wij wachten niet tot iemand vastloopt: we zijn er eerder bij.",
	}))
	s.on(225, "14:45", kees, eventstore.Do(promise.Make{
		ID: "wie-ken-ik",
		Terms: promise.Terms{
			Wording:   "Ik schrijf op wie ik ken in de wijk, zodat een ander dat niet opnieuw hoeft uit te zoeken.",
			Situation: "namen en nummers van de kerk, de voetbalclub en de winkeliers, in de map van het team",
			Frequency: "één keer, voordat ik met pensioen ga",
			Noticed:   "Mijn opvolger belt de eerste week al rond.",
		},
		Details: promise.Details{To: []domain.Party{domain.Team(noord)}, Due: s.day(75)},
	}))
	s.on(216, "10:15", nadia, under(s, ondernemen, promise.Make{
		ID: "kennisdag",
		Terms: promise.Terms{
			Wording:   "Ik organiseer een kennisdag waarvan jullie zelf het programma maken.",
			Situation: "één hele dag, alle teams samen, op een plek buiten de deur",
			Frequency: "één keer dit jaar",
			Noticed:   "Elke workshop is gevraagd of gegeven door een collega.",
		},
		Details: promise.Details{To: []domain.Party{domain.Everyone}, Pillar: ondernemen, Due: s.day(112)},
	})...)
	s.on(207, "13:40", fatima, under(s, naarBuiten, promise.Make{
		ID: "wachtlijst-bellen",
		Terms: promise.Terms{
			Wording:   "Ik bel iedereen die langer dan zes weken op onze hulp wacht.",
			Situation: "Ik vraag hoe het gaat en wat er in de tussentijd wél kan.",
			Frequency: "tot de lijst leeg is",
			Noticed:   "Collega’s van de aanmelding zien mijn notitie bij elke naam.",
		},
		Details: promise.Details{To: []domain.Party{domain.Employees}, Pillar: naarBuiten, Due: s.day(58)},
	})...)
	s.on(198, "09:25", yvonne, under(s, naarBuiten, promise.Make{
		ID: "koffie-met-de-wijk",
		Terms: promise.Terms{
			Wording:   "Ik spreek met het wijkteam en de huisarts een vast koffie-uur af.",
			Situation: "in het buurthuis, met wie er van ons team kan",
			Frequency: "eerste woensdag van de maand",
			Noticed:   "Mijn team ziet het in de agenda en schuift aan.",
		},
		Details: promise.Details{To: []domain.Party{domain.Team(oost)}, Pillar: naarBuiten, Behaviours: []domain.BehaviourID{medBelt}, Due: s.day(115)},
	})...)
	s.on(197, "12:30", bas, eventstore.Do(promise.Keep{ID: "drie-velden-minder"}))
	s.on(190, "15:55", joost, under(s, naarBuiten, promise.Make{
		ID: "kansenkaart",
		Terms: promise.Terms{
			Wording:   "Ik maak met elk team een kaart van wat er in hun wijken al is.",
			Situation: "een middag per team, met stiften en een grote plattegrond",
			Frequency: "één keer in elk team",
			Noticed:   "De kaart hangt daarna bij het team aan de muur.",
		},
		Details: promise.Details{To: []domain.Party{domain.Employees}, Pillar: naarBuiten, Due: s.day(95)},
	})...)
	s.on(186, "17:10", samira, under(s, naarBuiten, expectation.Express{
		ID: "eerder-vertellen", Of: domain.TheMT, Pillar: naarBuiten,
		Text: "Vertel ons eerder wat er speelt bij de gemeenten. Ook als het nog niet zeker is.",
	})...)
	s.on(181, "09:00", marijke, eventstore.Do(promise.Break{
		ID:  "vragenbus",
		Why: "In de weken rond de begroting bleven elf vragen liggen, de oudste bijna een maand. Ik had dit niet moeten beloven zonder iemand die met me meekijkt.",
	}))
	s.on(176, "11:35", bas, eventstore.Do(promise.Move{
		ID: "reiskosten", Due: s.day(110),
		Why: "De leverancier past het systeem acht weken later aan. Ik heb daar te laat naar gevraagd.",
	}))
	s.on(172, "10:50", joost, eventstore.Do(expectation.Counter{
		ID:    "eerder-vertellen",
		Offer: "Alles delen mag ik niet altijd. Ik kan wel elke maand een halfuur online vertellen wat er speelt, en er eerlijk bij zeggen waarover ik nog moet zwijgen.",
	}))
	s.on(169, "16:15", marijke, eventstore.Do(promise.AgreeRepair{
		ID: "vragenbus", Due: s.day(137),
		Text: "Ik beantwoord de elf vragen alsnog. De vier mensen die het langst wachtten, bel ik zelf. En in elk team vertel ik hoe ik het voortaan doe.",
	}))
	s.on(167, "08:55", samira, eventstore.Do(expectation.TakeOffer{ID: "eerder-vertellen"}))
	s.on(165, "14:00", joost, append(under(s, naarBuiten, promise.Make{
		ID: "halfuur-gemeenten",
		Terms: promise.Terms{
			Wording:   "Ik vertel elke maand in een halfuur online wat er bij de gemeenten speelt, en wat ik nog niet mag zeggen.",
			Situation: "eerste donderdag, van negen tot half tien; wie niet kan, kijkt later terug",
			Frequency: "elke maand",
			Noticed:   "Jullie horen het van mij voordat het in de krant staat.",
		},
		Details: promise.Details{To: []domain.Party{domain.Everyone}, Pillar: naarBuiten, Expectation: "eerder-vertellen", Rhythm: 30},
	}), eventstore.Do(expectation.Accept{ID: "eerder-vertellen", Promise: "halfuur-gemeenten"}))...)
	s.on(164, "15:30", kim, under(s, ondernemen, promise.Make{
		ID: "moestuin",
		Terms: promise.Terms{
			Wording:   "Ik begin met drie cliënten een moestuin achter het buurthuis.",
			Situation: "op woensdagmiddag, samen met de buren die al een tuintje hebben",
			Frequency: "elke week, zolang het groeiseizoen duurt",
			Noticed:   "Mijn team krijgt van de eerste oogst.",
		},
		Details: promise.Details{To: []domain.Party{domain.Team(zuid)}, Pillar: ondernemen, Behaviours: []domain.BehaviourID{medStap}, Due: s.day(55)},
	})...)
	s.on(158, "12:05", jeroen, under(s, ondernemen, expectation.Express{
		ID: "eigen-budget", Of: domain.TheMT, Pillar: ondernemen,
		Text: "Geef ieder team vijfhonderd euro per jaar om zelf iets uit te proberen, zonder formulier.",
	})...)
	s.on(155, "09:35", joost, eventstore.Do(promise.Reword{
		ID: "samen-naar-gemeente",
		Terms: promise.Terms{
			Wording:   "Ik neem naar elk gesprek met een gemeente een collega uit die regio mee, behalve als het over tarieven gaat.",
			Situation: "Ik bel een week van tevoren het team, en zij kiezen wie er meegaat.",
			Frequency: "bij elk gesprek over de inhoud van ons werk",
			Noticed:   "Het team hoort daarna van de eigen collega wat er is gezegd.",
		},
		Why: "Bij twee gesprekken over tarieven zat een collega er voor niets bij. Zij vond het zelf ook zonde van haar middag.",
	}))
	s.on(151, "13:50", jeroen, eventstore.Do(promise.Make{
		ID: "verslag-woningbouw",
		Terms: promise.Terms{
			Wording:   "Ik deel na elk overleg met de woningbouw binnen twee dagen een kort verslag.",
			Situation: "in de map van het team, hooguit een half A4",
			Frequency: "na elk overleg, ongeveer om de drie weken",
			Noticed:   "Niemand in het team hoeft mij nog te bellen met de vraag hoe het afliep.",
		},
		Details: promise.Details{To: []domain.Party{domain.Team(west)}},
	}))
	s.on(148, "10:10", bas, eventstore.Do(expectation.Decline{
		ID:  "eigen-budget",
		Why: "Dit jaar niet. We komen van een tekort en ik wil eerst twee kwartalen laten zien dat we rondkomen. Vraag het me opnieuw bij de volgende begroting, dan ligt het er bij mij als eerste.",
	}))
	s.on(143, "16:50", marijke, eventstore.Do(promise.CompleteRepair{ID: "vragenbus"}))
	s.on(137, "14:20", nadia, eventstore.Do(promise.Make{
		ID: "drie-vragen",
		Terms: promise.Terms{
			Wording:   "Ik stuur je een week voor je jaargesprek drie vragen in plaats van een formulier.",
			Situation: "Wat lukte, wat niet, en wat heb je van ons nodig?",
			Frequency: "elk jaar, bij elk jaargesprek",
			Noticed:   "Het gesprek gaat over je werk en niet over vakjes.",
		},
		Details: promise.Details{To: []domain.Party{domain.Employees}, Rhythm: 180},
	}))
	s.on(134, "09:05", joost, eventstore.Do(promise.Withdraw{
		ID:  "aanbestedingen",
		Why: "Drie gemeenten vragen ons om te zwijgen tot de inschrijving sluit. Ik kan dit niet doen zonder mijn woord aan hen te breken.",
	}))
	s.on(132, "09:40", joost, eventstore.Do(promise.Explain{
		ID:   "aanbestedingen",
		Text: "Voor jullie betekent dit: je hoort van een aanbesteding op de dag dat de inschrijving sluit, mét wat wij hebben geboden. Wie uit de eigen regio wil meedenken, kan bij mij een verklaring tekenen en doet dan wel vanaf het begin mee.",
	}))
	s.on(129, "11:00", sanne, eventstore.Do(programme.GiveRoles{Programme: p, ID: petra, Roles: []domain.Role{domain.InformalLeader, domain.Employee}}))
}

// Practising: a day on which everyone learns from each other, and the second
// half of the year, in which words meet the work.
func (s *story) lindeveerPractises() {
	p := s.programme

	s.on(120, "10:40", marijke, eventstore.Do(promise.Make{
		ID: "teamdag-west",
		Terms: promise.Terms{
			Wording:   "Ik kom naar de teamdag van West en leg uit waarom het kantoor aan de haven dichtgaat.",
			Situation: "het eerste uur van de dag, met alle tijd voor vragen",
			Frequency: "één keer",
			Noticed:   "Jullie weten daarna waartussen we moesten kiezen.",
		},
		Details: promise.Details{To: []domain.Party{domain.Team(west)}, Behaviours: []domain.BehaviourID{mtUitleg}, Due: s.day(104)},
	}))
	s.on(118, "08:45", ahmed, eventstore.Do(promise.Make{
		ID: "lege-diensten",
		Terms: promise.Terms{
			Wording:   "Ik laat je elke laatste donderdag van de maand weten welke diensten nog niet bezet zijn.",
			Situation: "een lijstje op één scherm, met de avonden bovenaan",
			Frequency: "elke maand",
			Noticed:   "Je hoeft er niet naar te vragen.",
		},
		Details: promise.Details{To: []domain.Party{domain.Person(fatima)}},
	}))
	s.on(118, "15:15", yvonne, eventstore.Do(promise.Keep{ID: "koffie-met-de-wijk"}))
	s.on(115, "12:50", tjerk, eventstore.Do(expectation.Express{
		ID: "parkeren", Of: domain.TheMT,
		Text: "Regel een plek om te parkeren bij de dagbesteding in Noord. Ik loop nu twintig minuten met een rolstoelbus in de buurt.",
	}))
	s.on(112, "17:30", nadia, eventstore.Do(promise.Keep{ID: "kennisdag"}))
	s.on(110, "10:20", sanne, eventstore.Do(promise.Propose{
		ID: "eerste-week", By: nadia,
		Terms: promise.Terms{
			Wording:   "Ik bel elke nieuwe collega aan het eind van de eerste werkweek.",
			Situation: "vrijdagmiddag, een kwartier, zonder lijstje",
			Frequency: "bij iedere nieuwe collega",
			Noticed:   "Wie nieuw is, heeft mijn nummer en gebruikt het ook.",
		},
		Details: promise.Details{To: []domain.Party{domain.Employees}},
	}))
	s.on(107, "09:10", nadia, eventstore.Do(promise.Accept{ID: "eerste-week"}))
	s.on(105, "13:05", petra, under(s, naarBuiten, promise.Make{
		ID: "inloop-bibliotheek",
		Terms: promise.Terms{
			Wording:   "Ik houd elke maand een inloopochtend in de bibliotheek.",
			Situation: "aan de leestafel, voor iedereen die iets wil vragen over meedoen met een beperking",
			Frequency: "elke maand, op de tweede dinsdag",
			Noticed:   "Mijn team hoort wie er kwam en waarmee we konden helpen.",
		},
		Details: promise.Details{To: []domain.Party{domain.Team(oost)}, Pillar: naarBuiten, Behaviours: []domain.BehaviourID{medBelt}},
	})...)
	s.on(104, "16:00", marijke, eventstore.Do(promise.Keep{ID: "teamdag-west"}))
	s.on(102, "09:00", dirk, eventstore.Do(programme.AddPeople{Programme: p, People: newcomers}))
	s.on(100, "11:10", bas, eventstore.Do(promise.Keep{ID: "reiskosten", On: s.day(101)}))
	s.on(98, "14:35", tjerk, eventstore.Do(expectation.Drop{
		ID:  "parkeren",
		Why: "Het is al opgelost: we mogen overdag bij de kerk staan.",
	}))
	s.on(96, "16:25", henk, eventstore.Do(promise.Propose{
		ID: "telefoons", By: bas,
		Terms: promise.Terms{
			Wording:   "Ik geef iedere begeleider binnen drie maanden een nieuwe telefoon.",
			Situation: "voor wie nu een toestel van vier jaar of ouder heeft",
			Frequency: "één keer",
			Noticed:   "Je bent bereikbaar, ook na twee uur ’s middags.",
		},
		Details: promise.Details{To: []domain.Party{domain.Employees}},
	}))
	s.on(95, "10:55", joost, eventstore.Do(promise.Move{
		ID: "kansenkaart", Due: s.day(40),
		Why: "Noord en Oost hebben hun kaart. Zuid en West vroegen om te wachten tot de nieuwe collega’s er zijn.",
	}))
	s.on(93, "09:20", bas, eventstore.Do(promise.Decline{
		ID:  "telefoons",
		Why: "Ik wil dit graag, maar heb het niet zelf in de hand: het contract loopt nog anderhalf jaar. Wat ik wel doe: een kapot toestel is binnen een week vervangen. Dat staat nu in onze werkafspraken.",
	}))
	s.on(92, "12:15", marijke, eventstore.Do(promise.Reword{
		ID: "tien-regels",
		Terms: promise.Terms{
			Wording:   "Ik schrijf na elk MT-overleg uiterlijk op vrijdag in tien regels op wat we besloten en waarom.",
			Situation: "op het intranet, bij nieuws van het MT",
			Frequency: "om de week",
			Noticed:   "Alle collega’s lezen het, en kunnen eronder iets vragen.",
		},
		Why: "Dezelfde dag lukte drie van de vijf keer niet, omdat ik de tekst eerst laat lezen door wie het besluit moet uitvoeren. Liever drie dagen later en dat het klopt.",
	}))
	s.on(90, "15:40", jeroen, eventstore.Do(promise.Break{
		ID: "verslag-woningbouw", On: s.day(91),
		Why: "Van de laatste vier overleggen deelde ik er één. Ik dacht steeds dat het morgen wel kon.",
	}))
	s.on(89, "09:45", jeroen, eventstore.Do(promise.AgreeRepair{
		ID: "verslag-woningbouw", Due: s.day(80),
		Text: "Ik schrijf de drie verslagen alsnog. En Mirjam kijkt voortaan op vrijdag met me mee of er iets mist.",
	}))
	s.on(88, "13:25", fatima, under(s, naarBuiten, expectation.Express{
		ID: "binnen-drie-dagen", Of: domain.Team(zuid), Pillar: naarBuiten,
		Text: "Bel iedere nieuwe aanvraag binnen drie dagen terug.",
	})...)
	s.on(85, "16:30", nadia, eventstore.Do(promise.Withdraw{
		ID:  "oefentijd",
		Why: "Dit past niet in de begroting van dit jaar.",
	}))
	s.on(83, "11:05", mehmet, eventstore.Do(expectation.Decline{
		ID:  "binnen-drie-dagen",
		Why: "Dat redden we niet. Op dinsdag en donderdag zijn we met z’n tweeën, en dan gaat bellen ten koste van wie er al bij ons is. Kom een dinsdag kijken, dan praten we verder.",
	}))
	s.on(82, "08:35", jeroen, eventstore.Do(promise.CompleteRepair{ID: "verslag-woningbouw"}))
	s.on(78, "10:05", kees, eventstore.Do(promise.Keep{ID: "wie-ken-ik"}))
	s.on(72, "17:00", dirk, eventstore.Do(programme.Leave{Programme: p, ID: kees}))
	s.on(68, "09:30", dirk, eventstore.Do(programme.CorrectPerson{
		Programme: p, ID: anouk, Name: "Anouk de Graaf-Smit", Email: "anouk.de.graaf@lindeveer.example", Function: "gezinsbegeleider",
	}))
	s.on(66, "11:50", fatima, eventstore.Do(promise.Break{
		ID: "invalpool", On: s.day(69),
		Why: "Er zijn drie invallers in plaats van zes. In de avonden en weekenden worden mensen nog steeds op hun vrije dag gebeld. Ik heb te laat gezien dat werven niet genoeg was.",
	}))
	s.on(63, "14:10", kim, eventstore.Do(promise.Keep{ID: "moestuin", On: s.day(64)}))
	s.on(61, "10:30", fatima, eventstore.Do(promise.AgreeRepair{
		ID: "invalpool", Due: s.ahead(3),
		Text: "Ik bel zelf vijf oud-collega’s en maak met twee organisaties in de buurt een afspraak om elkaars invallers te vragen. Tot het zover is, neemt het MT om de beurt de telefoon in het weekend op.",
	}))
	s.on(60, "16:45", fatima, eventstore.Do(promise.Keep{ID: "wachtlijst-bellen"}))
}

// The last weeks: what is open now.
func (s *story) lindeveerNow() {
	p := s.programme

	s.on(55, "12:20", carla, eventstore.Do(expectation.Express{
		ID: "vrijdag-vrij", Of: domain.TheMT,
		Text: "Plan op vrijdag geen overleg. Dan kan ik de roosters rondmaken en weet iedereen voor het weekend waar hij aan toe is.",
	}))
	s.on(52, "09:55", fatima, eventstore.Do(promise.Reopen{
		ID:  "wachtlijst-bellen",
		Why: "Truus wees me erop dat twee mensen uit Zuid niet op mijn lijst stonden. Dan is het niet af.",
	}))
	s.on(51, "10:15", fatima, eventstore.Do(promise.Move{
		ID: "wachtlijst-bellen", Due: s.ahead(2),
		Why: "Ik bel hen allebei, en loop met de aanmelding na of de lijst nu wel compleet is.",
	}))
	s.on(50, "15:05", fatima, eventstore.Do(expectation.Accept{ID: "vrijdag-vrij", Promise: "vrijdag-zonder-overleg"}), eventstore.Do(promise.Make{
		ID: "vrijdag-zonder-overleg",
		Terms: promise.Terms{
			Wording:   "Ik plan op vrijdag geen overleg, en zeg af wat er al staat.",
			Situation: "voor alle overleggen waar ik over ga",
			Frequency: "elke vrijdag",
			Noticed:   "De vrijdag in je agenda is leeg, tenzij je hem zelf vult.",
		},
		Details: promise.Details{To: []domain.Party{domain.Employees}, Expectation: "vrijdag-vrij"},
	}))
	s.on(48, "13:30", petra, eventstore.Do(promise.Withdraw{
		ID:  "inloop-bibliotheek",
		Why: "De bibliotheek gaat een half jaar dicht voor een verbouwing. Een andere plek op loopafstand is er niet; ik heb er vier bezocht.",
	}))
	s.on(47, "08:40", petra, eventstore.Do(promise.Explain{
		ID:   "inloop-bibliotheek",
		Text: "De inloop stopt dus voorlopig. De acht mensen die geregeld kwamen, bel ik zelf om de maand. Als de bibliotheek weer opengaat, kijken we opnieuw.",
	}))
	s.on(45, "11:15", dirk, eventstore.Do(programme.PlacePerson{Programme: p, ID: daan, Team: west}))
	s.on(44, "16:10", joost, eventstore.Do(promise.Move{
		ID: "kansenkaart", Due: s.ahead(4),
		Why: "West heeft zijn kaart. In Zuid viel de middag uit omdat ik ziek was; de nieuwe datum staat.",
	}))
	s.on(42, "14:25", ilse, eventstore.Do(promise.Make{
		ID: "leenlijst",
		Terms: promise.Terms{
			Wording:   "Ik zet alle spullen van de dagbesteding op een lijst, zodat je ziet wat je kunt lenen.",
			Situation: "van de oven tot de tandem, met een foto erbij",
			Frequency: "één keer, en daarna houd ik hem bij",
			Noticed:   "Andere teams vragen een keer iets aan ons in plaats van het nieuw te kopen.",
		},
		Details: promise.Details{To: []domain.Party{domain.Employees}, Due: s.day(8)},
	}))
	s.on(38, "10:35", bas, eventstore.Do(promise.SetRhythm{ID: "cijfers", Days: 60}))
	s.on(35, "15:50", samira, under(s, ondernemen, promise.Make{
		ID: "proef-beeldbellen",
		Terms: promise.Terms{
			Wording:   "Ik vertel alle teams wat onze proef met beeldbellen opleverde, ook als het tegenvalt.",
			Situation: "een kwartier in ieder teamoverleg, samen met een cliënt die meedeed",
			Frequency: "één keer per team",
			Noticed:   "Jullie kunnen daarna zelf kiezen of je ermee begint.",
		},
		Details: promise.Details{
			To: []domain.Party{domain.TheMT, domain.Employees}, Pillar: ondernemen,
			Behaviours: []domain.BehaviourID{medVinkt}, Due: s.ahead(6),
		},
	})...)
	s.on(30, "09:40", mirjam, under(s, ondernemen, expectation.Express{
		ID: "ideeen-kennisdag", Of: domain.TheMT, Pillar: ondernemen,
		Text: "Laat ons zien wat er met de ideeën van de kennisdag gebeurt. Ook met de ideeën die niet doorgaan.",
	})...)
	s.on(28, "17:15", rachid, under(s, naarBuiten, promise.Make{
		ID: "vier-huisartsen",
		Terms: promise.Terms{
			Wording:   "Ik bezoek de vier huisartsen in mijn wijk, met een taart en een telefoonnummer.",
			Situation: "tussen de middag, als zij ook pauze hebben",
			Frequency: "elke praktijk één keer",
			Noticed:   "Mijn team merkt het als er voor het eerst een huisarts belt.",
		},
		Details: promise.Details{To: []domain.Party{domain.Team(noord)}, Pillar: naarBuiten, Behaviours: []domain.BehaviourID{medBelt}, Due: s.ahead(8)},
	})...)
	s.on(24, "12:40", els, eventstore.Do(expectation.Express{
		ID: "bel-bij-nee", Of: domain.Person(nadia),
		Text: "Als je een cursus afwijst, bel me dan. Een mail van twee regels voelt alsof je er niet naar hebt gekeken.",
	}))
	s.on(20, "10:00", ruben, eventstore.Do(promise.Propose{
		ID: "terug-naar-de-wijk", By: joost,
		Terms:   promise.Terms{Wording: "Ik neem iemand uit het team mee naar de gemeente."},
		Details: promise.Details{To: []domain.Party{domain.Employees}},
	}))
	s.on(19, "08:50", ruben, eventstore.Do(promise.Withdraw{
		ID:  "terug-naar-de-wijk",
		Why: "Joost had dit al beloofd, in betere woorden dan de mijne.",
	}))
	s.on(17, "16:35", nadia, eventstore.Do(expectation.Counter{
		ID:    "bel-bij-nee",
		Offer: "Iedereen meteen bellen lukt me niet. Ik kan wel in elke afwijzing twee tijden zetten waarop je mij die week kunt spreken.",
	}))
	s.on(15, "09:30", yvonne, eventstore.Do(strategy.ProposeBehaviour{
		Programme: p, ID: medCollega, Pillar: ondernemen, Whose: domain.Employee,
		Text: "Ik vraag een collega uit een andere regio mee als ik iets voor het eerst doe.",
	}))
	s.on(14, "11:25", loes, eventstore.Do(strategy.ProposeBehaviour{
		Programme: p, ID: mtAgenda, Pillar: naarBuiten, Whose: domain.MT, Counter: true,
		Text: "We plannen geen overleg op een dag waarop we met een team op pad zouden gaan.",
	}))
	s.on(12, "13:45", joost, under(s, naarBuiten, expectation.Express{
		ID: "gemeente-mee", Of: domain.Employees, Pillar: naarBuiten,
		Text: "Neem eens een ambtenaar van je gemeente mee naar een inloop of een keukentafel. Dan hoeven we minder uit te leggen.",
	})...)
	s.on(9, "15:10", noor, eventstore.Do(expectation.Express{
		ID: "wat-lukt-niet", Of: domain.InformalLeaders,
		Text: "Vertel nieuwe collega’s ook wat hier nog niet lukt. Ik dacht eerst dat het aan mij lag.",
	}))
	s.on(6, "10:45", ruben, under(s, naarBuiten, promise.Propose{
		ID: "wat-is-ermee-gedaan", By: joost,
		Terms: promise.Terms{
			Wording:   "Ik vertel wie mee was naar de gemeente binnen twee weken wat er met zijn inbreng is gedaan.",
			Situation: "een telefoontje, ook als er niets mee is gedaan",
			Frequency: "na elk gesprek",
			Noticed:   "Wie mee was, weet of het zin had.",
		},
		Details: promise.Details{To: []domain.Party{domain.Employees}, Pillar: naarBuiten},
	})...)
	s.on(4, "14:05", fatima, eventstore.Do(promise.Propose{
		ID: "samen-op-huisbezoek", By: kim,
		Terms: promise.Terms{
			Wording:   "Ik neem één keer per maand een nieuwe collega mee op huisbezoek.",
			Situation: "bij een cliënt die dat goedvindt",
			Frequency: "elke maand",
			Noticed:   "Nieuwe collega’s zien hoe we hier werken voordat ze alleen op pad gaan.",
		},
		Details: promise.Details{To: []domain.Party{domain.Employees}},
	}))
	s.on(2, "09:15", tom, eventstore.Do(promise.Make{
		ID: "bedrijvenlijst",
		Terms: promise.Terms{
			Wording:   "Ik bel elke week twee werkgevers in West en schrijf op wat zij zoeken.",
			Situation: "op maandagochtend, met de lijst van de ondernemersvereniging",
			Frequency: "elke week",
			Noticed:   "De jobcoaches van alle teams vinden de nummers in dezelfde map.",
		},
		Details: promise.Details{To: []domain.Party{domain.Team(west)}, Behaviours: []domain.BehaviourID{medStap}},
	}))
}
