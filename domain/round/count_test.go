package round_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"koersvast/domain"
	"koersvast/domain/measure"
	"koersvast/domain/round"
)

const notSeen = round.Unobserved

// box returns a box of somebody's group in which all that could be took a
// paper and answered; asked may be more than that.
func box(g domain.RaterGroup, asked int, answers ...round.Answer) round.Ballots {
	b := round.Ballots{Group: g, Invited: max(asked, len(answers)), Answers: answers}
	for i := range answers {
		b.Took = append(b.Took, domain.PersonID(fmt.Sprint(g, i)))
	}
	return b
}

// rated returns answers that say how often each rater sees what [often] asks.
func rated(ratings ...int) (answers []round.Answer) {
	for _, x := range ratings {
		answers = append(answers, round.Answer{Sees: map[domain.QuestionID]int{often.ID: x}})
	}
	return answers
}

// paired returns answers to what [sees] asks.
func paired(hears, sees []int) (answers []round.Answer) {
	for i := range hears {
		answers = append(answers, round.Answer{
			Hears: map[domain.QuestionID]int{"asks": hears[i]},
			Sees:  map[domain.QuestionID]int{"asks": sees[i]},
		})
	}
	return answers
}

// wrote returns answers to what [writes] asks.
func wrote(use round.Use, texts ...string) (answers []round.Answer) {
	for _, text := range texts {
		answers = append(answers, round.Answer{Words: map[domain.QuestionID]round.Written{writes.ID: {Text: text, Use: use}}})
	}
	return answers
}

func counting(kind domain.RoundKind, q round.Question, boxes ...round.Ballots) round.Counting {
	return round.Counting{
		Kind: kind, Closed: "2026-03-20", Questions: []round.Question{q}, Thresholds: domain.UsualThresholds, Boxes: boxes,
	}
}

// count counts, with ids of comments that no two counts have in common.
func count(c round.Counting) round.Outcome {
	n := 0
	return round.Count(c, func() round.CommentID {
		n++
		return round.CommentID(fmt.Sprintf("%04d", n*7919%10000))
	})
}

func between(value, low, high float64) *measure.Estimate {
	return &measure.Estimate{Value: value, Interval: measure.Interval{Low: low, High: high}}
}

func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// Employees gave 3.67 with an interval from 2.82 to 4.52, which is 66.67;
// informal leaders 2.8, which is 45. Weighted that is 58.54, from 47.3 to 69.8.
func TestACheckByHand(t *testing.T) {
	got := count(counting(domain.Check, often,
		box(domain.Self, 1, rated(5)...),
		box(domain.Leaders, 6, rated(3, 3, 3, 3, 2)...),
		box(domain.Staff, 12, rated(4, 4, 3, 5, 4, 2)...),
	)).Report
	same(t, "the report", round.Report{
		Groups: []round.Group{
			{Group: domain.Self, Shown: true},
			{Group: domain.Leaders, Shown: true, Invited: 6, Band: measure.Band5},
			{Group: domain.Staff, Shown: true, Invited: 12, Band: measure.Band5, Turnout: round.OverHalf},
		},
		Items: []round.Item{{
			Question: often.ID,
			Self:     &round.Mark{Sees: 5},
			Cells: []round.Cell{
				{Group: domain.Leaders, Shown: true, Sees: between(3, 2, 4)},
				{Group: domain.Staff, Shown: true, Sees: between(3.5, 2, 5)},
			},
			All:   &round.Cell{Shown: true, Sees: between(3.5, 2.5, 4.5)},
			Gap:   &round.Gap{Estimate: *between(1.5, .5, 2.5), Window: measure.BlindSpot},
			Apart: new(.5),
		}},
		Score: between(60, 45, 75), Of: 2, Word: measure.Underway,
	}, got)
}

// Self 5, others 3.43 on average: a gap of 1.57 from 1.18 to 1.96.
func TestABlindSpotByHand(t *testing.T) {
	got := count(counting(domain.Feedback, often,
		box(domain.Self, 1, rated(5)...), box(domain.Staff, 9, rated(3, 4, 3, 4, 3, 4, 3)...),
	)).Report.Items[0]
	same(t, "the gap", &round.Gap{Estimate: *between(1.5, 1, 2), Window: measure.BlindSpot}, got.Gap)
	if got.All != nil {
		t.Error("one group is shown a second time as all together")
	}
	if got.Apart != nil {
		t.Errorf("seven people are %v apart", *got.Apart)
	}
	got = count(counting(domain.Feedback, often,
		box(domain.Self, 1, rated(5)...), box(domain.Staff, 12, rated(3, 4, 3, 4, 4, 5, 4, 4, 3, 3)...),
	)).Report.Items[0]
	same(t, "the gap with ten", &round.Gap{Estimate: *between(1.3, .9, 1.7), Window: measure.HigherBySelf}, got.Gap)
	same(t, "how far they are apart", new(.6), got.Apart)
}

