// Package web serves the programme to browsers, as pages, and to programs, as
// JSON. Both take the same questions and commands by the same routes; route.go
// says how one is declared.
//
// Each concept has a file of its own here with its routes and inputs, and a
// .templ file with its pages. It is the only place that knows HTTP statuses.
package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/a-h/templ"
	"github.com/danielgtaylor/huma/v2"

	"koersvast/cmd/koersvast/internal/post"
	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/cmd/koersvast/internal/station"
	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/eventstore"
	"koersvast/projections"
	"koersvast/projections/people"
)

// Views are the read models of the moment.
type Views interface {
	// Read lets f ask questions of the tables, which stand still meanwhile.
	Read(ctx context.Context, f func(r projections.Reader, at domain.Position) error) error

	// Wait returns nil when a position can be read, and fails when ctx ends
	// first or when that will never be.
	Wait(ctx context.Context, p domain.Position) error

	// Changed returns where a programme last changed, and a channel that is
	// closed when it does so next.
	Changed(domain.ProgrammeID) (at domain.Position, next <-chan struct{})
}

// Past are the read models of a programme as they were at the end of a day.
type Past interface {
	Read(ctx context.Context, of domain.ProgrammeID, on domain.Day, f func(r projections.Reader, at domain.Position) error) error
}

// Config is what a Server needs.
type Config struct {
	Store  *eventstore.Store
	Views  Views
	Past   Past
	Signin *signin.Store

	// Station opens, takes and counts what people answer in rounds.
	Station *station.Station

	// Outbox holds what people are told of rounds. Unless it mails that by
	// itself, who plans rounds sends it by hand.
	Outbox *post.Outbox
	Mails  bool

	// Printer makes PDFs of pages. Without one people print them from their
	// browser.
	Printer Printer

	// Public is the address at which people find the server. When it is https,
	// cookies go over https only.
	Public *url.URL

	// Proxied says that the server is reached only through a proxy of ours,
	// which says in X-Forwarded-For who asks.
	Proxied bool

	Now    func() time.Time
	NewID  func() string
	Logger *slog.Logger

	// Observe, if set, hears of every request when it has been answered.
	Observe func(route string, status int, took time.Duration)
}

// A Server answers HTTP requests.
type Server struct {
	Config
	mux     *mux
	api     huma.API
	routes  []declared
	handler http.Handler
	streams *streams
	tables  map[string]bool // the patterns that have one; see table.go
	tagKey  tagKey
	doc     func() apiDoc

	// newest is the position of the newest command.
	newest atomic.Uint64

	looked looked // what the rules found last

	// What people answer in confidence; see ballot.go.
	quiet   *http.ServeMux
	casting chan struct{} // holds one for each who casts
}

// New returns a Server with all routes. It panics when one of them is
// declared wrongly, which every test sees before anybody else does.
func New(c Config) *Server {
	s := newServer(c)
	// In the order of the navigation.
	s.todayRoutes()
	s.strategyRoutes()
	s.promiseRoutes()
	s.expectationRoutes()
	s.roundRoutes()
	s.postRoutes()
	s.keyRoutes()
	s.resultRoutes()
	s.coachingRoutes()
	s.findingRoutes()
	s.pictureRoutes()
	s.consistencyRoutes()
	s.evidenceRoutes()
	s.peopleRoutes()
	s.historyRoutes()
	s.councilRoutes()
	s.methodRoutes()
	s.releasedRoutes()
	s.tokenRoutes()
	s.programmeRoutes()
	s.answerRoutes()
	s.ballotRoutes()
	return s
}

// newServer returns a Server without the routes of concepts.
func newServer(c Config) *Server {
	mux := &mux{ServeMux: http.NewServeMux()}
	s := &Server{
		Config: c, mux: mux, api: newAPI(mux), streams: newStreams(), tables: map[string]bool{}, tagKey: newTagKey(),
		quiet: http.NewServeMux(), casting: make(chan struct{}, castersAtOnce),
	}

	s.doc = sync.OnceValue(func() apiDoc { return documented(s.api.OpenAPI()) })
	mux.Handle("GET "+assetPrefix, Assets())
	mux.Handle("GET "+apiPrefix+"/openapi.json", s.asJSON(func(w http.ResponseWriter, r *http.Request) error {
		return s.writeJSON(w, r, http.StatusOK, "application/openapi+json", s.api.OpenAPI())
	}))
	mux.Handle("GET /api", s.asPage(s.describedPage))
	mux.Handle(apiPrefix+"/", s.asJSON(func(http.ResponseWriter, *http.Request) error { return errNoPage }))
	mux.Handle("/", s.asPage(func(http.ResponseWriter, *http.Request) error { return errNoPage }))
	mux.Handle("GET /{$}", s.asPage(s.home))
	mux.Handle("GET /live", s.asJSON(s.live))
	s.signinRoutes()
	mux.Handle("GET /calendar/{file}", s.asPage(s.feed))

	origin := http.NewCrossOriginProtection()
	origin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		refuse := func(http.ResponseWriter, *http.Request) error { return errCrossOrigin }
		if strings.HasPrefix(r.URL.Path, apiPrefix) {
			s.asJSON(refuse)(w, r)
			return
		}
		s.asPage(refuse)(w, r)
	}))
	s.handler = origin.Handler(mux)
	return s
}

