package paper_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"koersvast/cmd/koersvast/internal/browser"
	"koersvast/cmd/koersvast/internal/paper"
)

// open returns a printer, and a function that fails the test when something
// is left in its folder.
func open(t *testing.T, program string) (p *paper.Printer, empty func()) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "printing")
	p, err := paper.Open(program, dir)
	if err != nil {
		t.Fatal(err)
	}
	return p, func() {
		t.Helper()
		left, err := os.ReadDir(dir)
		if err != nil || len(left) > 0 {
			t.Errorf("in its folder is left: %v, %v", left, err)
		}
	}
}

// script is a program of a few lines.
func script(t *testing.T, lines string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(file, []byte("#!/bin/sh\n"+lines), 0o700); err != nil {
		t.Fatal(err)
	}
	return file
}

// printPage is what a script does to print as Chromium does.
const printPage = `for a; do case $a in --print-to-pdf=*) printf '%s' "%PDF-of-nothing" > "${a#*=}";; esac; done
`

func TestAPageIsPrintedAndNothingIsLeft(t *testing.T) {
	p, empty := open(t, browser.Program(t))
	pdf, err := p.PDF(t.Context(), []byte(`<!doctype html><html lang="nl"><meta charset="utf-8"><title>Proef</title>
		<style>@page { size: A4 } p { break-before: page }</style><h1>Ziet het: 3,4 (2,9–4,1)</h1><p>En ‘vrijwel’ nooit ◇ meer.</p>`))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(pdf), "%PDF-") || !strings.Contains(string(pdf), "/MediaBox [0 0 594.95996 841.91998]") || !strings.Contains(string(pdf), "/StructTreeRoot") {
		t.Errorf("got %.300q, want a tagged PDF on A4", pdf)
	}
	text := browser.Letters(browser.TextOf(t, pdf))
	if want := browser.Letters("Ziet het: 3,4 (2,9–4,1) En ‘vrijwel’ nooit ◇ meer."); text != want {
		t.Errorf("it reads %q, want %q", text, want)
	}
	empty()
}

func TestAPageReachesNothing(t *testing.T) {
	var asked atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	t.Cleanup(s.Close)
	p, empty := open(t, browser.Program(t))
	if _, err := p.PDF(t.Context(), fmt.Appendf(nil, `<!doctype html><html lang="nl"><title>Proef</title>
		<img src="%[1]s/image" alt=""><iframe src="%[1]s/frame"></iframe><script src="%[1]s/script"></script>
		<script>fetch("%[1]s/fetch", {mode: "no-cors"})</script>`, s.URL)); err != nil {
		t.Fatal(err)
	}
	if n := asked.Load(); n > 0 {
		t.Errorf("it asked for %d things", n)
	}
	empty()
}

func TestWhatTakesTooLongIsEndedWithAllItStarted(t *testing.T) {
	mark := filepath.Join(t.TempDir(), "mark")
	p, empty := open(t, script(t, "sleep 600 & echo $! > "+mark+".new; mv "+mark+".new "+mark+"; wait\n"))
	ctx, giveUp := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		_, err := p.PDF(ctx, nil)
		ended <- err
	}()
	child := ""
	for child == "" {
		b, _ := os.ReadFile(mark)
		child = strings.TrimSpace(string(b))
	}
	giveUp()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
	if b, err := os.ReadFile("/proc/" + child + "/stat"); err == nil && !strings.Contains(string(b), ") Z ") {
		t.Errorf("what it started still runs: %s", b)
	}
	empty()
}

func TestItSaysWhyNothingWasPrinted(t *testing.T) {
	for _, c := range []struct{ lines, want string }{
		{"echo no usable sandbox >&2; exit 1\n", "no usable sandbox"},
		{"exit 0\n", "printed nothing"},
	} {
		p, empty := open(t, script(t, c.lines))
		if _, err := p.PDF(t.Context(), nil); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
		empty()
	}
	if _, err := paper.Open(filepath.Join(t.TempDir(), "nothing"), t.TempDir()); err == nil {
		t.Error("a program that is not there was taken")
	}
}

func TestItKnowsNothingOfWhoStartedIt(t *testing.T) {
	t.Setenv("KOERSVAST_SMTP_PASSWORD_FILE", "hunter2")
	p, empty := open(t, script(t, printPage+"case $(env) in *KOERSVAST*) exit 1;; esac\ncase $HOME in */printing/*) ;; *) exit 2;; esac\n[ $(stat -c %a page.html) = 600 ]\n"))
	if _, err := p.PDF(t.Context(), nil); err != nil {
		t.Error(err)
	}
	empty()
}

// TestPagesArePrintedOneByOne has ten people save a page at once, of whom
// eight fit in the line.
func TestPagesArePrintedOneByOne(t *testing.T) {
	lock := filepath.Join(t.TempDir(), "lock")
	gate := filepath.Join(t.TempDir(), "gate")
	p, empty := open(t, script(t, printPage+"mkdir "+lock+" || exit 1; until [ -e "+gate+" ]; do sleep .01; done; rmdir "+lock+"\n"))
	var done sync.WaitGroup
	refused := make(chan error, 10)
	printed := make(chan error, 10)
	for range 10 {
		done.Go(func() {
			_, err := p.PDF(t.Context(), nil)
			if errors.Is(err, paper.ErrBusy) {
				refused <- err
				return
			}
			printed <- err
		})
	}
	<-refused
	<-refused
	if err := os.WriteFile(gate, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	done.Wait()
	close(printed)
	n := 0
	for err := range printed {
		if n++; err != nil {
			t.Error(err)
		}
	}
	if n != 8 {
		t.Errorf("%d were printed, want 8", n)
	}
	empty()
}

func TestWhatAKilledProcessLeftIsRemoved(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "printing")
	if err := os.MkdirAll(filepath.Join(dir, "123", "profile"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "123", "page.html"), []byte("what people answered"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := paper.Open(script(t, ""), dir); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}
