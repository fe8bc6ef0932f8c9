package disclosure_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"koersvast/domain"
	"koersvast/domain/disclosure"
)

type (
	groups  = map[domain.RaterGroup][]domain.PersonID
	answers = disclosure.Answers[domain.PersonID] // in these tests everybody's ballot has their name
)

const item = "asks before answering"

// people names n people of a group, from the given one on.
func people(g domain.RaterGroup, from, n int) (all []domain.PersonID) {
	for i := range n {
		all = append(all, domain.PersonID(fmt.Sprint(g, from+i)))
	}
	return all
}

// of returns groups g1, g2 and so on of these sizes.
func of(sizes ...int) groups {
	all := groups{}
	for i, n := range sizes {
		g := domain.RaterGroup(fmt.Sprint("g", i+1))
		all[g] = people(g, 1, n)
	}
	return all
}

func promised(k int) func(domain.RaterGroup) int {
	return func(domain.RaterGroup) int { return k }
}

func round(closed domain.Day, took groups) disclosure.Round {
	return disclosure.Round{Closed: closed, Threshold: promised(4), Took: took}
}

// plan plans a round in which everybody who took part answered the item.
func plan(r disclosure.Round, earlier ...disclosure.Published) disclosure.Item {
	return disclosure.PlanOf(r, answers{item: r.Took}, earlier...)[item]
}

func publish(r disclosure.Round, earlier ...disclosure.Published) disclosure.Published {
	return disclosure.Published{Round: r, Plan: disclosure.PlanOf(r, answers{item: r.Took}, earlier...)}
}

// published returns the sums that a plan lets out of an item: of the groups and
// of the total.
func published(i disclosure.Item, in groups) (sums [][]domain.PersonID) {
	var total []domain.PersonID
	for _, g := range i.Total {
		total = append(total, in[g]...)
	}
	for _, g := range i.Shown() {
		sums = append(sums, in[g])
	}
	return append(sums, total)
}

// combined tries all combinations of sums with coefficients from -2 to 2, and
// returns the first that rests on fewer than k people.
func combined(k int, sums [][]domain.PersonID) []domain.PersonID {
	n := 1
	for range sums {
		n *= 5
	}
	for code := range n {
		total := map[domain.PersonID]int{}
		for _, sum := range sums {
			for _, p := range sum {
				total[p] += code%5 - 2
			}
			code /= 5
		}
		maps.DeleteFunc(total, func(_ domain.PersonID, n int) bool { return n == 0 })
		if 0 < len(total) && len(total) < k {
			return slices.Sorted(maps.Keys(total))
		}
	}
	return nil
}

func TestGroupsAreShownOrNotAtAll(t *testing.T) {
	type names = []domain.RaterGroup
	for _, c := range []struct {
		sizes []int
		shown names
	}{
		{[]int{6, 4, 1}, names{"g1", "g2"}},
		{[]int{6, 4, 3, 1}, names{"g1", "g2"}},
		{[]int{5, 1, 1}, names{"g1"}},
		{[]int{4, 4, 4}, names{"g1", "g2", "g3"}},
		{[]int{3, 3}, nil},
		{[]int{1, 1}, nil},
		{[]int{0, 0}, nil},
		{[]int{12, 2}, names{"g1"}},
		{[]int{6, 3, 3}, names{"g1"}},
	} {
		r := round("2026-11-20", of(c.sizes...))
		got := plan(r)
		if diff := cmp.Diff(c.shown, got.Shown()); diff != "" {
			t.Errorf("groups of %v: shown (-want +got):\n%s", c.sizes, diff)
		}
		if diff := cmp.Diff(c.shown, got.Total); diff != "" {
			t.Errorf("groups of %v: total (-want +got):\n%s", c.sizes, diff)
		}
		if found := combined(4, published(got, r.Took)); found != nil {
			t.Errorf("groups of %v: adding and subtracting isolates %v", c.sizes, found)
		}
	}
}

// Somebody who is shown six employees, four informal leaders and a total of
// eleven knows what the superior answered, down to the decimal.
func TestATotalOverWhatIsHiddenGivesItAway(t *testing.T) {
	in := of(6, 4, 1)
	sums := [][]domain.PersonID{in["g1"], in["g2"], slices.Concat(in["g1"], in["g2"], in["g3"])}
	if found := combined(4, sums); !slices.Equal(found, in["g3"]) {
		t.Errorf("adding and subtracting isolates %v, want %v", found, in["g3"])
	}
}

