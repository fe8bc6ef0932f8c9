package demo

import (
	"koersvast/domain"
	"koersvast/domain/programme"
	"koersvast/domain/promise"
	"koersvast/domain/strategy"
	"koersvast/eventstore"
)

// ofNieuwhaven is the beginning of another client's programme, at a library,
// in the same installation.
func ofNieuwhaven(today domain.Day) *story {
	s := &story{programme: Nieuwhaven, today: today}
	p := s.programme

	s.on(12, "10:00", willemijn, eventstore.Do(programme.Start{
		ID: p, Name: "Bibliotheek Nieuwhaven: een huis voor iedereen",
		Lead: willemijn, LeadName: "Willemijn Prins", LeadEmail: "willemijn.prins@nieuwhaven.example", AlsoManages: true,
	}))
	s.on(12, "10:20", willemijn, eventstore.Do(programme.AddPeople{
		Programme: p,
		Teams:     []programme.NewTeam{{ID: "balie", Name: "Team Balie"}},
		People: []programme.NewPerson{
			{ID: hassan, Name: "Hassan Oukili", Email: "hassan.oukili@nieuwhaven.example", Function: "directeur", Roles: []domain.Role{domain.MT}},
			{ID: lotte, Name: "Lotte Faber", Email: "lotte.faber@nieuwhaven.example", Function: "medewerker balie", Team: "balie", Roles: []domain.Role{domain.Employee}},
		},
	}))
	s.on(10, "14:00", hassan, eventstore.Do(strategy.FormulateMission{
		Programme: p,
		Text:      "Wij zijn het huis waar iedereen in Nieuwhaven binnenloopt om te lezen, te leren en elkaar te zien.",
	}))
	s.on(9, "09:30", hassan, eventstore.Do(strategy.ProposePillar{
		Programme: p, ID: "deuren-open", Name: "De deuren open",
		Meaning: "We zijn er als mensen tijd hebben: ook ’s avonds en op zondag.",
	}))
	s.on(9, "09:45", hassan, eventstore.Do(strategy.AdoptPillar{Programme: p, ID: "deuren-open"}))
	s.on(5, "16:20", hassan, under(s, "deuren-open", promise.Make{
		ID: "zondagdienst",
		Terms: promise.Terms{
			Wording:   "Ik draai elke maand zelf een zondagdienst aan de balie.",
			Situation: "op de laatste zondag, van twaalf tot vijf",
			Frequency: "elke maand",
			Noticed:   "Het team van die zondag staat met mij op het rooster.",
		},
		Details: promise.Details{To: []domain.Party{domain.Team("balie")}, Pillar: "deuren-open"},
	})...)
	return s
}
