package main

import (
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"koersvast/domain"
	"koersvast/domain/catalog"
	"koersvast/domain/coaching"
	"koersvast/domain/consistency"
	"koersvast/domain/council"
	"koersvast/domain/evidence"
	"koersvast/domain/expectation"
	"koersvast/domain/finding"
	"koersvast/domain/method"
	"koersvast/domain/programme"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/domain/strategy"
	"koersvast/eventstore"
	"koersvast/eventstore/keys"
	"koersvast/projections"
	"koersvast/projections/projectionstest"
)

// TestLiveModelsEqualRebuiltOnes lets people ask anything in any order, and
// holds the tables that followed act by act, those that followed in batches
// and those that were made afterwards against each other.
func TestLiveModelsEqualRebuiltOnes(t *testing.T) {
	t.Parallel()
	happened := map[string]int{}
	rapid.Check(t, func(r *rapid.T) {
		log := eventstore.NewMemory(eventstore.NewCodec(catalog.Events(), &keys.Memory{}))
		store := eventstore.NewStore(log)
		oneByOne, inBatches, afterwards := openModels(t, r), openModels(t, r), openModels(t, r)
		catchUp(r, oneByOne, log)

		started := map[domain.ProgrammeID]bool{}
		for i := range rapid.IntRange(110, 140).Draw(r, "acts") {
			act := domain.Act{
				ID:        domain.ActID(fmt.Sprint("act-", i)),
				Programme: rapid.SampledFrom([]domain.ProgrammeID{"tide", "tide", "tide", "tide", "ebb"}).Draw(r, "programme"),
				By:        anyOf(r, []domain.PersonID{"anna", "anna", "bram", "cees"}),
				At:        time.Date(2026, 3, 2, 9, 0, 0, 0, domain.Zone).AddDate(0, 0, i),
			}
			first := !started[act.Programme]
			started[act.Programme] = true
			for range 6 { // or until something is allowed
				steps := drawSteps(r, act)
				if first {
					steps = start(act.Programme)
				}
				_, err := eventstore.ExecuteAll(t.Context(), store, act, steps...)
				if err == nil {
					break
				}
				if domain.KindOf(err) == domain.Internal {
					r.Fatal(err)
				}
			}
			catchUp(r, oneByOne, log)
			if rapid.IntRange(0, 9).Draw(r, "cut") == 0 {
				catchUp(r, inBatches, log)
			}
		}
		catchUp(r, inBatches, log)
		catchUp(r, afterwards, log)

		for rec, err := range log.After(t.Context(), 0) {
			if err != nil {
				r.Fatal(err)
			}
			for _, e := range rec.Events {
				happened[e.EventName()]++
			}
		}
		want := projectionstest.Dump(t, afterwards)
		if diff := cmp.Diff(want, projectionstest.Dump(t, oneByOne)); diff != "" {
			r.Fatalf("tables that followed one by one (-rebuilt +live):\n%s", diff)
		}
		if diff := cmp.Diff(want, projectionstest.Dump(t, inBatches)); diff != "" {
			r.Fatalf("tables that followed in batches (-rebuilt +live):\n%s", diff)
		}
	})
	var never []string
	for _, e := range catalog.Events() {
		if happened[e.Name] == 0 {
			never = append(never, e.Name)
		}
	}
	if len(never) > len(catalog.Events())/10 {
		t.Errorf("never happened: %q; what is asked has to be more likely", never)
	}
}

// openModels opens tables of all models, which are gone after the check.
func openModels(t *testing.T, r *rapid.T) *projections.Projector {
	dir, err := os.MkdirTemp(t.TempDir(), "")
	if err != nil {
		r.Fatal(err)
	}
	p, err := projections.Open(t.Context(), dir, models, projections.Options{})
	if err != nil {
		r.Fatal(err)
	}
	r.Cleanup(func() {
		_ = p.Close()
		_ = os.RemoveAll(dir)
	})
	return p
}

func catchUp(r *rapid.T, p *projections.Projector, log eventstore.Log) {
	if err := p.CatchUp(r.Context(), log); err != nil {
		r.Fatal(err)
	}
}

