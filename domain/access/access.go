// Package access says who may do and see what: one pure function, one rule an
// action. The programme wall comes first, and what no rule allows is denied.
//
// The rules follow the roles of the programme (see [domain.Role]). No role
// reads everything: the administrator manages people and their codes, and
// reads neither promises nor expectations.
package access

import (
	"slices"

	"koersvast/domain"
)

// An Actor is who asks, with what a rule may look at.
type Actor struct {
	Programme domain.ProgrammeID
	Person    domain.PersonID
	Roles     []domain.Role
	Team      domain.TeamID

	// Scopes are what a program that shows a token was let in for, nil of a
	// person. Its Person is nobody's, and its role is that of a reader.
	Scopes []Scope
}

// A Scope is what a token can be used for, besides what its role may.
type Scope string

// AggregateRead is for programs that show what was released to everybody:
// numbers of many, and the strategy that they are about.
const AggregateRead Scope = "aggregate:read"

// Scopes are the actions of each scope.
var scopes = map[Scope][]Action{
	AggregateRead: {StrategyRead, ReleasedRead, PicturesRead, PictureRead},
}

// within reports whether an actor was let in for this.
func (a Actor) within(do Action) bool {
	return a.Scopes == nil || slices.ContainsFunc(a.Scopes, func(s Scope) bool { return slices.Contains(scopes[s], do) })
}

// Is reports whether the actor has one of the roles.
func (a Actor) Is(roles ...domain.Role) bool {
	return slices.ContainsFunc(roles, func(r domain.Role) bool { return slices.Contains(a.Roles, r) })
}

// Parties lists every party that the actor belongs to.
func (a Actor) Parties() []domain.Party {
	if a.Person == "" {
		return nil
	}
	in := []domain.Party{domain.Everyone, domain.Person(a.Person)}
	if a.Team != "" {
		in = append(in, domain.Team(a.Team))
	}
	for _, role := range []domain.Role{domain.MT, domain.InformalLeader, domain.Employee} {
		if a.Is(role) {
			in = append(in, domain.Party(role))
		}
	}
	return in
}

// Among reports whether the actor belongs to one of the parties.
func (a Actor) Among(parties ...domain.Party) bool {
	in := a.Parties()
	return slices.ContainsFunc(parties, func(p domain.Party) bool { return slices.Contains(in, p) })
}

// A Resource is what the asking is about, with what a rule may look at.
type Resource struct {
	Programme domain.ProgrammeID
	Owner     domain.PersonID // who promised, stated or wrote it
	Recorder  domain.PersonID // who wrote it down for the owner, if that is another
	For       []domain.Party  // to whom, or of whom

	// Of a round: who reads its answers first, and who is asked. Of a coaching,
	// whose owner is the coachee: who coaches; it is for its sponsor. Of evidence
	// about a promise: who coaches the promiser.
	Coach  domain.PersonID
	Raters []domain.PersonID

	// Of a finding: the roles that it is for, beside its persons.
	Roles []domain.Role
}

// An Action is something that can be asked.
type Action string

