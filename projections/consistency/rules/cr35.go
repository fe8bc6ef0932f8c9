package rules

import (
	"slices"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

// cr35 counts from when the coachee last said something of a goal. The coach
// hears of goals that the coach may read, as long as the coaching runs.
var cr35 = rule(consistency.Rule{
	ID: "CR-35", Version: 1, Category: consistency.Feedback, Severity: consistency.Info,
	Name: consistency.Words{NL: "Verouderd leerdoel", EN: "Stale learning goal"},
	Condition: consistency.Words{
		NL: "Een lopend leerdoel staat langer dan {days} dagen stil. Na {hard} dagen vraagt het meer aandacht.",
		EN: "A learning goal has stood still for longer than {days} days. After {hard} days it asks for more attention.",
	},
	Message: consistency.Words{
		NL: "Je leerdoel “{goal}” staat al {n} dagen stil. Houden, aanpassen of afronden?",
		EN: "Your learning goal “{goal}” has stood still for {n} days. Keep it, change it or complete it?",
	},
	Params: []consistency.Param{
		{Name: "days", Usual: 60, Lowest: 14, Most: 180},
		{Name: "hard", Usual: 120, Lowest: 28, Most: 365},
	},
	Audience: consistency.Audience{Owner: true, Coach: true},
	Basis: consistency.Words{
		NL: "Een leerdoel leeft als er iets mee gebeurt.",
		EN: "A learning goal lives when something is done with it.",
	},
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		for _, g := range goals(s) {
			days := float64(g.Progress.DaysUntil(s.Today))
			if days <= p["days"] {
				continue
			}
			f := g.finding()
			f.Since = g.Progress.Add(int(p["days"]) + 1)
			f.Values = map[string]float64{"n": days}
			if days > p["hard"] {
				f.Severity = consistency.Attention
			}
			found = append(found, f)
		}
		return found
	},
})

// An aim is a learning goal that runs, of whom and with whom.
type aim struct {
	consistency.Goal
	coaching consistency.Coaching
}

// goals returns the learning goals that run, of people who are here.
func goals(s consistency.Situation) (list []aim) {
	gone := goneOf(s)
	for _, c := range s.Coachings {
		for _, g := range c.Goals {
			if g.Active && !gone[c.Coachee] {
				list = append(list, aim{g, c})
			}
		}
	}
	return list
}

// finding returns one about a goal, for whose it is and for the coach if that
// one may read it.
func (a aim) finding() consistency.Finding {
	f := consistency.Finding{Object: consistency.The(a.ID), Owner: a.coaching.Coachee, Coach: a.coaching.Coach}
	if a.coaching.Closed != "" || !slices.Contains(a.Shared, domain.Person(f.Coach)) {
		f.Coach = f.Owner // and nobody else
	}
	return f
}
