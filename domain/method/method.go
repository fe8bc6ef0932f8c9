// Package method is about how a programme measures (werkwijze): how much each
// source counts, how soon it fades, and with which numbers the rules of the
// consistency check look.
//
//	Configure → Configured
//	Tune → Tuned
//	SwitchOff → SwitchedOff    SwitchOn → SwitchedOn
//
// What nobody changed is as documented, and needs no fact: the zero [Config] is
// the documented way. A change stays within what is documented too, and says
// why, so that nobody measures themselves a better picture unseen. From how
// many answers on something is shown is no part of it: that belongs to a round,
// and to what the works council consents to. Nor are the words for a score,
// which would mean something else in every programme.
//
// Why a programme measures as it does are words of the programme, which outlive
// who wrote them down.
package method

import (
	"maps"

	"koersvast/domain"
)

// Events lists every event of this package.
var Events = []domain.EventType{
	domain.TypeOf[Configured]().Published(),
	domain.TypeOf[Tuned]().Published(),
	domain.TypeOf[SwitchedOff]().Published(),
	domain.TypeOf[SwitchedOn]().Published(),
}

// Event is a fact about how a programme measures. What they add up to is a
// [Config].
type Event = domain.EventOf[Config]

// What the rules refuse.
var (
	ErrNumber = domain.Refuse(domain.NotFound, "method_number", "nothing is measured with such a number")
	ErrRange  = domain.Refuse(domain.Invalid, "method_range", "this is outside the range that is documented")
	ErrWhole  = domain.Refuse(domain.Invalid, "method_whole", "this is a whole number")
	ErrAlways = domain.Refuse(domain.Forbidden, "method_always", "this rule always holds")
)

func home(p domain.ProgrammeID) domain.Stream {
	return domain.Stream{Kind: "method", ID: string(p)}
}

// A Config is how a programme measures. The zero Config is the documented way.
type Config struct {
	numbers map[Number]Value
	params  map[param]Value
	off     map[domain.RuleID]bool
}

// A param is a number of one rule.
type param struct {
	rule domain.RuleID
	name ParamName
}

// With returns c with another value of a number; the usual one is no change.
func (c Config) With(n Number, v Value) Config {
	c.numbers = with(c.numbers, n, v, v == n.Range().Usual)
	return c
}

// WithParam returns c with another value of a number of a rule.
func (c Config) WithParam(rule domain.RuleID, name ParamName, v Value) Config {
	c.params = with(c.params, param{rule, name}, v, false)
	return c
}

// Without returns c without a rule, or with it again.
func (c Config) Without(rule domain.RuleID, off bool) Config {
	c.off = with(c.off, rule, true, !off)
	return c
}

// with returns a copy of m in which k is v, or in which it is not.
func with[K comparable, V any](m map[K]V, k K, v V, gone bool) map[K]V {
	m = maps.Clone(m)
	switch {
	case gone:
		delete(m, k)
	case m == nil:
		m = map[K]V{k: v}
	default:
		m[k] = v
	}
	return m
}

// Value is the number as the programme has it.
func (c Config) Value(n Number) Value {
	if v, changed := c.numbers[n]; changed {
		return v
	}
	return n.Range().Usual
}

// Of is [Config.Value] as a number to reckon with.
func (c Config) Of(n Number) float64 { return c.Value(n).Float() }

// Weight is how much the view of a group counts in the score of a promise: 0
// for groups that do not count, such as people's view of themselves.
func (c Config) Weight(g domain.RaterGroup) float64 {
	switch g {
	case domain.Staff:
		return c.Of(Employees)
	case domain.Leaders:
		return c.Of(InformalLeaders)
	case domain.Peers:
		return c.Of(MTPeers)
	}
	return 0
}

// Days is a number of days.
func (c Config) Days(n Number) int { return int(c.Value(n) / One) }

// Params are the numbers of a rule that the programme has changed.
func (c Config) Params(rule domain.RuleID) map[string]float64 {
	set := map[string]float64{}
	for p, v := range c.params {
		if p.rule == rule {
			set[string(p.name)] = v.Float()
		}
	}
	return set
}

// Runs reports whether the programme looks at a rule.
func (c Config) Runs(rule domain.RuleID) bool { return !c.off[rule] }
