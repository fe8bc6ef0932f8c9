package web

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"koersvast/cmd/koersvast/internal/browser"
	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
)

// With -shots, the pictures of the pages below are kept in that folder.
var shots = flag.String("shots", "", "folder for pictures of the pages")

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

// holding is a component with children, as templates write it.
func holding(parent templ.Component, children ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return parent.Render(templ.WithChildren(ctx, templ.Join(children...)), w)
	})
}

const (
	strict = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
	today  = domain.Day("2026-11-21")
)

// gallery serves pages made of every component, under the strictest policy.
func gallery(t *testing.T, pages map[string]func(r *http.Request) templ.Component) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle(assetPrefix, Assets())
	for name, page := range pages {
		mux.HandleFunc("/"+name, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Security-Policy", strict)
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			ctx := i18n.In(r.Context(), i18n.Choose(r.URL.Query().Get("lang"), ""))
			if err := page(r).Render(ctx, w); err != nil {
				t.Error(err)
			}
		})
	}
	s := httptest.NewServer(mux)
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	return s
}

func samplePage(title string, at *url.URL) Page {
	nav := []Link{{Href: "/today", Text: "Vandaag"}, {Href: "/sheet", Text: "Strategie"}, {Href: "/wall", Text: "Beloften"}, {Href: "/mutual", Text: "Over en weer"}, {Href: "/people", Text: "Mensen"}, {Href: "/history", Text: "Geschiedenis"}}
	for i := range nav {
		nav[i].Current = nav[i].Href == at.Path
	}
	return Page{
		Title: title, Programme: "De Brug, Koers 2028", Home: "/today",
		Nav: nav, Person: "Marieke van den Heuvel", Me: "p1", Menu: []Link{{Href: "/me", Text: "Mijn gegevens"}}, SignOut: "/sign-out",
		Address: at, Today: today, At: time.Date(2026, 11, 21, 13, 2, 0, 0, time.UTC), Position: 412,
	}
}

var samplePromises = []PromiseRow{
	{ID: "r1", Href: "/promise", Words: Said{Text: "Ik zit elke maand een dagdeel naast een wijkcoach en vertel in het teamoverleg wat ik zag."}, By: "Marieke van den Heuvel", To: "alle medewerkers", Due: "2026-12-31", Status: "active"},
	{ID: "r2", Href: "/promise", Words: Said{Text: "Een besluit dat bij het team hoort, neem ik niet terug."}, By: "Pieter-Jan Bosma", To: "team Noord", Due: "2026-10-01", Status: "active", Late: true},
	{ID: "r3", Href: "/promise", Words: Said{Text: "Elke aanvraag van een inwoner krijgt binnen twee dagen een mens aan de lijn."}, By: "Samira El Idrissi", To: "team Zuid en team Oost", Status: "kept"},
	{ID: "r4", Href: "/promise", Words: Said{Text: "We lenen mensen uit vóórdat we nieuwe werven."}, By: "Joost Hendriks", To: "het MT", Due: "2026-09-01", Status: "broken"},
	{ID: "r5", Href: "/promise", Words: Said{Text: "Ik deel elke maandag wat we wél en niet hebben besloten."}, By: "Anneke Visser", To: "alle medewerkers", Status: "repaired"},
	{ID: "r6", Href: "/promise", Words: Said{Erased: true}, By: "gewiste persoon", Status: "withdrawn"},
	{ID: "r7", Href: "/promise", Words: Said{Text: "Ik vraag eerst wat je nodig hebt."}, By: "Joost Hendriks", To: "team Oost", Due: "2027-01-15", Status: "proposed"},
}

