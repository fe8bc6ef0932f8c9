package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/projections"
	"koersvast/projections/coachings"
)

// calendarRoutes put sessions into the calendars that people use: one by one
// as a file, or all of somebody's at a secret address that programs read
// without signing in. Calendars are seen by others, so that these say that
// there is a session and where, and neither with whom nor what for.
func (s *Server) calendarRoutes() {
	question(s, Question[SessionIn, coachings.Session]{
		Path: "/coaching/{id}/sessions/{session}/calendar", Doc: "One session, which browsers get as an iCalendar file",
		Action: access.CoachingRead, Of: theCoaching[SessionIn], Present: true,
		Ask: func(ctx context.Context, a Asker, in SessionIn) (coachings.Session, error) {
			return coachings.TheSession(ctx, a.Read, a.Programme, in.ID, in.Session)
		},
		File: func(v View, one coachings.Session) File {
			ctx := i18n.In(context.Background(), v.Asker.Lang)
			return File{i18n.T(ctx, "calendar.file") + ".ics", s.iCalendar(ctx, v.Asker.Programme, []coachings.Session{one})}
		},
	})
	question(s, Question[subscribeIn, subscribed]{
		Path: "/coaching/calendar", Doc: "A secret address at which programs read your sessions, shown once; an address that you had is no longer valid",
		Action: access.CoachingsRead,
		Ask:    s.subscribe, Page: subscribedPage,
	})
	command(s, Command[subscribeIn]{
		Path: "/coaching/calendar/stop", Doc: "Make the secret address of your sessions invalid", Action: access.CoachingsRead,
		Do: func(ctx context.Context, a Asker, _ subscribeIn) (Steps, error) {
			return nil, s.Signin.Unsubscribe(ctx, signin.Who{Programme: a.Programme, Person: a.Person})
		},
		Form: "/coaching", Next: "/coaching",
	})
}

type subscribeIn struct{ Body struct{} }

// subscribed is the secret address of somebody's calendar.
type subscribed struct {
	Address string `json:"address" doc:"It is shown once"`
}

func (s *Server) subscribe(ctx context.Context, a Asker, _ subscribeIn) (subscribed, error) {
	token, err := s.Signin.Subscribe(ctx, signin.Who{Programme: a.Programme, Person: a.Person})
	address := s.address("/calendar/" + token + ".ics")
	if a.Lang != i18n.Dutch {
		address += "?" + paramLang + "=" + string(a.Lang)
	}
	return subscribed{address}, err
}

// address is where people find a page, as far as the server knows it.
func (s *Server) address(path string) string {
	if s.Public == nil {
		return path
	}
	return strings.TrimSuffix(s.Public.String(), "/") + path
}

// feed answers programs that know the secret of somebody's calendar.
func (s *Server) feed(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	token, named := strings.CutSuffix(r.PathValue("file"), ".ics")
	if !named {
		return errNoPage
	}
	who, err := s.Signin.Subscriber(ctx, token)
	if err != nil {
		return err
	}
	var sessions []coachings.Session
	err = s.Views.Read(ctx, func(read projections.Reader, at domain.Position) (err error) {
		a := Asker{Session: signin.Session{Who: who}, Read: read, At: at}
		if err = a.identify(ctx); err == nil {
			sessions, err = sessionsOf(ctx, a)
		}
		return err
	})
	if errors.Is(err, domain.ErrNotFound) {
		return signin.ErrBadLink // who left the programme has no calendar in it
	}
	if err != nil {
		return err
	}
	return s.write(w, r, http.StatusOK, fileTypes[".ics"], s.iCalendar(ctx, who.Programme, sessions))
}

// sessionsOf are the sessions of the asker, as coach or coachee.
func sessionsOf(ctx context.Context, a Asker) ([]coachings.Session, error) {
	of, err := coachings.Of(ctx, a.Read, a.Programme, a.Person)
	if err != nil {
		return nil, err
	}
	mine := map[domain.CoachingID]bool{}
	for _, c := range of {
		mine[c.ID] = access.Can(a.Actor, access.CoachingRead, c.Resource(a.Programme))
	}
	sessions, err := coachings.Calendar(ctx, a.Read, a.Programme, a.Person)
	return slices.DeleteFunc(sessions, func(s coachings.Session) bool { return !mine[s.Coaching] }), err
}

// iCalendar writes sessions as RFC 5545 has it. A session keeps its UID
// whatever happens to it, and its SEQUENCE rises when that moves or ends it.
func (s *Server) iCalendar(ctx context.Context, in domain.ProgrammeID, sessions []coachings.Session) []byte {
	calendar := ics.NewCalendarFor("Koersvast")
	calendar.SetMethod(ics.MethodPublish)
	calendar.SetXWRCalName(i18n.T(ctx, "calendar.name"))
	for _, one := range sessions {
		starts := one.Day.At(one.Start)
		event := calendar.AddEvent(string(in) + "." + string(one.Coaching) + "." + string(one.ID) + "@koersvast")
		event.SetDtStampTime(one.Changed)
		event.SetLastModifiedAt(one.Changed)
		event.SetSequence(one.Revision)
		event.SetStartAt(starts)
		event.SetEndAt(starts.Add(time.Duration(one.Minutes) * time.Minute))
		event.SetSummary(i18n.T(ctx, "calendar.session"))
		if one.Place != nil && *one.Place != "" {
			event.SetLocation(*one.Place)
		}
		if s.Public != nil {
			event.SetURL(s.address("/coaching/" + string(one.Coaching)))
		}
		event.SetClass(ics.ClassificationPrivate)
		event.SetStatus(ics.ObjectStatusConfirmed)
		if one.Status == coachings.Cancelled {
			event.SetStatus(ics.ObjectStatusCancelled)
		}
	}
	return []byte(calendar.Serialize(ics.WithNewLineWindows))
}
