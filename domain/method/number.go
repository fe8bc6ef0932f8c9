package method

import (
	"math"

	"koersvast/domain"
	"koersvast/domain/measure"
)

// A Value is a number in hundredths, so that it stands in the log as it was
// written, and is the same number for everybody.
type Value int

// One is the Value of 1.
const One Value = 100

// Float is the number to reckon with.
func (v Value) Float() float64 { return float64(v) / float64(One) }

// ValueOf is the Value nearest to a number.
func ValueOf(x float64) Value { return Value(math.Round(x * float64(One))) }

// A Range is what a number is when nobody says otherwise, and between what a
// programme may choose.
type Range struct {
	Usual, Lowest, Most Value
	Whole               bool // it counts something, such as days
}

// refused refuses a value outside the range.
func (r Range) refused(v Value) *domain.Error {
	switch {
	case v < r.Lowest || v > r.Most:
		return ErrRange.On("value")
	case r.Whole && v%One != 0:
		return ErrWhole.On("value")
	}
	return nil
}

// A Number is one with which a programme measures.
type Number string

const (
	// How much the view of a group counts in the score of a promise.
	Employees       Number = "employees"
	InformalLeaders Number = "informal_leaders"
	MTPeers         Number = "mt_peers"

	// How much a piece of evidence weighs when it is new.
	Rating      Number = "rating"
	Interview   Number = "interview"
	Document    Number = "document"
	Decision    Number = "decision"
	Observation Number = "observation"
	Independent Number = "independent"
	SystemFact  Number = "system_fact"

	// How soon what is known fades.
	HalfLife Number = "half_life"
	Fading   Number = "fading"

	// How often a promise is checked when nobody says otherwise.
	Rhythm Number = "rhythm"
)

// Numbers lists every number, in the order in which people read them.
var Numbers = []Number{
	Employees, InformalLeaders, MTPeers,
	Rating, Interview, Document, Decision, Observation, Independent, SystemFact,
	HalfLife, Fading, Rhythm,
}

// ranges holds what each number may be. Every group and every kind of evidence
// keeps some weight: a source that is left out is not weighed.
var ranges = map[Number]Range{
	Employees:       weight(measure.EmployeeWeight, 1),
	InformalLeaders: weight(measure.InformalLeaderWeight, 1),
	MTPeers:         weight(measure.MTPeerWeight, 1),

	Rating:      weight(measure.RatingWeight, 2),
	Interview:   weight(measure.InterviewWeight, 2),
	Document:    weight(measure.DocumentWeight, 2),
	Decision:    weight(measure.DecisionWeight, 2),
	Observation: weight(measure.ObservationWeight, 2),
	Independent: weight(measure.IndependentWeight, 2),
	SystemFact:  weight(measure.SystemFactWeight, 2),

	HalfLife: days(measure.HalfLife, 30, 730),
	Fading:   days(measure.Fading, 30, 365),
	Rhythm:   days(domain.UsualRhythm, 7, 365),
}

func weight(usual, most float64) Range {
	return Range{Usual: ValueOf(usual), Lowest: ValueOf(.1), Most: ValueOf(most)}
}

func days(usual, lowest, most float64) Range {
	return Range{ValueOf(usual), ValueOf(lowest), ValueOf(most), true}
}

// Range is what the number may be: nothing at all when there is no such number.
func (n Number) Range() Range { return ranges[n] }
