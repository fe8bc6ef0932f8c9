package web

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
	"koersvast/domain/access"
	snapshot "koersvast/domain/consistency"
	"koersvast/domain/measure"
	"koersvast/domain/round"
	"koersvast/eventstore"
	"koersvast/projections/consistency"
	"koersvast/projections/consistency/questions"
	"koersvast/projections/consistency/rules"
	"koersvast/projections/people"
	"koersvast/projections/pictures"
	"koersvast/projections/promises"
	"koersvast/projections/strategies"
)

// pictureRoutes are the pictures that were published (Consistentiebeeld), what
// was decided on them, and where they are going.
func (s *Server) pictureRoutes() {
	question(s, Question[struct{}, pictureSheet]{
		Path: "/picture", Doc: "The newest picture: where words and deeds of the management team agree",
		Action: access.PicturesRead, Nav: "nav.picture",
		Ask: askNewestPicture, Page: newestPicturePage,
	})
	question(s, Question[PictureIn, pictureSheet]{
		Path: "/picture/{id}", Doc: "One published picture, as it was",
		Action: access.PictureRead, Of: thePicture[PictureIn],
		Ask: askPicture, Page: picturePage,
	})
	question(s, Question[decideOnIn, deciding]{
		Path: "/picture/{id}/decide/{finding}", Doc: "Something that a picture asks, to decide on",
		Action: access.PictureRead, Of: thePicture[decideOnIn],
		Ask: askDecision, Page: decidePage,
	})
	question(s, Question[struct{}, pillarTrends]{
		Path: "/trend", Doc: "Where each pillar is going, over the pictures that were published",
		Action: access.PicturesRead,
		Ask:    askTrends, Page: pillarTrendsPage,
	})

	command(s, Command[decideIn]{
		Path: "/picture/{id}/decide/{finding}", Doc: "Decide on something that a picture asks", Action: access.PictureTake, Of: whoDecides,
		Do: func(_ context.Context, _ Asker, in decideIn) (Steps, error) {
			b := in.Body
			return Steps{eventstore.Do(snapshot.Decide{
				ID: in.ID, Decision: b.Decision, Finding: in.Finding, Choice: b.Choice, Promise: b.Promise, Why: b.Why,
			})}, nil
		},
		Form: "/picture/{id}/decide/{finding}", Next: "/picture/{id}",
	})
}

// aboutPicture is an input that names a picture.
type aboutPicture interface{ picture() domain.CheckID }

// A PictureIn names the check of which a picture is.
type PictureIn struct {
	ID domain.CheckID `path:"id"`
}

func (in PictureIn) picture() domain.CheckID { return in.ID }

type decideOnIn struct {
	PictureIn
	Finding domain.FindingID `path:"finding"`
}

type decideIn struct {
	PictureIn
	Finding domain.FindingID `path:"finding" doc:"What it answers"`
	Body    struct {
		Decision domain.DecisionID `json:"decision" new:"true"`
		Choice   snapshot.Choice   `json:"choice" doc:"keep, reword, withdraw, repair or promise"`
		Promise  domain.PromiseID  `json:"promise,omitempty" doc:"The promise that it is about; may be left out as long as something new has yet to be promised"`
		Why      string            `json:"why"`
	}
}

// thePicture is what the rules of access look at.
func thePicture[In aboutPicture](ctx context.Context, a Asker, in In) (access.Resource, error) {
	c, err := pictures.TheCheck(ctx, a.Read, a.Programme, in.picture())
	return c.Resource(a.Programme), err
}

// whoDecides is who promised what a decision is about. What is about no promise
// is decided by whoever of the team says so.
func whoDecides(ctx context.Context, a Asker, in decideIn) (access.Resource, error) {
	if in.Body.Promise == "" {
		return access.Resource{Programme: a.Programme, Owner: a.Person}, nil
	}
	p, err := promises.ThePromise(ctx, a.Read, a.Programme, in.Body.Promise)
	return access.Resource{Programme: a.Programme, Owner: p.By}, err
}

// A pictureSheet is a picture as somebody may see it, with what they may see
// of single promises.
type pictureSheet struct {
	Check     pictures.Check      `json:"check"`
	Picture   pictures.Picture    `json:"picture"`
	Before    *pictures.Picture   `json:"before,omitempty" doc:"the picture before it"`
	Parts     []pictures.Part     `json:"parts,omitempty" doc:"what it says of promises of your own, of whom you coach, and of those who share it"`
	Decisions []pictures.Decision `json:"decisions,omitempty"`

	none     bool // there is no picture that the asker may see
	draft    bool // it is being made
	part     bool // it is of one person alone
	newer    domain.CheckID
	names    people.Directory
	pillars  []strategies.Part
	promises map[domain.PromiseID]promises.Promise
	things   map[consistency.Object]thing // of which questions speak
}

