package rules_test

import (
	"koersvast/projections"
	"koersvast/projections/coachings"
	"koersvast/projections/councils"
	"koersvast/projections/evidence"
	"koersvast/projections/expectations"
	"koersvast/projections/people"
	"koersvast/projections/promises"
	"koersvast/projections/rounds"
	"koersvast/projections/strategies"
)

// models are those that a situation is read from.
var models = []projections.Model{
	people.Model, strategies.Model, promises.Model, expectations.Model, rounds.Model, coachings.Model, councils.Model, evidence.Model,
}
