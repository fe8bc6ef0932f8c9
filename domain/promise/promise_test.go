package promise_test

import (
	"strings"
	"testing"
	"time"

	"koersvast/domain"
	"koersvast/domain/domaintest"
	"koersvast/domain/promise"
)

type (
	rule  = domaintest.Rule[promise.State]
	facts = []promise.Event
)

const (
	march = domain.Day("2026-03-02")
	april = domain.Day("2026-04-01")
	june  = domain.Day("2026-06-01")
	july  = domain.Day("2026-07-01")
)

// Anja is of the management team, Bram leads the programme and Carla is one
// of the employees.
func anja(d domain.Day) domain.Act  { return by("anja", d) }
func bram(d domain.Day) domain.Act  { return by("bram", d) }
func carla(d domain.Day) domain.Act { return by("carla", d) }

func by(p domain.PersonID, d domain.Day) domain.Act {
	return domain.Act{By: p, At: d.Start().Add(9 * time.Hour)}
}

func madeOn(d domain.Day) promise.Made {
	e := made
	e.On = d
	return e
}

func acceptedOn(d domain.Day) promise.Accepted {
	e := accepted
	e.On = d
	return e
}

func words(of domain.PersonID, text string) domain.Private {
	return domain.Say(domain.KeyOf(of, domain.Promises), text)
}

var (
	terms = promise.Terms{
		Wording:   "Ik ben elke maand een dagdeel mee op pad met een regioteam.",
		Situation: "Op huisbezoek",
		Frequency: "Elke maand",
		Noticed:   "Het regioteam, aan mijn vraag aan het eind",
	}
	said = func(of domain.PersonID) promise.Words {
		return promise.Words{
			Wording:   words(of, terms.Wording),
			Situation: words(of, terms.Situation),
			Frequency: words(of, terms.Frequency),
			Noticed:   words(of, terms.Noticed),
		}
	}
	details = promise.Details{
		To:          []domain.Party{domain.Employees, domain.Team("noord")},
		Pillar:      "nabij",
		Behaviours:  []domain.BehaviourID{"meelopen"},
		Expectation: "e1",
		Due:         june,
		Rhythm:      30,
	}
	holds = promise.Holds{
		To:          []domain.Party{domain.Employees, domain.Team("noord")},
		Pillar:      "nabij",
		Behaviours:  []domain.BehaviourID{"meelopen"},
		Expectation: "e1",
		Due:         june,
		Rhythm:      30,
	}

	made       = promise.Made{ID: "p1", By: "anja", On: march, Words: said("anja"), Holds: holds}
	proposed   = promise.Proposed{ID: "p1", By: "anja", RecordedBy: "bram", Words: said("bram"), Holds: holds}
	accepted   = promise.Accepted{ID: "p1", By: "anja", On: march, Words: said("anja"), To: holds.To}
	declined   = promise.Declined{ID: "p1", Why: words("anja", "Dit is niet aan mij.")}
	withdrawn  = promise.Withdrawn{ID: "p1", Why: words("anja", "Het team is opgeheven.")}
	takenBack  = promise.Withdrawn{ID: "p1", Why: words("bram", "Dubbel opgeschreven.")}
	kept       = promise.Kept{ID: "p1", On: april}
	broken     = promise.Broken{ID: "p1", On: april, Why: words("anja", "Ik ging twee keer niet.")}
	agreed     = promise.RepairAgreed{ID: "p1", Text: words("anja", "Ik ga deze maand twee keer."), Due: june}
	repaired   = promise.Repaired{ID: "p1", On: june}
	reopened   = promise.Reopened{ID: "p1", Why: words("anja", "Te vroeg gejuicht.")}
	unreadable = promise.Proposed{ID: "p1", By: "anja", RecordedBy: "bram", Holds: holds}
)

// with returns the details after a change.
func with(change func(*promise.Details)) promise.Details {
	d := details
	change(&d)
	return d
}

// saying returns the terms after a change.
func saying(change func(*promise.Terms)) promise.Terms {
	t := terms
	change(&t)
	return t
}