const (
	TodayRead Action = "today.read"

	StrategyRead    Action = "strategy.read"
	StrategyPropose Action = "strategy.propose"
	StrategyAdopt   Action = "strategy.adopt"

	WallRead       Action = "wall.read" // the page; each promise on it is a PromiseRead
	PromiseRead    Action = "promise.read"
	PromiseMake    Action = "promise.make"
	PromisePropose Action = "promise.propose"
	PromiseAccept  Action = "promise.accept"
	PromiseOwn     Action = "promise.own" // reword, move, withdraw, judge, repair, decline

	ExpectationRead    Action = "expectation.read"
	ExpectationExpress Action = "expectation.express"
	ExpectationAnswer  Action = "expectation.answer"
	ExpectationOwn     Action = "expectation.own" // take an offer, drop

	CouncilRead   Action = "council.read"
	CouncilAsk    Action = "council.ask"    // and say how large the undertaking is
	CouncilAnswer Action = "council.answer" // grant, refuse, withdraw

	RoundsRead   Action = "rounds.read"   // the page; each round on it is a RoundRead
	RoundPlan    Action = "round.plan"    // and open, extend, remind, cancel
	RoundRead    Action = "round.read"    // what is asked, of whom, and from when on it is shown
	RoundPropose Action = "round.propose" // whom to ask
	RoundApprove Action = "round.approve" // who is asked
	RoundAnswer  Action = "round.answer"
	RoundCoach   Action = "round.coach"  // close, read first, mask, talk about
	RoundResult  Action = "round.result" // what came out
	RoundOwn     Action = "round.own"    // share, write back
	KeyHold      Action = "key.hold"     // of what people answer

	CoachingsRead   Action = "coachings.read"  // the page, with what one has to do with
	CoachingsCount  Action = "coachings.count" // how many have had a session
	CoachingsDates  Action = "coachings.dates" // who coaches whom, from when to when
	CoachingPropose Action = "coaching.propose"
	CoachingTerms   Action = "coaching.terms" // what it aims at, how it is set up, when they meet
	CoachingAgree   Action = "coaching.agree" // agree, decline, revise
	CoachingRead    Action = "coaching.read"  // sessions and shared notes
	CoachingWork    Action = "coaching.work"  // plan, hold, write notes, close
	CoachingPrepare Action = "coaching.prepare"
	CoachingOwn     Action = "coaching.own" // learning goals
	GoalRead        Action = "goal.read"

	SourcesRead     Action = "sources.read"     // which documents, interviews and observations there are
	EvidenceCode    Action = "evidence.code"    // register sources, take fragments out of them, code these
	EvidenceRead    Action = "evidence.read"    // what fragments say of a promise
	EvidenceContest Action = "evidence.contest" // say how one reads a fragment about one's own promise

	FindingsRead  Action = "findings.read"  // the page; each finding on it is a FindingRead
	FindingRead   Action = "finding.read"   // what it asks, and what became of it
	FindingHandle Action = "finding.handle" // discuss, resolve, dismiss, snooze, reopen
	MethodRead    Action = "method.read"    // which rules there are, and with what numbers the programme measures
	MethodSet     Action = "method.set"

	ChecksRead   Action = "checks.read"    // consistency checks, and how they stand
	CheckRun     Action = "check.run"      // open, publish, release, cancel
	PicturesRead Action = "pictures.read"  // the page, with a picture that is a PictureRead
	PictureRead  Action = "picture.read"   // what it says of the MT as a whole
	PictureDraft Action = "picture.draft"  // the same, while it is being made
	PicturePart  Action = "picture.part"   // what it says of one's own promises, which is read back
	PictureTake  Action = "picture.decide" // decide on what it asks

	ReleasedRead Action = "released.read" // numbers that were released to everybody
	TokensManage Action = "tokens.manage" // let programs in, to read those

	PeopleRead   Action = "people.read"
	PeopleManage Action = "people.manage" // and see addresses, issue codes
	HistoryRead  Action = "history.read"  // the page; each line on it is a read of its own
	ProgrammeRun Action = "programme.run"
	SessionOwn   Action = "session.own" // sign out, one's own sessions and code
)

// everybody who takes part; the reader of dashboards does not.
var members = []domain.Role{
	domain.MT, domain.InformalLeader, domain.Employee, domain.Coach,
	domain.Facilitator, domain.Lead, domain.Admin, domain.WorksCouncil,
}

func owner(a Actor, r Resource) bool { return a.Person == r.Owner }

// coaches reports whether a round or a coaching is in the hands of this coach.
// Who is no coach any more has no business in it.
func coaches(a Actor, r Resource) bool { return a.Person == r.Coach && a.Is(domain.Coach) }

// takesPart reports whether somebody is more than the administrator or a
// reader of dashboards.
func takesPart(a Actor) bool {
	return a.Is(domain.MT, domain.InformalLeader, domain.Employee, domain.Coach, domain.Facilitator, domain.Lead, domain.WorksCouncil)
}

// ofTwo reports whether somebody is the coachee or the coach, or promised what
// there is evidence about, or coaches who did.
func ofTwo(a Actor, r Resource) bool { return takesPart(a) && owner(a, r) || coaches(a, r) }

// concerns reports whether a finding is for the actor because of one of these
// roles.
func concerns(a Actor, r Resource, roles ...domain.Role) bool {
	return slices.ContainsFunc(roles, func(role domain.Role) bool { return slices.Contains(r.Roles, role) && a.Is(role) })
}

// contracts reports whether a coaching's contract is somebody's: of coachee,
// coach and sponsor, and of who wrote it down for them.
func contracts(a Actor, r Resource) bool {
	return ofTwo(a, r) || takesPart(a) && (a.Person == r.Recorder || slices.Contains(r.For, domain.Person(a.Person)))
}

