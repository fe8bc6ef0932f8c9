package programme_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"koersvast/domain"
	"koersvast/domain/domaintest"
	"koersvast/domain/programme"
)

type (
	rule  = domaintest.Rule[programme.State]
	facts = []programme.Event
)

// Bram leads the programme.
var bram = domain.Act{By: "bram", At: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}

func profile(of domain.PersonID, text string) domain.Private {
	return domain.Say(domain.KeyOf(of, domain.Profile), text)
}

var (
	started = programme.Started{ID: "dichtbij", Name: "Dichtbij"}
	lead    = programme.PersonAdded{
		ID: "bram", Name: profile("bram", "Bram de Wit"), Email: profile("bram", "bram@example.org"),
		Roles: []domain.Role{domain.Lead},
	}
	noord = programme.TeamFormed{ID: "noord", Name: "Team Noord"}
	carla = programme.PersonAdded{
		ID: "carla", Name: profile("carla", "Carla Smit"), Email: profile("carla", "carla@example.org"), Function: profile("carla", "Begeleider"),
		Team: "noord", Roles: []domain.Role{domain.Employee},
	}
	begun  = facts{started, lead, noord, carla}
	joined = programme.NewPerson{ID: "dirk", Name: "Dirk Bos", Email: "dirk@example.org", Team: "noord", Roles: []domain.Role{domain.Employee}}
	dirk   = programme.PersonAdded{
		ID: "dirk", Name: profile("dirk", "Dirk Bos"), Email: profile("dirk", "dirk@example.org"),
		Team: "noord", Roles: []domain.Role{domain.Employee},
	}
	bare = programme.PersonAdded{ID: "dirk", Name: profile("dirk", "Dirk Bos"), Roles: []domain.Role{domain.Employee}}
)

// and returns what happened after begun.
func and(more ...programme.Event) facts { return slices.Concat(begun, more) }

// adding asks for one person who differs from joined.
func adding(change func(*programme.NewPerson)) programme.AddPeople {
	p := joined
	change(&p)
	return programme.AddPeople{Programme: "dichtbij", People: []programme.NewPerson{p}}
}

func TestStarting(t *testing.T) {
	start := programme.Start{ID: "dichtbij", Name: "Dichtbij", Lead: "bram", LeadName: "Bram de Wit", LeadEmail: "bram@example.org"}
	but := func(change func(*programme.Start)) programme.Start {
		c := start
		change(&c)
		return c
	}
	manages := lead
	manages.Roles = []domain.Role{domain.Lead, domain.Admin}
	domaintest.Check(t, []rule{
		{
			Name: "a programme begins with who leads it",
			By:   bram,
			When: programme.Start{ID: "dichtbij", Name: "Dichtbij", Lead: "bram", LeadName: "Bram de Wit", LeadEmail: "bram@example.org"},
			Then: facts{started, lead},
		},
		{
			Name: "the lead can manage it too",
			By:   bram,
			When: but(func(c *programme.Start) { c.AlsoManages = true }),
			Then: facts{started, manages},
		},
		{
			Name:  "a programme starts once",
			Given: begun,
			By:    bram,
			When:  start,
			Err:   programme.ErrStarted,
		},
		{
			Name: "a programme has a name",
			By:   bram,
			When: but(func(c *programme.Start) { c.Name = " " }),
			Err:  domain.ErrRequired, Field: "name",
		},
		{
			Name: "its lead has a name",
			By:   bram,
			When: but(func(c *programme.Start) { c.LeadName = "" }),
			Err:  domain.ErrRequired, Field: "lead_name",
		},
		{
			Name: "its lead has an address that can exist",
			By:   bram,
			When: but(func(c *programme.Start) { c.LeadEmail = "bram" }),
			Err:  programme.ErrBadEmail, Field: "lead_email",
		},
		{
			Name: "a programme has an identifier",
			By:   bram,
			When: but(func(c *programme.Start) { c.ID = "dicht.bij" }),
			Err:  domain.ErrBadID, Field: "id",
		},
		{
			Name: "its lead has an identifier",
			By:   bram,
			When: but(func(c *programme.Start) { c.Lead = "" }),
			Err:  domain.ErrBadID, Field: "lead",
		},

		{
			Name:  "a programme can get another name",
			Given: begun,
			By:    bram,
			When:  programme.Rename{ID: "dichtbij", Name: "Dichterbij"},
			Then:  facts{programme.Renamed{ID: "dichtbij", Name: "Dichterbij"}},
		},
		{
			Name:  "the same name changes nothing",
			Given: and(programme.Renamed{ID: "dichtbij", Name: "Dichterbij"}),
			By:    bram,
			When:  programme.Rename{ID: "dichtbij", Name: "Dichterbij"},
		},
		{
			Name:  "a programme keeps a name",
			Given: begun,
			By:    bram,
			When:  programme.Rename{ID: "dichtbij"},
			Err:   domain.ErrRequired, Field: "name",
		},
		{
			Name: "what was not started has no other name",
			By:   bram,
			When: programme.Rename{ID: "dichtbij", Name: "Dichterbij"},
			Err:  programme.ErrNotStarted,
		},
	})
}

