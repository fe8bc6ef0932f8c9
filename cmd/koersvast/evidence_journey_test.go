package main

import (
	"testing"

	"koersvast/cmd/koersvast/internal/browser"
)

// aSourceIsCoded follows a facilitator from a document to its codes, and the
// promiser who reads them.
func aSourceIsCoded(t *testing.T, h *house) {
	ruben := h.guest(t, "Ruben Kok")
	ruben.open("/evidence")
	ruben.look()
	ruben.follow("Document toevoegen", "Document toevoegen")
	ruben.look()
	ruben.Fill("[name=document]", "decision")
	ruben.Fill("[name=title]", "Besluit over de cijfers")
	ruben.Fill("[name=day]", "2026-02-02")
	ruben.ClickRole("button", "Toevoegen")
	ruben.Text("h1", "Besluit over de cijfers")
	for _, text := range []string{"De cijfers gaan dit jaar niet meer langs de teams.", "Wie wil, kan ze opvragen."} {
		ruben.Fill(".add-fragment [name=text]", text)
		ruben.ClickRole("button", "Fragment toevoegen")
		ruben.Text(".code-pane blockquote", text)
	}
	ruben.look()

	// Every choice is saved at once, by key or by hand, and can be undone.
	ruben.ClickRole("link", "Vorige")
	ruben.Text(".code-pane blockquote", "langs de teams")
	ruben.Fill("#code [name=target]", "promise/cijfers")
	ruben.Text("[data-code-status]", "Bewaard")
	browser.Eval[bool](ruben.Tab, `document.activeElement.blur() ?? true`)
	ruben.Press("1")
	ruben.Press("8")
	ruben.Text(".fragments [aria-current] .coded-as", "doet, −2, zeker")
	ruben.look()
	ruben.Press("9")
	ruben.Text(".fragments [aria-current] .coded-as", "waarschijnlijk")
	ruben.Press("u")
	ruben.Text(".fragments [aria-current] .coded-as", "doet, −2, zeker")
	ruben.Wait(`document.querySelector('#code [name=link][value=certain]').checked`)

	// Without a script the same form is sent by hand.
	iris := h.stranger(t)
	iris.WithoutScript()
	iris.signIn(h.code(t, "Ruben Kok"))
	iris.Navigate(browser.Eval[string](ruben.Tab, `location.href`))
	iris.ClickRole("link", "Volgende")
	iris.Text(".code-pane blockquote", "kan ze opvragen")
	iris.Fill("#code [name=target]", "promise/cijfers")
	iris.ClickRole("radio", "+1")
	iris.ClickRole("radio", "zwak")
	iris.ClickRole("button", "Bewaren")
	iris.Text(".fragments [aria-current] .coded-as", "doet, +1, zwak")

	ruben.open("/promises/cijfers/evidence")
	ruben.Text("h1", "Ik leg elk kwartaal")
	ruben.look()
	ruben.open("/evidence/new/interview")
	ruben.look()

	bas := h.guest(t, "Bas van Leeuwen")
	bas.open("/promises/cijfers")
	bas.Text("#evidence", "De cijfers gaan dit jaar niet meer langs de teams.")
	bas.look()
	bas.ClickRole("link", "Kies een andere periode")
	bas.At("/promises/cijfers/evidence")
	bas.Click(".quotes details summary")
	bas.Fill(".quotes details [name=text]", "Ze komen nu in het teamoverleg.")
	bas.ClickRole("button", "Zet ernaast")
	bas.Text(".quotes", "Ze komen nu in het teamoverleg.")
	bas.look()
}
