package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/danielgtaylor/huma/v2"

	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/programme"
	"koersvast/eventstore"
	"koersvast/projections"
	"koersvast/projections/people"
)

// signinRoutes are the routes of those who are not in yet, which therefore
// need no access, and those of one's own sessions.
func (s *Server) signinRoutes() {
	open := func(method, path, doc string) huma.Operation {
		return huma.Operation{Method: method, Path: path, Summary: doc, Security: []map[string][]string{}}
	}
	s.mux.Handle("GET /signin", s.asPage(s.signinPage))
	s.mux.Handle("POST /signin", s.asPage(s.signinForm))
	describe[signinIn, signedIn](s, open(http.MethodPost, "/signin", "Sign in with a personal code"), s.signinJSON)

	s.mux.Handle("GET /start/{token}", s.asPage(s.startPage))
	s.mux.Handle("POST /start/{token}", s.asPage(s.startForm))
	describe[startIn, started](s, open(http.MethodPost, "/start/{token}", "Start a programme with a one-time link"), s.startJSON)

	s.mux.Handle("POST /signout", s.asPage(s.signout))
	describe[struct{}, struct{}](s, huma.Operation{Method: http.MethodPost, Path: "/signout", Summary: "End this session"}, s.signoutJSON)

	question(s, Question[struct{}, []openSession]{
		Path:    "/sessions",
		Doc:     "Where I am signed in",
		Action:  access.SessionOwn,
		Menu:    "nav.sessions",
		Present: true,
		Ask:     s.openSessions,
		Page:    func(v View, list []openSession) templ.Component { return sessionsPage(v, list) },
	})
	command(s, Command[endIn]{
		Path:   "/sessions/{id}/end",
		Doc:    "End one of my sessions",
		Action: access.SessionOwn,
		Do: func(ctx context.Context, a Asker, in endIn) (Steps, error) {
			return nil, s.Signin.End(ctx, a.Session.Who, in.ID)
		},
		Form: "/sessions",
		Next: "/sessions",
	})
	question(s, Question[codeIn, newCode]{
		Path:   "/sessions/code",
		Doc:    "A new personal code for myself; the one before is no longer valid",
		Action: access.SessionOwn,
		Ask: func(ctx context.Context, a Asker, _ codeIn) (newCode, error) {
			code, err := s.Signin.Issue(ctx, a.Session.Who)
			return newCode{code}, err
		},
		Page: func(v View, c newCode) templ.Component { return codePage(v, c.Code) },
	})
}

const cookieLang = "koersvast-lang"

// cookieName is that of the session. The prefix lets no other host and no
// unsafe page set it.
func (s *Server) cookieName() string {
	if s.secure() {
		return "__Host-koersvast"
	}
	return "koersvast"
}

func (s *Server) setCookie(w http.ResponseWriter, name, value string, life time.Duration) {
	c := &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: int(life.Seconds()),
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.secure(),
	}
	if value == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// token is what a request shows of its session: programs send it as a bearer
// token, browsers as a cookie.
func (s *Server) token(r *http.Request) string {
	if scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " "); strings.EqualFold(scheme, "Bearer") {
		return strings.TrimSpace(token)
	}
	if c, err := r.Cookie(s.cookieName()); err == nil {
		return c.Value
	}
	return ""
}

// speak remembers which language somebody chose: in the session, and in the
// browser for when there is none.
func (s *Server) speak(ctx context.Context, w http.ResponseWriter, v *visit, l i18n.Lang) error {
	s.setCookie(w, cookieLang, string(l), signin.CodeLife)
	if v.session == nil || v.session.Language == string(l) {
		return nil
	}
	return s.Signin.Speak(ctx, v.session.ID, string(l))
}

// chosenLang is the language that a browser was told to show, if any.
func chosenLang(r *http.Request) string {
	for _, l := range []string{r.URL.Query().Get(paramLang), cookieValue(r, cookieLang)} {
		if knownLang(i18n.Lang(l)) {
			return l
		}
	}
	return ""
}

func cookieValue(r *http.Request, name string) string {
	if c, err := r.Cookie(name); err == nil {
		return c.Value
	}
	return ""
}

func knownLang(l i18n.Lang) bool { return slices.Contains(i18n.Langs, l) }

// signInFor is where somebody signs in and then goes on to where they were
// going. A form that was sent too late leads back to its page.
func signInFor(r *http.Request) string {
	to := r.URL.RequestURI()
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		to = "/"
		if from, err := url.Parse(r.Referer()); err == nil && from.Host == r.Host {
			to = from.RequestURI()
		}
	}
	if to = within(to); to == "/" {
		return "/signin"
	}
	return "/signin?" + url.Values{"to": {to}}.Encode()
}

