package web

import (
	"context"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/cmd/koersvast/internal/web/sheet"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/method"
	"koersvast/eventstore"
	"koersvast/projections/consistency"
	"koersvast/projections/consistency/rules"
	"koersvast/projections/methods"
	"koersvast/projections/people"
)

// methodRoutes are how the programme measures (werkwijze), and the rules that
// look at it every day.
func (s *Server) methodRoutes() {
	question(s, Question[struct{}, ruleBook]{
		Path: "/rules", Doc: "Every rule of the consistency check: when it finds something, with which numbers, and for whom that is",
		Action: access.MethodRead, Menu: "rules.title",
		Ask: askRules, Page: rulesPage, Table: ruleBook.table,
	})
	question(s, Question[RuleIn, oneRule]{
		Path: "/rules/{id}", Doc: "One rule of the consistency check, with its numbers and what they were before",
		Action: access.MethodRead,
		Ask:    askRule, Page: rulePage,
	})
	question(s, Question[struct{}, way]{
		Path: "/method", Doc: "How the programme measures: every number with what it does, what is usual, and what it was before",
		Action: access.MethodRead, Menu: "way.title",
		Ask: askMethod, Page: methodPage, Table: way.table,
	})
	question(s, Question[NumberIn, oneNumber]{
		Path: "/method/{id}", Doc: "One number with which the programme measures, to change it",
		Action: access.MethodSet,
		Ask:    askNumber, Page: numberPage,
	})

	command(s, Command[configureIn]{
		Path: "/method/{id}", Doc: "Measure with another number, and say why", Action: access.MethodSet,
		Do: func(_ context.Context, a Asker, in configureIn) (Steps, error) {
			v, err := valueOf(in.Body.Value)
			if err != nil {
				return nil, err
			}
			return Steps{eventstore.Do(method.Configure{Programme: a.Programme, Number: in.ID, Value: v, Why: in.Body.Why})}, nil
		},
		Form: "/method/{id}", Next: "/method",
	})
	onRule(s, "tune", "Have a rule look with another number, and say why", func(a Asker, r consistency.Rule, in tuneIn) (domain.Command[method.Config], error) {
		v, err := valueOf(in.Body.Value)
		if err != nil {
			return nil, err
		}
		for _, p := range r.Params {
			if p.Name == string(in.Body.Param) {
				return method.Tune{Programme: a.Programme, Rule: r.ID, Param: in.Body.Param, Value: v, Within: p.Range(), Why: in.Body.Why}, nil
			}
		}
		return nil, method.ErrNumber.On("param")
	})
	onRule(s, "off", "No longer look at a rule, and say why", func(a Asker, r consistency.Rule, in ruleWhyIn) (domain.Command[method.Config], error) {
		return method.SwitchOff{Programme: a.Programme, Rule: r.ID, Always: r.Always(), Why: in.Body.Why}, nil
	})
	onRule(s, "on", "Look at a rule again, and say why", func(a Asker, r consistency.Rule, in ruleWhyIn) (domain.Command[method.Config], error) {
		return method.SwitchOn{Programme: a.Programme, Rule: r.ID, Why: in.Body.Why}, nil
	})
}

// onRule declares a command about one rule.
func onRule[In aboutRule](s *Server, verb, doc string, cmd func(Asker, consistency.Rule, In) (domain.Command[method.Config], error)) {
	command(s, Command[In]{
		Path: "/rules/{id}/" + verb, Doc: doc, Action: access.MethodSet,
		Do: func(_ context.Context, a Asker, in In) (Steps, error) {
			r, err := ruleOf(in.rule())
			if err != nil {
				return nil, err
			}
			c, err := cmd(a, r, in)
			if err != nil {
				return nil, err
			}
			return Steps{eventstore.Do(c)}, nil
		},
		Form: "/rules/{id}", Next: "/rules/{id}",
	})
}

