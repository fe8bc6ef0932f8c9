package rules

import (
	"cmp"

	"koersvast/domain"
	"koersvast/domain/evidence"
	"koersvast/domain/strategy"
	"koersvast/projections/consistency"
	coded "koersvast/projections/evidence"
)

// What several rules on documents, interviews and observations share. What was
// said in interviews is among these only when three were held with people of a
// group.

// spoken returns how much documents spoke lately of each pillar that stands,
// and which these are. It reports false when fewer fragments than least were
// coded, which tell nothing.
func spoken(s consistency.Situation, least float64) (e coded.Emphasis, pillars []domain.PillarID, ok bool) {
	stands := map[domain.PillarID]bool{}
	for _, p := range s.Pillars {
		if p.Status == strategy.StatusAdopted {
			pillars, stands[p.ID] = append(pillars, p.ID), true
		}
	}
	pillar := pillarOf(s)
	e = coded.EmphasisOf(s.Fragments, s.Today, func(c evidence.Coding) domain.PillarID {
		if p := pillar(c); stands[p] {
			return p
		}
		return ""
	})
	return e, pillars, len(pillars) > 0 && float64(e.Fragments) >= least
}

// pillarOf tells under which pillar falls what a fragment is about.
func pillarOf(s consistency.Situation) func(evidence.Coding) domain.PillarID {
	promises, behaviours := map[domain.PromiseID]domain.PillarID{}, map[domain.BehaviourID]domain.PillarID{}
	for _, p := range s.Promises {
		promises[p.ID] = p.Pillar
	}
	for _, b := range s.Behaviours {
		behaviours[b.ID] = b.Pillar
	}
	return func(c evidence.Coding) domain.PillarID {
		return cmp.Or(c.Pillar, promises[c.Promise], behaviours[c.Behaviour])
	}
}
