package main

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"koersvast/cmd/koersvast/internal/browser"
	"koersvast/domain"
)

// With -shots, pictures of the pages that people pass are kept in that folder.
var shots = flag.String("shots", "", "folder for pictures of the pages")

// A device is what somebody has in front of them.
type device struct {
	name   string
	screen browser.Screen
	scheme browser.Scheme
}

var devices = []device{
	{"laptop", browser.Laptop, browser.Light},
	{"phone", browser.Phone, browser.Dark},
}

// TestJourneys follows people of the example through its pages.
func TestJourneys(t *testing.T) {
	everywhere(t, startExample, map[string]func(*testing.T, *house){
		"a promise is made, changed, broken and repaired":        aPromiseIsMadeChangedBrokenAndRepaired,
		"coach and coachee find each other":                      coachAndCoacheeFindEachOther,
		"an expectation and its answer arrive by themselves":     anExpectationAndItsAnswerArriveByThemselves,
		"the works council has its say":                          theWorksCouncilHasItsSay,
		"what is proposed for somebody else waits for them":      whatIsProposedForSomebodyElseWaitsForThem,
		"whoever looks back walks around in the past":            whoeverLooksBackWalksAroundInThePast,
		"the history is narrowed, and read in English":           theHistoryIsNarrowedAndReadInEnglish,
		"a keyboard is enough":                                   aKeyboardIsEnough,
		"a promise is made without scripts":                      aPromiseIsMadeWithoutScripts,
		"what was typed is there when the page is opened again":  whatWasTypedIsThereWhenThePageIsOpenedAgain,
		"pages are printed on few sheets that can be read aloud": pagesArePrinted,
		"invitations are brought by hand":                        invitationsAreBroughtByHand,
		"a list of people is taken as a whole or not at all":     aListOfPeopleIsTakenAsAWholeOrNotAtAll,
		"a source is coded":                                      aSourceIsCoded,
		"a picture comes about":                                  aPictureComesAbout,
	})
}

// TestAFirstStart follows a lead from the one-time link to the first colleague.
func TestAFirstStart(t *testing.T) {
	everywhere(t, starting("serve"), map[string]func(*testing.T, *house){"the lead begins and a colleague comes in": aFirstStart})
}

// everywhere tells stories on every device, each with a program of its own.
func everywhere(t *testing.T, start launch, stories map[string]func(*testing.T, *house)) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	for _, d := range devices {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			p, err := start(filepath.Join(t.TempDir(), "data"))
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				if err := p.end(syscall.SIGTERM); err != nil {
					t.Errorf("it ended with %v\n%s", err, p.notes)
				}
			}()
			h := &house{program: p, device: d}
			for _, name := range slices.Sorted(maps.Keys(stories)) {
				t.Run(name, func(t *testing.T) { stories[name](t, h) })
			}
		})
	}
}

// A house is the running program with the people in it.
type house struct {
	*program
	device device
	pages  int // that were looked at
}

// A visitor is somebody with a page open.
type visitor struct {
	*browser.Tab
	t     *testing.T
	house *house
}

// stranger is somebody who is not signed in.
func (h *house) stranger(t *testing.T) *visitor {
	t.Helper()
	return &visitor{browser.Open(t, h.device.screen, h.device.scheme), t, h}
}

// code is the personal code of somebody of the example.
func (h *house) code(t *testing.T, name string) string {
	t.Helper()
	code := regexp.MustCompile(`(\S+) +` + name).FindStringSubmatch(h.output)
	if code == nil {
		t.Fatalf("nobody is called %s in\n%s", name, h.output)
	}
	return code[1]
}

// guest is somebody of the example, signed in.
func (h *house) guest(t *testing.T, name string) *visitor {
	t.Helper()
	v := h.stranger(t)
	v.signIn(h.code(t, name))
	return v
}

func (v *visitor) signIn(code string) {
	v.t.Helper()
	v.open("/signin")
	v.Fill("[name=code]", code)
	v.ClickRole("button", "Naar binnen")
	v.At("/today")
}

func (v *visitor) open(path string) {
	v.t.Helper()
	v.Navigate(v.house.url + path)
}

