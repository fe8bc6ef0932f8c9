package evidence

// What others ask of this read model:
//
//	Of(ctx, reader, programme, method) → []Piece
//
// are all pieces of evidence of a programme as they are weighed: one for each
// source, about one promise, behaviour or pillar, in one direction. What is done
// has a Weight of its kind and a Score, which make a [measure.Evidence] with
// [Piece.Measured]; what is only said weighs nothing, and is there for those
// who look at words (see [EmphasisOf]). Each piece names its fragments.
//
//	Coded(ctx, reader, programme) → []Fragment
//
// are the fragments themselves, without their words. Neither has anything of
// interviews with a group as long as there are fewer than three of those: see
// [evidence.GroupShown].
//
//	About(ctx, reader, programme, from, until, targets…) → []Quote
//
// are fragments in their own words, for who may read about a promise.
//
//	Agreement(ctx, reader, programme) → consistency.Coding
//
// tells how far coding can be relied on, and so whether it may be published.

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math"
	"slices"

	"koersvast/domain"
	"koersvast/domain/consistency"
	"koersvast/domain/evidence"
	"koersvast/domain/measure"
	"koersvast/domain/method"
	"koersvast/projections"
)

// A Source is a document, an interview or an observation as it stands.
type Source struct {
	ID          domain.SourceID       `json:"id"`
	Kind        evidence.Kind         `json:"kind" enum:"document,interview,observation"`
	Document    evidence.DocumentKind `json:"document,omitempty" doc:"which kind of document it is"`
	Frame       evidence.Direction    `json:"frame,omitempty" enum:"says,does" doc:"what a document mostly tells"`
	Title       *string               `json:"title" doc:"of a document, or the occasion of an observation; null once it was erased"`
	Digest      evidence.Digest       `json:"digest,omitempty" doc:"the SHA-256 of the file"`
	Group       domain.Role           `json:"group,omitempty" doc:"of which group somebody was interviewed"`
	Independent bool                  `json:"independent,omitempty" doc:"who observed was"`
	Day         domain.Day            `json:"day" doc:"of the document or the occasion, or on which an interview is planned or was held"`
	Status      evidence.Status       `json:"status" enum:"planned,coding,coded,cancelled,withdrawn"`
	Consent     domain.Day            `json:"consent,omitempty" doc:"when it was given"`
	Recording   bool                  `json:"recording,omitempty" doc:"there is one, or one is agreed on"`
	Destroyed   domain.Day            `json:"destroyed,omitempty" doc:"when the recording was"`
	Compared    bool                  `json:"compared,omitempty" doc:"the codings of the two coders were"`
	Fragments   int                   `json:"fragments" doc:"that stand"`
	Coded       int                   `json:"coded" doc:"of which the coding is complete"`
	Twice       int                   `json:"twice" doc:"which two people coded independently"`
	Place       domain.Position       `json:"place" doc:"where it first stood in the log"`
}

func (s *Source) columns() []any {
	return []any{
		&s.ID, &s.Kind, &s.Document, &s.Frame, &s.Title, &s.Digest, &s.Group, &s.Independent, &s.Day, &s.Status,
		&s.Consent, &s.Recording, &s.Destroyed, &s.Compared, &s.Place, &s.Fragments, &s.Coded, &s.Twice,
	}
}

const selectSource = `SELECT s.id, s.kind, s.document, s.frame, s.title, s.digest, s.interviewed, s.independent, s.day, s.status,
		s.consent, s.recording, s.destroyed, s.compared, s.place,
		(SELECT count(*) FROM evidence_fragments f WHERE f.programme = s.programme AND f.source = s.id AND NOT f.dropped),
		(SELECT count(*) FROM evidence_fragments f JOIN evidence_codings c
			ON c.programme = f.programme AND c.source = f.source AND c.fragment = f.id AND NOT c.second
			WHERE f.programme = s.programme AND f.source = s.id AND NOT f.dropped AND c.complete),
		(SELECT count(*) FROM evidence_fragments f JOIN evidence_pairs p
			ON p.programme = f.programme AND p.source = f.source AND p.fragment = f.id
			WHERE f.programme = s.programme AND f.source = s.id AND NOT f.dropped)
	FROM evidence_sources s `

