package consistency

import (
	"slices"

	"koersvast/domain"
	"koersvast/domain/method"
)

// A Rule is one question that is asked of a programme every day. It stands in
// a file of its own in package rules, with all that there is to know of it.
type Rule struct {
	ID       domain.RuleID // such as "CR-01"
	Version  int           // rises when its condition changes
	Category Category
	Name     Words
	Severity Severity // of what it finds, unless the finding says otherwise
	Audience Audience

	// Condition says in plain words when it finds something, with {name} for
	// a parameter. It is what people read who ask why they see this.
	Condition Words

	// Message is what a finding says. A {name} in it is one of the finding's
	// values, days or things, or the kind of its object, such as {promise}.
	Message Words

	// Variants are other messages, for findings that name one.
	Variants map[string]Words

	// Terms are the words for what a finding names with a [Term].
	Terms map[string]Words

	// Params are the numbers of the condition, which a programme may set.
	Params []Param

	// Basis says where the rule comes from.
	Basis Words

	// Waits names what the rule needs that a programme cannot record yet; ""
	// for nothing.
	Waits Words

	// Holds says how the rule is kept at all times, where what it speaks of is
	// refused before it can happen. Such a rule has nothing to find.
	Holds Words

	// Find is pure: the same situation gives the same findings. It leaves out
	// what [Evaluate] fills in. It is nil for a rule that holds.
	Find func(Situation, Params) []Finding
}

// Words are the same in Dutch and in English.
type Words struct{ NL, EN string }

// In returns the words in a language, "nl" or "en".
func (w Words) In(language string) string {
	if language == "nl" {
		return w.NL
	}
	return w.EN
}

// A Param is a number that a rule looks at.
type Param struct {
	Name   string
	Usual  float64
	Lowest float64 // that a programme may choose
	Most   float64

	// Fraction says that it counts nothing: it need not be a whole number.
	Fraction bool
}

// Range returns what a programme may choose.
func (p Param) Range() method.Range {
	return method.Range{
		Usual: method.ValueOf(p.Usual), Lowest: method.ValueOf(p.Lowest), Most: method.ValueOf(p.Most), Whole: !p.Fraction,
	}
}

// Params are the numbers of one rule as a programme has them.
type Params = map[string]float64

// With returns all numbers of the rule: the usual ones, but for those that a
// programme has set.
func (r Rule) With(set Params) Params {
	all := Params{}
	for _, p := range r.Params {
		all[p.Name] = p.Usual
		if x, ok := set[p.Name]; ok {
			all[p.Name] = min(max(x, p.Lowest), p.Most)
		}
	}
	return all
}

// Always reports whether no programme does without this rule: it protects
// people.
func (r Rule) Always() bool { return r.Category == Rights }

// A Category is what a rule is about.
type Category string

const (
	Promises   Category = "promises"
	Checks     Category = "checks"
	Feedback   Category = "feedback" // and coaching
	Gatherings Category = "gatherings"
	Learning   Category = "learning"
	Rights     Category = "rights"
)

// Categories lists every category, in the order in which people read them.
var Categories = []Category{Promises, Checks, Feedback, Gatherings, Learning, Rights}

// A Severity says how much a finding asks to be talked about. It says nothing
// of persons.
type Severity string

const (
	Blocks    Severity = "blocks"
	Serious   Severity = "serious"
	Attention Severity = "attention"
	Talk      Severity = "talk"
	Support   Severity = "support"
	Quality   Severity = "quality" // of the measuring
	Info      Severity = "info"
)

// Severities lists every severity, the one that asks most first.
var Severities = []Severity{Blocks, Serious, Attention, Talk, Support, Quality, Info}

// An Audience is who may see a finding, and nobody else.
type Audience struct {
	Owner    bool // whom it is about: the promiser, the subject, the coachee
	Coach    bool // of the owner
	Recorder bool // who wrote it down for the owner
	People   bool // others whom the finding names, such as the members of a group
	Roles    []domain.Role

	// Whole are those who see what it finds of a pillar or of the MT as a
	// whole, and nothing that it finds of one person: see [Audience.Told].
	Whole []domain.Role

	// Count are those who may know how many there are, and nothing else.
	Count []domain.Role
}

// Told returns the roles that see a finding.
func (a Audience) Told(f Finding) []domain.Role {
	if f.Owner != "" {
		return a.Roles
	}
	return slices.Concat(a.Roles, a.Whole)
}

// A Finding is something that a rule found.
type Finding struct {
	Rule     domain.RuleID
	Version  int // of the rule
	Severity Severity
	Object   Object     // together with the rule, this is what makes it the same finding on another day
	Since    domain.Day // when the condition began to hold, as far as can be told

	// Whom it is for. Evaluate says the roles, finds the coach of the owner
	// where the rule names none, and leaves out who is not in the audience. A
	// private finding is for persons only.
	Owner    domain.PersonID // "" for nobody
	Coach    domain.PersonID
	Recorder domain.PersonID
	People   []domain.PersonID
	Roles    []domain.Role
	Private  bool

	Variant string // of the message, "" for the usual one

	// What its message speaks of, by name.
	Values map[string]float64
	Days   map[string]domain.Day
	Things map[string]Object

	// Evidence names what it was found in: rounds, fragments, promises. Who may
	// see the finding may not see all of these.
	Evidence []Object
}

// An Object is something in the programme.
type Object struct {
	Kind string `json:"kind" enum:"programme,pillar,behaviour,promise,expectation,round,coaching,goal,person,team,source,fragment,core_value,gathering,stratum,action,skill,group,function"`
	ID   string `json:"id"`
}

// A Term is one of the words of the rule itself, as a thing that its message
// speaks of.
func Term(name string) Object { return Object{"term", name} }

// The returns the object that an id names.
func The[ID identifier](id ID) Object {
	switch id := any(id).(type) {
	case domain.ProgrammeID:
		return Object{"programme", string(id)}
	case domain.PillarID:
		return Object{"pillar", string(id)}
	case domain.BehaviourID:
		return Object{"behaviour", string(id)}
	case domain.PromiseID:
		return Object{"promise", string(id)}
	case domain.ExpectationID:
		return Object{"expectation", string(id)}
	case domain.RoundID:
		return Object{"round", string(id)}
	case domain.CoachingID:
		return Object{"coaching", string(id)}
	case domain.GoalID:
		return Object{"goal", string(id)}
	case domain.PersonID:
		return Object{"person", string(id)}
	case domain.TeamID:
		return Object{"team", string(id)}
	case domain.SourceID:
		return Object{"source", string(id)}
	case domain.FragmentID:
		return Object{"fragment", string(id)}
	case domain.CoreValueID:
		return Object{"core_value", string(id)}
	case GatheringID:
		return Object{"gathering", string(id)}
	case StratumID:
		return Object{"stratum", string(id)}
	case ActionID:
		return Object{"action", string(id)}
	case SkillID:
		return Object{"skill", string(id)}
	case GroupID:
		return Object{"group", string(id)}
	case FunctionID:
		return Object{"function", string(id)}
	default:
		panic("consistency: an identifier without a kind")
	}
}

// An identifier names something that a finding can be about. What is added
// here has its kind in [The].
type identifier interface {
	domain.ProgrammeID | domain.PillarID | domain.BehaviourID | domain.PromiseID | domain.ExpectationID |
		domain.RoundID | domain.CoachingID | domain.GoalID | domain.PersonID | domain.TeamID |
		domain.SourceID | domain.FragmentID | domain.CoreValueID |
		GatheringID | StratumID | ActionID | SkillID | GroupID | FunctionID
}
