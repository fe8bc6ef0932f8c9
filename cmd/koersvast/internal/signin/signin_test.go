package signin

import (
	"bytes"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var (
	marieke = Who{"p1", "marieke"}
	joost   = Who{"p1", "joost"}
	home    = netip.MustParseAddr("192.0.2.7")
)

// A clock stands still until it is moved.
type clock struct{ t time.Time }

func (c *clock) now() time.Time        { return c.t }
func (c *clock) move(by time.Duration) { c.t = c.t.Add(by) }

func open(t *testing.T) (*Store, *clock) {
	t.Helper()
	c := &clock{time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	s, err := Open(filepath.Join(t.TempDir(), "signin.db"), []byte("a secret of some length"), c.now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s, c
}

func issue(t *testing.T, s *Store, w Who) string {
	t.Helper()
	code, err := s.Issue(t.Context(), w)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func begin(t *testing.T, s *Store, w Who) string {
	t.Helper()
	token, err := s.Begin(t.Context(), w, "nl", "")
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func wants(t *testing.T, s *Store, typed string, from netip.Addr, who Who, refusal error) {
	t.Helper()
	got, err := s.WhoHas(t.Context(), typed, from)
	if got != who || !errors.Is(err, refusal) {
		t.Errorf("WhoHas(%q) = %v, %v; want %v, %v", typed, got, err, who, refusal)
	}
}

func TestACodeIsForgivenHowItIsTyped(t *testing.T) {
	s, _ := open(t)
	code := issue(t, s, marieke)
	if len(code) != 20 || strings.Count(code, "-") != 3 {
		t.Errorf("code %q, want four groups of 17 characters together", code)
	}
	for _, typed := range []string{
		code,
		strings.ToLower(code),
		strings.ReplaceAll(code, "-", ""),
		strings.ReplaceAll(code, "-", " "),
		strings.ReplaceAll(code, "-", " – "),
		"\t" + strings.ReplaceAll(code, "0", "O") + "\n",
		strings.ReplaceAll(code, "1", "l"),
		strings.ReplaceAll(code, "1", "I"),
	} {
		wants(t, s, typed, home, marieke, nil)
	}
	other := "2"
	if code[len(code)-1] == '2' {
		other = "3"
	}
	for _, typed := range []string{"", "ABCD", code + "A", code[:19] + other, "ſ" + code, code + "!"} {
		wants(t, s, typed, home, Who{}, ErrBadCode)
	}
}

func TestACodeIsValidUntilTheNextOneForAYearAtMost(t *testing.T) {
	s, c := open(t)
	first, others := issue(t, s, marieke), issue(t, s, joost)
	wants(t, s, first, home, marieke, nil)
	wants(t, s, first, home, marieke, nil)

	second := issue(t, s, marieke)
	wants(t, s, first, home, Who{}, ErrBadCode)
	wants(t, s, second, home, marieke, nil)

	if have, err := s.Holders(t.Context(), marieke.Programme); !have[marieke.Person] || !have[joost.Person] || len(have) != 2 || err != nil {
		t.Errorf("Holders = %v, %v; want both", have, err)
	}

	if err := s.Withdraw(t.Context(), marieke); err != nil {
		t.Fatal(err)
	}
	wants(t, s, second, home, Who{}, ErrBadCode)
	if have, err := s.Holders(t.Context(), marieke.Programme); have[marieke.Person] || !have[joost.Person] || err != nil {
		t.Errorf("Holders = %v, %v after withdrawing one; want the other", have, err)
	}
	if has, err := s.HasCode(t.Context(), marieke); has || err != nil {
		t.Errorf("HasCode = %v, %v after withdrawing", has, err)
	}

	c.move(CodeLife - time.Second)
	wants(t, s, others, home, joost, nil)
	c.move(time.Second)
	wants(t, s, others, home, Who{}, ErrBadCode)
	if have, err := s.Holders(t.Context(), marieke.Programme); len(have) > 0 || err != nil {
		t.Errorf("Holders = %v, %v after a year; want nobody", have, err)
	}
}

func TestWrongCodesAreLimitedPerAddress(t *testing.T) {
	s, c := open(t)
	code := issue(t, s, marieke)
	guess := func(n int) string { return fmt.Sprintf("%04d-0000-0000-00000", n) }
	for n := range limits.address.burst {
		wants(t, s, guess(n), home, Who{}, ErrBadCode)
	}
	wants(t, s, code, home, Who{}, ErrTooManyTries)
	wants(t, s, code, netip.MustParseAddr("192.0.2.8"), marieke, nil)
	c.move(limits.address.every)
	wants(t, s, code, home, marieke, nil)
}

func TestOneNetworkOfManyAddressesIsOneAddress(t *testing.T) {
	s, _ := open(t)
	for n := range limits.address.burst {
		wants(t, s, fmt.Sprintf("%017d", n*1e13), netip.MustParseAddr(fmt.Sprintf("2001:db8::%x", n+1)), Who{}, ErrBadCode)
	}
	wants(t, s, "ABCD", netip.MustParseAddr("2001:db8::ffff"), Who{}, ErrTooManyTries)
	wants(t, s, "ABCD", netip.MustParseAddr("2001:db8:0:1::1"), Who{}, ErrBadCode)
	wants(t, s, "ABCD", netip.Addr{}, Who{}, ErrBadCode)
}

func TestWrongCodesAreLimitedPerLocator(t *testing.T) {
	s, _ := open(t)
	code := issue(t, s, marieke)
	for n := range limits.locator.burst {
		wants(t, s, code[:4]+fmt.Sprintf("%013d", n), netip.AddrFrom4([4]byte{10, 0, 0, byte(n)}), Who{}, ErrBadCode)
	}
	wants(t, s, code, home, Who{}, ErrTooManyTries)
}

func TestManyAddressesTogetherGetNoFurther(t *testing.T) {
	s, _ := open(t)
	tried := 0
	for n := range 5000 {
		_, err := s.WhoHas(t.Context(), fmt.Sprintf("%017d", n*1e13), netip.AddrFrom4([4]byte{10, 0, byte(n >> 8), byte(n)}))
		if errors.Is(err, ErrBadCode) {
			tried++
		}
	}
	if tried != limits.world.burst {
		t.Errorf("5000 addresses tried %d codes, want %d", tried, limits.world.burst)
	}
}

func TestRightCodesAreNotLimited(t *testing.T) {
	s, _ := open(t)
	code := issue(t, s, marieke)
	for range 3 * limits.world.burst {
		wants(t, s, code, home, marieke, nil)
	}
}

func TestALinkIsUsedOnce(t *testing.T) {
	s, c := open(t)
	ctx := t.Context()
	token, err := s.Link(ctx, Start, Who{}, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := s.Look(ctx, Start, token); err != nil {
			t.Errorf("opening a link used it: %v", err)
		}
	}
	if _, err := s.Claim(ctx, "signin", token, "a1"); !errors.Is(err, ErrBadLink) {
		t.Errorf("claimed for another purpose: %v", err)
	}
	for range 2 {
		if _, err := s.Claim(ctx, Start, token, "a1"); err != nil {
			t.Errorf("the same act, twice: %v", err)
		}
	}
	if _, err := s.Claim(ctx, Start, token, "a2"); !errors.Is(err, ErrBadLink) {
		t.Errorf("another act used it too: %v", err)
	}
	if _, err := s.Look(ctx, Start, token); !errors.Is(err, ErrBadLink) {
		t.Errorf("looking at a used link: %v", err)
	}
	if err := s.Unclaim(ctx, token, "a1"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Claim(ctx, Start, token, "a2"); err != nil {
		t.Errorf("given back, but not to be had: %v", err)
	}

	late, err := s.Link(ctx, Start, Who{}, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	c.move(time.Hour)
	if _, err := s.Claim(ctx, Start, late, "a3"); !errors.Is(err, ErrBadLink) {
		t.Errorf("claimed after its time: %v", err)
	}
}

func TestANewLinkReplacesTheOldOne(t *testing.T) {
	s, _ := open(t)
	for _, c := range []struct {
		why          Purpose
		older, newer Who
		gone         error
	}{
		{Start, Who{"p1", "a"}, Who{"p2", "b"}, ErrBadLink},
		{"signin", marieke, marieke, ErrBadLink},
		{"signin", marieke, joost, nil},
	} {
		older, err1 := s.Link(t.Context(), c.why, c.older, time.Hour)
		newer, err2 := s.Link(t.Context(), c.why, c.newer, time.Hour)
		if err := errors.Join(err1, err2); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Look(t.Context(), c.why, older); !errors.Is(err, c.gone) {
			t.Errorf("older link to %s: %v, want %v", c.why, err, c.gone)
		}
		if got, err := s.Look(t.Context(), c.why, newer); got != c.newer || err != nil {
			t.Errorf("newer link to %s: %v, %v", c.why, got, err)
		}
	}
}

func TestASessionEndsAfterHalfADayOfNothing(t *testing.T) {
	s, c := open(t)
	token := begin(t, s, marieke)
	for range 3 {
		c.move(SessionIdle - time.Second)
		v, err := s.Session(t.Context(), token)
		if err != nil || v.Who != marieke || v.Language != "nl" {
			t.Fatalf("Session = %+v, %v", v, err)
		}
	}
	c.move(SessionIdle - time.Second)
	if _, err := s.Peek(t.Context(), token); err != nil {
		t.Fatal(err)
	}
	c.move(time.Second)
	if _, err := s.Session(t.Context(), token); !errors.Is(err, ErrNoSession) {
		t.Errorf("after half a day, only looked at: %v, want %v", err, ErrNoSession)
	}
}

func TestASessionEndsAfterThirtyDaysWhateverHappens(t *testing.T) {
	s, c := open(t)
	token := begin(t, s, marieke)
	for end := c.t.Add(SessionLife); c.t.Add(time.Hour).Before(end); c.move(time.Hour) {
		if _, err := s.Session(t.Context(), token); err != nil {
			t.Fatalf("at %s: %v", c.t, err)
		}
	}
	c.move(time.Hour)
	if _, err := s.Session(t.Context(), token); !errors.Is(err, ErrNoSession) {
		t.Errorf("after thirty days: %v, want %v", err, ErrNoSession)
	}
}

func TestSigningInMakesTheOlderTokenWorthless(t *testing.T) {
	s, _ := open(t)
	older := begin(t, s, marieke)
	newer, err := s.Begin(t.Context(), joost, "en", older)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Session(t.Context(), older); !errors.Is(err, ErrNoSession) {
		t.Errorf("older token: %v, want %v", err, ErrNoSession)
	}
	if v, err := s.Session(t.Context(), newer); err != nil || v.Who != joost {
		t.Errorf("newer token: %+v, %v", v, err)
	}
}

func TestSessionsAreListedAndEnded(t *testing.T) {
	s, c := open(t)
	ctx := t.Context()
	phone := begin(t, s, marieke)
	c.move(2 * time.Minute)
	laptop := begin(t, s, marieke)
	begin(t, s, joost)

	all, err := s.Sessions(ctx, marieke)
	if err != nil || len(all) != 2 {
		t.Fatalf("Sessions = %+v, %v; want two", all, err)
	}
	onLaptop, _ := s.Session(ctx, laptop)
	onPhone, _ := s.Session(ctx, phone)
	if all[0].ID != onLaptop.ID && all[0].ID != onPhone.ID {
		t.Errorf("listed %+v", all)
	}
	ended, forget := s.Ended(onPhone.ID)
	defer forget()
	stays, forget2 := s.Ended(onLaptop.ID)
	defer forget2()

	if err := s.End(ctx, joost, onPhone.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Session(ctx, phone); err != nil {
		t.Errorf("somebody ended another's session: %v", err)
	}
	if err := s.End(ctx, marieke, onPhone.ID); err != nil {
		t.Fatal(err)
	}
	<-ended
	if _, err := s.Session(ctx, phone); !errors.Is(err, ErrNoSession) {
		t.Errorf("ended session: %v, want %v", err, ErrNoSession)
	}
	select {
	case <-stays:
		t.Error("the other session was told it ended")
	default:
	}
	if err := s.Withdraw(ctx, marieke); err != nil {
		t.Fatal(err)
	}
	<-stays
}

func TestALanguageIsRemembered(t *testing.T) {
	s, _ := open(t)
	token := begin(t, s, marieke)
	v, err := s.Session(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Speak(t.Context(), v.ID, "en"); err != nil {
		t.Fatal(err)
	}
	if v, err = s.Session(t.Context(), token); v.Language != "en" || err != nil {
		t.Errorf("language %q, %v; want en", v.Language, err)
	}
}

func TestTheSecretOfACalendarIsValidUntilTheNextOne(t *testing.T) {
	s, _ := open(t)
	ctx := t.Context()
	subscribe := func(w Who) string {
		t.Helper()
		token, err := s.Subscribe(ctx, w)
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	opens := func(token string, who Who, refusal error) {
		t.Helper()
		if got, err := s.Subscriber(ctx, token); got != who || !errors.Is(err, refusal) {
			t.Errorf("it opens the calendar of %v, %v; want %v, %v", got, err, who, refusal)
		}
	}
	first, other := subscribe(marieke), subscribe(joost)
	second := subscribe(marieke)
	opens(first, Who{}, ErrBadLink)
	opens(second, marieke, nil)
	opens("", Who{}, ErrBadLink)
	if _, err := s.Session(ctx, second); !errors.Is(err, ErrNoSession) {
		t.Errorf("it lets somebody in: %v", err)
	}
	if err := s.Unsubscribe(ctx, marieke); err != nil {
		t.Fatal(err)
	}
	opens(second, Who{}, ErrBadLink)
	opens(other, joost, nil)
	for who, want := range map[Who]bool{marieke: false, joost: true} {
		if got, err := s.Subscribed(ctx, who); got != want || err != nil {
			t.Errorf("%v has a calendar: %v, %v; want %v", who, got, err, want)
		}
	}
	if err := s.Withdraw(ctx, joost); err != nil {
		t.Fatal(err)
	}
	opens(other, Who{}, ErrBadLink)
}

func TestNothingInTheDatabaseLetsAnybodyIn(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a ?#%.db") // an awkward name is only a name
	s, err := Open(path, []byte("a secret of some length"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	code, token := issue(t, s, marieke), begin(t, s, marieke)
	link, err := s.Link(t.Context(), Start, marieke, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	calendar, err := s.Subscribe(t.Context(), marieke)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	files, _ := os.ReadDir(dir)
	if len(files) == 0 || files[0].Name() != filepath.Base(path) {
		t.Fatalf("files %v, want %s", files, path)
	}
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{code, canonical(code), canonical(code)[4:], token, link, calendar} {
			if bytes.Contains(b, []byte(secret)) {
				t.Errorf("%s holds %q", f.Name(), secret)
			}
		}
	}
	if s, err = Open(path, []byte("another secret of some length"), time.Now); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	wants(t, s, code, home, Who{}, ErrBadCode)
	if _, err := s.Session(t.Context(), token); !errors.Is(err, ErrNoSession) {
		t.Errorf("under another secret: %v, want %v", err, ErrNoSession)
	}
	if _, err := Open(path, nil, time.Now); err == nil {
		t.Error("opened without a secret")
	}
}

func TestCodesThatAreKeptElsewhereShareTheLimit(t *testing.T) {
	s, _ := open(t)
	code := issue(t, s, marieke)
	for n := range limits.address.burst {
		right, err := s.Try(home)
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			right()
		}
	}
	if _, err := s.Try(home); err != nil {
		t.Errorf("the right one was counted: %v", err)
	}
	if _, err := s.Try(home); !errors.Is(err, ErrTooManyTries) {
		t.Errorf("got %v, want %v", err, ErrTooManyTries)
	}
	wants(t, s, code, home, Who{}, ErrTooManyTries)
}
