package rules_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"koersvast/domain"
	"koersvast/domain/council"
	"koersvast/domain/evidence"
	"koersvast/domain/expectation"
	"koersvast/domain/measure"
	"koersvast/domain/method"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/domain/strategy"
	"koersvast/projections/consistency"
	"koersvast/projections/consistency/rules"
)

const today domain.Day = "2026-11-21"

var (
	folk       = []domain.PersonID{"anna", "bram", "carla", "dirk", "els", "cora"}
	pillars    = []domain.PillarID{"nabij", "zuinig"}
	behaviours = []domain.BehaviourID{"bellen", "mailen", "tellen"}
	pledges    = []domain.PromiseID{"p0", "p1", "p2", "p3", "p4", "p5", "p6"}
	goals      = []domain.GoalID{"g0", "g1"}
	sources    = []domain.SourceID{"s0", "s1", "s2", "s3"}
	parties    = []domain.Party{domain.Everyone, domain.TheMT, domain.Employees, domain.Team("noord"), domain.Person("bram")}
)

// dice draw a situation.
type dice struct{ *rapid.T }

func one[T any](d dice, of ...T) T { return rapid.SampledFrom(of).Draw(d.T, "one") }

// some draws a few of a list, none twice.
func some[T any](d dice, of ...T) []T {
	mixed := rapid.Permutation(of).Draw(d.T, "order")
	return mixed[:rapid.IntRange(0, len(of)).Draw(d.T, "many")]
}

func (d dice) yes() bool { return rapid.Bool().Draw(d.T, "yes") }

// day draws one of the last two years, or none.
func (d dice) day() domain.Day { return today.Add(-rapid.IntRange(0, 730).Draw(d.T, "ago")) }

func (d dice) maybeDay() domain.Day {
	if d.yes() {
		return ""
	}
	return d.day()
}

func (d dice) days() (list []domain.Day) {
	for range rapid.IntRange(0, 3).Draw(d.T, "days") {
		list = append(list, d.day())
	}
	return list
}

func (d dice) estimate(low, high float64) *measure.Estimate {
	value := rapid.Float64Range(low, high).Draw(d.T, "value")
	half := rapid.Float64Range(0, (high-low)/2).Draw(d.T, "half")
	return &measure.Estimate{Value: value, Interval: measure.Interval{Low: value - half, High: value + half}}
}

func (d dice) situation() consistency.Situation {
	s := consistency.Situation{Programme: "tide", Started: d.day(), Today: today}
	for _, id := range folk {
		s.People = append(s.People, consistency.Person{
			ID: id, Roles: some(d, domain.Roles...), Team: one(d, domain.TeamID(""), "noord"), Manager: one(d, "", folk[0]),
			Joined: d.day(), Gone: one(d, "", "", d.day()),
		})
	}
	for _, id := range pillars {
		s.Pillars = append(s.Pillars, consistency.Pillar{ID: id, Status: one(d, strategy.StatusAdopted, strategy.StatusProposed, strategy.StatusRetired), Since: d.day()})
	}
	for _, id := range behaviours {
		s.Behaviours = append(s.Behaviours, consistency.Behaviour{
			ID: id, Pillar: one(d, pillars...), Whose: one(d, domain.MT, domain.Employee), Counter: d.yes(),
			Status: one(d, strategy.StatusAdopted, strategy.StatusProposed), Since: d.day(),
		})
	}
	for _, id := range pledges {
		s.Promises = append(s.Promises, consistency.Promise{
			ID: id, By: one(d, folk[:2]...), RecordedBy: one(d, "", folk[2]), FromMT: d.yes(), Pillar: one(d, "", pillars[0]),
			To: some(d, parties...), Behaviours: some(d, behaviours...), Due: d.maybeDay(), Rhythm: rapid.IntRange(7, 365).Draw(d.T, "rhythm"),
			Status: one(d, promise.StatusActive, promise.StatusActive, promise.StatusProposed, promise.StatusDeclined, promise.StatusKept,
				promise.StatusBroken, promise.StatusRepaired, promise.StatusWithdrawn),
			Since: d.day(), Said: d.day(), Active: d.day(), Reworded: d.days(), PutOff: d.days(),
			Clear: rapid.IntRange(0, 5).Draw(d.T, "clear"), Erased: d.yes(), Reason: rapid.IntRange(-1, 60).Draw(d.T, "reason"),
			Explained: d.yes(), Repair: d.yes(),
		})
	}
	for i := range 4 {
		s.Expectations = append(s.Expectations, consistency.Expectation{
			ID: domain.ExpectationID(fmt.Sprint("e", i)), FromMT: d.yes(), Of: one(d, parties...), Said: d.day(),
			Status: one(d, expectation.StatusOpen, expectation.StatusAccepted, expectation.StatusDropped), Since: d.day(),
		})
	}
	for i := range 5 {
		s.Rounds = append(s.Rounds, d.round(domain.RoundID(fmt.Sprint("r", i))))
	}
	s.Coachings = []consistency.Coaching{d.coaching()}
	for _, id := range sources {
		s.Sources = append(s.Sources, consistency.Source{
			ID: id, Kind: one(d, evidence.Document, evidence.Interview, evidence.Observation), Document: one(d, evidence.Decision, evidence.Newsletter),
			Day: d.day(), Status: one(d, evidence.StatusCoding, evidence.StatusCoded, evidence.StatusPlanned), Recording: d.yes(),
		})
	}
	for i := range rapid.IntRange(0, 30).Draw(d.T, "fragments") {
		s.Fragments = append(s.Fragments, d.fragment(domain.FragmentID(fmt.Sprint("f", i))))
	}
	s.Council = council.Stand{Employees: one(d, 0, 49, 50), Kinds: some(d, domain.RoundKinds...)}
	return s
}

