package rules

import (
	"cmp"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	godiff "github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/domain/method"
	"koersvast/projections/consistency"
)

// The day on which every trial asks, unless it says otherwise.
const today domain.Day = "2026-11-21"

// ago returns the day so many days before today.
func ago(days int) domain.Day { return today.Add(-days) }

// A trial is a situation, and what a rule finds in it.
type trial struct {
	name   string
	in     consistency.Situation
	params consistency.Params // that a programme has set
	want   []consistency.Finding
}

// try asks a rule in every trial, as [consistency.Evaluate] does. What is
// wanted leaves out the rule, its version, the roles that it is for, and its
// severity when that is the usual one.
func try(t *testing.T, r consistency.Rule, trials []trial) {
	t.Helper()
	unsaid := variantsOf(r)
	defer func() {
		if !t.Failed() && len(unsaid) > 0 {
			t.Errorf("%s says %q in no trial", r.ID, slices.Sorted(maps.Keys(unsaid)))
		}
	}()
	for _, c := range trials {
		t.Run(c.name, func(t *testing.T) {
			if c.in.Today == "" {
				c.in.Today = today
			}
			var config method.Config
			for name, x := range c.params {
				config = config.WithParam(r.ID, method.ParamName(name), method.ValueOf(x))
			}
			got := consistency.Evaluate(c.in, config, []consistency.Rule{r})
			for i := range c.want {
				c.want[i].Rule, c.want[i].Version = r.ID, r.Version
				c.want[i].Severity = cmp.Or(c.want[i].Severity, r.Severity)
				if !c.want[i].Private {
					c.want[i].Roles = r.Audience.Told(c.want[i])
				}
			}
			if diff := godiff.Diff(c.want, got); diff != "" {
				t.Errorf("%s finds (-want +got):\n%s", r.ID, diff)
			}
			for _, language := range languages {
				for _, f := range got {
					delete(unsaid, f.Variant)
					if said := r.Say(f, language); hole.MatchString(said) {
						t.Errorf("%s says in %s: %s", r.ID, language, said)
					}
				}
			}
		})
	}
}

// variantsOf returns the messages that a rule has.
func variantsOf(r consistency.Rule) map[string]bool {
	all := map[string]bool{"": true}
	for name := range r.Variants {
		all[name] = true
	}
	return all
}

// plain is a language that speaks of things by their ids.
type plain string

var languages = []plain{"nl", "en"}

func (l plain) Language() string                { return string(l) }
func (plain) Thing(o consistency.Object) string { return o.Kind + " " + o.ID }
func (plain) Number(x float64) string           { return strconv.FormatFloat(x, 'g', -1, 64) }
func (plain) Day(d domain.Day) string           { return string(d) }

var hole = regexp.MustCompile(`\{[^}]*\}`)

// holes returns the names that a text leaves open.
func holes(text string) []string {
	return slices.Compact(slices.Sorted(slices.Values(hole.FindAllString(text, -1))))
}

func TestEveryRuleIsWhole(t *testing.T) {
	shape := regexp.MustCompile(`^CR-\d\d$`)
	for _, r := range All() {
		said := map[string]consistency.Words{"name": r.Name, "condition": r.Condition, "message": r.Message, "basis": r.Basis}
		for name, words := range r.Variants {
			said["message "+name] = words
		}
		for name, words := range r.Terms {
			said["the term "+name] = words
		}
		if r.Waits != (consistency.Words{}) {
			said["what it waits for"] = r.Waits
		}
		if r.Holds != (consistency.Words{}) {
			said["how it holds"] = r.Holds
		}
		for what, words := range said {
			if words.NL == "" || words.EN == "" {
				t.Errorf("%s: %s is not said in both languages", r.ID, what)
			}
			if diff := godiff.Diff(holes(words.NL), holes(words.EN)); diff != "" {
				t.Errorf("%s: %s leaves open other things in English than in Dutch (-nl +en):\n%s", r.ID, what, diff)
			}
		}
		if !shape.MatchString(string(r.ID)) || r.Version < 1 {
			t.Errorf("%s: version %d", r.ID, r.Version)
		}
		if !slices.Contains(consistency.Categories, r.Category) || !slices.Contains(consistency.Severities, r.Severity) {
			t.Errorf("%s is %s about %s", r.ID, r.Severity, r.Category)
		}
		if a := r.Audience; r.Find != nil && !a.Owner && !a.Coach && !a.Recorder && !a.People && len(a.Roles) == 0 {
			t.Errorf("%s is for nobody", r.ID)
		}
		if (r.Find == nil) != (r.Holds != consistency.Words{}) {
			t.Errorf("%s finds something or holds at all times: one of the two", r.ID)
		}
	}
}

func TestEveryNumberOfARuleIsInItsCondition(t *testing.T) {
	for _, r := range All() {
		numbers := map[string]bool{}
		for _, p := range r.Params {
			numbers["{"+p.Name+"}"] = true
			if !(p.Lowest <= p.Usual && p.Usual <= p.Most) {
				t.Errorf("%s: %s is usually %v, between %v and %v", r.ID, p.Name, p.Usual, p.Lowest, p.Most)
			}
			if whole := p.Range(); whole.Whole && (whole.Usual%method.One|whole.Lowest%method.One|whole.Most%method.One) != 0 {
				t.Errorf("%s: %s is usually %v, between %v and %v: say that it is a fraction", r.ID, p.Name, p.Usual, p.Lowest, p.Most)
			}
		}
		if diff := godiff.Diff(slices.Sorted(maps.Keys(numbers)), holes(r.Condition.NL)); diff != "" {
			t.Errorf("%s: its numbers are not those of its condition (-numbers +condition):\n%s", r.ID, diff)
		}
		for _, language := range languages {
			if said := r.Explain(nil, language); hole.MatchString(said) {
				t.Errorf("%s explains in %s: %s", r.ID, language, said)
			}
		}
	}
}

func TestEveryRuleStandsInAFileOfItsOwnBesideItsTest(t *testing.T) {
	for _, r := range All() {
		name := strings.ToLower(strings.ReplaceAll(string(r.ID), "-", ""))
		for _, file := range []string{name + ".go", name + "_test.go"} {
			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s: %v", r.ID, err)
			}
		}
	}
}
