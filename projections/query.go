package projections

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
)

// All asks a question and returns every row of the answer. Columns says where
// the columns of a row go.
func All[T any](ctx context.Context, r Reader, columns func(*T) []any, query string, args ...any) ([]T, error) {
	rows, err := r.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("projections: %w", err)
	}
	defer rows.Close()
	all := []T{}
	for rows.Next() {
		var v T
		if err := rows.Scan(columns(&v)...); err != nil {
			return nil, fmt.Errorf("projections: %w", err)
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

// One asks a question that has one row as its answer, and reports whether
// there is one.
func One[T any](ctx context.Context, r Reader, columns func(*T) []any, query string, args ...any) (v T, found bool, err error) {
	switch err := r.QueryRowContext(ctx, query, args...).Scan(columns(&v)...); {
	case errors.Is(err, sql.ErrNoRows):
		return v, false, nil
	case err != nil:
		return v, false, fmt.Errorf("projections: %w", err)
	}
	return v, true, nil
}

// List is a column that holds a JSON array, such as json_group_array makes.
func List[T any](list *[]T) sql.Scanner { return column[T]{list} }

type column[T any] struct{ list *[]T }

func (c column[T]) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*c.list = []T{}
		return nil
	case string:
		return json.Unmarshal([]byte(v), c.list)
	case []byte:
		return json.Unmarshal(v, c.list)
	}
	return fmt.Errorf("projections: %T is no list", v)
}

// JSON writes a list as an argument for json_each.
func JSON[T any](list []T) string {
	if list == nil {
		return "[]"
	}
	b, err := json.Marshal(list)
	if err != nil {
		panic(err) // a list of names or numbers
	}
	return string(b)
}
