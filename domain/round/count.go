package round

import (
	"cmp"
	"math"
	"slices"

	"koersvast/domain"
	"koersvast/domain/disclosure"
	"koersvast/domain/measure"
)

// A Counting is all that is known at the moment when the boxes of a round are
// open: the one moment at which answers can be read.
type Counting struct {
	Kind       domain.RoundKind
	Closed     domain.Day
	Questions  []Question
	Thresholds domain.Thresholds
	Boxes      []Ballots
	Earlier    []Earlier // about the same person, the newest last
}

// Ballots are what came out of the box of one group, in no order. There are
// none when fewer answered than they were promised: that box was not opened.
type Ballots struct {
	Group   domain.RaterGroup
	Invited int
	Took    []domain.PersonID // who fetched a ballot paper; nobody knows which
	Answers []Answer
}

// An Earlier round about the same person has been released.
type Earlier struct {
	ID        domain.RoundID
	Closed    domain.Day
	Questions []Question
	Exact     Exact

	Thresholds domain.Thresholds
}

// Count adds up the answers of a round, and leaves out all that could be
// traced to one rater. NewID draws the ids of comments by lot.
func Count(c Counting, newID func() CommentID) Outcome {
	n := count{Counting: c, plan: disclosure.PlanOf(c.rounded(), c.answered(), c.published()...)}
	report := Report{Groups: n.groups()}
	exact := Exact{Took: c.took(), Plan: n.plan, Tallies: map[domain.QuestionID]map[domain.RaterGroup]measure.Tally{}}
	for _, q := range c.Questions {
		if q.Scale == Words {
			continue
		}
		exact.Tallies[q.ID] = n.tallies(q.ID)
		item, since := n.item(q)
		report.Items = append(report.Items, item)
		report.Since = cmp.Or(since, report.Since)
	}
	if c.Kind == domain.Check {
		report.Score, report.Of, report.Word = n.score()
	} else {
		report.Quality = n.quality()
	}
	return Outcome{Report: report, Comments: n.comments(newID), Exact: exact}
}

// A ballot is one of a group, by its place in no order.
type ballot struct {
	group domain.RaterGroup
	place int
}

// rounded is the round as its disclosure is planned.
func (c Counting) rounded() disclosure.Round {
	return disclosure.Round{Closed: c.Closed, Threshold: c.Thresholds.Of, Took: c.took()}
}

func (c Counting) took() map[domain.RaterGroup][]domain.PersonID {
	took := map[domain.RaterGroup][]domain.PersonID{}
	for _, b := range c.Boxes {
		if len(b.Answers) > 0 {
			took[b.Group] = b.Took
		}
	}
	return took
}

func (c Counting) published() (list []disclosure.Published) {
	for _, e := range c.Earlier {
		list = append(list, disclosure.Published{
			Round: disclosure.Round{Closed: e.Closed, Threshold: e.Thresholds.Of, Took: e.Exact.Took},
			Plan:  e.Exact.Plan,
		})
	}
	return list
}

// hearsOf names, among the items that are planned, what people hear said.
func hearsOf(q domain.QuestionID) string { return string(q) + "/hears" }

// answered returns who answered what with a number.
func (c Counting) answered() disclosure.Answers[ballot] {
	all := disclosure.Answers[ballot]{}
	for _, q := range c.Questions {
		if q.Scale == Words {
			continue
		}
		all[string(q.ID)] = c.whoRated(func(a Answer) int { return a.Sees[q.ID] })
		if q.Scale == HearSee {
			all[hearsOf(q.ID)] = c.whoRated(func(a Answer) int { return a.Hears[q.ID] })
		}
	}
	return all
}

func (c Counting) whoRated(rating func(Answer) int) map[domain.RaterGroup][]ballot {
	who := map[domain.RaterGroup][]ballot{}
	for _, b := range c.Boxes {
		for i, a := range b.Answers {
			if rating(a) != Unobserved {
				who[b.Group] = append(who[b.Group], ballot{b.Group, i})
			}
		}
	}
	return who
}

// A count is a counting of which is known what may leave.
type count struct {
	Counting
	plan disclosure.Plan
}

// in returns the answers of some groups.
func (n count) in(groups ...domain.RaterGroup) (answers []Answer) {
	for _, b := range n.Boxes {
		if slices.Contains(groups, b.Group) {
			answers = append(answers, b.Answers...)
		}
	}
	return answers
}

// tally counts what some groups see of a question. Who was asked and gave no
// answer to it is in no count.
func (n count) tally(q domain.QuestionID, groups ...domain.RaterGroup) measure.Tally {
	return tallyOf(n.in(groups...), func(a Answer) (int, bool) { x, ok := a.Sees[q]; return x, ok })
}