func (d dice) round(id domain.RoundID) consistency.Round {
	r := consistency.Round{
		ID: id, Kind: one(d, domain.RoundKinds...), Subject: one(d, folk[:2]...), Coach: "cora", Thresholds: domain.UsualThresholds,
		Status: one(d, round.StatusPlanned, round.StatusOpen, round.StatusClosed, round.StatusReleased, round.StatusReleased, round.StatusNothing, round.StatusCancelled),
		Since:  d.day(), Opens: d.day(), Closes: d.day(), Read: d.yes(), Debriefed: d.maybeDay(), Waived: d.yes(), Letter: d.yes(), Wordless: d.yes(),
		Shared: one(d, round.Nobody, round.WithMT, round.Everyone),
	}
	if r.Kind == domain.Check {
		r.Promise = one(d, pledges...)
	}
	for _, p := range some(d, folk[2:]...) {
		r.Raters = append(r.Raters, round.Rater{Person: p, Group: one(d, domain.Self, domain.Staff, domain.Peers, domain.Leaders)})
	}
	for i := range 3 {
		r.Questions = append(r.Questions, round.Question{ID: domain.QuestionID(fmt.Sprint("q", i)), Scale: round.HearSee, Behaviour: one(d, "", behaviours[0], behaviours[1])})
	}
	if r.Status == round.StatusPlanned || r.Status == round.StatusOpen {
		return r
	}
	r.Closed = r.Since
	if r.Status == round.StatusReleased && d.yes() {
		r.Report = d.report(r)
	}
	return r
}

func (d dice) report(r consistency.Round) *round.Report {
	report := &round.Report{Groups: []round.Group{
		{Group: domain.Staff, Shown: true, Invited: rapid.IntRange(5, 20).Draw(d.T, "invited"), Band: measure.Band8, Turnout: one(d, "", round.UnderHalf, round.Nearly)},
		{Group: domain.Leaders, Shown: d.yes(), Invited: 6},
	}}
	if d.yes() {
		report.Score, report.Of = d.estimate(0, 100), 2
	}
	if d.yes() {
		report.Quality = &round.Quality{Top: 10 * rapid.IntRange(0, 10).Draw(d.T, "top"), Straight: 10 * rapid.IntRange(0, 10).Draw(d.T, "straight")}
	}
	for _, q := range r.Questions {
		item := round.Item{Question: q.ID, Self: &round.Mark{Sees: rapid.IntRange(0, 5).Draw(d.T, "self")}}
		for _, g := range report.Groups {
			cell := round.Cell{Group: g.Group, Shown: g.Shown}
			if g.Shown {
				cell.Sees, cell.Unseen, cell.Spread = d.estimate(1, 5), new(10*rapid.IntRange(0, 10).Draw(d.T, "unseen")), []int{20, 20, 20, 20, 20}
			}
			item.Cells = append(item.Cells, cell)
		}
		if d.yes() {
			all := item.Cells[0]
			item.All = &all
		}
		if d.yes() {
			item.Gap = &round.Gap{Estimate: *d.estimate(-4, 4), Window: one(d, measure.BlindSpot, measure.HiddenStrength, measure.KnownPoint)}
			item.SayDo, item.Apart = d.estimate(-4, 4), new(rapid.Float64Range(0, 2).Draw(d.T, "apart"))
			item.Change = &round.Change{Estimate: *d.estimate(-4, 4), Real: d.yes(), Since: "r0"}
		}
		report.Items = append(report.Items, item)
	}
	return report
}