// Close tells everybody who follows the programme that the server stops. Open
// streams would keep an http.Server from shutting down.
func (s *Server) Close() { s.streams.close() }

// A mux knows its patterns, which those of http do not tell: a test sees to it
// that none is added past a declaration.
type mux struct {
	*http.ServeMux
	patterns []string
}

func (m *mux) Handle(pattern string, h http.Handler) {
	m.patterns = append(m.patterns, pattern)
	m.ServeMux.Handle(pattern, h)
}

// HandleFunc is Handle, as huma wants it.
func (m *mux) HandleFunc(pattern string, h func(http.ResponseWriter, *http.Request)) {
	m.Handle(pattern, http.HandlerFunc(h))
}

// otherMethods are those that the address of a request has besides the
// request's own.
func (s *Server) otherMethods(r *http.Request) (others []string) {
	for _, methods := range [][]string{{http.MethodGet, http.MethodHead}, {http.MethodPost}} {
		_, pattern := s.mux.Handler(&http.Request{Method: methods[0], Host: r.Host, URL: r.URL})
		if !slices.Contains(methods, r.Method) && strings.Contains(pattern, " ") { // the pattern of what takes everything names none
			others = append(others, methods...)
		}
	}
	return others
}

// declare routes a page, if there is one.
func (s *Server) declare(d declared, h handler) {
	s.routes = append(s.routes, d)
	if d.Pageless {
		return
	}
	s.mux.Handle(d.Method+" "+d.Path, s.asPage(h))
}

// A visit is what is found out once about a request.
type visit struct {
	id      string // of the request
	trace   string
	session *signin.Session // nil when nobody is signed in
	barred  error           // why a program with a token is not let in
	asker   *Asker          // nil until it is known
	late    bool
	refused *refused // the form that is shown again
	table   string   // the ending of the file that they want to take away
}

type visitKey struct{}

func visitOf(ctx context.Context) *visit {
	if v, ok := ctx.Value(visitKey{}).(*visit); ok {
		return v
	}
	return &visit{}
}

// with returns a copy of v that shows a refused form again.
func (v *visit) with(f *refused) *visit {
	c := *v
	c.refused = f
	return &c
}

var traceparent = regexp.MustCompile(`^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$`)

// ServeHTTP answers a request, whatever happens, and notes how. Of what people
// answer in confidence it notes nothing.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if inConfidence(r) {
		s.serveQuietly(w, r)
		return
	}
	began := time.Now()
	v := &visit{id: s.NewID()}
	if t := r.Header.Get("traceparent"); traceparent.MatchString(t) {
		v.trace = t
	}
	out := &answer{ResponseWriter: w}
	// The mux notes the pattern in the request that it is given.
	r = s.tableAsked(r.WithContext(context.WithValue(r.Context(), visitKey{}, v)), v)
	defer func() {
		if p := recover(); p != nil {
			// Only its type: the value can hold what somebody typed.
			s.Logger.ErrorContext(r.Context(), "request panicked", "request", v.id, "route", r.Pattern, "panic", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
			if out.status == 0 {
				s.fault(out, r)
			}
		}
		s.note(r, out, time.Since(began))
	}()
	s.headers(out.Header())
	r, err := s.arrive(out, r, v)
	if err != nil {
		s.Logger.ErrorContext(r.Context(), "request failed", "request", v.id, "err", err)
		s.fault(out, r)
		return
	}
	s.handler.ServeHTTP(out, r)
}

// fault answers that something went wrong on our side, to whoever asks.
func (s *Server) fault(w http.ResponseWriter, r *http.Request) {
	p := problemOf(r.Context(), errInternal)
	if strings.HasPrefix(r.URL.Path, apiPrefix) {
		_ = s.writeJSON(w, r, p.Status, "application/problem+json", p) // who went away needs no answer
		return
	}
	s.problemPage(w, r, p)
}

