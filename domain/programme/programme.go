// Package programme is about the programme itself: its name, its people,
// their teams and their roles.
//
//	Start → Started, PersonAdded    Rename → Renamed
//	FormTeam → TeamFormed           RenameTeam → TeamRenamed
//	AddPeople → PersonAdded, TeamFormed
//	CorrectPerson → PersonCorrected
//	PlacePerson → PersonPlaced      GiveRoles → RolesGiven
//	SetManager → ManagerSet
//	Leave → PersonLeft              HoldKey → KeyHeld
//
// All of it is one stream, because its rules span its people: nobody is in it
// twice, and it always has a programme lead. What a person is called and how
// they can be reached is sealed under that person's own key.
package programme

import (
	"maps"
	"slices"
	"strings"

	"koersvast/domain"
)

// Events lists every event of this package.
var Events = []domain.EventType{
	domain.TypeOf[Started]().Published(),
	domain.TypeOf[Renamed]().Published(),
	domain.TypeOf[TeamFormed]().Published(),
	domain.TypeOf[TeamRenamed]().Published(),
	domain.TypeOf[PersonAdded](),
	domain.TypeOf[PersonCorrected](),
	domain.TypeOf[PersonPlaced](),
	domain.TypeOf[RolesGiven](),
	domain.TypeOf[ManagerSet](),
	domain.TypeOf[PersonLeft](),
	domain.TypeOf[KeyHeld](),
}

// Event is a fact about the programme.
type Event = domain.EventOf[State]

// State is what the facts about one programme add up to. The zero State is a
// programme that nobody has started.
type State struct {
	name   string
	people map[domain.PersonID]person
	teams  map[domain.TeamID]string
}

type person struct {
	name, email, function string
	team                  domain.TeamID
	manager               domain.PersonID
	roles                 []domain.Role
	left                  bool
}

// What the rules refuse.
var (
	ErrNotStarted    = domain.Refuse(domain.NotFound, "programme_unknown", "there is no such programme")
	ErrStarted       = domain.Refuse(domain.Conflict, "programme_started", "this programme has been started")
	ErrUnknownPerson = domain.Refuse(domain.NotFound, "person_unknown", "there is no such person in the programme")
	ErrPersonExists  = domain.Refuse(domain.Conflict, "person_exists", "this person is in the programme")
	ErrEmailTaken    = domain.Refuse(domain.Invalid, "email_taken", "somebody in the programme has this e-mail address")
	ErrBadEmail      = domain.Refuse(domain.Invalid, "email_invalid", "this is no e-mail address")
	ErrUnknownTeam   = domain.Refuse(domain.Invalid, "team_unknown", "there is no such team")
	ErrTeamExists    = domain.Refuse(domain.Conflict, "team_exists", "there is a team of that name")
	ErrUnknownRole   = domain.Refuse(domain.Invalid, "role_unknown", "there is no such role")
	ErrNoRole        = domain.Refuse(domain.Invalid, "role_needed", "a person has at least one role")
	ErrLastLead      = domain.Refuse(domain.Conflict, "last_lead", "a programme always has a programme lead")
	ErrCoachesOnly   = domain.Refuse(domain.Forbidden, "coach_needed", "only a coach holds the key of what people answer")
	ErrBadKey        = domain.Refuse(domain.Invalid, "key_invalid", "this is no key")
	ErrManagerCircle = domain.Refuse(domain.Invalid, "manager_circle", "nobody manages themselves, also not through others")
	ErrNotACoach     = domain.Refuse(domain.Invalid, "coach_without_role", "this person is no coach in the programme")
	ErrCoachAdmin    = domain.Refuse(domain.Invalid, "coach_is_admin", "an administrator coaches nobody")
	ErrCoachManages  = domain.Refuse(domain.Invalid, "coach_is_manager", "nobody coaches whom they manage")
	ErrNobody        = domain.Refuse(domain.Invalid, "people_needed", "there is nobody in this list")
)

// Home names the stream of a programme.
func Home(id domain.ProgrammeID) domain.Stream {
	return domain.Stream{Kind: "programme", ID: string(id)}
}

func profile(of domain.PersonID, text string) domain.Private {
	return domain.Say(domain.KeyOf(of, domain.Profile), text)
}

// set returns a copy of m in which k is v.
func set[K comparable, V any](m map[K]V, k K, v V) map[K]V {
	m = maps.Clone(m)
	if m == nil {
		m = map[K]V{}
	}
	m[k] = v
	return m
}

// present refuses somebody who is not, or no longer, in the programme.
func (s State) present(id domain.PersonID) *domain.Error {
	if p, ok := s.people[id]; !ok || p.left {
		return ErrUnknownPerson
	}
	return nil
}

// emailOf returns who has an address, nobody if it is free.
func (s State) emailOf(email string) domain.PersonID {
	for id, p := range s.people {
		if !p.left && email != "" && strings.EqualFold(p.email, email) {
			return id
		}
	}
	return ""
}

// leads reports whether the programme has a lead other than id.
func (s State) leads(other domain.PersonID) bool {
	for id, p := range s.people {
		if id != other && !p.left && slices.Contains(p.roles, domain.Lead) {
			return true
		}
	}
	return false
}

// named reports whether a team other than id has that name, in whatever case.
func (s State) named(name string, other domain.TeamID) bool {
	for id, t := range s.teams {
		if id != other && strings.EqualFold(t, name) {
			return true
		}
	}
	return false
}

func emailRefused(field, email string) *domain.Error {
	at := strings.IndexByte(email, '@')
	if email != "" && (at < 1 || at == len(email)-1 || strings.ContainsAny(email, " \t\r\n<>,;\"") || strings.Count(email, "@") > 1) {
		return ErrBadEmail.On(field)
	}
	return domain.Optional(field, email, domain.NameLength)
}

// roleSet returns roles with each of them once, in one order.
func roleSet(roles []domain.Role) []domain.Role {
	return slices.Compact(slices.Sorted(slices.Values(roles)))
}

func rolesRefused(field string, roles []domain.Role) *domain.Error {
	if len(roles) == 0 {
		return ErrNoRole.On(field)
	}
	for _, r := range roles {
		if !slices.Contains(domain.Roles, r) {
			return ErrUnknownRole.On(field)
		}
	}
	return nil
}
