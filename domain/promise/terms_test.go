package promise_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain/promise"
)

func TestACheckReadsAPromiseAsAnObserverWould(t *testing.T) {
	for _, c := range []struct {
		name  string
		terms promise.Terms
		want  promise.Checklist
	}{
		{
			"good intentions cannot be seen",
			promise.Terms{Wording: "Ik ga meer verbinden."},
			promise.Checklist{Who: true, Vague: []string{"meer", "verbinden"}},
		},
		{
			"what others can see is complete",
			promise.Terms{
				Wording:   "Ik ben elke maand een dagdeel mee op pad met een regioteam en vraag aan het eind: wat heb je van mij nodig?",
				Situation: "Mee op pad met een regioteam",
				Frequency: "Elke maand een dagdeel",
				Noticed:   "Het regioteam, aan mijn vraag aan het eind",
			},
			promise.Checklist{Who: true, Verb: true, Situation: true, Frequency: true, Noticed: true, Vague: []string{}},
		},
		{
			"the verb can stand before its subject",
			promise.Terms{Wording: "Elke vrijdag bel ik een cliënt terug."},
			promise.Checklist{Who: true, Verb: true, Vague: []string{}},
		},
		{
			"an intention before its subject stays one",
			promise.Terms{Wording: "Volgend jaar wil ik bellen."},
			promise.Checklist{Who: true, Vague: []string{}},
		},
		{
			"an organisation promises nothing",
			promise.Terms{Wording: "De organisatie belt cliënten terug."},
			promise.Checklist{Vague: []string{}},
		},
		{
			"a subject alone does nothing",
			promise.Terms{Wording: "Ik!"},
			promise.Checklist{Who: true, Vague: []string{}},
		},
		{
			"a team can promise too",
			promise.Terms{Wording: "Wij openen elk overleg met een cliëntverhaal.", Frequency: " "},
			promise.Checklist{Who: true, Verb: true, Vague: []string{}},
		},
		{
			"in whatever way it calls itself",
			promise.Terms{Wording: "Elke maandag lopen we een ronde."},
			promise.Checklist{Who: true, Verb: true, Vague: []string{}},
		},
		{
			"an intention after a deed takes nothing away",
			promise.Terms{Wording: "Ik bel elke week, zodat ik kan horen wat er speelt."},
			promise.Checklist{Who: true, Verb: true, Vague: []string{}},
		},
		{
			"two words with a hyphen are one",
			promise.Terms{Wording: "Ik open-source elk rapport."},
			promise.Checklist{Who: true, Verb: true, Vague: []string{}},
		},
		{
			"an English subject can be short",
			promise.Terms{Wording: "I'm at every meeting."},
			promise.Checklist{Who: true, Verb: true, Vague: []string{}},
		},
		{
			"a vague expression of two words is one",
			promise.Terms{Wording: "Waar mogelijk bel ik terug; ik heb aandacht voor mijn team."},
			promise.Checklist{Who: true, Verb: true, Vague: []string{"waar mogelijk", "aandacht voor"}},
		},
		{
			"a vague word inside another is none",
			promise.Terms{Wording: "Ik meet elke week de wachttijd en zet de deur open."},
			promise.Checklist{Who: true, Verb: true, Vague: []string{"open"}},
		},
		{
			"punctuation of every kind parts words",
			promise.Terms{Wording: "‘Ik bel…’ — ik/wij verbinden\u00a0meer"},
			promise.Checklist{Who: true, Verb: true, Vague: []string{"meer", "verbinden"}},
		},
		{
			"it reads English too",
			promise.Terms{Wording: "I will try to connect more."},
			promise.Checklist{Who: true, Vague: []string{"more", "connect", "try"}},
		},
		{
			"no words make nothing clear",
			promise.Terms{},
			promise.Checklist{Vague: []string{}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := promise.Check(c.terms)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("checklist (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAListIsCompleteWhenNothingOnItIsMissing(t *testing.T) {
	full := promise.Checklist{Who: true, Verb: true, Situation: true, Frequency: true, Noticed: true}
	if !full.Complete() {
		t.Errorf("%+v is not complete", full)
	}
	for _, without := range []func(*promise.Checklist){
		func(c *promise.Checklist) { c.Who = false },
		func(c *promise.Checklist) { c.Verb = false },
		func(c *promise.Checklist) { c.Situation = false },
		func(c *promise.Checklist) { c.Frequency = false },
		func(c *promise.Checklist) { c.Noticed = false },
	} {
		c := full
		without(&c)
		if c.Complete() {
			t.Errorf("%+v is complete", c)
		}
	}
	// Vague words are a hint: a promise is complete with them.
	full.Vague = []string{"meer"}
	if !full.Complete() {
		t.Errorf("%+v is not complete", full)
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("Ik ga meer verbinden.", "", "", "")
	f.Add("Elke week bel ik terug", "op kantoor", "elke week", "mijn team")
	f.Fuzz(func(t *testing.T, wording, situation, frequency, noticed string) {
		c := promise.Check(promise.Terms{Wording: wording, Situation: situation, Frequency: frequency, Noticed: noticed})
		if c.Verb && !c.Who {
			t.Error("somebody does something, and nobody is named")
		}
		if c.Situation != (strings.TrimSpace(situation) != "") {
			t.Errorf("situation %q: %v", situation, c.Situation)
		}
		if c.Vague == nil {
			t.Error("no list of vague words; want an empty one")
		}
		for _, w := range c.Vague {
			if !slices.Contains(promise.Vague, w) {
				t.Errorf("%q is found, and not published as vague", w)
			}
		}
	})
}
