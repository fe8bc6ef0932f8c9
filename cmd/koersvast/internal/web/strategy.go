package web

import (
	"context"
	"slices"
	"strconv"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/cmd/koersvast/internal/web/sheet"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/strategy"
	"koersvast/eventstore"
	"koersvast/projections/people"
	"koersvast/projections/promises"
	"koersvast/projections/strategies"
)

// strategyRoutes are the strategy on one sheet, each part of it with all that
// was said about it, and everything that can be decided about it. A command
// stands at the address of its form.
func (s *Server) strategyRoutes() {
	question(s, Question[struct{}, strategySheet]{
		Path: "/strategy", Doc: "The strategy on one sheet, with the promises under each pillar",
		Action: access.StrategyRead, Nav: "nav.strategy",
		Ask: askSheet, Page: sheetPage, Logged: true, Table: strategySheet.table,
	})
	for _, text := range []string{strategies.Mission, strategies.Vision} {
		ask := func(step string) func(context.Context, Asker, struct{}) (sheetPart, error) {
			return func(ctx context.Context, a Asker, _ struct{}) (sheetPart, error) {
				p, err := askPart(ctx, a, text, text)
				p.step = step
				return p, err
			}
		}
		question(s, Question[struct{}, sheetPart]{
			Path: "/strategy/" + text, Doc: "The " + text + ", with all its versions",
			Action: access.StrategyRead,
			Ask:    ask(""), Page: partPage,
		})
		question(s, Question[struct{}, sheetPart]{
			Path: "/strategy/" + text + "/formulate", Doc: "The " + text + ", to say it anew",
			Action: access.StrategyAdopt,
			Ask:    ask("formulate"), Page: partStepPage,
		})
	}
	question(s, Question[newPartIn, newPart]{
		Path: "/strategy/{kind}/new", Doc: "The pillars under which something new can stand",
		Action: access.StrategyPropose,
		Ask:    askNewPart, Page: newPartPage,
	})
	question(s, Question[partIn, sheetPart]{
		Path: "/strategy/{kind}/{id}", Doc: "One part of the sheet, with all its versions",
		Action: access.StrategyRead,
		Ask: func(ctx context.Context, a Asker, in partIn) (sheetPart, error) {
			return askPart(ctx, a, kindOf(in.Kind), in.ID)
		},
		Page: partPage,
	})
	question(s, Question[partStepIn, sheetPart]{
		Path: "/strategy/{kind}/{id}/{step}", Doc: "One part of the sheet, to say something about it: adopt, agree, reword, retire or drop",
		Action: access.StrategyAdopt,
		Ask:    askPartStep, Page: partStepPage,
	})

	onSheet(s, "mission/formulate", "Say what the organisation is for", access.StrategyAdopt, "/strategy/mission",
		func(p domain.ProgrammeID, in formulateIn) sheetCommand {
			return strategy.FormulateMission{Programme: p, Text: in.Body.Text}
		})
	onSheet(s, "vision/formulate", "Say where the organisation wants to be", access.StrategyAdopt, "/strategy/vision",
		func(p domain.ProgrammeID, in formulateIn) sheetCommand {
			return strategy.FormulateVision{Programme: p, Text: in.Body.Text}
		})

	onSheet(s, "values/new", "Choose a core value", access.StrategyAdopt, "/strategy",
		func(p domain.ProgrammeID, in namedIn[domain.CoreValueID]) sheetCommand {
			return strategy.ChooseCoreValue{Programme: p, ID: in.Body.ID, Name: in.Body.Name, Meaning: in.Body.Meaning}
		})
	onSheet(s, "values/{id}/drop", "Take a core value off the sheet", access.StrategyAdopt, "/strategy/values/{id}",
		func(p domain.ProgrammeID, in dropIn[domain.CoreValueID]) sheetCommand {
			return strategy.DropCoreValue{Programme: p, ID: in.ID, Why: in.Body.Why}
		})

	onSheet(s, "pillars/new", "Propose a pillar", access.StrategyPropose, "/strategy/pillars/{id}",
		func(p domain.ProgrammeID, in namedIn[domain.PillarID]) sheetCommand {
			return strategy.ProposePillar{Programme: p, ID: in.Body.ID, Name: in.Body.Name, Meaning: in.Body.Meaning}
		})
	onSheet(s, "pillars/{id}/adopt", "Make a proposed pillar part of the strategy", access.StrategyAdopt, "/strategy/pillars/{id}",
		func(p domain.ProgrammeID, in adoptIn[domain.PillarID]) sheetCommand {
			return strategy.AdoptPillar{Programme: p, ID: in.ID}
		})
	onSheet(s, "pillars/{id}/reword", "Say a pillar in other words", access.StrategyAdopt, "/strategy/pillars/{id}",
		func(p domain.ProgrammeID, in rewordPillarIn) sheetCommand {
			return strategy.RewordPillar{Programme: p, ID: in.ID, Name: in.Body.Name, Meaning: in.Body.Meaning, Why: in.Body.Why}
		})
	onSheet(s, "pillars/{id}/retire", "Take a pillar off the sheet; promises under it stay", access.StrategyAdopt, "/strategy/pillars/{id}",
		func(p domain.ProgrammeID, in dropIn[domain.PillarID]) sheetCommand {
			return strategy.RetirePillar{Programme: p, ID: in.ID, Why: in.Body.Why}
		})

	onSheet(s, "ambitions/new", "State where a pillar leads", access.StrategyAdopt, "/strategy/pillars/{pillar}",
		func(p domain.ProgrammeID, in aimIn[domain.AmbitionID]) sheetCommand {
			return strategy.StateAmbition{Programme: p, ID: in.Body.ID, Pillar: in.Body.Pillar, Text: in.Body.Text, Year: in.Body.Year}
		})
	onSheet(s, "ambitions/{id}/drop", "Give up an ambition", access.StrategyAdopt, "/strategy/ambitions/{id}",
		func(p domain.ProgrammeID, in dropIn[domain.AmbitionID]) sheetCommand {
			return strategy.DropAmbition{Programme: p, ID: in.ID, Why: in.Body.Why}
		})
	onSheet(s, "objectives/new", "Add an objective under a pillar", access.StrategyAdopt, "/strategy/pillars/{pillar}",
		func(p domain.ProgrammeID, in aimIn[domain.ObjectiveID]) sheetCommand {
			return strategy.SetObjective{Programme: p, ID: in.Body.ID, Pillar: in.Body.Pillar, Text: in.Body.Text, Year: in.Body.Year}
		})
	onSheet(s, "objectives/{id}/drop", "Give up an objective", access.StrategyAdopt, "/strategy/objectives/{id}",
		func(p domain.ProgrammeID, in dropIn[domain.ObjectiveID]) sheetCommand {
			return strategy.DropObjective{Programme: p, ID: in.ID, Why: in.Body.Why}
		})

	onSheet(s, "behaviours/new", "Propose a behaviour, or one that is to stop", access.StrategyPropose, "/strategy/pillars/{pillar}",
		func(p domain.ProgrammeID, in behaviourIn) sheetCommand {
			return strategy.ProposeBehaviour{
				Programme: p, ID: in.Body.ID, Pillar: in.Body.Pillar, Whose: in.Body.Whose, Counter: in.Body.Counter, Text: in.Body.Text,
			}
		})
	onSheet(s, "behaviours/{id}/agree", "Agree on a proposed behaviour", access.StrategyAdopt, "/strategy/behaviours/{id}",
		func(p domain.ProgrammeID, in adoptIn[domain.BehaviourID]) sheetCommand {
			return strategy.AgreeBehaviour{Programme: p, ID: in.ID}
		})
	onSheet(s, "behaviours/{id}/reword", "Say a behaviour in other words", access.StrategyAdopt, "/strategy/behaviours/{id}",
		func(p domain.ProgrammeID, in rewordBehaviourIn) sheetCommand {
			return strategy.RewordBehaviour{Programme: p, ID: in.ID, Text: in.Body.Text, Why: in.Body.Why}
		})
	onSheet(s, "behaviours/{id}/drop", "Take a behaviour off the sheet", access.StrategyAdopt, "/strategy/behaviours/{id}",
		func(p domain.ProgrammeID, in dropIn[domain.BehaviourID]) sheetCommand {
			return strategy.DropBehaviour{Programme: p, ID: in.ID, Why: in.Body.Why}
		})
}