func (d dice) coaching() consistency.Coaching {
	c := consistency.Coaching{ID: "c0", Coach: one(d, folk...), Coachee: folk[0], Sponsor: folk[1], Agreed: d.maybeDay(), Closed: d.maybeDay()}
	for range rapid.IntRange(0, 2).Draw(d.T, "sessions") {
		c.Sessions = append(c.Sessions, consistency.Session{Round: one(d, "", domain.RoundID("r0")), Day: d.day(), Held: d.maybeDay()})
	}
	for _, id := range goals {
		set := d.day()
		c.Goals = append(c.Goals, consistency.Goal{
			ID: id, Set: set, Progress: max(set, d.day()), Active: d.yes(), Behaviour: one(d, "", behaviours[0]), Round: one(d, "", domain.RoundID("r0")),
			Shared: some(d, parties...),
		})
	}
	return c
}

func (d dice) fragment(id domain.FragmentID) consistency.Fragment {
	f := consistency.Fragment{ID: id, Source: one(d, sources...), Kind: one(d, evidence.Document, evidence.Interview), Document: one(d, evidence.Decision, evidence.Newsletter)}
	f.Coding = evidence.Coding{
		Direction: one(d, evidence.Directions...), Stance: one(d, evidence.Stances...), Link: one(d, evidence.Links...), Day: d.day(),
	}
	switch one(d, "promise", "behaviour", "pillar") {
	case "promise":
		f.Promise = one(d, pledges...)
	case "behaviour":
		f.Behaviour = one(d, behaviours...)
	default:
		f.Pillar = one(d, pillars...)
	}
	return f
}

func evaluate(s consistency.Situation) []consistency.Finding {
	return consistency.Evaluate(s, method.Config{}, rules.All())
}

// drawn checks something of many situations.
func drawn(t *testing.T, check func(t *rapid.T, s consistency.Situation)) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) { check(t, dice{t}.situation()) })
}

func TestTheSameSituationGivesTheSameFindings(t *testing.T) {
	drawn(t, func(t *rapid.T, s consistency.Situation) {
		before := fmt.Sprintf("%+v", s)
		first, second := evaluate(s), evaluate(s)
		if diff := cmp.Diff(first, second); diff != "" {
			t.Fatalf("asked twice (-first +second):\n%s", diff)
		}
		if fmt.Sprintf("%+v", s) != before {
			t.Fatal("asking changed the situation")
		}
	})
}

func TestTheOrderOfPeopleAndRatersSaysNothing(t *testing.T) {
	drawn(t, func(t *rapid.T, s consistency.Situation) {
		want := evaluate(s)
		s.People = rapid.Permutation(s.People).Draw(t, "people")
		for i, r := range s.Rounds {
			s.Rounds[i].Raters = rapid.Permutation(r.Raters).Draw(t, "raters")
		}
		if diff := cmp.Diff(want, evaluate(s)); diff != "" {
			t.Fatalf("in another order (-want +got):\n%s", diff)
		}
	})
}

