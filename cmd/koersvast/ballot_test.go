package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/cmd/koersvast/internal/station"
	"koersvast/cmd/koersvast/internal/web"
	"koersvast/domain"
	"koersvast/domain/round"
	"koersvast/eventstore"
	"koersvast/eventstore/ballotbox/ballot"
)

func encode(b []byte) domain.Bytes { return domain.Bytes(base64.StdEncoding.EncodeToString(b)) }

// A counter is a server for a poll, with a clock that can be moved, and what
// it writes and counts of its requests.
type counter struct {
	*poll
	app  *app
	http *httptest.Server

	// When set, it is called once, before the next act comes in the log.
	meanwhile func()

	mu       sync.Mutex
	later    time.Duration
	written  bytes.Buffer
	observed []string
}

func (c *counter) Write(b []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.written.Write(b)
}

func (c *counter) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.later)
}

func (c *counter) move(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.later += by
}

// noted is what was written and counted so far.
func (c *counter) noted() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.written.String() + strings.Join(c.observed, "\n")
}

func newCounter(t *testing.T) *counter {
	t.Helper()
	c := &counter{poll: newPoll(t)}
	a, err := openApp(t.Context(), c.storage, logging{}.logger(t.Output()))
	if err != nil {
		t.Fatal(err)
	}
	c.app = a
	a.nearlyThere(t.Context())
	if err := a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	pages := web.New(web.Config{
		Store: eventstore.NewStore(overtaken{a.log, c}), Views: a.views, Past: a.past, Signin: a.signin, Station: a.station, Now: c.now, NewID: newID,
		Logger: slog.New(slog.NewTextHandler(c, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Observe: func(route string, status int, _ time.Duration) {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.observed = append(c.observed, fmt.Sprint(route, status))
		},
	})
	c.http = httptest.NewServer(pages)
	t.Cleanup(func() {
		pages.Close()
		c.http.CloseClientConnections()
		c.http.Close()
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// An overtaken log lets something happen between what is decided and what is
// appended.
type overtaken struct {
	eventstore.Log
	c *counter
}

func (o overtaken) Append(ctx context.Context, act domain.Act, writes ...eventstore.Write) (domain.Position, error) {
	if do := o.c.meanwhile; do != nil {
		o.c.meanwhile = nil
		do()
	}
	return o.Log.Append(ctx, act, writes...)
}

// A heard is an answer of the server.
type heard struct {
	status int
	body   []byte
	code   string // of what was refused
}

func (c *counter) ask(method, path string, body []byte, head ...string) heard {
	c.t.Helper()
	r, err := http.NewRequestWithContext(c.t.Context(), method, c.http.URL+path, bytes.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	for pair := range slices.Chunk(head, 2) {
		r.Header.Set(pair[0], pair[1])
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	if len(res.Cookies()) > 0 && strings.Contains(path, "/ballots") {
		c.t.Errorf("%s sets cookies: %v", path, res.Cookies())
	}
	var problem struct{ Code, Detail string }
	_ = json.Unmarshal(b, &problem) // what is no problem has no code
	if problem.Code != "" && (problem.Detail == "" || res.Header.Get("Content-Type") != "application/problem+json") {
		c.t.Errorf("%s %s: %s %s", method, path, res.Header.Get("Content-Type"), b)
	}
	return heard{res.StatusCode, b, problem.Code}
}

func (h heard) want(t *testing.T, status int, code string) heard {
	t.Helper()
	if h.status != status || h.code != code {
		t.Fatalf("got %d %s: %s; want %d %s", h.status, h.code, h.body, status, code)
	}
	return h
}

// as is what signs a request of somebody.
func (c *counter) as(who domain.PersonID) []string {
	c.t.Helper()
	token, err := c.app.signin.Begin(c.t.Context(), signin.Who{Programme: pollIn, Person: who}, "", "")
	if err != nil {
		c.t.Fatal(err)
	}
	return []string{"Authorization", "Bearer " + token, "Content-Type", "application/json"}
}

// A sheet is what a program reads of what is asked.
type sheet struct {
	Group     domain.RaterGroup
	Standing  string
	Declined  bool
	Box       round.BoxID
	Manifest  []byte
	Questions []round.Question
	Asked     string
	Closes    domain.Day
	Minutes   int
}

func (c *counter) sheet(who domain.PersonID) (s sheet) {
	c.t.Helper()
	last, err := c.app.log.Last(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	h := c.ask("GET", fmt.Sprintf("/api/v1/rounds/r1/answer?after=%d", last), nil, c.as(who)...).want(c.t, 200, "")
	if err := json.Unmarshal(h.body, &s); err != nil {
		c.t.Fatal(err)
	}
	return s
}

func (c *counter) manifest(who domain.PersonID) ballot.Manifest {
	c.t.Helper()
	s := c.sheet(who)
	m, err := ballot.ReadManifest(s.Manifest)
	if err != nil {
		c.t.Fatal(err)
	}
	if m.ID().String() != string(s.Box) {
		c.t.Fatalf("the manifest is of %s, the log knows %s", m.ID(), s.Box)
	}
	return m
}

func (c *counter) request(m ballot.Manifest) *ballot.Request {
	c.t.Helper()
	r, err := ballot.Ask(m)
	if err != nil {
		c.t.Fatal(err)
	}
	return r
}

func (c *counter) sign(who domain.PersonID, blinded []byte) heard {
	c.t.Helper()
	body, err := json.Marshal(map[string]any{"blinded": blinded})
	if err != nil {
		c.t.Fatal(err)
	}
	return c.ask("POST", "/api/v1/rounds/r1/credential", body, c.as(who)...)
}

func (c *counter) credential(who domain.PersonID) (ballot.Manifest, ballot.Credential) {
	c.t.Helper()
	m := c.manifest(who)
	r := c.request(m)
	var got struct{ Signed []byte }
	if err := json.Unmarshal(c.sign(who, r.Blinded).want(c.t, 200, "").body, &got); err != nil {
		c.t.Fatal(err)
	}
	cred, err := r.Credential(got.Signed)
	if err != nil {
		c.t.Fatal(err)
	}
	return m, cred
}

func (c *counter) sealed(m ballot.Manifest, cred ballot.Credential, answers string, replace bool) []byte {
	c.t.Helper()
	sealed, err := ballot.Seal(m, cred.Nullifier(), []byte(answers))
	if err != nil {
		c.t.Fatal(err)
	}
	return ballot.Ballot{Credential: cred, Sealed: sealed, Replace: replace}.Bytes()
}

func (c *counter) cast(sent []byte, head ...string) heard {
	c.t.Helper()
	return c.ask("POST", "/ballots", sent, head...)
}

// wantBallots says how many are in the box of the employees.
func (c *counter) wantBallots(want int) {
	c.t.Helper()
	if n, err := c.box(c.app).Count(); err != nil || n != want {
		c.t.Errorf("%d ballots, want %d (%v)", n, want, err)
	}
}

const fine = `{"sees":{"ask":4,"share":0},"hears":{"ask":5},"words":{"more":{"text":"Vaker langskomen.","use":"literally"}}}`

func TestAProgramAnswersInConfidence(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	s := c.sheet("eva")
	if s.Group != domain.Staff || s.Standing != "nothing" || len(s.Questions) != 3 || s.Minutes != 3 || s.Closes != domain.DayOf(time.Now()).Add(7) {
		t.Errorf("got %+v", s)
	}
	m, cred := c.credential("eva")
	if got := c.sheet("eva").Standing; got != "credential" {
		t.Errorf("has %s", got)
	}
	before := c.noted()
	first := c.sealed(m, cred, `{"sees":{"ask":1}}`, false)
	c.cast(first).want(t, 201, "")
	c.cast(first).want(t, 201, "") // the answer was lost
	c.cast(c.sealed(m, cred, fine, false)).want(t, 409, "box_spent")
	c.cast(c.sealed(m, cred, fine, true)).want(t, 201, "")
	c.ask("POST", "/api/v1/ballots", c.sealed(m, cred, fine, true)).want(t, 201, "")
	c.ask("GET", "/ballots/"+cred.Nullifier().String(), nil).want(t, 200, "")
	if after := c.noted(); after != before {
		t.Errorf("casting was noted: %s", strings.TrimPrefix(after, before))
	}
	c.wantBallots(1)
	c.cast(c.sealed(m, cred, "", true)).want(t, 201, "")
	c.wantBallots(1)
}

func TestAnAnswerThatSaysWhoseItIsIsRefused(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	m, cred := c.credential("eva")
	sent := c.sealed(m, cred, fine, false)
	for _, head := range [][]string{
		{"Cookie", "koersvast=token"},
		{"Authorization", "Bearer token"},
		{"Referer", "https://koers.example/rounds/r1/answer"},
		{"Traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"},
		{"Idempotency-Key", "a"},
		{"From", "eva@example.org"},
		{"X-Request-Id", "7"},
	} {
		c.cast(sent, head...).want(t, 400, "says_who")
		c.ask("GET", "/ballots/"+cred.Nullifier().String(), nil, head...).want(t, 400, "says_who")
	}
	c.ask("POST", "/ballots?person=eva", sent).want(t, 400, "says_who")
	c.wantBallots(0)
}

func TestWhatIsNoBallotIsRefused(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	m, cred := c.credential("eva")
	sent := c.sealed(m, cred, fine, false)
	other := c.manifest("sam")
	before := c.noted()

	c.cast(sent[1:]).want(t, 422, "ballot_size")
	c.cast(append(slices.Clone(sent), 0)).want(t, 422, "ballot_size")
	c.cast(nil).want(t, 422, "ballot_size")
	forged := slices.Clone(sent)
	forged[1+ballot.PreparedSize] ^= 1
	c.cast(forged).want(t, 403, "ballot_invalid")
	elsewhere := slices.Clone(sent)
	elsewhere[1+32+20] ^= 1 // in the id of the box
	c.cast(elsewhere).want(t, 404, "box_unknown")
	// A credential of one's own box does not open another.
	moved := slices.Clone(sent)
	id := other.ID()
	copy(moved[1+32+len("koersvast-ballot-1\x00"):], id[:])
	c.cast(moved).want(t, 403, "ballot_invalid")
	c.ask("GET", "/ballots", nil).want(t, 404, "no_page")
	c.ask("GET", "/ballots/xyz", nil).want(t, 200, "")

	if after := c.noted(); after != before {
		t.Errorf("a refusal was noted: %s", strings.TrimPrefix(after, before))
	}
	c.wantBallots(0)
}

func TestEverybodyWhoIsAskedGetsOneCredential(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	m := c.manifest("eva")
	r := c.request(m)
	first := c.sign("eva", r.Blinded).want(t, 200, "")
	if again := c.sign("eva", r.Blinded).want(t, 200, ""); !bytes.Equal(first.body, again.body) {
		t.Errorf("the same request got another answer")
	}
	c.sign("eva", c.request(m).Blinded).want(t, 409, "box_credential_issued")
	c.sign("eva", []byte("short")).want(t, 422, "ballot_size")

	blinded := c.request(m).Blinded
	c.sign("olga", blinded).want(t, 403, "not_allowed")
	c.sign("lea", blinded).want(t, 403, "not_allowed")
	c.ask("POST", "/api/v1/rounds/r1/credential", []byte(`{}`), "Content-Type", "application/json").want(t, 401, "not_signed_in")

	if err := c.box(c.app).TakeEnvelope("emil"); err != nil {
		t.Fatal(err)
	}
	c.sign("emil", blinded).want(t, 409, "box_takes_envelope")
	if got := c.sheet("emil").Standing; got != "envelope" {
		t.Errorf("has %s", got)
	}

	c.ask("POST", "/api/v1/rounds/r1/decline", []byte(`{}`), c.as("esra")...).want(t, 200, "")
	if !c.sheet("esra").Declined {
		t.Error("did not decline")
	}
	c.sign("esra", blinded).want(t, 409, "round_declined")
	c.ask("POST", "/api/v1/rounds/r1/decline", []byte(`{}`), c.as("sam")...).want(t, 403, "round_no_rater")
}

func TestNobodyAnswersAfterTheLastDay(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	m, cred := c.credential("eva")
	sent := c.sealed(m, cred, fine, false)
	blinded := c.request(m).Blinded
	last := time.Until(domain.DayOf(time.Now()).Add(7).End())
	c.move(last - time.Minute)
	c.cast(sent).want(t, 201, "")
	c.move(2 * time.Minute)
	c.cast(c.sealed(m, cred, fine, true)).want(t, 409, "round_over")
	c.do(c.app, "lea", eventstore.Do(round.Cancel{ID: pollID, Why: "Het was een oefening."}))
	c.cast(sent).want(t, 409, "round_not_open")
	c.move(-last)
	c.sign("emil", blinded).want(t, 409, "round_not_open")
}

func TestWhoAnsweredFindsThatItWasCounted(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	var receipts []string
	for _, who := range pollStaff[:3] {
		m, cred := c.credential(who)
		c.cast(c.sealed(m, cred, fine, true)).want(t, 201, "")
		receipts = append(receipts, cred.Nullifier().String())
	}
	counted := func(receipt string, want bool) {
		t.Helper()
		h := c.ask("GET", "/ballots/"+receipt, nil).want(t, 200, "")
		if got := strings.TrimSpace(string(h.body)); got != fmt.Sprintf(`{"counted":%v}`, want) {
			t.Errorf("%s: got %s, want %v", receipt, got, want)
		}
	}
	counted(receipts[0], false)
	c.release(c.app)
	for _, r := range receipts {
		counted(r, true)
		counted(r[:16], true)
		counted(r[:15], false)
	}
	counted(strings.Repeat("0", 64), false)
	counted("%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25", false)
}

// form posts a form, as a browser without scripts does: with its cookies.
func (c *counter) form(path string, fields ...string) heard {
	c.t.Helper()
	form := url.Values{}
	for pair := range slices.Chunk(fields, 2) {
		form.Add(pair[0], pair[1])
	}
	return c.ask("POST", path, []byte(form.Encode()), "Content-Type", "application/x-www-form-urlencoded", "Cookie", "koersvast=token")
}

func (h heard) wantText(t *testing.T, text string) heard {
	t.Helper()
	if !strings.Contains(string(h.body), text) {
		t.Errorf("got %s, want %q in it", h.body, text)
	}
	return h
}

func TestWhoDrewAnEnvelopeAnswersWithItsCode(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	codes := c.envelopes(c.app, pollStaff[:3]...)
	before := c.noted()
	c.ask("GET", "/envelope", nil).want(t, 200, "").wantText(t, "Typ de code")
	c.ask("GET", "/envelope?lang=en", nil).want(t, 200, "").wantText(t, "Type the code")
	c.form("/envelope").want(t, 422, "").wantText(t, "Vul dit in")
	c.form("/envelope", "code", strings.ToLower(strings.ReplaceAll(codes[0], "-", " "))).want(t, 200, "").wantText(t, "Sam vraagt door").wantText(t, "Wat kan Sam vaker doen?")

	c.form("/envelope/cast", "code", codes[0]).want(t, 422, "").wantText(t, "Beantwoord minstens één vraag")
	c.form("/envelope/cast", "code", codes[0], "sees-ask", "9").want(t, 422, "")
	c.form("/envelope/cast", "code", codes[0], "words-more", strings.Repeat("é", round.LongestWords+1), "use-more", "literally").
		want(t, 422, "").wantText(t, "Maak een tekst korter").wantText(t, "éééé")
	c.wantBallots(0)

	receipt := regexp.MustCompile(`data-receipt>([0-9a-f ]+)<`)
	var receipts []string
	for _, code := range codes {
		h := c.form("/envelope/cast", "code", code, "hears-ask", "5", "sees-ask", "4", "sees-share", "0", "words-more", "Langskomen & <luisteren>", "use-more", "literally").
			want(t, 201, "").wantText(t, "Je antwoord zit in de stembus")
		receipts = append(receipts, receipt.FindStringSubmatch(string(h.body))[1])
	}
	c.form("/envelope/cast", "code", codes[0], "sees-ask", "1").want(t, 409, "").wantText(t, "Hiermee is al een antwoord ingeleverd")
	if after := c.noted(); after != before {
		t.Errorf("casting was noted: %s", strings.TrimPrefix(after, before))
	}
	c.wantBallots(3)

	c.form("/envelope/receipt", "receipt", receipts[0]).want(t, 200, "").wantText(t, "staat niet bij de getelde antwoorden")
	c.release(c.app)
	for _, r := range receipts {
		c.form("/envelope/receipt", "receipt", " "+strings.ToUpper(r)).want(t, 200, "").wantText(t, "Jouw antwoord is meegeteld")
	}
	c.form("/envelope", "code", codes[0]).want(t, 404, "")
}

func TestCodesOfEnvelopesCannotBeGuessed(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	code := c.envelopes(c.app, "emil")[0]
	for range 10 {
		c.form("/envelope", "code", "AAAAA-AAAAA-AAAA").want(t, 404, "").wantText(t, "Deze code kennen we niet")
	}
	c.form("/envelope", "code", code).want(t, 429, "")
	c.form("/envelope/cast", "code", code, "sees-ask", "4").want(t, 429, "")
	c.wantBallots(0)
}

func TestAnEnvelopeIsOfNoUseAfterTheLastDay(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	code := c.envelopes(c.app, "emil")[0]
	c.move(time.Until(domain.DayOf(time.Now()).Add(7).End()) + time.Minute)
	c.form("/envelope/cast", "code", code, "sees-ask", "4").want(t, 409, "").wantText(t, "De laatste dag van deze ronde is voorbij")
}

func TestWhoHasToDoWithARoundReadsHowItIsProtected(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	for who, want := range map[domain.PersonID]struct {
		group   domain.RaterGroup
		invited []domain.PersonID
	}{
		"eva": {domain.Staff, []domain.PersonID{"elin", "emil", "esra", "eva", "evert"}}, // by name
		"sam": {domain.Self, []domain.PersonID{"sam"}},
		"cor": {"", []domain.PersonID{}},
		"lea": {"", []domain.PersonID{}},
	} {
		var got struct {
			Group   domain.RaterGroup
			Invited []domain.PersonID
			Box     round.BoxID
		}
		h := c.ask("GET", "/api/v1/rounds/r1/privacy", nil, c.as(who)...).want(t, 200, "")
		if err := json.Unmarshal(h.body, &got); err != nil {
			t.Fatal(err)
		}
		if got.Group != want.group || !slices.Equal(got.Invited, want.invited) || (got.Box == "") != (want.group == "") {
			t.Errorf("%s: got %+v, want %+v", who, got, want)
		}
	}
	c.ask("GET", "/api/v1/rounds/r1/privacy", nil, c.as("olga")...).want(t, 403, "not_allowed")
	for _, who := range []domain.PersonID{"olga", "cor", "lea"} {
		c.ask("GET", "/api/v1/rounds/r1/answer", nil, c.as(who)...).want(t, 403, "not_allowed")
	}
}

func TestARoundThatIsGivenMoreDaysWhileItIsClosedTakesAnswers(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	answers := func(who ...domain.PersonID) (receipts []string) {
		for _, p := range who {
			m, cred := c.credential(p)
			c.cast(c.sealed(m, cred, fine, false)).want(t, 201, "")
			receipts = append(receipts, cred.Nullifier().String())
		}
		return receipts
	}
	closes := func() heard {
		var closing struct{ Opening domain.Bytes }
		asked := c.ask("GET", "/api/v1/rounds/r1/close", nil, c.as("cor")...).want(t, 200, "")
		if err := json.Unmarshal(asked.body, &closing); err != nil {
			t.Fatal(err)
		}
		key, err := station.OpenKey(c.coach, pollID, closing.Opening)
		if err != nil {
			t.Fatal(err)
		}
		body, err := json.Marshal(map[string]any{"key": key.Bytes()})
		if err != nil {
			t.Fatal(err)
		}
		return c.ask("POST", "/api/v1/rounds/r1/close", body, c.as("cor")...)
	}

	cast := answers("eva", "emil")
	c.move(7 * 24 * time.Hour)
	c.meanwhile = func() {
		c.do(c.app, "lea", eventstore.Do(round.Extend{ID: pollID, Closes: domain.DayOf(time.Now()).Add(10)}))
	}
	closes().want(t, 409, "round_too_early")
	cast = append(cast, answers("esra", "elin")...)
	c.move(3 * 24 * time.Hour)
	var done struct{ Position domain.Position }
	if err := json.Unmarshal(closes().want(t, 200, "").body, &done); err != nil {
		t.Fatal(err)
	}
	if err := c.caughtUp(c.app, done.Position); err != nil {
		t.Fatal(err)
	}
	for _, receipt := range cast {
		if h := c.ask("GET", "/ballots/"+receipt, nil).want(t, 200, ""); !strings.Contains(string(h.body), "true") {
			t.Errorf("%s was not counted: %s", receipt, h.body)
		}
	}
}
