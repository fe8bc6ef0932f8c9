package rules

import (
	"koersvast/domain"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

// cr10 looks at the last check that brought something: the next one judges the
// new words. Its score is for promiser and coach, so that what follows from it
// is for them alone, unless the result was shared with everyone; how often a
// promise was reworded everybody can see on its page. Nobody has to consent to
// a lower bar, and nobody can say that they do.
var cr10 = rule(consistency.Rule{
	ID: "CR-10", Version: 1, Category: consistency.Promises, Severity: consistency.Serious,
	Name: consistency.Words{NL: "Lat stilletjes verlaagd", EN: "Quietly lowered bar"},
	Condition: consistency.Words{
		NL: "Een lopende belofte kreeg andere woorden of een latere dag binnen {days} dagen na een toetsing die onder {score} uitkwam, of in {within} dagen {n} keer of vaker andere woorden.",
		EN: "A promise that runs got other words or a later day within {days} days after a check that came out below {score}, or other words {n} times or more in {within} days.",
	},
	Message: consistency.Words{
		NL: "De tekst of datum van “{promise}” is aangepast na een lage toetsing. Beide versies blijven zichtbaar.",
		EN: "The words or the day of “{promise}” were changed after a low check. Both versions stay visible.",
	},
	Variants: map[string]consistency.Words{"often": {
		NL: "De tekst van “{promise}” is in korte tijd {times} keer aangepast. Alle versies blijven zichtbaar.",
		EN: "The words of “{promise}” were changed {times} times in a short while. All versions stay visible.",
	}},
	Params: []consistency.Param{
		{Name: "days", Usual: 21, Lowest: 7, Most: 90},
		{Name: "score", Usual: 50, Lowest: 25, Most: 75},
		{Name: "n", Usual: 2, Lowest: 2, Most: 10},
		{Name: "within", Usual: 180, Lowest: 30, Most: 365},
	},
	Audience: consistency.Audience{Owner: true, Coach: true, Roles: []domain.Role{domain.Lead}},
	Basis: consistency.Words{
		NL: "Wat eerder is gezegd blijft staan: een lagere lat is een gesprek waard.",
		EN: "What was said before stays: a lower bar is worth a talk.",
	},
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		checks := s.ChecksOf()
		for _, x := range running(s) {
			low, lowered := afterLowCheck(x, checks[x.ID], p)
			often, again := rewordedOften(x, s.Today, p)
			switch {
			case lowered && !(low.Private && again):
				found = append(found, low)
			case again: // which everybody can see: keeping it back would give the check away
				found = append(found, often)
			}
		}
		return found
	},
})

func afterLowCheck(x consistency.Promise, checks []consistency.Round, p consistency.Params) (f consistency.Finding, ok bool) {
	check, ok := lastReleased(checks)
	if !ok {
		return f, false
	}
	score, known := check.Noticed()
	day, changed := firstChange(x, check.Closed, check.Closed.Add(int(p["days"])))
	return consistency.Finding{
		Object: consistency.The(x.ID), Owner: x.By, Since: day, Private: check.Shared != round.Everyone,
		Evidence: []consistency.Object{consistency.The(check.ID)},
	}, known && changed && !atLeast(score.Value, p["score"])
}

func rewordedOften(x consistency.Promise, today domain.Day, p consistency.Params) (f consistency.Finding, ok bool) {
	var lately []domain.Day
	for _, day := range x.Reworded {
		if day > today.Add(-int(p["within"])) {
			lately = append(lately, day)
		}
	}
	n := int(p["n"])
	if len(lately) < n {
		return f, false
	}
	return consistency.Finding{
		Object: consistency.The(x.ID), Owner: x.By, Since: nth(lately, n), Variant: "often",
		Values: map[string]float64{"times": float64(len(lately))},
	}, true
}

// lastReleased returns the check that was closed last, of those that brought
// something.
func lastReleased(checks []consistency.Round) (last consistency.Round, ok bool) {
	for _, r := range checks {
		if released(r) && r.Closed >= last.Closed {
			last, ok = r, true
		}
	}
	return last, ok
}

// firstChange returns the first day of a period on which a promise got other words or
// a later day.
func firstChange(p consistency.Promise, from, until domain.Day) (day domain.Day, ok bool) {
	for _, days := range [][]domain.Day{p.Reworded, p.PutOff} {
		for _, d := range days {
			if from <= d && d <= until && (!ok || d < day) {
				day, ok = d, true
			}
		}
	}
	return day, ok
}
