package web

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/consistency"
	"koersvast/domain/evidence"
	"koersvast/domain/promise"
	"koersvast/eventstore"
	sources "koersvast/projections/evidence"
	"koersvast/projections/people"
	"koersvast/projections/promises"
	"koersvast/projections/strategies"
)

// evidenceRoutes are documents, interviews and observations, and the coding of
// what they say. What they say of a promise is in evidence_map.go.
func (s *Server) evidenceRoutes() {
	question(s, Question[struct{}, sourceList]{
		Path: "/evidence", Doc: "Which documents, interviews and observations there are, and how far they have been coded; who codes none of it gets titles",
		Action: access.SourcesRead, Menu: "evidence.title",
		Ask: askSources, Page: sourcesPage,
	})
	question(s, Question[newSourceIn, newSource]{
		Path: "/evidence/new/{kind}", Doc: "A form for a new source: a document, an interview or an observation",
		Action: access.EvidenceCode,
		Ask: func(_ context.Context, _ Asker, in newSourceIn) (newSource, error) {
			if !slices.Contains(sourceKinds, in.Kind) {
				return newSource{}, errNoPage
			}
			return newSource(in), nil
		},
		Page: newSourcePage,
	})
	question(s, Question[SourceIn, oneSource]{
		Path: "/evidence/{id}", Doc: "One source with its fragments, and how you coded them",
		Action: access.EvidenceCode,
		Ask: func(ctx context.Context, a Asker, in SourceIn) (oneSource, error) {
			return askSource(ctx, a, FragmentIn{SourceIn: in})
		},
		Page: sourcePage,
	})
	question(s, Question[FragmentIn, oneSource]{
		Path: "/evidence/{id}/fragments/{fragment}", Doc: "One source with its fragments, to code one of them",
		Action: access.EvidenceCode,
		Ask:    askSource, Page: sourcePage,
	})
	s.sourceCommands()
	s.interviewCommands()
	s.fragmentCommands()
	s.evidenceMapRoutes()
}

// sourceKinds are the sources that can be added.
var sourceKinds = []evidence.Kind{evidence.Document, evidence.Interview, evidence.Observation}

// sourceCommands are what adds and closes a source.
func (s *Server) sourceCommands() {
	command(s, Command[documentIn]{
		Path: "/evidence/new/document", Doc: "Register a document; its text stays with you", Action: access.EvidenceCode,
		Do: func(_ context.Context, _ Asker, in documentIn) (Steps, error) {
			b := in.Body
			return Steps{eventstore.Do(evidence.RegisterDocument{
				ID: b.ID, Document: b.Document, Frame: b.Frame, Title: b.Title, Day: b.Day, Digest: evidence.Digest(strings.ToLower(string(b.Digest))),
			})}, nil
		},
		Form: "/evidence/new/document", Next: "/evidence/{id}",
	})
	command(s, Command[observationIn]{
		Path: "/evidence/new/observation", Doc: "Register what you saw happen", Action: access.EvidenceCode,
		Do: func(_ context.Context, _ Asker, in observationIn) (Steps, error) {
			b := in.Body
			return Steps{eventstore.Do(evidence.RegisterObservation{ID: b.ID, Occasion: b.Occasion, Day: b.Day, Independent: b.Independent})}, nil
		},
		Form: "/evidence/new/observation", Next: "/evidence/{id}",
	})
	command(s, Command[interviewIn]{
		Path: "/evidence/new/interview", Doc: "Plan an interview with somebody of a group; who that is stays with you", Action: access.EvidenceCode,
		Do: func(_ context.Context, _ Asker, in interviewIn) (Steps, error) {
			return Steps{eventstore.Do(evidence.PlanInterview{ID: in.Body.ID, Group: in.Body.Group, Day: in.Body.Day})}, nil
		},
		Form: "/evidence/new/interview", Next: "/evidence/{id}",
	})
	onSource(s, "finish", "Say that no more fragments are to come", func(in SourceIn) domain.Command[evidence.State] {
		return evidence.FinishCoding{ID: in.ID}
	})
	onSource(s, "resume", "Say that more fragments are to come after all", func(in SourceIn) domain.Command[evidence.State] {
		return evidence.ResumeCoding{ID: in.ID}
	})
	onSource(s, "compare", "End coding for the second time, and lay both codings side by side", func(in SourceIn) domain.Command[evidence.State] {
		return evidence.CompareCodings{ID: in.ID}
	})
}