func TestASecondRoundDoesNotGiveAwayWhoCameOrLeft(t *testing.T) {
	const spring, summer, autumn = domain.Day("2026-03-02"), domain.Day("2026-05-01"), domain.Day("2026-07-01")
	first := publish(round(spring, groups{domain.Staff: people(domain.Staff, 1, 6)}))
	for name, c := range map[string]struct {
		took   []domain.PersonID
		closed domain.Day
		want   disclosure.Verdict
	}{
		"exactly the same people":   {people(domain.Staff, 1, 6), summer, disclosure.Shown},
		"one more":                  {people(domain.Staff, 1, 7), summer, disclosure.EarlierRound},
		"three more":                {people(domain.Staff, 1, 9), summer, disclosure.EarlierRound},
		"four more":                 {people(domain.Staff, 1, 10), summer, disclosure.Shown},
		"one in another's place":    {people(domain.Staff, 2, 6), summer, disclosure.EarlierRound},
		"two left":                  {people(domain.Staff, 1, 4), summer, disclosure.EarlierRound},
		"all others":                {people(domain.Staff, 11, 6), summer, disclosure.Shown},
		"one more, 119 days later":  {people(domain.Staff, 1, 7), spring.Add(119), disclosure.EarlierRound},
		"one more, 119 days before": {people(domain.Staff, 1, 7), spring.Add(-119), disclosure.EarlierRound},
		"one more, 120 days later":  {people(domain.Staff, 1, 7), spring.Add(120), disclosure.Shown},
		"one more, months later":    {people(domain.Staff, 1, 7), autumn, disclosure.Shown},
		"one more, on no day":       {people(domain.Staff, 1, 7), "", disclosure.EarlierRound},
	} {
		r := round(c.closed, groups{domain.Staff: c.took})
		answered := groups{domain.Staff: people(domain.Staff, 1, 7)}
		got := disclosure.PlanOf(r, answers{item: answered, "another": answered}, first)
		if v := got[item].Groups[domain.Staff]; v != c.want {
			t.Errorf("%s: %s, want %s", name, v, c.want)
		}
		if v := got["another"].Groups[domain.Staff]; v != disclosure.Shown {
			t.Errorf("%s: an item that was not asked before is %s", name, v)
		}
	}
}

