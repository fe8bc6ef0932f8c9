package web

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
)

// How large a list of people may be.
const (
	listBytes = 2 << 20
	listRows  = 2000

	unzippedBytes = 64 << 20 // of a spreadsheet; a small file can hold a very large one
)

// A listedPerson is a person as a list names them: the team by its name.
type listedPerson struct {
	Line     int           `json:"line,omitempty" doc:"Where they stand in the file that the list came from"`
	Name     string        `json:"name"`
	Email    string        `json:"email,omitempty"`
	Function string        `json:"function,omitempty"`
	Team     string        `json:"team,omitempty" doc:"The team's name; a team of a new name is formed"`
	Roles    []domain.Role `json:"roles"`
}

// A listProblem is what is wrong with a line of a list.
type listProblem struct {
	Line   int    `json:"line,omitempty" doc:"Absent when it is about the whole file"`
	Field  string `json:"field,omitempty" doc:"name, email, function, team or roles"`
	Detail string `json:"detail" doc:"The sentence for people, in the asker's language"`
}

// The columns of a list, with what their headings can be in the languages
// that people write lists in, as plain letters.
var listColumns = []struct {
	field    string
	headings []string
}{
	{"name", []string{"naam", "name", "volledigenaam", "fullname"}},
	{"email", []string{"email", "emailadres", "emailaddress", "mail", "mailadres"}},
	{"function", []string{"functie", "function", "jobtitle", "functietitel"}},
	{"team", []string{"team", "teamnaam", "teamname"}},
	{"roles", []string{"rollen", "rol", "roles", "role"}},
}

// letters is a text with only its letters, small.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// fieldOfHeading is the column that a heading names, nothing when it is none.
func fieldOfHeading(heading string) string {
	plain := letters(heading)
	for _, c := range listColumns {
		if slices.Contains(c.headings, plain) {
			return c.field
		}
	}
	return ""
}

// rolesByName are the roles by what they are called in any of our languages,
// and by their own name, as plain letters.
var rolesByName = func() map[string]domain.Role {
	m := map[string]domain.Role{}
	for _, r := range domain.Roles {
		m[letters(string(r))] = r
		for _, l := range i18n.Langs {
			m[letters(i18n.T(i18n.In(context.Background(), l), "role."+string(r)))] = r
		}
	}
	return m
}()

// A listLine is a row of a file with the number under which people see it there.
type listLine struct {
	number int
	cells  []string
}

// readPeople reads a list of people from a CSV or XLSX file, as far as it can
// be read. Whoever has no role in it is an employee.
func readPeople(ctx context.Context, f File) ([]listedPerson, []listProblem) {
	whole := func(id string, values ...any) []listProblem {
		return []listProblem{{Detail: i18n.T(ctx, id, values...)}}
	}
	switch {
	case len(f.Content) == 0:
		return nil, whole("import.no_file")
	case len(f.Content) > listBytes:
		return nil, whole("import.too_large")
	}
	read := readCSV
	if bytes.HasPrefix(f.Content, []byte("PK\x03\x04")) {
		read = readXLSX
	}
	lines, err := read(f.Content)
	switch broken, ok := errors.AsType[*csv.ParseError](err); {
	case ok:
		return nil, []listProblem{{Line: broken.Line, Detail: i18n.T(ctx, "import.broken_line")}}
	case errors.Is(err, errTooManyRows):
		return nil, whole("import.too_many", "Most", listRows)
	case err != nil:
		return nil, whole("import.unreadable")
	case len(lines) == 0:
		return nil, whole("import.empty")
	}

	fields := make([]string, len(lines[0].cells))
	for i, heading := range lines[0].cells {
		fields[i] = fieldOfHeading(heading)
		if fields[i] != "" && slices.Index(fields, fields[i]) < i {
			return nil, whole("import.column_twice", "Column", i18n.T(ctx, "import.column."+fields[i]))
		}
	}
	if !slices.Contains(fields, "name") {
		return nil, whole("import.no_name_column")
	}
	var (
		people   []listedPerson
		problems []listProblem
	)
	for _, l := range lines[1:] {
		p, wrong := readPerson(ctx, fields, l)
		people, problems = append(people, p), append(problems, wrong...)
	}
	if len(people) == 0 {
		return nil, whole("import.empty")
	}
	return people, problems
}

