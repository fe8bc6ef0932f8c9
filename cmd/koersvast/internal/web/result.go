package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/cmd/koersvast/internal/web/sheet"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/measure"
	"koersvast/domain/round"
	"koersvast/eventstore"
	"koersvast/projections/people"
	"koersvast/projections/promises"
	"koersvast/projections/rounds"
	"koersvast/projections/strategies"
)

// resultRoutes are what rounds brought, and what coach and subject do with
// it. A check is for its promiser and the coach, and further only if the
// promiser shares it. The report of feedback is the coach's until coach and
// subject have talked about it, or the subject waives that.
func (s *Server) resultRoutes() {
	question(s, Question[RoundIn, result]{
		Path: "/rounds/{id}/result", Doc: "What came out of a round, rounded, and without anything that could be traced to one person",
		Action: access.RoundResult, Of: theRound[RoundIn],
		Ask: askResult, Page: resultPage, Logged: true, Table: result.sheet, Saved: resultFile,
	})
	question(s, Question[RoundIn, result]{
		Path: "/rounds/{id}/comments", Doc: "What people wrote in a round, for its coach to prepare",
		Action: access.RoundCoach, Of: theRound[RoundIn],
		Ask: askResult, Page: commentsPage,
	})
	question(s, Question[RoundIn, oneRound]{
		Path: "/rounds/{id}/waive", Doc: "Whether the report about you can be read without talking about it first",
		Action: access.RoundOwn, Of: theRound[RoundIn],
		Ask: s.askRound, Page: waivePage,
	})
	question(s, Question[RoundIn, oneRound]{
		Path: "/rounds/{id}/letter", Doc: "A round about you, to write back to those who were asked",
		Action: access.RoundOwn, Of: theRound[RoundIn],
		Ask: s.askRound, Page: letterPage,
	})

	thenResult(s, "read", "Say that you, the coach, have read the report", access.RoundCoach, "result", func(in RoundIn) domain.Command[round.State] {
		return round.ReadFirst{ID: in.ID}
	})
	command(s, Command[maskIn]{
		Path: "/rounds/{id}/comments/{comment}/mask", Doc: "Keep a comment that gives somebody away from the report, and say why",
		Action: access.RoundCoach, Of: theRound[maskIn],
		Do: func(_ context.Context, _ Asker, in maskIn) (Steps, error) {
			return Steps{eventstore.Do(round.Mask{ID: in.ID, Comment: in.Comment, Why: in.Body.Why})}, nil
		},
		Form: "/rounds/{id}/comments", Next: "/rounds/{id}/comments",
	})
	command(s, Command[paraphraseIn]{
		Path: "/rounds/{id}/questions/{question}/paraphrase", Doc: "Say in your own words what people wrote to a question who did not want theirs shown",
		Action: access.RoundCoach, Of: theRound[paraphraseIn],
		Do: func(_ context.Context, _ Asker, in paraphraseIn) (Steps, error) {
			return Steps{eventstore.Do(round.Paraphrase{ID: in.ID, Question: in.Question, Text: in.Body.Text})}, nil
		},
		Form: "/rounds/{id}/comments", Next: "/rounds/{id}/comments",
	})
	thenResult(s, "debrief", "Say that you talked about the report with the person it is about, who can read it from then on", access.RoundCoach, "result", func(in debriefIn) domain.Command[round.State] {
		return round.HoldDebrief{ID: in.ID, On: in.Body.On}
	})
	thenResult(s, "waive", "Read the report about you without talking about it first", access.RoundOwn, "waive", func(in RoundIn) domain.Command[round.State] {
		return round.WaiveDebrief{ID: in.ID}
	})
	thenResult(s, "share", "Share how a check of your promise came out, or keep it to yourself again", access.RoundOwn, "result", func(in shareIn) domain.Command[round.State] {
		return round.Share{ID: in.ID, With: in.audience()}
	})
	thenResult(s, "letter", "Write back to everybody who was asked: what you heard, and what you will do with it", access.RoundOwn, "letter", func(in letterIn) domain.Command[round.State] {
		return round.ThankRaters{ID: in.ID, Letter: in.Body.Letter}
	})
}

// thenResult declares a command about one round whose effect shows in its
// result. Its form is that page below the round.
func thenResult[In aboutRound](s *Server, verb, doc string, action access.Action, form string, cmd func(In) domain.Command[round.State]) {
	command(s, Command[In]{
		Path: "/rounds/{id}/" + verb, Doc: doc, Action: action, Of: theRound[In],
		Do:   func(_ context.Context, _ Asker, in In) (Steps, error) { return Steps{eventstore.Do(cmd(in))}, nil },
		Form: "/rounds/{id}/" + form, Next: "/rounds/{id}/result",
	})
}

