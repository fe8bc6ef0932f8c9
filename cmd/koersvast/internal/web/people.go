package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/cmd/koersvast/internal/web/sheet"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/programme"
	"koersvast/eventstore"
	"koersvast/projections/people"
	"koersvast/projections/promises"
)

// peopleRoutes are the people, their teams and roles, lists of people that
// come from elsewhere, and personal codes. A command stands at the address of
// its form.
func (s *Server) peopleRoutes() {
	question(s, Question[peopleIn, everybody]{
		Path: "/people", Doc: "Who is in the programme, and what they are in it",
		Action: access.PeopleRead, Nav: "nav.people",
		Ask: s.askPeople, Page: peoplePage, Logged: true,
		Table: everybody.table, TableFor: access.PeopleManage, // a list of people is more than each of them on a page
	})
	question(s, Question[struct{}, newcomer]{
		Path: "/people/new", Doc: "The teams that somebody new can be in",
		Action: access.PeopleManage,
		Ask:    askNewcomer, Page: newcomerPage,
	})
	question(s, Question[personIn, onePerson]{
		Path: "/people/{id}", Doc: "One person, with what they promised as far as you may read it",
		Action: access.PeopleRead,
		Ask:    s.askPerson, Page: personPage,
	})
	question(s, Question[personStepIn, onePerson]{
		Path: "/people/{id}/{step}", Doc: "One person, to say something about them: correct, place, manager, roles or leave",
		Action: access.PeopleManage,
		Ask:    s.askPersonStep, Page: personStepPage,
	})

	command(s, Command[addPersonIn]{
		Path: "/people/new", Doc: "Add somebody to the programme", Action: access.PeopleManage,
		Do: func(_ context.Context, a Asker, in addPersonIn) (Steps, error) {
			return Steps{eventstore.Do(addPerson{programme.NewPerson(in.Body), a.Programme})}, nil
		},
		Form: "/people/new", Next: "/people/{id}",
	})
	onPerson(s, "correct", "Correct what somebody is called, or how they are reached", func(p domain.ProgrammeID, in correctIn) programmeCommand {
		return programme.CorrectPerson{Programme: p, ID: in.ID, Name: in.Body.Name, Email: in.Body.Email, Function: in.Body.Function}
	})
	onPerson(s, "place", "Put somebody in a team, or in none", func(p domain.ProgrammeID, in placeIn) programmeCommand {
		return programme.PlacePerson{Programme: p, ID: in.ID, Team: in.Body.Team}
	})
	onPerson(s, "manager", "Say who manages somebody in the line, if anybody here does", func(p domain.ProgrammeID, in managerIn) programmeCommand {
		return programme.SetManager{Programme: p, ID: in.ID, Manager: in.Body.Manager}
	})
	onPerson(s, "roles", "Say what somebody is in the programme", func(p domain.ProgrammeID, in rolesIn) programmeCommand {
		return programme.GiveRoles{Programme: p, ID: in.ID, Roles: in.Body.Roles}
	})
	onPerson(s, "leave", "Take somebody out of the programme; what they said stays", func(p domain.ProgrammeID, in leaveIn) programmeCommand {
		return programme.Leave{Programme: p, ID: in.ID}
	})

	question(s, Question[struct{}, []people.Team]{
		Path: "/people/teams", Doc: "The teams, with how many people are in each",
		Action: access.PeopleRead,
		Ask: func(ctx context.Context, a Asker, _ struct{}) ([]people.Team, error) {
			return people.Teams(ctx, a.Read, a.Programme)
		},
		Page: teamsPage,
	})
	command(s, Command[formTeamIn]{
		Path: "/people/teams", Doc: "Form a team", Action: access.PeopleManage,
		Do: func(_ context.Context, a Asker, in formTeamIn) (Steps, error) {
			return Steps{eventstore.Do(programme.FormTeam{Programme: a.Programme, ID: in.Body.ID, Name: in.Body.Name})}, nil
		},
		Form: "/people/teams", Next: "/people/teams",
	})
	command(s, Command[renameTeamIn]{
		Path: "/people/teams/{id}/rename", Doc: "Give a team another name", Action: access.PeopleManage,
		Do: func(_ context.Context, a Asker, in renameTeamIn) (Steps, error) {
			return Steps{eventstore.Do(programme.RenameTeam{Programme: a.Programme, ID: in.ID, Name: in.Body.Name})}, nil
		},
		Form: "/people/teams", Next: "/people/teams",
	})

	question(s, Question[struct{}, checkedList]{
		Path: "/people/import", Doc: "An empty list of people",
		Action: access.PeopleManage,
		Ask:    s.askList, Page: importPage,
	})
	question(s, Question[listIn, checkedList]{
		Path: "/people/import/check", Doc: "Who a CSV or XLSX file would add, or every line of it that is wrong; nothing is recorded",
		Action: access.PeopleManage,
		Ask: func(ctx context.Context, a Asker, in listIn) (checkedList, error) {
			persons, problems := readPeople(ctx, in.Body.File)
			return s.checkList(ctx, a, persons, problems)
		},
		Page: importPage, Limit: 2 * listBytes, // in JSON a file is a third larger
	})
	command(s, Command[importIn]{
		Path: "/people/import", Doc: "Add a list of people, all of them or nobody", Action: access.PeopleManage,
		Do: func(ctx context.Context, a Asker, in importIn) (Steps, error) {
			if len(in.Body.People) > listRows {
				return nil, errListTooLong.On("people")
			}
			add, err := newPeople(ctx, a, in.Body.People, string(a.Act.ID))
			return Steps{eventstore.Do(add)}, err
		},
		Form: "/people/import", Next: "/people", Limit: 4 * listBytes,
	})
	question(s, Question[struct{}, []codeHolder]{
		Path: "/people/codes", Doc: "Who has a personal code",
		Action: access.PeopleManage, Present: true,
		Ask: s.askHolders, Page: codesPage,
	})
	question(s, Question[issueIn, []issuedCode]{
		Path: "/people/codes", Doc: "New personal codes, shown once; codes that these people had are no longer valid",
		Action: access.PeopleManage,
		Ask:    s.issueCodes, Page: func(v View, codes []issuedCode) templ.Component { return cardsPage(v, s.signinAddress(), codes) },
	})
	command(s, Command[leaveIn]{
		Path: "/people/{id}/withdraw-code", Doc: "Make somebody's personal code invalid and end their sessions", Action: access.PeopleManage,
		Do: func(ctx context.Context, a Asker, in leaveIn) (Steps, error) {
			return nil, s.Signin.Withdraw(ctx, signin.Who{Programme: a.Programme, Person: in.ID})
		},
		Form: "/people/{id}", Next: "/people/{id}",
	})
}

