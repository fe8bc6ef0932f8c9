package rules

import (
	"testing"

	"koersvast/domain"
	"koersvast/domain/expectation"
	"koersvast/projections/consistency"
)

func TestTheMTAnswersWhatIsExpectedOfIt(t *testing.T) {
	of := func(party domain.Party, days int, status expectation.Status, fromMT bool) consistency.Situation {
		return consistency.Situation{
			People: []consistency.Person{
				{ID: "anna", Roles: []domain.Role{domain.MT}},
				{ID: "bram", Roles: []domain.Role{domain.Employee}},
				{ID: "carla", Roles: []domain.Role{domain.MT}, Gone: ago(1)},
			},
			Expectations: []consistency.Expectation{{ID: "e1", FromMT: fromMT, Of: party, Said: ago(days), Status: status, Since: ago(days)}},
		}
	}
	finds := func(since domain.Day) []consistency.Finding {
		return []consistency.Finding{{Object: consistency.The(domain.ExpectationID("e1")), Since: since}}
	}
	try(t, cr07, []trial{
		{name: "a month is given", in: of(domain.TheMT, 30, expectation.StatusOpen, false)},
		{name: "and no more", in: of(domain.TheMT, 31, expectation.StatusOpen, false), want: finds(today)},
		{name: "it was so before today", in: of(domain.TheMT, 32, expectation.StatusOpen, false), want: finds(ago(1))},
		{name: "one of the MT is the MT", in: of(domain.Person("anna"), 31, expectation.StatusOpen, false), want: finds(today)},
		{name: "who left it is not", in: of(domain.Person("carla"), 99, expectation.StatusOpen, false)},
		{name: "another is not", in: of(domain.Person("bram"), 99, expectation.StatusOpen, false)},
		{name: "a promise is an answer", in: of(domain.TheMT, 99, expectation.StatusAccepted, false)},
		{name: "so is no", in: of(domain.TheMT, 99, expectation.StatusDeclined, false)},
		{name: "and another offer", in: of(domain.TheMT, 99, expectation.StatusCountered, false)},
		{name: "what was taken back needs none", in: of(domain.TheMT, 99, expectation.StatusDropped, false)},
		{name: "what the MT expects of itself it need not ask twice", in: of(domain.TheMT, 99, expectation.StatusOpen, true)},
	})
}