func tallyOf(answers []Answer, rating func(Answer) (int, bool)) measure.Tally {
	var ratings []int
	for _, a := range answers {
		if x, ok := rating(a); ok {
			ratings = append(ratings, x)
		}
	}
	t, _ := measure.TallyOf(ratings...) // which are on the scale: see [ReadAnswer]
	return t
}

// others returns which groups together are all others that are shown of an
// item: the superior stands alone.
func others(item disclosure.Item) []domain.RaterGroup {
	return slices.DeleteFunc(slices.Clone(item.Total), known)
}

// tallies returns what each group sees that is shown.
func (n count) tallies(q domain.QuestionID) map[domain.RaterGroup]measure.Tally {
	tallies := map[domain.RaterGroup]measure.Tally{}
	for _, g := range others(n.plan[string(q)]) {
		tallies[g] = n.tally(q, g)
	}
	return tallies
}

// groups returns who was asked, and of whom something is shown.
func (n count) groups() (groups []Group) {
	for _, g := range domain.RaterGroups {
		i := slices.IndexFunc(n.Boxes, func(b Ballots) bool { return b.Group == g })
		if i < 0 {
			continue
		}
		line, b := Group{Group: g, Shown: n.shows(g)}, n.Boxes[i]
		if line.Shown && !known(g) {
			line.Invited = b.Invited
			line.Band, _ = measure.BandOf(len(b.Answers))
			line.Turnout = TurnoutOf(len(b.Answers), b.Invited)
		}
		groups = append(groups, line)
	}
	return groups
}

// shows reports whether anything of a group is shown: of some question, or,
// when all questions are answered in words, because enough answered.
func (n count) shows(g domain.RaterGroup) bool {
	for _, item := range n.plan {
		if item.Groups[g] == disclosure.Shown && len(item.Total) > 0 {
			return true
		}
	}
	return len(n.plan) == 0 && len(n.in(g)) >= n.Thresholds.Of(g)
}

// item returns what came out of a question, and the round with which that was
// compared.
func (n count) item(q Question) (item Item, since domain.RoundID) {
	plan := n.plan[string(q.ID)]
	item = Item{Question: q.ID, Cells: n.cells(q, plan)}
	all := others(plan)
	if len(all) == 0 {
		return item, ""
	}
	if own := n.in(domain.Self); len(own) == 1 {
		if sees, ok := own[0].Sees[q.ID]; ok {
			item.Self = &Mark{sees, own[0].Hears[q.ID]}
		}
	}
	together := n.tally(q.ID, all...)
	if len(plan.Cells()) > 1 {
		cell := n.cell(q, all)
		item.All = &cell
	}
	if disclosure.DetailOf(together.Counts[:]) == disclosure.Band {
		return item, ""
	}
	if item.Self != nil && item.Self.Sees != Unobserved {
		item.Gap = gap(item.Self.Sees, together)
	}
	if apart, ok := together.AD(); ok {
		item.Apart = new(measure.RoundPoints(apart, together.N()))
	}
	item.SayDo = n.sayDo(q, all)
	item.Change, since = n.change(q)
	return item, since
}

// cells returns what each group answered, those that are not shown too.
func (n count) cells(q Question, plan disclosure.Item) (cells []Cell) {
	for _, g := range domain.RaterGroups {
		switch verdict, asked := plan.Groups[g]; {
		case g == domain.Self || !asked && !slices.ContainsFunc(n.Boxes, func(b Ballots) bool { return b.Group == g }):
		case verdict == disclosure.Shown && len(plan.Total) > 0:
			cell := n.cell(q, []domain.RaterGroup{g})
			cell.Group = g
			cells = append(cells, cell)
		default:
			cells = append(cells, Cell{Group: g})
		}
	}
	return cells
}

// cell returns what some groups that may be shown answered together.
func (n count) cell(q Question, groups []domain.RaterGroup) Cell {
	tally := n.tally(q.ID, groups...)
	cell := Cell{Shown: true, Unseen: unseen(tally)}
	alone := len(groups) == 1 && known(groups[0])
	switch detail := disclosure.DetailOf(tally.Counts[:]); {
	case alone:
		mean := tally.Sample().Mean
		cell.Sees = &measure.Estimate{Value: mean, Interval: measure.Interval{Low: mean, High: mean}}
	case detail == disclosure.Band:
		cell.End = end(tally)
	default:
		cell.Sees = mean(tally)
		if detail == disclosure.Spread {
			cell.Spread = spread(tally)
		}
	}
	if q.Scale == HearSee && n.showsHears(q.ID, groups) {
		hears := tallyOf(n.in(groups...), func(a Answer) (int, bool) { x, ok := a.Hears[q.ID]; return x, ok })
		if alone || disclosure.DetailOf(hears.Counts[:]) != disclosure.Band {
			cell.Hears = new(measure.RoundPoints(hears.Sample().Mean, hears.N()))
		}
	}
	return cell
}

