package web

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"math/big"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"koersvast/cmd/koersvast/internal/browser"
	"koersvast/domain"
	"koersvast/eventstore/ballotbox/ballot"
)

// aBooth is a page in which ballot.js can be asked to compute: it is b.
func aBooth(t *testing.T) *browser.Tab {
	t.Helper()
	s := gallery(t, map[string]func(*http.Request) templ.Component{
		"booth": func(r *http.Request) templ.Component { return Plain(samplePage("Stemhokje", r.URL)) },
	})
	tab := browser.Open(t, browser.Phone, browser.Light)
	tab.Navigate(s.URL + "/booth")
	browser.Eval[bool](tab, `import(`+js(asset("ballot.js"))+`).then(m => !!(globalThis.b = m))`)
	return tab
}

// js writes a value as JavaScript.
func js(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// compute returns what a function of the page returns, with async values
// awaited.
func compute(tab *browser.Tab, body string) string {
	return browser.Eval[string](tab, `(async () => { `+body+` })()`)
}

func TestABrowserBlindsAsTheRFCSays(t *testing.T) {
	b, err := os.ReadFile("../../../../eventstore/ballotbox/ballot/testdata/rfc9474.json")
	if err != nil {
		t.Fatal(err)
	}
	var v map[string]string
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	number := func(name string) *big.Int {
		n, ok := new(big.Int).SetString(v[name], 16)
		if !ok {
			t.Fatalf("%s is no number", name)
		}
		return n
	}
	n := number("n")
	tab := aBooth(t)
	got := compute(tab, `
		const v = `+js(v)+`
		const jwk = {kty: 'RSA', n: `+js(base64.RawURLEncoding.EncodeToString(n.Bytes()))+`, e: 'AQAB'}
		const key = await crypto.subtle.importKey('jwk', jwk, {name: 'RSA-PSS', hash: 'SHA-384'}, true, ['verify'])
		const issuer = {key, n: BigInt('0x' + v.n), e: BigInt('0x' + v.e), size: `+js(len(n.Bytes()))+`}
		const prepared = b.concat(b.unhex(v.msg_prefix), b.unhex(v.msg))
		const r = BigInt('0x' + `+js(new(big.Int).ModInverse(number("inv"), n).Text(16))+`)
		const {blinded, inverse} = await b.blind(issuer, prepared, b.unhex(v.salt), r)
		const signature = await b.finalize(issuer, prepared, b.unhex(v.blind_sig), inverse)
		return [prepared, blinded, signature].map(b.hex).join('\n')`)
	for i, name := range []string{"input_msg", "blinded_msg", "sig"} {
		if line := strings.Split(got, "\n")[i]; line != v[name] {
			t.Errorf("%s: got %s, want %s", name, line, v[name])
		}
	}
}

// aBox is a ballot box as only its two sides know it.
type aBox struct {
	issuer   *ballot.Issuer
	manifest ballot.Manifest
	open     func(b ballot.Ballot) (string, error)
}

const askedOf = `[{"id":"ask","scale":"hear_see","text":"Vraagt door \u003cen\u003e luistert."}]`

var invitedTo = []domain.PersonID{"01J9", "eva", "EMIL", "bram"}

func newBox(t *testing.T) aBox {
	t.Helper()
	issuer, err := ballot.NewIssuer()
	if err != nil {
		t.Fatal(err)
	}
	public, err := issuer.Public()
	if err != nil {
		t.Fatal(err)
	}
	opening, err := ballot.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	digest := sha256.Sum256([]byte(askedOf))
	m := ballot.Manifest{
		Version: ballot.Version, Round: "r1", Group: domain.Staff, K: 5, Invited: len(invitedTo), InvitedDigest: ballot.InvitedDigest(invitedTo),
		Questions: digest[:], Issuer: public, Opening: opening.PublicKey().Bytes(),
	}
	return aBox{issuer, m, func(b ballot.Ballot) (string, error) {
		text, err := ballot.Open(opening, m.ID(), b.Nullifier(), b.Sealed)
		return string(text), err
	}}
}

// sheet is what a page is told of a box.
func (b aBox) sheet() map[string]any {
	return map[string]any{
		"box": b.manifest.ID().String(), "manifest": b.manifest.Bytes(), "asked": askedOf,
		"round": "r1", "group": "employees", "least": 5, "invited": invitedTo,
	}
}

func TestWhatABrowserCastsTheServerTakesAndTheCoachReads(t *testing.T) {
	box := newBox(t)
	tab := aBooth(t)
	blinded := compute(tab, `
		globalThis.box = await b.open(`+js(box.sheet())+`)
		globalThis.request = await b.ask(box)
		return request.blinded`)
	for _, answers := range []string{`{"sees":{"ask":4},"words":{"more":{"text":"Café, ’s ochtends ☕","use":"literally"}}}`, ""} {
		asked, err := base64.StdEncoding.DecodeString(blinded)
		if err != nil {
			t.Fatal(err)
		}
		signed, err := box.issuer.Sign(asked)
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Split(compute(tab, `
			const c = await b.credential(box, request, `+js(signed)+`)
			return await b.nullifier(c) + ' ' + b.hex(await b.cast(box, c, `+js(answers)+`))`), " ")
		sent, err := hex.DecodeString(got[1])
		if err != nil {
			t.Fatal(err)
		}
		cast, err := ballot.Read(sent)
		if err != nil {
			t.Fatal(err)
		}
		if err := cast.Verify(box.manifest); err != nil {
			t.Error(err)
		}
		if !cast.Replace || cast.Nullifier().String() != got[0] {
			t.Errorf("replaces: %v; it is called %s here and %s there", cast.Replace, cast.Nullifier(), got[0])
		}
		if text, err := box.open(cast); err != nil || text != answers {
			t.Errorf("read %q, want %q (%v)", text, answers, err)
		}
	}
}

func TestABrowserAnswersInNoOtherBox(t *testing.T) {
	box, other := newBox(t), newBox(t)
	tab := aBooth(t)
	fails := func(what, body string) {
		t.Helper()
		if got := compute(tab, `try { `+body+`; return 'nothing' } catch (e) { return e.message }`); !strings.HasPrefix(got, "ballot: ") {
			t.Errorf("%s: it says %s", what, got)
		}
	}
	for what, change := range map[string]map[string]any{
		"the manifest of another box": {"manifest": other.manifest.Bytes()},
		"another round":               {"round": "r2"},
		"another group":               {"group": "peers"},
		"a lower threshold":           {"least": 4},
		"other questions":             {"asked": strings.Replace(askedOf, "Vraagt", "Dramt", 1)},
		"somebody else invited":       {"invited": append([]domain.PersonID{"fake"}, invitedTo...)},
	} {
		sheet := box.sheet()
		for k, v := range change {
			sheet[k] = v
		}
		fails(what, `await b.open(`+js(sheet)+`)`)
	}
	lower := box.manifest
	lower.K = 1
	sheet := box.sheet()
	sheet["manifest"] = lower.Bytes()
	fails("a manifest that was changed", `await b.open(`+js(sheet)+`)`)

	blinded, err := base64.StdEncoding.DecodeString(compute(tab, `
		globalThis.box = await b.open(`+js(box.sheet())+`)
		globalThis.request = await b.ask(box)
		return request.blinded`))
	if err != nil {
		t.Fatal(err)
	}
	signed, err := other.issuer.Sign(blinded)
	if err != nil {
		signed = make([]byte, ballot.SignatureSize) // the message may be larger than the other modulus
	}
	fails("the signature of another box", `await b.credential(box, request, `+js(signed)+`)`)
	fails("half a signature", `await b.credential(box, request, `+js(signed[1:])+`)`)
	fails("answers that are too long", `await b.cast(box, {prepared: request.prepared, signature: ''}, 'x'.repeat(b.longest + 1))`)
	if got := compute(tab, `return String(b.longest)`); got != js(ballot.AnswersSize) {
		t.Errorf("the longest answers have %s bytes here and %d there", got, ballot.AnswersSize)
	}
}
