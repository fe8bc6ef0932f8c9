package web

// How to declare a route
//
// A route is declared once, in the file of its concept, and serves browsers
// and programs alike. A question asks a read model:
//
//	question(s, Question[promiseIn, promises.Promise]{
//		Path:   "/promises/{id}",               // GET page; GET /api/v1/promises/{id}
//		Doc:    "One promise with its history", // in the OpenAPI document
//		Action: access.PromiseRead,
//		Of:     s.promise,                      // what the access rule looks at
//		Ask: func(ctx context.Context, a Asker, in promiseIn) (promises.Promise, error) {
//			return promises.One(ctx, a.Read, a.Programme, in.ID)
//		},
//		Page: func(v View, p promises.Promise) templ.Component { return PromisePage(v, p) },
//	})
//
// A command asks for facts:
//
//	command(s, Command[rewordIn]{
//		Path:   "/promises/{id}/reword", // POST a form; POST /api/v1/promises/{id}/reword
//		Doc:    "Say a promise in other words",
//		Action: access.PromiseOwn,
//		Of:     func(ctx context.Context, a Asker, in rewordIn) (access.Resource, error) { … },
//		Do: func(ctx context.Context, a Asker, in rewordIn) (Steps, error) {
//			return Steps{eventstore.Do(promise.Reword{ID: in.ID, Text: in.Body.Text, Reason: in.Body.Reason})}, nil
//		},
//		Form: "/promises/{id}/reword", // the question whose page has the form: a refused form comes back there
//		Next: "/promises/{id}",        // where its effect shows; {id} comes from the path or the body
//	})
//
// The input is a struct; the tags say where a field comes from. A field of
// Body is a field of the form with the same name, and of the JSON object.
// Names are those that the domain's refusals use, so that a refusal finds its
// field:
//
//	type rewordIn struct {
//		ID   domain.PromiseID `path:"id"`
//		Body struct {
//			Text   string `json:"text" doc:"The new words"`
//			Reason string `json:"reason"`
//		}
//	}
//
// Fields are texts, whole numbers, yes or no, a [File], or lists of these, or
// a list of structs, which a form carries from page to page as JSON.
// Texts arrive trimmed, composed and without unseen characters. The id of
// something new is a field of Body tagged new:"true": pages make one when the
// form is shown (View.Form), programs may leave it out.
//
// A page shows a form with v.Form(address, names of new ids): it knows what
// was typed and refused when the page is shown because of that.
//
// A question whose input has a Body is posted: for what must not stand in an
// address (a text that is being typed), and for an answer that is given once
// (a code). What it does must be harmless when done twice.
//
// A question that can be Saved is also a PDF of its page, where there is a
// printer (pdf.go), under the same rule of access.
//
// A question with a Table is also a file to take away, at its address with
// .csv or .xlsx behind it: rows of the same answer, under the same rule of
// access. Its lists ask for Asker.length of their page, so that a table is
// whole where a page goes on.

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/danielgtaylor/huma/v2"

	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/cmd/koersvast/internal/web/sheet"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/eventstore"
	"koersvast/projections"
)

// An Asker is who asks, with what they ask it of.
type Asker struct {
	access.Actor
	Name          *string // nil when it was erased
	ProgrammeName string
	Session       signin.Session
	Lang          i18n.Lang

	// Act is what a command is done as. Its Today is today for questions too.
	Act domain.Act

	// Read answers questions: of the moment, or of the past day On if that is
	// set. It knows the log up to At, and is of no use after the answer.
	Read projections.Reader
	At   domain.Position
	On   domain.Day

	Table bool // they want a table to take away
}

// length is how many rows of a list the asker gets at once.
func (a Asker) length(page int) int {
	if a.Table {
		return tableLength
	}
	return page
}

// all is the resource of actions that are about the programme as a whole.
func (a Asker) all() access.Resource { return access.Resource{Programme: a.Programme} }

