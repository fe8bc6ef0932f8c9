package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/round"
	"koersvast/projections/consistency"
)

func TestACoachHasOneRole(t *testing.T) {
	found := func(about consistency.Object, role string) []consistency.Finding {
		return []consistency.Finding{{
			Object: about, Since: today,
			Things: map[string]consistency.Object{"coach": consistency.The(domain.PersonID("cora")), "role": consistency.Term(role)},
		}}
	}
	type change = func(*consistency.Situation)
	managed := func(s *consistency.Situation) { s.People[0].Manager = "cora" }
	admin := func(s *consistency.Situation) {
		s.People[1].Roles = append([]domain.Role{domain.Admin}, s.People[1].Roles...)
	}
	rates := func(s *consistency.Situation) {
		s.Rounds[0].Raters = append(s.Rounds[0].Raters, round.Rater{Person: "cora", Group: domain.Staff})
	}
	rateds := func(s *consistency.Situation) {
		rates(s)
		s.Rounds[0].Declined = []domain.PersonID{"cora"}
	}
	coached := func(changes ...change) consistency.Situation {
		s := learning(5, nil)
		for _, c := range changes {
			c(&s)
		}
		return s
	}
	in := func(status round.Status, changes ...change) consistency.Situation {
		r := someFeedback("r1", 10, saying())
		r.Status, r.Raters = status, []round.Rater{{Person: "s1", Group: domain.Staff}}
		s := promised(r)
		for _, c := range changes {
			c(&s)
		}
		return s
	}
	debriefed := func(s *consistency.Situation) { s.Rounds[0].Debriefed = ago(1) }
	closed := func(s *consistency.Situation) { s.Coachings[0].Closed = ago(1) }
	proposed := func(s *consistency.Situation) { s.Coachings[0].Agreed = "" }
	gone := func(s *consistency.Situation) { s.People[1].Gone = ago(1) }
	coaching, one := consistency.The(domain.CoachingID("c1")), consistency.The(domain.RoundID("r1"))
	try(t, cr38, []trial{
		{name: "an empty programme"},
		{name: "a coach and nothing else", in: coached()},
		{name: "the manager", in: coached(managed), want: found(coaching, "manager")},
		{name: "an administrator", in: coached(admin), want: found(coaching, "administrator")},
		{name: "the manager before all", in: coached(admin, managed), want: found(coaching, "manager")},
		{name: "while it is only proposed", in: coached(managed, proposed), want: found(coaching, "manager")},
		{name: "a coaching that has ended", in: coached(managed, closed)},
		{name: "an administrator who has left", in: coached(admin, gone)},

		{name: "a round", in: in(round.StatusOpen)},
		{name: "of whose subject one manages", in: in(round.StatusOpen, managed), want: found(one, "manager")},
		{name: "in which one answers", in: in(round.StatusOpen, rates), want: found(one, "rater")},
		{name: "and declined to", in: in(round.StatusOpen, rateds)},
		{name: "of an administrator", in: in(round.StatusOpen, admin), want: found(one, "administrator")},
		{name: "while it is planned", in: in(round.StatusPlanned, admin), want: found(one, "administrator")},
		{name: "until it was talked about", in: in(round.StatusReleased, admin), want: found(one, "administrator")},
		{name: "and no longer", in: in(round.StatusReleased, admin, debriefed)},
		{name: "that was cancelled", in: in(round.StatusCancelled, admin)},
		{name: "that brought nothing", in: in(round.StatusNothing, admin)},
	})
}
