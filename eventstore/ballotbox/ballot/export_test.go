package ballot

import "crypto/rsa"

// IssuerWith returns an issuer with a key of any size: that of the RFC's
// example has 4096 bits.
func IssuerWith(key *rsa.PrivateKey) *Issuer { return &Issuer{key} }

// Verify is what checks the signature of a credential.
var Verify = verify
