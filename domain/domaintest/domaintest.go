// Package domaintest states rules as tables: given these facts, when someone
// asks for that, then these facts follow, or this refusal.
package domaintest

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"koersvast/domain"
)

// A Rule is one line of such a table.
type Rule[S any] struct {
	Name  string
	Given []domain.EventOf[S]
	By    domain.Act
	When  domain.Command[S]
	Then  []domain.EventOf[S]
	Err   error
	Field string // the input that is refused, if the rule is about one
}

// Check runs every rule as a subtest.
func Check[S any](t *testing.T, rules []Rule[S]) {
	t.Helper()
	for _, r := range rules {
		t.Run(r.Name, func(t *testing.T) {
			got, err := r.When.Decide(Fold(r.Given...), r.By)
			if !errors.Is(err, r.Err) {
				t.Fatalf("err = %v, want %v", err, r.Err)
			}
			if refused := domain.RefusalsIn(err); r.Field != "" && (len(refused) == 0 || refused[0].Field != r.Field) {
				t.Errorf("refused = %v, want it at %q", refused, r.Field)
			}
			if diff := cmp.Diff(r.Then, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("facts (-want +got):\n%s", diff)
			}
		})
	}
}

// Fold returns what facts add up to.
func Fold[S any](facts ...domain.EventOf[S]) S {
	var s S
	for _, e := range facts {
		s = e.Evolve(s)
	}
	return s
}
