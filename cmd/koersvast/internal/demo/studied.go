package demo

import (
	"fmt"
	"slices"

	"koersvast/domain"
	"koersvast/domain/evidence"
	"koersvast/domain/programme"
	"koersvast/eventstore"
)

// A source of the story is a document, an interview or something that was
// seen, with what Ruben took out of it.
type source struct {
	id        domain.SourceID
	from      int                                                              // working days ago
	came      func(domain.SourceID, domain.Day) domain.Command[evidence.State] // nil for a talk with an employee
	fragments []excerpt
}

func document(kind evidence.DocumentKind, title string) func(domain.SourceID, domain.Day) domain.Command[evidence.State] {
	return func(id domain.SourceID, on domain.Day) domain.Command[evidence.State] {
		return evidence.RegisterDocument{ID: id, Document: kind, Title: title, Day: on}
	}
}

func seen(occasion string) func(domain.SourceID, domain.Day) domain.Command[evidence.State] {
	return func(id domain.SourceID, on domain.Day) domain.Command[evidence.State] {
		return evidence.RegisterObservation{ID: id, Occasion: occasion, Day: on, Independent: true}
	}
}

// An excerpt is one fragment with what Ruben makes of it and, for some, what
// Iris does, who did not see that.
type excerpt struct {
	text  string
	about about
	does  bool
	ruben string
	iris  string // "" when she did not read it
}

// What a fragment is about: a promise or a pillar.
type about struct {
	promise domain.PromiseID
	pillar  domain.PillarID
}

func ofPromise(id domain.PromiseID) about { return about{promise: id} }

func ofPillar(id domain.PillarID) about { return about{pillar: id} }

func says(of about, text, ruben, iris string) excerpt { return excerpt{text, of, false, ruben, iris} }

func does(of about, text, ruben, iris string) excerpt { return excerpt{text, of, true, ruben, iris} }

