package rules

import (
	"slices"

	"koersvast/domain"
	"koersvast/domain/promise"
	"koersvast/projections/consistency"
)

// What several rules on promises share.

// running returns the promises that stand open.
func running(s consistency.Situation) []consistency.Promise {
	return with(s, promise.StatusActive)
}

// with returns the promises that have a status.
func with(s consistency.Situation, status promise.Status) (list []consistency.Promise) {
	for _, p := range s.Promises {
		if p.Status == status {
			list = append(list, p)
		}
	}
	return list
}

// carried returns the pillars under which something is promised: the promise
// stands there itself, or a behaviour does that shows it is kept.
func carried(s consistency.Situation, promises []consistency.Promise) map[domain.PillarID]bool {
	of := map[domain.BehaviourID]domain.PillarID{}
	for _, b := range s.Behaviours {
		of[b.ID] = b.Pillar
	}
	under := map[domain.PillarID]bool{}
	for _, p := range promises {
		under[p.Pillar] = true
		for _, b := range p.Behaviours {
			under[of[b]] = true
		}
	}
	return under
}

// toMT returns the question whether a party is the MT or somebody in it.
func toMT(s consistency.Situation) func(domain.Party) bool {
	mt := s.In(domain.MT)
	return func(p domain.Party) bool {
		one, person := p.Person()
		return p == domain.TheMT || person && mt[one]
	}
}

// nth returns the n-th of some days, counted from 1, the earliest first.
func nth(days []domain.Day, n int) domain.Day {
	return slices.Sorted(slices.Values(days))[n-1]
}