// interviewCommands are the steps of an interview. The key of one whose
// consent is withdrawn is destroyed as soon as the log says so.
func (s *Server) interviewCommands() {
	onSource(s, "consent", "Write down that who is interviewed consents", func(in consentIn) domain.Command[evidence.State] {
		return evidence.RecordConsent{ID: in.ID, On: in.Body.On, Recording: in.Body.Recording}
	})
	onSource(s, "hold", "Say that an interview was held", func(in sourceDayIn) domain.Command[evidence.State] {
		return evidence.HoldInterview{ID: in.ID, On: in.Body.On}
	})
	onSource(s, "cancel", "Say that an interview does not take place", func(in SourceIn) domain.Command[evidence.State] {
		return evidence.CancelInterview{ID: in.ID}
	})
	onSource(s, "destroy", "Say that the recording of an interview has been destroyed", func(in sourceDayIn) domain.Command[evidence.State] {
		return evidence.DestroyRecording{ID: in.ID, On: in.Body.On}
	})
	onSource(s, "withdraw", "Write down that consent was withdrawn: all that was said goes", func(in SourceIn) domain.Command[evidence.State] {
		return evidence.WithdrawConsent{ID: in.ID}
	})
}

// fragmentCommands are the work on fragments.
func (s *Server) fragmentCommands() {
	command(s, Command[addFragmentIn]{
		Path: "/evidence/{id}/fragments", Doc: "Take a few sentences out of a source", Action: access.EvidenceCode,
		Do: func(_ context.Context, _ Asker, in addFragmentIn) (Steps, error) {
			return Steps{eventstore.Do(evidence.AddFragment{ID: in.ID, Fragment: in.Body.Fragment, Text: in.Body.Text, Place: in.Body.Place})}, nil
		},
		Form: "/evidence/{id}", Next: "/evidence/{id}/fragments/{fragment}",
	})
	onFragment(s, "code", "Say what to make of a fragment: all of it, also what you said before", func(ctx context.Context, a Asker, in codeFragmentIn) (Steps, error) {
		c, err := in.coding(ctx, a)
		return Steps{eventstore.Do(evidence.Code{ID: in.ID, Fragment: in.Fragment, Coding: c})}, err
	})
	onFragment(s, "undo", "Take back the last thing that you said of a fragment", func(_ context.Context, _ Asker, in FragmentIn) (Steps, error) {
		return Steps{eventstore.Do(evidence.UndoCoding{ID: in.ID, Fragment: in.Fragment})}, nil
	})
	onFragment(s, "drop", "Take a fragment out, and say why", func(_ context.Context, _ Asker, in dropFragmentIn) (Steps, error) {
		return Steps{eventstore.Do(evidence.DropFragment{ID: in.ID, Fragment: in.Fragment, Why: in.Body.Why})}, nil
	})
}

// onSource declares a command about one source, whose form is on its page.
func onSource[In any](s *Server, verb, doc string, cmd func(In) domain.Command[evidence.State]) {
	command(s, Command[In]{
		Path: "/evidence/{id}/" + verb, Doc: doc, Action: access.EvidenceCode,
		Do:   func(_ context.Context, _ Asker, in In) (Steps, error) { return Steps{eventstore.Do(cmd(in))}, nil },
		Form: "/evidence/{id}", Next: "/evidence/{id}",
	})
}

// onFragment declares a command about one fragment.
func onFragment[In any](s *Server, verb, doc string, do func(context.Context, Asker, In) (Steps, error)) {
	const page = "/evidence/{id}/fragments/{fragment}"
	command(s, Command[In]{Path: page + "/" + verb, Doc: doc, Action: access.EvidenceCode, Do: do, Form: page, Next: page})
}

type newSourceIn struct {
	Kind evidence.Kind `path:"kind"`
}

// A SourceIn names a source.
type SourceIn struct {
	ID domain.SourceID `path:"id"`
}

// A FragmentIn names a fragment of a source.
type FragmentIn struct {
	SourceIn
	Fragment domain.FragmentID `path:"fragment"`
}

type documentIn struct {
	Body struct {
		ID       domain.SourceID       `json:"id,omitempty" new:"true"`
		Document evidence.DocumentKind `json:"document" doc:"decision, budget, minutes, roster, policy, strategy_note, newsletter, speech or other"`
		Frame    evidence.Direction    `json:"frame,omitempty" doc:"says or does: what it mostly tells; what is usual for its kind if you leave it out"`
		Title    string                `json:"title"`
		Day      domain.Day            `json:"day" doc:"Of the document"`
		Digest   evidence.Digest       `json:"digest,omitempty" doc:"The SHA-256 of the file, in hexadecimal"`
	}
}

