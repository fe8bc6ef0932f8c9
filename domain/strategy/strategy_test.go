package strategy_test

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"koersvast/domain"
	"koersvast/domain/domaintest"
	"koersvast/domain/strategy"
)

type (
	rule  = domaintest.Rule[strategy.State]
	facts = []strategy.Event
)

// Anja is of the management team.
var anja = domain.Act{By: "anja", At: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}

func words(text string) domain.Private {
	return domain.Say(domain.KeyOf("anja", domain.Promises), text)
}

var (
	pillar    = strategy.PillarProposed{ID: "nabij", Name: "Nabij", Meaning: "Naast mensen, niet boven hen."}
	adopted   = strategy.PillarAdopted{ID: "nabij"}
	retired   = strategy.PillarRetired{ID: "nabij", Why: words("Dit gaat op in Samen.")}
	behaviour = strategy.BehaviourProposed{ID: "meelopen", Pillar: "nabij", Whose: domain.MT, Text: "Loopt elke maand mee."}
	agreed    = strategy.BehaviourAgreed{ID: "meelopen"}
	gone      = strategy.BehaviourDropped{ID: "meelopen", Why: words("Dit doen we al.")}
)

func TestMissionAndVision(t *testing.T) {
	mission := strategy.MissionFormulated{Text: "Iedereen doet mee."}
	vision := strategy.VisionFormulated{Text: "Hulp om de hoek."}
	domaintest.Check(t, []rule{
		{
			Name: "a mission is formulated",
			By:   anja,
			When: strategy.FormulateMission{Programme: "dichtbij", Text: "Iedereen doet mee."},
			Then: facts{mission},
		},
		{
			Name:  "a mission can be said otherwise",
			Given: facts{mission},
			By:    anja,
			When:  strategy.FormulateMission{Programme: "dichtbij", Text: "Iedereen hoort erbij."},
			Then:  facts{strategy.MissionFormulated{Text: "Iedereen hoort erbij."}},
		},
		{
			Name:  "the same mission changes nothing",
			Given: facts{mission},
			By:    anja,
			When:  strategy.FormulateMission{Programme: "dichtbij", Text: "Iedereen doet mee."},
		},
		{
			Name: "a mission has words",
			By:   anja,
			When: strategy.FormulateMission{Programme: "dichtbij"},
			Err:  domain.ErrRequired, Field: "text",
		},
		{
			Name: "a mission is no book",
			By:   anja,
			When: strategy.FormulateMission{Programme: "dichtbij", Text: strings.Repeat("é", 4001)},
			Err:  domain.ErrTooLong, Field: "text",
		},
		{
			Name:  "a vision is formulated",
			Given: facts{mission},
			By:    anja,
			When:  strategy.FormulateVision{Programme: "dichtbij", Text: "Hulp om de hoek."},
			Then:  facts{vision},
		},
		{
			Name:  "the same vision changes nothing",
			Given: facts{vision},
			By:    anja,
			When:  strategy.FormulateVision{Programme: "dichtbij", Text: "Hulp om de hoek."},
		},
		{
			Name: "a vision has words",
			By:   anja,
			When: strategy.FormulateVision{Programme: "dichtbij"},
			Err:  domain.ErrRequired, Field: "text",
		},
	})
}