// What people ask about. There is little of everything, so that they often ask
// about the same.
var (
	person     = rapid.SampledFrom([]domain.PersonID{"anna", "anna", "anna", "bram"})
	textOf     = rapid.SampledFrom([]string{"Ik bel elke week.", "Wij gaan langs.", "Het liep anders."})
	teamID     = rapid.SampledFrom([]domain.TeamID{"noord", "zuid"})
	pillarID   = rapid.SampledFrom([]domain.PillarID{"nabij", "nabij", "nabij", "lef"})
	partyOf    = rapid.SampledFrom([]domain.Party{domain.TheMT, domain.Employees, "team/noord", "person/cees"})
	promiseID  = rapid.SampledFrom([]domain.PromiseID{"p1", "p1", "p1", "p2"})
	expectedID = rapid.SampledFrom([]domain.ExpectationID{"e1", "e1", "e1", "e2"})
	dueDay     = rapid.SampledFrom([]domain.Day{"2026-12-31", "2027-06-30", ""})
	happenedOn = rapid.SampledFrom([]domain.Day{"2026-03-01", ""})
	rolesOf    = rapid.SampledFrom([][]domain.Role{{domain.Lead}, {domain.MT, domain.Lead}, {domain.Employee}, {domain.Coach, domain.Lead}})
	behaviours = rapid.SampledFrom([][]domain.BehaviourID{nil, {"bellen"}, {"bellen", "luisteren"}})
)

// drawSteps draws what somebody asks in the programme of an act.
func drawSteps(r *rapid.T, act domain.Act) []eventstore.Step {
	in, today := act.Programme, act.Today()
	text := func() string { return textOf.Draw(r, "text") }
	programme := func() []eventstore.Step { return programmeSteps(r, in, text) }
	strategy := func() []eventstore.Step { return strategySteps(r, in, text) }
	promise := func() []eventstore.Step { return promiseSteps(r, text) }
	expectation := func() []eventstore.Step { return expectationSteps(r, in, text) }
	council := func() []eventstore.Step { return councilSteps(r, in, text) }
	coaching := func() []eventstore.Step { return coachingSteps(r, text) }
	round := func() []eventstore.Step { return roundSteps(r, text) }
	evidence := func() []eventstore.Step { return evidenceSteps(r, text) }
	method := func() []eventstore.Step { return methodSteps(r, in, text) }
	finding := func() []eventstore.Step { return findingSteps(r, today, text) }
	consistency := func() []eventstore.Step { return consistencySteps(r, text) }
	// Most is asked of promises, which have the longest way to go.
	asks := []func() []eventstore.Step{
		programme, strategy, strategy, promise, promise, promise, promise, expectation, expectation, council,
		coaching, coaching, coaching, coaching, round, round, round, round, round,
		evidence, evidence, evidence, method, finding, consistency,
	}
	return anyOf(r, asks)()
}

// anyOf draws one of a list, each as likely as the next. [rapid.SampledFrom]
// prefers those in front, and would seldom come to how things end.
func anyOf[T any](r *rapid.T, list []T) T {
	i := 0
	for range 7 {
		i *= 2
		if rapid.Bool().Draw(r, "choice") {
			i++
		}
	}
	return list[i%len(list)]
}

func do[S any](cmd domain.Command[S]) []eventstore.Step {
	return []eventstore.Step{eventstore.Do(cmd)}
}

// coachKey is what some coach holds: the base point of P-256.
const coachKey domain.Bytes = "BGsX0fLhLEJH+Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT+NC4v4af5uO5+tKfA+eFivOM1drMV7Oy7ZAaDe/UfU="

func start(in domain.ProgrammeID) []eventstore.Step {
	return do(programme.Start{ID: in, Name: string(in), Lead: "anna", LeadName: "Anna", LeadEmail: "anna@example.org", AlsoManages: true})
}

func programmeSteps(r *rapid.T, in domain.ProgrammeID, text func() string) []eventstore.Step {
	who, team := person.Draw(r, "person"), teamID.Draw(r, "team")
	return do(anyOf(r, []domain.Command[programme.State]{
		programme.Rename{ID: in, Name: text()},
		programme.FormTeam{Programme: in, ID: team, Name: string(team)},
		programme.RenameTeam{Programme: in, ID: team, Name: text()},
		programme.AddPeople{Programme: in, People: []programme.NewPerson{{ID: who, Name: text(), Roles: rolesOf.Draw(r, "roles")}}},
		programme.AddPeople{
			Programme: in, Teams: []programme.NewTeam{{ID: "zuid", Name: "Zuid"}},
			People: []programme.NewPerson{
				{ID: who, Name: text(), Team: "zuid", Roles: rolesOf.Draw(r, "roles")},
				{ID: "cees", Name: "Cees", Roles: []domain.Role{domain.Employee, domain.Lead}},
			},
		},
		programme.CorrectPerson{Programme: in, ID: who, Name: text(), Function: text()},
		programme.PlacePerson{Programme: in, ID: who, Team: rapid.SampledFrom([]domain.TeamID{team, ""}).Draw(r, "to")},
		programme.GiveRoles{Programme: in, ID: who, Roles: rolesOf.Draw(r, "roles")},
		programme.SetManager{Programme: in, ID: who, Manager: person.Draw(r, "manager")},
		programme.HoldKey{Programme: in, Public: coachKey, Wrapped: text()},
		programme.Leave{Programme: in, ID: who},
	}))
}

