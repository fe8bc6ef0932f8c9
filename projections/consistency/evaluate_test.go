package consistency_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"koersvast/domain"
	"koersvast/domain/measure"
	"koersvast/domain/method"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

// counts is a rule that finds everyone who promised at least so often.
var counts = consistency.Rule{
	ID: "CR-91", Version: 2, Severity: consistency.Attention, Category: consistency.Promises,
	Params:   []consistency.Param{{Name: "least", Usual: 2, Lowest: 1, Most: 3}},
	Audience: consistency.Audience{Owner: true, Coach: true, Roles: []domain.Role{domain.Lead}, Whole: []domain.Role{domain.MT}},
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		n := map[domain.PersonID]float64{}
		for _, x := range s.Promises {
			n[x.By]++
		}
		for _, x := range s.People {
			if n[x.ID] >= p["least"] {
				found = append(found, consistency.Finding{Object: consistency.The(x.ID), Owner: x.ID, Recorder: "bram"})
			}
		}
		return found
	},
}

// finds is a rule that finds the same whatever there is to see.
func finds(id domain.RuleID, all ...consistency.Finding) consistency.Rule {
	return consistency.Rule{
		ID: id, Version: 1, Severity: consistency.Info, Category: consistency.Promises,
		Audience: consistency.Audience{Owner: true, Recorder: true, Roles: []domain.Role{domain.Lead}, Whole: []domain.Role{domain.MT}},
		Find:     func(consistency.Situation, consistency.Params) []consistency.Finding { return slices.Clone(all) },
	}
}

func programmeOf(by ...domain.PersonID) consistency.Situation {
	s := consistency.Situation{Programme: "tide", Today: "2026-03-31", People: []consistency.Person{{ID: "anna"}, {ID: "bram"}, {ID: "carla"}}}
	for _, id := range by {
		s.Promises = append(s.Promises, consistency.Promise{By: id})
	}
	return s
}

// found names the rules and objects of what is found, as "CR-91 anna".
func found(all []consistency.Finding) (names []string) {
	for _, f := range all {
		names = append(names, string(f.Rule)+" "+f.Object.ID)
	}
	return names
}

func TestAProgrammeSetsItsRules(t *testing.T) {
	s := programmeOf("anna", "anna", "anna", "bram", "bram", "carla")
	rights := counts
	rights.ID, rights.Category = "CR-92", consistency.Rights
	holds := consistency.Rule{ID: "CR-93", Holds: consistency.Words{NL: "Altijd.", EN: "Always."}}
	for _, c := range []struct {
		name string
		method.Config
		want []string
	}{
		{"as is usual", method.Config{}, []string{"CR-91 anna", "CR-91 bram", "CR-92 anna", "CR-92 bram"}},
		{"stricter", method.Config{}.WithParam("CR-91", "least", method.One), []string{"CR-91 anna", "CR-91 bram", "CR-91 carla", "CR-92 anna", "CR-92 bram"}},
		{"never beyond what can be chosen", method.Config{}.WithParam("CR-91", "least", 9*method.One), []string{"CR-91 anna", "CR-92 anna", "CR-92 bram"}},
		{"without one of them", method.Config{}.Without("CR-91", true), []string{"CR-92 anna", "CR-92 bram"}},
		{"what protects people stays", method.Config{}.Without("CR-92", true), []string{"CR-91 anna", "CR-91 bram", "CR-92 anna", "CR-92 bram"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			same(t, c.want, found(consistency.Evaluate(s, c.Config, []consistency.Rule{counts, rights, holds})))
		})
	}
}

func TestAFindingIsForItsAudience(t *testing.T) {
	s := programmeOf()
	s.Rounds = []consistency.Round{{ID: "r1", Subject: "anna", Coach: "cora", Status: round.StatusReleased}}
	all := []consistency.Finding{
		{Object: consistency.The(domain.PersonID("a")), Owner: "anna"},
		{Object: consistency.The(domain.PersonID("b")), Owner: "anna", Coach: "dirk", Recorder: "bram"},
		{Object: consistency.The(domain.PersonID("c")), Owner: "anna", Private: true},
		{Object: consistency.The(domain.ProgrammeID("d"))},
	}
	coached := finds("CR-91", all...)
	coached.Audience = consistency.Audience{Owner: true, Coach: true, Roles: []domain.Role{domain.Lead}, Whole: []domain.Role{domain.MT}}
	recorded := finds("CR-92", all...)
	ofRoles := finds("CR-93", all...)
	ofRoles.Audience = consistency.Audience{Roles: []domain.Role{domain.Lead}}
	var got []string
	for _, f := range consistency.Evaluate(s, method.Config{}, []consistency.Rule{coached, recorded, ofRoles}) {
		got = append(got, fmt.Sprint(f.Rule, " ", f.Object.ID, ": ", f.Owner, "/", f.Coach, "/", f.Recorder, " ", f.Roles))
	}
	same(t, []string{
		"CR-91 a: anna/cora/ [lead]", "CR-91 b: anna/dirk/ [lead]", "CR-91 c: anna/cora/ []", "CR-91 d: // [lead mt]",
		"CR-92 a: anna// [lead]", "CR-92 b: anna//bram [lead]", "CR-92 c: anna// []", "CR-92 d: // [lead mt]",
		"CR-93 a: // [lead]", "CR-93 b: // [lead]", "CR-93 c: // []", "CR-93 d: // [lead]",
	}, slices.Sorted(slices.Values(got)))
}