// Sources answers: which sources are there, the newest first?
func Sources(ctx context.Context, r projections.Reader, in domain.ProgrammeID) ([]Source, error) {
	return projections.All(ctx, r, (*Source).columns, selectSource+`WHERE s.programme = ? ORDER BY s.day DESC, s.place DESC`, in)
}

// TheSource answers: how does this source stand?
func TheSource(ctx context.Context, r projections.Reader, in domain.ProgrammeID, id domain.SourceID) (Source, error) {
	s, found, err := projections.One(ctx, r, (*Source).columns, selectSource+`WHERE s.programme = ? AND s.id = ?`, in, id)
	if err == nil && !found {
		err = evidence.ErrUnknown
	}
	return s, err
}

// A Work is a fragment as one of those who code sees it: what the other coder
// says is there once the two have been compared, and not before.
type Work struct {
	ID          domain.FragmentID `json:"id"`
	Text        *string           `json:"text" doc:"null once it was erased"`
	Passage     *string           `json:"passage" doc:"where it stands in the source; null once it was erased"`
	Dropped     bool              `json:"dropped,omitempty"`
	Why         *string           `json:"why,omitempty" doc:"it was dropped"`
	Mine        evidence.Coding   `json:"mine,omitzero" doc:"what you say of it"`
	Second      bool              `json:"second,omitempty" doc:"you are its second coder"`
	Others      int               `json:"others" doc:"how many others code it"`
	Theirs      *evidence.Coding  `json:"theirs,omitempty" doc:"what the other coder says, once the two were compared"`
	ContestedBy domain.PersonID   `json:"contested_by,omitempty" doc:"who wrote how they read it"`
	Contest     *string           `json:"contest,omitempty" doc:"what they wrote; null once it was erased"`
}

// Complete reports whether you have said all there is to say.
func (w Work) Complete() bool { return w.Mine.Complete() }

func codingColumns(c *evidence.Coding) []any {
	return []any{&c.Promise, &c.Behaviour, &c.Pillar, &c.Direction, &c.Stance, &c.Link, &c.Day, &c.With}
}

const selectCoding = `c.promise, c.behaviour, c.pillar, c.direction, c.stance, c.link, c.day, c.counts`

// WorkOn answers: which fragments has a source, and how has this person coded
// them?
func WorkOn(ctx context.Context, r projections.Reader, in domain.ProgrammeID, id domain.SourceID, who domain.PersonID) ([]Work, error) {
	all, err := projections.All(ctx, r, func(w *Work) []any {
		return []any{&w.ID, &w.Text, &w.Passage, &w.Dropped, &w.Why, &w.ContestedBy, &w.Contest}
	}, `SELECT id, text, passage, dropped, why, contested_by, contest FROM evidence_fragments
		WHERE programme = ? AND source = ? ORDER BY place, id`, in, id)
	if err != nil {
		return nil, err
	}
	type row struct {
		fragment domain.FragmentID
		second   bool
		coder    domain.PersonID
		compared bool
		evidence.Coding
	}
	rows, err := projections.All(ctx, r, func(x *row) []any {
		return append([]any{&x.fragment, &x.second, &x.coder, &x.compared}, codingColumns(&x.Coding)...)
	}, `SELECT c.fragment, c.second, c.coder, s.compared, `+selectCoding+`
		FROM evidence_codings c JOIN evidence_sources s ON s.programme = c.programme AND s.id = c.source
		WHERE c.programme = ? AND c.source = ?`, in, id)
	at := map[domain.FragmentID]*Work{}
	for i := range all {
		at[all[i].ID] = &all[i]
	}
	compared := false
	for _, x := range rows {
		w := at[x.fragment]
		compared = x.compared
		switch {
		case x.coder == who:
			w.Mine, w.Second = x.Coding, x.second
		case x.compared:
			w.Others++
			w.Theirs = &x.Coding
		default:
			w.Others++
		}
	}
	for i, w := range all {
		if w.ContestedBy != "" && !compared && (w.Second || w.Mine == evidence.Coding{}) {
			all[i].ContestedBy, all[i].Contest = "", nil // it tells what the other coder said
		}
	}
	return all, err
}

