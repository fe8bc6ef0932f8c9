package main

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"koersvast/domain"
	"koersvast/domain/programme"
	"koersvast/eventstore"
	"koersvast/projections"
	"koersvast/projections/people"
)

func TestPagesThatAreOpenAreToldOfTheEnd(t *testing.T) {
	t.Parallel()
	s := storage{Data: filepath.Join(t.TempDir(), "data")}
	token := seat(t, s)[0]
	p, err := startProgram(s.Data, "serve")
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), "GET", p.url+"/live", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close() //nolint:errcheck // it was read
	if res.StatusCode != http.StatusOK {
		t.Fatalf("/live = %s", res.Status)
	}
	if err := p.end(syscall.SIGTERM); err != nil {
		t.Errorf("it ended with %v\n%s", err, p.notes)
	}
	var last string
	for lines := bufio.NewScanner(res.Body); lines.Scan(); {
		if name, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
			last = name
		}
	}
	if last != "bye" {
		t.Errorf("the last message is %q, want bye", last)
	}
}

func TestServedOverHTTPS(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cert, key := certificate(t, dir)
	p, err := startProgram(filepath.Join(dir, "data"), "serve", "--tls-cert", cert, "--tls-key", key)
	if err != nil {
		t.Fatal(err)
	}
	defer p.end(syscall.SIGKILL) //nolint:errcheck // of a test
	client := &http.Client{Transport: &http.Transport{
		ForceAttemptHTTP2: true,
		TLSClientConfig:   &tls.Config{InsecureSkipVerify: true}, // its own certificate
	}}
	res, err := client.Get(p.url + "/signin?lang=en")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close() //nolint:errcheck // not read
	if !strings.HasPrefix(p.url, "https://") || res.ProtoMajor != 2 {
		t.Errorf("%s answers in %s, want https and HTTP/2, which keeps many pages open", p.url, res.Proto)
	}
	if res.Header.Get("Strict-Transport-Security") == "" {
		t.Error("browsers are not told to stay with https")
	}
	for _, c := range res.Cookies() {
		if !c.Secure {
			t.Errorf("the cookie %s may travel in the clear", c.Name)
		}
	}
}

// certificate makes a certificate for this machine.
func certificate(t *testing.T, dir string) (certFile, keyFile string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	cert := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, cert, cert, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	certFile, keyFile = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for file, block := range map[string]*pem.Block{
		certFile: {Type: "CERTIFICATE", Bytes: der},
		keyFile:  {Type: "PRIVATE KEY", Bytes: private},
	} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return certFile, keyFile
}

// TestAKeyThatWasDestroyedLeavesTheProgrammeWorking destroys the key of a
// person's profile, as another process would, while the programme runs.
func TestAKeyThatWasDestroyedLeavesTheProgrammeWorking(t *testing.T) {
	t.Parallel()
	s := storage{Data: filepath.Join(t.TempDir(), "data")}
	seat(t, s)
	ctx := t.Context()
	a, err := openApp(ctx, s, logging{}.logger(t.Output()))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close() //nolint:errcheck // of a test
	if err := a.Start(ctx); err != nil {
		t.Fatal(err)
	}
	if err := a.keys.Destroy(domain.KeyOf("mt-0", domain.Profile)); err != nil {
		t.Fatal(err)
	}
	act := domain.Act{ID: "act-3", Programme: "p-1", By: "lead", At: time.Now()}
	at, err := eventstore.Execute(ctx, a.store, act, programme.FormTeam{Programme: "p-1", ID: "t-1", Name: "Noord"})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.views.Rebuild(ctx, a.log); err != nil {
		t.Fatal(err)
	}
	if err := a.index.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	if a.index.Position() < at || a.views.Position() < at {
		t.Fatalf("index and views are at %d and %d, want %d", a.index.Position(), a.views.Position(), at)
	}
	now := func(f func(r projections.Reader, at domain.Position) error) error { return a.views.Read(ctx, f) }
	today := func(f func(r projections.Reader, at domain.Position) error) error {
		return a.past.Read(ctx, "p-1", domain.DayOf(time.Now()), f)
	}
	for when, read := range map[string]func(func(projections.Reader, domain.Position) error) error{"now": now, "as of today": today} {
		err := read(func(r projections.Reader, _ domain.Position) error {
			erased, err := people.ThePerson(ctx, r, "p-1", "mt-0")
			if err == nil && erased.Name != nil {
				t.Errorf("%s the name is %q, want none", when, *erased.Name)
			}
			other, err := people.ThePerson(ctx, r, "p-1", "mt-1")
			if err == nil && (other.Name == nil || *other.Name != "mt-1") {
				t.Errorf("%s another's name is gone", when)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

func TestThePastIsNotToldBeforeItIsKnown(t *testing.T) {
	t.Parallel()
	s := storage{Data: filepath.Join(t.TempDir(), "data")}
	seat(t, s)
	a, err := openApp(t.Context(), s, logging{}.logger(t.Output()))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close() //nolint:errcheck // of a test
	a.past.from = 2
	nothing := func(projections.Reader, domain.Position) error { return nil }
	if err := a.past.Read(t.Context(), "p-1", "2026-01-01", nothing); !errors.Is(err, projections.ErrFilling) {
		t.Errorf("with an empty index err = %v, want %v", err, projections.ErrFilling)
	}
	if err := a.index.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := a.past.Read(t.Context(), "p-1", "2026-01-01", nothing); err != nil {
		t.Error(err)
	}
}
