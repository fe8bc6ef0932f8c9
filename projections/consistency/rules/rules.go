// Package rules holds what is asked of a programme every day, one rule a file.
// A new rule is a new file, and its test.
package rules

import (
	"cmp"
	"slices"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

var all = map[domain.RuleID]consistency.Rule{}

// rule adds a rule to the list.
func rule(r consistency.Rule) consistency.Rule {
	if _, twice := all[r.ID]; twice {
		panic("rules: twice " + string(r.ID))
	}
	all[r.ID] = r
	return r
}

// All lists every rule, in the order of their ids.
func All() []consistency.Rule {
	list := make([]consistency.Rule, 0, len(all))
	for _, r := range all {
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b consistency.Rule) int { return cmp.Compare(a.ID, b.ID) })
	return list
}