// aboutRule is an input that names a rule.
type aboutRule interface{ rule() domain.RuleID }

// A RuleIn names a rule.
type RuleIn struct {
	ID domain.RuleID `path:"id" doc:"Such as CR-01"`
}

func (in RuleIn) rule() domain.RuleID { return in.ID }

type tuneIn struct {
	RuleIn
	Body struct {
		Param method.ParamName `json:"param" doc:"Which of its numbers"`
		Value string           `json:"value" doc:"The number, such as 1.25"`
		Why   string           `json:"why" doc:"The reason"`
	}
}

type ruleWhyIn struct {
	RuleIn
	Body struct {
		Why string `json:"why" doc:"The reason"`
	}
}

// A NumberIn names a number with which the programme measures.
type NumberIn struct {
	ID method.Number `path:"id" doc:"Such as half_life"`
}

type configureIn struct {
	NumberIn
	Body struct {
		Value string `json:"value" doc:"The number, such as 0.5"`
		Why   string `json:"why" doc:"The reason"`
	}
}

// errNotADecimal refuses what is no number as people write one.
var errNotADecimal = domain.Refuse(domain.Invalid, "not_a_decimal", "this is no number with two decimals at most")

var decimal = regexp.MustCompile(`^([0-9]{1,6})([.,]([0-9]{1,2}))?$`)

// valueOf reads a number as people write it, with a comma or a point.
func valueOf(s string) (method.Value, error) {
	if s == "" {
		return 0, domain.ErrRequired.On("value")
	}
	m := decimal.FindStringSubmatch(s)
	if m == nil {
		return 0, errNotADecimal.On("value")
	}
	whole, _ := strconv.Atoi(m[1]) // they are digits
	hundredths, _ := strconv.Atoi((m[3] + "00")[:2])
	return method.Value(whole)*method.One + method.Value(hundredths), nil
}