func askNewestPicture(ctx context.Context, a Asker, _ struct{}) (pictureSheet, error) {
	all, err := pictures.Published(ctx, a.Read, a.Programme, !access.SeesEveryPicture(a.Actor))
	if err != nil || len(all) == 0 {
		return pictureSheet{none: true}, err
	}
	return askPicture(ctx, a, PictureIn{all[0].Check})
}

func askPicture(ctx context.Context, a Asker, in PictureIn) (p pictureSheet, err error) {
	if p.Check, err = pictures.TheCheck(ctx, a.Read, a.Programme, in.ID); err != nil {
		return p, err
	}
	if p.Picture, err = pictures.ThePicture(ctx, a.Read, a.Programme, in.ID); err != nil {
		return p, err
	}
	if p.Parts, err = partsFor(ctx, a, in.ID); err != nil {
		return p, err
	}
	if p.Decisions, err = pictures.Decisions(ctx, a.Read, a.Programme, in.ID); err != nil {
		return p, err
	}
	return p.complete(ctx, a)
}

// complete leaves out of a picture what is not for the asker, and adds what
// stands beside it.
func (p pictureSheet) complete(ctx context.Context, a Asker) (pictureSheet, error) {
	all, err := pictures.Published(ctx, a.Read, a.Programme, !access.SeesEveryPicture(a.Actor))
	if err != nil {
		return p, err
	}
	for i, other := range all {
		switch {
		case other.Check == p.Picture.Check && i > 0:
			p.newer = all[i-1].Check
		case p.Before == nil && other.Check != p.Picture.Check && (p.draft || other.Place < p.Picture.Place):
			p.Before = &all[i]
			p.Before.Questions = nil
		}
	}
	wanted := map[domain.FindingID]bool{}
	for _, q := range p.questions() {
		wanted[q.Finding] = true
	}
	p.Decisions = slices.DeleteFunc(p.Decisions, func(d pictures.Decision) bool { return !wanted[d.Finding] })
	p.Picture.Questions = slices.DeleteFunc(p.Picture.Questions, func(q snapshot.Question) bool { return !a.Is(q.For...) })
	return p.named(ctx, a)
}

// named adds what things are called.
func (p pictureSheet) named(ctx context.Context, a Asker) (_ pictureSheet, err error) {
	if p.names, err = people.Names(ctx, a.Read, a.Programme); err != nil {
		return p, err
	}
	if p.pillars, err = strategies.Pillars(ctx, a.Read, a.Programme); err != nil {
		return p, err
	}
	all, err := promises.Everything(ctx, a.Read, a.Programme)
	p.promises = map[domain.PromiseID]promises.Promise{}
	for _, x := range all {
		if access.Can(a.Actor, access.PromiseRead, promiseResource(a, x)) {
			p.promises[x.ID] = x
		}
	}
	if err != nil {
		return p, err
	}
	p.things = map[consistency.Object]thing{}
	l := lookup{ctx: ctx, asker: a}
	for _, q := range p.questions() {
		f := consistency.FindingIn(q)
		for _, o := range append(slices.Collect(maps.Values(f.Things)), f.Object) {
			if p.things[o], err = l.thing(o); err != nil && domain.KindOf(err) != domain.NotFound {
				return p, err
			}
		}
	}
	return p, nil
}

// questions are those of the picture and of the parts in it.
func (p pictureSheet) questions() []snapshot.Question {
	all := slices.Clone(p.Picture.Questions)
	for _, part := range p.Parts {
		if part.Part != nil {
			all = append(all, part.Part.Questions...)
		}
	}
	return all
}

// partsFor returns what a picture says of promises, as far as somebody may see
// it: of their own, of those whom they coach, and of those who share it.
func partsFor(ctx context.Context, a Asker, id domain.CheckID) (list []pictures.Part, err error) {
	team, err := questions.Team(ctx, a.Read, a.Programme)
	if err != nil {
		return nil, err
	}
	all, err := pictures.Parts(ctx, a.Read, a.Programme, id, team)
	if err != nil {
		return nil, err
	}
	for _, part := range all {
		what, err := theMemberPart(ctx, a, MemberPartIn{CheckIn{id}, part.Person})
		if err != nil {
			return nil, err
		}
		if !access.Can(a.Actor, access.PicturePart, what) {
			part.Part = shared(a, part.Part)
		}
		if part.Part != nil && len(part.Part.Rows) > 0 {
			list = append(list, part)
		}
	}
	return list, nil
}