func TestTeams(t *testing.T) {
	zuid := programme.TeamFormed{ID: "zuid", Name: "Team Zuid"}
	domaintest.Check(t, []rule{
		{
			Name:  "a programme has teams",
			Given: begun,
			By:    bram,
			When:  programme.FormTeam{Programme: "dichtbij", ID: "zuid", Name: "Team Zuid"},
			Then:  facts{zuid},
		},
		{
			Name: "there are no teams without a programme",
			By:   bram,
			When: programme.FormTeam{Programme: "dichtbij", ID: "zuid", Name: "Team Zuid"},
			Err:  programme.ErrNotStarted,
		},
		{
			Name:  "two teams do not have one name",
			Given: begun,
			By:    bram,
			When:  programme.FormTeam{Programme: "dichtbij", ID: "zuid", Name: "team noord"},
			Err:   programme.ErrTeamExists, Field: "name",
		},
		{
			Name:  "a team is formed once",
			Given: begun,
			By:    bram,
			When:  programme.FormTeam{Programme: "dichtbij", ID: "noord", Name: "Team Zuid"},
			Err:   programme.ErrTeamExists, Field: "name",
		},
		{
			Name:  "a team has a name",
			Given: begun,
			By:    bram,
			When:  programme.FormTeam{Programme: "dichtbij", ID: "zuid"},
			Err:   domain.ErrRequired, Field: "name",
		},
		{
			Name:  "a team has an identifier",
			Given: begun,
			By:    bram,
			When:  programme.FormTeam{Programme: "dichtbij", ID: "team zuid", Name: "Team Zuid"},
			Err:   domain.ErrBadID, Field: "id",
		},
		{
			Name:  "a team can get another name",
			Given: begun,
			By:    bram,
			When:  programme.RenameTeam{Programme: "dichtbij", ID: "noord", Name: "Team Waddenland"},
			Then:  facts{programme.TeamRenamed{ID: "noord", Name: "Team Waddenland"}},
		},
		{
			Name:  "a team can write its own name otherwise",
			Given: begun,
			By:    bram,
			When:  programme.RenameTeam{Programme: "dichtbij", ID: "noord", Name: "TEAM Noord"},
			Then:  facts{programme.TeamRenamed{ID: "noord", Name: "TEAM Noord"}},
		},
		{
			Name:  "the same name changes nothing",
			Given: begun,
			By:    bram,
			When:  programme.RenameTeam{Programme: "dichtbij", ID: "noord", Name: "Team Noord"},
		},
		{
			Name:  "a team does not take another's name",
			Given: and(zuid),
			By:    bram,
			When:  programme.RenameTeam{Programme: "dichtbij", ID: "noord", Name: "team zuid"},
			Err:   programme.ErrTeamExists, Field: "name",
		},
		{
			Name:  "a name that a team gave up is free",
			Given: and(programme.TeamRenamed{ID: "noord", Name: "Team Waddenland"}),
			By:    bram,
			When:  programme.FormTeam{Programme: "dichtbij", ID: "zuid", Name: "Team Noord"},
			Then:  facts{programme.TeamFormed{ID: "zuid", Name: "Team Noord"}},
		},
		{
			Name:  "a team keeps a name",
			Given: begun,
			By:    bram,
			When:  programme.RenameTeam{Programme: "dichtbij", ID: "noord"},
			Err:   domain.ErrRequired, Field: "name",
		},
		{
			Name:  "nobody renames a team that is not there",
			Given: begun,
			By:    bram,
			When:  programme.RenameTeam{Programme: "dichtbij", ID: "zuid", Name: "Team Zuid"},
			Err:   programme.ErrUnknownTeam,
		},
	})
}