func TestCoreValues(t *testing.T) {
	value := strategy.CoreValueChosen{ID: "lef", Name: "Lef", Meaning: "We zeggen het als het schuurt."}
	dropped := strategy.CoreValueDropped{ID: "lef", Why: words("Niemand herkende het.")}
	domaintest.Check(t, []rule{
		{
			Name: "a core value is chosen, with what it means here",
			By:   anja,
			When: strategy.ChooseCoreValue{Programme: "dichtbij", ID: "lef", Name: "Lef", Meaning: "We zeggen het als het schuurt."},
			Then: facts{value},
		},
		{
			Name:  "a core value is chosen once",
			Given: facts{value},
			By:    anja,
			When:  strategy.ChooseCoreValue{Programme: "dichtbij", ID: "lef", Name: "Moed"},
			Err:   strategy.ErrExists,
		},
		{
			Name: "a core value has a name",
			By:   anja,
			When: strategy.ChooseCoreValue{Programme: "dichtbij", ID: "lef"},
			Err:  domain.ErrRequired, Field: "name",
		},
		{
			Name: "what it means fits on the sheet",
			By:   anja,
			When: strategy.ChooseCoreValue{Programme: "dichtbij", ID: "lef", Name: "Lef", Meaning: strings.Repeat("é", 4001)},
			Err:  domain.ErrTooLong, Field: "meaning",
		},
		{
			Name: "a core value has an identifier",
			By:   anja,
			When: strategy.ChooseCoreValue{Programme: "dichtbij", Name: "Lef"},
			Err:  domain.ErrBadID, Field: "id",
		},
		{
			Name:  "a core value can be dropped, with a reason",
			Given: facts{value},
			By:    anja,
			When:  strategy.DropCoreValue{Programme: "dichtbij", ID: "lef", Why: "Niemand herkende het."},
			Then:  facts{dropped},
		},
		{
			Name:  "dropping a core value needs a reason",
			Given: facts{value},
			By:    anja,
			When:  strategy.DropCoreValue{Programme: "dichtbij", ID: "lef"},
			Err:   domain.ErrRequired, Field: "why",
		},
		{
			Name:  "dropping it twice changes nothing",
			Given: facts{value, dropped},
			By:    anja,
			When:  strategy.DropCoreValue{Programme: "dichtbij", ID: "lef"},
		},
		{
			Name: "nobody drops a value that was not chosen",
			By:   anja,
			When: strategy.DropCoreValue{Programme: "dichtbij", ID: "lef", Why: "Niemand herkende het."},
			Err:  strategy.ErrUnknownPart,
		},
	})
}

