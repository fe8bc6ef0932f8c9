package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/domain/programme"
)

func TestSigningInLeadsToWhereOneWasGoing(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	to := b.get("/teams/t1?tab=2").location
	page := b.get(to).wantStatus(t, http.StatusOK).wantBody(t, `action="/signin"`, `name="to" value="/teams/t1?tab=2"`)
	r := b.post("/signin", url.Values{"code": {strings.ToLower(w.codes["marieke"])}, "to": {hiddenValue(t, page.body, "to")}})
	if r.wantStatus(t, http.StatusSeeOther).location != "/teams/t1?tab=2" {
		t.Errorf("sent to %s", r.location)
	}
	c := r.header.Get("Set-Cookie")
	for _, part := range []string{"koersvast=", "Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=2592000"} {
		if !strings.Contains(c, part) {
			t.Errorf("cookie %s, want %s in it", c, part)
		}
	}
}

func TestNobodyIsSentToAnotherSite(t *testing.T) {
	for to, want := range map[string]string{
		"/promises/p1?x=1#y":     "/promises/p1?x=1#y",
		"":                       "/",
		"promises":               "/",
		"//elders.example":       "/",
		"https://elders.example": "/",
		"javascript:alert(1)":    "/",
		`/\elders.example`:       "/",
		"/\t/elders.example":     "/",
		"/signin?to=/signin":     "/",
		"/live":                  "/",
	} {
		if got := within(to); got != want {
			t.Errorf("within(%q) = %q, want %q", to, got, want)
		}
	}
}

func TestAWrongCodeIsRefusedAndKept(t *testing.T) {
	w := newWorld(t)
	page := w.browser().post("/signin", url.Values{"code": {"ABCD-EFGH"}, "to": {"/programme"}}).wantStatus(t, http.StatusUnprocessableEntity)
	page.wantBody(t, "Deze code kennen we niet", `value="ABCD-EFGH"`, `name="to" value="/programme"`, `id="signin-code-error"`)
	p := program{w: w}.with("Accept-Language", "en").post("/signin", `{"code":"ABCD"}`).wantStatus(t, http.StatusUnprocessableEntity).problem(t)
	if p.Code != "bad_code" || p.Detail != "We do not know this code, or it is no longer valid." || p.Errors[0].Field != "code" {
		t.Errorf("got %+v", p)
	}
	w.browser().post("/signin", url.Values{"code": {" "}}).wantStatus(t, http.StatusUnprocessableEntity)
}

func TestTooManyWrongCodesMustWait(t *testing.T) {
	w := newWorld(t)
	right := fmt.Sprintf(`{"code":%q}`, w.codes["joost"])
	tries := 0
	for ; tries < 50; tries++ {
		if (program{w: w}).post("/signin", `{"code":"ABCD"}`).status != http.StatusUnprocessableEntity {
			break
		}
	}
	r := program{w: w}.post("/signin", right).wantStatus(t, http.StatusTooManyRequests)
	if p := r.problem(t); tries != 10 || p.Code != "too_many_tries" || r.header.Get("Retry-After") == "" {
		t.Errorf("after %d tries: %s", tries, r)
	}
	w.browser().post("/signin", url.Values{"code": {w.codes["joost"]}}).wantStatus(t, http.StatusTooManyRequests)
	w.move(time.Minute)
	program{w: w}.post("/signin", right).wantStatus(t, http.StatusOK)
}

func TestBehindAProxyTheLastAddressCounts(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.Proxied = true })
	from := func(address string) int {
		return program{w: w}.with("X-Forwarded-For", address).post("/signin", `{"code":"ABCD"}`).status
	}
	for n := range 10 {
		if got := from(fmt.Sprintf("10.0.0.%d, 192.0.2.1", n)); got != http.StatusUnprocessableEntity {
			t.Fatalf("try %d: %d", n, got)
		}
	}
	if got := from("10.0.0.77, 192.0.2.1"); got != http.StatusTooManyRequests {
		t.Errorf("a made-up address before it: %d", got)
	}
	if got := from("192.0.2.2"); got != http.StatusUnprocessableEntity {
		t.Errorf("another address: %d", got)
	}
}

func TestSigningInAndOutChangesTheToken(t *testing.T) {
	w := newWorld(t)
	b := w.in("marieke")
	at, _ := url.Parse(w.http.URL)
	before := b.c.Jar.Cookies(at)[0].Value
	b.post("/signin", url.Values{"code": {w.codes["joost"]}}).wantStatus(t, http.StatusSeeOther)
	program{w: w, token: before}.get("/programme").wantStatus(t, http.StatusUnauthorized)

	now := b.c.Jar.Cookies(at)[0].Value
	program{w: w, token: now}.get("/programme").wantStatus(t, http.StatusOK)
	if r := b.post("/signout", nil).wantStatus(t, http.StatusSeeOther); r.location != "/signin" {
		t.Errorf("sent to %s", r.location)
	}
	program{w: w, token: now}.get("/programme").wantStatus(t, http.StatusUnauthorized)
	b.get("/programme").wantStatus(t, http.StatusSeeOther)

	p := w.program("joost")
	p.post("/signout", "").wantStatus(t, http.StatusOK)
	p.get("/programme").wantStatus(t, http.StatusUnauthorized)
}