func TestJoining(t *testing.T) {
	everyRole := dirk
	everyRole.Roles = []domain.Role{domain.Employee, domain.InformalLeader}
	domaintest.Check(t, []rule{
		{
			Name:  "people join with their team and their roles",
			Given: begun,
			By:    bram,
			When:  programme.AddPeople{Programme: "dichtbij", People: []programme.NewPerson{joined}},
			Then:  facts{dirk},
		},
		{
			Name:  "a name and a role are enough",
			Given: begun,
			By:    bram,
			When:  adding(func(p *programme.NewPerson) { p.Email, p.Team = "", "" }),
			Then:  facts{bare},
		},
		{
			Name:  "two people can be without an address",
			Given: and(bare),
			By:    bram,
			When:  adding(func(p *programme.NewPerson) { p.ID, p.Name, p.Email, p.Team = "els", "Els Kok", "", "" }),
			Then:  facts{programme.PersonAdded{ID: "els", Name: profile("els", "Els Kok"), Roles: []domain.Role{domain.Employee}}},
		},
		{
			Name:  "a team can come with its people",
			Given: begun,
			By:    bram,
			When: programme.AddPeople{
				Programme: "dichtbij",
				Teams:     []programme.NewTeam{{ID: "zuid", Name: "Team Zuid"}},
				People:    []programme.NewPerson{{ID: "els", Name: "Els Kok", Team: "zuid", Roles: []domain.Role{domain.Employee}}},
			},
			Then: facts{
				programme.TeamFormed{ID: "zuid", Name: "Team Zuid"},
				programme.PersonAdded{ID: "els", Name: profile("els", "Els Kok"), Team: "zuid", Roles: []domain.Role{domain.Employee}},
			},
		},
		{
			Name:  "a role that is named twice counts once",
			Given: begun,
			By:    bram,
			When: adding(func(p *programme.NewPerson) {
				p.Roles = []domain.Role{domain.InformalLeader, domain.Employee, domain.InformalLeader}
			}),
			Then: facts{everyRole},
		},
		{
			Name: "nobody joins what was not started",
			By:   bram,
			When: programme.AddPeople{Programme: "dichtbij", People: []programme.NewPerson{joined}},
			Err:  programme.ErrNotStarted,
		},
		{
			Name:  "a list of people has people",
			Given: begun,
			By:    bram,
			When:  programme.AddPeople{Programme: "dichtbij"},
			Err:   programme.ErrNobody,
		},
		{
			Name:  "nobody is in it twice",
			Given: begun,
			By:    bram,
			When:  adding(func(p *programme.NewPerson) { p.ID = "carla" }),
			Err:   programme.ErrPersonExists, Field: "people[0].id",
		},
		{
			Name:  "nobody is on a list twice",
			Given: begun,
			By:    bram,
			When:  programme.AddPeople{Programme: "dichtbij", People: []programme.NewPerson{joined, {ID: "dirk", Name: "Dirk", Roles: joined.Roles}}},
			Err:   programme.ErrPersonExists, Field: "people[1].id",
		},
		{
			Name:  "two people do not have one address, in whatever letters",
			Given: begun,
			By:    bram,
			When:  adding(func(p *programme.NewPerson) { p.Email = "CARLA@example.org" }),
			Err:   programme.ErrEmailTaken, Field: "people[0].email",
		},
		{
			Name:  "nor two people on a list",
			Given: begun,
			By:    bram,
			When:  programme.AddPeople{Programme: "dichtbij", People: []programme.NewPerson{joined, {ID: "els", Name: "Els Kok", Email: "Dirk@Example.org", Roles: joined.Roles}}},
			Err:   programme.ErrEmailTaken, Field: "people[1].email",
		},
		{
			Name:  "the address of who left is free",
			Given: and(programme.PersonLeft{ID: "carla"}),
			By:    bram,
			When:  adding(func(p *programme.NewPerson) { p.Email = "carla@example.org" }),
			Then: facts{programme.PersonAdded{
				ID: "dirk", Name: profile("dirk", "Dirk Bos"), Email: profile("dirk", "carla@example.org"),
				Team: "noord", Roles: []domain.Role{domain.Employee},
			}},
		},
		{
			Name:  "an address can exist",
			Given: begun,
			By:    bram,
			When:  adding(func(p *programme.NewPerson) { p.Email = "dirk@" }),
			Err:   programme.ErrBadEmail, Field: "people[0].email",
		},
		{
			Name:  "one address is not two",
			Given: begun,
			By:    bram,
			When:  adding(func(p *programme.NewPerson) { p.Email = "dirk@example.org, els@example.org" }),
			Err:   programme.ErrBadEmail, Field: "people[0].email",
		},
		{
			Name:  "an address is not longer than a name",
			Given: begun,
			By:    bram,
			When:  adding(func(p *programme.NewPerson) { p.Email = "dirk@" + strings.Repeat("a", 200) }),
			Err:   domain.ErrTooLong, Field: "people[0].email",
		},
		{
			Name:  "people have a name",
			Given: begun,
			By:    bram,
			When:  adding(func(p *programme.NewPerson) { p.Name = "" }),
			Err:   domain.ErrRequired, Field: "people[0].name",
		},
		{
			Name:  "a function is short",
			Given: begun,
			By:    bram,
			When:  adding(func(p *programme.NewPerson) { p.Function = strings.Repeat("é", 201) }),
			Err:   domain.ErrTooLong, Field: "people[0].function",
		},
		{
			Name:  "people have an identifier",
			Given: begun,
			By:    bram,
			When:  adding(func(p *programme.NewPerson) { p.ID = "" }),
			Err:   domain.ErrBadID, Field: "people[0].id",
		},
		{
			Name:  "people are in a team that is there",
			Given: begun,
			By:    bram,
			When:  adding(func(p *programme.NewPerson) { p.Team = "zuid" }),
			Err:   programme.ErrUnknownTeam, Field: "people[0].team",
		},
		{
			Name:  "people have a role",
			Given: begun,
			By:    bram,
			When:  adding(func(p *programme.NewPerson) { p.Roles = nil }),
			Err:   programme.ErrNoRole, Field: "people[0].roles",
		},
		{
			Name:  "people have roles that the programme knows",
			Given: begun,
			By:    bram,
			When:  adding(func(p *programme.NewPerson) { p.Roles = []domain.Role{domain.Employee, "boss"} }),
			Err:   programme.ErrUnknownRole, Field: "people[0].roles",
		},
		{
			Name:  "a team that comes along is new",
			Given: begun,
			By:    bram,
			When: programme.AddPeople{
				Programme: "dichtbij",
				Teams:     []programme.NewTeam{{ID: "zuid", Name: "Team Zuid"}, {ID: "oost", Name: "team noord"}},
				People:    []programme.NewPerson{joined},
			},
			Err: programme.ErrTeamExists, Field: "teams[1].name",
		},
		{
			Name:  "all of them join or nobody, and every wrong line is named",
			Given: begun,
			By:    bram,
			When:  programme.AddPeople{Programme: "dichtbij", People: []programme.NewPerson{joined, {ID: "els", Roles: joined.Roles}, {ID: "fay", Name: "Fay", Roles: []domain.Role{"boss"}}}},
			Err:   programme.ErrUnknownRole, Field: "people[1].name",
		},
	})
}