func strategySteps(r *rapid.T, in domain.ProgrammeID, text func() string) []eventstore.Step {
	pillar := pillarID.Draw(r, "pillar")
	return do(anyOf(r, []domain.Command[strategy.State]{
		strategy.FormulateMission{Programme: in, Text: text()},
		strategy.FormulateVision{Programme: in, Text: text()},
		strategy.ChooseCoreValue{Programme: in, ID: "lef", Name: text(), Meaning: text()},
		strategy.DropCoreValue{Programme: in, ID: "lef", Why: text()},
		strategy.ProposePillar{Programme: in, ID: pillar, Name: text(), Meaning: text()},
		strategy.ProposePillar{Programme: in, ID: pillar, Name: text()},
		strategy.AdoptPillar{Programme: in, ID: pillar},
		strategy.RewordPillar{Programme: in, ID: pillar, Name: text(), Meaning: text(), Why: text()},
		strategy.RetirePillar{Programme: in, ID: pillar, Why: text()},
		strategy.StateAmbition{Programme: in, ID: "lef", Pillar: pillar, Text: text(), Year: 2028},
		strategy.DropAmbition{Programme: in, ID: "lef", Why: text()},
		strategy.SetObjective{Programme: in, ID: "lef", Pillar: pillar, Text: text(), Year: 2027},
		strategy.DropObjective{Programme: in, ID: "lef", Why: text()},
		strategy.ProposeBehaviour{Programme: in, ID: "bellen", Pillar: pillar, Whose: domain.MT, Counter: rapid.Bool().Draw(r, "counter"), Text: text()},
		strategy.AgreeBehaviour{Programme: in, ID: "bellen"},
		strategy.RewordBehaviour{Programme: in, ID: "bellen", Text: text(), Why: text()},
		strategy.DropBehaviour{Programme: in, ID: "bellen", Why: text()},
	}))
}

func promiseSteps(r *rapid.T, text func() string) []eventstore.Step {
	id := promiseID.Draw(r, "promise")
	terms := promise.Terms{Wording: text(), Noticed: text()}
	details := promise.Details{
		To: []domain.Party{partyOf.Draw(r, "to"), domain.Everyone}, Pillar: pillarID.Draw(r, "pillar"),
		Behaviours: behaviours.Draw(r, "behaviours"), Due: dueDay.Draw(r, "due"),
	}
	return do(anyOf(r, []domain.Command[promise.State]{
		promise.Make{ID: id, Terms: terms, Details: details},
		promise.Make{ID: id, Terms: terms, Details: details},
		promise.Propose{ID: id, By: person.Draw(r, "promiser"), Terms: terms, Details: details},
		promise.Propose{ID: id, By: person.Draw(r, "promiser"), Terms: terms, Details: details},
		promise.Accept{ID: id},
		promise.Decline{ID: id, Why: text()},
		promise.Reword{ID: id, Terms: terms, Why: text()},
		promise.Move{ID: id, Due: dueDay.Draw(r, "due"), Why: text()},
		promise.Link{ID: id, Behaviours: behaviours.Draw(r, "behaviours")},
		promise.SetRhythm{ID: id, Days: rapid.SampledFrom([]int{30, 60}).Draw(r, "days")},
		promise.Withdraw{ID: id, Why: text()},
		promise.Explain{ID: id, Text: text()},
		promise.Keep{ID: id, On: happenedOn.Draw(r, "on")},
		promise.Break{ID: id, On: happenedOn.Draw(r, "on"), Why: text()},
		promise.AgreeRepair{ID: id, Text: text(), Due: "2027-01-31"},
		promise.AgreeRepair{ID: id, Text: text(), Due: "2027-02-28"},
		promise.CompleteRepair{ID: id},
		promise.CompleteRepair{ID: id, On: happenedOn.Draw(r, "on")},
		promise.Reopen{ID: id, Why: text()},
	}))
}

