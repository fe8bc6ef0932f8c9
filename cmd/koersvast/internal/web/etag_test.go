package web

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/programme"
	"koersvast/projections/people"
)

// logged adds a question whose answer follows from the log.
func logged(w *world) {
	question(w.srv, Question[struct{}, people.Programme]{
		Path: "/logged", Doc: "What the programme is called", Action: access.StrategyRead, Logged: true,
		Ask: func(ctx context.Context, a Asker, _ struct{}) (people.Programme, error) {
			return people.TheProgramme(ctx, a.Read, a.Programme)
		},
		Page: func(_ View, p people.Programme) templ.Component { return sampleText(p.Name) },
	})
}

func TestWhoHasTheAnswerHearsThatNothingChanged(t *testing.T) {
	w := newWorld(t)
	logged(w)
	p := w.program("marieke")
	first := p.get("/logged").wantStatus(t, http.StatusOK)
	tag := first.header.Get("ETag")
	if !strings.HasPrefix(tag, `W/"`) || strings.Contains(first.header.Get("Cache-Control"), "no-store") {
		t.Fatalf("header %v", first.header)
	}
	same := p.with("If-None-Match", `"other", `+tag)
	if r := same.get("/logged").wantStatus(t, http.StatusNotModified); r.body != "" || r.header.Get("ETag") != tag {
		t.Errorf("got %s", r)
	}
	// Somebody else, another language, another question, another day, and who
	// has just done something, all get an answer.
	w.program("joost").with("If-None-Match", tag).get("/logged").wantStatus(t, http.StatusOK)
	same.with("Accept-Language", "en").get("/logged").wantStatus(t, http.StatusOK)
	same.get("/logged?x=1").wantStatus(t, http.StatusOK)
	same.get("/logged?after=1").wantStatus(t, http.StatusOK)
	w.move(10 * time.Hour)
	same.get("/logged").wantStatus(t, http.StatusNotModified)

	w.execute("tij", "marieke", programme.Rename{ID: "tij", Name: "Vloed"})
	if r := same.get("/logged").wantStatus(t, http.StatusOK).wantBody(t, "Vloed"); r.header.Get("ETag") == tag {
		t.Error("the tag is the same after a fact")
	}
	// Without a tag of ours there is nothing to keep.
	if r := p.get("/programme"); r.header.Get("ETag") != "" || r.header.Get("Cache-Control") != "no-store" {
		t.Errorf("header %v", r.header)
	}
}

func TestWhoIsOutIsNotToldThatNothingChanged(t *testing.T) {
	w := newWorld(t)
	logged(w)
	p := w.program("joost")
	tag := p.get("/logged").wantStatus(t, http.StatusOK).header.Get("ETag")
	again := p.with("If-None-Match", tag)
	w.execute("tij", "marieke", programme.GiveRoles{Programme: "tij", ID: "joost", Roles: []domain.Role{domain.Admin}})
	again.get("/logged").wantStatus(t, http.StatusForbidden)
	w.execute("tij", "marieke", programme.Leave{Programme: "tij", ID: "joost"})
	again.get("/logged").wantStatus(t, http.StatusUnauthorized)
	program{w: w}.with("If-None-Match", tag).get("/logged").wantStatus(t, http.StatusUnauthorized)
}
