package consistency

import (
	"cmp"
	"math"
	"slices"

	"koersvast/domain"
	check "koersvast/domain/consistency"
	"koersvast/domain/measure"
	"koersvast/domain/method"
	"koersvast/domain/promise"
)

// A Look is all that a picture is drawn from.
type Look struct {
	Situation
	At      domain.Position // up to which the situation knows the log
	Pillars []domain.PillarID
	From    domain.Day // what was said since then counts
	Until   domain.Day // and nothing after this day
	Rules   []Rule
	Found   []Finding         // that are open, what asks most first
	Coding  check.Coding      // how two coders agree
	Earlier []PublishedBefore // the oldest first
}

// A PublishedBefore is an earlier picture.
type PublishedBefore struct {
	On   domain.Day
	Rows []check.Row
}

// A Drawing is a picture with the parts of those of whose promises it says
// something.
type Drawing struct {
	Picture check.Picture
	Parts   []check.PartOf
}

// Draw draws a picture. It is made of reports alone, which are rounded and say
// nothing of one rater, and rounds once more: of the team as a whole, nothing
// leaves that says how one of its members did.
func Draw(l Look) Drawing {
	views := l.views()
	d := Drawing{Picture: check.Picture{
		CutOff: l.At, Ruleset: domain.Bytes(Hash(l.Method, l.Rules)), Settings: l.settings(), Thresholds: thresholds(views),
		Keeping: l.keeping(), Quality: l.quality(views),
	}}
	for _, p := range l.Pillars {
		row := l.row(of(views, p), l.pieces(p), l.said(p))
		row.Pillar = p
		row.Trend = l.trend(row)
		d.Picture.Rows = append(d.Picture.Rows, row)
	}
	team := hidden(l.team(views), d.Picture.Rows, views)
	team.Trend = l.trend(team)
	d.Picture.Rows = append(d.Picture.Rows, team)
	d.Picture.Questions = l.questions()
	d.Parts = l.parts(views)
	return d
}

func (l Look) settings() []check.Setting {
	return each(method.Numbers, func(n method.Number) check.Setting {
		return check.Setting{Name: check.SettingName(n), Hundredths: int(l.Method.Value(n))}
	})
}

// A view is a promise of the team with what its last check said.
type view struct {
	Promise
	last   *Round // with a report; nil for none
	checks []Round
	ink    float64
	fresh  bool
	groups map[domain.RaterGroup]groupView
	self   *float64
	score  measure.Estimate
	scored bool
}

// A groupView is what one group said of a promise, and how many of them at
// least.
type groupView struct {
	measure.Estimate
	least int
}

// views are the promises of the team that run, in the pillars of the check.
func (l Look) views() (views []view) {
	team, checks := l.In(domain.MT), l.ChecksOf()
	for _, p := range l.Promises {
		if !team[p.By] || !p.FromMT || p.Status != promise.StatusActive || p.Active == "" || !slices.Contains(l.Pillars, p.Pillar) {
			continue
		}
		views = append(views, l.view(p, checks[p.ID]))
	}
	return views
}

func (l Look) view(p Promise, checks []Round) view {
	v := view{Promise: p, groups: map[domain.RaterGroup]groupView{}}
	for _, r := range checks {
		if r.Report != nil && r.Closed <= l.Until {
			v.checks = append(v.checks, r)
		}
	}
	if len(v.checks) == 0 {
		return v
	}
	slices.SortStableFunc(v.checks, func(a, b Round) int { return cmp.Compare(a.Closed, b.Closed) })
	v.last = &v.checks[len(v.checks)-1]
	age, fading := v.last.Closed.DaysUntil(l.Today), l.Method.Days(method.Fading)
	v.fresh = measure.FreshFor(age, p.Rhythm, fading)
	v.ink = math.Exp2(-float64(max(0, age-p.Rhythm)) / float64(fading))
	for _, g := range domain.WithThreshold {
		if e, ok := v.last.sees(g); ok {
			v.groups[g] = groupView{e, v.last.least(g)}
		}
	}
	v.self = v.last.self()
	v.score, v.scored = l.scoreOf(v)
	return v
}

// sees returns what one group sees of what was promised, 0–100. Where an
// answer lies at an end of the scale, a number would say what each of them
// gave.
func (r Round) sees(g domain.RaterGroup) (measure.Estimate, bool) {
	var items []measure.Estimate
	for _, item := range r.Report.Items {
		for _, c := range item.Cells {
			switch {
			case c.Group != g || !c.Shown:
			case c.Sees == nil:
				return measure.Estimate{}, false
			default:
				items = append(items, c.Sees.Score())
			}
		}
	}
	return Mean(items)
}

// self returns how somebody sees themselves, 0–100.
func (r Round) self() *float64 {
	var marks []measure.Estimate
	for _, item := range r.Report.Items {
		if item.Self != nil && item.Self.Sees >= measure.Lowest {
			marks = append(marks, measure.Estimate{Value: measure.Score(float64(item.Self.Sees))})
		}
	}
	if m, ok := Mean(marks); ok {
		return &m.Value
	}
	return nil
}

