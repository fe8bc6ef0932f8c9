package history_test

import (
	"fmt"
	"testing"

	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/projections"
	"koersvast/projections/history"
	"koersvast/projections/projectionstest"
)

// BenchmarkLines asks what happened in programmes with more and more
// promises, as somebody who may read about all of them, somebody who may read
// about those made to them, and somebody to whom nothing was promised.
func BenchmarkLines(b *testing.B) {
	sightOf := func(i int, role domain.Role) history.Sight {
		return history.SightOf(access.Actor{
			Programme: "large", Person: projectionstest.LargePerson(i), Roles: []domain.Role{role}, Team: projectionstest.LargeTeam(i),
		})
	}
	outsider := history.Sight{Strategy: true, Person: "outsider", Parties: []domain.Party{domain.Person("outsider")}}

	for _, n := range []int{1_000, 100_000} {
		p := projectionstest.Open(b, history.Model)
		if err := p.CatchUp(b.Context(), projectionstest.Large(n)); err != nil {
			b.Fatal(err)
		}
		for _, who := range []struct {
			name string
			history.Sight
		}{{"mt", sightOf(3, domain.MT)}, {"employee", sightOf(77, domain.Employee)}, {"outsider", outsider}} {
			for _, only := range []struct {
				name string
				history.Filter
			}{
				{"unfiltered", history.Filter{}},
				{"late-page", history.Filter{Before: history.Place{Position: domain.Position(n / 5), N: 0}}},
				{"promises", history.Filter{Concept: "promise"}},
				{"people", history.Filter{Concept: "programme"}},
				{"strategy", history.Filter{Concept: "strategy"}},
				{"of-mt", history.Filter{Person: projectionstest.LargePerson(5)}},
				{"of-employee", history.Filter{Person: projectionstest.LargePerson(78)}},
				{"of-nobody", history.Filter{Person: "nobody"}},
				{"since-lately", history.Filter{From: "2026-12-30"}},
				{"since-tomorrow", history.Filter{From: "2027-02-02"}},
				{"one-month", history.Filter{From: "2025-06-01", To: "2025-06-30"}},
				{"long-ago", history.Filter{To: "2024-01-15"}},
			} {
				b.Run(fmt.Sprintf("%s/%s/%d", who.name, only.name, n), func(b *testing.B) {
					err := p.Read(b.Context(), func(r projections.Reader, _ domain.Position) error {
						for b.Loop() {
							if _, err := history.Lines(b.Context(), r, "large", who.Sight, only.Filter); err != nil {
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
		}
	}
}