func TestBeingThere(t *testing.T) {
	left := programme.PersonLeft{ID: "carla"}
	managed := programme.ManagerSet{ID: "carla", Manager: "bram"}
	second := programme.RolesGiven{ID: "carla", Roles: []domain.Role{domain.Employee, domain.Lead}}
	domaintest.Check(t, []rule{
		{
			Name:  "what people are called can be corrected",
			Given: begun,
			By:    bram,
			When:  programme.CorrectPerson{Programme: "dichtbij", ID: "carla", Name: "Carla Smit-Vos", Email: "carla@example.org", Function: "Begeleider"},
			Then: facts{programme.PersonCorrected{
				ID: "carla", Name: profile("carla", "Carla Smit-Vos"), Email: profile("carla", "carla@example.org"), Function: profile("carla", "Begeleider"),
			}},
		},
		{
			Name:  "people can write their own address otherwise",
			Given: begun,
			By:    bram,
			When:  programme.CorrectPerson{Programme: "dichtbij", ID: "carla", Name: "Carla Smit", Email: "Carla@example.org"},
			Then:  facts{programme.PersonCorrected{ID: "carla", Name: profile("carla", "Carla Smit"), Email: profile("carla", "Carla@example.org")}},
		},
		{
			Name:  "a function can be corrected alone",
			Given: begun,
			By:    bram,
			When:  programme.CorrectPerson{Programme: "dichtbij", ID: "carla", Name: "Carla Smit", Email: "carla@example.org", Function: "Coördinator"},
			Then: facts{programme.PersonCorrected{
				ID: "carla", Name: profile("carla", "Carla Smit"), Email: profile("carla", "carla@example.org"), Function: profile("carla", "Coördinator"),
			}},
		},
		{
			Name:  "people can come to have no address, as others have none",
			Given: and(bare),
			By:    bram,
			When:  programme.CorrectPerson{Programme: "dichtbij", ID: "carla", Name: "Carla Smit", Function: "Begeleider"},
			Then:  facts{programme.PersonCorrected{ID: "carla", Name: profile("carla", "Carla Smit"), Function: profile("carla", "Begeleider")}},
		},
		{
			Name:  "the address of who left is free for others there",
			Given: and(dirk, left),
			By:    bram,
			When:  programme.CorrectPerson{Programme: "dichtbij", ID: "dirk", Name: "Dirk Bos", Email: "carla@example.org"},
			Then:  facts{programme.PersonCorrected{ID: "dirk", Name: profile("dirk", "Dirk Bos"), Email: profile("dirk", "carla@example.org")}},
		},
		{
			Name:  "what is right needs no correction",
			Given: begun,
			By:    bram,
			When:  programme.CorrectPerson{Programme: "dichtbij", ID: "carla", Name: "Carla Smit", Email: "carla@example.org", Function: "Begeleider"},
		},
		{
			Name:  "nobody is corrected to another's address",
			Given: begun,
			By:    bram,
			When:  programme.CorrectPerson{Programme: "dichtbij", ID: "carla", Name: "Carla Smit", Email: "BRAM@example.org"},
			Err:   programme.ErrEmailTaken, Field: "email",
		},
		{
			Name:  "nobody is corrected to an address that cannot exist",
			Given: begun,
			By:    bram,
			When:  programme.CorrectPerson{Programme: "dichtbij", ID: "carla", Name: "Carla Smit", Email: "@example.org"},
			Err:   programme.ErrBadEmail, Field: "email",
		},
		{
			Name:  "people keep a name",
			Given: begun,
			By:    bram,
			When:  programme.CorrectPerson{Programme: "dichtbij", ID: "carla", Email: "carla@example.org"},
			Err:   domain.ErrRequired, Field: "name",
		},
		{
			Name:  "a corrected function is short",
			Given: begun,
			By:    bram,
			When:  programme.CorrectPerson{Programme: "dichtbij", ID: "carla", Name: "Carla Smit", Function: strings.Repeat("é", 201)},
			Err:   domain.ErrTooLong, Field: "function",
		},
		{
			Name:  "nobody corrects who is not there",
			Given: begun,
			By:    bram,
			When:  programme.CorrectPerson{Programme: "dichtbij", ID: "els", Name: "Els Kok"},
			Err:   programme.ErrUnknownPerson,
		},

		{
			Name:  "people move to another team",
			Given: and(programme.TeamFormed{ID: "zuid", Name: "Team Zuid"}),
			By:    bram,
			When:  programme.PlacePerson{Programme: "dichtbij", ID: "carla", Team: "zuid"},
			Then:  facts{programme.PersonPlaced{ID: "carla", Team: "zuid"}},
		},
		{
			Name:  "people can be in no team",
			Given: begun,
			By:    bram,
			When:  programme.PlacePerson{Programme: "dichtbij", ID: "carla"},
			Then:  facts{programme.PersonPlaced{ID: "carla"}},
		},
		{
			Name:  "who is in a team stays in it",
			Given: begun,
			By:    bram,
			When:  programme.PlacePerson{Programme: "dichtbij", ID: "carla", Team: "noord"},
		},
		{
			Name:  "who was placed in a team stays in it",
			Given: and(programme.TeamFormed{ID: "zuid", Name: "Team Zuid"}, programme.PersonPlaced{ID: "carla", Team: "zuid"}),
			By:    bram,
			When:  programme.PlacePerson{Programme: "dichtbij", ID: "carla", Team: "zuid"},
		},
		{
			Name:  "people are placed in a team that is there",
			Given: begun,
			By:    bram,
			When:  programme.PlacePerson{Programme: "dichtbij", ID: "carla", Team: "zuid"},
			Err:   programme.ErrUnknownTeam, Field: "team",
		},
		{
			Name:  "who left is in no team",
			Given: and(left),
			By:    bram,
			When:  programme.PlacePerson{Programme: "dichtbij", ID: "carla", Team: "noord"},
			Err:   programme.ErrUnknownPerson,
		},

		{
			Name:  "people get another role",
			Given: begun,
			By:    bram,
			When:  programme.GiveRoles{Programme: "dichtbij", ID: "carla", Roles: []domain.Role{domain.Lead, domain.Employee, domain.Lead}},
			Then:  facts{second},
		},
		{
			Name:  "the same roles in another order change nothing",
			Given: and(second),
			By:    bram,
			When:  programme.GiveRoles{Programme: "dichtbij", ID: "carla", Roles: []domain.Role{domain.Lead, domain.Employee}},
		},
		{
			Name:  "people keep a role",
			Given: begun,
			By:    bram,
			When:  programme.GiveRoles{Programme: "dichtbij", ID: "carla"},
			Err:   programme.ErrNoRole, Field: "roles",
		},
		{
			Name:  "people get roles that the programme knows",
			Given: begun,
			By:    bram,
			When:  programme.GiveRoles{Programme: "dichtbij", ID: "carla", Roles: []domain.Role{"boss"}},
			Err:   programme.ErrUnknownRole, Field: "roles",
		},
		{
			Name:  "a programme keeps a lead",
			Given: begun,
			By:    bram,
			When:  programme.GiveRoles{Programme: "dichtbij", ID: "bram", Roles: []domain.Role{domain.MT}},
			Err:   programme.ErrLastLead, Field: "roles",
		},
		{
			Name:  "the only lead can have other roles too",
			Given: begun,
			By:    bram,
			When:  programme.GiveRoles{Programme: "dichtbij", ID: "bram", Roles: []domain.Role{domain.Lead, domain.MT}},
			Then:  facts{programme.RolesGiven{ID: "bram", Roles: []domain.Role{domain.Lead, domain.MT}}},
		},
		{
			Name:  "the lead can hand over",
			Given: and(second),
			By:    bram,
			When:  programme.GiveRoles{Programme: "dichtbij", ID: "bram", Roles: []domain.Role{domain.MT}},
			Then:  facts{programme.RolesGiven{ID: "bram", Roles: []domain.Role{domain.MT}}},
		},
		{
			Name:  "nobody hands over to who left",
			Given: and(second, left),
			By:    bram,
			When:  programme.GiveRoles{Programme: "dichtbij", ID: "bram", Roles: []domain.Role{domain.MT}},
			Err:   programme.ErrLastLead, Field: "roles",
		},
		{
			Name:  "who is not there has no role",
			Given: begun,
			By:    bram,
			When:  programme.GiveRoles{Programme: "dichtbij", ID: "els", Roles: []domain.Role{domain.MT}},
			Err:   programme.ErrUnknownPerson,
		},

		{
			Name:  "people have a manager in the line",
			Given: begun,
			By:    bram,
			When:  programme.SetManager{Programme: "dichtbij", ID: "carla", Manager: "bram"},
			Then:  facts{managed},
		},
		{
			Name:  "the same manager changes nothing",
			Given: and(managed),
			By:    bram,
			When:  programme.SetManager{Programme: "dichtbij", ID: "carla", Manager: "bram"},
		},
		{
			Name:  "people can come to have no manager",
			Given: and(managed),
			By:    bram,
			When:  programme.SetManager{Programme: "dichtbij", ID: "carla"},
			Then:  facts{programme.ManagerSet{ID: "carla"}},
		},
		{
			Name:  "nobody manages themselves",
			Given: begun,
			By:    bram,
			When:  programme.SetManager{Programme: "dichtbij", ID: "carla", Manager: "carla"},
			Err:   programme.ErrManagerCircle, Field: "manager",
		},
		{
			Name:  "nobody manages themselves through others",
			Given: and(dirk, managed, programme.ManagerSet{ID: "dirk", Manager: "carla"}),
			By:    bram,
			When:  programme.SetManager{Programme: "dichtbij", ID: "bram", Manager: "dirk"},
			Err:   programme.ErrManagerCircle, Field: "manager",
		},
		{
			Name:  "two people can change places when one lets go first",
			Given: and(managed, programme.ManagerSet{ID: "carla"}),
			By:    bram,
			When:  programme.SetManager{Programme: "dichtbij", ID: "bram", Manager: "carla"},
			Then:  facts{programme.ManagerSet{ID: "bram", Manager: "carla"}},
		},
		{
			Name:  "who is not there manages nobody",
			Given: begun,
			By:    bram,
			When:  programme.SetManager{Programme: "dichtbij", ID: "carla", Manager: "els"},
			Err:   programme.ErrUnknownPerson, Field: "manager",
		},
		{
			Name:  "who left is managed by nobody",
			Given: and(left),
			By:    bram,
			When:  programme.SetManager{Programme: "dichtbij", ID: "carla", Manager: "bram"},
			Err:   programme.ErrUnknownPerson,
		},

		{
			Name:  "people can leave",
			Given: begun,
			By:    bram,
			When:  programme.Leave{Programme: "dichtbij", ID: "carla"},
			Then:  facts{left},
		},
		{
			Name:  "leaving twice changes nothing",
			Given: and(left),
			By:    bram,
			When:  programme.Leave{Programme: "dichtbij", ID: "carla"},
		},
		{
			Name:  "the last lead does not leave",
			Given: begun,
			By:    bram,
			When:  programme.Leave{Programme: "dichtbij", ID: "bram"},
			Err:   programme.ErrLastLead,
		},
		{
			Name:  "a lead leaves when there is another",
			Given: and(second),
			By:    bram,
			When:  programme.Leave{Programme: "dichtbij", ID: "bram"},
			Then:  facts{programme.PersonLeft{ID: "bram"}},
		},
		{
			Name:  "who was never there cannot leave",
			Given: begun,
			By:    bram,
			When:  programme.Leave{Programme: "dichtbij", ID: "els"},
			Err:   programme.ErrUnknownPerson,
		},
	})
}