// look sees whether everybody can use the page, nothing is cut off, and it
// says nothing that no locale file knows.
func (v *visitor) look() {
	v.t.Helper()
	v.Wait(`document.readyState === 'complete' && document.querySelector('main h1')`)
	v.Axe()
	v.NoOverflow()
	if browser.Eval[bool](v.Tab, `document.body.innerText.includes('⟦')`) {
		v.t.Errorf("%s says something that no locale file knows", v.path())
	}
	if *shots == "" {
		return
	}
	v.house.pages++
	v.Screenshot(filepath.Join(*shots, fmt.Sprintf("%s-%02d.png", strings.ReplaceAll(v.t.Name(), "/", "-"), v.house.pages)))
}

// follow takes a link, and waits for the page behind it.
func (v *visitor) follow(link, heading string) {
	v.t.Helper()
	v.ClickRole("link", link)
	v.Text("h1", heading)
}

// path is where the visitor is.
func (v *visitor) path() string {
	v.t.Helper()
	return browser.Eval[string](v.Tab, `location.pathname`)
}

// reads waits until the page says something.
func (v *visitor) reads(words ...string) {
	v.t.Helper()
	for _, w := range words {
		v.Text("main", w)
	}
}

// formsOffered counts what can be sent from the page's own part.
func (v *visitor) formsOffered() int {
	v.t.Helper()
	return browser.Eval[int](v.Tab, `document.querySelectorAll('main form[method=post]').length`)
}

func aPromiseIsMadeChangedBrokenAndRepaired(t *testing.T, h *house) {
	bas := h.guest(t, "Bas van Leeuwen")
	bas.look()
	bas.open("/promises")
	bas.look()
	bas.follow("Beloof iets", "Wat beloof je?")
	bas.look()

	// The checklist follows what is typed, and hints at words that say little.
	bas.Wait(`document.querySelectorAll('.checklist .ok').length === 0`)
	bas.Fill("[name=wording]", "Ik ga meer verbinden.")
	bas.Text(".checklist", "meer")
	bas.Text(".checklist", "kan niemand zien")
	bas.look()
	bas.Fill("[name=wording]", "Ik eet elke dinsdag mee in de kantine.")
	bas.Fill("[name=situation]", "In de pauze, aan een andere tafel.")
	bas.Wait(`document.querySelectorAll('.checklist .ok').length >= 3`)
	bas.Wait(`!document.querySelector('.checklist').innerText.includes('kan niemand zien')`)

	// It is refused: nobody hears it, and the day is over. What was typed stays.
	bas.Fill("[name=due]", "2020-02-02")
	bas.ClickRole("button", "Beloof iets")
	bas.Text(".errors", "2 dingen kloppen nog niet")
	bas.Wait(`document.activeElement.matches('.errors')`)
	bas.Wait(`document.querySelector('[name=wording]').value === 'Ik eet elke dinsdag mee in de kantine.'
		&& document.querySelector('[name=situation]').value === 'In de pauze, aan een andere tafel.'
		&& document.querySelector('[name=due]').value === '2020-02-02'`)
	bas.look()
	bas.Fill("[name=due]", "2999-01-31")
	bas.ClickRole("checkbox", "de medewerkers")
	bas.ClickRole("button", "Beloof iets")
	bas.Text("h1", "Ik eet elke dinsdag mee in de kantine.")
	bas.look()
	promise := bas.path()
	bas.open("/promises")
	bas.Text("#from-mt", "Ik eet elke dinsdag mee in de kantine.")

	// In other words, on another day: each with a reason, and what was said stays.
	bas.open(promise)
	bas.follow("Anders zeggen", "Anders zeggen")
	bas.reads("De oude woorden blijven zichtbaar")
	bas.look()
	bas.Fill("[name=wording]", "Ik eet elke donderdag mee in de kantine.")
	bas.ClickRole("button", "Anders zeggen")
	bas.Text(".errors", "Eén ding klopt nog niet")
	bas.Fill("[name=why]", "Op dinsdag is de kantine dicht.")
	bas.ClickRole("button", "Anders zeggen")
	bas.Text("h1", "Ik eet elke donderdag mee in de kantine.")
	bas.Text("#life del", "Ik eet elke dinsdag mee in de kantine.")
	bas.Text("#life", "Op dinsdag is de kantine dicht.")
	bas.follow("Dag verzetten", "Dag verzetten")
	bas.Fill("[name=due]", "2999-06-30")
	bas.Fill("[name=why]", "De zomer hoort erbij.")
	bas.ClickRole("button", "Dag verzetten")
	bas.reads("30 juni 2999", "Van 31 januari 2999 naar 30 juni 2999")
	bas.look()

	// Broken, it asks for a repair, until that is done.
	bas.follow("Niet nagekomen", "Niet nagekomen")
	bas.look()
	bas.Fill("[name=why]", "Ik zat vier weken thuis.")
	bas.ClickRole("button", "Niet nagekomen")
	bas.reads("Wat doe je om het goed te maken?")
	bas.open("/today")
	bas.Text("#asks", "Niet nagekomen: spreek herstel af")
	bas.follow("Ik eet elke donderdag mee", "Ik eet elke donderdag mee")
	bas.follow("Spreek herstel af", "Spreek herstel af")
	bas.Fill("[name=text]", "Ik kook een keer voor de hele kantine.")
	bas.Fill("[name=due]", "2999-07-31")
	bas.ClickRole("button", "Spreek herstel af")
	bas.reads("Er is herstel afgesproken, uiterlijk 31 juli 2999")
	bas.follow("Het herstel is gedaan", "Het herstel is gedaan")
	bas.ClickRole("button", "Het herstel is gedaan")
	bas.Text(".standing", "hersteld")
	bas.look()
	bas.open("/today")
	bas.Wait(`!document.querySelector('#asks')?.innerText.includes('Ik eet elke donderdag mee')`)
}

