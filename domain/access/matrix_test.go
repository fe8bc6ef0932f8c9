package access_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/domain/access"
)

var update = flag.Bool("update", false, "write testdata/matrix.golden")

const golden = "testdata/matrix.golden"

// personas are the people whom the matrix is about.
var personas = []struct {
	name string
	access.Actor
}{
	{"a member of the MT", in("", domain.MT)},
	{"an informal leader, in a team", in("noord", domain.InformalLeader)},
	{"an employee, in a team", in("noord", domain.Employee)},
	{"an employee, in no team", in("", domain.Employee)},
	{"a coach", in("", domain.Coach)},
	{"a facilitator or consultant", in("", domain.Facilitator)},
	{"the programme lead", in("", domain.Lead)},
	{"an administrator", in("", domain.Admin)},
	{"a reader of dashboards", in("", domain.Reader)},
	{"the works council", in("", domain.WorksCouncil)},
	{"a program that reads numbers", access.Actor{Programme: here, Person: "token:1", Roles: []domain.Role{domain.Reader}, Scopes: []access.Scope{access.AggregateRead}}},
	{"somebody without a role", in("noord")},
	{"somebody of another programme", access.Actor{Programme: elsewhere, Person: me, Team: "noord", Roles: domain.Roles}},
	{"somebody not signed in", access.Actor{Programme: here, Team: "noord", Roles: domain.Roles}},
}

func in(team domain.TeamID, roles ...domain.Role) access.Actor {
	return access.Actor{Programme: here, Person: me, Team: team, Roles: roles}
}

// facts are what can be so of a thing, one at a time. Without one of them it
// is somebody else's, and for somebody else.
var facts = []struct {
	name string
	access.Resource
}{
	{"it is their own", access.Resource{Owner: me}},
	{"they wrote it down for its owner", access.Resource{Recorder: me}},
	{"it is for everyone", forThe(domain.Everyone)},
	{"for the MT", forThe(domain.TheMT)},
	{"for informal leaders", forThe(domain.InformalLeaders)},
	{"for employees", forThe(domain.Employees)},
	{"for their team", forThe(domain.Team("noord"))},
	{"for another team", forThe(domain.Team("zuid"))},
	{"for them", forThe(domain.Person(me))},
	{"they are its coach", access.Resource{Coach: me}},
	{"they are asked in it", access.Resource{Raters: []domain.PersonID{me}}},
	{"it concerns their role", access.Resource{Roles: domain.Roles}},
}

func forThe(p domain.Party) access.Resource { return access.Resource{For: []domain.Party{p}} }

// somebodyElses completes a resource with what is not theirs.
func somebodyElses(r access.Resource) access.Resource {
	r.Programme = here
	if r.Owner == "" {
		r.Owner = colleague
	}
	if r.For == nil {
		r.For = []domain.Party{domain.Person("els")}
	}
	return r
}

