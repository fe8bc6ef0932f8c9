package web

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"koersvast/domain"
)

// A Lifeline is what became of a promise, from the first word about it until
// the day that the page shows.
type Lifeline struct {
	Today domain.Day // the last day of which anything is known
	Due   domain.Day // the day that was agreed, if there is one
	Marks []LifeMark // in the order in which they happened

	// Ink says how fresh the promise is, from a day on: 1 is fresh, 0 is
	// faded. Without any, the line is drawn in full ink.
	Ink []Ink
}

// A LifeMark is one thing that happened to a promise.
type LifeMark struct {
	ID       string // of the element
	Day      domain.Day
	Kind     string // the name of the event: made, moved, kept …
	Who      string
	Words    Said       // what was said with it: the new wording, the repair
	Was      Said       // the wording before
	From, To domain.Day // the day before, and the day now
	Why      Said
	Note     string // what came of it
	Href     string // where more of it is
}

// Ink is how dark the line is from a day on, between 0 and 1.
type Ink struct {
	From     domain.Day
	Strength float64
}

// How the drawing is laid out, in pixels; along the line everything is a
// percentage, so that text and marks keep their size on any width.
const (
	lifeRow   = 38  // height of a row of labels
	lifeWidth = 680 // the narrowest width at which the drawing is shown: a sheet of A4
	lifeRows  = 3
)

// lifeDrawing is a Lifeline as it is drawn: the line and its marks, with the
// labels above it in as many rows as they need, and the months below.
type lifeDrawing struct {
	Height  int
	LineY   int
	Strokes []lifeStroke
	Marks   []lifePoint
	Ticks   []lifeTick
	Due     string   // where the agreed day is; empty when there is none, or no more
	OldDues []string // where it was before
	Now     string

	NowLabel bool // whether there is room to name it
}

type lifeStroke struct {
	X1, X2, Class string
	Opacity       string
}

type lifePoint struct {
	X      string
	Kind   string
	Day    domain.Day
	LabelY int // of the label's first line; 0 for a mark without a label
	Anchor string
}

type lifeTick struct {
	X    string
	Day  domain.Day
	Year bool
}

// draw lays the line out. Words gives the label of a kind, which decides how
// much room it takes.
func (l Lifeline) draw(words func(kind string) string) lifeDrawing {
	first, last := l.span()
	days := max(first.DaysUntil(last), 1)
	at := func(d domain.Day) float64 { return 3 + 94*float64(first.DaysUntil(d))/float64(days) }

	var drawing lifeDrawing
	rows := 1
	var ends [lifeRows]float64 // where the last label of each row ends
	for row := range ends {
		ends[row] = -lifeWidth
	}
	for i, m := range l.Marks {
		p := lifePoint{X: percent(at(m.Day)), Kind: eventKind(m.Kind), Day: m.Day}
		switch {
		case minor(p.Kind) && l.shares(i):
			continue
		case !minor(p.Kind):
			x := at(m.Day) / 100 * lifeWidth
			half := float64(max(utf8.RuneCountInString(words(p.Kind)), 6)) * 7 / 2
			p.Anchor = "middle"
			from, to := x-half, x+half
			if from < 0 {
				p.Anchor, from, to = "start", x-6, x+2*half
			} else if to > lifeWidth {
				p.Anchor, from, to = "end", x-2*half, x+6
			}
			for row := range lifeRows {
				if from > ends[row]+10 { // without room, the story below tells it alone
					ends[row] = to
					rows = max(rows, row+1)
					p.LabelY = row + 1
					break
				}
			}
		}
		drawing.Marks = append(drawing.Marks, p)
	}
	drawing.LineY = rows*lifeRow + 22
	drawing.Height = drawing.LineY + 46
	for i := range drawing.Marks {
		if row := drawing.Marks[i].LabelY; row > 0 {
			drawing.Marks[i].LabelY = drawing.LineY - 12 - row*lifeRow + 8
		}
	}

	drawing.Strokes = l.strokes(at)
	for _, m := range l.Marks {
		if m.From != "" {
			drawing.OldDues = append(drawing.OldDues, percent(at(m.From)))
		}
	}
	if l.Due != "" && !l.ended() {
		drawing.Due = percent(at(l.Due))
	}
	drawing.Now, drawing.NowLabel = percent(at(l.Today)), true
	for _, d := range ticks(first, last) {
		drawing.Ticks = append(drawing.Ticks, lifeTick{percent(at(d)), d, d.Start().Month() == time.January})
		if d.Start().Month() == time.January && math.Abs(at(d)-at(l.Today)) < 4 {
			drawing.NowLabel = false
		}
	}
	return drawing
}

