package method_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"koersvast/domain"
	"koersvast/domain/domaintest"
	"koersvast/domain/measure"
	"koersvast/domain/method"
)

type (
	rule  = domaintest.Rule[method.Config]
	facts = []method.Event
)

// Sanne leads the programme.
var sanne = domain.Act{By: "sanne", At: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}

const p = domain.ProgrammeID("dichtbij")

var (
	late = method.Range{Usual: 125, Lowest: 100, Most: 300}

	sooner   = method.Configured{Number: method.HalfLife, Value: 120 * method.One, Why: "Het gaat hier snel."}
	stricter = method.Tuned{Rule: "CR-01", Param: "late", Value: 150, Why: "Wij zien elkaar minder vaak."}
	off      = method.SwitchedOff{Rule: "CR-12", Why: "Zes beloften is hier gewoon."}
)

func TestConfiguring(t *testing.T) {
	domaintest.Check(t, []rule{
		{
			Name: "a number gets another value, for a reason",
			By:   sanne,
			When: method.Configure{Programme: p, Number: method.HalfLife, Value: 120 * method.One, Why: "Het gaat hier snel."},
			Then: facts{sooner},
		},
		{
			Name:  "what it is already it need not become",
			Given: facts{sooner},
			By:    sanne,
			When:  method.Configure{Programme: p, Number: method.HalfLife, Value: 120 * method.One, Why: "Nog eens."},
		},
		{
			Name: "what is usual needs no fact",
			By:   sanne,
			When: method.Configure{Programme: p, Number: method.Employees, Value: 50, Why: "Zo staat het er."},
		},
		{
			Name:  "but going back to it does",
			Given: facts{sooner},
			By:    sanne,
			When:  method.Configure{Programme: p, Number: method.HalfLife, Value: 180 * method.One, Why: "Toch niet."},
			Then:  facts{method.Configured{Number: method.HalfLife, Value: 180 * method.One, Why: "Toch niet."}},
		},
		{
			Name: "the lowest that is documented will do",
			By:   sanne,
			When: method.Configure{Programme: p, Number: method.MTPeers, Value: 10, Why: "Er zijn er maar vier."},
			Then: facts{method.Configured{Number: method.MTPeers, Value: 10, Why: "Er zijn er maar vier."}},
		},
		{
			Name: "no group is left out",
			By:   sanne,
			When: method.Configure{Programme: p, Number: method.MTPeers, Value: 9, Why: "Zij zijn te aardig."},
			Err:  method.ErrRange, Field: "value",
		},
		{
			Name: "nor does one count for more than all",
			By:   sanne,
			When: method.Configure{Programme: p, Number: method.Employees, Value: 101, Why: "Daar gaat het om."},
			Err:  method.ErrRange, Field: "value",
		},
		{
			Name: "days are whole",
			By:   sanne,
			When: method.Configure{Programme: p, Number: method.Rhythm, Value: 3050, Why: "Een maand."},
			Err:  method.ErrWhole, Field: "value",
		},
		{
			Name: "without a reason nothing is measured otherwise",
			By:   sanne,
			When: method.Configure{Programme: p, Number: method.Rhythm, Value: 3000, Why: " "},
			Err:  domain.ErrRequired, Field: "why",
		},
		{
			Name: "a reason fits on a page",
			By:   sanne,
			When: method.Configure{Programme: p, Number: method.Rhythm, Value: 3000, Why: strings.Repeat("é", 4001)},
			Err:  domain.ErrTooLong, Field: "why",
		},
		{
			Name: "there is no such number",
			By:   sanne,
			When: method.Configure{Programme: p, Number: "grade", Value: 1000, Why: "Een tien."},
			Err:  method.ErrNumber,
		},
	})
}

func TestRules(t *testing.T) {
	domaintest.Check(t, []rule{
		{
			Name: "a number of a rule gets another value, for a reason",
			By:   sanne,
			When: method.Tune{Programme: p, Rule: "CR-01", Param: "late", Value: 150, Within: late, Why: "Wij zien elkaar minder vaak."},
			Then: facts{stricter},
		},
		{
			Name: "what is usual needs no fact",
			By:   sanne,
			When: method.Tune{Programme: p, Rule: "CR-01", Param: "late", Value: 125, Within: late, Why: "Zo staat het er."},
		},
		{
			Name:  "what it is already it need not become",
			Given: facts{stricter},
			By:    sanne,
			When:  method.Tune{Programme: p, Rule: "CR-01", Param: "late", Value: 150, Within: late, Why: "Nog eens."},
		},
		{
			Name:  "another number of the same name is another rule's",
			Given: facts{stricter},
			By:    sanne,
			When:  method.Tune{Programme: p, Rule: "CR-02", Param: "late", Value: 150, Within: late, Why: "Daar ook."},
			Then:  facts{method.Tuned{Rule: "CR-02", Param: "late", Value: 150, Why: "Daar ook."}},
		},
		{
			Name: "it stays within what the rule documents",
			By:   sanne,
			When: method.Tune{Programme: p, Rule: "CR-01", Param: "late", Value: 301, Within: late, Why: "Nooit."},
			Err:  method.ErrRange, Field: "value",
		},
		{
			Name: "and has a reason",
			By:   sanne,
			When: method.Tune{Programme: p, Rule: "CR-01", Param: "late", Value: 150, Within: late},
			Err:  domain.ErrRequired, Field: "why",
		},

		{
			Name: "a rule that says nothing here is switched off",
			By:   sanne,
			When: method.SwitchOff{Programme: p, Rule: "CR-12", Why: "Zes beloften is hier gewoon."},
			Then: facts{off},
		},
		{
			Name:  "once is enough",
			Given: facts{off},
			By:    sanne,
			When:  method.SwitchOff{Programme: p, Rule: "CR-12", Why: "Nog eens."},
		},
		{
			Name: "not without a reason",
			By:   sanne,
			When: method.SwitchOff{Programme: p, Rule: "CR-12"},
			Err:  domain.ErrRequired, Field: "why",
		},
		{
			Name: "and not one that protects people",
			By:   sanne,
			When: method.SwitchOff{Programme: p, Rule: "CR-63", Always: true, Why: "Het duurt te lang."},
			Err:  method.ErrAlways,
		},
		{
			Name:  "it is switched on again",
			Given: facts{off},
			By:    sanne,
			When:  method.SwitchOn{Programme: p, Rule: "CR-12", Why: "Het worden er te veel."},
			Then:  facts{method.SwitchedOn{Rule: "CR-12", Why: "Het worden er te veel."}},
		},
		{
			Name: "what is on stays on",
			By:   sanne,
			When: method.SwitchOn{Programme: p, Rule: "CR-12", Why: "Voor de zekerheid."},
		},
		{
			Name:  "and that has a reason too",
			Given: facts{off},
			By:    sanne,
			When:  method.SwitchOn{Programme: p, Rule: "CR-12", Why: ""},
			Err:   domain.ErrRequired, Field: "why",
		},
	})
}

