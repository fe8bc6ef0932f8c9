// Package questions puts together what a programme has to talk about on a day:
// what the rules find, and what people made of it.
//
// What is found is found again each time, from the read models of the moment or
// of a past day. What became of it is kept (see package findings). A question
// is for its audience and for nobody else; see [Question.Resource].
package questions

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/finding"
	"koersvast/domain/method"
	"koersvast/projections"
	"koersvast/projections/consistency"
	"koersvast/projections/consistency/rules"
	"koersvast/projections/findings"
	"koersvast/projections/methods"
)

// A Question is what a rule finds, or found, and where that stands.
type Question struct {
	// As it is found now. Of what has passed it is what was kept: no values, no
	// evidence.
	consistency.Finding

	ID     domain.FindingID
	Of     consistency.Rule
	Status finding.Status
	Turned domain.Day // when it came to that
	Until  domain.Day // of one that waits
}

// Passed reports whether the condition has ended.
func (q Question) Passed() bool { return q.Status == finding.StatusCleared }

// Resource is what the rules of access look at.
func (q Question) Resource(in domain.ProgrammeID) access.Resource {
	return access.Resource{Programme: in, Owner: q.Owner, Coach: q.Coach, Recorder: q.Recorder, Roles: q.Roles}
}

// Blocks reports whether only the end of its condition closes a question.
func (q Question) Blocks() bool { return q.Severity == consistency.Blocks }

// All are the questions of a programme on a day, and how it measured then.
type All struct {
	Found  []Question // what asks most to be talked about first
	Passed []Question // what ended last first
	Method method.Config
}

// Ask answers: what has the programme to talk about? With a reader of the past,
// and the day that it is of, it is what could be seen then.
func Ask(ctx context.Context, r projections.Reader, in domain.ProgrammeID, today domain.Day) (all All, err error) {
	found, method, err := look(ctx, r, in, today)
	if err != nil {
		return all, err
	}
	all.Method = method
	kept, err := findings.Everything(ctx, r, in)
	if err != nil {
		return all, err
	}
	known := map[domain.FindingID]findings.Finding{}
	for _, k := range kept {
		known[k.ID] = k.On(today)
	}
	ruleOf := map[domain.RuleID]consistency.Rule{}
	for _, rule := range rules.All() {
		ruleOf[rule.ID] = rule
	}
	for _, f := range found {
		q := Question{Finding: f, ID: IDOf(f), Of: ruleOf[f.Rule], Status: finding.StatusOpen, Turned: f.Since}
		if k, ok := known[q.ID]; ok && k.Status != finding.StatusCleared {
			q.Status, q.Turned, q.Until = k.Status, k.Since, k.Until
		}
		delete(known, q.ID)
		all.Found = append(all.Found, q)
	}
	for _, k := range known {
		if rule, ok := ruleOf[k.Rule]; ok {
			all.Passed = append(all.Passed, passed(k, rule, today))
		}
	}
	slices.SortFunc(all.Passed, func(a, b Question) int { return cmp.Or(cmp.Compare(b.Turned, a.Turned), cmp.Compare(a.ID, b.ID)) })
	return all, nil
}

// passed is a question of which the condition has ended, whether or not the
// clock has noted that.
func passed(k findings.Finding, rule consistency.Rule, today domain.Day) Question {
	q := Question{
		Finding: consistency.Finding{
			Rule: k.Rule, Version: k.Version, Severity: consistency.Severity(k.Severity), Since: k.Raised,
			Object: consistency.Object{Kind: string(k.Kind), ID: string(k.Object)},
			Owner:  k.Owner, Coach: k.Coach, Recorder: k.Recorder, Roles: k.Roles,
		},
		ID: k.ID, Of: rule, Status: finding.StatusCleared, Turned: today,
	}
	if k.Status == finding.StatusCleared {
		q.Turned = k.Since
	}
	return q
}

// look has the rules look at a programme.
func look(ctx context.Context, r projections.Reader, in domain.ProgrammeID, today domain.Day) ([]consistency.Finding, method.Config, error) {
	c, err := methods.TheConfig(ctx, r, in)
	if err != nil {
		return nil, c, err
	}
	s, err := consistency.Read(ctx, r, in, today)
	if errors.Is(err, domain.ErrNotFound) {
		return nil, c, nil // before it began there was nothing to find
	}
	if err != nil {
		return nil, c, err
	}
	return consistency.Evaluate(s, c, rules.All()), c, nil
}

// IDOf returns the id under which is kept what becomes of what a rule finds.
func IDOf(f consistency.Finding) domain.FindingID {
	return finding.IDOf(f.Rule, finding.ObjectID(f.Object.ID))
}

// Raise is the command that notes what a rule finds, in what was read up to a
// position.
func Raise(f consistency.Finding, at domain.Position) finding.Raise {
	return finding.Raise{
		Rule: f.Rule, Version: f.Version, Severity: finding.Severity(f.Severity), Blocks: f.Severity == consistency.Blocks,
		Kind: finding.Kind(f.Object.Kind), Object: finding.ObjectID(f.Object.ID), Position: at,
		Owner: f.Owner, Coach: f.Coach, Recorder: f.Recorder, Roles: f.Roles,
	}
}

// Due are the commands that bring what is kept up with what the rules find, up
// to where the log was read.
func Due(ctx context.Context, r projections.Reader, in domain.ProgrammeID, today domain.Day, at domain.Position) (raise []finding.Raise, clear []finding.Clear, err error) {
	found, _, err := look(ctx, r, in, today)
	if err != nil {
		return nil, nil, err
	}
	kept, err := findings.Everything(ctx, r, in)
	if err != nil {
		return nil, nil, err
	}
	known := map[domain.FindingID]findings.Finding{}
	for _, k := range kept {
		if k.Status != finding.StatusCleared {
			known[k.ID] = k
		}
	}
	for _, f := range found {
		id, severity := IDOf(f), finding.Severity(f.Severity)
		if k, ok := known[id]; !ok || k.Severity != severity || k.Version != f.Version {
			raise = append(raise, Raise(f, at))
		}
		delete(known, id)
	}
	for _, k := range kept {
		if _, over := known[k.ID]; over {
			clear = append(clear, finding.Clear{ID: k.ID, Position: at})
		}
	}
	return raise, clear, nil
}