// span is the time that is drawn: everything that happened and every day that
// was agreed, up to today.
func (l Lifeline) span() (first, last domain.Day) {
	first, last = l.Today, l.Today
	reach := func(d domain.Day) {
		if d != "" {
			first, last = min(first, d), max(last, d)
		}
	}
	if !l.ended() {
		reach(l.Due)
	}
	for _, m := range l.Marks {
		reach(m.Day)
		reach(m.From)
	}
	return first, last
}

// ended reports whether nothing is to come of the promise any more.
func (l Lifeline) ended() bool {
	for _, m := range slices.Backward(l.Marks) {
		switch eventKind(m.Kind) {
		case "kept", "repaired", "withdrawn", "declined":
			return true
		case "made", "accepted", "reopened", "broken":
			return false
		}
	}
	return false
}

// shares reports whether another thing happened on the day of mark i.
func (l Lifeline) shares(i int) bool {
	day := l.Marks[i].Day
	return i > 0 && l.Marks[i-1].Day == day || i+1 < len(l.Marks) && l.Marks[i+1].Day == day
}

// strokes draws the line itself: dashed while a promise is only proposed or
// waits for its repair, gone after its end.
func (l Lifeline) strokes(at func(domain.Day) float64) (s []lifeStroke) {
	class := ""
	from := l.Today
	until := func(d domain.Day) {
		if class != "" && from < d {
			s = append(s, l.inked(from, d, class, at)...)
		}
		from = d
	}
	for _, m := range l.Marks {
		until(m.Day)
		switch eventKind(m.Kind) {
		case "proposed", "broken", "repair_agreed":
			class = "dashed"
		case "made", "accepted", "reopened":
			class = "solid"
		case "kept", "repaired", "withdrawn", "declined":
			class = ""
		}
	}
	until(l.Today)
	if class != "" && l.Due > l.Today {
		s = append(s, lifeStroke{percent(at(l.Today)), percent(at(l.Due)), "ahead", ""})
	}
	return s
}

// inked cuts a stretch of the line where its ink changes.
func (l Lifeline) inked(from, to domain.Day, class string, at func(domain.Day) float64) (s []lifeStroke) {
	strength := ""
	for _, ink := range l.Ink {
		if ink.From > from && ink.From < to {
			s = append(s, lifeStroke{percent(at(from)), percent(at(ink.From)), class, strength})
			from = ink.From
		}
		if ink.From < to {
			// The faintest line can still be followed.
			strength = fmt.Sprintf("%.2f", max(ink.Strength, 0.15))
		}
	}
	return append(s, lifeStroke{percent(at(from)), percent(at(to)), class, strength})
}

// ticks returns the first days of the months, or of fewer of them when there
// are many, or of years or centuries.
func ticks(first, last domain.Day) (days []domain.Day) {
	months := first.DaysUntil(last) / 30
	step := 1
	for _, wider := range []int{2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 12000} {
		if months/step > 14 {
			step = wider
		}
	}
	begin := first.Start()
	month := 12*begin.Year() + int(begin.Month()) - 1
	for month -= month % step; ; month += step {
		d := domain.DayOf(time.Date(0, time.Month(month+1), 1, 0, 0, 0, 0, domain.Zone))
		switch {
		case d > last || month >= 12*10000: // after which years have five digits
			return days
		case d >= first:
			days = append(days, d)
		}
	}
}

// minor events are part of the story, but too small for a label.
func minor(kind string) bool {
	switch kind {
	case "behaviours_linked", "rhythm_set", "withdrawal_explained":
		return true
	}
	return false
}

func percent(x float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.2f", x), "0"), ".") + "%"
}
