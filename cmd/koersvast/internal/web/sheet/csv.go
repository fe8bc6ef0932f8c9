package sheet

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"unicode"

	"koersvast/domain"
)

// A Convention is how a country writes CSV: what stands between two cells, and
// before the decimals of a number.
type Convention struct {
	Separator rune
	Decimal   string
}

// How CSV is written where people speak Dutch, and where they speak English.
var (
	Dutch   = Convention{';', ","}
	English = Convention{',', "."}
)

// mark is what tells spreadsheets that a file is UTF-8.
const mark = "\ufeff"

func (t Table) csv(w io.Writer, c Convention) error {
	if _, err := io.WriteString(w, mark); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma, out.UseCRLF = c.Separator, true
	cells := make([]string, len(t.Columns))
	write := func(text func(i int) string) {
		for i := range cells {
			cells[i] = text(i)
		}
		_ = out.Write(cells) // it remembers its first error
	}
	write(func(i int) string { return plain(t.Columns[i]) })
	for _, row := range t.Rows {
		write(func(i int) string { return c.cell(row[i]) })
	}
	for i, note := range t.Notes {
		if i == 0 {
			write(func(int) string { return "" })
		}
		write(func(i int) string {
			if i > 0 {
				return ""
			}
			return plain(note)
		})
	}
	out.Flush()
	return out.Error()
}

func (c Convention) cell(v any) string {
	switch v := v.(type) {
	case string:
		return plain(v)
	case int:
		return strconv.Itoa(v)
	case float64:
		return strings.Replace(strconv.FormatFloat(v, 'f', -1, 64), ".", c.Decimal, 1)
	case domain.Day:
		return string(v)
	}
	return ""
}

// plain returns a text as one that no spreadsheet takes for a formula: with an
// apostrophe where a cell could begin and a formula with it. That is not only
// at its own beginning: a file that is opened with another separator than it
// was written with falls apart in other places, quoted or not.
func plain(s string) string {
	var b strings.Builder
	for {
		if begins(s) {
			b.WriteByte('\'')
		}
		next := strings.IndexFunc(s, separates)
		if next < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:next+1]) // every separator is one byte
		s = s[next+1:]
	}
}

// separates reports whether some program takes r for the end of a cell.
func separates(r rune) bool { return strings.ContainsRune(",;\t|\r\n", r) }

// begins reports whether a cell that begins so is a formula. Spaces and what
// cannot be seen before it are passed over, as programs do, and so are quotes,
// which are gone when a program has read them. The signs are those that OWASP
// lists, also as they are written in East Asia.
func begins(s string) bool {
	s = strings.TrimLeftFunc(s, func(r rune) bool {
		return r == '"' || !separates(r) && (unicode.IsSpace(r) || unicode.Is(unicode.C, r))
	})
	return s != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(s)[0])
}
