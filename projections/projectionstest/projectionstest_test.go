package projectionstest_test

import (
	"testing"

	"koersvast/domain"
	"koersvast/projections"
	"koersvast/projections/projectionstest"
)

type happened struct{}

func (happened) EventName() string { return "test.happened" }

// A recorder notes that a test would have failed.
type recorder struct {
	testing.TB
	failed bool
}

func (r *recorder) Errorf(string, ...any) { r.failed = true }

func TestAModelThatRemembersOutsideItsTablesIsFound(t *testing.T) {
	var seen int
	forgetful := projections.Model{
		Name:   "forgetful/1",
		Schema: `CREATE TABLE forgetful (programme TEXT NOT NULL, position INTEGER NOT NULL, seen INTEGER NOT NULL, PRIMARY KEY (programme, position)) STRICT`,
		Apply: func(tx *projections.Tx, rec domain.Record) error {
			seen++
			return tx.Exec(`INSERT INTO forgetful VALUES (?, ?, ?)`, rec.Programme, rec.Position, seen)
		},
	}
	log := projectionstest.Facts("tide", projectionstest.Act(domain.Stream{Kind: "test", ID: "t"}, "2026-03-02", "anna", happened{}))
	r := &recorder{TB: t}
	projectionstest.LiveEqualsRebuilt(r, log, forgetful)
	if !r.failed {
		t.Error("tables that differ were found to be equal")
	}
}

func TestWhatAnActDoesNotSayIsFilledIn(t *testing.T) {
	log := projectionstest.Facts("tide",
		projectionstest.Act(domain.Stream{Kind: "test", ID: "t"}, "2026-03-02", "anna", happened{}),
		domain.Record{Position: 7, Stream: domain.Stream{Programme: "ebb"}},
	)
	var positions []domain.Position
	for rec, err := range log.After(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		positions = append(positions, rec.Position)
		if rec.ID == "" || rec.Programme == "" || rec.Programme != rec.Stream.Programme {
			t.Errorf("act %+v lacks something", rec)
		}
	}
	if len(positions) != 2 || positions[0] != 1 || positions[1] != 7 {
		t.Errorf("acts stand at %v, want 1 and 7", positions)
	}
	for rec := range log.After(t.Context(), 1) {
		if rec.Programme != "ebb" || rec.Position != 7 {
			t.Errorf("after 1 comes %+v, want the second act", rec)
		}
	}
}
