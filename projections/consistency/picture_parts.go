package consistency

import (
	"maps"
	"math"
	"slices"

	"koersvast/domain"
	check "koersvast/domain/consistency"
	"koersvast/domain/evidence"
	"koersvast/domain/finding"
	"koersvast/domain/measure"
	"koersvast/domain/method"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	coded "koersvast/projections/evidence"
)

const everyone = round.Everyone

// How much there must be before documents and interviews give a number.
const (
	leastDocuments = 2
	leastSaid      = 10 // fragments that tell what is said
)

// pieces are what independent sources say is done.
type pieces []coded.Piece

// pieces returns what sources say is done in a pillar; in all pillars of the
// check for none.
func (l Look) pieces(p domain.PillarID) pieces {
	pillar := l.PillarOf()
	return l.piecesOf(func(f Fragment) bool {
		at := pillar(f.Coding)
		return at == p || p == "" && slices.Contains(l.Pillars, at)
	})
}

// piecesOn returns what sources say is done of one promise.
func (l Look) piecesOn(p Promise) pieces {
	return l.piecesOf(func(f Fragment) bool {
		return f.Promise == p.ID || f.Behaviour != "" && slices.Contains(p.Behaviours, f.Behaviour)
	})
}

// together stands for all that is looked at at once.
const together domain.PillarID = "together"

// piecesOf makes one piece of all that a source says of the same, whichever
// promise or behaviour of it it names.
func (l Look) piecesOf(about func(Fragment) bool) pieces {
	var these []Fragment
	for _, f := range l.Fragments {
		if f.Scored() && f.Day <= min(l.Until, l.Today) && about(f) {
			f.Promise, f.Behaviour, f.Pillar = "", "", together
			these = append(these, f)
		}
	}
	return coded.Pieces(these, l.Method)
}

// measured is how a piece weighs today.
func (l Look) measured(p coded.Piece) measure.Evidence { return p.Measured(l.Today, l.Method) }

// figure is what documents, or interviews and observations, say is done.
func (l Look) figure(s check.Source, p pieces) check.Figure {
	least, kinds := evidence.GroupShown, []evidence.Kind{evidence.Interview, evidence.Observation}
	if s == check.Does {
		least, kinds = leastDocuments, []evidence.Kind{evidence.Document}
	}
	var these []measure.Evidence
	for _, x := range p {
		if slices.Contains(kinds, x.Kind) {
			these = append(these, l.measured(x))
		}
	}
	index, ok := measure.IndexOf(these)
	switch {
	case !ok:
		return check.Figure{Source: s, Why: check.Nothing}
	case len(these) < least:
		return check.Figure{Source: s, Why: check.FewSources}
	case s == check.Does:
		f := shown(s, index.Estimate, len(these), math.MaxInt, check.IndexFormula)
		f.Band = "" // of documents, not of people
		return f
	}
	return shown(s, index.Estimate, len(these), len(these), check.IndexFormula)
}

// said is how large a share of what documents say is about a pillar.
func (l Look) said(p domain.PillarID) check.Figure {
	pillar := l.PillarOf()
	all, here := 0, 0
	for _, f := range l.Fragments {
		if f.Direction != evidence.Says || f.Link == evidence.Weak || f.Kind != evidence.Document || f.Day < l.From || f.Day > min(l.Until, l.Today) {
			continue
		}
		all++
		if pillar(f.Coding) == p {
			here++
		}
	}
	switch {
	case all == 0:
		return check.Figure{Source: check.Says, Why: check.Nothing}
	case all < leastSaid:
		return check.Figure{Source: check.Says, Why: check.FewSources}
	}
	share := hundredths(float64(here) / float64(all))
	return check.Figure{Source: check.Says, Value: share, Low: share, High: share, Pieces: here, Formula: check.EmphasisFormula}
}

// parts is what the picture says of each member's own promises, to them and
// their coach.
func (l Look) parts(views []view) (parts []check.PartOf) {
	own := map[domain.PersonID]*check.Part{}
	part := func(of domain.PersonID) *check.Part {
		if own[of] == nil {
			own[of] = &check.Part{}
		}
		return own[of]
	}
	for _, v := range views {
		part(v.By).Rows = append(part(v.By).Rows, l.promiseRow(v))
	}
	team := l.In(domain.MT)
	for _, f := range l.Found {
		if team[f.Owner] {
			q := questionOf(f)
			q.For = nil // but for its owner
			part(f.Owner).Questions = append(part(f.Owner).Questions, q)
		}
	}
	for _, of := range slices.Sorted(maps.Keys(own)) {
		parts = append(parts, check.PartOf{Person: of, Part: *own[of]})
	}
	return parts
}