// least is how many of a group answered at least, as far as that is told.
func (r Round) least(g domain.RaterGroup) int {
	for _, group := range r.Report.Groups {
		if group.Group == g {
			return leastOf(group.Band)
		}
	}
	return domain.LowestThreshold
}

func leastOf(b measure.Band) int {
	switch b {
	case measure.Band13:
		return 13
	case measure.Band8:
		return 8
	case measure.Band5:
		return 5
	}
	return domain.LowestThreshold
}

// scoreOf returns the score of a promise: that of its report, unless the
// programme weighs groups otherwise than usual.
func (l Look) scoreOf(v view) (measure.Estimate, bool) {
	if len(v.groups) < 2 {
		return measure.Estimate{}, false
	}
	if l.usualWeights() && v.last.Report.Score != nil {
		return *v.last.Report.Score, true
	}
	var e measure.Estimate
	var total, variance float64
	for _, g := range domain.WithThreshold {
		if _, ok := v.groups[g]; ok {
			total += l.Method.Weight(g)
		}
	}
	for _, g := range domain.WithThreshold {
		if seen, ok := v.groups[g]; ok {
			share := l.Method.Weight(g) / total
			e.Value += share * seen.Value
			variance += share * share * seen.Width() * seen.Width() / 4
		}
	}
	half := math.Sqrt(variance)
	e.Interval = measure.Interval{Low: e.Value - half, High: e.Value + half}
	return e, true
}

func (l Look) usualWeights() bool {
	return !slices.ContainsFunc(domain.WithThreshold, func(g domain.RaterGroup) bool {
		return l.Method.Weight(g) != (method.Config{}).Weight(g)
	})
}

// of returns the promises of one pillar.
func of(views []view, p domain.PillarID) []view {
	return slices.DeleteFunc(slices.Clone(views), func(v view) bool { return v.Pillar != p })
}

// checked is how promises count in the score of what they are part of.
func checked(views []view) []measure.Checked {
	return each(views, func(v view) measure.Checked {
		return measure.Checked{Score: v.score, Weight: 1, Fresh: v.fresh && v.scored}
	})
}

// row is what promises, pieces of evidence and the share of what is said add up
// to.
func (l Look) row(views []view, p pieces, says check.Figure) check.Row {
	counts := checked(views)
	row := check.Row{Promises: len(views), Coverage: hundredths(measure.Coverage(counts))}
	for _, c := range counts {
		if c.Fresh {
			row.Fresh++
		}
	}
	score, ok := measure.Overall(counts)
	figure := teamFigure(check.Score, score, ok, counted(views, func(v view) bool { return v.fresh && v.scored }), smallest)
	if !ok && row.Fresh >= 2 {
		figure.Why = check.Stale
	}
	row.Word = measure.VerdictOf(score, figure.Shown())
	row.Figures = append([]check.Figure{figure, says, l.figure(check.Does, p), l.figure(check.Interviews, p)}, groupFigures(views)...)
	return row
}

// team is the row of the team as a whole.
func (l Look) team(views []view) check.Row {
	var members []measure.Estimate
	all := l.In(domain.MT)
	least := math.MaxInt
	for _, p := range l.People {
		own := slices.DeleteFunc(slices.Clone(views), func(v view) bool { return v.By != p.ID })
		if e, ok := measure.Overall(checked(own)); all[p.ID] && ok {
			members = append(members, e)
			least = min(least, smallest(own))
		}
	}
	score, ok := measure.MTScore(members)
	row := check.Row{
		Promises: len(all), Fresh: len(members), Coverage: hundredths(float64(len(members)) / float64(max(1, len(all)))),
		Word: measure.VerdictOf(score, ok),
	}
	figure := check.Figure{Source: check.Score, Why: check.FewPeople}
	if ok {
		figure = shown(check.Score, score, len(members), least, check.PillarFormula)
	}
	p := l.pieces("")
	row.Figures = append([]check.Figure{figure, {Source: check.Says, Why: check.Nothing}, l.figure(check.Does, p), l.figure(check.Interviews, p)}, groupFigures(views)...)
	return row
}

// groupFigures is how each group sees promises together: the promisers
// themselves, and others.
func groupFigures(views []view) (figures []check.Figure) {
	for _, s := range groups {
		seen := counted(views, func(v view) bool { return v.speaks(s) })
		score, ok := measure.GroupScore(each(seen, func(v view) measure.Estimate { return v.by(s).Estimate }))
		figures = append(figures, teamFigure(s, score, ok, seen, func(views []view) int {
			return slices.Min(each(views, func(v view) int { return v.by(s).least }))
		}))
	}
	return figures
}

// groups are the sources that are people, in the order in which they are read.
var groups = []check.Source{check.Self, check.Peers, check.Leaders, check.Staff}

