package main

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"koersvast/cmd/koersvast/internal/demo"
	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/domain"
	"koersvast/domain/coaching"
	"koersvast/eventstore"
)

// What is said in the coaching of the test, and who may read it.
var saidInCoaching = map[string][]domain.PersonID{
	"kanarie-doel":     {"coach", "mt-2", "mt-5"},
	"kanarie-opzet":    {"coach", "mt-2", "mt-5"},
	"kanarie-plek":     {"coach", "mt-2"},
	"kanarie-verzet":   {"coach", "mt-2"},
	"kanarie-samen":    {"coach", "mt-2"},
	"kanarie-ellen":    {"coach"},
	"kanarie-bas":      {"mt-2"},
	"kanarie-leren":    {"coach", "mt-2"},
	"kanarie-vordert":  {"coach", "mt-2"},
	"kanarie-alleen":   {"mt-2"},
	"kanarie-met-henk": {"noord-01", "mt-2"},
}

// TestWhatIsSaidInACoachingStaysThere has everybody of the example open every
// page that could show something of a coaching, and looks for what they may
// not read. That who may read it does, shows that it can be found.
func TestWhatIsSaidInACoachingStaysThere(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	if err := layExample(data); err != nil {
		t.Fatal(err)
	}
	a, err := openApp(t.Context(), storage{Data: data}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()
	for i, said := range coachingOfTheTest() {
		act := domain.Act{ID: domain.ActID(fmt.Sprintf("kanarie-%d", i)), Programme: demo.Lindeveer, By: said.by, At: time.Now()}
		if _, err := eventstore.Execute(t.Context(), a.store, act, said.cmd); err != nil {
			t.Fatalf("%T: %v", said.cmd, err)
		}
	}
	if err := a.views.CatchUp(t.Context(), a.log); err != nil {
		t.Fatal(err)
	}
	if err := a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	pages := a.web(nil, false, false, nil)
	defer pages.Close()
	site := httptest.NewServer(pages)
	defer site.Close()

	read := func(path string, as *http.Cookie) string {
		r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, site.URL+path, nil)
		if as != nil {
			r.AddCookie(as)
		}
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close() //nolint:errcheck // it was read
		b, err := io.ReadAll(res.Body)
		if err != nil || res.StatusCode >= http.StatusInternalServerError {
			t.Fatalf("%s: %s, %v", path, res.Status, err)
		}
		return string(b)
	}
	for _, g := range demo.Guests() {
		if g.Programme != demo.Lindeveer {
			continue
		}
		as := signInAs(t, a, site, g.Person)
		secret, err := a.signin.Subscribe(t.Context(), signin.Who{Programme: demo.Lindeveer, Person: g.Person})
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]bool{}
		look := func(path, page string) {
			for canary, readers := range saidInCoaching {
				if !strings.Contains(page, canary) {
					continue
				}
				if found[canary] = true; !slices.Contains(readers, g.Person) {
					t.Errorf("%s (%s) reads %q at %s", g.Name, g.Part, canary, path)
				}
			}
		}
		for _, path := range pagesOfACoaching {
			look(path, read(path, as))
			look("/api/v1"+path, read("/api/v1"+path, as))
		}
		feed := read("/calendar/"+secret+".ics", nil)
		look("their calendar", feed)
		if strings.Contains(strings.ReplaceAll(feed, "kanarie-plek", ""), "kanarie-") {
			t.Errorf("the calendar of %s says more than where:\n%s", g.Name, feed)
		}
		for canary, readers := range saidInCoaching {
			if slices.Contains(readers, g.Person) && !found[canary] {
				t.Errorf("%s (%s) finds %q nowhere", g.Name, g.Part, canary)
			}
		}
	}
}

// pagesOfACoaching are all that could show something of it.
var pagesOfACoaching = []string{
	"/today", "/coaching", "/coaching/new", "/coaching/k", "/coaching/k?asof=" + string(domain.DayOf(time.Now()).Add(-1)),
	"/coaching/k/prepare", "/coaching/k/revise", "/coaching/k/decline", "/coaching/k/plan", "/coaching/k/note", "/coaching/k/keep",
	"/coaching/k/close", "/coaching/k/goal", "/coaching/k/sessions/s/move", "/coaching/k/sessions/s/cancel", "/coaching/k/sessions/s/hold",
	"/coaching/k/sessions/s/calendar", "/coaching/k/notes/n1/amend", "/coaching/k/notes/n2/amend", "/coaching/k/notes/n3/amend",
	"/coaching/k/goals/g1/progress", "/coaching/k/goals/g1/share", "/coaching/k/goals/g1/revise-goal", "/coaching/k/goals/g2/drop", "/coaching/k/goals/g3/share",
	"/people", "/people/mt-2", "/history", "/history?person=mt-2", "/promises?by=mt-2", "/expectations", "/rounds", "/council", "/strategy",
}

