package rules

import (
	"testing"

	"koersvast/projections/consistency"
)

func TestPeopleGetBackWhatCameOut(t *testing.T) {
	closed := func(days int, change func(*consistency.Gathering)) consistency.Situation {
		g := moment(-days)
		g.Closed = ago(days)
		if change != nil {
			change(&g)
		}
		return gathered(g)
	}
	found := func(since int, variant string) []consistency.Finding {
		f := ofGathering(ago(since))
		f.Variant = variant
		return []consistency.Finding{f}
	}
	returned := func(g *consistency.Gathering) { g.Returned = ago(5) }
	loaded := func(g *consistency.Gathering) { g.Returned, g.Loaded = ago(5), ago(4) }
	asked := func(g *consistency.Gathering) { g.Returned, g.Loaded, g.Asked = ago(5), ago(4), ago(4) }
	try(t, cr46, []trial{
		{name: "an empty programme"},
		{name: "that is to come", in: gathered(moment(20))},
		{name: "just in time", in: closed(13, nil)},
		{name: "two weeks", in: closed(14, nil)},
		{name: "a day more", in: closed(15, nil), want: found(0, "")},
		{name: "they got it back", in: closed(15, returned)},
		{name: "values were loaded, and nobody was asked", in: closed(15, loaded), want: found(4, "asked")},
		{name: "and they were", in: closed(15, asked)},
		{name: "a programme can be stricter", in: closed(8, nil), params: consistency.Params{"days": 7}, want: found(0, "")},
	})
}
