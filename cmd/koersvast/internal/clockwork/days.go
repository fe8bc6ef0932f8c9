package clockwork

import (
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/nl"

	"koersvast/domain"
	"koersvast/domain/round"
	"koersvast/projections/rounds"
)

// What is sent by itself is sent at work: on working days, between these.
const (
	from  domain.Clock = "09:30"
	until domain.Clock = "18:00"
)

var working = func() *cal.BusinessCalendar {
	c := cal.NewBusinessCalendar()
	c.AddHoliday(nl.Holidays...)
	return c
}()

// workday reports whether people in the Netherlands work on a day.
func workday(d domain.Day) bool { return working.IsWorkday(d.Start()) }

// atWork reports whether people can be disturbed.
func atWork(now time.Time) bool {
	d := domain.DayOf(now)
	return workday(d) && !now.Before(d.At(from)) && now.Before(d.At(until))
}

// nextWorkday returns the day itself, or the first after it on which people
// work.
func nextWorkday(d domain.Day) domain.Day {
	for !workday(d) {
		d = d.Add(1)
	}
	return d
}

// restful is how many days there are at least between two messages.
const restful = 2

// reminds reports whether people are to be reminded today: five and ten days
// after the round opened, and two days before its last; each time on that day
// or the first working day after it, and not when they have just heard of it.
func reminds(r rounds.Round, today domain.Day) bool {
	if r.Status != round.StatusOpen || r.Reminders >= round.Reminders || today > r.Closes || !workday(today) {
		return false
	}
	opened := r.Since
	heard := max(opened, r.Reminded)
	for _, d := range []domain.Day{opened.Add(5), opened.Add(10), r.Closes.Add(-2)} {
		if d = nextWorkday(d); d <= today && d >= heard.Add(restful) {
			return true
		}
	}
	return false
}