// What people hear is 1.5 ahead of what they see, from .64 to 2.36.
func TestWordsAheadOfDeedsByHand(t *testing.T) {
	hears, does := []int{5, 5, 4, 5, 4, 5}, []int{3, 4, 3, 2, 4, 3}
	item := func(hears, does []int) round.Item {
		return count(counting(domain.Check, sees, box(domain.Staff, 12, paired(hears, does)...))).Report.Items[0]
	}
	// Of those six, four hear it always: what they hear is at an end of the
	// scale, and a difference would say how near.
	if got := item(hears, does); got.SayDo != nil || got.Cells[0].Hears != nil {
		t.Errorf("say and do: %v; hears %v", got.SayDo, got.Cells[0].Hears)
	}
	less := func(of []int) (list []int) {
		for _, x := range of {
			list = append(list, x-1)
		}
		return list
	}
	got := item(less(hears), less(does))
	same(t, "say and do", between(1.5, .5, 2.5), got.SayDo)
	same(t, "what they hear", new(3.5), got.Cells[0].Hears)

	for name, c := range map[string]struct{ hears, does []int }{
		"one only hears it":          {[]int{3, 4, 3, 4, 3, 4, 2}, []int{2, 3, 2, 2, 3, 2, notSeen}},
		"one only sees it":           {[]int{3, 4, 3, 4, 3, 4, notSeen}, []int{2, 3, 2, 2, 3, 2, 4}},
		"who gave both do not agree": {[]int{5, 5, 5, 5, 5, 1, 1, 1, 1, 1}, []int{1, 1, 1, 1, 1, notSeen, notSeen, notSeen, notSeen, notSeen}},
		"four gave both, five the one, and five the other": {
			[]int{3, 4, 3, 4, 3, 3, 3, 3, 3, notSeen, notSeen, notSeen, notSeen, notSeen},
			[]int{2, 3, 2, 2, notSeen, notSeen, notSeen, notSeen, notSeen, 3, 3, 3, 3, 3},
		},
	} {
		if got := item(c.hears, c.does).SayDo; got != nil {
			t.Errorf("%s: %v is told", name, got)
		}
	}

	all := item([]int{3, 4, 3, 4, 3}, []int{2, 3, 2, 3, 2}).SayDo
	same(t, "when it is one point for all of five, as if for one it were none and for another two",
		item([]int{3, 4, 3, 4, 3}, []int{3, 3, 2, 3, 1}).SayDo, all)
}

// earlier returns a round as the next one knows it.
func earlier(id domain.RoundID, c round.Counting) round.Earlier {
	return round.Earlier{ID: id, Kind: c.Kind, Closed: c.Closed, Questions: c.Questions, Exact: count(c).Exact, Thresholds: c.Thresholds}
}

// From 3.125 to 3.875: .75 more, from .19 to 1.31, so that is no chance.
func TestAChangeByHand(t *testing.T) {
	spring := counting(domain.Check, often, box(domain.Staff, 12, rated(3, 3, 4, 2, 3, 3, 4, 3)...))
	autumn := func(ratings ...int) *round.Change {
		c := counting(domain.Check, often, box(domain.Staff, 12, rated(ratings...)...))
		c.Closed, c.Earlier = "2026-09-20", []round.Earlier{earlier("r0", spring)}
		return count(c).Report.Items[0].Change
	}
	same(t, "a rise", &round.Change{Estimate: *between(.8, .1, 1.5), Real: true, Since: "r0"}, autumn(4, 4, 4, 3, 5, 4, 3, 4))
	if got := autumn(3, 3, 4, 2, 3, 4, 4, 3); got == nil || got.Real {
		t.Errorf("one point more of eight people: %+v", got)
	}

	c := counting(domain.Check, but(often, func(q *round.Question) { q.Text = "Komt elke afspraak na." }), spring.Boxes...)
	c.Closed, c.Earlier = "2026-09-20", []round.Earlier{earlier("r0", spring)}
	if got := count(c).Report.Items[0].Change; got != nil {
		t.Errorf("what is asked in other words is compared: %+v", got)
	}
}

