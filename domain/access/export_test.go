package access

// A Rule allows or denies one action.
type Rule = func(Actor, Resource) bool

// RuleOf returns the rule of an action.
func RuleOf(do Action) Rule { return rules[do] }

// SetRule gives an action another rule.
func SetRule(do Action, rule Rule) { rules[do] = rule }
