package round_test

import (
	"strings"
	"testing"
	"time"

	"koersvast/domain"
	"koersvast/domain/domaintest"
	"koersvast/domain/round"
)

type (
	rule  = domaintest.Rule[round.State]
	facts = []round.Event
)

// Anja leads a pillar and is asked about; Cora coaches her; Lies leads the
// programme.
func act(by domain.PersonID, on domain.Day) domain.Act {
	return domain.Act{By: by, At: on.Start().Add(9 * time.Hour)}
}

var (
	lies = act("lies", "2026-03-02")
	cora = act("cora", "2026-03-20")
	anja = act("anja", "2026-03-03")
	bram = act("bram", "2026-03-10")

	sees   = round.Question{ID: "asks", Scale: round.HearSee, Text: "Vraagt in een overleg eerst door."}
	often  = round.Question{ID: "word", Scale: round.Often, Theme: "promises", Text: "Komt afspraken na."}
	writes = round.Question{ID: "keep", Scale: round.Words, Text: "Wat moet blijven?"}

	plan = round.Plan{
		ID: "r1", Kind: domain.Feedback, Subject: "anja", Coach: "cora",
		Questions: []round.Question{sees, often, writes},
		Opens:     "2026-03-09", Closes: "2026-03-20", Thresholds: domain.UsualThresholds,
	}
	planned = round.Planned{
		ID: "r1", Kind: domain.Feedback, Purpose: round.Development, Subject: "anja", Coach: "cora",
		Questions: about(`[{"id":"asks","scale":"hear_see","text":"Vraagt in een overleg eerst door."},` +
			`{"id":"word","scale":"often","theme":"promises","text":"Komt afspraken na."},` +
			`{"id":"keep","scale":"words","text":"Wat moet blijven?"}]`),
		Opens: "2026-03-09", Closes: "2026-03-20", Thresholds: domain.UsualThresholds,
	}
	check = func() round.Planned {
		p := planned
		p.Kind, p.Promise = domain.Check, "p1"
		return p
	}()

	self     = round.Rater{Person: "anja", Group: domain.Self}
	boss     = round.Rater{Person: "rob", Group: domain.Superior}
	leaders  = group(domain.Leaders, "bram", "els", "fred", "gea")
	staff    = group(domain.Staff, "h1", "h2", "h3", "h4", "h5")
	raters   = append(append([]round.Rater{boss}, leaders...), staff...)
	approved = round.RatersApproved{ID: "r1", Raters: append(raters[:len(raters):len(raters)], self)}

	boxes = []round.Box{
		{Group: domain.Self, ID: "a1", Manifest: "{}"},
		{Group: domain.Leaders, ID: "a2", Manifest: "{}"},
		{Group: domain.Staff, ID: "a3", Manifest: "{}"},
		{Group: domain.Superior, ID: "a4", Manifest: "{}"},
	}
	opened = round.Opened{ID: "r1", On: "2026-03-09", Raters: approved.Raters, Boxes: boxes, Key: "sealed"}
	closed = round.Closed{ID: "r1", On: "2026-03-20"}

	ready   = facts{planned, approved}
	running = append(ready[:2:2], opened)
	over    = append(running[:3:3], closed)
)

func about(text string) domain.Private {
	return domain.Say(domain.KeyOf("anja", domain.Opinions), text)
}

func group(g domain.RaterGroup, people ...domain.PersonID) (raters []round.Rater) {
	for _, p := range people {
		raters = append(raters, round.Rater{Person: p, Group: g})
	}
	return raters
}

// but returns c after a change.
func but[T any](c T, change func(*T)) T {
	change(&c)
	return c
}

