package web

import (
	"context"

	"koersvast/domain/access"
	"koersvast/domain/programme"
	"koersvast/eventstore"
	"koersvast/projections/people"
)

// programmeRoutes are about the programme itself.
func (s *Server) programmeRoutes() {
	question(s, Question[struct{}, people.Programme]{
		Path: "/programme", Doc: "What the programme is called, and since when it runs",
		Action: access.ProgrammeRun, Menu: "programme.title",
		Ask: func(ctx context.Context, a Asker, _ struct{}) (people.Programme, error) {
			return people.TheProgramme(ctx, a.Read, a.Programme)
		},
		Page: programmePage,
	})
	command(s, Command[renameProgrammeIn]{
		Path: "/programme/rename", Doc: "Give the programme another name", Action: access.ProgrammeRun,
		Do: func(_ context.Context, a Asker, in renameProgrammeIn) (Steps, error) {
			return Steps{eventstore.Do(programme.Rename{ID: a.Programme, Name: in.Body.Name})}, nil
		},
		Form: "/programme", Next: "/programme",
	})
}

type renameProgrammeIn struct {
	Body struct {
		Name string `json:"name"`
	}
}