func TestOthersCanAskWhoMayCoach(t *testing.T) {
	coach := dirk
	coach.Roles = []domain.Role{domain.Coach}
	given := func(roles ...domain.Role) programme.RolesGiven { return programme.RolesGiven{ID: "dirk", Roles: roles} }
	c := programme.MayCoach{Programme: "dichtbij", Coach: "dirk", Coachee: "carla"}
	if got, want := c.Stream(), programme.Home("dichtbij"); got != want {
		t.Errorf("it looks at %s, want %s", got, want)
	}
	for _, is := range []struct {
		Name  string
		Given facts
		Err   error
		Field string
	}{
		{Name: "a coach", Given: and(coach)},
		{Name: "a coach who leads too", Given: and(coach, given(domain.Coach, domain.Lead))},
		{Name: "somebody who is not there", Given: begun, Err: programme.ErrUnknownPerson, Field: "coach"},
		{Name: "a coach who left", Given: and(coach, programme.PersonLeft{ID: "dirk"}), Err: programme.ErrUnknownPerson, Field: "coach"},
		{Name: "a coach of somebody who left", Given: and(coach, programme.PersonLeft{ID: "carla"}), Err: programme.ErrUnknownPerson, Field: "coachee"},
		{Name: "somebody who is no coach", Given: and(dirk), Err: programme.ErrNotACoach, Field: "coach"},
		{Name: "a coach no longer", Given: and(coach, given(domain.Employee)), Err: programme.ErrNotACoach, Field: "coach"},
		{Name: "an administrator", Given: and(coach, given(domain.Admin, domain.Coach)), Err: programme.ErrCoachAdmin, Field: "coach"},
		{
			Name:  "the coachee's manager",
			Given: and(coach, programme.ManagerSet{ID: "carla", Manager: "dirk"}),
			Err:   programme.ErrCoachManages, Field: "coach",
		},
		{
			Name:  "the manager of the coachee's manager",
			Given: and(coach, programme.ManagerSet{ID: "bram", Manager: "dirk"}, programme.ManagerSet{ID: "carla", Manager: "bram"}),
			Err:   programme.ErrCoachManages, Field: "coach",
		},
		{Name: "who was the coachee's manager", Given: and(coach, programme.ManagerSet{ID: "carla", Manager: "dirk"}, programme.ManagerSet{ID: "carla"})},
		{Name: "whom the coachee manages", Given: and(coach, programme.ManagerSet{ID: "dirk", Manager: "carla"})},
	} {
		err := c.Holds(domaintest.Fold(is.Given...))
		if !errors.Is(err, is.Err) {
			t.Errorf("%s: %v, want %v", is.Name, err, is.Err)
		}
		if refused := domain.RefusalsIn(err); is.Err != nil && (len(refused) != 1 || refused[0].Field != is.Field) {
			t.Errorf("%s: %v, want one refusal at %s", is.Name, refused, is.Field)
		}
	}
}

