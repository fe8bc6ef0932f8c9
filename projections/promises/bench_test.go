package promises_test

import (
	"fmt"
	"testing"

	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/promise"
	"koersvast/projections"
	"koersvast/projections/projectionstest"
	"koersvast/projections/promises"
)

// BenchmarkQuestions asks every question of programmes with more and more
// promises, as somebody who sees all of them, somebody who sees those made to
// them, and somebody to whom nothing was promised.
func BenchmarkQuestions(b *testing.B) {
	sightOf := func(i int, role domain.Role) promises.Sight {
		return promises.SightOf(access.Actor{
			Programme: "large", Person: projectionstest.LargePerson(i), Roles: []domain.Role{role}, Team: projectionstest.LargeTeam(i),
		})
	}
	outsider := promises.Sight{Person: "outsider", Parties: []domain.Party{domain.Person("outsider")}}

	for _, n := range []int{1_000, 100_000} {
		p := projectionstest.Open(b, promises.Model)
		if err := p.CatchUp(b.Context(), projectionstest.Large(n)); err != nil {
			b.Fatal(err)
		}
		ask := func(name string, question func(r projections.Reader) error) {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				err := p.Read(b.Context(), func(r projections.Reader, _ domain.Position) error {
					for b.Loop() {
						if err := question(r); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					b.Fatal(err)
				}
			})
		}
		for _, who := range []struct {
			name string
			promises.Sight
		}{{"mt", sightOf(3, domain.MT)}, {"employee", sightOf(77, domain.Employee)}, {"outsider", outsider}} {
			for _, only := range []struct {
				name string
				promises.Filter
			}{
				{"unfiltered", promises.Filter{}},
				{"from-mt", promises.Filter{FromMT: new(true)}},
				{"late-page", promises.Filter{FromMT: new(true), Before: domain.Position(n / 10)}},
				{"pillar", promises.Filter{FromMT: new(true), Pillar: projectionstest.LargePillar(2)}},
				{"no-such-pillar", promises.Filter{FromMT: new(true), Pillar: "none"}},
				{"by", promises.Filter{FromMT: new(false), By: projectionstest.LargePerson(30)}},
				{"by-wrong-side", promises.Filter{FromMT: new(true), By: projectionstest.LargePerson(30)}},
				{"to-team", promises.Filter{FromMT: new(true), To: domain.Team(projectionstest.LargeTeam(4))}},
				{"to-person", promises.Filter{FromMT: new(true), To: domain.Person(projectionstest.LargePerson(40))}},
				{"proposed", promises.Filter{FromMT: new(true), Status: promise.StatusProposed}},
				{"repaired", promises.Filter{FromMT: new(true), Status: promise.StatusRepaired}},
			} {
				ask("wall/"+who.name+"/"+only.name, func(r projections.Reader) error {
					_, err := promises.Wall(b.Context(), r, "large", who.Sight, only.Filter)
					return err
				})
			}
			ask("tallies/"+who.name, func(r projections.Reader) error {
				_, err := promises.Tallies(b.Context(), r, "large", who.Sight)
				return err
			})
			ask("under-pillars/"+who.name, func(r projections.Reader) error {
				_, err := promises.UnderPillars(b.Context(), r, "large", who.Sight, 5)
				return err
			})
			ask("to/"+who.name, func(r projections.Reader) error {
				_, err := promises.To(b.Context(), r, "large", who.Sight, 5)
				return err
			})
			ask("mine/"+who.name, func(r projections.Reader) error {
				_, err := promises.Mine(b.Context(), r, "large", who.Person)
				return err
			})
		}
		ask("one", func(r projections.Reader) error {
			_, err := promises.ThePromise(b.Context(), r, "large", "promise-000500")
			return err
		})
		ask("line", func(r projections.Reader) error {
			_, err := promises.Line(b.Context(), r, "large", "promise-000500")
			return err
		})
	}
}
