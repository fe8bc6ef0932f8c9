package web

import (
	"context"
	"crypto/rand"
	"net/http"

	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
	"koersvast/domain/round"
	"koersvast/projections"
	"koersvast/projections/people"
	"koersvast/projections/rounds"
)

// invitationPath is where the links in messages lead. Opening one changes
// nothing; a button signs in who was sent it, and goes on to the questions.
const invitationPath = "/in/"

// cookieBrowser names a browser to the invitations that it accepted, and goes
// nowhere else.
const cookieBrowser = "koersvast-browser"

func (s *Server) invitationRoutes() {
	s.mux.Handle("GET "+invitationPath+"{token}", s.asPage(s.invitationPage))
	s.mux.Handle("POST "+invitationPath+"{token}", s.asPage(s.acceptInvitation))
}

func (s *Server) invitationPage(w http.ResponseWriter, r *http.Request) error {
	i, err := s.Signin.Invited(r.Context(), r.PathValue("token"), cookieValue(r, cookieBrowser))
	if err != nil {
		return err
	}
	if session, err := s.session(r); err == nil && session.Who == i.Who {
		http.Redirect(w, r, answerAddress(i.Round), http.StatusSeeOther)
		return nil
	}
	p, err := s.invited(r.Context(), i)
	if err != nil {
		return err
	}
	lang, err := s.languageOf(r, i.Who)
	if err != nil {
		return err
	}
	r = r.WithContext(i18n.In(r.Context(), i18n.Choose(lang, "")))
	return s.render(w, r, http.StatusOK, invitationPage(s.frame(r), r.URL.Path, p.Name))
}

func (s *Server) acceptInvitation(w http.ResponseWriter, r *http.Request) error {
	ctx, token, browser := r.Context(), r.PathValue("token"), cookieValue(r, cookieBrowser)
	i, err := s.Signin.Invited(ctx, token, browser)
	if err != nil {
		return err
	}
	if _, err := s.invited(ctx, i); err != nil {
		return err
	}
	if browser == "" {
		browser = rand.Text()
		http.SetCookie(w, &http.Cookie{
			Name: cookieBrowser, Value: browser, Path: invitationPath, MaxAge: int(signin.CodeLife.Seconds()),
			HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.secure(),
		})
	}
	if i, err = s.Signin.Accept(ctx, token, browser); err != nil {
		return err
	}
	lang, err := s.languageOf(r, i.Who)
	if err != nil {
		return err
	}
	if _, err := s.begin(w, r, i.Who, lang, true); err != nil {
		return err
	}
	http.Redirect(w, r, answerAddress(i.Round), http.StatusSeeOther)
	return nil
}

// invited returns who is invited. It refuses an invitation to a round that
// takes no answers, or of who has left.
func (s *Server) invited(ctx context.Context, i signin.Invitation) (p people.Person, err error) {
	err = s.Views.Read(ctx, func(read projections.Reader, _ domain.Position) (err error) {
		r, err := rounds.TheRound(ctx, read, i.Programme, i.Round)
		if err != nil {
			return err
		}
		if r.Status != round.StatusOpen {
			return round.ErrNotOpen
		}
		if r.Closes < domain.DayOf(s.Now()) {
			return round.ErrOver
		}
		p, err = people.ThePerson(ctx, read, i.Programme, i.Person)
		if err == nil && p.Gone != "" {
			err = signin.ErrBadInvitation
		}
		return err
	})
	return p, err
}

// languageOf is the language that this browser was told to show or, if it was
// told none, that its owner chose last elsewhere.
func (s *Server) languageOf(r *http.Request, who signin.Who) (string, error) {
	if lang := chosenLang(r); lang != "" {
		return lang, nil
	}
	return s.Signin.Language(r.Context(), who)
}

func answerAddress(id domain.RoundID) string { return "/rounds/" + string(id) + "/answer" }
