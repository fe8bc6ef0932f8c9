// Package consistency looks at a programme as a whole: do its words, its
// promises and what people notice of them fit together?
//
// A [Situation] is what the read models say of a programme on one day. A
// [Rule] is a pure function of it, so that what could have been seen on any
// past day can be found again. What it finds is a [Finding]: something to talk
// about, for those it concerns and nobody else.
package consistency

import (
	"cmp"
	"slices"

	"koersvast/domain"
	"koersvast/domain/council"
	"koersvast/domain/evidence"
	"koersvast/domain/expectation"
	"koersvast/domain/measure"
	"koersvast/domain/method"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/domain/strategy"
	coded "koersvast/projections/evidence"
)

// A Situation is a programme on one day, as far as the rules look at it: ids,
// days and numbers. No text that somebody wrote is in it; what a rule asks of
// one was found out while it was read. People stand in the order of their ids,
// pillars and behaviours in that of the sheet, all others in that of the log.
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
	Sources      []Source
	Fragments    []Fragment
	Council      council.Stand // how the works council answered
	Later

	// Method is how the programme measures. Evaluate fills it in.
	Method method.Config
}

// Coaches returns who coaches whom: of the coaching that runs, or else of the
// newest round.
func (s Situation) Coaches() map[domain.PersonID]domain.PersonID {
	of := map[domain.PersonID]domain.PersonID{}
	for _, r := range s.Rounds {
		if r.Status != round.StatusCancelled {
			of[r.Subject] = r.Coach
		}
	}
	for _, c := range s.Coachings {
		if c.Agreed != "" && c.Closed == "" {
			of[c.Coachee] = c.Coach
		}
	}
	return of
}

// In returns who is here and has a role.
func (s Situation) In(role domain.Role) map[domain.PersonID]bool {
	in := map[domain.PersonID]bool{}
	for _, p := range s.People {
		if p.Gone == "" && slices.Contains(p.Roles, role) {
			in[p.ID] = true
		}
	}
	return in
}

// PillarOf tells under which pillar a fragment falls, whatever it is about.
func (s Situation) PillarOf() func(evidence.Coding) domain.PillarID {
	promises, behaviours := map[domain.PromiseID]domain.PillarID{}, map[domain.BehaviourID]domain.PillarID{}
	for _, p := range s.Promises {
		promises[p.ID] = p.Pillar
	}
	for _, b := range s.Behaviours {
		behaviours[b.ID] = b.Pillar
	}
	return func(c evidence.Coding) domain.PillarID {
		return cmp.Or(c.Pillar, promises[c.Promise], behaviours[c.Behaviour])
	}
}

// ChecksOf returns the rounds that check each promise, without those that were
// cancelled.
func (s Situation) ChecksOf() map[domain.PromiseID][]Round {
	of := map[domain.PromiseID][]Round{}
	for _, r := range s.Rounds {
		if r.Kind == domain.Check && r.Status != round.StatusCancelled {
			of[r.Promise] = append(of[r.Promise], r)
		}
	}
	return of
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

// A Behaviour stands under a pillar, and was not dropped.
type Behaviour struct {
	ID      domain.BehaviourID
	Pillar  domain.PillarID
	Whose   domain.Role
	Counter bool
	Status  strategy.Status
	Since   domain.Day // of that status
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
	Due        domain.Day // "" for until further notice
	Rhythm     int        // days between two checks
	Status     promise.Status
	Since      domain.Day   // of that status
	Said       domain.Day   // made, or proposed for another
	Active     domain.Day   // made, or accepted: it counts; "" for not
	Reworded   []domain.Day // on these days
	PutOff     []domain.Day // on these days it got a later day, or none

	// Clear is how many things its words make clear, of the five on the list
	// of [promise.Check]. Erased words cannot be judged.
	Clear  int
	Erased bool

	Reason    int  // how many characters the reason of its withdrawal has, -1 when it was erased
	Explained bool // to those whom it was promised, why it was withdrawn
	Repair    bool // was agreed on
	RepairDue domain.Day
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
	Questions  []round.Question // without their words
	Thresholds domain.Thresholds
	Raters     []round.Rater // who are asked, with those who declined
	Declined   []domain.PersonID
	Status     round.Status
	Since      domain.Day
	Opens      domain.Day
	Closes     domain.Day
	Closed     domain.Day
	Report     *round.Report // nil when there is none, or it was erased
	Wordless   bool          // nobody wrote anything; false when that was erased
	Read       bool          // by the coach
	Debriefed  domain.Day    // it was talked about, or the talk was waived
	Waived     bool
	Shared     round.Audience
	Letter     bool // was written to those who were asked
}

// Noticed returns how much others notice of what was promised, 0–100, as a
// check said it: the score of its report or, where one group alone may be
// shown, what that group sees.
func (r Round) Noticed() (measure.Estimate, bool) {
	switch {
	case r.Report == nil:
		return measure.Estimate{}, false
	case r.Report.Score != nil:
		return *r.Report.Score, true
	}
	var items []measure.Estimate
	for _, item := range r.Report.Items {
		for _, c := range item.Cells {
			switch {
			case !c.Shown || !slices.Contains(domain.WithThreshold, c.Group):
			case c.Sees == nil:
				return measure.Estimate{}, false // a number would say what each of them gave
			default:
				items = append(items, c.Sees.Score())
			}
		}
	}
	return Mean(items)
}

// Mean returns the mean of estimates, and of the ends of their intervals: the
// same people answered, so that their chance errors do not cancel out.
func Mean(of []measure.Estimate) (m measure.Estimate, ok bool) {
	for _, e := range of {
		m.Value += e.Value / float64(len(of))
		m.Low += e.Low / float64(len(of))
		m.High += e.High / float64(len(of))
	}
	return m, len(of) > 0
}

// A Source is a document, an interview or an observation.
type Source struct {
	ID          domain.SourceID
	Kind        evidence.Kind
	Document    evidence.DocumentKind // of a document
	Group       domain.Role           // of an interview: with whom
	Independent bool                  // who observed it was
	Day         domain.Day
	Status      evidence.Status
	Recording   bool // of an interview, is still there
}

// A Fragment is a part of a source, without its words. Of interviews there are
// none until three were held with people of that group.
type Fragment = coded.Fragment

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
	Shared    []domain.Party // who may read it, besides the coachee
}
