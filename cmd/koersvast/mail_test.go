package main

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/mail"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/cmd/koersvast/internal/station"
	"koersvast/domain"
	"koersvast/domain/programme"
	"koersvast/domain/round"
	"koersvast/eventstore"
	"koersvast/eventstore/ballotbox/ballot"
)

// A mailServer takes all mail, and passes on what it had not taken before: a
// program that stops just after it handed over a mail sends it again, under the
// same name.
type mailServer struct {
	port  int
	took  chan *mail.Message
	known sync.Map
}

func newMailServer(t *testing.T) *mailServer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m := &mailServer{port: listener.Addr().(*net.TCPAddr).Port, took: make(chan *mail.Message, 100)}
	server := smtp.NewServer(m)
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	t.Cleanup(func() {
		_ = server.Close()
		<-served
	})
	return m
}

func (m *mailServer) NewSession(*smtp.Conn) (smtp.Session, error) { return m, nil }
func (m *mailServer) Reset()                                      {}
func (m *mailServer) Logout() error                               { return nil }
func (m *mailServer) Mail(string, *smtp.MailOptions) error        { return nil }
func (m *mailServer) Rcpt(string, *smtp.RcptOptions) error        { return nil }

func (m *mailServer) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	got, err := mail.ReadMessage(bytes.NewReader(b))
	if err != nil {
		return err
	}
	if _, known := m.known.LoadOrStore(got.Header.Get("Message-Id"), true); !known {
		m.took <- got
	}
	return nil
}

// options are what a program is told of the server.
func (m *mailServer) options() mailing {
	return mailing{SMTPHost: "127.0.0.1", SMTPPort: m.port, SMTPFrom: "koers@tij.example", SMTPTLS: "none"}
}

// receiver is who a mail is for.
func receiver(m *mail.Message) domain.PersonID {
	who, _, _ := strings.Cut(strings.Trim(m.Header.Get("To"), "<>"), "@")
	return domain.PersonID(who)
}

// waiting returns to whom mail came since it was last asked.
func (m *mailServer) waiting() (to []domain.PersonID) {
	for len(m.took) > 0 {
		to = append(to, receiver(<-m.took))
	}
	slices.Sort(to)
	return to
}

// both are the two ways in which a mail says the same.
func both(t *testing.T, m *mail.Message) (text, page string) {
	t.Helper()
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("a mail is %s, %v", kind, err)
	}
	parts, r := map[string]string{}, multipart.NewReader(m.Body, params["boundary"])
	for {
		part, err := r.NextPart()
		if err == io.EOF {
			return parts["text/plain"], parts["text/html"]
		}
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		kind, _, _ := strings.Cut(part.Header.Get("Content-Type"), ";")
		parts[kind] = string(b)
	}
}