// When five all gave 5 it was told that they lie at that end, and no more. A
// change would be that 5, minus what everybody can read now.
func TestAChangeDoesNotSayWhatWasNotToldBefore(t *testing.T) {
	spring := counting(domain.Check, often, box(domain.Staff, 12, rated(5, 5, 5, 5, 5)...))
	autumn := counting(domain.Check, often, box(domain.Staff, 12, rated(3, 3, 2, 4, 3, 2)...))
	autumn.Closed, autumn.Earlier = "2026-09-20", []round.Earlier{earlier("r0", spring)}
	if got := count(autumn).Report.Items[0].Change; got != nil {
		t.Errorf("the change is %+v", got)
	}
}

// A check can be shared with everybody, and feedback before it was for one
// person and their coach.
func TestACheckIsNotComparedWithFeedback(t *testing.T) {
	spring := counting(domain.Feedback, often, box(domain.Staff, 12, rated(3, 3, 2, 4, 3, 2, 3, 3)...))
	autumn := counting(domain.Check, often, box(domain.Staff, 12, rated(4, 5, 4, 4, 5, 4, 4, 3)...))
	autumn.Closed, autumn.Earlier = "2026-09-20", []round.Earlier{earlier("r0", spring)}
	if got := count(autumn).Report.Items[0].Change; got != nil {
		t.Errorf("the change is %+v", got)
	}
	autumn.Earlier[0].Kind = domain.Check
	if count(autumn).Report.Items[0].Change == nil {
		t.Error("two checks are not compared")
	}
}

func TestAGroupThatIsTooSmallIsNowhere(t *testing.T) {
	questions := []round.Question{sees, often, writes}
	answer := func(x int, text string) round.Answer {
		return round.Answer{
			Sees: map[domain.QuestionID]int{"asks": x, "word": x}, Hears: map[domain.QuestionID]int{"asks": x},
			Words: map[domain.QuestionID]round.Written{"keep": {Text: text, Use: round.Literally}},
		}
	}
	var some []round.Answer
	for i := range 9 {
		some = append(some, answer(1+i%5, "Goed zo."))
	}
	for few := range 4 {
		leaders := box(domain.Leaders, 4, slices.Repeat([]round.Answer{answer(2, "Canary.")}, few)...)
		c := counting(domain.Feedback, often, box(domain.Self, 1, answer(4, "")), box(domain.Superior, 1, answer(3, "")), leaders, box(domain.Staff, 9, some...))
		c.Questions = questions
		with := count(c)
		c.Boxes[2] = box(domain.Leaders, 4)
		same(t, fmt.Sprintf("what comes of %d informal leaders", few), count(c), with)
	}
}

// A cell of which too few could observe something is hidden alone, and counts
// in nothing.
func TestWhoCouldNotObserveItCountsInNothing(t *testing.T) {
	item := func(leaders ...int) round.Item {
		return count(counting(domain.Check, often,
			box(domain.Leaders, 6, rated(leaders...)...), box(domain.Staff, 12, rated(4, 4, 3, 5, 4, 2)...))).Report.Items[0]
	}
	same(t, "three of six leaders", item(notSeen, notSeen, notSeen, notSeen, notSeen, notSeen), item(1, 2, 1, notSeen, notSeen, notSeen))
	if got := item(1, 2, 1, notSeen, notSeen, notSeen); got.Cells[0].Shown || got.All != nil {
		t.Errorf("the cell is %+v, and all together %+v", got.Cells[0], got.All)
	}
}

func TestHowManyCouldNotObserveItIsToldOfEight(t *testing.T) {
	cells := func(staff, leaders []int) (cell round.Cell, all *round.Cell) {
		item := count(counting(domain.Check, often,
			box(domain.Leaders, 0, rated(leaders...)...), box(domain.Staff, 0, rated(staff...)...))).Report.Items[0]
		return item.Cells[1], item.All
	}
	staff, all := cells([]int{3, 4, 3, 4, 3, 4, 3, notSeen}, []int{3, 2, 3, 4, 4})
	same(t, "of eight", new(10), staff.Unseen)
	if all.Unseen != nil || all.Spread != nil {
		t.Errorf("of five leaders among thirteen: %v, %v", *all.Unseen, all.Spread)
	}
	staff, _ = cells([]int{3, 4, 3, 4, 3, 4, notSeen}, nil)
	if staff.Unseen != nil {
		t.Errorf("of seven: %d", *staff.Unseen)
	}
	_, all = cells([]int{3, 4, 3, 4, 3, 4, 3, 2}, []int{3, 2, 3, 4, 4, 3, 5, 1})
	same(t, "of eight and eight", []int{5, 15, 45, 30, 5}, all.Spread)
}

