package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/measure"
	"koersvast/domain/round"
	"koersvast/projections/rounds"
)

// A trend is what all others saw of one thing, round after round. It is made
// of the reports that the reader may see, and of nothing else.
type trend struct {
	Question domain.QuestionID `json:"question"`
	Points   []trendPoint      `json:"points" doc:"the oldest first, two at least"`
}

// A trendPoint is what one round brought.
type trendPoint struct {
	Round  domain.RoundID    `json:"round"`
	Day    domain.Day        `json:"day" doc:"on which it was closed"`
	Sees   *measure.Estimate `json:"sees,omitempty"`
	End    round.End         `json:"end,omitempty" doc:"in place of sees"`
	Change *round.Change     `json:"change,omitempty" doc:"since the point before; absent where the two were not compared"`
}

// trendLength is how many rounds are set beside each other at most.
const trendLength = 6

// seesResult reports whether the asker may see what came out of a round other
// than the one they ask for. Looking back, what was shared then does not
// count: it is not known here whether it still is.
func (a Asker) seesResult(r rounds.Round) bool {
	if a.On != "" {
		r.Shared = round.Nobody
	}
	return access.Can(a.Actor, access.RoundResult, r.Resource(a.Programme, nil))
}

// trendsOf returns how it went with what a report is about, as far as that was
// asked in earlier rounds in the same words.
func trendsOf(ctx context.Context, a Asker, res result) ([]trend, error) {
	earlier, err := earlierResults(ctx, a, res.Round)
	if err != nil {
		return nil, err
	}
	var trends []trend
	for _, i := range res.Report.Items {
		q := res.question(i.Question)
		t := trend{Question: q.ID}
		for _, e := range append(slices.Clip(earlier), res) {
			if e.question(q.ID).Text == q.Text && q.Text != "" {
				t.add(e)
			}
		}
		if n := len(t.Points); n > 1 && t.Points[n-1].Round == res.Round.ID {
			t.Points = t.Points[max(0, n-trendLength):]
			t.Points[0].Change = nil // since what is not there
			trends = append(trends, t)
		}
	}
	return trends, nil
}

// earlierResults are those of the rounds of the same kind about the same
// person before this one, the oldest first.
func earlierResults(ctx context.Context, a Asker, than rounds.Round) (list []result, err error) {
	all, err := rounds.OfSubject(ctx, a.Read, a.Programme, than.Subject)
	if err != nil {
		return nil, err
	}
	inOrder := func(x, y rounds.Round) int {
		return cmp.Or(cmp.Compare(x.Closed, y.Closed), cmp.Compare(x.Place, y.Place))
	}
	all = slices.DeleteFunc(all, func(r rounds.Round) bool {
		return r.Kind != than.Kind || r.Status != round.StatusReleased || inOrder(r, than) >= 0 || !a.seesResult(r)
	})
	slices.SortFunc(all, inOrder)
	for _, r := range all {
		e := result{Round: r}
		if e.Result, err = rounds.ResultFor(ctx, a.Read, a.Programme, r.ID, false); err != nil {
			return nil, err
		}
		if e.Report != nil { // it was not erased
			list = append(list, e)
		}
	}
	return list, nil
}

// add adds what a round brought, if it is shown.
func (t *trend) add(res result) {
	i := slices.IndexFunc(res.Report.Items, func(i round.Item) bool { return i.Question == t.Question })
	if i < 0 {
		return
	}
	item := res.Report.Items[i]
	c, ok := others(item)
	if !ok || c.Sees == nil && c.End == "" {
		return
	}
	p := trendPoint{Round: res.Round.ID, Day: res.Round.Closed, Sees: c.Sees, End: c.End}
	if n := len(t.Points); n > 0 && item.Change != nil && item.Change.Since == t.Points[n-1].Round {
		p.Change = item.Change
	}
	t.Points = append(t.Points, p)
}

// trendRounds are the rounds of all trends, the oldest first.
func (res result) trendRounds() (all []trendPoint) {
	for _, t := range res.Trends {
		for _, p := range t.Points {
			if !slices.ContainsFunc(all, func(x trendPoint) bool { return x.Round == p.Round }) {
				all = append(all, p)
			}
		}
	}
	slices.SortStableFunc(all, func(x, y trendPoint) int { return cmp.Compare(x.Day, y.Day) })
	return all
}

// A slope is a trend as it is drawn: a dot for each round, and a line only
// where it is sure that something changed.
type slope struct {
	Dots  []slopeDot
	Lines []slopeLine
	Steps []slopeStep
}

type slopeDot struct {
	X, Y string
	Now  bool
}

type slopeLine struct{ X1, Y1, X2, Y2 string }

// A slopeStep tells what a line or its absence says.
type slopeStep struct {
	From, To domain.Day
	Text     string
	Real     bool
}

// How slopes are laid out, in pixels.
const (
	slopeEdge   = 8
	slopeStride = 68 // between two rounds, if there is room
	slopeWidth  = 152
	slopeHeight = 40
)

// slopesWidth is how wide the slopes of so many rounds are.
func slopesWidth(rounds int) int { return min(2*slopeEdge+(rounds-1)*slopeStride, slopeWidth) }

// slope draws a trend among the rounds of all trends, so that each round has
// the same place in all of them.
func (t trend) slope(ctx context.Context, among []trendPoint) (s slope) {
	stride := float64(slopesWidth(len(among))-2*slopeEdge) / float64(max(len(among)-1, 1))
	for n, p := range t.Points {
		at := slices.IndexFunc(among, func(x trendPoint) bool { return x.Round == p.Round })
		if p.Sees != nil {
			dot := slopeDot{X: pixels(slopeEdge + float64(at)*stride), Y: slopeY(p.Sees.Value), Now: n == len(t.Points)-1}
			if last := len(s.Dots) - 1; last >= 0 && p.Change != nil && p.Change.Real {
				s.Lines = append(s.Lines, slopeLine{s.Dots[last].X, s.Dots[last].Y, dot.X, dot.Y})
			}
			s.Dots = append(s.Dots, dot)
		}
		if n > 0 {
			s.Steps = append(s.Steps, slopeStep{t.Points[n-1].Day, p.Day, p.changed(ctx), p.Change != nil && p.Change.Real})
		}
	}
	return s
}

// slopeY is the height of a number of points, downwards.
func slopeY(points float64) string {
	return pixels(4 + (slopeHeight-8)*(measure.Highest-points)/(measure.Highest-measure.Lowest))
}

func pixels(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

// changed says what is known of the change since the point before.
func (p trendPoint) changed(ctx context.Context) string {
	switch {
	case p.Change == nil:
		return i18n.T(ctx, "since.not_compared")
	case !p.Change.Real:
		return i18n.T(ctx, "since.chance")
	}
	return i18n.T(ctx, "since.real", "Points", signed(ctx, p.Change.Value))
}

// value is what the round brought, in words and numbers.
func (p trendPoint) value(ctx context.Context) string {
	if p.Sees == nil {
		return i18n.T(ctx, "result.end."+string(p.End))
	}
	return points(ctx, p.Sees.Value)
}

// in returns the point of a round, if the trend has one.
func (t trend) in(id domain.RoundID) (p trendPoint, first, ok bool) {
	n := slices.IndexFunc(t.Points, func(x trendPoint) bool { return x.Round == id })
	if n < 0 {
		return p, false, false
	}
	return t.Points[n], n == 0, true
}
