package coaching_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"koersvast/domain"
	"koersvast/domain/coaching"
	"koersvast/domain/domaintest"
)

type (
	rule  = domaintest.Rule[coaching.State]
	facts = []coaching.Event
)

const (
	february = domain.Day("2026-02-02")
	march    = domain.Day("2026-03-02")
	april    = domain.Day("2026-04-01")
	june     = domain.Day("2026-06-01")
	july     = domain.Day("2026-07-01")
)

// Clara coaches Anja, who is of the management team; Bram leads the programme
// and pays for it. Dirk has nothing to do with it.
func clara(d domain.Day) domain.Act { return by("clara", d) }
func anja(d domain.Day) domain.Act  { return by("anja", d) }
func bram(d domain.Day) domain.Act  { return by("bram", d) }
func dirk(d domain.Day) domain.Act  { return by("dirk", d) }

func by(p domain.PersonID, d domain.Day) domain.Act {
	return domain.Act{By: p, At: d.Start().Add(9 * time.Hour)}
}

// said is what is said in Anja's coaching, by whomever.
func said(text string) domain.Private {
	return domain.Say(domain.KeyOf("anja", domain.Coaching), text)
}

// own is a note for the eyes of who wrote it.
func own(by domain.PersonID, text string) domain.Private {
	return domain.Say(domain.KeyOf(by, domain.OwnNotes), text)
}

var (
	terms = coaching.Terms{
		Aims:  "Anja vraagt door voordat ze antwoordt.",
		SetUp: "Vijf gesprekken. Wat er gezegd wordt, blijft tussen Anja en Clara.",
		From:  february, Until: june,
	}
	shorter  = coaching.Terms{Aims: terms.Aims, SetUp: "Drie gesprekken.", From: february, Until: april}
	contract = coaching.Contract{Aims: said(terms.Aims), SetUp: said(terms.SetUp), From: february, Until: june}
	slot     = coaching.Slot{Day: april, Start: "14:30", Minutes: 60}

	proposed = coaching.Proposed{
		ID: "c1", By: "clara", Coach: "clara", Coachee: "anja", Sponsor: "bram",
		Reason: coaching.AfterFeedback, Contract: contract,
	}
	byOther = coaching.Proposed{
		ID: "c1", By: "dirk", Coach: "clara", Coachee: "anja", Sponsor: "bram",
		Reason: coaching.AfterFeedback, Contract: contract,
	}
	erased = coaching.Proposed{
		ID: "c1", By: "clara", Coach: "clara", Coachee: "anja", Sponsor: "bram",
		Reason: coaching.AfterFeedback, Contract: coaching.Contract{From: february, Until: june},
	}
	revised = coaching.Revised{
		ID: "c1", By: "bram", Version: 2,
		Contract: coaching.Contract{Aims: said(terms.Aims), SetUp: said("Drie gesprekken."), From: february, Until: april},
		Why:      said("Het geld is op."),
	}
	byOtherAgain = coaching.Revised{ID: "c1", By: "dirk", Version: 2, Contract: revised.Contract, Why: revised.Why}
	refused      = coaching.Declined{ID: "c1", By: "anja", Version: 1, Why: said("Liever met een ander.")}

	inForce = facts{proposed, yes("anja", 1), yes("bram", 1)}

	planned   = coaching.SessionPlanned{ID: "c1", Session: "s1", Round: "r1", Slot: slot, Place: said("Kamer 2")}
	moved     = coaching.SessionMoved{ID: "c1", Session: "s1", Slot: later(slot), Place: said("Kamer 2"), Why: said("De trein rijdt niet.")}
	cancelled = coaching.SessionCancelled{ID: "c1", Session: "s1", Why: said("Ik ben ziek.")}
	held      = coaching.SessionHeld{ID: "c1", Session: "s1", Round: "r1", On: april}

	shared  = coaching.NoteShared{ID: "c1", Note: "n1", By: "clara", Session: "s1", Text: said("Anja kijkt wie er nog niets zei.")}
	kept    = coaching.NoteKept{ID: "c1", Note: "n2", By: "clara", Session: "s1", Text: own("clara", "Hier doorvragen.")}
	amended = coaching.NoteAmended{ID: "c1", Note: "n1", Text: said("Anja vraagt wie er nog niets zei.")}

	links   = coaching.Links{Behaviour: "doorvragen", Promise: "p1", Round: "r1", Question: "q1"}
	goal    = coaching.GoalSet{ID: "c1", Goal: "g1", Text: said("Ik vraag door."), Links: links, Due: june, SharedWith: []domain.Party{domain.Person("clara")}}
	reached = coaching.GoalCompleted{ID: "c1", Goal: "g1"}
	letGo   = coaching.GoalDropped{ID: "c1", Goal: "g1", Why: said("Iets anders is nu belangrijker.")}

	closed = coaching.Closed{ID: "c1", By: "anja", On: april}
)

func yes(p domain.PersonID, version int) coaching.Agreed {
	return coaching.Agreed{ID: "c1", By: p, On: march, Version: version}
}

func later(s coaching.Slot) coaching.Slot {
	s.Start = "16:00"
	return s
}

// and returns what happened after the contract came into force.
func and(more ...coaching.Event) facts { return slices.Concat(inForce, more) }