// note logs a request. Its address is not noted, nor who asked: addresses
// carry what people search for, and the route says enough.
func (s *Server) note(r *http.Request, w *answer, took time.Duration) {
	route := r.Pattern
	if route == "" {
		route = "none"
	}
	s.Logger.InfoContext(r.Context(), "request", "request", visitOf(r.Context()).id, "method", r.Method,
		"route", route, "status", w.status, "took", took)
	if s.Observe != nil {
		s.Observe(route, w.status, took)
	}
}

// headers are what every answer says about how it may be used.
func (s *Server) headers(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "+
		"connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()")
	h.Set("Cache-Control", "no-store") // files that may be kept say so themselves
	if s.secure() {
		h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
	}
}

func (s *Server) secure() bool { return s.Public != nil && s.Public.Scheme == "https" }

// arrive finds out whose session this is and in which language to speak.
func (s *Server) arrive(w http.ResponseWriter, r *http.Request, v *visit) (*http.Request, error) {
	if strings.HasPrefix(r.URL.Path, assetPrefix) {
		return r, nil
	}
	ctx := r.Context()
	asked := ""
	switch session, err := s.whose(r); {
	case err == nil:
		v.session, asked = &session, session.Language
	case len(domain.RefusalsIn(err)) > 0:
		v.barred = err
	case !errors.Is(err, signin.ErrNoSession):
		return r, err
	}
	if c, err := r.Cookie(cookieLang); err == nil && asked == "" {
		asked = c.Value
	}
	if chosen := i18n.Lang(r.URL.Query().Get(paramLang)); knownLang(chosen) {
		if err := s.speak(ctx, w, v, chosen); err != nil {
			return r, err
		}
		asked = string(chosen)
	}
	accept := "" // a page is Dutch until somebody chooses
	if strings.HasPrefix(r.URL.Path, apiPrefix) {
		accept = r.Header.Get("Accept-Language")
	}
	return r.WithContext(i18n.In(ctx, i18n.Choose(asked, accept))), nil
}

