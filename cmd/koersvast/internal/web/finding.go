package web

import (
	"context"
	"slices"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/cmd/koersvast/internal/web/sheet"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/finding"
	"koersvast/eventstore"
	"koersvast/projections/consistency"
	"koersvast/projections/consistency/questions"
	"koersvast/projections/findings"
	"koersvast/projections/people"
)

// findingRoutes are what there is to talk about (gespreksvragen), and what
// people make of it. Nothing follows from any of it by itself.
func (s *Server) findingRoutes() {
	question(s, Question[struct{}, conversation]{
		Path: "/findings", Doc: "What there is to talk about: what the rules of the consistency check find, as far as it is for you, what asks most first. Nothing follows from it by itself",
		Action: access.FindingsRead, Nav: "findings.title", Menu: "findings.title",
		Often: func(a access.Actor) bool { return a.Is(domain.MT, domain.Coach, domain.Lead) },
		Ask:   s.askTalk, Page: talkPage, Table: conversation.table,
	})
	question(s, Question[FindingIn, oneFinding]{
		Path: "/findings/{id}", Doc: "One thing to talk about: what it says, why you see it, and what became of it",
		Action: access.FindingRead, Of: theFinding[FindingIn](s),
		Ask: s.askFinding, Page: findingPage,
	})
	question(s, Question[findingStepIn, oneFinding]{
		Path: "/findings/{id}/{step}", Doc: "One thing to talk about, to say what became of it: discuss, resolve, dismiss or snooze",
		Action: access.FindingHandle, Of: theFinding[findingStepIn](s),
		Ask: s.askFindingStep, Page: findingStepPage,
	})
	onFinding(s, "discuss", "Say that it was talked about, and what came of that", func(in discussIn) domain.Command[finding.State] {
		return finding.Discuss{ID: in.ID, Note: in.Body.Note}
	})
	onFinding(s, "resolve", "Say that it is resolved, and how", func(in resolveIn) domain.Command[finding.State] {
		return finding.Resolve{ID: in.ID, How: in.Body.How}
	})
	onFinding(s, "dismiss", "Say that it does not apply, and why", func(in dismissIn) domain.Command[finding.State] {
		return finding.Dismiss{ID: in.ID, Why: in.Body.Why}
	})
	onFinding(s, "snooze", "Put it out of sight until a day, thirty days from now at most", func(in snoozeIn) domain.Command[finding.State] {
		return finding.Snooze{ID: in.ID, Until: in.Body.Until}
	})
	onFinding(s, "reopen", "Say that it asks something after all", func(in FindingIn) domain.Command[finding.State] {
		return finding.Reopen{ID: in.ID}
	})
}

// findingSteps are the forms of one finding.
var findingSteps = []string{"discuss", "resolve", "dismiss", "snooze"}

// onFinding declares a command about one finding. What the clock has yet to
// note is noted with it.
func onFinding[In aboutFinding](s *Server, verb, doc string, cmd func(In) domain.Command[finding.State]) {
	form := "/findings/{id}"
	if slices.Contains(findingSteps, verb) {
		form += "/" + verb
	}
	command(s, Command[In]{
		Path: "/findings/{id}/" + verb, Doc: doc, Action: access.FindingHandle, Of: theFinding[In](s),
		Do: func(ctx context.Context, a Asker, in In) (Steps, error) {
			q, err := s.findingOf(ctx, a, in.finding())
			if err != nil {
				return nil, err
			}
			if q.Passed() {
				return nil, finding.ErrCleared
			}
			return Steps{eventstore.Do(questions.Raise(q.Finding, a.At)), eventstore.Do(cmd(in))}, nil
		},
		Form: form, Next: "/findings/{id}",
	})
}

// aboutFinding is an input that names a finding.
type aboutFinding interface{ finding() domain.FindingID }

// A FindingIn names a finding.
type FindingIn struct {
	ID domain.FindingID `path:"id" doc:"That of the rule and of what it is about, such as cr-01-<id of a promise>"`
}

func (in FindingIn) finding() domain.FindingID { return in.ID }

type findingStepIn struct {
	FindingIn
	Step string `path:"step" doc:"What is to be said about it"`
}

