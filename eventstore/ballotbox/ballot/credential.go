package ballot

import (
	"crypto"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"errors"
	"fmt"
	"slices"

	"github.com/cloudflare/circl/blindsign/blindrsa"
)

// An Issuer holds the private key of one box, with which credentials are
// signed unseen. Whoever holds it can make credentials at will.
type Issuer struct{ key *rsa.PrivateKey }

// NewIssuer makes a key, in about an eighth of a second.
func NewIssuer() (*Issuer, error) {
	key, err := rsa.GenerateKey(rand.Reader, 8*SignatureSize)
	if err != nil {
		return nil, fmt.Errorf("ballot: key of an issuer: %w", err)
	}
	return &Issuer{key}, nil
}

// ReadIssuer reads what [Issuer.Private] returns.
func ReadIssuer(b []byte) (*Issuer, error) {
	k, err := x509.ParsePKCS8PrivateKey(b)
	if err != nil {
		return nil, fmt.Errorf("ballot: key of an issuer: %w", err)
	}
	key, ok := k.(*rsa.PrivateKey)
	if !ok {
		return nil, errors.New("ballot: the key of an issuer is no RSA key")
	}
	return &Issuer{key}, nil
}

// Private returns the private key, as PKCS #8.
func (i *Issuer) Private() ([]byte, error) { return x509.MarshalPKCS8PrivateKey(i.key) }

// Public returns the public key, as it stands in the manifest.
func (i *Issuer) Public() ([]byte, error) { return x509.MarshalPKIXPublicKey(&i.key.PublicKey) }

// Sign signs a blinded message, of which it learns nothing. The same message
// gets the same signature. It refuses with [ErrSize] and [ErrInvalid].
func (i *Issuer) Sign(blinded []byte) ([]byte, error) {
	if len(blinded) != i.key.Size() {
		return nil, ErrSize
	}
	signed, err := blindrsa.NewSigner(i.key).BlindSign(blinded)
	if errors.Is(err, blindrsa.ErrInvalidMessageLength) {
		return nil, ErrInvalid // larger than the modulus
	}
	if err != nil {
		return nil, fmt.Errorf("ballot: signing: %w", err)
	}
	return signed, nil
}

// Secret returns a secret of the box for another purpose than signing. It
// ends with the key.
func (i *Issuer) Secret(box BoxID, purpose string) ([]byte, error) {
	return hkdf.Key(sha256.New, i.key.D.FillBytes(make([]byte, i.key.Size())), box[:], purpose, sha256.Size)
}

// A Request is what a rater has to keep until the credential has come: sent
// again, the same blinded message is answered again.
type Request struct {
	Blinded []byte // what is sent, SignatureSize

	box      BoxID
	prepared []byte
	client   blindrsa.Client
	state    blindrsa.State
}

// Ask makes a request for a credential, to be sent by somebody who is signed
// in. The caller has compared the manifest's id with the one in the log.
func Ask(m Manifest) (*Request, error) {
	pub, err := m.issuer()
	if err != nil {
		return nil, err
	}
	client, err := blindrsa.NewClient(blindrsa.SHA384PSSRandomized, pub)
	if err != nil {
		return nil, fmt.Errorf("ballot: asking: %w", err)
	}
	r := &Request{box: m.ID(), client: client}
	token := make([]byte, 32)
	_, _ = rand.Read(token) // never fails
	if r.prepared, err = client.Prepare(rand.Reader, slices.Concat([]byte(ballotPrefix), r.box[:], token)); err != nil {
		return nil, fmt.Errorf("ballot: asking: %w", err)
	}
	if r.Blinded, r.state, err = client.Blind(rand.Reader, r.prepared); err != nil {
		return nil, fmt.Errorf("ballot: asking: %w", err)
	}
	return r, nil
}

// Credential makes the credential of what the issuer signed. It refuses with
// [ErrInvalid] when that was not signed with the key in the manifest.
func (r *Request) Credential(signed []byte) (Credential, error) {
	signature, err := r.client.Finalize(r.state, signed)
	if err != nil {
		return Credential{}, ErrInvalid
	}
	return Credential{r.prepared, signature}, nil
}

// Verify refuses a credential that was not given out for the box of the
// manifest, with [ErrSize], [ErrWrongBox] or [ErrInvalid].
func (c Credential) Verify(m Manifest) error {
	if len(c.Prepared) != PreparedSize || len(c.Signature) != SignatureSize {
		return ErrSize
	}
	if string(c.Prepared[32:][:len(ballotPrefix)]) != ballotPrefix {
		return ErrInvalid
	}
	if c.Box() != m.ID() {
		return ErrWrongBox
	}
	pub, err := m.issuer()
	if err != nil {
		return err
	}
	return verify(pub, c.Prepared, c.Signature)
}

// verify is what RFC 9474 asks of a verifier: plain RSASSA-PSS.
func verify(pub *rsa.PublicKey, prepared, signature []byte) error {
	digest := sha512.Sum384(prepared)
	if rsa.VerifyPSS(pub, crypto.SHA384, digest[:], signature, &rsa.PSSOptions{SaltLength: sha512.Size384}) != nil {
		return ErrInvalid
	}
	return nil
}
