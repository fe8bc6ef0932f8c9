package programme

import "koersvast/domain"

// Start begins a programme with the person who leads it. That person is also
// who starts it.
type Start struct {
	ID          domain.ProgrammeID
	Name        string
	Lead        domain.PersonID
	LeadName    string
	LeadEmail   string
	AlsoManages bool // the lead is its administrator too, until there is another
}

func (c Start) Stream() domain.Stream { return Home(c.ID) }

func (c Start) Decide(s State, _ domain.Act) ([]Event, error) {
	if s.name != "" {
		return nil, ErrStarted
	}
	if err := domain.All(
		domain.Identifies("id", c.ID),
		domain.Identifies("lead", c.Lead),
		domain.Needed("name", c.Name, domain.NameLength),
		domain.Needed("lead_name", c.LeadName, domain.NameLength),
		emailRefused("lead_email", c.LeadEmail),
	); err != nil {
		return nil, err
	}
	roles := []domain.Role{domain.Lead}
	if c.AlsoManages {
		roles = append(roles, domain.Admin)
	}
	return []Event{
		Started{c.ID, c.Name},
		PersonAdded{
			ID: c.Lead, Roles: roles,
			Name: profile(c.Lead, c.LeadName), Email: profile(c.Lead, c.LeadEmail),
		},
	}, nil
}

// Started says that a programme began.
type Started struct {
	ID   domain.ProgrammeID `json:"id"`
	Name string             `json:"name"`
}

func (Started) EventName() string { return "programme.started" }

func (e Started) Evolve(s State) State {
	s.name = e.Name
	return s
}

// Rename gives the programme another name.
type Rename struct {
	ID   domain.ProgrammeID
	Name string
}

func (c Rename) Stream() domain.Stream { return Home(c.ID) }

func (c Rename) Decide(s State, _ domain.Act) ([]Event, error) {
	switch s.name {
	case "":
		return nil, ErrNotStarted
	case c.Name:
		return nil, nil
	}
	if err := domain.All(domain.Needed("name", c.Name, domain.NameLength)); err != nil {
		return nil, err
	}
	return []Event{Renamed(c)}, nil
}

// Renamed says what the programme is called from now on.
type Renamed struct {
	ID   domain.ProgrammeID `json:"id"`
	Name string             `json:"name"`
}

func (Renamed) EventName() string { return "programme.renamed" }

func (e Renamed) Evolve(s State) State {
	s.name = e.Name
	return s
}
