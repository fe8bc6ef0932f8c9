package web

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

func askFor(t *testing.T, address, encoding string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, address, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	Assets().ServeHTTP(w, r)
	return w.Result()
}

func TestAssetsAreKeptForGoodUnderAnAddressOfTheirOwn(t *testing.T) {
	for _, encoding := range []string{"", "gzip"} {
		res := askFor(t, asset("app.css"), encoding)
		if res.StatusCode != http.StatusOK || res.Header.Get("Content-Encoding") != encoding {
			t.Fatalf("got %s, encoded as %q; want 200 as %q", res.Status, res.Header.Get("Content-Encoding"), encoding)
		}
		if got := res.Header.Get("Cache-Control"); !strings.Contains(got, "immutable") {
			t.Errorf("Cache-Control: got %q, want it immutable", got)
		}
		body := res.Body
		if encoding == "gzip" {
			body, _ = gzip.NewReader(res.Body)
		}
		if b, err := io.ReadAll(body); err != nil || !strings.Contains(string(b), "@layer") {
			t.Errorf("got %d bytes and %v, want a style sheet", len(b), err)
		}
	}
	for _, address := range []string{"/static/app.css", "/static/0123456789ab/app.css", asset("app.css") + "/", "/static/../assets.go"} {
		if res := askFor(t, address, ""); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s: got %s, want 404", address, res.Status)
		}
	}
}

func TestAssetsReferToEachOtherRightly(t *testing.T) {
	reference := regexp.MustCompile(`url\(([^)]+)\)|from '\./([^']+)'|import '\./([^']+)'`)
	for name, f := range assets.files {
		if !strings.HasSuffix(name, ".css") && !strings.HasSuffix(name, ".js") {
			continue
		}
		for _, m := range reference.FindAllStringSubmatch(string(f.plain), -1) {
			if to := m[1] + m[2] + m[3]; !strings.HasPrefix(to, "data:") && assets.files[to].plain == nil {
				t.Errorf("%s refers to %s, which is not there", name, to)
			}
		}
	}
}