func TestProposing(t *testing.T) {
	propose := coaching.Propose{ID: "c1", Coach: "clara", Coachee: "anja", Sponsor: "bram", Reason: coaching.AfterFeedback, Terms: terms}
	but := func(change func(*coaching.Propose)) coaching.Propose {
		c := propose
		change(&c)
		return c
	}
	standstill := proposed
	standstill.Reason = coaching.Standstill
	domaintest.Check(t, []rule{
		{
			Name: "a contract is put to three people",
			By:   clara(march),
			When: coaching.Propose{ID: "c1", Coach: "clara", Coachee: "anja", Sponsor: "bram", Reason: coaching.AfterFeedback, Terms: terms},
			Then: facts{proposed},
		},
		{
			Name: "somebody else can put it to them",
			By:   dirk(march),
			When: propose,
			Then: facts{byOther},
		},
		{
			Name: "people are also coached because they stand still in learning",
			By:   clara(march),
			When: but(func(c *coaching.Propose) { c.Reason = coaching.Standstill }),
			Then: facts{standstill},
		},
		{
			Name:  "a coaching is proposed once",
			Given: facts{proposed},
			By:    anja(march),
			When:  propose,
			Err:   coaching.ErrExists,
		},
		{
			Name: "nobody coaches themselves",
			By:   clara(march),
			When: but(func(c *coaching.Propose) { c.Coachee = "clara" }),
			Err:  coaching.ErrNotThree, Field: "coach",
		},
		{
			Name: "a coach pays not for the coaching",
			By:   clara(march),
			When: but(func(c *coaching.Propose) { c.Sponsor = "clara" }),
			Err:  coaching.ErrNotThree, Field: "sponsor",
		},
		{
			Name: "nor does who is coached",
			By:   clara(march),
			When: but(func(c *coaching.Propose) { c.Sponsor = "anja" }),
			Err:  coaching.ErrNotThree, Field: "sponsor",
		},
		{
			Name: "there is a reason that people can choose from",
			By:   clara(march),
			When: but(func(c *coaching.Propose) { c.Reason = "appraisal" }),
			Err:  coaching.ErrReason, Field: "reason",
		},
		{
			Name: "a coaching aims at something",
			By:   clara(march),
			When: but(func(c *coaching.Propose) { c.Aims = " " }),
			Err:  domain.ErrRequired, Field: "aims",
		},
		{
			Name: "its set-up is known",
			By:   clara(march),
			When: but(func(c *coaching.Propose) { c.SetUp = "" }),
			Err:  domain.ErrRequired, Field: "set_up",
		},
		{
			Name: "aims are shorter than a report",
			By:   clara(march),
			When: but(func(c *coaching.Propose) { c.Aims = strings.Repeat("é", 4001) }),
			Err:  domain.ErrTooLong, Field: "aims",
		},
		{
			Name: "it begins on a day that exists",
			By:   clara(march),
			When: but(func(c *coaching.Propose) { c.From = "" }),
			Err:  domain.ErrNotADay, Field: "from",
		},
		{
			Name: "it ends on a day that exists",
			By:   clara(march),
			When: but(func(c *coaching.Propose) { c.Until = "2026-02-30" }),
			Err:  domain.ErrNotADay, Field: "until",
		},
		{
			Name: "it ends after it began",
			By:   clara(march),
			When: but(func(c *coaching.Propose) { c.Until = c.From }),
			Err:  coaching.ErrPeriod, Field: "until",
		},
		{
			Name: "a coaching has an identifier",
			By:   clara(march),
			When: but(func(c *coaching.Propose) { c.ID = "c.1" }),
			Err:  domain.ErrBadID, Field: "id",
		},
		{
			Name: "a coaching has a coach",
			By:   clara(march),
			When: but(func(c *coaching.Propose) { c.Coach = "" }),
			Err:  domain.ErrBadID, Field: "coach",
		},
		{
			Name: "a coaching is of somebody",
			By:   clara(march),
			When: but(func(c *coaching.Propose) { c.Coachee = "" }),
			Err:  domain.ErrBadID, Field: "coachee",
		},
		{
			Name: "a coaching has a sponsor",
			By:   clara(march),
			When: but(func(c *coaching.Propose) { c.Sponsor = "" }),
			Err:  domain.ErrBadID, Field: "sponsor",
		},
	})
}

func TestAgreeing(t *testing.T) {
	domaintest.Check(t, []rule{
		{
			Name:  "the coachee agrees",
			Given: facts{proposed},
			By:    anja(march),
			When:  coaching.Agree{ID: "c1", Version: 1},
			Then:  facts{yes("anja", 1)},
		},
		{
			Name:  "who pays can be the first to agree",
			Given: facts{byOther},
			By:    bram(march),
			When:  coaching.Agree{ID: "c1", Version: 1},
			Then:  facts{yes("bram", 1)},
		},
		{
			Name:  "who proposed it has agreed, if it is theirs",
			Given: facts{proposed},
			By:    clara(march),
			When:  coaching.Agree{ID: "c1", Version: 1},
		},
		{
			Name:  "the coach agrees to what another proposed",
			Given: facts{byOther},
			By:    clara(march),
			When:  coaching.Agree{ID: "c1", Version: 1},
			Then:  facts{yes("clara", 1)},
		},
		{
			Name:  "agreeing twice changes nothing",
			Given: inForce,
			By:    anja(april),
			When:  coaching.Agree{ID: "c1", Version: 1},
		},
		{
			Name:  "who proposed it for others does not agree for them",
			Given: facts{byOther},
			By:    dirk(march),
			When:  coaching.Agree{ID: "c1", Version: 1},
			Err:   coaching.ErrNotParty,
		},
		{
			Name:  "nobody agrees to a contract of others",
			Given: facts{proposed},
			By:    dirk(march),
			When:  coaching.Agree{ID: "c1", Version: 1},
			Err:   coaching.ErrNotParty,
		},
		{
			Name:  "nobody agrees to other words than they read",
			Given: facts{proposed, revised},
			By:    anja(march),
			When:  coaching.Agree{ID: "c1", Version: 1},
			Err:   coaching.ErrRevised,
		},
		{
			Name:  "everyone agrees again to a contract that was revised",
			Given: and(revised),
			By:    anja(march),
			When:  coaching.Agree{ID: "c1", Version: 2},
			Then:  facts{yes("anja", 2)},
		},
		{
			Name:  "who revised it has agreed",
			Given: and(revised),
			By:    bram(march),
			When:  coaching.Agree{ID: "c1", Version: 2},
		},
		{
			Name:  "nobody agrees to what another declined",
			Given: facts{proposed, refused},
			By:    bram(march),
			When:  coaching.Agree{ID: "c1", Version: 1},
			Err:   coaching.ErrDeclined,
		},
		{
			Name:  "people agree to what was put again after somebody declined",
			Given: facts{proposed, refused, revised},
			By:    anja(march),
			When:  coaching.Agree{ID: "c1", Version: 2},
			Then:  facts{yes("anja", 2)},
		},
		{
			Name:  "and again to what another revised for them",
			Given: facts{byOther, yes("anja", 1), byOtherAgain},
			By:    anja(march),
			When:  coaching.Agree{ID: "c1", Version: 2},
			Then:  facts{yes("anja", 2)},
		},
		{
			Name:  "nobody agrees to words that nobody can read",
			Given: facts{erased},
			By:    anja(march),
			When:  coaching.Agree{ID: "c1", Version: 1},
			Err:   coaching.ErrErased,
		},
		{
			Name:  "nobody agrees to what has ended",
			Given: and(revised, closed),
			By:    anja(april),
			When:  coaching.Agree{ID: "c1", Version: 2},
			Err:   coaching.ErrClosed,
		},
		{
			Name: "nobody agrees to what was not proposed",
			By:   anja(march),
			When: coaching.Agree{ID: "c1", Version: 1},
			Err:  coaching.ErrUnknown,
		},

		{
			Name:  "a contract can be declined",
			Given: facts{proposed},
			By:    anja(march),
			When:  coaching.Decline{ID: "c1", Version: 1, Why: "Liever met een ander."},
			Then:  facts{refused},
		},
		{
			Name:  "nobody has to say why",
			Given: facts{proposed},
			By:    bram(march),
			When:  coaching.Decline{ID: "c1", Version: 1},
			Then:  facts{coaching.Declined{ID: "c1", By: "bram", Version: 1}},
		},
		{
			Name:  "who agreed can still decline until all have agreed",
			Given: facts{proposed, yes("anja", 1)},
			By:    anja(march),
			When:  coaching.Decline{ID: "c1", Version: 1, Why: "Liever met een ander."},
			Then:  facts{refused},
		},
		{
			Name:  "who proposed it for others can take it back",
			Given: facts{byOther},
			By:    dirk(march),
			When:  coaching.Decline{ID: "c1", Version: 1},
			Then:  facts{coaching.Declined{ID: "c1", By: "dirk", Version: 1}},
		},
		{
			Name:  "declining twice changes nothing",
			Given: facts{proposed, refused},
			By:    anja(march),
			When:  coaching.Decline{ID: "c1", Version: 1},
		},
		{
			Name:  "nobody declines what all three have agreed to",
			Given: inForce,
			By:    anja(march),
			When:  coaching.Decline{ID: "c1", Version: 1},
			Err:   coaching.ErrInForce,
		},
		{
			Name:  "nobody declines other words than they read",
			Given: facts{proposed, revised},
			By:    anja(march),
			When:  coaching.Decline{ID: "c1", Version: 1},
			Err:   coaching.ErrRevised,
		},
		{
			Name:  "nobody declines for others",
			Given: facts{proposed},
			By:    dirk(march),
			When:  coaching.Decline{ID: "c1", Version: 1},
			Err:   coaching.ErrNotParty,
		},
		{
			Name:  "a reason is not a report",
			Given: facts{proposed},
			By:    anja(march),
			When:  coaching.Decline{ID: "c1", Version: 1, Why: strings.Repeat("é", 4001)},
			Err:   domain.ErrTooLong, Field: "why",
		},
	})
}