type programmeCommand = domain.Command[programme.State]

// personSteps is what can be said about somebody: the forms at
// /people/{id}/{step}.
var personSteps = []string{"correct", "place", "manager", "roles", "leave"}

// onPerson declares a command about one person.
func onPerson[In any](s *Server, step, doc string, cmd func(domain.ProgrammeID, In) programmeCommand) {
	path := "/people/{id}/" + step
	command(s, Command[In]{
		Path: path, Doc: doc, Action: access.PeopleManage,
		Do: func(_ context.Context, a Asker, in In) (Steps, error) {
			return Steps{eventstore.Do(cmd(a.Programme, in))}, nil
		},
		Form: path, Next: "/people/{id}",
	})
}

type peopleIn struct {
	Team domain.TeamID `query:"team"`
	Role domain.Role   `query:"role"`
	Gone bool          `query:"gone" doc:"Those who left, instead of those who are here"`
}

type personIn struct {
	ID domain.PersonID `path:"id"`
}

type personStepIn struct {
	ID   domain.PersonID `path:"id"`
	Step string          `path:"step" enum:"correct,place,manager,roles,leave"`
}

type addPersonIn struct {
	Body struct {
		ID       domain.PersonID `json:"id,omitempty" new:"true"`
		Name     string          `json:"name"`
		Email    string          `json:"email,omitempty"`
		Function string          `json:"function,omitempty"`
		Team     domain.TeamID   `json:"team,omitempty"`
		Roles    []domain.Role   `json:"roles"`
	}
}