func TestAddresses(t *testing.T) {
	refusals := map[string]error{
		"":                  nil,
		"e@x":               nil,
		"els.kok+nl@kok.nl": nil,
		"els":               programme.ErrBadEmail,
		"@kok.nl":           programme.ErrBadEmail,
		"els@":              programme.ErrBadEmail,
		"els@kok@nl":        programme.ErrBadEmail,
		"els kok@kok.nl":    programme.ErrBadEmail,
		" els@kok.nl":       programme.ErrBadEmail,
		"els@kok.nl\nBcc:":  programme.ErrBadEmail,
		"Els <els@kok.nl>":  programme.ErrBadEmail,
		"els@kok.nl;x":      programme.ErrBadEmail,
	}
	for email, want := range refusals {
		c := programme.CorrectPerson{Programme: "dichtbij", ID: "carla", Name: "Els", Email: email}
		if _, err := c.Decide(domaintest.Fold(begun...), bram); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", email, err, want)
		}
	}
}

func TestEveryWrongLineIsNamed(t *testing.T) {
	_, err := programme.AddPeople{Programme: "dichtbij", People: []programme.NewPerson{
		{ID: "dirk", Roles: []domain.Role{domain.Employee}},
		joined,
		{ID: "e.ls", Name: "Els Kok", Email: "els", Team: "zuid"},
	}}.Decide(domaintest.Fold(begun...), bram)
	var got []string
	for _, r := range domain.RefusalsIn(err) {
		got = append(got, r.Field+" "+r.Code)
	}
	want := []string{
		"people[0].name required",
		"people[1].id person_exists",
		"people[2].id bad_id",
		"people[2].email email_invalid",
		"people[2].roles role_needed",
		"people[2].team team_unknown",
	}
	if !slices.Equal(got, want) {
		t.Errorf("refused:\n got %q\nwant %q", got, want)
	}
}

