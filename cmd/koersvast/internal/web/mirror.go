package web

import (
	"cmp"
	"math"
	"slices"

	"koersvast/domain"
	"koersvast/domain/measure"
	"koersvast/domain/round"
)

// A mirror is what stands out in a report of 360 feedback. It is made of what
// the report shows and of nothing else, the same every time.
type mirror struct {
	Strongest []domain.QuestionID `json:"strongest" doc:"what others notice most, three at most"`
	Room      []domain.QuestionID `json:"room" doc:"what others notice least, three at most"`
	Talk      []talk              `json:"talk" doc:"what the talk can begin with"`
	Windows   []window            `json:"windows" doc:"how you see yourself, beside how others do"`
	Apart     *float64            `json:"apart,omitempty" doc:"how far others are from each other on average, in points"`
}

// A talk is a question for the talk: what it is about, and in what way.
type talk struct {
	About    string            `json:"about" enum:"higher,lower,say_do,unseen,room,strength"`
	Question domain.QuestionID `json:"question"`
}

// A window is what self and others see alike or otherwise.
type window struct {
	Name  string  `json:"name" enum:"strength,known,blind,hidden"`
	Items []paned `json:"items"`
}

// A paned is one question in a window, with its category.
type paned struct {
	Question domain.QuestionID `json:"question"`
	Category measure.Category  `json:"category"`
}

// standsOut is how many things stand out at each end.
const standsOut = 3

func mirrorOf(r round.Report) *mirror {
	m := &mirror{Strongest: []domain.QuestionID{}, Room: []domain.QuestionID{}, Talk: []talk{}}
	var seen []round.Item // that others are shown of, the most noticed first
	for _, i := range r.Items {
		if _, ok := others(i); ok {
			seen = append(seen, i)
		}
	}
	slices.SortStableFunc(seen, func(a, b round.Item) int { return cmp.Compare(noticed(b), noticed(a)) })
	top := min(standsOut, (len(seen)+1)/2)
	for _, i := range seen[:top] {
		m.Strongest = append(m.Strongest, i.Question)
	}
	for _, i := range slices.Backward(seen[max(top, len(seen)-standsOut):]) {
		m.Room = append(m.Room, i.Question)
	}
	m.Talk = talks(seen)
	m.Windows = windows(r.Items)
	m.Apart = apart(r.Items)
	return m
}

// others returns what all others who are shown see together: of a single
// group that is what that group sees.
func others(i round.Item) (round.Cell, bool) {
	if i.All != nil {
		return *i.All, true
	}
	for _, c := range i.Cells {
		if c.Shown && c.Group != domain.Superior {
			return c, true
		}
	}
	return round.Cell{}, false
}

// noticed is how much others notice something, for putting things in order: of
// an end of the scale it is not known how near.
func noticed(i round.Item) float64 {
	c, _ := others(i)
	switch {
	case c.Sees != nil:
		return c.Sees.Value
	case c.End == round.Mostly:
		return measure.Highest - .5
	}
	return measure.Lowest + .5
}

// talks returns two questions for the talk: from the largest difference
// between self and others, and from what people hear more than they see, or
// could not observe. Where there is no such thing, from where most room is,
// and from what is noticed most.
func talks(seen []round.Item) []talk {
	two := []talk{}
	ask := func(t talk) {
		if len(two) < 2 && !slices.ContainsFunc(two, func(x talk) bool { return x.Question == t.Question }) {
			two = append(two, t)
		}
	}
	if i, gap := largest(seen, func(i round.Item) float64 {
		if i.Gap == nil {
			return 0
		}
		return math.Abs(i.Gap.Value)
	}); gap >= measure.Margin {
		about := "higher"
		if i.Gap.Value < 0 {
			about = "lower"
		}
		ask(talk{about, i.Question})
	}
	if i, ahead := largest(seen, func(i round.Item) float64 {
		if aheadOf(i) != "heard" {
			return 0
		}
		return i.SayDo.Value
	}); ahead > 0 {
		ask(talk{"say_do", i.Question})
	}
	if i, unseen := largest(seen, func(i round.Item) float64 { return float64(unseen(i)) }); unseen >= 20 {
		ask(talk{"unseen", i.Question})
	}
	if len(seen) > 0 {
		ask(talk{"room", seen[len(seen)-1].Question})
		ask(talk{"strength", seen[0].Question})
	}
	return two
}

// largest returns the first item of which something is largest.
func largest(items []round.Item, of func(round.Item) float64) (most round.Item, value float64) {
	for _, i := range items {
		if x := of(i); x > value {
			most, value = i, x
		}
	}
	return most, value
}

// unseen is how many in a hundred could not observe something, 0 where that
// may not be told.
func unseen(i round.Item) int {
	if c, ok := others(i); ok && c.Unseen != nil {
		return *c.Unseen
	}
	return 0
}

// The four windows, with the categories that belong in each.
var fourWindows = []struct {
	name string
	of   []measure.Category
}{
	{"strength", []measure.Category{measure.ConfirmedStrength, measure.HigherBySelf}},
	{"hidden", []measure.Category{measure.HiddenStrength}},
	{"known", []measure.Category{measure.KnownPoint, measure.StrictOnSelf}},
	{"blind", []measure.Category{measure.BlindSpot}},
}

func windows(items []round.Item) []window {
	var all []window
	for _, w := range fourWindows {
		filled := window{Name: w.name, Items: []paned{}}
		for _, i := range items {
			if i.Gap != nil && slices.Contains(w.of, i.Gap.Window) {
				filled.Items = append(filled.Items, paned{i.Question, i.Gap.Window})
			}
		}
		all = append(all, filled)
	}
	return all
}

// windows are those of the report, unless it was erased or says nothing of
// how somebody sees themselves beside how others do.
func (res result) windows() []window {
	if res.Mirror == nil || !slices.ContainsFunc(res.Mirror.Windows, func(w window) bool { return len(w.Items) > 0 }) {
		return nil
	}
	return res.Mirror.Windows
}

// apart is how far others are from each other on average, over all that was
// asked, to one decimal.
func apart(items []round.Item) *float64 {
	sum, n := 0., 0.
	for _, i := range items {
		if i.Apart != nil {
			sum, n = sum+*i.Apart, n+1
		}
	}
	if n == 0 {
		return nil
	}
	return new(math.Round(10*sum/n) / 10)
}