func anExpectationAndItsAnswerArriveByThemselves(t *testing.T, h *house) {
	nadia, kim := h.guest(t, "Nadia Ramdin"), h.guest(t, "Kim van Dongen")
	nadia.Wait(`window.untouched = true`) // which a page that is loaded again forgets
	kim.open("/expectations")
	kim.look()
	kim.follow("Zeg wat je verwacht", "Wat verwacht je?")
	kim.look()
	kim.ClickRole("button", "Zeg wat je verwacht")
	kim.Text(".errors", "2 dingen kloppen nog niet")
	kim.Fill("[name=of]", "mt")
	kim.Fill("[name=text]", "Vertel elke maand wie er weggaat en wie er komt.")
	kim.ClickRole("button", "Zeg wat je verwacht")
	kim.Text("h1", "Vertel elke maand wie er weggaat")
	kim.look()
	kim.Wait(`window.untouched = true`)

	nadia.Text("#asks", "Vertel elke maand wie er weggaat")
	nadia.Text("#asks", "Kim van Dongen verwacht dit van jou")
	nadia.Wait(`window.untouched`)
	nadia.look()
	nadia.follow("Vertel elke maand wie er weggaat", "Vertel elke maand wie er weggaat")
	nadia.follow("Ja, ik beloof iets", "Wat beloof je?")
	nadia.reads("Je antwoordt met een belofte op wat Kim van Dongen verwacht")
	nadia.look()
	nadia.Fill("[name=wording]", "Ik schrijf elke eerste maandag wie er komt en gaat.")
	nadia.ClickRole("checkbox", "de medewerkers")
	nadia.ClickRole("button", "Beloof iets")
	nadia.Text("h1", "Ik schrijf elke eerste maandag")
	nadia.reads("Antwoord op wat Kim van Dongen verwacht")

	kim.reads("Ja, belooft Nadia Ramdin.")
	kim.Wait(`window.untouched`)
	kim.look()
	kim.follow("Naar de belofte", "Ik schrijf elke eerste maandag")
	if n := kim.formsOffered(); n != 0 {
		t.Errorf("another's promise offers %d forms", n)
	}
	kim.look()
}

