package web

import (
	"context"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// apiPrefix is where programs find every route.
const apiPrefix = "/api/v1"

// newAPI returns what describes the routes. Huma writes the description and
// routes to our handlers; reading input and refusing it are ours, so that a
// form and a JSON body are read by the same code and refused with the same
// words. Its documentation page is off: it loads scripts from elsewhere.
func newAPI(m humago.Mux) huma.API {
	return humago.NewWithPrefix(m, apiPrefix, huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title:       "Koersvast",
				Version:     "1",
				Description: "Everything a person can do on the pages, for programs. A refusal is a problem document (RFC 9457) whose code never changes.",
			},
			Components: &huma.Components{
				Schemas: huma.NewMapRegistry("#/components/schemas/", schemaName),
				SecuritySchemes: map[string]*huma.SecurityScheme{
					"session": {Type: "http", Scheme: "bearer", Description: "The token that POST /signin answers, or one that was issued to a program at /tokens: that reads what was released to everybody, and nothing else."},
				},
			},
		},
		Formats:       huma.DefaultFormats,
		DefaultFormat: "application/json",
	})
}

var unfit = regexp.MustCompile(`[^A-Za-z0-9._-]+`)

// schemaName names the schema of a type. Packages have types of the same
// name, so those of other packages carry it.
func schemaName(t reflect.Type, hint string) string {
	name := unfit.ReplaceAllString(huma.DefaultSchemaNamer(t, hint), "")
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if p := path.Base(t.PkgPath()); t.Name() != "" && p != "web" && p != "." {
		return strings.ToUpper(p[:1]) + p[1:] + name
	}
	return name
}

// reply is how huma is told what a route answers.
type reply[T any] struct{ Body T }

// describe adds a route for programs, with its place in the description.
func describe[In, Out any](s *Server, op huma.Operation, h handler) {
	in, out := reflect.TypeFor[In](), reflect.TypeFor[Out]()
	if hides(out, nil) {
		panic("web: " + out.String() + " embeds a struct that is not exported, which the description would leave out")
	}
	op.OperationID = operationID(op)
	if op.Security == nil {
		op.Security = []map[string][]string{{"session": {}}}
	}
	schemas := s.api.OpenAPI().Components.Schemas
	op.Parameters = append(parametersOf(schemas, in), op.Parameters...)
	if body, ok := in.FieldByName("Body"); ok {
		op.RequestBody = &huma.RequestBody{Content: map[string]*huma.MediaType{"application/json": {
			Schema: schemas.Schema(flat(body.Type), true, op.OperationID+"-body"),
		}}}
	}
	op.Responses = map[string]*huma.Response{
		"200": {Description: "OK"},
		"default": {
			Description: "What went wrong",
			Content: map[string]*huma.MediaType{"application/problem+json": {
				Schema: schemas.Schema(reflect.TypeFor[Problem](), true, ""),
			}},
		},
	}
	serve := s.asJSON(h)
	op.Middlewares = huma.Middlewares{func(c huma.Context, _ func(huma.Context)) {
		r, w := humago.Unwrap(c)
		serve(w, r)
	}}
	huma.Register(s.api, op, func(context.Context, *In) (*reply[Out], error) { return nil, nil }) // serve answers instead
}

// parametersOf describes what an input takes from the address. Huma would
// overlook what stands in embedded structs that are not exported.
func parametersOf(schemas huma.Registry, in reflect.Type) (all []*huma.Param) {
	for _, f := range reflect.VisibleFields(in) {
		for _, place := range []string{"path", "query"} {
			if name, _, _ := strings.Cut(f.Tag.Get(place), ","); name != "" {
				all = append(all, &huma.Param{
					In: place, Name: name, Description: f.Tag.Get("doc"), Required: place == "path",
					Schema: huma.SchemaFromField(schemas, f, ""),
				})
			}
		}
	}
	return all
}

// flat is a struct with the fields of t and of what it embeds.
func flat(t reflect.Type) reflect.Type {
	var fields []reflect.StructField
	for _, f := range reflect.VisibleFields(t) {
		if !f.Anonymous && f.IsExported() {
			fields = append(fields, reflect.StructField{Name: f.Name, Type: f.Type, Tag: f.Tag})
		}
	}
	return reflect.StructOf(fields)
}

// hides reports whether a type embeds, at any depth, a struct that is not
// exported. Huma overlooks these, although they are in the JSON.
func hides(t reflect.Type, within []reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Array:
		return hides(t.Elem(), within)
	case reflect.Struct:
		if slices.Contains(within, t) {
			return false
		}
		for i := range t.NumField() {
			f := t.Field(i)
			if f.Anonymous && !f.IsExported() || f.IsExported() && f.Tag.Get("json") != "-" && hides(f.Type, append(within, t)) {
				return true
			}
		}
	}
	return false
}

// operationID names an operation after its method and address: the address
// GET /promises/{id}/keep is get-promises-id-keep.
func operationID(op huma.Operation) string {
	name := strings.NewReplacer("{", "", "}", "").Replace(strings.Trim(op.Path, "/"))
	return strings.ToLower(op.Method) + "-" + strings.ReplaceAll(name, "/", "-")
}

// parameters that routes have in common.
func textParameter(in, name, doc string) *huma.Param {
	return &huma.Param{In: in, Name: name, Description: doc, Schema: &huma.Schema{Type: huma.TypeString}}
}

var (
	presentParameters = []*huma.Param{
		textParameter("query", paramAfter, "A position that the answer should know of, from the answer to a command."),
	}
	questionParameters = append([]*huma.Param{
		textParameter("query", paramAsOf, "A past day, such as 2026-03-01: the answer as it was at the end of it."),
	}, presentParameters...)
	commandParameters = []*huma.Param{
		textParameter("header", headerAct, "Names the command. Sent again with the same name and the same contents, it has the same answer and happens once."),
	}
)
