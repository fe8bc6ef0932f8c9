package web

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/a-h/templ"
	"github.com/danielgtaylor/huma/v2"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/cmd/koersvast/internal/web/sheet"
	"koersvast/domain"
	"koersvast/domain/access"
)

// tableLength is how many rows of a list are taken away at once.
const tableLength = 10_000

// errNoConvention refuses a way of writing numbers that we do not know.
var errNoConvention = domain.Refuse(domain.Invalid, "no_convention", "a table is written in the Dutch way or in the English way")

// tableAsked finds out whether somebody wants to take away a table: it is at
// the address of its question with .csv or .xlsx behind it. The request goes
// on as that question.
func (s *Server) tableAsked(r *http.Request, v *visit) *http.Request {
	ending := path.Ext(r.URL.Path)
	if ending != ".csv" && ending != ".xlsx" || r.Method != http.MethodGet && r.Method != http.MethodHead {
		return r
	}
	question, address := *r, *r.URL
	address.Path, address.RawPath = strings.TrimSuffix(address.Path, ending), ""
	question.URL = &address
	if _, pattern := s.mux.Handler(&question); !s.tables[pattern] {
		return r
	}
	v.table = ending
	return &question
}

// describeTable adds the table of a question to what is known of it.
func (s *Server) describeTable(of huma.Operation) {
	s.tables[of.Method+" "+of.Path], s.tables[of.Method+" "+apiPrefix+of.Path] = true, true
	asked := s.api.OpenAPI().Paths[of.Path].Get // with the parameters of its input
	endings := huma.Schema{Type: huma.TypeString, Enum: []any{"csv", "xlsx"}}
	file := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	s.api.OpenAPI().AddOperation(&huma.Operation{
		OperationID: asked.OperationID + "-table", Method: of.Method, Path: of.Path + ".{ending}",
		Summary: of.Summary + ", as a table", Security: asked.Security,
		Parameters: append([]*huma.Param{
			{In: "path", Name: "ending", Required: true, Schema: &endings},
			textParameter("query", paramConvention, "nl or en: how CSV is written; that of your language if you leave it out"),
		}, asked.Parameters...),
		Responses: map[string]*huma.Response{
			"200":     {Description: "OK", Content: map[string]*huma.MediaType{"text/csv": file, fileTypes[".xlsx"]: file}},
			"default": asked.Responses["default"],
		},
	})
}

// paramConvention says how a table is written.
const paramConvention = "convention"

// conventions are how CSV is written where people speak so.
var conventions = map[i18n.Lang]sheet.Convention{i18n.Dutch: sheet.Dutch, i18n.English: sheet.English}

// sendTable answers with a table as a file.
func (s *Server) sendTable(w http.ResponseWriter, r *http.Request, a Asker, tableFor access.Action, table func() sheet.Table) error {
	if tableFor != "" && !access.Can(a.Actor, tableFor, a.all()) {
		return domain.ErrNotAllowed
	}
	lang := i18n.Of(r.Context())
	if asked := r.URL.Query().Get(paramConvention); asked != "" {
		lang = i18n.Lang(asked)
	}
	convention, ok := conventions[lang]
	if !ok {
		return errNoConvention.On(paramConvention)
	}
	t, ending := table(), visitOf(r.Context()).table
	if ending == ".xlsx" { // where there is a sheet for it
		t.NotesName = i18n.T(r.Context(), "table.notes")
		t.Notes = append([]string{i18n.T(r.Context(), "table.of", "Programme", a.ProgrammeName, "Day", i18n.LongDate(r.Context(), a.today()))}, t.Notes...)
	}
	var b bytes.Buffer
	if err := t.Write(&b, ending, convention); err != nil {
		return err
	}
	return s.sendFile(w, r, File{strings.ReplaceAll(strings.ToLower(t.Name), " ", "-") + ending, b.Bytes()})
}

// table is the address of what the page shows as a table: all of it, where the
// page is one of several.
func (p Page) table(ending string) templ.SafeURL {
	u := url.URL{Path: p.path() + ending}
	if p.Address != nil {
		q := p.Address.Query()
		for _, name := range []string{paramAfter, paramLang, "before", "skip"} {
			q.Del(name)
		}
		u.RawQuery = q.Encode()
	}
	return templ.SafeURL(u.String())
}

// ctx is for saying things in the asker's language.
func (v View) ctx() context.Context { return i18n.In(context.Background(), v.Asker.Lang) }

// heads name the columns of a table.
func heads(ctx context.Context, ids ...string) []string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = i18n.T(ctx, "table."+id)
	}
	return names
}

// cellOf is a text of a read model in a cell: nothing when nothing was
// written, and a word where it was erased.
func cellOf(ctx context.Context, text *string) any {
	switch {
	case text == nil:
		return i18n.T(ctx, "text.erased")
	case *text == "":
		return nil
	}
	return *text
}

// cutOff says that a table goes on, when it does.
func cutOff(ctx context.Context, more bool) []string {
	if !more {
		return nil
	}
	return []string{i18n.T(ctx, "table.cut", "n", tableLength)}
}