type sheetCommand = domain.Command[strategy.State]

// onSheet declares a command about the sheet.
func onSheet[In any](s *Server, path, doc string, do access.Action, next string, cmd func(domain.ProgrammeID, In) sheetCommand) {
	path = "/strategy/" + path
	command(s, Command[In]{
		Path: path, Doc: doc, Action: do,
		Do: func(_ context.Context, a Asker, in In) (Steps, error) {
			return Steps{eventstore.Do(cmd(a.Programme, in))}, nil
		},
		Form: path, Next: next,
	})
}

// The kinds of parts as addresses name them, and what can be said about each
// besides its first words. Mission and vision stand apart: there is one each.
var sheetKinds = []struct {
	plural, kind string
	steps        []string
}{
	{"values", strategies.Value, []string{"drop"}},
	{"pillars", strategies.Pillar, []string{"adopt", "reword", "retire"}},
	{"ambitions", strategies.Ambition, []string{"drop"}},
	{"objectives", strategies.Objective, []string{"drop"}},
	{"behaviours", strategies.Behaviour, []string{"agree", "reword", "drop"}},
}

// kindOf is the kind that an address names, nothing when there is none.
func kindOf(plural string) string {
	for _, k := range sheetKinds {
		if k.plural == plural {
			return k.kind
		}
	}
	return ""
}

