package catalog_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/domain/catalog"
)

var update = flag.Bool("update", false, "write samples of facts that have none yet")

func TestEveryFactHasANameOfItsOwn(t *testing.T) {
	name := regexp.MustCompile(`^[a-z]+\.[a-z]+(_[a-z]+)*$`)
	seen := map[string]bool{}
	for _, e := range catalog.Events() {
		if !name.MatchString(e.Name) {
			t.Errorf("%q is no <concept>.<participle>", e.Name)
		}
		if seen[e.Name] {
			t.Errorf("two facts are named %s", e.Name)
		}
		seen[e.Name] = true
	}
}

// words are the fields that hold words of the programme itself, which is what
// is left when all persons are taken away. Every other text in a fact is a
// domain.Private.
var words = []string{
	"programme.started.name",
	"programme.renamed.name",
	"programme.team_formed.name",
	"programme.team_renamed.name",
	"strategy.mission_formulated.text",
	"strategy.vision_formulated.text",
	"strategy.core_value_chosen.name",
	"strategy.core_value_chosen.meaning",
	"strategy.pillar_proposed.name",
	"strategy.pillar_proposed.meaning",
	"strategy.pillar_reworded.name",
	"strategy.pillar_reworded.meaning",
	"strategy.ambition_stated.text",
	"strategy.objective_set.text",
	"strategy.behaviour_proposed.text",
	"strategy.behaviour_reworded.text",
	"council.consent_asked.scope",
	"council.consent_asked.documents",
	"council.consent_granted.conditions",
	"council.consent_granted.reference",
	"council.consent_refused.why",
	"council.consent_refused.reference",
	"council.consent_withdrawn.why",
	"council.consent_withdrawn.reference",
	"consistency.opened.purpose",
	"consistency.opened.reference",
	"consistency.cancelled.why",
	"method.configured.why",
	"method.tuned.why",
	"method.switched_off.why",
	"method.switched_on.why",
}

var private = reflect.TypeFor[domain.Private]()

func TestFactsHoldIDsCodesDaysNumbersAndProgrammeWordsAndPrivateTexts(t *testing.T) {
	var plain []string
	for _, e := range catalog.Events() {
		for f := range fields(e.Go) {
			name := e.Name + "." + f.name
			switch kind := f.Type.Kind(); {
			case kind == reflect.Struct && f.Type != private, kind == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct:
				partsOf(t, name, f.Type)
			case f.Type == reflect.TypeFor[string]():
				plain = append(plain, name)
			case f.Type == private:
				if !f.omitzero {
					t.Errorf("%s is not marked omitzero: what is published would not leave it out", name)
				}
			case kind == reflect.String, kind == reflect.Bool, kind == reflect.Int, kind == reflect.Uint64:
			case kind == reflect.Slice && f.Type.Elem().Kind() == reflect.String && f.Type.Elem() != reflect.TypeFor[string]():
			default:
				t.Errorf("%s is a %s, which is neither an id, a code, a day, a number nor a private text", name, f.Type)
			}
		}
	}
	if diff := cmp.Diff(words, plain); diff != "" {
		t.Errorf("these texts are not private; only words of the programme may be (-listed +found):\n%s", diff)
	}
}

// partsOf sees to it that what a fact is made of is made of ids, codes, days and
// numbers, however deep.
func partsOf(t *testing.T, name string, of reflect.Type) {
	t.Helper()
	if of.Kind() == reflect.Slice {
		of = of.Elem()
	}
	for part := range fields(of) {
		name := name + "." + part.name
		elem := part.Type
		if elem.Kind() == reflect.Slice {
			elem = elem.Elem()
		}
		switch kind := elem.Kind(); {
		case elem == private, elem == reflect.TypeFor[string]():
			t.Errorf("%s is a %s; the parts of a fact are ids, codes, days and numbers", name, part.Type)
		case kind == reflect.Struct:
			partsOf(t, name, elem)
		case kind == reflect.String, kind == reflect.Bool, kind == reflect.Int:
		default:
			t.Errorf("%s is a %s; the parts of a fact are ids, codes, days and numbers", name, part.Type)
		}
	}
}

func TestAFactListsItsPrivateTextsInTheOrderOfItsFields(t *testing.T) {
	for _, e := range catalog.Events() {
		v := reflect.New(e.Go)
		var want []*domain.Private
		eachField(v.Elem(), func(f field, v reflect.Value) {
			if f.Type == private {
				want = append(want, v.Addr().Interface().(*domain.Private))
			}
		})
		var got []*domain.Private
		if h, ok := v.Interface().(domain.HasPrivate); ok {
			got = h.Private()
		}
		if !slices.Equal(got, want) {
			t.Errorf("(*%s).Private lists %d texts; it must list the %d it has, in the order of its fields", e.Go, len(got), len(want))
		}
	}
}

// A sample is one fact as it stands in the log, under a sealer whose keys are
// no secret.
type sample struct {
	ID   string          `json:"id"`
	Type string          `json:"type"`
	Data json.RawMessage `json:"data"`
}

const samples = "testdata/wire"