type maskIn struct {
	RoundIn
	Comment round.CommentID `path:"comment"`
	Body    struct {
		Why string `json:"why" doc:"What in it gives somebody away; you alone will read this"`
	}
}

type paraphraseIn struct {
	RoundIn
	Question domain.QuestionID `path:"question"`
	Body     struct {
		Text string `json:"text" doc:"In your words"`
	}
}

type debriefIn struct {
	RoundIn
	Body struct {
		On domain.Day `json:"on,omitempty" doc:"The day of the talk; today if you leave it out"`
	}
}

// nobodyElse is what a form says instead of an empty audience.
const nobodyElse = "nobody"

type shareIn struct {
	RoundIn
	Body struct {
		With round.Audience `json:"with" doc:"mt, everyone, or nobody"`
	}
}

func (in shareIn) audience() round.Audience {
	if in.Body.With == nobodyElse {
		return round.Nobody
	}
	return in.Body.With
}

type letterIn struct {
	RoundIn
	Body struct {
		Letter string `json:"letter" doc:"What you heard, and what you will do with it"`
	}
}

// A result is what a round brought, as far as the asker may know it.
type result struct {
	Round rounds.Round `json:"round"`
	rounds.Result
	Mirror *mirror `json:"mirror,omitempty" doc:"What stands out in 360 feedback"`
	Trends []trend `json:"trends,omitempty" doc:"How it went from round to round, as far as you may see those"`

	about   access.Resource
	coach   bool // the asker coaches this round
	subject bool // the asker is whom it is about
	promise *promises.Promise
	pillars []strategies.Part
	names   people.Directory
}

// askResult answers with the report. There is none when too few answered.
func askResult(ctx context.Context, a Asker, in RoundIn) (res result, err error) {
	if res.Round, err = rounds.TheRound(ctx, a.Read, a.Programme, in.ID); err != nil {
		return res, err
	}
	if res.about, err = theRound(ctx, a, in); err != nil {
		return res, err
	}
	res.coach = access.Can(a.Actor, access.RoundCoach, res.about)
	res.subject = a.Person == res.Round.Subject
	if res.Round.Status != round.StatusNothing {
		if res.Result, err = rounds.ResultFor(ctx, a.Read, a.Programme, in.ID, res.coach); err != nil {
			return res, err
		}
	}
	if !access.Can(a.Actor, access.RoundRead, res.about) {
		res.Round.Letter = new(string) // it was written to others
	}
	res.Result = res.seen()
	if res.Report != nil && res.Round.Kind == domain.Feedback {
		res.Mirror = mirrorOf(*res.Report)
	}
	if res.Report != nil {
		if res.Trends, err = trendsOf(ctx, a, res); err != nil {
			return res, err
		}
	}
	if res.Round.Promise != "" {
		p, err := promises.ThePromise(ctx, a.Read, a.Programme, res.Round.Promise)
		if err != nil {
			return res, err
		}
		res.promise = &p
	}
	if res.pillars, err = strategies.Pillars(ctx, a.Read, a.Programme); err != nil {
		return res, err
	}
	res.names, err = people.Names(ctx, a.Read, a.Programme)
	return res, err
}

// seen returns of the result what the asker may see of it. How carefully
// people answered is for the coach. What somebody shares is what came out of
// the groups: neither what people wrote, nor what one of them answered who can
// be recognised.
func (res result) seen() rounds.Result {
	r := res.Result
	if res.coach {
		return r
	}
	if r.Report != nil {
		r.Report.Quality = nil
	}
	if res.subject {
		return r
	}
	r.Comments, r.Paraphrases = []rounds.Comment{}, nil
	if r.Report != nil {
		report := r.Report.ForOthers()
		r.Report = &report
	}
	return r
}

// A roundTask is what a round asks of somebody today.
type roundTask struct {
	Round rounds.Round `json:"round"`
	Asks  string       `json:"asks" enum:"answer,propose,approve,open,key,close,count,read,debrief,result" doc:"to answer; to say who is asked, settle that, open it; to make a key, close it, count it, read it, talk about it; or to read what came out and write back"`
}