type discussIn struct {
	FindingIn
	Body struct {
		Note string `json:"note,omitempty" doc:"What came of it"`
	}
}

type resolveIn struct {
	FindingIn
	Body struct {
		How string `json:"how" doc:"What was done"`
	}
}

type dismissIn struct {
	FindingIn
	Body struct {
		Why string `json:"why" doc:"The reason"`
	}
}

type snoozeIn struct {
	FindingIn
	Body struct {
		Until domain.Day `json:"until" doc:"The day on which it is back"`
	}
}

// questions are those of the programme, on the day that is shown.
func (s *Server) questions(ctx context.Context, a Asker) (questions.All, error) {
	return s.looked.at(lookedAt{a.Programme, a.At, a.today()}, func() (questions.All, error) {
		return questions.Ask(ctx, a.Read, a.Programme, a.today())
	})
}

// findingOf returns a question, whoever it is for.
func (s *Server) findingOf(ctx context.Context, a Asker, id domain.FindingID) (questions.Question, error) {
	all, err := s.questions(ctx, a)
	if err != nil {
		return questions.Question{}, err
	}
	for _, q := range slices.Concat(all.Found, all.Passed) {
		if q.ID == id {
			return q, nil
		}
	}
	return questions.Question{}, finding.ErrUnknown
}

// theFinding is what the rules of access look at.
func theFinding[In aboutFinding](s *Server) func(context.Context, Asker, In) (access.Resource, error) {
	return func(ctx context.Context, a Asker, in In) (access.Resource, error) {
		q, err := s.findingOf(ctx, a, in.finding())
		return q.Resource(a.Programme), err
	}
}

// A conversation is what there is to talk about for one person.
type conversation struct {
	Questions []Point   `json:"questions" doc:"what asks most to be talked about first; at the end what has passed, the newest first"`
	Counts    []counted `json:"counts" doc:"how many there are of what you may only know the number of"`
}

// A Point is a question as somebody reads it.
type Point struct {
	ID        domain.FindingID     `json:"id"`
	Rule      domain.RuleID        `json:"rule"`
	Name      string               `json:"name" doc:"of the rule, in your language"`
	Category  consistency.Category `json:"category" enum:"promises,checks,feedback,gatherings,learning,rights"`
	Severity  consistency.Severity `json:"severity" enum:"blocks,serious,attention,talk,support,quality,info"`
	Status    finding.Status       `json:"status" enum:"open,discussed,snoozed,resolved,dismissed,cleared"`
	Since     domain.Day           `json:"since" doc:"when its condition began to hold, as far as can be told"`
	Turned    domain.Day           `json:"turned" doc:"when it came to that status"`
	Until     domain.Day           `json:"until,omitempty" doc:"until when it waits"`
	Sentence  string               `json:"sentence" doc:"what it says, in your language"`
	Condition string               `json:"condition" doc:"when the rule finds something, with the numbers of the programme"`
	About     consistency.Object   `json:"about"`
	Evidence  []consistency.Object `json:"evidence" doc:"in what it was found, as far as you may open that"`
	Handle    bool                 `json:"handle" doc:"whether it is yours to say what became of it"`

	version int
	basis   string
	about   thing
	links   []thing // to its evidence
}

// A counted is how many questions of a rule there are, for who may know that
// and no more.
type counted struct {
	Rule domain.RuleID `json:"rule"`
	Name string        `json:"name"`
	N    int           `json:"n"`
}

// passedLength is how much of what has passed is shown.
const passedLength = 50

func (s *Server) askTalk(ctx context.Context, a Asker, _ struct{}) (t conversation, err error) {
	all, err := s.questions(ctx, a)
	if err != nil {
		return t, err
	}
	mine, passed := a.readable(all.Found), a.readable(all.Passed)
	if !a.Table {
		passed = passed[:min(len(passed), passedLength)]
	}
	t.Questions, err = pointsOf(ctx, a, all, slices.Concat(mine, passed))
	t.Counts = a.counts(all.Found)
	return t, err
}

