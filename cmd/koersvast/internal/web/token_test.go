package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"koersvast/cmd/koersvast/internal/signin"
)

// letIn has Marieke let a program in.
func letIn(t *testing.T, w *world, name string) program {
	t.Helper()
	var made newToken
	r := w.program("marieke").post("/tokens", fmt.Sprintf(`{"name":%q,"until":"2026-06-01"}`, name)).wantStatus(t, http.StatusOK)
	if err := json.Unmarshal([]byte(r.body), &made); err != nil || !signin.IsToken(made.Token) {
		t.Fatalf("got %s", r)
	}
	return program{w: w, token: made.Token}
}

func TestAProgramReadsWhatItWasLetInForAndNothingElse(t *testing.T) {
	w := newWorld(t)
	w.srv.tokenRoutes()
	p := letIn(t, w, "kantine")
	p.get("/programme").wantStatus(t, http.StatusOK).wantBody(t, `"name":"Tij"`) // whose action is to read the strategy
	for _, path := range []string{"/teams/new", "/own/joost", "/tokens"} {
		p.get(path).wantStatus(t, http.StatusForbidden)
	}
	p.post("/shout", `{"text":"hier"}`).wantStatus(t, http.StatusForbidden) // everybody's own
	p.post("/programme/rename", `{"name":"Eb"}`).wantStatus(t, http.StatusForbidden)
	p.post("/tokens", `{"name":"meer","until":"2026-06-01"}`).wantStatus(t, http.StatusForbidden)

	// A page is for people.
	r := w.request(http.MethodGet, "/programme", "")
	r.Header.Set("Authorization", "Bearer "+p.token)
	if got := w.do(w.browser().c, r); got.status != http.StatusSeeOther || !strings.HasPrefix(got.location, "/signin") {
		t.Errorf("a page: got %s", got)
	}
	if strings.Contains(w.log.String(), p.token) {
		t.Error("the log holds the token")
	}
}

func TestATokenIsSeenOnceAndRevokedAtOnce(t *testing.T) {
	w := newWorld(t)
	w.srv.tokenRoutes()
	b := w.in("marieke")
	page := b.post("/tokens", url.Values{"name": {"kantine"}, "until": {"2026-06-01"}}).wantStatus(t, http.StatusOK)
	secret := regexp.MustCompile(`koersvast_[A-Z2-7]{52}`).FindString(page.body)
	if secret == "" {
		t.Fatalf("no token on %s", page)
	}
	p := program{w: w, token: secret}
	p.get("/programme").wantStatus(t, http.StatusOK)
	list := b.get("/tokens").wantStatus(t, http.StatusOK).wantBody(t, "kantine", "Marieke Kuiper", "2 maart 2026", "1 juni 2026")
	if strings.Contains(list.body, secret) {
		t.Error("it is seen twice")
	}
	revoke := regexp.MustCompile(`/tokens/\w+/revoke`).FindString(list.body)
	b.post(revoke, url.Values{}).wantStatus(t, http.StatusSeeOther)
	if got := p.get("/programme").wantStatus(t, http.StatusUnauthorized).problem(t); got.Code != "bad_token" {
		t.Errorf("got %+v", got)
	}
	w.in("joost").get("/tokens").wantStatus(t, http.StatusForbidden)
}

func TestATokenHasANameAndALastDay(t *testing.T) {
	w := newWorld(t)
	w.srv.tokenRoutes()
	p := w.program("marieke")
	for body, code := range map[string]string{
		`{"name":"","until":"2026-06-01"}`:        "required",
		`{"name":"kantine","until":"2026-02-30"}`: "not_a_day",
		`{"name":"kantine","until":"2026-03-01"}`: "token_until",
		`{"name":"kantine","until":"2027-03-04"}`: "token_until",
		`{"name":"kantine","until":""}`:           "token_until",
	} {
		if got := p.post("/tokens", body).wantStatus(t, http.StatusUnprocessableEntity).problem(t); got.Code != code {
			t.Errorf("%s: got %+v, want %s", body, got, code)
		}
	}
	letIn(t, w, "kantine")
	if got := p.post("/tokens", `{"name":"kantine","until":"2026-06-01"}`).wantStatus(t, http.StatusConflict).problem(t); got.Code != "token_named" {
		t.Errorf("got %+v", got)
	}
}

func TestWhoGuessesTokensIsStopped(t *testing.T) {
	w := newWorld(t)
	guess := program{w: w, token: "koersvast_" + strings.Repeat("A", 52)}
	for range 10 {
		guess.get("/programme").wantStatus(t, http.StatusUnauthorized)
	}
	if got := guess.get("/programme").wantStatus(t, http.StatusTooManyRequests).problem(t); got.Code != "too_many_tries" {
		t.Errorf("got %+v", got)
	}
}