// resultTasks are what rounds ask of somebody, the oldest first.
func resultTasks(ctx context.Context, a Asker) ([]roundTask, error) {
	tasks := []roundTask{}
	if !access.Can(a.Actor, access.RoundsRead, a.all()) {
		return tasks, nil
	}
	coached, err := coachedBy(ctx, a)
	if err != nil {
		return nil, err
	}
	_, held, err := rounds.KeyOf(ctx, a.Read, a.Programme, a.Person)
	if err != nil {
		return nil, err
	}
	about, err := rounds.OfSubject(ctx, a.Read, a.Programme, a.Person)
	if err != nil {
		return nil, err
	}
	for _, r := range slices.Backward(coached) {
		if asks := asksOfCoach(r, held, a.today()); asks != "" {
			tasks = append(tasks, roundTask{r, asks})
		}
	}
	for _, r := range about {
		if r.Status == round.StatusReleased && (r.Kind == domain.Check || r.Debriefed != "") && r.Letter != nil && *r.Letter == "" {
			tasks = append(tasks, roundTask{r, "result"})
		}
	}
	return tasks, nil
}

// asksOfCoach is what a round asks of its coach, who holds a key or does not.
func asksOfCoach(r rounds.Round, held bool, today domain.Day) string {
	switch {
	case (r.Status == round.StatusPlanned || r.Status == round.StatusApproved) && !held:
		return "key"
	case r.Status == round.StatusOpen && r.Closes <= today:
		return "close"
	case r.Status == round.StatusClosed:
		return "count"
	case r.Status != round.StatusReleased || r.Kind != domain.Feedback || r.Debriefed != "":
		return ""
	case r.Read:
		return "debrief"
	}
	return "read"
}

// href is where the task is done.
func (t roundTask) href() string {
	switch t.Asks {
	case "key":
		return "/key"
	case "answer":
		return "/rounds/" + string(t.Round.ID) + "/answer"
	case "propose", "approve":
		return "/rounds/" + string(t.Round.ID) + "/raters"
	case "open":
		return "/rounds/" + string(t.Round.ID)
	case "close", "count":
		return "/rounds/" + string(t.Round.ID) + "/close"
	}
	return "/rounds/" + string(t.Round.ID) + "/result"
}

// resultPage shows what came out, in the way that belongs to the kind of
// round.
func resultPage(v View, res result) templ.Component {
	switch {
	case res.Round.Status == round.StatusNothing:
		return nothingPage(v, res)
	case res.Report == nil:
		return erasedResultPage(v, res)
	case res.Round.Kind == domain.Check:
		return checkPage(v, res)
	}
	return mirrorPage(v, res)
}

// resultFile is what the result is called when it is saved. It says nothing of
// whom it is about: others see the names of files.
func resultFile(ctx context.Context, res result) string {
	return i18n.T(ctx, "result.file."+string(res.Round.Kind))
}

// since is from when on a round asks its task.
func (t roundTask) since() domain.Day {
	if t.Asks == "close" {
		return t.Round.Closes
	}
	return t.Round.Since
}

// A voice is what people wrote to one question: word for word, to be retold by
// the coach, and for the coach alone.
type voice struct {
	Question         domain.QuestionID
	Literal          []rounds.Comment
	Retold, ForCoach []round.Comment
	Paraphrase       string
}

// wrote is what people wrote to each question to which somebody did.
func (res result) wrote() (list []voice) {
	for _, q := range res.Round.Questions {
		w := voice{Question: q.ID, Paraphrase: res.Paraphrases[q.ID]}
		for _, c := range res.Comments {
			if c.Question == q.ID {
				w.Literal = append(w.Literal, c)
			}
		}
		for _, c := range res.ForCoach {
			switch {
			case c.Question != q.ID:
			case c.Use == round.ForCoach:
				w.ForCoach = append(w.ForCoach, c)
			default:
				w.Retold = append(w.Retold, c)
			}
		}
		if len(w.Literal)+len(w.Retold)+len(w.ForCoach) > 0 || w.Paraphrase != "" {
			list = append(list, w)
		}
	}
	return list
}

// prepares reports whether the coach can still change what is handed over.
func (res result) prepares(v View) bool { return v.Asker.On == "" && res.Round.Debriefed == "" }

// asksBoth reports whether people were asked what they hear said as well.
func (res result) asksBoth() bool {
	return slices.ContainsFunc(res.Round.Questions, func(q round.Question) bool { return q.Scale == round.HearSee })
}

// sharedWith is what the form says of who else sees it.
func (res result) sharedWith() string {
	return cmp.Or(string(res.Round.Shared), nobodyElse)
}

