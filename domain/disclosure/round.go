package disclosure

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"koersvast/domain"
)

// Window is for how many days what was published about somebody counts when
// the next round about them is planned. After that people are taken to have
// changed their minds.
const Window = 120

// A Round is what has to be known of a round about one person to plan what
// may leave of it, and of what comes after it.
type Round struct {
	Closed domain.Day

	// Threshold is what the people of a group were promised, [Recognised] for
	// the subject and the superior; see [domain.Thresholds]. It stands fast
	// from the moment the round opens.
	Threshold func(domain.RaterGroup) int

	// Took is who took part, each in one group; of a group of which that is not
	// known nothing is shown. Nobody reads it: which answer is whose is not
	// known, but two rounds in which all but one were the same say what that
	// one answered.
	Took map[domain.RaterGroup][]domain.PersonID
}

// A Published round has been planned, and left.
type Published struct {
	Round
	Plan Plan
}

// Answers are, by item and by group, the ballots that answered with a number.
// Somebody who could not observe it is not among them. The same item has the
// same name in every round.
type Answers[B comparable] map[string]map[domain.RaterGroup][]B

// A Plan says of each item what may leave.
type Plan map[string]Item

// An Item is what may leave of one item.
type Item struct {
	Groups map[domain.RaterGroup]Verdict `json:"groups"`

	// Total are the groups over which a total may be taken: all that are shown,
	// but the subject. There is none if only people could be shown who are
	// recognised anyhow.
	Total []domain.RaterGroup `json:"total,omitempty"`
}

// Shown returns the groups that are shown. A total follows from these.
func (i Item) Shown() (groups []domain.RaterGroup) {
	for _, g := range slices.Sorted(maps.Keys(i.Groups)) {
		if i.Groups[g] == Shown {
			groups = append(groups, g)
		}
	}
	return groups
}

// PlanOf decides what may leave of a round, when earlier ones about the same
// person were published. Within the round it holds that, of each item,
//
//   - a group is shown if so many of it answered as they were promised;
//   - what cannot be shown is in no total, and so cannot be found by
//     subtracting from it;
//   - a group that nobody answered in and one with too few are treated alike.
//
// Between rounds that closed less than [Window] days apart, the worst is
// assumed: everybody who took part twice answered the same. What was published
// then and what would be now may then not, in any combination, rest on fewer
// people than they were promised. In particular a group is shown if exactly
// the same people took part, or if at least that many came or left. Otherwise
// it is withheld. Which ballot is whose is not known, so this looks
// at who took part, not at who answered an item: of whoever could not observe
// it this time, it hides the earlier answer only as far as nobody knows who
// that was.
func PlanOf[B comparable](r Round, answers Answers[B], earlier ...Published) Plan {
	plan := Plan{}
	for name, answered := range answers {
		p := planner[B]{r, viewOf(r, answered), viewOf(r, r.Took)}
		for _, e := range earlier {
			if near(r.Closed, e.Closed) {
				p.people.learn(e.Round, e.Took, e.Plan[name].Shown())
			}
		}
		plan[name] = p.item()
	}
	return plan
}

// near reports whether two rounds closed so shortly after each other that they
// are compared. Of a day that is none, that cannot be ruled out.
func near(a, b domain.Day) bool {
	days := a.DaysUntil(b)
	return !a.Valid() || !b.Valid() || -Window < days && days < Window
}

// threshold returns what the people of a group were promised. Only who answers
// alone, and knows it, can be recognised.
func (r Round) threshold(g domain.RaterGroup) int {
	switch {
	case r.Threshold == nil:
		return never
	case r.Threshold(g) == Recognised && g != domain.Self && g != domain.Superior:
		return never
	}
	return lawful(r.Threshold(g))
}

// A planner plans one item. It looks at it twice, since nobody knows whose
// ballot is whose: at ballots, of this round, and at people, of any. What is
// shown has to be safe in both views.
type planner[B comparable] struct {
	round   Round
	ballots view[B]
	people  view[domain.PersonID]
}

func (p planner[B]) item() Item {
	item := Item{Groups: p.groups()}
	hidden := false // whether anybody is shown who is not recognised anyhow
	for _, g := range item.Shown() {
		hidden = hidden || p.round.threshold(g) != Recognised
		if g != domain.Self {
			item.Total = append(item.Total, g)
		}
	}
	if !hidden {
		item.Total = nil
	}
	return item
}

// groups decides which groups may be shown.
func (p planner[B]) groups() map[domain.RaterGroup]Verdict {
	verdicts := map[domain.RaterGroup]Verdict{}
	for g := range p.round.Took {
		verdicts[g] = Empty
	}
	maps.Copy(verdicts, p.ballots.choose())
	byPerson := p.people.choose()
	for g, v := range verdicts {
		if v == Shown {
			verdicts[g] = cmp.Or(byPerson[g], Empty)
		}
	}
	return verdicts
}

// A view is what somebody sees of one item who tells respondents apart in one
// way.
type view[R comparable] struct {
	groups    map[domain.RaterGroup][]R
	promised  map[R]int
	published []Cell[R]
}

func viewOf[R comparable](r Round, groups map[domain.RaterGroup][]R) view[R] {
	v := view[R]{groups: groups, promised: map[R]int{}}
	v.promise(r, groups)
	return v
}

// promise takes down what the respondents of a round were promised. Who was
// promised something twice has a right to the most. Of who is in two groups of
// one round nothing can be shown: a sum in which somebody counts twice is none
// over a set.
func (v view[R]) promise(r Round, groups map[domain.RaterGroup][]R) {
	in := map[R]domain.RaterGroup{}
	for g, of := range groups {
		for _, one := range of {
			v.promised[one] = max(v.promised[one], r.threshold(g))
			if other, twice := in[one]; twice && other != g {
				v.promised[one] = never
			}
			in[one] = g
		}
	}
}

// learn adds what was shown of a round that was published.
func (v *view[R]) learn(r Round, groups map[domain.RaterGroup][]R, shown []domain.RaterGroup) {
	v.promise(r, groups)
	for _, g := range shown {
		v.published = append(v.published, Cell[R]{fmt.Sprint(r.Closed, g), groups[g]})
	}
	slices.SortFunc(v.published, largerFirst)
}

func (v view[R]) threshold(one R) int { return v.promised[one] }

// choose decides which groups may be shown.
func (v view[R]) choose() map[domain.RaterGroup]Verdict {
	var cells []Cell[R]
	for g, of := range v.groups {
		cells = append(cells, Cell[R]{string(g), of})
	}
	verdicts := map[domain.RaterGroup]Verdict{}
	for i, verdict := range Choose(v.threshold, cells, v.published) {
		verdicts[domain.RaterGroup(cells[i].Name)] = verdict
	}
	return verdicts
}
