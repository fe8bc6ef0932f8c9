package web

import (
	"context"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/cmd/koersvast/internal/web/sheet"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/projections/published"
)

// releasedRoutes are the numbers that were released to everybody: the same
// that stand in the files that dashboards open.
func (s *Server) releasedRoutes() {
	question(s, Question[struct{}, releasedNumbers]{
		Path: "/released", Doc: "The numbers that were released to everybody, which programs with a token can read",
		Action: access.ReleasedRead, Menu: "released.title",
		Ask: func(ctx context.Context, a Asker, _ struct{}) (r releasedNumbers, err error) {
			r.Numbers, err = published.Of(ctx, a.Read, a.Programme, a.today())
			return r, err
		},
		Page: releasedPage, Logged: true, Table: releasedNumbers.table,
	})
}

type releasedNumbers struct{ published.Numbers }

// A releasedRow is one number, whatever it is of.
type releasedRow struct {
	Kind, Pillar, What string
	Day                domain.Day
	Value, Low, High   any // an int, a float64, or nil
	Words              string
	Of                 any // of how many; nil where that says nothing
}

// table is every number as a row of one table.
func (r releasedNumbers) table(v View) sheet.Table {
	ctx := v.ctx()
	t := sheet.Table{
		Name:    i18n.T(ctx, "released.title"),
		Columns: heads(ctx, "kind", "pillar", "what", "day", "number", "low", "high", "in_words", "of_how_many"),
		Notes:   []string{i18n.T(ctx, "released.how"), i18n.T(ctx, "method.range"), i18n.T(ctx, "method.rounded")},
	}
	for _, row := range r.rows(ctx) {
		t.Rows = append(t.Rows, []any{row.Kind, row.Pillar, row.What, row.Day, row.Value, row.Low, row.High, row.Words, row.Of})
	}
	return t
}

func (r releasedNumbers) rows(ctx context.Context) (rows []releasedRow) {
	pillars := map[domain.PillarID]string{}
	for _, p := range r.Pillars {
		pillars[p.ID] = p.Name
	}
	// pillar is its name, or what a row is about that is about none.
	pillar := func(id domain.PillarID, none string) string {
		if id == "" {
			return i18n.T(ctx, none)
		}
		return pillars[id]
	}
	for _, c := range r.Promises {
		rows = append(rows, releasedRow{
			Kind: i18n.T(ctx, "nav.promises"), Pillar: pillar(c.Pillar, "wall.no_pillar"), Value: c.Promises,
			What: i18n.T(ctx, "released.from."+string(c.From)), Words: i18n.T(ctx, "status."+string(c.Status)),
		})
	}
	for _, k := range r.Keeping {
		rows = append(rows, releasedRow{
			Kind: i18n.T(ctx, "released.keeping"), Pillar: pillar(k.Pillar, "wall.any_pillar"), What: i18n.T(ctx, "released.from."+string(k.From)),
			Value: k.Rate, Low: k.Low, High: k.High, Of: k.Kept + k.Broken,
		})
	}
	for _, c := range r.Checks {
		row := releasedRow{
			Kind: i18n.T(ctx, "round.kind."+string(domain.Check)), Pillar: pillar(c.Pillar, "wall.no_pillar"), What: i18n.T(ctx, "table.score"),
			Day: c.Closed, Words: i18n.T(ctx, "verdict."+string(c.Word)), Of: c.Groups,
		}
		if c.Score != nil {
			row.Value, row.Low, row.High = *c.Score, *c.Low, *c.High
		}
		rows = append(rows, row)
	}
	if n := r.Coaching; n != nil {
		rows = append(rows,
			releasedRow{Kind: i18n.T(ctx, "coaching.title"), What: i18n.T(ctx, "table.reach.mt"), Value: n.MT},
			releasedRow{Kind: i18n.T(ctx, "coaching.title"), What: i18n.T(ctx, "table.reach.met"), Value: n.Met, Of: n.MT})
	}
	published := map[domain.CheckID]domain.Day{}
	for _, p := range r.Pictures {
		published[p.Check] = p.Published
	}
	for _, f := range r.Figures {
		row := releasedRow{
			Kind: i18n.T(ctx, "released.picture"), Pillar: pillar(f.Pillar, "party.mt"), What: i18n.T(ctx, "released.source."+string(f.Source)),
			Day: published[f.Check], Of: f.Pieces,
		}
		if f.Value != nil {
			row.Value, row.Low, row.High = *f.Value, *f.Low, *f.High
		} else {
			row.Words = i18n.T(ctx, "released.why."+string(f.Why))
		}
		rows = append(rows, row)
	}
	return rows
}

// numberText writes a number of a row as people read it.
func numberText(ctx context.Context, n any) string {
	switch n := n.(type) {
	case int:
		return i18n.Number(ctx, n)
	case float64:
		return i18n.Number(ctx, n)
	}
	return ""
}