func TestPlanning(t *testing.T) {
	with := func(change func(*round.Plan)) round.Plan { return but(plan, change) }
	domaintest.Check(t, []rule{
		{
			Name: "a round is about somebody, for their development", By: lies,
			When: round.Plan{
				ID: "r1", Kind: domain.Feedback, Subject: "anja", Coach: "cora",
				Questions: []round.Question{sees, often, writes},
				Opens:     "2026-03-09", Closes: "2026-03-20", Thresholds: domain.UsualThresholds,
			},
			Then: facts{planned},
		},
		{
			Name: "a check is about a promise", By: lies,
			When: with(func(p *round.Plan) { p.Kind, p.Promise = domain.Check, "p1" }), Then: facts{check},
		},
		{Name: "it is planned once", Given: facts{planned}, By: lies, When: plan, Err: round.ErrExists},
		{
			Name: "there are two kinds", By: lies,
			When: with(func(p *round.Plan) { p.Kind = "appraisal" }), Err: round.ErrKind, Field: "kind",
		},
		{
			Name: "a check without a promise checks nothing", By: lies,
			When: with(func(p *round.Plan) { p.Kind = domain.Check }), Err: round.ErrNoPromise, Field: "promise",
		},
		{
			Name: "a promise has an id", By: lies,
			When: with(func(p *round.Plan) { p.Promise = "p 1" }), Err: domain.ErrBadID, Field: "promise",
		},
		{
			Name: "it has an id, a subject and a coach", By: lies,
			When: with(func(p *round.Plan) { p.Subject = "" }), Err: domain.ErrBadID, Field: "subject",
		},
		{
			Name: "nobody coaches themselves", By: lies,
			When: with(func(p *round.Plan) { p.Coach = "anja" }), Err: round.ErrCoachSubject, Field: "coach",
		},
		{
			Name: "a group of two is never asked", By: lies,
			When: with(func(p *round.Plan) { p.Thresholds.Leaders = 2 }), Err: domain.ErrThreshold,
		},
		{
			Name: "it opens today or later", By: lies,
			When: with(func(p *round.Plan) { p.Opens = "2026-03-01" }), Err: round.ErrPeriod, Field: "opens",
		},
		{
			Name: "people have two days at least", By: lies,
			When: with(func(p *round.Plan) { p.Closes = "2026-03-10" }), Err: round.ErrPeriod, Field: "closes",
		},
		{
			Name: "and sixty at most", By: lies,
			When: with(func(p *round.Plan) { p.Closes = "2026-05-09" }), Err: round.ErrPeriod, Field: "closes",
		},
		{
			Name: "it opens on a day", By: lies,
			When: with(func(p *round.Plan) { p.Opens = "soon" }), Err: domain.ErrNotADay, Field: "opens",
		},
		{
			Name: "and closes on one", By: lies,
			When: with(func(p *round.Plan) { p.Closes = "" }), Err: domain.ErrNotADay, Field: "closes",
		},
		{
			Name: "it asks something", By: lies,
			When: with(func(p *round.Plan) { p.Questions = nil }), Err: round.ErrNoQuestions, Field: "questions",
		},
		{
			Name: "not the same twice", By: lies,
			When: with(func(p *round.Plan) { p.Questions = []round.Question{often, often} }), Err: round.ErrQuestion, Field: "questions",
		},
		{
			Name: "in a way that we know", By: lies,
			When: with(func(p *round.Plan) { p.Questions = []round.Question{{ID: "q", Scale: "grade", Text: "Cijfer?"}} }),
			Err:  round.ErrQuestion, Field: "questions",
		},
		{
			Name: "in words", By: lies,
			When: with(func(p *round.Plan) { p.Questions = []round.Question{{ID: "q", Scale: round.Often}} }),
			Err:  domain.ErrRequired, Field: "questions",
		},
		{
			Name: "within twelve minutes", By: lies,
			When: with(func(p *round.Plan) { p.Questions = many(round.Words, 9) }), Err: round.ErrTooMuch, Field: "questions",
		},
	})
}

// many returns n questions.
func many(scale round.Scale, n int) (list []round.Question) {
	for i := range n {
		list = append(list, round.Question{ID: domain.QuestionID("q" + strings.Repeat("x", i)), Scale: scale, Text: "Vraag?"})
	}
	return list
}

func TestEightQuestionsInWordsTakeTwelveMinutes(t *testing.T) {
	if got := round.Takes(many(round.Words, 8)); got != 12*time.Minute {
		t.Errorf("they take %s", got)
	}
	if got := round.Takes([]round.Question{sees, often, writes}); got != 130*time.Second {
		t.Errorf("one of each takes %s", got)
	}
}