func TestRevising(t *testing.T) {
	again := coaching.Revised{ID: "c1", By: "clara", Version: 2, Contract: contract, Why: said("We spraken elkaar.")}
	domaintest.Check(t, []rule{
		{
			Name:  "terms can be revised, and all three agree again",
			Given: inForce,
			By:    bram(march),
			When:  coaching.Revise{ID: "c1", Terms: shorter, Why: "Het geld is op."},
			Then:  facts{revised},
		},
		{
			Name:  "the same terms change nothing",
			Given: inForce,
			By:    bram(march),
			When:  coaching.Revise{ID: "c1", Terms: terms, Why: "Zomaar."},
		},
		{
			Name:  "terms that were declined can be put again",
			Given: facts{proposed, refused},
			By:    clara(march),
			When:  coaching.Revise{ID: "c1", Terms: terms, Why: "We spraken elkaar."},
			Then:  facts{again},
		},
		{
			Name:  "who proposed it for others can revise it until they have all agreed",
			Given: facts{byOther},
			By:    dirk(march),
			When:  coaching.Revise{ID: "c1", Terms: shorter, Why: "Het geld is op."},
			Then:  facts{byOtherAgain},
		},
		{
			Name:  "and not after",
			Given: facts{byOther, yes("clara", 1), yes("anja", 1), yes("bram", 1)},
			By:    dirk(march),
			When:  coaching.Revise{ID: "c1", Terms: shorter, Why: "Het geld is op."},
			Err:   coaching.ErrNotParty,
		},
		{
			Name:  "other terms have a reason",
			Given: inForce,
			By:    bram(march),
			When:  coaching.Revise{ID: "c1", Terms: shorter},
			Err:   domain.ErrRequired, Field: "why",
		},
		{
			Name:  "revised terms are whole",
			Given: inForce,
			By:    bram(march),
			When:  coaching.Revise{ID: "c1", Terms: coaching.Terms{SetUp: "Drie gesprekken.", From: february, Until: april}, Why: "Het geld is op."},
			Err:   domain.ErrRequired, Field: "aims",
		},
		{
			Name:  "nobody revises what has ended",
			Given: and(closed),
			By:    clara(april),
			When:  coaching.Revise{ID: "c1", Terms: shorter, Why: "Het geld is op."},
			Err:   coaching.ErrClosed,
		},
		{
			Name: "nobody revises what was not proposed",
			By:   clara(april),
			When: coaching.Revise{ID: "c1", Terms: shorter, Why: "Het geld is op."},
			Err:  coaching.ErrUnknown,
		},
	})
}