// whoIsThere is what an outsider makes of the facts, in a way of its own.
type whoIsThere struct {
	emails map[domain.PersonID]string
	roles  map[domain.PersonID][]domain.Role
	teams  map[domain.TeamID]string
	above  map[domain.PersonID]domain.PersonID
}

func look(steps []domaintest.Step[programme.State]) whoIsThere {
	w := whoIsThere{map[domain.PersonID]string{}, map[domain.PersonID][]domain.Role{}, map[domain.TeamID]string{}, map[domain.PersonID]domain.PersonID{}}
	for _, step := range steps {
		for _, e := range step.Facts {
			switch e := e.(type) {
			case programme.PersonAdded:
				w.emails[e.ID], _ = e.Email.Reveal()
				w.roles[e.ID] = e.Roles
			case programme.PersonCorrected:
				w.emails[e.ID], _ = e.Email.Reveal()
			case programme.RolesGiven:
				w.roles[e.ID] = e.Roles
			case programme.PersonLeft:
				delete(w.emails, e.ID)
				delete(w.roles, e.ID)
			case programme.ManagerSet:
				w.above[e.ID] = e.Manager
			case programme.TeamFormed:
				w.teams[e.ID] = e.Name
			case programme.TeamRenamed:
				w.teams[e.ID] = e.Name
			}
		}
	}
	return w
}

