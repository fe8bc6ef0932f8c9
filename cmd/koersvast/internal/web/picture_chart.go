package web

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
	"koersvast/domain/access"
	snapshot "koersvast/domain/consistency"
	"koersvast/projections/pictures"
	"koersvast/projections/strategies"
)

// A pictureRow is one line of a picture as it is drawn.
type pictureRow struct {
	ID    string
	Title string
	Words *Said // of a promise, in place of a title
	By    string
	Href  string
	Team  bool
	Aside bool // it stays off paper that hangs on a wall

	Word  string // the verdict, in words
	Count string // of what it is made
	Ink   string // how fresh that is: "", fading, faint
	Cells []pictureCell
	Trend string
	Was   string // against the picture before
}

// A pictureCell is one figure as it is drawn: a mark with its interval along
// 0 to 100, a bar for a share, or nothing. Places along the scale are
// percentages, so that marks keep their size on any width.
type pictureCell struct {
	Source snapshot.Source
	Label  string
	Shown  bool
	Own    bool // one's own view: ◇
	Share  bool // how much is said: an open bar
	Tone   string
	At     string
	Low    string
	High   string
	Ghost  string // where it was in the picture before

	// The same in words and numbers, and why it is what it is.
	Value, Range, Was, Made, Band, How string
}

// onlyAside reports whether no promise among the rows is for everybody.
func onlyAside(rows []pictureRow) bool {
	return !slices.ContainsFunc(rows, func(r pictureRow) bool { return r.Words != nil && !r.Aside })
}

// about is what a row is about, in words.
func (r pictureRow) about() string {
	if r.Words != nil {
		return r.Words.Text
	}
	return r.Title
}

func (p pictureSheet) row(ctx context.Context, r snapshot.Row, before *snapshot.Row) pictureRow {
	row := pictureRow{Word: i18n.T(ctx, "picture.word."+string(r.Word)), Ink: inkOf(r), Count: countSaid(ctx, r), Trend: trendSaid(ctx, r.Trend)}
	for _, s := range columns {
		var was *snapshot.Figure
		if before != nil {
			if f := before.Figure(s); f.Shown() {
				was = &f
			}
		}
		row.Cells = append(row.Cells, figureCell(ctx, r.Figure(s), was))
	}
	if r.Promise != "" {
		if f := r.Figure(snapshot.Index); f.Shown() {
			row.Cells = append(row.Cells, figureCell(ctx, f, nil))
		}
	}
	if before != nil {
		now, then := r.Figure(snapshot.Score), before.Figure(snapshot.Score)
		if now.Shown() && then.Shown() {
			row.Was = i18n.T(ctx, "picture.since", "Points", signedWhole(now.Value-then.Value))
		}
	}
	return row
}

// countSaid says how much of what runs is in a row.
func countSaid(ctx context.Context, r snapshot.Row) string {
	switch {
	case r.Promise != "" && r.Checked == "":
		return i18n.T(ctx, "picture.unchecked")
	case r.Promise != "":
		return i18n.T(ctx, "picture.checked", "Day", i18n.Date(ctx, r.Checked))
	case r.Pillar == "":
		return i18n.T(ctx, "picture.members", "Fresh", r.Fresh, "n", r.Promises)
	}
	return i18n.T(ctx, "picture.fresh", "Fresh", r.Fresh, "n", r.Promises)
}

// inkOf is how fresh a promise's check is, in how dark it is drawn: never in a
// lower number.
func inkOf(r snapshot.Row) string {
	switch {
	case r.Promise == "" || r.Ink >= 75:
		return ""
	case r.Ink >= 50:
		return "fading"
	}
	return "faint"
}

func trendSaid(ctx context.Context, t snapshot.Trend) string {
	if t.Direction == "" {
		return i18n.T(ctx, "picture.trend.few", "n", t.Pictures)
	}
	return i18n.T(ctx, "picture.trend."+string(t.Direction), "Points", signedWhole(t.PerYear))
}

func figureCell(ctx context.Context, f snapshot.Figure, was *snapshot.Figure) pictureCell {
	c := pictureCell{
		Source: f.Source, Label: i18n.T(ctx, "picture.source."+string(f.Source)), Shown: f.Shown(),
		Own: f.Source == snapshot.Self, Share: f.Source == snapshot.Says,
	}
	if was != nil {
		c.Ghost, c.Was = along(was.Value), strconv.Itoa(was.Value)
	}
	if !f.Shown() {
		c.Value = i18n.T(ctx, "picture.hidden")
		c.How = i18n.T(ctx, "picture.why."+string(f.Why))
		return c
	}
	c.At, c.Low, c.High, c.Tone = along(f.Value), along(f.Low), along(f.High), toneOf(f)
	c.Value = strconv.Itoa(f.Value)
	if f.Low != f.High {
		c.Range = i18n.T(ctx, "picture.range", "Low", f.Low, "High", f.High)
	}
	if c.Share {
		c.Value = i18n.T(ctx, "picture.percent", "n", f.Value)
	}
	c.Made = i18n.T(ctx, "picture.made."+madeOf(f), "n", f.Pieces)
	if f.Band != "" {
		c.Band = i18n.T(ctx, "picture.band", "Band", string(f.Band))
	}
	c.How = i18n.T(ctx, "picture.formula."+string(f.Formula))
	return c
}

