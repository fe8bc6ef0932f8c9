package main

import (
	"bytes"
	"context"
	"crypto/ecdh"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/cmd/koersvast/internal/station"
	"koersvast/domain"
	"koersvast/domain/council"
	"koersvast/domain/programme"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/eventstore"
	"koersvast/eventstore/ballotbox/ballot"
)

// A survey is rounds that are held in a program of their own, which runs as it
// does for people, and is asked as programs of theirs ask it. Each round is
// about another MT member; the same people answer in all of them. Today is
// their last day.
type survey struct {
	t       testing.TB
	storage storage
	coach   *ecdh.PrivateKey
	tokens  map[domain.PersonID]string
	rounds  []domain.RoundID
	staff   []domain.PersonID
	leaders []domain.PersonID

	program *program // that runs, or ran last
	where   *whereabouts
	after   domain.Position // what the next question should know of
}

// Who has a part in a survey. Their ids are long enough to be found.
const (
	surveyIn    = domain.ProgrammeID("meting")
	surveyLead  = domain.PersonID("lead-wilhelmina")
	surveyCoach = domain.PersonID("coach-cornelia")
)

func subjectOf(r domain.RoundID) domain.PersonID { return domain.PersonID("mt-of-" + string(r)) }

var surveyQuestions = []round.Question{
	{ID: "asks", Scale: round.HearSee, Text: "Vraagt door voordat er een oplossing komt."},
	{ID: "shares", Scale: round.Often, Text: "Deelt wat wel en niet is besloten."},
	{ID: "keeps", Scale: round.Often, Text: "Doet wat is toegezegd."},
	{ID: "line", Scale: round.Words, Text: "Wil je hier iets bij zeggen?"},
}

