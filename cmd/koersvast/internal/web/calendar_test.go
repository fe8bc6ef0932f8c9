package web

import (
	"bytes"
	"net/url"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/google/go-cmp/cmp"

	"koersvast/domain/coaching"
	"koersvast/projections/coachings"
)

// An entry is what somebody sees of a session in their calendar.
type entry struct {
	UID, Summary, Location, URL, Status, Sequence, Class string
	Starts, Ends, Changed                                time.Time
}

func entriesIn(t *testing.T, b []byte) (list []entry) {
	t.Helper()
	calendar, err := ics.ParseCalendar(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range calendar.Events() {
		value := func(p ics.ComponentProperty) string {
			if v := e.GetProperty(p); v != nil {
				return v.Value
			}
			return ""
		}
		one := entry{
			UID: e.Id(), Summary: value(ics.ComponentPropertySummary), Location: value(ics.ComponentPropertyLocation), URL: value(ics.ComponentPropertyUrl),
			Status: value(ics.ComponentPropertyStatus), Sequence: value(ics.ComponentPropertySequence), Class: value(ics.ComponentPropertyClass),
		}
		for _, at := range []struct {
			to  *time.Time
			get func() (time.Time, error)
		}{{&one.Starts, e.GetStartAt}, {&one.Ends, e.GetEndAt}, {&one.Changed, e.GetDtStampTime}} {
			if *at.to, err = at.get(); err != nil {
				t.Fatal(err)
			}
		}
		list = append(list, one)
	}
	return list
}

func TestASessionInACalendar(t *testing.T) {
	public, err := url.Parse("https://koers.example/")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Config: Config{Public: public}}
	place := "Zaal “De Brug”, 2e verdieping; links\nbellen bij de deur " + strings.Repeat("é", 60)
	changed := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	session := coachings.Session{
		Coaching: "c1", ID: "s1", Slot: coaching.Slot{Day: "2026-07-06", Start: "10:00", Minutes: 90}, Place: &place,
		Status: coachings.Planned, Changed: changed,
	}
	want := entry{
		UID: "tij.c1.s1@koersvast", Summary: "Coachgesprek", Location: place, URL: "https://koers.example/coaching/c1",
		Status: "CONFIRMED", Sequence: "0", Class: "PRIVATE",
		Starts: time.Date(2026, 7, 6, 8, 0, 0, 0, time.UTC), Ends: time.Date(2026, 7, 6, 9, 30, 0, 0, time.UTC), Changed: changed,
	}
	for _, c := range []struct {
		name string
		then func(*coachings.Session, *entry)
	}{
		{"it is planned", func(*coachings.Session, *entry) {}},
		{"it moves to winter", func(s *coachings.Session, e *entry) {
			s.Slot, s.Revision, s.Changed = coaching.Slot{Day: "2026-12-07", Start: "10:00", Minutes: 60}, 1, changed.Add(time.Hour)
			e.Starts, e.Ends = time.Date(2026, 12, 7, 9, 0, 0, 0, time.UTC), time.Date(2026, 12, 7, 10, 0, 0, 0, time.UTC)
			e.Sequence, e.Changed = "1", changed.Add(time.Hour)
		}},
		{"it is cancelled", func(s *coachings.Session, e *entry) {
			s.Status, s.Revision, e.Status, e.Sequence = coachings.Cancelled, 2, "CANCELLED", "2"
		}},
		{"its place is erased", func(s *coachings.Session, e *entry) { s.Place, e.Location = nil, "" }},
	} {
		session, want := session, want
		c.then(&session, &want)
		b := s.iCalendar(t.Context(), "tij", []coachings.Session{session})
		if diff := cmp.Diff([]entry{want}, entriesIn(t, b)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
		if bytes.Count(b, []byte("\n")) != bytes.Count(b, []byte("\r\n")) || bytes.Count(b, []byte("\r")) != bytes.Count(b, []byte("\r\n")) {
			t.Errorf("%s: lines end in more than CRLF:\n%q", c.name, b)
		}
		for _, line := range bytes.Split(b, []byte("\r\n")) {
			if len(line) > 75 {
				t.Errorf("%s: a line of %d bytes: %s", c.name, len(line), line)
			}
		}
	}
	if got := entriesIn(t, s.iCalendar(t.Context(), "tij", nil)); got != nil {
		t.Errorf("nothing is %v", got)
	}
}
