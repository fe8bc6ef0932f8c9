package browser

import (
	_ "embed"
	"encoding/json"
	"strings"

	"github.com/chromedp/chromedp"
)

//go:embed testdata/axe.min.js
var axe string

//go:embed overflow.js
var overflow string

// Axe fails the test for everything that the rules of WCAG 2.2 A and AA find
// wrong with the page.
func (tab *Tab) Axe() {
	tab.t.Helper()
	tab.do(chromedp.Evaluate[chromedp.Void](axe))
	violations := Eval[[]struct {
		ID, Help string
		Nodes    []struct{ HTML string }
	}](tab, `axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
		.then(r => r.violations.map(v => ({ID: v.id, Help: v.help, Nodes: v.nodes.map(n => ({HTML: n.html}))})))`)
	for _, v := range violations {
		for _, n := range v.Nodes {
			tab.t.Errorf("axe: %s (%s): %s", v.Help, v.ID, n.HTML)
		}
	}
}

// NoOverflow fails the test for every text that is wider than its box or that
// stands outside the screen.
func (tab *Tab) NoOverflow() {
	tab.t.Helper()
	if found := Eval[[]string](tab, overflow); len(found) > 0 {
		tab.t.Errorf("text overflows:\n%s", strings.Join(found, "\n"))
	}
}

// quote writes a text as a JavaScript string.
func quote(s string) string {
	b, _ := json.Marshal(s) // a string always can be
	return string(b)
}
