package demo_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"koersvast/cmd/koersvast/internal/demo"
	"koersvast/cmd/koersvast/internal/station"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/catalog"
	"koersvast/domain/coaching"
	"koersvast/domain/consistency"
	"koersvast/domain/council"
	"koersvast/domain/evidence"
	"koersvast/domain/expectation"
	"koersvast/domain/finding"
	"koersvast/domain/programme"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/domain/strategy"
	"koersvast/eventstore"
	"koersvast/eventstore/ballotbox"
	"koersvast/eventstore/keys"
)

const today domain.Day = "2026-11-21" // a Saturday

// stage is where the story can be told.
func stage(t *testing.T) (*eventstore.Store, *station.Station) {
	t.Helper()
	kept := new(keys.Memory)
	boxes, err := ballotbox.Open(t.TempDir(), kept)
	if err != nil {
		t.Fatal(err)
	}
	log := eventstore.NewMemory(eventstore.NewCodec(catalog.Events(), kept))
	return eventstore.NewStore(log), station.New(boxes, log, kept)
}

// story is what the log holds after the story, which is told once for all
// tests.
var story []domain.Record

func told(t *testing.T) []domain.Record {
	t.Helper()
	if story == nil {
		st, at := stage(t)
		if err := demo.Play(t.Context(), st, at, today); err != nil {
			t.Fatal(err)
		}
		story = records(t, st)
	}
	return story
}

func records(t *testing.T, st *eventstore.Store) (all []domain.Record) {
	t.Helper()
	for rec, err := range st.Log().After(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, rec)
	}
	return all
}

func TestTheStoryIsFifteenMonthsOfWorkingDaysUntilToday(t *testing.T) {
	last := map[domain.ProgrammeID]time.Time{}
	var first domain.Day
	for _, rec := range told(t) {
		if len(rec.Events) == 0 {
			continue // it only guards
		}
		if rec.At.Before(last[rec.Programme]) {
			t.Errorf("%s at %v comes before the act that it follows", rec.ID, rec.At)
		}
		last[rec.Programme] = rec.At
		if wd := rec.At.In(domain.Zone).Weekday(); wd == time.Saturday || wd == time.Sunday {
			t.Errorf("%s is on a %s", rec.ID, wd)
		}
		if first == "" {
			first = rec.Today()
		}
	}
	if n := first.DaysUntil(today); n < 445 || n > 460 {
		t.Errorf("it begins %d days ago, want fifteen months", n)
	}
	if n := domain.DayOf(last[demo.Lindeveer]).DaysUntil(today); n < 1 || n > 5 {
		t.Errorf("it ends %d days ago, want this week", n)
	}
}

func TestTheDirectorIsSeenTwiceAYearApart(t *testing.T) {
	closed := map[domain.RoundID]domain.Day{}
	for _, rec := range told(t) {
		for _, e := range rec.Events {
			if e, ok := e.(round.Closed); ok {
				closed[e.ID] = rec.Today()
			}
		}
	}
	if n := closed["spiegel-1"].DaysUntil(closed["spiegel-2"]); n < 360 || n > 370 {
		t.Errorf("%d days lie between the two, want a year", n)
	}
}

func TestTheStoryCanBeToldOnAnyDay(t *testing.T) {
	for day := today; day < today.Add(366); day = day.Add(92) {
		st, at := stage(t)
		if err := demo.Play(t.Context(), st, at, day); err != nil {
			t.Errorf("on %s: %v", day, err)
		}
	}
}