// promiseRow is what is known of one promise. Its promiser and their coach have
// read the report that it is from.
func (l Look) promiseRow(v view) check.Row {
	row := check.Row{Pillar: v.Pillar, Promise: v.ID, Promises: 1, Word: measure.VerdictOf(v.score, v.scored && v.fresh)}
	score := check.Figure{Source: check.Score, Why: check.Nothing}
	if v.last != nil {
		row.Checked, row.Ink, row.Shared = v.last.Closed, hundredths(v.ink), check.Audience(v.last.Shared)
		score.Why = check.FewPeople // fewer than two groups can be shown
	}
	if v.scored {
		score = shown(check.Score, v.score, len(v.groups), smallest([]view{v}), check.PromiseFormula)
	}
	if v.scored && v.fresh {
		row.Fresh, row.Coverage = 1, 100
	}
	pieces := l.piecesOn(v.Promise)
	row.Figures = []check.Figure{score, l.figure(check.Does, pieces), l.figure(check.Interviews, pieces), selfFigure(v)}
	for _, g := range []domain.RaterGroup{domain.Peers, domain.Leaders, domain.Staff} {
		f := check.Figure{Source: check.Source(g), Why: check.Nothing}
		if seen, ok := v.groups[g]; ok {
			f = shown(check.Source(g), seen.Estimate, 1, seen.least, check.GroupFormula)
		} else if v.last != nil {
			f.Why = check.FewPeople
		}
		row.Figures = append(row.Figures, f)
	}
	all := l.evidenceOf(v, pieces)
	if index, ok := measure.IndexOf(all); ok {
		row.Figures = append(row.Figures, shown(check.Index, index.Estimate, len(all), l.smallestOf(v), check.IndexFormula))
	}
	if c, ok := measure.ConflictOf(all); ok {
		row.Conflict = hundredths(c.Index)
	}
	row.Trend = trendOf(each(counts(v.checks), func(r Round) measure.Observation {
		return measure.Observation{At: years(r.Closed), Value: r.Report.Score.Value}
	}))
	return row
}

// counts returns the checks that gave a score.
func counts(checks []Round) []Round {
	return slices.DeleteFunc(slices.Clone(checks), func(r Round) bool { return r.Report.Score == nil })
}

func selfFigure(v view) check.Figure {
	if v.self == nil {
		return check.Figure{Source: check.Self, Why: check.Nothing}
	}
	at := int(math.Round(*v.self))
	return check.Figure{Source: check.Self, Value: at, Low: at, High: at, Pieces: 1, Formula: check.GroupFormula}
}

// evidenceOf is all that is known of a promise: what others said when they were
// asked, and what sources say.
func (l Look) evidenceOf(v view, p pieces) (all []measure.Evidence) {
	for _, g := range domain.WithThreshold {
		if seen, ok := v.groups[g]; ok {
			all = append(all, measure.Evidence{
				Score: seen.Value, Weight: float64(seen.least) * l.Method.Of(method.Rating),
				Age: v.last.Closed.DaysUntil(l.Today), HalfLife: l.Method.Days(method.HalfLife),
			})
		}
	}
	for _, x := range p {
		all = append(all, l.measured(x))
	}
	return all
}

// smallestOf is how coarse what is known of a promise must be: as what one
// group of raters says, or not at all when it is of sources alone.
func (l Look) smallestOf(v view) int {
	if len(v.groups) == 0 {
		return domain.LowestThreshold
	}
	return smallest([]view{v})
}

// keeping is what became of the promises of the team. One that was withdrawn
// without an explanation counts as broken after a fortnight.
func (l Look) keeping() (k check.Keeping) {
	team := l.In(domain.MT)
	for _, p := range l.Promises {
		if !team[p.By] || !p.FromMT || p.Active == "" || !slices.Contains(l.Pillars, p.Pillar) {
			continue
		}
		switch p.Status {
		case promise.StatusActive:
			k.Running++
		case promise.StatusKept:
			k.Kept++
		case promise.StatusBroken, promise.StatusRepaired:
			k.Broken++
		case promise.StatusWithdrawn:
			switch {
			case p.Explained:
				k.Explained++
			case p.Since.DaysUntil(l.Today) > 14:
				k.Broken++
			}
		}
	}
	k.Rate = check.Figure{Source: check.Score, Why: check.Nothing}
	if rate, ok := measure.KeepingRate(k.Kept, k.Broken); ok {
		k.Rate = check.Figure{
			Source: check.Score, Value: hundredths(rate.Value), Low: hundredths(rate.Low), High: hundredths(rate.High),
			Pieces: k.Kept + k.Broken, Formula: check.KeepingFormula,
		}
	}
	return k
}

