package main

import (
	"bytes"
	"crypto/ecdh"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/cmd/koersvast/internal/web"
	"koersvast/domain"
	"koersvast/domain/council"
	"koersvast/domain/programme"
	"koersvast/domain/round"
	"koersvast/eventstore"
	"koersvast/eventstore/ballotbox/ballot"
)

// A ward is a whole server for a programme in which people are asked things,
// with a clock that can be moved. Lea leads it and Cor coaches; Sam, Mia and
// Tom are its management team; Olga works there and is never asked.
type ward struct {
	t      *testing.T
	app    *app
	data   string
	http   *httptest.Server
	tokens map[domain.PersonID]string

	mu      sync.Mutex
	later   time.Duration
	written bytes.Buffer // what the server writes about itself
}

func (w *ward) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.written.Write(b)
}

func (w *ward) noted() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.written.String()
}

const (
	wardIn     = domain.ProgrammeID("tij")
	passphrase = "zeven natte eilanden bij eb"
)

// Those who are asked.
var (
	wardStaff   = []domain.PersonID{"e1", "e2", "e3", "e4", "e5", "e6", "e7", "e8", "e9"}
	wardLeaders = []domain.PersonID{"l1", "l2", "l3", "l4", "l5"}
)

func newWard(t *testing.T) *ward {
	t.Helper()
	w := &ward{t: t, data: filepath.Join(t.TempDir(), "data"), tokens: map[domain.PersonID]string{}}
	a, err := openApp(t.Context(), storage{Data: w.data}, logging{}.logger(t.Output()))
	if err != nil {
		t.Fatal(err)
	}
	w.app = a
	a.nearlyThere(t.Context())
	if err := a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	pages := web.New(web.Config{
		Store: a.store, Views: a.views, Past: a.past, Signin: a.signin, Station: a.station, Now: w.now, NewID: newID,
		Logger: slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	w.http = httptest.NewServer(pages)
	t.Cleanup(func() {
		pages.Close()
		w.http.CloseClientConnections()
		w.http.Close()
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	team := programme.AddPeople{Programme: wardIn, People: []programme.NewPerson{
		{ID: "cor", Name: "Cor Bakker", Roles: []domain.Role{domain.Coach}},
		{ID: "sam", Name: "Sam de Groot", Roles: []domain.Role{domain.MT}},
		{ID: "mia", Name: "Mia Jansen", Roles: []domain.Role{domain.MT}},
		{ID: "tom", Name: "Tom Smit", Roles: []domain.Role{domain.MT}},
		{ID: "olga", Name: "Olga Prins", Roles: []domain.Role{domain.Employee}},
	}}
	for _, id := range wardStaff {
		team.People = append(team.People, programme.NewPerson{ID: id, Name: "Medewerker " + string(id), Roles: []domain.Role{domain.Employee}})
	}
	for _, id := range wardLeaders {
		team.People = append(team.People, programme.NewPerson{ID: id, Name: "Leider " + string(id), Roles: []domain.Role{domain.InformalLeader}})
	}
	act := domain.Act{ID: "begin", Programme: wardIn, By: "lea", At: w.now()}
	pos, err := eventstore.ExecuteAll(t.Context(), a.store, act,
		eventstore.Do(programme.Start{ID: wardIn, Name: "Tij", Lead: "lea", LeadName: "Lea Vos"}),
		eventstore.Do(team),
		eventstore.Do(council.Size{Programme: wardIn, Employees: 30}))
	if err == nil {
		err = a.views.Wait(t.Context(), pos)
	}
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *ward) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return time.Now().Add(w.later)
}

func (w *ward) today() domain.Day { return domain.DayOf(w.now()) }

func (w *ward) move(days int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.later += time.Duration(days) * 24 * time.Hour
}

// token is that of a session of somebody.
func (w *ward) token(who domain.PersonID) string {
	w.t.Helper()
	if w.tokens[who] == "" {
		token, err := w.app.signin.Begin(w.t.Context(), signin.Who{Programme: wardIn, Person: who}, "", "")
		if err != nil {
			w.t.Fatal(err)
		}
		w.tokens[who] = token
	}
	return w.tokens[who]
}

// ask asks something as somebody, or as nobody in particular.
func (w *ward) ask(who domain.PersonID, method, path string, body []byte, head ...string) reply {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), method, w.http.URL+path, bytes.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	switch {
	case who == "":
	case strings.HasPrefix(path, "/api/"):
		r.Header.Set("Authorization", "Bearer "+w.token(who))
	default:
		r.AddCookie(&http.Cookie{Name: "koersvast", Value: w.token(who)})
	}
	for pair := range slices.Chunk(head, 2) {
		r.Header.Set(pair[0], pair[1])
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return reply{w.t, method + " " + path + " as " + string(who), res.StatusCode, b}
}

// A reply is what the server said.
type reply struct {
	t      *testing.T
	asked  string
	status int
	body   []byte
}

func (r reply) want(status int, code string) reply {
	r.t.Helper()
	var problem struct{ Code string }
	_ = json.Unmarshal(r.body, &problem) // what is no problem has no code
	if r.status != status || problem.Code != code {
		r.t.Fatalf("%s: got %d %s, want %d %s", r.asked, r.status, r.body, status, code)
	}
	return r
}

func (r reply) into(v any) {
	r.t.Helper()
	if err := json.Unmarshal(r.body, v); err != nil {
		r.t.Fatal(err)
	}
}

// get asks a question that knows of all that was done.
func (w *ward) get(who domain.PersonID, path string) reply {
	w.t.Helper()
	last, err := w.app.log.Last(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return w.ask(who, "GET", fmt.Sprintf("%s?after=%d", path, last), nil)
}

type fields map[string]any

// do asks for something to be done, and returns the answer.
func (w *ward) do(who domain.PersonID, path string, f fields, head ...string) reply {
	w.t.Helper()
	b, err := json.Marshal(f)
	if err != nil {
		w.t.Fatal(err)
	}
	return w.ask(who, "POST", "/api/v1"+path, b, append(head, "Content-Type", "application/json")...)
}

// holdKey gives Cor a key, as a program does.
func (w *ward) holdKey() {
	w.t.Helper()
	key, err := ballot.NewKey()
	if err != nil {
		w.t.Fatal(err)
	}
	wrapped, err := ballot.Wrap(key, passphrase)
	if err != nil {
		w.t.Fatal(err)
	}
	w.do("cor", "/key", fields{"public": base64.StdEncoding.EncodeToString(key.PublicKey().Bytes()), "wrapped": base64.StdEncoding.EncodeToString(wrapped)}).want(200, "")
}

// promised makes a promise of Sam, and returns its id.
func (w *ward) promised() domain.PromiseID {
	w.t.Helper()
	w.do("sam", "/promises/new", fields{
		"id": "p1", "wording": "Ik vraag in elk overleg eerst door voordat ik zelf iets voorstel.", "situation": "In het weekoverleg.",
		"frequency": "Elke week.", "noticed": "Wie erbij zit, hoort de vragen.", "to": []string{"everyone"},
	}).want(200, "")
	return "p1"
}

// open plans and opens a round of a week about somebody.
func (w *ward) open(id domain.RoundID, f fields, raters fields) {
	w.t.Helper()
	for name, value := range map[string]any{
		"id": id, "coach": "cor", "opens": w.today(), "closes": w.today().Add(7),
		"threshold_peers": 3, "threshold_informal_leaders": 3, "threshold_employees": 5,
	} {
		f[name] = value
	}
	w.do("lea", "/rounds/new", f).want(200, "")
	w.do("lea", "/rounds/"+string(id)+"/approve", raters).want(200, "")
	w.do("lea", "/rounds/"+string(id)+"/open", fields{}).want(200, "")
}

var everybody = fields{"employees": wardStaff, "informal_leaders": wardLeaders}

// answer casts what somebody answers, without saying who.
func (w *ward) answer(id domain.RoundID, who domain.PersonID, sees, hears int, words ...round.Written) {
	w.t.Helper()
	var sheet struct {
		Manifest  []byte
		Questions []round.Question
	}
	w.get(who, "/api/v1/rounds/"+string(id)+"/answer").want(200, "").into(&sheet)
	m, err := ballot.ReadManifest(sheet.Manifest)
	if err != nil {
		w.t.Fatal(err)
	}
	request, err := ballot.Ask(m)
	if err != nil {
		w.t.Fatal(err)
	}
	var signed struct{ Signed []byte }
	w.do(who, "/rounds/"+string(id)+"/credential", fields{"blinded": request.Blinded}).want(200, "").into(&signed)
	credential, err := request.Credential(signed.Signed)
	if err != nil {
		w.t.Fatal(err)
	}
	a := round.Answer{Sees: map[domain.QuestionID]int{}, Hears: map[domain.QuestionID]int{}, Words: map[domain.QuestionID]round.Written{}}
	for i, q := range sheet.Questions {
		switch q.Scale {
		case round.HearSee:
			a.Sees[q.ID], a.Hears[q.ID] = sees, hears
		case round.Often:
			a.Sees[q.ID] = min(max(sees+i%3-1, round.Never), round.Always)
		case round.Words:
			if len(words) > 0 {
				a.Words[q.ID], words = words[0], words[1:]
			}
		}
	}
	text, err := json.Marshal(a)
	if err != nil {
		w.t.Fatal(err)
	}
	sealed, err := ballot.Seal(m, credential.Nullifier(), text)
	if err != nil {
		w.t.Fatal(err)
	}
	w.ask("", "POST", "/ballots", ballot.Ballot{Credential: credential, Sealed: sealed}.Bytes()).want(201, "")
}

// key opens the opening key of a round on Cor's device.
func (w *ward) key(id domain.RoundID) *ecdh.PrivateKey {
	w.t.Helper()
	var closing struct {
		Opening []byte
		Keys    []struct{ Public, Wrapped []byte }
	}
	w.get("cor", "/api/v1/rounds/"+string(id)+"/close").want(200, "").into(&closing)
	coach, err := ballot.Unwrap(closing.Keys[len(closing.Keys)-1].Wrapped, passphrase)
	if err != nil {
		w.t.Fatal(err)
	}
	key, err := ballot.OpenKey(coach, id, closing.Opening)
	if err != nil {
		w.t.Fatal(err)
	}
	return key
}

func sent(key *ecdh.PrivateKey) fields {
	return fields{"key": base64.StdEncoding.EncodeToString(key.Bytes())}
}

// close closes a round on its last day.
func (w *ward) close(id domain.RoundID) {
	w.t.Helper()
	w.move(7)
	w.do("cor", "/rounds/"+string(id)+"/close", sent(w.key(id))).want(200, "")
}

// A came is what somebody reads of what came out.
type came struct {
	Report *struct {
		Groups []struct {
			Group domain.RaterGroup
			Shown bool
		}
		Items   []round.Item
		Word    string
		Quality any
	}
	Comments    []round.Comment
	ForCoach    []round.Comment `json:"for_coach"`
	Paraphrases map[domain.QuestionID]string
	Mirror      *struct{ Strongest, Room, Talk []any }
}

func (w *ward) result(who domain.PersonID, id domain.RoundID) (c came) {
	w.t.Helper()
	w.get(who, "/api/v1/rounds/"+string(id)+"/result").want(200, "").into(&c)
	return c
}

func said(text string, use round.Use) round.Written { return round.Written{Text: text, Use: use} }

func TestOnlyACoachHoldsAKey(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	w.do("lea", "/key", fields{"public": "AA==", "wrapped": "AA=="}).want(403, "not_allowed")
	w.do("cor", "/key", fields{"public": "AA==", "wrapped": "AA=="}).want(422, "key_invalid")
	w.get("sam", "/key").want(403, "")
	var k struct {
		Held bool
		Open []any
	}
	w.get("cor", "/api/v1/key").want(200, "").into(&k)
	if k.Held {
		t.Error("Cor holds a key that was refused")
	}
	w.holdKey()
	w.get("cor", "/api/v1/key").want(200, "").into(&k)
	if !k.Held || len(k.Open) != 0 {
		t.Errorf("got %+v, want a key and no rounds", k)
	}
}

func TestOnlyTheCoachClosesARoundAndNotTooEarlyNorTwice(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	w.holdKey()
	w.open("r1", fields{"kind": "check", "promise": w.promised()}, everybody)
	for _, e := range wardStaff[:7] {
		w.answer("r1", e, 3, 5)
	}
	key := w.key("r1")
	for _, who := range []domain.PersonID{"lea", "sam", "olga", "e1"} {
		w.do(who, "/rounds/r1/close", sent(key)).want(403, "not_allowed")
		w.get(who, "/api/v1/rounds/r1/close").want(403, "not_allowed")
	}
	w.get("cor", "/api/v1/rounds/r1/result").want(409, "round_not_released")
	w.do("cor", "/rounds/r1/close", sent(key)).want(409, "round_too_early")
	w.answer("r1", wardStaff[7], 3, 5) // nothing was shut

	w.move(7)
	other, err := ballot.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range []fields{sent(other), {"key": "no base 64"}, {"key": ""}, {}} {
		w.do("cor", "/rounds/r1/close", wrong).want(403, "ballot_wrong_key")
	}
	w.answer("r1", wardStaff[8], 3, 5)

	// It can be sent again by who heard no answer.
	first := w.do("cor", "/rounds/r1/close", sent(key), "Idempotency-Key", "close-r1").want(200, "")
	again := w.do("cor", "/rounds/r1/close", sent(key), "Idempotency-Key", "close-r1").want(200, "")
	if !bytes.Equal(first.body, again.body) {
		t.Errorf("sent again: got %s, want %s", again.body, first.body)
	}
	w.do("cor", "/rounds/r1/close", sent(key)).want(409, "round_done")
	if c := w.result("cor", "r1"); c.Report == nil || c.Report.Word == "" {
		t.Errorf("got no report: %+v", c)
	}

	// The opening key is nowhere.
	secrets := [][]byte{key.Bytes(), []byte(base64.StdEncoding.EncodeToString(key.Bytes()))}
	for _, secret := range secrets {
		if strings.Contains(w.noted(), string(secret)) {
			t.Error("the key is in what the server wrote about itself")
		}
	}
	err = filepath.WalkDir(w.data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		for _, secret := range secrets {
			if bytes.Contains(b, secret) {
				t.Errorf("the key is in %s", path)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAKeyThatIsRefusedIsNotShownAgain(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	w.holdKey()
	w.open("r1", fields{"kind": "check", "promise": w.promised()}, everybody)
	w.move(7)
	other, err := ballot.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	text := base64.StdEncoding.EncodeToString(other.Bytes())
	r := w.ask("cor", "POST", "/rounds/r1/close", []byte("key="+strings.ReplaceAll(text, "+", "%2B")), "Content-Type", "application/x-www-form-urlencoded")
	if r.status != 403 || !bytes.Contains(r.body, []byte("data-refused")) {
		t.Fatalf("got %d %s", r.status, r.body)
	}
	if bytes.Contains(r.body, []byte(text)) || bytes.Contains(r.body, []byte("data-draft")) {
		t.Error("the page of a refused key holds it, or keeps drafts")
	}
}

func TestACheckIsForPromiserAndCoachUntilItIsShared(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	w.holdKey()
	w.open("r1", fields{"kind": "check", "promise": w.promised()}, fields{"employees": wardStaff, "informal_leaders": wardLeaders, "superior": "tom"})
	w.answer("r1", "sam", 5, 5)
	w.answer("r1", "tom", 1, 1)
	for i, e := range wardStaff {
		w.answer("r1", e, 2+i%2, 5-i%2, said("kanarie-letterlijk", round.Literally))
	}
	for _, l := range wardLeaders[:2] { // too few to be shown
		w.answer("r1", l, 1, 1, said("kanarie-coach", round.ForCoach))
	}
	w.close("r1")

	cor, sam := w.result("cor", "r1"), w.result("sam", "r1")
	if len(cor.Comments) != 9 || len(sam.Comments) != 9 || len(cor.ForCoach) != 0 || sam.Report.Quality != nil {
		t.Errorf("the coach reads %d and %d, the promiser %d", len(cor.Comments), len(cor.ForCoach), len(sam.Comments))
	}
	for _, who := range []domain.PersonID{"lea", "mia", "tom", "olga", "e1"} {
		w.get(who, "/api/v1/rounds/r1/result").want(403, "not_allowed")
		w.do(who, "/rounds/r1/share", fields{"with": "everyone"}).want(403, "not_allowed")
	}
	page := string(w.get("sam", "/rounds/r1/result").want(200, "").body)
	for _, words := range []string{"Mensen horen het vaker dan ze het zien.", "niet getoond", "kanarie-letterlijk", "Leidinggevende of bestuur"} {
		if !strings.Contains(page, words) {
			t.Errorf("the page of the promiser does not say %q", words)
		}
	}

	w.do("sam", "/rounds/r1/share", fields{"with": "the press"}).want(422, "round_audience")
	w.do("sam", "/rounds/r1/share", fields{"with": "mt"}).want(200, "")
	w.get("lea", "/api/v1/rounds/r1/result").want(403, "not_allowed")
	w.get("olga", "/api/v1/rounds/r1/result").want(403, "not_allowed")
	mia := w.result("mia", "r1")
	if len(mia.Comments)+len(mia.Paraphrases) != 0 || mia.Report.Quality != nil {
		t.Errorf("who it is shared with reads %+v", mia)
	}
	for _, i := range mia.Report.Items {
		if slices.ContainsFunc(i.Cells, func(c round.Cell) bool { return c.Group == domain.Superior }) {
			t.Error("what the superior answered is shared")
		}
	}
	w.do("sam", "/rounds/r1/share", fields{"with": "everyone"}).want(200, "")
	w.result("olga", "r1")
	w.do("sam", "/rounds/r1/share", fields{"with": "nobody"}).want(200, "")
	w.get("mia", "/api/v1/rounds/r1/result").want(403, "not_allowed")

	// The promise carries its check: how it came out for who may know.
	for who, knows := range map[domain.PersonID]bool{"sam": true, "mia": false} {
		var p struct {
			Checks []struct{ Round, Day, Word string }
		}
		w.get(who, "/api/v1/promises/p1").want(200, "").into(&p)
		if len(p.Checks) != 1 || p.Checks[0].Day != string(w.today()) || (p.Checks[0].Word != "") != knows {
			t.Errorf("%s sees checks %+v", who, p.Checks)
		}
		if page := w.get(who, "/promises/p1").want(200, "").body; bytes.Contains(page, []byte("/rounds/r1/result")) != knows || !bytes.Contains(page, []byte("Getoetst")) {
			t.Errorf("%s: the lifeline has no check, or leads to its result wrongly", who)
		}
	}

	// Who was asked reads what the promiser writes back; nobody else does.
	w.do("sam", "/rounds/r1/letter", fields{"letter": ""}).want(422, "required")
	w.do("sam", "/rounds/r1/letter", fields{"letter": "Dank jullie wel; ik ga meer vragen."}).want(200, "")
	w.do("sam", "/rounds/r1/letter", fields{"letter": "Nog een."}).want(409, "round_thanked")
	if page := w.get("e9", "/rounds/r1").want(200, "").body; !bytes.Contains(page, []byte("ik ga meer vragen")) {
		t.Error("who was asked does not read the letter")
	}
	w.do("sam", "/rounds/r1/share", fields{"with": "everyone"}).want(200, "")
	if b := w.get("olga", "/api/v1/rounds/r1/result").want(200, "").body; bytes.Contains(b, []byte("ik ga meer vragen")) {
		t.Error("who was not asked reads the letter")
	}
}

func TestTooFewAnswersAreDestroyedUnread(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	w.holdKey()
	w.open("r1", fields{"kind": "check", "promise": w.promised()}, everybody)
	for _, e := range wardStaff[:4] {
		w.answer("r1", e, 2, 5, said("kanarie", round.Literally))
	}
	w.close("r1")
	if c := w.result("cor", "r1"); c.Report != nil || len(c.Comments)+len(c.ForCoach) != 0 {
		t.Errorf("got %+v, want nothing", c)
	}
	if page := w.get("sam", "/rounds/r1/result").want(200, "").body; !bytes.Contains(page, []byte("Te weinig antwoorden")) {
		t.Error("the page does not say that there were too few")
	}
	w.do("cor", "/rounds/r1/close", sent(must(ballot.NewKey()))).want(409, "round_done")
	w.do("sam", "/rounds/r1/share", fields{"with": "mt"}).want(409, "round_not_released")
}

func must(key *ecdh.PrivateKey, err error) *ecdh.PrivateKey {
	if err != nil {
		panic(err)
	}
	return key
}

// wardPages are all pages of a ward with one round of that id, for browsers
// and, below /api/v1, for programs.
func wardPages(id string) (all []string) {
	for _, p := range []string{
		"/today", "/strategy", "/promises", "/promises/p1", "/expectations", "/rounds", "/history", "/people", "/key", "/coaching",
		"/rounds/" + id, "/rounds/" + id + "/answer", "/rounds/" + id + "/raters", "/rounds/" + id + "/privacy", "/rounds/" + id + "/close",
		"/rounds/" + id + "/result", "/rounds/" + id + "/comments", "/rounds/" + id + "/waive", "/rounds/" + id + "/letter",
	} {
		all = append(all, p, "/api/v1"+p)
	}
	return all
}

// wantUnread fails when anybody but Cor reads a text anywhere.
func (w *ward) wantUnread(id, text string, but ...domain.PersonID) {
	w.t.Helper()
	for _, who := range []domain.PersonID{"lea", "sam", "mia", "tom", "olga", "e1", "l1"} {
		if slices.Contains(but, who) {
			continue
		}
		for _, p := range wardPages(id) {
			if r := w.get(who, p); bytes.Contains(r.body, []byte(text)) {
				w.t.Errorf("%s reads %q at %s", who, text, p)
			}
		}
	}
}

func TestAReportIsReadByTheCoachFirstAndThenBySubjectAlone(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	w.holdKey()
	w.open("r1", fields{"kind": "feedback", "subject": "mia", "statements": true}, everybody)
	w.answer("r1", "mia", 5, 0)
	for i, e := range wardStaff {
		w.answer("r1", e, 2+i%3, 0, said(fmt.Sprint("kanarie-letterlijk-", i), round.Literally), said("kanarie-navertellen", round.InOtherWords), said("kanarie-coach", round.ForCoach))
	}
	for _, l := range wardLeaders {
		w.answer("r1", l, 4, 0)
	}
	w.close("r1")

	cor := w.result("cor", "r1")
	if len(cor.Comments) != 9 || len(cor.ForCoach) != 18 || cor.Mirror == nil || len(cor.Mirror.Strongest) != 3 || len(cor.Mirror.Room) != 3 || len(cor.Mirror.Talk) != 2 {
		t.Fatalf("the coach reads %d and %d, and %+v", len(cor.Comments), len(cor.ForCoach), cor.Mirror)
	}
	for _, text := range []string{"kanarie-letterlijk", "kanarie-navertellen", "kanarie-coach"} {
		w.wantUnread("r1", text)
	}
	w.get("mia", "/api/v1/rounds/r1/result").want(403, "not_allowed")
	w.do("mia", "/rounds/r1/waive", fields{}).want(409, "round_not_read")
	w.do("cor", "/rounds/r1/debrief", fields{}).want(409, "round_not_read")
	w.do("mia", "/rounds/r1/read", fields{}).want(403, "not_allowed")
	w.do("cor", "/rounds/r1/read", fields{}).want(200, "")
	w.get("mia", "/api/v1/rounds/r1/result").want(403, "not_allowed")
	w.do("mia", "/rounds/r1/letter", fields{"letter": "Dank."}).want(409, "round_not_debriefed")
	if page := w.get("mia", "/rounds/r1/waive").want(200, "").body; !bytes.Contains(page, []byte("Ik lees het zonder gesprek")) || bytes.Contains(page, []byte("kanarie")) {
		t.Error("the subject is not asked, or reads something already")
	}

	masked := cor.Comments[0]
	w.do("cor", "/rounds/r1/comments/"+string(masked.ID)+"/mask", fields{"why": ""}).want(422, "required")
	w.do("cor", "/rounds/r1/comments/nothing/mask", fields{"why": "Noemt een naam."}).want(404, "round_no_comment")
	w.do("cor", "/rounds/r1/comments/"+string(masked.ID)+"/mask", fields{"why": "kanarie-reden"}).want(200, "")
	w.do("cor", "/rounds/r1/questions/more/paraphrase", fields{"text": "Men vraagt om meer tijd samen."}).want(200, "")
	w.do("mia", "/rounds/r1/questions/more/paraphrase", fields{"text": "Men is tevreden."}).want(403, "not_allowed")

	w.do("cor", "/rounds/r1/debrief", fields{"on": w.today().Add(1)}).want(422, "round_future")
	w.do("cor", "/rounds/r1/debrief", fields{"on": w.today()}).want(200, "")
	w.do("cor", "/rounds/r1/questions/more/paraphrase", fields{"text": "Toch anders."}).want(409, "round_settled")

	mia := w.result("mia", "r1")
	if len(mia.Comments) != 8 || mia.Paraphrases["more"] != "Men vraagt om meer tijd samen." || mia.Report.Quality != nil {
		t.Errorf("the subject reads %+v", mia)
	}
	page := string(w.get("mia", "/rounds/r1/result").want(200, "").body)
	if strings.Contains(page, masked.Text+"<") || !strings.Contains(page, "Men vraagt om meer tijd samen.") || !strings.Contains(page, "Niet voor beoordeling") {
		t.Error("the report shows what is masked, or not what the coach says, or not what it is for")
	}
	for _, text := range []string{"kanarie-navertellen", "kanarie-coach", "kanarie-reden"} {
		w.wantUnread("r1", text)
	}
	w.wantUnread("r1", "kanarie-letterlijk", "mia")
	w.wantUnread("r1", "Men vraagt om meer tijd samen.", "mia")
	w.do("mia", "/rounds/r1/share", fields{"with": "everyone"}).want(409, "round_no_check")
}

func TestASubjectMayReadWithoutATalk(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	w.holdKey()
	w.open("r1", fields{"kind": "feedback", "subject": "mia", "statements": true}, everybody)
	for _, e := range wardStaff {
		w.answer("r1", e, 3, 0)
	}
	w.close("r1")
	w.do("cor", "/rounds/r1/read", fields{}).want(200, "")
	w.do("cor", "/rounds/r1/waive", fields{}).want(403, "not_allowed")
	w.do("mia", "/rounds/r1/waive", fields{}).want(200, "")
	w.result("mia", "r1")
	if page := w.get("cor", "/rounds/r1/result").want(200, "").body; !bytes.Contains(page, []byte("Zonder gesprek")) {
		t.Error("the coach does not see that the talk was waived")
	}
}

func TestTodayAsksOfCoachAndSubjectWhatARoundNeeds(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	wants := func(who domain.PersonID, asks string) {
		t.Helper()
		var today struct {
			Rounds []struct{ Asks string }
		}
		w.get(who, "/api/v1/today").want(200, "").into(&today)
		got := ""
		for _, r := range today.Rounds {
			got += r.Asks
		}
		if got != asks {
			t.Errorf("%s is asked %q, want %q", who, got, asks)
		}
		w.get(who, "/today").want(200, "")
	}
	w.do("lea", "/rounds/new", fields{
		"id": "r0", "kind": "feedback", "subject": "mia", "statements": true, "coach": "cor", "opens": w.today(), "closes": w.today().Add(7),
	}).want(200, "")
	wants("cor", "key")
	w.holdKey()
	wants("cor", "")
	w.open("r1", fields{"kind": "feedback", "subject": "sam", "statements": true}, everybody)
	for _, e := range wardStaff {
		w.answer("r1", e, 3, 0)
	}
	wants("cor", "")
	w.move(7)
	wants("cor", "close")
	w.do("cor", "/rounds/r1/close", sent(w.key("r1"))).want(200, "")
	wants("cor", "read")
	wants("sam", "")
	w.do("cor", "/rounds/r1/read", fields{}).want(200, "")
	wants("cor", "debrief")
	w.do("cor", "/rounds/r1/debrief", fields{}).want(200, "")
	wants("cor", "")
	wants("sam", "result")
	w.do("sam", "/rounds/r1/letter", fields{"letter": "Dank jullie wel."}).want(200, "")
	wants("sam", "")
}

// A trending is what somebody reads of how it went from round to round.
type trending struct {
	Trends []struct {
		Points []struct {
			Round  domain.RoundID
			Sees   struct{ Value float64 }
			Change *round.Change
		}
	}
}

func (w *ward) trends(who domain.PersonID, path string) (points []string) {
	w.t.Helper()
	var tr trending
	w.get(who, "/api/v1"+path).want(200, "").into(&tr)
	for _, t := range tr.Trends {
		for _, p := range t.Points {
			said := fmt.Sprintf("%s %.1f", p.Round, p.Sees.Value)
			if p.Change != nil {
				said += fmt.Sprintf(" %+.1f %t", p.Change.Value, p.Change.Real)
			}
			points = append(points, said)
		}
	}
	return points
}

// TestATrendIsMadeOfWhatTheReaderMaySee has three checks of one promise: the
// second is like the first, and in the third people see it more.
func TestATrendIsMadeOfWhatTheReaderMaySee(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	w.holdKey()
	promise := w.promised()
	for n, sees := range []int{2, 2, 3} {
		id := domain.RoundID(fmt.Sprint("r", n+1))
		w.open(id, fields{"kind": "check", "promise": promise}, everybody)
		for i, e := range append(slices.Clone(wardStaff), wardLeaders...) {
			w.answer(id, e, sees+i%2, 4)
		}
		w.close(id)
		w.move(30)
	}
	want := func(who domain.PersonID, path string, want ...string) {
		t.Helper()
		if got := w.trends(who, path); !slices.Equal(got, want) {
			t.Errorf("%s reads at %s: %q, want %q", who, path, got, want)
		}
	}
	all := []string{"r1 2.5", "r2 2.5 +0.0 false", "r3 3.5 +1.0 true"}
	want("sam", "/rounds/r3/result", all...)
	want("cor", "/rounds/r3/result", all...)
	want("sam", "/rounds/r2/result", all[:2]...) // nothing of what came later
	want("sam", "/rounds/r1/result")

	page := string(w.get("sam", "/rounds/r3/result").want(200, "").body)
	if lines := strings.Count(page, `class="slope"`); lines != 1 {
		t.Errorf("%d lines are drawn, want one", lines)
	}
	for _, words := range []string{"geen duidelijk verschil", "+1,0, meer dan toeval", "De rondes als tabel"} {
		if !strings.Contains(page, words) {
			t.Errorf("the page does not say %q", words)
		}
	}

	// With whom the first and the last are shared, they know of the second
	// neither that it was nor what came of it.
	w.do("sam", "/rounds/r3/share", fields{"with": "mt"}).want(200, "")
	want("mia", "/rounds/r3/result")
	w.do("sam", "/rounds/r1/share", fields{"with": "mt"}).want(200, "")
	want("mia", "/rounds/r3/result", "r1 2.5", "r3 3.5")
	if page := string(w.get("mia", "/rounds/r3/result").want(200, "").body); strings.Contains(page, `class="slope"`) || !strings.Contains(page, "niet met elkaar vergeleken") {
		t.Error("what was not compared is drawn as if it was")
	}

	// What is no longer shared is not read by looking back either.
	shared := w.today()
	w.move(2)
	w.do("sam", "/rounds/r1/share", fields{"with": "nobody"}).want(200, "")
	want("mia", "/rounds/r3/result")
	last, err := w.app.log.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	back := func(who domain.PersonID) (tr trending) {
		t.Helper()
		w.ask(who, "GET", fmt.Sprintf("/api/v1/rounds/r3/result?asof=%s&after=%d", shared, last), nil).want(200, "").into(&tr)
		return tr
	}
	if got := back("mia").Trends; len(got) > 0 {
		t.Errorf("looking back, Mia reads %v", got)
	}
	if got := back("sam").Trends; len(got) != 1 || len(got[0].Points) != 3 {
		t.Errorf("looking back, Sam reads %v", got)
	}
}
