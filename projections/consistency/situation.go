// Package consistency looks at a programme as a whole: do its words, its
// promises and what people notice of them fit together?
//
// A [Situation] is what the read models say of a programme on one day. A
// [Rule] is a pure function of it, so that what could have been seen on any
// past day can be found again. What it finds is a [Finding]: something to talk
// about, for those it concerns and nobody else.
package consistency

import (
	"koersvast/domain"
	"koersvast/domain/expectation"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/domain/strategy"
)

// A Situation is a programme on one day, as far as the rules look at it. All
// lists stand in the order of the log.
type Situation struct {
	Programme domain.ProgrammeID
	Started   domain.Day
	Today     domain.Day

	People       []Person
	Pillars      []Pillar
	Behaviours   []Behaviour
	Promises     []Promise
	Expectations []Expectation
	Rounds       []Round
	Coachings    []Coaching

	// Of the works council, which has its say when there are fifty employees.
	Employees int  // 0 when nobody said
	Consent   bool // stands, for checks and feedback as they are set up
}

// A Person takes part in the programme, or did.
type Person struct {
	ID      domain.PersonID
	Roles   []domain.Role
	Team    domain.TeamID
	Manager domain.PersonID
	Joined  domain.Day
	Gone    domain.Day // "" for still here
}

// A Pillar of the strategy.
type Pillar struct {
	ID     domain.PillarID
	Status strategy.Status
	Since  domain.Day // of that status
}

// A Behaviour stands under a pillar.
type Behaviour struct {
	ID      domain.BehaviourID
	Pillar  domain.PillarID
	Whose   domain.Role
	Counter bool
	Status  strategy.Status
}

// A Promise with all that was done with it.
type Promise struct {
	ID         domain.PromiseID
	By         domain.PersonID
	RecordedBy domain.PersonID // "" when who promises wrote it down
	FromMT     bool
	Pillar     domain.PillarID
	Answers    domain.ExpectationID // "" for none
	To         []domain.Party
	Behaviours []domain.BehaviourID
	Checklist  promise.Checklist // all false when the words were erased
	Due        domain.Day
	Rhythm     int // days between two checks
	Status     promise.Status
	Since      domain.Day // of that status
	Said       domain.Day
	Active     domain.Day // since when it counts, "" for not
	Reworded   []domain.Day
	Moved      []domain.Day
	Reason     int  // how many signs the reason of the withdrawal has
	Explained  bool // the withdrawal was, to those whom it was promised
	Repair     bool // was agreed on
	RepairDue  domain.Day
}

// An Expectation that one side has of the other.
type Expectation struct {
	ID     domain.ExpectationID
	FromMT bool
	Of     domain.Party
	Pillar domain.PillarID
	Said   domain.Day
	Status expectation.Status
	Since  domain.Day
}

// A Round with what it brought, as far as that may be seen: its report is
// rounded, and hides what could be traced to one rater.
type Round struct {
	ID         domain.RoundID
	Kind       domain.RoundKind
	Subject    domain.PersonID
	Coach      domain.PersonID
	Promise    domain.PromiseID // that is checked
	Questions  []round.Question
	Thresholds domain.Thresholds
	Raters     []round.Rater // who are asked, with those who declined
	Status     round.Status
	Since      domain.Day
	Opens      domain.Day
	Closes     domain.Day
	Closed     domain.Day
	Report     *round.Report // nil when there is none, or it was erased
	Read       bool          // by the coach
	Debriefed  domain.Day
	Waived     bool
	Letter     bool // was written to those who were asked
}

// A Coaching with its sessions and goals.
type Coaching struct {
	ID       domain.CoachingID
	Coach    domain.PersonID
	Coachee  domain.PersonID
	Sponsor  domain.PersonID
	Agreed   domain.Day // by all three, "" for not yet
	Closed   domain.Day // "" for not
	Sessions []Session
	Goals    []Goal
}

// A Session of a coaching.
type Session struct {
	Round domain.RoundID // whose report it debriefs
	Day   domain.Day
	Held  domain.Day // "" for not
}

// A Goal is what a coachee wants to learn.
type Goal struct {
	ID        domain.GoalID
	Set       domain.Day
	Active    bool
	Progress  domain.Day // when something was last said of how it goes; Set when nothing was
	Behaviour domain.BehaviourID
	Promise   domain.PromiseID
	Round     domain.RoundID
}