func TestMeeting(t *testing.T) {
	plan := coaching.PlanSession{ID: "c1", Session: "s1", Round: "r1", Slot: slot, Place: "Kamer 2"}
	but := func(change func(*coaching.PlanSession)) coaching.PlanSession {
		c := plan
		change(&c)
		return c
	}
	talk := planned
	talk.Round, talk.Place = "", domain.Private{}
	afterTheFact := planned
	afterTheFact.Day = march
	domaintest.Check(t, []rule{
		{
			Name:  "a debrief is planned",
			Given: inForce,
			By:    clara(march),
			When:  coaching.PlanSession{ID: "c1", Session: "s1", Round: "r1", Slot: slot, Place: "Kamer 2"},
			Then:  facts{planned},
		},
		{
			Name:  "so is a talk about anything else, somewhere",
			Given: inForce,
			By:    anja(march),
			When:  but(func(c *coaching.PlanSession) { c.Round, c.Place = "", "" }),
			Then:  facts{talk},
		},
		{
			Name:  "what was not planned can be added after the fact",
			Given: inForce,
			By:    clara(april),
			When:  but(func(c *coaching.PlanSession) { c.Day = march }),
			Then:  facts{afterTheFact},
		},
		{
			Name:  "nothing is planned until all three have agreed",
			Given: facts{proposed, yes("anja", 1)},
			By:    clara(march),
			When:  plan,
			Err:   coaching.ErrNotInForce,
		},
		{
			Name:  "who proposed it for others is none of the three",
			Given: facts{byOther, yes("anja", 1), yes("bram", 1)},
			By:    clara(march),
			When:  plan,
			Err:   coaching.ErrNotInForce,
		},
		{
			Name:  "nor while the contract is being revised",
			Given: and(revised, yes("anja", 2)),
			By:    clara(march),
			When:  plan,
			Err:   coaching.ErrNotInForce,
		},
		{
			Name:  "it is again when all have agreed to the revision",
			Given: and(revised, yes("anja", 2), yes("clara", 2)),
			By:    clara(march),
			When:  plan,
			Then:  facts{planned},
		},
		{
			Name:  "who pays plans no sessions",
			Given: inForce,
			By:    bram(march),
			When:  plan,
			Err:   coaching.ErrNotYours,
		},
		{
			Name: "nothing is planned in what was not proposed",
			By:   clara(march),
			When: plan,
			Err:  coaching.ErrUnknown,
		},
		{
			Name:  "nothing is planned in what has ended",
			Given: and(closed),
			By:    clara(april),
			When:  plan,
			Err:   coaching.ErrClosed,
		},
		{
			Name:  "a session is planned once",
			Given: and(planned),
			By:    clara(march),
			When:  plan,
			Err:   coaching.ErrSessionExists,
		},
		{
			Name:  "a session can be on the first day, and short",
			Given: inForce,
			By:    clara(march),
			When:  coaching.PlanSession{ID: "c1", Session: "s1", Slot: coaching.Slot{Day: february, Start: "00:00", Minutes: 10}},
			Then:  facts{coaching.SessionPlanned{ID: "c1", Session: "s1", Slot: coaching.Slot{Day: february, Start: "00:00", Minutes: 10}}},
		},
		{
			Name:  "or on the last, and long",
			Given: inForce,
			By:    clara(march),
			When:  coaching.PlanSession{ID: "c1", Session: "s1", Slot: coaching.Slot{Day: june, Start: "09:00", Minutes: 480}},
			Then:  facts{coaching.SessionPlanned{ID: "c1", Session: "s1", Slot: coaching.Slot{Day: june, Start: "09:00", Minutes: 480}}},
		},
		{
			Name:  "a session falls within the contract's period",
			Given: inForce,
			By:    clara(march),
			When:  but(func(c *coaching.PlanSession) { c.Day = june.Add(1) }),
			Err:   coaching.ErrOutside, Field: "day",
		},
		{
			Name:  "also at its beginning",
			Given: inForce,
			By:    clara(march),
			When:  but(func(c *coaching.PlanSession) { c.Day = february.Add(-1) }),
			Err:   coaching.ErrOutside, Field: "day",
		},
		{
			Name:  "a session is on a day that exists",
			Given: inForce,
			By:    clara(march),
			When:  but(func(c *coaching.PlanSession) { c.Day = "2026-04-31" }),
			Err:   domain.ErrNotADay, Field: "day",
		},
		{
			Name:  "a session begins at a time of the day",
			Given: inForce,
			By:    clara(march),
			When:  but(func(c *coaching.PlanSession) { c.Start = "half drie" }),
			Err:   domain.ErrNotATime, Field: "start",
		},
		{
			Name:  "a session takes longer than a greeting",
			Given: inForce,
			By:    clara(march),
			When:  but(func(c *coaching.PlanSession) { c.Minutes = 9 }),
			Err:   coaching.ErrMinutes, Field: "minutes",
		},
		{
			Name:  "a session takes no longer than a day's work",
			Given: inForce,
			By:    clara(march),
			When:  but(func(c *coaching.PlanSession) { c.Minutes = 481 }),
			Err:   coaching.ErrMinutes, Field: "minutes",
		},
		{
			Name:  "a place is short",
			Given: inForce,
			By:    clara(march),
			When:  but(func(c *coaching.PlanSession) { c.Place = strings.Repeat("é", 201) }),
			Err:   domain.ErrTooLong, Field: "place",
		},
		{
			Name:  "a session has an identifier",
			Given: inForce,
			By:    clara(march),
			When:  but(func(c *coaching.PlanSession) { c.Session = "" }),
			Err:   domain.ErrBadID, Field: "session",
		},
		{
			Name:  "the round that is debriefed has an identifier",
			Given: inForce,
			By:    clara(march),
			When:  but(func(c *coaching.PlanSession) { c.Round = "r 1" }),
			Err:   domain.ErrBadID, Field: "round",
		},

		{
			Name:  "a session can be moved",
			Given: and(planned),
			By:    anja(march),
			When:  coaching.MoveSession{ID: "c1", Session: "s1", Slot: later(slot), Place: "Kamer 2", Why: "De trein rijdt niet."},
			Then:  facts{moved},
		},
		{
			Name:  "another place needs no reason",
			Given: and(planned),
			By:    anja(march),
			When:  coaching.MoveSession{ID: "c1", Session: "s1", Slot: slot, Place: "Kamer 3"},
			Then:  facts{coaching.SessionMoved{ID: "c1", Session: "s1", Slot: slot, Place: said("Kamer 3")}},
		},
		{
			Name:  "the same time and place change nothing",
			Given: and(planned, moved),
			By:    anja(march),
			When:  coaching.MoveSession{ID: "c1", Session: "s1", Slot: later(slot), Place: "Kamer 2"},
		},
		{
			Name:  "nothing is moved out of the contract's period",
			Given: and(planned),
			By:    anja(march),
			When:  coaching.MoveSession{ID: "c1", Session: "s1", Slot: coaching.Slot{Day: june.Add(1), Start: "14:30", Minutes: 60}},
			Err:   coaching.ErrOutside, Field: "day",
		},
		{
			Name:  "nothing is moved while the contract is being revised",
			Given: and(planned, revised),
			By:    anja(march),
			When:  coaching.MoveSession{ID: "c1", Session: "s1", Slot: later(slot)},
			Err:   coaching.ErrNotInForce,
		},
		{
			Name:  "what was not planned cannot be moved",
			Given: inForce,
			By:    anja(march),
			When:  coaching.MoveSession{ID: "c1", Session: "s1", Slot: slot},
			Err:   coaching.ErrUnknownSession,
		},
		{
			Name:  "what took place cannot be moved",
			Given: and(planned, held),
			By:    anja(april),
			When:  coaching.MoveSession{ID: "c1", Session: "s1", Slot: later(slot)},
			Err:   coaching.ErrNotPlanned,
		},

		{
			Name:  "a session can be cancelled",
			Given: and(planned),
			By:    anja(march),
			When:  coaching.CancelSession{ID: "c1", Session: "s1", Why: "Ik ben ziek."},
			Then:  facts{cancelled},
		},
		{
			Name:  "also while the contract is being revised, and without a reason",
			Given: and(planned, revised),
			By:    clara(march),
			When:  coaching.CancelSession{ID: "c1", Session: "s1"},
			Then:  facts{coaching.SessionCancelled{ID: "c1", Session: "s1"}},
		},
		{
			Name:  "cancelling twice changes nothing",
			Given: and(planned, cancelled),
			By:    clara(march),
			When:  coaching.CancelSession{ID: "c1", Session: "s1"},
		},
		{
			Name:  "what took place cannot be cancelled",
			Given: and(planned, held),
			By:    clara(april),
			When:  coaching.CancelSession{ID: "c1", Session: "s1"},
			Err:   coaching.ErrNotPlanned,
		},
		{
			Name:  "what was not planned cannot be cancelled",
			Given: inForce,
			By:    clara(march),
			When:  coaching.CancelSession{ID: "c1", Session: "s1"},
			Err:   coaching.ErrUnknownSession,
		},
		{
			Name:  "who pays cancels no sessions",
			Given: and(planned),
			By:    bram(march),
			When:  coaching.CancelSession{ID: "c1", Session: "s1"},
			Err:   coaching.ErrNotYours,
		},

		{
			Name:  "a session was held on the day for which it was planned",
			Given: and(planned),
			By:    clara(april),
			When:  coaching.HoldSession{ID: "c1", Session: "s1"},
			Then:  facts{held},
		},
		{
			Name:  "or on another day, also while the contract is being revised",
			Given: and(planned, revised),
			By:    anja(april),
			When:  coaching.HoldSession{ID: "c1", Session: "s1", On: march},
			Then:  facts{coaching.SessionHeld{ID: "c1", Session: "s1", Round: "r1", On: march}},
		},
		{
			Name:  "also when it ran late, after the contract's period",
			Given: and(planned),
			By:    clara(june.Add(2)),
			When:  coaching.HoldSession{ID: "c1", Session: "s1", On: june.Add(1)},
			Then:  facts{coaching.SessionHeld{ID: "c1", Session: "s1", Round: "r1", On: june.Add(1)}},
		},
		{
			Name:  "a session can have been held on the first day",
			Given: and(planned),
			By:    clara(april),
			When:  coaching.HoldSession{ID: "c1", Session: "s1", On: february},
			Then:  facts{coaching.SessionHeld{ID: "c1", Session: "s1", Round: "r1", On: february}},
		},
		{
			Name:  "holding it twice changes nothing",
			Given: and(planned, held),
			By:    clara(april),
			When:  coaching.HoldSession{ID: "c1", Session: "s1"},
		},
		{
			Name:  "nothing was held that has yet to come",
			Given: and(planned),
			By:    clara(march),
			When:  coaching.HoldSession{ID: "c1", Session: "s1"},
			Err:   coaching.ErrFuture, Field: "on",
		},
		{
			Name:  "nothing was held before the coaching began",
			Given: and(planned),
			By:    clara(april),
			When:  coaching.HoldSession{ID: "c1", Session: "s1", On: february.Add(-1)},
			Err:   coaching.ErrTooEarly, Field: "on",
		},
		{
			Name:  "a session is held on a day that exists",
			Given: and(planned),
			By:    clara(april),
			When:  coaching.HoldSession{ID: "c1", Session: "s1", On: "2026-02-30"},
			Err:   domain.ErrNotADay, Field: "on",
		},
		{
			Name:  "what was cancelled was not held",
			Given: and(planned, cancelled),
			By:    clara(april),
			When:  coaching.HoldSession{ID: "c1", Session: "s1"},
			Err:   coaching.ErrNotPlanned,
		},
		{
			Name:  "what was not planned was not held",
			Given: inForce,
			By:    clara(april),
			When:  coaching.HoldSession{ID: "c1", Session: "s1"},
			Err:   coaching.ErrUnknownSession,
		},
	})
}