func TestASessionEndsWhenItIsNotUsed(t *testing.T) {
	w := newWorld(t)
	b := w.in("marieke")
	w.move(signin.SessionIdle - time.Minute)
	b.get("/programme").wantStatus(t, http.StatusOK)
	w.move(signin.SessionIdle)
	b.get("/programme").wantStatus(t, http.StatusSeeOther)
}

func TestSessionsAreOfNow(t *testing.T) {
	w := newWorld(t)
	w.move(48 * time.Hour)
	page := w.in("marieke").get("/sessions?"+paramAsOf+"=2026-03-03").wantStatus(t, http.StatusOK)
	page.wantBody(t, "Ingelogd: 04-03-2026, 10:00", `data-stream="/live"`)
	for _, past := range []string{`class="asof"`, `id="look-back"`} {
		if strings.Contains(page.body, past) {
			t.Errorf("the page has %s", past)
		}
	}
}

func TestSessionsCanBeSeenAndEnded(t *testing.T) {
	w := newWorld(t)
	b, p := w.in("marieke"), w.program("marieke")
	var list []openSession
	if err := json.Unmarshal([]byte(p.get("/sessions").body), &list); err != nil || len(list) != 2 {
		t.Fatalf("sessions %+v, %v", list, err)
	}
	other := list[0]
	if other.This {
		other = list[1]
	}
	b.get("/sessions").wantStatus(t, http.StatusOK).wantBody(t, "Ingelogd: ", "Laatst gebruikt: ", "dit apparaat", `/end"`)
	w.program("joost").post("/sessions/"+other.ID+"/end", "").wantStatus(t, http.StatusOK)
	b.get("/programme").wantStatus(t, http.StatusOK) // it was not Joost's to end
	p.post("/sessions/"+other.ID+"/end", "").wantStatus(t, http.StatusOK)
	b.get("/programme").wantStatus(t, http.StatusSeeOther)
}

func TestANewCodeReplacesTheOldOne(t *testing.T) {
	w := newWorld(t)
	b := w.in("joost")
	page := b.post("/sessions/code", url.Values{"act": {"a1"}}).wantStatus(t, http.StatusOK).wantBody(t, "Je nieuwe code", "<code>")
	_, rest, _ := strings.Cut(page.body, "<code>")
	code, _, _ := strings.Cut(rest, "<")
	w.browser().post("/signin", url.Values{"code": {w.codes["joost"]}}).wantStatus(t, http.StatusUnprocessableEntity)
	w.browser().post("/signin", url.Values{"code": {code}}).wantStatus(t, http.StatusSeeOther)
	b.get("/programme").wantStatus(t, http.StatusOK)
}

func TestTheLanguageIsChosenOnceAndKept(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.get("/signin").wantBody(t, `lang="nl"`)
	b.get("/signin?lang=en").wantBody(t, `<html lang="en"`)
	b.get("/signin?lang=xx").wantBody(t, `<html lang="en"`)
	b.post("/signin", url.Values{"code": {w.codes["marieke"]}}).wantStatus(t, http.StatusSeeOther)
	b.get("/programme").wantBody(t, `<html lang="en"`)

	// The session remembers it, in whatever way it is shown.
	at, _ := url.Parse(w.http.URL)
	for _, c := range b.c.Jar.Cookies(at) {
		if c.Name == "koersvast" {
			program{w: w, token: c.Value}.get("/teams/none").wantBody(t, "This does not exist.")
		}
	}
	b.get("/programme?lang=nl").wantBody(t, `<html lang="nl"`)
	b.get("/programme").wantBody(t, `<html lang="nl"`)

	r := w.request(http.MethodGet, "/signin", "")
	r.Header.Set("Accept-Language", "en-GB,en;q=0.9")
	w.do(http.DefaultClient, r).wantBody(t, `<html lang="nl"`) // until somebody chooses
	w.browser().get("/signin?lang=en").wantBody(t, `<html lang="en"`)
}

func TestOverHTTPSTheCookieIsTheHostsAlone(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.Public = &url.URL{Scheme: "https", Host: "koers.example"} })
	r := w.browser().post("/signin", url.Values{"code": {w.codes["marieke"]}}).wantStatus(t, http.StatusSeeOther)
	if c := r.header.Get("Set-Cookie"); !strings.HasPrefix(c, "__Host-koersvast=") || !strings.Contains(c, "; Secure") || strings.Contains(c, "Domain") {
		t.Errorf("cookie %s", c)
	}
}

