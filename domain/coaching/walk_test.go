package coaching_test

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"koersvast/domain"
	"koersvast/domain/coaching"
	"koersvast/domain/domaintest"
)

// paths hold which fact can follow where a session or a goal stands, and where
// it stands then. What is not here never happens.
var paths = map[string]map[string]string{
	"": {"coaching.session_planned": "planned", "coaching.goal_set": "active"},
	"planned": {
		"coaching.session_moved":     "planned",
		"coaching.session_held":      "held",
		"coaching.session_cancelled": "cancelled",
	},
	"active": {
		"coaching.goal_revised":   "active",
		"coaching.progress_noted": "active",
		"coaching.goal_completed": "completed",
		"coaching.goal_dropped":   "dropped",
		"coaching.goal_shared":    "active",
	},
	"completed": {"coaching.goal_shared": "completed"},
	"dropped":   {"coaching.goal_shared": "dropped"},
}

// A story is what an outsider makes of the facts, in a way of its own.
type story struct {
	three    coaching.Proposed
	version  int
	agreed   map[domain.PersonID]int // the version that somebody agreed to last
	declined int
	began    bool
	closed   bool
	stands   map[string]string // sessions and goals
	writer   map[domain.NoteID]domain.PersonID
	kept     map[domain.NoteID]bool
	first    []question // that are asked before any others
}

type question struct {
	by   domain.Act
	asks domain.Command[coaching.State]
}

// beginning is how most coachings begin.
var beginning = []question{
	{clara(march), coaching.Propose{ID: "c1", Coach: "clara", Coachee: "anja", Sponsor: "bram", Reason: coaching.AfterFeedback, Terms: terms}},
	{anja(march), coaching.Agree{ID: "c1", Version: 1}},
	{bram(march), coaching.Agree{ID: "c1", Version: 1}},
}

func (s *story) ofThree(p domain.PersonID) bool {
	return p == s.three.Coach || p == s.three.Coachee || p == s.three.Sponsor
}

func (s *story) inForce() bool {
	for _, p := range []domain.PersonID{s.three.Coach, s.three.Coachee, s.three.Sponsor} {
		if s.agreed[p] != s.version {
			return false
		}
	}
	return s.version > 0
}

func TestWhateverPeopleAsk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := story{
			agreed: map[domain.PersonID]int{}, stands: map[string]string{},
			writer: map[domain.NoteID]domain.PersonID{}, kept: map[domain.NoteID]bool{},
		}
		if rapid.Bool().Draw(t, "well begun") {
			s.first = beginning
		}
		domaintest.Walk(t, 200, s.ask, func(steps []domaintest.Step[coaching.State]) {
			last := steps[len(steps)-1]
			if len(last.Facts) != 1 {
				t.Fatalf("%T led to %d facts; a coaching changes one fact at a time", last.Command, len(last.Facts))
			}
			s.follow(t, last.By.By, last.Facts[0])
		})
	})
}

