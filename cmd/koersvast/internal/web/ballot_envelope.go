package web

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/a-h/templ"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
	"koersvast/domain/round"
	"koersvast/eventstore/ballotbox"
	"koersvast/eventstore/ballotbox/ballot"
	"koersvast/projections"
	"koersvast/projections/people"
	"koersvast/projections/rounds"
)

// envelopeRoutes are for who drew an envelope with a code, and so needs no
// device of their own and no script: they type the code and answer on one
// page. The answers are sealed here. Cookies, which a form cannot leave at
// home, are not looked at.
func (s *Server) envelopeRoutes() {
	s.quiet.Handle("GET "+envelopePath, s.hushedPage(s.envelopePage))
	s.quiet.Handle("POST "+envelopePath, s.hushedPage(s.openEnvelope))
	s.quiet.Handle("POST "+envelopePath+"/cast", s.hushedPage(s.castEnvelope))
	s.quiet.Handle("POST "+envelopePath+"/receipt", s.hushedPage(s.findReceipt))
}

// What can be wrong with answers on paper.
var (
	errNoAnswer   = domain.Refuse(domain.Invalid, "answer_nothing", "answer one question at least")
	errLongAnswer = domain.Refuse(domain.Invalid, "answer_too_long", "these answers are longer than fits")
)

// hushedPage serves h to browsers as [Server.hushed] does to programs.
func (s *Server) hushedPage(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		err := h(w, r)
		if err == nil {
			return
		}
		p := problemOf(r.Context(), err)
		_ = s.render(w, r, p.Status, problemPage(s.envelopeFrame(r), p)) // who went away needs no answer
	}
}

// envelopeFrame is the frame of all pages here. Its language stands in the
// address: a cookie would come along with what is sent.
func (s *Server) envelopeFrame(r *http.Request) Page {
	p := s.frame(r)
	p.Address = &url.URL{Path: envelopePath}
	return p
}

// here returns an address that speaks the reader's language.
func here(ctx context.Context, path string) string {
	if l := i18n.Of(ctx); l != i18n.Langs[0] {
		return path + "?" + url.Values{paramLang: {string(l)}}.Encode()
	}
	return path
}

func (s *Server) envelopePage(w http.ResponseWriter, r *http.Request) error {
	return s.showEnvelope(w, r, http.StatusOK, Form{}, Form{}, nil)
}

func (s *Server) showEnvelope(w http.ResponseWriter, r *http.Request, status int, code, receipt Form, counted *bool) error {
	ctx := r.Context()
	code.ID, code.Action = "envelope", here(ctx, envelopePath)
	receipt.ID, receipt.Action = "receipt", here(ctx, envelopePath+"/receipt")
	return s.render(w, r, status, envelopePage(s.envelopeFrame(r), code, receipt, counted))
}

// An opened envelope is what its code lets somebody answer.
type opened struct {
	box   *ballotbox.Box
	code  string
	sheet answerSheet
}

// opened finds what a code is for. Somebody can try a wrong one as often as a
// personal code.
func (s *Server) opened(r *http.Request, t typed) (o opened, err error) {
	o.code = t.values.Get("code")
	if refused := domain.Needed("code", o.code, domain.NameLength); refused != nil {
		return o, refused
	}
	right, err := s.Signin.Try(s.addressOf(r))
	if err != nil {
		return o, err
	}
	if o.box, err = s.Station.Boxes.BoxOf(o.code); err != nil {
		if refused := domain.RefusalsIn(err); len(refused) > 0 {
			return o, refused[0].On("code")
		}
		return o, err
	}
	right()
	place, err := s.placeOf(r.Context(), round.BoxID(o.box.ID().String()))
	if err != nil {
		return o, err
	}
	err = s.Views.Read(r.Context(), func(read projections.Reader, _ domain.Position) error {
		asked, err := rounds.TheRound(r.Context(), read, place.Programme, place.Round)
		if err != nil {
			return err
		}
		if o.sheet, err = sheetOf(asked); err != nil {
			return err
		}
		o.sheet.Group, o.sheet.today = o.box.Manifest().Group, domain.DayOf(s.Now())
		o.sheet.names, err = people.Names(r.Context(), read, place.Programme)
		return err
	})
	return o, err
}

// openEnvelope shows the questions to who has a code.
func (s *Server) openEnvelope(w http.ResponseWriter, r *http.Request) error {
	return s.withEnvelope(w, r, func(o opened, _ typed) (int, templ.Component, error) {
		return http.StatusOK, envelopeQuestions(s.envelopeFrame(r), o.form(r.Context()), o.sheet), nil
	})
}