// shared is what somebody shows of their own promises: how these were noticed,
// and nothing of other evidence.
func shared(a Asker, p *snapshot.Part) *snapshot.Part {
	if p == nil {
		return nil
	}
	only := &snapshot.Part{}
	for _, r := range p.Rows {
		if r.Shared == snapshot.Audience(round.Everyone) || r.Shared == snapshot.Audience(round.WithMT) && a.Is(domain.MT) {
			r.Conflict = 0
			r.Figures = slices.DeleteFunc(slices.Clone(r.Figures), func(f snapshot.Figure) bool {
				return f.Source == snapshot.Does || f.Source == snapshot.Interviews || f.Source == snapshot.Index
			})
			only.Rows = append(only.Rows, r)
		}
	}
	return only
}

// columns are the sources in a picture, in the order in which people read them.
var columns = []snapshot.Source{snapshot.Score, snapshot.Says, snapshot.Does, snapshot.Interviews, snapshot.Self, snapshot.Peers, snapshot.Leaders, snapshot.Staff}

// rows are those of the picture as they are drawn: the pillars, the team as a
// whole, and then promises.
func (p pictureSheet) rows(ctx context.Context) (rows []pictureRow) {
	for _, r := range p.Picture.Rows {
		row := p.row(ctx, r, p.before(r.Pillar))
		row.ID, row.Title = "pillar-"+string(r.Pillar), pillarName(ctx, p.pillars, r.Pillar)
		row.Team = r.Pillar == ""
		if row.Team {
			row.ID = "team"
		}
		rows = append(rows, row)
	}
	for _, part := range p.Parts {
		rows = append(rows, p.promiseRows(ctx, part)...)
	}
	return rows
}

// promiseRows are those of one person's promises that the reader can read.
func (p pictureSheet) promiseRows(ctx context.Context, part pictures.Part) (rows []pictureRow) {
	if part.Part == nil {
		return nil
	}
	for _, r := range part.Part.Rows {
		about, readable := p.promises[r.Promise]
		if !readable {
			continue
		}
		row := p.row(ctx, r, nil)
		words := said(about.Wording)
		row.ID, row.Words, row.By = "promise-"+string(r.Promise), &words, personName(ctx, p.names, part.Person)
		row.Href = "/promises/" + string(r.Promise)
		row.Aside = !p.part
		rows = append(rows, row)
	}
	return rows
}

// before is the same row of the picture before.
func (p pictureSheet) before(of domain.PillarID) *snapshot.Row {
	if p.Before == nil {
		return nil
	}
	for _, r := range p.Before.Rows {
		if r.Pillar == of {
			return &r
		}
	}
	return nil
}

// asks are the questions of a picture in words, those of the reader's own part
// among them.
func (p pictureSheet) asks(ctx context.Context) (list []pictureAsk) {
	for _, q := range p.Picture.Questions {
		list = append(list, p.put(ctx, q, ""))
	}
	for _, part := range p.Parts {
		if part.Part == nil {
			continue
		}
		for _, q := range part.Part.Questions {
			list = append(list, p.put(ctx, q, part.Person))
		}
	}
	slices.SortStableFunc(list, func(a, b pictureAsk) int { return a.rank - b.rank })
	return list
}

// A pictureAsk is a question in words, with what was decided on it.
type pictureAsk struct {
	Finding   domain.FindingID
	Rule      string
	Severity  string
	Text      string
	Whose     string // of a question that is for one person and their coach
	Decisions []pictures.Decision

	rank int
}

func (p pictureSheet) put(ctx context.Context, q snapshot.Question, whose domain.PersonID) pictureAsk {
	one := pictureAsk{Finding: q.Finding, Rule: string(q.Rule), Severity: string(q.Severity), rank: slices.Index(consistency.Severities, consistency.Severity(q.Severity))}
	if whose != "" {
		one.Whose = personName(ctx, p.names, whose)
	}
	for _, r := range rules.All() {
		if r.ID == q.Rule {
			one.Text = r.Say(consistency.FindingIn(q), speaker{ctx, p.things})
		}
	}
	for _, d := range p.Decisions {
		if d.Finding == q.Finding {
			one.Decisions = append(one.Decisions, d)
		}
	}
	return one
}

// headline is the sentence with which a picture begins: how many pillars stand
// where.
func (p pictureSheet) headline(ctx context.Context) string {
	count := map[measure.Verdict]int{}
	for _, r := range p.Picture.Rows {
		if r.Pillar != "" {
			count[r.Word]++
		}
	}
	var parts []string
	for _, w := range []measure.Verdict{measure.Noticed, measure.Underway, measure.Mixed, measure.NotYet, measure.Unclear, measure.Insufficient} {
		if n := count[w]; n > 0 {
			parts = append(parts, i18n.T(ctx, "picture.count."+string(w), "n", n))
		}
	}
	return i18n.T(ctx, "picture.headline", "Parts", listed(ctx, parts))
}