// A Fragment is a part of a source, without its words: how it was coded, which
// is complete, and stands.
type Fragment struct {
	ID       domain.FragmentID
	Source   domain.SourceID
	Kind     evidence.Kind
	Document evidence.DocumentKind
	Group    domain.Role
	evidence.Coding

	independent bool
}

// shown leaves out interviews of groups of which too few were held, and what
// was erased of others: on a past day consent had not been withdrawn yet.
const shown = `s.status IN ('coding', 'coded') AND (s.kind <> 'interview' OR (
		SELECT count(*) FROM evidence_sources o
		WHERE o.programme = s.programme AND o.kind = 'interview' AND o.interviewed = s.interviewed AND o.status IN ('coding', 'coded')) >= ?2)`

const fromCoded = `FROM evidence_sources s
	JOIN evidence_fragments f ON f.programme = s.programme AND f.source = s.id AND NOT f.dropped
	JOIN evidence_codings c ON c.programme = f.programme AND c.source = f.source AND c.fragment = f.id AND NOT c.second AND c.complete
	WHERE s.programme = ?1 AND (s.kind <> 'interview' OR f.text IS NOT NULL) AND ` + shown

// Coded answers: how were fragments coded? It leaves out what may not be shown
// yet.
func Coded(ctx context.Context, r projections.Reader, in domain.ProgrammeID) ([]Fragment, error) {
	return projections.All(ctx, r, func(f *Fragment) []any {
		return append([]any{&f.ID, &f.Source, &f.Kind, &f.Document, &f.Group, &f.independent}, codingColumns(&f.Coding)...)
	}, `SELECT f.id, s.id, s.kind, s.document, s.interviewed, s.independent, `+selectCoding+` `+fromCoded+`
		ORDER BY f.place, f.source, f.id`, in, evidence.GroupShown)
}

// Voice returns the source that a fragment counts as one with.
func (f Fragment) Voice() domain.SourceID { return cmp.Or(f.With, f.Source) }

// weight is how much evidence such as this weighs when it is new. What is only
// said weighs nothing.
func (f Fragment) weight(m method.Config) float64 {
	switch {
	case !f.Scored():
		return 0
	case f.Kind == evidence.Interview:
		return m.Of(method.Interview)
	case f.Kind == evidence.Observation && f.independent:
		return m.Of(method.Independent)
	case f.Kind == evidence.Observation:
		return m.Of(method.Observation)
	case f.Document == evidence.Decision, f.Document == evidence.Budget:
		return m.Of(method.Decision)
	}
	return m.Of(method.Document)
}

// A Piece is what one independent source says, or shows being done, of one
// promise, behaviour or pillar. Weak links are no part of it.
type Piece struct {
	Source    domain.SourceID // that it counts as
	Kind      evidence.Kind   // and what follows is of the weightiest of its fragments
	Document  evidence.DocumentKind
	Group     domain.Role
	Weight    float64          // when it is new; 0 for what is only said
	Promise   domain.PromiseID // it is about one of these three
	Behaviour domain.BehaviourID
	Pillar    domain.PillarID
	Direction evidence.Direction
	Score     float64       // the mean of its fragments, 0–100
	Day       domain.Day    // of the last event that it describes
	Link      evidence.Link // the least sure one of its fragments
	Fragments []Fragment
}

// Measured returns a piece as it is weighed on a day.
func (p Piece) Measured(today domain.Day, m method.Config) measure.Evidence {
	return measure.Evidence{Score: p.Score, Weight: p.Weight, Age: max(0, p.Day.DaysUntil(today)), HalfLife: m.Days(method.HalfLife)}
}

// Of answers: which evidence is there, as this programme weighs it?
func Of(ctx context.Context, r projections.Reader, in domain.ProgrammeID, m method.Config) ([]Piece, error) {
	all, err := Coded(ctx, r, in)
	return Pieces(all, m), err
}

