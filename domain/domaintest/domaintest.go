// Package domaintest states rules as tables: given these facts, when someone
// asks for that, then these facts follow, or this refusal. [Walk] states what
// is true whatever people ask, in whatever order.
package domaintest

import (
	"errors"
	"fmt"
	"path"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

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
			var none S
			s := evolve(t, none, r.Given)
			got, err := decide(t, r.When, s, r.By)
			if !errors.Is(err, r.Err) {
				t.Fatalf("err = %v, want %v", err, r.Err)
			}
			if refused := domain.RefusalsIn(err); r.Field != "" && (len(refused) == 0 || refused[0].Field != r.Field) {
				t.Errorf("refused = %v, want it at %q", refused, r.Field)
			}
			if diff := cmp.Diff(r.Then, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("facts (-want +got):\n%s", diff)
			}
			evolve(t, s, got)
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

// A Step is one command that was taken in a [Walk], and what it led to.
type Step[S any] struct {
	By      domain.Act
	Command domain.Command[S]
	Facts   []domain.EventOf[S]
}

// Walk draws commands until it has tried n of them, lets each decide on what
// the others led to, and calls then after every one that led to facts, with
// all steps so far. It fails when a refusal is not one for people, when a
// command decides differently the second time, and when a state that was
// reached before is changed afterwards.
func Walk[S any](t *rapid.T, n int, draw func(*rapid.T) (domain.Act, domain.Command[S]), then func(steps []Step[S])) {
	t.Helper()
	var (
		s       S
		steps   []Step[S]
		reached []S
		looked  []string
	)
	for range n {
		reached, looked = append(reached, s), append(looked, fmt.Sprintf("%+v", s))
		act, c := draw(t)
		facts, err := decide(t, c, s, act)
		if err != nil && len(domain.RefusalsIn(err)) == 0 {
			t.Fatalf("%T failed: %v; want facts or a refusal", c, err)
		}
		again, _ := decide(t, c, s, act)
		if diff := cmp.Diff(facts, again, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%T decides differently the second time (-first +second):\n%s", c, diff)
		}
		s = evolve(t, s, facts)
		if len(facts) > 0 {
			steps = append(steps, Step[S]{act, c, facts})
			then(steps)
		}
	}
	for i, was := range looked {
		if is := fmt.Sprintf("%+v", reached[i]); is != was {
			t.Fatalf("a later fact changed an earlier state:\n was %s\n is  %s", was, is)
		}
	}
}

// decide is Decide, which must leave the state alone, and which either
// refuses or leads to facts, on a stream of the command's own concept. A list
// of a fact that is tagged minItems:"1" is not empty.
func decide[S any](t rapid.TB, c domain.Command[S], s S, act domain.Act) ([]domain.EventOf[S], error) {
	t.Helper()
	was := fmt.Sprintf("%+v", s)
	facts, err := c.Decide(s, act)
	if is := fmt.Sprintf("%+v", s); is != was {
		t.Errorf("%T.Decide changed its state:\n was %s\n is  %s", c, was, is)
	}
	if err != nil && len(facts) > 0 {
		t.Errorf("%T.Decide refused and led to %d facts; want one of the two", c, len(facts))
	}
	for _, e := range facts {
		for _, f := range reflect.VisibleFields(reflect.TypeOf(e)) {
			if f.Tag.Get("minItems") == "1" && reflect.ValueOf(e).FieldByIndex(f.Index).Len() == 0 {
				t.Errorf("%T.Decide led to %T with no %s, which is never empty", c, e, f.Name)
			}
		}
	}
	concept := path.Base(reflect.TypeOf(c).PkgPath())
	if to := c.Stream(); to.Kind != concept || to.Programme != "" {
		t.Errorf("%T.Stream = %s; want one of kind %s, in no programme yet", c, to, concept)
	}
	return facts, err
}

// evolve returns what facts make of s, and fails when one of them changes the
// state that it was given.
func evolve[S any](t rapid.TB, s S, facts []domain.EventOf[S]) S {
	t.Helper()
	for _, e := range facts {
		was := fmt.Sprintf("%+v", s)
		next := e.Evolve(s)
		if is := fmt.Sprintf("%+v", s); is != was {
			t.Errorf("%T.Evolve changed the state it was given:\n was %s\n is  %s", e, was, is)
		}
		s = next
	}
	return s
}