func TestNothingSaidIsTheDocumentedWay(t *testing.T) {
	var c method.Config
	got := map[method.Number]float64{}
	for _, n := range method.Numbers {
		got[n] = c.Of(n)
	}
	want := map[method.Number]float64{
		method.Employees: .5, method.InformalLeaders: .3, method.MTPeers: .2,
		method.Rating: .5, method.Interview: 1, method.Document: 1, method.Decision: 1.5,
		method.Observation: 1, method.Independent: 1.5, method.SystemFact: .5,
		method.HalfLife: 180, method.Fading: 90, method.Rhythm: 60,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-documented +got):\n%s", diff)
	}
	for _, n := range method.Numbers {
		if r := n.Range(); r.Usual < r.Lowest || r.Usual > r.Most || r.Lowest <= 0 {
			t.Errorf("%s is usually %v, within %v and %v", n, r.Usual, r.Lowest, r.Most)
		}
	}
	for g, want := range map[domain.RaterGroup]float64{
		domain.Staff: measure.EmployeeWeight, domain.Leaders: measure.InformalLeaderWeight, domain.Peers: measure.MTPeerWeight,
		domain.Self: 0, domain.Superior: 0,
	} {
		if got := c.Weight(g); got != want {
			t.Errorf("%s count for %v, want %v", g, got, want)
		}
	}
	if !c.Runs("CR-12") || len(c.Params("CR-01")) > 0 {
		t.Error("a rule is off, or has other numbers, and nobody said so")
	}
}

func TestWhatTheFactsAddUpTo(t *testing.T) {
	c := domaintest.Fold[method.Config](sooner, stricter, off, method.Configured{Number: method.Employees, Value: 40})
	if got := c.Days(method.HalfLife); got != 120 {
		t.Errorf("the half-life is %d days, want 120", got)
	}
	if got := c.Weight(domain.Staff); got != .4 {
		t.Errorf("employees count for %v, want .4", got)
	}
	if diff := cmp.Diff(map[string]float64{"late": 1.5}, c.Params("CR-01")); diff != "" {
		t.Errorf("numbers of CR-01 (-want +got):\n%s", diff)
	}
	if len(c.Params("CR-02")) > 0 {
		t.Error("CR-02 has numbers of another rule")
	}
	if c.Runs("CR-12") || !c.Runs("CR-01") {
		t.Error("CR-12 is off, and no other rule")
	}
	if c = c.Without("CR-12", false); !c.Runs("CR-12") {
		t.Error("CR-12 is on again")
	}
}

// TestWhateverIsChosen sees to it that every number stays within what is
// documented, and that a change of one is a change of that one only.
func TestWhateverIsChosen(t *testing.T) {
	number := rapid.SampledFrom(append(method.Numbers, "grade"))
	rapid.Check(t, func(t *rapid.T) {
		domaintest.Walk(t, 30, func(t *rapid.T) (domain.Act, domain.Command[method.Config]) {
			return sanne, method.Configure{
				Programme: p, Number: number.Draw(t, "number"), Why: "Daarom.",
				Value: method.Value(rapid.IntRange(-1000, 100_000).Draw(t, "value")),
			}
		}, func(steps []domaintest.Step[method.Config]) {
			last := map[method.Number]method.Value{}
			var all facts
			for _, s := range steps {
				e := s.Facts[0].(method.Configured)
				last[e.Number] = e.Value
				all = append(all, e)
			}
			c := domaintest.Fold(all...)
			for _, n := range method.Numbers {
				want, said := last[n]
				if !said {
					want = n.Range().Usual
				}
				if got := c.Value(n); got != want || got < n.Range().Lowest || got > n.Range().Most {
					t.Fatalf("%s is %v, want %v", n, got, want)
				}
			}
		})
	})
}
