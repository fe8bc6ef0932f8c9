// Package browser looks at pages the way people do, in Chromium: it clicks,
// types, reads, takes pictures, prints, and asks whether everybody can use
// what is there.
//
// It is for tests. One Chromium serves all tests of a package; every test
// gets a tab with cookies and storage of its own. Whatever a test asks of a
// page is tried until it is so, because pages answer in their own time; a
// test never waits by itself. Anything that the page complains about on the
// console, a violation of its content security policy included, fails the
// test.
package browser

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A Screen is how large a page is shown.
type Screen struct{ Width, Height int }

var (
	Laptop = Screen{1280, 800} // on a desk
	Phone  = Screen{390, 844}  // in a hand
	Paper  = Screen{680, 960}  // what is between the margins of an A4, as it is printed
)

// Keys for Press that no letter stands for.
const (
	KeyTab    = kb.Tab
	KeyEnter  = kb.Enter
	KeyEscape = kb.Escape
)

// A Scheme is which colours a device prefers.
type Scheme string

const (
	Light Scheme = "light"
	Dark  Scheme = "dark"
)

const (
	patience = 8 * time.Second       // how long something may take to become so
	interval = 25 * time.Millisecond // how often to look
	lifetime = 2 * time.Minute       // of a tab
)

// The one Chromium of this process.
var chromium struct {
	sync.Once
	ctx  context.Context
	stop func()
	err  error
}

// Main runs the tests of a package and closes the browser after them:
//
//	func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }
func Main(m *testing.M) int {
	code := m.Run()
	if chromium.stop != nil {
		chromium.stop()
	}
	return code
}

var errAbsent = errors.New("browser: no Chromium on this machine (apt install chromium)")

func find() (program string, err error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			return found, nil
		}
	}
	return "", errAbsent
}

// Program returns where Chromium is. Without it the test is skipped, as by
// [Open].
func Program(t testing.TB) string {
	t.Helper()
	program, err := find()
	if err != nil {
		absent(t, err)
	}
	return program
}

// absent skips a test for which there is no Chromium, except when the
// environment says CI=true: then it fails.
func absent(t testing.TB, err error) {
	t.Helper()
	if os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	t.Fatal(err)
}

func start() (context.Context, error) {
	chromium.Do(func() {
		program, err := find()
		if err != nil {
			chromium.err = err
			return
		}
		options := append(chromedp.DefaultExecAllocatorOptions[:],
			chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU,
			chromedp.Flag("disable-quic", true),
			chromedp.Flag("disable-component-update", true),
			chromedp.Flag("lang", "nl"),
		)
		alloc, stopAlloc := chromedp.NewExecAllocator(context.Background(), options...)
		ctx, cancel := chromedp.NewContext(alloc)
		chromium.ctx, chromium.stop = ctx, func() { cancel(); stopAlloc() }
		chromium.err = chromedp.Do(ctx)
	})
	return chromium.ctx, chromium.err
}

// A Tab is one page of one person. Its methods fail the test when what they
// ask does not become so.
type Tab struct {
	t        testing.TB
	ctx      context.Context
	messages sync.WaitGroup
}

// Open opens a tab. Without Chromium the test is skipped, except when the
// environment says CI=true: then it fails.
func Open(t testing.TB, screen Screen, scheme Scheme) *Tab {
	t.Helper()
	parent, err := start()
	if errors.Is(err, errAbsent) {
		absent(t, err)
	}
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(parent, chromedp.WithNewBrowserContext())
	ctx, stop := context.WithTimeout(ctx, lifetime)
	tab := &Tab{t: t, ctx: ctx}
	t.Cleanup(func() {
		stop()
		tab.messages.Wait()
		cancel()
	})
	tab.Show(screen, scheme)
	tab.listen()
	return tab
}

// Show shows the page on another screen, in other colours.
func (tab *Tab) Show(screen Screen, scheme Scheme) {
	tab.t.Helper()
	tab.do(chromedp.EmulateViewport(int64(screen.Width), int64(screen.Height)))
	media := "" // what it is: a screen, or paper while printing
	if screen == Paper {
		media = "print"
	}
	call(tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media, Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: string(scheme)},
		{Name: "prefers-reduced-motion", Value: "reduce"},
	}})
}