// showsHears reports whether what these groups hear may be shown as well.
func (n count) showsHears(q domain.QuestionID, groups []domain.RaterGroup) bool {
	plan := n.plan[hearsOf(q)]
	return !slices.ContainsFunc(groups, func(g domain.RaterGroup) bool { return !slices.Contains(plan.Total, g) })
}

// mean returns a mean as it may leave. Where all gave the same, the interval
// is as wide as the rounding: no width would say what each of them gave.
func mean(t measure.Tally) *measure.Estimate {
	n := t.N()
	e, ok := t.Mean()
	if !ok {
		value := t.Sample().Mean
		step := .5
		if n >= disclosure.SpreadFrom {
			step = .1
		}
		e = measure.Estimate{Value: value, Interval: measure.Interval{Low: value - step, High: value + step}}
	}
	return leaving(e, n, measure.Interval{Low: measure.Lowest, High: measure.Highest})
}

// leaving rounds an estimate in points of n people, within what there can be.
func leaving(e measure.Estimate, n int, within measure.Interval) *measure.Estimate {
	return &measure.Estimate{
		Value:    measure.RoundPoints(e.Value, n),
		Interval: measure.RoundInterval(e.Interval, n).Clip(within.Low, within.High),
	}
}

// apart is how far two numbers on the scale can be from each other.
var apart = measure.Interval{Low: measure.Lowest - measure.Highest, High: measure.Highest - measure.Lowest}

func end(t measure.Tally) End {
	if t.Sample().Mean < (measure.Lowest+measure.Highest)/2. {
		return Seldom
	}
	return Mostly
}

// unseen returns how many in a hundred could not observe something, in tens,
// from so many answers that this says nothing of one of them.
func unseen(t measure.Tally) *int {
	all := t.N() + t.NotObserved
	if all < disclosure.SpreadFrom {
		return nil
	}
	return new(parts(t.NotObserved, all, 10))
}

func spread(t measure.Tally) (percent []int) {
	for _, c := range t.Counts {
		percent = append(percent, parts(c, t.N(), 5))
	}
	return percent
}

// parts returns k of n in hundredths, to the nearest step.
func parts(k, n, step int) int {
	return int(math.Round(float64(k)*100/float64(n)/float64(step))) * step
}

func gap(self int, t measure.Tally) *Gap {
	g, ok := measure.SelfAndOthers(float64(self), t.Sample())
	if !ok {
		return nil
	}
	return &Gap{*leaving(g.Estimate, t.N(), apart), g.Category}
}

// sayDo returns by how much more people hear something than they see it. It
// is about those who gave both numbers. When a few gave only one, these could
// be found by subtracting, and nothing is said.
func (n count) sayDo(q Question, groups []domain.RaterGroup) *measure.Estimate {
	if q.Scale != HearSee || !n.showsHears(q.ID, groups) {
		return nil
	}
	var hears, sees []int
	onlyHear, onlySee, least := 0, 0, 0
	for _, a := range n.in(groups...) {
		switch h, s := a.Hears[q.ID], a.Sees[q.ID]; {
		case h != Unobserved && s != Unobserved:
			hears, sees = append(hears, h), append(sees, s)
		case h != Unobserved:
			onlyHear++
		case s != Unobserved:
			onlySee++
		}
	}
	for _, g := range groups {
		least = max(least, n.Thresholds.Of(g))
	}
	for _, few := range []int{onlyHear, onlySee} {
		if few > 0 && few < least {
			return nil
		}
	}
	sample, ok := measure.SayDo(hears, sees)
	if !ok || len(hears) < least {
		return nil
	}
	e, _ := sample.Estimate()
	return leaving(e, len(hears), apart)
}

// change returns by how much more is seen than in the newest earlier round
// that asked the same in the same words, among the groups shown in both.
func (n count) change(q Question) (*Change, domain.RoundID) {
	for _, e := range slices.Backward(n.Earlier) {
		if !slices.ContainsFunc(e.Questions, func(was Question) bool { return was.ID == q.ID && was.Text == q.Text }) {
			continue
		}
		var before, after measure.Tally
		for g, t := range n.tallies(q.ID) {
			if was, shown := e.Exact.Tallies[q.ID][g]; shown {
				before, after = before.Merge(was), after.Merge(t)
			}
		}
		d, ok := measure.Change(before.Sample(), after.Sample())
		if !ok {
			return nil, ""
		}
		return &Change{*leaving(d.Estimate, min(before.N(), after.N()), apart), !d.Contains(0)}, e.ID
	}
	return nil, ""
}