func TestMaking(t *testing.T) {
	domaintest.Check(t, []rule{
		{
			Name: "people promise in their own name and their own words",
			By:   anja(march),
			When: promise.Make{ID: "p1", Terms: terms, Details: details},
			Then: facts{made},
		},
		{
			Name: "a promise needs no more than words and somebody it is made to",
			By:   anja(march),
			When: promise.Make{ID: "p1", Terms: promise.Terms{Wording: "Ik bel terug."}, Details: promise.Details{To: []domain.Party{domain.Everyone}}},
			Then: facts{promise.Made{
				ID: "p1", By: "anja", On: march,
				Words: promise.Words{Wording: words("anja", "Ik bel terug.")},
				Holds: promise.Holds{To: []domain.Party{domain.Everyone}, Rhythm: promise.Rhythm},
			}},
		},
		{
			Name: "what is named twice counts once",
			By:   anja(march),
			When: promise.Make{ID: "p1", Terms: terms, Details: with(func(d *promise.Details) {
				d.To = []domain.Party{domain.Employees, domain.Team("noord"), domain.Employees}
				d.Behaviours = []domain.BehaviourID{"meelopen", "meelopen"}
			})},
			Then: facts{made},
		},
		{
			Name: "a promise can be due today",
			By:   anja(june),
			When: promise.Make{ID: "p1", Terms: terms, Details: details},
			Then: facts{madeOn(june)},
		},
		{
			Name:  "a promise is made once",
			Given: facts{made},
			By:    anja(march),
			When:  promise.Make{ID: "p1", Terms: terms, Details: details},
			Err:   promise.ErrExists,
		},
		{
			Name:  "what was proposed to somebody is accepted, not made",
			Given: facts{proposed},
			By:    anja(march),
			When:  promise.Make{ID: "p1", Terms: terms, Details: details},
			Err:   promise.ErrExists,
		},
		{
			Name:  "a promise has words",
			By:    anja(march),
			When:  promise.Make{ID: "p1", Terms: saying(func(t *promise.Terms) { t.Wording = " \n" }), Details: details},
			Err:   domain.ErrRequired,
			Field: "wording",
		},
		{
			Name:  "a promise is a sentence, not a plan",
			By:    anja(march),
			When:  promise.Make{ID: "p1", Terms: saying(func(t *promise.Terms) { t.Wording = strings.Repeat("é", 501) }), Details: details},
			Err:   domain.ErrTooLong,
			Field: "wording",
		},
		{
			Name:  "a situation is short",
			By:    anja(march),
			When:  promise.Make{ID: "p1", Terms: saying(func(t *promise.Terms) { t.Situation = strings.Repeat("é", 301) }), Details: details},
			Err:   domain.ErrTooLong,
			Field: "situation",
		},
		{
			Name:  "how often is short",
			By:    anja(march),
			When:  promise.Make{ID: "p1", Terms: saying(func(t *promise.Terms) { t.Frequency = strings.Repeat("é", 301) }), Details: details},
			Err:   domain.ErrTooLong,
			Field: "frequency",
		},
		{
			Name:  "who will notice is short",
			By:    anja(march),
			When:  promise.Make{ID: "p1", Terms: saying(func(t *promise.Terms) { t.Noticed = strings.Repeat("é", 301) }), Details: details},
			Err:   domain.ErrTooLong,
			Field: "noticed",
		},
		{
			Name:  "a promise is made to somebody",
			By:    anja(march),
			When:  promise.Make{ID: "p1", Terms: terms, Details: with(func(d *promise.Details) { d.To = nil })},
			Err:   domain.ErrRequired,
			Field: "to",
		},
		{
			Name:  "a promise is made to people of the programme",
			By:    anja(march),
			When:  promise.Make{ID: "p1", Terms: terms, Details: with(func(d *promise.Details) { d.To = []domain.Party{"the world"} })},
			Err:   domain.ErrNoParty,
			Field: "to",
		},
		{
			Name:  "nobody promises themselves",
			By:    anja(march),
			When:  promise.Make{ID: "p1", Terms: terms, Details: with(func(d *promise.Details) { d.To = []domain.Party{domain.Employees, domain.Person("anja")} })},
			Err:   promise.ErrToSelf,
			Field: "to",
		},
		{
			Name:  "nobody promises the past",
			By:    anja(july),
			When:  promise.Make{ID: "p1", Terms: terms, Details: details},
			Err:   promise.ErrPast,
			Field: "due",
		},
		{
			Name:  "a promise is due on a day that exists",
			By:    anja(march),
			When:  promise.Make{ID: "p1", Terms: terms, Details: with(func(d *promise.Details) { d.Due = "2026-02-30" })},
			Err:   domain.ErrNotADay,
			Field: "due",
		},
		{
			Name:  "a promise is not checked every day",
			By:    anja(march),
			When:  promise.Make{ID: "p1", Terms: terms, Details: with(func(d *promise.Details) { d.Rhythm = 6 })},
			Err:   promise.ErrRhythm,
			Field: "rhythm",
		},
		{
			Name:  "a promise is checked within a year",
			By:    anja(march),
			When:  promise.Make{ID: "p1", Terms: terms, Details: with(func(d *promise.Details) { d.Rhythm = 366 })},
			Err:   promise.ErrRhythm,
			Field: "rhythm",
		},
		{
			Name:  "a promise has an identifier",
			By:    anja(march),
			When:  promise.Make{ID: "p.1", Terms: terms, Details: details},
			Err:   domain.ErrBadID,
			Field: "id",
		},
		{
			Name:  "its pillar has an identifier",
			By:    anja(march),
			When:  promise.Make{ID: "p1", Terms: terms, Details: with(func(d *promise.Details) { d.Pillar = "*" })},
			Err:   domain.ErrBadID,
			Field: "pillar",
		},
		{
			Name:  "its behaviours have identifiers",
			By:    anja(march),
			When:  promise.Make{ID: "p1", Terms: terms, Details: with(func(d *promise.Details) { d.Behaviours = []domain.BehaviourID{""} })},
			Err:   domain.ErrBadID,
			Field: "behaviours",
		},
		{
			Name:  "the expectation that it answers has an identifier",
			By:    anja(march),
			When:  promise.Make{ID: "p1", Terms: terms, Details: with(func(d *promise.Details) { d.Expectation = "e 1" })},
			Err:   domain.ErrBadID,
			Field: "expectation",
		},
	})
}