// A Question is a route that tells something.
type Question[In, Out any] struct {
	Path   string
	Doc    string
	Action access.Action
	Nav    string // message id of its place in the navigation; most have none
	Menu   string // message id of its place under the asker's name

	// Often tells of a question with a place in both whose navigation has it;
	// others find it under their name.
	Often func(access.Actor) bool

	// Of tells what the question is about. Without it, it is about the
	// programme as a whole. It is asked of the present and, when a past day is
	// shown, of that day too: what the asker could not have read then, being
	// who they are now, they do not read by looking back.
	Of func(context.Context, Asker, In) (access.Resource, error)

	Ask func(context.Context, Asker, In) (Out, error)

	// Page shows the answer. Without it the question is for programs only, such
	// as those in our pages.
	Page func(View, Out) templ.Component

	// File, if set, is what a browser gets instead of a page.
	File func(View, Out) File

	// Table, if set, is the answer as rows and columns, to take away. It is for
	// whom the answer is, or for those of them who may do TableFor with the
	// programme, if that is set.
	Table    func(Out, View) sheet.Table
	TableFor access.Action

	// Saved, if set, is what the page is called as a PDF. Where there is a
	// printer, people find that at the page's address with .pdf behind it.
	Saved func(context.Context, Out) string

	// Logged says that the answer follows from the log, the day and who asks,
	// and from nothing else: a program that has it hears so without an answer.
	Logged bool

	// Present is for what stands in no log, and so has no past: the answer is
	// of the moment, whatever day is asked for. What is posted always is.
	Present bool

	Limit int64 // how many bytes may be sent; bodyLimit when 0
}

// A Command is a route that makes something happen.
type Command[In any] struct {
	Path   string
	Doc    string
	Action access.Action
	Of     func(context.Context, Asker, In) (access.Resource, error)
	Do     func(context.Context, Asker, In) (Steps, error)
	Form   string // path of the question whose page shows the form
	Next   string // path of the question whose page shows the effect; may have a #fragment
	Limit  int64  // how many bytes may be sent; bodyLimit when 0
}

// Steps are what a command does, as one act: all of it or nothing. Without
// any there was nothing to do.
type Steps []eventstore.Step

// A View is what a page is made of besides its answer.
type View struct {
	Asker Asker
	Page  Page // the frame; the page adds its title

	newID   func() string
	refused *refused
}

// Can reports whether the asker may do this with that, so that a page offers
// nothing that would be refused.
func (v View) Can(do access.Action, r access.Resource) bool { return access.Can(v.Asker.Actor, do, r) }

// Offers reports whether the page offers to do something about the programme
// as a whole: the asker may, and is not looking back.
func (v View) Offers(do access.Action) bool { return v.Asker.On == "" && v.Can(do, v.Asker.all()) }

// titled returns the frame of the page with its title.
func (v View) titled(title string) Page { return titled(v.Page, title) }

// Form returns the form that posts to an address, with the hidden ids of its
// act and of the new things that it names. When it is shown again because it
// was refused, it has what was typed in it, and why.
func (v View) Form(action string, newIDs ...string) Form {
	f := Form{
		ID:     strings.ReplaceAll(strings.Trim(action, "/"), "/", "-"),
		Action: action,
		Hidden: []Hidden{{paramAct, v.newID()}},
	}
	for _, name := range newIDs {
		f = f.with(name, v.newID())
	}
	if v.refused == nil || v.refused.action != action {
		return f
	}
	for i, h := range f.Hidden {
		if sent := v.refused.typed.Get(h.Name); sent != "" {
			f.Hidden[i].Value = sent
		}
	}
	f.Values, f.Errors = v.refused.typed, v.refused.errors
	return f
}

// refused is a form that was, as it is shown again.
type refused struct {
	action  string
	problem Problem
	typed   url.Values
	errors  []FieldError
}

// refusedForm says of a form why it was refused. What is wrong with a field
// that nobody can see is about the whole form.
func refusedForm(action string, t typed, in *input, p Problem) *refused {
	f := &refused{action: action, problem: p, typed: t.values}
	for _, e := range p.Errors {
		// A refusal of people[3].email is about the field people.
		name, _, _ := strings.Cut(e.Field, "[")
		if i := slices.IndexFunc(in.body, func(f inputField) bool { return f.name == name }); i < 0 || in.body[i].made {
			name = ""
		}
		f.errors = append(f.errors, FieldError{name, e.Detail})
	}
	if len(f.errors) == 0 {
		text := p.Detail
		if p.Request != "" {
			text += " (" + p.Request + ")"
		}
		f.errors = []FieldError{{"", text}}
	}
	return f
}

// A declared is a route as the server and its tests know it.
type declared struct {
	Method    string
	Path      string
	Action    access.Action
	Nav, Menu string
	Often     func(access.Actor) bool
	Form      string
	Next      string
	Pageless  bool // for programs only
	Saved     bool // as a PDF too
}

// inNav reports whether it stands in somebody's navigation.
func (d declared) inNav(a access.Actor) bool { return d.Nav != "" && (d.Often == nil || d.Often(a)) }