// readable are the questions that are for the asker.
func (a Asker) readable(list []questions.Question) (mine []questions.Question) {
	for _, q := range list {
		if access.Can(a.Actor, access.FindingRead, q.Resource(a.Programme)) {
			mine = append(mine, q)
		}
	}
	return mine
}

// counts tells how many there are of what the asker may only know the number
// of.
func (a Asker) counts(list []questions.Question) []counted {
	counts := []counted{}
	for _, q := range list {
		if q.Status.Closed() || !a.Is(q.Of.Audience.Count...) || access.Can(a.Actor, access.FindingRead, q.Resource(a.Programme)) {
			continue
		}
		i := slices.IndexFunc(counts, func(c counted) bool { return c.Rule == q.Of.ID })
		if i < 0 {
			i, counts = len(counts), append(counts, counted{Rule: q.Of.ID, Name: q.Of.Name.In(string(a.Lang))})
		}
		counts[i].N++
	}
	return counts
}

// pointsOf puts questions into words for the asker.
func pointsOf(ctx context.Context, a Asker, all questions.All, list []questions.Question) ([]Point, error) {
	things, err := thingsOf(ctx, a, list)
	if err != nil {
		return nil, err
	}
	v := speaker{ctx, things}
	words := make([]Point, len(list))
	for i, q := range list {
		w := Point{
			ID: q.ID, Rule: q.Of.ID, Name: q.Of.Name.In(v.Language()), Category: q.Of.Category, Severity: q.Severity,
			Status: q.Status, Since: q.Since, Turned: q.Turned, Until: q.Until,
			Sentence: q.Of.Say(q.Finding, v), Condition: q.Of.Explain(all.Method.Params(q.Of.ID), v),
			About: q.Object, Evidence: []consistency.Object{},
			Handle: !q.Passed() && access.Can(a.Actor, access.FindingHandle, q.Resource(a.Programme)),

			version: q.Version, basis: q.Of.Basis.In(v.Language()), about: things[q.Object],
		}
		if q.Passed() { // what it said then is not kept
			w.Sentence = i18n.T(ctx, "finding.passed", "Name", w.Name, "About", v.Thing(q.Object))
		}
		for _, o := range slices.Concat([]consistency.Object{q.Object}, q.Evidence) {
			if t := things[o]; t.href != "" && !slices.Contains(w.Evidence, o) {
				w.Evidence, w.links = append(w.Evidence, o), append(w.links, t)
			}
		}
		words[i] = w
	}
	return words, nil
}

// firstLength is how many questions come before all others.
const firstLength = 5

// first are the questions to begin with: those that are open, what asks most
// first.
func (t conversation) first() (list []Point) {
	for _, q := range t.Questions {
		if q.Status == finding.StatusOpen && len(list) < firstLength {
			list = append(list, q)
		}
	}
	return list
}

// firstTalk are those questions for the first page of the asker.
func (s *Server) firstTalk(ctx context.Context, a Asker) ([]Point, error) {
	all, err := s.questions(ctx, a)
	if err != nil {
		return nil, err
	}
	open := slices.DeleteFunc(a.readable(all.Found), func(q questions.Question) bool { return q.Status != finding.StatusOpen })
	return pointsOf(ctx, a, all, open[:min(len(open), firstLength)])
}

// talkOf are the questions about one thing that ask something of the asker
// now.
func (s *Server) talkOf(ctx context.Context, a Asker, about consistency.Object) ([]Point, error) {
	all, err := s.questions(ctx, a)
	if err != nil {
		return nil, err
	}
	return pointsOf(ctx, a, all, slices.DeleteFunc(a.readable(all.Found), func(q questions.Question) bool {
		return q.Object != about || q.Status.Closed() || q.Status == finding.StatusSnoozed
	}))
}

// rest are the questions of a category that are not among the first.
func (t conversation) rest(of consistency.Category) []Point {
	among := t.first()
	return t.with(func(q Point) bool {
		return q.Category == of && (q.Status == finding.StatusOpen || q.Status == finding.StatusDiscussed) &&
			!slices.ContainsFunc(among, func(f Point) bool { return f.ID == q.ID })
	})
}

func (t conversation) waiting() []Point {
	return t.with(func(q Point) bool { return q.Status == finding.StatusSnoozed })
}