func startLink(t *testing.T, w *world) string {
	t.Helper()
	token, err := w.srv.Signin.Link(t.Context(), signin.Start, signin.Who{Programme: "eb", Person: "anna"}, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	return "/start/" + token
}

func TestTheFirstStartSignsTheLeadIn(t *testing.T) {
	w := newWorld(t)
	link, b := startLink(t, w), w.browser()
	b.get("/start/guess").wantStatus(t, http.StatusNotFound).wantBody(t, "Deze link bestaat niet, of is al gebruikt.")
	b.get(link).wantStatus(t, http.StatusOK)
	page := b.get(link).wantStatus(t, http.StatusOK) // looking does not use it
	form := url.Values{"act": {hiddenValue(t, page.body, "act")}, "name": {""}, "lead_name": {"Anna"}, "lead_email": {"anna"}}
	b.post(link, form).wantStatus(t, http.StatusUnprocessableEntity).wantBody(t, `value="Anna"`, `id="start-name-error"`, `id="start-lead_email-error"`)

	form.Set("name", "Eb")
	form.Set("lead_email", "")
	done := b.post(link, form).wantStatus(t, http.StatusOK).wantBody(t, "<code>", `href="/?after=3"`)
	_, rest, _ := strings.Cut(done.body, "<code>")
	code, _, _ := strings.Cut(rest, "<")
	again := b.post(link, form).wantStatus(t, http.StatusOK) // sent twice
	again.wantBody(t, `href="/?after=3"`)
	b.get("/programme?after=3").wantStatus(t, http.StatusOK).wantBody(t, "Naam: Eb.")
	w.browser().post("/signin", url.Values{"code": {code}}).wantStatus(t, http.StatusUnprocessableEntity) // the second answer has the code
	_, rest, _ = strings.Cut(again.body, "<code>")
	code, _, _ = strings.Cut(rest, "<")
	w.browser().post("/signin", url.Values{"code": {code}}).wantStatus(t, http.StatusSeeOther)

	b.get(link).wantStatus(t, http.StatusNotFound)
	form.Set("act", "another")
	w.browser().post(link, form).wantStatus(t, http.StatusNotFound)
}

func TestAProgramCanStartAProgramme(t *testing.T) {
	w := newWorld(t)
	link := startLink(t, w)
	p := program{w: w}
	if p := p.post(link, `{"name":"","lead_name":"Anna"}`).wantStatus(t, http.StatusUnprocessableEntity).problem(t); p.Code != "required" {
		t.Errorf("got %+v", p)
	}
	r := p.with("Idempotency-Key", "k1").post(link, `{"name":"Eb","lead_name":"Anna"}`).wantStatus(t, http.StatusOK)
	var s started
	if err := json.Unmarshal([]byte(r.body), &s); err != nil || s.Code == "" || s.Session.Programme != "eb" || s.Position != 3 {
		t.Fatalf("got %s, %v", r, err)
	}
	program{w: w, token: s.Session.Token}.get("/programme?after=3").wantBody(t, `"name":"Eb"`)
	p.post(link, `{"name":"Eb","lead_name":"Anna"}`).wantStatus(t, http.StatusNotFound)
}

func TestWhoseProgrammeIsNotShownYetIsNotSentAway(t *testing.T) {
	w := newWorld(t)
	token, err := w.srv.Signin.Begin(t.Context(), signin.Who{Programme: "eb", Person: "anna"}, "", "")
	if err != nil {
		t.Fatal(err)
	}
	if p := (program{w: w, token: token}).get("/programme?after=99").wantStatus(t, http.StatusServiceUnavailable).problem(t); p.Code != "not_yet" {
		t.Errorf("got %+v", p)
	}
	w.execute("eb", "anna", programme.Start{ID: "eb", Name: "Eb", Lead: "anna", LeadName: "Anna"})
	program{w: w, token: token}.get("/programme").wantStatus(t, http.StatusOK)
}

func TestAButtonThatIsRefusedSaysWhy(t *testing.T) {
	w := newWorld(t)
	b := w.in("joost")
	w.program("joost")
	page := b.get("/sessions").wantStatus(t, http.StatusOK)
	_, rest, _ := strings.Cut(page.body, `action="/sessions/`)
	id, _, _ := strings.Cut(rest, "/end")
	b.post("/sessions/"+id+"/end", url.Values{"act": {"not an id"}}).
		wantStatus(t, http.StatusUnprocessableEntity).wantBody(t, "data-refused", `action="/sessions/`+id+`/end"`)
}