func TestNotes(t *testing.T) {
	loose := coaching.NoteShared{ID: "c1", Note: "n1", By: "anja", Text: said("Hier wil ik op terugkomen.")}
	mine := coaching.NoteKept{ID: "c1", Note: "n2", By: "anja", Text: own("anja", "Dit raakte me.")}
	domaintest.Check(t, []rule{
		{
			Name:  "what the coach shares is sealed with the coachee's coaching",
			Given: and(planned),
			By:    clara(april),
			When:  coaching.ShareNote{ID: "c1", Note: "n1", Session: "s1", Text: "Anja kijkt wie er nog niets zei."},
			Then:  facts{shared},
		},
		{
			Name:  "the coachee shares notes too, also about no session",
			Given: inForce,
			By:    anja(april),
			When:  coaching.ShareNote{ID: "c1", Note: "n1", Text: "Hier wil ik op terugkomen."},
			Then:  facts{loose},
		},
		{
			Name:  "what people keep to themselves is sealed with their own notes",
			Given: and(planned),
			By:    clara(april),
			When:  coaching.KeepNote{ID: "c1", Note: "n2", Session: "s1", Text: "Hier doorvragen."},
			Then:  facts{kept},
		},
		{
			Name:  "the coachee keeps notes, too",
			Given: inForce,
			By:    anja(april),
			When:  coaching.KeepNote{ID: "c1", Note: "n2", Text: "Dit raakte me."},
			Then:  facts{mine},
		},
		{
			Name:  "notes are written while the contract is being revised",
			Given: and(revised),
			By:    anja(april),
			When:  coaching.ShareNote{ID: "c1", Note: "n1", Text: "Hier wil ik op terugkomen."},
			Then:  facts{loose},
		},
		{
			Name:  "who pays writes no notes",
			Given: inForce,
			By:    bram(april),
			When:  coaching.ShareNote{ID: "c1", Note: "n1", Text: "Hoe gaat het?"},
			Err:   coaching.ErrNotYours,
		},
		{
			Name:  "nor keeps any",
			Given: inForce,
			By:    bram(april),
			When:  coaching.KeepNote{ID: "c1", Note: "n1", Text: "Hoe gaat het?"},
			Err:   coaching.ErrNotYours,
		},
		{
			Name:  "there is nothing to note before all three have agreed",
			Given: facts{proposed},
			By:    clara(april),
			When:  coaching.KeepNote{ID: "c1", Note: "n1", Text: "Hoe gaat het?"},
			Err:   coaching.ErrNotInForce,
		},
		{
			Name:  "there are no notes after the end",
			Given: and(closed),
			By:    clara(april),
			When:  coaching.KeepNote{ID: "c1", Note: "n1", Text: "Hoe gaat het?"},
			Err:   coaching.ErrClosed,
		},
		{
			Name:  "a note is written once",
			Given: and(planned, shared),
			By:    clara(april),
			When:  coaching.KeepNote{ID: "c1", Note: "n1", Text: "Hoe gaat het?"},
			Err:   coaching.ErrNoteExists,
		},
		{
			Name:  "a note says something",
			Given: inForce,
			By:    clara(april),
			When:  coaching.ShareNote{ID: "c1", Note: "n1", Text: " "},
			Err:   domain.ErrRequired, Field: "text",
		},
		{
			Name:  "a note has an identifier",
			Given: inForce,
			By:    clara(april),
			When:  coaching.ShareNote{ID: "c1", Note: "n.1", Text: "Hoe gaat het?"},
			Err:   domain.ErrBadID, Field: "note",
		},
		{
			Name:  "a note is about a session that is there",
			Given: inForce,
			By:    clara(april),
			When:  coaching.ShareNote{ID: "c1", Note: "n1", Session: "s1", Text: "Hoe gaat het?"},
			Err:   coaching.ErrUnknownSession, Field: "session",
		},

		{
			Name:  "people amend their own notes",
			Given: and(planned, shared),
			By:    clara(april),
			When:  coaching.AmendNote{ID: "c1", Note: "n1", Text: "Anja vraagt wie er nog niets zei."},
			Then:  facts{amended},
		},
		{
			Name:  "what was kept to oneself stays so",
			Given: and(planned, kept),
			By:    clara(april),
			When:  coaching.AmendNote{ID: "c1", Note: "n2", Text: "Hier niet doorvragen."},
			Then:  facts{coaching.NoteAmended{ID: "c1", Note: "n2", Text: own("clara", "Hier niet doorvragen.")}},
		},
		{
			Name:  "the same words change nothing",
			Given: and(planned, shared, amended),
			By:    clara(april),
			When:  coaching.AmendNote{ID: "c1", Note: "n1", Text: "Anja vraagt wie er nog niets zei."},
		},
		{
			Name:  "nobody amends another's note",
			Given: and(planned, shared),
			By:    anja(april),
			When:  coaching.AmendNote{ID: "c1", Note: "n1", Text: "Anja kijkt niemand aan."},
			Err:   coaching.ErrNotWriter,
		},
		{
			Name:  "nobody finds out that another keeps a note",
			Given: and(planned, kept),
			By:    anja(april),
			When:  coaching.AmendNote{ID: "c1", Note: "n2", Text: "Wat staat hier?"},
			Err:   coaching.ErrUnknownNote,
		},
		{
			Name:  "what was not written cannot be amended",
			Given: inForce,
			By:    anja(april),
			When:  coaching.AmendNote{ID: "c1", Note: "n2", Text: "Wat staat hier?"},
			Err:   coaching.ErrUnknownNote,
		},
		{
			Name:  "a note goes on saying something",
			Given: and(planned, shared),
			By:    clara(april),
			When:  coaching.AmendNote{ID: "c1", Note: "n1"},
			Err:   domain.ErrRequired, Field: "text",
		},
		{
			Name:  "nothing is amended after the end",
			Given: and(planned, held, shared, closed),
			By:    clara(april),
			When:  coaching.AmendNote{ID: "c1", Note: "n1", Text: "Anja kijkt niemand aan."},
			Err:   coaching.ErrClosed,
		},
	})
}

