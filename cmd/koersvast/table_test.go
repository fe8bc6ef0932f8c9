package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"koersvast/domain"
	"koersvast/domain/round"
)

// An exhibit is the example, as its people see it from their browsers.
type exhibit struct {
	t       *testing.T
	app     *app
	site    *httptest.Server
	cookies map[domain.PersonID]*http.Cookie
}

func newExhibit(t *testing.T) *exhibit {
	data := filepath.Join(t.TempDir(), "data")
	if err := layExample(data); err != nil {
		t.Fatal(err)
	}
	a, err := openApp(t.Context(), storage{Data: data}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	a.nearlyThere(t.Context())
	if err := a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	pages := a.web(nil, false, false, nil)
	e := &exhibit{t, a, httptest.NewServer(pages), map[domain.PersonID]*http.Cookie{}}
	t.Cleanup(func() {
		pages.Close()
		e.site.Close()
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// get is what somebody reads at an address.
func (e *exhibit) get(who domain.PersonID, path string, head ...string) (status int, body []byte, header http.Header) {
	e.t.Helper()
	if e.cookies[who] == nil {
		e.cookies[who] = signInAs(e.t, e.app, e.site, who)
	}
	r, err := http.NewRequestWithContext(e.t.Context(), http.MethodGet, e.site.URL+path, nil)
	if err != nil {
		e.t.Fatal(err)
	}
	r.AddCookie(e.cookies[who])
	for i := 0; i < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		e.t.Fatal(err)
	}
	defer res.Body.Close() //nolint:errcheck // it was read
	if body, err = io.ReadAll(res.Body); err != nil {
		e.t.Fatal(err)
	}
	return res.StatusCode, body, res.Header
}

// json reads an answer into v, and fails when there is none.
func (e *exhibit) json(who domain.PersonID, path string, v any) {
	e.t.Helper()
	status, body, _ := e.get(who, "/api/v1"+path)
	if status != http.StatusOK {
		e.t.Fatalf("%s by %s: %d %s", path, who, status, body)
	}
	if err := json.Unmarshal(body, v); err != nil {
		e.t.Fatal(err)
	}
}

// rows reads CSV.
func (e *exhibit) rows(b []byte, separator rune) [][]string {
	e.t.Helper()
	b, marked := bytes.CutPrefix(b, []byte("\ufeff"))
	r := csv.NewReader(bytes.NewReader(b))
	r.Comma = separator
	rows, err := r.ReadAll()
	if err != nil || !marked {
		e.t.Fatalf("no CSV that is UTF-8: %v\n%s", err, b)
	}
	return rows
}

// book reads the sheets of a workbook, with numbers and days as they are.
func (e *exhibit) book(b []byte) (table, notes [][]string) {
	e.t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		e.t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // of a test
	sheets := f.GetSheetList()
	if len(sheets) != 2 {
		e.t.Fatalf("sheets %v, want the table and its notes", sheets)
	}
	for i, to := range []*[][]string{&table, &notes} {
		if *to, err = f.GetRows(sheets[i]); err != nil {
			e.t.Fatal(err)
		}
	}
	return table, notes
}

// tables are the addresses of all tables, as the description of the API has
// them, with the places in them filled in.
func (e *exhibit) tables(with map[string][]string) (paths []string) {
	var doc struct{ Paths map[string]any }
	e.json("mt-1", "/openapi.json", &doc)
	for path := range doc.Paths {
		question, ok := strings.CutSuffix(path, ".{ending}")
		if !ok {
			continue
		}
		if !strings.Contains(question, "{") {
			paths = append(paths, question)
			continue
		}
		if with[question] == nil {
			e.t.Errorf("%s: the test knows no place in it", question)
		}
		for _, id := range with[question] {
			paths = append(paths, strings.Replace(question, "{id}", id, 1))
		}
	}
	slices.Sort(paths)
	return paths
}

var tableReaders = []domain.PersonID{"mt-1", "mt-3", "programmaleider", "coach", "noord-01", "beheerder"}

// TestATableIsThePageInRows has people of all kinds take away every table
// there is: the rules are those of the page, CSV in both conventions and the
// workbook have the same cells, and a number is a number.
func TestATableIsThePageInRows(t *testing.T) {
	t.Parallel()
	e := newExhibit(t)
	var list struct{ Rounds []struct{ ID string } }
	e.json("programmaleider", "/rounds", &list)
	ids := map[string][]string{"/promises/{id}": {"samen-naar-gemeente"}}
	for _, r := range list.Rounds {
		ids["/rounds/{id}/result"] = append(ids["/rounds/{id}/result"], r.ID)
	}
	taken := map[string]bool{}
	for _, path := range e.tables(ids) {
		for _, who := range tableReaders {
			asked, _, _ := e.get(who, "/api/v1"+path)
			status, english, header := e.get(who, path+".csv?convention=en")
			_, program, _ := e.get(who, "/api/v1"+path+".csv?convention=en")
			_, dutch, _ := e.get(who, path+".csv")
			_, workbook, _ := e.get(who, path+".xlsx")
			if status != asked && (status != http.StatusForbidden || path != "/people" && path != "/coaching") {
				t.Errorf("%s by %s: the table %d, the answer %d", path, who, status, asked)
			}
			if status != http.StatusOK {
				continue
			}
			taken[path] = true
			if !strings.HasPrefix(header.Get("Content-Disposition"), "attachment; filename=") {
				t.Errorf("%s: not to be kept: %v", path, header)
			}
			if !bytes.Equal(english, program) {
				t.Errorf("%s: a program takes something else away", path)
			}
			want := e.rows(english, ',')
			table, notes := e.book(workbook)
			if diff := cmp.Diff(want, below(table, notes, len(want[0]))); diff != "" {
				t.Errorf("%s by %s: CSV and workbook (-csv +xlsx):\n%s", path, who, diff)
			}
			if diff := cmp.Diff(want, pointed(e.rows(dutch, ';'))); diff != "" {
				t.Errorf("%s by %s: English and Dutch CSV (-en +nl):\n%s", path, who, diff)
			}
		}
	}
	for _, path := range []string{"/promises", "/promises/samen-naar-gemeente", "/expectations", "/history", "/strategy", "/people", "/rounds", "/coaching"} {
		if !taken[path] {
			t.Errorf("nobody took away %s", path)
		}
	}
	if status, _, _ := e.get("mt-1", "/today.csv"); status != http.StatusNotFound {
		t.Errorf("what has no table: got %d", status)
	}
	if status, body, _ := e.get("mt-1", "/api/v1/promises.csv?convention=de"); status != http.StatusUnprocessableEntity || !bytes.Contains(body, []byte("no_convention")) {
		t.Errorf("an unknown convention: got %d %s", status, body)
	}
}

// below is a workbook as CSV has it: notes under the table, but for the one
// that says whose table it is, and every row as long as the first. A text that
// could be a formula has its apostrophe.
func below(table, notes [][]string, width int) (rows [][]string) {
	rows = append(rows, table...)
	if len(notes) > 2 {
		rows = append(append(rows, nil), notes[2:]...)
	}
	for i, row := range rows {
		rows[i] = append(slices.Clone(row), make([]string, width-len(row))...)
	}
	return rows
}

// pointed writes numbers of Dutch rows in the English way.
func pointed(rows [][]string) [][]string {
	for _, row := range rows {
		for i, cell := range row {
			english := strings.Replace(cell, ",", ".", 1)
			if _, err := strconv.ParseFloat(english, 64); err == nil {
				row[i] = english
			}
		}
	}
	return rows
}

// TestANumberIsTheSameWhereverItIsRead compares every number of every report
// that there is: in the answer, in the table and on the page.
func TestANumberIsTheSameWhereverItIsRead(t *testing.T) {
	t.Parallel()
	e := newExhibit(t)
	var list struct {
		Rounds []struct{ ID, Subject, Coach, Status string }
	}
	e.json("programmaleider", "/rounds", &list)
	compared := 0
	for _, r := range list.Rounds {
		path := "/rounds/" + r.ID + "/result"
		if r.Status != string(round.StatusReleased) {
			continue
		}
		for _, who := range []domain.PersonID{domain.PersonID(r.Subject), domain.PersonID(r.Coach), "noord-01"} {
			status, body, _ := e.get(who, "/api/v1"+path)
			if status != http.StatusOK {
				continue
			}
			var res struct{ Report round.Report }
			if err := json.Unmarshal(body, &res); err != nil {
				t.Fatal(err)
			}
			_, page, _ := e.get(who, path)
			_, table, _ := e.get(who, path+".csv?convention=en")
			rows := e.rows(table, ',')[1:]
			want, shown := numbersIn(res.Report)
			var got []string
			for _, row := range rows[:slices.IndexFunc(rows, func(row []string) bool { return row[0] == "" })] {
				for i, cell := range row {
					if cell != "" && i >= 2 && i != 5 {
						got = append(got, cell)
					}
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s by %s (-answer +table):\n%s", path, who, diff)
			}
			for _, n := range shown {
				if !strings.Contains(string(page), ">"+n+"<") {
					t.Errorf("%s by %s: %s is not on the page", path, who, n)
				}
			}
			compared += len(got)
		}
	}
	if compared < 100 {
		t.Errorf("%d numbers were compared, and the example has more", compared)
	}
}

// numbersIn are the numbers of a report in the order of its table, and those
// that the page shows as they are, in Dutch.
func numbersIn(r round.Report) (all, shown []string) {
	add := func(numbers ...float64) {
		for _, n := range numbers {
			all = append(all, strconv.FormatFloat(n, 'f', -1, 64))
		}
	}
	for _, i := range r.Items {
		if i.Self != nil {
			if own := float64(i.Self.Sees); own > 0 {
				add(own, own, own)
			}
			if i.Self.Hears > 0 {
				add(float64(i.Self.Hears))
			}
		}
		cells := i.Cells
		if i.All != nil {
			cells = append([]round.Cell{*i.All}, cells...)
		}
		for _, c := range cells {
			if c.Sees != nil {
				add(c.Sees.Value, c.Sees.Low, c.Sees.High)
				shown = append(shown, strings.Replace(fmt.Sprintf("%.1f", c.Sees.Value), ".", ",", 1))
			}
			if c.Hears != nil {
				add(*c.Hears)
			}
			if c.Unseen != nil {
				add(float64(*c.Unseen))
			}
			for _, n := range c.Spread {
				add(float64(n))
			}
		}
		if i.Gap != nil {
			add(i.Gap.Value, i.Gap.Low, i.Gap.High)
		}
		if i.SayDo != nil {
			add(i.SayDo.Value, i.SayDo.Low, i.SayDo.High)
		}
		if i.Change != nil {
			add(i.Change.Value, i.Change.Low, i.Change.High)
		}
	}
	if r.Score != nil {
		add(r.Score.Value, r.Score.Low, r.Score.High)
	}
	return all, shown
}