type correctIn struct {
	ID   domain.PersonID `path:"id"`
	Body struct {
		Name     string `json:"name"`
		Email    string `json:"email,omitempty"`
		Function string `json:"function,omitempty"`
	}
}

type placeIn struct {
	ID   domain.PersonID `path:"id"`
	Body struct {
		Team domain.TeamID `json:"team,omitempty" doc:"Absent: in no team"`
	}
}

type managerIn struct {
	ID   domain.PersonID `path:"id"`
	Body struct {
		Manager domain.PersonID `json:"manager,omitempty" doc:"Absent: nobody in the programme"`
	}
}

type rolesIn struct {
	ID   domain.PersonID `path:"id"`
	Body struct {
		Roles []domain.Role `json:"roles"`
	}
}

type leaveIn struct {
	ID   domain.PersonID `path:"id"`
	Body struct{}
}

type formTeamIn struct {
	Body struct {
		ID   domain.TeamID `json:"id,omitempty" new:"true"`
		Name string        `json:"name"`
	}
}

type renameTeamIn struct {
	ID   domain.TeamID `path:"id"`
	Body struct {
		Name string `json:"name"`
	}
}

type listIn struct {
	Body struct {
		File File `json:"file" doc:"CSV or XLSX with the columns name, e-mail, function, team and roles"`
	}
}

type importIn struct {
	Body struct {
		People []listedPerson `json:"people"`
	}
}

type issueIn struct {
	Body struct {
		People []domain.PersonID `json:"people" doc:"For whom"`
	}
}

// addPerson is AddPeople for one, whose refusals are about that person's own
// fields.
type addPerson struct {
	programme.NewPerson
	in domain.ProgrammeID
}

func (c addPerson) Stream() domain.Stream { return programme.Home(c.in) }

func (c addPerson) Decide(s programme.State, act domain.Act) ([]programme.Event, error) {
	facts, err := programme.AddPeople{Programme: c.in, People: []programme.NewPerson{c.NewPerson}}.Decide(s, act)
	var refused domain.Refusals
	for _, r := range domain.RefusalsIn(err) {
		if _, _, field, ok := placeInList(r.Field); ok {
			r = r.On(field)
		}
		refused = append(refused, r)
	}
	if len(refused) > 0 {
		return nil, refused
	}
	return facts, err
}

// everybody is who is in the programme.
type everybody struct {
	Teams  []people.Team   `json:"teams"`
	People []people.Person `json:"people"`

	asked peopleIn
}

func (s *Server) askPeople(ctx context.Context, a Asker, in peopleIn) (e everybody, err error) {
	e.asked = in
	if e.Teams, err = people.Teams(ctx, a.Read, a.Programme); err != nil {
		return e, err
	}
	e.People, err = people.List(ctx, a.Read, a.Programme, people.Filter{Team: in.Team, Role: in.Role, Gone: in.Gone})
	for i := range e.People {
		a.hideAddress(&e.People[i])
	}
	return e, err
}

// hideAddress leaves out how somebody is reached, unless the asker manages
// people or is that person.
func (a Asker) hideAddress(p *people.Person) {
	if p.ID != a.Person && !access.Can(a.Actor, access.PeopleManage, a.all()) {
		p.Email = nil
	}
}

// table is a row a person.
func (e everybody) table(v View) sheet.Table {
	ctx := v.ctx()
	t := sheet.Table{Name: i18n.T(ctx, "nav.people"), Columns: heads(ctx, "name", "function", "team", "roles", "email", "joined", "gone", "id")}
	for _, p := range e.People {
		var email any
		if p.Email != nil {
			email = *p.Email
		}
		t.Rows = append(t.Rows, []any{cellOf(ctx, p.Name), cellOf(ctx, p.Function), p.TeamName, roleNames(ctx, p.Roles), email, p.Joined, p.Gone, string(p.ID)})
	}
	return t
}

