package ballot_test

import (
	"bytes"
	"crypto/ecdh"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"errors"
	"math/big"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/cloudflare/circl/blindsign/blindrsa"

	"koersvast/domain"
	"koersvast/eventstore/ballotbox/ballot"
)

// A side holds all keys of one box.
type side struct {
	issuer   *ballot.Issuer
	opening  *ecdh.PrivateKey
	manifest ballot.Manifest
}

func newSide() (*side, error) {
	issuer, err := ballot.NewIssuer()
	if err != nil {
		return nil, err
	}
	public, err := issuer.Public()
	if err != nil {
		return nil, err
	}
	opening, err := ballot.NewKey()
	if err != nil {
		return nil, err
	}
	return &side{issuer, opening, ballot.Manifest{
		Version: 1, Round: "round", Group: domain.Peers, K: 3, Invited: 4,
		InvitedDigest: ballot.InvitedDigest([]domain.PersonID{"ann", "bert", "carla", "dirk"}),
		Questions:     make([]byte, 32), Issuer: public, Opening: opening.PublicKey().Bytes(),
	}}, nil
}

// Keys take a while to make, so all tests share two boxes.
var theOne, theOther = sync.OnceValues(newSide), sync.OnceValues(newSide)

func one(t testing.TB) *side   { return made(t, theOne) }
func other(t testing.TB) *side { return made(t, theOther) }

func made(t testing.TB, side func() (*side, error)) *side {
	t.Helper()
	s, err := side()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *side) credential(t testing.TB) ballot.Credential {
	t.Helper()
	r, err := ballot.Ask(s.manifest)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := s.issuer.Sign(r.Blinded)
	if err != nil {
		t.Fatal(err)
	}
	c, err := r.Credential(signed)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func wantErr(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("error %v, want %v", err, want)
	}
}

