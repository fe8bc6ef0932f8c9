package promise_test

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"koersvast/domain"
	"koersvast/domain/domaintest"
	"koersvast/domain/promise"
)

// path holds which fact can follow where a promise stands, and where it stands
// then. What is not here never happens.
var path = map[promise.Status]map[string]promise.Status{
	"": {
		"promise.made":     promise.StatusActive,
		"promise.proposed": promise.StatusProposed,
	},
	promise.StatusProposed: {
		"promise.accepted":  promise.StatusActive,
		"promise.declined":  promise.StatusDeclined,
		"promise.withdrawn": "withdrawn before it was made",
	},
	promise.StatusActive: {
		"promise.reworded":          promise.StatusActive,
		"promise.moved":             promise.StatusActive,
		"promise.behaviours_linked": promise.StatusActive,
		"promise.rhythm_set":        promise.StatusActive,
		"promise.kept":              promise.StatusKept,
		"promise.broken":            promise.StatusBroken,
		"promise.withdrawn":         promise.StatusWithdrawn,
	},
	promise.StatusKept: {"promise.reopened": promise.StatusActive},
	promise.StatusBroken: {
		"promise.repair_agreed": promise.StatusBroken,
		"promise.repaired":      promise.StatusRepaired,
		"promise.reopened":      promise.StatusActive,
	},
	promise.StatusRepaired: {"promise.reopened": promise.StatusActive},
	promise.StatusWithdrawn: {
		"promise.withdrawal_explained": promise.StatusWithdrawn,
		"promise.reopened":             promise.StatusActive,
	},
}

func TestWhateverPeopleAsk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var (
			status   promise.Status
			promiser domain.PersonID
			recorder domain.PersonID
			repair   bool
		)
		domaintest.Walk(t, 100, ask, func(steps []domaintest.Step[promise.State]) {
			last := steps[len(steps)-1]
			if len(last.Facts) != 1 {
				t.Fatalf("%T led to %d facts; a promise changes one fact at a time", last.Command, len(last.Facts))
			}
			fact := last.Facts[0]
			next, ok := path[status][fact.EventName()]
			if !ok {
				t.Fatalf("%s happened to a promise that is %q", fact.EventName(), status)
			}
			switch e := fact.(type) {
			case promise.Made:
				promiser = e.By
				if last.By.By != e.By {
					t.Fatalf("%s made a promise in the name of %s", last.By.By, e.By)
				}
			case promise.Proposed:
				promiser, recorder = e.By, e.RecordedBy
				if last.By.By != recorder || recorder == promiser {
					t.Fatalf("%s recorded a promise of %s as %s", last.By.By, promiser, recorder)
				}
			case promise.Withdrawn:
				if status == promise.StatusProposed {
					if last.By.By != recorder {
						t.Fatalf("%s took back what %s recorded", last.By.By, recorder)
					}
					break
				}
				if last.By.By != promiser {
					t.Fatalf("%s withdrew a promise of %s", last.By.By, promiser)
				}
			case promise.Repaired:
				if !repair {
					t.Fatal("a repair was done that was not agreed")
				}
				ownFact(t, last, promiser)
			default:
				ownFact(t, last, promiser)
			}
			repair = next == promise.StatusBroken && (repair || fact.EventName() == "promise.repair_agreed")
			for _, text := range texts(fact) {
				if want := domain.KeyOf(last.By.By, domain.Promises); !text.IsZero() && text.Key() != want {
					t.Fatalf("%s holds a text under %s; want %s, the key of who said it", fact.EventName(), text.Key(), want)
				}
			}
			status = next
		})
	})
}

func ownFact(t *rapid.T, s domaintest.Step[promise.State], promiser domain.PersonID) {
	t.Helper()
	if s.By.By != promiser {
		t.Fatalf("%T by %s changed a promise of %s", s.Command, s.By.By, promiser)
	}
}

func texts(e promise.Event) []*domain.Private {
	v := reflect.New(reflect.TypeOf(e))
	v.Elem().Set(reflect.ValueOf(e))
	if h, ok := v.Interface().(domain.HasPrivate); ok {
		return h.Private()
	}
	return nil
}

// ask draws who asks what on which day: often what can be, and often enough
// what is refused.
func ask(t *rapid.T) (domain.Act, domain.Command[promise.State]) {
	var (
		who  = mostly[domain.PersonID]("anja", "bram", "carla")
		day  = mostly(april, march, june, july)
		days = mostly("", march, april, june, july, "2026-02-30")
		text = mostly("Ik bel elke week.", "Elke maand lukt niet.", "")
		list = mostly(nil, []domain.BehaviourID{"a"}, []domain.BehaviourID{"b", "a", "a"}, []domain.BehaviourID{"c d"})
		to   = mostly([]domain.Party{domain.Employees}, []domain.Party{domain.Team("noord"), domain.Team("noord")}, []domain.Party{domain.Person("anja")}, nil)
		soon = mostly(july, "", march)
		rate = mostly(30, 0, 6, 365, 366)
	)
	const id = domain.PromiseID("p1")
	terms := func() promise.Terms {
		return promise.Terms{Wording: text.Draw(t, "wording"), Frequency: text.Draw(t, "frequency")}
	}
	details := func() promise.Details {
		return promise.Details{To: to.Draw(t, "to"), Behaviours: list.Draw(t, "behaviours"), Due: days.Draw(t, "due"), Rhythm: rate.Draw(t, "rhythm")}
	}
	why := func() string { return text.Draw(t, "why") }
	commands := []func() domain.Command[promise.State]{
		func() domain.Command[promise.State] { return promise.Make{ID: id, Terms: terms(), Details: details()} },
		func() domain.Command[promise.State] {
			return promise.Propose{ID: id, By: who.Draw(t, "promiser"), Terms: terms(), Details: details()}
		},
		func() domain.Command[promise.State] { return promise.Accept{ID: id} },
		func() domain.Command[promise.State] { return promise.Decline{ID: id, Why: why()} },
		func() domain.Command[promise.State] { return promise.Reword{ID: id, Terms: terms(), Why: why()} },
		func() domain.Command[promise.State] {
			return promise.Move{ID: id, Due: days.Draw(t, "due"), Why: why()}
		},
		func() domain.Command[promise.State] {
			return promise.Link{ID: id, Behaviours: list.Draw(t, "behaviours")}
		},
		func() domain.Command[promise.State] {
			return promise.SetRhythm{ID: id, Days: rate.Draw(t, "days")}
		},
		func() domain.Command[promise.State] { return promise.Withdraw{ID: id, Why: why()} },
		func() domain.Command[promise.State] { return promise.Explain{ID: id, Text: why()} },
		func() domain.Command[promise.State] { return promise.Keep{ID: id, On: days.Draw(t, "on")} },
		func() domain.Command[promise.State] {
			return promise.Break{ID: id, On: days.Draw(t, "on"), Why: why()}
		},
		func() domain.Command[promise.State] {
			return promise.AgreeRepair{ID: id, Text: why(), Due: soon.Draw(t, "due")}
		},
		func() domain.Command[promise.State] { return promise.CompleteRepair{ID: id, On: days.Draw(t, "on")} },
		func() domain.Command[promise.State] { return promise.Reopen{ID: id, Why: why()} },
	}
	return by(who.Draw(t, "who"), day.Draw(t, "day")), rapid.SampledFrom(commands).Draw(t, "command")()
}

// mostly draws likely half of the time, and else one of the others.
func mostly[T any](likely T, others ...T) *rapid.Generator[T] {
	return rapid.OneOf(rapid.Just(likely), rapid.SampledFrom(others))
}
