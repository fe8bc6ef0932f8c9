package rules

import (
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
	pillar := s.PillarOf()
	e = coded.EmphasisOf(s.Fragments, s.Today, func(c evidence.Coding) domain.PillarID {
		if p := pillar(c); stands[p] {
			return p
		}
		return ""
	})
	return e, pillars, len(pillars) > 0 && float64(e.Fragments) >= least
}