// partAddress is where a part of the sheet has its page.
func partAddress(p strategies.Part) string {
	for _, k := range sheetKinds {
		if k.kind == p.Kind {
			return "/strategy/" + k.plural + "/" + p.ID
		}
	}
	return "/strategy/" + p.Kind
}

// partSteps is what can be said about a part as it stands now.
func partSteps(p strategies.Part) []string {
	if p.Status == strategy.StatusRetired {
		return nil
	}
	for _, k := range sheetKinds {
		if k.kind == p.Kind {
			return slices.DeleteFunc(slices.Clone(k.steps), func(step string) bool {
				return (step == "adopt" || step == "agree") && p.Status != strategy.StatusProposed
			})
		}
	}
	return []string{"formulate"}
}

type partIn struct {
	Kind string `path:"kind" enum:"values,pillars,ambitions,objectives,behaviours"`
	ID   string `path:"id"`
}

type partStepIn struct {
	Kind string `path:"kind" enum:"pillars,values,ambitions,objectives,behaviours"`
	ID   string `path:"id"`
	Step string `path:"step" doc:"What is to be said about it"`
}

type newPartIn struct {
	Kind    string          `path:"kind" enum:"values,pillars,ambitions,objectives,behaviours"`
	Pillar  domain.PillarID `query:"pillar" doc:"The pillar under which it is to stand"`
	Whose   domain.Role     `query:"whose" doc:"Whose behaviour: mt or employee"`
	Counter bool            `query:"counter" doc:"A behaviour that is to stop"`
}

type formulateIn struct {
	Body struct {
		Text string `json:"text"`
	}
}

type namedIn[ID ~string] struct {
	Body struct {
		ID      ID     `json:"id,omitempty" new:"true"`
		Name    string `json:"name"`
		Meaning string `json:"meaning,omitempty" doc:"What it means here, and what it does not mean"`
	}
}

type adoptIn[ID ~string] struct {
	ID   ID `path:"id"`
	Body struct{}
}

type dropIn[ID ~string] struct {
	ID   ID `path:"id"`
	Body struct {
		Why string `json:"why" doc:"The reason"`
	}
}

type rewordPillarIn struct {
	ID   domain.PillarID `path:"id"`
	Body struct {
		Name    string `json:"name"`
		Meaning string `json:"meaning,omitempty" doc:"What it means here, and what it does not mean"`
		Why     string `json:"why" doc:"The reason"`
	}
}

type aimIn[ID ~string] struct {
	Body struct {
		ID     ID              `json:"id,omitempty" new:"true"`
		Pillar domain.PillarID `json:"pillar"`
		Text   string          `json:"text"`
		Year   int             `json:"year" doc:"By the end of which it is so"`
	}
}

type behaviourIn struct {
	Body struct {
		ID      domain.BehaviourID `json:"id,omitempty" new:"true"`
		Pillar  domain.PillarID    `json:"pillar"`
		Whose   domain.Role        `json:"whose" enum:"mt,employee"`
		Counter bool               `json:"counter,omitempty" doc:"True for what is to stop"`
		Text    string             `json:"text"`
	}
}

type rewordBehaviourIn struct {
	ID   domain.BehaviourID `path:"id"`
	Body struct {
		Text string `json:"text"`
		Why  string `json:"why" doc:"The reason"`
	}
}

// sheetPromises is how many promises stand under a pillar on the sheet.
const sheetPromises = 3

// A strategySheet is the strategy with what was promised under it.
type strategySheet struct {
	strategies.Sheet
	Tallies  []promises.Tally   `json:"tallies" doc:"How the promises under each pillar stand, of those that you may read"`
	Promises []promises.Promise `json:"promises" doc:"The first few under each pillar, those that run and are due first"`

	counted bool // the asker may know how promises stand
	names   people.Directory
}

