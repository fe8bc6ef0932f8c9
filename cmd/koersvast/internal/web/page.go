package web

import (
	"context"
	"net/url"
	"strings"
	"time"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
)

// A Page is what the frame around a page needs to know: whose programme it
// is, who is looking, at which day, and in what other ways it can be seen.
type Page struct {
	Title     string // of the window; the page sets its own heading
	Programme string // the programme's name
	Home      string // address of the programme's first page

	Nav     []Link          // where this person may go, in order
	Person  string          // name of who is signed in; empty when nobody is
	Me      domain.PersonID // the same, so that drafts on a shared device stay apart
	Menu    []Link          // under the name, above signing out
	SignOut string          // address that signing out posts to

	Address  *url.URL        // of the page itself, with its query
	Today    domain.Day      // the day on which it is asked
	AsOf     domain.Day      // the past day that is shown, if it is not today
	Present  bool            // it has no past to look back at
	At       time.Time       // when the page was made
	Position domain.Position // up to where it knows the log
	Late     bool            // older than what was asked for
	Stream   string          // address that tells when it changes; empty when it never does
	Table    bool            // what it shows can be taken away as a table
	Saved    bool            // it can be had as a PDF
	Paper    string          // where it can be seen, if it is being made into a PDF; see pdf.go
}

// A Link is an address with a text. The current one is where the reader is.
type Link struct {
	Href, Text string
	Current    bool
}

// The parameters that any page takes.
const (
	paramLang  = "lang"  // shows the page in a language from now on
	paramAsOf  = "asof"  // shows it as it was at the end of a day
	paramAfter = "after" // shows it no older than a position
)

// with returns the address of the same page with a parameter set, or without
// it when the value is empty.
func (p Page) with(name, value string) string {
	u := url.URL{Path: "/"}
	if p.Address != nil {
		u.Path = p.Address.Path
		u.RawQuery = p.Address.RawQuery
	}
	q := u.Query()
	q.Del(paramAfter)
	if value == "" {
		q.Del(name)
	} else {
		q.Set(name, value)
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// rest returns the page's other parameters, which a form that asks for the
// page again must carry along.
func (p Page) rest(without ...string) []Hidden {
	if p.Address == nil {
		return nil
	}
	q := p.Address.Query()
	for _, name := range append(without, paramAfter) {
		q.Del(name)
	}
	return hidden(q)
}

func (p Page) path() string {
	if p.Address == nil {
		return "/"
	}
	return p.Address.Path
}

// shownDay is the day that the page shows.
func (p Page) shownDay() domain.Day {
	if p.AsOf != "" {
		return p.AsOf
	}
	return p.Today
}

// dayShown returns the past day that the page shows, if it is not today.
func dayShown(ctx context.Context) domain.Day {
	if a := visitOf(ctx).asker; a != nil {
		return a.On
	}
	return ""
}

// sameDay returns an address as it was on the day that the page shows: whoever
// looks back, walks around there.
func sameDay(ctx context.Context, address string) string {
	u, err := url.Parse(address)
	on := dayShown(ctx)
	if on == "" || err != nil {
		return address
	}
	q := u.Query()
	q.Set(paramAsOf, string(on))
	u.RawQuery = q.Encode()
	return u.String()
}

// firstWord is what somebody is called where there is little room.
func firstWord(name string) string {
	first, _, _ := strings.Cut(name, " ")
	return first
}

func (p Page) windowTitle() string {
	name := "Koersvast"
	if p.Programme != "" {
		name = p.Programme
	}
	if p.Title == "" {
		return name
	}
	return p.Title + " · " + name
}

// languageName is what a language calls itself.
func languageName(l i18n.Lang) string {
	if l == i18n.English {
		return "English"
	}
	return "Nederlands"
}

// stream is where to hear of changes. The past has none.
func (p Page) stream() string {
	if p.AsOf != "" {
		return ""
	}
	return p.Stream
}
