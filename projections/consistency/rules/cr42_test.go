package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

func TestTheMTLeads(t *testing.T) {
	led := func(by map[domain.PersonID]int, breaks ...int) consistency.Gathering {
		g := moment(20)
		for _, who := range []domain.PersonID{"anna", "lars", "cora", ""} {
			if by[who] > 0 {
				g.Blocks = append(g.Blocks, consistency.Block{Lead: who, Minutes: by[who]})
			}
		}
		for _, n := range breaks {
			g.Blocks = append(g.Blocks, consistency.Block{Lead: "cora", Minutes: n, Break: true})
		}
		return g
	}
	found := []consistency.Finding{ofGathering(today)}
	over, workshop := led(map[domain.PersonID]int{"cora": 60}), led(map[domain.PersonID]int{"cora": 60})
	over.Closed, workshop.Kind = ago(1), consistency.Workshop
	try(t, cr42, []trial{
		{name: "an empty programme"},
		{name: "without a run sheet", in: gathered(moment(20))},
		{name: "just fewer than half of the minutes", in: gathered(led(map[domain.PersonID]int{"anna": 59, "cora": 61})), want: found},
		{name: "half", in: gathered(led(map[domain.PersonID]int{"anna": 60, "cora": 60}))},
		{name: "just more", in: gathered(led(map[domain.PersonID]int{"anna": 61, "cora": 59}))},
		{name: "informal leaders count", in: gathered(led(map[domain.PersonID]int{"anna": 30, "lars": 30, "cora": 60}))},
		{name: "breaks do not", in: gathered(led(map[domain.PersonID]int{"anna": 60, "cora": 60}, 15))},
		{name: "nobody does", in: gathered(led(map[domain.PersonID]int{"anna": 59, "": 61})), want: found},
		{name: "it is over", in: gathered(over)},
		{name: "a workshop may be a trainer's", in: gathered(workshop)},
		{name: "a programme can ask for more", in: gathered(led(map[domain.PersonID]int{"anna": 60, "cora": 60})), params: consistency.Params{"share": 75}, want: found},
	})
}
