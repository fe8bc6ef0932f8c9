package main

import (
	"strings"
	"syscall"
	"testing"

	"koersvast/cmd/koersvast/internal/browser"
	"koersvast/domain"
)

// pollingHouse starts the program on the data of a poll, and gives everybody
// who is asked a code to come in with.
func pollingHouse(t *testing.T, p *poll, d device) (h *house, codes map[domain.PersonID]string) {
	t.Helper()
	codes = map[domain.PersonID]string{}
	p.inside(func(a *app) {
		for _, who := range append(pollStaff, "sam", "lea", "cor") {
			codes[who] = p.code(a, who)
		}
	})
	return p.serve(t, d), codes
}

// serve starts the program on the data of a poll.
func (p *poll) serve(t *testing.T, d device) *house {
	t.Helper()
	prog, err := startProgram(p.storage.Data, "serve")
	if err != nil {
		t.Fatal(err)
	}
	return &house{program: prog, device: d}
}

func (h *house) stop(t *testing.T) {
	t.Helper()
	if err := h.end(syscall.SIGTERM); err != nil {
		t.Errorf("it ended with %v\n%s", err, h.notes)
	}
}

// onPhones tells a story on a phone by day and by night.
func onPhones(t *testing.T, story func(*testing.T, device)) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	for _, d := range []device{{"day", browser.Phone, browser.Light}, {"night", browser.Phone, browser.Dark}} {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			story(t, d)
		})
	}
}

// choose takes one of the words of a scale.
func (v *visitor) choose(name, value string) {
	v.t.Helper()
	v.Click(`[name="` + name + `"][value="` + value + `"] + label`)
	v.Wait(`document.querySelector('[name="` + name + `"][value="` + value + `"]').checked`)
}

// lookOn looks at the page on their own device, and on another screen.
func (v *visitor) lookOn(other browser.Screen, own device) {
	v.t.Helper()
	v.look()
	v.Show(other, own.scheme)
	v.look()
	v.Show(own.screen, own.scheme)
}

func (v *visitor) next() {
	v.t.Helper()
	v.ClickRole("button", "Verder")
}

// TestAnAnswerOnAPhone follows Eva, who loses the line halfway, closes the
// page, hands in without a line, and finds later that she was counted.
func TestAnAnswerOnAPhone(t *testing.T) {
	onPhones(t, func(t *testing.T, d device) {
		p := newPoll(t)
		h, codes := pollingHouse(t, p, d)
		v := h.stranger(t)
		v.signIn(codes["eva"])
		v.open("/rounds/r1/answer")
		v.Text("h1", "Merk je het bij Sam de Groot?")
		v.reads("3 vragen", "ongeveer 3 minuten", "Nergens anders voor", "Vanaf 3 antwoorden van medewerkers", "Liever niet")
		v.lookOn(browser.Laptop, d)
		v.follow("Hoe zit dat met mijn privacy?", "Hoe zit dat met mijn privacy?")
		v.Text("#box", "Dit apparaat heeft het nagerekend")
		v.reads("Medewerker eva", "Medewerker evert", "vertrouwelijk, met technische waarborgen", "Wat we niet kunnen beschermen")
		v.look()
		v.open("/rounds/r1/answer")

		v.ClickRole("button", "Begin")
		v.Text(".progress", "Vraag 1 van 3")
		v.reads("Ik hoor het zeggen", "Ik zie het doen", "kon ik niet waarnemen")
		v.lookOn(browser.Laptop, d)
		v.choose("hears-ask", "5")
		v.choose("sees-ask", "4")
		v.Offline(true)
		v.next()
		v.Text(".progress", "Vraag 2 van 3")
		v.ClickRole("button", "Terug")
		v.Text(".progress", "Vraag 1 van 3")
		v.next()
		v.choose("sees-share", "0")
		v.next()
		v.Text(".progress", "Vraag 3 van 3")
		v.Offline(false)

		// Closed and opened again: everything is still there.
		v.Navigate("about:blank")
		v.open("/rounds/r1/answer#3")
		v.Text(".progress", "Vraag 3 van 3")
		v.Wait(`document.querySelector('[name="sees-share"][value="0"]').checked`)
		v.Fill("[name=words-more]", "Ik was als enige bij Klaas, op 3 maart. Hij zei: “nee”.")
		for _, warned := range []string{"een naam", "een dag", "iemands woorden", "de enige"} {
			v.reads(warned)
		}
		v.look()
		v.Fill("[name=words-more]", "Vaker meelopen met het team van Sam.")
		v.Wait(`[...document.querySelectorAll('[data-hint]')].every(h => h.hidden)`)
		v.choose("use-more", "literally")
		v.next()
		v.Text("h1[id=answer-preview]", "Zo lever je het in")
		v.reads("Ik hoor het zeggen: altijd", "Ik zie het doen: meestal", "kon ik niet waarnemen", "Vaker meelopen met het team van Sam.", "Sam de Groot leest dit woord voor woord")
		v.lookOn(browser.Laptop, d)

		v.Offline(true)
		v.ClickRole("button", "Lever in")
		v.Text("h1[id=answer-waiting]", "Je antwoord wacht op verbinding")
		v.look()
		v.Navigate("about:blank")
		v.Offline(false)
		v.open("/rounds/r1/answer")
		v.Text("h1[id=answer-done]", "Je antwoord zit in de stembus")
		v.Wait(`/^([0-9a-f]{4} ){3}[0-9a-f]{4}$/.test(document.querySelector('[data-receipt]').textContent)`)
		v.look()
		if kept := browser.Eval[string](v.Tab, `JSON.stringify(localStorage)`); strings.Contains(kept, "meelopen") || !strings.Contains(kept, "credential") {
			t.Errorf("the device keeps %s", kept)
		}

		// Taken back, and answered after all.
		v.ClickRole("button", "Antwoord intrekken")
		v.Text("h1[id=answer-withdrawn]", "Je antwoord is ingetrokken")
		v.look()
		v.ClickRole("button", "Toch antwoorden")
		v.Text(".progress", "Vraag 1 van 3")
		for range 3 {
			v.next()
		}
		v.ClickRole("button", "Lever in")
		v.reads("Beantwoord minstens één vraag")
		v.open("/rounds/r1/answer#1")
		v.choose("sees-ask", "3")
		for range 3 {
			v.next()
		}
		v.ClickRole("button", "Lever in")
		v.Text("h1[id=answer-done]", "Je antwoord zit in de stembus")

		// Emil would rather not, and Elin answers elsewhere.
		emil := h.stranger(t)
		emil.signIn(codes["emil"])
		emil.open("/rounds/r1/answer")
		emil.ClickRole("button", "Liever niet")
		emil.reads("Je antwoordt liever niet. Dat is goed.")
		emil.look()
		elsewhere := h.stranger(t)
		elsewhere.signIn(codes["eva"])
		elsewhere.open("/rounds/r1/answer")
		elsewhere.reads("Je begon met antwoorden op een ander apparaat")
		elsewhere.look()

		for _, who := range []domain.PersonID{"esra", "elin"} {
			other := h.stranger(t)
			other.signIn(codes[who])
			other.open("/rounds/r1/answer?lang=en")
			other.ClickRole("button", "Begin")
			other.choose("sees-ask", "5")
			other.open("/rounds/r1/answer#preview")
			other.Text("h1[id=answer-preview]", "This is what you hand in")
			other.look()
			other.ClickRole("button", "Hand in")
			other.Text("h1[id=answer-done]", "Your answer is in the ballot box")
		}

		h.stop(t)
		if notes := h.notes.String(); strings.Contains(notes, "/ballots") {
			t.Errorf("it noted that somebody answered:\n%s", notes)
		}
		p.inside(p.release)
		again := p.serve(t, d)
		defer again.stop(t)
		// Another port is another place for what a device keeps.
		keep := browser.Eval[string](v.Tab, `JSON.stringify(localStorage)`)
		v.Navigate(again.url + "/signin")
		browser.Eval[bool](v.Tab, `(kept => { for (const k in kept) localStorage.setItem(k, kept[k]); return true })(`+keep+`)`)
		v.house = again
		v.open("/rounds/r1/answer")
		v.Text("[data-counted]", "Jouw antwoord is meegeteld")
		v.look()
	})
}