// means says what an action is, in words of the programme.
var means = map[access.Action]string{
	access.TodayRead:          "open the page of today",
	access.StrategyRead:       "read the strategy",
	access.StrategyPropose:    "propose a part of the strategy",
	access.StrategyAdopt:      "adopt, reword or retire a part of the strategy",
	access.WallRead:           "open the wall of promises (which shows the promises that they may read)",
	access.PromiseRead:        "read a promise",
	access.PromiseMake:        "make a promise",
	access.PromisePropose:     "write down a promise for somebody else, who has yet to accept it",
	access.PromiseAccept:      "accept a promise that was written down for them",
	access.PromiseOwn:         "decline, reword, move, withdraw, judge or repair a promise (who wrote it down can only take it back, as long as it waits)",
	access.ExpectationRead:    "read an expectation",
	access.ExpectationExpress: "state an expectation",
	access.ExpectationAnswer:  "answer an expectation",
	access.ExpectationOwn:     "take an offer, or take an expectation back",
	access.CouncilRead:        "read what was asked of the works council, and its answer",
	access.CouncilAsk:         "ask the works council for its consent, and say how large the undertaking is",
	access.CouncilAnswer:      "write down what the works council answered (who is not in it names its letter)",
	access.RoundsRead:         "open the page of rounds (which shows the rounds that they may see)",
	access.RoundPlan:          "plan, open, extend or cancel a round, and have people reminded",
	access.RoundRead:          "see what a round asks, of whom, and from how many answers on it is shown",
	access.RoundPropose:       "propose who is asked in a round",
	access.RoundApprove:       "settle who is asked in a round",
	access.RoundAnswer:        "answer in a round, or decline",
	access.RoundCoach:         "close a round, read its result first, mask comments, hand it over",
	access.RoundResult:        "see the result of a round",
	access.RoundOwn:           "share the result of a round, and write to those who were asked",
	access.KeyHold:            "hold a key that opens answers",
	access.CoachingsRead:      "open the page of coaching (which shows what they have to do with)",
	access.CoachingsCount:     "see how many of the MT have had a session",
	access.CoachingsDates:     "see who coaches whom, from when to when, and on which days they met",
	access.CoachingPropose:    "propose that somebody is coached",
	access.CoachingTerms:      "read the contract of a coaching, and when its sessions are",
	access.CoachingAgree:      "agree to the contract of a coaching, decline it, or revise it",
	access.CoachingRead:       "read what is shared in a coaching: where they meet, and notes",
	access.CoachingWork:       "plan sessions, say that they took place, write notes, end a coaching",
	access.CoachingPrepare:    "prepare a session, with what the coachee promised",
	access.CoachingOwn:        "set, revise, share, complete or drop a learning goal",
	access.GoalRead:           "read a learning goal, and how it goes",
	access.SourcesRead:        "see which documents, interviews and observations there are",
	access.EvidenceCode:       "register sources, take fragments out of them and code these",
	access.EvidenceRead:       "read what fragments say of a promise",
	access.EvidenceContest:    "say how they read a fragment about a promise",
	access.FindingsRead:       "open the page of findings (which shows the findings that they may read)",
	access.FindingRead:        "read a finding, and what became of it",
	access.FindingHandle:      "say what became of a finding: discuss, resolve, dismiss, snooze or reopen it",
	access.MethodRead:         "see which rules there are, and how the programme measures",
	access.MethodSet:          "change how the programme measures, and which rules it looks at",
	access.ChecksRead:         "see which consistency checks there are, and how they stand",
	access.CheckRun:           "open, publish, release or cancel a consistency check",
	access.PicturesRead:       "open the page of pictures (which shows those that they may see)",
	access.PictureRead:        "see what a consistency check says of the MT as a whole",
	access.PictureDraft:       "see that while it is being made",
	access.PicturePart:        "see what a picture says of somebody's own promises, and say that this was read back",
	access.PictureTake:        "decide on what a picture asks",
	access.ReleasedRead:       "read the numbers that were released to everybody",
	access.TokensManage:       "let programs read the numbers that were released, and shut them out",
	access.PeopleRead:         "see who is in the programme, with team and roles",
	access.PeopleManage:       "manage people, see their addresses, issue their codes",
	access.HistoryRead:        "open the history (which shows what they may read)",
	access.ProgrammeRun:       "run the programme",
	access.SessionOwn:         "have sessions and a code of their own, and end them",
}

// matrix says of every action and persona whether it is allowed.
func matrix() string {
	var b strings.Builder
	b.WriteString(`Who may do and see what. Each line is one action of one kind of people:
always, never, or only when one of the named things is so of what it is about.
Nobody gets anything by two of those together that they do not get by one.
People with several roles may do what each of them allows.
`)
	for _, do := range access.Actions() {
		b.WriteString(section(do))
	}
	return b.String()
}

func section(do access.Action) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s: %s\n", do, means[do])
	for _, p := range personas {
		fmt.Fprintf(&b, "    %-32s %s\n", p.name, may(p.Actor, do))
	}
	return b.String()
}

func may(a access.Actor, do access.Action) string {
	if access.Can(a, do, somebodyElses(access.Resource{})) {
		return "always"
	}
	var when []string
	for _, f := range facts {
		if access.Can(a, do, somebodyElses(f.Resource)) {
			when = append(when, f.name)
		}
	}
	if len(when) == 0 {
		return "never"
	}
	return "when " + strings.Join(when, ", or ")
}

func TestWhoMayDoAndSeeWhat(t *testing.T) {
	got := matrix()
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s is what was agreed; -update writes what is now (-agreed +now):\n%s", golden, diff)
	}
	for _, do := range access.Actions() {
		if means[do] == "" {
			t.Errorf("%s has no words in the matrix", do)
		}
	}
}