func TestPillars(t *testing.T) {
	reworded := strategy.PillarReworded{ID: "nabij", Name: "Nabij", Meaning: "Naast mensen.", Why: words("Korter.")}
	domaintest.Check(t, []rule{
		{
			Name: "a pillar is proposed",
			By:   anja,
			When: strategy.ProposePillar{Programme: "dichtbij", ID: "nabij", Name: "Nabij", Meaning: "Naast mensen, niet boven hen."},
			Then: facts{pillar},
		},
		{
			Name:  "a pillar is proposed once",
			Given: facts{pillar},
			By:    anja,
			When:  strategy.ProposePillar{Programme: "dichtbij", ID: "nabij", Name: "Samen"},
			Err:   strategy.ErrExists,
		},
		{
			Name:  "a pillar that was retired does not come back under its identifier",
			Given: facts{pillar, adopted, retired},
			By:    anja,
			When:  strategy.ProposePillar{Programme: "dichtbij", ID: "nabij", Name: "Nabij"},
			Err:   strategy.ErrExists,
		},
		{
			Name: "a pillar has a name",
			By:   anja,
			When: strategy.ProposePillar{Programme: "dichtbij", ID: "nabij"},
			Err:  domain.ErrRequired, Field: "name",
		},
		{
			Name: "what it means fits on the sheet",
			By:   anja,
			When: strategy.ProposePillar{Programme: "dichtbij", ID: "nabij", Name: "Nabij", Meaning: strings.Repeat("é", 4001)},
			Err:  domain.ErrTooLong, Field: "meaning",
		},
		{
			Name: "a pillar has an identifier",
			By:   anja,
			When: strategy.ProposePillar{Programme: "dichtbij", ID: "dicht bij", Name: "Nabij"},
			Err:  domain.ErrBadID, Field: "id",
		},
		{
			Name:  "a proposed pillar is adopted",
			Given: facts{pillar},
			By:    anja,
			When:  strategy.AdoptPillar{Programme: "dichtbij", ID: "nabij"},
			Then:  facts{adopted},
		},
		{
			Name:  "adopting twice changes nothing",
			Given: facts{pillar, adopted},
			By:    anja,
			When:  strategy.AdoptPillar{Programme: "dichtbij", ID: "nabij"},
		},
		{
			Name: "nobody adopts what was not proposed",
			By:   anja,
			When: strategy.AdoptPillar{Programme: "dichtbij", ID: "nabij"},
			Err:  strategy.ErrUnknownPillar,
		},
		{
			Name:  "what was retired is not adopted",
			Given: facts{pillar, retired},
			By:    anja,
			When:  strategy.AdoptPillar{Programme: "dichtbij", ID: "nabij"},
			Err:   strategy.ErrRetired,
		},
		{
			Name:  "a pillar is reworded, with a reason",
			Given: facts{pillar, adopted},
			By:    anja,
			When:  strategy.RewordPillar{Programme: "dichtbij", ID: "nabij", Name: "Nabij", Meaning: "Naast mensen.", Why: "Korter."},
			Then:  facts{reworded},
		},
		{
			Name:  "a pillar that was reworded is still adopted",
			Given: facts{pillar, adopted, reworded},
			By:    anja,
			When:  strategy.AdoptPillar{Programme: "dichtbij", ID: "nabij"},
		},
		{
			Name:  "rewording a pillar needs a reason",
			Given: facts{pillar},
			By:    anja,
			When:  strategy.RewordPillar{Programme: "dichtbij", ID: "nabij", Name: "Nabij"},
			Err:   domain.ErrRequired, Field: "why",
		},
		{
			Name:  "the same words are no rewording",
			Given: facts{pillar, reworded},
			By:    anja,
			When:  strategy.RewordPillar{Programme: "dichtbij", ID: "nabij", Name: "Nabij", Meaning: "Naast mensen."},
		},
		{
			Name:  "a pillar can get another name alone",
			Given: facts{pillar},
			By:    anja,
			When:  strategy.RewordPillar{Programme: "dichtbij", ID: "nabij", Name: "Dichtbij", Meaning: "Naast mensen, niet boven hen.", Why: "Zo zeggen mensen het."},
			Then:  facts{strategy.PillarReworded{ID: "nabij", Name: "Dichtbij", Meaning: "Naast mensen, niet boven hen.", Why: words("Zo zeggen mensen het.")}},
		},
		{
			Name:  "what a pillar means still fits on the sheet",
			Given: facts{pillar},
			By:    anja,
			When:  strategy.RewordPillar{Programme: "dichtbij", ID: "nabij", Name: "Nabij", Meaning: strings.Repeat("é", 4001), Why: "Langer."},
			Err:   domain.ErrTooLong, Field: "meaning",
		},
		{
			Name:  "a pillar keeps a name",
			Given: facts{pillar},
			By:    anja,
			When:  strategy.RewordPillar{Programme: "dichtbij", ID: "nabij", Why: "Korter."},
			Err:   domain.ErrRequired, Field: "name",
		},
		{
			Name:  "what was retired is not reworded",
			Given: facts{pillar, retired},
			By:    anja,
			When:  strategy.RewordPillar{Programme: "dichtbij", ID: "nabij", Name: "Nabijer", Why: "Mooier."},
			Err:   strategy.ErrRetired,
		},
		{
			Name:  "a pillar is retired, with a reason",
			Given: facts{pillar, adopted},
			By:    anja,
			When:  strategy.RetirePillar{Programme: "dichtbij", ID: "nabij", Why: "Dit gaat op in Samen."},
			Then:  facts{retired},
		},
		{
			Name:  "retiring needs a reason",
			Given: facts{pillar, adopted},
			By:    anja,
			When:  strategy.RetirePillar{Programme: "dichtbij", ID: "nabij"},
			Err:   domain.ErrRequired, Field: "why",
		},
		{
			Name:  "retiring twice changes nothing",
			Given: facts{pillar, retired},
			By:    anja,
			When:  strategy.RetirePillar{Programme: "dichtbij", ID: "nabij"},
		},
		{
			Name: "nobody retires a pillar that was not proposed",
			By:   anja,
			When: strategy.RetirePillar{Programme: "dichtbij", ID: "nabij", Why: "Dit gaat op in Samen."},
			Err:  strategy.ErrUnknownPillar,
		},
	})
}

