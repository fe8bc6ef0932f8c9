package programme

import "koersvast/domain"

// FormTeam adds a team.
type FormTeam struct {
	Programme domain.ProgrammeID
	ID        domain.TeamID
	Name      string
}

func (c FormTeam) Stream() domain.Stream { return Home(c.Programme) }

func (c FormTeam) Decide(s State, _ domain.Act) ([]Event, error) {
	if s.name == "" {
		return nil, ErrNotStarted
	}
	if err := domain.All(s.teamRefused(c.ID, c.Name)); err != nil {
		return nil, err
	}
	return []Event{TeamFormed{c.ID, c.Name}}, nil
}

// teamRefused refuses a new team.
func (s State) teamRefused(id domain.TeamID, name string) *domain.Error {
	if refused := domain.Identifies("id", id); refused != nil {
		return refused
	}
	if _, taken := s.teams[id]; taken || s.named(name, id) {
		return ErrTeamExists.On("name")
	}
	return domain.Needed("name", name, domain.NameLength)
}

// TeamFormed says that there is a team.
type TeamFormed struct {
	ID   domain.TeamID `json:"id"`
	Name string        `json:"name"`
}

func (TeamFormed) EventName() string { return "programme.team_formed" }

func (e TeamFormed) Evolve(s State) State {
	s.teams = set(s.teams, e.ID, e.Name)
	return s
}

// RenameTeam gives a team another name.
type RenameTeam struct {
	Programme domain.ProgrammeID
	ID        domain.TeamID
	Name      string
}

func (c RenameTeam) Stream() domain.Stream { return Home(c.Programme) }

func (c RenameTeam) Decide(s State, _ domain.Act) ([]Event, error) {
	was, ok := s.teams[c.ID]
	switch {
	case !ok:
		return nil, ErrUnknownTeam
	case was == c.Name:
		return nil, nil
	case s.named(c.Name, c.ID):
		return nil, ErrTeamExists.On("name")
	}
	if err := domain.All(domain.Needed("name", c.Name, domain.NameLength)); err != nil {
		return nil, err
	}
	return []Event{TeamRenamed{c.ID, c.Name}}, nil
}

// TeamRenamed says what a team is called from now on.
type TeamRenamed struct {
	ID   domain.TeamID `json:"id"`
	Name string        `json:"name"`
}

func (TeamRenamed) EventName() string { return "programme.team_renamed" }

func (e TeamRenamed) Evolve(s State) State {
	s.teams = set(s.teams, e.ID, e.Name)
	return s
}
