package people_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/domain/programme"
	"koersvast/projections/people"
	"koersvast/projections/projectionstest"
)

func profile(of domain.PersonID, text string) domain.Private {
	return domain.Say(domain.KeyOf(of, domain.Profile), text)
}

func added(id domain.PersonID, name, email, function string, team domain.TeamID, roles ...domain.Role) programme.PersonAdded {
	return programme.PersonAdded{
		ID: id, Name: profile(id, name), Email: profile(id, email), Function: profile(id, function), Team: team, Roles: roles,
	}
}

func erased(of domain.PersonID) domain.Private {
	return projectionstest.Erased(domain.KeyOf(of, domain.Profile))
}

// story is a year of one programme, with the beginning of another beside it
// that uses the same ids.
func story() *projectionstest.Log {
	home := programme.Home("tide")
	other := projectionstest.Act(programme.Home("elsewhere"), "2026-01-15", "anna",
		programme.Started{ID: "elsewhere", Name: "Anders"},
		programme.TeamFormed{ID: "noord", Name: "Noorderlicht"},
		added("anna", "Anna Elders", "anna@elsewhere.example", "", "noord", domain.Lead))
	other.Programme = "elsewhere"
	return projectionstest.Facts("tide",
		projectionstest.Act(home, "2026-01-12", "anna",
			programme.Started{ID: "tide", Name: "Getij"},
			added("anna", "Anna de Wit", "anna@tide.example", "", "", domain.Lead, domain.Admin)),
		projectionstest.Act(home, "2026-01-13", "anna",
			programme.TeamFormed{ID: "noord", Name: "Noord"},
			programme.TeamFormed{ID: "zuid", Name: "zuid"},
			added("bram", "bram Bakker", "bram@tide.example", "wijkcoach", "noord", domain.Employee, domain.InformalLeader),
			added("cees", "Cees Smit", "", "", "noord", domain.Employee)),
		other,
		projectionstest.Act(home, "2026-02-02", "anna", programme.Renamed{Name: "Hoog Getij"}),
		projectionstest.Act(home, "2026-02-03", "anna", programme.TeamRenamed{ID: "zuid", Name: "Zuid"}),
		projectionstest.Act(home, "2026-02-04", "anna", programme.PersonCorrected{
			ID: "bram", Name: profile("bram", "Bram Bakker"), Email: profile("bram", "b.bakker@tide.example"), Function: profile("bram", "jobcoach"),
		}),
		projectionstest.Act(home, "2026-02-05", "anna", programme.PersonPlaced{ID: "bram", Team: "zuid"}),
		projectionstest.Act(home, "2026-02-06", "anna", programme.RolesGiven{ID: "bram", Roles: []domain.Role{domain.Employee}}),
		projectionstest.Act(home, "2026-02-07", "anna", programme.ManagerSet{ID: "bram", Manager: "cees"}),
		projectionstest.Act(home, "2026-02-08", "anna", programme.ManagerSet{ID: "cees", Manager: "anna"}),
		projectionstest.Act(home, "2026-02-09", "anna", programme.ManagerSet{ID: "bram", Manager: "anna"}),
		projectionstest.Act(home, "2026-02-10", "anna", programme.ManagerSet{ID: "cees"}),
		projectionstest.Act(home, "2026-03-02", "anna", programme.PersonLeft{ID: "cees"}),
		projectionstest.Act(home, "2026-03-03", "anna",
			programme.PersonAdded{ID: "dina", Name: erased("dina"), Email: erased("dina"), Function: erased("dina"), Team: "zuid", Roles: []domain.Role{domain.Employee}}),
	)
}

func text(s string) *string { return &s }

var (
	anna = people.Person{
		ID: "anna", Name: text("Anna de Wit"), Email: text("anna@tide.example"), Function: text(""),
		Roles: []domain.Role{domain.Lead, domain.Admin}, Joined: "2026-01-12",
	}
	bram = people.Person{
		ID: "bram", Name: text("Bram Bakker"), Email: text("b.bakker@tide.example"), Function: text("jobcoach"),
		Team: "zuid", TeamName: "Zuid", Manager: "anna", Roles: []domain.Role{domain.Employee}, Joined: "2026-01-13",
	}
	cees = people.Person{
		ID: "cees", Name: text("Cees Smit"), Email: text(""), Function: text(""),
		Team: "noord", TeamName: "Noord", Roles: []domain.Role{domain.Employee}, Joined: "2026-01-13", Gone: "2026-03-02",
	}
	dina = people.Person{ID: "dina", Team: "zuid", TeamName: "Zuid", Roles: []domain.Role{domain.Employee}, Joined: "2026-03-03"}
)

