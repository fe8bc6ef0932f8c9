package consistency_test

import (
	"fmt"
	"testing"

	"koersvast/domain"
	"koersvast/domain/method"
	"koersvast/projections/consistency"
)

// voice is Dutch or English, and speaks of things by their ids, in whole
// sentences.
type voice string

func (v voice) Language() string                { return string(v) }
func (voice) Thing(o consistency.Object) string { return o.Kind + "/" + o.ID + "." }
func (voice) Number(x float64) string           { return fmt.Sprint(x) }
func (voice) Day(d domain.Day) string           { return string(d) }

func TestAFindingIsSaid(t *testing.T) {
	r := consistency.Rule{
		ID: "CR-91",
		Message: consistency.Words{
			NL: "{promise} van {person}: {n} sinds {day}, {how}, {nobody}",
			EN: "{promise} by {person}: {n} since {day}, {how}, {nobody}",
		},
		Variants:  map[string]consistency.Words{"short": {NL: "kort: {promise}", EN: "short: {promise}"}},
		Terms:     map[string]consistency.Words{"late": {NL: "te laat", EN: "too late"}},
		Condition: consistency.Words{NL: "na {days} dagen, {nobody}", EN: "after {days} days, {nobody}"},
		Params:    []consistency.Param{{Name: "days", Usual: 7, Lowest: 1, Most: 9}},
	}
	f := consistency.Finding{
		Object: consistency.The(domain.PromiseID("p1")),
		Values: map[string]float64{"n": 2.5},
		Days:   map[string]domain.Day{"day": "2026-03-31"},
		Things: map[string]consistency.Object{"person": consistency.The(domain.PersonID("anna")), "how": consistency.Term("late")},
	}
	short := f
	short.Variant = "short"
	for _, c := range []struct{ got, want string }{
		{r.Say(f, voice("nl")), "promise/p1 van person/anna: 2.5 sinds 2026-03-31, te laat, {nobody}"},
		{r.Say(f, voice("en")), "promise/p1 by person/anna: 2.5 since 2026-03-31, too late, {nobody}"},
		{r.Say(short, voice("nl")), "kort: promise/p1"},
		{r.Say(short, voice("en")), "short: promise/p1"},
		{r.Explain(nil, voice("nl")), "na 7 dagen, {nobody}"},
		{r.Explain(consistency.Params{"days": 3}, voice("en")), "after 3 days, {nobody}"},
	} {
		if c.got != c.want {
			t.Errorf("it says %q, want %q", c.got, c.want)
		}
	}
}

func TestWhatAProgrammeMayChoose(t *testing.T) {
	days := consistency.Param{Name: "days", Usual: 7, Lowest: 1, Most: 9}
	share := consistency.Param{Name: "share", Usual: 1. / 3, Lowest: .1, Most: 1, Fraction: true}
	same(t, method.Range{Usual: 700, Lowest: 100, Most: 900, Whole: true}, days.Range())
	same(t, method.Range{Usual: 33, Lowest: 10, Most: 100}, share.Range())
}