func TestProposing(t *testing.T) {
	standing := proposed
	standing.Due = ""
	domaintest.Check(t, []rule{
		{
			Name: "recorded for someone else it waits for that person",
			By:   bram(march),
			When: promise.Propose{ID: "p1", By: "anja", Terms: terms, Details: details},
			Then: facts{proposed},
		},
		{
			Name: "one's own promise is made, not proposed",
			By:   anja(march),
			When: promise.Propose{ID: "p1", By: "anja", Terms: terms, Details: details},
			Err:  promise.ErrOwn, Field: "by",
		},
		{
			Name:  "a promise is proposed once",
			Given: facts{proposed},
			By:    carla(march),
			When:  promise.Propose{ID: "p1", By: "anja", Terms: terms, Details: details},
			Err:   promise.ErrExists,
		},
		{
			Name: "a promise is proposed to somebody",
			By:   bram(march),
			When: promise.Propose{ID: "p1", Terms: terms, Details: details},
			Err:  domain.ErrBadID, Field: "by",
		},
		{
			Name: "a proposal has words",
			By:   bram(march),
			When: promise.Propose{ID: "p1", By: "anja", Details: details},
			Err:  domain.ErrRequired, Field: "wording",
		},
		{
			Name: "nobody is asked to promise themselves",
			By:   bram(march),
			When: promise.Propose{ID: "p1", By: "anja", Terms: terms, Details: with(func(d *promise.Details) { d.To = []domain.Party{domain.Person("anja")} })},
			Err:  promise.ErrToSelf, Field: "to",
		},
		{
			Name: "who records it can be the one to whom it is promised",
			By:   bram(march),
			When: promise.Propose{ID: "p1", By: "anja", Terms: terms, Details: with(func(d *promise.Details) { d.To = []domain.Party{domain.Person("bram")} })},
			Then: facts{promise.Proposed{ID: "p1", By: "anja", RecordedBy: "bram", Words: said("bram"), Holds: func() promise.Holds {
				h := holds
				h.To = []domain.Party{domain.Person("bram")}
				return h
			}()}},
		},
		{
			Name:  "who accepts a promise makes its words their own",
			Given: facts{proposed},
			By:    anja(april),
			When:  promise.Accept{ID: "p1"},
			Then:  facts{acceptedOn(april)},
		},
		{
			Name:  "accepting twice changes nothing",
			Given: facts{proposed, accepted},
			By:    anja(april),
			When:  promise.Accept{ID: "p1"},
		},
		{
			Name:  "nobody accepts for another",
			Given: facts{proposed},
			By:    bram(april),
			When:  promise.Accept{ID: "p1"},
			Err:   promise.ErrNotYours,
		},
		{
			Name: "nobody accepts what was not proposed",
			By:   anja(april),
			When: promise.Accept{ID: "p1"},
			Err:  promise.ErrUnknown,
		},
		{
			Name:  "what was taken back is no longer there to accept",
			Given: facts{proposed, takenBack},
			By:    anja(april),
			When:  promise.Accept{ID: "p1"},
			Err:   promise.ErrNotProposed,
		},
		{
			Name:  "nobody promises words that were erased",
			Given: facts{unreadable},
			By:    anja(april),
			When:  promise.Accept{ID: "p1"},
			Err:   promise.ErrErased,
		},
		{
			Name:  "a proposal can be accepted until its day",
			Given: facts{proposed},
			By:    anja(june),
			When:  promise.Accept{ID: "p1"},
			Then:  facts{acceptedOn(june)},
		},
		{
			Name:  "a proposal without a day can always be accepted",
			Given: facts{standing},
			By:    anja(july),
			When:  promise.Accept{ID: "p1"},
			Then:  facts{acceptedOn(july)},
		},
		{
			Name:  "nobody accepts what was due before",
			Given: facts{proposed},
			By:    anja(july),
			When:  promise.Accept{ID: "p1"},
			Err:   promise.ErrTooLate,
		},
		{
			Name:  "a proposal can be declined with a reason",
			Given: facts{proposed},
			By:    anja(april),
			When:  promise.Decline{ID: "p1", Why: "Dit is niet aan mij."},
			Then:  facts{declined},
		},
		{
			Name:  "declining twice changes nothing",
			Given: facts{proposed, declined},
			By:    anja(april),
			When:  promise.Decline{ID: "p1"},
		},
		{
			Name:  "declining needs a reason",
			Given: facts{proposed},
			By:    anja(april),
			When:  promise.Decline{ID: "p1"},
			Err:   domain.ErrRequired, Field: "why",
		},
		{
			Name:  "nobody declines for another",
			Given: facts{proposed},
			By:    bram(april),
			When:  promise.Decline{ID: "p1", Why: "Toch niet."},
			Err:   promise.ErrNotYours,
		},
		{
			Name:  "what was accepted is withdrawn, not declined",
			Given: facts{proposed, accepted},
			By:    anja(april),
			When:  promise.Decline{ID: "p1", Why: "Toch niet."},
			Err:   promise.ErrNotProposed,
		},
		{
			Name:  "what was declined is no longer there to accept",
			Given: facts{proposed, declined},
			By:    anja(april),
			When:  promise.Accept{ID: "p1"},
			Err:   promise.ErrNotProposed,
		},
		{
			Name:  "who recorded a proposal can take it back",
			Given: facts{proposed},
			By:    bram(april),
			When:  promise.Withdraw{ID: "p1", Why: "Dubbel opgeschreven."},
			Then:  facts{takenBack},
		},
		{
			Name:  "a proposal is not taken back by somebody else",
			Given: facts{proposed},
			By:    carla(april),
			When:  promise.Withdraw{ID: "p1", Why: "Dubbel opgeschreven."},
			Err:   promise.ErrNotYours,
		},
		{
			Name:  "who is asked declines: there is nothing yet to withdraw",
			Given: facts{proposed},
			By:    anja(april),
			When:  promise.Withdraw{ID: "p1", Why: "Liever niet."},
			Err:   promise.ErrNotActive,
		},
		{
			Name:  "once accepted it is no longer the recorder's to take back",
			Given: facts{proposed, accepted},
			By:    bram(april),
			When:  promise.Withdraw{ID: "p1", Why: "Dubbel opgeschreven."},
			Err:   promise.ErrNotYours,
		},
		{
			Name:  "taking a proposal back needs a reason",
			Given: facts{proposed},
			By:    bram(april),
			When:  promise.Withdraw{ID: "p1"},
			Err:   domain.ErrRequired, Field: "why",
		},
		{
			Name:  "taking a proposal back twice changes nothing",
			Given: facts{proposed, takenBack},
			By:    bram(april),
			When:  promise.Withdraw{ID: "p1", Why: "Dubbel opgeschreven."},
		},
		{
			Name:  "a proposal that was never answered cannot stand again",
			Given: facts{proposed, takenBack},
			By:    anja(april),
			When:  promise.Reopen{ID: "p1", Why: "Ik doe het toch."},
			Err:   promise.ErrNotClosed,
		},
		{
			Name:  "a proposal that was never answered needs no explanation",
			Given: facts{proposed, takenBack},
			By:    anja(april),
			When:  promise.Explain{ID: "p1", Text: "Het was dubbel."},
			Err:   promise.ErrNotWithdrawn,
		},
		{
			Name:  "nobody gives a verdict on what was not accepted",
			Given: facts{proposed},
			By:    anja(april),
			When:  promise.Keep{ID: "p1"},
			Err:   promise.ErrNotActive,
		},
		{
			Name:  "nobody rewords what they did not accept",
			Given: facts{proposed},
			By:    anja(april),
			When:  promise.Reword{ID: "p1", Terms: terms, Why: "Zo zeg ik het."},
			Err:   promise.ErrNotActive,
		},
	})
}

