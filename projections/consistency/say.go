package consistency

import (
	"regexp"
	"strings"

	"koersvast/domain"
)

// A Voice puts into words of one language what a message knows as an id, a
// number or a day.
type Voice interface {
	Language() string    // "nl" or "en"
	Thing(Object) string // what it is called, or what it says
	Number(float64) string
	Day(domain.Day) string
}

var placeholder = regexp.MustCompile(`\{[a-z_]+\}`)

// Say returns what a finding of this rule says.
func (r Rule) Say(f Finding, v Voice) string {
	message, other := r.Variants[f.Variant]
	if !other {
		message = r.Message
	}
	return fill(message.In(v.Language()), func(name string) (string, bool) {
		if x, ok := f.Values[name]; ok {
			return v.Number(x), true
		}
		if d, ok := f.Days[name]; ok {
			return v.Day(d), true
		}
		if o, ok := f.Things[name]; ok {
			if term, own := r.Terms[o.ID]; own && o == Term(o.ID) {
				return term.In(v.Language()), true
			}
			return quoted(v.Thing(o)), true
		}
		return quoted(v.Thing(f.Object)), name == f.Object.Kind
	})
}

// quoted is what somebody said as a part of another sentence, which has a full
// stop of its own.
func quoted(text string) string { return strings.TrimSuffix(text, ".") }

// Explain returns when this rule finds something, with the numbers that a
// programme has set.
func (r Rule) Explain(set Params, v Voice) string {
	p := r.With(set)
	return fill(r.Condition.In(v.Language()), func(name string) (string, bool) {
		x, ok := p[name]
		return v.Number(x), ok
	})
}

// fill puts something in the place of each {name}. What nobody knows stays as
// it is.
func fill(text string, of func(name string) (string, bool)) string {
	return placeholder.ReplaceAllStringFunc(text, func(hole string) string {
		if said, ok := of(hole[1 : len(hole)-1]); ok {
			return said
		}
		return hole
	})
}
