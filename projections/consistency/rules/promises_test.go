package rules

import (
	"koersvast/domain"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

// p1 is a promise of Anna's that runs since a hundred days, changed as a trial
// needs it.
func p1(change func(*consistency.Promise)) consistency.Promise {
	p := consistency.Promise{
		ID: "p1", By: "anna", FromMT: true, Pillar: "nabij", To: []domain.Party{domain.Employees}, Rhythm: 60, Clear: 5,
		Status: promise.StatusActive, Since: ago(100), Said: ago(100), Active: ago(100),
	}
	if change != nil {
		change(&p)
	}
	return p
}

// ends returns a change of p1: it has that status since so many days.
func ends(status promise.Status, days int) func(*consistency.Promise) {
	return func(p *consistency.Promise) { p.Status, p.Since = status, ago(days) }
}

// only is a programme with nothing but these promises.
func only(promises ...consistency.Promise) consistency.Situation {
	return consistency.Situation{Programme: "tide", Promises: promises}
}

// check is a check of p1 that was closed and released so many days ago.
func check(days int, report *round.Report) consistency.Round {
	return consistency.Round{
		ID: "r1", Kind: domain.Check, Promise: "p1", Subject: "anna", Coach: "cora", Status: round.StatusReleased,
		Since: ago(days), Opens: ago(days + 14), Closed: ago(days), Report: report,
	}
}

// thePromise is p1 as the object of a finding.
var thePromise = consistency.The(domain.PromiseID("p1"))