func TestAFindingIsAboutWhatIsThere(t *testing.T) {
	drawn(t, func(t *rapid.T, s consistency.Situation) {
		there := thingsOf(s)
		once := map[string]bool{}
		for _, f := range evaluate(s) {
			for _, o := range slices.Concat([]consistency.Object{f.Object}, f.Evidence) {
				if !there[o] {
					t.Fatalf("%s finds %v, which is not there", f.Rule, o)
				}
			}
			for name, o := range f.Things {
				if !there[o] && o.Kind != "term" {
					t.Fatalf("%s names %v as %s, which is not there", f.Rule, o, name)
				}
			}
			if f.Since > s.Today || !f.Since.Valid() {
				t.Fatalf("%s finds something since %q", f.Rule, f.Since)
			}
			if id := string(f.Rule) + f.Object.Kind + f.Object.ID; once[id] {
				t.Fatalf("%s finds two things about %v", f.Rule, f.Object)
			} else {
				once[id] = true
			}
		}
	})
}

// thingsOf returns all that can be an object in a situation.
func thingsOf(s consistency.Situation) map[consistency.Object]bool {
	there := map[consistency.Object]bool{consistency.The(s.Programme): true}
	for _, x := range s.People {
		there[consistency.The(x.ID)] = true
		there[consistency.The(x.Team)] = true
	}
	for _, x := range s.Pillars {
		there[consistency.The(x.ID)] = true
	}
	for _, x := range s.Behaviours {
		there[consistency.The(x.ID)] = true
	}
	for _, x := range s.Promises {
		there[consistency.The(x.ID)] = true
	}
	for _, x := range s.Expectations {
		there[consistency.The(x.ID)] = true
	}
	for _, x := range s.Rounds {
		there[consistency.The(x.ID)] = true
	}
	for _, c := range s.Coachings {
		there[consistency.The(c.ID)] = true
		for _, x := range c.Goals {
			there[consistency.The(x.ID)] = true
		}
	}
	for _, x := range s.Sources {
		there[consistency.The(x.ID)] = true
	}
	for _, x := range s.Fragments {
		there[consistency.The(x.ID)] = true
	}
	return there
}

func TestOfAWithdrawnPromiseNoCheckIsAsked(t *testing.T) {
	onChecks := map[domain.RuleID]bool{"CR-01": true, "CR-14": true, "CR-15": true, "CR-16": true}
	for _, r := range rules.All() {
		if r.Category == consistency.Checks {
			onChecks[r.ID] = true
		}
	}
	drawn(t, func(t *rapid.T, s consistency.Situation) {
		withdrawn := map[consistency.Object]bool{}
		for i := range s.Promises {
			if s.Promises[i].Status == promise.StatusWithdrawn {
				withdrawn[consistency.The(s.Promises[i].ID)] = true
			}
		}
		for _, f := range evaluate(s) {
			if onChecks[f.Rule] && withdrawn[f.Object] {
				t.Fatalf("%s finds %v, which was withdrawn", f.Rule, f.Object)
			}
		}
	})
}

func TestNobodySeesWhatIsNotTheirs(t *testing.T) {
	audience := map[domain.RuleID]consistency.Audience{}
	for _, r := range rules.All() {
		audience[r.ID] = r.Audience
	}
	drawn(t, func(t *rapid.T, s consistency.Situation) {
		coaches := map[domain.PersonID][]domain.PersonID{}
		for _, r := range s.Rounds {
			coaches[r.Subject] = append(coaches[r.Subject], r.Coach)
		}
		for _, c := range s.Coachings {
			coaches[c.Coachee] = append(coaches[c.Coachee], c.Coach)
		}
		for _, f := range evaluate(s) {
			a := audience[f.Rule]
			if f.Owner != "" && !a.Owner || f.Coach != "" && !a.Coach || f.Recorder != "" && !a.Recorder {
				t.Fatalf("%s is for %+v, and finds %+v", f.Rule, a, f)
			}
			if f.Coach != "" && f.Owner != "" && f.Coach != f.Owner && !slices.Contains(coaches[f.Owner], f.Coach) {
				t.Fatalf("%s tells %s of %s, whom they do not coach", f.Rule, f.Coach, f.Owner)
			}
			for _, role := range f.Roles {
				if !slices.Contains(a.Roles, role) && !slices.Contains(a.Whole, role) {
					t.Fatalf("%s is for %+v, and tells %s", f.Rule, a, role)
				}
			}
		}
	})
}
