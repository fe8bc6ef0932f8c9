package strategies_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/domain/strategy"
	"koersvast/projections/projectionstest"
	"koersvast/projections/strategies"
)

func because(by domain.PersonID, why string) domain.Private {
	return domain.Say(domain.KeyOf(by, domain.Promises), why)
}

// story is how one sheet came about, with another programme beside it that
// uses the same ids.
func story() *projectionstest.Log {
	sheet := strategy.Sheet("tide")
	other := projectionstest.Act(strategy.Sheet("elsewhere"), "2026-01-15", "xandra",
		strategy.MissionFormulated{Text: "Elders."},
		strategy.PillarProposed{ID: "near", Name: "Ver weg", Meaning: "niet hier"})
	other.Programme = "elsewhere"
	return projectionstest.Facts("tide",
		projectionstest.Act(sheet, "2026-01-12", "anna", strategy.MissionFormulated{Text: "Iedereen doet mee."}),
		projectionstest.Act(sheet, "2026-01-13", "anna", strategy.CoreValueChosen{ID: "near", Name: "Nabij", Meaning: "We zijn er."}),
		projectionstest.Act(sheet, "2026-01-13", "anna", strategy.CoreValueChosen{ID: "bold", Name: "Lef"}),
		projectionstest.Act(sheet, "2026-01-14", "bram", strategy.PillarProposed{ID: "near", Name: "Dichtbij", Meaning: "In de wijk."}),
		projectionstest.Act(sheet, "2026-01-14", "bram", strategy.PillarProposed{ID: "healthy", Name: "Gezond"}),
		projectionstest.Act(sheet, "2026-01-14", "bram", strategy.PillarProposed{ID: "gone", Name: "Groei"}),
		other,
		projectionstest.Act(sheet, "2026-01-16", "anna", strategy.PillarAdopted{ID: "near"}),
		projectionstest.Act(sheet, "2026-01-17", "anna", strategy.AmbitionStated{ID: "a1", Pillar: "near", Text: "In elke wijk een plek.", Year: 2028}),
		projectionstest.Act(sheet, "2026-01-17", "anna", strategy.AmbitionStated{ID: "a2", Pillar: "gone", Text: "Twee keer zo groot.", Year: 2030}),
		projectionstest.Act(sheet, "2026-01-17", "anna", strategy.ObjectiveSet{ID: "o1", Pillar: "near", Text: "Zes wijkplekken open.", Year: 2027}),
		projectionstest.Act(sheet, "2026-01-17", "anna", strategy.ObjectiveSet{ID: "o2", Pillar: "near", Text: "Geen wachtlijst.", Year: 2027}),
		projectionstest.Act(sheet, "2026-01-18", "bram", strategy.BehaviourProposed{ID: "b1", Pillar: "near", Whose: domain.MT, Text: "Wij bellen terug."}),
		projectionstest.Act(sheet, "2026-01-18", "bram", strategy.BehaviourProposed{ID: "b2", Pillar: "near", Whose: domain.Employee, Counter: true, Text: "Doorverwijzen zonder te bellen."}),
		projectionstest.Act(sheet, "2026-01-18", "bram", strategy.BehaviourProposed{ID: "b3", Pillar: "near", Whose: domain.MT, Text: "Wij mailen."}),
		projectionstest.Act(sheet, "2026-02-02", "anna", strategy.VisionFormulated{Text: "Niemand staat alleen."}),
		projectionstest.Act(sheet, "2026-02-03", "anna", strategy.MissionFormulated{Text: "Iedereen kan meedoen."}),
		projectionstest.Act(sheet, "2026-02-04", "anna", strategy.PillarReworded{ID: "near", Name: "Nabijheid", Meaning: "In elke wijk.", Why: because("anna", "Dichtbij klonk te klein.")}),
		projectionstest.Act(sheet, "2026-02-05", "anna", strategy.BehaviourAgreed{ID: "b1"}),
		projectionstest.Act(sheet, "2026-02-06", "anna", strategy.BehaviourReworded{ID: "b1", Text: "Wij bellen dezelfde dag terug.", Why: because("anna", "Terug is te vaag.")}),
		projectionstest.Act(sheet, "2026-03-02", "anna", strategy.PillarRetired{ID: "gone", Why: because("anna", "Groei is geen doel.")}),
		projectionstest.Act(sheet, "2026-03-02", "anna", strategy.CoreValueDropped{ID: "bold", Why: because("anna", "Niemand kon zeggen wat het was.")}),
		projectionstest.Act(sheet, "2026-03-03", "anna", strategy.ObjectiveDropped{ID: "o2", Why: because("anna", "Dat gaat niet over ons.")}),
		projectionstest.Act(sheet, "2026-03-03", "anna", strategy.AmbitionDropped{ID: "a2", Why: because("anna", "Met de pijler mee.")}),
		projectionstest.Act(sheet, "2026-03-04", "bram",
			strategy.BehaviourDropped{ID: "b3", Why: projectionstest.Erased(domain.KeyOf("bram", domain.Promises))}),
	)
}

