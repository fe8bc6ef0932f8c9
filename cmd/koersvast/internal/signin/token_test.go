package signin

import (
	"errors"
	"net/netip"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
)

func issueToken(t *testing.T, s *Store, in domain.ProgrammeID, name string, until domain.Day) string {
	t.Helper()
	secret, err := s.IssueToken(t.Context(), Token{Programme: in, Name: name, Scopes: []string{"aggregate:read"}, By: "marieke", Expires: until})
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

func TestATokenLetsAProgramInUntilItsLastDay(t *testing.T) {
	s, c := open(t)
	secret := issueToken(t, s, "p1", "kantine", "2026-03-03")
	if !IsToken(secret) || IsToken(begin(t, s, marieke)) {
		t.Error("a token cannot be told from that of a session")
	}
	want := Token{
		Programme: "p1", Name: "kantine", Scopes: []string{"aggregate:read"}, By: "marieke",
		Issued: "2026-03-01", Expires: "2026-03-03", Used: "2026-03-01",
	}
	got, err := s.Program(t.Context(), secret, home)
	want.ID = got.ID
	if diff := cmp.Diff(want, got); diff != "" || err != nil || got.ID == "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	c.move(48 * time.Hour)
	if got, err := s.Program(t.Context(), secret, home); err != nil || got.Used != "2026-03-03" {
		t.Errorf("on its last day: used %s, %v", got.Used, err)
	}
	c.move(24 * time.Hour)
	if _, err := s.Program(t.Context(), secret, home); !errors.Is(err, ErrBadToken) {
		t.Errorf("after its last day: %v", err)
	}
	if all, err := s.Tokens(t.Context(), "p1"); err != nil || len(all) != 1 || all[0].Used != "2026-03-03" {
		t.Errorf("listed: %v, %v", all, err)
	}
}

func TestATokenIsOfOneProgrammeAndCanBeRevoked(t *testing.T) {
	s, _ := open(t)
	secret := issueToken(t, s, "p1", "kantine", "2026-06-01")
	other := issueToken(t, s, "p2", "kantine", "2026-06-01")
	got, err := s.Program(t.Context(), secret, home)
	if err != nil || got.Programme != "p1" {
		t.Fatalf("got %+v, %v", got, err)
	}
	if err := s.RevokeToken(t.Context(), "p2", got.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Program(t.Context(), secret, home); err != nil {
		t.Errorf("another programme revoked it: %v", err)
	}
	if err := s.RevokeToken(t.Context(), "p1", got.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Program(t.Context(), secret, home); !errors.Is(err, ErrBadToken) {
		t.Errorf("revoked: %v", err)
	}
	if _, err := s.Program(t.Context(), other, home); err != nil {
		t.Errorf("the other programme's: %v", err)
	}
}

func TestTwoTokensOfOneProgrammeHaveTwoNames(t *testing.T) {
	s, c := open(t)
	issueToken(t, s, "p1", "kantine", "2026-03-02")
	again := Token{Programme: "p1", Name: "kantine", By: "joost", Expires: "2026-06-01"}
	if _, err := s.IssueToken(t.Context(), again); !errors.Is(err, ErrTokenNamed) {
		t.Errorf("got %v, want a refusal", err)
	}
	c.move(48 * time.Hour)
	if _, err := s.IssueToken(t.Context(), again); err != nil {
		t.Errorf("the name of one that expired: %v", err)
	}
}

func TestTokensAreGuessedAsSlowlyAsCodes(t *testing.T) {
	s, _ := open(t)
	secret := issueToken(t, s, "p1", "kantine", "2026-06-01")
	for range 3 * limits.address.burst { // a right one is no try
		if _, err := s.Program(t.Context(), secret, home); err != nil {
			t.Fatal(err)
		}
	}
	var err error
	for range limits.address.burst + 1 {
		_, err = s.Program(t.Context(), tokenPrefix+"wrong", home)
	}
	if !errors.Is(err, ErrTooManyTries) {
		t.Errorf("after too many wrong ones: %v", err)
	}
	if _, err := s.Program(t.Context(), secret, netip.MustParseAddr("198.51.100.9")); err != nil {
		t.Errorf("from elsewhere: %v", err)
	}
}