type observationIn struct {
	Body struct {
		ID          domain.SourceID `json:"id,omitempty" new:"true"`
		Occasion    string          `json:"occasion" doc:"What you saw"`
		Day         domain.Day      `json:"day"`
		Independent bool            `json:"independent,omitempty" doc:"You have no part in the programme but this"`
	}
}

type interviewIn struct {
	Body struct {
		ID    domain.SourceID `json:"id,omitempty" new:"true"`
		Group domain.Role     `json:"group" doc:"mt, informal_leader or employee"`
		Day   domain.Day      `json:"day"`
	}
}

type consentIn struct {
	SourceIn
	Body struct {
		On        domain.Day `json:"on" doc:"When consent was given"`
		Recording bool       `json:"recording,omitempty" doc:"Also to a recording"`
	}
}

type sourceDayIn struct {
	SourceIn
	Body struct {
		On domain.Day `json:"on"`
	}
}

type addFragmentIn struct {
	SourceIn
	Body struct {
		Fragment domain.FragmentID `json:"fragment,omitempty" new:"true"`
		Text     string            `json:"text" doc:"Three sentences at most"`
		Place    string            `json:"place,omitempty" doc:"Where it stands in the source, such as a page"`
	}
}

type dropFragmentIn struct {
	FragmentIn
	Body struct {
		Why string `json:"why" doc:"The reason"`
	}
}

type codeFragmentIn struct {
	FragmentIn
	Body struct {
		Target    string             `json:"target,omitempty" doc:"promise/ID, behaviour/ID or pillar/ID"`
		Direction evidence.Direction `json:"direction,omitempty" doc:"says or does"`
		Stance    evidence.Stance    `json:"stance,omitempty" doc:"-2, -1, 0, 1 or 2, as a text"`
		Link      evidence.Link      `json:"link,omitempty" doc:"certain, probable or weak"`
		Day       domain.Day         `json:"day,omitempty" doc:"Of the event that it describes"`
		With      domain.SourceID    `json:"with,omitempty" doc:"The source that it counts as one with, if that is another one"`
	}
}

// coding is what was chosen, of what is there to choose.
func (in codeFragmentIn) coding(ctx context.Context, a Asker) (c evidence.Coding, err error) {
	c = evidence.Coding{Direction: in.Body.Direction, Stance: in.Body.Stance, Link: in.Body.Link, Day: in.Body.Day, With: in.Body.With}
	kind, id, _ := strings.Cut(in.Body.Target, "/")
	switch kind {
	case "":
	case "promise":
		c.Promise = domain.PromiseID(id)
		_, err = promises.ThePromise(ctx, a.Read, a.Programme, c.Promise)
	case strategies.Behaviour:
		c.Behaviour = domain.BehaviourID(id)
		_, err = strategies.ThePart(ctx, a.Read, a.Programme, strategies.Behaviour, id)
	case strategies.Pillar:
		c.Pillar = domain.PillarID(id)
		_, err = strategies.ThePart(ctx, a.Read, a.Programme, strategies.Pillar, id)
	default:
		err = evidence.ErrTarget
	}
	if domain.KindOf(err) == domain.NotFound || errors.Is(err, evidence.ErrTarget) {
		return c, evidence.ErrTarget.On("target")
	}
	if err == nil && c.With != "" {
		_, err = sources.TheSource(ctx, a.Read, a.Programme, c.With)
		if errors.Is(err, evidence.ErrUnknown) {
			err = evidence.ErrUnknown.On("with")
		}
	}
	return c, err
}

// target is what a coding is about, as it stands in a form.
func target(c evidence.Coding) string {
	switch {
	case c.Promise != "":
		return "promise/" + string(c.Promise)
	case c.Behaviour != "":
		return strategies.Behaviour + "/" + string(c.Behaviour)
	case c.Pillar != "":
		return strategies.Pillar + "/" + string(c.Pillar)
	}
	return ""
}

// sourceList is which sources there are.
type sourceList struct {
	Sources []sources.Source   `json:"sources"`
	Coding  consistency.Coding `json:"coding" doc:"How many fragments count, how many two people coded independently, and how far these agree: 100 times a weighted kappa"`

	pillars []strategies.Part
}