var (
	mission = strategies.Part{Kind: "mission", ID: "mission", Text: "Iedereen kan meedoen.", Status: strategy.StatusAdopted, Since: "2026-02-03"}
	vision  = strategies.Part{Kind: "vision", ID: "vision", Text: "Niemand staat alleen.", Status: strategy.StatusAdopted, Since: "2026-02-02"}
	near    = strategies.Part{Kind: "pillar", ID: "near", Name: "Nabijheid", Text: "In elke wijk.", Status: strategy.StatusAdopted, Since: "2026-01-16"}
	healthy = strategies.Part{Kind: "pillar", ID: "healthy", Name: "Gezond", Status: strategy.StatusProposed, Since: "2026-01-14"}
	a1      = strategies.Part{Kind: "ambition", ID: "a1", Pillar: "near", Text: "In elke wijk een plek.", Year: 2028, Status: strategy.StatusAdopted, Since: "2026-01-17"}
	o1      = strategies.Part{Kind: "objective", ID: "o1", Pillar: "near", Text: "Zes wijkplekken open.", Year: 2027, Status: strategy.StatusAdopted, Since: "2026-01-17"}
	b1      = strategies.Part{Kind: "behaviour", ID: "b1", Pillar: "near", Text: "Wij bellen dezelfde dag terug.", Whose: domain.MT, Status: strategy.StatusAdopted, Since: "2026-02-05"}
	b2      = strategies.Part{Kind: "behaviour", ID: "b2", Pillar: "near", Text: "Doorverwijzen zonder te bellen.", Whose: domain.Employee, Counter: true, Status: strategy.StatusProposed, Since: "2026-01-18"}
)

func TestTheStrategyOnOneSheet(t *testing.T) {
	r := projectionstest.Read(t, story(), strategies.Model)
	got, err := strategies.Whole(t.Context(), r, "tide")
	if err != nil {
		t.Fatal(err)
	}
	want := strategies.Sheet{
		Mission: &mission,
		Vision:  &vision,
		Values: []strategies.Part{
			{Kind: "value", ID: "near", Name: "Nabij", Text: "We zijn er.", Status: strategy.StatusAdopted, Since: "2026-01-13"},
		},
		Pillars: []strategies.Pillared{
			{Part: near, Ambitions: []strategies.Part{a1}, Objectives: []strategies.Part{o1}, Behaviours: []strategies.Part{b1, b2}},
			{Part: healthy, Ambitions: []strategies.Part{}, Objectives: []strategies.Part{}, Behaviours: []strategies.Part{}},
		},
		Retired: []strategies.Part{
			{Kind: "value", ID: "bold", Name: "Lef", Status: strategy.StatusRetired, Since: "2026-03-02"},
			{Kind: "pillar", ID: "gone", Name: "Groei", Status: strategy.StatusRetired, Since: "2026-03-02"},
			{Kind: "ambition", ID: "a2", Pillar: "gone", Text: "Twee keer zo groot.", Year: 2030, Status: strategy.StatusRetired, Since: "2026-03-03"},
			{Kind: "objective", ID: "o2", Pillar: "near", Text: "Geen wachtlijst.", Year: 2027, Status: strategy.StatusRetired, Since: "2026-03-03"},
			{Kind: "behaviour", ID: "b3", Pillar: "near", Text: "Wij mailen.", Whose: domain.MT, Status: strategy.StatusRetired, Since: "2026-03-04"},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sheet (-want +got):\n%s", diff)
	}
}

func TestAnEmptySheetIsNoError(t *testing.T) {
	r := projectionstest.Read(t, projectionstest.Facts("tide"), strategies.Model)
	got, err := strategies.Whole(t.Context(), r, "tide")
	if err != nil {
		t.Fatal(err)
	}
	want := strategies.Sheet{Values: []strategies.Part{}, Pillars: []strategies.Pillared{}, Retired: []strategies.Part{}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sheet (-want +got):\n%s", diff)
	}
}

func TestProgrammesAreNeverMixed(t *testing.T) {
	r := projectionstest.Read(t, story(), strategies.Model)
	got, err := strategies.Whole(t.Context(), r, "elsewhere")
	if err != nil {
		t.Fatal(err)
	}
	want := strategies.Sheet{
		Mission: &strategies.Part{Kind: "mission", ID: "mission", Text: "Elders.", Status: strategy.StatusAdopted, Since: "2026-01-15"},
		Values:  []strategies.Part{},
		Pillars: []strategies.Pillared{{
			Part:      strategies.Part{Kind: "pillar", ID: "near", Name: "Ver weg", Text: "niet hier", Status: strategy.StatusProposed, Since: "2026-01-15"},
			Ambitions: []strategies.Part{}, Objectives: []strategies.Part{}, Behaviours: []strategies.Part{},
		}},
		Retired: []strategies.Part{},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sheet of the other programme (-want +got):\n%s", diff)
	}
	if _, err := strategies.ThePart(t.Context(), r, "elsewhere", strategies.Pillar, "healthy"); !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("a pillar of another programme: %v, want %v", err, domain.ErrNotFound)
	}
	versions, err := strategies.Versions(t.Context(), r, "elsewhere", strategies.Pillar, "near")
	if err != nil {
		t.Fatal(err)
	}
	if len(versions) != 1 || versions[0].By != "xandra" {
		t.Errorf("versions in the other programme = %v, want the one of xandra", versions)
	}
}

