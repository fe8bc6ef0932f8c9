package main

import (
	"strings"
	"testing"

	"koersvast/cmd/koersvast/internal/browser"
)

// TestNumbersAreTakenElsewhere follows who brings numbers to a dashboard, and
// what is taken away from a page.
func TestNumbersAreTakenElsewhere(t *testing.T) {
	everywhere(t, startExample, map[string]func(*testing.T, *house){
		"a program is let in, and shut out": aProgramIsLetIn,
		"a page is taken away as a table":   aPageIsTakenAway,
	})
}

func aProgramIsLetIn(t *testing.T, h *house) {
	v := h.guest(t, "Sanne Verhoeven")
	v.open("/tokens")
	v.Text("h1", "Toegang voor programma’s")
	v.look()
	v.Fill("[name=name]", "Scherm in de kantine")
	v.ClickRole("button", "Maak een sleutel")
	v.Text("h1", "De sleutel")
	v.look()
	secret := browser.Eval[string](v.Tab, `document.querySelector('code.address').textContent`)
	if !strings.HasPrefix(secret, "koersvast_") {
		t.Errorf("the token is %q", secret)
	}
	v.follow("Terug", "Toegang voor programma’s")
	v.reads("Scherm in de kantine", "Nog niet gebruikt")
	v.look()
	v.ClickRole("button", "Trek in")
	v.Text(".empty, main", "Hier komt te staan welke programma’s meelezen.")

	v.open("/released")
	v.Text("h1", "Vrijgegeven cijfers")
	v.look()

	stranger := h.stranger(t)
	stranger.open("/api")
	stranger.Text("h1", "De API")
	stranger.look()
}

func aPageIsTakenAway(t *testing.T, h *house) {
	v := h.guest(t, "Marijke Hoekstra")
	v.open("/promises?status=kept")
	v.look()
	if got := browser.Eval[string](v.Tab, `[...document.querySelectorAll('.take a')].map(a => a.getAttribute('href')).join(' ')`); got != "/promises.csv?status=kept /promises.xlsx?status=kept" {
		t.Errorf("taken away at %s", got)
	}
	if got := browser.Eval[string](v.Tab, `fetch('/promises.csv?status=kept').then(r => r.headers.get('Content-Disposition'))`); got != "attachment; filename=beloften.csv" {
		t.Errorf("kept as %s", got)
	}
}
