package web

import (
	"context"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/projections/people"
)

// tokenRoutes are how programs are let in, such as dashboards: with a token
// that reads what was released and nothing else.
func (s *Server) tokenRoutes() {
	question(s, Question[struct{}, tokenList]{
		Path: "/tokens", Doc: "Which programs are let in to read released numbers",
		Action: access.TokensManage, Menu: "tokens.title", Present: true,
		Ask: s.askTokens, Page: tokensPage,
	})
	question(s, Question[issueTokenIn, newToken]{
		Path: "/tokens", Doc: "Let a program in: a token, shown once, for released numbers of this programme (scope aggregate:read)",
		Action: access.TokensManage,
		Ask:    s.issueToken, Page: func(v View, t newToken) templ.Component { return tokenPage(v, t) },
	})
	command(s, Command[revokeIn]{
		Path: "/tokens/{id}/revoke", Doc: "Shut a program out, at once", Action: access.TokensManage,
		Do: func(ctx context.Context, a Asker, in revokeIn) (Steps, error) {
			return nil, s.Signin.RevokeToken(ctx, a.Programme, in.ID)
		},
		Form: "/tokens", Next: "/tokens",
	})
}

// A tokenList is who is let in, as far as it can be told: not their secrets.
type tokenList struct {
	Tokens []token `json:"tokens"`

	today domain.Day
	names people.Directory
}

type token struct {
	ID      string          `json:"id"`
	Name    string          `json:"name" doc:"of the program"`
	Scopes  []string        `json:"scopes"`
	By      domain.PersonID `json:"by" doc:"who let it in"`
	Issued  domain.Day      `json:"issued"`
	Expires domain.Day      `json:"expires" doc:"the last day on which it is valid"`
	Used    domain.Day      `json:"used,omitempty" doc:"the last day on which it was used"`
}

func (s *Server) askTokens(ctx context.Context, a Asker, _ struct{}) (l tokenList, err error) {
	all, err := s.Signin.Tokens(ctx, a.Programme)
	if err != nil {
		return l, err
	}
	l.Tokens, l.today = []token{}, a.Act.Today()
	for _, t := range all {
		l.Tokens = append(l.Tokens, token{t.ID, t.Name, t.Scopes, t.By, t.Issued, t.Expires, t.Used})
	}
	l.names, err = people.Names(ctx, a.Read, a.Programme)
	return l, err
}

type issueTokenIn struct {
	Body struct {
		Name  string     `json:"name" doc:"Of the program that will use it, such as the dashboard in the canteen"`
		Until domain.Day `json:"until" doc:"The last day on which it is valid, a year from now at most"`
	}
}

// tokenLife is for how many days a program is let in at most, and usualLife
// what the form begins with.
const (
	tokenLife = 366
	usualLife = 180
)

// errUntil refuses a token that is valid for too long, or never.
var errUntil = domain.Refuse(domain.Invalid, "token_until", "a token is valid from today on, for a year at most")

// A newToken is a secret that is told once.
type newToken struct {
	Token string `json:"token" doc:"It is shown once. To be sent with every request: Authorization: Bearer <token>"`
}

func (s *Server) issueToken(ctx context.Context, a Asker, in issueTokenIn) (newToken, error) {
	today := a.Act.Today()
	err := domain.All(domain.Needed("name", in.Body.Name, domain.NameLength), domain.OnCalendar("until", in.Body.Until))
	if err == nil && (in.Body.Until < today || in.Body.Until > today.Add(tokenLife)) {
		err = errUntil.On("until")
	}
	if err != nil {
		return newToken{}, err
	}
	secret, err := s.Signin.IssueToken(ctx, signin.Token{
		Programme: a.Programme, Name: in.Body.Name, Scopes: []string{string(access.AggregateRead)}, By: a.Person, Expires: in.Body.Until,
	})
	return newToken{secret}, err
}

type revokeIn struct {
	ID string `path:"id"`
}

// actorOf is who a token lets in: nobody's name, and what a reader may within
// the scopes of the token. No person has a colon in their id.
func actorOf(t signin.Token) access.Actor {
	a := access.Actor{
		Programme: t.Programme, Person: domain.PersonID("token:" + t.ID),
		Roles: []domain.Role{domain.Reader}, Scopes: []access.Scope{},
	}
	for _, scope := range t.Scopes {
		a.Scopes = append(a.Scopes, access.Scope(scope))
	}
	return a
}

// whose returns the session of a request. A program that shows its token has
// one for as long as the request takes, and under /api alone.
func (s *Server) whose(r *http.Request) (signin.Session, error) {
	ctx, secret := r.Context(), s.token(r)
	switch {
	case signin.IsToken(secret) && !strings.HasPrefix(r.URL.Path, apiPrefix+"/"):
		return signin.Session{}, signin.ErrNoSession
	case signin.IsToken(secret):
		t, err := s.Signin.Program(ctx, secret, s.addressOf(r))
		return signin.Session{Who: signin.Who{Programme: t.Programme, Person: actorOf(t).Person}, ID: t.ID, Program: &t}, err
	case r.URL.Path == "/live":
		return s.Signin.Peek(ctx, secret) // an open page keeps nobody signed in
	}
	return s.Signin.Session(ctx, secret)
}
