package demo

import (
	"koersvast/domain"
	"koersvast/domain/coaching"
	"koersvast/domain/programme"
	"koersvast/domain/round"
	"koersvast/eventstore"
)

// The coachings of the story.
const (
	withMarijke domain.CoachingID = "coaching-marijke"
	withBas     domain.CoachingID = "coaching-bas"
	withFatima  domain.CoachingID = "coaching-fatima"
	withJoost   domain.CoachingID = "coaching-joost"
	withPetra   domain.CoachingID = "coaching-petra"
)

// lindeveerCoaches is how people of the MT work with a coach, who talks with
// the director about what others see of her.
func (s *story) lindeveerCoaches() {
	for _, line := range []struct {
		clock       string
		id, manager domain.PersonID
	}{
		{"11:00", bas, marijke},
		{"11:01", fatima, marijke},
		{"11:02", joost, marijke},
		{"11:03", nadia, marijke},
		{"11:04", henk, fatima},
		{"11:05", yvonne, fatima},
		{"11:06", mehmet, fatima},
		{"11:07", loes, fatima},
		{"11:08", petra, yvonne},
	} {
		s.on(311, line.clock, dirk, eventstore.Do(programme.SetManager{Programme: s.programme, ID: line.id, Manager: line.manager}))
	}
	s.marijkeIsCoached()
	s.basIsCoached()
	s.fatimaIsCoached()
	s.othersAreCoached()
}

// coaches says that Ellen can coach somebody, for as long as that is needed.
func (s *story) coaches(coachee domain.PersonID, cmd domain.Command[coaching.State]) []eventstore.Step {
	return []eventstore.Step{
		eventstore.Do(cmd),
		eventstore.While(programme.MayCoach{Programme: s.programme, Coach: ellen, Coachee: coachee}),
	}
}

// meet tells of an hour that was planned so many working days ago.
func (s *story) meet(planned int, coachee domain.PersonID, of domain.CoachingID, id domain.CoachingSessionID, day domain.Day, start domain.Clock, place string, about domain.RoundID) {
	s.on(planned, "08:50", ellen, s.coaches(coachee, coaching.PlanSession{
		ID: of, Session: id, Round: about, Slot: coaching.Slot{Day: day, Start: start, Minutes: 60}, Place: place,
	})...)
}

// held tells that people met, on the day for which that was planned.
func (s *story) held(ago int, of domain.CoachingID, id domain.CoachingSessionID) {
	s.on(ago, "16:50", ellen, eventstore.Do(coaching.HoldSession{ID: of, Session: id}))
}

