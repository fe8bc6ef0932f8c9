package domain

import (
	"errors"
	"fmt"
	"strings"
)

// A Kind classifies errors by what the asker can do about them.
type Kind uint8

const (
	Internal    Kind = iota // nothing; it is our fault
	Invalid                 // correct the input
	NotFound                // look elsewhere
	Forbidden               // ask someone else
	Conflict                // look again, things have moved on
	Unavailable             // try again in a moment
)

// An Error is an answer to the asker: a kind for machines, a code that never
// changes for clients and translations, and a sentence for developers. The
// sentence for people stands in the locale files, under the code.
type Error struct {
	Kind  Kind
	Code  string
	Text  string
	Field string // the input it is about, if any
}

func (e *Error) Error() string {
	if e.Field != "" {
		return fmt.Sprintf("%s: %s (%s)", e.Field, e.Text, e.Code)
	}
	return fmt.Sprintf("%s (%s)", e.Text, e.Code)
}

// Is makes errors with the same code the same error, whatever their field.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// On returns a copy of e that is about the named input.
func (e *Error) On(field string) *Error {
	c := *e
	c.Field = field
	return &c
}

// Refuse makes an Error. Concept packages declare theirs as variables, so
// that every refusal of the programme can be listed and tested.
func Refuse(k Kind, code, text string) *Error {
	return &Error{Kind: k, Code: code, Text: text}
}

// Refusals are several answers at once, one a field, in the order of the form.
type Refusals []*Error

func (r Refusals) Error() string {
	lines := make([]string, len(r))
	for i, e := range r {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "; ")
}

// Unwrap makes [errors.Is] find each of them.
func (r Refusals) Unwrap() []error {
	errs := make([]error, len(r))
	for i, e := range r {
		errs[i] = e
	}
	return errs
}

// All returns what is refused among errs as one error: nil when nothing is.
func All(errs ...*Error) error {
	var refused Refusals
	for _, e := range errs {
		if e != nil {
			refused = append(refused, e)
		}
	}
	if len(refused) == 0 {
		return nil
	}
	return refused
}

// RefusalsIn returns the answers to the asker in err, none if it is our fault.
func RefusalsIn(err error) Refusals {
	if r, ok := errors.AsType[Refusals](err); ok {
		return r
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return Refusals{e}
	}
	return nil
}

// KindOf reports the kind of err; errors that are no answers are Internal.
func KindOf(err error) Kind {
	if r := RefusalsIn(err); len(r) > 0 {
		return r[0].Kind
	}
	return Internal
}

// What any concept can refuse.
var (
	ErrNotFound   = Refuse(NotFound, "not_found", "there is nothing here")
	ErrRequired   = Refuse(Invalid, "required", "this is needed")
	ErrTooLong    = Refuse(Invalid, "too_long", "this is too long")
	ErrBadID      = Refuse(Invalid, "bad_id", "this is no identifier")
	ErrNotADay    = Refuse(Invalid, "not_a_day", "this is no day of the calendar")
	ErrNotATime   = Refuse(Invalid, "not_a_time", "this is no time of the day")
	ErrNoParty    = Refuse(Invalid, "no_party", "this is nobody in the programme")
	ErrNotAllowed = Refuse(Forbidden, "not_allowed", "your role does not allow this")
)

// How long texts may be, in characters.
const (
	NameLength = 200
	TextLength = 4000
)

// Needed refuses a text that is empty or longer than max characters.
func Needed(field, text string, max int) *Error {
	if strings.TrimSpace(text) == "" {
		return ErrRequired.On(field)
	}
	return Optional(field, text, max)
}

// Optional refuses a text that is longer than max characters.
func Optional(field, text string, max int) *Error {
	if len(text) > max && len([]rune(text)) > max {
		return ErrTooLong.On(field)
	}
	return nil
}

// Identifies refuses an identifier that is none.
func Identifies[ID ~string](field string, id ID) *Error {
	if !ValidID(string(id)) {
		return ErrBadID.On(field)
	}
	return nil
}