func TestWhatAsksMostComesFirst(t *testing.T) {
	of := func(id domain.PersonID, severity consistency.Severity, since domain.Day) consistency.Finding {
		return consistency.Finding{Object: consistency.The(id), Severity: severity, Since: since}
	}
	rules := []consistency.Rule{
		finds("CR-92",
			of("c", consistency.Info, "2026-01-01"), of("b", consistency.Serious, "2026-02-01"), of("a", consistency.Serious, "2026-02-01"),
			of("d", "", "2026-01-02"), of("e", consistency.Blocks, "")),
		finds("CR-91", of("z", consistency.Serious, "2026-02-01"), of("y", consistency.Serious, "2026-01-31")),
	}
	want := []string{"CR-92 e", "CR-91 y", "CR-91 z", "CR-92 a", "CR-92 b", "CR-92 c", "CR-92 d"}
	rapid.Check(t, func(t *rapid.T) {
		got := found(consistency.Evaluate(programmeOf(), method.Config{}, rapid.Permutation(rules).Draw(t, "rules")))
		if !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

func TestARulesetHasAName(t *testing.T) {
	other := counts
	other.ID = "CR-92"
	newer := counts
	newer.Version++
	name := func(c method.Config, rules ...consistency.Rule) string { return consistency.Hash(c, rules) }
	usual := name(method.Config{}, counts, other)
	if len(usual) != 64 || strings.Trim(usual, "0123456789abcdef") != "" {
		t.Errorf("%q is no SHA-256", usual)
	}
	for what, hash := range map[string]string{
		"another order":        name(method.Config{}, other, counts),
		"a number as is usual": name(method.Config{}.WithParam("CR-91", "least", 2*method.One), counts, other),
		"what no rule asks":    name(method.Config{}.WithParam("CR-91", "most", method.One), counts, other),
	} {
		if hash != usual {
			t.Errorf("%s is another set of rules", what)
		}
	}
	seen := map[string]string{usual: "the usual one"}
	for what, hash := range map[string]string{
		"another number":       name(method.Config{}.WithParam("CR-91", "least", method.One), counts, other),
		"a rule that is off":   name(method.Config{}.Without("CR-92", true), counts, other),
		"a newer version":      name(method.Config{}, newer, other),
		"the number of others": name(method.Config{}.WithParam("CR-92", "least", method.One), counts, other),
	} {
		if was, taken := seen[hash]; taken {
			t.Errorf("%s is the same set of rules as %s", what, was)
		}
		seen[hash] = what
	}
}

func TestWhoCoachesWhom(t *testing.T) {
	s := consistency.Situation{
		Rounds: []consistency.Round{
			{Subject: "anna", Coach: "first", Status: round.StatusReleased},
			{Subject: "anna", Coach: "second", Status: round.StatusOpen},
			{Subject: "anna", Coach: "third", Status: round.StatusCancelled},
			{Subject: "bram", Coach: "first", Status: round.StatusOpen},
			{Subject: "carla", Coach: "first", Status: round.StatusOpen},
		},
		Coachings: []consistency.Coaching{
			{Coachee: "anna", Coach: "not yet"},
			{Coachee: "bram", Coach: "contracted", Agreed: "2026-01-01"},
			{Coachee: "carla", Coach: "ended", Agreed: "2026-01-01", Closed: "2026-02-01"},
		},
	}
	same(t, map[domain.PersonID]domain.PersonID{"anna": "second", "bram": "contracted", "carla": "first"}, s.Coaches())
}

func TestWhatACheckSays(t *testing.T) {
	e := func(value, low, high float64) *measure.Estimate {
		return &measure.Estimate{Value: value, Interval: measure.Interval{Low: low, High: high}}
	}
	staff := func(sees *measure.Estimate, end round.End) round.Item {
		return round.Item{Cells: []round.Cell{
			{Group: domain.Peers}, // is not shown
			{Group: domain.Staff, Shown: true, Sees: sees, End: end},
			{Group: domain.Superior, Shown: true, Sees: e(5, 5, 5)}, // is known, and does not count
		}}
	}
	for _, c := range []struct {
		name   string
		report *round.Report
		want   *measure.Estimate
	}{
		{"there is no report", nil, nil},
		{"there is nothing in it", &round.Report{}, nil},
		{"several groups", &round.Report{Score: e(55, 40, 70), Items: []round.Item{staff(e(1, 1, 1), "")}}, e(55, 40, 70)},
		{"one group", &round.Report{Items: []round.Item{staff(e(2, 1, 3), ""), staff(e(4, 3, 5), "")}}, e(50, 25, 75)},
		{"one group, at an end", &round.Report{Items: []round.Item{staff(e(2, 1, 3), ""), staff(nil, round.Seldom)}}, nil},
		{"a superior alone", &round.Report{Items: []round.Item{{Cells: staff(nil, "").Cells[2:]}}}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := consistency.Round{Report: c.report}.Noticed()
			if c.want == nil {
				if ok {
					t.Errorf("it says %v, and says nothing", got)
				}
				return
			}
			same(t, *c.want, got)
		})
	}
}
