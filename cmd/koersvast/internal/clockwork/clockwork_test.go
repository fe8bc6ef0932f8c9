package clockwork_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"mime"
	"mime/multipart"
	"net"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"

	"koersvast/cmd/koersvast/internal/clockwork"
	"koersvast/cmd/koersvast/internal/post"
	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/cmd/koersvast/internal/station"
	"koersvast/domain"
	"koersvast/domain/catalog"
	"koersvast/domain/council"
	"koersvast/domain/programme"
	"koersvast/domain/round"
	"koersvast/eventstore"
	"koersvast/eventstore/ballotbox"
	"koersvast/eventstore/ballotbox/ballot"
	"koersvast/eventstore/keys"
	"koersvast/projections"
	"koersvast/projections/coachings"
	"koersvast/projections/councils"
	"koersvast/projections/evidence"
	"koersvast/projections/expectations"
	"koersvast/projections/findings"
	"koersvast/projections/methods"
	"koersvast/projections/people"
	"koersvast/projections/promises"
	"koersvast/projections/rounds"
	"koersvast/projections/strategies"
)

// models are those that are looked at.
var models = []projections.Model{
	people.Model, strategies.Model, promises.Model, expectations.Model, councils.Model, rounds.Model, coachings.Model, evidence.Model,
	methods.Model, findings.Model,
}

// A mailbox is a mail server that keeps what it gets.
type mailbox struct {
	mu    sync.Mutex
	got   []*mail.Message
	codes map[string][]int // what it answers to an address, in turn
	took  func()           // called when it has taken a mail, before it says so
}

func (b *mailbox) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{box: b}, nil }

type session struct {
	box *mailbox
	to  string
}

func (s *session) Reset()                               {}
func (s *session) Logout() error                        { return nil }
func (s *session) Mail(string, *smtp.MailOptions) error { return nil }

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.box.mu.Lock()
	defer s.box.mu.Unlock()
	s.to = to
	if codes := s.box.codes[to]; len(codes) > 0 {
		s.box.codes[to] = codes[1:]
		if codes[0] != 250 {
			return &smtp.SMTPError{Code: codes[0], Message: "not now, or never"}
		}
	}
	return nil
}

func (s *session) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	m, err := mail.ReadMessage(bytes.NewReader(b))
	if err != nil {
		return err
	}
	s.box.mu.Lock()
	defer s.box.mu.Unlock()
	s.box.got = append(s.box.got, m)
	if s.box.took != nil {
		s.box.took()
	}
	return nil
}

// take returns what came since it was last asked, the receivers in order.
func (b *mailbox) take() (to []string, all []*mail.Message) {
	b.mu.Lock()
	defer b.mu.Unlock()
	all, b.got = b.got, nil
	slices.SortFunc(all, func(x, y *mail.Message) int { return strings.Compare(x.Header.Get("To"), y.Header.Get("To")) })
	for _, m := range all {
		name, _, _ := strings.Cut(strings.Trim(m.Header.Get("To"), "<>"), "@")
		to = append(to, name)
	}
	return to, all
}

// An office is the programme Tij with its clockwork, and a clock that is moved.
type office struct {
	*clockwork.Clockwork
	t     *testing.T
	dir   string
	views *projections.Projector
	mail  *mailbox
	log   *bytes.Buffer
	now   time.Time
	acts  int
}

var raters = []round.Rater{
	{Person: "els", Group: domain.Staff},
	{Person: "finn", Group: domain.Staff},
	{Person: "gijs", Group: domain.Staff},
	{Person: "hanna", Group: domain.Staff},
	{Person: "ivo", Group: domain.Staff},
}