// A peopleGroup is a team with its people; those in no team come last, without
// a name.
type peopleGroup struct {
	Team   people.Team
	People []people.Person
}

// peopleLede counts who is shown.
func peopleLede(ctx context.Context, e everybody) string {
	id := "people.lede"
	if e.asked.Gone {
		id = "people.lede_gone"
	}
	return i18n.T(ctx, id, "n", len(e.People))
}

func (e everybody) groups() []peopleGroup {
	groups := make([]peopleGroup, len(e.Teams)+1)
	for i, t := range e.Teams {
		groups[i].Team = t
	}
	for _, p := range e.People {
		i := slices.IndexFunc(e.Teams, func(t people.Team) bool { return t.ID == p.Team })
		if i < 0 {
			i = len(e.Teams)
		}
		groups[i].People = append(groups[i].People, p)
	}
	return slices.DeleteFunc(groups, func(g peopleGroup) bool { return len(g.People) == 0 })
}

// roleNames says what somebody is.
func roleNames(ctx context.Context, roles []domain.Role) string {
	var names []string
	for _, r := range domain.Roles { // in the order in which people read them
		if slices.Contains(roles, r) {
			names = append(names, i18n.T(ctx, "role."+string(r)))
		}
	}
	return strings.Join(names, ", ")
}

func roleOptions(ctx context.Context) []Option {
	var options []Option
	for _, r := range domain.Roles {
		options = append(options, Option{Value: string(r), Label: i18n.T(ctx, "role."+string(r)), Help: i18n.T(ctx, "role.help."+string(r))})
	}
	return options
}

func teamOptions(none string, teams []people.Team) []Option {
	options := []Option{{Label: none}}
	for _, t := range teams {
		options = append(options, Option{Value: string(t.ID), Label: t.Name})
	}
	return options
}

// A newcomer is what there is to choose from for somebody new.
type newcomer struct {
	Teams []people.Team `json:"teams"`
}

func askNewcomer(ctx context.Context, a Asker, _ struct{}) (n newcomer, err error) {
	n.Teams, err = people.Teams(ctx, a.Read, a.Programme)
	return n, err
}

// onePerson is somebody, with what they promised.
type onePerson struct {
	people.Person
	Promises []promises.Promise `json:"promises" doc:"What they promised, the newest first, as far as you may read it"`

	step    string
	hasCode bool
	teams   []people.Team
	persons []people.Person
	names   people.Directory
}

// personPromises is how many promises the page of a person shows.
const personPromises = 20

func (s *Server) askPerson(ctx context.Context, a Asker, in personIn) (p onePerson, err error) {
	p.Promises = []promises.Promise{}
	if p.Person, err = people.ThePerson(ctx, a.Read, a.Programme, in.ID); err != nil {
		return p, err
	}
	a.hideAddress(&p.Person)
	if access.Can(a.Actor, access.WallRead, a.all()) {
		if p.Promises, err = promises.Wall(ctx, a.Read, a.Programme, a.sight(), promises.Filter{By: in.ID, Limit: personPromises}); err != nil {
			return p, err
		}
	}
	if p.teams, err = people.Teams(ctx, a.Read, a.Programme); err != nil {
		return p, err
	}
	if access.Can(a.Actor, access.PeopleManage, a.all()) {
		if p.hasCode, err = s.Signin.HasCode(ctx, signin.Who{Programme: a.Programme, Person: in.ID}); err != nil {
			return p, err
		}
	}
	p.names, err = people.Names(ctx, a.Read, a.Programme)
	return p, err
}

func (s *Server) askPersonStep(ctx context.Context, a Asker, in personStepIn) (onePerson, error) {
	p, err := s.askPerson(ctx, a, personIn{in.ID})
	switch {
	case err != nil:
		return p, err
	case !slices.Contains(personSteps, in.Step):
		return p, errNoPage
	case p.Gone != "":
		return p, domain.ErrNotFound
	}
	p.step = in.Step
	if in.Step == "manager" {
		p.persons, err = people.List(ctx, a.Read, a.Programme, people.Filter{})
	}
	return p, err
}

