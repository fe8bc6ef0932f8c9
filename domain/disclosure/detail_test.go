package disclosure_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/domain/disclosure"
)

func TestHowMuchIsToldOfACell(t *testing.T) {
	for name, c := range map[string]struct {
		items [][]int
		want  disclosure.Detail
	}{
		"five who agree on always":           {[][]int{{0, 0, 0, 0, 5}}, disclosure.Band},
		"five who agree on never":            {[][]int{{5, 0, 0, 0, 0}}, disclosure.Band},
		"four who agree, and one who nearly": {[][]int{{0, 0, 0, 1, 4}}, disclosure.Band},
		"half a step from the end":           {[][]int{{0, 0, 0, 2, 2}}, disclosure.Band},
		"more than half a step":              {[][]int{{0, 0, 0, 3, 2}}, disclosure.Mean},
		"five who agree on sometimes":        {[][]int{{0, 0, 5, 0, 0}}, disclosure.Mean},
		"seven at both ends":                 {[][]int{{3, 0, 0, 0, 4}}, disclosure.Mean},
		"eight":                              {[][]int{{0, 0, 0, 0, 8}}, disclosure.Spread},
		"a theme of eight and of nine":       {[][]int{{0, 0, 0, 0, 8}, {1, 1, 1, 1, 5}}, disclosure.Spread},
		"a theme of nine and of seven":       {[][]int{{0, 0, 0, 9, 0}, {0, 0, 7, 0, 0}}, disclosure.Mean},
		"a theme whose items all agree":      {[][]int{{0, 0, 0, 0, 5}, {0, 0, 0, 0, 6}}, disclosure.Band},
		"an item that nobody answered":       {[][]int{{0, 0, 0, 0, 0}}, disclosure.Band},
		"a theme with such an item":          {[][]int{{0, 0, 9, 0, 0}, {0, 0, 0, 0, 0}}, disclosure.Band},
		"no item":                            {nil, disclosure.Band},
		"no scale":                           {[][]int{{}}, disclosure.Band},
		"fewer than nobody":                  {[][]int{{0, -1, 9, 0, 0}}, disclosure.Band},
	} {
		if got := disclosure.DetailOf(c.items...); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestABandDoesNotSayThatAllAgreed(t *testing.T) {
	for n := domain.LowestThreshold; n < disclosure.SpreadFrom; n++ {
		for name, counts := range map[string][][]int{
			"high": {{0, 0, 0, 0, n}, {0, 0, 0, 1, n - 1}},
			"low":  {{n, 0, 0, 0, 0}, {n - 1, 1, 0, 0, 0}},
		} {
			for _, c := range counts {
				if got := disclosure.DetailOf(c); got != disclosure.Band {
					t.Errorf("%s: of %v the %s is told", name, c, got)
				}
			}
		}
	}
}

func TestInWhoseNameCommentsAreShown(t *testing.T) {
	type (
		wrote  = map[domain.RaterGroup]int
		voices = map[domain.RaterGroup]disclosure.Voice
	)
	const self, superior, peers, leaders, staff = domain.Self, domain.Superior, domain.Peers, domain.Leaders, domain.Staff
	usual, high := domain.UsualThresholds, domain.Thresholds{Peers: 4, Leaders: 4, Staff: 10}
	for name, c := range map[string]struct {
		thresholds domain.Thresholds
		wrote      wrote
		want       voices
	}{
		"groups that are large enough": {
			usual,
			wrote{peers: 5, leaders: 6, staff: 9},
			voices{peers: disclosure.ByGroup, leaders: disclosure.ByGroup, staff: disclosure.ByGroup},
		},
		"two that are large enough together": {
			usual,
			wrote{peers: 4, leaders: 4, staff: 9},
			voices{peers: disclosure.Together, leaders: disclosure.Together, staff: disclosure.ByGroup},
		},
		"one that needs the smallest of the others": {
			usual,
			wrote{peers: 2, leaders: 6, staff: 9},
			voices{peers: disclosure.Together, leaders: disclosure.Together, staff: disclosure.ByGroup},
		},
		"too few in all": {
			usual,
			wrote{peers: 2, leaders: 5},
			voices{peers: disclosure.CoachOnly, leaders: disclosure.ByGroup},
		},
		"one in which nobody wrote": {
			usual,
			wrote{peers: 0, leaders: 6, staff: 9},
			voices{peers: disclosure.CoachOnly, leaders: disclosure.ByGroup, staff: disclosure.ByGroup},
		},
		"a threshold that is higher than usual": {
			high,
			wrote{leaders: 6, staff: 9},
			voices{leaders: disclosure.Together, staff: disclosure.Together},
		},
		"one that is too high for all together": {
			high,
			wrote{leaders: 3, staff: 6},
			voices{leaders: disclosure.CoachOnly, staff: disclosure.CoachOnly},
		},
		"subject and superior, who hide nobody": {
			usual,
			wrote{self: 1, superior: 1, peers: 3, leaders: 4},
			voices{self: disclosure.ByGroup, superior: disclosure.ByGroup, peers: disclosure.CoachOnly, leaders: disclosure.CoachOnly},
		},
	} {
		got := disclosure.VoicesOf(disclosure.Round{Threshold: c.thresholds.Of}, c.wrote)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