func TestLearning(t *testing.T) {
	set := coaching.SetGoal{ID: "c1", Goal: "g1", Text: "Ik vraag door.", Links: links, Due: june}
	but := func(change func(*coaching.SetGoal)) coaching.SetGoal {
		c := set
		change(&c)
		return c
	}
	revise := coaching.ReviseGoal{ID: "c1", Goal: "g1", Text: "Ik vraag drie keer door.", Links: links, Due: june, Why: "Zo kan ik het tellen."}
	unlinked := coaching.GoalSet{ID: "c1", Goal: "g1", Text: said("Ik vraag door."), SharedWith: []domain.Party{domain.Person("clara")}}
	domaintest.Check(t, []rule{
		{
			Name:  "the coachee sets a learning goal, which the coach reads",
			Given: inForce,
			By:    anja(april),
			When:  coaching.SetGoal{ID: "c1", Goal: "g1", Text: "Ik vraag door.", Links: links, Due: june},
			Then:  facts{goal},
		},
		{
			Name:  "a goal needs no more than words",
			Given: inForce,
			By:    anja(april),
			When:  coaching.SetGoal{ID: "c1", Goal: "g1", Text: "Ik vraag door."},
			Then:  facts{unlinked},
		},
		{
			Name:  "nobody sets another's goals",
			Given: inForce,
			By:    clara(april),
			When:  set,
			Err:   coaching.ErrNotCoachee,
		},
		{
			Name:  "nobody sets goals in what was not proposed",
			Given: nil,
			By:    anja(april),
			When:  set,
			Err:   coaching.ErrUnknown,
		},
		{
			Name:  "there are no goals before all three have agreed",
			Given: facts{proposed},
			By:    anja(april),
			When:  set,
			Err:   coaching.ErrNotInForce,
		},
		{
			Name:  "there are no new goals after the end",
			Given: and(closed),
			By:    anja(april),
			When:  set,
			Err:   coaching.ErrClosed,
		},
		{
			Name:  "a goal is set once",
			Given: and(goal),
			By:    anja(april),
			When:  set,
			Err:   coaching.ErrGoalExists,
		},
		{
			Name:  "a goal has words",
			Given: inForce,
			By:    anja(april),
			When:  but(func(c *coaching.SetGoal) { c.Text = "" }),
			Err:   domain.ErrRequired, Field: "text",
		},
		{
			Name:  "a goal is a sentence, not a plan",
			Given: inForce,
			By:    anja(april),
			When:  but(func(c *coaching.SetGoal) { c.Text = strings.Repeat("é", 501) }),
			Err:   domain.ErrTooLong, Field: "text",
		},
		{
			Name:  "a goal has an identifier",
			Given: inForce,
			By:    anja(april),
			When:  but(func(c *coaching.SetGoal) { c.Goal = "" }),
			Err:   domain.ErrBadID, Field: "goal",
		},
		{
			Name:  "a goal is due today or later",
			Given: inForce,
			By:    anja(april),
			When:  but(func(c *coaching.SetGoal) { c.Due = march }),
			Err:   coaching.ErrPast, Field: "due",
		},
		{
			Name:  "also today",
			Given: inForce,
			By:    anja(june),
			When:  set,
			Then:  facts{goal},
		},
		{
			Name:  "a goal is due on a day that exists",
			Given: inForce,
			By:    anja(april),
			When:  but(func(c *coaching.SetGoal) { c.Due = "2026-06-31" }),
			Err:   domain.ErrNotADay, Field: "due",
		},
		{
			Name:  "its behaviour has an identifier",
			Given: inForce,
			By:    anja(april),
			When:  but(func(c *coaching.SetGoal) { c.Behaviour = "door vragen" }),
			Err:   domain.ErrBadID, Field: "behaviour",
		},
		{
			Name:  "its promise has an identifier",
			Given: inForce,
			By:    anja(april),
			When:  but(func(c *coaching.SetGoal) { c.Promise = "p.1" }),
			Err:   domain.ErrBadID, Field: "promise",
		},
		{
			Name:  "its round has an identifier",
			Given: inForce,
			By:    anja(april),
			When:  but(func(c *coaching.SetGoal) { c.Links.Round = "r.1" }),
			Err:   domain.ErrBadID, Field: "round",
		},
		{
			Name:  "its question has an identifier",
			Given: inForce,
			By:    anja(april),
			When:  but(func(c *coaching.SetGoal) { c.Question = "q.1" }),
			Err:   domain.ErrBadID, Field: "question",
		},
		{
			Name:  "a question is of a round",
			Given: inForce,
			By:    anja(april),
			When:  but(func(c *coaching.SetGoal) { c.Links.Round = "" }),
			Err:   domain.ErrRequired, Field: "round",
		},

		{
			Name:  "a goal can be revised",
			Given: and(goal),
			By:    anja(april),
			When:  coaching.ReviseGoal{ID: "c1", Goal: "g1", Text: "Ik vraag drie keer door.", Links: links, Due: june, Why: "Zo kan ik het tellen."},
			Then: facts{coaching.GoalRevised{
				ID: "c1", Goal: "g1", Text: said("Ik vraag drie keer door."), Links: links, Due: june, Why: said("Zo kan ik het tellen."),
			}},
		},
		{
			Name:  "it can be said afterwards where it comes from",
			Given: and(unlinked),
			By:    anja(april),
			When:  coaching.ReviseGoal{ID: "c1", Goal: "g1", Text: "Ik vraag door.", Links: links, Why: "Dit las ik in het rapport."},
			Then: facts{coaching.GoalRevised{
				ID: "c1", Goal: "g1", Text: said("Ik vraag door."), Links: links, Why: said("Dit las ik in het rapport."),
			}},
		},
		{
			Name:  "the same goal is not another",
			Given: and(goal),
			By:    anja(april),
			When:  coaching.ReviseGoal{ID: "c1", Goal: "g1", Text: "Ik vraag door.", Links: links, Due: june},
		},
		{
			Name:  "what it became is not another goal either",
			Given: and(goal, coaching.GoalRevised{ID: "c1", Goal: "g1", Text: said("Ik luister."), Links: coaching.Links{Promise: "p2"}, Due: july}),
			By:    anja(april),
			When:  coaching.ReviseGoal{ID: "c1", Goal: "g1", Text: "Ik luister.", Links: coaching.Links{Promise: "p2"}, Due: july},
		},
		{
			Name:  "a day that has passed can stay",
			Given: and(goal),
			By:    anja(june.Add(1)),
			When:  revise,
			Then: facts{coaching.GoalRevised{
				ID: "c1", Goal: "g1", Text: said("Ik vraag drie keer door."), Links: links, Due: june, Why: said("Zo kan ik het tellen."),
			}},
		},
		{
			Name:  "no day in the past comes in its place",
			Given: and(goal),
			By:    anja(june.Add(1)),
			When:  coaching.ReviseGoal{ID: "c1", Goal: "g1", Text: "Ik vraag door.", Links: links, Due: april, Why: "Het was eerder af."},
			Err:   coaching.ErrPast, Field: "due",
		},
		{
			Name:  "another goal has a reason",
			Given: and(goal),
			By:    anja(april),
			When:  coaching.ReviseGoal{ID: "c1", Goal: "g1", Text: "Ik vraag drie keer door.", Links: links, Due: june},
			Err:   domain.ErrRequired, Field: "why",
		},
		{
			Name:  "a goal keeps words",
			Given: and(goal),
			By:    anja(april),
			When:  coaching.ReviseGoal{ID: "c1", Goal: "g1", Links: links, Due: june, Why: "Zo kan ik het tellen."},
			Err:   domain.ErrRequired, Field: "text",
		},
		{
			Name:  "a revised goal comes from what has an identifier",
			Given: and(goal),
			By:    anja(april),
			When:  coaching.ReviseGoal{ID: "c1", Goal: "g1", Text: "Ik vraag door.", Links: coaching.Links{Promise: "p 1"}, Why: "Zo kan ik het tellen."},
			Err:   domain.ErrBadID, Field: "promise",
		},
		{
			Name:  "nobody revises another's goal",
			Given: and(goal),
			By:    clara(april),
			When:  revise,
			Err:   coaching.ErrNotCoachee,
		},
		{
			Name:  "nobody revises a goal that was not set",
			Given: inForce,
			By:    anja(april),
			When:  revise,
			Err:   coaching.ErrUnknownGoal,
		},
		{
			Name:  "nobody revises a goal that was reached",
			Given: and(goal, reached),
			By:    anja(april),
			When:  revise,
			Err:   coaching.ErrGoalNotActive,
		},

		{
			Name:  "the coachee says how it goes",
			Given: and(goal),
			By:    anja(april),
			When:  coaching.NoteProgress{ID: "c1", Goal: "g1", Text: "Twee keer gedaan."},
			Then:  facts{coaching.ProgressNoted{ID: "c1", Goal: "g1", Text: said("Twee keer gedaan.")}},
		},
		{
			Name:  "or only that it goes on, also after the end of the coaching",
			Given: and(goal, closed),
			By:    anja(june),
			When:  coaching.NoteProgress{ID: "c1", Goal: "g1"},
			Then:  facts{coaching.ProgressNoted{ID: "c1", Goal: "g1"}},
		},
		{
			Name:  "nobody says so for another",
			Given: and(goal),
			By:    clara(april),
			When:  coaching.NoteProgress{ID: "c1", Goal: "g1"},
			Err:   coaching.ErrNotCoachee,
		},
		{
			Name:  "there is no progress in what was dropped",
			Given: and(goal, letGo),
			By:    anja(april),
			When:  coaching.NoteProgress{ID: "c1", Goal: "g1"},
			Err:   coaching.ErrGoalNotActive,
		},
		{
			Name:  "progress is not a report",
			Given: and(goal),
			By:    anja(april),
			When:  coaching.NoteProgress{ID: "c1", Goal: "g1", Text: strings.Repeat("é", 4001)},
			Err:   domain.ErrTooLong, Field: "text",
		},

		{
			Name:  "the coachee reaches a goal, also after the end of the coaching",
			Given: and(goal, closed),
			By:    anja(june),
			When:  coaching.CompleteGoal{ID: "c1", Goal: "g1"},
			Then:  facts{reached},
		},
		{
			Name:  "reaching it twice changes nothing",
			Given: and(goal, reached),
			By:    anja(april),
			When:  coaching.CompleteGoal{ID: "c1", Goal: "g1"},
		},
		{
			Name:  "that verdict is not the coach's",
			Given: and(goal),
			By:    clara(april),
			When:  coaching.CompleteGoal{ID: "c1", Goal: "g1"},
			Err:   coaching.ErrNotCoachee,
		},
		{
			Name:  "what was dropped is not reached",
			Given: and(goal, letGo),
			By:    anja(april),
			When:  coaching.CompleteGoal{ID: "c1", Goal: "g1"},
			Err:   coaching.ErrGoalNotActive,
		},
		{
			Name:  "what was not set is not reached",
			Given: inForce,
			By:    anja(april),
			When:  coaching.CompleteGoal{ID: "c1", Goal: "g1"},
			Err:   coaching.ErrUnknownGoal,
		},

		{
			Name:  "a goal can be dropped",
			Given: and(goal),
			By:    anja(april),
			When:  coaching.DropGoal{ID: "c1", Goal: "g1", Why: "Iets anders is nu belangrijker."},
			Then:  facts{letGo},
		},
		{
			Name:  "dropping it twice changes nothing",
			Given: and(goal, letGo),
			By:    anja(april),
			When:  coaching.DropGoal{ID: "c1", Goal: "g1"},
		},
		{
			Name:  "a goal is dropped for a reason",
			Given: and(goal),
			By:    anja(april),
			When:  coaching.DropGoal{ID: "c1", Goal: "g1"},
			Err:   domain.ErrRequired, Field: "why",
		},
		{
			Name:  "what was reached is not dropped",
			Given: and(goal, reached),
			By:    anja(april),
			When:  coaching.DropGoal{ID: "c1", Goal: "g1", Why: "Toch niet."},
			Err:   coaching.ErrGoalNotActive,
		},
		{
			Name:  "nobody drops another's goal",
			Given: and(goal),
			By:    clara(april),
			When:  coaching.DropGoal{ID: "c1", Goal: "g1", Why: "Toch niet."},
			Err:   coaching.ErrNotCoachee,
		},
	})
}

