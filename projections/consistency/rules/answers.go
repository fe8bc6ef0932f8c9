package rules

import (
	"slices"

	"koersvast/domain"
	"koersvast/domain/measure"
	"koersvast/domain/method"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

// What several rules on answers share. They look at reports, of which all that
// could be traced to one rater was left out before: see [round.Report].

// newest returns of all rounds that count the newest about each promise that
// still stands, and the newest feedback on each person, of people who are here.
func newest(s consistency.Situation, counts func(consistency.Round) bool) (list []consistency.Round) {
	type topic struct {
		kind    domain.RoundKind
		promise domain.PromiseID
		subject domain.PersonID
	}
	gone, stands, at := goneOf(s), standing(s), map[topic]int{}
	for _, r := range s.Rounds {
		about := topic{kind: r.Kind, promise: r.Promise}
		if r.Kind == domain.Feedback {
			about = topic{kind: r.Kind, subject: r.Subject}
		}
		if !counts(r) || gone[r.Subject] || r.Kind == domain.Check && !stands[r.Promise] {
			continue
		}
		switch i, again := at[about]; {
		case !again:
			at[about] = len(list)
			list = append(list, r)
		case r.Closed >= list[i].Closed:
			list[i] = r
		}
	}
	return list
}

// goneOf returns who no longer takes part.
func goneOf(s consistency.Situation) map[domain.PersonID]bool {
	gone := map[domain.PersonID]bool{}
	for _, p := range s.People {
		if p.Gone != "" {
			gone[p.ID] = true
		}
	}
	return gone
}

// standing returns the promises that were made and not withdrawn.
func standing(s consistency.Situation) map[domain.PromiseID]bool {
	stands := map[domain.PromiseID]bool{}
	for _, p := range s.Promises {
		switch p.Status {
		case promise.StatusActive, promise.StatusKept, promise.StatusBroken, promise.StatusRepaired:
			stands[p.ID] = true
		}
	}
	return stands
}

// released reports whether a round brought something.
func released(r consistency.Round) bool { return r.Status == round.StatusReleased }

// handedOver reports whether who a round is about may read what it brought:
// feedback is the coach's until the two have talked about it.
func handedOver(r consistency.Round) bool {
	return released(r) && (r.Kind == domain.Check || r.Debriefed != "")
}

// results returns the newest reports that those they are about may read. One
// that was erased says nothing, and no older one speaks in its place.
func results(s consistency.Situation) []consistency.Round {
	return slices.DeleteFunc(newest(s, handedOver), func(r consistency.Round) bool { return r.Report == nil })
}

// checks returns those of the results that are of promises.
func checks(s consistency.Situation) []consistency.Round {
	return slices.DeleteFunc(results(s), func(r consistency.Round) bool { return r.Kind != domain.Check })
}

// readFrom returns since when who a report is about may read it.
func readFrom(r consistency.Round) domain.Day {
	if r.Kind == domain.Check {
		return r.Since
	}
	return r.Debriefed
}

// asked returns what a question is about: a behaviour, or else the promise that
// is checked. It reports false for any other statement.
func asked(r consistency.Round, id domain.QuestionID) (consistency.Object, bool) {
	for _, q := range r.Questions {
		switch {
		case q.ID != id:
		case q.Behaviour != "":
			return consistency.The(q.Behaviour), true
		case r.Kind == domain.Check:
			return consistency.The(r.Promise), true
		}
	}
	return consistency.Object{}, false
}

// standOut returns a finding on every report in which something is seen of a
// behaviour, about the one where most is: so much of it, or 0 for none. Its
// message can speak of the {behaviour} and how much it is, {x}.
func standOut(s consistency.Situation, much func(round.Item) float64) (found []consistency.Finding) {
	for _, r := range results(s) {
		f, most := consistency.Finding{
			Object: consistency.The(r.ID), Since: readFrom(r), Owner: r.Subject, Coach: r.Coach,
		}, 0.
		for _, item := range r.Report.Items {
			x := much(item)
			behaviour, ok := asked(r, item.Question)
			if !ok || x <= 0 {
				continue
			}
			f.Evidence = append(f.Evidence, behaviour)
			if x > most {
				most = x
				f.Values = map[string]float64{"x": x}
				f.Things = map[string]consistency.Object{"behaviour": behaviour}
			}
		}
		if most > 0 {
			found = append(found, f)
		}
	}
	return found
}

// apart returns how far somebody's own view lies from that of others, if it
// lies in one of these windows. The window was found before anything was
// rounded, so that it is surely from [measure.Margin]; where a programme asks
// for more, the rounded gap counts, which is what people see.
func apart(item round.Item, margin float64, windows ...measure.Category) float64 {
	if item.Gap == nil || !slices.Contains(windows, item.Gap.Window) {
		return 0
	}
	gap := max(item.Gap.Value, -item.Gap.Value)
	if margin > measure.Margin && !atLeast(gap, margin) {
		return 0
	}
	return gap
}

// ofPillar returns what the newest checks say together of what the MT promised
// in a pillar, as formula F17 has it: from two fresh ones on, and of three
// promises in five. At least three of its members have promised something
// there, so that none of them can find another's number by subtracting their
// own.
func ofPillar(s consistency.Situation, pillar domain.PillarID, says func(consistency.Round) (measure.Estimate, bool)) (measure.Estimate, bool) {
	newest := map[domain.PromiseID]consistency.Round{}
	for _, r := range checks(s) {
		newest[r.Promise] = r
	}
	mt, promisers := s.In(domain.MT), map[domain.PersonID]bool{}
	var promises []measure.Checked
	for _, p := range running(s) {
		if p.Pillar != pillar || !p.FromMT || !mt[p.By] {
			continue
		}
		c := measure.Checked{Weight: 1}
		if r, checked := newest[p.ID]; checked && fresh(s, p, r) {
			c.Score, c.Fresh = says(r)
		}
		if c.Fresh {
			promisers[p.By] = true
		}
		promises = append(promises, c)
	}
	e, ok := measure.Overall(promises)
	return e, ok && len(promisers) >= domain.LowestThreshold
}

// fresh reports whether a check of a promise still counts.
func fresh(s consistency.Situation, p consistency.Promise, check consistency.Round) bool {
	return measure.FreshFor(check.Closed.DaysUntil(s.Today), p.Rhythm, s.Method.Days(method.Fading))
}

// atLeast compares as people would: what is 0.5 on paper is 0.5, whatever the
// last bit of its sum says.
func atLeast(x, threshold float64) bool { return x > threshold-1e-9 }

// shown returns a number that was made of rounded ones as people read it.
func shown(x float64) float64 { return measure.RoundPoints(x, fine) }

// fine is a size of group of which numbers have one decimal.
const fine = 8