func TestWhoIsAsked(t *testing.T) {
	proposed := round.RatersProposed{ID: "r1", Raters: leaders}
	approve := func(raters ...round.Rater) round.ApproveRaters { return round.ApproveRaters{ID: "r1", Raters: raters} }
	domaintest.Check(t, []rule{
		{
			Name: "whom it is about says whom to ask", Given: facts{planned}, By: anja,
			When: round.ProposeRaters{ID: "r1", Raters: leaders}, Then: facts{proposed},
		},
		{
			Name: "nobody else proposes", Given: facts{planned}, By: lies,
			When: round.ProposeRaters{ID: "r1", Raters: leaders}, Err: round.ErrNotSubject,
		},
		{
			Name: "not in a round that is not there", By: anja,
			When: round.ProposeRaters{ID: "r1", Raters: leaders}, Err: round.ErrUnknown,
		},
		{
			Name: "nor once it was settled", Given: ready, By: anja,
			When: round.ProposeRaters{ID: "r1", Raters: leaders}, Err: round.ErrNotPlanned,
		},
		{
			Name: "nor nobody", Given: facts{planned}, By: anja,
			When: round.ProposeRaters{ID: "r1"}, Err: round.ErrNoRaters, Field: "raters",
		},
		{
			Name: "somebody else settles it, and the subject is asked too", Given: facts{planned, proposed}, By: lies,
			When: round.ApproveRaters{ID: "r1", Raters: raters}, Then: facts{approved},
		},
		{Name: "and again until it opens", Given: ready, By: lies, When: approve(raters...), Then: facts{approved}},
		{Name: "not in a round that is not there", By: lies, When: approve(raters...), Err: round.ErrUnknown},
		{Name: "the subject does not settle it", Given: facts{planned}, By: anja, When: approve(raters...), Err: round.ErrSubjectChose},
		{Name: "nobody comes in once it is open", Given: running, By: lies, When: approve(raters...), Err: round.ErrNotPlanned},
		{
			Name: "a group below its threshold is not asked", Given: facts{planned}, By: lies,
			When: approve(append(group(domain.Peers, "p1", "p2", "p3"), staff...)...), Err: round.ErrTooFewRaters, Field: "raters",
		},
		{
			Name: "nor only those who can be recognised", Given: facts{planned}, By: lies,
			When: approve(boss), Err: round.ErrTooFewRaters, Field: "raters",
		},
		{
			Name: "one superior", Given: facts{planned}, By: lies,
			When: approve(append(group(domain.Superior, "rob", "ria"), staff...)...), Err: round.ErrOneSuperior, Field: "raters",
		},
		{
			Name: "everybody once", Given: facts{planned}, By: lies,
			When: approve(append(group(domain.Leaders, "h1", "bram", "els", "fred"), staff...)...), Err: round.ErrRaterTwice, Field: "raters",
		},
		{
			Name: "the coach does not answer", Given: facts{planned}, By: lies,
			When: approve(append(group(domain.Superior, "cora"), staff...)...), Err: round.ErrCoachRates, Field: "raters",
		},
		{
			Name: "nor the subject, but as themselves", Given: facts{planned}, By: lies,
			When: approve(append(group(domain.Superior, "anja"), staff...)...), Err: round.ErrSubjectRates, Field: "raters",
		},
		{
			Name: "in a group that there is", Given: facts{planned}, By: lies,
			When: approve(append(group("clients", "kim"), staff...)...), Err: round.ErrRaterGroup, Field: "raters",
		},
		{
			Name: "people have ids", Given: facts{planned}, By: lies,
			When: approve(append(group(domain.Superior, ""), staff...)...), Err: domain.ErrBadID, Field: "raters",
		},
	})
}

func TestWhoDoesNotAnswer(t *testing.T) {
	no := round.DeclineToRate{ID: "r1"}
	declined := round.RatingDeclined{ID: "r1", Person: "bram"}
	domaintest.Check(t, []rule{
		{Name: "who is asked may say no, without a reason", Given: ready, By: bram, When: round.DeclineToRate{ID: "r1"}, Then: facts{declined}},
		{Name: "also when the round is open", Given: running, By: bram, When: no, Then: facts{declined}},
		{Name: "once is enough", Given: append(running[:3:3], declined), By: bram, When: no},
		{Name: "who is not asked need not", Given: ready, By: lies, When: no, Err: round.ErrNoRater},
		{Name: "the subject cannot", Given: ready, By: anja, When: no, Err: round.ErrNoRater},
		{Name: "nor anybody once it is over", Given: over, By: bram, When: no, Err: round.ErrDone},
		{Name: "nor in a round that is not there", By: bram, When: no, Err: round.ErrUnknown},
	})
}