func TestWhatAPromiseCanBePutUnder(t *testing.T) {
	r := projectionstest.Read(t, story(), strategies.Model)
	pillars, err := strategies.Standing(t.Context(), r, "tide")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]strategies.Part{near, healthy}, pillars); diff != "" {
		t.Errorf("pillars (-want +got):\n%s", diff)
	}
	behaviours, err := strategies.Behaviours(t.Context(), r, "tide")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]strategies.Part{b1, b2}, behaviours); diff != "" {
		t.Errorf("behaviours (-want +got):\n%s", diff)
	}
}

func text(s string) *string { return &s }

func TestWhatWasSaidStaysVisible(t *testing.T) {
	r := projectionstest.Read(t, story(), strategies.Model)
	for _, c := range []struct {
		kind, id string
		want     []strategies.Version
	}{
		{strategies.Mission, "mission", []strategies.Version{
			{Position: 1, Fact: "strategy.mission_formulated", Day: "2026-01-12", By: "anna", Text: "Iedereen doet mee.", Why: text("")},
			{Position: 17, Fact: "strategy.mission_formulated", Day: "2026-02-03", By: "anna", Text: "Iedereen kan meedoen.", Why: text("")},
		}},
		{strategies.Pillar, "near", []strategies.Version{
			{Position: 4, Fact: "strategy.pillar_proposed", Day: "2026-01-14", By: "bram", Name: "Dichtbij", Text: "In de wijk.", Why: text("")},
			{Position: 8, Fact: "strategy.pillar_adopted", Day: "2026-01-16", By: "anna", Why: text("")},
			{Position: 18, Fact: "strategy.pillar_reworded", Day: "2026-02-04", By: "anna", Name: "Nabijheid", Text: "In elke wijk.", Why: text("Dichtbij klonk te klein.")},
		}},
		{strategies.Behaviour, "b1", []strategies.Version{
			{Position: 13, Fact: "strategy.behaviour_proposed", Day: "2026-01-18", By: "bram", Text: "Wij bellen terug.", Why: text("")},
			{Position: 19, Fact: "strategy.behaviour_agreed", Day: "2026-02-05", By: "anna", Why: text("")},
			{Position: 20, Fact: "strategy.behaviour_reworded", Day: "2026-02-06", By: "anna", Text: "Wij bellen dezelfde dag terug.", Why: text("Terug is te vaag.")},
		}},
		{strategies.Behaviour, "b3", []strategies.Version{
			{Position: 15, Fact: "strategy.behaviour_proposed", Day: "2026-01-18", By: "bram", Text: "Wij mailen.", Why: text("")},
			{Position: 25, Fact: "strategy.behaviour_dropped", Day: "2026-03-04", By: "bram"},
		}},
		{strategies.Value, "nothing", []strategies.Version{}},
	} {
		got, err := strategies.Versions(t.Context(), r, "tide", c.kind, c.id)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", c.kind, c.id, diff)
		}
	}
}

func TestOnePart(t *testing.T) {
	r := projectionstest.Read(t, story(), strategies.Model)
	for _, want := range []strategies.Part{mission, near, a1, o1, b2} {
		got, err := strategies.ThePart(t.Context(), r, "tide", want.Kind, want.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", want.ID, diff)
		}
	}
}

func TestLiveEqualsRebuilt(t *testing.T) {
	projectionstest.LiveEqualsRebuilt(t, story(), strategies.Model)
}