func TestAmbitionsAndObjectives(t *testing.T) {
	ambition := strategy.AmbitionStated{ID: "a1", Pillar: "nabij", Text: "In elke wijk een vast gezicht.", Year: 2029}
	objective := strategy.ObjectiveSet{ID: "o1", Pillar: "nabij", Text: "Elk huisbezoek binnen een week.", Year: 2026}
	given := facts{pillar, adopted}
	domaintest.Check(t, []rule{
		{
			Name:  "an ambition says where a pillar leads, and by when",
			Given: given,
			By:    anja,
			When:  strategy.StateAmbition{Programme: "dichtbij", ID: "a1", Pillar: "nabij", Text: "In elke wijk een vast gezicht.", Year: 2029},
			Then:  facts{ambition},
		},
		{
			Name:  "a proposed pillar can have ambitions",
			Given: facts{pillar},
			By:    anja,
			When:  strategy.StateAmbition{Programme: "dichtbij", ID: "a1", Pillar: "nabij", Text: "In elke wijk een vast gezicht.", Year: 2029},
			Then:  facts{ambition},
		},
		{
			Name:  "an ambition is stated once",
			Given: facts{pillar, ambition},
			By:    anja,
			When:  strategy.StateAmbition{Programme: "dichtbij", ID: "a1", Pillar: "nabij", Text: "Anders.", Year: 2029},
			Err:   strategy.ErrExists,
		},
		{
			Name: "an ambition is under a pillar",
			By:   anja,
			When: strategy.StateAmbition{Programme: "dichtbij", ID: "a1", Pillar: "nabij", Text: "In elke wijk een vast gezicht.", Year: 2029},
			Err:  strategy.ErrUnknownPillar, Field: "pillar",
		},
		{
			Name:  "an ambition is under a pillar that stands",
			Given: facts{pillar, retired},
			By:    anja,
			When:  strategy.StateAmbition{Programme: "dichtbij", ID: "a1", Pillar: "nabij", Text: "In elke wijk een vast gezicht.", Year: 2029},
			Err:   strategy.ErrRetired, Field: "pillar",
		},
		{
			Name:  "an ambition has words",
			Given: given,
			By:    anja,
			When:  strategy.StateAmbition{Programme: "dichtbij", ID: "a1", Pillar: "nabij", Year: 2029},
			Err:   domain.ErrRequired, Field: "text",
		},
		{
			Name:  "an ambition lies ahead",
			Given: given,
			By:    anja,
			When:  strategy.StateAmbition{Programme: "dichtbij", ID: "a1", Pillar: "nabij", Text: "In elke wijk een vast gezicht.", Year: 2025},
			Err:   strategy.ErrYear, Field: "year",
		},
		{
			Name:  "an ambition can lie thirty years ahead",
			Given: given,
			By:    anja,
			When:  strategy.StateAmbition{Programme: "dichtbij", ID: "a1", Pillar: "nabij", Text: "In elke wijk een vast gezicht.", Year: 2056},
			Then:  facts{strategy.AmbitionStated{ID: "a1", Pillar: "nabij", Text: "In elke wijk een vast gezicht.", Year: 2056}},
		},
		{
			Name:  "an ambition is within sight",
			Given: given,
			By:    anja,
			When:  strategy.StateAmbition{Programme: "dichtbij", ID: "a1", Pillar: "nabij", Text: "In elke wijk een vast gezicht.", Year: 2057},
			Err:   strategy.ErrYear, Field: "year",
		},
		{
			Name:  "an ambition has an identifier",
			Given: given,
			By:    anja,
			When:  strategy.StateAmbition{Programme: "dichtbij", ID: "a/1", Pillar: "nabij", Text: "In elke wijk een vast gezicht.", Year: 2029},
			Err:   domain.ErrBadID, Field: "id",
		},
		{
			Name:  "an ambition can be given up, with a reason",
			Given: facts{pillar, ambition},
			By:    anja,
			When:  strategy.DropAmbition{Programme: "dichtbij", ID: "a1", Why: "Te duur."},
			Then:  facts{strategy.AmbitionDropped{ID: "a1", Why: words("Te duur.")}},
		},
		{
			Name:  "giving up an ambition needs a reason",
			Given: facts{pillar, ambition},
			By:    anja,
			When:  strategy.DropAmbition{Programme: "dichtbij", ID: "a1"},
			Err:   domain.ErrRequired, Field: "why",
		},
		{
			Name:  "giving it up twice changes nothing",
			Given: facts{pillar, ambition, strategy.AmbitionDropped{ID: "a1", Why: words("Te duur.")}},
			By:    anja,
			When:  strategy.DropAmbition{Programme: "dichtbij", ID: "a1"},
		},
		{
			Name:  "nobody gives up an ambition that was not stated",
			Given: given,
			By:    anja,
			When:  strategy.DropAmbition{Programme: "dichtbij", ID: "a1", Why: "Te duur."},
			Err:   strategy.ErrUnknownPart,
		},

		{
			Name:  "an objective is set for a year, this one too",
			Given: given,
			By:    anja,
			When:  strategy.SetObjective{Programme: "dichtbij", ID: "o1", Pillar: "nabij", Text: "Elk huisbezoek binnen een week.", Year: 2026},
			Then:  facts{objective},
		},
		{
			Name:  "an objective is set once",
			Given: facts{pillar, objective},
			By:    anja,
			When:  strategy.SetObjective{Programme: "dichtbij", ID: "o1", Pillar: "nabij", Text: "Anders.", Year: 2026},
			Err:   strategy.ErrExists,
		},
		{
			Name: "an objective is under a pillar",
			By:   anja,
			When: strategy.SetObjective{Programme: "dichtbij", ID: "o1", Pillar: "nabij", Text: "Elk huisbezoek binnen een week.", Year: 2026},
			Err:  strategy.ErrUnknownPillar, Field: "pillar",
		},
		{
			Name:  "an objective is under a pillar that stands",
			Given: facts{pillar, retired},
			By:    anja,
			When:  strategy.SetObjective{Programme: "dichtbij", ID: "o1", Pillar: "nabij", Text: "Elk huisbezoek binnen een week.", Year: 2026},
			Err:   strategy.ErrRetired, Field: "pillar",
		},
		{
			Name:  "an objective has words",
			Given: given,
			By:    anja,
			When:  strategy.SetObjective{Programme: "dichtbij", ID: "o1", Pillar: "nabij", Year: 2026},
			Err:   domain.ErrRequired, Field: "text",
		},
		{
			Name:  "an objective lies ahead",
			Given: given,
			By:    anja,
			When:  strategy.SetObjective{Programme: "dichtbij", ID: "o1", Pillar: "nabij", Text: "Elk huisbezoek binnen een week.", Year: 2025},
			Err:   strategy.ErrYear, Field: "year",
		},
		{
			Name:  "an objective can be given up, with a reason",
			Given: facts{pillar, objective},
			By:    anja,
			When:  strategy.DropObjective{Programme: "dichtbij", ID: "o1", Why: "Al gehaald."},
			Then:  facts{strategy.ObjectiveDropped{ID: "o1", Why: words("Al gehaald.")}},
		},
		{
			Name:  "giving up an objective needs a reason",
			Given: facts{pillar, objective},
			By:    anja,
			When:  strategy.DropObjective{Programme: "dichtbij", ID: "o1"},
			Err:   domain.ErrRequired, Field: "why",
		},
		{
			Name:  "giving up an objective twice changes nothing",
			Given: facts{pillar, objective, strategy.ObjectiveDropped{ID: "o1", Why: words("Al gehaald.")}},
			By:    anja,
			When:  strategy.DropObjective{Programme: "dichtbij", ID: "o1"},
		},
		{
			Name:  "nobody gives up an objective that was not set",
			Given: given,
			By:    anja,
			When:  strategy.DropObjective{Programme: "dichtbij", ID: "o1", Why: "Al gehaald."},
			Err:   strategy.ErrUnknownPart,
		},
	})
}

