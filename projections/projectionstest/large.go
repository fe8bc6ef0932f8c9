package projectionstest

import (
	"context"
	"fmt"
	"iter"
	"time"

	"koersvast/domain"
	"koersvast/domain/programme"
	"koersvast/domain/promise"
	"koersvast/projections"
)

// Large is a log to measure with: the programme "large" with 500 people and
// as many promises, each with something that came of it. It is the same each
// time, and made while it is read.
//
// The first fifty people are the MT and make half of the promises; the others
// are employees in twenty teams. Promises are to everyone, to employees, to
// teams, to the MT and to single people, in six pillars or none.
type Large int

var _ projections.Source = Large(0)

const (
	largePeople  = 500
	largeMT      = 50
	largeTeams   = 20
	largePillars = 6
)

// LargePerson names one of the people, counted from 0.
func LargePerson(i int) domain.PersonID { return domain.PersonID(fmt.Sprintf("person-%03d", i)) }

// LargeTeam names the team of the people i, i+20, i+40 and so on.
func LargeTeam(i int) domain.TeamID { return domain.TeamID(fmt.Sprintf("team-%02d", i%largeTeams)) }

// LargePillar names one of the pillars; 0 is none.
func LargePillar(i int) domain.PillarID {
	if i == 0 {
		return ""
	}
	return domain.PillarID(fmt.Sprintf("pillar-%d", i))
}

// After implements [projections.Source].
func (n Large) After(ctx context.Context, p domain.Position) iter.Seq2[domain.Record, error] {
	return func(yield func(domain.Record, error) bool) {
		for p++; p <= domain.Position(1+2*n); p++ {
			rec := n.act(p)
			rec.Position, rec.ID = p, domain.ActID(fmt.Sprintf("act-%d", p))
			rec.Programme, rec.Stream.Programme = "large", "large"
			if err := ctx.Err(); err != nil || !yield(rec, nil) {
				return
			}
		}
	}
}

// Grown implements [projections.Source].
func (Large) Grown() <-chan struct{} { return nil }

// act is what happened at a position: first everybody joins, and then each
// promise takes two.
func (n Large) act(p domain.Position) domain.Record {
	if p == 1 {
		return Act(programme.Home("large"), "2024-01-01", LargePerson(0), everybody()...)
	}
	i := uint64(p) / 2
	rec := Act(domain.Stream{Kind: "promise", ID: fmt.Sprintf("promise-%06d", i)}, "2024-01-02", largePromiser(i), n.fact(i, p%2 == 0))
	// Three years, whatever the number of promises.
	rec.At = rec.At.Add(3 * 365 * 24 * time.Hour / time.Duration(2*n) * time.Duration(p))
	return rec
}

func everybody() []domain.Event {
	facts := []domain.Event{programme.Started{ID: "large", Name: "Groot"}}
	for i := range largeTeams {
		facts = append(facts, programme.TeamFormed{ID: LargeTeam(i), Name: string(LargeTeam(i))})
	}
	for i := range largePeople {
		role := domain.Employee
		if i < largeMT {
			role = domain.MT
		}
		facts = append(facts, programme.PersonAdded{ID: LargePerson(i), Team: LargeTeam(i), Roles: []domain.Role{role}})
	}
	return facts
}

// draw gives a number below n that follows from a promise and what it is for.
func draw(i uint64, what string, n int) int {
	h := i*0x9e3779b97f4a7c15 + uint64(len(what))*0xd1342543de82ef95
	for _, c := range []byte(what) {
		h = (h ^ h>>29 ^ uint64(c)) * 0xbf58476d1ce4e5b9
	}
	return int((h ^ h>>32) % uint64(n))
}

func largePromiser(i uint64) domain.PersonID {
	if draw(i, "side", 2) == 0 {
		return LargePerson(draw(i, "mt", largeMT))
	}
	return LargePerson(largeMT + draw(i, "employee", largePeople-largeMT))
}

// fact is how a promise began, or what came of it.
func (n Large) fact(i uint64, first bool) domain.Event {
	by, id := largePromiser(i), domain.PromiseID(fmt.Sprintf("promise-%06d", i))
	words := promise.Words{
		Wording:   personal(by, fmt.Sprintf("Ik loop elke maand een dag mee met een team, en vertel wat ik zag (%d).", i)),
		Situation: personal(by, "op een dag die het team kiest"),
		Frequency: personal(by, "elke maand"),
	}
	if first {
		holds := promise.Holds{To: largeAudience(i), Pillar: LargePillar(draw(i, "pillar", largePillars+1)), Due: "2027-06-30", Rhythm: promise.Rhythm}
		if draw(i, "proposed", 20) == 0 {
			return promise.Proposed{ID: id, By: by, RecordedBy: LargePerson(draw(i, "recorder", largePeople)), Words: words, Holds: holds}
		}
		return promise.Made{ID: id, By: by, Words: words, Holds: holds}
	}
	why := personal(by, "Het kwam er niet van, omdat het team het te druk had.")
	switch draw(i, "end", 10) {
	case 0, 1, 2:
		return promise.Kept{ID: id, On: "2025-12-31"}
	case 3:
		return promise.Broken{ID: id, On: "2025-12-31", Why: why}
	case 4:
		return promise.Withdrawn{ID: id, Why: why}
	case 5:
		return promise.Reworded{ID: id, Words: words, Why: why}
	default:
		return promise.Moved{ID: id, Was: "2027-06-30", Due: "2027-09-30", Why: why}
	}
}

func largeAudience(i uint64) []domain.Party {
	switch draw(i, "to", 10) {
	case 0, 1:
		return []domain.Party{domain.Everyone}
	case 2:
		return []domain.Party{domain.Employees, domain.InformalLeaders}
	case 3:
		return []domain.Party{domain.TheMT}
	case 4, 5, 6:
		return []domain.Party{domain.Team(LargeTeam(draw(i, "team", largeTeams)))}
	default:
		return []domain.Party{domain.Person(LargePerson(draw(i, "person", largePeople)))}
	}
}

func personal(by domain.PersonID, text string) domain.Private {
	return domain.Say(domain.KeyOf(by, domain.Promises), text)
}
