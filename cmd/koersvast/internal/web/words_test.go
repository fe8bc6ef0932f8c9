package web

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
	"koersvast/projections/people"
)

func TestPeopleAreChosenTeamByTeam(t *testing.T) {
	ctx := i18n.In(context.Background(), i18n.English)
	person := func(id domain.PersonID, name string, team domain.TeamID, teamName string) people.Person {
		return people.Person{ID: id, Name: &name, Team: team, TeamName: teamName}
	}
	left := person("els", "Els", "zuid", "Zuid")
	left.Gone = "2026-03-02"
	got := teammateOptions(ctx, []people.Person{
		person("ahmed", "Ahmed", "zuid", "Zuid"),
		person("bas", "Bas", "", ""),
		person("carla", "Carla", "oost", "oost"),
		person("daan", "Daan", "zuid", "Zuid"),
		person("ik", "Ik", "zuid", "Zuid"),
		{ID: "erased"},
		left,
	}, "ik")
	want := []Option{
		{Value: "bas", Label: "Bas", Group: "In no team"},
		{Value: "carla", Label: "Carla", Group: "oost"},
		{Value: "ahmed", Label: "Ahmed", Group: "Zuid"},
		{Value: "daan", Label: "Daan", Group: "Zuid"},
		{Value: "els", Label: "Els", Group: "Who has left"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
