package web

import (
	"context"
	"net/url"
	"strconv"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/council"
	"koersvast/eventstore"
	"koersvast/projections/councils"
	"koersvast/projections/people"
)

// councilRoutes are what the works council is asked, and how it answers.
// Without its consent no round of questions about people is opened: see
// [council.Allows].
func (s *Server) councilRoutes() {
	question(s, Question[struct{}, councilSheet]{
		Path: "/council", Doc: "What the works council was asked and how it answered, and which rounds may be opened now",
		Action: access.CouncilRead, Menu: "council.title",
		Ask: askCouncil, Page: councilPage,
	})
	councilStep(s, "size", access.CouncilAsk, nil)
	councilStep(s, "ask", access.CouncilAsk, nil)
	councilStep(s, "grant", access.CouncilAnswer, waits)
	councilStep(s, "refuse", access.CouncilAnswer, waits)
	councilStep(s, "withdraw", access.CouncilAnswer, func(c councilSheet) error {
		if _, ok := c.Stands(); !ok {
			return council.ErrNoConsent
		}
		return nil
	})

	onCouncil(s, "size", "Say how many people work in the undertaking", access.CouncilAsk, func(a Asker, in sizeIn) domain.Command[council.State] {
		return council.Size{Programme: a.Programme, Employees: in.Body.Employees}
	})
	onCouncil(s, "ask", "Ask the works council for its consent", access.CouncilAsk, func(a Asker, in askConsentIn) domain.Command[council.State] {
		return council.AskConsent{
			Programme: a.Programme, Kinds: in.Body.Kinds, Thresholds: in.Body.Thresholds,
			Scope: in.Body.Scope, Documents: in.Body.Documents,
		}
	})
	onCouncil(s, "grant", "Write down that the works council consents", access.CouncilAnswer, func(a Asker, in grantIn) domain.Command[council.State] {
		return council.Grant{Programme: a.Programme, Number: in.Body.Number, Conditions: in.Body.Conditions, Note: in.Body.note(a)}
	})
	onCouncil(s, "refuse", "Write down that the works council does not consent, and why", access.CouncilAnswer, func(a Asker, in consentWhyIn) domain.Command[council.State] {
		return council.RefuseConsent{Programme: a.Programme, Number: in.Body.Number, Why: in.Body.Why, Note: in.Body.note(a)}
	})
	onCouncil(s, "withdraw", "Write down that the works council takes its consent back, and why", access.CouncilAnswer, func(a Asker, in consentWhyIn) domain.Command[council.State] {
		return council.WithdrawConsent{Programme: a.Programme, Number: in.Body.Number, Why: in.Body.Why, Note: in.Body.note(a)}
	})
}

// councilStep declares the page of a form, which is there as long as nothing
// refuses it.
func councilStep(s *Server, step string, action access.Action, refuse func(councilSheet) error) {
	question(s, Question[struct{}, councilSheet]{
		Path: "/council/" + step, Doc: "What there is to know before you say something about the consent of the works council: " + step,
		Action: action,
		Ask: func(ctx context.Context, a Asker, in struct{}) (councilSheet, error) {
			c, err := askCouncil(ctx, a, in)
			if err == nil && refuse != nil {
				err = refuse(c)
			}
			c.step = step
			return c, err
		},
		Page: councilStepPage,
	})
}

func waits(c councilSheet) error {
	if _, ok := c.Waits(); !ok {
		return council.ErrNotAsked
	}
	return nil
}

func onCouncil[In any](s *Server, step, doc string, action access.Action, cmd func(Asker, In) domain.Command[council.State]) {
	command(s, Command[In]{
		Path: "/council/" + step, Doc: doc, Action: action,
		Do: func(_ context.Context, a Asker, in In) (Steps, error) {
			return Steps{eventstore.Do(cmd(a, in))}, nil
		},
		Form: "/council/" + step, Next: "/council",
	})
}

type sizeIn struct {
	Body struct {
		Employees int `json:"employees" doc:"How many people work in the undertaking"`
	}
}

type askConsentIn struct {
	Body struct {
		Kinds []domain.RoundKind `json:"kinds" doc:"The rounds that are to be allowed: check, feedback"`
		domain.Thresholds
		Scope     string `json:"scope,omitempty" doc:"Who takes part, and what else there is to know"`
		Documents string `json:"documents,omitempty" doc:"Where the DPIA and other papers are"`
	}
}

// A Decided is what every answer of the works council says.
type Decided struct {
	Number    int        `json:"number" doc:"The number of the question"`
	On        domain.Day `json:"on,omitempty" doc:"When the works council decided; today if you leave it out"`
	Reference string     `json:"reference,omitempty" doc:"The letter or decision; needed unless you are in the works council"`
}

func (d Decided) note(a Asker) council.Note {
	return council.Note{On: d.On, Reference: d.Reference, Member: a.Is(domain.WorksCouncil)}
}

