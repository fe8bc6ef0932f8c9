package domain

import (
	"time"
	_ "time/tzdata" // the zone below, whatever the machine knows of it
)

// A Day is a day of the calendar, written as 2026-11-21, which is also the
// order in which days come. The empty Day is no day.
type Day string

// Zone is where the programme's days begin and end.
var Zone = func() *time.Location {
	z, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err)
	}
	return z
}()

// DayOf returns the day on which t falls.
func DayOf(t time.Time) Day { return Day(t.In(Zone).Format(time.DateOnly)) }

// Valid reports whether d is a day of the calendar.
func (d Day) Valid() bool {
	_, err := time.Parse(time.DateOnly, string(d))
	return err == nil
}

// Start returns the first moment of d. It is the zero time when d is no day.
func (d Day) Start() time.Time {
	t, _ := time.ParseInLocation(time.DateOnly, string(d), Zone)
	return t
}

// Add returns the day n days later. What is no day has no later one.
func (d Day) Add(n int) Day {
	if !d.Valid() {
		return ""
	}
	return Day(d.Start().AddDate(0, 0, n).Format(time.DateOnly))
}

// End returns the first moment after d. It is the zero time when d is no day.
func (d Day) End() time.Time { return d.Add(1).Start() }

// DaysUntil returns how many days lie between d and a later one; it is
// negative when that one is earlier.
func (d Day) DaysUntil(later Day) int {
	a, _ := time.Parse(time.DateOnly, string(d))
	b, _ := time.Parse(time.DateOnly, string(later))
	return int((b.Unix() - a.Unix()) / (24 * 60 * 60)) // a Duration ends after 292 years
}

// A Clock is what a clock in [Zone] shows, written as 09:30.
type Clock string

// Valid reports whether c is a time of the day.
func (c Clock) Valid() bool {
	t, err := time.Parse("15:04", string(c))
	return err == nil && t.Format("15:04") == string(c) // and not 9:30
}

// At returns the moment of d when clocks show c. It is the zero time when one
// of the two is none.
func (d Day) At(c Clock) time.Time {
	t, err := time.ParseInLocation(time.DateOnly+" 15:04", string(d)+" "+string(c), Zone)
	if err != nil {
		return time.Time{}
	}
	return t
}

// OnCalendar refuses a day that does not exist; no day at all is fine.
func OnCalendar(field string, d Day) *Error {
	if d != "" && !d.Valid() {
		return ErrNotADay.On(field)
	}
	return nil
}
