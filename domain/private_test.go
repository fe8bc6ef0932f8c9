package domain_test

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"koersvast/domain"
)

const secret = "Ik ben er niet aan toe gekomen."

// vault seals as the real one does, with keys that are easy to destroy.
type vault map[domain.KeyID]bool

func (v vault) Seal(key domain.KeyID, text, context []byte) ([]byte, error) {
	if v[key] {
		return nil, domain.ErrErased
	}
	return gcm(key).Seal(nil, nil, text, bytes.Join([][]byte{[]byte(key), context}, nil)), nil
}

func (v vault) Open(key domain.KeyID, sealed, context []byte) ([]byte, error) {
	if v[key] {
		return nil, domain.ErrErased
	}
	return gcm(key).Open(nil, nil, sealed, bytes.Join([][]byte{[]byte(key), context}, nil))
}

func gcm(key domain.KeyID) cipher.AEAD {
	block, err := aes.NewCipher([]byte(fmt.Sprintf("%-32.32s", key)))
	if err != nil {
		panic(err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err)
	}
	return aead
}

// said is a fact with two private texts.
type said struct {
	ID    string         `json:"id"`
	Text  domain.Private `json:"text,omitzero"`
	Aside domain.Private `json:"aside,omitzero"`
}

func (said) EventName() string { return "test.said" }

func (e *said) Private() []*domain.Private { return []*domain.Private{&e.Text, &e.Aside} }

var (
	anja  = domain.KeyOf("anja", domain.Promises)
	bram  = domain.KeyOf("bram", domain.Promises)
	saids = domain.TypeOf[said]()
)

func TestAKeyIsOfOnePersonForOnePurpose(t *testing.T) {
	if got, want := domain.KeyOf("anja", domain.Profile), domain.KeyID("person/anja/profile"); got != want {
		t.Errorf("the key is %s, want %s", got, want)
	}
	if anja == bram || anja == domain.KeyOf("anja", domain.Profile) {
		t.Error("two keys have one name")
	}
}

func TestPrivateTextDoesNotShow(t *testing.T) {
	p := domain.Say(anja, secret)
	type hides struct{ inner domain.Private } // fmt asks no method of it
	values := map[string]any{
		"a text":                     p,
		"a pointer to one":           &p,
		"texts":                      []domain.Private{p},
		"a map of texts":             map[string]domain.Private{"a": p},
		"a fact":                     said{ID: "1", Text: p},
		"a pointer to a fact":        &said{ID: "1", Text: p},
		"a text where no method is":  hides{p},
		"a pointer to such a struct": &hides{p},
	}
	for name, v := range values {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%p"} {
			shown := fmt.Sprintf(verb, v)
			if leaks(shown) {
				t.Errorf("%s with %s shows %s", name, verb, shown)
			}
		}
		var text, object bytes.Buffer
		slog.New(slog.NewTextHandler(&text, nil)).Info("said", "what", v)
		slog.New(slog.NewJSONHandler(&object, nil)).Info("said", "what", v)
		if leaks(text.String()) || leaks(object.String()) {
			t.Errorf("%s in a log shows %s%s", name, text.String(), object.String())
		}
		if b, err := json.Marshal(v); leaks(string(b)) || err != nil && leaks(err.Error()) {
			t.Errorf("%s as JSON shows %s, %v", name, b, err)
		}
		if b, err := xml.Marshal(v); leaks(string(b)) || err != nil && leaks(err.Error()) {
			t.Errorf("%s as XML shows %s, %v", name, b, err)
		}
		var b bytes.Buffer
		if err := gob.NewEncoder(&b).Encode(v); leaks(b.String()) || err != nil && leaks(err.Error()) {
			t.Errorf("%s as gob shows %q, %v", name, b.String(), err)
		}
	}
	if got := fmt.Sprint(p); got != "[private]" {
		t.Errorf("a text prints as %q, want [private]", got)
	}
}

// leaks reports whether s holds the secret as itself or as the digits and
// bytes into which fmt turns text.
func leaks(s string) bool {
	for _, form := range []string{secret, fmt.Sprintf("%x", secret), fmt.Sprintf("%X", secret), strings.Trim(fmt.Sprint([]byte(secret)), "[]")} {
		if strings.Contains(s, form) {
			return true
		}
	}
	return false
}

func TestWhatIsNotSealedCannotBeWritten(t *testing.T) {
	if b, err := json.Marshal(domain.Say(anja, secret)); err == nil {
		t.Errorf("an unsealed text became %s", b)
	}
	if b, err := json.Marshal(said{ID: "1", Aside: domain.Say(anja, secret)}); err == nil {
		t.Errorf("a fact with an unsealed text became %s", b)
	}
}

func TestWhatIsSealedComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fact := said{
			ID:    rapid.String().Draw(t, "id"),
			Text:  domain.Say(anja, rapid.String().Draw(t, "text")),
			Aside: domain.Say(bram, rapid.String().Draw(t, "aside")),
		}
		b, err := saids.Encode(fact, "act-1", vault{})
		if err != nil {
			t.Fatal(err)
		}
		back, err := saids.Decode(b, "act-1", vault{})
		if err != nil {
			t.Fatal(err)
		}
		// JSON has no place for what is no UTF-8 outside the sealed texts.
		got, want := back.(said), said{ID: strings.ToValidUTF8(fact.ID, "\ufffd"), Text: fact.Text, Aside: fact.Aside}
		if got.ID != want.ID || !got.Text.Equal(want.Text) || !got.Aside.Equal(want.Aside) {
			t.Fatalf("%s came back otherwise", b)
		}
	})
}

