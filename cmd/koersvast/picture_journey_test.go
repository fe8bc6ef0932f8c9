package main

import (
	"fmt"
	"testing"
	"time"

	"koersvast/domain"
)

// aPictureComesAbout follows a consistency check from its opening until the
// picture hangs where everybody sees it.
func aPictureComesAbout(t *testing.T, h *house) {
	sanne, marijke, ellen := h.guest(t, "Sanne Verhoeven"), h.guest(t, "Marijke Hoekstra"), h.guest(t, "Ellen Vos")
	sanne.open("/checks/new")
	sanne.reads("Naar buiten")
	sanne.look()
	sanne.Fill("[name=purpose]", "Merken mensen wat we dit jaar beloofden?")
	sanne.ClickRole("checkbox", "Naar buiten")
	sanne.Fill("[name=reference]", "OR-besluit 2, DPIA versie 2")
	sanne.ClickRole("button", "Open de check")
	sanne.Text("h1", "Merken mensen wat we dit jaar beloofden?")
	sanne.reads("zien eerst het eigen deel", "Marijke Hoekstra")
	sanne.lookInBoth()
	check := sanne.path()

	// The picture that is being made says how sure it is, and why.
	sanne.follow("Beeld in opbouw", "Beeld in opbouw")
	sanne.reads("Gezegd en gemerkt", "Medewerkers", "Hoe zeker is dit beeld?")
	sanne.Click("#pillar-naar-buiten .why summary")
	sanne.Text("#pillar-naar-buiten .why", "Waarvan gemaakt")
	sanne.lookInBoth()
	sanne.ClickRole("button", "Publiceer aan het MT")
	sanne.Text(".errors", "Nog niet ieder MT-lid")

	// Each member sees what it says of their own promises, and so does the coach.
	marijke.open(check)
	marijke.follow("Marijke Hoekstra", "Jouw deel van het beeld")
	marijke.reads("Belofte voor belofte")
	marijke.lookInBoth()
	ellen.open(check + "/parts/mt-1")
	ellen.Text("h1", "Het deel van Marijke Hoekstra")
	ellen.look()
	ellen.ClickRole("button", "Dit is besproken")
	ellen.Text("#member-mt-1", "Gezien op")
	ellen.look()
	sanne.open(check)
	sanne.Text("#member-mt-1", "Gezien op")
	sanne.open("/checks")
	sanne.reads(fmt.Sprint("Open sinds ", domain.DayOf(time.Now()).Start().Day()))
	sanne.look()

	// What was published before is there for who may see it.
	sanne.open("/picture")
	sanne.Wait(`document.querySelector('main h1')`)
	sanne.lookInBoth()
	sanne.open("/trend")
	sanne.Text("h1", "Verloop per pijler")
	sanne.lookInBoth()
}
