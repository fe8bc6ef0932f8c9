package browser_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"koersvast/cmd/koersvast/internal/browser"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

func TestSomebodyUsesAPage(t *testing.T) {
	tab := browser.Open(t, browser.Phone, browser.Dark)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'self'; img-src data:")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><html lang="nl"><link rel="icon" href="data:,"><title>Proef</title><main><h1>Dag %s</h1>
			<form><label for="name">Naam</label> <input type="text" id="name" name="name"> <button>Zeg het</button></form></main>`, r.URL.Query().Get("name"))
	}))
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })

	tab.Navigate(s.URL + "/")
	tab.Fill("#name", "Anneke")
	tab.ClickRole("button", "Zeg het")
	tab.Text("h1", "Dag Anneke")
	tab.At("?name=Anneke")
	tab.Absent("h2")
	tab.Axe()
	tab.NoOverflow()
	if !browser.Eval[bool](tab, `matchMedia('(prefers-color-scheme: dark)').matches && innerWidth === 390`) {
		t.Error("the tab is not the one that was asked for")
	}
	if pdf := tab.PDF(); string(pdf[:5]) != "%PDF-" {
		t.Errorf("got %q…, want a PDF", pdf[:5])
	}
}

// A listener is a test that takes note of its failures.
type listener struct {
	testing.TB
	mu    sync.Mutex
	heard []string
}

func (l *listener) Errorf(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.heard = append(l.heard, fmt.Sprintf(format, args...))
}

func TestAPagesFaultsAreFound(t *testing.T) {
	faults := &listener{TB: t}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'self'; img-src data:")
		fmt.Fprint(w, `<!doctype html><html lang="nl"><link rel="icon" href="data:,"><title>Proef</title>
			<main><h1>Proef</h1><p style="width: 10px">verantwoordelijkheidsgevoel</p><input>`+strings.Repeat("onafbreekbaar", 40)+`</main>`)
	}))
	t.Cleanup(s.Close)
	// In a test of its own, so that the tab is closed and has said everything.
	t.Run("", func(t *testing.T) {
		faults.TB = t
		tab := browser.Open(faults, browser.Phone, browser.Light)
		tab.Navigate(s.URL)
		tab.Axe()
		tab.NoOverflow()
	})
	all := strings.Join(faults.heard, "\n")
	for _, want := range []string{"Content Security Policy", "axe: ", "off the screen"} {
		if !strings.Contains(all, want) {
			t.Errorf("nothing said %q; heard:\n%s", want, all)
		}
	}
}