// ends are what all of a small group gave, and what one or two others would
// have given so that the report is the same.
var ends = map[string]struct{ all, others []int }{
	"always":      {[]int{5, 5, 5, 5, 5}, []int{5, 4, 5, 5, 5}},
	"never":       {[]int{1, 1, 1, 1, 1}, []int{3, 1, 1, 1, 1}},
	"sometimes":   {[]int{3, 3, 3, 3, 3}, []int{2, 3, 3, 3, 4}},
	"mostly":      {[]int{4, 4, 4, 4, 4}, []int{5, 4, 3, 4, 4}},
	"always, six": {[]int{5, 5, 5, 5, 5, 5}, []int{5, 3, 5, 5, 5, 4}},
}

func TestNobodyKnowsThatAllOfAGroupGaveTheSame(t *testing.T) {
	for name, c := range ends {
		for _, others := range [][]int{nil, {2, 3, 4, 3}, {2, 4, 4, 2, 5, 3, 3, 4, 1, 4}} {
			for _, kind := range domain.RoundKinds {
				report := func(staff []int) round.Report {
					spring := counting(kind, often, box(domain.Leaders, 0, rated(2, 3, 3, 4)...), box(domain.Staff, 0, rated(2, 3, 3, 4, 2)...))
					autumn := counting(kind, often, box(domain.Self, 1, rated(4)...),
						box(domain.Leaders, 0, rated(others...)...), box(domain.Staff, 0, rated(staff...)...))
					autumn.Closed, autumn.Earlier = "2026-09-20", []round.Earlier{earlier("r0", spring)}
					return count(autumn).Report
				}
				same(t, fmt.Sprintf("%s, beside %v, in a %s", name, others, kind), report(c.others), report(c.all))
			}
		}
	}
}

// Whatever a small group gives, as far as can be told from a report it could
// have been given by people who did not all give the same.
func TestEveryReportOfASmallGroupFitsPeopleWhoDiffer(t *testing.T) {
	for n := 4; n < 8; n++ {
		differ := map[string]bool{}
		for _, ratings := range multisets(n) {
			report, _ := json.Marshal(count(counting(domain.Check, often,
				box(domain.Self, 1, rated(4)...), box(domain.Leaders, 0, rated(ratings...)...))).Report)
			differ[string(report)] = differ[string(report)] || slices.Min(ratings) != slices.Max(ratings)
		}
		for report, ok := range differ {
			if !ok {
				t.Errorf("only %d people who gave the same lead to %s", n, report)
			}
		}
	}
}

// multisets returns everything that n people can give.
func multisets(n int) (all [][]int) {
	if n == 0 {
		return [][]int{nil}
	}
	for _, fewer := range multisets(n - 1) {
		least := round.Never
		if len(fewer) > 0 {
			least = fewer[len(fewer)-1]
		}
		for x := least; x <= round.Always; x++ {
			all = append(all, append(slices.Clone(fewer), x))
		}
	}
	return all
}

// An end of the scale is told in a word.
func TestAnEndOfTheScaleIsAWord(t *testing.T) {
	item := count(counting(domain.Check, often, box(domain.Self, 1, rated(3)...), box(domain.Staff, 12, rated(5, 5, 5, 4, 5)...))).Report.Items[0]
	same(t, "always", round.Item{
		Question: often.ID, Self: &round.Mark{Sees: 3},
		Cells: []round.Cell{{Group: domain.Staff, Shown: true, End: round.Mostly}},
	}, item)
	item = count(counting(domain.Check, often, box(domain.Staff, 12, rated(1, 1, 1, 2, 1)...))).Report.Items[0]
	same(t, "never", round.Seldom, item.Cells[0].End)
}

