package web

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "release the description of the API as it is now")

// releasedAPI is the description of the API that programs out there rely on.
const releasedAPI = "testdata/openapi.released.json"

func described(t *testing.T) map[string]any {
	t.Helper()
	w := httptest.NewRecorder()
	New(Config{}).handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, apiPrefix+"/openapi.json", nil))
	var doc map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestWhatWasReleasedOfTheAPIStays fails when something that programs use is
// gone, or is not what it was. What is new is theirs once it is released: go
// test -update, which refuses the same.
func TestWhatWasReleasedOfTheAPIStays(t *testing.T) {
	now := described(t)
	b, err := os.ReadFile(releasedAPI)
	if err != nil && !*update {
		t.Fatal(err)
	}
	released := map[string]any{}
	if err == nil {
		if err := json.Unmarshal(b, &released); err != nil {
			t.Fatal(err)
		}
	}
	broken := breaks("", released, now)
	for _, b := range broken {
		t.Error(b)
	}
	if !*update || broken != nil {
		return
	}
	if b, err = json.MarshalIndent(now, "", "\t"); err == nil {
		err = os.WriteFile(releasedAPI, append(b, '\n'), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// forPeople are the parts of a description that tell programs nothing.
var forPeople = []string{"description", "summary", "title", "info", "example", "examples", "$schema"}

// breaks returns what a program that relied on the released description finds
// otherwise now.
func breaks(at string, released, now any) (broken []string) {
	otherwise := func(format string, args ...any) {
		broken = append(broken, at+": "+fmt.Sprintf(format, args...))
	}
	switch released := released.(type) {
	case map[string]any:
		now, _ := now.(map[string]any)
		for _, key := range slices.Sorted(maps.Keys(released)) {
			switch v, there := now[key]; {
			case slices.Contains(forPeople, key) && !strings.HasSuffix(at, "/properties"):
			case key == "required" && released[key] == false: // may be asked less of
				if v == true {
					otherwise("is required now")
				}
			case key == "required" && released[key] == true:
			case !there:
				otherwise("%s is gone", key)
			default:
				broken = append(broken, breaks(at+"/"+key, released[key], v)...)
			}
		}
		if asked := strings.HasSuffix(at, "-body") || strings.HasSuffix(at, "-Body"); asked || released["in"] != nil {
			if _, was := released["required"]; !was && now["required"] != nil && now["required"] != false {
				otherwise("requires %v", now["required"])
			}
		}
	case []any:
		list, _ := now.([]any)
		for _, v := range released {
			if i := slices.IndexFunc(list, func(x any) bool { return same(v, x) }); i < 0 {
				otherwise("%s is gone", nameOf(v))
			} else {
				broken = append(broken, breaks(at+"/"+nameOf(v), v, list[i])...)
			}
		}
		for _, x := range list {
			if slices.ContainsFunc(released, func(v any) bool { return same(v, x) }) {
				continue
			}
			switch asked := strings.Contains(strings.ToLower(at), "-body/required"); {
			case strings.HasSuffix(at, "/type"), asked:
				otherwise("%s is new", nameOf(x))
			case strings.HasSuffix(at, "/parameters"):
				if p, ok := x.(map[string]any); ok && p["required"] == true {
					otherwise("%s is asked for", nameOf(x))
				}
			}
		}
	default:
		if !reflect.DeepEqual(released, now) {
			otherwise("was %v, is %v", released, now)
		}
	}
	return broken
}

// same reports whether two members of a list are the same thing: parameters
// are when they have the same name in the same place.
func same(a, b any) bool {
	x, isMap := a.(map[string]any)
	y, _ := b.(map[string]any)
	if isMap && x["in"] != nil {
		return x["in"] == y["in"] && x["name"] == y["name"]
	}
	return reflect.DeepEqual(a, b)
}

func nameOf(v any) string {
	if m, ok := v.(map[string]any); ok && m["name"] != nil {
		return fmt.Sprint(m["name"])
	}
	return fmt.Sprint(v)
}

// TestWhatBreaksAProgramIsNoticed breaks a small description in every way.
func TestWhatBreaksAProgramIsNoticed(t *testing.T) {
	const small = `{"paths":{"/a":{"get":{"operationId":"get-a","parameters":[{"in":"query","name":"q","schema":{"type":"string"}}],
		"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/A"}}}}}},
		"post":{"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Post-a-body"}}}}}}},
		"components":{"schemas":{"A":{"type":"object","required":["x"],"properties":{"x":{"type":"string","enum":["a","b"]},"y":{"type":["integer","null"]},"title":{"type":"string"}}},
		"Post-a-body":{"type":"object","required":["x"],"properties":{"x":{"type":"string"},"z":{"type":"string"}}}}}}`
	for change, breaking := range map[[2]string]bool{
		{`"/a":`, `"/b":`}:                                                true,
		{`"get":`, `"put":`}:                                              true,
		{`"name":"q"`, `"name":"r"`}:                                      true,
		{`"name":"q"`, `"name":"q","required":true`}:                      true,
		{`schemas/A"`, `schemas/B"`}:                                      true,
		{`"enum":["a","b"]`, `"enum":["a"]`}:                              true,
		{`["integer","null"]`, `["integer","null","string"]`}:             true,
		{`"y":{"type":["integer","null"]},`, ``}:                          true,
		{`,"title":{"type":"string"}`, ``}:                                true,
		{`"A":{"type":"object","required":["x"]`, `"A":{"type":"object"`}: true,
		{`"Post-a-body":{"type":"object","required":["x"]`, `"Post-a-body":{"type":"object","required":["x","z"]`}: true,
		{`"operationId":"get-a",`, `"operationId":"get-a","summary":"A",`}:                                         false,
		{`"enum":["a","b"]`, `"enum":["a","b","c"]`}:                                                               false,
		{`"z":{"type":"string"}`, `"z":{"type":"string"},"w":{"type":"string"}`}:                                   false,
		{`"A":{"type":"object","required":["x"]`, `"A":{"type":"object","required":["x","y"]`}:                     false,
		{`"paths":{`, `"paths":{"/c":{},`}:                                                                         false,
		{`[{"in":"query","name":"q"`, `[{"in":"query","name":"r"},{"in":"query","name":"q"`}:                       false,
	} {
		changed := strings.Replace(small, change[0], change[1], 1)
		var released, now any
		if err := json.Unmarshal([]byte(small), &released); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(changed), &now); err != nil {
			t.Fatalf("%v: %v", change, err)
		}
		if got := breaks("", released, now); (got != nil) != breaking || changed == small {
			t.Errorf("%v: %v", change, got)
		}
	}
}

// TestTheDescriptionReadsWell holds the document to what readers and their
// tools count on, beyond what the standard asks.
func TestTheDescriptionReadsWell(t *testing.T) {
	doc := described(t)
	ids := map[any]bool{}
	paths, _ := doc["paths"].(map[string]any)
	parameter, snake := regexp.MustCompile(`{(\w+)}`), regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	for path, item := range paths {
		for method, op := range item.(map[string]any) {
			o, _ := op.(map[string]any)
			place := strings.ToUpper(method) + " " + path
			if ids[o["operationId"]] || o["operationId"] == nil {
				t.Errorf("%s: the id %v is not its own", place, o["operationId"])
			}
			ids[o["operationId"]] = true
			if s, _ := o["summary"].(string); s == "" || strings.HasSuffix(s, ".") {
				t.Errorf("%s: the summary %q is no line", place, s)
			}
			if method == "get" && o["requestBody"] != nil {
				t.Errorf("%s has a body", place)
			}
			if o["security"] == nil {
				t.Errorf("%s does not say who may ask", place)
			}
			responses, _ := o["responses"].(map[string]any)
			if responses["default"] == nil || responses["200"] == nil && responses["201"] == nil {
				t.Errorf("%s does not say what is answered, or what when it goes wrong", place)
			}
			var want, got []string
			for _, m := range parameter.FindAllStringSubmatch(path, -1) {
				want = append(want, m[1])
			}
			all, _ := o["parameters"].([]any)
			for _, p := range all {
				p := p.(map[string]any)
				if p["in"] == "path" {
					got = append(got, fmt.Sprint(p["name"]))
				}
				if p["in"] != "header" && !snake.MatchString(fmt.Sprint(p["name"])) {
					t.Errorf("%s: the parameter %v is not written like the others", place, p["name"])
				}
			}
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(want, got) {
				t.Errorf("%s: parameters %v, the address has %v", place, got, want)
			}
		}
	}
	schemas, _ := at(doc, "components", "schemas").(map[string]any)
	each(doc, func(at string, m map[string]any) {
		if ref, ok := m["$ref"].(string); ok && schemas[strings.TrimPrefix(ref, "#/components/schemas/")] == nil {
			t.Errorf("%s: %s is not there", at, ref)
		}
		if e, ok := m["enum"].([]any); ok && len(e) == 0 {
			t.Errorf("%s can be nothing", at)
		}
		if p, ok := m["properties"].(map[string]any); ok && m["type"] == "object" {
			for name := range p {
				if !snake.MatchString(name) && name != "$schema" {
					t.Errorf("%s: %s is not written like the others", at, name)
				}
			}
		}
	})
}

// each calls f with every object of a document.
func each(v any, f func(at string, m map[string]any)) { walk("", v, f) }

func walk(at string, v any, f func(string, map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		f(at, v)
		for key, x := range v {
			walk(at+"/"+key, x, f)
		}
	case []any:
		for i, x := range v {
			walk(fmt.Sprintf("%s/%d", at, i), x, f)
		}
	}
}

func TestTheAPIIsDescribedOnAPageOfOurOwn(t *testing.T) {
	w := newWorld(t)
	page := w.browser().get("/api").wantStatus(t, http.StatusOK)
	page.wantBody(t, "De API", `id="post-programme-rename"`, "/api/v1/teams/{id}", `href="#schema-PeopleTeam"`, `id="schema-PeopleTeam"`, "/api/v1/openapi.json")
	if strings.Contains(page.body, "⟦") || strings.Contains(page.body, "Marieke") {
		t.Error("a word is missing, or the page tells of the programme")
	}
	w.browser().get("/api?lang=en").wantStatus(t, http.StatusOK).wantBody(t, "The API", `lang="en"`)
}