// expectationSteps are about an expectation; yes is a promise in the same act,
// under a pillar that stands.
func expectationSteps(r *rapid.T, in domain.ProgrammeID, text func() string) []eventstore.Step {
	id := expectedID.Draw(r, "expectation")
	if anyOf(r, []bool{true, false, false}) {
		answer, pillar := domain.PromiseID("to-"+id), pillarID.Draw(r, "pillar")
		steps := []eventstore.Step{
			eventstore.Do(promise.Make{ID: answer, Terms: promise.Terms{Wording: text()}, Details: promise.Details{To: []domain.Party{partyOf.Draw(r, "to")}, Expectation: id, Pillar: pillar}}),
			eventstore.Do(expectation.Accept{ID: id, Promise: answer}),
		}
		if rapid.Bool().Draw(r, "under a pillar that stands") {
			steps = append(steps, eventstore.While(strategy.Stands{Programme: in, Pillar: pillar}))
		}
		return steps
	}
	return do(anyOf(r, []domain.Command[expectation.State]{
		expectation.Express{ID: id, Of: partyOf.Draw(r, "of"), Text: text()},
		expectation.Express{ID: id, Of: partyOf.Draw(r, "of"), Text: text()},
		expectation.Decline{ID: id, Why: text()},
		expectation.Counter{ID: id, Offer: text()},
		expectation.TakeOffer{ID: id},
		expectation.TakeOffer{ID: id},
		expectation.Drop{ID: id, Why: text()},
	}))
}

func councilSteps(r *rapid.T, in domain.ProgrammeID, text func() string) []eventstore.Step {
	number := rapid.IntRange(1, 3).Draw(r, "number")
	note := council.Note{On: happenedOn.Draw(r, "on"), Reference: "OR 14"}
	return do(anyOf(r, []domain.Command[council.State]{
		council.Size{Programme: in, Employees: rapid.IntRange(48, 52).Draw(r, "employees")},
		council.AskConsent{Programme: in, Kinds: domain.RoundKinds, Thresholds: domain.UsualThresholds, Scope: text()},
		council.AskConsent{Programme: in, Kinds: domain.RoundKinds[:1], Thresholds: domain.UsualThresholds},
		council.Grant{Programme: in, Number: number, Conditions: text(), Note: note},
		council.Grant{Programme: in, Number: number, Note: note},
		council.RefuseConsent{Programme: in, Number: number, Why: text(), Note: note},
		council.WithdrawConsent{Programme: in, Number: number, Why: text()},
		council.WithdrawConsent{Programme: in, Number: number, Why: text(), Note: council.Note{Reference: "OR 15"}},
	}))
}

