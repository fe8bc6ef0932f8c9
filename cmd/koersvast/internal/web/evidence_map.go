package web

import (
	"context"
	"slices"
	"strconv"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/evidence"
	"koersvast/domain/strategy"
	"koersvast/eventstore"
	"koersvast/projections/coachings"
	sources "koersvast/projections/evidence"
	"koersvast/projections/people"
	"koersvast/projections/promises"
	"koersvast/projections/strategies"
)

// evidenceMapRoutes are what sources show of a promise or a pillar, laid out
// over time.
func (s *Server) evidenceMapRoutes() {
	question(s, Question[promiseWindowIn, evidenceMap]{
		Path: "/promises/{id}/evidence", Doc: "What documents, interviews and observations show of a promise",
		Action: access.EvidenceRead, Of: evidenceOf[promiseWindowIn],
		Ask: func(ctx context.Context, a Asker, in promiseWindowIn) (evidenceMap, error) {
			return askPromiseEvidence(ctx, a, in.ID, in.period())
		},
		Page: evidencePage,
	})
	question(s, Question[pillarWindowIn, evidenceMap]{
		Path: "/strategy/pillar/{id}/evidence", Doc: "What documents, interviews and observations show of a pillar, and of what stands under it",
		Action: access.EvidenceCode,
		Ask:    askPillarEvidence, Page: evidencePage,
	})
	command(s, Command[contestIn]{
		Path: "/promises/{id}/evidence/{quote}/contest", Doc: "Say how you read a fragment about your promise",
		Action: access.EvidenceContest, Of: evidenceOf[contestIn],
		Do: func(ctx context.Context, a Asker, in contestIn) (Steps, error) {
			m, err := askPromiseEvidence(ctx, a, in.ID, period{})
			if err != nil {
				return nil, err
			}
			i := slices.IndexFunc(m.Quotes, func(q sources.Quote) bool { return q.ID == in.Quote })
			if i < 0 {
				return nil, evidence.ErrNoFragment
			}
			q := m.Quotes[i]
			return Steps{eventstore.Do(evidence.Contest{ID: q.Source, Fragment: q.Fragment, Text: in.Body.Text})}, nil
		},
		Form: "/promises/{id}/evidence", Next: "/promises/{id}/evidence",
	})
}

// A WindowIn is of which days fragments are shown.
type WindowIn struct {
	From  domain.Day `query:"from" doc:"The first day of what they describe"`
	Until domain.Day `query:"until" doc:"The last day"`
}

type period struct{ from, until domain.Day }

func (in WindowIn) period() period { return period{in.From, in.Until} }

type promiseWindowIn struct {
	PromiseIn
	WindowIn
}

type pillarWindowIn struct {
	ID domain.PillarID `path:"id"`
	WindowIn
}

type contestIn struct {
	PromiseIn
	Quote string `path:"quote"`
	Body  struct {
		Text string `json:"text" doc:"How you read it"`
	}
}

// evidenceOf is what the rules of access look at: the promiser, and the asker
// if they coach the promiser.
func evidenceOf[In aboutPromise](ctx context.Context, a Asker, in In) (access.Resource, error) {
	p, err := promises.ThePromise(ctx, a.Read, a.Programme, in.promise())
	if err != nil {
		return access.Resource{}, err
	}
	return evidenceResource(ctx, a, p)
}

func evidenceResource(ctx context.Context, a Asker, p promises.Promise) (access.Resource, error) {
	what := access.Resource{Programme: a.Programme, Owner: p.By}
	mine, err := coachings.Of(ctx, a.Read, a.Programme, a.Person)
	if slices.ContainsFunc(mine, func(c coachings.Coaching) bool {
		return c.Coach == a.Person && c.Coachee == p.By && c.Underway()
	}) {
		what.Coach = a.Person
	}
	return what, err
}

// An evidenceMap is what sources show of one thing.
type evidenceMap struct {
	Quotes []sources.Quote `json:"quotes" doc:"In the order of what they describe"`
	Unseen int             `json:"unseen" doc:"How many more there are that somebody else codes, and that you may still code independently"`

	address string
	asked   period
	promise *promises.Promise
	pillar  *strategies.Part
	names   people.Directory
	from    domain.Day // where the drawing begins
	until   domain.Day
}

func askPromiseEvidence(ctx context.Context, a Asker, id domain.PromiseID, w period) (m evidenceMap, err error) {
	p, err := promises.ThePromise(ctx, a.Read, a.Programme, id)
	if err != nil {
		return m, err
	}
	what, err := evidenceResource(ctx, a, p)
	if err != nil {
		return m, err
	}
	m.promise, m.address = &p, "/promises/"+string(id)+"/evidence"
	if m.Quotes, err = sources.About(ctx, a.Read, a.Programme, w.from, w.until, sources.Target{Promise: id}); err != nil {
		return m, err
	}
	if p.By != a.Person && what.Coach != a.Person { // somebody who codes
		m.blind(a.Person)
	}
	return m.drawn(ctx, a, w)
}

