package main

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"koersvast/domain"
	"koersvast/domain/programme"
	"koersvast/eventstore"
)

// TestEventsAreFollowed follows a log that another process has open.
func TestEventsAreFollowed(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	a, err := openApp(t.Context(), storage{Data: data}, logging{}.logger(t.Output()))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close() //nolint:errcheck // of a test
	if err := a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}

	follow := exec.CommandContext(t.Context(), "koersvast", "events", "--data", data, "--follow", "--json", "--reveal")
	out, err := follow.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := follow.Start(); err != nil {
		t.Fatal(err)
	}
	lines := json.NewDecoder(out)
	for _, step := range []struct {
		cmd  domain.Command[programme.State]
		want []string
	}{
		{programme.Start{ID: "p-1", Name: "Dichtbij", Lead: "lead", LeadName: "Sanne"}, []string{
			`{"id":"p-1","name":"Dichtbij"}`,
			`{"id":"lead","name":"Sanne","roles":["lead"]}`,
		}},
		{programme.Rename{ID: "p-1", Name: "Vooruit"}, []string{`{"id":"p-1","name":"Vooruit"}`}},
	} {
		act := domain.Act{ID: domain.ActID(newID()), Programme: "p-1", By: "lead", At: time.Now()}
		if _, err := eventstore.Execute(t.Context(), a.store, act, step.cmd); err != nil {
			t.Fatal(err)
		}
		for _, want := range step.want {
			var got line
			if err := lines.Decode(&got); err != nil {
				t.Fatal(err)
			}
			if got.Act != act.ID || string(got.Data) != want {
				t.Errorf("%s of act %s, want %s of act %s", got.Data, got.Act, want, act.ID)
			}
		}
	}
	if err := follow.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if err := follow.Wait(); err != nil {
		t.Errorf("interrupted, it ended with %v", err)
	}
}
