package programme

import (
	"crypto/ecdh"
	"encoding/base64"
	"slices"

	"koersvast/domain"
)

// HoldKey is how a coach takes charge of what people answer in rounds: answers
// are sealed so that nobody opens them without this key. Its private half is
// made in the coach's browser and wrapped there under a passphrase that nobody
// else knows; it comes here wrapped.
type HoldKey struct {
	Programme domain.ProgrammeID
	Public    domain.Bytes // a point of P-256, uncompressed (SEC 1)
	Wrapped   string       // the private half under the passphrase, as the browser wrote it
}

// longestWrapped is far more than a wrapped key needs.
const longestWrapped = 1024

func (c HoldKey) Stream() domain.Stream { return Home(c.Programme) }

func (c HoldKey) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.present(act.By)); err != nil {
		return nil, err
	}
	if !slices.Contains(s.people[act.By].roles, domain.Coach) {
		return nil, ErrCoachesOnly
	}
	point, err := base64.StdEncoding.DecodeString(string(c.Public))
	if err == nil {
		_, err = ecdh.P256().NewPublicKey(point)
	}
	if err != nil {
		return nil, ErrBadKey.On("public")
	}
	if c.Wrapped == "" || len(c.Wrapped) > longestWrapped {
		return nil, ErrBadKey.On("wrapped")
	}
	return []Event{KeyHeld{act.By, c.Public, domain.Say(domain.KeyOf(act.By, domain.Profile), c.Wrapped)}}, nil
}

// KeyHeld says with which key a coach opens the answers of rounds from now on.
// Those that are open stay with the one before.
type KeyHeld struct {
	Person  domain.PersonID `json:"person"`
	Public  domain.Bytes    `json:"public"`
	Wrapped domain.Private  `json:"wrapped,omitzero"`
}

func (KeyHeld) EventName() string { return "programme.key_held" }

func (KeyHeld) Evolve(s State) State { return s }

func (e *KeyHeld) Private() []*domain.Private { return []*domain.Private{&e.Wrapped} }
