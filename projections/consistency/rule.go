package consistency

import "koersvast/domain"

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

	// Message is what a finding says, with {name} for a value of the finding
	// and {promise}, {pillar}, {person} … for what it is about.
	Message Words

	// Params are the numbers of the condition, which a programme may set.
	Params []Param

	// Basis says where the rule comes from.
	Basis string

	// Waits names what the rule needs that a programme cannot record yet; ""
	// for nothing.
	Waits Words

	// Find is pure: the same situation gives the same findings.
	Find func(Situation, Params) []Finding
}

// Words are the same in Dutch and in English.
type Words struct{ NL, EN string }

// A Param is a number that a rule looks at.
type Param struct {
	Name   string
	Usual  float64
	Lowest float64 // that a programme may choose
	Most   float64
}

// Params are the numbers of one rule as a programme has them.
type Params map[string]float64

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

// An Audience is who may see a finding, and nobody else.
type Audience struct {
	Owner    bool // whom it is about: the promiser, the subject, the coachee
	Coach    bool // of the owner
	Recorder bool // who wrote it down for the owner
	Roles    []domain.Role
}

// A Finding is something that a rule found.
type Finding struct {
	Rule     domain.RuleID
	Severity Severity
	Object   Object // together with the rule, this is what makes it the same finding on another day

	Owner    domain.PersonID // "" for nobody
	Coach    domain.PersonID
	Recorder domain.PersonID

	// What its message speaks of.
	Values   map[string]float64
	Days     map[string]domain.Day
	Promises []domain.PromiseID
	Pillars  []domain.PillarID

	// Evidence names what it was found in: rounds, fragments, facts.
	Evidence []Object
}

// An Object is something in the programme.
type Object struct {
	Kind string `json:"kind" enum:"programme,pillar,behaviour,promise,expectation,round,coaching,goal,person,source,fragment"`
	ID   string `json:"id"`
}
