package keys

import "testing"

// Pragmas reads settings of the store's own connection.
func (s *Store) Pragmas(t *testing.T, names map[string]string) map[string]string {
	got := map[string]string{}
	for name := range names {
		var v string
		if err := s.db.QueryRow("PRAGMA " + name).Scan(&v); err != nil {
			t.Fatal(err)
		}
		got[name] = v
	}
	return got
}

// Forget makes the store read keys from its file again.
func (s *Store) Forget() { s.opened.Purge() }

// Changes counts the writes to the store's file.
func (s *Store) Changes(t *testing.T) uint32 {
	n, err := s.changeCounter()
	if err != nil {
		t.Fatal(err)
	}
	return n
}