func shareOptions(ctx context.Context) (options []Option) {
	for _, with := range []string{nobodyElse, string(round.WithMT), string(round.Everyone)} {
		options = append(options, Option{Value: with, Label: i18n.T(ctx, "result.share."+with), Help: i18n.T(ctx, "result.share."+with+".help")})
	}
	return options
}

// lines are the rows of one question in the table of a report.
type lines struct {
	Question string
	Rows     []line
}

type line struct {
	Who, Sees, Range, Heard, Unseen, Spread string
}

// table is all numbers of the report, as they are drawn.
func (res result) table(ctx context.Context) (table []lines) {
	for _, i := range res.Report.Items {
		l := lines{Question: res.text(ctx, i.Question)}
		if i.Self != nil {
			l.Rows = append(l.Rows, numbersOf(ctx, selfRow(ctx, res.groupName(ctx, domain.Self), *i.Self), round.Cell{}))
		}
		if i.All != nil {
			l.Rows = append(l.Rows, numbersOf(ctx, cellRow(ctx, i18n.T(ctx, "result.all"), "", *i.All), *i.All))
		}
		for _, c := range i.Cells {
			l.Rows = append(l.Rows, numbersOf(ctx, cellRow(ctx, res.groupName(ctx, c.Group), "", c), c))
		}
		table = append(table, l)
	}
	return table
}

// sheet is all numbers of the report, as they are: rounded before they were in
// it. Behind each question stand its views, and then what was made of them.
func (res result) sheet(v View) sheet.Table {
	ctx := v.ctx()
	t := sheet.Table{
		Name:    i18n.T(ctx, "result.title"),
		Columns: append(heads(ctx, "question", "who", "value", "low", "high", "in_words", "hears", "unseen"), spreadHeads(ctx)...),
	}
	if res.Report == nil {
		t.Notes = []string{i18n.T(ctx, "result.nothing.lede")}
		if res.Round.Status != round.StatusNothing {
			t.Notes = []string{i18n.T(ctx, "text.erased")}
		}
		return t
	}
	row := func(question, who string, estimate *measure.Estimate, words string, cell round.Cell) {
		cells := []any{question, who, nil, nil, nil, words, nil, nil}
		if estimate != nil {
			cells[2], cells[3], cells[4] = estimate.Value, estimate.Low, estimate.High
		}
		if cell.Hears != nil {
			cells[6] = *cell.Hears
		}
		if cell.Unseen != nil {
			cells[7] = *cell.Unseen
		}
		for i := range scaleTicks {
			cells = append(cells, nil)
			if i < len(cell.Spread) {
				cells[len(cells)-1] = cell.Spread[i]
			}
		}
		t.Rows = append(t.Rows, cells)
	}
	view := func(question, who string, cell round.Cell) {
		words := ""
		switch {
		case !cell.Shown:
			words = i18n.T(ctx, "result.hidden")
		case cell.End != "":
			words = i18n.T(ctx, "result.end."+string(cell.End))
		}
		row(question, who, cell.Sees, words, cell)
	}
	for _, i := range res.Report.Items {
		question := res.text(ctx, i.Question)
		if i.Self != nil {
			self := round.Cell{Shown: true}
			var estimate *measure.Estimate
			words := i18n.T(ctx, "result.unobserved")
			if i.Self.Sees != round.Unobserved {
				own := float64(i.Self.Sees)
				estimate, words = &measure.Estimate{Value: own, Interval: measure.Interval{Low: own, High: own}}, ""
			}
			if i.Self.Hears != round.Unobserved {
				self.Hears = new(float64)
				*self.Hears = float64(i.Self.Hears)
			}
			row(question, res.groupName(ctx, domain.Self), estimate, words, self)
		}
		if i.All != nil {
			view(question, i18n.T(ctx, "result.all"), *i.All)
		}
		for _, c := range i.Cells {
			view(question, res.groupName(ctx, c.Group), c)
		}
		if i.Gap != nil {
			row(question, i18n.T(ctx, "table.gap"), &i.Gap.Estimate, "", round.Cell{})
		}
		if i.SayDo != nil {
			row(question, i18n.T(ctx, "table.say_do"), i.SayDo, "", round.Cell{})
		}
		if i.Change != nil {
			words := i18n.T(ctx, "table.chance")
			if i.Change.Real {
				words = i18n.T(ctx, "table.real")
			}
			row(question, i18n.T(ctx, "table.change"), &i.Change.Estimate, words, round.Cell{})
		}
	}
	if res.Report.Word != "" {
		row(i18n.T(ctx, "table.score"), i18n.T(ctx, "result.all"), res.Report.Score, i18n.T(ctx, "verdict."+string(res.Report.Word)), round.Cell{})
	}
	t.Notes = res.howCounted(ctx)
	return t
}