func (s *story) marijkeIsCoached() {
	const goal, next domain.GoalID = "twee-vragen", "laten-weten"
	until := s.ahead(26)
	s.on(296, "09:30", sanne, s.coaches(marijke, coaching.Propose{
		ID: withMarijke, Coach: ellen, Coachee: marijke, Sponsor: sanne, Reason: coaching.AfterFeedback,
		Terms: coaching.Terms{
			Aims:  "Marijke leest met iemand naast zich wat anderen van haar zien, en kiest daaruit wat zij gaat oefenen.",
			SetUp: "Twee gesprekken na elke ronde, en elk kwartaal een. Wat besproken wordt, blijft tussen Marijke en Ellen. Sanne hoort alleen of de gesprekken er zijn.",
			From:  s.day(295), Until: until,
		},
	})...)
	s.on(295, "08:20", ellen, s.coaches(marijke, coaching.Agree{ID: withMarijke, Version: 1})...)
	s.on(295, "12:10", marijke, s.coaches(marijke, coaching.Agree{ID: withMarijke, Version: 1})...)

	s.meet(280, marijke, withMarijke, "spiegel-1", s.day(272), "13:30", "Kamer Oever", "spiegel-1")
	s.on(272, "14:30", ellen,
		eventstore.Do(coaching.HoldSession{ID: withMarijke, Session: "spiegel-1"}),
		eventstore.Do(round.HoldDebrief{ID: "spiegel-1"}))
	s.on(272, "15:05", ellen, eventstore.Do(coaching.ShareNote{
		ID: withMarijke, Note: "na-spiegel-1", Session: "spiegel-1",
		Text: "Wat je raakte: mensen wachten op een vraag, en krijgen een oplossing. Jij kiest één situatie om te oefenen.",
	}))
	s.on(272, "15:20", ellen, eventstore.Do(coaching.KeepNote{
		ID: withMarijke, Note: "voor-ellen-1", Session: "spiegel-1",
		Text: "Ze ging snel naar de mensen die het zouden hebben geschreven. Volgende keer daar eerder op terugkomen.",
	}))
	s.on(271, "20:15", marijke, eventstore.Do(coaching.KeepNote{
		ID: withMarijke, Note: "voor-marijke-1", Session: "spiegel-1", Text: "Ik schrok meer dan ik liet merken.",
	}))
	s.on(270, "09:00", marijke, eventstore.Do(coaching.SetGoal{
		ID: withMarijke, Goal: goal, Text: "Ik stel een vraag voordat ik een oplossing noem.",
		Links: coaching.Links{Behaviour: mtUitleg, Round: "spiegel-1", Question: "less"}, Due: s.day(10),
	}))
	s.on(253, "17:05", marijke, eventstore.Do(coaching.ReviseGoal{
		ID: withMarijke, Goal: goal, Text: "Ik stel twee vragen voordat ik een oplossing noem.",
		Links: coaching.Links{Behaviour: mtUitleg, Round: "spiegel-1", Question: "less"}, Due: s.day(10),
		Why: "Na één vraag begon ik alsnog.",
	}))
	s.on(221, "16:40", marijke, eventstore.Do(coaching.NoteProgress{ID: withMarijke, Goal: goal, Text: "In het overleg over de huur twee keer gelukt, en één keer niet."}))

	s.meet(242, marijke, withMarijke, "zomer", s.day(172), "10:00", "Kamer Oever", "")
	s.on(181, "11:25", marijke, s.coaches(marijke, coaching.MoveSession{
		ID: withMarijke, Session: "zomer", Slot: coaching.Slot{Day: s.day(165), Start: "11:00", Minutes: 60}, Place: "Wandelend langs het water", Why: "Dan is de raad er.",
	})...)
	s.held(165, withMarijke, "zomer")
	s.on(165, "17:00", ellen, eventstore.Do(coaching.ShareNote{
		ID: withMarijke, Note: "na-zomer", Session: "zomer", Text: "Je merkt het zelf eerder dan een ander. Blijf opschrijven wanneer het niet lukt.",
	}))
	s.on(165, "17:20", ellen, eventstore.Do(coaching.AmendNote{
		ID: withMarijke, Note: "na-zomer", Text: "Je merkt het zelf eerder dan een ander. Blijf opschrijven wanneer het wel lukt, en wat je toen deed.",
	}))
	s.meet(110, marijke, withMarijke, "najaar", s.day(84), "10:00", "Kamer Oever", "")
	s.on(86, "08:10", ellen, eventstore.Do(coaching.CancelSession{ID: withMarijke, Session: "najaar", Why: "Ik ben ziek. We pakken het na de ronde op."}))
	s.on(70, "16:15", marijke, eventstore.Do(coaching.NoteProgress{ID: withMarijke, Goal: goal, Text: "Yvonne zei het tegen me: je vroeg het eerst."}))

	s.meet(15, marijke, withMarijke, "spiegel-2", s.day(11), "12:30", "Kamer Oever", "spiegel-2")
	s.on(11, "13:30", ellen,
		eventstore.Do(coaching.HoldSession{ID: withMarijke, Session: "spiegel-2"}),
		eventstore.Do(round.HoldDebrief{ID: "spiegel-2"}))
	s.on(10, "08:40", marijke, eventstore.Do(coaching.CompleteGoal{ID: withMarijke, Goal: goal}))
	s.on(10, "08:42", marijke, eventstore.Do(coaching.ShareGoal{ID: withMarijke, Goal: goal, With: []domain.Party{domain.TheMT, domain.Person(ellen)}}))
	s.on(9, "09:20", marijke, eventstore.Do(coaching.SetGoal{
		ID: withMarijke, Goal: next, Text: "Ik laat binnen een week weten wat er met een voorstel is gebeurd, ook als het nee is.",
		Links: coaching.Links{Behaviour: mtRuimte, Round: "spiegel-2", Question: "more"},
	}))
	s.meet(8, marijke, withMarijke, "vervolg", s.day(0).Add(14), "10:00", "Kamer Oever", "")
}