// typedNumber is a number as people type it: without separators of thousands, which
// [valueOf] would take for a point.
func typedNumber(ctx context.Context, x float64) string {
	s := strconv.FormatFloat(x, 'f', -1, 64)
	if i18n.Of(ctx) == i18n.Dutch {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

func ruleOf(id domain.RuleID) (consistency.Rule, error) {
	for _, r := range rules.All() {
		if r.ID == id {
			return r, nil
		}
	}
	return consistency.Rule{}, domain.ErrNotFound
}

// methodThing is what a change of the method was about.
func methodThing(ctx context.Context, kind, id string) string {
	if kind == "rule" {
		r, err := ruleOf(domain.RuleID(id))
		if err != nil {
			return id
		}
		return id + " " + r.Name.In(string(i18n.Of(ctx)))
	}
	return i18n.T(ctx, "way.number."+id)
}

// A ruleBook is every rule, as the programme asks it.
type ruleBook struct {
	Rules []RuleWords `json:"rules"`
}

// RuleWords are a rule in words.
type RuleWords struct {
	ID        domain.RuleID        `json:"id"`
	Version   int                  `json:"version" doc:"rises when its condition changes"`
	Name      string               `json:"name" doc:"in your language"`
	Category  consistency.Category `json:"category" enum:"promises,checks,feedback,gatherings,learning,rights"`
	Severity  consistency.Severity `json:"severity" enum:"blocks,serious,attention,talk,support,quality,info"`
	Condition string               `json:"condition" doc:"when it finds something, with the numbers of the programme"`
	Audience  ruleAudience         `json:"audience"`
	Params    []ruleParam          `json:"params"`
	Runs      bool                 `json:"runs" doc:"whether the programme looks at it"`
	Always    bool                 `json:"always,omitempty" doc:"no programme does without it"`
	Waits     string               `json:"waits,omitempty" doc:"what it needs that a programme cannot record yet"`
	Holds     string               `json:"holds,omitempty" doc:"how it is kept at all times, when what it speaks of is refused before it can happen"`
	Basis     string               `json:"basis" doc:"where it comes from"`
}

// A ruleAudience is for whom is what a rule finds.
type ruleAudience struct {
	Owner    bool          `json:"owner" doc:"whom it is about"`
	Coach    bool          `json:"coach" doc:"of whom it is about"`
	Recorder bool          `json:"recorder" doc:"who wrote it down for the owner"`
	People   bool          `json:"people" doc:"others whom it concerns, such as the members of a group"`
	Roles    []domain.Role `json:"roles"`
	Whole    []domain.Role `json:"whole" doc:"who sees what it finds of the MT or of a pillar, and nothing of one person"`
	Count    []domain.Role `json:"count" doc:"who knows how many there are, and no more"`
}

// A ruleParam is a number of a rule.
type ruleParam struct {
	Name   method.ParamName `json:"name"`
	Value  float64          `json:"value"`
	Usual  float64          `json:"usual"`
	Lowest float64          `json:"lowest" doc:"that a programme may choose"`
	Most   float64          `json:"most"`

	place string // where it stands in the condition
}

func ruleWordsOf(ctx context.Context, r consistency.Rule, c method.Config) RuleWords {
	v := speaker{ctx: ctx}
	in := v.Language()
	w := RuleWords{
		ID: r.ID, Version: r.Version, Name: r.Name.In(in), Category: r.Category, Severity: r.Severity,
		Condition: r.Explain(c.Params(r.ID), v), Params: []ruleParam{},
		Runs: c.Runs(r.ID) || r.Always(), Always: r.Always(),
		Waits: r.Waits.In(in), Holds: r.Holds.In(in), Basis: r.Basis.In(in),
		Audience: ruleAudience{
			r.Audience.Owner, r.Audience.Coach, r.Audience.Recorder, r.Audience.People,
			rolesOf(r.Audience.Roles), rolesOf(r.Audience.Whole), rolesOf(r.Audience.Count),
		},
	}
	has := r.With(c.Params(r.ID))
	for _, p := range r.Params {
		w.Params = append(w.Params, ruleParam{
			method.ParamName(p.Name), has[p.Name], p.Usual, p.Lowest, p.Most, around(r.Condition.In(in), p.Name),
		})
	}
	return w
}

func rolesOf(list []domain.Role) []domain.Role {
	if list == nil {
		return []domain.Role{}
	}
	return list
}

var hole = regexp.MustCompile(`\{[a-z_]+\}`)

// around is where a number stands in a condition, in a few of its words, with
// dots for the number: "not checked for longer than … times what".
func around(condition, param string) string {
	before, after, found := strings.Cut(condition, "{"+param+"}")
	if !found {
		return param
	}
	before = before[strings.LastIndexAny(before, ".:;")+1:]
	if end := strings.IndexAny(after, ".:;"); end >= 0 {
		after = after[:end]
	}
	left, right := strings.Fields(before), strings.Fields(after)
	words := slices.Concat(left[max(0, len(left)-5):], []string{"…"}, right[:min(len(right), 5)])
	if strings.HasPrefix(after, "%") && len(right) > 0 { // what belongs to the number stays with it
		words = slices.Concat(left[max(0, len(left)-5):], []string{"…" + right[0]}, right[1:min(len(right), 5)])
	}
	return hole.ReplaceAllString(strings.Join(words, " "), "…")
}

func askRules(ctx context.Context, a Asker, _ struct{}) (b ruleBook, err error) {
	c, err := methods.TheConfig(ctx, a.Read, a.Programme)
	for _, r := range rules.All() {
		b.Rules = append(b.Rules, ruleWordsOf(ctx, r, c))
	}
	return b, err
}

func (b ruleBook) of(c consistency.Category) (list []RuleWords) {
	for _, r := range b.Rules {
		if r.Category == c {
			list = append(list, r)
		}
	}
	return list
}

// stands says whether a rule is asked, as the id of a word: nothing when it
// simply is.
func (r RuleWords) stands() string {
	switch {
	case r.Holds != "":
		return "rule.holds"
	case !r.Runs:
		return "rule.off"
	case r.Waits != "":
		return "rule.waits"
	}
	return ""
}

// forWhom lists for whom is what a rule finds.
func (a ruleAudience) forWhom(ctx context.Context) string {
	var words []string
	for _, x := range []struct {
		is bool
		id string
	}{{a.Owner, "rule.for.owner"}, {a.Coach, "rule.for.coach"}, {a.Recorder, "rule.for.recorder"}, {a.People, "rule.for.people"}} {
		if x.is {
			words = append(words, i18n.T(ctx, x.id))
		}
	}
	for _, r := range a.Roles {
		words = append(words, i18n.T(ctx, "rule.for."+string(r)))
	}
	for _, r := range a.Whole {
		words = append(words, i18n.T(ctx, "rule.for.whole", "Role", i18n.T(ctx, "rule.for."+string(r))))
	}
	for _, r := range a.Count {
		words = append(words, i18n.T(ctx, "rule.for.count", "Role", i18n.T(ctx, "rule.for."+string(r))))
	}
	if len(words) == 0 {
		return i18n.T(ctx, "rule.for.nobody")
	}
	return listed(ctx, words)
}

// table is every rule, a row each.
func (b ruleBook) table(v View) sheet.Table {
	ctx := v.ctx()
	t := sheet.Table{
		Name:    i18n.T(ctx, "rules.title"),
		Columns: heads(ctx, "rule", "name", "category", "severity", "condition", "audience", "status", "basis"),
	}
	for _, r := range b.Rules {
		stands := i18n.T(ctx, "rule.on")
		if id := r.stands(); id != "" {
			stands = i18n.T(ctx, id)
		}
		t.Rows = append(t.Rows, []any{
			string(r.ID), r.Name, i18n.T(ctx, "category."+string(r.Category)), i18n.T(ctx, "severity."+string(r.Severity)),
			r.Condition, r.Audience.forWhom(ctx), stands, r.Basis,
		})
	}
	return t
}

// oneRule is a rule with what was changed in it.
type oneRule struct {
	RuleWords
	Changes []changed `json:"changes" doc:"the newest first"`

	names people.Directory
}

// A changed is one change in how the programme measures.
type changed struct {
	Day   domain.Day       `json:"day"`
	By    domain.PersonID  `json:"by"`
	Param method.ParamName `json:"param,omitempty" doc:"of a rule; absent when it was switched off or on"`
	Value float64          `json:"value" doc:"of a rule that was switched 0 for off and 1 for on"`
	Why   string           `json:"why"`
}

// changesOf are those of the changes that are about one thing, the newest
// first.
func changesOf(all []methods.Change, about func(methods.Change) bool) []changed {
	list := []changed{}
	for _, c := range slices.Backward(all) {
		if !about(c) {
			continue
		}
		value := c.Value.Float()
		if c.Number == "" && c.Param == "" {
			value = float64(c.Value)
		}
		list = append(list, changed{c.Day, c.By, c.Param, value, c.Why})
	}
	return list
}

func askRule(ctx context.Context, a Asker, in RuleIn) (r oneRule, err error) {
	rule, err := ruleOf(in.ID)
	if err != nil {
		return r, err
	}
	changes, err := methods.Changes(ctx, a.Read, a.Programme)
	if err != nil {
		return r, err
	}
	r.RuleWords = ruleWordsOf(ctx, rule, methods.ConfigOf(changes))
	r.Changes = changesOf(changes, func(c methods.Change) bool { return c.Rule == in.ID })
	r.names, err = people.Names(ctx, a.Read, a.Programme)
	return r, err
}

// said is what a change of the rule says.
func (r oneRule) said(ctx context.Context, c changed) string {
	if c.Param == "" {
		if c.Value == 0 {
			return i18n.T(ctx, "rule.was_off")
		}
		return i18n.T(ctx, "rule.was_on")
	}
	place := string(c.Param)
	for _, p := range r.Params {
		if p.Name == c.Param {
			place = p.place
		}
	}
	return i18n.T(ctx, "rule.was_tuned", "Place", place, "Value", i18n.Number(ctx, c.Value))
}

// tuneForm is the form of one number of the rule. There is one for each, and
// only the one that was refused has what was typed.
func (r oneRule) tuneForm(v View, p ruleParam) Form {
	f := v.Form("/rules/" + string(r.ID) + "/tune")
	if f.Values != nil && f.Values.Get("param") != string(p.Name) {
		f.Values, f.Errors = nil, nil
	}
	f.ID += "-" + string(p.Name)
	return f.with("param", string(p.Name))
}

// A way is how the programme measures.
type way struct {
	Numbers []oneNumber `json:"numbers"`
	names   people.Directory
}

// oneNumber is a number with which the programme measures.
type oneNumber struct {
	ID      method.Number `json:"id"`
	Value   float64       `json:"value"`
	Usual   float64       `json:"usual"`
	Lowest  float64       `json:"lowest" doc:"that a programme may choose"`
	Most    float64       `json:"most"`
	Changes []changed     `json:"changes" doc:"the newest first"`
}

func askMethod(ctx context.Context, a Asker, _ struct{}) (w way, err error) {
	changes, err := methods.Changes(ctx, a.Read, a.Programme)
	if err != nil {
		return w, err
	}
	c := methods.ConfigOf(changes)
	for _, n := range method.Numbers {
		r := n.Range()
		w.Numbers = append(w.Numbers, oneNumber{
			n, c.Of(n), r.Usual.Float(), r.Lowest.Float(), r.Most.Float(),
			changesOf(changes, func(c methods.Change) bool { return c.Number == n }),
		})
	}
	w.names, err = people.Names(ctx, a.Read, a.Programme)
	return w, err
}

func askNumber(ctx context.Context, a Asker, in NumberIn) (oneNumber, error) {
	w, err := askMethod(ctx, a, struct{}{})
	if err != nil {
		return oneNumber{}, err
	}
	for _, n := range w.Numbers {
		if n.ID == in.ID {
			return n, nil
		}
	}
	return oneNumber{}, method.ErrNumber
}

// A wayGroup are the numbers that are about the same.
type wayGroup struct {
	id      string
	numbers []oneNumber
}

// groups are the numbers under the headings under which people read them.
func (w way) groups() []wayGroup {
	groups := []wayGroup{{id: "groups"}, {id: "evidence"}, {id: "time"}}
	for _, n := range w.Numbers {
		switch n.ID {
		case method.Employees, method.InformalLeaders, method.MTPeers:
			groups[0].numbers = append(groups[0].numbers, n)
		case method.HalfLife, method.Fading, method.Rhythm:
			groups[2].numbers = append(groups[2].numbers, n)
		default:
			groups[1].numbers = append(groups[1].numbers, n)
		}
	}
	return groups
}

// table is every number, a row each.
func (w way) table(v View) sheet.Table {
	ctx := v.ctx()
	t := sheet.Table{Name: i18n.T(ctx, "way.title"), Columns: heads(ctx, "name", "now", "usual", "lowest", "most", "why")}
	for _, n := range w.Numbers {
		why := ""
		if len(n.Changes) > 0 {
			why = n.Changes[0].Why
		}
		t.Rows = append(t.Rows, []any{i18n.T(ctx, "way.number."+string(n.ID)), n.Value, n.Usual, n.Lowest, n.Most, why})
	}
	return t
}

// form is the form of a number.
func (n oneNumber) form(v View) Form { return v.Form("/method/" + url.PathEscape(string(n.ID))) }
