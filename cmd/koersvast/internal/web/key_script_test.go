package web

import (
	"crypto/ecdh"
	"encoding/base64"
	"encoding/json"
	"testing"

	"koersvast/cmd/koersvast/internal/browser"
	"koersvast/domain"
	"koersvast/eventstore/ballotbox/ballot"
)

// A desk is a page in which key.js can be asked to compute: it is k.
func aDesk(t *testing.T) *browser.Tab {
	t.Helper()
	tab := aBooth(t)
	browser.Eval[bool](tab, `import(`+js(asset("key.js"))+`).then(m => !!(globalThis.k = m))`)
	return tab
}

func decoded(t *testing.T, text string) []byte {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// composed and decomposed are one passphrase, typed on two keyboards.
const (
	composed   = "één natte zeehond slaapt"
	decomposed = "e\u0301e\u0301n natte zeehond slaapt"
)

func TestAProgramUnwrapsTheKeyThatABrowserMade(t *testing.T) {
	var made struct{ Public, Wrapped string }
	if err := json.Unmarshal([]byte(compute(aDesk(t), `return JSON.stringify(await k.make(`+js(decomposed)+`))`)), &made); err != nil {
		t.Fatal(err)
	}
	key, err := ballot.Unwrap(decoded(t, made.Wrapped), composed)
	if err != nil {
		t.Fatal(err)
	}
	if got := base64.StdEncoding.EncodeToString(key.PublicKey().Bytes()); got != made.Public {
		t.Errorf("got the key of %s, want that of %s", got, made.Public)
	}
	if _, err := ballot.Unwrap(decoded(t, made.Wrapped), "another passphrase"); err == nil {
		t.Error("another passphrase opens it")
	}
}

func TestABrowserOpensARoundWithTheKeyItWasOpenedFor(t *testing.T) {
	tab := aDesk(t)
	type held struct {
		Public  []byte `json:"public"`
		Wrapped []byte `json:"wrapped"`
	}
	hold := func(passphrase string) (*ecdh.PrivateKey, held) {
		key, err := ballot.NewKey()
		if err != nil {
			t.Fatal(err)
		}
		wrapped, err := ballot.Wrap(key, passphrase)
		if err != nil {
			t.Fatal(err)
		}
		return key, held{key.PublicKey().Bytes(), wrapped}
	}
	older, first := hold(composed)
	_, second := hold("a later passphrase")
	opening, err := ballot.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := ballot.SealKey(older.PublicKey(), "r1", opening)
	if err != nil {
		t.Fatal(err)
	}
	open := func(id domain.RoundID, passphrase string) (got struct{ Key, Wrong string }) {
		panel := js(map[string]any{"round": id, "opening": sealed, "keys": []held{second, first}})
		if err := json.Unmarshal([]byte(compute(tab, `return JSON.stringify(await k.open(`+panel+`, `+js(passphrase)+`))`)), &got); err != nil {
			t.Fatal(err)
		}
		return got
	}
	if got, want := open("r1", decomposed).Key, base64.StdEncoding.EncodeToString(opening.Bytes()); got != want {
		t.Errorf("got %q, want the opening key", got)
	}
	if got := open("r1", "nothing that was ever typed").Wrong; got != "passphrase" {
		t.Errorf("another passphrase: got %q", got)
	}
	if got := open("r1", "a later passphrase").Wrong; got != "key" {
		t.Errorf("the passphrase of another key: got %q", got)
	}
	if got := open("r2", composed).Wrong; got != "key" {
		t.Errorf("the key of another round: got %q", got)
	}
}

func TestAPassphraseThatIsEasyToGuessIsNotTaken(t *testing.T) {
	tab := aDesk(t)
	for passphrase, want := range map[string]bool{
		"":                            false,
		"welkom01":                    false,
		"aaaa aaaa aaaa aaaa aaaa":    false,
		"vier woorden is goed":        true,
		"drie lange woorden":          false,
		"kB7-xq92-Lm40-zzT1-pp8w":     true,
		"zeven natte eilanden bij eb": true,
	} {
		if got := browser.Eval[bool](tab, `k.strong(`+js(passphrase)+`)`); got != want {
			t.Errorf("%q: got %t, want %t", passphrase, got, want)
		}
	}
}