func askSources(ctx context.Context, a Asker, _ struct{}) (l sourceList, err error) {
	if l.Sources, err = sources.Sources(ctx, a.Read, a.Programme); err != nil {
		return l, err
	}
	if !access.Can(a.Actor, access.EvidenceCode, a.all()) {
		for i, s := range l.Sources {
			l.Sources[i] = titleOf(s)
		}
		slices.SortStableFunc(l.Sources, func(a, b sources.Source) int { return strings.Compare(string(a.Kind), string(b.Kind)) })
	}
	if l.Coding, err = sources.Agreement(ctx, a.Read, a.Programme); err != nil {
		return l, err
	}
	l.pillars, err = strategies.Standing(ctx, a.Read, a.Programme)
	return l, err
}

// titleOf is what somebody hears of a source who does not code. When somebody
// was interviewed would say who it was.
func titleOf(s sources.Source) sources.Source {
	title := sources.Source{ID: s.ID, Kind: s.Kind, Document: s.Document, Title: s.Title, Group: s.Group, Day: s.Day, Status: s.Status}
	if s.Kind == evidence.Interview {
		title.ID, title.Day = "", ""
	}
	return title
}

type newSource struct {
	Kind evidence.Kind `json:"kind"`
}

// oneSource is a source as one of those who code works on it.
type oneSource struct {
	sources.Source
	Work []sources.Work `json:"work"`

	current int // the fragment that is coded; -1 for none
	others  []sources.Source
	targets []Option
	names   people.Directory
}

func askSource(ctx context.Context, a Asker, in FragmentIn) (o oneSource, err error) {
	if o.Source, err = sources.TheSource(ctx, a.Read, a.Programme, in.ID); err != nil {
		return o, err
	}
	if o.Work, err = sources.WorkOn(ctx, a.Read, a.Programme, in.ID, a.Person); err != nil {
		return o, err
	}
	if o.current = o.chosen(in.Fragment); o.current < 0 && in.Fragment != "" {
		return o, evidence.ErrNoFragment
	}
	if o.others, err = sources.Sources(ctx, a.Read, a.Programme); err != nil {
		return o, err
	}
	if o.targets, err = targetOptions(ctx, a); err != nil {
		return o, err
	}
	o.names, err = people.Names(ctx, a.Read, a.Programme)
	return o, err
}

// chosen is where a fragment stands; without one, the first that asks to be
// coded, or else the last.
func (o oneSource) chosen(id domain.FragmentID) int {
	if id != "" {
		return slices.IndexFunc(o.Work, func(w sources.Work) bool { return w.ID == id })
	}
	if i := slices.IndexFunc(o.Work, func(w sources.Work) bool { return !w.Dropped && !w.Complete() && w.Others < 2 }); i >= 0 {
		return i
	}
	return len(o.Work) - 1
}

// targetOptions are what a fragment can be about.
func targetOptions(ctx context.Context, a Asker) ([]Option, error) {
	all, err := promises.Everything(ctx, a.Read, a.Programme)
	if err != nil {
		return nil, err
	}
	names, err := people.Names(ctx, a.Read, a.Programme)
	if err != nil {
		return nil, err
	}
	behaviours, err := strategies.Behaviours(ctx, a.Read, a.Programme)
	if err != nil {
		return nil, err
	}
	pillars, err := strategies.Standing(ctx, a.Read, a.Programme)
	options := []Option{{Label: i18n.T(ctx, "choose")}}
	for _, p := range all {
		if p.Made && p.Status != promise.StatusWithdrawn {
			options = append(options, Option{
				Value: "promise/" + string(p.ID), Group: i18n.T(ctx, "evidence.target.promises"),
				Label: personName(ctx, names, p.By) + ": " + shortened(saidOrErased(ctx, said(p.Wording))),
			})
		}
	}
	for _, b := range behaviours {
		options = append(options, Option{
			Value: strategies.Behaviour + "/" + b.ID, Label: shortened(behaviourText(ctx, b)), Group: i18n.T(ctx, "evidence.target.behaviours"),
		})
	}
	for _, p := range pillars {
		options = append(options, Option{Value: strategies.Pillar + "/" + p.ID, Label: p.Name, Group: i18n.T(ctx, "evidence.target.pillars")})
	}
	return options, err
}

func saidOrErased(ctx context.Context, s Said) string {
	if s.Erased {
		return i18n.T(ctx, "text.erased")
	}
	return s.Text
}

// shortened is a text as it fits on a line of a list of choices.
func shortened(s string) string {
	const most = 90
	if r := []rune(s); len(r) > most {
		return strings.TrimSpace(string(r[:most])) + "…"
	}
	return s
}