func readPerson(ctx context.Context, fields []string, l listLine) (p listedPerson, wrong []listProblem) {
	p.Line = l.number
	for i, cell := range l.cells {
		if i >= len(fields) {
			if cell != "" {
				wrong = append(wrong, listProblem{Line: l.number, Detail: i18n.T(ctx, "import.too_many_cells")})
				break
			}
			continue
		}
		switch fields[i] {
		case "name":
			p.Name = cell
		case "email":
			p.Email = cell
		case "function":
			p.Function = cell
		case "team":
			p.Team = cell
		case "roles":
			for _, name := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(",;/|+\n", r) }) {
				role, known := rolesByName[letters(name)]
				if !known {
					wrong = append(wrong, listProblem{l.number, "roles", i18n.T(ctx, "import.unknown_role", "Role", strings.TrimSpace(name))})
				} else if !slices.Contains(p.Roles, role) {
					p.Roles = append(p.Roles, role)
				}
			}
		}
	}
	if len(p.Roles) == 0 {
		p.Roles = []domain.Role{domain.Employee}
	}
	return p, wrong
}

var errTooManyRows = errors.New("web: too many rows")

// addLine cleans a row and adds it, unless it is empty.
func addLine(lines []listLine, number int, cells []string) ([]listLine, error) {
	empty := true
	row := listLine{number, make([]string, len(cells))}
	for i, c := range cells {
		row.cells[i] = clean(c)
		empty = empty && row.cells[i] == ""
	}
	switch {
	case empty:
		return lines, nil
	case len(lines) > listRows: // the first is the heading
		return nil, errTooManyRows
	}
	return append(lines, row), nil
}

// readCSV reads text in UTF-8 or, from older programs, Windows-1252, whose
// separator is the one that makes the most of its headings.
func readCSV(b []byte) (lines []listLine, err error) {
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if !utf8.Valid(b) {
		if b, err = charmap.Windows1252.NewDecoder().Bytes(b); err != nil {
			return nil, err
		}
	}
	r := csv.NewReader(bytes.NewReader(b))
	r.Comma, r.FieldsPerRecord = separator(b), -1
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return lines, nil
		}
		if err != nil {
			return nil, err
		}
		number, _ := r.FieldPos(0)
		if lines, err = addLine(lines, number, cells); err != nil {
			return nil, err
		}
	}
}

func separator(b []byte) rune {
	first, _, _ := bytes.Cut(b, []byte("\n"))
	best, most := ';', 0
	for _, sep := range []rune{';', ',', '\t'} {
		known := 0
		for _, heading := range strings.Split(string(first), string(sep)) {
			if fieldOfHeading(heading) != "" {
				known++
			}
		}
		if known > most {
			best, most = sep, known
		}
	}
	return best
}

// readXLSX reads the first sheet of a spreadsheet.
func readXLSX(b []byte) (lines []listLine, err error) {
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{
		UnzipSizeLimit: unzippedBytes, UnzipXMLSizeLimit: unzippedBytes, RawCellValue: true,
	})
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	rows, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for number := 1; rows.Next(); number++ {
		cells, err := rows.Columns()
		if err != nil {
			return nil, err
		}
		if lines, err = addLine(lines, number, cells); err != nil {
			return nil, err
		}
	}
	return lines, rows.Error()
}

// lineName is how a line is named: by its number in the file, or else by its
// place in the list.
func lineName(p listedPerson, i int) int {
	if p.Line > 0 {
		return p.Line
	}
	return i + 1
}

// placeInList reads which entry of a list a refusal is about: people[3].email
// is the email of number 3.
func placeInList(field string) (list string, i int, rest string, ok bool) {
	list, after, found := strings.Cut(field, "[")
	number, rest, closed := strings.Cut(after, "]")
	i, err := strconv.Atoi(number)
	return list, i, strings.TrimPrefix(rest, "."), found && closed && err == nil
}
