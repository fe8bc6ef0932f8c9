package web

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"koersvast/domain"
	"koersvast/domain/programme"
)

func TestOneDeclarationIsAPageAndJSON(t *testing.T) {
	w := newWorld(t)
	page := w.in("marieke").get("/programme").wantStatus(t, http.StatusOK)
	page.wantBody(t, "<!doctype html>", "Naam: Tij.", `action="/programme/rename"`, `name="act" value="`, "Marieke Kuiper")
	if ct := page.header.Get("Content-Type"); ct != "text/html; charset=utf-8" {
		t.Errorf("content type %s", ct)
	}
	answer := w.program("marieke").get("/programme").wantStatus(t, http.StatusOK)
	if want := `{"id":"tij","name":"Tij","started":"2026-03-02"}` + "\n"; answer.body != want {
		t.Errorf("got %s, want %s", answer.body, want)
	}
}

func TestAFormAndAJSONBodyAreTheSameCommand(t *testing.T) {
	w := newWorld(t)
	b := w.in("marieke")
	r := b.post("/programme/rename", url.Values{"name": {"Vloed"}, "act": {"a1"}}).wantStatus(t, http.StatusSeeOther)
	if want := "/programme?after=3#name"; r.location != want {
		t.Errorf("sent to %s, want %s", r.location, want)
	}
	b.get(r.location).wantStatus(t, http.StatusOK).wantBody(t, "Naam: Vloed.")

	p := w.program("marieke")
	r = p.post("/programme/rename", `{"name":"Eb"}`).wantStatus(t, http.StatusOK)
	if r.body != "{\"position\":4}\n" || r.location != "/api/v1/programme?after=4" {
		t.Errorf("got %s", r)
	}
	p.get("/programme?after=4").wantBody(t, `"name":"Eb"`)
}

func TestARefusalHasTheSameCodeAndSentenceEverywhere(t *testing.T) {
	w := newWorld(t)
	b, p := w.in("marieke"), w.program("marieke")
	long := strings.Repeat("é", domain.NameLength+1)
	for _, c := range []struct{ lang, name, code, sentence, title string }{
		{"nl", "", "required", "", "Er klopt nog iets niet"},
		{"en", "", "required", "", "Something is not right yet"},
		{"nl", long, "too_long", "", "Er klopt nog iets niet"},
		{"en", long, "too_long", "", "Something is not right yet"},
	} {
		r := p.with("Accept-Language", c.lang).post("/programme/rename", fmt.Sprintf(`{"name":%q}`, c.name))
		problem := r.wantStatus(t, http.StatusUnprocessableEntity).problem(t)
		if problem.Code != c.code || problem.Type != "urn:koersvast:problem:"+c.code || problem.Title != c.title {
			t.Errorf("%s: got %+v", c.lang, problem)
		}
		if len(problem.Errors) != 1 || problem.Errors[0] != (ProblemField{"name", c.code, problem.Detail}) {
			t.Errorf("%s: fields %+v", c.lang, problem.Errors)
		}
		page := b.post("/programme/rename?lang="+c.lang, url.Values{"name": {c.name}, "act": {"a1"}})
		page.wantStatus(t, http.StatusUnprocessableEntity).wantBody(t, `lang="`+c.lang+`"`, problem.Detail, `id="programme-rename-name-error"`)
	}
}

func TestARefusedFormKeepsWhatWasTyped(t *testing.T) {
	w := newWorld(t)
	long := strings.Repeat("x", domain.NameLength+1)
	page := w.in("marieke").post("/teams", url.Values{"act": {"a1"}, "id": {"t1"}, "name": {long}})
	page.wantStatus(t, http.StatusUnprocessableEntity).wantBody(t,
		`action="/teams"`, `value="`+long+`"`, `name="act" value="a1"`, `name="id" value="t1"`, "data-refused", `data-stream=""`)
}

func TestWhatNobodyCanSeeIsRefusedForTheWholeForm(t *testing.T) {
	w := newWorld(t)
	b := w.in("marieke")
	b.post("/teams", url.Values{"act": {"a1"}, "id": {"t 1"}, "name": {"Noord"}}).
		wantStatus(t, http.StatusUnprocessableEntity).wantBody(t, `action="/teams"`)
	b.post("/teams", url.Values{"act": {"a1"}, "nmae": {"Noord"}}).
		wantStatus(t, http.StatusUnprocessableEntity).wantBody(t, "Dit veld bestaat hier niet.")
}