func TestChanging(t *testing.T) {
	other := saying(func(t *promise.Terms) { t.Frequency = "Elke twee maanden" })
	reworded := promise.Reworded{ID: "p1", Words: said("anja"), Why: words("anja", "Elke maand lukt niet.")}
	reworded.Frequency = words("anja", other.Frequency)
	endless := made
	endless.Due = ""
	domaintest.Check(t, []rule{
		{
			Name:  "the words of a promise change with a reason",
			Given: facts{made},
			By:    anja(april),
			When:  promise.Reword{ID: "p1", Terms: other, Why: "Elke maand lukt niet."},
			Then:  facts{reworded},
		},
		{
			Name:  "what was accepted can be reworded",
			Given: facts{proposed, accepted},
			By:    anja(april),
			When:  promise.Reword{ID: "p1", Terms: other, Why: "Elke maand lukt niet."},
			Then:  facts{reworded},
		},
		{
			Name:  "what was accepted has its words, also when those of the proposal are erased",
			Given: facts{unreadable, accepted},
			By:    anja(april),
			When:  promise.Reword{ID: "p1", Terms: terms},
		},
		{
			Name:  "rewording needs a reason",
			Given: facts{made},
			By:    anja(april),
			When:  promise.Reword{ID: "p1", Terms: other},
			Err:   domain.ErrRequired, Field: "why",
		},
		{
			Name:  "the same words are no rewording",
			Given: facts{made, reworded},
			By:    anja(april),
			When:  promise.Reword{ID: "p1", Terms: other},
		},
		{
			Name:  "a promise is not reworded to nothing",
			Given: facts{made},
			By:    anja(april),
			When:  promise.Reword{ID: "p1", Why: "Weg ermee."},
			Err:   domain.ErrRequired, Field: "wording",
		},
		{
			Name:  "nobody rewords another's promise",
			Given: facts{made},
			By:    bram(april),
			When:  promise.Reword{ID: "p1", Terms: other, Why: "Zo is het mooier."},
			Err:   promise.ErrNotYours,
		},
		{
			Name: "nobody rewords what was not promised",
			By:   anja(april),
			When: promise.Reword{ID: "p1", Terms: other, Why: "Elke maand lukt niet."},
			Err:  promise.ErrUnknown,
		},
		{
			Name:  "after the verdict the words stay what they were",
			Given: facts{made, kept},
			By:    anja(june),
			When:  promise.Reword{ID: "p1", Terms: other, Why: "Elke maand lukt niet."},
			Err:   promise.ErrNotActive,
		},

		{
			Name:  "the day can move, with a reason",
			Given: facts{made},
			By:    anja(april),
			When:  promise.Move{ID: "p1", Due: july, Why: "Het team is er dan pas."},
			Then:  facts{promise.Moved{ID: "p1", Was: june, Due: july, Why: words("anja", "Het team is er dan pas.")}},
		},
		{
			Name:  "a promise can come to stand until further notice",
			Given: facts{made},
			By:    anja(april),
			When:  promise.Move{ID: "p1", Why: "Dit blijf ik doen."},
			Then:  facts{promise.Moved{ID: "p1", Was: june, Why: words("anja", "Dit blijf ik doen.")}},
		},
		{
			Name:  "moving needs a reason",
			Given: facts{made},
			By:    anja(april),
			When:  promise.Move{ID: "p1", Due: july},
			Err:   domain.ErrRequired, Field: "why",
		},
		{
			Name:  "moving to the same day changes nothing",
			Given: facts{made},
			By:    anja(july),
			When:  promise.Move{ID: "p1", Due: june},
		},
		{
			Name:  "a promise can move to today",
			Given: facts{made},
			By:    anja(april),
			When:  promise.Move{ID: "p1", Due: april, Why: "Het kon eerder."},
			Then:  facts{promise.Moved{ID: "p1", Was: june, Due: april, Why: words("anja", "Het kon eerder.")}},
		},
		{
			Name:  "a promise does not move to the past",
			Given: facts{made},
			By:    anja(april),
			When:  promise.Move{ID: "p1", Due: march, Why: "Het was al zover."},
			Err:   promise.ErrPast, Field: "due",
		},
		{
			Name:  "a promise moves to a day that exists",
			Given: facts{made},
			By:    anja(april),
			When:  promise.Move{ID: "p1", Due: "juni", Why: "Later."},
			Err:   domain.ErrNotADay, Field: "due",
		},
		{
			Name:  "nobody moves another's promise",
			Given: facts{made},
			By:    carla(april),
			When:  promise.Move{ID: "p1", Due: july, Why: "Komt beter uit."},
			Err:   promise.ErrNotYours,
		},

		{
			Name:  "a promise shows in behaviours of the strategy",
			Given: facts{made},
			By:    anja(april),
			When:  promise.Link{ID: "p1", Behaviours: []domain.BehaviourID{"meelopen", "luisteren", "luisteren"}},
			Then:  facts{promise.BehavioursLinked{ID: "p1", Behaviours: []domain.BehaviourID{"meelopen", "luisteren"}}},
		},
		{
			Name:  "a promise can be unlinked from all of them",
			Given: facts{made},
			By:    anja(april),
			When:  promise.Link{ID: "p1"},
			Then:  facts{promise.BehavioursLinked{ID: "p1", Behaviours: []domain.BehaviourID{}}},
		},
		{
			Name:  "the behaviours that it was made with change nothing",
			Given: facts{made},
			By:    anja(april),
			When:  promise.Link{ID: "p1", Behaviours: []domain.BehaviourID{"meelopen"}},
		},
		{
			Name:  "the same behaviours in another order change nothing",
			Given: facts{made, promise.BehavioursLinked{ID: "p1", Behaviours: []domain.BehaviourID{"a", "b"}}},
			By:    anja(april),
			When:  promise.Link{ID: "p1", Behaviours: []domain.BehaviourID{"b", "a", "b"}},
		},
		{
			Name:  "one of two behaviours, named twice, is not both",
			Given: facts{made, promise.BehavioursLinked{ID: "p1", Behaviours: []domain.BehaviourID{"a", "b"}}},
			By:    anja(april),
			When:  promise.Link{ID: "p1", Behaviours: []domain.BehaviourID{"a", "a"}},
			Then:  facts{promise.BehavioursLinked{ID: "p1", Behaviours: []domain.BehaviourID{"a"}}},
		},
		{
			Name:  "a behaviour has an identifier",
			Given: facts{made},
			By:    anja(april),
			When:  promise.Link{ID: "p1", Behaviours: []domain.BehaviourID{"meer verbinden"}},
			Err:   domain.ErrBadID, Field: "behaviours",
		},
		{
			Name:  "nobody links another's promise",
			Given: facts{made},
			By:    bram(april),
			When:  promise.Link{ID: "p1", Behaviours: []domain.BehaviourID{"luisteren"}},
			Err:   promise.ErrNotYours,
		},

		{
			Name:  "the promiser says how often a promise is checked",
			Given: facts{made},
			By:    anja(april),
			When:  promise.SetRhythm{ID: "p1", Days: 90},
			Then:  facts{promise.RhythmSet{ID: "p1", Days: 90}},
		},
		{
			Name:  "the rhythm that it was made with changes nothing",
			Given: facts{made},
			By:    anja(april),
			When:  promise.SetRhythm{ID: "p1", Days: 30},
		},
		{
			Name:  "the same rhythm changes nothing",
			Given: facts{made, promise.RhythmSet{ID: "p1", Days: 90}},
			By:    anja(april),
			When:  promise.SetRhythm{ID: "p1", Days: 90},
		},
		{
			Name:  "a rhythm is a week at least and a year at most",
			Given: facts{made},
			By:    anja(april),
			When:  promise.SetRhythm{ID: "p1", Days: 0},
			Err:   promise.ErrRhythm, Field: "rhythm",
		},
		{
			Name:  "a promise can be checked every week",
			Given: facts{made},
			By:    anja(april),
			When:  promise.SetRhythm{ID: "p1", Days: 7},
			Then:  facts{promise.RhythmSet{ID: "p1", Days: 7}},
		},
		{
			Name:  "a promise can be checked once a year",
			Given: facts{made},
			By:    anja(april),
			When:  promise.SetRhythm{ID: "p1", Days: 365},
			Then:  facts{promise.RhythmSet{ID: "p1", Days: 365}},
		},
		{
			Name:  "nobody sets the rhythm of another's promise",
			Given: facts{made},
			By:    bram(april),
			When:  promise.SetRhythm{ID: "p1", Days: 90},
			Err:   promise.ErrNotYours,
		},

		{
			Name:  "a promise without a day is never late",
			Given: facts{endless},
			By:    anja(july),
			When:  promise.Keep{ID: "p1"},
			Then:  facts{promise.Kept{ID: "p1", On: july}},
		},
	})
}

