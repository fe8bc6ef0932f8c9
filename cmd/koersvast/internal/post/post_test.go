package post_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"koersvast/cmd/koersvast/internal/post"
	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
)

func TestAReminderTakesThePlaceOfAnEarlierOne(t *testing.T) {
	o, err := post.Open(filepath.Join(t.TempDir(), "outbox.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close() //nolint:errcheck // of a temporary file
	everybody := []domain.PersonID{"anna", "bram"}
	put := func(nth int) {
		t.Helper()
		if err := o.Put(t.Context(), "tij", "r1", nth, everybody); err != nil {
			t.Fatal(err)
		}
	}
	want := func(want ...string) {
		t.Helper()
		waiting, err := o.Waiting(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]bool{}
		for _, m := range waiting {
			got[fmt.Sprint(m.Person, m.Nth)] = true
		}
		expected := map[string]bool{}
		for _, w := range want {
			expected[w] = true
		}
		if diff := cmp.Diff(expected, got); diff != "" {
			t.Errorf("waiting (-want +got):\n%s", diff)
		}
	}
	put(post.Invitation)
	put(post.Invitation) // once is enough
	want("anna0", "bram0")
	waiting, err := o.Waiting(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range waiting {
		if m.Person == "anna" {
			if err := o.Sent(t.Context(), m.Programme, m.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	put(1)
	want("anna1", "bram0") // who still waits for the invitation is not reminded of it
	put(2)
	want("anna2", "bram0")
}

func TestALetterSaysTheSameInBothForms(t *testing.T) {
	l := post.Letter{
		Lang: i18n.Dutch, Subject: "Merk je het?", Before: []string{"Dag Anna,", "Over <Sam> & co."}, Do: "Antwoorden", Link: "https://koers.example/in/x",
		After: []string{"Dank je."}, Ask: "Privacy?", Privacy: "https://koers.example/rounds/r1/privacy", From: []string{"Lea", "Tij"},
	}
	page, err := l.HTML()
	if err != nil {
		t.Fatal(err)
	}
	text := l.Text()
	for _, said := range []string{"Dag Anna,", "Antwoorden", l.Link, "Dank je.", "Privacy?", l.Privacy, "Lea", "Tij"} {
		if !strings.Contains(text, said) || !strings.Contains(page, said) {
			t.Errorf("%q is not in both:\n%s\n%s", said, text, page)
		}
	}
	if !strings.Contains(text, "Over <Sam> & co.") || !strings.Contains(page, "Over &lt;Sam&gt; &amp; co.") || !strings.Contains(page, `<html lang="nl">`) {
		t.Errorf("what people wrote is not what stands there:\n%s\n%s", text, page)
	}
}