var sampleLife = Lifeline{
	Today: today, Due: "2026-12-01",
	Marks: []LifeMark{
		{ID: "l1", Day: "2025-12-03", Kind: "promise.proposed", Who: "Els de Graaf, namens Marieke", Words: Said{Text: "Ik kom vaker kijken bij de teams."}},
		{ID: "l2", Day: "2025-12-10", Kind: "promise.accepted", Who: "Marieke van den Heuvel", To: "2026-06-01"},
		{ID: "l3", Day: "2026-01-14", Kind: "promise.reworded", Who: "Marieke van den Heuvel", Was: Said{Text: "Ik kom vaker kijken bij de teams."}, Words: Said{Text: "Ik zit elke maand een dagdeel naast een wijkcoach en vertel in het teamoverleg wat ik zag."}, Why: Said{Text: "Vaker kijken, dat kon niemand merken."}},
		{ID: "l4", Day: "2026-01-14", Kind: "promise.behaviours_linked", Who: "Marieke van den Heuvel"},
		{ID: "l5", Day: "2026-05-20", Kind: "promise.moved", Who: "Marieke van den Heuvel", From: "2026-06-01", To: "2026-09-01", Why: Said{Text: "De verhuizing van team Noord kostte twee maanden."}},
		{ID: "l6", Day: "2026-09-02", Kind: "promise.broken", Who: "Marieke van den Heuvel", Why: Said{Text: "In juli en augustus ben ik nergens geweest."}},
		{ID: "l7", Day: "2026-09-09", Kind: "promise.repair_agreed", Who: "Marieke van den Heuvel", Words: Said{Text: "In het najaar twee dagdelen per maand, en ik meld me zelf aan."}, To: "2026-12-01"},
		{ID: "l8", Day: "2026-11-16", Kind: "promise.repaired", Who: "Marieke van den Heuvel"},
	},
}

var running = Lifeline{
	Today: today, Due: "2027-02-01",
	Ink: []Ink{{From: "2026-02-02", Strength: 1}, {From: "2026-06-01", Strength: .7}, {From: "2026-08-01", Strength: .45}, {From: "2026-10-01", Strength: .25}},
	Marks: []LifeMark{
		{ID: "m1", Day: "2026-02-02", Kind: "promise.made", Who: "Samira El Idrissi", To: "2026-11-01", Words: Said{Text: "Elke aanvraag krijgt binnen twee dagen een mens aan de lijn."}},
		{ID: "m2", Day: "2026-10-12", Kind: "promise.moved", Who: "Samira El Idrissi", From: "2026-11-01", To: "2027-02-01", Why: Said{Text: "Het nieuwe telefoonsysteem komt later."}},
	},
}