// TestPeopleAreInvitedAndRemindedByMail starts the program with a mail server.
// Whoever is asked gets an invitation, in the language that they read; in the
// weeks after it only who has taken no ballot paper is reminded, three times.
func TestPeopleAreInvitedAndRemindedByMail(t *testing.T) {
	t.Parallel()
	const in, id = domain.ProgrammeID("tij"), domain.RoundID("r1")
	server := newMailServer(t)
	today := domain.DayOf(time.Now())
	coach, err := ballot.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	s := storage{Data: filepath.Join(t.TempDir(), "data")}
	open := func(f func(*app)) {
		t.Helper()
		a, err := openApp(t.Context(), s, logging{}.logger(t.Output()))
		if err != nil {
			t.Fatal(err)
		}
		f(a)
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
	var acts int
	do := func(a *app, steps ...eventstore.Step) {
		t.Helper()
		acts++
		act := domain.Act{ID: domain.ActID(fmt.Sprint("mail-", acts)), Programme: in, By: "lea", At: time.Now()}
		if _, err := eventstore.ExecuteAll(t.Context(), a.store, act, steps...); err != nil {
			t.Fatal(err)
		}
	}
	var boxes []round.Box
	open(func(a *app) {
		team := programme.AddPeople{Programme: in, People: []programme.NewPerson{
			{ID: "sam", Name: "Sam de Groot", Roles: []domain.Role{domain.MT}, Email: "sam@tij.example"},
			{ID: "cor", Name: "Cor Bakker", Roles: []domain.Role{domain.Coach}, Email: "cor@tij.example"},
		}}
		var raters []round.Rater
		for _, who := range pollStaff {
			team.People = append(team.People, programme.NewPerson{
				ID: who, Name: "Medewerker " + string(who), Roles: []domain.Role{domain.Employee}, Email: string(who) + "@tij.example",
			})
			raters = append(raters, round.Rater{Person: who, Group: domain.Staff})
		}
		least := domain.Thresholds{Peers: 3, Leaders: 3, Staff: 3}
		do(a, eventstore.Do(programme.Start{ID: in, Name: "Tij", Lead: "lea", LeadName: "Lea Vos", LeadEmail: "lea@tij.example"}))
		do(a, eventstore.Do(team))
		do(a, eventstore.Do(round.Plan{
			ID: id, Kind: domain.Check, Subject: "sam", Coach: "cor", Promise: "p1", Questions: pollQuestions,
			Opens: today, Closes: today.Add(40), Thresholds: least,
		}))
		do(a, eventstore.Do(round.ApproveRaters{ID: id, Raters: raters}))
		opening, err := a.station.Open(station.Opening{
			ID: id, Raters: append(raters, round.Rater{Person: "sam", Group: domain.Self}), Thresholds: least,
			Questions: pollQuestions, Coach: encode(coach.PublicKey().Bytes()),
		})
		if err != nil {
			t.Fatal(err)
		}
		do(a, eventstore.Do(opening))
		boxes = opening.Boxes
		if _, err := a.signin.Begin(t.Context(), signin.Who{Programme: in, Person: "emil"}, "en", ""); err != nil {
			t.Fatal(err)
		}
	})

	p, err := startProgram(s.Data, "serve", "--log-level", "warn", "--public-url", "https://koers.tij.example",
		"--smtp-host", "127.0.0.1", "--smtp-port", strconv.Itoa(server.port), "--smtp-from", "koers@tij.example", "--smtp-tls", "none")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.process.Kill() }) // if it still runs
	var invited []domain.PersonID
	for range len(pollStaff) + 1 {
		select {
		case m := <-server.took:
			text, page := both(t, m)
			hello, other := "Dag Medewerker,", "Hello"
			switch receiver(m) {
			case "emil":
				hello, other = "Hello Medewerker,", "Dag"
			case "sam":
				hello = "Dag Sam,"
			}
			for kind, said := range map[string]string{"text": text, "page": page} {
				if !strings.Contains(said, hello) || strings.Contains(said, other) || !strings.Contains(said, "https://koers.tij.example/in/") {
					t.Errorf("the %s to %s has no %q, has %q, or has no link:\n%s", kind, receiver(m), hello, other, said)
				}
			}
			invited = append(invited, receiver(m))
		case <-time.After(patience):
			t.Fatalf("only %v were invited:\n%s", invited, p.notes)
		}
	}
	if err := p.end(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	slices.Sort(invited)
	if want := slices.Sorted(slices.Values(append([]domain.PersonID{"sam"}, pollStaff...))); !slices.Equal(invited, want) || len(server.took) > 0 {
		t.Errorf("invited were %v, and %d mails more; want %v", invited, len(server.took), want)
	}

	// The weeks after that, in the same folder with a clock that is moved.
	open(func(a *app) {
		mails, err := server.options().server()
		if err != nil {
			t.Fatal(err)
		}
		a.wind(&url.URL{Scheme: "https", Host: "koers.tij.example"}, mails)
		a.nearlyThere(t.Context())
		clock := a.clock // which the test winds itself
		a.clock = nil
		if err := a.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		takes := func(who domain.PersonID) {
			t.Helper()
			box, err := a.station.Box(boxes[slices.IndexFunc(boxes, func(b round.Box) bool { return b.Group == domain.Staff })].ID)
			if err != nil {
				t.Fatal(err)
			}
			request, err := ballot.Ask(box.Manifest())
			if err == nil {
				_, err = box.Issue(who, request.Blinded)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		reminded := map[domain.PersonID]int{}
		takes("eva")
		for day := 1; day < 40; day++ {
			clock.Now = func() time.Time { return today.Add(day).Start().Add(11 * time.Hour) }
			if err := clock.Tick(t.Context()); err != nil {
				t.Fatal(err)
			}
			to := server.waiting()
			for _, who := range to {
				reminded[who]++
			}
			if slices.Contains(to, "emil") {
				takes("emil")
			}
		}
		for who, want := range map[domain.PersonID]int{"eva": 0, "emil": 1, "esra": 3, "elin": 3, "evert": 3, "sam": 3} {
			if reminded[who] != want {
				t.Errorf("%s was reminded %d times, want %d", who, reminded[who], want)
			}
		}
	})
}