// quality says of what the picture is made.
func (l Look) quality(views []view) check.Quality {
	q := check.Quality{Coding: l.Coding}
	for _, s := range l.Sources {
		switch {
		case s.Status != evidence.StatusCoded:
		case s.Kind == evidence.Document:
			q.Documents++
		case s.Kind == evidence.Interview:
			q.Interviews++
		case s.Kind == evidence.Observation:
			q.Observations++
		}
	}
	var rounds []Round
	for _, v := range views {
		if v.fresh {
			rounds = append(rounds, *v.last)
		}
	}
	q.Rounds = len(rounds)
	for i, r := range rounds {
		if i == 0 || r.Closed < q.First {
			q.First = r.Closed
		}
		q.Last = max(q.Last, r.Closed)
	}
	for _, g := range []domain.RaterGroup{domain.Peers, domain.Leaders, domain.Staff} {
		if r, ok := responseOf(g, rounds); ok {
			q.Responses = append(q.Responses, r)
		}
	}
	return q
}

// responseOf is how many of a group answered at least, in two rounds or more
// together, and between which scores the truth lies whatever the others think.
func responseOf(g domain.RaterGroup, rounds []Round) (check.Response, bool) {
	invited, answered, of, sum := 0, 0, 0, 0.
	for _, r := range rounds {
		e, ok := r.sees(g)
		if !ok {
			continue
		}
		for _, group := range r.Report.Groups {
			if group.Group == g && group.Shown {
				n := leastOf(group.Band)
				invited, answered, of = invited+group.Invited, answered+n, of+1
				sum += float64(n) * e.Value
			}
		}
	}
	if of < 2 {
		return check.Response{}, false
	}
	away := float64(invited - answered)
	within := measure.RoundScoreInterval(measure.Interval{Low: sum / float64(invited), High: (sum + 100*away) / float64(invited)}, domain.LowestThreshold)
	return check.Response{
		Group: g, Rate: check.Turnout(round.TurnoutOf(answered, invited)), Low: int(within.Low), High: int(within.High),
	}, true
}

// questions is what the picture asks the team to talk about.
func (l Look) questions() (all []check.Question) {
	for _, f := range l.Found {
		outside := f.Object.Kind == "pillar" && !slices.Contains(l.Pillars, domain.PillarID(f.Object.ID))
		if !outside && slices.Contains(f.Roles, domain.MT) {
			all = append(all, questionOf(f))
		}
	}
	return all
}

// questionOf is a finding as it stands in a picture.
func questionOf(f Finding) check.Question {
	q := check.Question{
		Finding: finding.IDOf(f.Rule, finding.ObjectID(f.Object.ID)), Rule: f.Rule, Version: f.Version,
		Variant: check.Variant(f.Variant), Severity: check.Severity(f.Severity), For: f.Roles,
		About: check.Thing{Kind: check.ThingKind(f.Object.Kind), ID: check.ThingID(f.Object.ID)},
	}
	for _, name := range slices.Sorted(maps.Keys(f.Values)) {
		q.Values = append(q.Values, check.Value{Word: check.Word(name), Hundredths: hundredths(f.Values[name])})
	}
	for _, name := range slices.Sorted(maps.Keys(f.Days)) {
		q.Days = append(q.Days, check.Moment{Word: check.Word(name), Day: f.Days[name]})
	}
	for _, name := range slices.Sorted(maps.Keys(f.Things)) {
		o := f.Things[name]
		q.Things = append(q.Things, check.Thing{Word: check.Word(name), Kind: check.ThingKind(o.Kind), ID: check.ThingID(o.ID)})
	}
	return q
}

// FindingIn is a question of a picture as the rules say it.
func FindingIn(q check.Question) Finding {
	f := Finding{
		Rule: q.Rule, Version: q.Version, Variant: string(q.Variant), Severity: Severity(q.Severity), Roles: q.For,
		Object: Object{string(q.About.Kind), string(q.About.ID)},
		Values: map[string]float64{}, Days: map[string]domain.Day{}, Things: map[string]Object{},
	}
	for _, v := range q.Values {
		f.Values[string(v.Word)] = float64(v.Hundredths) / 100
	}
	for _, d := range q.Days {
		f.Days[string(d.Word)] = d.Day
	}
	for _, t := range q.Things {
		f.Things[string(t.Word)] = Object{string(t.Kind), string(t.ID)}
	}
	return f
}