// address is where a step about the person is.
func (p onePerson) address(step string) string { return "/people/" + string(p.ID) + "/" + step }

// name is what somebody is called, or that this was erased.
func name(ctx context.Context, p people.Person) string {
	if p.Name == nil {
		return i18n.T(ctx, "person.erased")
	}
	return *p.Name
}

// promiseRows are what somebody promised; by whom is evident.
func (p onePerson) promiseRows(ctx context.Context, today domain.Day) []PromiseRow {
	rows := make([]PromiseRow, len(p.Promises))
	for i, promise := range p.Promises {
		rows[i] = promiseRow(ctx, p.names, today, promise)
		rows[i].By = ""
	}
	return rows
}

// chosenRoles begins with the roles that somebody has.
func chosenRoles(f Form, roles []domain.Role) Form {
	if f.Values == nil {
		f.Values = url.Values{}
		for _, r := range roles {
			f.Values.Add("roles", string(r))
		}
	}
	return f
}

var errListTooLong = domain.Refuse(domain.Invalid, "list_too_long", "these are more people than can be added at once")

// A checkedList is a list of people that was read and checked, and not
// recorded.
type checkedList struct {
	People    []listedPerson `json:"people"`
	NewTeams  []string       `json:"new_teams" doc:"Teams that are formed for them"`
	Namesakes []string       `json:"namesakes" doc:"Who has the name of somebody who is in the programme"`
	Problems  []listProblem  `json:"problems" doc:"What is wrong; nobody is added while anything is"`
}

// importForm adds the people of the list.
func importForm(v View, l checkedList) Form {
	return v.Form("/people/import").with("people", l.json())
}

// uploadForm sends a list to be checked.
func uploadForm() Form { return Form{ID: "list", Action: "/people/import/check", Upload: true} }

// listLede says what adding the list brings besides its people.
func listLede(ctx context.Context, l checkedList) string {
	var lede []string
	if n := len(l.NewTeams); n > 0 {
		lede = append(lede, i18n.T(ctx, "import.new_teams", "n", n, "Teams", listed(ctx, l.NewTeams)))
	}
	if n := len(l.Namesakes); n > 0 {
		lede = append(lede, i18n.T(ctx, "import.namesakes", "n", n, "Names", listed(ctx, l.Namesakes)))
	}
	return strings.Join(append(lede, i18n.T(ctx, "import.right_help")), " ")
}

// read reports whether there is a list at all.
func (l checkedList) read() bool { return len(l.People)+len(l.Problems) > 0 }

// json is the list as the form carries it that adds the people.
func (l checkedList) json() string {
	b, err := json.Marshal(l.People)
	if err != nil {
		panic(err) // texts and numbers
	}
	return string(b)
}

// askList is the list that was refused, checked again so that every wrong
// line is named; without one it is empty.
func (s *Server) askList(ctx context.Context, a Asker, _ struct{}) (checkedList, error) {
	var persons []listedPerson
	if again := visitOf(ctx).refused; again != nil && again.typed.Has("people") {
		if err := json.Unmarshal([]byte(again.typed.Get("people")), &persons); err != nil {
			return checkedList{}, errNotJSON.On("people")
		}
	}
	return s.checkList(ctx, a, persons, nil)
}