// newOffice has a lead, Marieke, a coach, Carla, who holds a key, and Sam of
// the management team; Ivo has no address.
func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, dir: t.TempDir(), mail: &mailbox{codes: map[string][]int{}}, log: &bytes.Buffer{}}
	o.at("2026-03-01 09:00")
	vault := new(keys.Memory)
	log := eventstore.NewMemory(eventstore.NewCodec(catalog.Events(), vault))
	var err error
	if o.views, err = projections.Open(t.Context(), filepath.Join(o.dir, "views"), models, projections.Options{}); err != nil {
		t.Fatal(err)
	}
	boxes, err := ballotbox.Open(filepath.Join(o.dir, "boxes"), vault)
	if err != nil {
		t.Fatal(err)
	}
	codes, err := signin.Open(filepath.Join(o.dir, "signin.db"), []byte("a secret of some length"), func() time.Time { return o.now })
	if err != nil {
		t.Fatal(err)
	}
	outbox, err := post.Open(filepath.Join(o.dir, "outbox.db"))
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(o.mail)
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()

	ctx, stop := context.WithCancel(context.Background())
	projected := make(chan error, 1)
	go func() { projected <- o.views.Run(ctx, log) }()
	t.Cleanup(func() {
		stop()
		_ = server.Close()
		if err := errors.Join(<-projected, o.views.Close(), codes.Close(), outbox.Close()); err != nil {
			t.Error(err)
		}
		<-served
	})
	o.Clockwork = clockwork.New(clockwork.Config{
		Log: log, Store: eventstore.NewStore(log), Views: o.views, Station: station.New(boxes, log, vault), Signin: codes, Outbox: outbox,
		Mail:   &post.Server{Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port, From: "koers@tij.example", TLS: post.Plain},
		Public: &url.URL{Scheme: "https", Host: "koers.tij.example"},
		Now:    func() time.Time { return o.now },
		NewID:  func() string { o.acts++; return fmt.Sprint("act-", o.acts) },
		Logger: slog.New(slog.NewTextHandler(o.log, nil)),
	})

	person := func(id domain.PersonID, name string, role domain.Role) programme.NewPerson {
		p := programme.NewPerson{ID: id, Name: name, Roles: []domain.Role{role}}
		if id != "ivo" {
			p.Email = string(id) + "@tij.example"
		}
		return p
	}
	key, err := ballot.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	o.do("marieke", programme.Start{ID: "tij", Name: "Tij", Lead: "marieke", LeadName: "Marieke Kuiper", LeadEmail: "marieke@tij.example"})
	o.do("marieke", programme.AddPeople{Programme: "tij", People: []programme.NewPerson{
		person("carla", "Carla Dijk", domain.Coach), person("sam", "Sam Bos", domain.MT),
		person("els", "Els Vos", domain.Employee), person("finn", "Finn de Wit", domain.Employee), person("gijs", "Gijs Mol", domain.Employee),
		person("hanna", "Hanna Smit", domain.Employee), person("ivo", "Ivo Kok", domain.Employee),
	}})
	execute(o, "carla", programme.HoldKey{Programme: "tij", Public: domain.Bytes(base64.StdEncoding.EncodeToString(key.PublicKey().Bytes())), Wrapped: "wrapped"})
	execute(o, "marieke", council.Size{Programme: "tij", Employees: 40})
	return o
}

// at moves the clock.
func (o *office) at(moment string) {
	o.t.Helper()
	var err error
	if o.now, err = time.ParseInLocation("2006-01-02 15:04", moment, domain.Zone); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) do(by domain.PersonID, cmd domain.Command[programme.State]) {
	o.t.Helper()
	execute(o, by, cmd)
}

func execute[S any](o *office, by domain.PersonID, cmd domain.Command[S]) {
	o.t.Helper()
	o.acts++
	act := domain.Act{ID: domain.ActID(fmt.Sprint("act-", o.acts)), Programme: "tij", By: by, At: o.now}
	pos, err := eventstore.Execute(o.t.Context(), o.Store, act, cmd)
	if err == nil {
		err = o.views.Wait(o.t.Context(), pos)
	}
	if err != nil {
		o.t.Fatal(err)
	}
}

// plan plans a check of a promise of Sam's, about which five people are asked.
func (o *office) plan(id domain.RoundID, opens, closes domain.Day) {
	o.t.Helper()
	execute(o, "marieke", round.Plan{
		ID: id, Kind: domain.Check, Subject: "sam", Coach: "carla", Promise: "p1", Thresholds: domain.UsualThresholds,
		Questions: []round.Question{{ID: "asks", Scale: round.HearSee, Text: "Vraagt eerst door."}}, Opens: opens, Closes: closes,
	})
	execute(o, "marieke", round.ApproveRaters{ID: id, Raters: raters})
}