func TestWhatWasToldIsNotToldAgain(t *testing.T) {
	st, at := stage(t)
	for _, day := range []domain.Day{today, today, today.Add(40)} {
		if err := demo.Play(t.Context(), st, at, day); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := len(records(t, st)), len(told(t)); got != want {
		t.Errorf("%d records after three times, want %d", got, want)
	}
}

// actionOf is what a fact is to those who guard it.
func actionOf(e domain.Event) access.Action {
	switch e.(type) {
	case programme.Started, programme.Renamed:
		return access.ProgrammeRun
	case programme.PersonAdded, programme.PersonCorrected, programme.PersonPlaced, programme.RolesGiven,
		programme.PersonLeft, programme.TeamFormed, programme.TeamRenamed, programme.ManagerSet:
		return access.PeopleManage
	case strategy.PillarProposed, strategy.BehaviourProposed, strategy.BehaviourReworded, strategy.BehaviourDropped:
		return access.StrategyPropose
	case promise.Made:
		return access.PromiseMake
	case promise.Proposed:
		return access.PromisePropose
	case expectation.Expressed:
		return access.ExpectationExpress
	case expectation.Accepted, expectation.Declined, expectation.Countered:
		return access.ExpectationAnswer
	case expectation.OfferTaken, expectation.Dropped:
		return access.ExpectationOwn
	case council.Sized, council.ConsentAsked:
		return access.CouncilAsk
	case council.ConsentGranted, council.ConsentRefused, council.ConsentWithdrawn:
		return access.CouncilAnswer
	case programme.KeyHeld:
		return access.KeyHold
	case round.RatersProposed:
		return access.RoundPropose
	case round.RatersApproved:
		return access.RoundApprove
	case round.RatingDeclined:
		return access.RoundAnswer
	case round.Closed, round.Released, round.NothingReleased, round.ReadByCoach, round.CommentMasked, round.Paraphrased, round.DebriefHeld:
		return access.RoundCoach
	case round.ResultShared, round.RatersThanked:
		return access.RoundOwn
	case round.Planned, round.Opened, round.Extended, round.RemindersSent, round.Cancelled:
		return access.RoundPlan
	}
	switch e.(type) {
	case evidence.FragmentContested:
		return access.EvidenceContest
	case consistency.PartReadBack, consistency.ReadBackDeclined:
		return access.PicturePart
	case consistency.Decided:
		return access.PictureTake
	case coaching.Proposed:
		return access.CoachingPropose
	case coaching.Agreed, coaching.Declined, coaching.Revised:
		return access.CoachingAgree
	case coaching.GoalSet, coaching.GoalRevised, coaching.ProgressNoted, coaching.GoalCompleted, coaching.GoalDropped, coaching.GoalShared:
		return access.CoachingOwn
	}
	switch concept(e) {
	case "coaching":
		return access.CoachingWork
	case "evidence":
		return access.EvidenceCode
	case "consistency":
		return access.CheckRun
	case "finding":
		return access.FindingHandle
	case "strategy":
		return access.StrategyAdopt
	case "promise":
		return access.PromiseOwn
	}
	return ""
}

func concept(e domain.Event) string {
	for i, c := range e.EventName() {
		if c == '.' {
			return e.EventName()[:i]
		}
	}
	return ""
}

func TestEverybodyDoesWhatTheyMay(t *testing.T) {
	var (
		actors = map[domain.PersonID]access.Actor{}
		things = map[domain.Stream]access.Resource{}

		promisers = map[domain.PromiseID]domain.PersonID{}
	)
	for _, rec := range told(t) {
		thing, ok := things[rec.Stream]
		if !ok {
			thing = access.Resource{Programme: rec.Programme}
		}
		for _, e := range rec.Events {
			switch e := e.(type) {
			case programme.PersonAdded:
				actors[e.ID] = access.Actor{Programme: rec.Programme, Person: e.ID, Roles: e.Roles, Team: e.Team}
			case programme.RolesGiven:
				a := actors[e.ID]
				a.Roles = e.Roles
				actors[e.ID] = a
			case programme.PersonPlaced:
				a := actors[e.ID]
				a.Team = e.Team
				actors[e.ID] = a
			case programme.PersonLeft:
				delete(actors, e.ID)
			case promise.Made:
				thing.Owner, thing.For = e.By, e.To
				promisers[e.ID] = e.By
			case promise.Proposed:
				thing.Owner, thing.Recorder, thing.For = e.By, e.RecordedBy, e.To
			case expectation.Expressed:
				thing.Owner, thing.For = e.By, []domain.Party{e.Of}
			case coaching.Proposed:
				thing.Owner, thing.Coach, thing.Recorder = e.Coachee, e.Coach, e.By
				thing.For = []domain.Party{domain.Person(e.Sponsor)}
			case evidence.Coded:
				if promiser, ok := promisers[e.Promise]; ok {
					thing.Owner = promiser
				}
			case consistency.PartReadBack:
				thing.Owner, thing.Coach = e.Member, "coach"
			case consistency.ReadBackDeclined:
				thing.Owner = e.Member
			case consistency.Decided:
				thing.Owner = promisers[e.Promise]
			case finding.Raised:
				thing.Owner, thing.Coach, thing.Recorder, thing.Roles = e.Owner, e.Coach, e.Recorder, e.Roles
			case round.Planned:
				thing.Owner, thing.Coach = e.Subject, e.Coach
			case round.Opened:
				for _, r := range e.Raters {
					thing.Raters = append(thing.Raters, r.Person)
				}
			}
		}
		things[rec.Stream] = thing
		if rec.By == "" {
			continue // the clock notes what the rules find
		}
		for _, e := range rec.Events {
			if do := actionOf(e); !access.Can(actors[rec.By], do, thing) {
				t.Errorf("%s: %s may not %q on %s", rec.ID, rec.By, do, rec.Stream)
			}
		}
	}
}

func TestPromisesThatStandAreOnesThatPeopleCanNotice(t *testing.T) {
	standing := map[domain.Stream]promise.Terms{}
	for _, rec := range told(t) {
		for _, e := range rec.Events {
			switch e := e.(type) {
			case promise.Made:
				standing[rec.Stream] = termsOf(e.Words)
			case promise.Proposed:
				standing[rec.Stream] = termsOf(e.Words)
			case promise.Reworded:
				standing[rec.Stream] = termsOf(e.Words)
			case promise.Withdrawn:
				delete(standing, rec.Stream)
			}
		}
	}
	if n := len(standing); n < 25 {
		t.Errorf("%d promises, want at least 25", n)
	}
	for s, terms := range standing {
		if c := promise.Check(terms); !c.Complete() || len(c.Vague) > 0 {
			t.Errorf("%s, %q: %+v", s.ID, terms.Wording, c)
		}
	}
}

func termsOf(w promise.Words) (t promise.Terms) {
	t.Wording, _ = w.Wording.Reveal()
	t.Situation, _ = w.Situation.Reveal()
	t.Frequency, _ = w.Frequency.Reveal()
	t.Noticed, _ = w.Noticed.Reveal()
	return t
}

func TestTheStoryShowsNearlyEverythingThatCanHappen(t *testing.T) {
	seen := map[string]bool{}
	for _, rec := range told(t) {
		for _, e := range rec.Events {
			seen[e.EventName()] = true
		}
	}
	var missing []string
	for _, e := range catalog.Events() {
		if !seen[e.Name] {
			missing = append(missing, e.Name)
		}
	}
	never := []string{
		"programme.renamed", "programme.team_renamed", "strategy.ambition_dropped", "council.consent_withdrawn", "round.debrief_waived",
		"evidence.interview_cancelled", "evidence.consent_withdrawn", "evidence.fragment_dropped", "evidence.coding_undone",
		"evidence.coding_resumed", "consistency.cancelled", "method.configured", "method.tuned", "method.switched_off", "method.switched_on", "finding.reopened",
	}
	if diff := cmp.Diff(never, missing); diff != "" {
		t.Errorf("what never happens (-want +got):\n%s", diff)
	}
}

func TestGuestsAreInTheStoryUnderTheirName(t *testing.T) {
	names := map[domain.PersonID]string{}
	roles := map[domain.Role]bool{}
	for _, rec := range told(t) {
		for _, e := range rec.Events {
			if e, ok := e.(programme.PersonAdded); ok && slices.ContainsFunc(demo.Guests(), func(g demo.Guest) bool { return g.Person == e.ID && g.Programme == rec.Programme }) {
				names[e.ID], _ = e.Name.Reveal()
				for _, r := range e.Roles {
					roles[r] = true
				}
			}
		}
	}
	for _, g := range demo.Guests() {
		if names[g.Person] != g.Name {
			t.Errorf("%s is called %q, want %q", g.Person, names[g.Person], g.Name)
		}
	}
	for _, r := range domain.Roles {
		if !roles[r] && r != domain.Reader {
			t.Errorf("no guest is %s", r)
		}
	}
}