// checkList finds out who a list would add, or what is wrong with it besides
// the problems that are known: whatever the rules of the programme refuse.
func (s *Server) checkList(ctx context.Context, a Asker, persons []listedPerson, known []listProblem) (checkedList, error) {
	l := checkedList{People: persons, NewTeams: []string{}, Namesakes: []string{}, Problems: known}
	if len(persons) == 0 {
		return l, nil
	}
	l.Problems = append(l.Problems, twiceInList(ctx, persons)...)
	add, err := newPeople(ctx, a, persons, s.NewID())
	if err != nil {
		return l, err
	}
	for _, t := range add.Teams {
		l.NewTeams = append(l.NewTeams, t.Name)
	}
	refused, err := s.rehearse(ctx, a, add)
	if err != nil {
		return l, err
	}
	for _, r := range refused {
		if problem := lineOf(ctx, r, persons, add.Teams); !slices.ContainsFunc(l.Problems, problem.same) {
			l.Problems = append(l.Problems, problem)
		}
	}
	slices.SortStableFunc(l.Problems, func(a, b listProblem) int { return a.Line - b.Line })

	present, err := people.List(ctx, a.Read, a.Programme, people.Filter{})
	for _, p := range persons {
		if slices.ContainsFunc(present, func(o people.Person) bool { return o.Name != nil && strings.EqualFold(*o.Name, p.Name) }) {
			l.Namesakes = append(l.Namesakes, p.Name)
		}
	}
	return l, err
}

// same reports whether two problems are about the same thing.
func (p listProblem) same(o listProblem) bool { return p.Line == o.Line && p.Field == o.Field }

// twiceInList names the lines whose address stands in the list before.
func twiceInList(ctx context.Context, persons []listedPerson) (problems []listProblem) {
	first := map[string]int{}
	for i, p := range persons {
		email := strings.ToLower(p.Email)
		if line, twice := first[email]; twice && email != "" {
			problems = append(problems, listProblem{lineName(p, i), "email", i18n.T(ctx, "import.email_twice", "Line", line)})
		} else {
			first[email] = lineName(p, i)
		}
	}
	return problems
}

// lineOf says of a refusal which line of the list it is about.
func lineOf(ctx context.Context, r *domain.Error, persons []listedPerson, teams []programme.NewTeam) listProblem {
	list, i, field, ok := placeInList(r.Field)
	problem := listProblem{Field: field, Detail: refusal(ctx, r)}
	if ok && list == "teams" {
		list, field = "people", "team"
		i = slices.IndexFunc(persons, func(p listedPerson) bool { return p.Team == teams[i].Name })
	}
	if ok && list == "people" && i >= 0 && i < len(persons) {
		problem.Line, problem.Field = lineName(persons[i], i), field
	}
	return problem
}

// newPeople is the command that adds the people of a list, with the teams
// that do not exist yet. Whoever and whatever is new is named after id.
func newPeople(ctx context.Context, a Asker, persons []listedPerson, id string) (programme.AddPeople, error) {
	add := programme.AddPeople{Programme: a.Programme}
	teams, err := people.Teams(ctx, a.Read, a.Programme)
	if err != nil {
		return add, err
	}
	ids := map[string]domain.TeamID{"": ""}
	for _, t := range teams {
		ids[strings.ToLower(t.Name)] = t.ID
	}
	// Short numbers, because an id of an act leaves room for four characters.
	number := func(i int) string { return strconv.FormatInt(int64(i), 36) }
	for i, p := range persons {
		team, known := ids[strings.ToLower(p.Team)]
		if !known {
			team = domain.TeamID(id + "-" + number(len(add.Teams)))
			ids[strings.ToLower(p.Team)] = team
			add.Teams = append(add.Teams, programme.NewTeam{ID: team, Name: p.Team})
		}
		add.People = append(add.People, programme.NewPerson{
			ID: domain.PersonID(id + "_" + number(i)), Name: p.Name, Email: p.Email, Function: p.Function, Team: team, Roles: p.Roles,
		})
	}
	return add, nil
}

// rehearse returns what a command about the programme would be refused for
// now. Nothing is recorded.
func (s *Server) rehearse(ctx context.Context, a Asker, cmd programmeCommand) (domain.Refusals, error) {
	act := a.Act
	act.ID = domain.ActID(s.NewID())
	_, err := eventstore.ExecuteAll(ctx, s.Store, act, eventstore.Do(cmd), eventstore.While(never{a.Programme}))
	if refused := domain.RefusalsIn(err); len(refused) > 0 {
		return refused, nil
	}
	if errors.Is(err, errRehearsed) {
		err = nil
	}
	return nil, err
}