// madeOf is what the pieces of a figure are.
func madeOf(f snapshot.Figure) string {
	switch {
	case f.Source == snapshot.Says:
		return "fragments"
	case f.Source == snapshot.Does, f.Source == snapshot.Interviews, f.Source == snapshot.Index:
		return "sources"
	case f.Formula == snapshot.PromiseFormula:
		return "groups"
	case f.Formula == snapshot.GroupFormula:
		return "checks"
	}
	return "promises"
}

// along is where a number lies on 0 to 100. Marks at the ends keep some room
// beside them.
func along(value int) string { return percent(5 + .9*float64(value)) }

// toneOf tells what is noticed from what is not: not by colour alone, for the
// number stands beside it.
func toneOf(f snapshot.Figure) string {
	switch {
	case f.Source == snapshot.Says, f.Source == snapshot.Self:
		return ""
	case f.Value < 45:
		return "low"
	case f.Value < 55:
		return "middle"
	}
	return "high"
}

// signedWhole writes a number of points with its sign.
func signedWhole(n int) string {
	switch {
	case n > 0:
		return "+" + strconv.Itoa(n)
	case n < 0:
		return "−" + strconv.Itoa(-n)
	}
	return "0"
}

// pillarTrends are the pillars over the pictures that were published.
type pillarTrends struct {
	Pictures []pictures.Picture `json:"pictures" doc:"the oldest first"`

	pillars []strategies.Part
}

func askTrends(ctx context.Context, a Asker, _ struct{}) (t pillarTrends, err error) {
	if t.Pictures, err = pictures.Published(ctx, a.Read, a.Programme, !access.SeesEveryPicture(a.Actor)); err != nil {
		return t, err
	}
	slices.Reverse(t.Pictures)
	for i := range t.Pictures {
		t.Pictures[i].Questions = nil
	}
	t.pillars, err = strategies.Pillars(ctx, a.Read, a.Programme)
	return t, err
}

// A panel is one pillar over time, in a box of 300 by 150: 0 to 100 upwards,
// the days from left to right.
type panel struct {
	ID, Title string
	Points    []panelPoint
	Line      string // through the scores
	Band      string // around their intervals
	Said      string // where it is going
}

// A panelPoint is one picture in a panel. Where there was no score it has no
// place.
type panelPoint struct {
	Picture      domain.CheckID
	Day          domain.Day
	X, Y         string
	Low, High    string // the ends of its interval
	Value, Range string
	Tone         string
}

// The box of a panel.
const (
	panelLeft, panelRight = 12., 270.
	panelTop, panelBottom = 12., 122.
)

// panels are the pillars that stand in a picture, in the order of the newest,
// and then the team as a whole.
func (t pillarTrends) panels(ctx context.Context) (list []panel) {
	if len(t.Pictures) == 0 {
		return nil
	}
	newest := t.Pictures[len(t.Pictures)-1]
	for _, r := range newest.Rows {
		list = append(list, t.panel(ctx, r))
	}
	return list
}

func (t pillarTrends) panel(ctx context.Context, newest snapshot.Row) panel {
	p := panel{ID: "trend-" + string(newest.Pillar), Title: pillarName(ctx, t.pillars, newest.Pillar), Said: trendSaid(ctx, newest.Trend)}
	var line, lows, highs []string
	for _, x := range t.Pictures {
		point := panelPoint{Picture: x.Check, Day: x.Published, Value: i18n.T(ctx, "picture.hidden")}
		for _, r := range x.Rows {
			f := r.Figure(snapshot.Score)
			if r.Pillar != newest.Pillar || !f.Shown() {
				continue
			}
			point.X, point.Y = coordinate(t.across(x.Published)), coordinate(up(f.Value))
			point.Value, point.Range, point.Tone = strconv.Itoa(f.Value), i18n.T(ctx, "picture.range", "Low", f.Low, "High", f.High), toneOf(f)
			point.Low, point.High = coordinate(up(f.Low)), coordinate(up(f.High))
			line = append(line, point.X+","+point.Y)
			lows, highs = append(lows, point.X+","+point.Low), append(highs, point.X+","+point.High)
		}
		p.Points = append(p.Points, point)
	}
	slices.Reverse(lows)
	p.Line, p.Band = strings.Join(line, " "), strings.Join(append(highs, lows...), " ")
	return p
}

// across is where a day lies from left to right.
func (t pillarTrends) across(d domain.Day) float64 {
	first, last := t.Pictures[0].Published, t.Pictures[len(t.Pictures)-1].Published
	all := first.DaysUntil(last)
	if all == 0 {
		return (panelLeft + panelRight) / 2
	}
	return panelLeft + (panelRight-panelLeft)*float64(first.DaysUntil(d))/float64(all)
}

// up is how high a score lies.
func up(score int) float64 { return panelBottom - (panelBottom-panelTop)*float64(score)/100 }

func coordinate(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

// beginning is the first of a digest, enough to tell it from others.
func beginning(digest string) string { return digest[:min(len(digest), 8)] }