// follow takes in what somebody's fact changes, and fails when it cannot be.
func (s *story) follow(t *rapid.T, by domain.PersonID, fact coaching.Event) {
	t.Helper()
	var (
		name     = fact.EventName()
		key      = domain.KeyOf(s.three.Coachee, domain.Coaching)
		contract = false // it is about the contract
		own      = false // it is the coachee's own
		goesOn   = false // after the end
	)
	move := func(what string) {
		next, ok := paths[s.stands[what]][name]
		if !ok {
			t.Fatalf("%s happened to %s, which is %q", name, what, s.stands[what])
		}
		s.stands[what] = next
	}
	meeting := func(id domain.CoachingSessionID) { move("session " + string(id)) }
	learning := func(id domain.GoalID) {
		own, goesOn = true, name != "coaching.goal_set"
		move("goal " + string(id))
	}
	switch e := fact.(type) {
	case coaching.Proposed:
		if s.version != 0 || e.By != by || e.Coach == e.Coachee || e.Coachee == e.Sponsor || e.Sponsor == e.Coach {
			t.Fatalf("%s proposed %+v as version %d", by, e, s.version+1)
		}
		contract = true
		s.three, s.version = e, 1
		s.agreed[by] = 1
		key = domain.KeyOf(e.Coachee, domain.Coaching)
	case coaching.Revised:
		if e.Version != s.version+1 || e.By != by {
			t.Fatalf("%s made version %d after version %d", by, e.Version, s.version)
		}
		contract = true
		s.version = e.Version
		s.agreed[by] = e.Version
	case coaching.Agreed:
		if e.Version != s.version || s.declined == s.version || s.agreed[by] == s.version || !s.ofThree(by) || e.By != by {
			t.Fatalf("%s agreed to version %d; there is version %d, and %d was declined", by, e.Version, s.version, s.declined)
		}
		contract = true
		s.agreed[by] = e.Version
	case coaching.Declined:
		if e.Version != s.version || s.declined == s.version || s.inForce() || e.By != by {
			t.Fatalf("%s declined version %d; there is version %d, and %d was declined", by, e.Version, s.version, s.declined)
		}
		contract = true
		s.declined = e.Version
	case coaching.SessionPlanned:
		if !s.inForce() {
			t.Fatal("a session was planned without the agreement of all three")
		}
		meeting(e.Session)
	case coaching.SessionMoved:
		if !s.inForce() {
			t.Fatal("a session was moved without the agreement of all three")
		}
		meeting(e.Session)
	case coaching.SessionCancelled:
		meeting(e.Session)
	case coaching.SessionHeld:
		meeting(e.Session)
	case coaching.NoteShared:
		if s.writer[e.Note] != "" || e.By != by {
			t.Fatalf("%s wrote a note of %s as %s", by, s.writer[e.Note], e.By)
		}
		s.writer[e.Note] = by
	case coaching.NoteKept:
		if s.writer[e.Note] != "" || e.By != by {
			t.Fatalf("%s wrote a note of %s as %s", by, s.writer[e.Note], e.By)
		}
		s.writer[e.Note], s.kept[e.Note] = by, true
		key = domain.KeyOf(by, domain.OwnNotes)
	case coaching.NoteAmended:
		if s.writer[e.Note] != by {
			t.Fatalf("%s amended a note of %q", by, s.writer[e.Note])
		}
		if s.kept[e.Note] {
			key = domain.KeyOf(by, domain.OwnNotes)
		}
	case coaching.GoalSet:
		learning(e.Goal)
	case coaching.GoalRevised:
		learning(e.Goal)
	case coaching.ProgressNoted:
		learning(e.Goal)
	case coaching.GoalCompleted:
		learning(e.Goal)
	case coaching.GoalDropped:
		learning(e.Goal)
	case coaching.GoalShared:
		learning(e.Goal)
	case coaching.Closed:
		for what, is := range s.stands {
			if is == "planned" {
				t.Fatalf("it ended while %s was planned", what)
			}
		}
	default:
		t.Fatalf("nobody follows %T", e)
	}
	switch {
	case s.closed && !goesOn:
		t.Fatalf("%s happened after the end", name)
	case contract && !s.ofThree(by) && (by != s.three.By || s.began):
		t.Fatalf("%s by %s, who has no say in the contract", name, by)
	case !contract && !s.began:
		t.Fatalf("%s happened before all three agreed", name)
	case !contract && by != s.three.Coachee && (own || by != s.three.Coach):
		t.Fatalf("%s by %s is between others", name, by)
	}
	for _, text := range texts(fact) {
		if !text.IsZero() && text.Key() != key {
			t.Fatalf("%s holds a text under %s; want %s", name, text.Key(), key)
		}
	}
	s.began = s.began || s.inForce()
	s.closed = s.closed || name == "coaching.closed"
}

func texts(e coaching.Event) []*domain.Private {
	v := reflect.New(reflect.TypeOf(e))
	v.Elem().Set(reflect.ValueOf(e))
	if h, ok := v.Interface().(domain.HasPrivate); ok {
		return h.Private()
	}
	return nil
}