func readJSON(t *testing.T, file string, into any) {
	t.Helper()
	b, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatal(err)
	}
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSigningIsThatOfTheRFC(t *testing.T) {
	var v map[string]string
	readJSON(t, "rfc9474.json", &v)
	bytesOf := func(name string) []byte { return unhex(t, v[name]) }
	number := func(name string) *big.Int { return new(big.Int).SetBytes(bytesOf(name)) }
	key := &rsa.PrivateKey{
		PublicKey: rsa.PublicKey{N: number("n"), E: int(number("e").Int64())},
		D:         number("d"), Primes: []*big.Int{number("p"), number("q")},
	}
	key.Precompute()

	// The rater's side, with the randomness of the example: a salt and r.
	client, err := blindrsa.NewClient(blindrsa.SHA384PSSRandomized, &key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	prepared, err := client.Prepare(bytes.NewReader(bytesOf("msg_prefix")), bytesOf("msg"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(prepared, bytesOf("input_msg")) {
		t.Errorf("prepared %x, want %s", prepared, v["input_msg"])
	}
	r := new(big.Int).ModInverse(number("inv"), key.N).FillBytes(make([]byte, key.Size()))
	blinded, state, err := client.Blind(bytes.NewReader(append(bytesOf("salt"), r...)), prepared)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(blinded, bytesOf("blinded_msg")) {
		t.Errorf("blinded %x, want %s", blinded, v["blinded_msg"])
	}

	// The server's.
	signed, err := ballot.IssuerWith(key).Sign(blinded)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(signed, bytesOf("blind_sig")) {
		t.Errorf("signed %x, want %s", signed, v["blind_sig"])
	}
	signature, err := client.Finalize(state, signed)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(signature, bytesOf("sig")) {
		t.Errorf("signature %x, want %s", signature, v["sig"])
	}
	if err := ballot.Verify(&key.PublicKey, prepared, signature); err != nil {
		t.Errorf("verifying: %v", err)
	}
	signature[9] ^= 1
	wantErr(t, ballot.Verify(&key.PublicKey, prepared, signature), ballot.ErrInvalid)
}

func TestABrowserComputesTheSame(t *testing.T) {
	var v struct {
		Passphrase, Coach, Wrapped, Manifest, Box, Issuer, Blinded, Signed, Ballot, Nullifier, Answers string
		People                                                                                         []domain.PersonID
		SealedKey                                                                                      string `json:"sealed_key"`
	}
	readJSON(t, "browser.json", &v)

	m, err := ballot.ReadManifest([]byte(v.Manifest))
	if err != nil {
		t.Fatal(err)
	}
	if got := m.ID().String(); got != v.Box {
		t.Errorf("box %s, want %s", got, v.Box)
	}
	if got := ballot.InvitedDigest(v.People); !bytes.Equal(got, m.InvitedDigest) {
		t.Errorf("invited %x, want %x", got, m.InvitedDigest)
	}

	issuer, err := ballot.ReadIssuer(unhex(t, v.Issuer))
	if err != nil {
		t.Fatal(err)
	}
	signed, err := issuer.Sign(unhex(t, v.Blinded))
	if err != nil {
		t.Fatal(err)
	}
	if got := hex.EncodeToString(signed); got != v.Signed {
		t.Errorf("signed %s, want %s", got, v.Signed)
	}
	cast, err := ballot.Read(unhex(t, v.Ballot))
	if err != nil {
		t.Fatal(err)
	}
	if err := cast.Verify(m); err != nil {
		t.Errorf("verifying: %v", err)
	}
	if got := cast.Nullifier().String(); got != v.Nullifier {
		t.Errorf("nullifier %s, want %s", got, v.Nullifier)
	}

	coach, err := ballot.Unwrap(unhex(t, v.Wrapped), v.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	if got := hex.EncodeToString(coach.Bytes()); got != v.Coach {
		t.Errorf("coach %s, want %s", got, v.Coach)
	}
	opening, err := ballot.OpenKey(coach, m.Round, unhex(t, v.SealedKey))
	if err != nil {
		t.Fatal(err)
	}
	answers, err := ballot.Open(opening, m.ID(), cast.Nullifier(), cast.Sealed)
	if err != nil {
		t.Fatal(err)
	}
	if string(answers) != v.Answers {
		t.Errorf("answers %q, want %q", answers, v.Answers)
	}
}

func TestACredentialIsForOneBox(t *testing.T) {
	here, there := one(t), other(t)
	c := here.credential(t)
	if err := c.Verify(here.manifest); err != nil {
		t.Fatal(err)
	}
	wantErr(t, c.Verify(there.manifest), ballot.ErrWrongBox)

	forged := ballot.Credential{Prepared: c.Prepared, Signature: bytes.Clone(c.Signature)}
	forged.Signature[100] ^= 1
	wantErr(t, forged.Verify(here.manifest), ballot.ErrInvalid)
	moved := ballot.Credential{Prepared: bytes.Clone(c.Prepared), Signature: c.Signature}
	moved.Prepared[0] ^= 1
	wantErr(t, moved.Verify(here.manifest), ballot.ErrInvalid)
	moved.Prepared[32] ^= 1 // in the prefix
	wantErr(t, moved.Verify(here.manifest), ballot.ErrInvalid)

	for _, bad := range []ballot.Credential{
		{},
		{Prepared: c.Prepared[1:], Signature: c.Signature},
		{Prepared: c.Prepared, Signature: c.Signature[1:]},
	} {
		wantErr(t, bad.Verify(here.manifest), ballot.ErrSize)
	}
}

// Whoever shows one rater another description of the box, to recognise them
// by it, gets nothing that fits.
func TestAChangedManifestGetsASignatureThatDoesNotFit(t *testing.T) {
	here := one(t)
	changed := here.manifest
	changed.K = 1
	r, err := ballot.Ask(changed)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := here.issuer.Sign(r.Blinded)
	if err != nil {
		t.Fatal(err)
	}
	c, err := r.Credential(signed)
	if err != nil {
		t.Fatal(err)
	}
	wantErr(t, c.Verify(here.manifest), ballot.ErrWrongBox)

	changed = here.manifest
	changed.Issuer = other(t).manifest.Issuer
	for signed = nil; signed == nil; {
		if r, err = ballot.Ask(changed); err != nil {
			t.Fatal(err)
		}
		// Refused when the message happens to be larger than this modulus.
		if signed, err = here.issuer.Sign(r.Blinded); err != nil {
			wantErr(t, err, ballot.ErrInvalid)
		}
	}
	_, err = r.Credential(signed)
	wantErr(t, err, ballot.ErrInvalid)
}

func TestTheSameRequestGetsTheSameSignature(t *testing.T) {
	s := one(t)
	r, err := ballot.Ask(s.manifest)
	if err != nil {
		t.Fatal(err)
	}
	first, err := s.issuer.Sign(r.Blinded)
	if err != nil {
		t.Fatal(err)
	}
	private, err := s.issuer.Private()
	if err != nil {
		t.Fatal(err)
	}
	restarted, err := ballot.ReadIssuer(private)
	if err != nil {
		t.Fatal(err)
	}
	second, err := restarted.Sign(r.Blinded)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, second) {
		t.Error("two signatures of one request")
	}
}

func TestWhatCannotBeSignedIsRefused(t *testing.T) {
	s := one(t)
	for _, size := range []int{0, ballot.SignatureSize - 1, ballot.SignatureSize + 1} {
		_, err := s.issuer.Sign(make([]byte, size))
		wantErr(t, err, ballot.ErrSize)
	}
	_, err := s.issuer.Sign(bytes.Repeat([]byte{0xff}, ballot.SignatureSize))
	wantErr(t, err, ballot.ErrInvalid)
}

func TestSealedAnswersBelongToOneBallotInOneBox(t *testing.T) {
	s := one(t)
	id, n := s.manifest.ID(), ballot.Nullifier{1}
	for _, answers := range []string{"", "4", strings.Repeat("x", ballot.AnswersSize)} {
		sealed, err := ballot.Seal(s.manifest, n, []byte(answers))
		if err != nil {
			t.Fatal(err)
		}
		if len(sealed) != ballot.SealedSize {
			t.Errorf("%d bytes sealed as %d, want %d", len(answers), len(sealed), ballot.SealedSize)
		}
		got, err := ballot.Open(s.opening, id, n, sealed)
		if err != nil || string(got) != answers {
			t.Errorf("opened %d bytes, error %v, want %d", len(got), err, len(answers))
		}
		_, err = ballot.Open(s.opening, id, ballot.Nullifier{2}, sealed)
		wantErr(t, err, ballot.ErrWrongKey)
		_, err = ballot.Open(s.opening, ballot.BoxID{1}, n, sealed)
		wantErr(t, err, ballot.ErrWrongKey)
		_, err = ballot.Open(other(t).opening, id, n, sealed)
		wantErr(t, err, ballot.ErrWrongKey)
		for _, at := range []int{0, 64, 65, len(sealed) - 1} {
			changed := bytes.Clone(sealed)
			changed[at] ^= 1
			_, err = ballot.Open(s.opening, id, n, changed)
			wantErr(t, err, ballot.ErrWrongKey)
		}
	}
	_, err := ballot.Seal(s.manifest, n, make([]byte, ballot.AnswersSize+1))
	wantErr(t, err, ballot.ErrSize)
	_, err = ballot.Open(s.opening, id, n, nil)
	wantErr(t, err, ballot.ErrWrongKey)
}

func TestABallotHasOneSize(t *testing.T) {
	s := one(t)
	c := s.credential(t)
	sealed, err := ballot.Seal(s.manifest, c.Nullifier(), []byte("4"))
	if err != nil {
		t.Fatal(err)
	}
	for _, replace := range []bool{false, true} {
		sent := ballot.Ballot{Credential: c, Sealed: sealed, Replace: replace}.Bytes()
		got, err := ballot.Read(sent)
		if err != nil {
			t.Fatal(err)
		}
		if got.Replace != replace || got.Box() != s.manifest.ID() || !bytes.Equal(got.Bytes(), sent) || got.Verify(s.manifest) != nil {
			t.Errorf("read %v for what was sent", got)
		}
		_, err = ballot.Read(sent[1:])
		wantErr(t, err, ballot.ErrSize)
		_, err = ballot.Read(append(sent, 0))
		wantErr(t, err, ballot.ErrSize)
		sent[0] = 2
		_, err = ballot.Read(sent)
		wantErr(t, err, ballot.ErrSize)
	}
}

func TestAManifestIsReadInOneFormOnly(t *testing.T) {
	m := one(t).manifest
	b := m.Bytes()
	got, err := ballot.ReadManifest(b)
	if err != nil || got.ID() != m.ID() {
		t.Fatalf("read %v, error %v", got, err)
	}
	for _, form := range []string{
		" " + string(b),
		strings.Replace(string(b), `{"group"`, `{"extra":1,"group"`, 1),
		strings.Replace(string(b), `"k":3`, `"k":3,"k":3`, 1),
		strings.Replace(string(b), `"k":3`, `"K":3`, 1),
		"",
	} {
		if _, err := ballot.ReadManifest([]byte(form)); err == nil {
			t.Errorf("read %.60s", form)
		}
	}
	id, ok := ballot.ReadBoxID(m.ID().String())
	if !ok || id != m.ID() {
		t.Errorf("box id %s", id)
	}
	for _, s := range []string{"", "00", strings.Repeat("AB", 32), m.ID().String() + "00"} {
		if _, ok := ballot.ReadBoxID(s); ok {
			t.Errorf("%q is a box id", s)
		}
	}
}

func TestAManifestThatSaysNoBoxIsRefused(t *testing.T) {
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	weak, err := x509.MarshalPKIXPublicKey(&small.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*ballot.Manifest){
		"another version": func(m *ballot.Manifest) { m.Version = 2 },
		"no round":        func(m *ballot.Manifest) { m.Round = "" },
		"no group":        func(m *ballot.Manifest) { m.Group = "a b" },
		"no threshold":    func(m *ballot.Manifest) { m.K = 0 },
		"nobody":          func(m *ballot.Manifest) { m.Invited = 0 },
		"short digest":    func(m *ballot.Manifest) { m.InvitedDigest = m.InvitedDigest[1:] },
		"no questions":    func(m *ballot.Manifest) { m.Questions = nil },
		"no issuer":       func(m *ballot.Manifest) { m.Issuer = nil },
		"a weak issuer":   func(m *ballot.Manifest) { m.Issuer = weak },
		"no opening key":  func(m *ballot.Manifest) { m.Opening = nil },
		"no point":        func(m *ballot.Manifest) { m.Opening = make([]byte, 65) },
	} {
		m := one(t).manifest
		change(&m)
		if m.Check() == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestOnlyTheCoachHasTheOpeningKeyOfARound(t *testing.T) {
	coach, opening := one(t).opening, other(t).opening
	sealed, err := ballot.SealKey(coach.PublicKey(), "round", opening)
	if err != nil {
		t.Fatal(err)
	}
	got, err := ballot.OpenKey(coach, "round", sealed)
	if err != nil || !got.Equal(opening) {
		t.Errorf("opened %v, error %v", got, err)
	}
	_, err = ballot.OpenKey(coach, "next-round", sealed)
	wantErr(t, err, ballot.ErrWrongKey)
	_, err = ballot.OpenKey(opening, "round", sealed)
	wantErr(t, err, ballot.ErrWrongKey)
	_, err = ballot.OpenKey(coach, "round", nil)
	wantErr(t, err, ballot.ErrWrongKey)
	_, err = ballot.ReadKey(make([]byte, 32))
	wantErr(t, err, ballot.ErrWrongKey)
}

func TestOnlyThePassphraseUnwrapsAKey(t *testing.T) {
	key := one(t).opening
	wrapped, err := ballot.Wrap(key, "caf\u00e9 met uitzicht")
	if err != nil {
		t.Fatal(err)
	}
	got, err := ballot.Unwrap(wrapped, "cafe\u0301 met uitzicht")
	if err != nil || !got.Equal(key) {
		t.Errorf("unwrapped %v, error %v", got, err)
	}
	_, err = ballot.Unwrap(wrapped, "cafe met uitzicht")
	wantErr(t, err, ballot.ErrPassphrase)
	_, err = ballot.Unwrap(wrapped[:20], "caf\u00e9 met uitzicht")
	wantErr(t, err, ballot.ErrSize)
	wrapped[0] = 2
	_, err = ballot.Unwrap(wrapped, "caf\u00e9 met uitzicht")
	wantErr(t, err, ballot.ErrSize)

	another, err := ecdh.P384().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if wrapped, err = ballot.Wrap(another, "p"); err != nil {
		t.Fatal(err)
	}
	_, err = ballot.Unwrap(wrapped, "p")
	wantErr(t, err, ballot.ErrWrongKey)
}

func TestASecretEndsWithTheKeyOfTheBox(t *testing.T) {
	here, there := one(t), other(t)
	secret := func(s *side, box ballot.BoxID, purpose string) string {
		b, err := s.issuer.Secret(box, purpose)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	seen := map[string]bool{}
	for _, s := range []*side{here, there} {
		for _, box := range []ballot.BoxID{{1}, {2}} {
			for _, purpose := range []string{"a", "b"} {
				seen[secret(s, box, purpose)] = true
			}
		}
	}
	if len(seen) != 8 || !seen[secret(here, ballot.BoxID{1}, "a")] {
		t.Errorf("%d secrets, want 8", len(seen))
	}
}

func BenchmarkNewIssuer(b *testing.B) {
	for b.Loop() {
		if _, err := ballot.NewIssuer(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAsk(b *testing.B) {
	s := one(b)
	for b.Loop() {
		if _, err := ballot.Ask(s.manifest); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSign(b *testing.B) {
	s := one(b)
	r, err := ballot.Ask(s.manifest)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := s.issuer.Sign(r.Blinded); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerify(b *testing.B) {
	s := one(b)
	c := s.credential(b)
	for b.Loop() {
		if err := c.Verify(s.manifest); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSeal(b *testing.B) {
	s := one(b)
	for b.Loop() {
		if _, err := ballot.Seal(s.manifest, ballot.Nullifier{}, []byte("4")); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	s := one(b)
	sealed, err := ballot.Seal(s.manifest, ballot.Nullifier{}, []byte("4"))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := ballot.Open(s.opening, s.manifest.ID(), ballot.Nullifier{}, sealed); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkUnwrap(b *testing.B) {
	wrapped, err := ballot.Wrap(one(b).opening, "p")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := ballot.Unwrap(wrapped, "p"); err != nil {
			b.Fatal(err)
		}
	}
}