// by returns how one of those groups sees a promise.
func (v view) by(s check.Source) groupView {
	if s == check.Self && v.self != nil {
		return groupView{Estimate: measure.Estimate{Value: *v.self, Interval: measure.Interval{Low: *v.self, High: *v.self}}}
	}
	return v.groups[domain.RaterGroup(s)]
}

// speaks reports whether something that is still of today is known of that.
func (v view) speaks(s check.Source) bool {
	_, ok := v.groups[domain.RaterGroup(s)]
	return v.fresh && (ok || s == check.Self && v.self != nil)
}

// hidden leaves out of the row of the team what would say, when the pillars
// that are shown are taken away from it, how somebody did in those that are
// not.
func hidden(team check.Row, pillars []check.Row, views []view) check.Row {
	for i, f := range team.Figures {
		if !f.Shown() || !slices.Contains(groups, f.Source) {
			continue
		}
		rest := counted(views, func(v view) bool {
			return v.speaks(f.Source) && !slices.ContainsFunc(pillars, func(r check.Row) bool { return r.Pillar == v.Pillar && r.Figure(f.Source).Shown() })
		})
		if len(rest) > 0 && telling(rest) {
			team.Figures[i] = check.Figure{Source: f.Source, Why: check.FewPeople}
		}
	}
	return team
}

// counted returns the promises that something can be said of.
func counted(views []view, can func(view) bool) []view {
	return slices.DeleteFunc(slices.Clone(views), func(v view) bool { return !can(v) })
}

// smallest is how many people answered at least in the smallest group that is
// shown of a promise.
func smallest(views []view) int {
	least := math.MaxInt
	for _, v := range views {
		for _, g := range v.groups {
			least = min(least, g.least)
		}
	}
	return least
}

// teamFigure is a figure of several promises together, if that gives away no
// single one of them.
func teamFigure(s check.Source, e measure.Estimate, ok bool, made []view, least func([]view) int) check.Figure {
	switch {
	case len(made) == 0:
		return check.Figure{Source: s, Why: check.Nothing}
	case !ok:
		return check.Figure{Source: s, Why: check.FewPromises}
	case telling(made):
		return check.Figure{Source: s, Why: check.FewPeople}
	}
	return shown(s, e, len(made), least(made), check.PillarFormula)
}

// shown is a figure as it may leave: rounded by the size of the smallest group
// in it.
func shown(s check.Source, e measure.Estimate, pieces, least int, formula check.Formula) check.Figure {
	within := measure.RoundScoreInterval(e.Interval.Clip(0, 100), least)
	band, _ := measure.BandOf(least)
	return check.Figure{
		Source: s, Value: int(measure.RoundScore(e.Value, least)), Low: int(within.Low), High: int(within.High),
		Pieces: pieces, Band: band, Formula: formula,
	}
}

// telling reports whether a number of several promises would say how one of
// their promisers did. What somebody shared is known already: take it away, and
// what is left must be of nobody, or of three people at least, because each of
// them knows their own.
func telling(views []view) bool {
	team, all := map[domain.PersonID]bool{}, map[domain.PersonID]bool{}
	for _, v := range views {
		if v.last.Shared == "" {
			team[v.By] = true
		}
		if v.last.Shared != everyone {
			all[v.By] = true
		}
	}
	return len(team) == 1 || len(team) == 2 || len(all) == 1
}

// trend is where the score of a row went over the pictures so far.
func (l Look) trend(row check.Row) check.Trend {
	var seen []measure.Observation
	note := func(on domain.Day, r check.Row) {
		if f := r.Figure(check.Score); f.Shown() {
			seen = append(seen, measure.Observation{At: years(on), Value: float64(f.Value)})
		}
	}
	for _, p := range l.Earlier {
		for _, r := range p.Rows {
			if r.Pillar == row.Pillar {
				note(p.On, r)
			}
		}
	}
	note(l.Today, row)
	return trendOf(seen)
}

func trendOf(seen []measure.Observation) check.Trend {
	t := check.Trend{Pictures: len(seen)}
	if trend, ok := measure.TrendOf(seen); ok {
		t.Direction, t.PerYear = trend.Direction(), int(math.Round(trend.Slope))
	}
	return t
}

// years is a day as a number of years.
func years(d domain.Day) float64 { return float64(domain.Day("2000-01-01").DaysUntil(d)) / 365.25 }

func hundredths(x float64) int { return int(math.Round(100 * x)) }

func thresholds(views []view) domain.Thresholds {
	least := domain.Thresholds{Peers: math.MaxInt, Leaders: math.MaxInt, Staff: math.MaxInt}
	none := true
	for _, v := range views {
		if v.last != nil {
			t := v.last.Thresholds
			least = domain.Thresholds{Peers: min(least.Peers, t.Peers), Leaders: min(least.Leaders, t.Leaders), Staff: min(least.Staff, t.Staff)}
			none = false
		}
	}
	if none {
		return domain.UsualThresholds
	}
	return least
}
