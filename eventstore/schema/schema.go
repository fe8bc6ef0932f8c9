// Package schema describes facts to those who read them with other tools: a
// JSON Schema of each, and an AsyncAPI document of the feed.
//
// Its testdata/released holds the schema of every fact as it was first
// released. A fact keeps that shape for ever; another shape is another fact,
// with a name of its own. What testdata/asyncapi.json says of the feed stays
// in it.
package schema

import (
	"reflect"
	"slices"
	"strings"

	"koersvast/domain"
)

// A Schema is a JSON Schema, as far as facts need it. The ones that this
// package makes are valid in drafts from 7 to 2020-12, but for the document
// as a whole, which [Of] makes.
type Schema struct {
	Version     string            `json:"$schema,omitempty"`
	ID          string            `json:"$id,omitempty"`
	Title       string            `json:"title,omitempty"`
	Description string            `json:"description,omitempty"`
	Type        any               `json:"type,omitempty"` // a name, or several
	Format      string            `json:"format,omitempty"`
	Encoding    string            `json:"contentEncoding,omitempty"`
	Const       string            `json:"const,omitempty"`
	Pattern     string            `json:"pattern,omitempty"`
	Items       *Schema           `json:"items,omitempty"`
	MinItems    int               `json:"minItems,omitempty"`
	Properties  map[string]Schema `json:"properties,omitempty"`
	Required    []string          `json:"required,omitempty"`
	Closed      *bool             `json:"additionalProperties,omitempty"`
}

// Of returns the JSON Schema of a fact as the log keeps it, with its private
// texts sealed.
func Of(t domain.EventType) Schema {
	s := object(t.Go, true)
	s.Version = "https://json-schema.org/draft/2020-12/schema"
	s.ID = "urn:koersvast:fact:" + t.Name
	s.Title = t.Name
	return s
}

// Published returns the JSON Schema of a fact as the feed tells it, without
// its private texts.
func Published(t domain.EventType) Schema { return object(t.Go, false) }

func object(t reflect.Type, private bool) Schema {
	s := Schema{Type: "object", Properties: map[string]Schema{}, Closed: new(bool)}
	s.add(t, private)
	return s
}

// add adds the fields of a struct the way encoding/json sees them: those of
// an embedded struct are its own. A list that is tagged minItems:"1" is never
// empty, by the rules of its concept, and so never null.
func (s *Schema) add(t reflect.Type, private bool) {
	for i := range t.NumField() {
		f := t.Field(i)
		tag := strings.Split(f.Tag.Get("json"), ",")
		switch name, options := tag[0], tag[1:]; {
		case f.Anonymous && name == "":
			s.add(f.Type, private)
		case f.Type == reflect.TypeFor[domain.Private]() && !private:
		case slices.Contains(options, "omitempty"), slices.Contains(options, "omitzero"):
			s.Properties[name] = value(f.Type, false)
		default:
			v := value(f.Type, true)
			if f.Tag.Get("minItems") == "1" {
				v.Type, v.MinItems = "array", 1
			}
			s.Properties[name] = v
			s.Required = append(s.Required, name)
		}
	}
}

// value returns the schema of a field's value. A list that is always written
// is null when it is empty.
func value(t reflect.Type, always bool) Schema {
	switch {
	case t == reflect.TypeFor[domain.Private]():
		return Schema{
			Type:        "object",
			Description: "A text by or about a person, sealed under the key of that name",
			Properties: map[string]Schema{
				"k": {Type: "string", Description: "The name of the key"},
				"c": {Type: "string", Description: "Nonce, ciphertext and tag of AES-256-GCM", Encoding: "base64"},
			},
			Required: []string{"k", "c"},
			Closed:   new(bool),
		}
	case t == reflect.TypeFor[domain.Day]():
		return Schema{Type: "string", Format: "date", Pattern: `^\d{4}-\d{2}-\d{2}$`}
	case t == reflect.TypeFor[domain.Clock]():
		return Schema{Type: "string", Pattern: `^\d{2}:\d{2}$`}
	case t.Kind() == reflect.String:
		return Schema{Type: "string"}
	case t.Kind() == reflect.Bool:
		return Schema{Type: "boolean"}
	case t.Kind() == reflect.Int, t.Kind() == reflect.Uint64:
		return Schema{Type: "integer"}
	case t.Kind() == reflect.Slice:
		items := value(t.Elem(), true)
		if always {
			return Schema{Type: []string{"array", "null"}, Items: &items}
		}
		return Schema{Type: "array", Items: &items}
	case t.Kind() == reflect.Struct:
		return object(t, true)
	}
	panic("schema: facts hold no " + t.String())
}
