package rules

import (
	"slices"
	"testing"

	"koersvast/domain"
	"koersvast/domain/access"
)

// TestFeedbackAndCoachingAreForNothingElse points at what makes CR-66 hold:
// however many roles somebody has, what a feedback round brought and what is
// said in coaching is read by its two people only.
func TestFeedbackAndCoachingAreForNothingElse(t *testing.T) {
	of := access.Resource{Programme: "tide", Owner: "anna", Coach: "cora", For: []domain.Party{domain.Person("anna")}}
	contents := []access.Action{access.RoundResult, access.RoundCoach, access.CoachingRead, access.CoachingWork, access.CoachingPrepare, access.CoachingOwn, access.GoalRead}
	for _, do := range contents {
		if !slices.Contains(access.Actions(), do) {
			t.Errorf("%s: %s has no rule", cr66.ID, do)
		}
		anybody := access.Actor{Programme: "tide", Person: "bram", Team: "noord", Roles: domain.Roles}
		if access.Can(anybody, do, of) {
			t.Errorf("%s: somebody with every role may %s of others", cr66.ID, do)
		}
	}
	for _, role := range domain.Roles {
		if cora := (access.Actor{Programme: "tide", Person: "cora", Roles: []domain.Role{role}}); role != domain.Coach && access.Can(cora, access.RoundResult, of) {
			t.Errorf("%s: who coaches no more reads it as %s", cr66.ID, role)
		}
	}
	anna := access.Actor{Programme: "tide", Person: "anna", Roles: []domain.Role{domain.MT}}
	if !access.Can(anna, access.RoundResult, of) {
		t.Errorf("%s: whom it is about cannot read it", cr66.ID)
	}
}
