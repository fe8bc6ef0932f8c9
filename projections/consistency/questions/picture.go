package questions

import (
	"context"
	"slices"

	"koersvast/domain"
	check "koersvast/domain/consistency"
	"koersvast/domain/finding"
	"koersvast/projections"
	"koersvast/projections/coachings"
	"koersvast/projections/consistency"
	"koersvast/projections/consistency/rules"
	"koersvast/projections/councils"
	"koersvast/projections/evidence"
	"koersvast/projections/expectations"
	"koersvast/projections/findings"
	"koersvast/projections/methods"
	"koersvast/projections/people"
	"koersvast/projections/pictures"
	"koersvast/projections/promises"
	"koersvast/projections/rounds"
	"koersvast/projections/strategies"
)

// Views are those of which questions and pictures are made.
var Views = []projections.Model{
	people.Model, strategies.Model, promises.Model, expectations.Model, councils.Model, rounds.Model,
	coachings.Model, methods.Model, findings.Model, evidence.Model, pictures.Model,
}

// Draw answers: what would the picture of a check be on a day, of what was read
// up to a position? What was talked about to the end, or waits, is no question
// in it.
func Draw(ctx context.Context, r projections.Reader, in domain.ProgrammeID, today domain.Day, at domain.Position, c pictures.Check) (d consistency.Drawing, err error) {
	l := consistency.Look{At: at, Pillars: c.Pillars, From: c.From, Until: c.Until, Rules: rules.All()}
	if l.Situation, err = consistency.Read(ctx, r, in, today); err != nil {
		return d, err
	}
	all, err := Ask(ctx, r, in, today)
	if err != nil {
		return d, err
	}
	l.Method = all.Method
	for _, q := range all.Found {
		if q.Status == finding.StatusOpen || q.Status == finding.StatusDiscussed {
			l.Found = append(l.Found, q.Finding)
		}
	}
	if l.Coding, err = evidence.Agreement(ctx, r, in); err != nil {
		return d, err
	}
	before, err := pictures.Published(ctx, r, in, false)
	for _, p := range slices.Backward(before) {
		l.Earlier = append(l.Earlier, consistency.PublishedBefore{On: p.Published, Rows: p.Rows})
	}
	return consistency.Draw(l), err
}

// Publish is the command that publishes the picture of a check as it is drawn
// on a day, of what was read up to a position.
func Publish(ctx context.Context, r projections.Reader, in domain.ProgrammeID, today domain.Day, at domain.Position, id domain.CheckID) (p check.Publish, err error) {
	c, err := pictures.TheCheck(ctx, r, in, id)
	if err != nil {
		return p, err
	}
	d, err := Draw(ctx, r, in, today, at, c)
	if err != nil {
		return p, err
	}
	p = check.Publish{ID: id, Picture: d.Picture, Parts: d.Parts}
	p.Members, err = Team(ctx, r, in)
	return p, err
}

// Team answers: who sits in the management team?
func Team(ctx context.Context, r projections.Reader, in domain.ProgrammeID) (team []domain.PersonID, err error) {
	all, err := people.Members(ctx, r, in)
	for _, m := range all {
		if m.Gone == "" && slices.Contains(m.Roles, domain.MT) {
			team = append(team, m.ID)
		}
	}
	return team, err
}
