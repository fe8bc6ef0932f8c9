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
	Kind      domain.RoundKind
	ID        domain.RoundID
	Closed    domain.Day
	Questions []Question
	Exact     Exact

	Thresholds domain.Thresholds
}

// Count adds up the answers of a round, and leaves out all that could be
// traced to one rater. NewID draws the ids of comments by lot.
func Count(c Counting, newID func() CommentID) Outcome {
	c.Boxes = c.enough()
	n := count{Counting: c, plan: disclosure.PlanOf(c.rounded(), c.answered(), c.published()...)}
	report := Report{Groups: n.groups()}
	exact := Exact{Took: c.took(), Plan: n.plan, Tallies: map[domain.QuestionID]map[domain.RaterGroup]measure.Tally{}}
	for _, q := range c.Questions {
		if q.Scale == Words {
			continue
		}
		exact.Tallies[q.ID] = n.tallies(q)
		report.Items = append(report.Items, n.item(q))
	}
	if c.Kind == domain.Check {
		report.Score, report.Of, report.Word = n.score()
	} else {
		report.Quality = n.quality()
	}
	return Outcome{Report: report, Comments: n.comments(newID), Exact: exact}
}

// enough returns the boxes, without what is in those of which fewer answered
// than they were promised.
func (c Counting) enough() (boxes []Ballots) {
	for _, b := range c.Boxes {
		if len(b.Answers) < c.least(b.Group) {
			b = Ballots{Group: b.Group, Invited: b.Invited}
		}
		boxes = append(boxes, b)
	}
	return boxes
}