func TestBehaviours(t *testing.T) {
	counter := strategy.BehaviourProposed{ID: "mailen", Pillar: "nabij", Whose: domain.Employee, Counter: true, Text: "Mailt wat je kunt bellen."}
	reworded := strategy.BehaviourReworded{ID: "meelopen", Text: "Loopt elke week mee.", Why: words("Vaker.")}
	given := facts{pillar, adopted}
	domaintest.Check(t, []rule{
		{
			Name:  "a behaviour says by what people will notice a pillar",
			Given: given,
			By:    anja,
			When:  strategy.ProposeBehaviour{Programme: "dichtbij", ID: "meelopen", Pillar: "nabij", Whose: domain.MT, Text: "Loopt elke maand mee."},
			Then:  facts{behaviour},
		},
		{
			Name:  "a counter-behaviour says what will no longer be done",
			Given: given,
			By:    anja,
			When:  strategy.ProposeBehaviour{Programme: "dichtbij", ID: "mailen", Pillar: "nabij", Whose: domain.Employee, Counter: true, Text: "Mailt wat je kunt bellen."},
			Then:  facts{counter},
		},
		{
			Name:  "a behaviour is of the MT or of employees",
			Given: given,
			By:    anja,
			When:  strategy.ProposeBehaviour{Programme: "dichtbij", ID: "meelopen", Pillar: "nabij", Whose: domain.Coach, Text: "Loopt elke maand mee."},
			Err:   strategy.ErrWhose, Field: "whose",
		},
		{
			Name:  "a behaviour is proposed once",
			Given: facts{pillar, behaviour},
			By:    anja,
			When:  strategy.ProposeBehaviour{Programme: "dichtbij", ID: "meelopen", Pillar: "nabij", Whose: domain.MT, Text: "Anders."},
			Err:   strategy.ErrExists,
		},
		{
			Name: "a behaviour is under a pillar",
			By:   anja,
			When: strategy.ProposeBehaviour{Programme: "dichtbij", ID: "meelopen", Pillar: "nabij", Whose: domain.MT, Text: "Loopt elke maand mee."},
			Err:  strategy.ErrUnknownPillar, Field: "pillar",
		},
		{
			Name:  "a behaviour is under a pillar that stands",
			Given: facts{pillar, retired},
			By:    anja,
			When:  strategy.ProposeBehaviour{Programme: "dichtbij", ID: "meelopen", Pillar: "nabij", Whose: domain.MT, Text: "Loopt elke maand mee."},
			Err:   strategy.ErrRetired, Field: "pillar",
		},
		{
			Name:  "a behaviour has words",
			Given: given,
			By:    anja,
			When:  strategy.ProposeBehaviour{Programme: "dichtbij", ID: "meelopen", Pillar: "nabij", Whose: domain.MT},
			Err:   domain.ErrRequired, Field: "text",
		},
		{
			Name:  "a behaviour has an identifier",
			Given: given,
			By:    anja,
			When:  strategy.ProposeBehaviour{Programme: "dichtbij", Pillar: "nabij", Whose: domain.MT, Text: "Loopt elke maand mee."},
			Err:   domain.ErrBadID, Field: "id",
		},
		{
			Name:  "people agree to hold each other to it",
			Given: facts{pillar, behaviour},
			By:    anja,
			When:  strategy.AgreeBehaviour{Programme: "dichtbij", ID: "meelopen"},
			Then:  facts{agreed},
		},
		{
			Name:  "agreeing twice changes nothing",
			Given: facts{pillar, behaviour, agreed},
			By:    anja,
			When:  strategy.AgreeBehaviour{Programme: "dichtbij", ID: "meelopen"},
		},
		{
			Name:  "nobody agrees to what was not proposed",
			Given: given,
			By:    anja,
			When:  strategy.AgreeBehaviour{Programme: "dichtbij", ID: "meelopen"},
			Err:   strategy.ErrUnknownPart,
		},
		{
			Name:  "nobody agrees to what was dropped",
			Given: facts{pillar, behaviour, gone},
			By:    anja,
			When:  strategy.AgreeBehaviour{Programme: "dichtbij", ID: "meelopen"},
			Err:   strategy.ErrRetired,
		},
		{
			Name:  "nobody agrees to behaviour under a pillar that is gone",
			Given: facts{pillar, behaviour, retired},
			By:    anja,
			When:  strategy.AgreeBehaviour{Programme: "dichtbij", ID: "meelopen"},
			Err:   strategy.ErrRetired,
		},
		{
			Name:  "a behaviour is reworded, with a reason",
			Given: facts{pillar, behaviour, agreed},
			By:    anja,
			When:  strategy.RewordBehaviour{Programme: "dichtbij", ID: "meelopen", Text: "Loopt elke week mee.", Why: "Vaker."},
			Then:  facts{reworded},
		},
		{
			Name:  "a behaviour that was reworded is still agreed",
			Given: facts{pillar, behaviour, agreed, reworded},
			By:    anja,
			When:  strategy.AgreeBehaviour{Programme: "dichtbij", ID: "meelopen"},
		},
		{
			Name:  "rewording a behaviour needs a reason",
			Given: facts{pillar, behaviour},
			By:    anja,
			When:  strategy.RewordBehaviour{Programme: "dichtbij", ID: "meelopen", Text: "Loopt elke week mee."},
			Err:   domain.ErrRequired, Field: "why",
		},
		{
			Name:  "a behaviour keeps words",
			Given: facts{pillar, behaviour},
			By:    anja,
			When:  strategy.RewordBehaviour{Programme: "dichtbij", ID: "meelopen", Why: "Korter."},
			Err:   domain.ErrRequired, Field: "text",
		},
		{
			Name:  "the same words are no rewording of a behaviour",
			Given: facts{pillar, behaviour},
			By:    anja,
			When:  strategy.RewordBehaviour{Programme: "dichtbij", ID: "meelopen", Text: "Loopt elke maand mee."},
		},
		{
			Name:  "nor are those to which it was reworded",
			Given: facts{pillar, behaviour, reworded},
			By:    anja,
			When:  strategy.RewordBehaviour{Programme: "dichtbij", ID: "meelopen", Text: "Loopt elke week mee."},
		},
		{
			Name:  "what was dropped is not reworded",
			Given: facts{pillar, behaviour, gone},
			By:    anja,
			When:  strategy.RewordBehaviour{Programme: "dichtbij", ID: "meelopen", Text: "Loopt elke week mee.", Why: "Vaker."},
			Err:   strategy.ErrRetired,
		},
		{
			Name:  "a behaviour is dropped, with a reason",
			Given: facts{pillar, behaviour},
			By:    anja,
			When:  strategy.DropBehaviour{Programme: "dichtbij", ID: "meelopen", Why: "Dit doen we al."},
			Then:  facts{gone},
		},
		{
			Name:  "a behaviour under a pillar that is gone can be dropped too",
			Given: facts{pillar, behaviour, retired},
			By:    anja,
			When:  strategy.DropBehaviour{Programme: "dichtbij", ID: "meelopen", Why: "Dit doen we al."},
			Then:  facts{gone},
		},
		{
			Name:  "dropping a behaviour needs a reason",
			Given: facts{pillar, behaviour},
			By:    anja,
			When:  strategy.DropBehaviour{Programme: "dichtbij", ID: "meelopen"},
			Err:   domain.ErrRequired, Field: "why",
		},
		{
			Name:  "dropping a behaviour twice changes nothing",
			Given: facts{pillar, behaviour, gone},
			By:    anja,
			When:  strategy.DropBehaviour{Programme: "dichtbij", ID: "meelopen"},
		},
		{
			Name:  "nobody drops a behaviour that was not proposed",
			Given: given,
			By:    anja,
			When:  strategy.DropBehaviour{Programme: "dichtbij", ID: "meelopen", Why: "Dit doen we al."},
			Err:   strategy.ErrUnknownPart,
		},
	})
}

