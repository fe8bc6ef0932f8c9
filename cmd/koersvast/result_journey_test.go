package main

import (
	"fmt"
	"strings"
	"testing"

	"koersvast/cmd/koersvast/internal/browser"
	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/domain"
	"koersvast/domain/round"
)

// visits is somebody of the ward, signed in.
func (w *ward) visits(t *testing.T, h *house, who domain.PersonID) *visitor {
	t.Helper()
	code, err := w.app.signin.Issue(t.Context(), signin.Who{Programme: wardIn, Person: who})
	if err != nil {
		t.Fatal(err)
	}
	v := h.stranger(t)
	v.signIn(code)
	return v
}

// lookInBoth looks at a page in Dutch and in English.
func (v *visitor) lookInBoth() {
	v.t.Helper()
	v.look()
	here := v.path()
	v.open(here + "?lang=en")
	v.look()
	v.open(here + "?lang=nl")
	v.Wait(`document.documentElement.lang === 'nl'`)
}

// TestACoachFromKeyToTalk follows a coach from making a key to the talk about
// a report, and the one it is about until they write back.
func TestACoachFromKeyToTalk(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	for _, d := range devices {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			aCoachFromKeyToTalk(t, d)
		})
	}
}

func aCoachFromKeyToTalk(t *testing.T, d device) {
	w := newWard(t)
	h := &house{program: &program{url: w.http.URL}, device: d}
	cor := w.visits(t, h, "cor")

	// The key: made here, and refused here as long as it is easy to guess.
	cor.Click("#menu summary")
	cor.follow("Mijn sleutel", "Mijn sleutel")
	cor.lookInBoth()
	cor.Fill("#key-passphrase", "welkom01")
	cor.Fill("#key-again", "welkom01")
	cor.ClickRole("button", "Maak de sleutel")
	cor.Text(".key-says", "te makkelijk te raden")
	cor.Fill("#key-passphrase", passphrase)
	cor.ClickRole("button", "Maak de sleutel")
	cor.Text(".key-says", "niet hetzelfde")
	cor.look()
	cor.Fill("#key-again", passphrase)
	cor.ClickRole("button", "Maak de sleutel")
	cor.Text("#held", "Je hebt een sleutel")
	cor.Wait(`Object.values(localStorage).every(v => !v.includes('eilanden')) && !document.cookie.includes('eilanden')`)

	// A check is opened for that key, answered, and closed with it.
	w.open("r1", fields{"kind": "check", "promise": w.promised()}, everybody)
	w.answer("r1", "sam", 5, 5)
	for i, e := range wardStaff {
		w.answer("r1", e, 2+i%2, 4+i%2, said(fmt.Sprintf("Bij %d keer.", i+2), round.Literally))
	}
	w.open("r2", fields{"kind": "feedback", "subject": "mia", "statements": true}, everybody)
	w.answer("r2", "mia", 5, 0)
	for i, e := range wardStaff {
		w.answer("r2", e, 2+i%3, 0, said(fmt.Sprintf("Blijf doorvragen, keer %d.", i), round.Literally), said("Neem vaker de tijd.", round.InOtherWords), said("Zeg haar dat Olga stopt.", round.ForCoach))
	}
	for _, l := range wardLeaders {
		w.answer("r2", l, 4, 0)
	}
	cor.open("/rounds/r1/close")
	cor.reads("Sluiten kan op de laatste dag van de ronde")
	cor.look()
	w.move(7)
	cor.open("/today")
	cor.Text("#asks", "Sluit deze ronde en tel de antwoorden")
	cor.look()
	cor.open("/rounds/r1/close")
	cor.lookInBoth()
	cor.Fill("#rounds-r1-close-passphrase", "niet de goede wachtzin")
	cor.ClickRole("button", "Sluit en tel")
	cor.Text(".key-says", "gaat je sleutel niet open")
	cor.look()
	cor.Fill("#rounds-r1-close-passphrase", passphrase)
	cor.ClickRole("button", "Sluit en tel")
	cor.Text("h1", "Mensen horen het vaker dan ze het zien.")
	cor.lookInBoth()
	cor.Wait(`Object.values(localStorage).every(v => !v.includes('eilanden'))`)
	cor.Click(".numbers summary")
	cor.Text(".numbers", "niet getoond")
	cor.look()

	// Sam sees it, shares it, and writes back; the promise carries it.
	sam := w.visits(t, h, "sam")
	sam.Text("#asks", "De uitkomst is er")
	sam.open("/rounds/r1/result")
	sam.Text("h1", "Mensen horen het vaker dan ze het zien.")
	sam.look()
	sam.ClickRole("radio", "Het MT")
	sam.ClickRole("button", "Leg dit vast")
	sam.Text(".standing", "Gedeeld met het MT")
	sam.follow("Schrijf terug", "Schrijf terug")
	sam.lookInBoth()
	sam.Fill("[name=letter]", "Dank jullie wel. Ik ga meer vragen.")
	sam.ClickRole("button", "Verstuur")
	sam.At("/rounds/r1/result")
	sam.Absent("#asks")
	sam.open("/promises/p1")
	sam.Text("#check-r1", "Getoetst")
	sam.look()

	// The report: the coach first.
	cor.open("/rounds/r2/close")
	cor.Fill("#rounds-r2-close-passphrase", passphrase)
	cor.ClickRole("button", "Sluit en tel")
	cor.Text("h1", "Mia Jansen")
	cor.lookInBoth()
	mia := w.visits(t, h, "mia")
	mia.open("/rounds/r2/waive")
	mia.reads("De coach leest het rapport eerst")
	mia.look()
	cor.ClickRole("button", "Ik heb het gelezen")
	cor.Text("#asks", "Bespreek het rapport met Mia Jansen")
	mia.reads("Ik lees het zonder gesprek")
	mia.lookInBoth()
	cor.follow("Wat mensen schreven", "Wat mensen schreven")
	cor.reads("Neem vaker de tijd.", "Zeg haar dat Olga stopt.")
	cor.lookInBoth()
	cor.Click("#literal-keep summary")
	cor.Fill("#literal-keep details[open] [name=why]", "Hierin is iemand te herkennen.")
	cor.ClickRole("button", "Verberg deze opmerking")
	cor.Text("#literal-keep", "verborgen")
	cor.Fill("#paraphrase-more [name=text]", "Men vraagt je om meer tijd te nemen.")
	cor.Click("#paraphrase-more [type=submit]")
	cor.Wait(`document.querySelector('#paraphrase-more textarea')?.defaultValue.startsWith('Men vraagt')`)
	cor.follow("Naar de uitkomst", "Mia Jansen")
	cor.ClickRole("button", "Het gesprek is geweest")
	cor.Absent("#asks")
	cor.look()

	// Then she reads it: what is in it, and nothing else.
	mia.open("/rounds/r2/result")
	mia.Text("h1", "Mia Jansen")
	mia.reads("Twee vragen voor het gesprek", "Vier vensters", "Men vraagt je om meer tijd te nemen.")
	mia.lookInBoth()
	text := browser.Eval[string](mia.Tab, `document.body.innerHTML`)
	for _, secret := range []string{"Olga stopt", "Neem vaker de tijd", "Hierin is iemand"} {
		if strings.Contains(text, secret) {
			t.Errorf("the subject reads %q", secret)
		}
	}
	pdf := string(mia.PDF())
	if strings.Contains(pdf, "/Type3") || !strings.Contains(pdf, "/StructTreeRoot") {
		t.Error("the printed report has outlines, or is not tagged")
	}
	mia.follow("Schrijf terug", "Schrijf terug")
}