func TestAGroupThatChangedALittleTakesNoOtherAlong(t *testing.T) {
	took := func(staff, leaders int) groups {
		return groups{domain.Staff: people(domain.Staff, 1, staff), domain.Leaders: people(domain.Leaders, 1, leaders)}
	}
	want := disclosure.Item{
		Groups: map[domain.RaterGroup]disclosure.Verdict{domain.Staff: disclosure.EarlierRound, domain.Leaders: disclosure.Shown},
		Total:  []domain.RaterGroup{domain.Leaders},
	}
	first := publish(round("2026-03-02", took(6, 4)))
	if diff := cmp.Diff(want, plan(round("2026-05-01", took(7, 4)), first)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSubjectAndSuperiorAreShownAsTheyAre(t *testing.T) {
	usual := domain.UsualThresholds
	took := groups{
		domain.Self: {"anja"}, domain.Superior: {"bert"},
		domain.Staff: people(domain.Staff, 1, 4), domain.Leaders: people(domain.Leaders, 1, 4),
	}
	r := disclosure.Round{Closed: "2026-11-20", Threshold: usual.Of, Took: took}
	want := disclosure.Item{
		Groups: map[domain.RaterGroup]disclosure.Verdict{
			domain.Self: disclosure.Shown, domain.Superior: disclosure.Shown,
			domain.Staff: disclosure.TooFew, domain.Leaders: disclosure.Shown,
		},
		Total: []domain.RaterGroup{domain.Leaders, domain.Superior},
	}
	if diff := cmp.Diff(want, plan(r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}

	r.Took[domain.Leaders] = people(domain.Leaders, 1, 3)
	if got := plan(r); got.Total != nil {
		t.Errorf("a total is taken over %v", got.Total)
	}
}

func TestOnlySubjectAndSuperiorCanBeRecognised(t *testing.T) {
	r := disclosure.Round{Closed: "2026-11-20", Threshold: promised(disclosure.Recognised), Took: of(9)}
	if got := plan(r).Groups["g1"]; got != disclosure.TooFew {
		t.Errorf("a group that was promised nothing is %s", got)
	}
	r.Threshold = nil
	if got := plan(r).Groups["g1"]; got != disclosure.TooFew {
		t.Errorf("without thresholds a group is %s", got)
	}
}

func TestWhoWasHiddenBeforeIsNotShownAloneNow(t *testing.T) {
	usual := domain.UsualThresholds
	first := publish(disclosure.Round{Closed: "2026-03-02", Threshold: usual.Of, Took: groups{
		domain.Peers: {"bert", "carla", "dirk", "els"},
	}})
	second := disclosure.Round{Closed: "2026-05-01", Threshold: usual.Of, Took: groups{domain.Superior: {"bert"}}}
	if got := plan(second, first).Groups[domain.Superior]; got != disclosure.TooFew {
		t.Errorf("who was one of four peers is %s as superior", got)
	}
}

func TestNothingIsShownOfAGroupIfNobodyKnowsWhoTookPart(t *testing.T) {
	got := disclosure.PlanOf(round("2026-11-20", of(0, 5)), answers{item: of(5, 5)})[item].Groups
	if want := (map[domain.RaterGroup]disclosure.Verdict{"g1": disclosure.Empty, "g2": disclosure.Shown}); !maps.Equal(got, want) {
		t.Errorf("the groups are %v, want %v", got, want)
	}
}

func TestNothingIsShownOfWhoIsInTwoGroups(t *testing.T) {
	in := of(5, 5)
	in["g2"][0] = in["g1"][0]
	got := plan(round("2026-11-20", in))
	if len(got.Shown()) > 0 {
		t.Errorf("%v are shown", got.Shown())
	}
}

func TestWhatIsEmptyLooksLikeWhatIsTooSmall(t *testing.T) {
	var looks []any
	for _, n := range []int{0, 1, 3} {
		got := plan(round("2026-11-20", of(6, 4, n)))
		looks = append(looks, []any{got.Shown(), got.Total})
	}
	if diff := cmp.Diff(looks[0], looks[1]) + cmp.Diff(looks[1], looks[2]); diff != "" {
		t.Errorf("a third group of none, one and three differ:\n%s", diff)
	}
}

// history draws some rounds about one person, within the window, and plans
// one after the other. Somebody is in one group always, and was promised the
// same each time.
func history(t *rapid.T) (planned []disclosure.Published, given []answers) {
	thresholds := domain.Thresholds{
		Peers: rapid.IntRange(3, 5).Draw(t, "k of peers"), Leaders: rapid.IntRange(3, 5).Draw(t, "k of leaders"),
		Staff: rapid.IntRange(3, 6).Draw(t, "k of staff"),
	}
	asked := groups{domain.Self: {"anja"}}
	if rapid.Bool().Draw(t, "superior") {
		asked[domain.Superior] = []domain.PersonID{"bert"}
	}
	for _, g := range domain.WithThreshold {
		asked[g] = people(g, 1, rapid.IntRange(0, 9).Draw(t, string(g)))
	}
	day := domain.Day("2026-01-05")
	for range rapid.IntRange(1, 4).Draw(t, "rounds") {
		day = day.Add(rapid.IntRange(1, 30).Draw(t, "days"))
		r := disclosure.Round{Closed: day, Threshold: thresholds.Of, Took: groups{}}
		for _, g := range domain.RaterGroups {
			r.Took[g] = without(t, asked[g], "away")
		}
		a := answers{}
		for i := range rapid.IntRange(1, 3).Draw(t, "items") {
			answered := groups{}
			for _, g := range domain.RaterGroups {
				answered[g] = without(t, r.Took[g], "could not observe")
			}
			a[fmt.Sprint("item ", i)] = answered
		}
		planned = append(planned, disclosure.Published{Round: r, Plan: disclosure.PlanOf(r, a, planned...)})
		given = append(given, a)
	}
	return planned, given
}

// without draws who of some people are left, most often all or nearly all.
func without(t *rapid.T, all []domain.PersonID, why string) []domain.PersonID {
	if len(all) == 0 {
		return nil
	}
	gone := rapid.SliceOfN(rapid.SampledFrom(all), 0, 2).Draw(t, why)
	return slices.DeleteFunc(slices.Clone(all), func(p domain.PersonID) bool { return slices.Contains(gone, p) })
}

func promisedTo(r disclosure.Round) func(domain.PersonID) int {
	k := map[domain.PersonID]int{}
	for g, of := range r.Took {
		for _, p := range of {
			k[p] = r.Threshold(g)
		}
	}
	return func(p domain.PersonID) int { return k[p] }
}

func TestNobodyIsIsolatedByAllRoundsTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		planned, given := history(t)
		var everybody disclosure.Round
		everybody.Threshold, everybody.Took = planned[0].Threshold, groups{}
		sums := map[string][][]domain.PersonID{}
		for i, p := range planned {
			for name, shown := range p.Plan {
				cells := published(shown, given[i][name])
				if found := attacked(promisedTo(p.Round), cells...); found != nil {
					t.Fatalf("%v can be isolated from %s of round %d", found, name, i)
				}
				sums[name] = append(sums[name], published(shown, p.Took)...)
				for g, v := range shown.Groups {
					if n := len(given[i][name][g]); v == disclosure.Shown && n < p.Threshold(g) {
						t.Fatalf("%s is shown, of %d people", g, n)
					}
				}
			}
			for g, of := range p.Took {
				everybody.Took[g] = append(everybody.Took[g], of...)
			}
		}
		for name, all := range sums {
			if found := attacked(promisedTo(everybody), all...); found != nil {
				t.Fatalf("%v can be isolated from %s of all rounds", found, name)
			}
		}
	})
}