func askPillarEvidence(ctx context.Context, a Asker, in pillarWindowIn) (m evidenceMap, err error) {
	pillar, err := strategies.ThePart(ctx, a.Read, a.Programme, strategies.Pillar, string(in.ID))
	if err != nil {
		return m, err
	}
	m.pillar, m.address = &pillar, "/strategy/pillar/"+string(in.ID)+"/evidence"
	targets := []sources.Target{{Pillar: in.ID}}
	behaviours, err := strategies.Behaviours(ctx, a.Read, a.Programme)
	if err != nil {
		return m, err
	}
	for _, b := range behaviours {
		if b.Pillar == in.ID && b.Status != strategy.StatusRetired {
			targets = append(targets, sources.Target{Behaviour: domain.BehaviourID(b.ID)})
		}
	}
	all, err := promises.Everything(ctx, a.Read, a.Programme)
	if err != nil {
		return m, err
	}
	for _, p := range all {
		if p.Pillar == in.ID && p.Made {
			targets = append(targets, sources.Target{Promise: p.ID})
		}
	}
	if m.Quotes, err = sources.About(ctx, a.Read, a.Programme, in.From, in.Until, targets...); err != nil {
		return m, err
	}
	m.blind(a.Person)
	return m.drawn(ctx, a, in.period())
}

// blind leaves out what somebody else codes, as long as the two have not been
// compared: who has seen it cannot code it independently any more.
func (m *evidenceMap) blind(who domain.PersonID) {
	all := len(m.Quotes)
	m.Quotes = slices.DeleteFunc(m.Quotes, func(q sources.Quote) bool { return q.Coder != who && !q.Compared })
	m.Unseen = all - len(m.Quotes)
}

// drawnDays is over how many days fragments are drawn at the least.
const drawnDays = 180

func (m evidenceMap) drawn(ctx context.Context, a Asker, w period) (evidenceMap, error) {
	m.asked = w
	if m.until = w.until; m.until == "" {
		m.until = a.today()
	}
	if m.from = w.from; m.from == "" {
		m.from = m.until.Add(-drawnDays)
		if len(m.Quotes) > 0 {
			m.from = min(m.from, m.Quotes[0].Coding.Day)
		}
	}
	var err error
	m.names, err = people.Names(ctx, a.Read, a.Programme)
	return m, err
}

// sentence is what sources show, in a sentence: of what is done, how much fits
// and how much does not.
func (m evidenceMap) sentence(ctx context.Context) string {
	var fits, not, voices int
	seen := map[domain.SourceID]bool{}
	for _, q := range m.Quotes {
		if !q.Coding.Scored() {
			continue
		}
		switch n := q.Coding.Stance.Value(); {
		case n > 0:
			fits++
		case n < 0:
			not++
		}
		if !seen[q.Voice()] {
			seen[q.Voice()] = true
			voices++
		}
	}
	if voices == 0 {
		return i18n.T(ctx, "signals.none_scored")
	}
	return i18n.T(ctx, "signals.sentence", "n", voices, "Fits", strconv.Itoa(fits), "Not", strconv.Itoa(not))
}

// A dot is one fragment as it is drawn: along the days, at the height of its
// stance.
type dot struct {
	X, Y  string
	Class string
	Shape string
}

// How the drawing is divided.
const (
	laneHeight = 40
	laneTop    = 26
	dotStep    = 7 // between two fragments of the same day and stance
)

// lanes are the stances from top to bottom.
func (m evidenceMap) lanes() (lanes []evidence.Stance) {
	lanes = slices.Clone(evidence.Stances)
	slices.Reverse(lanes)
	return lanes
}

func laneY(s evidence.Stance) int { return laneTop + laneHeight*(2-s.Value()) }

// dots are the fragments as they are drawn.
func (m evidenceMap) dots() (dots []dot) {
	type place struct {
		day    domain.Day
		stance evidence.Stance
	}
	taken := map[place]int{}
	days := max(1, m.from.DaysUntil(m.until))
	for _, q := range m.Quotes {
		c := q.Coding
		at := place{c.Day, c.Stance}
		n := taken[at]
		taken[at]++
		// Above the line, below it, further above …
		shift := (n + 1) / 2 * dotStep
		if n%2 == 1 {
			shift = -shift
		}
		d := dot{
			X: percent(3 + 94*float64(m.from.DaysUntil(c.Day))/float64(days)), Y: strconv.Itoa(laneY(c.Stance) + shift),
			Class: "dot " + string(c.Direction), Shape: string(q.Kind),
		}
		if c.Link == evidence.Weak {
			d.Class += " faint"
		}
		dots = append(dots, d)
	}
	return dots
}

// title is what the map is about.
func (m evidenceMap) title(ctx context.Context) Heading {
	h := Heading{Over: i18n.T(ctx, "signals.title"), Lede: m.sentence(ctx)}
	if m.pillar != nil {
		h.Title = m.pillar.Name
		return h
	}
	h.Words = said(m.promise.Wording)
	return h
}

// back is the page of what the map is about.
func (m evidenceMap) back() string {
	if m.pillar != nil {
		return "/strategy/pillar/" + m.pillar.ID
	}
	return "/promises/" + string(m.promise.ID)
}

// mine reports whether the map is of somebody's own promise.
func (m evidenceMap) mine(who domain.PersonID) bool { return m.promise != nil && m.promise.By == who }

// quoteSource is where a fragment comes from: of an interview the group, and no
// more.
func quoteSource(ctx context.Context, q sources.Quote) string {
	if q.Kind == evidence.Interview {
		return i18n.T(ctx, "evidence.interview_with", "Group", i18n.T(ctx, "role."+string(q.Group)))
	}
	name := kindSaid(ctx, q.Kind, q.Document) + ", " + saidOrErased(ctx, said(q.Title))
	if q.Passage != nil && *q.Passage != "" {
		name += ", " + *q.Passage
	}
	return name
}

// contestForm is the form in which a promiser says how they read a fragment.
func (m evidenceMap) contestForm(v View, q sources.Quote) Form {
	return v.Form(m.address + "/" + q.ID + "/contest")
}

// contestText is what the promiser wrote before.
func contestText(q sources.Quote) string {
	if q.Contest == nil {
		return ""
	}
	return *q.Contest
}
