package main

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"koersvast/cmd/koersvast/internal/demo"
	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/domain"
	"koersvast/domain/promise"
	"koersvast/eventstore"
)

// TestWhatWasErasedIsGoneAndTheRestGoesOn destroys the keys of one person of
// the example. Their words and their name are gone from every page, also of
// the past; what happened stays, and others go on.
func TestWhatWasErasedIsGoneAndTheRestGoesOn(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	if err := layExample(data); err != nil {
		t.Fatal(err)
	}
	a, err := openApp(t.Context(), storage{Data: data}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()

	const joost domain.PersonID = "mt-4"
	if err := a.keys.Destroy(domain.KeyOf(joost, domain.Profile), domain.KeyOf(joost, domain.Promises)); err != nil {
		t.Fatal(err)
	}
	a.store.Forget()
	if err := a.views.Rebuild(t.Context(), a.log); err != nil {
		t.Fatal(err)
	}
	if err := a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}

	pages := a.web(nil, false, false, nil)
	defer pages.Close()
	site := httptest.NewServer(pages)
	defer site.Close()
	token := signInAs(t, a, site, "mt-1")
	read := func(path string) string {
		r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, site.URL+path, nil)
		r.AddCookie(token)
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close() //nolint:errcheck // it was read
		b, err := io.ReadAll(res.Body)
		if err != nil || res.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s, %v\n%s", path, res.Status, err, b)
		}
		return string(b)
	}
	for _, path := range []string{
		"/today", "/strategy", "/promises", "/promises/samen-naar-gemeente", "/expectations", "/people", "/history",
		"/promises/samen-naar-gemeente?asof=" + string(domain.DayOf(time.Now()).Add(-1)), "/api/v1/promises", "/api/v1/history",
	} {
		page := read(path)
		for _, gone := range []string{"Joost Willems", "naar elk gesprek met een gemeente"} {
			if strings.Contains(page, gone) {
				t.Errorf("%s still says %q", path, gone)
			}
		}
	}
	if page := read("/promises/samen-naar-gemeente"); !strings.Contains(page, "gewist") || !strings.Contains(page, "Anders gezegd") {
		t.Errorf("the promise does not say what is gone and what happened:\n%s", page)
	}

	// Joost himself can still say that he kept it, and cannot say it in new
	// words: those would need a key that is gone for ever.
	act := domain.Act{ID: "after", Programme: demo.Lindeveer, By: joost, At: time.Now()}
	if _, err := eventstore.Execute(t.Context(), a.store, act, promise.Keep{ID: "samen-naar-gemeente"}); err != nil {
		t.Error(err)
	}
	act.ID = "after-2"
	_, err = eventstore.Execute(t.Context(), a.store, act, promise.Reopen{ID: "samen-naar-gemeente", Why: "Toch niet."})
	if !errors.Is(err, eventstore.ErrKeyGone) {
		t.Errorf("a text under a key that is gone: %v, want ErrKeyGone", err)
	}
}

// signInAs signs somebody of the example in and returns their cookie.
func signInAs(t *testing.T, a *app, site *httptest.Server, who domain.PersonID) *http.Cookie {
	t.Helper()
	code, err := a.signin.Issue(t.Context(), signin.Who{Programme: demo.Lindeveer, Person: who})
	if err != nil {
		t.Fatal(err)
	}
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := c.PostForm(site.URL+"/signin", url.Values{"code": {code}})
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close() //nolint:errcheck // nothing is read
	for _, cookie := range res.Cookies() {
		if cookie.Name == "koersvast" {
			return cookie
		}
	}
	t.Fatalf("nobody was signed in: %s", res.Status)
	return nil
}