// castEnvelope casts what somebody answered with a code.
func (s *Server) castEnvelope(w http.ResponseWriter, r *http.Request) error {
	return s.withEnvelope(w, r, func(o opened, t typed) (int, templ.Component, error) {
		text, err := answersIn(t, o.sheet.Questions)
		var receipt ballot.Nullifier
		if err == nil {
			receipt, err = o.box.CastCode(o.code, text)
		}
		if err == nil {
			return http.StatusCreated, envelopeCast(s.envelopeFrame(r), short(receipt.String())), nil
		}
		if len(domain.RefusalsIn(err)) == 0 {
			return 0, nil, err
		}
		f := o.form(r.Context())
		f.Values = t.values
		for _, refused := range domain.RefusalsIn(err) {
			f.Errors = append(f.Errors, FieldError{refused.Field, refusal(r.Context(), refused)})
		}
		return problemOf(r.Context(), err).Status, envelopeQuestions(s.envelopeFrame(r), f, o.sheet), nil
	})
}

// form is the form with the questions. It is no draft: what somebody types on
// a device that is not theirs does not stay on it.
func (o opened) form(ctx context.Context) Form {
	return Form{ID: "answers", Action: here(ctx, envelopePath+"/cast"), Hidden: []Hidden{{"code", o.code}}}
}

// withEnvelope shows what then makes of an envelope, or asks for the code
// again and says what was wrong with it.
func (s *Server) withEnvelope(w http.ResponseWriter, r *http.Request, then func(opened, typed) (int, templ.Component, error)) error {
	t, err := readForm(w, r, bodyLimit)
	if err != nil {
		return err
	}
	done, err := s.turn(r.Context())
	if err != nil {
		return err
	}
	defer done()
	o, err := s.opened(r, t)
	if len(domain.RefusalsIn(err)) > 0 {
		p := problemOf(r.Context(), err)
		f := Form{Values: url.Values{"code": t.values["code"]}, Errors: []FieldError{{"", p.Detail}}}
		if len(p.Errors) > 0 {
			f.Errors[0].Field = p.Errors[0].Field
		}
		return s.showEnvelope(w, r, p.Status, f, Form{}, nil)
	}
	if err != nil {
		return err
	}
	status, page, err := then(o, t)
	if err != nil {
		return err
	}
	return s.render(w, r, status, page)
}

// answersIn returns what a form answers, as it stands in a ballot.
func answersIn(t typed, questions []round.Question) ([]byte, error) {
	a := round.Answer{Sees: map[domain.QuestionID]int{}, Hears: map[domain.QuestionID]int{}, Words: map[domain.QuestionID]round.Written{}}
	for _, q := range questions {
		for kind, into := range map[string]map[domain.QuestionID]int{"sees-": a.Sees, "hears-": a.Hears} {
			x, err := strconv.Atoi(t.values.Get(kind + string(q.ID)))
			if err == nil {
				into[q.ID] = x
			}
		}
		text := t.values.Get("words-" + string(q.ID))
		if text == "" {
			continue
		}
		if utf8.RuneCountInString(text) > round.LongestWords {
			return nil, errLongAnswer.On("words-" + string(q.ID))
		}
		a.Words[q.ID] = round.Written{Text: text, Use: round.Use(t.values.Get("use-" + string(q.ID)))}
	}
	if len(a.Sees)+len(a.Hears)+len(a.Words) == 0 {
		return nil, errNoAnswer
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // it would take more of the room that there is
	if err := e.Encode(a); err != nil {
		return nil, err
	}
	text := bytes.TrimSpace(b.Bytes())
	if _, err := round.ReadAnswer(text, questions); err != nil {
		return nil, errNotAForm
	}
	if len(text) > ballot.AnswersSize {
		return nil, errLongAnswer
	}
	return text, nil
}

// findReceipt tells who wrote down a receipt whether it was counted.
func (s *Server) findReceipt(w http.ResponseWriter, r *http.Request) error {
	t, err := readForm(w, r, bodyLimit)
	if err != nil {
		return err
	}
	receipt := strings.ToLower(strings.Join(strings.Fields(t.values.Get("receipt")), ""))
	counted, err := s.wasCounted(r.Context(), receipt)
	if err != nil {
		return err
	}
	return s.showEnvelope(w, r, http.StatusOK, Form{}, Form{Values: t.values}, &counted)
}
