package projections_test

import (
	"context"
	"testing"

	"koersvast/domain"
	"koersvast/projections"
	"koersvast/projections/projectionstest"
)

func many(n int) []domain.Record {
	acts := make([]domain.Record, n)
	for i := range acts {
		acts[i] = projectionstest.Act(domain.Stream{Kind: "tally", ID: "t"}, "2026-03-02", "anna", counted{string(rune('a' + i%7)), i})
	}
	return acts
}

func TestWhatIsAppliedCanBeRead(t *testing.T) {
	src := projectionstest.Facts("tide", many(3)...)
	r := projectionstest.Read(t, src, tally, people)
	var n int
	if err := r.QueryRowContext(context.Background(), `SELECT sum(n) FROM tally WHERE programme = 'tide'`).Scan(&n); err != nil || n != 3 {
		t.Errorf("the sum is %d (%v), want 3", n, err)
	}
}

func TestLiveTablesEqualRebuiltOnes(t *testing.T) {
	projectionstest.LiveEqualsRebuilt(t, projectionstest.Facts("tide", many(300)...), []projections.Model{tally, people}...)
}