func TestOthersCanAskThatAPillarStands(t *testing.T) {
	c := strategy.Stands{Programme: "dichtbij", Pillar: "nabij"}
	if got, want := c.Stream(), strategy.Sheet("dichtbij"); got != want {
		t.Errorf("it looks at %s, want %s", got, want)
	}
	for _, is := range []struct {
		Name  string
		Given facts
		Err   error
	}{
		{Name: "a pillar that nobody proposed", Given: nil, Err: strategy.ErrUnknownPillar},
		{Name: "a proposed pillar", Given: facts{pillar}, Err: strategy.ErrNotAdopted},
		{Name: "an adopted pillar", Given: facts{pillar, adopted}, Err: nil},
		{Name: "a retired pillar", Given: facts{pillar, adopted, retired}, Err: strategy.ErrRetired},
	} {
		err := c.Holds(domaintest.Fold(is.Given...))
		if !errors.Is(err, is.Err) {
			t.Errorf("%s: %v, want %v", is.Name, err, is.Err)
		}
		if refused := domain.RefusalsIn(err); is.Err != nil && (len(refused) != 1 || refused[0].Field != "pillar") {
			t.Errorf("%s: %v, want one refusal at pillar", is.Name, refused)
		}
	}
}

func TestWhateverPeopleAsk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var (
			pillars    = map[domain.PillarID]string{}
			behaviours = map[domain.BehaviourID]domain.PillarID{}
			dropped    []string
		)
		domaintest.Walk(t, 60, ask, func(steps []domaintest.Step[strategy.State]) {
			fact := steps[len(steps)-1].Facts[0]
			stands := func(p domain.PillarID) {
				if pillars[p] != "stands" {
					t.Fatalf("%#v happened under pillar %q, which %s", fact, p, cmp.Or(pillars[p], "nobody proposed"))
				}
			}
			gone := func(what string) {
				if slices.Contains(dropped, what) {
					t.Fatalf("%s was dropped twice", what)
				}
				dropped = append(dropped, what)
			}
			switch e := fact.(type) {
			case strategy.PillarProposed:
				if pillars[e.ID] != "" {
					t.Fatalf("pillar %s was proposed twice", e.ID)
				}
				pillars[e.ID] = "stands"
			case strategy.PillarAdopted:
				stands(e.ID)
			case strategy.PillarReworded:
				stands(e.ID)
			case strategy.PillarRetired:
				stands(e.ID)
				pillars[e.ID] = "was retired"
			case strategy.AmbitionStated:
				stands(e.Pillar)
			case strategy.ObjectiveSet:
				stands(e.Pillar)
			case strategy.BehaviourProposed:
				stands(e.Pillar)
				behaviours[e.ID] = e.Pillar
			case strategy.BehaviourAgreed:
				stands(behaviours[e.ID])
			case strategy.BehaviourReworded:
				stands(behaviours[e.ID])
			case strategy.BehaviourDropped:
				gone("behaviour " + string(e.ID))
			case strategy.AmbitionDropped:
				gone("ambition " + string(e.ID))
			case strategy.ObjectiveDropped:
				gone("objective " + string(e.ID))
			case strategy.CoreValueDropped:
				gone("core value " + string(e.ID))
			}
		})
	})
}

