package programme_test

import (
	"bytes"
	"crypto/ecdh"
	"encoding/base64"
	"strings"
	"testing"

	"koersvast/domain"
	"koersvast/domain/domaintest"
	"koersvast/domain/programme"
)

func TestTheKeyOfWhatPeopleAnswer(t *testing.T) {
	private, err := ecdh.P256().NewPrivateKey(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	var (
		public  = domain.Bytes(base64.StdEncoding.EncodeToString(private.PublicKey().Bytes()))
		coach   = domain.Act{By: "dirk", At: bram.At}
		coaches = append(begun[:len(begun):len(begun)], dirk, programme.RolesGiven{ID: "dirk", Roles: []domain.Role{domain.Coach}})
		held    = programme.KeyHeld{Person: "dirk", Public: public, Wrapped: profile("dirk", "wrapped")}
		when    = programme.HoldKey{Programme: "dichtbij", Public: public, Wrapped: "wrapped"}
	)
	domaintest.Check(t, []rule{
		{Name: "a coach holds one", Given: coaches, By: coach, When: when, Then: facts{held}},
		{Name: "and takes another when the passphrase is lost", Given: append(coaches, held), By: coach, When: when, Then: facts{held}},
		{Name: "nobody else does", Given: coaches, By: bram, When: when, Err: programme.ErrCoachesOnly},
		{Name: "nor somebody who is not there", Given: begun, By: coach, When: when, Err: programme.ErrUnknownPerson},
		{
			Name: "what is no key is refused", Given: coaches, By: coach,
			When: programme.HoldKey{Programme: "dichtbij", Public: public[:80], Wrapped: "wrapped"},
			Err:  programme.ErrBadKey, Field: "public",
		},
		{
			Name: "the private half comes with it", Given: coaches, By: coach,
			When: programme.HoldKey{Programme: "dichtbij", Public: public},
			Err:  programme.ErrBadKey, Field: "wrapped",
		},
		{
			Name: "and is no longer than a key", Given: coaches, By: coach,
			When: programme.HoldKey{Programme: "dichtbij", Public: public, Wrapped: strings.Repeat("x", 2000)},
			Err:  programme.ErrBadKey, Field: "wrapped",
		},
	})
}
