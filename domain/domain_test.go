package domain_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"koersvast/domain"
)

func TestAnActIsOfTheDayOnWhichItWasRecorded(t *testing.T) {
	act := domain.Act{At: time.Date(2026, 6, 30, 22, 30, 0, 0, time.UTC)}
	if got, want := act.Today(), domain.Day("2026-07-01"); got != want {
		t.Errorf("today is %s, want %s", got, want)
	}
}

func TestAStreamIsNamedInItsProgramme(t *testing.T) {
	s := domain.Stream{Kind: "promise", ID: "p1"}
	if got, want := s.In("dichtbij").String(), "dichtbij.promise.p1"; got != want {
		t.Errorf("it is named %s, want %s", got, want)
	}
	if s.Programme != "" {
		t.Error("In put the stream itself in a programme")
	}
}

func TestIdentifiersNeedNoEscaping(t *testing.T) {
	for _, id := range []string{"a", "01JD6VB3Q0PERSON0000000000", "nabij_2-b", strings.Repeat("x", 40)} {
		if !domain.ValidID(id) {
			t.Errorf("%q is no identifier", id)
		}
	}
	for _, id := range []string{"", strings.Repeat("x", 41), "a b", "a.b", "a/b", "*", ">", "é", "a\n", "a\x00", `"`, "<"} {
		if domain.ValidID(id) {
			t.Errorf("%q is an identifier", id)
		}
		if err := domain.Identifies("id", domain.PersonID(id)); !errors.Is(err, domain.ErrBadID) || err.Field != "id" {
			t.Errorf("Identifies(%q) = %v, want %v at id", id, err, domain.ErrBadID)
		}
	}
}

func FuzzValidID(f *testing.F) {
	f.Add("01JD6VB3Q0PERSON0000000000")
	f.Add("a.b")
	f.Fuzz(func(t *testing.T, id string) {
		if !domain.ValidID(id) {
			return
		}
		// What a subject, an address and an attribute each give a meaning to.
		if strings.ContainsAny(id, " \t\r\n.*>/?#&%+=\"'<>\\\x00") || len(id) == 0 || len(id) > 40 {
			t.Errorf("%q is an identifier", id)
		}
		for _, p := range []domain.Party{domain.Team(domain.TeamID(id)), domain.Person(domain.PersonID(id))} {
			if !p.Valid() {
				t.Errorf("%q is nobody", p)
			}
		}
	})
}

func TestParties(t *testing.T) {
	for _, p := range []domain.Party{domain.Everyone, domain.TheMT, domain.InformalLeaders, domain.Employees, "team/noord", "person/anja"} {
		if !p.Valid() {
			t.Errorf("%q is nobody", p)
		}
	}
	for _, p := range []domain.Party{
		"", "coach", "lead", "team", "person/", "team/a b", "team/noord/zuid", "role/mt", "Everyone", " mt", "person/anja,mt",
	} {
		if p.Valid() {
			t.Errorf("%q is somebody", p)
		}
	}
	if id, ok := domain.Team("noord").Team(); id != "noord" || !ok {
		t.Errorf("team/noord is team %q, %v", id, ok)
	}
	if id, ok := domain.Person("anja").Person(); id != "anja" || !ok {
		t.Errorf("person/anja is person %q, %v", id, ok)
	}
	for _, p := range []domain.Party{domain.Everyone, domain.TheMT, domain.Person("noord")} {
		if id, ok := p.Team(); ok {
			t.Errorf("%s is team %q", p, id)
		}
	}
	for _, p := range []domain.Party{domain.Everyone, domain.Employees, domain.Team("anja")} {
		if id, ok := p.Person(); ok {
			t.Errorf("%s is person %q", p, id)
		}
	}
}

func FuzzParty(f *testing.F) {
	for _, p := range []string{"everyone", "mt", "team/noord", "person/anja", "team/", "person/a/b"} {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p := domain.Party(s)
		team, isTeam := p.Team()
		person, isPerson := p.Person()
		if isTeam && isPerson {
			t.Errorf("%q is a team and a person", p)
		}
		if !p.Valid() {
			return
		}
		switch {
		case isTeam && domain.Team(team) == p && domain.ValidID(string(team)):
		case isPerson && domain.Person(person) == p && domain.ValidID(string(person)):
		case slices.Contains([]domain.Party{domain.Everyone, domain.TheMT, domain.InformalLeaders, domain.Employees}, p):
		default:
			t.Errorf("%q is somebody, and neither a team, nor a person, nor a group that we know", p)
		}
	})
}

var (
	errShut  = domain.Refuse(domain.Conflict, "shut", "the door is shut")
	errAlone = domain.Refuse(domain.Forbidden, "alone", "there is nobody")
)

func TestARefusalIsTheSameWhereverItIsAbout(t *testing.T) {
	at := errShut.On("door")
	if !errors.Is(at, errShut) || errors.Is(at, errAlone) {
		t.Errorf("%v is not just %v", at, errShut)
	}
	if errShut.Field != "" {
		t.Error("On changed the refusal itself")
	}
	if got, want := errShut.Error(), "the door is shut (shut)"; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
	if got, want := at.Error(), "door: the door is shut (shut)"; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
}

func TestRefusalsAreSaidAtOnceInTheOrderOfTheForm(t *testing.T) {
	if err := domain.All(nil, nil); err != nil {
		t.Errorf("nothing refused = %v, want nil", err)
	}
	err := domain.All(nil, errAlone.On("who"), errShut.On("door"))
	if !errors.Is(err, errShut) || !errors.Is(err, errAlone) || errors.Is(err, domain.ErrRequired) {
		t.Errorf("%v does not hold just both", err)
	}
	wrapped := fmt.Errorf("web: %w", err)
	if got := domain.RefusalsIn(wrapped); len(got) != 2 || got[0].Field != "who" || got[1].Field != "door" {
		t.Errorf("refusals = %v, want who and door", got)
	}
	if got := domain.KindOf(wrapped); got != domain.Forbidden {
		t.Errorf("kind = %d, want that of the first", got)
	}
	if got, want := err.Error(), "who: there is nobody (alone); door: the door is shut (shut)"; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
	if got := domain.RefusalsIn(fmt.Errorf("web: %w", errShut)); len(got) != 1 || got[0] != errShut {
		t.Errorf("refusals = %v, want the one", got)
	}
}

func TestOurFaultsAreNoAnswers(t *testing.T) {
	fault := errors.New("disk full")
	if got := domain.RefusalsIn(fault); got != nil {
		t.Errorf("refusals = %v, want none", got)
	}
	if got := domain.KindOf(fault); got != domain.Internal {
		t.Errorf("kind = %d, want %d", got, domain.Internal)
	}
}

func TestTextsAreCountedInCharacters(t *testing.T) {
	four := "één!"
	for _, c := range []struct {
		name string
		got  *domain.Error
		want error
	}{
		{"a text that fits", domain.Needed("text", four, 4), nil},
		{"a text that does not", domain.Needed("text", four, 3), domain.ErrTooLong},
		{"no text", domain.Needed("text", "", 4), domain.ErrRequired},
		{"white space", domain.Needed("text", " \t\n\u00a0", 4), domain.ErrRequired},
		{"no text where it is optional", domain.Optional("text", "", 4), nil},
		{"a text that does not fit where it is optional", domain.Optional("text", four, 3), domain.ErrTooLong},
	} {
		switch {
		case c.want == nil && c.got != nil, c.want != nil && !errors.Is(c.got, c.want):
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		case c.got != nil && c.got.Field != "text":
			t.Errorf("%s: at %q, want text", c.name, c.got.Field)
		}
	}
}
