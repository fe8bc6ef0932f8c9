package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/a-h/templ"

	"koersvast/cmd/koersvast/internal/browser"
	"koersvast/domain"
)

// A room is a small server whose one page shows what has been said in it, with
// a form to say more; a word of more than twenty letters is refused.
type room struct {
	*httptest.Server
	mu    sync.Mutex
	said  []string
	acts  []string // the act of each post that arrived
	crash bool     // takes what is posted, and breaks the line instead of answering
	grown chan struct{}
}

func newRoom(t *testing.T) *room {
	r := &room{grown: make(chan struct{})}
	pages := http.NewServeMux()
	pages.Handle(assetPrefix, Assets())
	pages.HandleFunc("GET /{page}", func(w http.ResponseWriter, req *http.Request) { r.show(w, req, Form{}) })
	pages.HandleFunc("POST /say", r.post)
	pages.HandleFunc("POST /sign-out", func(w http.ResponseWriter, req *http.Request) { http.Redirect(w, req, "/outside", http.StatusSeeOther) })
	pages.HandleFunc("POST /check", func(w http.ResponseWriter, req *http.Request) {
		_ = Checklist([]CheckPoint{{req.FormValue("word") != "", "Dit typte je: " + req.FormValue("word")}}).Render(req.Context(), w)
	})
	pages.HandleFunc("GET /live", r.live)
	r.Server = httptest.NewServer(pages)
	t.Cleanup(func() { r.CloseClientConnections(); r.Close() })
	return r
}

func (r *room) say(word string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.said = append(r.said, word)
	close(r.grown)
	r.grown = make(chan struct{})
}

func (r *room) show(w http.ResponseWriter, req *http.Request, form Form) {
	r.mu.Lock()
	defer r.mu.Unlock()
	w.Header().Set("Content-Security-Policy", strict)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	p := samplePage("Kamer", req.URL)
	p.Position, p.Stream = domain.Position(len(r.said)), "/live"
	form.ID, form.Action, form.Check, form.Checks = "say", "/say", "/check", "word"
	if form.Hidden == nil {
		form.Hidden = []Hidden{{"act", fmt.Sprintf("act%d", len(r.said)+len(r.acts))}}
	}
	if form.Errors != nil {
		w.WriteHeader(http.StatusUnprocessableEntity)
	}
	words := make([]PromiseRow, len(r.said))
	for i, s := range r.said { // newest on top, so that what is there must move
		words[len(words)-1-i] = PromiseRow{ID: fmt.Sprintf("w%d", i), Href: "/room", Words: Said{Text: s}, Status: "active"}
	}
	page := holding(Layout(p), PageHead(Heading{Title: fmt.Sprintf("%d gezegd", len(r.said))}), Promises(words), holding(PostForm(form),
		TextField(Field{Form: form, Name: "word", Label: "Woord", Max: 20}),
		CheckboxList(Field{Form: form, Name: "to", Label: "Aan wie?", Options: []Option{{Value: "a", Label: "Anna"}, {Value: "b", Label: "Bas"}}}),
		Checklist(nil), Buttons("Zeg het", Link{})))
	_ = page.Render(req.Context(), w)
}

func (r *room) post(w http.ResponseWriter, req *http.Request) {
	word := req.FormValue("word")
	r.mu.Lock()
	r.acts = append(r.acts, req.FormValue("act"))
	crash := r.crash
	r.mu.Unlock()
	switch {
	case crash:
		panic(http.ErrAbortHandler)
	case len(word) > 20:
		r.show(w, req, Form{Values: req.PostForm, Errors: []FieldError{{"word", "Dat is te lang."}}, Hidden: []Hidden{{"act", req.FormValue("act")}}})
	default:
		r.say(word)
		http.Redirect(w, req, fmt.Sprintf("/room?after=%d", len(r.said)), http.StatusSeeOther)
	}
}

func (r *room) live(w http.ResponseWriter, req *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	for {
		r.mu.Lock()
		n, grown := len(r.said), r.grown
		r.mu.Unlock()
		fmt.Fprintf(w, "event: changed\ndata: %d\n\n", n)
		_ = http.NewResponseController(w).Flush()
		select {
		case <-grown:
		case <-req.Context().Done():
			return
		}
	}
}

func TestAnOpenPageChangesByItselfAndLeavesTheReaderAlone(t *testing.T) {
	r := newRoom(t)
	r.say("eerste")
	tab := browser.Open(t, browser.Laptop, browser.Light)
	tab.Navigate(r.URL + "/room?after=1")
	tab.At("/room") // a bookmark says nothing of positions
	tab.Text("h1", "1 gezegd")

	tab.ClickRole("checkbox", "Bas")
	tab.Fill("#say-word", "half getypt")
	tab.Wait(`document.querySelector('#look-back').open = true`)
	r.say("tweede")
	tab.Text("h1", "2 gezegd")
	tab.Text(".promises", "tweede")
	if !browser.Eval[bool](tab, `document.querySelector('#say-word').value === 'half getypt'
		&& document.querySelector('#say-to-0-1').checked
		&& document.querySelector('#look-back').open
		&& document.activeElement.id === 'say-word'
		&& [...document.querySelectorAll('.promises > li')].map(l => l.id).join() === 'w1,w0'`) {
		t.Error("the page took something from its reader, or put it elsewhere")
	}

	// A line in the list that has the focus keeps it while others come above.
	tab.Wait(`(document.querySelector('#w0 a').focus(), true)`)
	r.say("derde")
	tab.Text("h1", "3 gezegd")
	tab.Wait(`document.activeElement === document.querySelector('#w0 a')`)
}