func TestAConflictComesBackOnItsForm(t *testing.T) {
	w := newWorld(t)
	w.execute("tij", "marieke", programme.FormTeam{Programme: "tij", ID: "t1", Name: "Noord"})
	form := url.Values{"act": {"a1"}, "id": {"t2"}, "name": {"Noord"}}
	w.in("marieke").post("/teams", form).wantStatus(t, http.StatusConflict).wantBody(t, `value="Noord"`, `name="id" value="t2"`)
	if p := w.program("marieke").post("/teams", `{"id":"t2","name":"Noord"}`).wantStatus(t, http.StatusConflict).problem(t); p.Code != "team_exists" {
		t.Errorf("got %+v", p)
	}
}

func TestAFormWhosePageIsNotForTheAskerIsRefusedWithTheReason(t *testing.T) {
	w := newWorld(t)
	r := w.in("joost").post("/teams", url.Values{"act": {"a1"}, "id": {"t1"}, "name": {"Noord"}})
	r.wantStatus(t, http.StatusForbidden).wantBody(t, "Dat hoort niet bij je rol.")
	if p := w.program("joost").post("/teams", `{"name":"Noord"}`).wantStatus(t, http.StatusForbidden).problem(t); p.Code != "not_allowed" {
		t.Errorf("got %+v", p)
	}
}

func TestAccessLooksAtWhatIsAskedAbout(t *testing.T) {
	w := newWorld(t)
	p := w.program("joost")
	p.get("/own/joost").wantStatus(t, http.StatusOK)
	p.get("/own/marieke").wantStatus(t, http.StatusForbidden)
	p.get("/own/nobody").wantStatus(t, http.StatusNotFound)
	w.in("joost").get("/own/marieke").wantStatus(t, http.StatusForbidden).wantBody(t, "Dat hoort niet bij je rol.")
}

func TestSendingAFormTwiceIsOneActWithOneAnswer(t *testing.T) {
	w := newWorld(t)
	b := w.in("marieke")
	page := b.get("/teams/new").wantStatus(t, http.StatusOK)
	form := url.Values{"act": {hiddenValue(t, page.body, "act")}, "id": {hiddenValue(t, page.body, "id")}, "name": {"Noord"}}
	first := b.post("/teams", form).wantStatus(t, http.StatusSeeOther)
	second := b.post("/teams", form).wantStatus(t, http.StatusSeeOther)
	if first.location != second.location || first.location != "/teams/"+form.Get("id")+"?after=3" {
		t.Errorf("sent to %s, then to %s", first.location, second.location)
	}

	// Back in the browser, something else typed, and sent with the same ids.
	form.Set("name", "Zuid")
	b.post("/teams", form).wantStatus(t, http.StatusConflict)
}

func TestAProgramCanSendItsCommandAgain(t *testing.T) {
	w := newWorld(t)
	p := w.program("marieke").with("Idempotency-Key", `"k1"`)
	first := p.post("/teams", `{"name":"Noord"}`).wantStatus(t, http.StatusOK)
	second := p.post("/teams", `{"name":"Noord"}`).wantStatus(t, http.StatusOK)
	if first.body != second.body || first.body != "{\"position\":3,\"id\":\"k1\"}\n" {
		t.Errorf("got %s, then %s", first, second)
	}
	if first.location != "/api/v1/teams/k1?after=3" {
		t.Errorf("location %s", first.location)
	}
	w.program("marieke").get("/teams/k1?after=3").wantStatus(t, http.StatusOK).wantBody(t, `"name":"Noord"`)
	for _, bad := range []string{"not an id", strings.Repeat("k", 37)} {
		if p := p.with("Idempotency-Key", bad).post("/teams", `{"name":"Zuid"}`).wantStatus(t, http.StatusUnprocessableEntity).problem(t); p.Code != "bad_id" {
			t.Errorf("%q: got %+v", bad, p)
		}
	}
}