// within returns an address if it is a page of ours to go to after signing
// in, and the first page otherwise.
func within(to string) string {
	u, err := url.Parse(to)
	switch {
	case err != nil, u.IsAbs(), u.Host != "", u.User != nil, u.Opaque != "",
		!strings.HasPrefix(to, "/"), strings.HasPrefix(to, "//"), strings.ContainsRune(to, '\\'),
		u.Path == "/signin", u.Path == "/signout", u.Path == "/live":
		return "/"
	}
	return to
}

type signinIn struct {
	Body struct {
		Code string `json:"code" doc:"The personal code; capitals, dashes and spaces do not matter"`
		To   string `json:"to,omitempty" doc:"Where a browser goes next"`
	}
}

// signedIn is what a program gets for a code.
type signedIn struct {
	Token     string             `json:"token" doc:"To be sent with every request: Authorization: Bearer <token>"`
	Expires   time.Time          `json:"expires" doc:"The session ends then, or earlier when it is not used for half a day"`
	Programme domain.ProgrammeID `json:"programme"`
	Person    domain.PersonID    `json:"person"`
}

func (s *Server) signinPage(w http.ResponseWriter, r *http.Request) error {
	f := Form{ID: "signin", Action: "/signin", Hidden: []Hidden{{"to", within(r.URL.Query().Get("to"))}}}
	return s.render(w, r, http.StatusOK, signinPage(s.frame(r), f))
}