// question declares a question.
func question[In, Out any](s *Server, q Question[In, Out]) {
	in := inputOf[In]()
	if q.Limit == 0 {
		q.Limit = bodyLimit
	}
	method, parameters := http.MethodGet, questionParameters
	if q.Present {
		parameters = presentParameters
	}
	if in.bodyAt != nil {
		method, parameters, q.Present = http.MethodPost, nil, true
	}

	// answer is the whole of it, but for reading the input and showing the
	// answer.
	answer := func(r *http.Request, v In) (a Asker, out Out, err error) {
		err = s.asking(r, func(now Asker) (err error) {
			a = now
			if err := allow(r.Context(), a, q.Action, q.Of, v); err != nil {
				return err
			}
			if !q.Present {
				if a.On, err = dayAsked(r, a); err != nil || a.On != "" {
					return err
				}
			}
			out, err = q.Ask(r.Context(), a, v)
			return err
		})
		if err != nil || a.On == "" {
			return a, out, err
		}
		// Only now: the tables of the moment are not held while those of the
		// past are being filled.
		err = s.Past.Read(r.Context(), a.Programme, a.On, func(then projections.Reader, at domain.Position) (err error) {
			a.Read, a.At = then, at
			visitOf(r.Context()).asker = &a
			if err := allow(r.Context(), a, q.Action, q.Of, v); err != nil {
				return err
			}
			out, err = q.Ask(r.Context(), a, v)
			return err
		})
		return a, out, err
	}

	op := huma.Operation{Method: method, Path: q.Path, Summary: q.Doc, Parameters: slices.Clone(parameters)}
	describe[In, Out](s, op, func(w http.ResponseWriter, r *http.Request) error {
		session, err := s.session(r)
		if err != nil { // before reading what they send
			return err
		}
		if q.Logged && s.unchanged(w, r, session) {
			return nil
		}
		v, err := fromJSON[In](in, w, r, q.Limit)
		if err != nil {
			return err
		}
		a, out, err := answer(r, v)
		switch {
		case err != nil:
			return err
		case a.Table:
			return s.sendTable(w, r, a, q.TableFor, func() sheet.Table { return q.Table(out, View{Asker: a}) })
		}
		return s.writeJSON(w, r, http.StatusOK, "application/json", out)
	})

	if q.Table != nil {
		s.describeTable(op)
	}

	d := declared{Method: method, Path: q.Path, Action: q.Action, Nav: q.Nav, Menu: q.Menu, Often: q.Often, Pageless: q.Page == nil && q.File == nil}
	d.Saved = q.Saved != nil && s.Printer != nil
	show := func(w http.ResponseWriter, r *http.Request, saved bool) error {
		if _, err := s.session(r); err != nil {
			return err
		}
		var t typed
		if in.bodyAt != nil {
			var err error
			if t, err = readForm(w, r, q.Limit); err != nil {
				return err
			}
		}
		v, err := fromForm[In](in, r, t)
		if err != nil {
			return err
		}
		a, out, err := answer(r, v)
		if err != nil {
			return err
		}
		view := View{Asker: a, Page: s.frame(r), newID: s.NewID, refused: visitOf(r.Context()).refused}
		view.Page.Present = q.Present
		view.Page.Table = q.Table != nil && (q.TableFor == "" || view.Can(q.TableFor, a.all()))
		switch {
		case a.Table:
			return s.sendTable(w, r, a, q.TableFor, func() sheet.Table { return q.Table(out, view) })
		case q.File != nil:
			return s.sendFile(w, r, q.File(view, out))
		case saved:
			view.Page = s.onPaper(view.Page)
			return s.sendPDF(w, r, q.Saved(r.Context(), out), q.Page(view, out))
		}
		view.Page.Saved = d.Saved
		status := http.StatusOK
		if view.refused != nil {
			status = view.refused.problem.Status
		}
		return s.render(w, r, status, q.Page(view, out))
	}
	s.declare(d, func(w http.ResponseWriter, r *http.Request) error { return show(w, r, false) })
	if d.Saved {
		s.mux.Handle(method+" "+q.Path+pdfEnding, s.asPage(func(w http.ResponseWriter, r *http.Request) error { return show(w, r, true) }))
	}
}

// sendFile answers with a file to be kept. Its name says of what type it is.
func (s *Server) sendFile(w http.ResponseWriter, r *http.Request, f File) error {
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	return s.write(w, r, http.StatusOK, fileTypes[path.Ext(f.Name)], f.Content)
}

// fileTypes are those of the files that are sent, whatever the machine knows.
var fileTypes = map[string]string{
	".ics":  "text/calendar; charset=utf-8",
	".csv":  "text/csv; charset=utf-8",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".pdf":  "application/pdf",
}

// done is what a program hears after a command.
type done struct {
	Position domain.Position `json:"position" doc:"What a question must know of to show the effect: ask it with ?after="`
	ID       string          `json:"id,omitempty" doc:"What the command was about, or made"`
}

