package i18n

import (
	"context"
	"fmt"
	"time"

	"koersvast/domain"
)

var months = map[Lang][12]string{
	Dutch:   {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"},
	English: {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

var weekdays = map[Lang][7]string{
	Dutch:   {"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"},
	English: {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
}

// shortened is how many letters of a month fit where there is little room.
// Dutch shortens maart to mrt.
func shortened(l Lang, m time.Month) string {
	if l == Dutch && m == time.March {
		return "mrt"
	}
	return months[l][m-1][:3]
}

// Date writes a day where it stands in a table or next to a name: 21-11-2026,
// or 21 Nov 2026. No day is no text.
func Date(ctx context.Context, d domain.Day) string {
	if !d.Valid() {
		return ""
	}
	t, l := d.Start(), Of(ctx)
	if l == Dutch {
		return t.Format("02-01-2006")
	}
	return fmt.Sprintf("%d %s %d", t.Day(), shortened(l, t.Month()), t.Year())
}

// LongDate writes a day as one says it in a sentence: 3 december 2025.
func LongDate(ctx context.Context, d domain.Day) string {
	if !d.Valid() {
		return ""
	}
	t := d.Start()
	return fmt.Sprintf("%d %s %d", t.Day(), months[Of(ctx)][t.Month()-1], t.Year())
}

// Weekday writes a day with its name: zaterdag 21 november.
func Weekday(ctx context.Context, d domain.Day) string {
	if !d.Valid() {
		return ""
	}
	t, l := d.Start(), Of(ctx)
	return fmt.Sprintf("%s %d %s", weekdays[l][t.Weekday()], t.Day(), months[l][t.Month()-1])
}

// ShortDate writes a day of which the year is known: 3 dec.
func ShortDate(ctx context.Context, d domain.Day) string {
	if !d.Valid() {
		return ""
	}
	t := d.Start()
	return fmt.Sprintf("%d %s", t.Day(), shortened(Of(ctx), t.Month()))
}

// Month writes the month of a day as a heading above what happened in it:
// december 2025.
func Month(ctx context.Context, d domain.Day) string {
	if !d.Valid() {
		return ""
	}
	t := d.Start()
	return fmt.Sprintf("%s %d", months[Of(ctx)][t.Month()-1], t.Year())
}

// ShortMonth writes the month of a day on an axis: dec.
func ShortMonth(ctx context.Context, d domain.Day) string {
	if !d.Valid() {
		return ""
	}
	return shortened(Of(ctx), d.Start().Month())
}

// Clock writes the time of day in the programme's zone: 14:02.
func Clock(t time.Time) string { return t.In(domain.Zone).Format("15:04") }

// Moment writes a day and the time on it: 21-11-2026, 14:02.
func Moment(ctx context.Context, t time.Time) string {
	return Date(ctx, domain.DayOf(t)) + ", " + Clock(t)
}
