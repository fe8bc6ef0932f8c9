package web

import (
	"maps"
	"net/url"
	"slices"
	"strconv"

	"github.com/a-h/templ"
)

// A Form is a form as it is shown: empty, or with what was typed in it and
// why it was refused. What is typed is kept on the device until it has been
// sent.
type Form struct {
	ID     string // of the element; tells forms on one page apart
	Action string // address it posts to
	Hidden []Hidden
	Values url.Values   // what stands in it, by field
	Errors []FieldError // why it was refused
	Check  string       // address that answers with the checklist of what is typed
	Checks string       // the fields that it reads, with spaces between them
	Upload bool         // whether it sends files
	Secret bool         // what is typed in it is kept nowhere
}

// A Hidden is a value that travels with a form unseen.
type Hidden struct{ Name, Value string }

// with returns the form with one more hidden field.
func (f Form) with(name, value string) Form {
	f.Hidden = append(slices.Clip(f.Hidden), Hidden{name, value})
	return f
}

// A FieldError is a refusal in the reader's words. Without a field it is
// about the whole form.
type FieldError struct{ Field, Text string }

// A Field is one question of a form. Every kind of field takes this struct.
type Field struct {
	Form     Form
	Name     string
	Label    string
	Help     string
	Optional bool
	Value    string   // what stands in it when the form has no values of its own
	Options  []Option // what can be chosen

	Type         string // of a text field: text, email, search …; text when empty
	Autocomplete string
	Said         bool // somebody's own words: set in serif
	Max          int  // how many characters fit; none when 0
	Rows         int  // of a text area
	MinDay       string
	MaxDay       string
	Accept       string // of a file field: which files
}

// An Option is one of the answers to choose from. Options of one group stand
// together.
type Option struct {
	Value, Label, Help, Group string
}

// values returns what stands in the field: what was typed, or what it began
// with.
func (f Field) values() []string {
	if v, ok := f.Form.Values[f.Name]; ok || f.Form.Values != nil {
		return v
	}
	if f.Value == "" {
		return nil
	}
	return []string{f.Value}
}

func (f Field) value() string {
	if v := f.values(); len(v) > 0 {
		return v[0]
	}
	return ""
}

func (f Field) chosen(o Option) bool { return slices.Contains(f.values(), o.Value) }

// fewChoices is how many choices of a group are shown without being asked for.
const fewChoices = 12

func (f Field) anyChosen(options []Option) bool { return slices.ContainsFunc(options, f.chosen) }

func (f Field) errorText() string {
	for _, e := range f.Form.Errors {
		if e.Field == f.Name {
			return e.Text
		}
	}
	return ""
}

func (f Field) id() string { return f.Form.fieldID(f.Name) }

// describedBy lists the elements that explain the field.
func (f Field) describedBy() string {
	s := ""
	if f.errorText() != "" {
		s = f.id() + "-error"
	}
	if f.Help != "" {
		if s != "" {
			s += " "
		}
		s += f.id() + "-help"
	}
	return s
}

// attributes are what every kind of control has in common.
func (f Field) attributes() templ.Attributes {
	a := templ.Attributes{}
	if by := f.describedBy(); by != "" {
		a["aria-describedby"] = by
	}
	if f.errorText() != "" {
		a["aria-invalid"] = "true"
	}
	if f.Autocomplete != "" {
		a["autocomplete"] = f.Autocomplete
	}
	if !f.Optional {
		a["aria-required"] = "true"
	}
	return a
}

func (f Form) fieldID(name string) string {
	id := f.ID
	if id == "" {
		id = "form"
	}
	return id + "-" + name
}

// hidden turns the parameters of an address into hidden fields.
func hidden(q url.Values) (h []Hidden) {
	for _, name := range slices.Sorted(maps.Keys(q)) {
		for _, v := range q[name] {
			h = append(h, Hidden{name, v})
		}
	}
	return h
}

// grouped splits options where their group changes.
func grouped(options []Option) (groups [][]Option) {
	for i, o := range options {
		if i == 0 || o.Group != options[i-1].Group {
			groups = append(groups, nil)
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], o)
	}
	return groups
}

// described is what a group of controls needs of attributes.
func (f Field) described() templ.Attributes {
	if by := f.describedBy(); by != "" {
		return templ.Attributes{"aria-describedby": by}
	}
	return nil
}

// choiceID is the id of one control of several. The first has the id of the
// field, so that a refusal leads to it.
func (f Field) choiceID(group, i int) string {
	if group == 0 && i == 0 {
		return f.id()
	}
	return f.id() + "-" + strconv.Itoa(group) + "-" + strconv.Itoa(i)
}

func (f Field) inputType() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

func (f Field) rows() int {
	if f.Rows == 0 {
		return 3
	}
	return f.Rows
}