// Four leaders who gave 5 are told of as "mostly". A score to the nearest five
// beside 20 employees of whom all is known would say how near to 5.
func TestAScoreDoesNotSayHowNearToTheEnd(t *testing.T) {
	score := func(leaders ...int) *measure.Estimate {
		return count(counting(domain.Check, often, box(domain.Leaders, 0, rated(leaders...)...),
			box(domain.Staff, 0, rated(slices.Repeat([]int{2, 4, 3, 3}, 5)...)...))).Report.Score
	}
	same(t, "the score", score(4, 5, 5, 4), score(5, 5, 5, 5))
}

func TestSomebodyAloneIsShownOnlyBesideOthers(t *testing.T) {
	few := counting(domain.Feedback, often, box(domain.Self, 1, rated(4)...), box(domain.Superior, 1, rated(2)...), box(domain.Staff, 9, rated(3, 3, 4, 5)...))
	out := count(few)
	for _, g := range out.Report.Groups {
		if g.Shown {
			t.Errorf("%s is shown", g.Group)
		}
	}
	same(t, "the item", []round.Item{{Question: often.ID, Cells: []round.Cell{{Group: domain.Staff}, {Group: domain.Superior}}}}, out.Report.Items)
	facts, err := round.Release{ID: "r1", Outcome: out}.Decide(fold(over), cora)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "what is released", facts, []round.Event{round.NothingReleased{ID: "r1", On: "2026-03-20"}})

	few.Boxes[2] = box(domain.Staff, 9, rated(3, 3, 4, 5, 3)...)
	items := count(few).Report.Items
	same(t, "the superior", round.Cell{Group: domain.Superior, Shown: true, Sees: between(2, 2, 2)}, items[0].Cells[1])
}

func TestAQuestionOfWhichNothingIsLeftBringsNothing(t *testing.T) {
	c := counting(domain.Feedback, often, box(domain.Staff, 9, rated(3, 3, 4, 5, 4)...))
	c.Questions = nil // they were erased
	same(t, "without questions", round.Report{Groups: []round.Group{{Group: domain.Staff}}}, count(c).Report)

	c.Questions = []round.Question{{ID: "else", Scale: round.Often, Text: "Iets anders."}}
	same(t, "an answer to something else", []round.Item{{Question: "else", Cells: []round.Cell{{Group: domain.Staff}}}}, count(c).Report.Items)
}

// Whoever reads a band beside how many were asked never learns that all of
// them answered.
func TestNobodyLearnsThatEverybodyAnswered(t *testing.T) {
	for asked := 5; asked <= 60; asked++ {
		said := func(answered int) string {
			g := count(counting(domain.Check, often, box(domain.Leaders, asked, rated(slices.Repeat([]int{2, 3, 4}, 20)[:answered]...)...))).Report.Groups[0]
			return fmt.Sprint(g.Shown, g.Invited, g.Band, g.Turnout)
		}
		if all, butOne := said(asked), said(asked-1); all != butOne {
			t.Errorf("when all %d answered it says %s, and %s when all but one did", asked, all, butOne)
		}
		if asked < 8 && strings.Contains(said(asked), "_") {
			t.Errorf("of %d people, four of whom had to answer, it says %s", asked, said(asked))
		}
	}
}

func TestARoundInWords(t *testing.T) {
	c := counting(domain.Feedback, writes,
		box(domain.Leaders, 5, wrote(round.Literally, "a", "b", "c")...),
		box(domain.Staff, 9, append(wrote(round.Literally, "d", "e", "f", "g", "h"), wrote(round.ForCoach, "i")...)...))
	got := count(c)
	same(t, "the report", round.Report{Groups: []round.Group{
		{Group: domain.Leaders}, {Group: domain.Staff, Shown: true, Invited: 9, Band: measure.Band5},
	}}, got.Report)
	said := map[string]string{}
	for _, c := range got.Comments {
		said[c.Text] = fmt.Sprint(c.Group, " ", c.Use)
	}
	same(t, "the comments", map[string]string{
		"d": "employees literally", "e": "employees literally", "f": "employees literally", "g": "employees literally",
		"h": "employees literally", "i": " for_coach",
	}, said)
}

