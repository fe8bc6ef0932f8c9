package keys_test

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"koersvast/domain"
	"koersvast/eventstore/keys"
)

type keyStore interface {
	domain.Sealer
	Prepare(...domain.KeyID) error
	Destroy(...domain.KeyID) error
	Generation() uint64
}

var (
	_ keyStore = (*keys.Store)(nil)
	_ keyStore = (*keys.Memory)(nil)
)

const (
	ann  = domain.KeyID("person/ann/profile")
	ann2 = domain.KeyID("person/ann/promise")
	bert = domain.KeyID("person/bert/profile")
)

var (
	text  = []byte("Ik zoek elke maandag om negen uur iemand van de balie op.")
	place = []byte("fact 1, field 0")
)

// files returns where a test's store and key file lie.
func files(t testing.TB) (store, keyFile string) {
	dir := t.TempDir()
	return filepath.Join(dir, "data", "keys.db"), filepath.Join(dir, "data.key")
}

func create(t testing.TB) (s *keys.Store, path, keyFile string) {
	t.Helper()
	path, keyFile = files(t)
	s, err := keys.OpenOrCreate(path, keyFile)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, path, keyFile
}

func seal(t testing.TB, s domain.Sealer, id domain.KeyID) []byte {
	t.Helper()
	b, err := s.Seal(id, text, place)
	if err != nil {
		t.Fatalf("Seal(%s): %v", id, err)
	}
	return b
}

func wantText(t testing.TB, s domain.Sealer, id domain.KeyID, sealed []byte) {
	t.Helper()
	if got, err := s.Open(id, sealed, place); err != nil || !bytes.Equal(got, text) {
		t.Fatalf("Open(%s) = %q, %v; want the text", id, got, err)
	}
}

func wantErased(t testing.TB, s domain.Sealer, id domain.KeyID, sealed []byte) {
	t.Helper()
	if _, err := s.Open(id, sealed, place); !errors.Is(err, domain.ErrErased) {
		t.Fatalf("Open(%s): error %v, want ErrErased", id, err)
	}
}

// wantLoud is for what must never be taken for erased.
func wantLoud(t testing.TB, err error) {
	t.Helper()
	if err == nil || errors.Is(err, domain.ErrErased) {
		t.Fatalf("error %v, want one that is not ErrErased", err)
	}
}

func each(t *testing.T, test func(*testing.T, keyStore)) {
	t.Run("Store", func(t *testing.T) {
		s, _, _ := create(t)
		test(t, s)
	})
	t.Run("Memory", func(t *testing.T) { test(t, new(keys.Memory)) })
}

func TestWhatWasSealedOpens(t *testing.T) {
	each(t, func(t *testing.T, s keyStore) {
		sealed, other := seal(t, s, ann), seal(t, s, bert)
		if bytes.Contains(sealed, text[:8]) {
			t.Error("the text is readable in what was sealed")
		}
		if bytes.Equal(sealed, seal(t, s, ann)) {
			t.Error("the same text was sealed to the same bytes twice")
		}
		wantText(t, s, ann, sealed)
		wantText(t, s, bert, other)
	})
}

func TestAMovedOrChangedTextDoesNotOpen(t *testing.T) {
	each(t, func(t *testing.T, s keyStore) {
		sealed := seal(t, s, ann)
		seal(t, s, bert)
		_, err := s.Open(ann, sealed, []byte("fact 2, field 0"))
		wantLoud(t, err)
		_, err = s.Open(bert, sealed, place)
		wantLoud(t, err)
		for i := range sealed {
			broken := bytes.Clone(sealed)
			broken[i] ^= 1
			_, err = s.Open(ann, broken, place)
			wantLoud(t, err)
		}
		_, err = s.Open(ann, sealed[:5], place)
		wantLoud(t, err)
	})
}

func TestADestroyedKeyErasesItsTextsAndNoOthers(t *testing.T) {
	each(t, func(t *testing.T, s keyStore) {
		sealed, promise, other := seal(t, s, ann), seal(t, s, ann2), seal(t, s, bert)
		for range 2 { // the second time changes nothing
			if err := s.Destroy(ann); err != nil {
				t.Fatal(err)
			}
			wantErased(t, s, ann, sealed)
		}
		wantText(t, s, ann2, promise)
		wantText(t, s, bert, other)
	})
}

func TestADestroyedNameNeverGetsAnotherKey(t *testing.T) {
	each(t, func(t *testing.T, s keyStore) {
		seal(t, s, ann)
		if err := s.Destroy(ann, bert); err != nil { // bert never had one
			t.Fatal(err)
		}
		if err := s.Prepare(ann, bert, ann2); err != nil {
			t.Fatal(err)
		}
		for _, id := range []domain.KeyID{ann, bert} {
			if _, err := s.Seal(id, text, place); !errors.Is(err, domain.ErrErased) {
				t.Errorf("Seal(%s): error %v, want ErrErased", id, err)
			}
		}
		wantText(t, s, ann2, seal(t, s, ann2))
	})
}

func TestAMissingKeyIsNotAnErasedOne(t *testing.T) {
	each(t, func(t *testing.T, s keyStore) {
		sealed := seal(t, s, ann)
		_, err := s.Open("person/nobody/profile", sealed, place)
		wantLoud(t, err)
		if !errors.Is(err, keys.ErrUnreadable) {
			t.Errorf("error %v, want ErrUnreadable", err)
		}
	})
}

func TestTheGenerationChangesWhenAKeyIsDestroyedAndOnlyThen(t *testing.T) {
	each(t, func(t *testing.T, s keyStore) {
		before := s.Generation()
		sealed := seal(t, s, ann)
		wantText(t, s, ann, sealed)
		if err := s.Prepare(bert); err != nil {
			t.Fatal(err)
		}
		if got := s.Generation(); got != before {
			t.Errorf("generation went from %d to %d without a destruction", before, got)
		}
		if err := s.Destroy(ann); err != nil {
			t.Fatal(err)
		}
		after := s.Generation()
		if after == before {
			t.Errorf("generation stayed %d after a destruction", before)
		}
		if err := s.Destroy(ann); err != nil {
			t.Fatal(err)
		}
		if got := s.Generation(); got != after {
			t.Errorf("generation went from %d to %d though the key was gone", after, got)
		}
	})
}

func TestManyAtOnceSeeOneKeyAName(t *testing.T) {
	each(t, func(t *testing.T, s keyStore) {
		type result struct {
			id     domain.KeyID
			sealed []byte
			err    error
		}
		results := make(chan result)
		for i := range 64 {
			go func() {
				id := domain.KeyID(fmt.Sprintf("person/%d/profile", i%4))
				sealed, err := s.Seal(id, text, place)
				results <- result{id, sealed, err}
			}()
		}
		var all []result
		for range 64 {
			all = append(all, <-results)
		}
		for _, r := range all {
			if r.err != nil {
				t.Fatal(r.err)
			}
			wantText(t, s, r.id, r.sealed)
		}
	})
}
