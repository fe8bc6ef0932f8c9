package main

import (
	"bytes"
	"encoding/json"
	"html"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"koersvast/cmd/koersvast/internal/browser"
)

// token signs somebody of the example in, as a program does.
func (h *house) token(t *testing.T, name string) string {
	t.Helper()
	body, err := json.Marshal(map[string]string{"code": h.code(t, name)})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.Post(h.url+"/api/v1/signin", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close() //nolint:errcheck // it was read
	var in struct{ Token string }
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil || in.Token == "" {
		t.Fatalf("%s: %v", r.Status, err)
	}
	return in.Token
}

// fetch gets a page as who has that token.
func (h *house) fetch(t *testing.T, token, path string) (*http.Response, []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "GET", h.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		r.AddCookie(&http.Cookie{Name: "koersvast", Value: token})
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close() //nolint:errcheck // it was read
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, b
}

var (
	tableRow  = regexp.MustCompile(`(?s)<tr>(.*?)</tr>`)
	tableCell = regexp.MustCompile(`(?s)<t[dh][^>]*>(.*?)</t[dh]>`)
	tag       = regexp.MustCompile(`<[^>]*>`)
)

// TestAReportIsSavedAsAPDF has the running program make PDFs with the real
// Chromium.
func TestAReportIsSavedAsAPDF(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	t.Parallel()
	chromium := browser.Program(t)
	data := filepath.Join(t.TempDir(), "data")
	p, err := startExample(data, "--chromium", chromium)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{program: p, device: devices[1]}
	marijke := h.token(t, "Marijke")
	for _, saved := range []struct{ address, name, says string }{
		{"/rounds/spiegel-2/result", "spiegelrapport.pdf", "Twee vragen voor het gesprek"},
		{"/rounds/tien-regels-1/result", "toetsing.pdf", "Mensen horen het vaker dan ze het zien."},
		{"/rounds/spiegel-2/result?lang=en", "mirror-report.pdf", "Two questions for the talk"},
	} {
		_, page := h.fetch(t, marijke, saved.address)
		address := strings.Replace(saved.address, "/result", "/result.pdf", 1)
		if !bytes.Contains(page, []byte(`href="`+address+`"`)) {
			t.Errorf("%s does not say that it can be saved", saved.address)
		}
		res, pdf := h.fetch(t, marijke, address)
		if res.StatusCode != http.StatusOK || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
			t.Fatalf("%s: got %s %.200q\n%s", address, res.Status, pdf, p.notes)
		}
		for name, want := range map[string]string{
			"Content-Type": "application/pdf", "Cache-Control": "no-store", "Content-Disposition": "attachment; filename=" + saved.name,
		} {
			if got := res.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", address, name, got, want)
			}
		}
		for _, want := range []string{"/MediaBox [0 0 594.95996 841.91998]", "/StructTreeRoot"} { // A4, tagged
			if !bytes.Contains(pdf, []byte(want)) {
				t.Errorf("%s has no %q", address, want)
			}
		}
		if bytes.Contains(pdf, []byte("file:")) || bytes.Contains(pdf, []byte(data)) {
			t.Errorf("%s says where it was made", address)
		}

		// It says what the page says, and each row of its table is there.
		text := browser.Letters(browser.TextOf(t, pdf))
		want := []string{saved.says, "Marijke"}
		rows := tableRow.FindAllSubmatch(page, -1)
		for _, row := range rows[1:] {
			cells := ""
			for _, c := range tableCell.FindAllSubmatch(row[1], -1) {
				cells += html.UnescapeString(string(tag.ReplaceAll(c[1], nil)))
			}
			want = append(want, cells)
		}
		if len(rows) < 5 {
			t.Errorf("%s has a table of %d rows", saved.address, len(rows))
		}
		for _, w := range want {
			if !strings.Contains(text, browser.Letters(w)) {
				t.Errorf("%s does not say %q", address, w)
			}
		}
	}

	v := h.guest(t, "Marijke")
	v.open("/rounds/spiegel-2/result")
	v.Text("footer", "Bewaar als PDF")
	v.look()
	v.open("/rounds/tien-regels-3/result") // the third of its kind
	v.Wait(`document.querySelectorAll('.slopes circle').length === 3`)
	v.look()
	v.Show(browser.Laptop, browser.Light)
	v.look()

	// Who may not see the page gets no PDF of it.
	for _, c := range []struct {
		token, path string
		status      int
	}{
		{h.token(t, "Kim"), "/rounds/spiegel-2/result.pdf", http.StatusForbidden},
		{marijke, "/rounds/nothing/result.pdf", http.StatusNotFound},
		{marijke, "/rounds/spiegel-2/letter.pdf", http.StatusNotFound},
		{"", "/rounds/spiegel-2/result.pdf", http.StatusSeeOther},
	} {
		if res, b := h.fetch(t, c.token, c.path); res.StatusCode != c.status || bytes.Contains(b, []byte("%PDF")) {
			t.Errorf("%s: got %s, want %d", c.path, res.Status, c.status)
		}
	}

	if left, err := os.ReadDir(filepath.Join(data, dirPrinting)); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if err := p.end(syscall.SIGTERM); err != nil {
		t.Errorf("it ended with %v\n%s", err, p.notes)
	}
	for _, line := range p.notes.all() {
		if strings.Contains(line, "spiegel") {
			t.Errorf("it noted %s", line)
		}
	}
}

func TestWithoutChromiumNothingIsSaved(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	w.holdKey()
	w.open("r1", fields{"kind": "check", "promise": w.promised()}, everybody)
	for _, e := range wardStaff {
		w.answer("r1", e, 3, 5)
	}
	w.close("r1")
	if page := w.get("sam", "/rounds/r1/result").want(200, ""); bytes.Contains(page.body, []byte(".pdf")) {
		t.Error("the page says that it can be saved")
	}
	w.get("sam", "/rounds/r1/result.pdf").want(404, "")
}
