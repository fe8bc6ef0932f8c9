package web

import (
	"context"
	"math"
	"strconv"
	"strings"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
	"koersvast/domain/measure"
	"koersvast/domain/round"
)

// A dumbbell is one question as it is drawn: a line for each view on it, all on
// the scale from never to always, and what there is to say about it.
type dumbbell struct {
	ID    domain.QuestionID
	Text  string
	Rows  []dumbbellRow
	Notes []dumbbellNote
}

// A dumbbellRow is one view: one's own (◇), or that of others: what they see
// done (●), and where that was asked, what they hear said (○). Places along
// the scale are percentages, so that marks keep their size on any width.
type dumbbellRow struct {
	Label string
	All   bool   // all others together
	Self  string // where ◇ is; also faint beside the views of others
	Own   bool   // it is one's own view
	Sees  string
	Hears string
	Low   string // the ends of the interval around Sees
	High  string
	End   round.End // shown in place of Sees
	Shown bool

	// The same in words and numbers.
	Value, Range, Heard string
}

// A dumbbellNote is a sentence about one question. What is within chance is
// told in grey.
type dumbbellNote struct {
	Text string
	Grey bool
}

// scaleAt is where a number of points lies along the scale. Marks at the ends
// keep some room beside them.
func scaleAt(points float64) string {
	return percent(3 + 94*(points-measure.Lowest)/(measure.Highest-measure.Lowest))
}

// scaleTicks are the points of the scale.
var scaleTicks = []int{1, 2, 3, 4, 5}

func (res result) dumbbell(ctx context.Context, i round.Item) dumbbell {
	q := res.question(i.Question)
	d := dumbbell{ID: i.Question, Text: questionText(ctx, q)}
	self := ""
	if i.Self != nil {
		d.Rows = append(d.Rows, selfRow(ctx, res.groupName(ctx, domain.Self), *i.Self))
		if i.Self.Sees != round.Unobserved {
			self = scaleAt(float64(i.Self.Sees))
		}
	}
	if i.All != nil {
		row := cellRow(ctx, i18n.T(ctx, "result.all"), self, *i.All)
		row.All = true
		d.Rows = append(d.Rows, row)
	}
	for _, c := range i.Cells {
		d.Rows = append(d.Rows, cellRow(ctx, res.groupName(ctx, c.Group), self, c))
	}
	d.Notes = res.notes(ctx, i)
	return d
}

func selfRow(ctx context.Context, label string, m round.Mark) dumbbellRow {
	row := dumbbellRow{Label: label, Own: true, Shown: true, Value: i18n.T(ctx, "result.unobserved")}
	if m.Sees != round.Unobserved {
		row.Self, row.Value = scaleAt(float64(m.Sees)), strconv.Itoa(m.Sees)
	}
	if m.Hears != round.Unobserved {
		row.Heard = i18n.T(ctx, "result.heard_self", "Points", strconv.Itoa(m.Hears))
	}
	return row
}

func cellRow(ctx context.Context, label, self string, c round.Cell) dumbbellRow {
	row := dumbbellRow{Label: label, Self: self, Shown: c.Shown, End: c.End}
	switch {
	case !c.Shown:
		row.Value = i18n.T(ctx, "result.hidden")
	case c.End != "":
		row.Value = i18n.T(ctx, "result.end."+string(c.End))
	case c.Sees != nil:
		row.Sees, row.Low, row.High = scaleAt(c.Sees.Value), scaleAt(c.Sees.Low), scaleAt(c.Sees.High)
		row.Value, row.Range = points(ctx, c.Sees.Value), between(ctx, c.Sees.Interval)
	}
	if c.Hears != nil {
		row.Hears = scaleAt(*c.Hears)
		row.Heard = i18n.T(ctx, "result.heard", "Points", points(ctx, *c.Hears))
	}
	return row
}

// notes are what there is to say about a question besides its numbers.
func (res result) notes(ctx context.Context, i round.Item) (notes []dumbbellNote) {
	if ahead := aheadOf(i); ahead == "heard" || ahead == "seen" {
		notes = append(notes, dumbbellNote{Text: i18n.T(ctx, "result.ahead."+ahead, "Points", points(ctx, max(i.SayDo.Value, -i.SayDo.Value)))})
	}
	if i.Gap != nil {
		whose := "they."
		if res.subject {
			whose = "you."
		}
		if text, ok := i18n.Lookup(ctx, "result.gap."+whose+string(i.Gap.Window), "Name", res.subjectName(ctx)); ok { // of a small gap there is nothing to say
			notes = append(notes, dumbbellNote{Text: text})
		}
	}
	if n := unseen(i); n > 0 {
		notes = append(notes, dumbbellNote{Text: i18n.T(ctx, "result.unseen", "Share", n/10)})
	}
	if i.Change != nil {
		key := "result.change.real"
		if !i.Change.Real {
			key = "result.change.chance"
		}
		notes = append(notes, dumbbellNote{i18n.T(ctx, key, "Points", signed(ctx, i.Change.Value)), !i.Change.Real})
	}
	return notes
}

