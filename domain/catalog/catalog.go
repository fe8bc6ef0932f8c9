// Package catalog lists every fact that can stand in the log, of all concepts
// together. Its testdata/wire holds one sample of each name that was ever
// written, and its tests see to it that those can be read for ever.
package catalog

import (
	"slices"

	"koersvast/domain"
	"koersvast/domain/coaching"
	"koersvast/domain/consistency"
	"koersvast/domain/council"
	"koersvast/domain/evidence"
	"koersvast/domain/expectation"
	"koersvast/domain/finding"
	"koersvast/domain/method"
	"koersvast/domain/programme"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/domain/strategy"
)

// Events lists the types of all facts.
func Events() []domain.EventType {
	return slices.Concat(
		programme.Events,
		strategy.Events,
		promise.Events,
		expectation.Events,
		council.Events,
		round.Events,
		coaching.Events,
		evidence.Events,
		consistency.Events,
		method.Events,
		finding.Events,
	)
}