// command declares a command.
func command[In any](s *Server, c Command[In]) {
	in := inputOf[In]()
	if c.Limit == 0 {
		c.Limit = bodyLimit
	}

	// execute is the whole of it, but for reading the input and the answer.
	execute := func(r *http.Request, v *In, id domain.ActID) (domain.Position, error) {
		in.name(v, id)
		var (
			act   domain.Act
			steps Steps
		)
		err := s.asking(r, func(a Asker) (err error) {
			a.Act.ID = id
			if err := allow(r.Context(), a, c.Action, c.Of, *v); err != nil {
				return err
			}
			act = a.Act
			steps, err = c.Do(r.Context(), a, *v)
			return err
		})
		if err != nil || len(steps) == 0 {
			return 0, err
		}
		pos, err := eventstore.ExecuteAll(r.Context(), s.Store, act, steps...)
		s.saw(pos)
		return pos, err
	}

	op := huma.Operation{Method: http.MethodPost, Path: c.Path, Summary: c.Doc, Parameters: slices.Clone(commandParameters)}
	describe[In, done](s, op, func(w http.ResponseWriter, r *http.Request) error {
		if _, err := s.session(r); err != nil {
			return err
		}
		act, err := actOfHeader(r, s.NewID())
		if err != nil {
			return err
		}
		v, err := fromJSON[In](in, w, r, c.Limit)
		if err != nil {
			return err
		}
		pos, err := execute(r, &v, act)
		if err != nil {
			return err
		}
		next, _, _ := strings.Cut(in.place(&v, c.Next), "#")
		w.Header().Set("Location", after(apiPrefix+next, pos))
		return s.writeJSON(w, r, http.StatusOK, "application/json", done{pos, in.id(&v)})
	})

	d := declared{Method: http.MethodPost, Path: c.Path, Action: c.Action, Form: c.Form, Next: c.Next}
	s.declare(d, func(w http.ResponseWriter, r *http.Request) error {
		if _, err := s.session(r); err != nil {
			return err
		}
		t, err := readForm(w, r, c.Limit)
		if err != nil {
			return err
		}
		v, err := fromForm[In](in, r, t)
		if err != nil {
			return s.showAgain(w, r, in, in.place(&v, c.Form), t, err)
		}
		act, err := actOfForm(t, s.NewID())
		if err != nil {
			t.values.Del(paramAct) // the form gets one that can be
			return s.showAgain(w, r, in, in.place(&v, c.Form), t, err)
		}
		pos, err := execute(r, &v, act)
		if err != nil {
			return s.showAgain(w, r, in, in.place(&v, c.Form), t, err)
		}
		http.Redirect(w, r, after(in.place(&v, c.Next), pos), http.StatusSeeOther)
		return nil
	})
}

// saw remembers the position of a command.
func (s *Server) saw(p domain.Position) {
	for {
		newest := s.newest.Load()
		if uint64(p) <= newest || s.newest.CompareAndSwap(newest, uint64(p)) {
			return
		}
	}
}

// allow refuses what the rules of access do not allow.
func allow[In any](ctx context.Context, a Asker, do access.Action, of func(context.Context, Asker, In) (access.Resource, error), in In) error {
	what := a.all()
	if of != nil {
		var err error
		if what, err = of(ctx, a, in); err != nil {
			return err
		}
	}
	if !access.Can(a.Actor, do, what) {
		return domain.ErrNotAllowed
	}
	return nil
}

// showAgain shows the page of a form that was refused, with what was typed in
// it: whatever the reason, nobody types it twice. Who may not see that page
// gets the reason alone.
func (s *Server) showAgain(w http.ResponseWriter, r *http.Request, in *input, page string, t typed, err error) error {
	if errors.Is(err, errNotSignedIn) {
		return err
	}
	form := refusedForm(r.URL.Path, t, in, s.problem(w, r, err))
	to, err := url.Parse(page)
	if err != nil || page == "" {
		s.problemPage(w, r, form.problem)
		return nil
	}
	again := r.Clone(context.WithValue(r.Context(), visitKey{}, visitOf(r.Context()).with(form)))
	again.Method, again.Body, again.URL = http.MethodGet, http.NoBody, to
	s.mux.ServeHTTP(w, again)
	return nil
}

// after adds to an address the position that its page should know of.
func after(address string, p domain.Position) string {
	u, err := url.Parse(address)
	if err != nil || p == 0 {
		return address
	}
	q := u.Query()
	q.Set(paramAfter, strconv.FormatUint(uint64(p), 10))
	u.RawQuery = q.Encode()
	return u.String()
}
