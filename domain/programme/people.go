package programme

import (
	"fmt"
	"slices"
	"strings"

	"koersvast/domain"
)

// AddPeople brings people into the programme, all of them or nobody, with the
// teams that are new. A refusal is about "people[3].email" or "teams[0].name",
// counted from 0.
type AddPeople struct {
	Programme domain.ProgrammeID
	Teams     []NewTeam
	People    []NewPerson
}

// A NewTeam is a team that comes with its people.
type NewTeam struct {
	ID   domain.TeamID
	Name string
}

// A NewPerson is somebody who joins. Only name and roles are needed.
type NewPerson struct {
	ID                    domain.PersonID
	Name, Email, Function string
	Team                  domain.TeamID
	Roles                 []domain.Role
}

func (c AddPeople) Stream() domain.Stream { return Home(c.Programme) }

func (c AddPeople) Decide(s State, _ domain.Act) ([]Event, error) {
	switch {
	case s.name == "":
		return nil, ErrNotStarted
	case len(c.People) == 0:
		return nil, ErrNobody
	}
	var (
		facts   []Event
		refused []*domain.Error
		ids     = map[domain.PersonID]bool{}
		emails  = map[string]bool{}
	)
	for _, p := range s.people {
		if !p.left {
			emails[strings.ToLower(p.email)] = true
		}
	}
	for i, t := range c.Teams {
		if r := s.teamRefused(t.ID, t.Name); r != nil {
			refused = append(refused, at("teams", i, r))
			continue
		}
		formed := TeamFormed(t)
		s = formed.Evolve(s)
		facts = append(facts, formed)
	}
	for i, p := range c.People {
		for _, r := range p.refused() {
			refused = append(refused, at("people", i, r))
		}
		email := strings.ToLower(p.Email)
		if _, taken := s.people[p.ID]; taken || ids[p.ID] {
			refused = append(refused, at("people", i, ErrPersonExists.On("id")))
		}
		if email != "" && emails[email] {
			refused = append(refused, at("people", i, ErrEmailTaken.On("email")))
		}
		if _, ok := s.teams[p.Team]; p.Team != "" && !ok {
			refused = append(refused, at("people", i, ErrUnknownTeam.On("team")))
		}
		ids[p.ID], emails[email] = true, true
		facts = append(facts, PersonAdded{
			ID: p.ID, Team: p.Team, Roles: roleSet(p.Roles),
			Name: profile(p.ID, p.Name), Email: profile(p.ID, p.Email), Function: profile(p.ID, p.Function),
		})
	}
	if err := domain.All(refused...); err != nil {
		return nil, err
	}
	return facts, nil
}

// refused returns what is wrong with the person alone.
func (p NewPerson) refused() (refused []*domain.Error) {
	for _, r := range []*domain.Error{
		domain.Identifies("id", p.ID),
		domain.Needed("name", p.Name, domain.NameLength),
		emailRefused("email", p.Email),
		domain.Optional("function", p.Function, domain.NameLength),
		rolesRefused("roles", p.Roles),
	} {
		if r != nil {
			refused = append(refused, r)
		}
	}
	return refused
}

// at says that a refusal is about what stands at index i of a list.
func at(list string, i int, r *domain.Error) *domain.Error {
	return r.On(fmt.Sprintf("%s[%d].%s", list, i, r.Field))
}

// PersonAdded says that somebody joined the programme.
type PersonAdded struct {
	ID       domain.PersonID `json:"id"`
	Name     domain.Private  `json:"name,omitzero"`
	Email    domain.Private  `json:"email,omitzero"`
	Function domain.Private  `json:"function,omitzero"`
	Team     domain.TeamID   `json:"team,omitempty"`
	Roles    []domain.Role   `json:"roles"`
}

func (PersonAdded) EventName() string { return "programme.person_added" }

func (e PersonAdded) Evolve(s State) State {
	s.people = set(s.people, e.ID, person{team: e.Team, roles: e.Roles}.called(e.Name, e.Email, e.Function))
	return s
}

func (e *PersonAdded) Private() []*domain.Private {
	return []*domain.Private{&e.Name, &e.Email, &e.Function}
}

func (p person) called(name, email, function domain.Private) person {
	p.name, _ = name.Reveal()
	p.email, _ = email.Reveal()
	p.function, _ = function.Reveal()
	return p
}

// CorrectPerson corrects what a person is called, or how they are reached.
type CorrectPerson struct {
	Programme             domain.ProgrammeID
	ID                    domain.PersonID
	Name, Email, Function string
}

func (c CorrectPerson) Stream() domain.Stream { return Home(c.Programme) }

