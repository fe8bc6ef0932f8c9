package expectation_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"koersvast/domain"
	"koersvast/domain/domaintest"
	"koersvast/domain/expectation"
)

type (
	rule  = domaintest.Rule[expectation.State]
	facts = []expectation.Event
)

// Carla is one of the employees; Anja and Dirk are of the management team.
var (
	anja  = by("anja")
	carla = by("carla")
	dirk  = by("dirk")
)

func by(p domain.PersonID) domain.Act {
	return domain.Act{By: p, At: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
}

func words(of domain.PersonID, text string) domain.Private {
	return domain.Say(domain.KeyOf(of, domain.Promises), text)
}

var (
	expressed = expectation.Expressed{ID: "e1", By: "carla", Of: domain.TheMT, Text: words("carla", "Dat jullie ons werk kennen."), Pillar: "nabij"}
	accepted  = expectation.Accepted{ID: "e1", By: "anja", Promise: "p1"}
	declined  = expectation.Declined{ID: "e1", By: "anja", Why: words("anja", "Daar is dit jaar geen tijd voor.")}
	countered = expectation.Countered{ID: "e1", By: "anja", Offer: words("anja", "Eén keer per kwartaal kan wel.")}
	taken     = expectation.OfferTaken{ID: "e1"}
	dropped   = expectation.Dropped{ID: "e1", Why: words("carla", "Het is al zo.")}
)

func TestExpecting(t *testing.T) {
	domaintest.Check(t, []rule{
		{
			Name: "people say what they expect of each other",
			By:   carla,
			When: expectation.Express{ID: "e1", Of: domain.TheMT, Text: "Dat jullie ons werk kennen.", Pillar: "nabij"},
			Then: facts{expressed},
		},
		{
			Name: "something is expected of one person, too",
			By:   anja,
			When: expectation.Express{ID: "e2", Of: domain.Person("carla"), Text: "Dat je zelf initiatief neemt."},
			Then: facts{expectation.Expressed{ID: "e2", By: "anja", Of: domain.Person("carla"), Text: words("anja", "Dat je zelf initiatief neemt.")}},
		},
		{
			Name:  "an expectation is stated once",
			Given: facts{expressed},
			By:    carla,
			When:  expectation.Express{ID: "e1", Of: domain.TheMT, Text: "Dat jullie ons werk kennen."},
			Err:   expectation.ErrExists,
		},
		{
			Name: "an expectation has words",
			By:   carla,
			When: expectation.Express{ID: "e1", Of: domain.TheMT},
			Err:  domain.ErrRequired, Field: "text",
		},
		{
			Name: "an expectation is no letter",
			By:   carla,
			When: expectation.Express{ID: "e1", Of: domain.TheMT, Text: strings.Repeat("é", 1001)},
			Err:  domain.ErrTooLong, Field: "text",
		},
		{
			Name: "an expectation is of somebody",
			By:   carla,
			When: expectation.Express{ID: "e1", Text: "Dat jullie ons werk kennen."},
			Err:  domain.ErrRequired, Field: "of",
		},
		{
			Name: "what is expected of everyone is expected of nobody",
			By:   carla,
			When: expectation.Express{ID: "e1", Of: domain.Everyone, Text: "Dat iedereen meedoet."},
			Err:  domain.ErrNoParty, Field: "of",
		},
		{
			Name: "an expectation is of people in the programme",
			By:   carla,
			When: expectation.Express{ID: "e1", Of: "team/", Text: "Dat jullie ons werk kennen."},
			Err:  domain.ErrNoParty, Field: "of",
		},
		{
			Name: "nobody expects something of themselves",
			By:   carla,
			When: expectation.Express{ID: "e1", Of: domain.Person("carla"), Text: "Dat ik meer vraag."},
			Err:  expectation.ErrOfSelf, Field: "of",
		},
		{
			Name: "an expectation has an identifier",
			By:   carla,
			When: expectation.Express{Of: domain.TheMT, Text: "Dat jullie ons werk kennen."},
			Err:  domain.ErrBadID, Field: "id",
		},
		{
			Name: "its pillar has an identifier",
			By:   carla,
			When: expectation.Express{ID: "e1", Of: domain.TheMT, Text: "Dat jullie ons werk kennen.", Pillar: "nabij!"},
			Err:  domain.ErrBadID, Field: "pillar",
		},
	})
}

func TestAnswering(t *testing.T) {
	domaintest.Check(t, []rule{
		{
			Name:  "yes is a promise",
			Given: facts{expressed},
			By:    anja,
			When:  expectation.Accept{ID: "e1", Promise: "p1"},
			Then:  facts{accepted},
		},
		{
			Name:  "yes without a promise is none",
			Given: facts{expressed},
			By:    anja,
			When:  expectation.Accept{ID: "e1"},
			Err:   domain.ErrBadID, Field: "promise",
		},
		{
			Name: "nobody answers what nobody asked",
			By:   anja,
			When: expectation.Accept{ID: "e1", Promise: "p1"},
			Err:  expectation.ErrUnknown,
		},
		{
			Name:  "nobody answers their own expectation",
			Given: facts{expressed},
			By:    carla,
			When:  expectation.Accept{ID: "e1", Promise: "p1"},
			Err:   expectation.ErrOwn,
		},
		{
			Name:  "an expectation is answered once",
			Given: facts{expressed, declined},
			By:    dirk,
			When:  expectation.Accept{ID: "e1", Promise: "p1"},
			Err:   expectation.ErrAnswered,
		},
		{
			Name:  "what was taken back needs no answer",
			Given: facts{expressed, dropped},
			By:    anja,
			When:  expectation.Accept{ID: "e1", Promise: "p1"},
			Err:   expectation.ErrAnswered,
		},

		{
			Name:  "no has a reason",
			Given: facts{expressed},
			By:    anja,
			When:  expectation.Decline{ID: "e1", Why: "Daar is dit jaar geen tijd voor."},
			Then:  facts{declined},
		},
		{
			Name:  "no without a reason is no answer",
			Given: facts{expressed},
			By:    anja,
			When:  expectation.Decline{ID: "e1", Why: " "},
			Err:   domain.ErrRequired, Field: "why",
		},
		{
			Name:  "nobody declines what was promised",
			Given: facts{expressed, accepted},
			By:    dirk,
			When:  expectation.Decline{ID: "e1", Why: "Toch niet."},
			Err:   expectation.ErrAnswered,
		},
		{
			Name:  "nobody declines their own expectation",
			Given: facts{expressed},
			By:    carla,
			When:  expectation.Decline{ID: "e1", Why: "Toch niet."},
			Err:   expectation.ErrOwn,
		},

		{
			Name:  "people can offer something else",
			Given: facts{expressed},
			By:    anja,
			When:  expectation.Counter{ID: "e1", Offer: "Eén keer per kwartaal kan wel."},
			Then:  facts{countered},
		},
		{
			Name:  "an offer has words",
			Given: facts{expressed},
			By:    anja,
			When:  expectation.Counter{ID: "e1"},
			Err:   domain.ErrRequired, Field: "offer",
		},
		{
			Name:  "there is one offer at a time",
			Given: facts{expressed, countered},
			By:    dirk,
			When:  expectation.Counter{ID: "e1", Offer: "Ik kan elke maand."},
			Err:   expectation.ErrAnswered,
		},
		{
			Name: "nobody offers something when nothing was asked",
			By:   anja,
			When: expectation.Counter{ID: "e1", Offer: "Eén keer per kwartaal kan wel."},
			Err:  expectation.ErrUnknown,
		},
		{
			Name:  "an offer is not yet a promise",
			Given: facts{expressed, countered},
			By:    anja,
			When:  expectation.Accept{ID: "e1", Promise: "p1"},
			Err:   expectation.ErrAnswered,
		},

		{
			Name:  "who asked can take the offer",
			Given: facts{expressed, countered},
			By:    carla,
			When:  expectation.TakeOffer{ID: "e1"},
			Then:  facts{taken},
		},
		{
			Name:  "nobody takes an offer for another",
			Given: facts{expressed, countered},
			By:    dirk,
			When:  expectation.TakeOffer{ID: "e1"},
			Err:   expectation.ErrNotYours,
		},
		{
			Name:  "taking it twice changes nothing",
			Given: facts{expressed, countered, taken},
			By:    carla,
			When:  expectation.TakeOffer{ID: "e1"},
		},
		{
			Name:  "there is nothing to take without an offer",
			Given: facts{expressed},
			By:    carla,
			When:  expectation.TakeOffer{ID: "e1"},
			Err:   expectation.ErrNoOffer,
		},
		{
			Name: "there is nothing to take where nothing was asked",
			By:   carla,
			When: expectation.TakeOffer{ID: "e1"},
			Err:  expectation.ErrUnknown,
		},
		{
			Name:  "who made the offer then makes the promise",
			Given: facts{expressed, countered, taken},
			By:    anja,
			When:  expectation.Accept{ID: "e1", Promise: "p1"},
			Then:  facts{accepted},
		},
		{
			Name:  "who made the offer can still say no",
			Given: facts{expressed, countered, taken},
			By:    anja,
			When:  expectation.Decline{ID: "e1", Why: "Daar is dit jaar geen tijd voor."},
			Then:  facts{declined},
		},
		{
			Name:  "after an offer that was taken, nobody else says no",
			Given: facts{expressed, countered, taken},
			By:    dirk,
			When:  expectation.Decline{ID: "e1", Why: "Nee."},
			Err:   expectation.ErrNotOfferer,
		},
		{
			Name:  "nobody makes good another's offer",
			Given: facts{expressed, countered, taken},
			By:    dirk,
			When:  expectation.Accept{ID: "e1", Promise: "p1"},
			Err:   expectation.ErrNotOfferer,
		},
	})
}

func TestDropping(t *testing.T) {
	domaintest.Check(t, []rule{
		{
			Name:  "who stated an expectation can take it back, with a reason",
			Given: facts{expressed},
			By:    carla,
			When:  expectation.Drop{ID: "e1", Why: "Het is al zo."},
			Then:  facts{dropped},
		},
		{
			Name:  "also when the offer that was taken does not become a promise",
			Given: facts{expressed, countered, taken},
			By:    carla,
			When:  expectation.Drop{ID: "e1", Why: "Het is al zo."},
			Then:  facts{dropped},
		},
		{
			Name:  "taking it back needs a reason",
			Given: facts{expressed},
			By:    carla,
			When:  expectation.Drop{ID: "e1"},
			Err:   domain.ErrRequired, Field: "why",
		},
		{
			Name:  "taking it back twice changes nothing",
			Given: facts{expressed, dropped},
			By:    carla,
			When:  expectation.Drop{ID: "e1", Why: "Het is al zo."},
		},
		{
			Name:  "nobody takes back another's expectation",
			Given: facts{expressed},
			By:    anja,
			When:  expectation.Drop{ID: "e1", Why: "Dat hoeft niet meer."},
			Err:   expectation.ErrNotYours,
		},
		{
			Name:  "what was promised is no longer just expected",
			Given: facts{expressed, accepted},
			By:    carla,
			When:  expectation.Drop{ID: "e1", Why: "Het is al zo."},
			Err:   expectation.ErrAnswered,
		},
		{
			Name: "nobody takes back what was not stated",
			By:   carla,
			When: expectation.Drop{ID: "e1", Why: "Het is al zo."},
			Err:  expectation.ErrUnknown,
		},
	})
}

func TestWhateverPeopleAsk(t *testing.T) {
	const id = domain.ExpectationID("e1")
	var (
		who  = rapid.SampledFrom([]domain.PersonID{"anja", "carla", "dirk"})
		of   = rapid.SampledFrom([]domain.Party{domain.TheMT, domain.Employees, domain.Person("anja"), domain.Everyone, ""})
		text = rapid.SampledFrom([]string{"Dat jullie ons werk kennen.", "Eén keer per kwartaal kan wel.", ""})
		ask  = rapid.SampledFrom([]func(*rapid.T) domain.Command[expectation.State]{
			func(t *rapid.T) domain.Command[expectation.State] {
				return expectation.Express{ID: id, Of: of.Draw(t, "of"), Text: text.Draw(t, "text")}
			},
			func(*rapid.T) domain.Command[expectation.State] { return expectation.Accept{ID: id, Promise: "p1"} },
			func(t *rapid.T) domain.Command[expectation.State] {
				return expectation.Decline{ID: id, Why: text.Draw(t, "why")}
			},
			func(t *rapid.T) domain.Command[expectation.State] {
				return expectation.Counter{ID: id, Offer: text.Draw(t, "offer")}
			},
			func(*rapid.T) domain.Command[expectation.State] { return expectation.TakeOffer{ID: id} },
			func(t *rapid.T) domain.Command[expectation.State] {
				return expectation.Drop{ID: id, Why: text.Draw(t, "why")}
			},
		})
	)
	rapid.Check(t, func(t *rapid.T) {
		var asker, offerer domain.PersonID
		var closed bool
		domaintest.Walk(t, 40, func(t *rapid.T) (domain.Act, domain.Command[expectation.State]) {
			return by(who.Draw(t, "who")), ask.Draw(t, "command")(t)
		}, func(steps []domaintest.Step[expectation.State]) {
			last := steps[len(steps)-1]
			actor := last.By.By
			switch last.Facts[0].(type) {
			case expectation.Expressed:
				if asker != "" {
					t.Fatal("an expectation was stated twice")
				}
				asker = actor
				return
			case expectation.OfferTaken, expectation.Dropped:
				if actor != asker {
					t.Fatalf("%T by %s changed an expectation of %s", last.Command, actor, asker)
				}
			default:
				if actor == asker {
					t.Fatalf("%T: %s answered their own expectation", last.Command, actor)
				}
			}
			if closed {
				t.Fatalf("%T came after the promise or after it was taken back", last.Command)
			}
			switch last.Facts[0].(type) {
			case expectation.Countered:
				offerer = actor
			case expectation.Accepted:
				if offerer != "" && actor != offerer {
					t.Fatalf("%s made good the offer of %s", actor, offerer)
				}
				closed = true
			case expectation.Dropped:
				closed = true
			}
		})
	})
}
