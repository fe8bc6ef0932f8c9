package domain

import "strings"

// A Party is somebody or some people of the programme to whom, or of whom,
// something is said: "everyone", a role such as "mt", "team/<id>" or
// "person/<id>".
type Party string

// The parties that are no team and no single person. Those named after a
// role are everyone who has it.
const (
	Everyone        Party = "everyone"
	TheMT           Party = Party(MT)
	InformalLeaders Party = Party(InformalLeader)
	Employees       Party = Party(Employee)
)

// Team is the party of a team's members.
func Team(id TeamID) Party { return Party("team/" + id) }

// Person is the party of one person.
func Person(id PersonID) Party { return Party("person/" + id) }

// Valid reports whether p names a party; whether that team or person exists
// is another question.
func (p Party) Valid() bool {
	switch kind, id, one := strings.Cut(string(p), "/"); {
	case one:
		return (kind == "team" || kind == "person") && ValidID(id)
	default:
		return p == Everyone || p == TheMT || p == InformalLeaders || p == Employees
	}
}

// Team returns which team p is, if it is one.
func (p Party) Team() (TeamID, bool) {
	id, ok := strings.CutPrefix(string(p), "team/")
	return TeamID(id), ok
}

// Person returns which person p is, if it is one.
func (p Party) Person() (PersonID, bool) {
	id, ok := strings.CutPrefix(string(p), "person/")
	return PersonID(id), ok
}

// A Role is what somebody is in the programme. One person can have several.
type Role string

const (
	MT             Role = "mt"
	InformalLeader Role = "informal_leader"
	Employee       Role = "employee"
	Coach          Role = "coach"
	Facilitator    Role = "facilitator" // also the consultant
	Lead           Role = "lead"        // programme lead
	Admin          Role = "admin"
	Reader         Role = "reader" // of the dashboards
	WorksCouncil   Role = "works_council"
)

// Roles lists every role, in the order in which people read them.
var Roles = []Role{MT, InformalLeader, Employee, Coach, Facilitator, Lead, Admin, Reader, WorksCouncil}
