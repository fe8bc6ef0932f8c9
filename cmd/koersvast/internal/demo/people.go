package demo

import (
	"koersvast/domain"
	"koersvast/domain/programme"
)

// Who plays a part in the story. Ids stand in the log in the clear, so they
// say what somebody does and not what they are called.
const (
	sanne     domain.PersonID = "programmaleider"
	dirk      domain.PersonID = "beheerder"
	ellen     domain.PersonID = "coach"
	ruben     domain.PersonID = "begeleider"
	iris      domain.PersonID = "onderzoeker"
	marijke   domain.PersonID = "mt-1"
	bas       domain.PersonID = "mt-2"
	fatima    domain.PersonID = "mt-3"
	joost     domain.PersonID = "mt-4"
	nadia     domain.PersonID = "mt-5"
	henk      domain.PersonID = "noord-01"
	kees      domain.PersonID = "noord-03"
	samira    domain.PersonID = "noord-04"
	tjerk     domain.PersonID = "noord-07"
	rachid    domain.PersonID = "noord-09"
	yvonne    domain.PersonID = "oost-01"
	petra     domain.PersonID = "oost-02"
	ilse      domain.PersonID = "oost-06"
	carla     domain.PersonID = "oost-08"
	mehmet    domain.PersonID = "zuid-01"
	kim       domain.PersonID = "zuid-02"
	anouk     domain.PersonID = "zuid-03"
	els       domain.PersonID = "zuid-07"
	daan      domain.PersonID = "zuid-08"
	noor      domain.PersonID = "zuid-10"
	loes      domain.PersonID = "west-01"
	jeroen    domain.PersonID = "west-02"
	greetje   domain.PersonID = "west-03"
	ahmed     domain.PersonID = "west-04"
	mirjam    domain.PersonID = "west-05"
	tom       domain.PersonID = "west-10"
	willemijn domain.PersonID = "nh-programmaleider"
	hassan    domain.PersonID = "nh-mt-1"
	lotte     domain.PersonID = "nh-medewerker-1"
)

const (
	noord domain.TeamID = "noord"
	oost  domain.TeamID = "oost"
	zuid  domain.TeamID = "zuid"
	west  domain.TeamID = "west"
)

// A Guest is somebody of the story as whom one can look around.
type Guest struct {
	Programme domain.ProgrammeID
	Person    domain.PersonID
	Name      string
	Part      string // what they are in the programme
}

// Guests lists them: one of every role, and the whole management team.
func Guests() []Guest {
	return []Guest{
		{Lindeveer, sanne, "Sanne Verhoeven", "programme lead"},
		{Lindeveer, marijke, "Marijke Hoekstra", "MT member, director"},
		{Lindeveer, bas, "Bas van Leeuwen", "MT member, finance and operations"},
		{Lindeveer, fatima, "Fatima El Amrani", "MT member, support"},
		{Lindeveer, joost, "Joost Willems", "MT member, municipalities and partners"},
		{Lindeveer, nadia, "Nadia Ramdin", "MT member, people and development"},
		{Lindeveer, henk, "Henk Postma", "informal leader, Regioteam Noord"},
		{Lindeveer, mehmet, "Mehmet Yildiz", "informal leader, Regioteam Zuid"},
		{Lindeveer, kim, "Kim van Dongen", "employee, Regioteam Zuid"},
		{Lindeveer, ellen, "Ellen Vos", "coach"},
		{Lindeveer, ruben, "Ruben Kok", "facilitator"},
		{Lindeveer, greetje, "Greetje Bakker", "employee, member of the works council"},
		{Lindeveer, dirk, "Dirk Mulder", "administrator"},
		{Nieuwhaven, willemijn, "Willemijn Prins", "programme lead of another client"},
	}
}

// around are the people who lead the programme or stand beside it.
var around = []programme.NewPerson{
	person(dirk, "Dirk Mulder", "dirk.mulder", "functioneel beheerder", "", domain.Admin),
	person(marijke, "Marijke Hoekstra", "marijke.hoekstra", "directeur-bestuurder", "", domain.MT),
	person(bas, "Bas van Leeuwen", "bas.van.leeuwen", "manager bedrijfsvoering", "", domain.MT),
	person(fatima, "Fatima El Amrani", "fatima.el.amrani", "manager ondersteuning", "", domain.MT),
	person(joost, "Joost Willems", "joost.willems", "manager gemeenten en partners", "", domain.MT),
	person(nadia, "Nadia Ramdin", "nadia.ramdin", "manager mens en ontwikkeling", "", domain.MT),
	person(ellen, "Ellen Vos", "ellen.vos", "coach", "", domain.Coach),
	person(ruben, "Ruben Kok", "ruben.kok", "begeleider van het traject", "", domain.Facilitator),
}

var teams = []programme.NewTeam{
	{ID: noord, Name: "Regioteam Noord"},
	{ID: oost, Name: "Regioteam Oost"},
	{ID: zuid, Name: "Regioteam Zuid"},
	{ID: west, Name: "Regioteam West"},
}

