package people

import (
	"context"

	"koersvast/domain"
	"koersvast/projections"
)

// A Programme is a change programme.
type Programme struct {
	ID      domain.ProgrammeID `json:"id"`
	Name    string             `json:"name"`
	Started domain.Day         `json:"started"`
}

func (p *Programme) columns() []any { return []any{&p.ID, &p.Name, &p.Started} }

// Programmes answers: which programmes are there, the oldest first?
func Programmes(ctx context.Context, r projections.Reader) ([]Programme, error) {
	return projections.All(ctx, r, (*Programme).columns,
		`SELECT programme, name, started FROM people_programmes ORDER BY started, programme`)
}

// TheProgramme answers: what is this programme called?
func TheProgramme(ctx context.Context, r projections.Reader, id domain.ProgrammeID) (Programme, error) {
	p, found, err := projections.One(ctx, r, (*Programme).columns,
		`SELECT programme, name, started FROM people_programmes WHERE programme = ?`, id)
	if err == nil && !found {
		err = domain.ErrNotFound
	}
	return p, err
}

// A Team is a team with the number of people in it now.
type Team struct {
	ID      domain.TeamID `json:"id"`
	Name    string        `json:"name"`
	Members int           `json:"members"`
}

// Teams answers: which teams are there, by name?
func Teams(ctx context.Context, r projections.Reader, in domain.ProgrammeID) ([]Team, error) {
	return projections.All(ctx, r, func(t *Team) []any { return []any{&t.ID, &t.Name, &t.Members} },
		`SELECT t.id, t.name, (SELECT count(*) FROM people p WHERE p.programme = t.programme AND p.team = t.id AND p.gone = '')
		FROM people_teams t WHERE t.programme = ? ORDER BY t.name COLLATE NOCASE, t.id`, in)
}

// A Person is somebody in the programme. Texts that were erased are nil.
type Person struct {
	ID       domain.PersonID `json:"id"`
	Name     *string         `json:"name" doc:"null once it was erased"`
	Email    *string         `json:"email,omitempty" doc:"only for who manages people"`
	Function *string         `json:"function"`
	Team     domain.TeamID   `json:"team"`
	TeamName string          `json:"team_name"`
	Manager  domain.PersonID `json:"manager,omitempty" doc:"who manages this person in the line"`
	Roles    []domain.Role   `json:"roles"`
	Joined   domain.Day      `json:"joined"`
	Gone     domain.Day      `json:"gone,omitempty" doc:"the day on which this person left"`
}

func (p *Person) columns() []any {
	return []any{&p.ID, &p.Name, &p.Email, &p.Function, &p.Team, &p.TeamName, &p.Manager, projections.List(&p.Roles), &p.Joined, &p.Gone}
}

const selectPerson = `SELECT p.id, p.name, p.email, p.function, p.team, coalesce(t.name, ''), p.manager, p.roles, p.joined, p.gone
	FROM people p LEFT JOIN people_teams t ON t.programme = p.programme AND t.id = p.team `

// ThePerson answers: who is this?
func ThePerson(ctx context.Context, r projections.Reader, in domain.ProgrammeID, id domain.PersonID) (Person, error) {
	p, found, err := projections.One(ctx, r, (*Person).columns, selectPerson+`WHERE p.programme = ? AND p.id = ?`, in, id)
	if err == nil && !found {
		err = domain.ErrNotFound
	}
	return p, err
}

// Filter narrows a list of people; its zero value is everyone who is here.
type Filter struct {
	Team domain.TeamID
	Role domain.Role
	Gone bool // those who left, instead of those who are here
}

// List answers: who is in the programme, by name?
func List(ctx context.Context, r projections.Reader, in domain.ProgrammeID, f Filter) ([]Person, error) {
	return projections.All(ctx, r, (*Person).columns, selectPerson+`
		WHERE p.programme = ?1
			AND (p.gone <> '') = ?2
			AND (?3 = '' OR p.team = ?3)
			AND (?4 = '' OR EXISTS (SELECT 1 FROM json_each(p.roles) WHERE value = ?4))
		ORDER BY p.name IS NULL, p.name COLLATE NOCASE, p.id`, in, f.Gone, f.Team, f.Role)
}

// A Member is what somebody is in a programme, without what they are called.
type Member struct {
	ID      domain.PersonID
	Team    domain.TeamID
	Manager domain.PersonID
	Roles   []domain.Role
	Joined  domain.Day
	Gone    domain.Day // "" for still here
}

// Members answers: who takes part in this programme, and who did, by id?
// Members with the same roles share a list of them.
func Members(ctx context.Context, r projections.Reader, in domain.ProgrammeID) ([]Member, error) {
	lists := map[string][]domain.Role{} // there are few, however many people
	return projections.All(ctx, r, func(m *Member) []any {
		return []any{&m.ID, &m.Team, &m.Manager, roles{&m.Roles, lists}, &m.Joined, &m.Gone}
	}, `SELECT id, team, manager, roles, joined, gone FROM people WHERE programme = ? ORDER BY id`, in)
}

// roles is a column of roles, of which each list is read once.
type roles struct {
	to    *[]domain.Role
	known map[string][]domain.Role
}

func (c roles) Scan(v any) error {
	text, _ := v.(string)
	list, ok := c.known[text]
	if !ok {
		if err := projections.List(&list).Scan(v); err != nil {
			return err
		}
		c.known[text] = list
	}
	*c.to = list
	return nil
}

// A Directory knows what people and teams are called.
type Directory struct {
	people map[domain.PersonID]*string
	teams  map[domain.TeamID]string
}

// Person returns what somebody is called, nil when that was erased or nobody
// knows.
func (d Directory) Person(id domain.PersonID) *string { return d.people[id] }

// Team returns what a team is called, nothing when there is no such team.
func (d Directory) Team(id domain.TeamID) string { return d.teams[id] }

// Names answers: what are the people and teams of this programme called,
// those who left included?
func Names(ctx context.Context, r projections.Reader, in domain.ProgrammeID) (Directory, error) {
	d := Directory{map[domain.PersonID]*string{}, map[domain.TeamID]string{}}
	everyone, err := projections.All(ctx, r, func(p *Person) []any { return []any{&p.ID, &p.Name} },
		`SELECT id, name FROM people WHERE programme = ?`, in)
	if err != nil {
		return d, err
	}
	for _, p := range everyone {
		d.people[p.ID] = p.Name
	}
	teams, err := projections.All(ctx, r, func(t *Team) []any { return []any{&t.ID, &t.Name} },
		`SELECT id, name FROM people_teams WHERE programme = ?`, in)
	for _, t := range teams {
		d.teams[t.ID] = t.Name
	}
	return d, err
}