// sourceName is what a source is called.
func sourceName(ctx context.Context, s sources.Source) Said {
	if s.Kind == evidence.Interview {
		return Said{Text: i18n.T(ctx, "evidence.interview_with", "Group", i18n.T(ctx, "role."+string(s.Group)))}
	}
	return said(s.Title)
}

// sourceKind is what a source is, in a word.
func sourceKind(ctx context.Context, s sources.Source) string {
	return kindSaid(ctx, s.Kind, s.Document)
}

func kindSaid(ctx context.Context, k evidence.Kind, d evidence.DocumentKind) string {
	if k == evidence.Document {
		return i18n.T(ctx, "evidence.document."+string(d))
	}
	return i18n.T(ctx, "evidence.kind."+string(k))
}

func (o oneSource) address(step string) string { return "/evidence/" + string(o.ID) + step }

func (o oneSource) fragmentAddress(w sources.Work, step string) string {
	return o.address("/fragments/" + string(w.ID) + step)
}

// work is the fragment that is coded.
func (o oneSource) work() sources.Work { return o.Work[o.current] }

// near is the fragment so many places further that still counts; none when
// there is none.
func (o oneSource) near(step int) (sources.Work, bool) {
	for i := o.current + step; i >= 0 && i < len(o.Work); i += step {
		if !o.Work[i].Dropped {
			return o.Work[i], true
		}
	}
	return sources.Work{}, false
}

// codable reports whether the asker can code a fragment.
func (o oneSource) codable(w sources.Work) bool {
	return !w.Dropped && w.Others < 2 && (!o.Compared || !w.Second && (w.Others == 0 || w.Mine != evidence.Coding{}))
}

// seconds reports whether the asker is the second coder of something whole that
// has not been compared.
func (o oneSource) seconds() bool {
	return !o.Compared && slices.ContainsFunc(o.Work, func(w sources.Work) bool { return w.Second && w.Complete() && !w.Dropped })
}

// open reports whether fragments can be added and coded.
func (o oneSource) open() bool {
	return o.Status == evidence.StatusCoding || o.Status == evidence.StatusCoded
}

// unsaid is what was refused of a form that the page no longer has, because
// things have moved on since it was opened.
func (o oneSource) unsaid(v View) string {
	if v.refused == nil {
		return ""
	}
	var there bool
	switch step := strings.TrimPrefix(v.refused.action, o.address("/")); step {
	case "consent":
		there = o.Status == evidence.StatusPlanned && o.Consent == ""
	case "hold":
		there = o.Status == evidence.StatusPlanned && o.Consent != ""
	case "cancel":
		there = o.Status == evidence.StatusPlanned
	case "destroy":
		there = o.open() && o.Recording
	case "withdraw":
		there = o.open() && o.Kind == evidence.Interview
	case "fragments", "finish":
		there = o.Status == evidence.StatusCoding
	case "resume":
		there = o.Status == evidence.StatusCoded
	case "compare":
		there = o.seconds()
	default:
		there = o.current >= 0 && !o.work().Dropped && (strings.HasSuffix(step, "/drop") || o.codable(o.work()))
	}
	if there {
		return ""
	}
	return v.refused.problem.Detail
}

// codingForm is the form of the fragment that is coded. It begins with what was
// said of it, or with what its source makes likely.
func (o oneSource) codingForm(v View) Form {
	f := v.Form(o.fragmentAddress(o.work(), "/code"))
	if f.Values != nil {
		return f
	}
	c := o.work().Mine
	if c == (evidence.Coding{}) {
		c.Direction = o.Frame
		if o.Kind != evidence.Interview {
			c.Day = o.Day
		}
	}
	f.Values = map[string][]string{
		"target": {target(c)}, "direction": {string(c.Direction)}, "stance": {string(c.Stance)},
		"link": {string(c.Link)}, "day": {string(c.Day)}, "with": {string(c.With)},
	}
	return f
}

// withOptions are the sources that a fragment can count as one with.
func (o oneSource) withOptions(ctx context.Context) []Option {
	options := []Option{{Label: i18n.T(ctx, "evidence.with.own")}}
	for _, s := range o.others {
		if s.ID != o.ID && s.Kind != evidence.Interview && s.Title != nil {
			options = append(options, Option{Value: string(s.ID), Label: shortened(*s.Title)})
		}
	}
	return options
}

// A keyed is a choice with the key that makes it.
type keyed struct {
	Option
	Key string
}