// answer notes the status of what goes out.
type answer struct {
	http.ResponseWriter
	status int
}

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(b []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	return a.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController find what it needs.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// session returns the session of a request, and refuses one without.
func (s *Server) session(r *http.Request) (signin.Session, error) {
	switch v := visitOf(r.Context()); {
	case v.session != nil:
		return *v.session, nil
	case v.barred != nil:
		return signin.Session{}, v.barred
	}
	return signin.Session{}, errNotSignedIn
}

// patience is how long a page waits for what somebody just did.
const patience = time.Second

// asking lets f answer somebody with the read models of the moment, which
// know of the position that was asked for unless that takes too long: late is
// old, never wrong.
func (s *Server) asking(r *http.Request, f func(Asker) error) error {
	session, err := s.session(r)
	if err != nil {
		return err
	}
	ctx, v := r.Context(), visitOf(r.Context())
	p, err := strconv.ParseUint(r.URL.Query().Get(paramAfter), 10, 64)
	if err != nil {
		p = 0
	}
	if r.Method == http.MethodPost {
		p = max(p, s.newest.Load()) // who is told no must not have been told so too early
	}
	v.late = s.wait(ctx, p) != nil
	answer := func(read projections.Reader, at domain.Position) error {
		a := Asker{
			Session: session,
			Lang:    i18n.Of(ctx),
			Act:     domain.Act{Programme: session.Programme, By: session.Person, At: s.Now(), Trace: v.trace},
			Read:    read,
			At:      at,
			Table:   v.table != "",
		}
		if err := a.identify(ctx); err != nil {
			if domain.KindOf(err) == domain.NotFound && v.late {
				return errNotYet
			}
			if domain.KindOf(err) == domain.NotFound {
				return errNotSignedIn // who left the programme is no longer in it
			}
			return err
		}
		v.asker = &a
		return f(a)
	}
	err = s.Views.Read(ctx, answer)
	if newest := s.newest.Load(); errors.Is(err, errNotSignedIn) && newest > p {
		// Somebody who joined a moment ago is not known yet.
		v.late = s.wait(ctx, newest) != nil
		err = s.Views.Read(ctx, answer)
	}
	return err
}

// wait gives the read models a moment to reach a position.
func (s *Server) wait(ctx context.Context, p uint64) error {
	if p == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return s.Views.Wait(ctx, domain.Position(p))
}

// identify finds out what the asker is in the programme.
func (a *Asker) identify(ctx context.Context) error {
	who := a.Session.Who
	programme, err := people.TheProgramme(ctx, a.Read, who.Programme)
	if err != nil {
		return err
	}
	if t := a.Session.Program; t != nil {
		a.Actor, a.ProgrammeName, a.Name = actorOf(*t), programme.Name, &t.Name
		return nil
	}
	person, err := people.ThePerson(ctx, a.Read, who.Programme, who.Person)
	if err != nil {
		return err
	}
	if person.Gone != "" {
		return domain.ErrNotFound
	}
	a.Actor = access.Actor{Programme: who.Programme, Person: who.Person, Roles: person.Roles, Team: person.Team}
	a.ProgrammeName, a.Name = programme.Name, person.Name
	return nil
}

// dayAsked returns the past day that the address names, if any.
func dayAsked(r *http.Request, a Asker) (domain.Day, error) {
	on := domain.Day(r.URL.Query().Get(paramAsOf))
	if refused := domain.OnCalendar(paramAsOf, on); refused != nil {
		return "", refused
	}
	if on >= a.Act.Today() {
		return "", nil
	}
	return on, nil
}

// home sends somebody to the first page that they may see.
func (s *Server) home(w http.ResponseWriter, r *http.Request) error {
	return s.asking(r, func(a Asker) error {
		for _, d := range s.routes {
			if d.inNav(a.Actor) && access.Can(a.Actor, d.Action, a.all()) {
				to := url.URL{Path: d.Path, RawQuery: r.URL.RawQuery}
				http.Redirect(w, r, to.String(), http.StatusSeeOther)
				return nil
			}
		}
		return domain.ErrNotAllowed
	})
}

// frame is the frame around a page of the request: with navigation when it is
// known who asks.
func (s *Server) frame(r *http.Request) Page {
	ctx, v := r.Context(), visitOf(r.Context())
	p := Page{Home: sameDay(ctx, "/"), SignOut: "/signout", Address: r.URL, Today: domain.DayOf(s.Now()), At: s.Now(), Late: v.late}
	a := v.asker
	if a == nil {
		return p
	}
	p.Programme, p.Me, p.AsOf, p.Position = a.ProgrammeName, a.Person, a.On, a.At
	if p.Person = i18n.T(ctx, "person.erased"); a.Name != nil {
		p.Person = *a.Name
	}
	if a.On == "" && r.Method == http.MethodGet && v.refused == nil { // what was typed stays
		p.Stream = "/live"
	}
	for _, d := range s.routes {
		if d.Nav == "" && d.Menu == "" || !access.Can(a.Actor, d.Action, a.all()) {
			continue
		}
		link := Link{Href: sameDay(ctx, d.Path), Current: r.URL.Path == d.Path || strings.HasPrefix(r.URL.Path, d.Path+"/")}
		if d.inNav(a.Actor) {
			link.Text = i18n.T(ctx, d.Nav)
			p.Nav = append(p.Nav, link)
			continue
		}
		link.Text = i18n.T(ctx, d.Menu)
		p.Menu = append(p.Menu, link)
	}
	return p
}

// titled returns the frame of a page with that title.
func titled(p Page, title string) Page {
	p.Title = title
	return p
}

// render answers with a page. A page that fails has not been half sent.
func (s *Server) render(w http.ResponseWriter, r *http.Request, status int, c templ.Component) error {
	var b bytes.Buffer
	if err := c.Render(r.Context(), &b); err != nil {
		return err
	}
	return s.write(w, r, status, "text/html; charset=utf-8", b.Bytes())
}

// write answers, in less bytes where that is worth it.
func (s *Server) write(w http.ResponseWriter, r *http.Request, status int, contentType string, b []byte) error {
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Language", string(i18n.Of(r.Context())))
	h.Add("Vary", "Accept-Encoding")
	if len(b) > 1024 && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		var z bytes.Buffer
		zip, _ := gzip.NewWriterLevel(&z, 5)
		_, _ = zip.Write(b) // a Buffer takes everything
		_ = zip.Close()
		b = z.Bytes()
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Length", strconv.Itoa(len(b)))
	w.WriteHeader(status)
	_, _ = w.Write(b) // who went away needs no answer
	return nil
}

// addressOf is from where somebody asks.
func (s *Server) addressOf(r *http.Request) netip.Addr {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if s.Proxied {
		// Only the last one was written by our own proxy.
		all := r.Header.Values("X-Forwarded-For")
		if len(all) > 0 {
			last := all[len(all)-1]
			host = strings.TrimSpace(last[strings.LastIndex(last, ",")+1:])
		}
	}
	a, _ := netip.ParseAddr(host) // those without a readable address count as one
	return a
}