func TestWhoIsInTheProgramme(t *testing.T) {
	r := projectionstest.Read(t, story(), people.Model)
	for _, c := range []struct {
		name string
		only people.Filter
		want []people.Person
	}{
		{"everyone who is here, by name, those without one last", people.Filter{}, []people.Person{anna, bram, dina}},
		{"one team", people.Filter{Team: "zuid"}, []people.Person{bram, dina}},
		{"one role", people.Filter{Role: domain.Admin}, []people.Person{anna}},
		{"those who left", people.Filter{Gone: true}, []people.Person{cees}},
		{"nobody", people.Filter{Team: "noord"}, []people.Person{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := people.List(t.Context(), r, "tide", c.only)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("people (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOnePerson(t *testing.T) {
	r := projectionstest.Read(t, story(), people.Model)
	for _, want := range []people.Person{anna, bram, cees, dina} {
		got, err := people.ThePerson(t.Context(), r, "tide", want.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", want.ID, diff)
		}
	}
	if _, err := people.ThePerson(t.Context(), r, "elsewhere", "bram"); !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("somebody of another programme: %v, want %v", err, domain.ErrNotFound)
	}
}

func TestTeamsCountThoseWhoAreThere(t *testing.T) {
	r := projectionstest.Read(t, story(), people.Model)
	got, err := people.Teams(t.Context(), r, "tide")
	if err != nil {
		t.Fatal(err)
	}
	want := []people.Team{{ID: "noord", Name: "Noord", Members: 0}, {ID: "zuid", Name: "Zuid", Members: 2}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("teams (-want +got):\n%s", diff)
	}
}

func TestProgrammesAreNeverMixed(t *testing.T) {
	r := projectionstest.Read(t, story(), people.Model)
	programmes, err := people.Programmes(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	want := []people.Programme{
		{ID: "tide", Name: "Hoog Getij", Started: "2026-01-12"},
		{ID: "elsewhere", Name: "Anders", Started: "2026-01-15"},
	}
	if diff := cmp.Diff(want, programmes); diff != "" {
		t.Errorf("programmes (-want +got):\n%s", diff)
	}
	for _, p := range want {
		got, err := people.TheProgramme(t.Context(), r, p.ID)
		if err != nil || got != p {
			t.Errorf("the programme = %v, %v; want %v", got, err, p)
		}
	}
	if _, err := people.TheProgramme(t.Context(), r, "nowhere"); !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("a programme that is not there: %v, want %v", err, domain.ErrNotFound)
	}

	elders, err := people.List(t.Context(), r, "elsewhere", people.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]people.Person{{
		ID: "anna", Name: text("Anna Elders"), Email: text("anna@elsewhere.example"), Function: text(""),
		Team: "noord", TeamName: "Noorderlicht", Roles: []domain.Role{domain.Lead}, Joined: "2026-01-15",
	}}, elders); diff != "" {
		t.Errorf("people of the other programme (-want +got):\n%s", diff)
	}
	teams, err := people.Teams(t.Context(), r, "elsewhere")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]people.Team{{ID: "noord", Name: "Noorderlicht", Members: 1}}, teams); diff != "" {
		t.Errorf("teams of the other programme (-want +got):\n%s", diff)
	}
}

func TestADirectoryKnowsWhoLeftAndForgetsWhoWasErased(t *testing.T) {
	r := projectionstest.Read(t, story(), people.Model)
	names, err := people.Names(t.Context(), r, "tide")
	if err != nil {
		t.Fatal(err)
	}
	got := map[domain.PersonID]*string{}
	for _, id := range []domain.PersonID{"anna", "bram", "cees", "dina", "nobody"} {
		got[id] = names.Person(id)
	}
	want := map[domain.PersonID]*string{
		"anna": text("Anna de Wit"), "bram": text("Bram Bakker"), "cees": text("Cees Smit"), "dina": nil, "nobody": nil,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	if got := []string{names.Team("noord"), names.Team("nowhere")}; !cmp.Equal(got, []string{"Noord", ""}) {
		t.Errorf("teams = %q", got)
	}
}

func TestLiveEqualsRebuilt(t *testing.T) {
	projectionstest.LiveEqualsRebuilt(t, story(), people.Model)
}
