package main

import (
	"strings"
	"testing"

	"koersvast/cmd/koersvast/internal/browser"
)

// TestTalking follows who talks about what the rules find.
func TestTalking(t *testing.T) {
	everywhere(t, startExample, map[string]func(*testing.T, *house){
		"a question is talked about, put aside and closed": aQuestionIsTalkedAboutPutAsideAndClosed,
		"the lead changes how is measured":                 theLeadChangesHowIsMeasured,
	})
}

func aQuestionIsTalkedAboutPutAsideAndClosed(t *testing.T, h *house) {
	sanne := h.guest(t, "Sanne Verhoeven")
	sanne.Text("#talk", "Er volgt niets vanzelf uit")
	sanne.Wait(`document.querySelectorAll('#talk li').length <= 5`)
	sanne.look()
	sanne.ClickRole("link", "Alle gespreksvragen")
	sanne.Text("h1", "Gespreksvragen")
	sanne.Wait(`document.querySelectorAll('#first .asked > li').length === 5`)
	sanne.lookInBoth()

	// Why do I see this? It says when, and where to look.
	sanne.Click("#first .asked > li:first-child summary")
	sanne.Text("#first details[open]", "Dit staat hier als")
	sanne.look()
	sanne.Click("#first .asked > li:first-child h3 a")
	sanne.Text("#why", "CR-")
	sanne.lookInBoth()
	question := sanne.path()

	sanne.Click(".goal-do a")
	sanne.Text("h1", "Besproken")
	sanne.lookInBoth()
	sanne.Fill("[name=note]", "In maart praten we verder.")
	sanne.ClickRole("button", "Besproken")
	sanne.Text("#steps", "In maart praten we verder.")
	sanne.look()

	sanne.open(question + "/snooze")
	sanne.Fill("[name=until]", "2999-01-01")
	sanne.ClickRole("button", "Later")
	sanne.Text(".errors", "hooguit dertig dagen vooruit")
	sanne.look()
	sanne.open(question + "/dismiss")
	sanne.Fill("[name=why]", "Dit speelt hier niet.")
	sanne.ClickRole("button", "Niet van toepassing")
	sanne.Text("#steps", "Dit speelt hier niet.")
	sanne.open("/findings")
	sanne.Click("#closed summary")
	sanne.Text("#closed", "niet van toepassing")
	sanne.look()

	sanne.Show(browser.Paper, browser.Light)
	sanne.NoOverflow()
	sanne.Show(h.device.screen, h.device.scheme)
	if pdf := string(sanne.PDF()); !strings.Contains(pdf, "/StructTreeRoot") || strings.Contains(pdf, "/Type3") {
		t.Error("the print cannot be read aloud or searched")
	}
}

func theLeadChangesHowIsMeasured(t *testing.T, h *house) {
	sanne := h.guest(t, "Sanne Verhoeven")
	sanne.open("/rules")
	sanne.lookInBoth()
	sanne.open("/rules/CR-01")
	sanne.lookInBoth()
	sanne.Click("main details summary")
	sanne.look()
	sanne.open("/method")
	sanne.lookInBoth()
	sanne.follow("Verander Halveringstijd van bewijs", "Halveringstijd van bewijs")
	sanne.Fill("[name=value]", "20")
	sanne.ClickRole("button", "Verander")
	sanne.Text(".errors", "2 dingen kloppen nog niet")
	sanne.look()
	sanne.Fill("[name=value]", "120")
	sanne.Fill("[name=why]", "Het gaat hier snel.")
	sanne.ClickRole("button", "Verander")
	sanne.Text("h1", "Werkwijze")
	sanne.Click("#part-time summary")
	sanne.Text("#part-time", "Het gaat hier snel.")
	sanne.look()

	// Who does not lead reads it, and changes nothing.
	kim := h.guest(t, "Kim van Dongen")
	kim.open("/method")
	if n := kim.formsOffered(); n != 0 {
		t.Errorf("an employee is offered %d forms", n)
	}
	kim.look()
	kim.open("/rules/CR-01")
	kim.look()
	kim.open("/findings")
	kim.lookInBoth()
}
