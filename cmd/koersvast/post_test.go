package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"koersvast/cmd/koersvast/internal/browser"
)

func invitationsAreBroughtByHand(t *testing.T, h *house) {
	sanne := h.guest(t, "Sanne Verhoeven")
	sanne.open("/outbox")
	sanne.reads("Deze server verstuurt geen mail", "Merk je het? Toetsing bij Joost Willems", "Anja de Vries")
	sanne.look()
	before := browser.Eval[int](sanne.Tab, `document.querySelectorAll('.outbox > li').length`)
	sanne.Click(".outbox > li:first-child summary")
	sanne.Wait(`document.querySelector('.outbox textarea').value.includes('vrijwillig')`)
	sanne.look()
	sanne.Click(".outbox > li:first-child .action button")
	sanne.Wait(fmt.Sprintf(`document.querySelectorAll('.outbox > li').length === %d`, before-1))

	// Cards let people in who have no mail.
	sanne.open("/rounds/gemeente-1")
	sanne.follow("Kaarten", "Kaarten")
	sanne.look()
	for _, name := range []string{
		"Anja de Vries", "Tjerk Wiersma", "Gerard ten Hove", "Carla Hendriks", "Yvonne Janssen", "Peter Groen", "Vera Zonneveld", "Tom van Vliet",
	} {
		sanne.ClickRole("checkbox", name)
	}
	sanne.ClickRole("button", "Maak de kaarten")
	sanne.Text("h1", "8 kaarten")
	sanne.look()
	onOneSheet(sanne, "cards")

	// Envelopes are for who has no device, and are drawn from a stack.
	sanne.open("/rounds/gemeente-1")
	sanne.follow("Enveloppen", "Enveloppen")
	sanne.look()
	sanne.Fill("[name=person]", "oost-03")
	sanne.ClickRole("button", "Neemt een envelop")
	sanne.reads("Eén persoon neemt een envelop")
	sanne.look()
	sanne.ClickRole("button", "Maak de codes")
	sanne.Text("h1", "Eén envelop")
	sanne.look()
	onOneSheet(sanne, "envelopes")
}

// onOneSheet prints what is before somebody, on one sheet.
func onOneSheet(v *visitor, name string) {
	v.t.Helper()
	v.Show(browser.Paper, browser.Light)
	v.NoOverflow()
	v.Show(v.house.device.screen, v.house.device.scheme)
	pdf := v.PDF()
	if sheets := len(regexp.MustCompile(`/Type /Page\b`).FindAll(pdf, -1)); sheets != 1 {
		v.t.Errorf("%s are printed on %d sheets, want 1", name, sheets)
	}
	if *shots != "" {
		if err := os.WriteFile(filepath.Join(*shots, v.house.device.name+"-"+name+".pdf"), pdf, 0o600); err != nil {
			v.t.Fatal(err)
		}
	}
}
