package clockwork

import (
	"testing"
	"time"

	"koersvast/domain"
	"koersvast/domain/round"
	"koersvast/projections/rounds"
)

func TestPeopleAreDisturbedAtWorkOnly(t *testing.T) {
	for moment, want := range map[string]bool{
		"2026-03-02 09:29": false, "2026-03-02 09:30": true, "2026-03-02 17:59": true, "2026-03-02 18:00": false,
		"2026-03-07 12:00": false, "2026-03-08 12:00": false, // a weekend
		"2026-04-06 12:00": false, "2026-04-27 12:00": false, "2026-05-14 12:00": false, "2026-12-25 12:00": false,
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", moment, domain.Zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := atWork(at); got != want {
			t.Errorf("atWork(%s) = %v, want %v", moment, got, want)
		}
	}
}

// remindedOn plays a round from day to day.
func remindedOn(opened, closes domain.Day) (days []domain.Day) {
	r := rounds.Round{Status: round.StatusOpen, Since: opened, Closes: closes}
	for d := opened; d <= closes.Add(7); d = d.Add(1) {
		if reminds(r, d) {
			r.Reminders, r.Reminded = r.Reminders+1, d
			days = append(days, d)
		}
	}
	return days
}

func TestPeopleAreRemindedAFewTimesAndNotInOneBreath(t *testing.T) {
	for _, c := range []struct {
		name           string
		opened, closes domain.Day
		want           []domain.Day
	}{
		{"three weeks", "2026-03-02", "2026-03-23", []domain.Day{"2026-03-09", "2026-03-12", "2026-03-23"}}, // day 5 and two before the last are in weekends
		{"two weeks", "2026-03-02", "2026-03-13", []domain.Day{"2026-03-09", "2026-03-11"}},                 // day 10 is a day after that
		{"a working week", "2026-03-02", "2026-03-06", []domain.Day{"2026-03-04"}},
		{"two days", "2026-03-02", "2026-03-04", nil},
		{"around Easter", "2026-04-01", "2026-04-20", []domain.Day{"2026-04-07", "2026-04-13", "2026-04-20"}},
		{"two months", "2026-06-01", "2026-07-31", []domain.Day{"2026-06-08", "2026-06-11", "2026-07-29"}},
	} {
		got := remindedOn(c.opened, c.closes)
		if len(got) != len(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %v, want %v", c.name, got, c.want)
			}
		}
	}
}

func TestNobodyIsRemindedForTheFourthTime(t *testing.T) {
	r := rounds.Round{Status: round.StatusOpen, Since: "2026-03-02", Closes: "2026-03-31", Reminders: round.Reminders, Reminded: "2026-03-12"}
	if reminds(r, "2026-03-30") {
		t.Error("a round that reminded three times reminds again")
	}
	r.Reminders, r.Status = 1, round.StatusClosed
	if reminds(r, "2026-03-30") {
		t.Error("a round that is closed reminds")
	}
}
