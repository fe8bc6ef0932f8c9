package index_test

import (
	"path/filepath"
	"testing"

	"koersvast/eventstore/index"
)

func TestAReaderReadsWhatAnotherProcessIndexes(t *testing.T) {
	file := filepath.Join(t.TempDir(), "index?#%.db")
	if _, err := index.OpenReader(t.Context(), file); err == nil {
		t.Error("an index that is not there opens")
	}
	x := open(t, file, filled(t))
	r, err := index.OpenReader(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close() //nolint:errcheck // of a test
	if got := positions(t, r.Messages(t.Context(), 0)); got != "" {
		t.Errorf("a new index holds %q", got)
	}
	catchUp(t, x)
	if got := positions(t, r.Messages(t.Context(), 0)); got != "1 2 3 4 5 6" {
		t.Errorf("all programmes together: %q, want them in the order of the log", got)
	}
	if got := positions(t, r.Messages(t.Context(), 4)); got != "5 6" {
		t.Errorf("after 4: %q, want 5 6", got)
	}
}