func ask(t *rapid.T) (domain.Act, domain.Command[strategy.State]) {
	const p = domain.ProgrammeID("dichtbij")
	var (
		id     = rapid.SampledFrom([]string{"a", "b"})
		text   = rapid.SampledFrom([]string{"Iedereen doet mee.", "Hulp om de hoek.", ""})
		year   = rapid.SampledFrom([]int{2026, 2029, 2025})
		words  = func() string { return text.Draw(t, "text") }
		pillar = func() domain.PillarID { return domain.PillarID(id.Draw(t, "pillar")) }
		part   = func() string { return id.Draw(t, "id") }
	)
	commands := []func() domain.Command[strategy.State]{
		func() domain.Command[strategy.State] { return strategy.FormulateMission{Programme: p, Text: words()} },
		func() domain.Command[strategy.State] { return strategy.FormulateVision{Programme: p, Text: words()} },
		func() domain.Command[strategy.State] {
			return strategy.ChooseCoreValue{Programme: p, ID: domain.CoreValueID(part()), Name: words()}
		},
		func() domain.Command[strategy.State] {
			return strategy.DropCoreValue{Programme: p, ID: domain.CoreValueID(part()), Why: words()}
		},
		func() domain.Command[strategy.State] {
			return strategy.ProposePillar{Programme: p, ID: pillar(), Name: words()}
		},
		func() domain.Command[strategy.State] { return strategy.AdoptPillar{Programme: p, ID: pillar()} },
		func() domain.Command[strategy.State] {
			return strategy.RewordPillar{Programme: p, ID: pillar(), Name: words(), Why: words()}
		},
		func() domain.Command[strategy.State] {
			return strategy.RetirePillar{Programme: p, ID: pillar(), Why: words()}
		},
		func() domain.Command[strategy.State] {
			return strategy.StateAmbition{Programme: p, ID: domain.AmbitionID(part()), Pillar: pillar(), Text: words(), Year: year.Draw(t, "year")}
		},
		func() domain.Command[strategy.State] {
			return strategy.DropAmbition{Programme: p, ID: domain.AmbitionID(part()), Why: words()}
		},
		func() domain.Command[strategy.State] {
			return strategy.SetObjective{Programme: p, ID: domain.ObjectiveID(part()), Pillar: pillar(), Text: words(), Year: year.Draw(t, "year")}
		},
		func() domain.Command[strategy.State] {
			return strategy.DropObjective{Programme: p, ID: domain.ObjectiveID(part()), Why: words()}
		},
		func() domain.Command[strategy.State] {
			return strategy.ProposeBehaviour{Programme: p, ID: domain.BehaviourID(part()), Pillar: pillar(), Whose: domain.MT, Text: words()}
		},
		func() domain.Command[strategy.State] {
			return strategy.AgreeBehaviour{Programme: p, ID: domain.BehaviourID(part())}
		},
		func() domain.Command[strategy.State] {
			return strategy.RewordBehaviour{Programme: p, ID: domain.BehaviourID(part()), Text: words(), Why: words()}
		},
		func() domain.Command[strategy.State] {
			return strategy.DropBehaviour{Programme: p, ID: domain.BehaviourID(part()), Why: words()}
		},
	}
	return anja, rapid.SampledFrom(commands).Draw(t, "command")()
}