// colleagues are the people of the regional teams when the story begins.
var colleagues = []programme.NewPerson{
	person(henk, "Henk Postma", "henk.postma", "jobcoach", noord, domain.InformalLeader, domain.Employee),
	person("noord-02", "Anja de Vries", "anja.de.vries", "ambulant begeleider", noord, domain.Employee),
	person(kees, "Kees Dijkstra", "kees.dijkstra", "wijkcoach", noord, domain.Employee),
	person(samira, "Samira Bouzit", "samira.bouzid", "ambulant begeleider", noord, domain.Employee),
	person("noord-05", "Wouter Hofman", "wouter.hofman", "begeleider dagbesteding", noord, domain.Employee),
	person("noord-06", "Lieke van den Berg", "lieke.van.den.berg", "gezinsbegeleider", noord, domain.Employee),
	person(tjerk, "Tjerk Wiersma", "tjerk.wiersma", "begeleider dagbesteding", noord, domain.Employee),
	person("noord-08", "Ineke Visser", "ineke.visser", "administratief medewerker", noord, domain.Employee),
	person(rachid, "Rachid Amari", "rachid.amari", "wijkcoach", noord, domain.Employee),
	person("noord-10", "Femke Jonker", "femke.jonker", "cliëntondersteuner", noord, domain.Employee),

	person(yvonne, "Yvonne Janssen", "yvonne.janssen", "wijkcoach", oost, domain.InformalLeader, domain.Employee),
	person(petra, "Petra Scholten", "petra.scholten", "cliëntondersteuner", oost, domain.Employee),
	person("oost-03", "Gerard ten Hove", "gerard.ten.hove", "jobcoach", oost, domain.Employee),
	person("oost-04", "Sevda Kaya", "sevda.kaya", "gezinsbegeleider", oost, domain.Employee),
	person("oost-05", "Mark Nijland", "mark.nijland", "ambulant begeleider", oost, domain.Employee),
	person(ilse, "Ilse Wolters", "ilse.wolters", "begeleider dagbesteding", oost, domain.Employee),
	person("oost-07", "Bram Oosterhuis", "bram.oosterhuis", "begeleider dagbesteding", oost, domain.Employee),
	person(carla, "Carla Hendriks", "carla.hendriks", "planner", oost, domain.Employee),
	person("oost-09", "Jesse Kamphuis", "jesse.kamphuis", "ambulant begeleider", oost, domain.Employee),
	person("oost-10", "Marga Rietveld", "marga.rietveld", "gezinsbegeleider", oost, domain.Employee),

	person(mehmet, "Mehmet Yildiz", "mehmet.yildiz", "ambulant begeleider", zuid, domain.InformalLeader, domain.Employee),
	person(kim, "Kim van Dongen", "kim.van.dongen", "wijkcoach", zuid, domain.Employee),
	person(anouk, "Anouk Smit", "anouk.smit", "gezinsbegeleider", zuid, domain.Employee),
	person("zuid-04", "Paul Claessen", "paul.claessen", "jobcoach", zuid, domain.Employee),
	person("zuid-05", "Rosa Martens", "rosa.martens", "cliëntondersteuner", zuid, domain.Employee),
	person("zuid-06", "Youssef Haddad", "youssef.haddad", "ambulant begeleider", zuid, domain.Employee),
	person(els, "Els Peters", "els.peters", "begeleider dagbesteding", zuid, domain.Employee),
	person(daan, "Daan Verbeek", "daan.verbeek", "ambulant begeleider", zuid, domain.Employee),
	person("zuid-09", "Truus van Gils", "truus.van.gils", "medewerker aanmelding", zuid, domain.Employee),

	person(loes, "Loes Brouwer", "loes.brouwer", "gezinsbegeleider", west, domain.InformalLeader, domain.Employee),
	person(jeroen, "Jeroen Kuipers", "jeroen.kuipers", "wijkcoach", west, domain.Employee),
	person(greetje, "Greetje Bakker", "greetje.bakker", "ambulant begeleider", west, domain.Employee, domain.WorksCouncil),
	person(ahmed, "Ahmed Saidi", "ahmed.saidi", "planner", west, domain.Employee),
	person(mirjam, "Mirjam Blok", "mirjam.blok", "cliëntondersteuner", west, domain.Employee),
	person("west-06", "Robin de Haan", "robin.de.haan", "jobcoach", west, domain.Employee),
	person("west-07", "Shanti Ramlal", "shanti.ramlal", "gezinsbegeleider", west, domain.Employee),
	person("west-08", "Peter Groen", "peter.groen", "begeleider dagbesteding", west, domain.Employee),
	person("west-09", "Vera Zonneveld", "vera.zonneveld", "ambulant begeleider", west, domain.Employee),
}

// newcomers join when the story is well under way.
var newcomers = []programme.NewPerson{
	person(noor, "Noor Jacobs", "noor.jacobs", "wijkcoach", zuid, domain.Employee),
	person(tom, "Tom van Vliet", "tom.van.vliet", "jobcoach", west, domain.Employee),
}

func person(id domain.PersonID, name, mailbox, function string, team domain.TeamID, roles ...domain.Role) programme.NewPerson {
	return programme.NewPerson{
		ID: id, Name: name, Email: mailbox + "@lindeveer.example", Function: function, Team: team, Roles: roles,
	}
}