func TestWithdrawing(t *testing.T) {
	domaintest.Check(t, []rule{
		{
			Name:  "a promise can be withdrawn, with a reason",
			Given: facts{made},
			By:    anja(april),
			When:  promise.Withdraw{ID: "p1", Why: "Het team is opgeheven."},
			Then:  facts{withdrawn},
		},
		{
			Name:  "a withdrawal needs a reason",
			Given: facts{made},
			By:    anja(april),
			When:  promise.Withdraw{ID: "p1", Why: "  "},
			Err:   domain.ErrRequired, Field: "why",
		},
		{
			Name:  "withdrawing twice changes nothing",
			Given: facts{made, withdrawn},
			By:    anja(april),
			When:  promise.Withdraw{ID: "p1"},
		},
		{
			Name:  "nobody withdraws for another a second time",
			Given: facts{made, withdrawn},
			By:    bram(april),
			When:  promise.Withdraw{ID: "p1", Why: "Het is te veel."},
			Err:   promise.ErrNotYours,
		},
		{
			Name:  "what was accepted and then withdrawn is no longer the recorder's",
			Given: facts{proposed, accepted, withdrawn},
			By:    bram(june),
			When:  promise.Withdraw{ID: "p1", Why: "Het is te veel."},
			Err:   promise.ErrNotYours,
		},
		{
			Name:  "nobody withdraws another's promise",
			Given: facts{made},
			By:    bram(april),
			When:  promise.Withdraw{ID: "p1", Why: "Het is te veel."},
			Err:   promise.ErrNotYours,
		},
		{
			Name: "nobody withdraws what was not promised",
			By:   anja(april),
			When: promise.Withdraw{ID: "p1", Why: "Het is te veel."},
			Err:  promise.ErrUnknown,
		},
		{
			Name:  "what was not kept is not withdrawn",
			Given: facts{made, broken},
			By:    anja(june),
			When:  promise.Withdraw{ID: "p1", Why: "Het is te veel."},
			Err:   promise.ErrNotActive,
		},
		{
			Name:  "a withdrawal is explained to those to whom it was promised",
			Given: facts{made, withdrawn},
			By:    anja(june),
			When:  promise.Explain{ID: "p1", Text: "Team Zuid neemt het over."},
			Then:  facts{promise.WithdrawalExplained{ID: "p1", Text: words("anja", "Team Zuid neemt het over.")}},
		},
		{
			Name:  "more can be explained later",
			Given: facts{made, withdrawn, promise.WithdrawalExplained{ID: "p1", Text: words("anja", "Team Zuid neemt het over.")}},
			By:    anja(july),
			When:  promise.Explain{ID: "p1", Text: "Vanaf september."},
			Then:  facts{promise.WithdrawalExplained{ID: "p1", Text: words("anja", "Vanaf september.")}},
		},
		{
			Name:  "an explanation has words",
			Given: facts{made, withdrawn},
			By:    anja(june),
			When:  promise.Explain{ID: "p1"},
			Err:   domain.ErrRequired, Field: "text",
		},
		{
			Name:  "only who withdrew explains",
			Given: facts{made, withdrawn},
			By:    bram(june),
			When:  promise.Explain{ID: "p1", Text: "Ze had het druk."},
			Err:   promise.ErrNotYours,
		},
		{
			Name:  "a promise that stands needs no explanation",
			Given: facts{made},
			By:    anja(june),
			When:  promise.Explain{ID: "p1", Text: "Team Zuid neemt het over."},
			Err:   promise.ErrNotWithdrawn,
		},
	})
}

