package sheet_test

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"koersvast/cmd/koersvast/internal/web/sheet"
	"koersvast/domain"
)

var sample = sheet.Table{
	Name:    "Toetsing: mei/juni",
	Columns: []string{"Vraag", "Ziet", "Mensen", "Dag"},
	Rows: [][]any{
		{"Zegt, wat hij doet; en \"meer\"", 3.5, 12, domain.Day("2026-03-02")},
		{"=HYPERLINK(\"https://example.org\")", -0.25, 0, domain.Day("")},
		{"twee\nregels", nil, nil, nil},
	},
	Notes: []string{"Van 12 mensen."}, NotesName: "Toelichting",
}

func written(t *testing.T, of sheet.Table, ending string, c sheet.Convention) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := of.Write(&b, ending, c); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEachCountryReadsItsOwnCSV(t *testing.T) {
	for _, c := range []struct {
		sheet.Convention
		want string
	}{
		{sheet.Dutch, "\ufeffVraag;Ziet;Mensen;Dag\r\n" +
			"\"Zegt, wat hij doet; en \"\"meer\"\"\";3,5;12;2026-03-02\r\n" +
			"\"'=HYPERLINK(\"\"https://example.org\"\")\";-0,25;0;\r\n" +
			"\"twee\r\nregels\";;;\r\n" +
			";;;\r\nVan 12 mensen.;;;\r\n"},
		{sheet.English, "\ufeffVraag,Ziet,Mensen,Dag\r\n" +
			"\"Zegt, wat hij doet; en \"\"meer\"\"\",3.5,12,2026-03-02\r\n" +
			"\"'=HYPERLINK(\"\"https://example.org\"\")\",-0.25,0,\r\n" +
			"\"twee\r\nregels\",,,\r\n" +
			",,,\r\nVan 12 mensen.,,,\r\n"},
	} {
		if diff := cmp.Diff(c.want, string(written(t, sample, ".csv", c.Convention))); diff != "" {
			t.Error(diff)
		}
	}
}

func TestAWorkbookHoldsTextsNumbersAndDays(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(written(t, sample, ".xlsx", sheet.Dutch)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // of a test
	if diff := cmp.Diff([]string{"Toetsing  mei juni", "Toelichting"}, f.GetSheetList()); diff != "" {
		t.Fatal(diff)
	}
	for cell, want := range map[string]struct {
		raw  string
		kind excelize.CellType
	}{
		"A2": {"Zegt, wat hij doet; en \"meer\"", excelize.CellTypeInlineString},
		"B2": {"3.5", excelize.CellTypeUnset}, // as Excel writes a number
		"C2": {"12", excelize.CellTypeUnset},
		"D2": {"46083", excelize.CellTypeUnset}, // days since 30 December 1899
		"A3": {"=HYPERLINK(\"https://example.org\")", excelize.CellTypeInlineString},
		"B3": {"-0.25", excelize.CellTypeUnset},
		"D3": {"", excelize.CellTypeUnset},
		"A4": {"twee\nregels", excelize.CellTypeInlineString},
	} {
		raw, err := f.GetCellValue("Toetsing  mei juni", cell, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		kind, err := f.GetCellType("Toetsing  mei juni", cell)
		if err != nil {
			t.Fatal(err)
		}
		formula, err := f.GetCellFormula("Toetsing  mei juni", cell)
		if err != nil {
			t.Fatal(err)
		}
		if raw != want.raw || kind != want.kind || formula != "" {
			t.Errorf("%s: got %q of type %d with formula %q, want %q of type %d", cell, raw, kind, formula, want.raw, want.kind)
		}
	}
	if day, err := f.GetCellValue("Toetsing  mei juni", "D2"); err != nil || day != "2026-03-02" {
		t.Errorf("got %s, want the day as people read it", day)
	}
	if note, err := f.GetCellValue("Toelichting", "A2"); err != nil || note != "Van 12 mensen." {
		t.Errorf("got %s, want the note", note)
	}
}

func TestWhatNoCellHoldsIsRefused(t *testing.T) {
	for name, table := range map[string]sheet.Table{
		"a list":         {Name: "Blad", Columns: []string{"a"}, Rows: [][]any{{[]string{"x"}}}},
		"a cell too few": {Name: "Blad", Columns: []string{"a", "b"}, Rows: [][]any{{"x"}}},
	} {
		for _, ending := range []string{".csv", ".xlsx"} {
			if err := table.Write(new(bytes.Buffer), ending, sheet.Dutch); err == nil {
				t.Errorf("%s: written as %s", name, ending)
			}
		}
	}
	if err := sample.Write(new(bytes.Buffer), ".pdf", sheet.Dutch); err == nil {
		t.Error("written as .pdf")
	}
}

// FuzzATextStaysAText opens what was written with every separator there is, as
// bluntly as a program can.
func FuzzATextStaysAText(f *testing.F) {
	for _, s := range []string{
		"=1+1", "+31 6", "-", "@SUM(A1)", " =1", "\t=1", "\r\n=1", "\u200b=1", "\x00=1", "＝1", "a,=1", "a;=1", "a\n=1", "a|=1",
		"\"=1", "a,\"=1\"", ";-)", "'=1", "a,;=1", "gewoon, zoals het is", "",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(strings.ReplaceAll(s, "\r", ""), "") // as texts arrive
		table := sheet.Table{Name: "Blad", Columns: []string{"a", "b"}, Rows: [][]any{{s, "x"}, {"x", s}}}
		for _, c := range []sheet.Convention{sheet.Dutch, sheet.English} {
			b := bytes.TrimPrefix(written(t, table, ".csv", c), []byte("\ufeff"))
			for _, separator := range ",;\t|" {
				for cell := range strings.FieldsFuncSeq(string(b), func(r rune) bool { return r == separator || r == '\n' || r == '\r' }) {
					cell = strings.TrimLeftFunc(cell, func(r rune) bool { return r == '"' || unicode.IsSpace(r) || unicode.Is(unicode.C, r) })
					if cell != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(cell)[0]) {
						t.Errorf("%q: opened with %q, a cell begins with %q", s, separator, cell)
					}
				}
			}
			r := csv.NewReader(bytes.NewReader(b))
			r.Comma = c.Separator
			rows, err := r.ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			bare := func(s string) string { return strings.ReplaceAll(s, "'", "") }
			if got := bare(rows[1][0]); len(rows) != 3 || got != bare(s) || rows[2][1] != rows[1][0] {
				t.Errorf("%q: got %q", s, rows)
			}
		}
		book, err := excelize.OpenReader(bytes.NewReader(written(t, table, ".xlsx", sheet.Dutch)))
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close() //nolint:errcheck // of a test
		got, err := book.GetCellValue(book.GetSheetName(0), "A2")
		if err != nil {
			t.Fatal(err)
		}
		formula, err := book.GetCellFormula(book.GetSheetName(0), "A2")
		if err != nil {
			t.Fatal(err)
		}
		if want := strings.Map(writable, s); got != want || formula != "" {
			t.Errorf("got %s with formula %q, want %s", strconv.Quote(got), formula, strconv.Quote(want))
		}
	})
}

// writable leaves out what XML cannot hold, which no text of ours has.
func writable(r rune) rune {
	if r == '\t' || r == '\n' || 0x20 <= r && r < 0xfffe || r > 0xffff {
		return r
	}
	return unicode.ReplacementChar
}