func (s *story) basIsCoached() {
	const goal domain.GoalID = "laten-liggen"
	terms := coaching.Terms{
		Aims:  "Bas vindt een manier om werk bij een ander te laten.",
		SetUp: "Om de drie weken een uur.",
		From:  s.day(184), Until: s.ahead(12),
	}
	s.on(186, "13:15", ellen, s.coaches(bas, coaching.Propose{
		ID: withBas, Coach: ellen, Coachee: bas, Sponsor: marijke, Reason: coaching.OtherReason, Terms: terms,
	})...)
	s.on(185, "17:30", marijke, eventstore.Do(coaching.Decline{ID: withBas, Version: 1, Why: "Om de drie weken is veel. Kan het eens in de zes?"}))
	terms.SetUp = "Eens in de zes weken een uur."
	s.on(184, "08:35", ellen, s.coaches(bas, coaching.Revise{ID: withBas, Terms: terms, Why: "Het mag rustiger, zegt Marijke. Bas vindt dat ook."})...)
	s.on(184, "09:10", bas, s.coaches(bas, coaching.Agree{ID: withBas, Version: 2})...)
	s.on(183, "12:20", marijke, s.coaches(bas, coaching.Agree{ID: withBas, Version: 2})...)
	for _, m := range []struct {
		ago int
		id  domain.CoachingSessionID
	}{{160, "eerste"}, {131, "tweede"}, {92, "derde"}} {
		s.meet(m.ago+8, bas, withBas, m.id, s.day(m.ago), "15:30", "Kantine, aan het raam", "")
		s.held(m.ago, withBas, m.id)
	}
	s.on(159, "08:15", bas, eventstore.Do(coaching.SetGoal{
		ID: withBas, Goal: goal, Text: "Ik laat een maand lang elke vrijdag een rapport liggen.", Links: coaching.Links{Promise: "cijfers"},
	}))
	s.on(130, "08:25", bas, eventstore.Do(coaching.DropGoal{ID: withBas, Goal: goal, Why: "Niemand merkte het, en dat was wat ik wilde weten."}))
	s.on(91, "08:30", bas, eventstore.Do(coaching.SetGoal{
		ID: withBas, Goal: "vraag-terug", Text: "Ik vraag terug wat iemand zelf al heeft geprobeerd.", Due: s.ahead(6),
	}))
	s.on(40, "16:55", bas, eventstore.Do(coaching.NoteProgress{ID: withBas, Goal: "vraag-terug"}))
	s.meet(6, bas, withBas, "vierde", s.day(0).Add(7), "15:30", "Kantine, aan het raam", "")
}

func (s *story) fatimaIsCoached() {
	const goal domain.GoalID = "stil-zijn"
	s.on(166, "10:05", fatima, s.coaches(fatima, coaching.Propose{
		ID: withFatima, Coach: ellen, Coachee: fatima, Sponsor: marijke, Reason: coaching.OtherReason,
		Terms: coaching.Terms{
			Aims: "Fatima leert als laatste te praten.", SetUp: "Drie gesprekken, daarna is het klaar.",
			From: s.day(164), Until: s.day(40),
		},
	})...)
	s.on(165, "09:00", ellen, s.coaches(fatima, coaching.Agree{ID: withFatima, Version: 1})...)
	s.on(164, "09:45", marijke, s.coaches(fatima, coaching.Agree{ID: withFatima, Version: 1})...)
	s.meet(162, fatima, withFatima, "eerste", s.day(152), "09:00", "", "")
	s.held(152, withFatima, "eerste")
	s.on(151, "08:05", fatima, eventstore.Do(coaching.SetGoal{
		ID: withFatima, Goal: goal, Text: "In een casusbespreking praat ik als laatste.", Links: coaching.Links{Promise: "casus"},
	}))
	s.meet(120, fatima, withFatima, "tweede", s.day(112), "09:00", "", "")
	s.held(112, withFatima, "tweede")
	s.on(66, "17:10", fatima, eventstore.Do(coaching.CompleteGoal{ID: withFatima, Goal: goal}))
	s.on(66, "17:12", fatima, eventstore.Do(coaching.ShareGoal{ID: withFatima, Goal: goal, With: []domain.Party{domain.Everyone}}))
	s.on(65, "09:05", fatima, eventstore.Do(coaching.Close{ID: withFatima}))
}

// othersAreCoached are one who has just begun, and one who asks for it.
func (s *story) othersAreCoached() {
	s.on(30, "14:10", sanne, s.coaches(joost, coaching.Propose{
		ID: withJoost, Coach: ellen, Coachee: joost, Sponsor: marijke, Reason: coaching.OtherReason,
		Terms: coaching.Terms{
			Aims:  "Joost bereidt lastige gesprekken met gemeenten voor, en kijkt erop terug.",
			SetUp: "Voor en na elk groot gesprek een halfuur, ook aan de telefoon.",
			From:  s.day(29), Until: s.ahead(30),
		},
	})...)
	s.on(29, "08:30", joost, s.coaches(joost, coaching.Agree{ID: withJoost, Version: 1})...)
	s.on(29, "09:15", ellen, s.coaches(joost, coaching.Agree{ID: withJoost, Version: 1})...)
	s.on(28, "18:00", marijke, s.coaches(joost, coaching.Agree{ID: withJoost, Version: 1})...)
	s.meet(27, joost, withJoost, "eerste", s.day(20), "16:00", "Telefoon", "")
	s.held(20, withJoost, "eerste")

	s.on(3, "19:40", petra, s.coaches(petra, coaching.Propose{
		ID: withPetra, Coach: ellen, Coachee: petra, Sponsor: fatima, Reason: coaching.Standstill,
		Terms: coaching.Terms{
			Aims:  "Ik doe dit werk elf jaar en het gaat vanzelf. Ik wil weer iets leren.",
			SetUp: "Een paar gesprekken, om te vinden wat dat is.",
			From:  s.day(0), Until: s.ahead(26),
		},
	})...)
}
