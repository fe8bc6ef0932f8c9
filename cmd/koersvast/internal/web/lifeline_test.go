package web

import (
	"slices"
	"testing"

	"koersvast/domain"
)

func classes(d lifeDrawing) (c []string) {
	for _, s := range d.Strokes {
		c = append(c, s.Class)
	}
	return c
}

func kindItself(kind string) string { return kind }

func TestTheLineShowsWhereAPromiseStands(t *testing.T) {
	at := func(day domain.Day, kind string) LifeMark { return LifeMark{Day: day, Kind: "promise." + kind} }
	for name, c := range map[string]struct {
		marks []LifeMark
		due   domain.Day
		want  []string
		ended bool
	}{
		"one that runs goes on to its day": {[]LifeMark{at("2026-01-01", "made")}, "2026-12-31", []string{"solid", "ahead"}, false},
		"one that is late ends today":      {[]LifeMark{at("2026-01-01", "made")}, "2026-06-01", []string{"solid"}, false},
		"one that is kept ends there":      {[]LifeMark{at("2026-01-01", "made"), at("2026-02-01", "kept")}, "2026-12-31", []string{"solid"}, true},
		"one that is proposed is dashed":   {[]LifeMark{at("2026-01-01", "proposed")}, "", []string{"dashed"}, false},
		"a broken one waits for repair": {
			[]LifeMark{at("2026-01-01", "made"), at("2026-02-01", "broken"), at("2026-02-08", "repair_agreed"), at("2026-03-01", "repaired")},
			"2026-02-01",
			[]string{"solid", "dashed", "dashed"},
			true,
		},
		"a reopened one runs again":             {[]LifeMark{at("2026-01-01", "made"), at("2026-02-01", "kept"), at("2026-03-01", "reopened")}, "", []string{"solid", "solid"}, false},
		"on its first day there is no line yet": {[]LifeMark{at(today, "made")}, "", nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			d := Lifeline{Today: today, Due: c.due, Marks: c.marks}.draw(kindItself)
			if got := classes(d); !slices.Equal(got, c.want) {
				t.Errorf("strokes: got %v, want %v", got, c.want)
			}
			if wantDue := c.due != "" && !c.ended; (d.Due != "") != wantDue {
				t.Errorf("the agreed day is drawn at %q; want it drawn: %v", d.Due, wantDue)
			}
		})
	}
}

func TestInkFadesAlongTheLineButNeverAway(t *testing.T) {
	d := Lifeline{
		Today: today,
		Marks: []LifeMark{{Day: "2026-01-01", Kind: "promise.made"}},
		Ink:   []Ink{{"2026-01-01", 1}, {"2026-06-01", .5}, {"2026-10-01", .01}},
	}.draw(kindItself)
	var got []string
	for _, s := range d.Strokes {
		got = append(got, s.Opacity)
	}
	if want := []string{"1.00", "0.50", "0.15"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestLabelsMakeRoomForEachOther(t *testing.T) {
	d := Lifeline{Today: today, Marks: []LifeMark{
		{Day: "2026-01-01", Kind: "promise.proposed"},
		{Day: "2026-01-04", Kind: "promise.accepted"},
		{Day: "2026-01-04", Kind: "promise.rhythm_set"},
		{Day: "2026-11-20", Kind: "promise.withdrawn"},
	}}.draw(kindItself)
	if len(d.Marks) != 3 {
		t.Fatalf("got %d marks; want 3, for a rhythm is too small for a mark beside another", len(d.Marks))
	}
	first, second, last := d.Marks[0], d.Marks[1], d.Marks[2]
	if first.LabelY == second.LabelY || last.LabelY != first.LabelY {
		t.Errorf("rows: got %d, %d and %d; want the second above the first, and the last beside it", first.LabelY, second.LabelY, last.LabelY)
	}
	if first.Anchor != "start" || last.Anchor != "end" {
		t.Errorf("got anchors %s and %s; want labels that stay within the drawing", first.Anchor, last.Anchor)
	}
}

func TestADayFarAheadDoesNotCrowdTheAxis(t *testing.T) {
	for _, due := range []domain.Day{"2026-12-01", "2028-01-01", "2046-01-01", "2999-12-31", "9999-12-31"} {
		d := Lifeline{Today: today, Due: due, Marks: []LifeMark{{Day: "2026-11-01", Kind: "promise.made"}}}.draw(kindItself)
		if n := len(d.Ticks); n == 0 || n > 16 {
			t.Errorf("up to %s there are %d ticks; want some, and few enough to read", due, n)
		}
	}
}

func TestLabelsWithoutRoomAreLeftOut(t *testing.T) {
	d := Lifeline{Today: today, Marks: []LifeMark{
		{Day: today, Kind: "promise.made"},
		{Day: today, Kind: "promise.reworded"},
		{Day: today, Kind: "promise.moved"},
		{Day: today, Kind: "promise.broken"},
		{Day: today, Kind: "promise.repaired"},
	}}.draw(kindItself)
	taken := map[int]bool{}
	for _, m := range d.Marks {
		if m.LabelY > 0 && taken[m.LabelY] {
			t.Errorf("%s stands on top of another label", m.Kind)
		}
		taken[m.LabelY] = true
	}
	if len(d.Marks) != 5 || len(taken) != lifeRows+1 {
		t.Errorf("got %d marks with labels in %d rows; want all 5, and all rows used", len(d.Marks), len(taken)-1)
	}
}