func (c CorrectPerson) Decide(s State, _ domain.Act) ([]Event, error) {
	if err := domain.All(s.present(c.ID)); err != nil {
		return nil, err
	}
	if p := s.people[c.ID]; p.name == c.Name && p.email == c.Email && p.function == c.Function {
		return nil, nil
	}
	var taken *domain.Error
	if who := s.emailOf(c.Email); who != "" && who != c.ID {
		taken = ErrEmailTaken.On("email")
	}
	if err := domain.All(
		domain.Needed("name", c.Name, domain.NameLength),
		emailRefused("email", c.Email),
		taken,
		domain.Optional("function", c.Function, domain.NameLength),
	); err != nil {
		return nil, err
	}
	return []Event{PersonCorrected{c.ID, profile(c.ID, c.Name), profile(c.ID, c.Email), profile(c.ID, c.Function)}}, nil
}

// PersonCorrected says what somebody is called, and how they are reached,
// from now on.
type PersonCorrected struct {
	ID       domain.PersonID `json:"id"`
	Name     domain.Private  `json:"name,omitzero"`
	Email    domain.Private  `json:"email,omitzero"`
	Function domain.Private  `json:"function,omitzero"`
}

func (PersonCorrected) EventName() string { return "programme.person_corrected" }

func (e PersonCorrected) Evolve(s State) State {
	s.people = set(s.people, e.ID, s.people[e.ID].called(e.Name, e.Email, e.Function))
	return s
}

func (e *PersonCorrected) Private() []*domain.Private {
	return []*domain.Private{&e.Name, &e.Email, &e.Function}
}

// PlacePerson puts somebody in a team, or in none.
type PlacePerson struct {
	Programme domain.ProgrammeID
	ID        domain.PersonID
	Team      domain.TeamID
}

func (c PlacePerson) Stream() domain.Stream { return Home(c.Programme) }

func (c PlacePerson) Decide(s State, _ domain.Act) ([]Event, error) {
	if err := domain.All(s.present(c.ID)); err != nil {
		return nil, err
	}
	if _, ok := s.teams[c.Team]; c.Team != "" && !ok {
		return nil, ErrUnknownTeam.On("team")
	}
	if s.people[c.ID].team == c.Team {
		return nil, nil
	}
	return []Event{PersonPlaced{c.ID, c.Team}}, nil
}

// PersonPlaced says in which team somebody is from now on, if in any.
type PersonPlaced struct {
	ID   domain.PersonID `json:"id"`
	Team domain.TeamID   `json:"team,omitempty"`
}

func (PersonPlaced) EventName() string { return "programme.person_placed" }

func (e PersonPlaced) Evolve(s State) State {
	p := s.people[e.ID]
	p.team = e.Team
	s.people = set(s.people, e.ID, p)
	return s
}

// GiveRoles says what somebody is in the programme.
type GiveRoles struct {
	Programme domain.ProgrammeID
	ID        domain.PersonID
	Roles     []domain.Role
}

func (c GiveRoles) Stream() domain.Stream { return Home(c.Programme) }

func (c GiveRoles) Decide(s State, _ domain.Act) ([]Event, error) {
	if err := domain.All(s.present(c.ID), rolesRefused("roles", c.Roles)); err != nil {
		return nil, err
	}
	roles := roleSet(c.Roles)
	if slices.Equal(roles, roleSet(s.people[c.ID].roles)) {
		return nil, nil
	}
	if !slices.Contains(roles, domain.Lead) && !s.leads(c.ID) {
		return nil, ErrLastLead.On("roles")
	}
	return []Event{RolesGiven{c.ID, roles}}, nil
}

// RolesGiven says what somebody is in the programme from now on.
type RolesGiven struct {
	ID    domain.PersonID `json:"id"`
	Roles []domain.Role   `json:"roles"`
}

func (RolesGiven) EventName() string { return "programme.roles_given" }

func (e RolesGiven) Evolve(s State) State {
	p := s.people[e.ID]
	p.roles = e.Roles
	s.people = set(s.people, e.ID, p)
	return s
}

// Leave takes somebody out of the programme. What they said stays.
type Leave struct {
	Programme domain.ProgrammeID
	ID        domain.PersonID
}

func (c Leave) Stream() domain.Stream { return Home(c.Programme) }

func (c Leave) Decide(s State, _ domain.Act) ([]Event, error) {
	p, ok := s.people[c.ID]
	switch {
	case !ok:
		return nil, ErrUnknownPerson
	case p.left:
		return nil, nil
	case !s.leads(c.ID):
		return nil, ErrLastLead
	}
	return []Event{PersonLeft{c.ID}}, nil
}

// PersonLeft says that somebody is no longer in the programme.
type PersonLeft struct {
	ID domain.PersonID `json:"id"`
}

func (PersonLeft) EventName() string { return "programme.person_left" }

func (e PersonLeft) Evolve(s State) State {
	p := s.people[e.ID]
	p.left = true
	s.people = set(s.people, e.ID, p)
	return s
}