func (t conversation) closed() []Point {
	return t.with(func(q Point) bool { return q.Status.Closed() })
}

func (t conversation) with(is func(Point) bool) (list []Point) {
	for _, q := range t.Questions {
		if is(q) {
			list = append(list, q)
		}
	}
	return list
}

// lede says in one sentence how much there is to talk about.
func (t conversation) lede(ctx context.Context) string {
	open := t.with(func(q Point) bool { return !q.Status.Closed() && q.Status != finding.StatusSnoozed })
	if len(open) == 0 {
		return i18n.T(ctx, "findings.lede.none")
	}
	return i18n.T(ctx, "findings.lede", "n", len(open))
}

// table is what there is to talk about, a row a question.
func (t conversation) table(v View) sheet.Table {
	ctx := v.ctx()
	out := sheet.Table{
		Name:    i18n.T(ctx, "findings.title"),
		Columns: heads(ctx, "severity", "question", "rule", "category", "status", "since", "until", "id"),
		Notes:   []string{i18n.T(ctx, "findings.nothing_by_itself")},
	}
	for _, q := range t.Questions {
		out.Rows = append(out.Rows, []any{
			i18n.T(ctx, "severity."+string(q.Severity)), q.Sentence, string(q.Rule) + " " + q.Name, i18n.T(ctx, "category."+string(q.Category)),
			i18n.T(ctx, "finding.status."+string(q.Status)), q.Since, q.Until, string(q.ID),
		})
	}
	return out
}

// oneFinding is one question with what happened to it.
type oneFinding struct {
	Point
	Steps []findings.Step `json:"steps" doc:"what happened to it, the first first"`

	step  string
	names people.Directory
}

func (s *Server) askFinding(ctx context.Context, a Asker, in FindingIn) (f oneFinding, err error) {
	all, err := s.questions(ctx, a)
	if err != nil {
		return f, err
	}
	q, err := s.findingOf(ctx, a, in.ID)
	if err != nil {
		return f, err
	}
	words, err := pointsOf(ctx, a, all, []questions.Question{q})
	if err != nil {
		return f, err
	}
	f.Point = words[0]
	if f.Steps, err = findings.Steps(ctx, a.Read, a.Programme, in.ID); err != nil {
		return f, err
	}
	f.names, err = people.Names(ctx, a.Read, a.Programme)
	return f, err
}

func (s *Server) askFindingStep(ctx context.Context, a Asker, in findingStepIn) (f oneFinding, err error) {
	if !slices.Contains(findingSteps, in.Step) {
		return f, errNoPage
	}
	f, err = s.askFinding(ctx, a, in.FindingIn)
	f.step = in.Step
	switch {
	case err != nil:
	case f.Status == finding.StatusCleared:
		err = finding.ErrCleared
	case f.Status.Closed():
		err = finding.ErrClosed
	case f.Severity == consistency.Blocks && in.Step != "discuss":
		err = finding.ErrBlocks
	}
	return f, err
}

// does lists what the asker can say of a question now.
func (q Point) does() []string {
	switch {
	case !q.Handle || q.Status.Closed():
		return nil
	case q.Severity == consistency.Blocks:
		return findingSteps[:1]
	}
	return findingSteps
}

func (q Point) address(step string) string {
	address := "/findings/" + string(q.ID)
	if step != "" {
		address += "/" + step
	}
	return address
}

// days is for how many days it has been so.
func (q Point) days(today domain.Day) int { return q.Since.DaysUntil(today) }

// stepKind is what happened in a step: what is raised while it holds asks
// something else from then on.
func stepKind(steps []findings.Step, i int) string {
	raised, cleared := finding.Raised{}.EventName(), finding.Cleared{}.EventName()
	if i > 0 && steps[i].Fact == raised && steps[i-1].Fact != cleared {
		return "changed"
	}
	return eventKind(steps[i].Fact)
}

// snoozeUntil is the day that the form to wait suggests, and the last.
func snoozeUntil(today domain.Day) (usual, last domain.Day) {
	return today.Add(7), today.Add(finding.SnoozeMost)
}
