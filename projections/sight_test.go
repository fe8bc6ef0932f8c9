package projections_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/promise"
	"koersvast/projections"
	"koersvast/projections/history"
	"koersvast/projections/projectionstest"
	"koersvast/projections/promises"
)

// A hung promise is one of the wall in a random programme.
type hung struct {
	access.Resource
	id     domain.PromiseID
	pillar domain.PillarID
	status promise.Status
	made   bool
}

// TestEveryoneSeesWhatTheyMayRead holds the views against the rule of access:
// each shows the promises that it allows one by one, and no other.
func TestEveryoneSeesWhatTheyMayRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log := projectionstest.Facts("tide")
		var wall []hung
		for i := range rapid.IntRange(0, 12).Draw(t, "promises") {
			wall = append(wall, drawPromise(t, log, "tide", domain.PromiseID(fmt.Sprint("p", i))))
			if rapid.Bool().Draw(t, "elsewhere too") {
				drawPromise(t, log, "elsewhere", domain.PromiseID(fmt.Sprint("p", i)))
			}
		}
		past := projections.NewPast([]projections.Model{promises.Model, history.Model}, log.Until, 1)
		err := past.Read(t.Context(), "tide", 1000, func(r projections.Reader, _ domain.Position) error {
			for range 5 {
				wantSeen(t, r, drawActor(t), wall)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func wantSeen(t *rapid.T, r projections.Reader, who access.Actor, wall []hung) {
	t.Helper()
	// those lists the promises that the actor may read and a view shows.
	those := func(shows func(hung) bool) []domain.PromiseID {
		ids := []domain.PromiseID{}
		for _, p := range wall {
			if access.Can(who, access.PromiseRead, p.Resource) && shows(p) {
				ids = append(ids, p.id)
			}
		}
		return ids
	}
	check := func(view string, want, got []domain.PromiseID, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(want)
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s of %+v (-want +got):\n%s", view, who, diff)
		}
	}
	sight := promises.SightOf(who)

	list, err := promises.Wall(t.Context(), r, "tide", sight, promises.Filter{})
	check("wall", those(func(p hung) bool { return p.made || p.status == promise.StatusProposed }), idsOf(list), err)

	list, err = promises.To(t.Context(), r, "tide", sight, 100)
	check("promised to them", those(func(p hung) bool {
		open := p.status == promise.StatusActive || p.status == promise.StatusBroken
		return open && p.Owner != who.Person && who.Among(p.For...) && access.PromisedTo(who) != nil
	}), idsOf(list), err)

	list, err = promises.UnderPillars(t.Context(), r, "tide", sight, 100)
	check("under pillars", those(func(p hung) bool { return p.made && p.pillar != "" && p.status != promise.StatusWithdrawn }), idsOf(list), err)

	tallies, err := promises.Tallies(t.Context(), r, "tide", sight)
	if err != nil {
		t.Fatal(err)
	}
	counted := 0
	for _, c := range tallies {
		counted += c.Active + c.Kept + c.Broken + c.Repaired + c.Withdrawn
	}
	if want := len(those(func(p hung) bool { return p.made })); counted != want {
		t.Fatalf("tallies of %+v count %d, want %d: %+v", who, counted, want, tallies)
	}

	lines, err := history.Lines(t.Context(), r, "tide", history.SightOf(who), history.Filter{Concept: "promise", Limit: 1000})
	things := make([]domain.PromiseID, len(lines))
	for i, l := range lines {
		things[i] = domain.PromiseID(l.Thing)
	}
	slices.Sort(things)
	check("history", those(func(hung) bool { return true }), append([]domain.PromiseID{}, slices.Compact(things)...), err)
}

func idsOf(list []promises.Promise) []domain.PromiseID {
	ids := make([]domain.PromiseID, len(list))
	for i, p := range list {
		ids[i] = p.ID
	}
	return ids
}

var (
	persons = rapid.SampledFrom([]domain.PersonID{"anna", "bram", "cees"})
	teams   = rapid.SampledFrom([]domain.TeamID{"noord", "zuid", ""})
	parties = rapid.SliceOfNDistinct(rapid.SampledFrom([]domain.Party{
		domain.Everyone, domain.TheMT, domain.InformalLeaders, domain.Employees,
		domain.Team("noord"), domain.Team("zuid"), domain.Person("anna"), domain.Person("bram"), domain.Person("cees"),
	}), 1, 3, rapid.ID)
)

// drawActor draws somebody with one role, or with two of those who take part.
func drawActor(t *rapid.T) access.Actor {
	roles := rapid.OneOf(
		rapid.SliceOfN(rapid.SampledFrom(domain.Roles), 1, 1),
		rapid.SliceOfN(rapid.SampledFrom([]domain.Role{domain.Employee, domain.InformalLeader, domain.Coach, domain.MT}), 2, 2),
		rapid.Just[[]domain.Role](nil),
	)
	who := access.Actor{Programme: "tide", Person: persons.Draw(t, "actor"), Roles: roles.Draw(t, "roles"), Team: teams.Draw(t, "team")}
	if rapid.IntRange(0, 9).Draw(t, "signed in") == 0 {
		who.Person = ""
	}
	return who
}

// drawPromise draws a promise and what came of it, and tells both to the log.
func drawPromise(t *rapid.T, log *projectionstest.Log, in domain.ProgrammeID, id domain.PromiseID) hung {
	p := hung{
		Resource: access.Resource{Programme: in, Owner: persons.Draw(t, "promiser"), For: parties.Draw(t, "to")},
		id:       id, pillar: rapid.SampledFrom([]domain.PillarID{"", "nabij", "samen"}).Draw(t, "pillar"),
	}
	tell := func(facts ...domain.Event) {
		for _, e := range facts {
			rec := projectionstest.Act(domain.Stream{Kind: "promise", ID: string(id)}, "2026-03-02", p.Owner, e)
			rec.Programme = in
			log.Append(rec)
		}
	}
	holds := promise.Holds{To: p.For, Pillar: p.pillar, Rhythm: promise.Rhythm}
	if rapid.Bool().Draw(t, "proposed") {
		p.Recorder = persons.Draw(t, "recorder")
		tell(promise.Proposed{ID: id, By: p.Owner, RecordedBy: p.Recorder, Holds: holds})
		switch p.status = rapid.SampledFrom([]promise.Status{promise.StatusProposed, promise.StatusDeclined, promise.StatusWithdrawn, promise.StatusActive}).Draw(t, "answer"); p.status {
		case promise.StatusDeclined:
			tell(promise.Declined{ID: id})
		case promise.StatusWithdrawn:
			tell(promise.Withdrawn{ID: id})
		case promise.StatusActive:
			tell(promise.Accepted{ID: id, By: p.Owner, To: p.For})
		}
	} else {
		p.status = promise.StatusActive
		tell(promise.Made{ID: id, By: p.Owner, Holds: holds})
	}
	if p.made = p.status == promise.StatusActive; !p.made {
		p.For = nil // until then it is nobody's word
		return p
	}
	switch p.status = rapid.SampledFrom([]promise.Status{promise.StatusActive, promise.StatusKept, promise.StatusBroken, promise.StatusRepaired, promise.StatusWithdrawn}).Draw(t, "end"); p.status {
	case promise.StatusKept:
		tell(promise.Kept{ID: id, On: "2026-03-02"})
	case promise.StatusBroken:
		tell(promise.Broken{ID: id, On: "2026-03-02"})
	case promise.StatusRepaired:
		tell(promise.Broken{ID: id, On: "2026-03-02"}, promise.RepairAgreed{ID: id, Due: "2026-04-02"}, promise.Repaired{ID: id, On: "2026-03-02"})
	case promise.StatusWithdrawn:
		tell(promise.Withdrawn{ID: id})
	}
	return p
}