func TestJudging(t *testing.T) {
	domaintest.Check(t, []rule{
		{
			Name:  "the promiser says that a promise was kept",
			Given: facts{made},
			By:    anja(april),
			When:  promise.Keep{ID: "p1"},
			Then:  facts{kept},
		},
		{
			Name:  "what was done on its day was done in time",
			Given: facts{made},
			By:    anja(july),
			When:  promise.Keep{ID: "p1", On: june},
			Then:  facts{promise.Kept{ID: "p1", On: june}},
		},
		{
			Name:  "what was done after its day was done late",
			Given: facts{made},
			By:    anja(july),
			When:  promise.Keep{ID: "p1"},
			Then:  facts{promise.Kept{ID: "p1", On: july, Late: true}},
		},
		{
			Name:  "whether it was late is counted from the day it moved to",
			Given: facts{made, promise.Moved{ID: "p1", Was: june, Due: july, Why: words("anja", "Het team is er dan pas.")}},
			By:    anja(july),
			When:  promise.Keep{ID: "p1"},
			Then:  facts{promise.Kept{ID: "p1", On: july}},
		},
		{
			Name:  "nobody kept what had not been promised yet",
			Given: facts{made},
			By:    anja(april),
			When:  promise.Keep{ID: "p1", On: march.Add(-1)},
			Err:   promise.ErrTooEarly, Field: "on",
		},
		{
			Name:  "on the day itself it can be kept",
			Given: facts{made},
			By:    anja(april),
			When:  promise.Keep{ID: "p1", On: march},
			Then:  facts{promise.Kept{ID: "p1", On: march}},
		},
		{
			Name:  "nothing was done tomorrow",
			Given: facts{made},
			By:    anja(april),
			When:  promise.Keep{ID: "p1", On: june},
			Err:   promise.ErrFuture, Field: "on",
		},
		{
			Name:  "what was done was done on a day that exists",
			Given: facts{made},
			By:    anja(april),
			When:  promise.Keep{ID: "p1", On: "gisteren"},
			Err:   domain.ErrNotADay, Field: "on",
		},
		{
			Name:  "keeping twice changes nothing",
			Given: facts{made, kept},
			By:    anja(june),
			When:  promise.Keep{ID: "p1"},
		},
		{
			Name:  "nobody keeps another's promise",
			Given: facts{made},
			By:    bram(april),
			When:  promise.Keep{ID: "p1"},
			Err:   promise.ErrNotYours,
		},
		{
			Name:  "nobody keeps it for another a second time",
			Given: facts{made, kept},
			By:    bram(june),
			When:  promise.Keep{ID: "p1"},
			Err:   promise.ErrNotYours,
		},
		{
			Name:  "what was done can have been done today",
			Given: facts{made},
			By:    anja(april),
			When:  promise.Keep{ID: "p1", On: april},
			Then:  facts{kept},
		},
		{
			Name:  "what was withdrawn cannot be kept",
			Given: facts{made, withdrawn},
			By:    anja(june),
			When:  promise.Keep{ID: "p1"},
			Err:   promise.ErrNotActive,
		},
		{
			Name:  "the promiser says that a promise was not kept, and why",
			Given: facts{made},
			By:    anja(april),
			When:  promise.Break{ID: "p1", Why: "Ik ging twee keer niet."},
			Then:  facts{broken},
		},
		{
			Name:  "that can have become clear earlier",
			Given: facts{made},
			By:    anja(june),
			When:  promise.Break{ID: "p1", On: april, Why: "Ik ging twee keer niet."},
			Then:  facts{broken},
		},
		{
			Name:  "that cannot become clear tomorrow",
			Given: facts{made},
			By:    anja(april),
			When:  promise.Break{ID: "p1", On: june, Why: "Ik ga niet meer."},
			Err:   promise.ErrFuture, Field: "on",
		},
		{
			Name:  "a promise that was not kept has a reason",
			Given: facts{made},
			By:    anja(april),
			When:  promise.Break{ID: "p1"},
			Err:   domain.ErrRequired, Field: "why",
		},
		{
			Name:  "breaking twice changes nothing",
			Given: facts{made, broken},
			By:    anja(june),
			When:  promise.Break{ID: "p1", Why: "Weer niet."},
		},
		{
			Name:  "nobody breaks another's promise",
			Given: facts{made},
			By:    carla(april),
			When:  promise.Break{ID: "p1", Why: "Ze was er niet."},
			Err:   promise.ErrNotYours,
		},
		{
			Name:  "nor when it is broken already",
			Given: facts{made, broken},
			By:    carla(june),
			When:  promise.Break{ID: "p1", Why: "Ze was er niet."},
			Err:   promise.ErrNotYours,
		},
		{
			Name:  "what was kept is not broken before it stands again",
			Given: facts{made, kept},
			By:    anja(june),
			When:  promise.Break{ID: "p1", Why: "Toch niet."},
			Err:   promise.ErrNotActive,
		},

		{
			Name:  "a verdict can be taken back, with a reason",
			Given: facts{made, kept},
			By:    anja(june),
			When:  promise.Reopen{ID: "p1", Why: "Te vroeg gejuicht."},
			Then:  facts{reopened},
		},
		{
			Name:  "a withdrawal can be taken back",
			Given: facts{made, withdrawn},
			By:    anja(june),
			When:  promise.Reopen{ID: "p1", Why: "Te vroeg gejuicht."},
			Then:  facts{reopened},
		},
		{
			Name:  "taking a verdict back needs a reason",
			Given: facts{made, kept},
			By:    anja(june),
			When:  promise.Reopen{ID: "p1"},
			Err:   domain.ErrRequired, Field: "why",
		},
		{
			Name:  "a promise that stands open stays open",
			Given: facts{made},
			By:    anja(june),
			When:  promise.Reopen{ID: "p1"},
		},
		{
			Name:  "nobody takes back another's verdict",
			Given: facts{made, kept},
			By:    bram(june),
			When:  promise.Reopen{ID: "p1", Why: "Ik zag niets."},
			Err:   promise.ErrNotYours,
		},
		{
			Name:  "what was declined does not stand again",
			Given: facts{proposed, declined},
			By:    anja(june),
			When:  promise.Reopen{ID: "p1", Why: "Ik doe het toch."},
			Err:   promise.ErrNotClosed,
		},
		{
			Name:  "what waits for an answer does not stand again",
			Given: facts{proposed},
			By:    anja(april),
			When:  promise.Reopen{ID: "p1", Why: "Ik doe het."},
			Err:   promise.ErrNotClosed,
		},
		{
			Name:  "a promise that stands again can be kept after all",
			Given: facts{made, broken, reopened},
			By:    anja(june),
			When:  promise.Keep{ID: "p1"},
			Then:  facts{promise.Kept{ID: "p1", On: june}},
		},
	})
}