func TestHigherThresholdsNeverShowMoreOfARound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		planned, given := history(t)
		last := len(planned) - 1
		r, higher := planned[last].Round, planned[last].Round
		more := rapid.IntRange(1, 3).Draw(t, "raised by")
		higher.Threshold = func(g domain.RaterGroup) int {
			if k := r.Threshold(g); k != disclosure.Recognised {
				return k + more
			}
			return disclosure.Recognised
		}

		lower := disclosure.PlanOf(r, given[last], planned[:last]...)
		for name, i := range disclosure.PlanOf(higher, given[last], planned[:last]...) {
			for g, v := range i.Groups {
				if was := lower[name].Groups[g]; v == disclosure.Shown && was != disclosure.Shown {
					t.Fatalf("%s in %s is %s, and %s with higher thresholds", g, name, was, v)
				}
			}
		}
	})
}

func TestTheOrderInWhichPeopleAndRoundsAreNamedChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		planned, given := history(t)
		last := len(planned) - 1
		r := planned[last].Round
		r.Took = maps.Clone(r.Took)
		for g, of := range r.Took {
			r.Took[g] = slices.Clone(of)
			slices.Reverse(r.Took[g])
		}
		for _, answered := range given[last] {
			for _, of := range answered {
				slices.Reverse(of)
			}
		}
		earlier := rapid.Permutation(planned[:last]).Draw(t, "earlier")
		if diff := cmp.Diff(planned[last].Plan, disclosure.PlanOf(r, given[last], earlier...)); diff != "" {
			t.Fatalf("(-one order +another):\n%s", diff)
		}
	})
}

// FuzzPlanOf plans what nobody would ask for.
func FuzzPlanOf(f *testing.F) {
	f.Add([]byte("\x04one round, and another"), 4)
	f.Add([]byte{0, 0x11, 0x22, 0x33, 0x81, 0x92, 0xa3}, 0)
	f.Fuzz(func(t *testing.T, bytes []byte, k int) {
		var rounds [3]disclosure.Round
		for i := range rounds {
			rounds[i] = disclosure.Round{Closed: "2026-03-02", Threshold: promised(k), Took: groups{}}
		}
		for _, b := range bytes[:min(len(bytes), 200)] {
			r, g := rounds[b&3%3], domain.RaterGroup(fmt.Sprint("g", b>>2&3))
			r.Took[g] = append(r.Took[g], domain.PersonID(fmt.Sprint(b>>4)))
		}
		rounds[2].Closed = domain.Day(bytes[:min(len(bytes), 10)])
		var earlier []disclosure.Published
		for _, r := range rounds {
			earlier = append(earlier, publish(r, earlier...))
			for _, g := range earlier[len(earlier)-1].Plan[item].Shown() {
				distinct := map[domain.PersonID]bool{}
				for _, p := range r.Took[g] {
					distinct[p] = true
				}
				if len(distinct) < max(k, domain.LowestThreshold) {
					t.Fatalf("%s is shown, %d people with a threshold of %d", g, len(distinct), k)
				}
			}
		}
	})
}

// BenchmarkPlanOf plans 25 items for five groups, 40 people in all, after three
// rounds in which others were away.
func BenchmarkPlanOf(b *testing.B) {
	usual := domain.UsualThresholds
	var earlier []disclosure.Published
	var r disclosure.Round
	var a answers
	for n := range 4 {
		r = disclosure.Round{Closed: domain.Day("2026-01-05").Add(25 * n), Threshold: usual.Of, Took: groups{
			domain.Self: {"anja"}, domain.Superior: {"bert"},
			domain.Peers: people(domain.Peers, 1, 8), domain.Leaders: people(domain.Leaders, 1, 10), domain.Staff: people(domain.Staff, 1, 20),
		}}
		for _, g := range domain.WithThreshold {
			r.Took[g] = slices.Delete(r.Took[g], n, n+n)
		}
		a = answers{}
		for i := range 25 {
			answered := maps.Clone(r.Took)
			answered[domain.Staff] = answered[domain.Staff][i%8:]
			a[fmt.Sprint("item ", i)] = answered
		}
		earlier = append(earlier, disclosure.Published{Round: r, Plan: disclosure.PlanOf(r, a, earlier...)})
	}
	for b.Loop() {
		disclosure.PlanOf(r, a, earlier[:3]...)
	}
}