// roundSteps draws what is asked about Anna, with Bram as her coach. What must
// come one after the other is often asked at once, or a round would seldom come
// to its end.
func roundSteps(r *rapid.T, text func() string) []eventstore.Step {
	id := rapid.SampledFrom([]domain.RoundID{"r1", "r2"}).Draw(r, "round")
	plan := round.Plan{
		ID: id, Kind: domain.Feedback, Subject: "anna", Coach: "bram", Questions: round.OfFeedback(nil, true),
		Opens: "2026-03-20", Closes: "2026-03-24", Thresholds: domain.Thresholds{Peers: 3, Leaders: 3, Staff: 3},
	}
	if id == "r2" {
		plan.Kind, plan.Promise, plan.Questions = domain.Check, "p1", round.OfCheck(text(), "nabij", nil)
	}
	var raters []round.Rater
	for _, who := range []domain.PersonID{"cees", "dina", "emma", "fred"} {
		raters = append(raters, round.Rater{Person: who, Group: domain.Staff})
	}
	var (
		planned  = eventstore.Do(plan)
		proposed = eventstore.Do(round.ProposeRaters{ID: id, Raters: raters})
		approved = eventstore.Do(round.ApproveRaters{ID: id, Raters: raters})
		opened   = eventstore.Do(round.Open{ID: id, Key: "AA==", Boxes: []round.Box{
			{Group: domain.Self, ID: round.BoxID(id + "-self"), Manifest: "AA=="}, {Group: domain.Staff, ID: round.BoxID(id + "-staff"), Manifest: "AA=="},
		}})
		closed   = eventstore.Do(round.Close{ID: id})
		nothing  = eventstore.Do(round.Release{ID: id})
		released = eventstore.Do(round.Release{ID: id, Outcome: round.Outcome{
			Report:   round.Report{Groups: []round.Group{{Group: domain.Staff, Shown: true}}},
			Comments: []round.Comment{{ID: "c1", Question: "keep", Text: text(), Use: round.Literally}, {ID: "c2", Question: "keep", Text: text(), Use: round.ForCoach}},
			Receipts: []round.Receipt{"aa", "bb"},
		}})
	)
	read, debriefed := eventstore.Do(round.ReadFirst{ID: id}), eventstore.Do(round.HoldDebrief{ID: id})
	seldom := anyOf(r, [][]eventstore.Step{
		do(round.Cancel{ID: id, Why: text()}),
		{closed},
		{closed, nothing},
		{opened},
		do(round.WaiveDebrief{ID: id}), do(round.Mask{ID: id, Comment: "c1", Why: text()}),
	})
	return anyOf(r, [][]eventstore.Step{
		{planned},
		{planned, proposed},
		{planned, approved, opened},
		{planned, approved, opened},
		{approved, opened},
		{approved},
		do(round.DeclineToRate{ID: id}), do(round.Extend{ID: id, Closes: "2026-03-26"}), do(round.Remind{ID: id}),
		{closed, released},
		{closed, released},
		{closed, released, read},
		{closed, released, read},
		seldom,
		{read},
		do(round.Paraphrase{ID: id, Question: "keep", Text: text()}),
		{read, debriefed},
		{read, debriefed},
		do(round.Share{ID: id, With: round.WithMT}), do(round.ThankRaters{ID: id, Letter: text()}),
	})
}

// coachingSteps are about Bram coaching Anna, for which Cees pays.
func coachingSteps(r *rapid.T, text func() string) []eventstore.Step {
	const id = "c1"
	var (
		terms   = coaching.Terms{Aims: text(), SetUp: text(), From: "2026-01-01", Until: "2026-12-31"}
		meeting = rapid.SampledFrom([]domain.CoachingSessionID{"s1", "s2"}).Draw(r, "session")
		slot    = coaching.Slot{Day: "2026-03-02", Start: "14:30", Minutes: 60}
		note    = rapid.SampledFrom([]domain.NoteID{"n1", "n2", "n3"}).Draw(r, "note")
		goal    = rapid.SampledFrom([]domain.GoalID{"g1", "g2"}).Draw(r, "goal")
	)
	// Seldom, or the three would never come to agree.
	other := anyOf(r, []domain.Command[coaching.State]{
		coaching.Agree{ID: id, Version: 2},
		coaching.Agree{ID: id, Version: 2},
		coaching.Revise{ID: id, Terms: terms, Why: text()},
		coaching.Decline{ID: id, Version: 1, Why: text()},
		coaching.Close{ID: id, On: happenedOn.Draw(r, "on")},
	})
	return do(anyOf(r, []domain.Command[coaching.State]{
		coaching.Propose{ID: id, Coach: "bram", Coachee: "anna", Sponsor: "cees", Reason: coaching.AfterFeedback, Terms: terms},
		coaching.Agree{ID: id, Version: 1},
		coaching.Agree{ID: id, Version: 1},
		coaching.Agree{ID: id, Version: 1},
		coaching.Agree{ID: id, Version: 1},
		other,
		coaching.PlanSession{ID: id, Session: meeting, Round: "r1", Slot: slot, Place: text()},
		coaching.MoveSession{ID: id, Session: meeting, Slot: slot, Place: text(), Why: text()},
		coaching.CancelSession{ID: id, Session: meeting, Why: text()},
		coaching.HoldSession{ID: id, Session: meeting},
		coaching.ShareNote{ID: id, Note: note, Text: text()},
		coaching.KeepNote{ID: id, Note: note, Text: text()},
		coaching.AmendNote{ID: id, Note: note, Text: text()},
		coaching.SetGoal{ID: id, Goal: goal, Text: text(), Links: coaching.Links{Promise: promiseID.Draw(r, "promise")}},
		coaching.ReviseGoal{ID: id, Goal: goal, Text: text(), Why: text()},
		coaching.NoteProgress{ID: id, Goal: goal, Text: text()},
		coaching.CompleteGoal{ID: id, Goal: goal},
		coaching.DropGoal{ID: id, Goal: goal, Why: text()},
		coaching.ShareGoal{ID: id, Goal: goal, With: []domain.Party{partyOf.Draw(r, "with")}},
	}))
}