// tick lets the clockwork do what is due at a moment.
func (o *office) tick(moment string) {
	o.t.Helper()
	o.at(moment)
	if err := o.Tick(o.t.Context()); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) round(id domain.RoundID) (r rounds.Round) {
	o.t.Helper()
	err := o.views.Read(o.t.Context(), func(read projections.Reader, _ domain.Position) (err error) {
		r, err = rounds.TheRound(o.t.Context(), read, "tij", id)
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return r
}

// takePaper has somebody take a ballot paper, as their browser does.
func (o *office) takePaper(id domain.RoundID, who domain.PersonID) {
	o.t.Helper()
	var boxes []rounds.Box
	err := o.views.Read(o.t.Context(), func(read projections.Reader, _ domain.Position) (err error) {
		boxes, err = rounds.Boxes(o.t.Context(), read, "tij", id)
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	for _, b := range boxes {
		box, err := o.Station.Box(b.ID)
		if err != nil {
			o.t.Fatal(err)
		}
		request, err := ballot.Ask(box.Manifest())
		if err != nil {
			o.t.Fatal(err)
		}
		if _, err := box.Issue(who, request.Blinded); err == nil {
			return
		} else if !errors.Is(err, ballotbox.ErrNotInvited) {
			o.t.Fatal(err)
		}
	}
	o.t.Fatalf("%s is not asked", who)
}

func (o *office) wantMail(to ...string) []*mail.Message {
	o.t.Helper()
	got, all := o.mail.take()
	if diff := cmp.Diff(to, got); diff != "" {
		o.t.Errorf("mail to (-want +got):\n%s", diff)
	}
	return all
}

// outbox returns what is in the outbox file, message by message.
func (o *office) outbox() (waiting map[string]int) {
	o.t.Helper()
	all, err := o.Outbox.Open(o.t.Context(), "tij")
	if err != nil {
		o.t.Fatal(err)
	}
	waiting = map[string]int{}
	for _, m := range all {
		waiting[fmt.Sprintf("%s %s", m.Person, m.State)] = m.Nth
	}
	return waiting
}

// links counts the links that were made for each person.
func (o *office) links() map[string]int {
	o.t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(o.dir, "signin.db"))
	if err != nil {
		o.t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // only read
	rows, err := db.Query(`SELECT person, count(*) FROM invitation GROUP BY person`)
	if err != nil {
		o.t.Fatal(err)
	}
	defer rows.Close() //nolint:errcheck // only read
	made := map[string]int{}
	for rows.Next() {
		var person string
		var n int
		if err := rows.Scan(&person, &n); err != nil {
			o.t.Fatal(err)
		}
		made[person] = n
	}
	return made
}

func TestARoundOpensOnItsDayAndPeopleAreInvitedOnce(t *testing.T) {
	o := newOffice(t)
	o.plan("r1", "2026-03-03", "2026-03-20")
	o.tick("2026-03-02 12:00")
	o.tick("2026-03-03 09:29")
	if got := o.round("r1").Status; got != round.StatusApproved {
		t.Fatalf("before its moment it is %s", got)
	}
	o.wantMail()
	o.tick("2026-03-03 09:31")
	if got := o.round("r1"); got.Status != round.StatusOpen || got.Since != "2026-03-03" {
		t.Fatalf("on its day it is %s since %s", got.Status, got.Since)
	}
	o.wantMail("els", "finn", "gijs", "hanna", "sam")
	o.tick("2026-03-03 09:33")
	o.tick("2026-03-04 09:33")
	o.wantMail()
	if diff := cmp.Diff(map[string]int{"ivo waiting": 0}, o.outbox()); diff != "" {
		t.Errorf("who has no address waits for a hand (-want +got):\n%s", diff)
	}
}

func TestWhatTheClockDoesFollowsFromThePlan(t *testing.T) {
	o := newOffice(t)
	o.plan("r1", "2026-03-03", "2026-03-20")
	o.tick("2026-03-03 09:31")
	var acts []domain.Record
	for rec, err := range o.Log.Stream(t.Context(), domain.Stream{Programme: "tij", Kind: "round", ID: "r1"}, 0) {
		if err != nil {
			t.Fatal(err)
		}
		acts = append(acts, rec)
	}
	plan, open := acts[0], acts[len(acts)-1]
	if open.By != "marieke" || open.Cause != plan.ID || open.Correlation != plan.ID {
		t.Errorf("it opened by %s because of %q, want marieke and %q", open.By, open.Cause, plan.ID)
	}
}

func TestARoundThatWasApprovedTodayIsLeftToWhoApprovedIt(t *testing.T) {
	o := newOffice(t)
	o.at("2026-03-02 10:00")
	o.plan("r1", "2026-03-02", "2026-03-20")
	o.tick("2026-03-02 12:00")
	if got := o.round("r1").Status; got != round.StatusApproved {
		t.Errorf("on the same day it is %s", got)
	}
	o.tick("2026-03-03 09:30")
	if got := o.round("r1").Status; got != round.StatusOpen {
		t.Errorf("on the next day it is %s", got)
	}
}

func TestARoundThatMayNotOpenStays(t *testing.T) {
	o := newOffice(t)
	execute(o, "marieke", council.Size{Programme: "tij", Employees: 400})
	o.plan("r1", "2026-03-03", "2026-03-20")
	o.tick("2026-03-03 09:31")
	if got := o.round("r1").Status; got != round.StatusApproved {
		t.Errorf("without the works council it is %s", got)
	}
	execute(o, "marieke", council.Size{Programme: "tij", Employees: 40})
	execute(o, "els", round.DeclineToRate{ID: "r1"})
	o.tick("2026-03-03 09:33")
	if got := o.round("r1").Status; got != round.StatusApproved {
		t.Errorf("with too few people it is %s", got)
	}
	if boxes, err := o.Station.Boxes.IDs(); err != nil || len(boxes) > 0 {
		t.Errorf("%d ballot boxes were made for nothing, %v", len(boxes), err)
	}
	o.wantMail()
}

func TestAReminderIsForWhoHasTakenNothingAndHasNotDeclined(t *testing.T) {
	o := newOffice(t)
	o.plan("r1", "2026-03-02", "2026-03-20")
	o.tick("2026-03-02 09:30")
	o.wantMail("els", "finn", "gijs", "hanna", "sam")
	o.takePaper("r1", "finn")
	execute(o, "gijs", round.DeclineToRate{ID: "r1"})

	o.tick("2026-03-07 12:00") // a Saturday
	o.tick("2026-03-09 09:00")
	o.wantMail()
	o.tick("2026-03-09 09:30")
	for _, m := range o.wantMail("els", "hanna", "sam") {
		// Whom it is about cannot decline.
		if more := m.Header.Get("List-Unsubscribe"); (more == "") != strings.Contains(m.Header.Get("To"), "sam@") {
			t.Errorf("a reminder to %s says how to get no more of them: %q", m.Header.Get("To"), more)
		}
	}
	o.takePaper("r1", "els")
	o.takePaper("r1", "sam")
	o.tick("2026-03-12 10:00")
	o.wantMail("hanna")
	o.tick("2026-03-18 10:00")
	o.wantMail("hanna")
	o.tick("2026-03-20 10:00")
	o.wantMail()
	if r := o.round("r1"); r.Reminders != round.Reminders {
		t.Errorf("%d reminders were noted, want %d", r.Reminders, round.Reminders)
	}
}

func TestNothingThatIsKeptOfRemindersTellsWhoAnswered(t *testing.T) {
	// Two programmes that differ only in who took a ballot paper.
	rows := func(takers ...domain.PersonID) (o *office, kept map[string]int) {
		o = newOffice(t)
		o.plan("r1", "2026-03-02", "2026-03-20")
		o.tick("2026-03-02 09:30")
		before, err := os.ReadFile(filepath.Join(o.dir, "outbox.db"))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range takers {
			o.takePaper("r1", p)
		}
		after, err := os.ReadFile(filepath.Join(o.dir, "outbox.db"))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(before, after) {
			t.Error("taking a ballot paper changes the outbox")
		}
		o.mail.codes["hanna@tij.example"] = []int{250, 550} // after that, never again
		o.tick("2026-03-09 09:30")
		kept = o.outbox()
		maps.Copy(kept, o.links())
		return o, kept
	}
	_, none := rows()
	o, some := rows("els", "finn", "sam")
	if diff := cmp.Diff(none, some); diff != "" {
		t.Errorf("the outbox depends on who answered:\n%s", diff)
	}
	if diff := cmp.Diff(map[string]int{"ivo waiting": 0, "els": 4, "finn": 4, "gijs": 4, "hanna": 4, "sam": 4}, some); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	kept, err := os.ReadFile(filepath.Join(o.dir, "outbox.db"))
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"tij.example", "Els", "2026", "Sam Bos"} {
		if bytes.Contains(kept, []byte(secret)) {
			t.Errorf("the outbox knows %q", secret)
		}
	}
	if s := o.log.String(); strings.Contains(s, "els") || strings.Contains(s, "hanna") || strings.Contains(s, "r1") {
		t.Errorf("the log of the process tells who is reminded:\n%s", s)
	}
}

func TestAMailThatWasTakenBeforeACrashIsSentAgainUnderTheSameName(t *testing.T) {
	o := newOffice(t)
	o.plan("r1", "2026-03-02", "2026-03-20")
	ctx, crash := context.WithCancel(t.Context())
	o.mail.took = crash
	o.at("2026-03-02 09:30")
	if err := o.Tick(ctx); !errors.Is(err, context.Canceled) {
		t.Fatalf("the crash came as %v", err)
	}
	o.mail.took = nil
	before, first := o.mail.take()
	if len(first) != 1 {
		t.Fatalf("%d mails before the crash, want 1", len(first))
	}
	o.tick("2026-03-02 09:32")
	again := o.wantMail("els", "finn", "gijs", "hanna", "sam")
	for i, to := range []string{"els", "finn", "gijs", "hanna", "sam"} {
		same := again[i].Header.Get("Message-Id") == first[0].Header.Get("Message-Id")
		if same != (to == before[0]) {
			t.Errorf("mail to %s is named as the one to %s: %v", to, before[0], same)
		}
		if same && link(t, text(t, again[i])) != link(t, text(t, first[0])) {
			t.Error("the same mail has another link")
		}
	}
}

func TestAServerThatTakesNothingNowIsTriedAgainLater(t *testing.T) {
	o := newOffice(t)
	o.mail.codes["els@tij.example"] = []int{451, 451}
	o.mail.codes["finn@tij.example"] = []int{550}
	o.plan("r1", "2026-03-02", "2026-03-20")
	o.tick("2026-03-02 09:30")
	o.wantMail("gijs", "hanna", "sam")
	if diff := cmp.Diff(map[string]int{"els waiting": 0, "finn failed": 0, "ivo waiting": 0}, o.outbox()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	o.tick("2026-03-02 09:34")
	o.tick("2026-03-02 09:35") // refused again
	o.tick("2026-03-02 09:44")
	o.wantMail()
	o.tick("2026-03-02 09:45")
	o.wantMail("els")

	// A server that is away is left alone for everybody.
	o.plan("r2", "2026-03-03", "2026-03-20")
	port := o.Mail.Port
	o.Mail.Port = 1
	o.tick("2026-03-03 09:30")
	o.Mail.Port = port
	o.tick("2026-03-03 09:34")
	o.wantMail()
	o.tick("2026-03-03 09:35")
	o.wantMail("els", "finn", "gijs", "hanna", "sam")
}

func TestWhatAnInvitationSays(t *testing.T) {
	o := newOffice(t)
	if _, err := o.Signin.Begin(t.Context(), signin.Who{Programme: "tij", Person: "finn"}, "en", ""); err != nil {
		t.Fatal(err)
	}
	o.do("marieke", programme.GiveRoles{Programme: "tij", ID: "gijs", Roles: []domain.Role{domain.Employee, domain.Admin}})
	o.plan("r1", "2026-03-02", "2026-03-20")
	o.tick("2026-03-02 09:30")
	all := o.wantMail("els", "finn", "gijs", "hanna", "sam")
	els, finn, gijs, sam := all[0], all[1], all[2], all[4]

	dutch := text(t, els)
	for _, part := range []string{
		"Dag Els,", "Marieke Kuiper vraagt", "Sam Bos", "nooit voor beoordeling", "20 maart 2026", "Carla Dijk",
		"minstens 5 mensen", "vertrouwelijk, met technische waarborgen", "vrijwillig", "geen gevolgen",
		"https://koers.tij.example/rounds/r1/privacy",
	} {
		if !strings.Contains(dutch, part) {
			t.Errorf("the invitation does not say %q:\n%s", part, dutch)
		}
	}
	if got := decoded(t, els, "Subject"); got != "Merk je het bij Sam Bos?" {
		t.Errorf("its subject is %q", got)
	}
	if got := els.Header.Get("From"); got != `"Marieke Kuiper via Koersvast" <koers@tij.example>` {
		t.Errorf("it is from %s", got)
	}
	if els.Header.Get("List-Unsubscribe") != "" {
		t.Error("one can unsubscribe from an invitation")
	}
	if english := text(t, finn); !strings.Contains(english, "Hello Finn") || strings.Contains(english, "Dag") {
		t.Errorf("who reads English gets\n%s", english)
	}
	if self := text(t, sam); !strings.Contains(self, "Je vult de vragen zelf ook in") || strings.Contains(self, "minstens") {
		t.Errorf("who it is about gets\n%s", self)
	}
	if i, err := o.Signin.Accept(t.Context(), link(t, dutch), "phone"); err != nil || i.Person != "els" || i.Round != "r1" {
		t.Errorf("its link lets in %v, %v", i, err)
	}
	if admin := text(t, gijs); !strings.Contains(admin, "https://koers.tij.example/rounds/r1/answer") || strings.Contains(admin, "/in/") {
		t.Errorf("a mailbox is enough to be the administrator:\n%s", admin)
	}
}

func TestTheOutboxForgetsARoundThatIsOver(t *testing.T) {
	o := newOffice(t)
	o.plan("r1", "2026-03-02", "2026-03-20")
	o.tick("2026-03-02 09:30")
	o.tick("2026-03-20 12:00")
	if got := o.outbox(); len(got) != 1 {
		t.Errorf("on the last day %v is in the outbox, want what is for Ivo", got)
	}
	o.tick("2026-03-21 12:00")
	if got := o.outbox(); len(got) != 0 {
		t.Errorf("after the last day %v waits", got)
	}
	known := func() int {
		t.Helper()
		all, err := o.Outbox.Rounds(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	o.tick("2026-04-18 12:00")
	if known() != 1 {
		t.Error("within thirty days nobody knows any more who was invited")
	}
	o.tick("2026-04-19 12:00")
	if known() != 0 {
		t.Error("after thirty days the outbox still knows who was invited")
	}
}

// text is the part of a mail without make-up, which comes first. It is read
// once.
func text(t *testing.T, m *mail.Message) string {
	t.Helper()
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("a mail is %s, %v", kind, err)
	}
	part, err := multipart.NewReader(m.Body, params["boundary"]).NextPart()
	if err != nil || !strings.HasPrefix(part.Header.Get("Content-Type"), "text/plain") {
		t.Fatalf("a mail begins with %v, %v", part, err)
	}
	b, err := io.ReadAll(part)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(b), "\r\n", "\n")
}

// link is the token of the link in a text.
func link(t *testing.T, text string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, "https://koers.tij.example/in/")
	if !ok {
		t.Fatalf("no link in\n%s", text)
	}
	token, _, _ := strings.Cut(rest, "\n")
	return strings.TrimSpace(token)
}

func decoded(t *testing.T, m *mail.Message, header string) string {
	t.Helper()
	s, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get(header))
	if err != nil {
		t.Fatal(err)
	}
	return s
}