// TestTheMatrixLeavesNothingOut makes its header true: always is always, and
// no two facts together allow more than each of them.
func TestTheMatrixLeavesNothingOut(t *testing.T) {
	for _, do := range access.Actions() {
		for _, p := range personas {
			bare := access.Can(p.Actor, do, somebodyElses(access.Resource{}))
			for _, one := range facts {
				alone := access.Can(p.Actor, do, somebodyElses(one.Resource))
				if bare && !alone {
					t.Errorf("%s by %s: always, except when %s", do, p.name, one.name)
				}
				for _, two := range facts {
					both := access.Resource{
						Owner:    one.Owner + two.Owner,
						Recorder: one.Recorder + two.Recorder,
						For:      slices.Concat(one.For, two.For),
						Coach:    one.Coach + two.Coach,
						Raters:   slices.Concat(one.Raters, two.Raters),
						Roles:    slices.Concat(one.Roles, two.Roles),
					}
					if one.name == two.name {
						continue
					}
					either := alone || access.Can(p.Actor, do, somebodyElses(two.Resource))
					if got := access.Can(p.Actor, do, somebodyElses(both)); got != either {
						t.Errorf("%s by %s when %s and %s: %v, want %v", do, p.name, one.name, two.name, got, either)
					}
				}
			}
		}
	}
}

// mutants are ways in which a rule can be wrong.
func mutants(rule access.Rule) map[string]access.Rule {
	m := map[string]access.Rule{
		"always": func(access.Actor, access.Resource) bool { return true },
		"never":  func(access.Actor, access.Resource) bool { return false },
		"denied to the owner": func(a access.Actor, r access.Resource) bool {
			r.Owner = ""
			return rule(a, r)
		},
		"allowed to whoever the owner is": func(a access.Actor, r access.Resource) bool {
			r.Owner = a.Person
			return rule(a, r)
		},
		"denied to the recorder": func(a access.Actor, r access.Resource) bool {
			r.Recorder = ""
			return rule(a, r)
		},
		"allowed to whoever the recorder is": func(a access.Actor, r access.Resource) bool {
			r.Recorder = a.Person
			return rule(a, r)
		},
		"denied to those whom it is for": func(a access.Actor, r access.Resource) bool {
			r.For = nil
			return rule(a, r)
		},
		"allowed to whomever it is for": func(a access.Actor, r access.Resource) bool {
			r.For = []domain.Party{domain.Person(a.Person)}
			return rule(a, r)
		},
		"denied to its coach": func(a access.Actor, r access.Resource) bool {
			r.Coach = ""
			return rule(a, r)
		},
		"allowed to whoever coaches": func(a access.Actor, r access.Resource) bool {
			r.Coach = a.Person
			return rule(a, r)
		},
		"denied to who is asked": func(a access.Actor, r access.Resource) bool {
			r.Raters = nil
			return rule(a, r)
		},
		"allowed to whoever is asked": func(a access.Actor, r access.Resource) bool {
			r.Raters = []domain.PersonID{a.Person}
			return rule(a, r)
		},
		"denied to the roles that it concerns": func(a access.Actor, r access.Resource) bool {
			r.Roles = nil
			return rule(a, r)
		},
		"allowed to whatever role it concerns": func(a access.Actor, r access.Resource) bool {
			r.Roles = domain.Roles
			return rule(a, r)
		},
		"denied to those in a team": func(a access.Actor, r access.Resource) bool {
			a.Team = ""
			return rule(a, r)
		},
	}
	for _, role := range domain.Roles {
		m["without the role "+string(role)] = func(a access.Actor, r access.Resource) bool {
			a.Roles = slices.DeleteFunc(slices.Clone(a.Roles), func(have domain.Role) bool { return have == role })
			return rule(a, r)
		}
		m["as if all had the role "+string(role)] = func(a access.Actor, r access.Resource) bool {
			a.Roles = append(slices.Clone(a.Roles), role)
			return rule(a, r)
		}
		m["as if the role "+string(role)+" sufficed"] = func(a access.Actor, r access.Resource) bool {
			return a.Is(role) || rule(a, r)
		}
	}
	return m
}

// answers is what a rule says to everybody about everything.
func answers(do access.Action) (all []bool) {
	for _, a := range everybody(here) {
		for _, r := range everything(here) {
			all = append(all, access.Can(a, do, r))
		}
	}
	return all
}

// TestAWrongRuleIsSeen changes every rule in every way that makes a difference
// to somebody, and wants the matrix to show it.
func TestAWrongRuleIsSeen(t *testing.T) {
	for _, do := range access.Actions() {
		rule, agreed, right := access.RuleOf(do), section(do), answers(do)
		for name, wrong := range mutants(rule) {
			access.SetRule(do, wrong)
			shown := section(do) != agreed
			different := !shown && !slices.Equal(answers(do), right)
			access.SetRule(do, rule)
			if different {
				t.Errorf("%s %s: the matrix does not show it", do, name)
			}
		}
	}
}