// weights are how much each group's view counts in the score of a promise.
var weights = map[domain.RaterGroup]float64{
	domain.Staff:   measure.EmployeeWeight,
	domain.Leaders: measure.InformalLeaderWeight,
	domain.Peers:   measure.MTPeerWeight,
}

// score returns how much others notice of a promise, over all that was asked
// about it, of how many groups that is made, and the word for it.
func (n count) score() (*measure.Estimate, int, measure.Verdict) {
	var means []measure.GroupMean
	smallest := math.MaxInt
	for _, g := range domain.RaterGroups {
		if s, ok := n.overall(g); ok && weights[g] > 0 {
			means = append(means, measure.GroupMean{Weight: weights[g], Sample: s})
			smallest = min(smallest, s.N)
		}
	}
	if len(means) == 1 {
		e, ok := means[0].Estimate()
		return nil, 1, measure.VerdictOf(e.Score(), ok)
	}
	e, ok := measure.PromiseScore(means)
	word := measure.VerdictOf(e, ok)
	if !ok {
		return nil, 0, word
	}
	return &measure.Estimate{
		Value:    measure.RoundScore(e.Value, smallest),
		Interval: measure.RoundScoreInterval(e.Interval, smallest).Clip(0, 100),
	}, len(means), word
}

// overall returns what a group sees over all items of it that are shown: the
// mean of their means, with the spread and the number of people that an item
// has on average and at least. Each person's own mean would say something of
// who skipped an item.
func (n count) overall(g domain.RaterGroup) (measure.Sample, bool) {
	all := measure.Sample{N: math.MaxInt}
	items := 0.
	for _, q := range n.Questions {
		if q.Scale == Words || n.plan[string(q.ID)].Groups[g] != disclosure.Shown {
			continue
		}
		s := n.tally(q.ID, g).Sample()
		all.N, all.Mean, all.SD = min(all.N, s.N), all.Mean+s.Mean, all.SD+s.SD
		items++
	}
	if items == 0 {
		return measure.Sample{}, false
	}
	all.Mean, all.SD = all.Mean/items, all.SD/items
	return all, true
}

// quality returns how carefully all others who are shown seem to have
// answered, if they are enough not to be told apart.
func (n count) quality() *Quality {
	var groups []domain.RaterGroup
	for _, line := range n.groups() {
		if line.Shown && !known(line.Group) {
			groups = append(groups, line.Group)
		}
	}
	var rows [][]int
	for _, a := range n.in(groups...) {
		var row []int
		for _, q := range n.Questions {
			if x, ok := a.Sees[q.ID]; ok {
				row = append(row, x)
			}
		}
		rows = append(rows, row)
	}
	q, ok := measure.QualityOf(rows)
	if !ok || len(rows) < disclosure.SpreadFrom {
		return nil
	}
	return &Quality{Top: parts(int(math.Round(q.Top*1000)), 1000, 10), Straight: parts(int(math.Round(q.StraightLines*1000)), 1000, 10)}
}

// comments returns what people wrote, of each question in an order drawn by
// lot.
func (n count) comments(newID func() CommentID) (all []Comment) {
	for _, q := range n.Questions {
		var list []Comment
		voices := disclosure.VoicesOf(n.rounded(), n.wrote(q.ID))
		for _, b := range n.Boxes {
			for _, a := range b.Answers {
				w := a.Words[q.ID]
				if w.Text == "" {
					continue
				}
				c := Comment{ID: newID(), Question: q.ID, Text: w.Text, Use: w.Use}
				switch voice := voices[b.Group]; {
				case w.Use != Literally:
				case voice == disclosure.CoachOnly:
					c.Use = InOtherWords
				case voice == disclosure.ByGroup:
					c.Group = b.Group
				}
				list = append(list, c)
			}
		}
		slices.SortFunc(list, func(a, b Comment) int { return cmp.Compare(a.ID, b.ID) })
		all = append(all, list...)
	}
	return all
}

// wrote returns how many of each group wrote something to a question that may
// be shown as it stands.
func (n count) wrote(q domain.QuestionID) map[domain.RaterGroup]int {
	wrote := map[domain.RaterGroup]int{}
	for _, b := range n.Boxes {
		for _, a := range b.Answers {
			if w := a.Words[q]; w.Text != "" && w.Use == Literally {
				wrote[b.Group]++
			}
		}
	}
	return wrote
}
