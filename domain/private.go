package domain

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
)

// A KeyID names the key that seals a text: its owner and its purpose, so that
// destroying one key erases what one person said for one purpose, and no more.
type KeyID string

// A Purpose is why a text about a person is kept.
type Purpose string

const (
	Profile  Purpose = "profile"        // who somebody is
	Promises Purpose = "promise"        // what somebody promises, expects and explains
	Opinions Purpose = "feedback"       // what others say of somebody when they are asked
	Coaching Purpose = "coaching"       // what is said about somebody's coaching, whoever says it
	OwnNotes Purpose = "coaching-notes" // what somebody notes about a coaching for their own eyes
)

// KeyOf names the key of a person's texts for one purpose.
func KeyOf(p PersonID, why Purpose) KeyID { return KeyID("person/" + string(p) + "/" + string(why)) }

// Private is text by or about a person. It does not print, log or marshal in
// the clear: a fact that forgets to seal one of its texts cannot be written.
// The zero Private is no text.
type Private struct {
	key    KeyID
	text   *string // a pointer, because fmt asks no method of what stands in an unexported field
	sealed []byte
	erased bool
}

// Say makes a private text that is to be sealed under key.
func Say(key KeyID, text string) Private {
	if text == "" {
		return Private{}
	}
	return Private{key: key, text: &text}
}

// Key names the key that seals p.
func (p Private) Key() KeyID { return p.key }

// Reveal returns the text, and whether it can still be read: it cannot once
// its key has been destroyed.
func (p Private) Reveal() (text string, ok bool) {
	if p.text != nil {
		text = *p.text
	}
	return text, !p.erased
}

// Equal reports whether p and q are the same text under the same key.
func (p Private) Equal(q Private) bool {
	a, readable := p.Reveal()
	b, too := q.Reveal()
	return p.key == q.key && a == b && readable == too
}

const hidden = "[private]"

func (p Private) String() string             { return hidden }
func (p Private) GoString() string           { return hidden }
func (p Private) LogValue() slog.Value       { return slog.StringValue(hidden) }
func (p Private) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(hidden)) }

// A Sealer encrypts under the key of a name. Context is bound to the result:
// what was sealed in one place does not open in another. Open returns
// [ErrErased] once the key has been destroyed. An error of kind [Unavailable]
// is about the key alone; any other is about what was sealed.
type Sealer interface {
	Seal(key KeyID, text, context []byte) ([]byte, error)
	Open(key KeyID, sealed, context []byte) ([]byte, error)
}

// ErrErased means that a key has been destroyed, and all it sealed with it.
var ErrErased = errors.New("domain: personal text erased")

// HasPrivate is implemented by pointers to facts with private texts: it lists
// all of them, always in the same order.
type HasPrivate interface {
	Private() []*Private
}

// texts returns the private texts of the fact that e points to.
func texts(e any) []*Private {
	if h, ok := e.(HasPrivate); ok {
		return h.Private()
	}
	return nil
}

// place is what a text's seal is bound to: the fact and the field.
func place(fact, name string, field int) []byte {
	return []byte("fact/1\x00" + fact + "\x00" + name + "\x00" + strconv.Itoa(field))
}

func (p *Private) seal(s Sealer, context []byte) (err error) {
	if p.text == nil {
		return nil
	}
	p.sealed, err = s.Seal(p.key, []byte(*p.text), context)
	return err
}

func (p *Private) open(s Sealer, context []byte) error {
	if p.sealed == nil {
		return nil
	}
	b, err := s.Open(p.key, p.sealed, context)
	switch {
	case errors.Is(err, ErrErased):
		p.erased = true
	case err != nil:
		return err
	default:
		text := string(b)
		p.text = &text
	}
	return nil
}

// sealedText is how a private text stands in the log.
type sealedText struct {
	Key    KeyID  `json:"k"`
	Sealed []byte `json:"c"` // nonce, ciphertext, tag
}

// IsZero leaves texts that are empty out of a fact that is marked omitzero.
func (p Private) IsZero() bool { return p.text == nil && p.sealed == nil }

// MarshalJSON writes the sealed form, and fails where there is none.
func (p Private) MarshalJSON() ([]byte, error) {
	if p.text != nil && p.sealed == nil {
		return nil, fmt.Errorf("domain: a text of %s is not sealed", p.key)
	}
	return json.Marshal(sealedText{p.key, p.sealed})
}

// UnmarshalJSON reads the sealed form.
func (p *Private) UnmarshalJSON(b []byte) error {
	var v sealedText
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	*p = Private{key: v.Key, sealed: v.Sealed}
	return nil
}
