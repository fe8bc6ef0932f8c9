package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/projections/consistency"
)

// valued is a programme with core values among which people chose.
func valued(values ...consistency.CoreValue) consistency.Situation {
	return consistency.Situation{Later: consistency.Later{Values: values}}
}

// ofValue is what is found of one that was chosen five days ago.
func ofValue(id domain.CoreValueID) consistency.Finding {
	return consistency.Finding{Object: consistency.The(id), Since: ago(5)}
}

func TestAValueIsLoaded(t *testing.T) {
	chosen := func(loads int) consistency.Situation {
		return valued(consistency.CoreValue{ID: "near", Chosen: ago(5), Loads: loads})
	}
	try(t, cr48, []trial{
		{name: "an empty programme"},
		{name: "with two", in: chosen(2), want: []consistency.Finding{ofValue("near")}},
		{name: "with three", in: chosen(3)},
		{name: "with four", in: chosen(4)},
		{name: "not chosen", in: valued(consistency.CoreValue{ID: "near"})},
		{name: "a programme can ask for more", in: chosen(4), params: consistency.Params{"least": 5}, want: []consistency.Finding{ofValue("near")}},
	})
}
