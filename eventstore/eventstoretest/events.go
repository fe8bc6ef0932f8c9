package eventstoretest

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"

	"koersvast/domain"
)

// Notes is the state of a stream of the suite: what was noted there.
type Notes []string

// Noted is a fact of the suite.
type Noted struct{ Text string }

// Whispered is a fact with a private text.
type Whispered struct{ Text domain.Private }

// Garbled is a fact that can be written and never read.
type Garbled struct{}

func (Noted) EventName() string     { return "test.noted" }
func (Whispered) EventName() string { return "test.whispered" }
func (Garbled) EventName() string   { return "test.garbled" }

func (e Noted) Evolve(n Notes) Notes   { return append(slices.Clip(n), e.Text) }
func (Whispered) Evolve(n Notes) Notes { return append(slices.Clip(n), "…") }
func (Garbled) Evolve(n Notes) Notes   { return n }

// Private implements [domain.HasPrivate].
func (e *Whispered) Private() []*domain.Private { return []*domain.Private{&e.Text} }

// UnmarshalJSON fails.
func (*Garbled) UnmarshalJSON([]byte) error { return errors.New("nobody can read this") }

var _ json.Unmarshaler = (*Garbled)(nil)

// Events lists the facts of the suite.
func Events() []domain.EventType {
	return []domain.EventType{
		domain.TypeOf[Noted]().Published(),
		domain.TypeOf[Whispered](),
		domain.TypeOf[Garbled](),
	}
}

// Book names a stream of the suite.
func Book(id string) domain.Stream { return domain.Stream{Kind: "book", ID: id} }

// Note is a command that adds a text to a book.
type Note struct{ Book, Text string }

// Stream implements [domain.Command].
func (c Note) Stream() domain.Stream { return Book(c.Book) }

// Decide implements [domain.Command]: a text that is there already changes
// nothing, and a closed book takes no more.
func (c Note) Decide(n Notes, _ domain.Act) ([]domain.EventOf[Notes], error) {
	switch {
	case slices.Contains(n, "closed"):
		return nil, ErrClosed
	case slices.Contains(n, c.Text):
		return nil, nil
	}
	return []domain.EventOf[Notes]{Noted{c.Text}}, nil
}

// Open is the condition that a book is not closed.
type Open struct{ Book string }

// Stream implements [domain.Condition].
func (c Open) Stream() domain.Stream { return Book(c.Book) }

// Holds implements [domain.Condition].
func (c Open) Holds(n Notes) error {
	if slices.Contains(n, "closed") {
		return ErrClosed
	}
	return nil
}

// ErrClosed refuses what a closed book refuses.
var ErrClosed = domain.Refuse(domain.Conflict, "test_closed", "this book is closed")

// A Vault is a Sealer in memory.
type Vault struct {
	mu   sync.Mutex
	keys map[domain.KeyID]cipher.AEAD // nil once destroyed
}

// NewVault returns an empty vault, which makes keys as they are asked for.
func NewVault() *Vault { return &Vault{keys: map[domain.KeyID]cipher.AEAD{}} }

// Destroy destroys a key.
func (v *Vault) Destroy(key domain.KeyID) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.keys[key] = nil
}

func (v *Vault) key(id domain.KeyID) (cipher.AEAD, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	k, ok := v.keys[id]
	if !ok {
		b := make([]byte, 32)
		_, _ = rand.Read(b) // never fails
		block, err := aes.NewCipher(b)
		if err != nil {
			return nil, err
		}
		if k, err = cipher.NewGCMWithRandomNonce(block); err != nil {
			return nil, err
		}
		v.keys[id] = k
	}
	if k == nil {
		return nil, fmt.Errorf("%s: %w", id, domain.ErrErased)
	}
	return k, nil
}

// Seal implements [domain.Sealer].
func (v *Vault) Seal(id domain.KeyID, text, context []byte) ([]byte, error) {
	k, err := v.key(id)
	if err != nil {
		return nil, err
	}
	return k.Seal(nil, nil, text, context), nil
}

// Open implements [domain.Sealer].
func (v *Vault) Open(id domain.KeyID, sealed, context []byte) ([]byte, error) {
	k, err := v.key(id)
	if err != nil {
		return nil, err
	}
	return k.Open(nil, nil, sealed, context)
}
