package projectionstest

import "koersvast/domain"

// Erased is a text of which the key has been destroyed.
func Erased(key domain.KeyID) domain.Private {
	remarks := domain.TypeOf[remark]()
	b, err := remarks.Encode(remark{domain.Say(key, "gone")}, "", destroyed{})
	if err != nil {
		panic(err) // nothing is sealed here that could fail
	}
	e, err := remarks.Decode(b, "", destroyed{})
	if err != nil {
		panic(err)
	}
	return e.(remark).Text
}

// A remark is a fact of one private text.
type remark struct {
	Text domain.Private `json:"text,omitzero"`
}

func (remark) EventName() string             { return "projectionstest.remark" }
func (r *remark) Private() []*domain.Private { return []*domain.Private{&r.Text} }

// destroyed is a sealer whose keys are gone by the time that they are asked for.
type destroyed struct{}

func (destroyed) Seal(_ domain.KeyID, text, _ []byte) ([]byte, error) { return text, nil }
func (destroyed) Open(domain.KeyID, []byte, []byte) ([]byte, error)   { return nil, domain.ErrErased }