func TestWhateverPeopleAsk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		domaintest.Walk(t, 60, ask, func(steps []domaintest.Step[programme.State]) {
			w := look(steps)
			leads, seen := 0, map[string]bool{}
			for id, roles := range w.roles {
				if len(roles) == 0 || len(slices.Compact(slices.Sorted(slices.Values(roles)))) != len(roles) {
					t.Fatalf("%s has roles %q", id, roles)
				}
				if slices.Contains(roles, domain.Lead) {
					leads++
				}
				email := strings.ToLower(w.emails[id])
				if email != "" && seen[email] {
					t.Fatalf("two people have the address %s", email)
				}
				seen[email] = true
			}
			if leads == 0 {
				t.Fatal("nobody leads the programme")
			}
			for id := range w.above {
				above := id
				for range w.above {
					above = w.above[above]
				}
				if w.above[above] != "" {
					t.Fatalf("above %s the line goes round in a circle", id)
				}
			}
			names := map[string]bool{}
			for _, name := range w.teams {
				if names[strings.ToLower(name)] {
					t.Fatalf("two teams are called %s", name)
				}
				names[strings.ToLower(name)] = true
			}
		})
	})
}

func ask(t *rapid.T) (domain.Act, domain.Command[programme.State]) {
	const id = domain.ProgrammeID("dichtbij")
	var (
		people = rapid.SampledFrom([]domain.PersonID{"bram", "carla", "dirk", "els"})
		email  = rapid.SampledFrom([]string{"", "a@example.org", "A@example.org", "b@example.org"})
		team   = rapid.SampledFrom([]domain.TeamID{"", "noord", "zuid"})
		name   = rapid.SampledFrom([]string{"Noord", "noord", "Zuid"})
		roles  = rapid.SliceOfN(rapid.SampledFrom([]domain.Role{domain.Lead, domain.MT, domain.Employee}), 0, 3)
	)
	commands := []func() domain.Command[programme.State]{
		func() domain.Command[programme.State] {
			return programme.Start{ID: id, Name: "Dichtbij", Lead: people.Draw(t, "lead"), LeadName: "Bram", LeadEmail: email.Draw(t, "email")}
		},
		func() domain.Command[programme.State] { return programme.Rename{ID: id, Name: name.Draw(t, "name")} },
		func() domain.Command[programme.State] {
			return programme.FormTeam{Programme: id, ID: team.Draw(t, "team"), Name: name.Draw(t, "name")}
		},
		func() domain.Command[programme.State] {
			return programme.RenameTeam{Programme: id, ID: team.Draw(t, "team"), Name: name.Draw(t, "name")}
		},
		func() domain.Command[programme.State] {
			c := programme.AddPeople{Programme: id}
			if rapid.Bool().Draw(t, "with a team") {
				c.Teams = []programme.NewTeam{{ID: team.Draw(t, "team"), Name: name.Draw(t, "name")}}
			}
			for i := range rapid.IntRange(1, 3).Draw(t, "people") {
				c.People = append(c.People, programme.NewPerson{
					ID: people.Draw(t, "id"), Name: fmt.Sprint("Person ", i), Email: email.Draw(t, "email"),
					Team: team.Draw(t, "team"), Roles: roles.Draw(t, "roles"),
				})
			}
			return c
		},
		func() domain.Command[programme.State] {
			return programme.CorrectPerson{Programme: id, ID: people.Draw(t, "id"), Name: "Carla", Email: email.Draw(t, "email")}
		},
		func() domain.Command[programme.State] {
			return programme.PlacePerson{Programme: id, ID: people.Draw(t, "id"), Team: team.Draw(t, "team")}
		},
		func() domain.Command[programme.State] {
			return programme.GiveRoles{Programme: id, ID: people.Draw(t, "id"), Roles: roles.Draw(t, "roles")}
		},
		func() domain.Command[programme.State] {
			return programme.SetManager{Programme: id, ID: people.Draw(t, "id"), Manager: people.Draw(t, "manager")}
		},
		func() domain.Command[programme.State] {
			return programme.Leave{Programme: id, ID: people.Draw(t, "id")}
		},
	}
	return bram, rapid.SampledFrom(commands).Draw(t, "command")()
}
