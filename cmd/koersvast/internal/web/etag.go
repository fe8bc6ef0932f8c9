package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
)

// A program that asks again what it has asked before is told that nothing
// changed (RFC 9110, 13.1.2), without the question being asked of the tables.
//
// The tag of an answer says where the programme last changed, on which day,
// who asks, and what: with the same of all these, the same is allowed, and the
// answer is the same. It is keyed, by a key that lives as long as the process:
// it tells nothing of these, nobody can make one, and what changes without a
// fact, such as the program itself or a text whose key was destroyed, changes
// all of them.
type tagKey [sha256.Size]byte

func newTagKey() (k tagKey) {
	_, _ = rand.Read(k[:]) // which never fails
	return k
}

// unchanged answers a program that has the answer already, and reports whether
// it did. Otherwise it leaves in the header the tag of the answer to come.
func (s *Server) unchanged(w http.ResponseWriter, r *http.Request, session signin.Session) bool {
	// Before the answer: one that is newer than its tag is asked again once
	// more than needed.
	at, _ := s.Views.Changed(session.Programme)
	m := hmac.New(sha256.New, s.tagKey[:])
	fmt.Fprintf(m, "%q", []any{
		at, domain.DayOf(s.Now()), session.Programme, session.Person, i18n.Of(r.Context()), r.URL.RequestURI(), visitOf(r.Context()).table,
	})
	tag := `W/"` + base64.RawURLEncoding.EncodeToString(m.Sum(nil)[:18]) + `"`
	h := w.Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "private, no-cache") // keep it, and ask each time
	h.Add("Vary", "Authorization, Cookie, Accept-Language")
	// Who just did something asks for an answer that knows of it.
	if r.URL.Query().Has(paramAfter) || !slices.Contains(strings.Split(strings.Join(r.Header.Values("If-None-Match"), ","), ","), tag) &&
		!slices.Contains(strings.Split(strings.Join(r.Header.Values("If-None-Match"), ", "), ", "), tag) {
		return false
	}
	w.WriteHeader(http.StatusNotModified)
	return true
}