func TestEncodingLeavesTheFactAlone(t *testing.T) {
	fact := said{ID: "1", Text: domain.Say(anja, secret)}
	if _, err := saids.Encode(fact, "act-1", vault{}); err != nil {
		t.Fatal(err)
	}
	if b, err := json.Marshal(fact); err == nil {
		t.Errorf("the fact itself was sealed: %s", b)
	}
}

func TestNoTextIsNotThere(t *testing.T) {
	b, err := saids.Encode(said{ID: "1", Text: domain.Say(anja, "")}, "act-1", vault{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(b), `{"id":"1"}`; got != want {
		t.Errorf("a fact without texts is %s, want %s", got, want)
	}
	if !domain.Say(anja, "").IsZero() {
		t.Error("an empty text is some text")
	}
	if text, ok := (domain.Private{}).Reveal(); text != "" || !ok {
		t.Errorf("no text reads %q, %v; want nothing, readable", text, ok)
	}
}

func TestSealedTextStaysInItsPlace(t *testing.T) {
	b, err := saids.Encode(said{ID: "1", Text: domain.Say(anja, secret), Aside: domain.Say(bram, "Terzijde.")}, "act-1", vault{})
	if err != nil {
		t.Fatal(err)
	}
	var parts map[string]any
	if err := json.Unmarshal(b, &parts); err != nil {
		t.Fatal(err)
	}
	for name, moved := range map[string]struct {
		parts map[string]any
		id    string
		as    domain.EventType
	}{
		"to another fact":        {parts, "act-2", saids},
		"to another field":       {map[string]any{"id": "1", "text": parts["aside"], "aside": parts["text"]}, "act-1", saids},
		"to another kind":        {parts, "act-1", domain.TypeOf[other]()},
		"under another's key":    {map[string]any{"id": "1", "text": map[string]any{"k": bram, "c": parts["text"].(map[string]any)["c"]}}, "act-1", saids},
		"with a byte changed":    {map[string]any{"id": "1", "text": map[string]any{"k": anja, "c": flipped(parts["text"])}}, "act-1", saids},
		"with nothing left open": {map[string]any{"id": "1", "text": map[string]any{"k": anja, "c": "AAAA"}}, "act-1", saids},
	} {
		b, err := json.Marshal(moved.parts)
		if err != nil {
			t.Fatal(err)
		}
		if e, err := moved.as.Decode(b, moved.id, vault{}); err == nil {
			t.Errorf("a text that was moved %s opens: %v", name, reflect.TypeOf(e))
		}
	}
}

// other has the shape of said, under another name.
type other said

func (other) EventName() string { return "test.other" }

func (e *other) Private() []*domain.Private { return (*said)(e).Private() }

func flipped(sealed any) []byte {
	b, err := json.Marshal(sealed.(map[string]any)["c"])
	if err != nil {
		panic(err)
	}
	var c []byte
	if err := json.Unmarshal(b, &c); err != nil {
		panic(err)
	}
	c[len(c)/2] ^= 1
	return c
}

func TestErasedTextIsGoneAndSaysSo(t *testing.T) {
	keys := vault{}
	b, err := saids.Encode(said{ID: "1", Text: domain.Say(anja, secret), Aside: domain.Say(bram, "Terzijde.")}, "act-1", keys)
	if err != nil {
		t.Fatal(err)
	}
	keys[anja] = true
	e, err := saids.Decode(b, "act-1", keys)
	if err != nil {
		t.Fatal(err)
	}
	fact := e.(said)
	if text, ok := fact.Text.Reveal(); text != "" || ok {
		t.Errorf("the erased text reads %q, %v; want nothing, unreadable", text, ok)
	}
	if fact.Text.Equal(domain.Private{}) || fact.Text.IsZero() {
		t.Error("a text that was erased is as if it had never been")
	}
	if text, ok := fact.Aside.Reveal(); text != "Terzijde." || !ok {
		t.Errorf("another's text reads %q, %v; want it whole", text, ok)
	}
}

// broken is a sealer whose keys are out of reach.
type broken struct{}

var errOutOfReach = errors.New("out of reach")

func (broken) Seal(domain.KeyID, []byte, []byte) ([]byte, error) { return nil, errOutOfReach }
func (broken) Open(domain.KeyID, []byte, []byte) ([]byte, error) { return nil, errOutOfReach }

func TestAKeyOutOfReachIsNotAnErasedOne(t *testing.T) {
	fact := said{ID: "1", Text: domain.Say(anja, secret)}
	if b, err := saids.Encode(fact, "act-1", broken{}); !errors.Is(err, errOutOfReach) {
		t.Errorf("encode = %s, %v; want %v", b, err, errOutOfReach)
	}
	b, err := saids.Encode(fact, "act-1", vault{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := saids.Decode(b, "act-1", broken{}); !errors.Is(err, errOutOfReach) {
		t.Errorf("decode: %v, want %v", err, errOutOfReach)
	}
}

func TestAPublishedFactLeavesPrivateTextsOut(t *testing.T) {
	if saids.Public || !saids.Published().Public {
		t.Error("a fact is public when it is published, and not before")
	}
	b, err := saids.Publish(said{ID: "1", Text: domain.Say(anja, secret)})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(b), `{"id":"1"}`; got != want {
		t.Errorf("published %s, want %s", got, want)
	}
}

func TestATypeKnowsOnlyItsOwnFacts(t *testing.T) {
	if _, err := saids.Encode(other{}, "act-1", vault{}); err == nil {
		t.Error("it encoded another's fact")
	}
	if _, err := saids.Publish(other{}); err == nil {
		t.Error("it published another's fact")
	}
	if _, err := saids.Decode([]byte(`{"id":1}`), "act-1", vault{}); err == nil {
		t.Error("it read what is none of its facts")
	}
}