func theWorksCouncilHasItsSay(t *testing.T, h *house) {
	sanne, greetje, kim := h.guest(t, "Sanne Verhoeven"), h.guest(t, "Greetje Bakker"), h.guest(t, "Kim van Dongen")
	greetje.Wait(`window.untouched = true`)
	sanne.Click("#menu summary")
	sanne.follow("Ondernemingsraad", "Ondernemingsraad")
	sanne.reads("Er werken 64 mensen", "Met drie antwoorden is in een klein team te raden")
	sanne.look()
	sanne.follow("Instemming vragen", "Instemming vragen")
	sanne.look()
	sanne.Fill("[name=threshold_employees]", "2")
	sanne.Fill("[name=scope]", "Ook wie net in dienst is, doet mee.")
	sanne.ClickRole("button", "Vraag instemming")
	sanne.Text(".errors", "Kies drie of meer")
	sanne.look()
	sanne.Fill("[name=threshold_employees]", "6")
	sanne.ClickRole("button", "Vraag instemming")
	sanne.At("/council")
	sanne.Text("#waits", "Medewerkers: 6")
	sanne.look()

	greetje.Text("#asks", "vraagt de ondernemingsraad om instemming")
	greetje.Wait(`window.untouched`)
	greetje.look()
	greetje.follow("Toetsing van beloften en 360-rondes", "Ondernemingsraad")
	greetje.look()
	greetje.follow("De ondernemingsraad stemt in", "De ondernemingsraad stemt in")
	greetje.reads("Ook wie net in dienst is, doet mee.")
	greetje.look()
	kim.open("/council")
	kim.look()
	kim.Wait(`window.untouched = true`)
	greetje.Fill("[name=conditions]", "Na een halfjaar kijken we terug.")
	greetje.ClickRole("button", "Leg de instemming vast")
	greetje.At("/council")

	kim.Text("#stands", "Na een halfjaar kijken we terug.")
	kim.Text("#stands", "Greetje Bakker, lid van de ondernemingsraad")
	kim.Wait(`window.untouched`)
	if n := kim.formsOffered(); n != 0 {
		t.Errorf("who only reads it is offered %d forms", n)
	}
	kim.open("/council?lang=en")
	kim.Text("h1", "Works council")
	kim.look()
	kim.open("/council?lang=nl")
	kim.Text("h1", "Ondernemingsraad")
}

func whatIsProposedForSomebodyElseWaitsForThem(t *testing.T, h *house) {
	ruben, joost := h.guest(t, "Ruben Kok"), h.guest(t, "Joost Willems")
	ruben.open("/promises")
	ruben.follow("Stel een belofte voor", "Welke belofte stel je voor?")
	ruben.look()
	ruben.Fill("[name=by]", "mt-4")
	ruben.Fill("[name=wording]", "Ik bel elke vrijdag een wethouder.")
	ruben.ClickRole("checkbox", "iedereen")
	ruben.ClickRole("button", "Stel een belofte voor")
	ruben.reads("Deze belofte wacht op het antwoord van Joost Willems")
	ruben.Text(".standing", "voorgesteld")
	ruben.look()

	joost.Text("#asks", "Ik bel elke vrijdag een wethouder.")
	joost.follow("Ik bel elke vrijdag", "Ik bel elke vrijdag een wethouder.")
	joost.reads("Ruben Kok stelde voor dat jij dit belooft")
	joost.look()
	joost.ClickRole("button", "Ja, dit beloof ik")
	joost.Text(".standing", "loopt")
	joost.look()
	ruben.Text(".standing", "loopt")
}

func whoeverLooksBackWalksAroundInThePast(t *testing.T, h *house) {
	marijke := h.guest(t, "Marijke Hoekstra")
	marijke.open("/promises/regiodag")
	marijke.Text("h1", "Ik ben elke maand een dagdeel op pad")
	then := domain.DayOf(time.Now()).Add(-402) // before she said it better
	marijke.Click("#look-back summary")
	marijke.look()
	marijke.Fill("#look-back-day", string(then))
	marijke.Click("#look-back button")
	marijke.Text(".asof", "zoals het was op")
	marijke.Text("h1", "Ik kom vaker langs bij de teams.")
	marijke.look()

	// Every way on the page stays on that day, and nothing can be done there.
	for _, page := range []string{"Vandaag", "Strategie", "Beloften", "Over en weer", "Coaching", "Geschiedenis", "Mensen"} {
		marijke.ClickRole("link", page)
		marijke.Text("nav [aria-current]", page)
		marijke.Text(".asof", "zoals het was op")
		marijke.Wait(`[...document.querySelectorAll('main a[href^="/"]:not([download]), nav a, .wordmark')].every(a => new URL(a.href).searchParams.get('asof') === '` + string(then) + `')`)
		if n := marijke.formsOffered(); n != 0 {
			t.Errorf("%s offers %d forms in the past", page, n)
		}
		marijke.look()
	}
	marijke.follow("Beloften", "Beloftenmuur")
	marijke.follow("Ik kom vaker langs", "Ik kom vaker langs bij de teams.")

	// Another day, by the same picker, and back to now.
	marijke.Fill("#as-of-day", string(then.Add(60)))
	marijke.ClickRole("button", "Toon")
	marijke.Text("h1", "Ik ben elke maand een dagdeel op pad")
	marijke.Text(".asof", "zoals het was op")
	marijke.ClickRole("link", "Terug naar nu")
	marijke.Absent(".asof")
	marijke.Text("h1", "Ik ben elke maand een dagdeel op pad")
	marijke.open("/promises/new?asof=" + string(then))
	marijke.reads("Ga terug naar nu om dit te doen.")
	if n := marijke.formsOffered(); n != 0 {
		t.Errorf("one can promise something in the past, by %d forms", n)
	}
	marijke.look()
}

