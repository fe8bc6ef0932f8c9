package rules

import (
	"cmp"
	"slices"

	"koersvast/domain"
	"koersvast/domain/strategy"
	"koersvast/projections/consistency"
)

// cr13 has no list of promises that contradict each other to go by. It compares
// what they are linked to: one to behaviour under a pillar, the other to
// behaviour of the same people that is to stop under it. Whether these go
// together only people can say, so that it asks. Who linked one promise to both
// has said that they do.
var cr13 = rule(consistency.Rule{
	ID: "CR-13", Version: 1, Category: consistency.Promises, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Tegenstrijdige beloften", EN: "Contradictory promises"},
	Condition: consistency.Words{
		NL: "Van twee lopende beloften gaat de een over gedrag dat onder een pijler hoort, en de ander over gedrag van dezelfde groep dat onder die pijler moet stoppen. Geen belofte noemt die twee samen.",
		EN: "Of two promises that run, one is about behaviour that belongs under a pillar, and the other about behaviour of the same group that is to stop under it. No promise names the two together.",
	},
	Message: consistency.Words{
		NL: "Vragen “{other}” en “{promise}” tegengesteld gedrag?",
		EN: "Do “{other}” and “{promise}” ask opposite behaviour?",
	},
	Audience: consistency.Audience{Roles: []domain.Role{domain.MT}},
	Basis: consistency.Words{
		NL: "Wat mensen beloven, moet bij elkaar passen.",
		EN: "What people promise has to fit together.",
	},
	Find: func(s consistency.Situation, _ consistency.Params) (found []consistency.Finding) {
		promises := running(s)
		links := linksOf(promises)
		for _, x := range promises {
			if other, ok := against(x, s.Behaviours, links); ok {
				found = append(found, consistency.Finding{
					Object: consistency.The(x.ID), Since: max(x.Active, other.Active),
					Things:   map[string]consistency.Object{"other": consistency.The(other.ID)},
					Evidence: []consistency.Object{consistency.The(other.ID)},
				})
			}
		}
		return found
	},
})

// links say which promises are linked to what.
type links struct {
	to       map[domain.BehaviourID][]consistency.Promise
	together map[[2]domain.BehaviourID]bool // in one promise
}

func linksOf(promises []consistency.Promise) links {
	l := links{map[domain.BehaviourID][]consistency.Promise{}, map[[2]domain.BehaviourID]bool{}}
	for _, p := range promises {
		for _, a := range p.Behaviours {
			l.to[a] = append(l.to[a], p)
			for _, b := range p.Behaviours {
				l.together[[2]domain.BehaviourID{a, b}] = true
			}
		}
	}
	return l
}

// against returns the first promise that asks the opposite of what x wants to
// stop.
func against(x consistency.Promise, sheet []consistency.Behaviour, l links) (first consistency.Promise, ok bool) {
	for _, stops := range sheet {
		if !stops.Counter || stops.Status != strategy.StatusAdopted || !slices.Contains(x.Behaviours, stops.ID) {
			continue
		}
		for _, does := range sheet {
			if does.Counter || does.Status != strategy.StatusAdopted || does.Pillar != stops.Pillar || does.Whose != stops.Whose ||
				l.together[[2]domain.BehaviourID{stops.ID, does.ID}] {
				continue
			}
			// x itself is linked to no such behaviour: the two would be together.
			if to := l.to[does.ID]; len(to) > 0 && (!ok || before(to[0], first)) {
				first, ok = to[0], true
			}
		}
	}
	return first, ok
}

// before reports whether one promise counted before another.
func before(a, b consistency.Promise) bool {
	return cmp.Or(cmp.Compare(a.Active, b.Active), cmp.Compare(a.ID, b.ID)) < 0
}