func (s *Server) signinForm(w http.ResponseWriter, r *http.Request) error {
	t, err := readForm(w, r, bodyLimit)
	if err != nil {
		return err
	}
	to := within(t.values.Get("to"))
	v, err := fromForm[signinIn](signinInput, r, t)
	if err == nil {
		_, err = s.signin(w, r, v.Body.Code, chosenLang(r), true)
	}
	if len(domain.RefusalsIn(err)) > 0 {
		p := s.problem(w, r, err)
		again := refusedForm("/signin", t, signinInput, p)
		f := Form{ID: "signin", Action: "/signin", Hidden: []Hidden{{"to", to}}, Values: again.typed, Errors: again.errors}
		return s.render(w, r, p.Status, signinPage(s.frame(r), f))
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

var signinInput = inputOf[signinIn]()

func (s *Server) signinJSON(w http.ResponseWriter, r *http.Request) error {
	v, err := fromJSON[signinIn](signinInput, w, r, bodyLimit)
	if err != nil {
		return err
	}
	in, err := s.signin(w, r, v.Body.Code, "", false)
	if err != nil {
		return err
	}
	return s.writeJSON(w, r, http.StatusOK, "application/json", in)
}

// signin begins a session for who has the code.
func (s *Server) signin(w http.ResponseWriter, r *http.Request, code, lang string, browser bool) (signedIn, error) {
	if refused := domain.Needed("code", code, domain.NameLength); refused != nil {
		return signedIn{}, refused
	}
	who, err := s.Signin.WhoHas(r.Context(), code, s.addressOf(r))
	switch {
	case errors.Is(err, signin.ErrBadCode):
		return signedIn{}, signin.ErrBadCode.On("code")
	case err != nil:
		return signedIn{}, err
	}
	if err := s.present(r.Context(), who); err != nil {
		return signedIn{}, err
	}
	return s.begin(w, r, who, lang, browser)
}

// present refuses the code of who is not in the programme, or no longer.
func (s *Server) present(ctx context.Context, who signin.Who) error {
	return s.Views.Read(ctx, func(read projections.Reader, _ domain.Position) error {
		p, err := people.ThePerson(ctx, read, who.Programme, who.Person)
		if domain.KindOf(err) == domain.NotFound || err == nil && p.Gone != "" {
			return signin.ErrBadCode.On("code")
		}
		return err
	})
}

// begin begins a session. In a browser it replaces the one that was there.
func (s *Server) begin(w http.ResponseWriter, r *http.Request, who signin.Who, lang string, browser bool) (signedIn, error) {
	older := ""
	if browser {
		older = cookieValue(r, s.cookieName())
	}
	token, err := s.Signin.Begin(r.Context(), who, lang, older)
	if err != nil {
		return signedIn{}, err
	}
	if browser {
		s.setCookie(w, s.cookieName(), token, signin.SessionLife)
	}
	return signedIn{token, s.Now().Add(signin.SessionLife).UTC().Truncate(time.Second), who.Programme, who.Person}, nil
}

func (s *Server) signout(w http.ResponseWriter, r *http.Request) error {
	s.setCookie(w, s.cookieName(), "", 0)
	if session, err := s.session(r); err == nil {
		if err := s.Signin.End(r.Context(), session.Who, session.ID); err != nil {
			return err
		}
	}
	http.Redirect(w, r, "/signin", http.StatusSeeOther)
	return nil
}

func (s *Server) signoutJSON(w http.ResponseWriter, r *http.Request) error {
	session, err := s.session(r)
	if err != nil {
		return err
	}
	if err := s.Signin.End(r.Context(), session.Who, session.ID); err != nil {
		return err
	}
	return s.writeJSON(w, r, http.StatusOK, "application/json", struct{}{})
}

// An openSession is a session as its owner sees it.
type openSession struct {
	ID   string    `json:"id"`
	Made time.Time `json:"made"`
	Seen time.Time `json:"seen" doc:"When it was last used, give or take a minute"`
	This bool      `json:"this" doc:"The session that asks"`
}

type (
	endIn struct {
		ID string `path:"id"`
	}
	codeIn struct {
		Body struct{}
	}
	newCode struct {
		Code string `json:"code" doc:"It is shown once"`
	}
)

func (s *Server) openSessions(ctx context.Context, a Asker, _ struct{}) ([]openSession, error) {
	all, err := s.Signin.Sessions(ctx, a.Session.Who)
	list := make([]openSession, len(all))
	for i, v := range all {
		list[i] = openSession{v.ID, v.Made, v.Seen, v.ID == a.Session.ID}
	}
	return list, err
}

type startIn struct {
	Token string `path:"token"`
	Body  struct {
		Name      string `json:"name" doc:"What the programme is called"`
		LeadName  string `json:"lead_name"`
		LeadEmail string `json:"lead_email,omitempty"`
	}
}

var startInput = inputOf[startIn]()

// started is what the lead of a new programme gets: they are signed in, and
// the code lets them in from now on.
type started struct {
	Session  signedIn        `json:"session"`
	Code     string          `json:"code" doc:"The lead's personal code; it is shown once"`
	Position domain.Position `json:"position"`
}

func (s *Server) startPage(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.Signin.Look(r.Context(), signin.Start, r.PathValue("token")); err != nil {
		return err
	}
	f := Form{ID: "start", Action: r.URL.Path, Hidden: []Hidden{{paramAct, s.NewID()}}}
	return s.render(w, r, http.StatusOK, startPage(s.frame(r), f))
}

func (s *Server) startForm(w http.ResponseWriter, r *http.Request) error {
	t, err := readForm(w, r, bodyLimit)
	if err != nil {
		return err
	}
	if t.values.Get(paramAct) == "" {
		t.values.Set(paramAct, s.NewID())
	}
	v, err := fromForm[startIn](startInput, r, t)
	var (
		act domain.ActID
		now started
	)
	if err == nil {
		act, err = actOfForm(t, "")
	}
	if err == nil {
		now, err = s.start(w, r, v, act, t.values.Get(paramAct), true)
	}
	if len(domain.RefusalsIn(err)) > 0 && domain.KindOf(err) != domain.NotFound {
		p := s.problem(w, r, err)
		again := refusedForm(r.URL.Path, t, startInput, p)
		f := Form{
			ID: "start", Action: r.URL.Path, Hidden: []Hidden{{paramAct, t.values.Get(paramAct)}},
			Values: again.typed, Errors: again.errors,
		}
		return s.render(w, r, p.Status, startPage(s.frame(r), f))
	}
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, startedPage(s.frame(r), now.Code, after("/", now.Position)))
}

func (s *Server) startJSON(w http.ResponseWriter, r *http.Request) error {
	act, err := actOfHeader(r, s.NewID())
	if err != nil {
		return err
	}
	v, err := fromJSON[startIn](startInput, w, r, bodyLimit)
	if err != nil {
		return err
	}
	now, err := s.start(w, r, v, act, string(act), false)
	if err != nil {
		return err
	}
	return s.writeJSON(w, r, http.StatusOK, "application/json", now)
}

// start starts the programme that a link is for, and signs its lead in. The
// form, or the program's act, that uses the link first may do so again: what
// it starts is the same programme.
func (s *Server) start(w http.ResponseWriter, r *http.Request, in startIn, act domain.ActID, by string, browser bool) (started, error) {
	ctx := r.Context()
	who, err := s.Signin.Claim(ctx, signin.Start, in.Token, domain.ActID(by))
	if err != nil {
		return started{}, err
	}
	pos, err := eventstore.Execute(ctx, s.Store,
		domain.Act{ID: act, Programme: who.Programme, By: who.Person, At: s.Now(), Trace: visitOf(ctx).trace},
		programme.Start{ID: who.Programme, Name: in.Body.Name, Lead: who.Person, LeadName: in.Body.LeadName, LeadEmail: in.Body.LeadEmail})
	if domain.KindOf(err) == domain.Invalid && len(domain.RefusalsIn(err)) > 0 {
		return started{}, errors.Join(err, s.Signin.Unclaim(ctx, in.Token, domain.ActID(by)))
	}
	if err != nil {
		return started{}, err
	}
	s.saw(pos)
	code, err := s.Signin.Issue(ctx, who)
	if err != nil {
		return started{}, err
	}
	session, err := s.begin(w, r, who, chosenLang(r), browser)
	return started{session, code, pos}, err
}