func theHistoryIsNarrowedAndReadInEnglish(t *testing.T, h *house) {
	henk := h.guest(t, "Henk Postma")
	henk.open("/history")
	henk.look()
	henk.Fill("#filter-concept", "promise")
	henk.Fill("#filter-person", "mt-1")
	henk.ClickRole("button", "Toon")
	henk.Wait(`location.search.includes('concept=promise') && document.querySelectorAll('.history li').length > 3`)
	henk.Wait(`[...document.querySelectorAll('.history li')].every(l => l.innerText.includes('Marijke Hoekstra'))`)
	henk.look()
	henk.Fill("#filter-to", "2000-01-01")
	henk.ClickRole("button", "Toon")
	henk.Text(".empty", "Er is nog niets gebeurd dat je hier kunt lezen.")
	henk.look()
	henk.ClickRole("link", "Alles tonen")
	henk.Wait(`location.search === '' && document.querySelectorAll('.history li').length > 50`)

	henk.ClickRole("link", "English")
	henk.Text("h1", "History")
	henk.Wait(`document.documentElement.lang === 'en'`)
	for _, page := range []string{"Today", "Strategy", "Promises", "Back and forth", "People"} {
		henk.ClickRole("link", page)
		henk.Text("nav [aria-current]", page)
		henk.look()
	}
	henk.ClickRole("link", "Nederlands")
	henk.Text("nav [aria-current]", "Mensen")
}

// tabTo goes on with the keyboard until it is at an element, and sees to it
// that one can see where that is.
func (v *visitor) tabTo(selector string) {
	v.t.Helper()
	for range 80 {
		v.Press(browser.KeyTab)
		if !browser.Eval[bool](v.Tab, `(s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 3)(getComputedStyle(document.activeElement))`) {
			v.t.Errorf("%s: one cannot see that %s has the focus", v.path(), browser.Eval[string](v.Tab, `document.activeElement.outerHTML.slice(0, 120)`))
		}
		if browser.Eval[bool](v.Tab, fmt.Sprintf(`document.activeElement.matches(%q)`, selector)) {
			return
		}
	}
	v.t.Fatalf("%s: the keyboard does not come to %s", v.path(), selector)
}

func aKeyboardIsEnough(t *testing.T, h *house) {
	mehmet := h.stranger(t)
	mehmet.open("/signin")
	mehmet.tabTo("[name=code]")
	mehmet.Press(strings.ToLower(h.code(t, "Mehmet Yildiz")))
	mehmet.Press(browser.KeyEnter)
	mehmet.Text("h1", "Dag Mehmet")
	mehmet.tabTo(".skip")
	mehmet.Press(browser.KeyEnter)
	mehmet.Wait(`document.activeElement.id === 'main'`)
	mehmet.tabTo("main a.primary") // what one comes for is next
	mehmet.open("/today")
	mehmet.tabTo("#menu summary")
	mehmet.Press(browser.KeyEnter)
	mehmet.Wait(`document.querySelector('#menu').open`)
	mehmet.look()
	mehmet.Press(browser.KeyEscape)
	mehmet.Wait(`!document.querySelector('#menu').open && document.activeElement.matches('#menu summary')`)
	mehmet.tabTo(`nav a[href="/promises"]`)
	mehmet.Press(browser.KeyEnter)
	mehmet.Text("h1", "Beloftenmuur")
	mehmet.tabTo(`main a[href="/promises/new"]`)
	mehmet.Press(browser.KeyEnter)
	mehmet.Text("h1", "Wat beloof je?")
	mehmet.tabTo("[name=wording]")
	mehmet.Press("Ik fiets elke week mee.")
	mehmet.tabTo("[name=to][value=everyone]")
	mehmet.Press(" ")
	mehmet.tabTo("main button.primary")
	mehmet.Press(browser.KeyEnter)
	mehmet.Text("h1", "Ik fiets elke week mee.")
	mehmet.reads("aan iedereen")
}

