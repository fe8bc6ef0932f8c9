package projections

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
)

// Dump writes all tables of all models as text: the tables by name, a row a
// line, in the order of their columns. Tables that were made from the same
// acts give the same text, however they were made.
func Dump(ctx context.Context, r Reader, w io.Writer) error {
	tables, err := tableNames(ctx, r)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	for _, name := range tables {
		if err := dumpTable(ctx, r, out, name); err != nil {
			return fmt.Errorf("projections: dump of %s: %w", name, err)
		}
	}
	return out.Flush()
}

func tableNames(ctx context.Context, r Reader) (names []string, err error) {
	rows, err := r.QueryContext(ctx, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('projector', 'sqlite_sequence') ORDER BY name`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

func dumpTable(ctx context.Context, r Reader, w io.Writer, table string) error {
	query := `SELECT * FROM "` + strings.ReplaceAll(table, `"`, `""`) + `"`
	columns, err := columnNames(ctx, r, query+" LIMIT 0")
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s (%s)\n", table, strings.Join(columns, ", "))

	order := make([]string, len(columns))
	row, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range columns {
		order[i] = fmt.Sprint(i + 1)
		into[i] = &row[i]
	}
	rows, err := r.QueryContext(ctx, query+" ORDER BY "+strings.Join(order, ", "))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for _, v := range row {
			fmt.Fprintf(w, "\t%s", literal(v))
		}
		fmt.Fprintln(w)
	}
	return rows.Err()
}

func columnNames(ctx context.Context, r Reader, query string) ([]string, error) {
	rows, err := r.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	return rows.Columns()
}

func literal(v any) string {
	switch v := v.(type) {
	case nil:
		return "NULL"
	case string:
		return fmt.Sprintf("%q", v)
	case []byte:
		return fmt.Sprintf("x'%x'", v)
	default:
		return fmt.Sprint(v)
	}
}