// rules holds one rule an action; see [Can] for what they need not ask.
var rules = map[Action]func(Actor, Resource) bool{
	TodayRead: func(a Actor, _ Resource) bool { return a.Is(members...) },

	StrategyRead: func(a Actor, _ Resource) bool {
		return a.Is(domain.MT, domain.InformalLeader, domain.Employee, domain.Coach, domain.Facilitator, domain.Lead, domain.Reader, domain.WorksCouncil)
	},
	StrategyPropose: func(a Actor, _ Resource) bool {
		return a.Is(domain.MT, domain.InformalLeader, domain.Facilitator, domain.Lead)
	},
	StrategyAdopt: func(a Actor, _ Resource) bool { return a.Is(domain.MT, domain.Lead) },

	WallRead: func(a Actor, _ Resource) bool {
		return a.Is(domain.MT, domain.InformalLeader, domain.Employee, domain.Coach, domain.Facilitator, domain.Lead, domain.WorksCouncil)
	},
	PromiseRead: func(a Actor, r Resource) bool {
		return SeesEveryPromise(a) || owner(a, r) || a.Person == r.Recorder ||
			slices.ContainsFunc(PromisedTo(a), func(p domain.Party) bool { return slices.Contains(r.For, p) })
	},
	PromiseMake:   func(a Actor, _ Resource) bool { return Promises(a) },
	PromiseAccept: func(a Actor, r Resource) bool { return Promises(a) && owner(a, r) },
	PromisePropose: func(a Actor, _ Resource) bool {
		return a.Is(domain.MT, domain.InformalLeader, domain.Facilitator, domain.Lead)
	},
	PromiseOwn: func(a Actor, r Resource) bool { return owner(a, r) || a.Person == r.Recorder },

	ExpectationRead: func(a Actor, _ Resource) bool {
		return a.Is(domain.MT, domain.InformalLeader, domain.Employee, domain.Facilitator, domain.Lead)
	},
	ExpectationExpress: func(a Actor, _ Resource) bool {
		return a.Is(domain.MT, domain.InformalLeader, domain.Employee)
	},
	ExpectationAnswer: func(a Actor, r Resource) bool {
		return a.Is(domain.MT, domain.InformalLeader, domain.Employee) && a.Among(r.For...)
	},
	ExpectationOwn: owner,

	CouncilRead:   func(a Actor, _ Resource) bool { return a.Is(members...) },
	CouncilAsk:    func(a Actor, _ Resource) bool { return a.Is(domain.Lead) },
	CouncilAnswer: func(a Actor, _ Resource) bool { return a.Is(domain.WorksCouncil, domain.Lead) },

	RoundsRead: func(a Actor, _ Resource) bool { return takesPart(a) },
	RoundPlan:  func(a Actor, _ Resource) bool { return a.Is(domain.Lead) },
	RoundRead: func(a Actor, r Resource) bool {
		return SeesEveryRound(a) || takesPart(a) && (owner(a, r) || coaches(a, r) || slices.Contains(r.Raters, a.Person))
	},
	RoundPropose: func(a Actor, r Resource) bool { return takesPart(a) && owner(a, r) },
	RoundApprove: func(a Actor, r Resource) bool { return a.Is(domain.Lead) || coaches(a, r) },
	RoundAnswer:  func(a Actor, r Resource) bool { return takesPart(a) && slices.Contains(r.Raters, a.Person) },
	RoundCoach:   coaches,
	RoundResult:  func(a Actor, r Resource) bool { return coaches(a, r) || takesPart(a) && a.Among(r.For...) },
	RoundOwn:     func(a Actor, r Resource) bool { return takesPart(a) && owner(a, r) },
	KeyHold:      func(a Actor, _ Resource) bool { return a.Is(domain.Coach) },

	CoachingsRead:   func(a Actor, _ Resource) bool { return takesPart(a) },
	CoachingsCount:  func(a Actor, _ Resource) bool { return a.Is(domain.Lead, domain.WorksCouncil) },
	CoachingsDates:  func(a Actor, _ Resource) bool { return a.Is(domain.Lead) },
	CoachingPropose: func(a Actor, r Resource) bool { return a.Is(domain.Lead) || ofTwo(a, r) },
	CoachingTerms:   contracts,
	CoachingAgree:   contracts,
	CoachingRead:    ofTwo,
	CoachingWork:    ofTwo,
	CoachingPrepare: coaches,
	CoachingOwn:     func(a Actor, r Resource) bool { return takesPart(a) && owner(a, r) },
	GoalRead:        func(a Actor, r Resource) bool { return takesPart(a) && (owner(a, r) || a.Among(r.For...)) },

	SourcesRead:     func(a Actor, _ Resource) bool { return a.Is(domain.Facilitator, domain.Lead) },
	EvidenceCode:    func(a Actor, _ Resource) bool { return a.Is(domain.Facilitator) },
	EvidenceRead:    func(a Actor, r Resource) bool { return a.Is(domain.Facilitator) || ofTwo(a, r) },
	EvidenceContest: func(a Actor, r Resource) bool { return takesPart(a) && owner(a, r) },

	FindingsRead: func(a Actor, _ Resource) bool { return a.Is(members...) },
	FindingRead: func(a Actor, r Resource) bool {
		return takesPart(a) && (owner(a, r) || a.Person == r.Recorder) || coaches(a, r) || concerns(a, r, members...) // and not who reads dashboards
	},
	FindingHandle: func(a Actor, r Resource) bool {
		return ofTwo(a, r) || concerns(a, r, domain.MT, domain.Lead)
	},
	MethodRead: func(a Actor, _ Resource) bool { return a.Is(members...) },
	MethodSet:  func(a Actor, _ Resource) bool { return a.Is(domain.Lead) },

	ChecksRead: func(a Actor, _ Resource) bool {
		return a.Is(domain.MT, domain.Coach, domain.Facilitator, domain.Lead, domain.WorksCouncil)
	},
	CheckRun:     func(a Actor, _ Resource) bool { return a.Is(domain.Lead) },
	PicturesRead: func(a Actor, _ Resource) bool { return SeesEveryPicture(a) || awaitsPictures(a) },
	PictureRead: func(a Actor, r Resource) bool {
		return SeesEveryPicture(a) || awaitsPictures(a) && slices.Contains(r.For, domain.Everyone)
	},
	PictureDraft: func(a Actor, _ Resource) bool { return a.Is(domain.Facilitator, domain.Lead) },
	PicturePart:  ofTwo,
	PictureTake:  func(a Actor, r Resource) bool { return a.Is(domain.MT) && owner(a, r) },

	ReleasedRead: func(a Actor, _ Resource) bool { return takesPart(a) || a.Is(domain.Reader) },
	TokensManage: func(a Actor, _ Resource) bool { return a.Is(domain.Lead, domain.Admin) },

	PeopleRead:   func(a Actor, _ Resource) bool { return a.Is(members...) },
	PeopleManage: func(a Actor, _ Resource) bool { return a.Is(domain.Lead, domain.Admin) },
	HistoryRead: func(a Actor, _ Resource) bool {
		return a.Is(domain.MT, domain.InformalLeader, domain.Employee, domain.Coach, domain.Facilitator, domain.Lead, domain.WorksCouncil)
	},
	ProgrammeRun: func(a Actor, _ Resource) bool { return a.Is(domain.Lead) },
	SessionOwn:   func(Actor, Resource) bool { return true },
}