// newSurvey plans rounds for so many employees and informal leaders, ten days
// ago. Its program does not run yet.
func newSurvey(t testing.TB, rounds, staff, leaders int) *survey {
	t.Helper()
	now := time.Now()
	if domain.DayOf(now) != domain.DayOf(now.Add(patience)) {
		t.Skip("the day ends, and with it the rounds")
	}
	coach, err := ballot.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	s := &survey{
		t: t, storage: storage{Data: filepath.Join(t.TempDir(), "data")}, coach: coach,
		tokens: map[domain.PersonID]string{}, where: newWhereabouts(),
	}
	team := programme.AddPeople{Programme: surveyIn, People: []programme.NewPerson{
		{ID: surveyCoach, Name: "Cornelia", Roles: []domain.Role{domain.Coach}},
	}}
	add := func(id domain.PersonID, role domain.Role) {
		team.People = append(team.People, programme.NewPerson{ID: id, Name: "Naam van " + string(id), Roles: []domain.Role{role}})
	}
	var raters []round.Rater
	for i := range staff {
		s.staff = append(s.staff, domain.PersonID(fmt.Sprintf("employee-%03d", i)))
		raters = append(raters, round.Rater{Person: s.staff[i], Group: domain.Staff})
		add(s.staff[i], domain.Employee)
	}
	for i := range leaders {
		s.leaders = append(s.leaders, domain.PersonID(fmt.Sprintf("informal-%03d", i)))
		raters = append(raters, round.Rater{Person: s.leaders[i], Group: domain.Leaders})
		add(s.leaders[i], domain.InformalLeader)
	}
	for i := range rounds {
		s.rounds = append(s.rounds, domain.RoundID(fmt.Sprintf("round-%02d", i)))
		add(subjectOf(s.rounds[i]), domain.MT)
	}

	a, err := openApp(t.Context(), s.storage, logging{}.logger(t.Output()))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}()
	then := domain.DayOf(now).Add(-10)
	acts := 0
	do := func(by domain.PersonID, c ...eventstore.Step) {
		t.Helper()
		acts++
		act := domain.Act{ID: domain.ActID(fmt.Sprint("survey-", acts)), Programme: surveyIn, By: by, At: then.Start().Add(9 * time.Hour)}
		if s.after, err = eventstore.ExecuteAll(t.Context(), a.store, act, c...); err != nil {
			t.Fatal(err)
		}
	}
	do(surveyLead, eventstore.Do(programme.Start{ID: surveyIn, Name: "Meting", Lead: surveyLead, LeadName: "Wilhelmina"}))
	do(surveyLead, eventstore.Do(team))
	do(surveyLead, eventstore.Do(council.Size{Programme: surveyIn, Employees: 40}))
	for _, id := range s.rounds {
		promised := domain.PromiseID("promise-of-" + id)
		do(subjectOf(id), eventstore.Do(promise.Make{
			ID: promised, Terms: promise.Terms{Wording: "Ik vraag door voordat ik zelf iets voorstel."},
			Details: promise.Details{To: []domain.Party{domain.Everyone}},
		}))
		do(surveyLead, eventstore.Do(round.Plan{
			ID: id, Kind: domain.Check, Subject: subjectOf(id), Coach: surveyCoach, Promise: promised,
			Questions: surveyQuestions, Opens: then, Closes: domain.DayOf(now), Thresholds: domain.UsualThresholds,
		}))
		do(surveyLead, eventstore.Do(round.ApproveRaters{ID: id, Raters: raters}))
	}
	for _, p := range append(team.People, programme.NewPerson{ID: surveyLead}) {
		if s.tokens[p.ID], err = a.signin.Begin(t.Context(), signin.Who{Programme: surveyIn, Person: p.ID}, "nl", ""); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// run starts the program.
func (s *survey) run(flags ...string) {
	s.t.Helper()
	p, err := startProgram(s.storage.Data, "serve", flags...)
	if err != nil {
		s.t.Fatal(err)
	}
	s.program = p
	s.where.at(p.url)
	s.t.Cleanup(func() { _ = p.process.Kill() }) // if it still runs
}

// open has the coach make a key, and the lead open the rounds.
func (s *survey) open() {
	s.t.Helper()
	wrapped, err := ballot.Wrap(s.coach, "vier woorden zonder zin")
	if err != nil {
		s.t.Fatal(err)
	}
	s.do(surveyCoach, "/key", map[string]any{
		"public": encode(s.coach.PublicKey().Bytes()), "wrapped": encode(wrapped),
	})
	for _, id := range s.rounds {
		s.do(surveyLead, "/rounds/"+string(id)+"/open", map[string]any{})
	}
}

// ask asks the program something, as somebody who is signed in. A refusal is
// an error.
func (s *survey) ask(ctx context.Context, who domain.PersonID, method, path string, body any) ([]byte, error) {
	b, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	url, _ := s.where.look()
	r, err := http.NewRequestWithContext(ctx, method, url+path, bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+s.tokens[who])
	r.Header.Set("Content-Type", "application/json")
	return answered(r)
}

// answered sends a request and returns what came back.
func answered(r *http.Request) ([]byte, error) {
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close() //nolint:errcheck // it was read
	b, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK && res.StatusCode != http.StatusCreated {
		err = refused{res.StatusCode, string(b)}
	}
	return b, err
}

// refused is an answer that says no.
type refused struct {
	status int
	body   string
}

func (r refused) Error() string { return fmt.Sprintf("%d: %s", r.status, r.body) }

// get asks a question of the JSON API that must have an answer.
func (s *survey) get(who domain.PersonID, path string, into any) {
	s.t.Helper()
	b, err := s.ask(s.t.Context(), who, "GET", fmt.Sprintf("/api/v1%s?after=%d", path, s.after), nil)
	if err == nil {
		err = json.Unmarshal(b, into)
	}
	if err != nil {
		s.t.Fatalf("%s: %v", path, err)
	}
}

// do gives a command that must succeed.
func (s *survey) do(who domain.PersonID, path string, body any) {
	s.t.Helper()
	b, err := s.ask(s.t.Context(), who, "POST", fmt.Sprintf("/api/v1%s?after=%d", path, s.after), body)
	var done struct{ Position domain.Position }
	if err == nil {
		err = json.Unmarshal(b, &done)
	}
	if err != nil {
		s.t.Fatalf("%s: %v", path, err)
	}
	s.after = max(s.after, done.Position)
}

// openingKey opens the key of a round, as the coach's browser does.
func (s *survey) openingKey(id domain.RoundID) *ecdh.PrivateKey {
	s.t.Helper()
	var c struct{ Opening domain.Bytes }
	s.get(surveyCoach, "/rounds/"+string(id)+"/close", &c)
	key, err := station.OpenKey(s.coach, id, c.Opening)
	if err != nil {
		s.t.Fatal(err)
	}
	return key
}

// A voter is somebody who answers in a round.
type voter struct {
	round    domain.RoundID
	person   domain.PersonID
	manifest ballot.Manifest
	request  *ballot.Request
	ballot.Credential
}

// asked makes a voter of somebody who is asked in a round, without a
// credential yet.
func (s *survey) asked(id domain.RoundID, who domain.PersonID) *voter {
	s.t.Helper()
	var sh sheet
	s.get(who, "/rounds/"+string(id)+"/answer", &sh)
	m, err := ballot.ReadManifest(sh.Manifest)
	if err != nil {
		s.t.Fatal(err)
	}
	request, err := ballot.Ask(m)
	if err != nil {
		s.t.Fatal(err)
	}
	return &voter{round: id, person: who, manifest: m, request: request}
}

// registers has a voter's credential signed.
func (s *survey) registers(ctx context.Context, v *voter) error {
	b, err := s.ask(ctx, v.person, "POST", "/api/v1/rounds/"+string(v.round)+"/credential", map[string]any{"blinded": v.request.Blinded})
	if err != nil {
		return err
	}
	var got struct{ Signed []byte }
	if err := json.Unmarshal(b, &got); err != nil {
		return err
	}
	v.Credential, err = v.request.Credential(got.Signed)
	return err
}

// ballot seals an answer.
func (v *voter) ballot(t testing.TB, answer string, replace bool) ballot.Ballot {
	t.Helper()
	sealed, err := ballot.Seal(v.manifest, v.Nullifier(), []byte(answer))
	if err != nil {
		t.Fatal(err)
	}
	return ballot.Ballot{Credential: v.Credential, Sealed: sealed, Replace: replace}
}

// cast sends a ballot as somebody who does not say who they are.
func (s *survey) cast(ctx context.Context, b ballot.Ballot) error {
	url, _ := s.where.look()
	r, err := http.NewRequestWithContext(ctx, "POST", url+"/ballots", bytes.NewReader(b.Bytes()))
	if err != nil {
		return err
	}
	_, err = answered(r)
	return err
}

// counted tells whether the program says that a ballot was counted.
func (s *survey) counted(receipt string) bool {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), "GET", s.program.url+"/ballots/"+receipt, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	b, err := answered(r)
	if err != nil {
		s.t.Fatal(err)
	}
	return strings.Contains(string(b), "true")
}