type saidBy struct {
	by  domain.PersonID
	cmd domain.Command[coaching.State]
}

// coachingOfTheTest is a coaching of Bas by Ellen, with Nadia as sponsor.
func coachingOfTheTest() []saidBy {
	today := domain.DayOf(time.Now())
	slot := coaching.Slot{Day: today.Add(7), Start: "10:00", Minutes: 60}
	other := slot
	other.Start = "11:00"
	return []saidBy{
		{"mt-2", coaching.Propose{
			ID: "k", Coach: "coach", Coachee: "mt-2", Sponsor: "mt-5", Reason: coaching.OtherReason,
			Terms: coaching.Terms{Aims: "kanarie-doel", SetUp: "kanarie-opzet", From: today, Until: today.Add(90)},
		}},
		{"coach", coaching.Agree{ID: "k", Version: 1}},
		{"mt-5", coaching.Agree{ID: "k", Version: 1}},
		{"coach", coaching.PlanSession{ID: "k", Session: "s", Slot: slot, Place: "kanarie-plek"}},
		{"mt-2", coaching.MoveSession{ID: "k", Session: "s", Slot: other, Place: "kanarie-plek", Why: "kanarie-verzet"}},
		{"coach", coaching.ShareNote{ID: "k", Note: "n1", Text: "kanarie-samen"}},
		{"coach", coaching.KeepNote{ID: "k", Note: "n2", Text: "kanarie-ellen"}},
		{"mt-2", coaching.KeepNote{ID: "k", Note: "n3", Text: "kanarie-bas"}},
		{"mt-2", coaching.SetGoal{ID: "k", Goal: "g1", Text: "kanarie-leren"}},
		{"mt-2", coaching.NoteProgress{ID: "k", Goal: "g1", Text: "kanarie-vordert"}},
		{"mt-2", coaching.SetGoal{ID: "k", Goal: "g2", Text: "kanarie-alleen"}},
		{"mt-2", coaching.ShareGoal{ID: "k", Goal: "g2"}},
		{"mt-2", coaching.SetGoal{ID: "k", Goal: "g3", Text: "kanarie-met-henk"}},
		{"mt-2", coaching.ShareGoal{ID: "k", Goal: "g3", With: []domain.Party{domain.Person("noord-01")}}},
	}
}

