package main

import (
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"koersvast/domain"
	"koersvast/domain/evidence"
	"koersvast/eventstore"
)

// TestWhatWasWithdrawnCanNeverBeReadAgain withdraws the consent of one of two
// interviews, and looks for what was said in the log.
func TestWhatWasWithdrawnCanNeverBeReadAgain(t *testing.T) {
	t.Parallel()
	a, err := openApp(t.Context(), storage{Data: filepath.Join(t.TempDir(), "data")}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()
	acts := 0
	do := func(cmd domain.Command[evidence.State]) {
		t.Helper()
		acts++
		act := domain.Act{ID: domain.ActID(fmt.Sprint("act-", acts)), Programme: "tide", By: "farah", At: time.Now()}
		if _, err := eventstore.Execute(t.Context(), a.store, act, cmd); err != nil {
			t.Fatalf("%T: %v", cmd, err)
		}
	}
	for _, id := range []domain.SourceID{"i1", "i2"} {
		do(evidence.PlanInterview{ID: id, Group: domain.Employee, Day: "2026-03-02"})
		do(evidence.RecordConsent{ID: id, On: "2026-03-02"})
		do(evidence.HoldInterview{ID: id, On: "2026-03-02"})
		do(evidence.AddFragment{ID: id, Fragment: "f1", Text: "Ik ging mee."})
	}
	do(evidence.WithdrawConsent{ID: "i1"})
	if err := a.views.CatchUp(t.Context(), a.log); err != nil {
		t.Fatal(err)
	}
	gone := map[domain.KeyID]bool{}
	for range 2 { // it can be done again
		if err := a.erase(t.Context(), gone); err != nil {
			t.Fatal(err)
		}
	}
	a.store.Forget()
	for id, want := range map[domain.SourceID]bool{"i1": false, "i2": true} {
		for rec, err := range a.log.Stream(t.Context(), domain.Stream{Programme: "tide", Kind: "evidence", ID: string(id)}, 0) {
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range rec.Events {
				if added, ok := e.(evidence.FragmentAdded); ok {
					if _, readable := added.Text.Reveal(); readable != want {
						t.Errorf("what was said in %s is readable: %v, want %v", id, readable, want)
					}
				}
			}
		}
	}
}