func TestCommentsOfFewPeopleHaveNoName(t *testing.T) {
	uses := func(leaders, staff []string) (uses []string) {
		for _, c := range count(counting(domain.Feedback, writes, box(domain.Leaders, 0, append(wrote(round.Literally, leaders...), make([]round.Answer, 4)...)...),
			box(domain.Staff, 0, append(wrote(round.Literally, staff...), make([]round.Answer, 5)...)...))).Comments {
			uses = append(uses, fmt.Sprint(c.Text, " ", c.Group, " ", c.Use))
		}
		slices.Sort(uses)
		return uses
	}
	same(t, "three and five: together", []string{
		"a  literally", "b  literally", "c  literally", "d  literally", "e  literally", "f  literally", "g  literally", "h  literally",
	}, uses([]string{"a", "b", "c"}, []string{"d", "e", "f", "g", "h"}))
	same(t, "two and three: the coach says it", []string{
		"a  paraphrase", "b  paraphrase", "c  paraphrase", "d  paraphrase", "e  paraphrase",
	}, uses([]string{"a", "b"}, []string{"c", "d", "e"}))
}

func TestWhatIsForTheCoachReachesNobodyElse(t *testing.T) {
	const canary = "kanarie"
	for _, use := range []round.Use{round.ForCoach, round.InOtherWords} {
		c := counting(domain.Feedback, often, box(domain.Staff, 9, rated(3, 3, 4, 5, 4)...))
		c.Questions = append(c.Questions, writes)
		for i := range c.Boxes[0].Answers {
			c.Boxes[0].Answers[i].Words = map[domain.QuestionID]round.Written{writes.ID: {Text: canary, Use: use}}
		}
		facts, err := round.Release{ID: "r1", Outcome: count(c)}.Decide(fold(over), cora)
		if err != nil {
			t.Fatal(err)
		}
		released := facts[0].(round.Released)
		for name, p := range map[string]domain.Private{"report": released.Report, "comments": released.Comments, "exact": released.Exact} {
			if text, _ := p.Reveal(); strings.Contains(text, canary) {
				t.Errorf("%s: the %s hold it", use, name)
			}
		}
		if text, _ := released.ForCoach.Reveal(); strings.Count(text, canary) != 5 {
			t.Errorf("%s: the coach reads %s", use, text)
		}
	}
}

func fold(facts []round.Event) (s round.State) {
	for _, e := range facts {
		s = e.Evolve(s)
	}
	return s
}

// Six employees answered in March. Who came or went since is not given away.
func TestARoundSoonAfterAnother(t *testing.T) {
	march := counting(domain.Check, often, box(domain.Staff, 12, rated(4, 4, 3, 5, 4, 2)...))
	for name, c := range map[string]struct {
		closed domain.Day
		n      int
		change func(*round.Counting)
		shown  bool
	}{
		"the same people":                     {"2026-05-01", 6, nil, true},
		"one more":                            {"2026-05-01", 7, nil, false},
		"one fewer":                           {"2026-05-01", 5, nil, false},
		"one more, 119 days later":            {march.Closed.Add(119), 7, nil, false},
		"one more, 120 days later":            {march.Closed.Add(120), 7, nil, true},
		"one more, asked under another name":  {"2026-05-01", 7, func(c *round.Counting) { c.Earlier[0] = renamed(c.Earlier[0]) }, false},
		"the same, asked under another name":  {"2026-05-01", 6, func(c *round.Counting) { c.Earlier[0] = renamed(c.Earlier[0]) }, true},
		"one more, and what it was is erased": {"2026-05-01", 7, func(c *round.Counting) { c.Earlier[0].Questions = nil }, false},
	} {
		may := counting(domain.Check, often, box(domain.Staff, 12, rated(slices.Repeat([]int{3, 4}, 4)[:c.n]...)...))
		may.Closed, may.Earlier = c.closed, []round.Earlier{earlier("r0", march)}
		if c.change != nil {
			c.change(&may)
		}
		got := count(may).Report
		if got.Items[0].Cells[0].Shown != c.shown || got.Groups[0].Shown != c.shown {
			t.Errorf("%s: shown %v, want %v", name, got.Items[0].Cells[0].Shown, c.shown)
		}
		if !c.shown && !cmp.Equal(got.Items[0], round.Item{Question: often.ID, Cells: []round.Cell{{Group: domain.Staff}}}) {
			t.Errorf("%s: what is left is %+v", name, got.Items[0])
		}
	}
}

// renamed returns a round in which the same was asked under another name.
func renamed(e round.Earlier) round.Earlier {
	e.Questions = []round.Question{but(often, func(q *round.Question) { q.ID = "other" })}
	e.Exact.Plan = maps.Clone(e.Exact.Plan)
	e.Exact.Plan["other"] = e.Exact.Plan[string(often.ID)]
	delete(e.Exact.Plan, string(often.ID))
	return e
}

