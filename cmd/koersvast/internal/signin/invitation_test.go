package signin

import (
	"errors"
	"testing"
	"time"
)

var asked = Invitation{joost, "r1"}

func invite(t *testing.T, s *Store, c *clock, use string) string {
	t.Helper()
	token, err := s.Invite(t.Context(), asked, use, c.now().Add(14*24*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestAnInvitationIsForTheFirstBrowserThatAcceptsIt(t *testing.T) {
	s, c := open(t)
	token := invite(t, s, c, "m1")
	if got, err := s.Invited(t.Context(), token, ""); got != asked || err != nil {
		t.Errorf("before it was used: %v, %v; want %v", got, err, asked)
	}
	for _, try := range []struct {
		browser string
		want    Invitation
		refusal error
	}{{"phone", asked, nil}, {"phone", asked, nil}, {"laptop", Invitation{}, ErrBadInvitation}, {"", Invitation{}, ErrBadInvitation}} {
		if got, err := s.Accept(t.Context(), token, try.browser); got != try.want || !errors.Is(err, try.refusal) {
			t.Errorf("%q accepts: %v, %v; want %v, %v", try.browser, got, err, try.want, try.refusal)
		}
		if got, err := s.Invited(t.Context(), token, try.browser); got != try.want || !errors.Is(err, try.refusal) {
			t.Errorf("%q looks: %v, %v; want %v, %v", try.browser, got, err, try.want, try.refusal)
		}
	}
	if _, err := s.Accept(t.Context(), "nothing", "phone"); !errors.Is(err, ErrBadInvitation) {
		t.Errorf("an unknown link: %v, want %v", err, ErrBadInvitation)
	}
}

func TestWhatIsSentAgainHasTheSameLink(t *testing.T) {
	s, c := open(t)
	first, again, other := invite(t, s, c, "m1"), invite(t, s, c, "m1"), invite(t, s, c, "m2")
	if first != again || first == other || len(first) != 26 {
		t.Errorf("links %q, %q and %q; want the same twice, and another", first, again, other)
	}
	if _, err := s.Accept(t.Context(), first, "phone"); err != nil {
		t.Fatal(err)
	}
	invite(t, s, c, "m1")
	if _, err := s.Accept(t.Context(), first, "laptop"); !errors.Is(err, ErrBadInvitation) {
		t.Errorf("sent again, another browser gets %v, want %v", err, ErrBadInvitation)
	}
}

func TestAnInvitationEnds(t *testing.T) {
	s, c := open(t)
	token := invite(t, s, c, "m1")
	if err := s.Withdraw(t.Context(), joost); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Accept(t.Context(), token, "phone"); !errors.Is(err, ErrBadInvitation) {
		t.Errorf("of who was kept out: %v, want %v", err, ErrBadInvitation)
	}
	token = invite(t, s, c, "m1")
	c.move(14 * 24 * time.Hour)
	if _, err := s.Accept(t.Context(), token, "phone"); !errors.Is(err, ErrBadInvitation) {
		t.Errorf("after its time: %v, want %v", err, ErrBadInvitation)
	}
}

func TestTheLanguageThatSomebodyChoseLastIsKnown(t *testing.T) {
	s, c := open(t)
	want := func(language string) {
		t.Helper()
		if got, err := s.Language(t.Context(), joost); got != language || err != nil {
			t.Errorf("Language = %q, %v; want %q", got, err, language)
		}
	}
	want("")
	begin(t, s, joost)
	begin(t, s, marieke)
	want("nl")
	c.move(time.Hour)
	if _, err := s.Begin(t.Context(), joost, "en", ""); err != nil {
		t.Fatal(err)
	}
	want("en")
}