func TestJSONIsReadStrictly(t *testing.T) {
	w := newWorld(t)
	p := w.program("marieke")
	for _, c := range []struct {
		body, code, field string
		status            int
	}{
		{`{"name":"Eb","colour":"blue"}`, "unknown_field", "colour", 422},
		{`{"name":3}`, "not_json", "name", 422},
		{`{"name":"Eb"`, "not_json", "", 422},
		{`{"name":"Eb"}{}`, "not_json", "", 422},
		{`[]`, "not_json", "", 422},
		{``, "required", "name", 422},
		{`{"name":"` + strings.Repeat("x", bodyLimit) + `"}`, "too_large", "", 413},
	} {
		problem := p.post("/programme/rename", c.body).wantStatus(t, c.status).problem(t)
		field := ""
		if len(problem.Errors) > 0 {
			field = problem.Errors[0].Field
		}
		if problem.Code != c.code || field != c.field {
			t.Errorf("%.40s: got %+v, want %s on %q", c.body, problem, c.code, c.field)
		}
	}
	r := w.request(http.MethodPost, apiPrefix+"/programme/rename", "name=Eb")
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	p.send(r).wantStatus(t, http.StatusUnsupportedMediaType)
}

func TestTextArrivesCleanFromFormsAndJSON(t *testing.T) {
	w := newWorld(t)
	const typed, clean = " \u202eCafe\u0301\r\n\u200bzacht\u0007 👩‍🚀\ufeff ", "Café\nzacht 👩‍🚀"
	want := fmt.Sprintf("%+q", clean)
	b, p := w.in("joost"), w.program("joost")
	form := url.Values{"text": {typed}, "days": {"7"}, "sure": {"on"}, "roles": {" mt", "employee"}}
	page := b.post("/shout?q="+url.QueryEscape(typed), form).wantStatus(t, http.StatusOK)
	json := p.post("/shout?q="+url.QueryEscape(typed), fmt.Sprintf(`{"text":%s,"days":7,"sure":true,"roles":[" mt","employee"]}`, jsonText(typed))).wantStatus(t, http.StatusOK)
	for _, r := range []response{page, json} {
		body := strings.NewReplacer("&#34;", `"`, `\"`, `"`, `\\`, `\`).Replace(r.body)
		if strings.Count(body, want) != 2 || !strings.Contains(body, `["mt" "employee"]`) {
			t.Errorf("got %s, want %s twice", body, want)
		}
	}
	if p := p.post("/shout", `{"days":1.5}`).wantStatus(t, 422).problem(t); p.Code != "not_json" {
		t.Errorf("got %+v", p)
	}
	b.post("/shout", url.Values{"days": {"veel"}}).wantStatus(t, 422)
	b.post("/shout", url.Values{"sure": {"misschien"}}).wantStatus(t, 422)
	b.post("/shout", url.Values{"text": {strings.Repeat("x", bodyLimit)}}).wantStatus(t, http.StatusRequestEntityTooLarge)
}

func jsonText(s string) string {
	s = strings.NewReplacer("\r", `\r`, "\n", `\n`, "\u0007", `\u0007`).Replace(s)
	return `"` + s + `"`
}

func TestAFileComesInAFormOrAsBase64(t *testing.T) {
	w := newWorld(t)
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	f, err := m.CreateFormFile("file", "mensen.csv")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(f, "naam;rol")
	_ = m.WriteField("text", "hier")
	_ = m.Close()
	b := w.in("joost")
	r := w.request(http.MethodPost, "/shout", body.String())
	r.Header.Set("Content-Type", m.FormDataContentType())
	page := w.do(b.c, r).wantStatus(t, http.StatusOK)
	json := w.program("joost").post("/shout", `{"text":"hier","file":{"name":"mensen.csv","content":"bmFhbTtyb2w="}}`).wantStatus(t, http.StatusOK)
	for _, r := range []response{page, json} {
		r.wantBody(t, "mensen.csv", "naam;rol", "hier")
	}
}

func TestWhoIsNotSignedInIsAskedToBe(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	r := b.get("/teams/t1?tab=2").wantStatus(t, http.StatusSeeOther)
	if want := "/signin?to=%2Fteams%2Ft1%3Ftab%3D2"; r.location != want {
		t.Errorf("sent to %s, want %s", r.location, want)
	}
	r = program{w: w}.get("/teams/t1").wantStatus(t, http.StatusUnauthorized)
	if p := r.problem(t); p.Code != "not_signed_in" || r.header.Get("WWW-Authenticate") != "Bearer" {
		t.Errorf("got %s", r)
	}
	program{w: w, token: "guess"}.post("/teams", `{"name":"Noord"}`).wantStatus(t, http.StatusUnauthorized)

	// A form that was sent after the session ended leads back to its page.
	late := w.request(http.MethodPost, "/teams", "name=Noord")
	late.Header.Set("Referer", w.http.URL+"/teams/new")
	if r := w.do(b.c, late); r.location != "/signin?to=%2Fteams%2Fnew" {
		t.Errorf("sent to %s", r.location)
	}
}

func TestWhoLeftTheProgrammeIsOut(t *testing.T) {
	w := newWorld(t)
	b, p := w.in("joost"), w.program("joost")
	w.execute("tij", "marieke", programme.Leave{Programme: "tij", ID: "joost"})
	b.get("/programme").wantStatus(t, http.StatusSeeOther)
	p.get("/programme").wantStatus(t, http.StatusUnauthorized)
	w.browser().post("/signin", url.Values{"code": {w.codes["joost"]}}).wantStatus(t, http.StatusUnprocessableEntity)
}

func TestNothingCrossesTheProgrammesWall(t *testing.T) {
	w := newWorld(t)
	w.execute("vloed", "piet", programme.Start{ID: "vloed", Name: "Vloed", Lead: "piet", LeadName: "Piet"})
	w.execute("vloed", "piet", programme.FormTeam{Programme: "vloed", ID: "t9", Name: "Geheim"})
	p := w.program("marieke")
	p.get("/teams/t9").wantStatus(t, http.StatusNotFound)
	p.get("/programme").wantBody(t, `"name":"Tij"`)
}

func TestAnotherSiteCannotAskForSomebody(t *testing.T) {
	w := newWorld(t)
	b := w.in("marieke")
	for _, path := range []string{"/teams", "/signin", "/signout", apiPrefix + "/teams"} {
		for name, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://elders.example"} {
			r := w.request(http.MethodPost, path, "name=Noord")
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set(name, value)
			w.do(b.c, r).wantStatus(t, http.StatusForbidden)
		}
	}
	b.get("/programme").wantStatus(t, http.StatusOK)
}

func TestAPageWaitsForWhatWasJustDone(t *testing.T) {
	w := newWorld(t)
	b := w.in("marieke")
	pos := w.execute("tij", "marieke", programme.Rename{ID: "tij", Name: "Springtij"})
	b.get(fmt.Sprintf("/programme?after=%d", pos)).wantBody(t, "Springtij")
	// What is not there within a second is shown without it, with a word.
	r := b.get(fmt.Sprintf("/programme?after=%d", pos+1)).wantStatus(t, http.StatusOK)
	r.wantBody(t, "Springtij", "Je laatste wijziging staat hier nog niet bij.", fmt.Sprintf(`data-position="%d"`, pos))
}

func TestAPageCanBeSeenAsItWas(t *testing.T) {
	w := newWorld(t)
	w.move(48 * time.Hour)
	w.execute("tij", "marieke", programme.Rename{ID: "tij", Name: "Springtij"})
	b, p := w.in("marieke"), w.program("marieke")
	was := "/programme?" + paramAsOf + "="
	b.get(was+"2026-03-03").wantStatus(t, http.StatusOK).wantBody(t, "Naam: Tij.", "3 maart 2026", `data-stream=""`)
	b.get(was+"2026-03-04").wantStatus(t, http.StatusOK).wantBody(t, "Naam: Springtij.", `data-stream="/live"`)
	b.get(was+"2027-01-01").wantStatus(t, http.StatusOK).wantBody(t, "Naam: Springtij.")
	p.get(was+"2026-03-02").wantStatus(t, http.StatusOK).wantBody(t, `"name":"Tij"`)
	p.get(was+"2026-03-01").wantStatus(t, http.StatusNotFound)
	if p := p.get(was+"gisteren").wantStatus(t, http.StatusUnprocessableEntity).problem(t); p.Code != "not_a_day" {
		t.Errorf("got %+v", p)
	}
}

func TestOurOwnFaultsSayNothingButANumber(t *testing.T) {
	w := newWorld(t)
	b, p := w.in("marieke"), w.program("marieke")
	for _, id := range []string{"broken", "panics"} {
		problem := p.get("/teams/"+id).wantStatus(t, http.StatusInternalServerError).problem(t)
		if problem.Code != "internal" || problem.Request == "" || strings.Contains(problem.Detail, "EOF") {
			t.Errorf("got %+v", problem)
		}
		if !strings.Contains(w.log.String(), problem.Request) {
			t.Errorf("the log does not know request %s", problem.Request)
		}
		page := b.get("/teams/"+id).wantStatus(t, http.StatusInternalServerError)
		if strings.Contains(page.body, "EOF") || strings.Contains(page.body, "a secret") {
			t.Errorf("the page tells: %s", page)
		}
	}
	// What panics can hold what somebody typed.
	if log := w.log.String(); !strings.Contains(log, "panic=string") || strings.Contains(log, "a secret") {
		t.Errorf("the log tells too much, or too little: %s", log)
	}
}

func TestRequestsAreNotedWithoutWhoAndWhat(t *testing.T) {
	type seen struct {
		route  string
		status int
	}
	var noted []seen
	w := newWorld(t, func(c *Config) {
		c.Observe = func(route string, status int, _ time.Duration) { noted = append(noted, seen{route, status}) }
	})
	w.in("marieke").get("/teams/t1?q=wachtwoord").wantStatus(t, http.StatusNotFound)
	w.program("marieke").get("/programme")
	w.browser().get("/elders").wantStatus(t, http.StatusNotFound)
	want := []seen{
		{"POST /signin", 303},
		{"GET /teams/{id}", 404},
		{"POST /api/v1/signin", 200},
		{"GET /api/v1/programme", 200},
		{"/", 404},
	}
	if fmt.Sprint(noted) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", noted, want)
	}
	log := w.log.String()
	for _, secret := range []string{"wachtwoord", "t1", "arieke", "elders"} {
		if strings.Contains(log, secret) {
			t.Errorf("the log tells %q: %s", secret, log)
		}
	}
	if !strings.Contains(log, `route="GET /teams/{id}" status=404`) {
		t.Errorf("the log: %s", log)
	}
}

func TestTheTraceOfARequestTravelsWithItsAct(t *testing.T) {
	w := newWorld(t)
	const trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
	p := w.program("marieke")
	p.with("traceparent", trace).with("Idempotency-Key", "k1").post("/teams", `{"name":"Noord"}`).wantStatus(t, http.StatusOK)
	p.with("traceparent", "evil\"").with("Idempotency-Key", "k2").post("/teams", `{"name":"Zuid"}`).wantStatus(t, http.StatusOK)
	got := map[domain.ActID]string{}
	for rec, err := range w.srv.Past.(past).log.After(t.Context(), 2) {
		if err != nil {
			t.Fatal(err)
		}
		got[rec.Act.ID] = rec.Trace
	}
	if len(got) != 2 || got["k1"] != trace || got["k2"] != "" {
		t.Errorf("traces %v", got)
	}
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.Public = &url.URL{Scheme: "https", Host: "koers.example"} })
	r := w.browser().get("/signin").wantStatus(t, http.StatusOK)
	for name, want := range map[string]string{
		"Content-Security-Policy":   "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
		"X-Content-Type-Options":    "nosniff",
		"Referrer-Policy":           "same-origin",
		"Cache-Control":             "no-store",
		"Strict-Transport-Security": "max-age=63072000; includeSubDomains",
	} {
		if got := r.header.Get(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	r = w.browser().get(asset("app.css")).wantStatus(t, http.StatusOK)
	if got := r.header.Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
		t.Errorf("a file that never changes: %q", got)
	}
}

func TestPagesAreZippedForWhoCanReadThat(t *testing.T) {
	w := newWorld(t)
	r := w.request(http.MethodGet, "/signin", "")
	r.Header.Set("Accept-Encoding", "gzip")
	zipped := w.do(http.DefaultClient, r).wantStatus(t, http.StatusOK)
	plain := w.browser().get("/signin")
	if zipped.header.Get("Content-Encoding") != "gzip" || len(zipped.body) >= len(plain.body) {
		t.Errorf("got %v", zipped.header)
	}
}

func TestEveryoneBeginsAtTheirFirstPage(t *testing.T) {
	w := newWorld(t)
	if r := w.in("joost").get("/?after=2"); r.status != http.StatusSeeOther || r.location != "/programme?after=2" {
		t.Errorf("sent to %s", r)
	}
	if r := w.browser().get("/"); r.location != "/signin" {
		t.Errorf("sent to %s", r)
	}
}
