package schema_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"koersvast/domain"
	"koersvast/domain/catalog"
	"koersvast/eventstore/schema"
)

var update = flag.Bool("update", false, "release facts that have not been released yet")

const released = "testdata/released"

func TestAReleasedFactKeepsItsShape(t *testing.T) {
	known := map[string]bool{}
	for _, e := range catalog.Events() {
		known[e.Name] = true
		path := filepath.Join(released, e.Name+".json")
		want, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			if *update {
				want = text(t, schema.Of(e))
				err = os.WriteFile(path, want, 0o644)
			} else {
				t.Errorf("%s has not been released; when its shape is right, release it with -update", e.Name)
				continue
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(text(t, schema.Of(e)))); diff != "" {
			t.Errorf("%s has been released with another shape; give the new shape a new name (-released +now):\n%s", e.Name, diff)
		}
	}
	files, err := os.ReadDir(released)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if name := strings.TrimSuffix(f.Name(), ".json"); !known[name] {
			t.Errorf("%s has been released, and is no longer in the catalogue", name)
		}
	}
}

func TestEverySampleFitsTheSchemaOfItsFact(t *testing.T) {
	for _, e := range catalog.Events() {
		data := sample(t, e)
		if err := compiled(t, schema.Of(e), "").Validate(data); err != nil {
			t.Errorf("%s: %v", e.Name, err)
		}
		data["surprise"] = true
		if err := compiled(t, schema.Of(e), "").Validate(data); err == nil {
			t.Errorf("%s: a field that is not in the schema was taken", e.Name)
		}
	}
}

func TestEveryPublishedSampleFitsTheDocumentOfTheFeed(t *testing.T) {
	document := schema.AsyncAPI(catalog.Events())
	for _, e := range catalog.Events() {
		pointer := "#/components/schemas/" + e.Name
		_, documented := document["channels"].(map[string]any)[e.Name]
		if documented != e.Public {
			t.Errorf("%s: public is %v, in the document is %v", e.Name, e.Public, documented)
		}
		if !e.Public {
			continue
		}
		fact, err := e.Decode(text(t, sample(t, e)), "", erased{})
		if err != nil {
			t.Fatal(err)
		}
		published, err := e.Publish(fact)
		if err != nil {
			t.Fatal(err)
		}
		data, err := jsonschema.UnmarshalJSON(bytes.NewReader(published))
		if err != nil {
			t.Fatal(err)
		}
		if err := compiled(t, document, pointer).Validate(data); err != nil {
			t.Errorf("%s: %v", e.Name, err)
		}
	}
}

// What others read in the feed they can read in it for ever: the document of
// it only grows.
func TestWhatHasBeenPublishedStaysPublished(t *testing.T) {
	const path = "testdata/asyncapi.json"
	written := text(t, schema.AsyncAPI(catalog.Events()))
	golden, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var was, is map[string]any
	if err := errors.Join(json.Unmarshal(golden, &was), json.Unmarshal(written, &is)); err != nil {
		t.Fatal(err)
	}
	for _, place := range []string{"channels", "operations", "components/messages", "components/schemas"} {
		now := found(is, place)
		for name, want := range found(was, place) {
			got, ok := now[name]
			if !ok {
				t.Errorf("%s has been published, and is no longer in the %s of the feed", name, place)
			} else if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s has been published otherwise (-published +now):\n%s", name, diff)
			}
		}
	}
	switch {
	case t.Failed(), bytes.Equal(golden, written):
	case *update:
		err = os.WriteFile(path, written, 0o644)
	default:
		t.Errorf("the document of the feed is not that in %s; when the new one is right, release it with -update", path)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// found returns what stands at a path in a document.
func found(document map[string]any, path string) map[string]any {
	for step := range strings.SplitSeq(path, "/") {
		document, _ = document[step].(map[string]any)
	}
	return document
}

// Every reference of the document leads somewhere, and it reads the same
// every time.
func TestTheDocumentOfTheFeedHoldsTogether(t *testing.T) {
	b := text(t, schema.AsyncAPI(catalog.Events()))
	if !bytes.Equal(b, text(t, schema.AsyncAPI(catalog.Events()))) {
		t.Error("two documents of one catalogue differ")
	}
	var document any
	if err := json.Unmarshal(b, &document); err != nil {
		t.Fatal(err)
	}
	refs := 0
	var follow func(any)
	follow = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				follow(x)
			}
		case map[string]any:
			for key, x := range v {
				if to, ok := x.(string); ok && key == "$ref" {
					refs++
					if !leads(document, to) {
						t.Errorf("%s leads nowhere", to)
					}
				}
				follow(x)
			}
		}
	}
	follow(document)
	if refs == 0 {
		t.Error("the document has no references: the test is blind")
	}
}

func leads(document any, pointer string) bool {
	for step := range strings.SplitSeq(strings.TrimPrefix(pointer, "#/"), "/") {
		next, ok := document.(map[string]any)[step]
		if !ok {
			return false
		}
		document = next
	}
	return true
}

// The published schema is the released one without what is private, so that
// keeping the one keeps the other.
func TestThePublishedSchemaIsTheReleasedOneWithoutPrivateTexts(t *testing.T) {
	for _, e := range catalog.Events() {
		want := schema.Of(e)
		want.Version, want.ID, want.Title = "", "", ""
		for name, p := range want.Properties {
			if _, ok := p.Properties["c"]; ok {
				delete(want.Properties, name)
			}
		}
		if diff := cmp.Diff(want, schema.Published(e)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", e.Name, diff)
		}
	}
}

// text returns a document as it is written.
func text(t *testing.T, document any) []byte {
	t.Helper()
	b, err := json.MarshalIndent(document, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(b, '\n')
}

// compiled returns the schema at a place in a document.
func compiled(t *testing.T, document any, pointer string) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text(t, document)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("urn:document", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("urn:document" + pointer)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// sample returns the sample of a fact as the log keeps it.
func sample(t *testing.T, e domain.EventType) map[string]any {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("../../domain/catalog/testdata/wire", e.Name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var s struct {
		Data map[string]any `json:"data"`
	}
	if err := json.Unmarshal(b, &s); err != nil {
		t.Fatal(err)
	}
	return s.Data
}

// erased is a sealer of which all keys have been destroyed.
type erased struct{}

func (erased) Seal(domain.KeyID, []byte, []byte) ([]byte, error) { return nil, domain.ErrErased }
func (erased) Open(domain.KeyID, []byte, []byte) ([]byte, error) { return nil, domain.ErrErased }