// least is how many of a group have to answer.
func (c Counting) least(g domain.RaterGroup) int {
	if known(g) {
		return 1
	}
	return max(c.Thresholds.Of(g), domain.LowestThreshold)
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

// published returns what is known from earlier rounds. What was asked in the
// same words is the same, whatever it was called.
func (c Counting) published() (list []disclosure.Published) {
	for _, e := range c.Earlier {
		r := disclosure.Round{Closed: e.Closed, Threshold: e.Thresholds.Of, Took: e.Exact.Took}
		list = append(list, disclosure.Published{Round: r, Plan: e.Exact.Plan})
		for _, q := range c.Questions {
			for _, was := range e.Questions {
				if was.Text == q.Text && was.ID != q.ID {
					list = append(list, disclosure.Published{Round: r, Plan: disclosure.Plan{
						string(q.ID):  e.Exact.Plan[string(was.ID)],
						hearsOf(q.ID): e.Exact.Plan[hearsOf(was.ID)],
					}})
				}
			}
		}
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

// A side is which of the two numbers of an answer is meant; false when the
// rater gave none.
type side func(Answer) (rating int, ok bool)

func sees(q Question) side {
	return func(a Answer) (int, bool) { x, ok := a.Sees[q.ID]; return x, ok }
}

func hears(q Question) side {
	return func(a Answer) (int, bool) { x, ok := a.Hears[q.ID]; return x, ok }
}

// tally counts what a group gave. Who was asked and gave no answer is in no
// count.
func (n count) tally(of side, g domain.RaterGroup) measure.Tally {
	var ratings []int
	for _, a := range n.in(g) {
		if x, ok := of(a); ok {
			ratings = append(ratings, x)
		}
	}
	t, _ := measure.TallyOf(ratings...) // which are on the scale: see [ReadAnswer]
	return t
}

// shown reports whether what a group gave to an item is shown.
func shown(item disclosure.Item, g domain.RaterGroup) bool {
	return item.Groups[g] == disclosure.Shown && len(item.Total) > 0
}

// others returns which groups together are all others that are shown of an
// item: the superior stands alone.
func others(item disclosure.Item) []domain.RaterGroup {
	return slices.DeleteFunc(slices.Clone(item.Total), known)
}

// tallies returns what each group sees that is shown.
func (n count) tallies(q Question) map[domain.RaterGroup]measure.Tally {
	tallies := map[domain.RaterGroup]measure.Tally{}
	for _, g := range others(n.plan[string(q.ID)]) {
		tallies[g] = n.tally(sees(q), g)
	}
	return tallies
}

// A view is what some groups gave to one question, as far as anybody may know
// it. All that leaves is made of views.
type view struct {
	measure.Tally                   // of all of them
	detail        disclosure.Detail // how much may be told
	least         int               // how many gave a rating in the smallest group: the others are told as coarsely
	asked         int               // how many answered in the smallest, those who could not observe it too
}

func viewOf(groups ...measure.Tally) view {
	v := view{least: math.MaxInt, asked: math.MaxInt}
	var counts [][]int
	for _, t := range groups {
		t = veiled(t)
		v.Tally = v.Merge(t)
		v.least, v.asked = min(v.least, t.N()), min(v.asked, t.N()+t.NotObserved)
		counts = append(counts, t.Counts[:])
	}
	v.detail = disclosure.DetailOf(counts...)
	return v
}

// veiled returns what a small group gave, but never that all of them gave the
// same: then everybody would know what each of them gave. Of a mean at an end
// of the scale it keeps that it is there, as if one of them were a step away
// from the end. Where all gave the same in between, it is as if one of them
// gave a step less and another a step more. Since all that is told is made of
// this, no combination of it tells the one from the other.
func veiled(t measure.Tally) measure.Tally {
	n, same := t.N(), slices.Max(t.Counts[:]) == t.N()
	const low, high = 0, measure.Points - 1
	switch detail := disclosure.DetailOf(t.Counts[:]); {
	case n < domain.LowestThreshold || detail == disclosure.Spread:
	case detail == disclosure.Band && end(t) == Seldom:
		t.Counts = [measure.Points]int{low: n - 1, low + 1: 1}
	case detail == disclosure.Band:
		t.Counts = [measure.Points]int{high: n - 1, high - 1: 1}
	case same:
		i := slices.Index(t.Counts[:], n)
		t.Counts[i-1], t.Counts[i], t.Counts[i+1] = 1, n-2, 1
	}
	return t
}

func (n count) view(of side, groups []domain.RaterGroup) view {
	var parts []measure.Tally
	for _, g := range groups {
		parts = append(parts, n.tally(of, g))
	}
	return viewOf(parts...)
}

// groups returns who was asked, and of whom something is shown.
func (n count) groups() (groups []Group) {
	for _, g := range domain.RaterGroups {
		i := slices.IndexFunc(n.Boxes, func(b Ballots) bool { return b.Group == g })
		if i < 0 {
			continue
		}
		line := Group{Group: g, Shown: n.shows(g)}
		if line.Shown && !known(g) {
			line.size(len(n.Boxes[i].Answers), n.Boxes[i].Invited, n.least(g))
		}
		groups = append(groups, line)
	}
	return groups
}

// shows reports whether anything of a group is shown: of some question, or,
// when all questions are answered in words, because enough answered.
func (n count) shows(g domain.RaterGroup) bool {
	words := 0
	for _, q := range n.Questions {
		if q.Scale == Words {
			words++
		} else if shown(n.plan[string(q.ID)], g) {
			return true
		}
	}
	return words > 0 && words == len(n.Questions) && len(n.in(g)) > 0
}

// item returns what came out of a question.
func (n count) item(q Question) Item {
	item := Item{Question: q.ID, Cells: n.cells(q)}
	all := others(n.plan[string(q.ID)])
	if len(all) == 0 {
		return item
	}
	if own := n.in(domain.Self); len(own) == 1 {
		if x, ok := own[0].Sees[q.ID]; ok {
			item.Self = &Mark{x, own[0].Hears[q.ID]}
		}
	}
	if len(all) > 1 {
		item.All = new(n.cell(q, all...))
	}
	together := n.view(sees(q), all)
	if together.detail == disclosure.Band {
		return item
	}
	if item.Self != nil && item.Self.Sees != Unobserved {
		item.Gap = together.gap(item.Self.Sees)
	}
	if apart, ok := together.AD(); ok && together.N() >= disclosure.SpreadFrom {
		item.Apart = new(measure.RoundPoints(apart, together.least))
	}
	item.SayDo = n.sayDo(q, all)
	item.Change = n.change(q)
	return item
}

// cells returns what each group answered, those that are not shown too.
func (n count) cells(q Question) (cells []Cell) {
	for _, g := range domain.RaterGroups {
		if g == domain.Self || !slices.ContainsFunc(n.Boxes, func(b Ballots) bool { return b.Group == g }) {
			continue
		}
		var cell Cell
		switch {
		case !shown(n.plan[string(q.ID)], g):
		case known(g):
			cell = n.alone(q, g)
		default:
			cell = n.cell(q, g)
		}
		cell.Group = g
		cells = append(cells, cell)
	}
	return cells
}

// alone returns what somebody answered who knows that it is shown.
func (n count) alone(q Question, g domain.RaterGroup) Cell {
	mean := n.tally(sees(q), g).Sample().Mean
	cell := Cell{Shown: true, Sees: &measure.Estimate{Value: mean, Interval: measure.Interval{Low: mean, High: mean}}}
	if n.showsHears(q, g) {
		cell.Hears = new(n.tally(hears(q), g).Sample().Mean)
	}
	return cell
}

// cell returns what some groups that may be shown answered together.
func (n count) cell(q Question, groups ...domain.RaterGroup) Cell {
	v := n.view(sees(q), groups)
	cell := Cell{Shown: true, Unseen: v.unseen()}
	switch v.detail {
	case disclosure.Band:
		cell.End = end(v.Tally)
	case disclosure.Spread:
		cell.Sees, cell.Spread = v.mean(), v.spread()
	default:
		cell.Sees = v.mean()
	}
	if n.showsHears(q, groups...) {
		if v := n.view(hears(q), groups); v.detail != disclosure.Band {
			cell.Hears = new(measure.RoundPoints(v.Sample().Mean, v.least))
		}
	}
	return cell
}

// showsHears reports whether what these groups hear may be shown as well.
func (n count) showsHears(q Question, groups ...domain.RaterGroup) bool {
	plan := n.plan[hearsOf(q.ID)]
	return !slices.ContainsFunc(groups, func(g domain.RaterGroup) bool { return !shown(plan, g) })
}

// mean returns a mean as it may leave.
func (v view) mean() *measure.Estimate {
	e, ok := v.Mean()
	if !ok { // a bar without width would claim certainty
		x := v.Sample().Mean
		e = measure.Estimate{Value: x, Interval: measure.Interval{Low: x - .1, High: x + .1}}
	}
	return leaving(e, v.least, measure.Interval{Low: measure.Lowest, High: measure.Highest})
}

// leaving rounds an estimate in points of n people, within what there can be.
func leaving(e measure.Estimate, n int, within measure.Interval) *measure.Estimate {
	value := measure.RoundPoints(e.Value, n)
	return &measure.Estimate{
		Value:    value,
		Interval: measure.RoundInterval(around(value, e), n).Clip(within.Low, within.High),
	}
}

// around returns the interval of an estimate with the rounded value in its
// middle. Around the exact value, the two ends would say on which side of the
// rounded one that lies, and of a small group what its answers add up to.
func around(rounded float64, e measure.Estimate) measure.Interval {
	half := max(e.High-rounded, rounded-e.Low)
	return measure.Interval{Low: rounded - half, High: rounded + half}
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
func (v view) unseen() *int {
	if v.asked < disclosure.SpreadFrom {
		return nil
	}
	return new(parts(v.NotObserved, v.N()+v.NotObserved, 10))
}

func (v view) spread() (percent []int) {
	for _, c := range v.Counts {
		percent = append(percent, parts(c, v.N(), 5))
	}
	return percent
}

// parts returns k of n in hundredths, to the nearest step.
func parts(k, n, step int) int {
	return int(math.Round(float64(k)*100/float64(n)/float64(step))) * step
}

// gap returns how much higher somebody sees themselves. It is taken from the
// rounded mean: rounded by itself it would say how that was rounded.
func (v view) gap(self int) *Gap {
	g, ok := measure.SelfAndOthers(float64(self), v.Sample())
	if !ok {
		return nil
	}
	others := v.mean()
	minus := func(x float64) float64 { return measure.RoundPoints(float64(self)-x, v.least) }
	return &Gap{
		measure.Estimate{Value: minus(others.Value), Interval: measure.Interval{Low: minus(others.High), High: minus(others.Low)}},
		g.Category,
	}
}

// sayDo returns by how much more people hear something than they see it. It
// is about those who gave both numbers. When a few gave only one, these could
// be found by subtracting, and nothing is said; nor of those whose numbers lie
// at an end of the scale, since the difference would say how near.
func (n count) sayDo(q Question, groups []domain.RaterGroup) *measure.Estimate {
	if q.Scale != HearSee || !n.showsHears(q, groups...) {
		return nil
	}
	var heard, seen []int
	onlyHeard, onlySeen, promised, least := 0, 0, 0, math.MaxInt
	for _, g := range groups {
		var h, s []int
		for _, a := range n.in(g) {
			switch hears, sees := a.Hears[q.ID], a.Sees[q.ID]; {
			case hears != Unobserved && sees != Unobserved:
				h, s = append(h, hears), append(s, sees)
			case hears != Unobserved:
				onlyHeard++
			case sees != Unobserved:
				onlySeen++
			}
		}
		if atEnd(h) || atEnd(s) {
			return nil
		}
		heard, seen = append(heard, h...), append(seen, s...)
		promised, least = max(promised, n.least(g)), min(least, len(h))
	}
	for _, few := range []int{onlyHeard, onlySeen} {
		if few > 0 && few < promised {
			return nil
		}
	}
	sample, ok := measure.SayDo(heard, seen)
	if !ok || len(heard) < promised {
		return nil
	}
	if sample.SD == 0 { // as if for one it were a step less, and for another a step more: see [veiled]
		sample.SD = math.Sqrt(2 / float64(sample.N-1))
	}
	e, _ := sample.Estimate()
	return leaving(e, least, apart)
}

// atEnd reports whether there are no ratings, or a few that lie at an end of
// the scale.
func atEnd(ratings []int) bool {
	t, _ := measure.TallyOf(ratings...)
	return disclosure.DetailOf(t.Counts[:]) == disclosure.Band
}

// change returns by how much more is seen than in the newest earlier round
// that asked the same in the same words, among the groups shown in both.
func (n count) change(q Question) *Change {
	for _, e := range slices.Backward(n.Earlier) {
		if e.Kind != n.Kind || !slices.ContainsFunc(e.Questions, func(was Question) bool { return was.ID == q.ID && was.Text == q.Text }) {
			continue // what a check tells others must not tell of feedback
		}
		var was, is []measure.Tally
		for g, t := range n.tallies(q) {
			if earlier, shown := e.Exact.Tallies[q.ID][g]; shown {
				was, is = append(was, earlier), append(is, t)
			}
		}
		before, after := viewOf(was...), viewOf(is...)
		d, ok := measure.Change(before.Sample(), after.Sample())
		if !ok || before.detail == disclosure.Band || after.detail == disclosure.Band {
			return nil
		}
		return &Change{*leaving(d.Estimate, min(before.least, after.least), apart), !d.Contains(0), e.ID}
	}
	return nil
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
	value := measure.RoundScore(e.Value, smallest)
	return &measure.Estimate{
		Value:    value,
		Interval: measure.RoundScoreInterval(around(value, e), smallest).Clip(0, 100),
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
		if q.Scale == Words || !shown(n.plan[string(q.ID)], g) {
			continue
		}
		s := veiled(n.tally(sees(q), g)).Sample()
		all.N, all.Mean, all.SD = min(all.N, s.N), all.Mean+s.Mean, all.SD+s.SD
		items++
	}
	if items == 0 {
		return measure.Sample{}, false
	}
	all.Mean, all.SD = all.Mean/items, all.SD/items
	return all, true
}

// quality returns how carefully all others seem to have answered, in what is
// shown of them. It is about those who answered so much that a pattern can be
// seen, if they are enough not to be told apart.
func (n count) quality() *Quality {
	var rows [][]int
	for _, b := range n.Boxes {
		for _, a := range b.Answers {
			var row []int
			for _, q := range n.Questions {
				if x, ok := a.Sees[q.ID]; ok && shown(n.plan[string(q.ID)], b.Group) {
					row = append(row, x)
				}
			}
			if _, enough := measure.QualityOf([][]int{row}); enough && !known(b.Group) {
				rows = append(rows, row)
			}
		}
	}
	q, ok := measure.QualityOf(rows)
	if !ok || len(rows) < disclosure.SpreadFrom {
		return nil
	}
	return &Quality{Top: tens(q.Top), Straight: tens(q.StraightLines)}
}

// tens returns a share in hundredths, to the nearest ten.
func tens(share float64) int { return 10 * int(math.Round(10*share)) }

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