// envelopes has the lead hand out envelopes to some employees, and returns the
// codes in them.
func (s *survey) envelopes(id domain.RoundID, to []domain.PersonID) []string {
	s.t.Helper()
	path := "/rounds/" + string(id) + "/envelopes"
	for _, who := range to {
		if _, err := s.ask(s.t.Context(), surveyLead, "POST", "/api/v1"+path+"/take", map[string]any{"person": who}); err != nil {
			s.t.Fatal(err)
		}
	}
	b, err := s.ask(s.t.Context(), surveyLead, "POST", "/api/v1"+path, map[string]any{"group": domain.Staff, "number": len(to)})
	var printed struct{ Codes []string }
	if err == nil {
		err = json.Unmarshal(b, &printed)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return printed.Codes
}

// castOnPaper answers with the code in an envelope, and returns the receipt.
func (s *survey) castOnPaper(code string, a round.Answer) (receipt string) {
	s.t.Helper()
	form := url.Values{"code": {code}}
	for q, x := range a.Sees {
		form.Set("sees-"+string(q), strconv.Itoa(x))
	}
	for q, x := range a.Hears {
		form.Set("hears-"+string(q), strconv.Itoa(x))
	}
	for q, w := range a.Words {
		form.Set("words-"+string(q), w.Text)
		form.Set("use-"+string(q), string(w.Use))
	}
	r, err := http.NewRequestWithContext(s.t.Context(), "POST", s.program.url+"/envelope/cast", strings.NewReader(form.Encode()))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	b, err := answered(r)
	if err != nil {
		s.t.Fatal(err)
	}
	shown := shownReceipt.FindSubmatch(b)
	if shown == nil {
		s.t.Fatalf("no receipt in %s", b)
	}
	return strings.ReplaceAll(string(shown[1]), " ", "")
}

var shownReceipt = regexp.MustCompile(`data-receipt[^>]*>([0-9a-f ]{19})<`)

// everybody is who is asked in a round.
func (s *survey) everybody(id domain.RoundID) []domain.PersonID {
	return slices.Concat(s.staff, s.leaders, []domain.PersonID{subjectOf(id)})
}

// closing is what closes a round.
func (s *survey) closing(id domain.RoundID) map[string]any {
	s.t.Helper()
	return map[string]any{"key": base64.StdEncoding.EncodeToString(s.openingKey(id).Bytes())}
}
