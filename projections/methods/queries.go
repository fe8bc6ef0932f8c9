package methods

import (
	"context"

	"koersvast/domain"
	"koersvast/domain/method"
	"koersvast/projections"
)

// A Change is one in how a programme measures: of a number, of a number of a
// rule, or of whether a rule is on.
type Change struct {
	Day    domain.Day
	By     domain.PersonID
	Number method.Number    // "" when it is about a rule
	Rule   domain.RuleID    // "" when it is about a number
	Param  method.ParamName // "" when it is about the rule itself
	Value  method.Value
	Why    string
}

// On reports whether a rule is on from then, when the change is about the rule
// itself.
func (c Change) On() bool { return c.Value == on }

func (c *Change) columns() []any {
	return []any{&c.Day, &c.By, &c.Number, &c.Rule, &c.Param, &c.Value, &c.Why}
}

// Changes answers: how did the programme come to measure as it does? The oldest
// comes first.
func Changes(ctx context.Context, r projections.Reader, in domain.ProgrammeID) ([]Change, error) {
	return projections.All(ctx, r, (*Change).columns, `SELECT day, by, number, rule, param, value, why
		FROM methods_changes WHERE programme = ? ORDER BY position, n`, in)
}

// TheConfig answers: how does the programme measure?
func TheConfig(ctx context.Context, r projections.Reader, in domain.ProgrammeID) (method.Config, error) {
	changes, err := Changes(ctx, r, in)
	return ConfigOf(changes), err
}

// ConfigOf returns what changes add up to.
func ConfigOf(changes []Change) (c method.Config) {
	for _, x := range changes {
		switch {
		case x.Number != "":
			c = c.With(x.Number, x.Value)
		case x.Param != "":
			c = c.WithParam(x.Rule, x.Param, x.Value)
		default:
			c = c.Without(x.Rule, !x.On())
		}
	}
	return c
}