func aPromiseIsMadeWithoutScripts(t *testing.T, h *house) {
	fatima := h.stranger(t)
	fatima.WithoutScript()
	fatima.signIn(h.code(t, "Fatima El Amrani"))
	fatima.follow("Beloof iets", "Wat beloof je?")
	fatima.Fill("[name=wording]", "Ik zet de koffie zelf.")
	fatima.ClickRole("button", "Beloof iets")
	fatima.Text(".errors", "Eén ding klopt nog niet")
	fatima.ClickRole("checkbox", "iedereen")
	fatima.ClickRole("button", "Beloof iets")
	fatima.Text("h1", "Ik zet de koffie zelf.")
	fatima.follow("Nagekomen", "Nagekomen")
	fatima.ClickRole("button", "Nagekomen")
	fatima.Text(".standing", "nagekomen")
}

func whatWasTypedIsThereWhenThePageIsOpenedAgain(t *testing.T, h *house) {
	kim := h.guest(t, "Kim van Dongen")
	kim.open("/expectations/new")
	kim.Fill("[name=text]", "Hang de planning op.")
	kim.Fill("[name=of]", "mt")
	kim.open("/today")
	kim.open("/expectations/new")
	kim.Text("[data-draft-note]", "Dit had je al getypt")
	kim.Wait(`document.querySelector('[name=text]').value === 'Hang de planning op.' && document.querySelector('[name=of]').value === 'mt'`)
	kim.look()

	// The line drops while it is sent: it is sent again, and said once.
	kim.Offline(true)
	kim.ClickRole("button", "Zeg wat je verwacht")
	kim.Absent("[name=text]") // on the browser's own page about it
	kim.Offline(false)
	kim.open("/expectations/new")
	kim.Wait(`document.querySelector('[name=text]').value === 'Hang de planning op.'`)
	kim.ClickRole("button", "Zeg wat je verwacht")
	kim.Text("h1", "Hang de planning op.")
	kim.Wait(`location.search === ''`) // the page knows that it arrived
	kim.open("/expectations/new")
	kim.Wait(`document.querySelector('[name=text]').value === '' && document.querySelector('[data-draft-note]').hidden`)
}