func TestEveryFactThatWasEverWrittenCanBeRead(t *testing.T) {
	types := map[string]domain.EventType{}
	for _, e := range catalog.Events() {
		types[e.Name] = e
		if _, err := os.Stat(filepath.Join(samples, e.Name+".json")); errors.Is(err, fs.ErrNotExist) {
			if !*update {
				t.Errorf("%s has no sample; write it with -update", e.Name)
				continue
			}
			write(t, e)
		}
	}
	files, err := os.ReadDir(samples)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(samples, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		var s sample
		if err := json.Unmarshal(b, &s); err != nil {
			t.Fatalf("%s: %v", f.Name(), err)
		}
		if f.Name() != s.Type+".json" {
			t.Errorf("%s is a sample of %s", f.Name(), s.Type)
		}
		e, ok := types[s.Type]
		if !ok {
			t.Errorf("%s was written once, and is no longer in the catalogue: nobody can read it", s.Type)
			continue
		}
		fact, err := e.Decode(s.Data, s.ID, sealer{})
		if err != nil {
			t.Errorf("%s: %v", s.Type, err)
			continue
		}
		again, err := e.Encode(fact, s.ID, sealer{})
		if err != nil {
			t.Errorf("%s: %v", s.Type, err)
			continue
		}
		if diff := cmp.Diff(compact(t, s.Data), string(again)); diff != "" {
			t.Errorf("%s was not read whole; give the new shape a new name (-written +read):\n%s", s.Type, diff)
		}
	}
}

func TestAPublishedFactHoldsNoPrivateText(t *testing.T) {
	for _, e := range catalog.Events() {
		b, err := e.Publish(filled(e.Go))
		if err != nil {
			t.Errorf("%s: %v", e.Name, err)
			continue
		}
		var published map[string]any
		if err := json.Unmarshal(b, &published); err != nil {
			t.Fatal(err)
		}
		for f := range fields(e.Go) {
			if _, ok := published[f.name]; ok == (f.Type == private) {
				t.Errorf("%s as published: %s; want all fields but the private ones", e.Name, b)
				break
			}
		}
	}
}

func compact(t *testing.T, b []byte) string {
	t.Helper()
	var c bytes.Buffer
	if err := json.Compact(&c, b); err != nil {
		t.Fatal(err)
	}
	return c.String()
}

func write(t *testing.T, e domain.EventType) {
	t.Helper()
	const id = "01JD6VB3Q0ACT0000000000000-1"
	data, err := e.Encode(filled(e.Go), id, sealer{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.MarshalIndent(sample{id, e.Name, data}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(samples, e.Name+".json"), append(b, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

// filled returns a fact of which no field is empty.
func filled(t reflect.Type) domain.Event {
	v := reflect.New(t).Elem()
	eachField(v, func(f field, v reflect.Value) { fill(f.name, v) })
	return v.Interface().(domain.Event)
}

func fill(name string, v reflect.Value) {
	switch {
	case v.Type() == private:
		key := domain.KeyOf("01JD6VB3Q0PERSON0000000000", domain.Promises)
		v.Set(reflect.ValueOf(domain.Say(key, "De woorden van "+name+".")))
	case v.Type() == reflect.TypeFor[domain.Day]():
		v.SetString("2026-11-21")
	case v.Type() == reflect.TypeFor[domain.Clock]():
		v.SetString("14:30")
	case v.Type() == reflect.TypeFor[domain.Role]():
		v.SetString(string(domain.MT))
	case v.Type() == reflect.TypeFor[domain.Party]():
		v.SetString(string(domain.Everyone))
	case v.Type() == reflect.TypeFor[string]():
		v.SetString("De woorden van " + name + ".")
	case v.Kind() == reflect.String: // an id
		v.SetString(fmt.Sprintf("01JD6VB3Q0%016s", strings.ToUpper(v.Type().Name())))
	case v.Kind() == reflect.Bool:
		v.SetBool(true)
	case v.Kind() == reflect.Int:
		v.SetInt(2027)
	case v.Kind() == reflect.Uint64:
		v.SetUint(2027)
	case v.Kind() == reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(name, v.Index(0))
	case v.Kind() == reflect.Struct:
		eachField(v, func(f field, v reflect.Value) { fill(f.name, v) })
	default:
		panic("there is no sample of a " + v.Type().String())
	}
}

// A field is one of a fact's, as JSON sees them: those of embedded structs
// are its own.
type field struct {
	reflect.StructField
	name     string
	omitzero bool
}

func eachField(v reflect.Value, do func(field, reflect.Value)) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		tag := strings.Split(f.Tag.Get("json"), ",")
		if f.Anonymous && tag[0] == "" {
			eachField(v.Field(i), do)
			continue
		}
		do(field{f, tag[0], slices.Contains(tag[1:], "omitzero")}, v.Field(i))
	}
}

func fields(t reflect.Type) func(func(field) bool) {
	return func(yield func(field) bool) {
		more := true
		eachField(reflect.New(t).Elem(), func(f field, _ reflect.Value) { more = more && yield(f) })
	}
}

// A sealer hides nothing, but minds, like the real ones, under which key and
// in what place something was sealed: samples no longer open when those change.
type sealer struct{}

func (sealer) Seal(key domain.KeyID, text, context []byte) ([]byte, error) {
	return append(where(key, context), text...), nil
}

func (sealer) Open(key domain.KeyID, sealed, context []byte) ([]byte, error) {
	text, ok := bytes.CutPrefix(sealed, where(key, context))
	if !ok {
		return nil, errors.New("sealed elsewhere")
	}
	return text, nil
}

func where(key domain.KeyID, context []byte) []byte {
	sum := sha256.Sum256(slices.Concat([]byte(key), []byte{0}, context))
	return sum[:8]
}
