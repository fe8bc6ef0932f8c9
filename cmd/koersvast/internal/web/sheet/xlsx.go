package sheet

import (
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"koersvast/domain"
)

// The numbers of formats that every program knows.
const asText = 49 // so that a text stays one when somebody edits it, too

func (t Table) xlsx(w io.Writer) (err error) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }() // of what stands in memory
	day := "yyyy-mm-dd"
	styles := make([]int, 3)
	for i, s := range []*excelize.Style{
		{NumFmt: asText},
		{NumFmt: asText, Font: &excelize.Font{Bold: true}},
		{CustomNumFmt: &day},
	} {
		if styles[i], err = f.NewStyle(s); err != nil {
			return err
		}
	}
	page := page{f, styles[0], styles[1], styles[2]}
	name := sheetName(t.Name)
	if err := f.SetSheetName(f.GetSheetName(0), name); err != nil {
		return err
	}
	if err := page.table(name, t); err != nil {
		return err
	}
	if len(t.Notes) > 0 {
		notes := Table{Columns: []string{t.NotesName}}
		for _, n := range t.Notes {
			notes.Rows = append(notes.Rows, []any{n})
		}
		name := sheetName(t.NotesName)
		if _, err := f.NewSheet(name); err != nil {
			return err
		}
		if err := page.table(name, notes); err != nil {
			return err
		}
	}
	return f.Write(w)
}

// A page writes sheets of a workbook in its styles.
type page struct {
	*excelize.File
	text, head, day int
}

// widest is how many characters a column is wide at most.
const widest = 60

func (p page) table(name string, t Table) error {
	out, err := p.NewStreamWriter(name)
	if err != nil {
		return err
	}
	widths := make([]int, len(t.Columns))
	rows := make([][]any, 0, len(t.Rows)+1)
	heads := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		widths[i] = len([]rune(c))
		heads[i] = excelize.Cell{StyleID: p.head, Value: c}
	}
	rows = append(rows, heads)
	for _, row := range t.Rows {
		cells := make([]any, len(row))
		for i, v := range row {
			cells[i] = p.cell(v)
			if s, ok := v.(string); ok {
				widths[i] = max(widths[i], len([]rune(s)))
			}
		}
		rows = append(rows, cells)
	}
	for i, n := range widths {
		if err := out.SetColWidth(i+1, i+1, float64(min(max(n, 8), widest)+2)); err != nil {
			return err
		}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for n, row := range rows {
		at, err := excelize.CoordinatesToCellName(1, n+1)
		if err != nil {
			return err
		}
		if err := out.SetRow(at, row); err != nil {
			return err
		}
	}
	return out.Flush()
}

func (p page) cell(v any) any {
	switch v := v.(type) {
	case string:
		return excelize.Cell{StyleID: p.text, Value: v}
	case domain.Day:
		day, err := time.Parse(time.DateOnly, string(v))
		if err != nil { // there is none
			return nil
		}
		return excelize.Cell{StyleID: p.day, Value: day}
	}
	return v
}

// sheetName is a name as a sheet can have it.
func sheetName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) {
			return ' '
		}
		return r
	}, s)
	if r := []rune(s); len(r) > excelize.MaxSheetNameLength {
		s = string(r[:excelize.MaxSheetNameLength])
	}
	return s
}