// Pieces returns what independent sources say in these fragments.
func Pieces(all []Fragment, m method.Config) (list []Piece) {
	type about struct {
		source    domain.SourceID
		promise   domain.PromiseID
		behaviour domain.BehaviourID
		pillar    domain.PillarID
		direction evidence.Direction
	}
	at := map[about]int{}
	for _, f := range all {
		if f.Link == evidence.Weak {
			continue
		}
		key := about{f.Voice(), f.Promise, f.Behaviour, f.Pillar, f.Direction}
		i, ok := at[key]
		if !ok {
			i = len(list)
			at[key] = i
			list = append(list, Piece{
				Source: key.source, Promise: f.Promise, Behaviour: f.Behaviour, Pillar: f.Pillar, Direction: f.Direction,
				Kind: f.Kind, Document: f.Document, Group: f.Group, Link: evidence.Certain,
			})
		}
		list[i].take(f, m)
	}
	return list
}

// take adds a fragment to a piece.
func (p *Piece) take(f Fragment, m method.Config) {
	n := float64(len(p.Fragments))
	p.Fragments = append(p.Fragments, f)
	p.Score = (p.Score*n + f.Stance.Score()) / (n + 1)
	p.Day = max(p.Day, f.Day)
	if f.Link == evidence.Probable {
		p.Link = f.Link
	}
	if w := f.weight(m); w > p.Weight {
		p.Weight, p.Kind, p.Document, p.Group = w, f.Kind, f.Document, f.Group
	}
}

// An Emphasis is how much documents speak of each pillar.
type Emphasis struct {
	Fragments int                     // in which something is said of a pillar
	Pillars   map[domain.PillarID]int // how many of these are of each
}

// Share is the part of all that was said that is about a pillar, 0–1.
func (e Emphasis) Share(p domain.PillarID) float64 {
	if e.Fragments == 0 {
		return 0
	}
	return float64(e.Pillars[p]) / float64(e.Fragments)
}

// EmphasisDays is over how many days it is looked at what is spoken of.
const EmphasisDays = 90

// EmphasisOf counts what documents of the last 90 days say of each pillar. What
// they say of a promise or a behaviour is of the pillar that it stands under, as
// pillar tells; "" is of none.
func EmphasisOf(all []Fragment, today domain.Day, pillar func(evidence.Coding) domain.PillarID) Emphasis {
	e := Emphasis{Pillars: map[domain.PillarID]int{}}
	for _, f := range all {
		if f.Kind != evidence.Document || f.Direction != evidence.Says || f.Link == evidence.Weak || f.Day <= today.Add(-EmphasisDays) {
			continue
		}
		if p := pillar(f.Coding); p != "" {
			e.Fragments++
			e.Pillars[p]++
		}
	}
	return e
}

// Agreement answers: how many fragments count, how many of them were coded by
// two people independently, and how far did these agree?
func Agreement(ctx context.Context, r projections.Reader, in domain.ProgrammeID) (consistency.Coding, error) {
	coded, _, err := projections.One(ctx, r, func(n *int) []any { return []any{n} }, `SELECT count(*) FROM evidence_fragments f
		JOIN evidence_codings c ON c.programme = f.programme AND c.source = f.source AND c.fragment = f.id AND NOT c.second AND c.complete
		WHERE f.programme = ? AND NOT f.dropped`, in)
	if err != nil {
		return consistency.Coding{}, err
	}
	type pair struct{ first, second evidence.Stance }
	pairs, err := projections.All(ctx, r, func(p *pair) []any { return []any{&p.first, &p.second} },
		`SELECT p.first_stance, p.second_stance FROM evidence_pairs p
		JOIN evidence_fragments f ON f.programme = p.programme AND f.source = p.source AND f.id = p.fragment AND NOT f.dropped
		WHERE p.programme = ? ORDER BY p.source, p.fragment`, in)
	var first, second []int
	for _, p := range pairs {
		first, second = append(first, p.first.Value()), append(second, p.second.Value())
	}
	c := consistency.Coding{Fragments: coded, Twice: len(pairs)}
	kappa, ok := measure.Kappa(first, second)
	if ok {
		c.Kappa, c.Agreed = int(math.Floor(100*kappa+1e-9)), true // what falls short is not rounded to enough
	}
	return c, err
}