func askSheet(ctx context.Context, a Asker, _ struct{}) (s strategySheet, err error) {
	s.Tallies, s.Promises = []promises.Tally{}, []promises.Promise{}
	if s.Sheet, err = strategies.Whole(ctx, a.Read, a.Programme); err != nil {
		return s, err
	}
	if !access.Can(a.Actor, access.WallRead, a.all()) {
		return s, nil
	}
	s.counted = true
	if s.Tallies, err = promises.Tallies(ctx, a.Read, a.Programme, a.sight()); err != nil {
		return s, err
	}
	if s.Promises, err = promises.UnderPillars(ctx, a.Read, a.Programme, a.sight(), sheetPromises); err != nil {
		return s, err
	}
	s.names, err = people.Names(ctx, a.Read, a.Programme)
	return s, err
}

// table is what stands on the sheet, in its order, and beside each pillar how
// its promises stand, for who may know.
func (s strategySheet) table(v View) sheet.Table {
	ctx := v.ctx()
	t := sheet.Table{Name: i18n.T(ctx, "nav.strategy"), Columns: heads(ctx, "kind", "pillar", "name", "text", "whose", "year", "status", "since")}
	if s.counted {
		t.Columns = append(t.Columns, heads(ctx, "active", "kept", "broken", "repaired", "withdrawn")...)
	}
	for _, p := range s.parts() {
		kind, whose, year := "kind."+p.Kind, "", any(nil)
		if p.Counter {
			kind = "table.counter"
		}
		if p.Whose != "" {
			whose = i18n.T(ctx, "behaviour.of."+string(p.Whose))
		}
		if p.Year != 0 {
			year = p.Year
		}
		row := []any{i18n.T(ctx, kind), s.pillarName(p.Pillar), p.Name, p.Text, whose, year, i18n.T(ctx, "status."+string(p.Status)), p.Since}
		switch n := s.tally(p.ID); {
		case s.counted && p.Kind == strategies.Pillar:
			row = append(row, n.Active, n.Kept, n.Broken, n.Repaired, n.Withdrawn)
		case s.counted:
			row = append(row, nil, nil, nil, nil, nil)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// parts are the parts of the sheet in the order in which people read it.
func (s strategySheet) parts() (all []strategies.Part) {
	for _, p := range []*strategies.Part{s.Mission, s.Vision} {
		if p != nil {
			all = append(all, *p)
		}
	}
	all = append(all, s.Values...)
	for _, p := range s.Pillars {
		all = append(all, p.Part)
		all = slices.Concat(all, p.Ambitions, p.Objectives, p.Behaviours)
	}
	return all
}

func (s strategySheet) pillarName(id domain.PillarID) string {
	for _, p := range s.Pillars {
		if p.ID == string(id) {
			return p.Name
		}
	}
	return ""
}

// tally counts the promises under a pillar.
func (s strategySheet) tally(pillar string) promises.Tally {
	for _, t := range s.Tallies {
		if string(t.Pillar) == pillar {
			return t
		}
	}
	return promises.Tally{}
}

// under are the first promises under a pillar.
func (s strategySheet) under(ctx context.Context, pillar string, today domain.Day) []PromiseRow {
	var rows []PromiseRow
	for _, p := range s.Promises {
		if string(p.Pillar) == pillar {
			rows = append(rows, promiseRow(ctx, s.names, today, p))
		}
	}
	return rows
}

// empty reports whether nothing stands on the sheet, nor ever did.
func (s strategySheet) empty() bool {
	return s.Mission == nil && s.Vision == nil && len(s.Values)+len(s.Pillars)+len(s.Retired) == 0
}

// pillarSheet is a pillar as it stands on the sheet.
func pillarSheet(ctx context.Context, number int, p strategies.Pillared) PillarSheet {
	sheet := PillarSheet{
		ID: "pillar-" + p.ID, Number: number, Title: p.Name, Meaning: p.Text, Status: string(p.Status), Href: partAddress(p.Part),
		Ambitions: statementsOf(p.Ambitions), Objectives: statementsOf(p.Objectives),
	}
	for _, whose := range []domain.Role{domain.MT, domain.Employee} {
		column := BehaviourColumn{Whose: string(whose), Who: i18n.T(ctx, "behaviour.of."+string(whose))}
		for _, b := range p.Behaviours {
			switch {
			case b.Whose != whose:
			case b.Counter:
				column.Dont = append(column.Dont, statementOf(b))
			default:
				column.Do = append(column.Do, statementOf(b))
			}
		}
		if len(column.Do)+len(column.Dont) > 0 {
			sheet.Behaviours = append(sheet.Behaviours, column)
		}
	}
	return sheet
}

func statementsOf(parts []strategies.Part) []Statement {
	all := make([]Statement, len(parts))
	for i, p := range parts {
		all[i] = statementOf(p)
	}
	return all
}

func statementOf(p strategies.Part) Statement {
	s := Statement{ID: p.Kind + "-" + p.ID, Text: p.Text, Href: partAddress(p), Proposed: p.Status == strategy.StatusProposed}
	if p.Year != 0 {
		s.When = strconv.Itoa(p.Year)
	}
	return s
}

// partWords is what a part is called, or says when it has no name.
func partWords(p strategies.Part) string {
	if p.Name != "" {
		return p.Name
	}
	return p.Text
}

// A sheetPart is a part of the sheet with everything that was said about it.
type sheetPart struct {
	strategies.Part
	Versions []strategies.Version `json:"versions" doc:"Everything that was said about it, the first first"`
	Under    *strategies.Pillared `json:"under,omitempty" doc:"What stands under a pillar"`

	step   string
	pillar *strategies.Part // that it stands under
	names  people.Directory
}

func askPart(ctx context.Context, a Asker, kind, id string) (p sheetPart, err error) {
	p.Part, err = strategies.ThePart(ctx, a.Read, a.Programme, kind, id)
	switch {
	case domain.KindOf(err) == domain.NotFound && (kind == strategies.Mission || kind == strategies.Vision):
		p.Part = strategies.Part{Kind: kind, ID: kind} // not formulated yet
	case err != nil:
		return p, err
	}
	if p.Versions, err = strategies.Versions(ctx, a.Read, a.Programme, kind, id); err != nil {
		return p, err
	}
	if kind == strategies.Pillar {
		whole, err := strategies.Whole(ctx, a.Read, a.Programme)
		if err != nil {
			return p, err
		}
		for _, pillar := range whole.Pillars {
			if pillar.ID == id {
				p.Under = &pillar
			}
		}
	}
	if p.Pillar != "" {
		pillar, err := strategies.ThePart(ctx, a.Read, a.Programme, strategies.Pillar, string(p.Pillar))
		if err != nil {
			return p, err
		}
		p.pillar = &pillar
	}
	p.names, err = people.Names(ctx, a.Read, a.Programme)
	return p, err
}

func askPartStep(ctx context.Context, a Asker, in partStepIn) (sheetPart, error) {
	p, err := askPart(ctx, a, kindOf(in.Kind), in.ID)
	if err == nil && !slices.Contains(partSteps(p.Part), in.Step) {
		return p, domain.ErrNotFound // perhaps only now
	}
	p.step = in.Step
	return p, err
}

// A newPart is what there is to choose from when something is to be put on
// the sheet.
type newPart struct {
	Pillars []strategies.Part `json:"pillars"`

	kind  string
	asked newPartIn
}

func askNewPart(ctx context.Context, a Asker, in newPartIn) (n newPart, err error) {
	n.asked = in
	if n.kind = kindOf(in.Kind); n.kind == "" {
		return n, errNoPage
	}
	n.Pillars, err = strategies.Standing(ctx, a.Read, a.Programme)
	return n, err
}

// address is where the form of something new is, and goes to.
func (n newPart) address() string { return "/strategy/" + n.asked.Kind + "/new" }

// back is where somebody goes who puts nothing on the sheet after all.
func (n newPart) back() string {
	if n.asked.Pillar != "" {
		return "/strategy/pillars/" + string(n.asked.Pillar)
	}
	return "/strategy"
}

func (n newPart) pillarOptions() []Option {
	var options []Option
	for _, p := range n.Pillars {
		options = append(options, Option{Value: p.ID, Label: p.Name})
	}
	return options
}

// statementLength is how long what stands under a pillar may be.
const statementLength = 1000

// partLabel is the message that says what a part is.
func partLabel(p strategies.Part) string {
	switch {
	case p.Kind != strategies.Behaviour:
		return "kind." + p.Kind
	case p.Counter:
		return "part.counter_of." + string(p.Whose)
	default:
		return "part.behaviour_of." + string(p.Whose)
	}
}