func samplePages() map[string]func(*http.Request) templ.Component {
	return map[string]func(*http.Request) templ.Component{
		"today": func(r *http.Request) templ.Component {
			return holding(Layout(samplePage("Vandaag", r.URL)),
				PageHead(Heading{Over: "zaterdag 21 november", Title: "Dag Marieke", Lede: "Eén belofte vraagt om een antwoord, en twee collega’s wachten op jouw ja of nee."}),
				Figures([]Figure{{Label: "Beloften lopen", Value: "12", Href: "/wall"}, {Label: "Nagekomen", Value: "7", Note: "van 23"}, {Label: "Verwachtingen open", Value: "4"}, {Label: "Volgende dag", Value: "1 dec"}}),
				holding(Part(Section{ID: "mine", Title: "Wat je hebt beloofd", Help: "De eerstvolgende dag staat boven."}), Promises(samplePromises)),
				holding(Part(Section{ID: "asked", Title: "Wat van je wordt verwacht"}), EmptyState("Niemand verwacht nu iets van je. Zodra een collega iets van je vraagt, staat het hier.")),
			)
		},
		"promise": func(r *http.Request) templ.Component {
			return holding(Layout(samplePage("Een belofte", r.URL)),
				holding(PageHead(Heading{Over: "Belofte van Marieke van den Heuvel aan alle medewerkers", Words: samplePromises[0].Words}), StatusWord("repaired")),
				holding(Part(Section{ID: "life", Title: "Levenslijn", Help: "Alles wat er met deze belofte is gebeurd. Niets wordt vervangen."}), LifelineView(sampleLife)),
				holding(Part(Section{ID: "running", Title: "Een die loopt"}), LifelineView(running)),
				ActionButton(Form{ID: "keep", Action: "/promise"}, "Ik ben dit nagekomen"),
			)
		},
		"form": func(r *http.Request) templ.Component {
			form := Form{ID: "make", Action: "/form", Hidden: []Hidden{{"act", "a1"}}, Check: "/check", Checks: "wording"}
			if r.Method == http.MethodPost || r.URL.Query().Has("refused") {
				form.Values = url.Values{"wording": {"Ik ga proberen er vaker te zijn voor de teams."}, "to": {"team/z", "everyone"}, "rhythm": {"30"}, "due": {"2026-01-01"}}
				form.Errors = []FieldError{{"noticed", "Zeg wie dit kan merken, en waaraan."}, {"due", "Deze dag is al voorbij."}, {"", "Je hebt deze belofte al gedaan."}}
			}
			return holding(Layout(samplePage("Een belofte doen", r.URL)),
				PageHead(Heading{Title: "Wat beloof je?", Lede: "Een goede belofte is er een die een ander kan zien."}),
				holding(PostForm(form),
					TextArea(Field{Form: form, Name: "wording", Label: "Ik beloof", Help: "Begin met wat je gaat dóen.", Said: true, Max: 500}),
					TextField(Field{Form: form, Name: "noticed", Label: "Wie merkt het, en waaraan?", Max: 300}),
					TextField(Field{Form: form, Name: "situation", Label: "Wanneer of waar", Optional: true, Max: 300}),
					CheckboxList(Field{Form: form, Name: "to", Label: "Aan wie?", Options: []Option{{"everyone", "Iedereen", "", ""}, {"mt", "Het MT", "", ""}, {"team/n", "Team Noord", "", "Teams"}, {"team/z", "Team Zuid", "14 mensen in Harderwijk en Ermelo", "Teams"}}}),
					RadioList(Field{Form: form, Name: "rhythm", Label: "Hoe vaak vragen we of het te merken is?", Options: []Option{{Value: "30", Label: "elke maand"}, {Value: "90", Label: "elk kwartaal", Help: "past bij iets dat zelden voorkomt"}}}),
					Select(Field{Form: form, Name: "pillar", Label: "Bij welke pijler?", Options: []Option{{Value: "", Label: "Kies een pijler"}, {Value: "1", Label: "Ondernemend"}, {Value: "2", Label: "Dichtbij"}}}),
					DateField(Field{Form: form, Name: "due", Label: "Uiterlijk op welke dag?", Optional: true, MinDay: string(today)}),
					Checklist([]CheckPoint{{true, "Er staat wie het doet."}, {false, "“Vaker” kan niemand tellen. Hoe vaak?"}, {false, "Zeg in welke situatie een ander het ziet."}}),
					Buttons("Beloof dit", Link{Href: "/wall", Text: "Toch niet"}),
				),
			)
		},
		"check": func(r *http.Request) templ.Component {
			typed := r.FormValue("wording")
			return Checklist([]CheckPoint{{strings.Contains(typed, "maand"), "Er staat hoe vaak: " + typed}})
		},
		"sheet": func(r *http.Request) templ.Component {
			return holding(Layout(samplePage("Strategie op één blad", r.URL)),
				PageHead(Heading{Over: "Strategie op één blad", Title: "Dichtbij, en ondernemend", Lede: "In 2028 weet elke inwoner wie hem helpt, en durft elke professional te beginnen."}),
				holding(Pillar(PillarSheet{
					ID: "pillar1", Number: 1, Title: "Ondernemend", Status: "adopted", Href: "/sheet", Meaning: "We wachten niet op een aanbesteding; we zien wat nodig is en beginnen.",
					Ambitions:  []Statement{{ID: "a1", Text: "Een derde van ons werk komt uit eigen initiatief van teams.", When: "2028"}},
					Objectives: []Statement{{ID: "o1", Text: "Elke regio heeft één nieuwe dienst met een betalende partner.", When: "2027"}, {ID: "o2", Text: "De overhead blijft onder 14 procent.", When: "2026"}},
					Behaviours: []BehaviourColumn{
						{Who: "Het MT", Do: []Statement{{ID: "b1", Text: "Zegt binnen een week ja of nee op een voorstel."}, {ID: "b2", Text: "Geeft budget tot € 25.000 aan het team."}}, Dont: []Statement{{ID: "b3", Text: "Neemt een besluit van een team terug."}}},
						{Who: "Medewerkers", Do: []Statement{{ID: "b4", Text: "Komen met een idee én een eerste stap."}}, Dont: []Statement{{ID: "b5", Text: "Wachten tot iemand het vraagt."}}},
					},
				}), holding(SubPart(Section{ID: "under1", Title: "Beloofd onder deze pijler"}), Promises(samplePromises[:3]))),
				holding(Pillar(PillarSheet{
					ID: "pillar2", Number: 2, Title: "Dichtbij", Status: "proposed", Meaning: "We zijn waar inwoners zijn.",
					Behaviours: []BehaviourColumn{{Who: "Het MT", Do: []Statement{{ID: "b6", Text: "Is elke maand een dagdeel in de wijk."}}}},
				}), EmptyState("Onder deze pijler is nog niets beloofd.")),
			)
		},
		"history": func(r *http.Request) templ.Component {
			p := samplePage("Geschiedenis", r.URL)
			p.AsOf, p.Late = "2026-03-03", true
			filter := Form{ID: "filter"}
			return holding(Layout(p),
				PageHead(Heading{Title: "Geschiedenis", Lede: "Alles wat in dit programma is gezegd en veranderd."}),
				holding(Part(Section{ID: "all", Title: "Wat er gebeurde"}),
					holding(FilterForm(filter, "Toon"),
						Select(Field{Form: filter, Name: "kind", Label: "Soort", Options: []Option{{Value: "", Label: "alles"}}}),
						TextField(Field{Form: filter, Name: "q", Label: "Woorden", Type: "search"}),
						DateField(Field{Form: filter, Name: "from", Label: "Vanaf"})),
					History([]HistoryEntry{
						{ID: "h1", Day: "2026-03-02", Time: "16:40", Kind: "promise.kept", Who: "Samira El Idrissi", What: "kwam een belofte na.", Href: "/promise", About: samplePromises[2].Words},
						{ID: "h2", Day: "2026-03-02", Time: "09:15", Kind: "promise.moved", Who: "Pieter-Jan Bosma", What: "verzette een belofte naar 1 oktober 2026.", Href: "/promise", About: samplePromises[1].Words, Why: Said{Text: "Het team vroeg om meer tijd."}},
						{ID: "h3", Day: "2026-02-11", Time: "11:02", Kind: "strategy.pillar_adopted", Who: "Het MT", What: "stelde de pijler Ondernemend vast."},
						{ID: "h4", Day: "2026-02-10", Time: "11:02", Kind: "promise.withdrawn", Who: "Joost Hendriks", What: "trok een belofte in.", About: Said{Erased: true}},
					})),
			)
		},
		"plain": func(r *http.Request) templ.Component {
			form := Form{ID: "sign-in", Action: "/plain"}
			return holding(Plain(Page{Title: "Inloggen", Address: r.URL}),
				PageHead(Heading{Title: "Welkom", Lede: "Log in met je persoonlijke code. Die staat in de mail of op je kaartje."}),
				holding(PostForm(form),
					TextField(Field{Form: form, Name: "code", Label: "Persoonlijke code", Help: "Streepjes en hoofdletters maken niet uit.", Autocomplete: "one-time-code"}),
					Buttons("Log in", Link{})),
			)
		},
	}
}

