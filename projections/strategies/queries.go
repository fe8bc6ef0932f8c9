package strategies

import (
	"context"

	"koersvast/domain"
	"koersvast/domain/strategy"
	"koersvast/projections"
)

// A Part is something that stands on the sheet, or stood on it.
type Part struct {
	Kind    string          `json:"kind" enum:"mission,vision,value,pillar,ambition,objective,behaviour"`
	ID      string          `json:"id"`
	Pillar  domain.PillarID `json:"pillar,omitempty" doc:"the pillar it stands under"`
	Name    string          `json:"name,omitempty"`
	Text    string          `json:"text"`
	Whose   domain.Role     `json:"whose,omitempty" doc:"whose behaviour it is: mt or employee"`
	Counter bool            `json:"counter,omitempty" doc:"true for what is no longer done"`
	Year    int             `json:"year,omitempty"`
	Status  strategy.Status `json:"status" enum:"proposed,adopted,retired"`
	Since   domain.Day      `json:"since" doc:"the day of that status"`
}

func (p *Part) columns() []any {
	return []any{&p.Kind, &p.ID, &p.Pillar, &p.Name, &p.Text, &p.Whose, &p.Counter, &p.Year, &p.Status, &p.Since}
}

const selectPart = `SELECT kind, id, pillar, name, text, whose, counter, year, status, since FROM strategies `

// A Pillared is a pillar with what stands under it.
type Pillared struct {
	Part
	Ambitions  []Part `json:"ambitions"`
	Objectives []Part `json:"objectives"`
	Behaviours []Part `json:"behaviours"`
}

// A Sheet is the strategy on one page. What was retired is not on it.
type Sheet struct {
	Mission *Part      `json:"mission" doc:"null until it is formulated"`
	Vision  *Part      `json:"vision"`
	Values  []Part     `json:"values"`
	Pillars []Pillared `json:"pillars"`
	Retired []Part     `json:"retired" doc:"what stood on the sheet before"`
}

// Whole answers: what is the strategy, on one sheet?
func Whole(ctx context.Context, r projections.Reader, in domain.ProgrammeID) (Sheet, error) {
	s := Sheet{Values: []Part{}, Pillars: []Pillared{}, Retired: []Part{}}
	parts, err := projections.All(ctx, r, (*Part).columns, selectPart+`WHERE programme = ? ORDER BY place`, in)
	if err != nil {
		return s, err
	}
	at := map[domain.PillarID]int{}
	for _, p := range parts {
		if p.Status == strategy.StatusRetired {
			s.Retired = append(s.Retired, p)
		} else if p.Kind == Pillar {
			at[domain.PillarID(p.ID)] = len(s.Pillars)
			s.Pillars = append(s.Pillars, Pillared{p, []Part{}, []Part{}, []Part{}})
		}
	}
	for _, p := range parts {
		if p.Status == strategy.StatusRetired {
			continue
		}
		switch p.Kind {
		case Mission:
			s.Mission = &p
		case Vision:
			s.Vision = &p
		case Value:
			s.Values = append(s.Values, p)
		}
		i, under := at[p.Pillar]
		if !under {
			continue // of no pillar, or of one that was retired
		}
		switch pillar := &s.Pillars[i]; p.Kind {
		case Ambition:
			pillar.Ambitions = append(pillar.Ambitions, p)
		case Objective:
			pillar.Objectives = append(pillar.Objectives, p)
		case Behaviour:
			pillar.Behaviours = append(pillar.Behaviours, p)
		}
	}
	return s, nil
}

// ThePart answers: what does this say, and does it still stand?
func ThePart(ctx context.Context, r projections.Reader, in domain.ProgrammeID, kind, id string) (Part, error) {
	p, found, err := projections.One(ctx, r, (*Part).columns, selectPart+`WHERE programme = ? AND kind = ? AND id = ?`, in, kind, id)
	if err == nil && !found {
		err = domain.ErrNotFound
	}
	return p, err
}

// Pillars answers: which pillars are there or have been, in the order of the
// sheet?
func Pillars(ctx context.Context, r projections.Reader, in domain.ProgrammeID) ([]Part, error) {
	return projections.All(ctx, r, (*Part).columns,
		selectPart+`WHERE programme = ? AND kind = 'pillar' ORDER BY status = 'retired', place`, in)
}

// Standing answers: which pillars can something be put under?
func Standing(ctx context.Context, r projections.Reader, in domain.ProgrammeID) ([]Part, error) {
	return projections.All(ctx, r, (*Part).columns,
		selectPart+`WHERE programme = ? AND kind = 'pillar' AND status <> 'retired' ORDER BY place`, in)
}

// Behaviours answers: which behaviours can show that a promise is kept?
func Behaviours(ctx context.Context, r projections.Reader, in domain.ProgrammeID) ([]Part, error) {
	return projections.All(ctx, r, (*Part).columns,
		selectPart+`WHERE programme = ? AND kind = 'behaviour' AND status <> 'retired' ORDER BY pillar, counter, place`, in)
}

// A Version is one thing that was said about a part of the sheet.
type Version struct {
	Position domain.Position `json:"position"`
	Fact     string          `json:"fact" doc:"the name of the event"`
	Day      domain.Day      `json:"day"`
	By       domain.PersonID `json:"by"`
	Name     string          `json:"name,omitempty"`
	Text     string          `json:"text,omitempty" doc:"empty when the words stayed the same"`
	Why      *string         `json:"why" doc:"null once it was erased"`
}

// Versions answers: what was said about this, the first first?
func Versions(ctx context.Context, r projections.Reader, in domain.ProgrammeID, kind, id string) ([]Version, error) {
	return projections.All(ctx, r, func(v *Version) []any {
		return []any{&v.Position, &v.Fact, &v.Day, &v.By, &v.Name, &v.Text, &v.Why}
	}, `SELECT position, fact, day, by, name, text, why FROM strategies_versions
		WHERE programme = ? AND kind = ? AND id = ? ORDER BY position`, in, kind, id)
}
