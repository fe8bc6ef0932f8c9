package domain_test

import (
	"testing"

	"koersvast/domain"
)

func TestAGroupAsSmallAsItsThresholdNeedsEverybody(t *testing.T) {
	for _, c := range []struct {
		group domain.RaterGroup
		asked int
		want  bool
	}{
		{domain.Peers, 4, true},
		{domain.Peers, 5, false},
		{domain.Staff, 5, true},
		{domain.Staff, 4, true}, // one said no before it opened
		{domain.Staff, 0, false},
		{domain.Self, 1, false}, // who is known anyhow
		{domain.Superior, 1, false},
	} {
		if got := domain.UsualThresholds.NeedsAll(c.group, c.asked); got != c.want {
			t.Errorf("%d of %s: %v, want %v", c.asked, c.group, got, c.want)
		}
	}
}
