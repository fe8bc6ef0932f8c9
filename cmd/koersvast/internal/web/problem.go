package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
)

// A Problem is what goes wrong as the asker is told it: RFC 9457's problem
// details, with our code, which never changes, and what is wrong with each
// field. The page of a form shows the same sentences.
type Problem struct {
	Type    string         `json:"type" doc:"urn:koersvast:problem: and the code"`
	Title   string         `json:"title" doc:"What kind of problem it is, in the asker's language"`
	Status  int            `json:"status" doc:"The HTTP status"`
	Detail  string         `json:"detail" doc:"The sentence for people, in the asker's language"`
	Code    string         `json:"code" doc:"What is wrong; codes never change"`
	Request string         `json:"request,omitempty" doc:"The request's id, to be named when the fault is ours"`
	Errors  []ProblemField `json:"errors,omitempty" doc:"What is wrong with which field"`
}

// A ProblemField says what is wrong with one field.
type ProblemField struct {
	Field  string `json:"field"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

// Answers that only the web gives.
var (
	errNotSignedIn = domain.Refuse(domain.Forbidden, "not_signed_in", "sign in first")
	errNoPage      = domain.Refuse(domain.NotFound, "no_page", "there is nothing at this address")
	errNoMethod    = domain.Refuse(domain.NotFound, "no_method", "this address is not asked in this way")
	errCrossOrigin = domain.Refuse(domain.Forbidden, "cross_origin", "another site may not ask this for you")
	errNotYet      = domain.Refuse(domain.Unavailable, "not_yet", "what you just did is not shown yet; try again in a moment")
	errTooMany     = domain.Refuse(domain.Unavailable, "too_many_streams", "too many pages follow the programme at once")
	errInternal    = domain.Refuse(domain.Internal, "internal", "something went wrong on our side")
)

// statusOfKind and statusOfCode are the one place where refusals become HTTP
// statuses; codes are there for what no kind says.
var (
	statusOfKind = map[domain.Kind]int{
		domain.Internal:    http.StatusInternalServerError,
		domain.Invalid:     http.StatusUnprocessableEntity,
		domain.NotFound:    http.StatusNotFound,
		domain.Forbidden:   http.StatusForbidden,
		domain.Conflict:    http.StatusConflict,
		domain.Unavailable: http.StatusServiceUnavailable,
	}
	statusOfCode = map[string]int{
		errNotSignedIn.Code:         http.StatusUnauthorized,
		errNoMethod.Code:            http.StatusMethodNotAllowed,
		errTooLarge.Code:            http.StatusRequestEntityTooLarge,
		errNotTheType.Code:          http.StatusUnsupportedMediaType,
		errTooMany.Code:             http.StatusTooManyRequests,
		errSaysWho.Code:             http.StatusBadRequest,
		signin.ErrTooManyTries.Code: http.StatusTooManyRequests,
		signin.ErrBadToken.Code:     http.StatusUnauthorized,
	}
)

// problemOf says in the language of ctx what went wrong. Of what is our fault
// it says no more than that.
func problemOf(ctx context.Context, err error) Problem {
	refused := domain.RefusalsIn(err)
	if len(refused) == 0 {
		refused = domain.Refusals{errInternal}
	}
	first := refused[0]
	status, ok := statusOfCode[first.Code]
	if !ok {
		status = statusOfKind[first.Kind]
	}
	p := Problem{
		Type:   "urn:koersvast:problem:" + first.Code,
		Title:  sentence(ctx, "problem.title."+strconv.Itoa(status), http.StatusText(status)),
		Status: status,
		Detail: refusal(ctx, first),
		Code:   first.Code,
	}
	if status == http.StatusInternalServerError {
		p.Request = visitOf(ctx).id
	}
	for _, r := range refused {
		if r.Field != "" {
			p.Errors = append(p.Errors, ProblemField{r.Field, r.Code, refusal(ctx, r)})
		}
	}
	return p
}

// refusal is the sentence for people.
func refusal(ctx context.Context, e *domain.Error) string {
	return sentence(ctx, "refusal."+e.Code, e.Text)
}

// sentence is T with something to say where the locale files have no words.
func sentence(ctx context.Context, id, otherwise string) string {
	if s, ok := i18n.Lookup(ctx, id); ok {
		return s
	}
	return otherwise
}

// handler is an http.Handler that may fail.
type handler func(http.ResponseWriter, *http.Request) error

// asJSON serves h to programs: what goes wrong becomes a problem document.
func (s *Server) asJSON(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		err := h(w, r)
		if err == nil {
			return
		}
		p := s.problem(w, r, err)
		if err := s.writeJSON(w, r, p.Status, "application/problem+json", p); err != nil {
			s.Logger.ErrorContext(r.Context(), "problem not written", "request", visitOf(r.Context()).id, "err", err)
		}
	}
}

// asPage serves h to browsers: what goes wrong becomes a page, and who is not
// signed in is asked to do that first.
func (s *Server) asPage(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		err := h(w, r)
		form := visitOf(r.Context()).refused
		switch {
		case err == nil:
		case form != nil: // its page cannot be shown, but the reason can
			s.problemPage(w, r, form.problem)
		case errors.Is(err, errNotSignedIn):
			http.Redirect(w, r, signInFor(r), http.StatusSeeOther)
		default:
			s.problemPage(w, r, s.problem(w, r, err))
		}
	}
}

// problem is what the asker is told about err. Our own faults are logged.
func (s *Server) problem(w http.ResponseWriter, r *http.Request, err error) Problem {
	ctx := r.Context()
	if errors.Is(err, errNoPage) {
		if others := s.otherMethods(r); others != nil {
			w.Header().Set("Allow", strings.Join(others, ", "))
			err = errNoMethod
		}
	}
	p := problemOf(ctx, err)
	switch p.Status {
	case http.StatusInternalServerError:
		if ctx.Err() == nil { // who went away is no fault of ours
			s.Logger.ErrorContext(ctx, "request failed", "request", p.Request, "route", r.Pattern, "err", err)
		}
	case http.StatusUnauthorized:
		w.Header().Set("WWW-Authenticate", "Bearer")
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", "30")
	}
	return p
}

func (s *Server) problemPage(w http.ResponseWriter, r *http.Request, p Problem) {
	if err := s.render(w, r, p.Status, problemPage(s.frame(r), p)); err != nil {
		s.Logger.ErrorContext(r.Context(), "problem not shown", "request", visitOf(r.Context()).id, "err", err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
	}
}

func (s *Server) writeJSON(w http.ResponseWriter, r *http.Request, status int, contentType string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return s.write(w, r, status, contentType, append(b, '\n'))
}