// evidenceSteps are about a document, an interview and an observation. Coding
// comes to its end when somebody else than the first coder codes too, and
// compares at once.
func evidenceSteps(r *rapid.T, text func() string) []eventstore.Step {
	var (
		id       = rapid.SampledFrom([]domain.SourceID{"s1", "s2", "s1", "s3"}).Draw(r, "source")
		fragment = rapid.SampledFrom([]domain.FragmentID{"f1", "f2"}).Draw(r, "fragment")
		coding   = evidence.Coding{
			Promise: promiseID.Draw(r, "promise"), Day: "2026-01-05", With: rapid.SampledFrom([]domain.SourceID{"", "s1"}).Draw(r, "with"),
			Direction: rapid.SampledFrom([]evidence.Direction{evidence.Does, evidence.Says}).Draw(r, "direction"),
			Stance:    rapid.SampledFrom(evidence.Stances).Draw(r, "stance"), Link: rapid.SampledFrom(evidence.Links).Draw(r, "link"),
		}
		ofPillar = evidence.Coding{Pillar: pillarID.Draw(r, "pillar"), Direction: evidence.Does} // and the rest later

		consented = eventstore.Do(evidence.RecordConsent{ID: "s2", On: "2026-01-05", Recording: true})
		held      = eventstore.Do(evidence.HoldInterview{ID: "s2", On: "2026-01-05"})
		added     = eventstore.Do(evidence.AddFragment{ID: id, Fragment: fragment, Text: text(), Place: text()})
		coded     = eventstore.Do(evidence.Code{ID: id, Fragment: fragment, Coding: coding})
		compared  = eventstore.Do(evidence.CompareCodings{ID: id})
	)
	seldom := anyOf(r, []domain.Command[evidence.State]{
		evidence.WithdrawConsent{ID: "s2"},
		evidence.CancelInterview{ID: "s2"},
		evidence.DropFragment{ID: id, Fragment: fragment, Why: text()},
	})
	return anyOf(r, [][]eventstore.Step{
		do(evidence.RegisterDocument{ID: "s1", Document: evidence.Minutes, Title: text(), Day: "2026-01-05"}),
		do(evidence.PlanInterview{ID: "s2", Group: domain.Employee, Day: "2026-01-05"}),
		do(evidence.RegisterObservation{ID: "s3", Occasion: text(), Day: "2026-01-05", Independent: true}),
		{consented},
		{consented, held},
		do(evidence.DestroyRecording{ID: "s2", On: "2026-01-05"}),
		do(evidence.AddFragment{ID: id, Fragment: fragment, Text: text()}),
		{added, coded},
		{added, coded},
		{coded},
		{coded, compared},
		{coded, compared},
		do(evidence.Code{ID: id, Fragment: fragment, Coding: ofPillar}),
		do(evidence.UndoCoding{ID: id, Fragment: fragment}),
		do(evidence.Contest{ID: id, Fragment: fragment, Text: text()}),
		do(evidence.FinishCoding{ID: id}),
		do(evidence.ResumeCoding{ID: id}),
		do(seldom),
	})
}

// methodSteps change two numbers, and two rules.
func methodSteps(r *rapid.T, in domain.ProgrammeID, text func() string) []eventstore.Step {
	var (
		number = rapid.SampledFrom([]method.Number{method.Employees, method.HalfLife}).Draw(r, "number")
		usual  = number.Range()
		value  = rapid.SampledFrom([]method.Value{usual.Lowest, usual.Most, usual.Usual}).Draw(r, "value")
		rule   = rapid.SampledFrom([]domain.RuleID{"CR-01", "CR-02"}).Draw(r, "rule")
		days   = method.Range{Usual: 30 * method.One, Lowest: 7 * method.One, Most: 90 * method.One, Whole: true}
		tuned  = rapid.SampledFrom([]method.Value{days.Most, days.Usual}).Draw(r, "tuned")
	)
	return do(anyOf(r, []domain.Command[method.Config]{
		method.Configure{Programme: in, Number: number, Value: value, Why: text()},
		method.Tune{Programme: in, Rule: rule, Param: "days", Value: tuned, Within: days, Why: text()},
		method.SwitchOff{Programme: in, Rule: rule, Why: text()},
		method.SwitchOn{Programme: in, Rule: rule, Why: text()},
	}))
}