func TestOpening(t *testing.T) {
	open := round.Open{ID: "r1", Boxes: boxes, Key: "sealed"}
	on := act("lies", "2026-03-09")
	withoutBram := append(append([]round.Rater{boss}, leaders[1:]...), append(staff, self)...)
	domaintest.Check(t, []rule{
		{Name: "all that is asked stands fast", Given: ready, By: on, When: round.Open{ID: "r1", Boxes: boxes, Key: "sealed"}, Then: facts{opened}},
		{Name: "who is asked is settled first", Given: facts{planned}, By: on, When: open, Err: round.ErrNotApproved},
		{Name: "there is a round", By: on, When: open, Err: round.ErrUnknown},
		{Name: "it opens once", Given: running, By: on, When: open, Err: round.ErrNotApproved},
		{Name: "the coach closes it, and so does not open it", Given: ready, By: act("cora", "2026-03-09"), When: open, Err: round.ErrTwoPersons},
		{Name: "not after its last day", Given: ready, By: act("lies", "2026-03-21"), When: open, Err: round.ErrOver},
		{
			Name: "not when a group became too small", Given: append(ready[:2:2], round.RatingDeclined{ID: "r1", Person: "bram"}),
			By: on, When: open, Err: round.ErrTooFewRaters,
		},
		{
			Name: "who declined is not asked", By: on,
			Given: facts{
				but(planned, func(p *round.Planned) { p.Thresholds.Leaders = 3 }), approved,
				round.RatingDeclined{ID: "r1", Person: "bram"},
			},
			When: open, Then: facts{but(opened, func(o *round.Opened) { o.Raters = withoutBram })},
		},
		{
			Name: "every group has a box", Given: ready, By: on,
			When: but(open, func(c *round.Open) { c.Boxes = boxes[1:] }), Err: round.ErrBoxes,
		},
		{
			Name: "and every box a key", Given: ready, By: on,
			When: but(open, func(c *round.Open) { c.Key = "" }), Err: round.ErrBoxes,
		},
	})
}

func TestMoreDays(t *testing.T) {
	extend := func(to domain.Day) round.Extend { return round.Extend{ID: "r1", Closes: to} }
	extended := round.Extended{ID: "r1", Closes: "2026-03-27"}
	domaintest.Check(t, []rule{
		{Name: "a week, once", Given: running, By: cora, When: round.Extend{ID: "r1", Closes: "2026-03-27"}, Then: facts{extended}},
		{Name: "no more than that", Given: running, By: cora, When: extend("2026-03-28"), Err: round.ErrExtension, Field: "closes"},
		{Name: "never fewer", Given: running, By: cora, When: extend("2026-03-19"), Err: round.ErrExtension, Field: "closes"},
		{Name: "to a day", Given: running, By: cora, When: extend("later"), Err: domain.ErrNotADay, Field: "closes"},
		{Name: "not twice", Given: append(running[:3:3], extended), By: cora, When: extend("2026-03-29"), Err: round.ErrExtended},
		{Name: "not once it is over", Given: over, By: cora, When: extend("2026-03-27"), Err: round.ErrNotOpen},
	})
}

func TestReminding(t *testing.T) {
	sent := func(n int) round.RemindersSent { return round.RemindersSent{ID: "r1", Count: n} }
	remind := round.Remind{ID: "r1"}
	domaintest.Check(t, []rule{
		{Name: "people are reminded", Given: running, By: cora, When: round.Remind{ID: "r1"}, Then: facts{sent(1)}},
		{Name: "three times", Given: append(running[:3:3], sent(1), sent(2)), By: cora, When: remind, Then: facts{sent(3)}},
		{Name: "and no more", Given: append(running[:3:3], sent(1), sent(2), sent(3)), By: cora, When: remind, Err: round.ErrReminded},
		{Name: "not of what is over", Given: running, By: act("lies", "2026-03-21"), When: remind, Err: round.ErrOver},
		{Name: "nor of what is not open", Given: ready, By: cora, When: remind, Err: round.ErrNotOpen},
	})
}