// The choices of a coding, each with its key: one row of digits for the hand
// that does not hold the source.
func stanceChoices(ctx context.Context) (choices []keyed) {
	for i, s := range evidence.Stances {
		choices = append(choices, keyed{Option{Value: string(s), Label: stanceSaid(s), Help: i18n.T(ctx, "evidence.stance."+stanceKey(s))}, string(rune('1' + i))})
	}
	return choices
}

func directionChoices(ctx context.Context) (choices []keyed) {
	for i, d := range evidence.Directions {
		choices = append(choices, keyed{Option{Value: string(d), Label: i18n.T(ctx, "evidence.direction."+string(d))}, string(rune('6' + i))})
	}
	return choices
}

func linkChoices(ctx context.Context) (choices []keyed) {
	for i, l := range evidence.Links {
		choices = append(choices, keyed{Option{Value: string(l), Label: i18n.T(ctx, "evidence.link."+string(l))}, string("890"[i])})
	}
	return choices
}

// stanceSaid is a stance as a number with its sign.
func stanceSaid(s evidence.Stance) string {
	switch n := s.Value(); {
	case n > 0:
		return "+" + string(s)
	case n < 0:
		return "−" + strings.TrimPrefix(string(s), "-")
	}
	return "0"
}

// stanceKey is a stance as the name of a sentence.
func stanceKey(s evidence.Stance) string {
	return [...]string{"against", "uneasy", "mixed", "fits", "example"}[s.Value()+2]
}

// codingSaid is a coding in a few words.
func codingSaid(ctx context.Context, c evidence.Coding) string {
	var words []string
	if c.Direction != "" {
		words = append(words, i18n.T(ctx, "evidence.direction."+string(c.Direction)))
	}
	if c.Stance != "" {
		words = append(words, stanceSaid(c.Stance))
	}
	if c.Link != "" {
		words = append(words, i18n.T(ctx, "evidence.link."+string(c.Link)))
	}
	if len(words) == 0 {
		return i18n.T(ctx, "evidence.uncoded")
	}
	return strings.Join(words, ", ")
}

// targetSaid is what a coding is about, in words.
func (o oneSource) targetSaid(c evidence.Coding) string {
	for _, t := range o.targets {
		if t.Value != "" && t.Value == target(c) {
			return t.Label
		}
	}
	return ""
}

// agreementSaid says whether coding can be relied on enough to publish.
func agreementSaid(ctx context.Context, c consistency.Coding) string {
	if refused := c.Refused(); refused != nil {
		return i18n.T(ctx, "refusal."+refused.Code)
	}
	return i18n.T(ctx, "evidence.publishable")
}

// kappaSaid is how far coders agree, with two decimals.
func kappaSaid(ctx context.Context, c consistency.Coding) string {
	if !c.Agreed {
		return "–"
	}
	s := strconv.FormatFloat(float64(c.Kappa)/100, 'f', 2, 64)
	if i18n.Of(ctx) == i18n.Dutch {
		s = strings.Replace(s, ".", ",", 1)
	}
	return strings.Replace(s, "-", "−", 1)
}

// heldOn is the day on which a planned interview was probably held.
func (o oneSource) heldOn(today domain.Day) domain.Day { return min(o.Day, today) }

func documentOptions(ctx context.Context) []Option {
	options := []Option{{Label: i18n.T(ctx, "choose")}}
	for _, k := range evidence.DocumentKinds {
		options = append(options, Option{Value: string(k), Label: i18n.T(ctx, "evidence.document."+string(k))})
	}
	return options
}

// frameOptions are what a document mostly tells; the first leaves it to what is
// usual.
func frameOptions(ctx context.Context) []Option {
	options := []Option{{Label: i18n.T(ctx, "evidence.frame.usual")}}
	for _, d := range evidence.Directions {
		options = append(options, Option{Value: string(d), Label: i18n.T(ctx, "evidence.frame."+string(d))})
	}
	return options
}

func groupOptions(ctx context.Context) []Option {
	options := []Option{{Label: i18n.T(ctx, "choose")}}
	for _, g := range evidence.Groups {
		options = append(options, Option{Value: string(g), Label: i18n.T(ctx, "role."+string(g))})
	}
	return options
}

// codingKeyList is what can be done without a mouse.
var codingKeyList = []struct{ key, means string }{
	{"↑ ↓", "fragment"},
	{"1 – 5", "stance"},
	{"6 7", "direction"},
	{"8 9 0", "link"},
	{"b", "target"},
	{"t", "day"},
	{"u", "undo"},
	{"n", "new"},
}