// Promises reports whether somebody is one of those who make promises.
func Promises(a Actor) bool { return a.Is(domain.MT, domain.InformalLeader, domain.Employee) }

// SeesEveryPromise reports whether an actor may read promises that were not
// made to them. Read models ask it once instead of once a promise.
func SeesEveryPromise(a Actor) bool {
	return a.Person != "" && a.Is(domain.MT, domain.Facilitator, domain.Lead)
}

// SeesEveryRound reports whether an actor may see how every round stands:
// never what was answered.
func SeesEveryRound(a Actor) bool {
	return a.Person != "" && a.Is(domain.Facilitator, domain.Lead)
}

// SeesEveryPicture reports whether an actor may see what a consistency check
// says of the MT before that is released to everybody.
func SeesEveryPicture(a Actor) bool {
	return a.Person != "" && a.Is(domain.MT, domain.Coach, domain.Facilitator, domain.Lead)
}

// awaitsPictures reports whether somebody sees pictures once they are released.
func awaitsPictures(a Actor) bool {
	return a.Is(domain.InformalLeader, domain.Employee, domain.Reader, domain.WorksCouncil)
}

// PromisedTo lists the parties by which a promise is made to an actor: those
// they belong to, or none when they take no part, as the administrator and the
// reader of dashboards do not. Read models ask it once instead of once a
// promise.
func PromisedTo(a Actor) []domain.Party {
	if !takesPart(a) {
		return nil
	}
	return a.Parties()
}

// Actions lists every action that has a rule.
func Actions() []Action {
	list := make([]Action, 0, len(rules))
	for a := range rules {
		list = append(list, a)
	}
	slices.Sort(list)
	return list
}

// Can reports whether the actor may do this with that. Nobody can do anything
// in a programme that is not theirs, nobody who is not signed in can do
// anything at all, and a program does nothing but what it was let in for.
func Can(a Actor, do Action, r Resource) bool {
	rule, ok := rules[do]
	return ok && a.Programme != "" && a.Person != "" && a.Programme == r.Programme && a.within(do) && rule(a, r)
}