func TestGivingUp(t *testing.T) {
	cancel := round.Cancel{ID: "r1", Why: "Anja gaat weg."}
	cancelled := round.Cancelled{ID: "r1", Why: about("Anja gaat weg.")}
	domaintest.Check(t, []rule{
		{Name: "a round is given up, and why", Given: running, By: lies, When: cancel, Then: facts{cancelled}},
		{Name: "why is needed", Given: running, By: lies, When: round.Cancel{ID: "r1"}, Err: domain.ErrRequired, Field: "why"},
		{Name: "once", Given: append(running[:3:3], cancelled), By: lies, When: cancel},
		{Name: "not when there is a result", Given: append(over[:4:4], released), By: lies, When: cancel, Err: round.ErrDone},
		{Name: "nor when there is none", By: lies, When: cancel, Err: round.ErrUnknown},
	})
}

func TestClosing(t *testing.T) {
	shut := round.Close{ID: "r1"}
	domaintest.Check(t, []rule{
		{Name: "the coach closes it", Given: running, By: cora, When: round.Close{ID: "r1"}, Then: facts{closed}},
		{Name: "once", Given: over, By: cora, When: shut},
		{Name: "not who opened it", Given: running, By: act("lies", "2026-03-20"), When: shut, Err: round.ErrNotCoach},
		{Name: "nor before its last day", Given: running, By: act("cora", "2026-03-19"), When: shut, Err: round.ErrTooEarly},
		{
			Name: "which can be a later one", Given: append(running[:3:3], round.Extended{ID: "r1", Closes: "2026-03-27"}),
			By: cora, When: shut, Err: round.ErrTooEarly,
		},
		{Name: "nor before it is open", Given: ready, By: cora, When: shut, Err: round.ErrNotOpen},
		{Name: "nor after its result", Given: append(over[:4:4], released), By: cora, When: shut, Err: round.ErrDone},
		{Name: "nor when it is not there", By: cora, When: shut, Err: round.ErrUnknown},
	})
}

// What came out of the round: two comments, one of which is for the coach.
var (
	report = round.Report{
		Groups: []round.Group{{Group: domain.Self, Shown: true}, {Group: domain.Staff, Shown: true, Band: "5–7"}},
	}
	outcome = round.Outcome{
		Report: report,
		Comments: []round.Comment{
			{ID: "c1", Question: "keep", Text: "Je vraagt door.", Use: round.Literally},
			{ID: "c2", Question: "keep", Text: "Soms te snel.", Use: round.ForCoach},
		},
		Receipts: []round.Receipt{"aa", "bb"},
	}
	released = round.Released{
		ID: "r1", On: "2026-03-20",
		Report:   about(`{"groups":[{"group":"self","shown":true},{"group":"employees","shown":true,"band":"5–7"}],"items":null}`),
		Comments: about(`[{"id":"c1","question":"keep","text":"Je vraagt door.","use":"literally"}]`),
		ForCoach: domain.Say("round/r1/coach", `[{"id":"c2","question":"keep","text":"Soms te snel.","use":"for_coach"}]`),
		Exact:    domain.Say("round/r1/statistics", `{"took":null,"plan":null,"tallies":null}`),
		Receipts: []round.Receipt{"aa", "bb"},
	}
	out     = append(over[:4:4], released)
	read    = append(out[:5:5], round.ReadByCoach{ID: "r1"})
	held    = append(read[:6:6], round.DebriefHeld{ID: "r1", On: "2026-03-27"})
	checked = append(facts{check}, out[1:]...)
)