type grantIn struct {
	Body struct {
		Decided
		Conditions string `json:"conditions,omitempty" doc:"The conditions of the consent"`
	}
}

type consentWhyIn struct {
	Body struct {
		Decided
		Why string `json:"why" doc:"The reason"`
	}
}

// A councilSheet is the consent of the works council as it stands.
type councilSheet struct {
	councils.Council
	May []mayOpen `json:"may" doc:"Which rounds may be opened"`

	step  string
	names people.Directory
}

// mayOpen says of a kind of round whether it may be opened.
type mayOpen struct {
	Kind domain.RoundKind `json:"kind" enum:"check,feedback"`
	Code string           `json:"code,omitempty" doc:"Why it may not; empty when it may"`
}

func askCouncil(ctx context.Context, a Asker, _ struct{}) (c councilSheet, err error) {
	if c.Council, err = councils.TheCouncil(ctx, a.Read, a.Programme); err != nil {
		return c, err
	}
	for _, kind := range domain.RoundKinds {
		may := mayOpen{Kind: kind}
		if refused := c.Stand().Refuses(kind, c.thresholds()); refused != nil {
			may.Code = refused.Code
		}
		c.May = append(c.May, may)
	}
	c.names, err = people.Names(ctx, a.Read, a.Programme)
	return c, err
}

// thresholds are those with which a round would be opened.
func (c councilSheet) thresholds() domain.Thresholds {
	if q, ok := c.Stands(); ok {
		return q.Thresholds
	}
	return domain.UsualThresholds
}

// about is the question that a step is about.
func (c councilSheet) about() councils.Question {
	q, _ := c.Waits()
	if c.step == "withdraw" {
		q, _ = c.Stands()
	}
	return q
}

// earlier are the questions that neither wait nor stand.
func (c councilSheet) earlier() (list []councils.Question) {
	for _, q := range c.Questions {
		if q.Status != council.StatusAsked && q.Status != council.StatusGranted {
			list = append(list, q)
		}
	}
	return list
}

// sizeSaid says how large the undertaking is, and what follows from it.
func (c councilSheet) sizeSaid(ctx context.Context) string {
	switch {
	case c.Employees == 0:
		return i18n.T(ctx, "council.size.unknown")
	case council.Large(c.Employees):
		return i18n.T(ctx, "council.size.large", "Employees", i18n.Number(ctx, c.Employees))
	case c.Answered != "":
		return i18n.T(ctx, "council.size.small_answered", "Employees", i18n.Number(ctx, c.Employees))
	}
	return i18n.T(ctx, "council.size.small", "n", c.Employees)
}

// kindsSaid lists kinds of rounds in words.
func kindsSaid(ctx context.Context, kinds []domain.RoundKind) string {
	list := make([]string, len(kinds))
	for i, k := range kinds {
		list[i] = i18n.T(ctx, "council.round."+string(k))
	}
	return listed(ctx, list)
}

func kindOptions(ctx context.Context) []Option {
	var options []Option
	for _, k := range domain.RoundKinds {
		options = append(options, Option{
			Value: string(k), Label: i18n.T(ctx, "council.round."+string(k)), Help: i18n.T(ctx, "council.round_help."+string(k)),
		})
	}
	return options
}

// answerForm is the form of an answer, which names its question.
func (c councilSheet) answerForm(v View) Form {
	return v.Form("/council/"+c.step).with("number", strconv.Itoa(c.about().Number))
}

// askForm is the form of a new question. It begins with what was asked last.
func (c councilSheet) askForm(v View) Form {
	f := v.Form("/council/ask")
	if f.Values == nil && len(c.Questions) > 0 {
		f.Values = asked(c.Questions[0])
	}
	return f
}

// thresholdField asks for the threshold of a group. What a threshold is, the
// first of them says.
func thresholdField(ctx context.Context, f Form, i int, g domain.RaterGroup) Field {
	field := Field{
		Form: f, Name: "threshold_" + string(g), Type: "number", Value: strconv.Itoa(domain.UsualThresholds.Of(g)),
		Label: i18n.T(ctx, "council.threshold_field."+string(g)),
	}
	if i == 0 {
		field.Help = i18n.T(ctx, "council.threshold_help")
	}
	return field
}

// asked is a question as it stands in the form of a new one.
func asked(q councils.Question) url.Values {
	values := url.Values{"scope": {q.Scope}, "documents": {q.Documents}}
	for _, k := range q.Kinds {
		values.Add("kinds", string(k))
	}
	for _, g := range domain.WithThreshold {
		values.Set("threshold_"+string(g), strconv.Itoa(q.Of(g)))
	}
	return values
}

func employeesSaid(c councilSheet) string {
	if c.Employees == 0 {
		return ""
	}
	return strconv.Itoa(c.Employees)
}
