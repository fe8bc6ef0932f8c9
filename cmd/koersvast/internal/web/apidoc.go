package web

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// An apiDoc is the description of the API as a page shows it. It is made of
// the OpenAPI document, so that the two cannot differ.
type apiDoc struct {
	Groups  []apiGroup
	Schemas []apiSchema
}

// An apiGroup is the operations of one concept.
type apiGroup struct {
	Name       string // the first part of their addresses
	Operations []apiOperation
}

type apiOperation struct {
	ID, Method, Path, Summary string

	Parameters []apiField
	Body       []apiField
	Answer     apiType
	Files      []string // media types besides JSON
}

type apiSchema struct {
	Name   string
	Fields []apiField
}

type apiField struct {
	Name, Place, Doc string
	Type             apiType
	Required         bool
}

// An apiType is what a value is, with the name of the schema that says more.
type apiType struct{ Text, Schema string }

// describedPage is the documentation of the API, for whoever wants to read it:
// it tells nothing of a programme.
func (s *Server) describedPage(w http.ResponseWriter, r *http.Request) error {
	return s.render(w, r, http.StatusOK, apiPage(s.frame(r), s.doc()))
}

// documented makes the page's description of the document.
func documented(doc *huma.OpenAPI) (d apiDoc) {
	groups := map[string]int{}
	for _, p := range slices.Sorted(maps.Keys(doc.Paths)) {
		item := doc.Paths[p]
		for _, op := range []*huma.Operation{item.Get, item.Post} {
			if op == nil {
				continue
			}
			name, _, _ := strings.Cut(strings.TrimPrefix(p, "/"), "/")
			name, _, _ = strings.Cut(name, ".") // of a table
			at, ok := groups[name]
			if !ok {
				at = len(d.Groups)
				groups[name] = at
				d.Groups = append(d.Groups, apiGroup{Name: name})
			}
			d.Groups[at].Operations = append(d.Groups[at].Operations, operationOf(doc, p, op))
		}
	}
	for name, schema := range doc.Components.Schemas.Map() {
		d.Schemas = append(d.Schemas, apiSchema{name, fieldsOf(schema)})
	}
	slices.SortFunc(d.Schemas, func(a, b apiSchema) int { return cmp.Compare(a.Name, b.Name) })
	return d
}

func operationOf(doc *huma.OpenAPI, at string, op *huma.Operation) apiOperation {
	o := apiOperation{ID: op.OperationID, Method: op.Method, Path: apiPrefix + at, Summary: op.Summary}
	for _, p := range op.Parameters {
		o.Parameters = append(o.Parameters, apiField{p.Name, p.In, p.Description, typeOf(p.Schema), p.Required})
	}
	if op.RequestBody != nil {
		for kind, m := range op.RequestBody.Content {
			if kind != "application/json" {
				o.Files = append(o.Files, kind)
				continue
			}
			schema := m.Schema
			if schema.Ref != "" {
				schema = doc.Components.Schemas.SchemaFromRef(schema.Ref)
			}
			o.Body = fieldsOf(schema)
		}
	}
	for status, res := range op.Responses {
		if !strings.HasPrefix(status, "2") {
			continue
		}
		for _, kind := range slices.Sorted(maps.Keys(res.Content)) {
			if kind == "application/json" {
				o.Answer = typeOf(res.Content[kind].Schema)
			} else {
				o.Files = append(o.Files, kind)
			}
		}
	}
	return o
}

func fieldsOf(s *huma.Schema) (fields []apiField) {
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		p := s.Properties[name]
		fields = append(fields, apiField{Name: name, Doc: p.Description, Type: typeOf(p), Required: slices.Contains(s.Required, name)})
	}
	return fields
}

// typeOf says what a value is, in a few words that need no translation.
func typeOf(s *huma.Schema) apiType {
	switch {
	case s == nil:
		return apiType{}
	case s.Ref != "":
		name := path.Base(s.Ref)
		return apiType{name, name}
	case s.Type == huma.TypeArray:
		of := typeOf(s.Items)
		return apiType{of.Text + "[]", of.Schema}
	case len(s.Enum) > 0:
		values := make([]string, len(s.Enum))
		for i, v := range s.Enum {
			values[i] = fmt.Sprintf("%q", v)
		}
		return apiType{Text: strings.Join(values, " | ")}
	case s.Format != "":
		return apiType{Text: s.Type + " (" + s.Format + ")"}
	}
	return apiType{Text: s.Type}
}
