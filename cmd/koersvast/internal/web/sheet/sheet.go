// Package sheet writes tables for spreadsheets, as CSV and as XLSX.
//
// A number is a number there and a day is a day, and a text stays a text
// whatever it begins with: people type what is written, and others open it on
// their own machines, where a cell that begins with = is a program.
package sheet

import (
	"fmt"
	"io"

	"koersvast/domain"
)

// A Table is rows under named columns.
type Table struct {
	Name    string // of the sheet and, in lower case, of the file
	Columns []string

	// Rows hold what stands in each column: a string, an int, a float64, a
	// [domain.Day], or nil where nothing stands. An empty Day is nothing.
	Rows [][]any

	// Notes say how to read the table: what it leaves out, how numbers were
	// made, of how many people. They stand below it in CSV, and on a sheet of
	// their own in XLSX.
	Notes []string

	NotesName string // of that sheet
}

// Write writes the table as the file whose name ends so. The convention is for
// CSV alone: in XLSX numbers are written as each reader's program does.
func (t Table) Write(w io.Writer, ending string, c Convention) error {
	if err := t.check(); err != nil {
		return err
	}
	switch ending {
	case ".csv":
		return t.csv(w, c)
	case ".xlsx":
		return t.xlsx(w)
	}
	return fmt.Errorf("sheet: no table is written as %s", ending)
}

// check refuses what no cell can hold, so that both kinds of files refuse the
// same.
func (t Table) check() error {
	for n, row := range t.Rows {
		if len(row) != len(t.Columns) {
			return fmt.Errorf("sheet: %s: row %d has %d cells under %d columns", t.Name, n, len(row), len(t.Columns))
		}
		for _, cell := range row {
			switch cell.(type) {
			case nil, string, int, float64, domain.Day:
			default:
				return fmt.Errorf("sheet: %s: row %d holds a %T", t.Name, n, cell)
			}
		}
	}
	return nil
}