// lindeveerIsStudied is how a consultant reads what the organisation wrote and
// decided, talks with people, and sits in: before the first picture, and again
// before the second. A colleague codes part of it too.
func (s *story) lindeveerIsStudied() {
	s.on(161, "09:20", dirk, eventstore.Do(programme.AddPeople{Programme: s.programme, People: []programme.NewPerson{
		person(iris, "Iris Vermaat", "iris.vermaat", "onderzoeker bij het bureau van Ruben", "", domain.Facilitator),
	}}))
	s.study(142, []source{
		{id: "strategienota", from: 248, came: document(evidence.StrategyNote, "Strategie op één blad, met toelichting"), fragments: []excerpt{
			says(ofPillar(naarBuiten), "Wie wacht tot mensen zich melden, komt te laat. We zijn in de wijk voordat het vastloopt.", "1", ""),
			says(ofPillar(huishouden), "We geven niet meer uit dan er binnenkomt, en leggen uit waartussen we kiezen.", "1", "1"),
			says(ofPillar(ondernemen), "Teams proberen zelf iets uit en hoeven daar niet eerst toestemming voor te vragen.", "2", "1"),
		}},
		{id: "nieuwsbrief-1", from: 200, came: document(evidence.Newsletter, "Nieuwsbrief: wat bewoners ons vertelden"), fragments: []excerpt{
			says(ofPillar(naarBuiten), "De directeur reed mee met Noord en schreef op wat haar was ontgaan.", "2", "2"),
			says(ofPillar(ondernemen), "Heb je een idee? Begin gewoon, en vertel het ons daarna.", "1", ""),
		}},
		{id: "begroting", from: 190, came: document(evidence.Budget, "Begroting, tweede versie"), fragments: []excerpt{
			does(ofPillar(ondernemen), "Voor proeven van teams is geen bedrag opgenomen.", "-2", "-2"),
			does(ofPillar(huishouden), "Per post staat erbij welk alternatief is afgevallen.", "2", "2"),
			does(ofPillar(naarBuiten), "De huur van twee wijkpunten gaat eraf. De auto’s blijven.", "-1", "-1"),
		}},
		{id: "notulen-1", from: 170, came: document(evidence.Minutes, "Verslag van vier MT-overleggen"), fragments: []excerpt{
			does(ofPromise("regiodag"), "Marijke zegt de dag met West af vanwege de begroting. Er is geen nieuwe datum geprikt.", "-2", "-1"),
			does(ofPromise("tien-regels"), "Het verslag staat dezelfde avond op intranet.", "2", ""),
			does(ofPromise("samen-naar-gemeente"), "Joost was met Henk bij de wethouder. Henk deed de helft van het woord.", "2", "2"),
			does(ofPillar(ondernemen), "Het voorstel van Zuid wordt aangehouden tot er een projectplan ligt.", "-1", "-1"),
		}},
		{id: "gesprek-1", from: 152, fragments: []excerpt{
			does(ofPromise("regiodag"), "Ze is twee keer bij ons geweest. Daarna bleef het stil.", "-1", ""),
			does(ofPillar(huishouden), "Ik weet nu wat een uur kost. Dat wist ik nooit.", "1", ""),
		}},
		{id: "gesprek-2", from: 151, fragments: []excerpt{
			does(ofPillar(ondernemen), "Je mag van alles bedenken, en dan wordt het stil.", "-2", "-2"),
			does(ofPromise("wachtlijst-bellen"), "Fatima belde zelf een gezin van mijn lijst. Daar had ik het niet meer van verwacht.", "2", ""),
		}},
		{id: "gesprek-3", from: 150, fragments: []excerpt{
			does(ofPromise("samen-naar-gemeente"), "Ik hoorde na afloop dat er was gepraat. Niemand had mij gebeld.", "-1", ""),
			does(ofPromise("tien-regels"), "Ik lees wat er besloten is. Waartussen ze kozen staat er niet bij.", "0", ""),
		}},
		{id: "gezien-1", from: 147, came: seen("MT-overleg over de begroting"), fragments: []excerpt{
			does(ofPillar(huishouden), "Bij elk voorstel vraagt iemand: waartussen kiezen we hier?", "2", "2"),
			does(ofPillar(naarBuiten), "Over West wordt besloten zonder dat iemand er dit jaar is geweest.", "-2", "-2"),
		}},
	})
	s.study(21, []source{
		{id: "nieuwsbrief-2", from: 75, came: document(evidence.Newsletter, "Nieuwsbrief: ruimte voor wat jij ziet"), fragments: []excerpt{
			says(ofPillar(ondernemen), "Wie iets wil proberen, krijgt de ruimte. Ondernemen zit in ons allemaal.", "1", "1"),
			says(ofPillar(ondernemen), "Durf te beginnen. Fouten zijn lesgeld.", "1", ""),
		}},
		{id: "nieuwsbrief-3", from: 45, came: document(evidence.Newsletter, "Nieuwsbrief: de kracht van proberen"), fragments: []excerpt{
			says(ofPillar(ondernemen), "We zijn trots op ieder team dat iets nieuws begint.", "1", ""),
			says(ofPillar(ondernemen), "De moestuin van Zuid laat zien wat er kan.", "2", "2"),
			says(ofPillar(naarBuiten), "In elk buurthuis kent men nu een gezicht van ons.", "1", ""),
		}},
		{id: "toespraak", from: 38, came: document(evidence.Speech, "Toespraak op de najaarsbijeenkomst"), fragments: []excerpt{
			says(ofPillar(ondernemen), "Wacht niet op ons. Ondernemen begint bij jou.", "2", "2"),
			says(ofPillar(huishouden), "We zijn uit de rode cijfers, en jullie weten hoe dat is gelukt.", "1", ""),
		}},
		{id: "nieuwsbrief-4", from: 26, came: document(evidence.Newsletter, "Nieuwsbrief: wat er dit jaar begon"), fragments: []excerpt{
			says(ofPillar(ondernemen), "Iedereen kan een eerste stap zetten. Je hoeft alleen te beginnen.", "1", ""),
			says(ofPillar(ondernemen), "Beeldbellen begon als een proef van één team.", "1", ""),
			says(ofPillar(ondernemen), "We zoeken mensen die hun nek uitsteken.", "1", ""),
			says(ofPillar(naarBuiten), "Vier buurthuizen noemen ons als eerste bij vragen over werk.", "1", ""),
			says(ofPillar(naarBuiten), "Marijke was deze maand bij Oost.", "2", "2"),
		}},
		{id: "weblog", from: 42, came: document(evidence.Newsletter, "Zes korte berichten van de directeur"), fragments: []excerpt{
			says(ofPillar(ondernemen), "Wie wacht op toestemming, wacht op de verkeerde.", "2", ""),
			says(ofPillar(ondernemen), "Ik zag bij Zuid hoe klein een begin mag zijn.", "1", ""),
			says(ofPillar(ondernemen), "Een proef die mislukt, is ook een antwoord.", "1", ""),
			says(ofPillar(ondernemen), "Volgend jaar willen we tien proeven zien.", "1", ""),
			says(ofPillar(huishouden), "Waartussen kozen we? Tussen twee wijkpunten en drie auto’s.", "2", "2"),
			says(ofPillar(naarBuiten), "Op pad met Noord hoorde ik drie dingen die ik niet wist.", "2", ""),
		}},
		{id: "jaarbericht", from: 36, came: document(evidence.StrategyNote, "Vooruitblik op het nieuwe jaar"), fragments: []excerpt{
			says(ofPillar(ondernemen), "Ondernemen is de pijler waarop we het meest vooruit kunnen.", "1", ""),
			says(ofPillar(ondernemen), "Teams krijgen daarvoor alle ruimte.", "2", "1"),
			says(ofPillar(huishouden), "We blijven binnen wat er binnenkomt.", "1", ""),
		}},
		{id: "besluit-proeven", from: 52, came: document(evidence.Decision, "Besluit: aanvraag en verantwoording van proeven"), fragments: []excerpt{
			does(ofPillar(ondernemen), "Voor elke proef vult het team vooraf een plan van vier bladzijden in.", "-2", "-2"),
			does(ofPromise("tweehonderd-euro"), "Aanvragen worden eens per kwartaal besproken.", "-2", "-1"),
		}},
		{id: "rooster", from: 34, came: document(evidence.Roster, "Agenda van de directeur, tweede halfjaar"), fragments: []excerpt{
			does(ofPromise("regiodag"), "Elke maand staat er een dagdeel bij een regioteam, en geen ervan is afgezegd.", "2", "2"),
		}},
		{id: "notulen-2", from: 30, came: document(evidence.Minutes, "Verslag van vijf MT-overleggen"), fragments: []excerpt{
			does(ofPromise("tien-regels"), "De tien regels staan er elke keer dezelfde dag, met de keuzes erbij.", "2", "2"),
			does(ofPromise("wachtlijst-bellen"), "Er staan nog vier namen op de lijst. Fatima belt ze vrijdag.", "1", ""),
			does(ofPromise("kansenkaart"), "De kaarten van Noord en Oost hangen. Zuid en West volgen later.", "0", "0"),
		}},
		{id: "gesprek-4", from: 29, fragments: []excerpt{
			does(ofPromise("regiodag"), "Ze vraagt aan het eind wat wij van haar nodig hebben, en de week erna is er antwoord.", "2", "2"),
			does(ofPillar(ondernemen), "Ik heb mijn idee teruggetrokken. Vier bladzijden voor tachtig euro, dat doe ik niet.", "-2", ""),
		}},
		{id: "gesprek-5", from: 28, fragments: []excerpt{
			does(ofPromise("halfuur-gemeenten"), "Joost zegt erbij wat hij nog niet mag vertellen. Dat scheelt geruchten.", "1", ""),
			does(ofPromise("casus"), "Fatima schuift aan en luistert. Aan het eind vat ze het samen zonder oordeel.", "1", "2"),
		}},
		{id: "gesprek-6", from: 27, fragments: []excerpt{
			does(ofPillar(huishouden), "Bas legde aan de keukentafel uit waarom de auto’s gingen. Nu snap ik het.", "2", ""),
			does(ofPromise("kansenkaart"), "Bij ons moet hij nog komen.", "-1", ""),
		}},
		{id: "gezien-2", from: 24, came: seen("Najaarsbijeenkomst, gesprek aan zes tafels"), fragments: []excerpt{
			does(ofPillar(ondernemen), "Aan vijf van de zes tafels gaat het over wachten op een besluit.", "-1", "-1"),
			does(ofPillar(naarBuiten), "Mensen noemen zelf voorbeelden van het MT in hun wijk.", "2", ""),
		}},
	})
	s.on(19, "13:15", joost, eventstore.Do(evidence.Contest{
		ID: "gesprek-6", Fragment: "gesprek-6-2",
		Text: "Dat klopt. De middag met West staat over twee weken, en met Zuid de week erna.",
	}))
}