func TestReleasing(t *testing.T) {
	release := round.Release{ID: "r1", Outcome: outcome}
	nothing := round.NothingReleased{ID: "r1", On: "2026-03-20"}
	few := round.Release{ID: "r1", Outcome: but(outcome, func(o *round.Outcome) {
		o.Report.Groups = []round.Group{{Group: domain.Self, Shown: true}, {Group: domain.Superior, Shown: true}, {Group: domain.Staff}}
	})}
	domaintest.Check(t, []rule{
		{Name: "the coach releases what came out", Given: over, By: cora, When: round.Release{ID: "r1", Outcome: outcome}, Then: facts{released}},
		{Name: "when nobody is hidden in a group, that is all that is said", Given: over, By: cora, When: few, Then: facts{nothing}},
		{Name: "it is closed first", Given: running, By: cora, When: release, Err: round.ErrNotClosed},
		{Name: "nobody else does it", Given: over, By: lies, When: release, Err: round.ErrNotCoach},
		{Name: "it is released once", Given: out, By: cora, When: release, Err: round.ErrDone},
		{Name: "also when there was nothing", Given: append(over[:4:4], nothing), By: cora, When: release, Err: round.ErrDone},
	})
}

func TestWhatWasReleasedCanBeReadUntilItIsErased(t *testing.T) {
	if r, ok := released.ReadReport(); !ok || len(r.Groups) != 2 {
		t.Errorf("the report: %v, %v", r, ok)
	}
	if c, ok := released.ReadComments(); !ok || len(c) != 1 || c[0].Text != "Je vraagt door." {
		t.Errorf("the comments: %v, %v", c, ok)
	}
	if c, ok := released.ReadForCoach(); !ok || len(c) != 1 || c[0].Text != "Soms te snel." {
		t.Errorf("those for the coach: %v, %v", c, ok)
	}
	if _, ok := released.ReadExact(); !ok {
		t.Error("the exact figures cannot be read")
	}
	if _, ok := (round.Released{}).ReadReport(); ok {
		t.Error("an erased report can be read")
	}
}

func TestTheCoachReadsFirst(t *testing.T) {
	domaintest.Check(t, []rule{
		{Name: "the coach has read it", Given: out, By: cora, When: round.ReadFirst{ID: "r1"}, Then: facts{round.ReadByCoach{ID: "r1"}}},
		{Name: "once", Given: read, By: cora, When: round.ReadFirst{ID: "r1"}},
		{Name: "the subject does not read first", Given: out, By: anja, When: round.ReadFirst{ID: "r1"}, Err: round.ErrNotCoach},
		{Name: "a check is not read first", Given: checked, By: cora, When: round.ReadFirst{ID: "r1"}, Err: round.ErrNoFeedback},
		{Name: "nor what is not there yet", Given: over, By: cora, When: round.ReadFirst{ID: "r1"}, Err: round.ErrNotReleased},
	})
}

func TestWhatTheCoachDoesWithComments(t *testing.T) {
	mask := round.Mask{ID: "r1", Comment: "c1", Why: "Noemt een cliënt."}
	masked := round.CommentMasked{ID: "r1", Comment: "c1", Why: domain.Say("round/r1/coach", "Noemt een cliënt.")}
	say := round.Paraphrase{ID: "r1", Question: "keep", Text: "Neem de tijd."}
	said := round.Paraphrased{ID: "r1", Question: "keep", Text: about("Neem de tijd.")}
	domaintest.Check(t, []rule{
		{Name: "one that gives somebody away is masked, and why", Given: out, By: cora, When: mask, Then: facts{masked}},
		{Name: "once", Given: append(out[:5:5], masked), By: cora, When: mask},
		{Name: "why is needed", Given: out, By: cora, When: round.Mask{ID: "r1", Comment: "c1"}, Err: domain.ErrRequired, Field: "why"},
		{Name: "there is such a comment", Given: out, By: cora, When: round.Mask{ID: "r1", Comment: "c9"}, Err: round.ErrNoComment, Field: "comment"},
		{Name: "nobody else masks", Given: out, By: anja, When: mask, Err: round.ErrNotCoach},
		{Name: "not once it is handed over", Given: held, By: cora, When: mask, Err: round.ErrSettled},
		{Name: "nor before there is a result", Given: over, By: cora, When: mask, Err: round.ErrNotReleased},
		{Name: "others are said in the coach's words", Given: out, By: cora, When: say, Then: facts{said}},
		{Name: "which need to be there", Given: out, By: cora, When: round.Paraphrase{ID: "r1", Question: "keep"}, Err: domain.ErrRequired, Field: "text"},
		{
			Name: "to a question that was asked", Given: out, By: cora,
			When: round.Paraphrase{ID: "r1", Question: "else", Text: "Dag."}, Err: round.ErrQuestion, Field: "question",
		},
	})
}

