package consistency

import "koersvast/domain"

// Later is what a programme cannot record yet, as the rules on it will look at
// it: gatherings and what they bring, intervision, and learning. Nobody fills
// it in; those rules say that they wait, and what they find is known.
type Later struct {
	Gatherings []Gathering
	Needs      []Need
	Values     []CoreValue
	Actions    []Action
	Plans      []TeamPlan
	Skills     []Skill
	Groups     []Group
	Learners   []Learner
}

// The identifiers of what a programme cannot record yet.
type (
	GatheringID string
	StratumID   string // of a function or a location
	ActionID    string
	SkillID     string
	GroupID     string // of intervision
	FunctionID  string
	MethodID    string // of intervision
)

// A GatheringKind is what people come together for.
type GatheringKind string

const (
	Moment   GatheringKind = "moment"   // of all employees, of which there are three
	Working  GatheringKind = "working"  // a strategic working session
	Regional GatheringKind = "regional" // a team with its leader
	Workshop GatheringKind = "workshop"
)

// A Gathering is when people come together for the programme.
type Gathering struct {
	ID           GatheringID
	Kind         GatheringKind
	Day          domain.Day
	Client       domain.PersonID // who asked for it, "" for nobody
	Leader       domain.PersonID // of the team that meets, "" for none
	Preparations []Preparation
	Minutes      int // from start to end
	Blocks       []Block
	Roles        int // that the run sheet speaks of
	Cast         int // of these, for which somebody was found
	Effort       Effort
	Strata       []Stratum
	Closed       domain.Day // "" for not
	Returned     domain.Day // what came out of it was, to those who took part; "" for not
	Loaded       domain.Day // core values were, with what people said; "" for not
	Asked        domain.Day // and people were asked what they think of that
}

// A Preparation is a session before a gathering.
type Preparation struct {
	Held domain.Day // "" for not
	With []domain.PersonID
}

// A Block is a part of a run sheet.
type Block struct {
	Lead    domain.PersonID // "" for nobody
	Minutes int
	Break   bool
}

// An Effort is how many days a gathering takes those who make it.
type Effort struct {
	Planned bool // somebody said how many
	OneDay  bool // it is for a session on one day
	Complex bool
	Before  float64 // days
	After   float64 // the meeting, and working out what it brought
}

// A Stratum is a part of the staff, of one function or at one location.
type Stratum struct {
	ID    StratumID
	Staff int
	Came  int // of those who took part
}

// A Need is what somebody needs, or offered to contribute.
type Need struct {
	Said     domain.Day
	Answered domain.Day // accepted, planned or declined with a reason; "" for not
}

// A CoreValue is one among which people chose.
type CoreValue struct {
	ID       domain.CoreValueID
	Points   float64    // that it was given on average
	Chosen   domain.Day // "" for not
	Reasoned bool       // why it was chosen has been said
	Loads    int        // what people said that gives it meaning
}

// An Action was agreed on in a gathering.
type Action struct {
	ID     ActionID
	From   GatheringID
	Agreed domain.Day
	Owner  domain.PersonID // "" for nobody
	Leader domain.PersonID // of the team
	Due    domain.Day      // "" for none
	Done   domain.Day      // or dropped, "" for not
	Landed bool            // in a team plan
}

// A TeamPlan is what a team does in a year.
type TeamPlan struct {
	Team    domain.TeamID
	Leader  domain.PersonID
	Adopted domain.Day
	Members int
	Linked  int // of these, with a goal of their own that refers to it
}

// A Skill is one that people asked for.
type Skill struct {
	ID      SkillID
	Asked   int        // by so many people
	Since   domain.Day // the last of them asked
	Offered domain.Day // the next workshop or training in it, "" for none
}

// A Group does intervision.
type Group struct {
	ID          GroupID
	Formed      domain.Day
	Rhythm      int // days between two meetings
	Members     []domain.PersonID
	Facilitator domain.PersonID // "" for none
	OfMT        bool
	Functions   []Function // that members could have, in the order of their ids
	Meetings    []Meeting  // that were held, in their order
	SelfRun     domain.Day // it goes on without a facilitator, "" for not
	Decided     domain.Day // on going on alone, with help or not at all; "" for not
	Ended       domain.Day // "" for not
}

// A Function is how many members of a group have it.
type Function struct {
	ID      FunctionID
	Members int
}

// A Meeting of a group.
type Meeting struct {
	Day         domain.Day
	Facilitated bool // by somebody from outside
	Rehearsed   bool // a member led it, and somebody looked along
	Method      MethodID
	Case        domain.PersonID // who brought it, "" for nobody
	Patterns    int             // that people saw over cases
}

// A Learner has a learning plan.
type Learner struct {
	Person   domain.PersonID
	Able     bool       // the assessment says that they are
	Progress domain.Day // when something was last said of it
}