// listen fails the test for whatever the page complains about.
func (tab *Tab) listen() {
	messages := chromedp.Console(tab.ctx)
	tab.messages.Go(func() {
		for m, err := range messages {
			if err != nil {
				return // the tab is closed
			}
			if !tab.harmless(m) {
				tab.t.Errorf("the page says: %s: %s (%s)", m.Type, m, m.URL)
			}
		}
	})
}

// harmless reports whether a message says nothing about the page. Chromium
// notes every answer that is a refusal; whether it should be one is for the
// test to say, except for the files that a page is made of.
func (tab *Tab) harmless(m chromedp.ConsoleMessage) bool {
	switch {
	case m.Type != chromedp.ConsoleError && m.Type != chromedp.ConsoleException && m.Type != chromedp.ConsoleWarning:
		return true
	case m.Source == "network":
		address, _, _ := strings.Cut(m.URL, "?")
		return path.Ext(address) == "" || strings.Contains(m.Text, "ERR_INTERNET_DISCONNECTED") // by Offline
	}
	return false
}

func (tab *Tab) do(steps ...chromedp.Action[chromedp.Void]) {
	tab.t.Helper()
	if err := chromedp.Do(tab.ctx, steps...); err != nil {
		tab.t.Fatal(err)
	}
}

func call[P, R any](tab *Tab, c cdp.Command[P, R], p P) R {
	tab.t.Helper()
	r, err := chromedp.Call(tab.ctx, c, p)
	if err != nil {
		tab.t.Fatal(err)
	}
	return r
}

// until tries something until it succeeds. An error while the page changes is
// just not yet.
func (tab *Tab) until(try func() error) {
	tab.t.Helper()
	end := time.Now().Add(patience)
	for {
		err := try()
		switch {
		case err == nil:
			return
		case tab.ctx.Err() != nil:
			tab.t.Fatal(tab.ctx.Err())
		case time.Now().After(end):
			tab.t.Fatal(err)
		}
		time.Sleep(interval)
	}
}

// Navigate goes to an address and waits until its page has been loaded.
func (tab *Tab) Navigate(address string) {
	tab.t.Helper()
	tab.do(chromedp.Navigate(address))
}

// Eval returns the value of an expression in the page.
func Eval[T any](tab *Tab, expression string) T {
	tab.t.Helper()
	v, err := chromedp.Run(tab.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		tab.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// Wait waits until an expression is true in the page.
func (tab *Tab) Wait(expression string) {
	tab.t.Helper()
	tab.until(func() error {
		ok, err := chromedp.Run(tab.ctx, chromedp.Evaluate[bool](`!!(`+expression+`)`))
		if err == nil && !ok {
			err = fmt.Errorf("is not so: %s", expression)
		}
		return err
	})
}

// Text waits until the text of an element that can be seen contains want.
func (tab *Tab) Text(selector, want string) {
	tab.t.Helper()
	tab.until(func() error {
		got, err := chromedp.Run(tab.ctx, chromedp.Evaluate[string](`(el => !el ? '(absent)' : el.checkVisibility() ? el.innerText : '(hidden)')(document.querySelector(`+quote(selector)+`))`))
		if err == nil && !strings.Contains(got, want) {
			err = fmt.Errorf("%s: got %q, want %q in it", selector, got, want)
		}
		return err
	})
}

// Absent waits until no element matches.
func (tab *Tab) Absent(selector string) {
	tab.t.Helper()
	tab.Wait(`!document.querySelector(` + quote(selector) + `)`)
}

// At waits until the page's address ends in suffix.
func (tab *Tab) At(suffix string) {
	tab.t.Helper()
	tab.until(func() error {
		got, err := chromedp.Run(tab.ctx, chromedp.Location())
		if err == nil && !strings.HasSuffix(got, suffix) {
			err = fmt.Errorf("at %s, want %s", got, suffix)
		}
		return err
	})
}

// Click clicks the first element that matches.
func (tab *Tab) Click(selector string) {
	tab.t.Helper()
	tab.until(func() error {
		o, err := chromedp.Call(tab.ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: `document.querySelector(` + quote(selector) + `)`})
		if err != nil {
			return err
		}
		if o.Result.ObjectID == "" {
			return fmt.Errorf("nothing to click at %s", selector)
		}
		n, err := chromedp.Call(tab.ctx, dom.DescribeNode, dom.DescribeNodeParams{ObjectID: o.Result.ObjectID})
		if err != nil {
			return err
		}
		return tab.click(n.Node.BackendNodeID)
	})
}

// ClickRole clicks an element as somebody who hears the page finds it: by its
// role and by (a part of) its name, as in ClickRole("button", "Beloof").
func (tab *Tab) ClickRole(role, name string) {
	tab.t.Helper()
	tab.until(func() error {
		root, err := chromedp.Call(tab.ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: "document"})
		if err != nil {
			return err
		}
		tree, err := chromedp.Call(tab.ctx, accessibility.QueryAXTree, accessibility.QueryAXTreeParams{ObjectID: root.Result.ObjectID, Role: role})
		if err != nil {
			return err
		}
		for _, n := range tree.Nodes {
			if n.Name != nil && strings.Contains(string(n.Name.Value), name) {
				return tab.click(n.BackendDOMNodeID)
			}
		}
		return fmt.Errorf("no %s named %q", role, name)
	})
}

