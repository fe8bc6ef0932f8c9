package domain_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"koersvast/domain"
)

func TestADayBeginsAndEndsInAmsterdam(t *testing.T) {
	for _, c := range []struct {
		name string
		at   string
		want domain.Day
	}{
		{"an evening in winter", "2026-01-31T22:59:59Z", "2026-01-31"},
		{"midnight in winter", "2026-01-31T23:00:00Z", "2026-02-01"},
		{"an evening in summer", "2026-06-30T21:59:59Z", "2026-06-30"},
		{"midnight in summer", "2026-06-30T22:00:00Z", "2026-07-01"},
		{"elsewhere it can be tomorrow already", "2026-06-30T02:00:00+09:00", "2026-06-29"},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := domain.DayOf(at); got != c.want {
			t.Errorf("%s: %s falls on %s, want %s", c.name, c.at, got, c.want)
		}
	}
}

func TestDaysHaveTheirOwnLength(t *testing.T) {
	for _, c := range []struct {
		day   domain.Day
		hours float64
	}{
		{"2026-11-21", 24},
		{"2026-03-29", 23}, // the clock goes forward
		{"2026-10-25", 25}, // and back
	} {
		if got := c.day.End().Sub(c.day.Start()).Hours(); got != c.hours {
			t.Errorf("%s lasts %v hours, want %v", c.day, got, c.hours)
		}
	}
}

func TestDaysAreCountedOnTheCalendar(t *testing.T) {
	for _, c := range []struct {
		from domain.Day
		days int
		to   domain.Day
	}{
		{"2026-03-28", 1, "2026-03-29"},
		{"2026-03-28", 2, "2026-03-30"},
		{"2026-10-24", 2, "2026-10-26"},
		{"2026-10-26", -2, "2026-10-24"},
		{"2026-12-31", 1, "2027-01-01"},
		{"2028-02-28", 1, "2028-02-29"},
		{"2026-06-01", 0, "2026-06-01"},
		{"2026-01-01", 355398, "2999-01-18"},
	} {
		if got := c.from.Add(c.days); got != c.to {
			t.Errorf("%s + %d = %s, want %s", c.from, c.days, got, c.to)
		}
		if got := c.from.DaysUntil(c.to); got != c.days {
			t.Errorf("from %s until %s = %d, want %d", c.from, c.to, got, c.days)
		}
	}
}

func TestWhatIsNoDay(t *testing.T) {
	for _, d := range []domain.Day{"2026-02-30", "2026-2-3", "26-02-03", "morgen", " 2026-02-03", "2026-02-03T00:00:00Z"} {
		if d.Valid() {
			t.Errorf("%q is a day", d)
		}
		if err := domain.OnCalendar("due", d); !errors.Is(err, domain.ErrNotADay) || err.Field != "due" {
			t.Errorf("OnCalendar(%q) = %v, want %v at due", d, err, domain.ErrNotADay)
		}
		if got := d.Add(1); got != "" {
			t.Errorf("%q + 1 = %s, want no day", d, got)
		}
		if !d.Start().IsZero() || !d.End().IsZero() {
			t.Errorf("%q lasts from %s to %s, want the zero time", d, d.Start(), d.End())
		}
	}
	if domain.Day("").Valid() {
		t.Error("no day is a day")
	}
	if err := domain.OnCalendar("due", ""); err != nil {
		t.Errorf("OnCalendar of no day = %v, want nil", err)
	}
	if err := domain.OnCalendar("due", "2028-02-29"); err != nil {
		t.Errorf("OnCalendar of a leap day = %v, want nil", err)
	}
}

func TestAClockIsReadInAmsterdam(t *testing.T) {
	for _, c := range []struct {
		day   domain.Day
		clock domain.Clock
		want  string
	}{
		{"2026-01-31", "14:30", "2026-01-31T13:30:00Z"},
		{"2026-06-30", "14:30", "2026-06-30T12:30:00Z"},
		{"2026-06-30", "00:00", "2026-06-29T22:00:00Z"},
		{"2026-06-30", "23:59", "2026-06-30T21:59:00Z"},
	} {
		if got := c.day.At(c.clock).UTC().Format(time.RFC3339); !c.clock.Valid() || got != c.want {
			t.Errorf("%s at %s is %s, want %s", c.day, c.clock, got, c.want)
		}
	}
	for _, c := range []domain.Clock{"", "9:30", "24:00", "12:60", "12.30", "half drie", "12:30:00", " 12:30"} {
		if c.Valid() {
			t.Errorf("%q is a time of the day", c)
		}
	}
	if got := domain.Day("2026-02-30").At("12:30"); !got.IsZero() {
		t.Errorf("a day that does not exist has a moment %s", got)
	}
	if got := domain.Day("2026-02-03").At("24:00"); !got.IsZero() {
		t.Errorf("a time that does not exist has a moment %s", got)
	}
}

func TestEveryDayFollowsTheOneBefore(t *testing.T) {
	day := rapid.Custom(func(t *rapid.T) domain.Day {
		return domain.Day("2000-01-01").Add(rapid.IntRange(0, 40_000).Draw(t, "days"))
	})
	rapid.Check(t, func(t *rapid.T) {
		d, n := day.Draw(t, "day"), rapid.IntRange(-1000, 1000).Draw(t, "later")
		switch later := d.Add(n); {
		case !later.Valid():
			t.Fatalf("%s + %d = %q is no day", d, n, later)
		case d.DaysUntil(later) != n, later.DaysUntil(d) != -n:
			t.Fatalf("from %s until %s = %d, want %d", d, later, d.DaysUntil(later), n)
		case (d < later) != (n > 0):
			t.Fatalf("%s and %s are in the wrong order", d, later)
		case d.End() != d.Add(1).Start():
			t.Fatalf("between %s and %s lies %s", d, d.Add(1), d.Add(1).Start().Sub(d.End()))
		case domain.DayOf(d.Start()) != d, domain.DayOf(d.End().Add(-1)) != d:
			t.Fatalf("%s is not the day of its first and last moments", d)
		}
	})
}