// points writes a number of points with one decimal.
func points(ctx context.Context, x float64) string {
	s := strings.Replace(strconv.FormatFloat(x, 'f', 1, 64), "-", "−", 1)
	if i18n.Of(ctx) == i18n.Dutch {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

// signed is points with a sign, which tells more from less.
func signed(ctx context.Context, x float64) string {
	if x > 0 {
		return "+" + points(ctx, x)
	}
	return points(ctx, x)
}

// between writes an interval.
func between(ctx context.Context, i measure.Interval) string {
	if i.Width() == 0 {
		return ""
	}
	return i18n.T(ctx, "result.between", "Low", points(ctx, i.Low), "High", points(ctx, i.High))
}

// question is what was asked; its text is empty when it was erased.
func (res result) question(id domain.QuestionID) round.Question {
	for _, q := range res.Round.Questions {
		if q.ID == id {
			return q
		}
	}
	return round.Question{ID: id}
}

// text is the text of a question.
func (res result) text(ctx context.Context, id domain.QuestionID) string {
	return questionText(ctx, res.question(id))
}

// groupName is what a group is called in a report: of oneself, "you" to whom
// it is about.
func (res result) groupName(ctx context.Context, g domain.RaterGroup) string {
	switch {
	case g == domain.Self && res.subject:
		return i18n.T(ctx, "result.you")
	case g == domain.Self:
		return personName(ctx, res.names, res.Round.Subject)
	}
	return i18n.T(ctx, "group."+string(g))
}

func (res result) subjectName(ctx context.Context) string {
	return personName(ctx, res.names, res.Round.Subject)
}

// A theme is questions that belong together.
type theme struct {
	ID, Title string
	Items     []round.Item
}

// themes are the questions of the report by what they belong to, in the order
// in which they were asked.
func (res result) themes(ctx context.Context) (all []theme) {
	at := map[string]int{}
	for _, i := range res.Report.Items {
		id := res.question(i.Question).Theme
		n, ok := at[id]
		if !ok {
			n, at[id] = len(all), len(all)
			all = append(all, theme{ID: id, Title: res.themeTitle(ctx, id)})
		}
		all[n].Items = append(all[n].Items, i)
	}
	return all
}

func (res result) themeTitle(ctx context.Context, id string) string {
	for _, p := range res.pillars {
		if p.ID == id {
			return p.Name
		}
	}
	if id == "promises" || id == "values" {
		return i18n.T(ctx, "theme."+id)
	}
	return i18n.T(ctx, "theme.other")
}

// headline is the sentence with which the result of a check begins.
func (res result) headline(ctx context.Context) string {
	if id := res.ahead(); id != "" {
		return i18n.T(ctx, "check.headline."+id)
	}
	return i18n.T(ctx, "verdict."+string(res.Report.Word))
}

// ahead says what is ahead: what people hear said, or what they see done. It
// is empty where neither can be told.
func (res result) ahead() string {
	found := map[string]bool{}
	for _, i := range res.Report.Items {
		found[aheadOf(i)] = true
	}
	switch {
	case found["heard"] && found["seen"]:
		return "both"
	case found["heard"]:
		return "heard"
	case found["seen"]:
		return "seen"
	case found["alike"] && !found["unclear"]:
		return "alike"
	}
	return ""
}

// aheadOf is what is ahead in one question: heard or seen, if they differ
// enough to speak of and surely lie that way; alike, if they do not differ
// enough; or that is unclear. Where it is not told it is empty. Intervals have
// been rounded outwards: what touches 0 was above it.
func aheadOf(i round.Item) string {
	switch d := i.SayDo; {
	case d == nil:
		return ""
	case d.Value >= measure.Margin && d.Low >= 0:
		return "heard"
	case d.Value <= -measure.Margin && d.High <= 0:
		return "seen"
	case math.Abs(d.Value) < measure.Margin:
		return "alike"
	}
	return "unclear"
}

// verdict is the word for a check, with how sure it is.
func (res result) verdict(ctx context.Context) string {
	r := res.Report
	word := i18n.T(ctx, "verdict."+string(r.Word))
	switch {
	case r.Score != nil:
		return word + " " + i18n.T(ctx, "verdict.score", "n", r.Of, "Score", i18n.Number(ctx, r.Score.Value),
			"Low", i18n.Number(ctx, r.Score.Low), "High", i18n.Number(ctx, r.Score.High))
	case r.Of == 1:
		return word + " " + i18n.T(ctx, "verdict.one_group")
	}
	return word
}
