package measure_test

import (
	"math"
	"testing"

	"koersvast/domain/measure"
)

func TestBandsOfSizes(t *testing.T) {
	for n, want := range map[int]measure.Band{
		3: measure.Band3, 4: measure.Band3, 5: measure.Band5, 7: measure.Band5,
		8: measure.Band8, 12: measure.Band8, 13: measure.Band13, 200: measure.Band13,
	} {
		if got := must(measure.BandOf(n))(t); got != want {
			t.Errorf("%d people are %s, want %s", n, got, want)
		}
	}
}

func TestHowFineANumberLeaves(t *testing.T) {
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"a mean of seven", measure.RoundPoints(3.6667, 7), 3.5},
		{"a mean of seven, halfway", measure.RoundPoints(3.75, 7), 4},
		{"a mean of eight", measure.RoundPoints(3.6667, 8), 3.7},
		{"a gap of seven below 0", measure.RoundPoints(-0.2, 7), 0},
		{"a score of seven", measure.RoundScore(58.54, 7), 60},
		{"a score of eight", measure.RoundScore(58.54, 8), 59},
	} {
		if c.got != c.want || math.Signbit(c.got) != math.Signbit(c.want) {
			t.Errorf("%s leaves as %v, want %v", c.name, c.got, c.want)
		}
	}
	// What people write is what it is, to the last bit.
	for i := range 51 {
		if got, want := measure.RoundPoints(float64(i)/10, 8), float64(i)/10; got != want {
			t.Errorf("%v leaves as %v", want, got)
		}
		if got, want := measure.RoundScore(float64(5*i), 3), float64(5*i); got != want {
			t.Errorf("%v leaves as %v", want, got)
		}
	}
}

// TestARoundedMeanDoesNotGiveTheSumAway for groups that are too small for a
// decimal: with one, the sum of five ratings would be known exactly. Of three
// people halves do not hide it, and an end of the scale is everybody's answer:
// both are for who decides what may be shown.
func TestARoundedMeanDoesNotGiveTheSumAway(t *testing.T) {
	for n := 4; n < 8; n++ {
		sums := map[float64]int{}
		for sum := n; sum <= 5*n; sum++ {
			sums[measure.RoundPoints(float64(sum)/float64(n), n)]++
		}
		for shown, behind := range sums {
			if behind < 2 && shown != measure.Lowest && shown != measure.Highest {
				t.Errorf("a mean of %v of %d people can only be one sum", shown, n)
			}
		}
	}
}

func TestIntervalsAreRoundedOutwards(t *testing.T) {
	in := func(low, high float64) measure.Interval { return measure.Interval{Low: low, High: high} }
	for _, c := range []struct {
		name      string
		got, want measure.Interval
	}{
		{"of seven", measure.RoundInterval(in(2.817, 4.516), 7), in(2.5, 5)},
		{"of eight", measure.RoundInterval(in(2.817, 4.516), 8), in(2.8, 4.6)},
		{"of eight, on the step", measure.RoundInterval(in(2.8, 4.6), 8), in(2.8, 4.6)},
		{"a narrow one of seven", measure.RoundInterval(in(3.9, 4.1), 7), in(3.5, 4.5)},
		{"a score of seven", measure.RoundScoreInterval(in(36.9, 90.0), 7), in(35, 90)},
		{"a score of eight", measure.RoundScoreInterval(in(36.9, 90.1), 8), in(36, 91)},
		{"a gap", measure.RoundInterval(in(-0.3, 0.3), 7), in(-.5, .5)},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
}

func TestDistributionsFromEight(t *testing.T) {
	got := must(tally(t, 1, 2, 2, 3, 4, 4, 5, 5, 0).Distribution())(t)
	if want := [5]int{1, 2, 1, 2, 2}; got != want {
		t.Errorf("distribution = %v, want %v", got, want)
	}
}

func TestTheWordForAScore(t *testing.T) {
	score := func(value, low, high float64) measure.Estimate {
		return measure.Estimate{Value: value, Interval: measure.Interval{Low: low, High: high}}
	}
	for _, c := range []struct {
		name  string
		score measure.Estimate
		ok    bool
		want  measure.Verdict
	}{
		{"none that may be shown", score(80, 75, 85), false, measure.Insufficient},
		{"a width just above 40", score(80, 59.9, 100), true, measure.Unclear},
		{"a width of 40", score(80, 60, 100), true, measure.Noticed},
		{"70, surely 50", score(70, 50, 90), true, measure.Noticed},
		{"70 but for the last bit", score(measure.Score(3.8), 50, 90), true, measure.Noticed},
		{"70, not surely 50", score(70, 49.9, 85), true, measure.Underway},
		{"just below 70", score(69.9, 60, 80), true, measure.Underway},
		{"50", score(50, 30, 70), true, measure.Underway},
		{"just below 50, surely below 70", score(49.9, 30, 69.9), true, measure.NotYet},
		{"just below 50, perhaps 70", score(49.9, 30, 70), true, measure.Mixed},
	} {
		if got := measure.VerdictOf(c.score, c.ok); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if got := measure.VerdictOf(measure.Overall(nil)); got != measure.Insufficient {
		t.Errorf("a pillar without promises: %s, want %s", got, measure.Insufficient)
	}
}
