package web

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"koersvast/domain/access"
)

func TestEveryRouteNamesAnActionThatHasARule(t *testing.T) {
	actions := access.Actions()
	for _, d := range New(Config{}).routes {
		if !slices.Contains(actions, d.Action) {
			t.Errorf("%s %s: action %q has no rule", d.Method, d.Path, d.Action)
		}
	}
}

// unnamed are the routes without an action: those of people who are not in
// yet or are on their way out, those that say nothing about a programme,
// /live, which tells only that something changed, and somebody's calendar,
// which asks for its secret.
var unnamed = []string{
	"GET /static/", "GET /api", "GET /api/v1/openapi.json", "/api/v1/", "/", "GET /{$}",
	"GET /signin", "POST /signin", "POST /api/v1/signin",
	"GET /in/{token}", "POST /in/{token}",
	"GET /start/{token}", "POST /start/{token}", "POST /api/v1/start/{token}",
	"POST /signout", "POST /api/v1/signout",
	"GET /live",
	"GET /calendar/{file}",
}

// press is a printer of which a page comes back as it went in.
type press struct{}

func (press) PDF(_ context.Context, page []byte) ([]byte, error) { return page, nil }

func TestNoRouteIsAddedPastItsDeclaration(t *testing.T) {
	s := New(Config{Printer: press{}})
	declared := slices.Clone(unnamed)
	for _, d := range s.routes {
		declared = append(declared, d.Method+" "+apiPrefix+d.Path)
		if !d.Pageless {
			declared = append(declared, d.Method+" "+d.Path)
		}
		if d.Saved {
			declared = append(declared, d.Method+" "+d.Path+pdfEnding)
		}
	}
	slices.Sort(declared)
	if got := slices.Sorted(slices.Values(s.mux.patterns)); !slices.Equal(got, declared) {
		t.Errorf("routed %v, declared %v", got, declared)
	}
}

func TestEveryFormAndEffectHasAPage(t *testing.T) {
	s := New(Config{})
	for _, d := range s.routes {
		for _, place := range []string{d.Form, d.Next} {
			if place == "" {
				continue
			}
			r := httptest.NewRequest(http.MethodGet, place, nil)
			if _, pattern := s.mux.Handler(r); pattern == "/" {
				t.Errorf("%s: there is no page at %s", d.Path, place)
			}
		}
	}
}

func TestNobodyGetsAnythingWithoutSigningIn(t *testing.T) {
	s := New(newWorld(t, func(c *Config) { c.Printer = press{} }).srv.Config)
	parameter := regexp.MustCompile(`{\w+}`)
	for _, pattern := range s.mux.patterns {
		if slices.Contains(unnamed, pattern) {
			continue
		}
		method, path, _ := strings.Cut(parameter.ReplaceAllString(pattern, "x"), " ")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(method, path, nil))
		api := strings.HasPrefix(path, apiPrefix)
		if api && w.Code != http.StatusUnauthorized || !api && (w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/signin")) {
			t.Errorf("%s: got %d %s", pattern, w.Code, w.Header().Get("Location"))
		}
	}
}

func TestAnAddressSaysByWhichMethodsItIsAsked(t *testing.T) {
	s := New(newWorld(t).srv.Config)
	ask := func(method, path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(method, path, nil))
		return w
	}
	parameter := regexp.MustCompile(`{\w+}`)
	for _, pattern := range s.mux.patterns {
		method, path, ok := strings.Cut(parameter.ReplaceAllString(strings.TrimSuffix(pattern, "{$}"), "x"), " ")
		if !ok { // it takes any
			continue
		}
		w := ask(http.MethodDelete, path)
		if allow := strings.Split(w.Header().Get("Allow"), ", "); w.Code != http.StatusMethodNotAllowed || !slices.Contains(allow, method) {
			t.Errorf("DELETE %s: got %d, Allow %v", path, w.Code, allow)
		}
	}
	for path, contentType := range map[string]string{"/history": "text/html; charset=utf-8", "/api/v1/history": "application/problem+json"} {
		if w := ask(http.MethodPost, path); w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" || w.Header().Get("Content-Type") != contentType {
			t.Errorf("POST %s: got %d %v", path, w.Code, w.Header())
		}
	}
	for _, path := range []string{"/nothing", "/api/v1/nothing"} {
		if w := ask(http.MethodPost, path); w.Code != http.StatusNotFound {
			t.Errorf("POST %s: got %d, want none", path, w.Code)
		}
	}
}

func TestTheDescriptionIsValidAndListsEveryRoute(t *testing.T) {
	s := New(newWorld(t).srv.Config)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, apiPrefix+"/openapi.json", nil))
	if ct := w.Header().Get("Content-Type"); ct != "application/openapi+json" {
		t.Errorf("content type %s", ct)
	}
	doc, err := jsonschema.UnmarshalJSON(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	valid(t, doc)

	paths := at(doc, "paths")
	for _, pattern := range s.mux.patterns {
		method, path, _ := strings.Cut(pattern, " ")
		path, api := strings.CutPrefix(path, apiPrefix)
		if api && path != "/openapi.json" && at(paths, path, strings.ToLower(method)) == nil {
			t.Errorf("%s is not in it", pattern)
		}
	}
	// What stands in embedded structs is in it too.
	sample := newWorld(t).srv.api.OpenAPI()
	b, err := json.Marshal(sample)
	if err != nil {
		t.Fatal(err)
	}
	if doc, err = jsonschema.UnmarshalJSON(strings.NewReader(string(b))); err != nil {
		t.Fatal(err)
	}
	valid(t, doc)
	for _, path := range [][]string{
		{"components", "schemas", "Post-shout-body", "properties", "text"},
		{"components", "schemas", "Problem", "properties", "code"},
		{"paths", "/shout", "post", "requestBody"},
		{"components", "securitySchemes", "session"},
	} {
		if at(doc, path...) == nil {
			t.Errorf("%v is not in it", path)
		}
	}
}

// valid checks an OpenAPI document against the standard's own schema, and its
// schemas against that of JSON Schema.
func valid(t *testing.T, doc any) {
	t.Helper()
	f, err := os.Open("testdata/openapi-3.1.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	standard, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("openapi.json", standard); err != nil {
		t.Fatal(err)
	}
	if err := c.AddResource("ours.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(doc); err != nil {
		t.Errorf("%v", err)
	}
	schemas, _ := at(doc, "components", "schemas").(map[string]any)
	for name := range schemas {
		if _, err := c.Compile("ours.json#/components/schemas/" + name); err != nil {
			t.Errorf("schema %s: %v", name, err)
		}
	}
}

// at returns what stands at a path in a JSON document, nil when there is
// nothing.
func at(v any, path ...string) any {
	for _, name := range path {
		m, _ := v.(map[string]any)
		v = m[name]
	}
	return v
}

func TestWhatNoFormCanFillIsFoundAtOnce(t *testing.T) {
	for name, declare := range map[string]func(){
		"a field from nowhere": func() { inputOf[struct{ Name string }]() },
		"a map": func() {
			inputOf[struct {
				Body struct {
					M map[string]string `json:"m"`
				}
			}]()
		},
		"no name":         func() { inputOf[struct{ Body struct{ Name string } }]() },
		"a hidden struct": func() { describe[struct{}, struct{ shoutText }](newServer(Config{}), huma.Operation{}, nil) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: nobody minded", name)
				}
			}()
			declare()
		}()
	}
}