// figures are the numbers at the head of a picture.
func (p pictureSheet) figures(ctx context.Context) []Figure {
	k := p.Picture.Keeping
	kept := Figure{Label: i18n.T(ctx, "picture.kept"), Value: "–", Note: i18n.T(ctx, "picture.kept.none")}
	if k.Rate.Shown() {
		kept.Value = i18n.T(ctx, "picture.kept.of", "Kept", k.Kept, "All", k.Kept+k.Broken)
		kept.Note = i18n.T(ctx, "picture.kept.rate", "Rate", k.Rate.Value, "Low", k.Rate.Low, "High", k.Rate.High)
	}
	team := p.Picture.Rows[len(p.Picture.Rows)-1].Figure(snapshot.Score)
	whole := Figure{Label: i18n.T(ctx, "picture.whole"), Value: "–", Note: i18n.T(ctx, "picture.word."+string(measure.Insufficient))}
	if team.Shown() {
		whole.Value, whole.Note = strconv.Itoa(team.Value), i18n.T(ctx, "picture.range", "Low", team.Low, "High", team.High)
	}
	return []Figure{
		whole, kept,
		{Label: i18n.T(ctx, "picture.running"), Value: strconv.Itoa(k.Running)},
		{Label: i18n.T(ctx, "picture.explained"), Value: strconv.Itoa(k.Explained)},
	}
}

// quality are the sentences at the foot of a picture.
func (p pictureSheet) quality(ctx context.Context) (lines []string) {
	q := p.Picture.Quality
	if q.Rounds > 0 {
		lines = append(lines, i18n.T(ctx, "picture.quality.rounds", "n", q.Rounds, "First", i18n.Date(ctx, q.First), "Last", i18n.Date(ctx, q.Last)))
	}
	for _, r := range q.Responses {
		lines = append(lines, i18n.T(ctx, "picture.quality.response", "Group", i18n.T(ctx, "group."+string(r.Group)),
			"Rate", i18n.T(ctx, "turnout."+string(r.Rate)), "Low", r.Low, "High", r.High))
	}
	lines = append(lines, i18n.T(ctx, "picture.quality.sources", "Documents", q.Documents, "Interviews", q.Interviews, "Observations", q.Observations))
	switch {
	case q.Fragments == 0:
	case q.Agreed:
		lines = append(lines, i18n.T(ctx, "picture.quality.kappa", "Twice", q.Twice, "Fragments", q.Fragments, "Kappa", i18n.Number(ctx, float64(q.Kappa)/100)))
	default:
		lines = append(lines, i18n.T(ctx, "picture.quality.coded", "Twice", q.Twice, "Fragments", q.Fragments))
	}
	return append(lines, i18n.T(ctx, "picture.quality.thresholds", "Staff", p.Picture.Staff, "Leaders", p.Picture.Leaders, "Peers", p.Picture.Peers))
}

// A deciding is what there is to know before deciding on a question of a picture.
type deciding struct {
	Finding domain.FindingID `json:"finding"`
	Text    string           `json:"text" doc:"what the picture asks"`

	sheet  pictureSheet
	ask    pictureAsk
	owners []promises.Promise // of the asker, to choose from
}

func askDecision(ctx context.Context, a Asker, in decideOnIn) (d deciding, err error) {
	d = deciding{Finding: in.Finding}
	if d.sheet, err = askPicture(ctx, a, in.PictureIn); err != nil {
		return d, err
	}
	list := d.sheet.asks(i18n.In(ctx, a.Lang))
	i := slices.IndexFunc(list, func(x pictureAsk) bool { return x.Finding == in.Finding })
	if i < 0 {
		return d, snapshot.ErrNoFinding
	}
	d.ask, d.Text = list[i], list[i].Text
	d.owners, err = promises.Mine(ctx, a.Read, a.Programme, a.Person)
	return d, err
}

func (d deciding) choices(ctx context.Context) (options []Option) {
	for _, c := range snapshot.Choices {
		options = append(options, Option{Value: string(c), Label: i18n.T(ctx, "decide."+string(c)), Help: i18n.T(ctx, "decide.help."+string(c))})
	}
	return options
}

func (d deciding) mine(ctx context.Context) []Option {
	options := []Option{{Value: "", Label: i18n.T(ctx, "decide.no_promise")}}
	for _, p := range d.owners {
		if p.By != "" {
			options = append(options, Option{Value: string(p.ID), Label: said(p.Wording).Text})
		}
	}
	return options
}

// address is the page of a question of a picture, to decide on.
func (p pictureSheet) address(q domain.FindingID) string {
	return "/picture/" + string(p.Check.ID) + "/decide/" + string(q)
}

// picturePage shows a published picture.
func picturePage(v View, p pictureSheet) templ.Component { return picture(v, p) }

// newestPicturePage shows the newest one, or says that there is none.
func newestPicturePage(v View, p pictureSheet) templ.Component {
	if p.none {
		return noPicture(v)
	}
	return picture(v, p)
}