// Of nine people one answered so much that a pattern can be seen. Whether that
// one gave everything the same is not told.
func TestHowCarefullyPeopleAnsweredIsNotToldOfFew(t *testing.T) {
	questions := many(round.Often, 6)
	answered := func(items int) round.Answer {
		a := round.Answer{Sees: map[domain.QuestionID]int{}}
		for _, q := range questions[:items] {
			a.Sees[q.ID] = 3
		}
		return a
	}
	quality := func(all, some int) *round.Quality {
		answers := append(slices.Repeat([]round.Answer{answered(6)}, all), slices.Repeat([]round.Answer{answered(5)}, some)...)
		c := counting(domain.Feedback, often, box(domain.Staff, 12, answers...))
		c.Questions = questions
		return count(c).Report.Quality
	}
	if got := quality(7, 5); got != nil {
		t.Errorf("of seven: %+v", got)
	}
	same(t, "of eight", &round.Quality{Straight: 100}, quality(8, 2))
}

// Three of four leaders could observe the last thing, and gave it a 5. That is
// hidden, and so it is not told that they did not give everything the same.
func TestHowCarefullyPeopleAnsweredIsAboutWhatIsShown(t *testing.T) {
	questions := many(round.Often, 7)
	answered := func(last int) round.Answer {
		a := round.Answer{Sees: map[domain.QuestionID]int{questions[6].ID: last}}
		for _, q := range questions[:6] {
			a.Sees[q.ID] = 3
		}
		return a
	}
	c := counting(domain.Feedback, often,
		box(domain.Leaders, 6, answered(5), answered(5), answered(5), answered(notSeen)),
		box(domain.Staff, 12, slices.Repeat([]round.Answer{answered(3)}, 8)...))
	c.Questions = questions
	same(t, "quality", &round.Quality{Straight: 100}, count(c).Report.Quality)
}

// An interval around the exact mean would have ends that say on which side of
// the rounded one it lies, and so what five people gave together.
func TestAnIntervalDoesNotSayHowAMeanWasRounded(t *testing.T) {
	cell := func(ratings ...int) round.Cell {
		return count(counting(domain.Check, often, box(domain.Staff, 12, rated(ratings...)...))).Report.Items[0].Cells[0]
	}
	same(t, "2.8 and 3.2", cell(3, 3, 3, 3, 2), cell(3, 3, 3, 3, 4))
	same(t, "3.2", between(3, 2, 4), cell(3, 3, 3, 3, 4).Sees)
}

// anything draws a round of feedback with groups of any size.
func anything(t *rapid.T) round.Counting {
	c := round.Counting{
		Kind:   rapid.SampledFrom(domain.RoundKinds).Draw(t, "kind"),
		Closed: "2026-09-20", Questions: []round.Question{sees, often, writes},
		Thresholds: domain.Thresholds{
			Peers: rapid.IntRange(3, 5).Draw(t, "k of peers"), Leaders: rapid.IntRange(3, 5).Draw(t, "k of leaders"), Staff: rapid.IntRange(3, 6).Draw(t, "k of staff"),
		},
	}
	rating := rapid.OneOf(rapid.IntRange(0, 5), rapid.Just(rapid.IntRange(1, 5).Draw(t, "most give")))
	use := rapid.SampledFrom([]round.Use{round.Literally, round.Literally, round.InOtherWords, round.ForCoach})
	for _, g := range domain.RaterGroups {
		n := 1
		if g != domain.Self && g != domain.Superior {
			n = rapid.IntRange(0, 10).Draw(t, string(g))
		}
		var answers []round.Answer
		for i := range n {
			answers = append(answers, round.Answer{
				Sees:  map[domain.QuestionID]int{"asks": rating.Draw(t, "sees"), "word": rating.Draw(t, "sees")},
				Hears: map[domain.QuestionID]int{"asks": rating.Draw(t, "hears")},
				Words: map[domain.QuestionID]round.Written{"keep": {Text: fmt.Sprint(g, i), Use: use.Draw(t, "use")}},
			})
		}
		c.Boxes = append(c.Boxes, box(g, n+rapid.IntRange(0, 5).Draw(t, "silent"), answers...))
	}
	return c
}