func TestPagesWorkOnEveryScreen(t *testing.T) {
	s := gallery(t, samplePages())
	for _, screen := range []browser.Screen{browser.Laptop, browser.Phone, browser.Paper} {
		for _, scheme := range []browser.Scheme{browser.Light, browser.Dark} {
			for _, lang := range i18n.Langs {
				if screen == browser.Paper && (scheme == browser.Light || lang == i18n.English) {
					continue // paper is always light
				}
				t.Run(fmt.Sprintf("%d-%s-%s", screen.Width, scheme, lang), func(t *testing.T) {
					tab := browser.Open(t, screen, scheme)
					for _, name := range []string{"today", "promise", "form", "form?refused", "sheet", "history", "plain"} {
						address := s.URL + "/" + name
						if strings.Contains(name, "?") {
							address += "&lang=" + string(lang)
						} else {
							address += "?lang=" + string(lang)
						}
						tab.Navigate(address)
						tab.Axe()
						tab.NoOverflow()
						if text := browser.Eval[string](tab, `document.body.innerText`); strings.Contains(text, "⟦") {
							t.Errorf("%s says something no locale file knows: %s", name, text)
						}
						if *shots != "" {
							file := fmt.Sprintf("%s-%d-%s-%s", strings.ReplaceAll(name, "?", "-"), screen.Width, scheme, lang)
							tab.Screenshot(filepath.Join(*shots, file+".png"))
						}
					}
				})
			}
		}
	}
}

func TestPagesPrintOnFewSheetsThatCanBeReadAloudAndSearched(t *testing.T) {
	s := gallery(t, samplePages())
	tab := browser.Open(t, browser.Laptop, browser.Dark)
	for name, sheets := range map[string]int{"today": 1, "promise": 2, "sheet": 1, "history": 1} {
		tab.Navigate(s.URL + "/" + name)
		pdf := string(tab.PDF())
		if got := len(regexp.MustCompile(`/Type /Page\b`).FindAllString(pdf, -1)); got != sheets {
			t.Errorf("%s: got %d sheets, want %d", name, got, sheets)
		}
		// A variable font ends up as Type 3 outlines.
		if strings.Contains(pdf, "/Type3") || !strings.Contains(pdf, "/FontFile2") {
			t.Errorf("%s: the print has outlines, want fonts", name)
		}
		if !strings.Contains(pdf, "/StructTreeRoot") {
			t.Errorf("%s: the print is not tagged", name)
		}
	}
}