// study tells how sources came in, each on its own day, and were read on the
// days after so many working days ago.
func (s *story) study(read int, sources []source) {
	for i, x := range sources {
		day := s.day(x.from)
		if x.came != nil {
			s.on(read+2, fmt.Sprintf("09:%02d", 10+i), ruben, eventstore.Do(x.came(x.id, day)))
		} else {
			s.on(x.from+5, fmt.Sprintf("16:%02d", 10+i), ruben, eventstore.Do(evidence.PlanInterview{ID: x.id, Group: domain.Employee, Day: day}))
			s.on(x.from, fmt.Sprintf("13:%02d", 30+i), ruben, eventstore.Do(evidence.RecordConsent{ID: x.id, On: day, Recording: true}))
			s.on(x.from, fmt.Sprintf("15:%02d", 10+i), ruben, eventstore.Do(evidence.HoldInterview{ID: x.id, On: day}))
		}
		for j, e := range x.fragments {
			id := domain.FragmentID(fmt.Sprintf("%s-%d", x.id, j+1))
			clock := func(hour int) string { return fmt.Sprintf("%02d:%02d", hour+i/5, (i%5)*12+j*2) }
			s.on(read, clock(9), ruben,
				eventstore.Do(evidence.AddFragment{ID: x.id, Fragment: id, Text: e.text}),
				eventstore.Do(evidence.Code{ID: x.id, Fragment: id, Coding: e.coding(e.ruben, day)}))
			if e.iris != "" {
				s.on(read-1, clock(13), iris, eventstore.Do(evidence.Code{ID: x.id, Fragment: id, Coding: e.coding(e.iris, day)}))
			}
		}
		if slices.ContainsFunc(x.fragments, func(e excerpt) bool { return e.iris != "" }) {
			s.on(read-1, fmt.Sprintf("16:%02d", 10+i), iris, eventstore.Do(evidence.CompareCodings{ID: x.id}))
		}
		s.on(read-1, fmt.Sprintf("17:%02d", 10+i), ruben, eventstore.Do(evidence.FinishCoding{ID: x.id}))
		if x.came == nil {
			s.on(read-1, fmt.Sprintf("17:%02d", 30+i), ruben, eventstore.Do(evidence.DestroyRecording{ID: x.id, On: s.day(read - 1)}))
		}
	}
}

// coding is what somebody makes of a fragment of something of that day.
func (e excerpt) coding(stance string, day domain.Day) evidence.Coding {
	direction := evidence.Says
	if e.does {
		direction = evidence.Does
	}
	return evidence.Coding{
		Promise: e.about.promise, Pillar: e.about.pillar,
		Direction: direction, Stance: evidence.Stance(stance), Link: evidence.Certain, Day: day,
	}
}