// What a rule finds about a promise of Anna, and another one about nobody.
var (
	aboutPromise = finding.Raise{
		Rule: "CR-01", Version: 1, Severity: "attention", Kind: "promise", Object: "p1", Position: 1,
		Owner: "anna", Coach: "bram", Roles: []domain.Role{domain.Lead},
	}
	aboutPillar = finding.Raise{Rule: "CR-26", Version: 1, Severity: "talk", Kind: "pillar", Object: "nabij", Position: 1, Roles: []domain.Role{domain.MT}}
)

// findingSteps are about two findings, of which one may block some day.
func findingSteps(r *rapid.T, today domain.Day, text func() string) []eventstore.Step {
	raise := anyOf(r, []finding.Raise{aboutPromise, aboutPillar})
	id, graver := raise.ID(), raise
	graver.Severity, graver.Blocks = "blocks", rapid.Bool().Draw(r, "blocks")
	newer := raise
	newer.Version = 2
	return do(anyOf(r, []domain.Command[finding.State]{
		raise,
		raise,
		anyOf(r, []finding.Raise{graver, newer}),
		finding.Clear{ID: id, Position: 2},
		finding.Discuss{ID: id, Note: text()},
		finding.Discuss{ID: id},
		finding.Resolve{ID: id, How: text()},
		finding.Dismiss{ID: id, Why: text()},
		finding.Snooze{ID: id, Until: today.Add(rapid.IntRange(1, finding.SnoozeMost).Draw(r, "days"))},
		finding.Reopen{ID: id},
	}))
}

// consistencySteps are about two checks, with Anna and Bram in the management
// team. What must come one after the other is often asked at once, or there
// would seldom be a picture.
func consistencySteps(r *rapid.T, text func() string) []eventstore.Step {
	var (
		id      = anyOf(r, []domain.CheckID{"k1", "k2"})
		picture = consistency.Picture{
			CutOff: 1, Ruleset: "c0ffee", Thresholds: domain.UsualThresholds,
			Rows:      []consistency.Row{{Pillar: "nabij", Promises: 2, Fresh: 1, Coverage: 50}},
			Questions: []consistency.Question{{Finding: aboutPillar.ID(), Rule: aboutPillar.Rule, Version: 1, Severity: "talk", About: consistency.Thing{Kind: "pillar", ID: "nabij"}}},
		}
		partOfAnna = consistency.Part{
			Rows:      []consistency.Row{{Promise: "p1", Promises: 1, Fresh: 1, Coverage: 100}},
			Questions: []consistency.Question{{Finding: aboutPromise.ID(), Rule: aboutPromise.Rule, Version: 1, Severity: "attention", About: consistency.Thing{Kind: "promise", ID: "p1"}}},
		}

		opened    = eventstore.Do(consistency.Open{ID: id, Purpose: text(), Pillars: []domain.PillarID{"nabij"}, From: "2026-01-01", Until: "2026-06-30", Reference: "OR 14"})
		annaHeard = eventstore.Do(consistency.ReadBack{ID: id, Member: "anna"})
		bramHeard = eventstore.Do(consistency.ReadBack{ID: id, Member: "bram"})
		published = eventstore.Do(consistency.Publish{
			ID: id, Members: []domain.PersonID{"anna", "bram"}, Picture: picture,
			Parts: []consistency.PartOf{{Person: "anna", Part: partOfAnna}, {Person: "bram"}},
		})
		released = eventstore.Do(consistency.Release{ID: id})
		decided  = eventstore.Do(consistency.Decide{
			ID: id, Decision: anyOf(r, []domain.DecisionID{"d1", "d2"}), Finding: anyOf(r, []domain.FindingID{aboutPromise.ID(), aboutPillar.ID()}),
			Choice: anyOf(r, consistency.Choices), Promise: promiseID.Draw(r, "promise"), Why: text(),
		})
	)
	return anyOf(r, [][]eventstore.Step{
		{opened},
		{opened, annaHeard},
		{annaHeard},
		{bramHeard},
		do(consistency.DeclineReadBack{ID: id, Member: person.Draw(r, "member")}),
		{annaHeard, bramHeard, published},
		{annaHeard, bramHeard, published},
		{published},
		{released},
		{decided},
		{decided},
		do(consistency.Cancel{ID: id, Why: text()}),
	})
}