// ask draws who asks what on which day: often what can be, and often enough
// what is refused.
func (s *story) ask(t *rapid.T) (domain.Act, domain.Command[coaching.State]) {
	if len(s.first) > 0 {
		q := s.first[0]
		s.first = s.first[1:]
		return q.by, q.asks
	}
	const id = domain.CoachingID("c1")
	var (
		who     = rapid.SampledFrom([]domain.PersonID{"anja", "anja", "clara", "clara", "bram", "dirk"})
		day     = mostly(april, march, june)
		days    = mostly("", march, april, june, "2026-02-30")
		text    = mostly("Ik vraag door.", "Ik luister.", "")
		version = mostly(s.version, 1, 2)
		meeting = rapid.SampledFrom([]domain.CoachingSessionID{"s1", "s2", ""})
		noteID  = rapid.SampledFrom([]domain.NoteID{"n1", "n2", "n3", ""})
		goalID  = rapid.SampledFrom([]domain.GoalID{"g1", "g2", ""})
		round   = mostly[domain.RoundID]("", "r1", "r.1")
		with    = rapid.SliceOfN(rapid.SampledFrom([]domain.Party{domain.TheMT, domain.Person("clara"), "nobody"}), 0, 2)
	)
	say := func() string { return text.Draw(t, "text") }
	terms := func() coaching.Terms {
		return coaching.Terms{Aims: say(), SetUp: "Vijf gesprekken.", From: february, Until: mostly(june, february).Draw(t, "until")}
	}
	slot := func() coaching.Slot {
		return coaching.Slot{Day: mostly(april, march, july).Draw(t, "day"), Start: mostly[domain.Clock]("14:30", "9").Draw(t, "start"), Minutes: 60}
	}
	from := func() coaching.Links {
		return coaching.Links{Round: round.Draw(t, "round"), Question: mostly[domain.QuestionID]("", "q1").Draw(t, "question")}
	}
	topics := [][]func() domain.Command[coaching.State]{{
		func() domain.Command[coaching.State] {
			return coaching.Agree{ID: id, Version: version.Draw(t, "version")}
		},
		func() domain.Command[coaching.State] {
			return coaching.Propose{
				ID: id, Coach: mostly[domain.PersonID]("clara", "anja").Draw(t, "coach"), Coachee: mostly[domain.PersonID]("anja", "bram").Draw(t, "coachee"),
				Sponsor: "bram", Reason: coaching.AfterFeedback, Terms: terms(),
			}
		},
		func() domain.Command[coaching.State] {
			return coaching.Revise{ID: id, Terms: terms(), Why: say()}
		},
		func() domain.Command[coaching.State] {
			return coaching.Decline{ID: id, Version: version.Draw(t, "version"), Why: say()}
		},
	}, {
		func() domain.Command[coaching.State] {
			return coaching.PlanSession{ID: id, Session: meeting.Draw(t, "session"), Round: round.Draw(t, "round"), Slot: slot(), Place: say()}
		},
		func() domain.Command[coaching.State] {
			return coaching.MoveSession{ID: id, Session: meeting.Draw(t, "session"), Slot: slot(), Place: say(), Why: say()}
		},
		func() domain.Command[coaching.State] {
			return coaching.CancelSession{ID: id, Session: meeting.Draw(t, "session"), Why: say()}
		},
		func() domain.Command[coaching.State] {
			return coaching.HoldSession{ID: id, Session: meeting.Draw(t, "session"), On: days.Draw(t, "on")}
		},
	}, {
		func() domain.Command[coaching.State] {
			return coaching.ShareNote{ID: id, Note: noteID.Draw(t, "note"), Session: meeting.Draw(t, "session"), Text: say()}
		},
		func() domain.Command[coaching.State] {
			return coaching.KeepNote{ID: id, Note: noteID.Draw(t, "note"), Session: meeting.Draw(t, "session"), Text: say()}
		},
		func() domain.Command[coaching.State] {
			return coaching.AmendNote{ID: id, Note: noteID.Draw(t, "note"), Text: say()}
		},
	}, {
		func() domain.Command[coaching.State] {
			return coaching.SetGoal{ID: id, Goal: goalID.Draw(t, "goal"), Text: say(), Links: from(), Due: days.Draw(t, "due")}
		},
		func() domain.Command[coaching.State] {
			return coaching.ReviseGoal{ID: id, Goal: goalID.Draw(t, "goal"), Text: say(), Links: from(), Due: days.Draw(t, "due"), Why: say()}
		},
		func() domain.Command[coaching.State] {
			return coaching.NoteProgress{ID: id, Goal: goalID.Draw(t, "goal"), Text: say()}
		},
		func() domain.Command[coaching.State] {
			return coaching.CompleteGoal{ID: id, Goal: goalID.Draw(t, "goal")}
		},
		func() domain.Command[coaching.State] {
			return coaching.DropGoal{ID: id, Goal: goalID.Draw(t, "goal"), Why: say()}
		},
		func() domain.Command[coaching.State] {
			return coaching.ShareGoal{ID: id, Goal: goalID.Draw(t, "goal"), With: with.Draw(t, "with")}
		},
		func() domain.Command[coaching.State] { return coaching.Close{ID: id, On: days.Draw(t, "on")} },
	}}
	return by(who.Draw(t, "who"), day.Draw(t, "day")), anyOf(t, anyOf(t, topics))()
}

// anyOf draws one of a list, each as likely as the next. [rapid.SampledFrom]
// prefers those in front, and would seldom come to how things end.
func anyOf[T any](t *rapid.T, list []T) T {
	i := 0
	for range 7 {
		i *= 2
		if rapid.Bool().Draw(t, "choice") {
			i++
		}
	}
	return list[i%len(list)]
}

// mostly draws likely half of the time, and else one of the others.
func mostly[T any](likely T, others ...T) *rapid.Generator[T] {
	return rapid.OneOf(rapid.Just(likely), rapid.SampledFrom(others))
}
