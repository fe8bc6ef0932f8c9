package rules_test

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"testing"

	"koersvast/domain"
	"koersvast/domain/method"
	"koersvast/domain/programme"
	"koersvast/domain/round"
	"koersvast/domain/strategy"
	"koersvast/projections"
	"koersvast/projections/consistency"
	"koersvast/projections/consistency/rules"
	"koersvast/projections/projectionstest"
)

// larger is the programme of [projectionstest.Large] with a sheet, 10,000
// people and 100 rounds of ten raters each that brought something.
type larger struct{ projectionstest.Large }

func (l larger) After(ctx context.Context, p domain.Position) iter.Seq2[domain.Record, error] {
	return func(yield func(domain.Record, error) bool) {
		var last domain.Record
		for rec, err := range l.Large.After(ctx, p) {
			if !yield(rec, err) || err != nil {
				return
			}
			last = rec
		}
		acts := projectionstest.Facts("large", last)
		acts.Append(moreOfIt()...)
		for rec, err := range acts.After(ctx, last.Position) {
			if !yield(rec, err) || err != nil {
				return
			}
		}
	}
}

func moreOfIt() (acts []domain.Record) {
	lead := projectionstest.LargePerson(0)
	var people []domain.Event
	for i := range 9_500 {
		people = append(people, programme.PersonAdded{
			ID: domain.PersonID(fmt.Sprintf("more-%04d", i)), Team: projectionstest.LargeTeam(i), Roles: []domain.Role{domain.Employee},
		})
	}
	acts = append(acts, projectionstest.Act(programme.Home("large"), "2026-12-01", lead, people...))
	for i := 1; i <= 6; i++ {
		pillar := projectionstest.LargePillar(i)
		for _, e := range []domain.Event{
			strategy.PillarProposed{ID: pillar, Name: string(pillar)},
			strategy.PillarAdopted{ID: pillar},
			strategy.BehaviourProposed{ID: domain.BehaviourID(pillar + "-b"), Pillar: pillar, Whose: domain.Employee, Text: "Ik bel terug."},
		} {
			acts = append(acts, projectionstest.Act(strategy.Sheet("large"), "2026-12-01", lead, e))
		}
	}
	for i := range 100 {
		id, subject := domain.RoundID(fmt.Sprintf("round-%03d", i)), projectionstest.LargePerson(i)
		key := domain.KeyOf(subject, domain.Opinions)
		var raters []round.Rater
		for j := range 10 {
			raters = append(raters, round.Rater{Person: projectionstest.LargePerson(100 + (7*i+31*j)%400), Group: domain.Staff})
		}
		report := `{"groups":[{"group":"employees","shown":true,"invited":10,"band":"8-12"}],"items":[`
		questions := `[`
		for q := range 12 {
			comma := ","
			if q == 11 {
				comma = "]"
			}
			questions += fmt.Sprintf(`{"id":"q%d","scale":"often","behaviour":"%s-b","text":"Komt na wat hij belooft."}%s`, q, projectionstest.LargePillar(1+q%6), comma)
			report += fmt.Sprintf(`{"question":"q%d","self":{"sees":4},"cells":[{"group":"employees","shown":true,"sees":{"value":3.1,"low":2.4,"high":3.8},"unseen":10}],`+
				`"gap":{"value":0.9,"low":0.2,"high":1.6,"window":"blind_spot"},"apart":0.8}%s`, q, comma)
		}
		on := domain.Stream{Kind: "round", ID: string(id)}
		acts = append(
			acts,
			projectionstest.Act(on, "2026-12-01", lead, round.Planned{
				ID: id, Kind: domain.Feedback, Subject: subject, Coach: lead, Questions: domain.Say(key, questions),
				Opens: "2026-12-02", Closes: "2026-12-20", Thresholds: domain.UsualThresholds,
			}),
			projectionstest.Act(on, "2026-12-02", lead, round.RatersApproved{ID: id, Raters: raters}),
			projectionstest.Act(on, "2026-12-20", lead, round.Closed{ID: id, On: "2026-12-20"}),
			projectionstest.Act(on, "2026-12-21", lead, round.Released{ID: id, On: "2026-12-21", Report: domain.Say(key, report+`}`)}),
		)
	}
	return acts
}

// BenchmarkTheRules has the rules look at a large programme: reading the
// situation, asking every rule of it, and the two together, beside the bare
// statements that reading takes.
func BenchmarkTheRules(b *testing.B) {
	p := projectionstest.Open(b, models...)
	if err := p.CatchUp(b.Context(), larger{1_000}); err != nil {
		b.Fatal(err)
	}
	const day = "2027-01-31"
	err := p.Read(b.Context(), func(r projections.Reader, _ domain.Position) error {
		all := &statements{Reader: r}
		s, err := consistency.Read(b.Context(), all, "large", day)
		if err != nil {
			return err
		}
		b.Run("bare", func(b *testing.B) {
			for b.Loop() {
				if err := all.again(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("read", func(b *testing.B) {
			for b.Loop() {
				if s, err = consistency.Read(b.Context(), r, "large", day); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(all.list)), "statements")
		})
		b.Run("evaluate", func(b *testing.B) {
			n := 0
			for b.Loop() {
				n = len(consistency.Evaluate(s, method.Config{}, rules.All()))
			}
			b.ReportMetric(float64(n), "findings")
		})
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// statements note what is asked of a reader.
type statements struct {
	projections.Reader
	list []statement
}

type statement struct {
	query string
	args  []any
}

func (a *statements) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	a.list = append(a.list, statement{query, args})
	return a.Reader.QueryContext(ctx, query, args...)
}

func (a *statements) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	a.list = append(a.list, statement{query, args})
	return a.Reader.QueryRowContext(ctx, query, args...)
}

// again asks the same, and does nothing with the answers.
func (a *statements) again(ctx context.Context) error {
	for _, s := range a.list {
		rows, err := a.Reader.QueryContext(ctx, s.query, s.args...)
		if err != nil {
			return err
		}
		columns, err := rows.Columns()
		if err != nil {
			return err
		}
		row := make([]any, len(columns))
		for i := range row {
			row[i] = new(sql.RawBytes)
		}
		for rows.Next() {
			if err := rows.Scan(row...); err != nil {
				return err
			}
		}
		if err := rows.Close(); err != nil {
			return err
		}
	}
	return nil
}