// TestAnAnswerInAnEnvelope follows somebody without scripts, who has nothing
// but a code.
func TestAnAnswerInAnEnvelope(t *testing.T) {
	onPhones(t, func(t *testing.T, d device) {
		p := newPoll(t)
		var code string
		p.inside(func(a *app) {
			code = p.envelopes(a, "emil")[0]
		})
		h := p.serve(t, d)
		defer h.stop(t)
		v := h.stranger(t)
		v.open("/envelope")
		v.look()
		v.WithoutScript()
		v.open("/envelope")
		v.Fill("[name=code]", "AAAAA-AAAAA-AAAA")
		v.ClickRole("button", "Naar de vragen")
		v.reads("Deze code kennen we niet")
		v.Fill("[name=code]", strings.ToLower(code))
		v.ClickRole("button", "Naar de vragen")
		v.Text("h1", "Merk je het bij Sam de Groot?")
		v.reads("Sam vraagt door", "Wat kan Sam vaker doen?", "Inleveren kan één keer")
		v.ClickRole("button", "Lever in")
		v.reads("Beantwoord minstens één vraag")
		v.Click(`[name="sees-ask"][value="4"] + label`)
		v.Click(`[name="hears-ask"][value="5"] + label`)
		v.Fill("[name=words-more]", "Vaker meelopen.")
		v.ClickRole("button", "Lever in")
		v.Text("h1", "Je antwoord zit in de stembus")
		v.Text("[data-receipt]", " ")
		if notes := h.notes.String(); strings.Contains(notes, "envelope") {
			t.Errorf("it noted that somebody answered:\n%s", notes)
		}

		// The same code once more. To see whether everybody can use the pages
		// takes scripts.
		again := h.stranger(t)
		again.open("/envelope?lang=en")
		again.Fill("[name=code]", code)
		again.ClickRole("button", "To the questions")
		again.Text("h1", "Do you notice it with Sam de Groot?")
		again.look()
		again.Click(`[name="sees-ask"][value="1"] + label`)
		again.ClickRole("button", "Hand in")
		again.reads("already been handed in")
		again.look()
	})
}