func spreadHeads(ctx context.Context) (names []string) {
	for _, n := range scaleTicks {
		names = append(names, i18n.T(ctx, "table.share", "Point", i18n.T(ctx, "scale.point."+strconv.Itoa(n))))
	}
	return names
}

// howCounted says of whom the numbers are, and how they were made.
func (res result) howCounted(ctx context.Context) (notes []string) {
	for _, g := range res.Report.Groups {
		parts := []string{}
		switch {
		case !g.Shown:
			parts = append(parts, i18n.T(ctx, "result.hidden"))
		default:
			if g.Band != "" {
				parts = append(parts, i18n.T(ctx, "method.band", "Band", string(g.Band)))
			}
			if g.Turnout != "" {
				parts = append(parts, i18n.T(ctx, "turnout."+string(g.Turnout)))
			}
		}
		if k := res.Round.Thresholds.Of(g.Group); k > 1 {
			parts = append(parts, i18n.T(ctx, "group.from", "n", k))
		}
		notes = append(notes, res.groupName(ctx, g.Group)+": "+strings.Join(parts, ", "))
	}
	return append(notes, res.methodNotes(ctx)...)
}

// methodNotes say how it was counted, and what cannot be made out of it.
func (res result) methodNotes(ctx context.Context) []string {
	notes := []string{i18n.T(ctx, "method.scale"), i18n.T(ctx, "method.range"), i18n.T(ctx, "method.rounded"), i18n.T(ctx, "method.ends")}
	if res.Round.Kind == domain.Check {
		notes = append(notes, i18n.T(ctx, "method.score"), i18n.T(ctx, "method.say_do"))
	} else {
		notes = append(notes, i18n.T(ctx, "method.windows"))
	}
	return append(notes, i18n.T(ctx, "method.change"), i18n.T(ctx, "method.not"))
}

func numbersOf(ctx context.Context, row dumbbellRow, c round.Cell) line {
	l := line{Who: row.Label, Sees: row.Value, Range: row.Range, Heard: row.Heard, Spread: spread(ctx, c.Spread)}
	if c.Unseen != nil {
		l.Unseen = i18n.T(ctx, "result.share_of", "Share", *c.Unseen)
	}
	return l
}

// spread says how many in a hundred gave each point of the scale.
func spread(ctx context.Context, percent []int) string {
	var parts []string
	for i, n := range percent {
		if n > 0 {
			parts = append(parts, i18n.T(ctx, "scale.point."+strconv.Itoa(i+1))+" "+i18n.T(ctx, "result.share_of", "Share", n))
		}
	}
	return strings.Join(parts, ", ")
}

// A check is when people were asked whether they notice a promise, and, for
// who may know, how that came out.
type check struct {
	Round domain.RoundID  `json:"round"`
	Day   domain.Day      `json:"day" doc:"on which it was closed"`
	Word  measure.Verdict `json:"word,omitempty" doc:"absent where you may not know"`
}

// checksOf returns the checks of a promise that are over.
func checksOf(ctx context.Context, a Asker, id domain.PromiseID) ([]check, error) {
	list := []check{}
	all, err := rounds.OfPromise(ctx, a.Read, a.Programme, id)
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		if r.Status != round.StatusReleased && r.Status != round.StatusNothing {
			continue
		}
		c := check{Round: r.ID, Day: r.Closed}
		if a.seesResult(r) {
			if c.Word, err = wordOf(ctx, a, r); err != nil {
				return nil, err
			}
		}
		list = append(list, c)
	}
	return list, nil
}

// wordOf is the word for what came out of a check.
func wordOf(ctx context.Context, a Asker, r rounds.Round) (measure.Verdict, error) {
	if r.Status == round.StatusNothing {
		return measure.Insufficient, nil
	}
	res, err := rounds.ResultFor(ctx, a.Read, a.Programme, r.ID, false)
	if err != nil || res.Report == nil {
		return "", err
	}
	return res.Report.Word, nil
}

// mark is the check on the lifeline of its promise.
func (c check) mark(ctx context.Context) LifeMark {
	m := LifeMark{ID: "check-" + string(c.Round), Day: c.Day, Kind: "checked"}
	if c.Word != "" {
		m.Note, m.Href = i18n.T(ctx, "verdict."+string(c.Word)), "/rounds/"+string(c.Round)+"/result"
	}
	return m
}