// after draws a round that comes some time after another like it.
func after(t *rapid.T) round.Counting {
	first, second := anything(t), anything(t)
	first.Closed, second.Thresholds = domain.Day("2026-09-20").Add(-rapid.IntRange(1, 200).Draw(t, "days")), first.Thresholds
	second.Earlier = []round.Earlier{earlier("r0", first)}
	return second
}

func TestTheOrderInTheBoxesChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := after(t)
		was := count(c)
		for i, b := range c.Boxes {
			if len(b.Answers) > 0 {
				c.Boxes[i].Answers = rapid.Permutation(b.Answers).Draw(t, "order")
			}
		}
		is := count(c)
		unordered := cmp.Transformer("", func(list []round.Comment) map[string]round.Comment {
			said := map[string]round.Comment{}
			for _, c := range list {
				c.ID = ""
				said[c.Text] = c
			}
			return said
		})
		if diff := cmp.Diff(was, is, unordered); diff != "" {
			t.Fatalf("(-one order +another):\n%s", diff)
		}
	})
}

// A group without enough answers could as well have had none.
func TestWhoWereTooFewChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := after(t)
		was := count(c)
		for i, b := range c.Boxes {
			if len(b.Answers) < c.Thresholds.Of(b.Group) {
				c.Boxes[i].Answers, c.Boxes[i].Took = nil, nil
			}
		}
		if diff := cmp.Diff(was, count(c)); diff != "" {
			t.Fatalf("(-with +without):\n%s", diff)
		}
	})
}

// Every number in a report is as coarse as is told beforehand.
func TestNoNumberInAReportIsExact(t *testing.T) {
	grid := map[string]float64{"invited": 1, "of": 1, "top": 10, "straight": 10, "unseen": 10, "spread": 5, "score": 1}
	rapid.Check(t, func(t *rapid.T) {
		c := after(t)
		report := count(c).Report
		small := true
		for _, b := range c.Boxes {
			small = small && len(b.Answers) < 8
		}
		text, err := json.Marshal(report)
		if err != nil {
			t.Fatal(err)
		}
		var all any
		if err := json.Unmarshal(text, &all); err != nil {
			t.Fatal(err)
		}
		walk(all, nil, func(path []string, x float64) {
			parts, units := 10., 1. // in tenths of a point
			if small {
				parts = 2
			}
			for _, name := range path {
				if step, ok := grid[name]; ok {
					parts, units = 1, step
				}
			}
			if slices.Contains(path, "score") && small {
				units = 5
			}
			if x != math.Round(x*parts/units)*units/parts {
				t.Fatalf("%s is %v; want a multiple of %v/%v", strings.Join(path, "."), x, units, parts)
			}
		})
		for _, name := range []string{`"n":`, `"counts"`, `"sd"`, `"took"`, `"mean"`} {
			if bytes.Contains(text, []byte(name)) {
				t.Fatalf("a report holds %s: %s", name, text)
			}
		}
	})
}

// walk calls f for every number.
func walk(v any, path []string, f func([]string, float64)) {
	switch v := v.(type) {
	case float64:
		f(path, v)
	case []any:
		for _, one := range v {
			walk(one, path, f)
		}
	case map[string]any:
		for name, one := range v {
			walk(one, append(slices.Clip(path), name), f)
		}
	}
}

// Every comment has an id of its own, and those of one person have nothing in
// common.
func TestEveryCommentHasAnIDOfItsOwn(t *testing.T) {
	c := counting(domain.Feedback, writes, box(domain.Staff, 9, wrote(round.Literally, "a", "b", "c", "d", "e")...))
	stop := but(writes, func(q *round.Question) { q.ID = "stop" })
	c.Questions = append(c.Questions, stop)
	for i := range c.Boxes[0].Answers {
		words := c.Boxes[0].Answers[i].Words
		words[stop.ID] = words[writes.ID]
	}
	ids := []round.CommentID{"9", "1", "8", "2", "7", "3", "6", "4", "5", "0"} // drawn by lot
	drawn := 0
	var order []string
	for _, c := range round.Count(c, func() round.CommentID { drawn++; return ids[drawn-1] }).Comments {
		order = append(order, fmt.Sprint(c.ID, c.Text, c.Question))
	}
	same(t, "the comments", []string{
		"1bkeep", "2dkeep", "7ekeep", "8ckeep", "9akeep", "0estop", "3astop", "4cstop", "5dstop", "6bstop",
	}, order)
}