func TestTheReportIsTalkedAboutFirst(t *testing.T) {
	hold := round.HoldDebrief{ID: "r1", On: "2026-03-27"}
	waive := round.WaiveDebrief{ID: "r1"}
	later := act("cora", "2026-03-27")
	domaintest.Check(t, []rule{
		{Name: "coach and subject talk", Given: read, By: later, When: hold, Then: facts{round.DebriefHeld{ID: "r1", On: "2026-03-27"}}},
		{Name: "today, when nothing else is said", Given: read, By: later, When: round.HoldDebrief{ID: "r1"}, Then: facts{round.DebriefHeld{ID: "r1", On: "2026-03-27"}}},
		{Name: "once", Given: held, By: later, When: hold},
		{Name: "on a day", Given: read, By: later, When: round.HoldDebrief{ID: "r1", On: "x"}, Err: domain.ErrNotADay, Field: "on"},
		{Name: "that has been", Given: read, By: cora, When: hold, Err: round.ErrFuture, Field: "on"},
		{Name: "the coach says so", Given: read, By: anja, When: hold, Err: round.ErrNotCoach},
		{Name: "and has read it", Given: out, By: later, When: hold, Err: round.ErrNotRead},
		{Name: "the subject may do without", Given: read, By: anja, When: round.WaiveDebrief{ID: "r1"}, Then: facts{round.DebriefWaived{ID: "r1"}}},
		{Name: "once", Given: held, By: anja, When: waive},
		{Name: "nobody else may", Given: read, By: lies, When: waive, Err: round.ErrNotSubject},
		{Name: "the coach has read it by then too", Given: out, By: anja, When: waive, Err: round.ErrNotRead},
		{Name: "a check needs no talk", Given: checked, By: anja, When: waive, Err: round.ErrNoFeedback},
	})
}

func TestSharingAResult(t *testing.T) {
	share := func(with round.Audience) round.Share { return round.Share{ID: "r1", With: with} }
	shared := round.ResultShared{ID: "r1", With: round.WithMT}
	domaintest.Check(t, []rule{
		{Name: "the promiser shares it with the MT", Given: checked, By: anja, When: round.Share{ID: "r1", With: round.WithMT}, Then: facts{shared}},
		{Name: "that is enough", Given: append(checked[:5:5], shared), By: anja, When: share(round.WithMT)},
		{Name: "and can take it back", Given: append(checked[:5:5], shared), By: anja, When: share(round.Nobody), Then: facts{round.ResultShared{ID: "r1"}}},
		{Name: "there is a result", Given: facts{check}, By: anja, When: share(round.WithMT), Err: round.ErrNotReleased},
		{Name: "of a check", Given: out, By: anja, When: share(round.WithMT), Err: round.ErrNoCheck},
		{Name: "with those we know", Given: checked, By: anja, When: share("press"), Err: round.ErrAudience, Field: "with"},
		{Name: "nobody else shares it", Given: checked, By: cora, When: share(round.WithMT), Err: round.ErrNotSubject},
	})
}

func TestALetterBack(t *testing.T) {
	thank := round.ThankRaters{ID: "r1", Letter: "Dank jullie wel."}
	thanked := round.RatersThanked{ID: "r1", Letter: about("Dank jullie wel.")}
	domaintest.Check(t, []rule{
		{Name: "those who were asked hear what came of it", Given: held, By: anja, When: thank, Then: facts{thanked}},
		{Name: "also of a check", Given: checked, By: anja, When: thank, Then: facts{thanked}},
		{Name: "after the talk", Given: read, By: anja, When: thank, Err: round.ErrNotDebriefed},
		{Name: "when there is a result", Given: over, By: anja, When: thank, Err: round.ErrNotReleased},
		{Name: "once", Given: append(held[:7:7], thanked), By: anja, When: thank, Err: round.ErrThanked},
		{Name: "with words", Given: held, By: anja, When: round.ThankRaters{ID: "r1"}, Err: domain.ErrRequired, Field: "letter"},
		{Name: "from whom it is about", Given: held, By: cora, When: thank, Err: round.ErrNotSubject},
	})
}