func TestRepairing(t *testing.T) {
	domaintest.Check(t, []rule{
		{
			Name:  "a broken promise asks for a repair",
			Given: facts{made, broken},
			By:    anja(april),
			When:  promise.AgreeRepair{ID: "p1", Text: "Ik ga deze maand twee keer.", Due: june},
			Then:  facts{agreed},
		},
		{
			Name:  "another repair can be agreed",
			Given: facts{made, broken, agreed},
			By:    anja(april),
			When:  promise.AgreeRepair{ID: "p1", Text: "Ik ga in juni drie keer.", Due: july},
			Then:  facts{promise.RepairAgreed{ID: "p1", Text: words("anja", "Ik ga in juni drie keer."), Due: july}},
		},
		{
			Name:  "a repair can be for today",
			Given: facts{made, broken},
			By:    anja(june),
			When:  promise.AgreeRepair{ID: "p1", Text: "Ik ga deze maand twee keer.", Due: june},
			Then:  facts{agreed},
		},
		{
			Name:  "a repair has words",
			Given: facts{made, broken},
			By:    anja(april),
			When:  promise.AgreeRepair{ID: "p1", Due: june},
			Err:   domain.ErrRequired, Field: "text",
		},
		{
			Name:  "a repair has a day",
			Given: facts{made, broken},
			By:    anja(april),
			When:  promise.AgreeRepair{ID: "p1", Text: "Ik ga deze maand twee keer."},
			Err:   domain.ErrRequired, Field: "due",
		},
		{
			Name:  "a repair has a day that exists",
			Given: facts{made, broken},
			By:    anja(april),
			When:  promise.AgreeRepair{ID: "p1", Text: "Ik ga deze maand twee keer.", Due: "2026-06-31"},
			Err:   domain.ErrNotADay, Field: "due",
		},
		{
			Name:  "a repair lies ahead",
			Given: facts{made, broken},
			By:    anja(april),
			When:  promise.AgreeRepair{ID: "p1", Text: "Ik ga deze maand twee keer.", Due: march},
			Err:   promise.ErrPast, Field: "due",
		},
		{
			Name:  "only what was not kept is repaired",
			Given: facts{made},
			By:    anja(april),
			When:  promise.AgreeRepair{ID: "p1", Text: "Ik ga deze maand twee keer.", Due: june},
			Err:   promise.ErrNotBroken,
		},
		{
			Name:  "nobody repairs another's promise",
			Given: facts{made, broken},
			By:    bram(april),
			When:  promise.AgreeRepair{ID: "p1", Text: "Ik ga wel.", Due: june},
			Err:   promise.ErrNotYours,
		},
		{
			Name:  "a repair can be done",
			Given: facts{made, broken, agreed},
			By:    anja(june),
			When:  promise.CompleteRepair{ID: "p1"},
			Then:  facts{repaired},
		},
		{
			Name:  "a repair can have been done before today",
			Given: facts{made, broken, agreed},
			By:    anja(july),
			When:  promise.CompleteRepair{ID: "p1", On: june},
			Then:  facts{repaired},
		},
		{
			Name:  "a repair cannot have been done tomorrow",
			Given: facts{made, broken, agreed},
			By:    anja(june),
			When:  promise.CompleteRepair{ID: "p1", On: july},
			Err:   promise.ErrFuture, Field: "on",
		},
		{
			Name:  "repairing twice changes nothing",
			Given: facts{made, broken, agreed, repaired},
			By:    anja(july),
			When:  promise.CompleteRepair{ID: "p1"},
		},
		{
			Name:  "a repair is agreed before it is done",
			Given: facts{made, broken},
			By:    anja(june),
			When:  promise.CompleteRepair{ID: "p1"},
			Err:   promise.ErrNoRepair,
		},
		{
			Name:  "a repair does not outlive the verdict that it was for",
			Given: facts{made, broken, agreed, reopened, broken},
			By:    anja(june),
			When:  promise.CompleteRepair{ID: "p1"},
			Err:   promise.ErrNoRepair,
		},
		{
			Name:  "nobody completes another's repair",
			Given: facts{made, broken, agreed},
			By:    bram(june),
			When:  promise.CompleteRepair{ID: "p1"},
			Err:   promise.ErrNotYours,
		},
		{
			Name:  "nor when it is done already",
			Given: facts{made, broken, agreed, repaired},
			By:    bram(july),
			When:  promise.CompleteRepair{ID: "p1"},
			Err:   promise.ErrNotYours,
		},
		{
			Name:  "a promise that was kept needs no repair",
			Given: facts{made, kept},
			By:    anja(june),
			When:  promise.CompleteRepair{ID: "p1"},
			Err:   promise.ErrNotBroken,
		},
	})
}