// A Quote is a fragment in its own words, for who may read about what it is
// about. Of an interview it says the group, and nothing by which two fragments
// of the same one could be laid side by side.
type Quote struct {
	ID          string                `json:"id"`
	Kind        evidence.Kind         `json:"kind" enum:"document,interview,observation"`
	Document    evidence.DocumentKind `json:"document,omitempty"`
	Group       domain.Role           `json:"group,omitempty" doc:"of which group somebody was interviewed"`
	Independent bool                  `json:"independent,omitempty" doc:"who observed was"`
	Title       *string               `json:"title,omitempty" doc:"null for an interview, and once it was erased"`
	Text        *string               `json:"text" doc:"null once it was erased"`
	Passage     *string               `json:"passage,omitempty"`
	Coding      evidence.Coding       `json:"coding"`
	ContestedBy domain.PersonID       `json:"contested_by,omitempty"`
	Contest     *string               `json:"contest,omitempty" doc:"how the promiser reads it; null once it was erased"`

	// For those who code.
	Source   domain.SourceID   `json:"-"`
	Fragment domain.FragmentID `json:"-"`
	Coder    domain.PersonID   `json:"-"`
	Compared bool              `json:"-"`

	voice domain.SourceID
}

// A Target is what fragments are about: one of these.
type Target struct {
	Promise   domain.PromiseID   `json:"promise"`
	Behaviour domain.BehaviourID `json:"behaviour"`
	Pillar    domain.PillarID    `json:"pillar"`
}

// Voice returns the source that a quote counts as one with.
func (q Quote) Voice() domain.SourceID { return cmp.Or(q.voice, q.Source) }

// About answers: which fragments are about one of these, in the order of the
// days that they describe? It leaves out what may not be shown yet. Empty days
// stand for always.
func About(ctx context.Context, r projections.Reader, in domain.ProgrammeID, from, until domain.Day, targets ...Target) ([]Quote, error) {
	about, err := json.Marshal(targets)
	if err != nil {
		return nil, err
	}
	all, err := projections.All(ctx, r, func(q *Quote) []any {
		return append([]any{
			&q.Kind, &q.Document, &q.Group, &q.Independent, &q.Title, &q.Text, &q.Passage, &q.ContestedBy, &q.Contest,
			&q.Source, &q.Fragment, &q.Coder, &q.Compared,
		}, codingColumns(&q.Coding)...)
	}, `SELECT s.kind, s.document, s.interviewed, s.independent, s.title, f.text, f.passage, f.contested_by, f.contest,
			s.id, f.id, c.coder, s.compared, `+selectCoding+` `+fromCoded+` AND c.day >= ?3 AND (?4 = '' OR c.day <= ?4)
		AND EXISTS (SELECT 1 FROM json_each(?5) t WHERE t.value ->> 'promise' = c.promise
			AND t.value ->> 'behaviour' = c.behaviour AND t.value ->> 'pillar' = c.pillar)`,
		in, evidence.GroupShown, from, until, string(about))
	for i := range all {
		q := &all[i]
		q.ID, q.voice = handle(q.Source, q.Fragment), q.Coding.With
		if q.Kind == evidence.Interview {
			q.Title, q.Passage, q.Coding.With = nil, nil, ""
		}
	}
	slices.SortFunc(all, func(a, b Quote) int { return cmp.Or(cmp.Compare(a.Coding.Day, b.Coding.Day), cmp.Compare(a.ID, b.ID)) })
	return all, err
}

// handle names a fragment without saying of which source it is, or when it was
// taken out of it.
func handle(s domain.SourceID, f domain.FragmentID) string {
	sum := sha256.Sum256([]byte(string(s) + "/" + string(f)))
	return hex.EncodeToString(sum[:10])
}

// ToErase answers: which keys, of all programmes, seal what nobody may read any
// more?
func ToErase(ctx context.Context, r projections.Reader) ([]domain.KeyID, error) {
	type gone struct {
		in domain.ProgrammeID
		id domain.SourceID
	}
	all, err := projections.All(ctx, r, func(g *gone) []any { return []any{&g.in, &g.id} },
		`SELECT programme, id FROM evidence_sources WHERE status = 'withdrawn' ORDER BY programme, id`)
	keys := make([]domain.KeyID, len(all))
	for i, g := range all {
		keys[i] = evidence.KeyOf(g.in, g.id)
	}
	return keys, err
}