func pagesArePrinted(t *testing.T, h *house) {
	bas := h.guest(t, "Bas van Leeuwen")
	for path, most := range map[string]int{"/strategy": 1, "/promises": 3, "/promises/regiodag": 2, "/council": 2, "/coaching/coaching-bas": 2} {
		bas.open(path)
		bas.Show(browser.Paper, browser.Light)
		bas.NoOverflow()
		bas.Show(h.device.screen, h.device.scheme)
		pdf := string(bas.PDF())
		if sheets := len(regexp.MustCompile(`/Type /Page\b`).FindAllString(pdf, -1)); sheets == 0 || sheets > most {
			t.Errorf("%s is printed on %d sheets, want at most %d", path, sheets, most)
		}
		if !strings.Contains(pdf, "/StructTreeRoot") || strings.Contains(pdf, "/Type3") {
			t.Errorf("the print of %s cannot be read aloud or searched", path)
		}
		if *shots != "" {
			if err := os.WriteFile(filepath.Join(*shots, h.device.name+strings.ReplaceAll(path, "/", "-")+".pdf"), []byte(pdf), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func aListOfPeopleIsTakenAsAWholeOrNotAtAll(t *testing.T, h *house) {
	sanne := h.guest(t, "Sanne Verhoeven")
	sanne.follow("Mensen", "Mensen")
	sanne.look()
	sanne.follow("Mensen uit een lijst", "Mensen uit een lijst")
	sanne.look()
	file := filepath.Join(t.TempDir(), "mensen.csv")
	list := func(role string) {
		t.Helper()
		lines := "Naam;E-mail;Functie;Team;Rollen\nAagje Bos;aagje.bos@lindeveer.example;kok;Keuken;medewerker\nBep Vos;bep.vos@lindeveer.example;bakker;Keuken;" + role + "\n"
		if err := os.WriteFile(file, []byte(lines), 0o600); err != nil {
			t.Fatal(err)
		}
		sanne.Upload("[name=file]", file)
		sanne.ClickRole("button", "Kijk de lijst na")
	}
	list("opperkok")
	sanne.Text(".list-problems", "Regel 3")
	sanne.Text(".list-problems", "“opperkok” is geen rol die we kennen.")
	sanne.look()
	sanne.open("/people")
	sanne.Wait(`!document.querySelector('main').innerText.includes('Aagje Bos')`)
	sanne.open("/people/import")
	list("Informele leider")
	sanne.Text("h1", "De lijst klopt: 2 mensen")
	sanne.reads("Er komt een team bij: Keuken.")
	sanne.look()
	sanne.ClickRole("button", "Voeg deze 2 mensen toe")
	sanne.Text("h1", "Mensen")
	sanne.reads("Aagje Bos", "Bep Vos", "Keuken")
	sanne.look()
	sanne.follow("Bep Vos", "Bep Vos")
	sanne.reads("informele leider")
	sanne.look()
}

func aFirstStart(t *testing.T, h *house) {
	link := regexp.MustCompile(`http\S+(/start/\S+)`).FindStringSubmatch(h.output)
	if link == nil {
		t.Fatalf("no link in\n%s", h.output)
	}
	lead := h.stranger(t)
	lead.open(link[1])
	lead.look()
	lead.ClickRole("button", "Begin")
	lead.Text(".errors", "2 dingen kloppen nog niet")
	lead.look()
	lead.Fill("[name=name]", "Samen vooruit")
	lead.Fill("[name=lead_name]", "Sanne Verhoeven")
	lead.ClickRole("button", "Begin")
	lead.Text("h1", "Het programma is begonnen")
	lead.look()
	lead.follow("Naar het programma", "Dag Sanne")
	lead.look()

	// Every page says what will be there.
	for page, words := range map[string]string{
		"Strategie":    "Hier komt de strategie op één blad",
		"Beloften":     "Hier komen de beloften van het MT te staan",
		"Over en weer": "Hier komt te staan wat medewerkers van het MT",
	} {
		lead.ClickRole("link", page)
		lead.Text("nav [aria-current]", page)
		lead.Text(".empty", words)
		lead.look()
	}
	lead.follow("Geschiedenis", "Geschiedenis")
	lead.reads("begon het programma")

	// Somebody of the MT comes in, with a code, and adopts the first pillar.
	lead.follow("Mensen", "Mensen")
	lead.look()
	lead.follow("Voeg iemand toe", "Voeg iemand toe")
	lead.look()
	lead.ClickRole("button", "Voeg toe")
	lead.Text(".errors", "Eén ding klopt nog niet")
	lead.Fill("[name=name]", "Marijke Hoekstra")
	lead.Fill("[name=function]", "directeur")
	lead.ClickRole("checkbox", "MT-lid")
	lead.ClickRole("button", "Voeg toe")
	lead.Text("h1", "Marijke Hoekstra")
	lead.look()
	lead.ClickRole("button", "Maak een nieuwe code")
	lead.Text(".code", "-")
	lead.look()
	code := browser.Eval[string](lead.Tab, `document.querySelector('.code').innerText`)

	marijke := h.stranger(t)
	marijke.open("/strategy")
	marijke.Text("h1", "Kom binnen")
	marijke.look()
	marijke.Fill("[name=code]", "0000-0000-0000-00000")
	marijke.ClickRole("button", "Naar binnen")
	marijke.Text(".errors", "Eén ding klopt nog niet")
	marijke.look()
	marijke.signIn(code)
	marijke.Text("h1", "Dag Marijke")
	marijke.follow("Strategie", "Strategie op één blad")
	marijke.follow("Formuleer de missie", "Missie")
	marijke.look()
	marijke.Fill("[name=text]", "Wij helpen iedereen meedoen.")
	marijke.ClickRole("button", "Formuleren")
	marijke.Text(".versions", "Wij helpen iedereen meedoen.")
	marijke.look()
	marijke.open("/strategy")
	marijke.follow("Stel een pijler voor", "Stel een pijler voor")
	marijke.look()
	marijke.Fill("[name=name]", "Naar buiten")
	marijke.Fill("[name=meaning]", "We gaan naar mensen toe.")
	marijke.ClickRole("button", "Stel voor")
	marijke.Text("h1", "Naar buiten")
	marijke.reads("voorgesteld")
	marijke.look()
	marijke.ClickRole("link", "Vaststellen")
	marijke.reads("Stel je de pijler vast, dan hoort hij bij de strategie.")
	marijke.look()
	marijke.ClickRole("button", "Vaststellen")
	marijke.reads("vastgesteld")
	lead.open("/strategy")
	lead.reads("Naar buiten")
	lead.look()
}