func TestSharing(t *testing.T) {
	with := coaching.GoalShared{ID: "c1", Goal: "g1", With: []domain.Party{domain.TheMT, domain.Person("bram"), domain.Person("clara")}}
	domaintest.Check(t, []rule{
		{
			Name:  "the coachee says who reads a goal",
			Given: and(goal),
			By:    anja(april),
			When:  coaching.ShareGoal{ID: "c1", Goal: "g1", With: []domain.Party{domain.Person("clara"), domain.TheMT, domain.Person("bram"), domain.TheMT}},
			Then:  facts{with},
		},
		{
			Name:  "the same readers in another order change nothing",
			Given: and(goal, with),
			By:    anja(april),
			When:  coaching.ShareGoal{ID: "c1", Goal: "g1", With: []domain.Party{domain.Person("bram"), domain.Person("clara"), domain.TheMT}},
		},
		{
			Name:  "who was given a goal to read can be refused it, also when it has ended and the coaching has, too",
			Given: and(goal, reached, closed),
			By:    anja(april),
			When:  coaching.ShareGoal{ID: "c1", Goal: "g1"},
			Then:  facts{coaching.GoalShared{ID: "c1", Goal: "g1"}},
		},
		{
			Name:  "a goal is shared with people of the programme",
			Given: and(goal),
			By:    anja(april),
			When:  coaching.ShareGoal{ID: "c1", Goal: "g1", With: []domain.Party{"the world"}},
			Err:   domain.ErrNoParty, Field: "with",
		},
		{
			Name:  "nobody shares another's goal",
			Given: and(goal),
			By:    clara(april),
			When:  coaching.ShareGoal{ID: "c1", Goal: "g1", With: []domain.Party{domain.Everyone}},
			Err:   coaching.ErrNotCoachee,
		},
		{
			Name:  "what was not set cannot be shared",
			Given: inForce,
			By:    anja(april),
			When:  coaching.ShareGoal{ID: "c1", Goal: "g1"},
			Err:   coaching.ErrUnknownGoal,
		},
	})
}

