package pictures

import (
	"context"
	"encoding/json"
	"fmt"

	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/consistency"
	"koersvast/projections"
)

// A Check is one consistency check as it stands.
type Check struct {
	ID        domain.CheckID     `json:"id"`
	Status    consistency.Status `json:"status" enum:"open,published,cancelled"`
	Since     domain.Day         `json:"since" doc:"the day of that status"`
	Opened    domain.Day         `json:"opened"`
	OpenedBy  domain.PersonID    `json:"opened_by"`
	Purpose   string             `json:"purpose"`
	Pillars   []domain.PillarID  `json:"pillars" doc:"that it looks at"`
	From      domain.Day         `json:"from"`
	Until     domain.Day         `json:"until"`
	Reference string             `json:"reference" doc:"where the answer of the works council and the DPIA are"`
	Why       string             `json:"why,omitempty" doc:"why it was cancelled"`
	Released  domain.Day         `json:"released,omitempty" doc:"the day from which everybody can see the picture"`
	Place     domain.Position    `json:"place" doc:"where it first stood in the log"`
}

func (c *Check) columns() []any {
	return []any{
		&c.ID, &c.Status, &c.Since, &c.Opened, &c.OpenedBy, &c.Purpose, projections.List(&c.Pillars),
		&c.From, &c.Until, &c.Reference, &c.Why, &c.Released, &c.Place,
	}
}

const selectCheck = `SELECT c.id, c.status, c.since, c.opened, c.opened_by, c.purpose, c.pillars,
	c.from_day, c.until_day, c.reference, c.why, c.released, c.place FROM pictures_checks c `

// Resource is what the rules of access look at: a picture that was released is
// for everyone.
func (c Check) Resource(in domain.ProgrammeID) access.Resource {
	what := access.Resource{Programme: in}
	if c.Released != "" {
		what.For = []domain.Party{domain.Everyone}
	}
	return what
}

// Checks answers: which consistency checks are there, the newest first?
func Checks(ctx context.Context, r projections.Reader, in domain.ProgrammeID) ([]Check, error) {
	return projections.All(ctx, r, (*Check).columns, selectCheck+`WHERE c.programme = ? ORDER BY c.place DESC`, in)
}

// TheCheck answers: how does this check stand?
func TheCheck(ctx context.Context, r projections.Reader, in domain.ProgrammeID, id domain.CheckID) (Check, error) {
	c, found, err := projections.One(ctx, r, (*Check).columns, selectCheck+`WHERE c.programme = ? AND c.id = ?`, in, id)
	if err == nil && !found {
		err = consistency.ErrUnknown
	}
	return c, err
}

// A Heard is somebody who has seen their part, or who said that there is no
// need.
type Heard struct {
	Person   domain.PersonID `json:"person"`
	On       domain.Day      `json:"on"`
	NotedBy  domain.PersonID `json:"noted_by"`
	Declined bool            `json:"declined,omitempty"`
}

// HeardOf answers: who has seen their part of a picture that is being made?
func HeardOf(ctx context.Context, r projections.Reader, in domain.ProgrammeID, id domain.CheckID) ([]Heard, error) {
	return projections.All(ctx, r, func(h *Heard) []any { return []any{&h.Person, &h.On, &h.NotedBy, &h.Declined} },
		`SELECT person, day, noted_by, declined FROM pictures_heard WHERE programme = ? AND check_id = ? ORDER BY day, person`, in, id)
}

// A Picture is one that was published, as it was on that day.
type Picture struct {
	Check     domain.CheckID  `json:"check"`
	Published domain.Day      `json:"published"`
	By        domain.PersonID `json:"by"`
	Released  domain.Day      `json:"released,omitempty"`
	Place     domain.Position `json:"place" doc:"where it stands in the log"`
	consistency.Picture
}

func (p *Picture) columns() []any {
	return []any{&p.Check, &p.Published, &p.By, &p.Released, &p.Place, text[consistency.Picture]{&p.Picture}}
}

const selectPicture = `SELECT p.check_id, p.published, p.by, c.released, p.place, p.picture
	FROM pictures p JOIN pictures_checks c ON c.programme = p.programme AND c.id = p.check_id `

// text is a column that holds JSON; what was erased leaves the value as it is.
type text[T any] struct{ v *T }

func (c text[T]) Scan(v any) error {
	s, ok := v.(string)
	if !ok {
		return nil
	}
	if err := json.Unmarshal([]byte(s), c.v); err != nil {
		return fmt.Errorf("pictures: %w", err)
	}
	return nil
}

// Published answers: which pictures have been published, the newest first?
// Those who see only what was released, see those alone.
func Published(ctx context.Context, r projections.Reader, in domain.ProgrammeID, released bool) ([]Picture, error) {
	return projections.All(ctx, r, (*Picture).columns, selectPicture+`WHERE p.programme = ?1 AND (NOT ?2 OR c.released <> '')
		ORDER BY p.place DESC`, in, released)
}

// ThePicture answers: what did this check show?
func ThePicture(ctx context.Context, r projections.Reader, in domain.ProgrammeID, id domain.CheckID) (Picture, error) {
	p, found, err := projections.One(ctx, r, (*Picture).columns, selectPicture+`WHERE p.programme = ? AND p.check_id = ?`, in, id)
	if err == nil && !found {
		err = consistency.ErrNotPublished
	}
	return p, err
}

// A Part is what a picture says of one person's promises; nil once it was
// erased.
type Part struct {
	Person domain.PersonID   `json:"person"`
	Part   *consistency.Part `json:"part" doc:"null once it was erased"`
}

// Parts answers: what did a picture say of the promises of these people?
func Parts(ctx context.Context, r projections.Reader, in domain.ProgrammeID, id domain.CheckID, of []domain.PersonID) ([]Part, error) {
	return projections.All(ctx, r, func(p *Part) []any { return []any{&p.Person, text[*consistency.Part]{&p.Part}} },
		`SELECT person, part FROM pictures_parts WHERE programme = ? AND check_id = ?
			AND person IN (SELECT value FROM json_each(?)) ORDER BY person`, in, id, projections.JSON(of))
}

// A Decision is one on something in a picture.
type Decision struct {
	ID      domain.DecisionID  `json:"id"`
	On      domain.Day         `json:"on"`
	By      domain.PersonID    `json:"by"`
	Finding domain.FindingID   `json:"finding" doc:"what it answers"`
	Choice  consistency.Choice `json:"choice" enum:"keep,reword,withdraw,repair,promise"`
	Promise domain.PromiseID   `json:"promise,omitempty"`
	Why     *string            `json:"why" doc:"null once it was erased"`
}

// Decisions answers: what was decided on a picture, the first first?
func Decisions(ctx context.Context, r projections.Reader, in domain.ProgrammeID, id domain.CheckID) ([]Decision, error) {
	return projections.All(ctx, r, func(d *Decision) []any {
		return []any{&d.ID, &d.On, &d.By, &d.Finding, &d.Choice, &d.Promise, &d.Why}
	}, `SELECT id, day, by, finding, choice, promise, why FROM pictures_decisions
		WHERE programme = ? AND check_id = ? ORDER BY place, id`, in, id)
}