// never is a condition that does not hold.
type never struct{ in domain.ProgrammeID }

var errRehearsed = errors.New("web: this was not meant")

func (n never) Stream() domain.Stream       { return programme.Home(n.in) }
func (n never) Holds(programme.State) error { return errRehearsed }

// A codeHolder is somebody who has a personal code, or has none.
type codeHolder struct {
	Person  domain.PersonID `json:"person"`
	Name    *string         `json:"name" doc:"null once it was erased"`
	Team    string          `json:"team"`
	HasCode bool            `json:"has_code"`
}

func (s *Server) askHolders(ctx context.Context, a Asker, _ struct{}) ([]codeHolder, error) {
	present, err := people.List(ctx, a.Read, a.Programme, people.Filter{})
	if err != nil {
		return nil, err
	}
	have, err := s.Signin.Holders(ctx, a.Programme)
	all := make([]codeHolder, len(present))
	for i, p := range present {
		all[i] = codeHolder{p.ID, p.Name, p.TeamName, have[p.ID]}
	}
	slices.SortStableFunc(all, func(a, b codeHolder) int { return strings.Compare(a.Team, b.Team) })
	return all, err
}

// withoutCode is how many people have no code.
func withoutCode(holders []codeHolder) (n int) {
	for _, h := range holders {
		if !h.HasCode {
			n++
		}
	}
	return n
}

// holderOptions are the people to choose from, by team.
func holderOptions(ctx context.Context, holders []codeHolder) []Option {
	options := make([]Option, len(holders))
	for i, h := range holders {
		options[i] = Option{Value: string(h.Person), Label: said(h.Name).Text, Group: h.Team}
		if h.Name == nil {
			options[i].Label = i18n.T(ctx, "person.erased")
		}
		if h.HasCode {
			options[i].Help = i18n.T(ctx, "codes.has")
		}
	}
	return options
}

// holdersForm chooses, to begin with, everyone who has no code.
func holdersForm(holders []codeHolder) Form {
	f := Form{ID: "codes", Action: "/people/codes", Values: url.Values{}}
	for _, h := range holders {
		if !h.HasCode {
			f.Values.Add("people", string(h.Person))
		}
	}
	return f
}

// issueForm makes a code for one.
func issueForm(id domain.PersonID) Form {
	return Form{ID: "issue", Action: "/people/codes", Hidden: []Hidden{{"people", string(id)}}}
}

// codeHelp says whether somebody has a code.
func codeHelp(ctx context.Context, has bool) string {
	if has {
		return i18n.T(ctx, "person.has_code")
	}
	return i18n.T(ctx, "person.has_no_code")
}

// An issuedCode is a personal code for somebody.
type issuedCode struct {
	Person domain.PersonID `json:"person"`
	Name   *string         `json:"name"`
	Team   string          `json:"team"`
	Code   string          `json:"code" doc:"It is shown once"`
}

func (s *Server) issueCodes(ctx context.Context, a Asker, in issueIn) ([]issuedCode, error) {
	codes := []issuedCode{}
	for i, id := range in.Body.People {
		p, err := people.ThePerson(ctx, a.Read, a.Programme, id)
		if domain.KindOf(err) == domain.NotFound || err == nil && p.Gone != "" {
			return nil, programme.ErrUnknownPerson.On("people[" + strconv.Itoa(i) + "]")
		}
		if err != nil {
			return nil, err
		}
		codes = append(codes, issuedCode{Person: id, Name: p.Name, Team: p.TeamName})
	}
	for i := range codes {
		code, err := s.Signin.Issue(ctx, signin.Who{Programme: a.Programme, Person: codes[i].Person})
		if err != nil {
			return nil, err
		}
		codes[i].Code = code
	}
	return codes, nil
}

// signinAddress is where codes are used, as far as the server knows it.
func (s *Server) signinAddress() string {
	if s.Public == nil {
		return ""
	}
	return strings.TrimSuffix(s.Public.String(), "/") + "/signin"
}
