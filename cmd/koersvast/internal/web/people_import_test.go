package web

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
	"koersvast/domain/programme"
	"koersvast/projections"
	"koersvast/projections/people"
)

func spreadsheet(t *testing.T, rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func latin(t *testing.T, text string) []byte {
	t.Helper()
	b, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(b)
}

func TestAListIsReadAsPeopleWriteIt(t *testing.T) {
	zoe := listedPerson{Line: 2, Name: "Zoë Bouâziz", Email: "zoe@tij.example", Function: "wijkcoach", Team: "Noord", Roles: []domain.Role{domain.Employee, domain.InformalLeader}}
	only := listedPerson{Line: 2, Name: "Zoë Bouâziz", Roles: []domain.Role{domain.Employee}}
	for _, c := range []struct {
		name    string
		content []byte
		want    listedPerson
	}{
		{"semicolons", []byte("Naam;E-mail;Functie;Team;Rollen\r\nZoë Bouâziz;zoe@tij.example;wijkcoach;Noord;medewerker, informele leider\r\n"), zoe},
		{"commas", []byte("Name,E-mail,Function,Team,Roles\nZoë Bouâziz,zoe@tij.example,wijkcoach,Noord,\"employee, informal leader\"\n"), zoe},
		{"tabs", []byte("NAAM\te-mailadres\tfunctie\tteam\trol\nZoë Bouâziz\tzoe@tij.example\twijkcoach\tNoord\tmedewerker/informele leider"), zoe},
		{"with the mark of UTF-8", []byte("\ufeffnaam;email;functie;team;rollen\nZoë Bouâziz;zoe@tij.example;wijkcoach;Noord;employee+informal_leader\n"), zoe},
		{"Windows-1252", latin(t, "naam;email;functie;team;rollen\nZoë Bouâziz;zoe@tij.example;wijkcoach;Noord;medewerker|informele leider\n"), zoe},
		{"other columns, in another order", []byte("Telefoon;Rollen;Team;Naam;Mail;Functie\n06;Medewerker, Informele leider;Noord; Zoë Bouâziz ;zoe@tij.example;wijkcoach"), zoe},
		{"quotation marks", []byte("\"naam\";\"email\";\"functie\";\"team\";\"rollen\"\n\"Zoë Bouâziz\";\"zoe@tij.example\";\"wijkcoach\";\"Noord\";\"medewerker, informele leider\""), zoe},
		{"only a name", []byte("naam\nZoë Bouâziz\n"), only},
		{"cells that are missing at the end", []byte("naam;email;functie\nZoë Bouâziz\n"), only},
		{"a spreadsheet", spreadsheet(t, []any{"Naam", "E-mail", "Functie", "Team", "Rollen"}, []any{"Zoë Bouâziz", "zoe@tij.example", "wijkcoach", "Noord", "medewerker, informele leider"}), zoe},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, problems := readPeople(t.Context(), File{"lijst", c.content})
			if len(problems) > 0 {
				t.Fatalf("problems: %v", problems)
			}
			if diff := cmp.Diff([]listedPerson{c.want}, got); diff != "" {
				t.Errorf("people (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEmptyLinesAreNobodyAndLinesKeepTheirNumber(t *testing.T) {
	want := []listedPerson{
		{Line: 3, Name: "Anna", Roles: []domain.Role{domain.Employee}},
		{Line: 6, Name: "Bram", Roles: []domain.Role{domain.Employee}},
	}
	for name, content := range map[string][]byte{
		"CSV":  []byte("naam;team\n;\nAnna;\n;;\n \nBram;\n"),
		"XLSX": spreadsheet(t, []any{"naam"}, []any{}, []any{"Anna"}, []any{""}, []any{" "}, []any{"Bram"}),
	} {
		got, problems := readPeople(t.Context(), File{name, content})
		if len(problems) > 0 {
			t.Fatalf("%s: %v", name, problems)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestAListThatCannotBeReadSaysWhy(t *testing.T) {
	var many strings.Builder
	many.WriteString("naam\n")
	for i := range listRows + 1 {
		fmt.Fprintf(&many, "Mens %d\n", i)
	}
	for _, c := range []struct {
		name    string
		content []byte
		want    listProblem
	}{
		{"nothing", nil, listProblem{Detail: "Kies eerst een bestand."}},
		{"nobody", []byte("naam;email\n\n"), listProblem{Detail: "In deze lijst staat niemand."}},
		{"no headings", []byte("Anna;anna@tij.example\nBram;bram@tij.example\n"), listProblem{Detail: "De eerste regel heeft geen kolom “Naam”."}},
		{"a column twice", []byte("naam;team;Teamnaam\nAnna;Noord;Zuid\n"), listProblem{Detail: "De kolom “Team” staat er twee keer in."}},
		{"a stray quotation mark", []byte("naam;email\nAnna;anna@tij.example\nBram \"de\" Bakker;\n"), listProblem{Line: 3, Detail: "Deze regel is niet te lezen. Staat er een los aanhalingsteken in?"}},
		{"too many people", []byte(many.String()), listProblem{Detail: "Dit zijn meer dan 2000 mensen. Verdeel de lijst."}},
		{"too many bytes", bytes.Repeat([]byte("x"), listBytes+1), listProblem{Detail: "Dit bestand is groter dan 2 MB. Haal eruit wat niet nodig is, zoals plaatjes en andere tabbladen."}},
		{"no spreadsheet", []byte("PK\x03\x04 and then nothing"), listProblem{Detail: "Dit bestand kunnen we niet lezen. Bewaar het als .xlsx of als CSV."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, problems := readPeople(t.Context(), File{"lijst", c.content})
			if diff := cmp.Diff([]listProblem{c.want}, problems); diff != "" || len(got) > 0 {
				t.Errorf("people %v, problems (-want +got):\n%s", got, diff)
			}
		})
	}
}

func TestTheExamplesCanBeImported(t *testing.T) {
	for _, l := range i18n.Langs {
		b, err := os.ReadFile("static/" + i18n.T(i18n.In(t.Context(), l), "import.example.file"))
		if err != nil {
			t.Fatal(err)
		}
		got, problems := readPeople(t.Context(), File{"example", b})
		if len(got) != 3 || len(problems) > 0 || got[0].Roles[0] != domain.MT {
			t.Errorf("%s: %v, %v", l, got, problems)
		}
	}
}

// upload sends a file in a form.
func (b browserLike) upload(path, field, name string, content []byte) response {
	b.w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	f, err := form.CreateFormFile(field, name)
	if err != nil {
		b.w.t.Fatal(err)
	}
	_, _ = f.Write(content)
	_ = form.Close()
	r := b.w.request(http.MethodPost, path, body.String())
	r.Header.Set("Content-Type", form.FormDataContentType())
	return b.w.do(b.c, r)
}

// names are who is in the programme, with their teams.
func (w *world) names() (all []string) {
	w.t.Helper()
	err := w.views.Read(w.t.Context(), func(r projections.Reader, _ domain.Position) error {
		persons, err := people.List(w.t.Context(), r, "tij", people.Filter{})
		for _, p := range persons {
			all = append(all, strings.TrimSpace(*p.Name+" "+p.TeamName))
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return all
}

// hiddenField finds what a page carries in a form.
func hiddenField(t *testing.T, page, form, name string) string {
	t.Helper()
	_, page, found := strings.Cut(page, `action="`+form+`"`)
	m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(page)
	if !found || m == nil {
		t.Fatalf("no %s in the form to %s:\n%s", name, form, page)
	}
	return html.UnescapeString(m[1])
}

func TestPeopleComeInFromAListAllOfThemOrNobody(t *testing.T) {
	w := newWorld(t)
	w.srv.peopleRoutes()
	w.execute("tij", "marieke", programme.CorrectPerson{Programme: "tij", ID: "joost", Name: "Joost Visser", Email: "joost@tij.example"})
	lead := w.in("marieke")
	before := w.names()

	wrong := lead.upload("/people/import/check", "file", "lijst.csv", []byte(
		"naam;e-mail;team;rollen\n"+
			"Anna;anna@tij.example;Noord;medewerker\n"+
			";naamloos@tij.example;Noord;medewerker\n"+
			"Bram;bram;Noord;medewerker\n"+
			"Cees;ANNA@tij.example;Noord;medewerker\n"+
			"Dina;joost@tij.example;Noord;tovenaar\n"+
			"Els;els@tij.example;Noord;medewerker;te veel\n"))
	for _, want := range []string{
		`Regel 3</b> <span>Naam: `, `Regel 4</b> <span>E-mail: `,
		`Regel 5</b> <span>E-mail: Dit adres staat ook op regel 2.`,
		`Regel 6</b> <span>Rollen: “tovenaar” is geen rol die we kennen.`, `Regel 6</b> <span>E-mail: `,
		`Regel 7</b> <span>Deze regel heeft meer vakjes`,
	} {
		if !strings.Contains(wrong.body, want) {
			t.Errorf("the page does not say %q:\n%s", want, wrong.body)
		}
	}
	if strings.Contains(wrong.body, `action="/people/import"`) || strings.Contains(wrong.body, "Regel 2</b>") {
		t.Errorf("a wrong list can be added, or a right line is called wrong:\n%s", wrong.body)
	}

	page := lead.upload("/people/import/check", "file", "lijst.csv", []byte(
		"naam;e-mail;team;rollen\nAnna “de” Wit;anna@tij.example;Noord;medewerker\nBram <b>;bram@tij.example;noord;MT-lid\njoost visser;;;\n"))
	for _, want := range []string{"De lijst klopt: 3 mensen", "Er komt een team bij: Noord.", "joost visser heet net als iemand die al meedoet"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the page does not say %q:\n%s", want, page.body)
		}
	}
	if diff := cmp.Diff(before, w.names()); diff != "" {
		t.Errorf("looking at a list changed who is in the programme (-before +after):\n%s", diff)
	}

	form := url.Values{"act": {hiddenField(t, page.body, "/people/import", "act")}, "people": {hiddenField(t, page.body, "/people/import", "people")}}
	for range 2 { // sent twice, it happens once
		if r := lead.post("/people/import", form); r.status != http.StatusSeeOther {
			t.Fatalf("adding the list: %s", r)
		} else if r := lead.get(r.location); r.status != http.StatusOK {
			t.Fatalf("the people: %s", r)
		}
	}
	want := []string{"Anna “de” Wit Noord", "Bram <b> Noord", "joost visser", "Joost Visser", "Marieke Kuiper"}
	if diff := cmp.Diff(want, w.names()); diff != "" {
		t.Errorf("who is in the programme (-want +got):\n%s", diff)
	}
}

func TestAListThatWasOvertakenIsShownAgainWithWhatIsWrong(t *testing.T) {
	w := newWorld(t)
	w.srv.peopleRoutes()
	lead := w.in("marieke")
	page := lead.upload("/people/import/check", "file", "lijst.csv", []byte("naam;e-mail\nAnna;anna@tij.example\nBram;bram@tij.example\n"))
	form := url.Values{"act": {hiddenField(t, page.body, "/people/import", "act")}, "people": {hiddenField(t, page.body, "/people/import", "people")}}
	w.execute("tij", "marieke", programme.AddPeople{Programme: "tij", People: []programme.NewPerson{
		{ID: "bram", Name: "Bram", Email: "bram@tij.example", Roles: []domain.Role{domain.Employee}},
	}})

	r := lead.post("/people/import", form)
	if r.status != http.StatusUnprocessableEntity || !strings.Contains(r.body, "Regel 3</b> <span>E-mail: ") || strings.Contains(r.body, "Regel 2") {
		t.Errorf("an address that was taken meanwhile: %s", r)
	}
	if diff := cmp.Diff([]string{"Bram", "Joost Visser", "Marieke Kuiper"}, w.names()); diff != "" {
		t.Errorf("who is in the programme (-want +got):\n%s", diff)
	}
}

func TestAProgramChecksAFileAndAddsAList(t *testing.T) {
	w := newWorld(t)
	w.srv.peopleRoutes()
	lead := w.program("marieke")

	file := base64.StdEncoding.EncodeToString([]byte("name,team\nAnna,North\nBram,north\n"))
	r := lead.post("/people/import/check", fmt.Sprintf(`{"file":{"name":"list.csv","content":%q}}`, file))
	var checked checkedList
	if err := json.Unmarshal([]byte(r.body), &checked); err != nil || r.status != http.StatusOK || len(checked.Problems) > 0 {
		t.Fatalf("checking: %s", r)
	}
	if diff := cmp.Diff([]string{"North"}, checked.NewTeams); diff != "" {
		t.Errorf("new teams (-want +got):\n%s", diff)
	}
	r = lead.post("/people/import", fmt.Sprintf(`{"people":%s}`, checked.json()))
	if r.status != http.StatusOK {
		t.Fatalf("adding: %s", r)
	}
	if r := lead.get(strings.TrimPrefix(r.location, apiPrefix)); r.status != http.StatusOK { // knows of it
		t.Fatalf("the people: %s", r)
	}
	r = lead.post("/people/import", `{"people":[{"name":"Cees","roles":["employee"]},{"name":"","roles":["wizard"]}]}`)
	if r.status != http.StatusUnprocessableEntity ||
		!strings.Contains(r.body, `"field":"people[1].name","code":"required"`) || !strings.Contains(r.body, `"field":"people[1].roles","code":"role_unknown"`) {
		t.Errorf("a wrong list: %s", r)
	}
	if diff := cmp.Diff([]string{"Anna North", "Bram North", "Joost Visser", "Marieke Kuiper"}, w.names()); diff != "" {
		t.Errorf("who is in the programme (-want +got):\n%s", diff)
	}
}

func TestTheLargestListFitsInEveryRequest(t *testing.T) {
	w := newWorld(t)
	w.srv.peopleRoutes()
	lead := w.in("marieke")
	var list strings.Builder
	list.WriteString("naam;e-mail;functie;team;rollen\n")
	for i := range listRows {
		fmt.Fprintf(&list, "“Mens” met een heel lange naam & een %% nummer %d;mens%d@tij.example;%s;Team %d;medewerker, informele leider\n", i, i, strings.Repeat("é", 150), i)
	}
	page := lead.upload("/people/import/check", "file", "lijst.csv", []byte(list.String()))
	if page.status != http.StatusOK || !strings.Contains(page.body, "De lijst klopt: 2000 mensen") {
		t.Fatalf("checking: %d %.2000s", page.status, page.body)
	}
	r := lead.post("/people/import", url.Values{"act": {strings.Repeat("a", 27)}, "people": {hiddenField(t, page.body, "/people/import", "people")}})
	if r.status != http.StatusSeeOther {
		t.Fatalf("adding: %d %.2000s", r.status, r.body)
	}
}