func TestClosing(t *testing.T) {
	domaintest.Check(t, []rule{
		{
			Name:  "the coachee can end it, on a day that was",
			Given: and(planned, held),
			By:    anja(june),
			When:  coaching.Close{ID: "c1", On: april},
			Then:  facts{closed},
		},
		{
			Name:  "so can the coach, today and while the contract is being revised",
			Given: and(revised),
			By:    clara(april),
			When:  coaching.Close{ID: "c1"},
			Then:  facts{coaching.Closed{ID: "c1", By: "clara", On: april}},
		},
		{
			Name:  "it can have ended after all three agreed for the first time",
			Given: and(revised, yes("clara", 2), coaching.Agreed{ID: "c1", By: "anja", On: june, Version: 2}),
			By:    anja(june),
			When:  coaching.Close{ID: "c1", On: april},
			Then:  facts{closed},
		},
		{
			Name:  "ending it twice changes nothing",
			Given: and(closed),
			By:    clara(june),
			When:  coaching.Close{ID: "c1"},
		},
		{
			Name:  "who pays does not end it",
			Given: inForce,
			By:    bram(april),
			When:  coaching.Close{ID: "c1"},
			Err:   coaching.ErrNotYours,
		},
		{
			Name:  "also not again",
			Given: and(closed),
			By:    bram(april),
			When:  coaching.Close{ID: "c1"},
			Err:   coaching.ErrNotYours,
		},
		{
			Name:  "what never began does not end",
			Given: facts{proposed},
			By:    clara(april),
			When:  coaching.Close{ID: "c1"},
			Err:   coaching.ErrNotInForce,
		},
		{
			Name:  "a session that is planned is held or cancelled first",
			Given: and(planned),
			By:    clara(april),
			When:  coaching.Close{ID: "c1"},
			Err:   coaching.ErrStillPlanned,
		},
		{
			Name:  "it does not end on a day that has yet to come",
			Given: inForce,
			By:    clara(april),
			When:  coaching.Close{ID: "c1", On: june},
			Err:   coaching.ErrFuture, Field: "on",
		},
		{
			Name:  "it does not end before all three had agreed",
			Given: inForce,
			By:    clara(april),
			When:  coaching.Close{ID: "c1", On: march.Add(-1)},
			Err:   coaching.ErrTooEarly, Field: "on",
		},
		{
			Name:  "it ends on a day that exists",
			Given: inForce,
			By:    clara(april),
			When:  coaching.Close{ID: "c1", On: "2026-02-30"},
			Err:   domain.ErrNotADay, Field: "on",
		},
	})
}