func TestALostLineIsSaidAndForgotten(t *testing.T) {
	r := newRoom(t)
	tab := browser.Open(t, browser.Phone, browser.Light)
	tab.Navigate(r.URL + "/room")
	tab.Text("h1", "0 gezegd")
	tab.Offline(true)
	r.CloseClientConnections()
	tab.Text("#lost", "verbinding")
	r.say("intussen")
	tab.Offline(false)
	tab.Text("h1", "1 gezegd")
	tab.Wait(`document.querySelector('#lost').hidden`)
}

func TestWhatIsTypedStaysUntilItIsSent(t *testing.T) {
	r := newRoom(t)
	tab := browser.Open(t, browser.Phone, browser.Light)
	tab.Navigate(r.URL + "/room")
	tab.Fill("#say-word", "een woord dat te lang is")
	tab.Text(".counter", "Tekens te veel: 4")
	tab.Text(".checklist", "Dit typte je: een woord dat te lang is")
	tab.ClickRole("checkbox", "Bas")

	// The tab is left, and opened again.
	tab.Navigate(r.URL + "/elsewhere")
	tab.Navigate(r.URL + "/room")
	tab.Text("[data-draft-note]", "stond nog op dit apparaat")
	tab.Wait(`document.querySelector('#say-word').value === 'een woord dat te lang is' && document.querySelector('#say-to-0-1').checked`)

	// It is refused, and mended.
	tab.ClickRole("button", "Zeg het")
	tab.Text(".errors", "Dat is te lang.")
	tab.Wait(`document.activeElement.matches('.errors')`)
	tab.Axe()
	tab.Fill("#say-word", "een woord")
	tab.ClickRole("button", "Zeg het")
	tab.Text("h1", "1 gezegd")
	tab.At("/room")
	tab.Wait(`document.querySelector('#say-word').value === '' && document.querySelector('[data-draft-note]').hidden`)
	tab.Navigate(r.URL + "/room")
	tab.Wait(`document.querySelector('#say-word').value === '' && !document.querySelector('#say-to-0-1').checked`)
}

func TestSendingTheSameAgainIsTheSameAct(t *testing.T) {
	r := newRoom(t)
	r.crash = true
	tab := browser.Open(t, browser.Laptop, browser.Light)
	tab.Navigate(r.URL + "/room")
	act := browser.Eval[string](tab, `document.querySelector('[name=act]').value`)
	tab.Fill("#say-word", "hallo")
	tab.ClickRole("button", "Zeg het")
	tab.Wait(`!document.querySelector('#say-word')`) // the browser's own page about it
	r.mu.Lock()
	r.crash = false
	r.mu.Unlock()

	tab.Navigate(r.URL + "/room")
	tab.Wait(`document.querySelector('#say-word').value === 'hallo'`)
	if got := browser.Eval[string](tab, `document.querySelector('[name=act]').value`); got != act {
		t.Errorf("unchanged, it is sent as %s; want %s as before", got, act)
	}
	tab.Fill("#say-word", "hallo allemaal")
	if got := browser.Eval[string](tab, `document.querySelector('[name=act]').value`); got == act {
		t.Errorf("changed, it is sent as %s as before; want an act of its own", got)
	}
	tab.ClickRole("button", "Zeg het")
	tab.Text("h1", "1 gezegd")
}

func TestNobodyFindsTheDraftOfWhoSignedOut(t *testing.T) {
	r := newRoom(t)
	tab := browser.Open(t, browser.Laptop, browser.Light)
	tab.Navigate(r.URL + "/room")
	tab.Fill("#say-word", "geheim")
	tab.Click("#menu summary")
	tab.ClickRole("button", "Uitloggen")
	tab.At("/outside")
	tab.Navigate(r.URL + "/room")
	tab.Wait(`document.querySelector('#say-word').value === '' && !Object.values(localStorage).join().includes('geheim')`)
}

func TestAPageWorksWithoutItsScripts(t *testing.T) {
	r := newRoom(t)
	tab := browser.Open(t, browser.Phone, browser.Light)
	tab.WithoutScript()
	tab.Navigate(r.URL + "/room")
	tab.Fill("#say-word", "zonder")
	tab.ClickRole("button", "Zeg het")
	tab.Text("h1", "1 gezegd")
}

func TestAFormSaysWhatWasTypedAndWhy(t *testing.T) {
	form := Form{ID: "f", Values: map[string][]string{"to": {"b"}}, Errors: []FieldError{{"to", "Kies er twee."}}}
	html := render(t, CheckboxList(Field{Form: form, Name: "to", Label: "Aan wie?", Help: "Meer mag.", Value: "a", Options: []Option{{Value: "a", Label: "<Anna>"}, {Value: "b", Label: "Bas"}}}))
	for _, want := range []string{`aria-describedby="f-to-error f-to-help"`, `id="f-to-0-1" name="to" value="b" checked`, "&lt;Anna&gt;", "Kies er twee."} {
		if !strings.Contains(html, want) {
			t.Errorf("want %q in:\n%s", want, html)
		}
	}
	if strings.Count(html, "checked") != 1 {
		t.Errorf("what was typed replaces what it began with; got:\n%s", html)
	}
}

func render(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