// click clicks in the middle of the widest part of an element, with the mouse:
// a link of several lines, or with quotation marks, has several.
func (tab *Tab) click(n cdp.BackendNodeID) error {
	if _, err := chromedp.Call(tab.ctx, dom.ScrollIntoViewIfNeeded, dom.ScrollIntoViewIfNeededParams{BackendNodeID: n}); err != nil {
		return err
	}
	q, err := chromedp.Call(tab.ctx, dom.GetContentQuads, dom.GetContentQuadsParams{BackendNodeID: n})
	if err != nil {
		return err
	}
	if len(q.Quads) == 0 {
		return errors.New("cannot be seen")
	}
	a := slices.MaxFunc(q.Quads, func(a, b dom.Quad) int { return cmp.Compare(a[2]-a[0], b[2]-b[0]) })
	return chromedp.Do(tab.ctx, chromedp.MouseClickXY((a[0]+a[4])/2, (a[1]+a[5])/2))
}

// Fill makes value what stands in a field: it is typed where one types, and
// chosen where one chooses.
func (tab *Tab) Fill(selector, value string) {
	tab.t.Helper()
	tab.Wait(`document.querySelector(` + quote(selector) + `)`)
	typed := Eval[bool](tab, `(() => {
		const el = document.querySelector(`+quote(selector)+`)
		el.focus()
		if (el.localName === 'textarea' || el.matches('[type=text],[type=email],[type=search],[type=url],[type=password]')) { el.select(); return true }
		el.value = `+quote(value)+`
		el.dispatchEvent(new Event('input', {bubbles: true}))
		el.dispatchEvent(new Event('change', {bubbles: true}))
		return false
	})()`)
	if !typed {
		return
	}
	if value == "" {
		tab.Press(kb.Delete)
		return
	}
	call(tab, input.InsertText, input.InsertTextParams{Text: value})
}

// Press presses keys, such as KeyEnter or "j".
func (tab *Tab) Press(keys string) {
	tab.t.Helper()
	tab.do(chromedp.KeyEvent(keys))
}

// Upload chooses a file in a file field.
func (tab *Tab) Upload(selector, file string) {
	tab.t.Helper()
	tab.do(chromedp.SetUploadFiles(chromedp.CSS(selector), []string{file}))
}

// Offline takes the network away, or gives it back.
func (tab *Tab) Offline(off bool) {
	tab.t.Helper()
	var conditions []*network.Conditions
	if off {
		conditions = append(conditions, &network.Conditions{Offline: true, DownloadThroughput: -1, UploadThroughput: -1})
	}
	call(tab, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: conditions})
	call(tab, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: off, DownloadThroughput: -1, UploadThroughput: -1})
}

// WithoutScript opens the pages that follow without their scripts.
func (tab *Tab) WithoutScript() {
	tab.t.Helper()
	call(tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
}

// Screenshot writes a picture of the whole page to a PNG file.
func (tab *Tab) Screenshot(file string) {
	tab.t.Helper()
	png, err := chromedp.Run(tab.ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.WriteFile(file, png, 0o600)
	}
	if err != nil {
		tab.t.Fatal(err)
	}
}

// PDF prints the page on A4, tagged, as the style sheet wants it on paper.
func (tab *Tab) PDF() []byte {
	tab.t.Helper()
	pdf, err := chromedp.Run(tab.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground(), chromedp.PDFOutlineAndTagged()))
	if err != nil {
		tab.t.Fatal(err)
	}
	return pdf
}