func coachAndCoacheeFindEachOther(t *testing.T, h *house) {
	joost, ellen, marijke := h.guest(t, "Joost Willems"), h.guest(t, "Ellen Vos"), h.guest(t, "Marijke Hoekstra")
	today := domain.DayOf(time.Now())
	sanne := h.guest(t, "Sanne Verhoeven")
	sanne.follow("Coaching", "Coaching")
	sanne.Text("#reach", "4 van de 5 MT-leden hadden een gesprek")
	sanne.look()
	sanne.open("/people/mt-4")
	sanne.reads("Leidinggevende")
	sanne.follow("Leidinggevende", "Leidinggevende")
	sanne.look()

	// Somebody who is not coached yet asks for it; the three agree.
	nadia := h.guest(t, "Nadia Ramdin")
	nadia.follow("Coaching", "Coaching")
	nadia.look()
	nadia.follow("Stel coaching voor", "Wie gaat met wie aan de slag?")
	nadia.look()
	nadia.ClickRole("button", "Leg dit voor")
	nadia.Text(".errors", "dingen kloppen nog niet")
	nadia.look()
	nadia.Fill("[name=sponsor]", "mt-1")
	nadia.Fill("[name=aims]", "Ik leer om hulp te vragen.")
	nadia.Fill("[name=set_up]", "Elke maand een uur.")
	nadia.ClickRole("button", "Leg dit voor")
	nadia.Text("h1", "Ellen Vos coacht Nadia Ramdin")
	nadia.Text("#agreed-coachee", "Zei ja op")
	nadia.Text("#agreed-coach", "Heeft nog geen ja gezegd")
	nadia.look()
	nadia.Wait(`window.untouched = true`)
	address := nadia.path()
	ellen.Text("#asks", "Ellen Vos coacht Nadia Ramdin")
	ellen.look()
	ellen.follow("Coaching", "Mijn coachees")
	ellen.Text("#coached", "Wacht op jouw ja")
	ellen.look()
	for _, v := range []*visitor{ellen, marijke} {
		v.open(address)
		v.look()
		v.ClickRole("button", "Ja, zo doen we het")
		v.Text("#contract", "Zei ja op")
	}
	nadia.Text(".standing", "afgesproken")
	nadia.Wait(`window.untouched`)

	// They plan, meet, and write down what they read together and alone.
	ellen.open(address)
	ellen.follow("Plan een gesprek", "Plan een gesprek")
	ellen.look()
	ellen.Fill("[name=day]", string(today))
	ellen.Fill("[name=start]", "10:00")
	ellen.Fill("[name=place]", "Kamer Oever")
	ellen.ClickRole("button", "Plan het gesprek")
	ellen.Text("#sessions", "Kamer Oever")
	ellen.look()
	ellen.follow("Bereid je voor", "Voorbereiding")
	ellen.reads("Kamer Oever", "Wat Nadia Ramdin beloofde")
	ellen.look()
	ellen.open(address)
	ellen.follow("Is geweest", "Is geweest")
	ellen.look()
	ellen.ClickRole("button", "Dit gesprek is geweest")
	ellen.Text("#sessions", "Geweest")
	ellen.follow("Notitie voor jezelf", "Notitie voor jezelf")
	ellen.look()
	ellen.Fill("[name=text]", "Zij vroeg nu al om hulp.")
	ellen.ClickRole("button", "Bewaar voor mezelf")
	ellen.Text("#own-notes", "Zij vroeg nu al om hulp.")
	ellen.Text("#own-notes", "Alleen jij leest dit")
	ellen.follow("Gedeelde notitie", "Gedeelde notitie")
	ellen.Fill("[name=text]", "Volgende keer: wie kun je vragen?")
	ellen.ClickRole("button", "Deel de notitie")
	ellen.Text("#notes", "Volgende keer: wie kun je vragen?")
	ellen.look()
	nadia.Text("#notes", "Volgende keer: wie kun je vragen?")
	nadia.Wait(`!document.body.innerText.includes('Zij vroeg nu al om hulp')`)

	// A goal is hers, and she sees to it who reads it.
	nadia.follow("Nieuw leerdoel", "Nieuw leerdoel")
	nadia.look()
	nadia.Fill("[name=text]", "Ik vraag elke week iemand om hulp.")
	nadia.ClickRole("button", "Dit wil ik leren")
	nadia.Text("#goals", "Ik vraag elke week iemand om hulp.")
	nadia.follow("Voortgang", "Voortgang")
	nadia.Fill("[name=text]", "Vandaag aan Bas gevraagd.")
	nadia.ClickRole("button", "Leg dit vast")
	nadia.Text("#goals", "Vandaag aan Bas gevraagd.")
	nadia.follow("Wie leest dit?", "Wie leest dit?")
	nadia.look()
	nadia.ClickRole("checkbox", "het MT")
	nadia.ClickRole("button", "Zo is het goed")
	nadia.Text("#goals", "het MT")
	nadia.look()
	joost.open("/coaching")
	joost.Text("#shared", "Ik vraag elke week iemand om hulp.")
	joost.look()
	marijke.open(address)
	marijke.Text("#sessions", "Geweest")
	marijke.Wait(`!document.body.innerText.includes('Kamer Oever') && !document.querySelector('#notes')`)
	marijke.look()

	// Her calendar has an address of its own, which is shown once.
	nadia.open("/coaching")
	nadia.ClickRole("button", "Maak een adres")
	nadia.Text(".code", "/calendar/")
	nadia.look()
	nadia.open("/coaching")
	nadia.Text("#calendar", "Maak het adres ongeldig")
	nadia.open(address + "?lang=en")
	nadia.Text("h1", "Ellen Vos coaches Nadia Ramdin")
	nadia.look()
	nadia.open("/coaching?lang=nl")
	sanne.open("/coaching")
	sanne.Text("#reach", "5 van de 5 MT-leden hadden een gesprek")
}
