package rules

import (
	"cmp"
	"slices"

	"koersvast/domain"
	"koersvast/domain/measure"
	"koersvast/projections/consistency"
)

// cr22 looks at how much less is seen than at the check before, over all that
// both asked in the same words. Three falls in a row count however small.
var cr22 = rule(consistency.Rule{
	ID: "CR-22", Version: 1, Category: consistency.Checks, Severity: consistency.Attention,
	Name: consistency.Words{NL: "Achteruitgang", EN: "Decline"},
	Condition: consistency.Words{
		NL: "Bij de laatste toetsing merkten mensen minstens {fall} punt minder van een belofte dan bij de vorige, en dat is waarschijnlijk geen toeval; of ze merkten er drie toetsingen achter elkaar minder van.",
		EN: "In the last check people noticed at least {fall} points less of a promise than in the one before, and that is probably not chance; or they noticed less of it three checks in a row.",
	},
	Message: consistency.Words{
		NL: "“{promise}” wordt minder gemerkt dan vorige ronde.",
		EN: "“{promise}” is noticed less than in the round before.",
	},
	Params:   []consistency.Param{{Name: "fall", Usual: .5, Lowest: .3, Most: 2, Fraction: true}},
	Audience: consistency.Audience{Owner: true, Coach: true},
	Basis: consistency.Words{
		NL: "Formules F18 en F19: een echte daling is groter dan toeval, of houdt aan.",
		EN: "Formulas F18 and F19: a real fall is larger than chance, or goes on.",
	},
	Find: func(s consistency.Situation, p consistency.Params) (found []consistency.Finding) {
		history := releasedChecks(s)
		for _, r := range checks(s) {
			earlier := history[r.Promise]
			last, ok := changeSinceLast(earlier)
			if !ok || !(atLeast(-last.Value, p["fall"]) && last.surelyFell || fellThrice(earlier)) {
				continue
			}
			found = append(found, consistency.Finding{
				Object: consistency.The(r.Promise), Since: r.Since, Owner: r.Subject, Coach: r.Coach,
				Evidence: []consistency.Object{consistency.The(earlier[len(earlier)-2].ID), consistency.The(r.ID)},
			})
		}
		return found
	},
})

// releasedChecks returns the checks of each promise that brought something, in
// the order in which they were closed.
func releasedChecks(s consistency.Situation) map[domain.PromiseID][]consistency.Round {
	of := s.ChecksOf()
	for id, all := range of {
		all = slices.DeleteFunc(all, func(r consistency.Round) bool { return !released(r) })
		slices.SortStableFunc(all, func(a, b consistency.Round) int { return cmp.Compare(a.Closed, b.Closed) })
		of[id] = all
	}
	return of
}

// A change is by how much more a promise is noticed than at the check before,
// in points.
type change struct {
	measure.Estimate
	surelyFell bool // and that is probably not chance
}

// changeSinceLast returns the change that the last of some checks brought, over
// what the one before asked too.
//
// Of each item is known whether its change is real, from numbers before they
// were rounded: the upper end of a real fall lies below 0, whatever its rounded
// end says. So the mean of upper ends of which one is that of a real fall lies
// surely below 0 when they add up to 0 or less, with that end taken as 0.
func changeSinceLast(checks []consistency.Round) (c change, ok bool) {
	if len(checks) < 2 {
		return change{}, false
	}
	before, last := checks[len(checks)-2], checks[len(checks)-1]
	if last.Report == nil {
		return change{}, false
	}
	var changes []measure.Estimate
	real, ends := false, 0.
	for _, item := range last.Report.Items {
		if item.Change == nil || item.Change.Since != before.ID {
			continue
		}
		changes = append(changes, item.Change.Estimate)
		end := item.Change.High
		if item.Change.Real && item.Change.Value < 0 {
			real, end = true, min(end, 0)
		}
		ends += end
	}
	c.Estimate, ok = consistency.Mean(changes)
	c.surelyFell = real && ends < 1e-9
	return c, ok
}

// fellThrice reports whether each of the last three checks brought a fall.
func fellThrice(checks []consistency.Round) bool {
	for n := range 3 {
		c, ok := changeSinceLast(checks[:max(0, len(checks)-n)])
		if !ok || c.Value > -1e-9 {
			return false
		}
	}
	return true
}
