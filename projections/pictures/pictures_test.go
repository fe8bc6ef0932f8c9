package pictures_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/domain/consistency"
	"koersvast/projections"
	"koersvast/projections/pictures"
	"koersvast/projections/projectionstest"
)

var (
	opened = consistency.Opened{
		ID: "voorjaar", On: "2026-03-01", Purpose: "Zien we het terug?", Pillars: []domain.PillarID{"dichtbij"},
		From: "2026-01-01", Until: "2026-06-30", Reference: "OR 14",
	}
	check = pictures.Check{
		ID: "voorjaar", Status: consistency.StatusOpen, Since: "2026-03-01", Opened: "2026-03-01", OpenedBy: "sanne",
		Purpose: "Zien we het terug?", Pillars: []domain.PillarID{"dichtbij"}, From: "2026-01-01", Until: "2026-06-30", Reference: "OR 14", Place: 1,
	}
	drawn = consistency.Picture{
		CutOff: 3, Ruleset: "c0ffee", Thresholds: domain.UsualThresholds,
		Rows: []consistency.Row{{Pillar: "dichtbij", Word: "underway", Figures: []consistency.Figure{{Source: consistency.Staff, Value: 58, Low: 43, High: 74}}}},
	}
	part = consistency.Part{Rows: []consistency.Row{{Promise: "regiodag", Word: "mixed"}}}
	why  = "Ik zeg er voortaan bij waar ik ben."
)

func sealed(p consistency.Part) domain.Private {
	b, err := json.Marshal(p)
	if err != nil {
		panic(err)
	}
	return domain.Say(domain.KeyOf("bas", domain.Opinions), string(b))
}

func act(id string, on domain.Day, by domain.PersonID, e ...domain.Event) domain.Record {
	return projectionstest.Act(domain.Stream{Kind: "consistency", ID: id}, on, by, e...)
}

// story is what happened, an act each.
func story() *projectionstest.Log {
	elsewhere := act("voorjaar", "2026-03-01", "wil", opened)
	elsewhere.Stream.Programme = "elsewhere"
	return projectionstest.Facts("tide",
		act("voorjaar", "2026-03-01", "sanne", opened),
		act("voorjaar", "2026-03-05", "ellen", consistency.PartReadBack{ID: "voorjaar", Member: "bas", On: "2026-03-04"}),
		act("voorjaar", "2026-03-06", "fatima", consistency.ReadBackDeclined{ID: "voorjaar", Member: "fatima"}),
		act("voorjaar", "2026-03-07", "sanne",
			consistency.PicturePublished{ID: "voorjaar", On: "2026-03-07", Picture: drawn},
			consistency.PartPublished{ID: "voorjaar", Person: "bas", Part: sealed(part)}),
		act("voorjaar", "2026-03-08", "bas", consistency.Decided{
			ID: "voorjaar", Decision: "d1", By: "bas", Finding: "cr-17.regiodag", Choice: consistency.Reword, Promise: "regiodag",
			Why: domain.Say(domain.KeyOf("bas", domain.Promises), why),
		}),
		act("voorjaar", "2026-03-09", "sanne", consistency.PictureReleased{ID: "voorjaar"}),
		act("zomer", "2026-03-10", "sanne", consistency.Opened{ID: "zomer", On: "2026-03-10", Purpose: "Nog eens.", Pillars: []domain.PillarID{"dichtbij"}, From: "2026-03-01", Until: "2026-09-30", Reference: "OR 14"}),
		act("zomer", "2026-03-11", "sanne", consistency.Cancelled{ID: "zomer", Why: "Te vroeg."}),
		elsewhere,
	)
}

func read(t *testing.T, at domain.Position) projections.Reader {
	t.Helper()
	return projectionstest.ReadPast(t, story(), "tide", at, pictures.Model)
}

func TestHowACheckStands(t *testing.T) {
	for at, want := range map[domain.Position]pictures.Check{
		1: check,
		4: with(check, func(c *pictures.Check) { c.Status, c.Since = consistency.StatusPublished, "2026-03-07" }),
		6: with(check, func(c *pictures.Check) {
			c.Status, c.Since, c.Released = consistency.StatusPublished, "2026-03-07", "2026-03-09"
		}),
	} {
		got, err := pictures.TheCheck(t.Context(), read(t, at), "tide", "voorjaar")
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("at %d: %v (-want +got):\n%s", at, err, diff)
		}
	}
	all, err := pictures.Checks(t.Context(), read(t, 8), "tide")
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 2 || all[0].ID != "zomer" || all[0].Status != consistency.StatusCancelled || all[0].Why != "Te vroeg." {
		t.Errorf("checks: %+v", all)
	}
	if _, err := pictures.TheCheck(t.Context(), read(t, 8), "tide", "winter"); err != consistency.ErrUnknown {
		t.Errorf("a check that there is not: %v", err)
	}
}

func with(c pictures.Check, change func(*pictures.Check)) pictures.Check {
	change(&c)
	return c
}

func TestWhoHasSeenTheirPart(t *testing.T) {
	got, err := pictures.HeardOf(t.Context(), read(t, 3), "tide", "voorjaar")
	want := []pictures.Heard{
		{Person: "bas", On: "2026-03-04", NotedBy: "ellen"},
		{Person: "fatima", On: "2026-03-06", NotedBy: "fatima", Declined: true},
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestAPictureStaysAsItWasPublished(t *testing.T) {
	want := pictures.Picture{Check: "voorjaar", Published: "2026-03-07", By: "sanne", Place: 4, Picture: drawn}
	if _, err := pictures.ThePicture(t.Context(), read(t, 3), "tide", "voorjaar"); err != consistency.ErrNotPublished {
		t.Errorf("before it was published: %v", err)
	}
	for at, released := range map[domain.Position]domain.Day{4: "", 5: "", 6: "2026-03-09", 8: "2026-03-09"} {
		r := read(t, at)
		want.Released = released
		got, err := pictures.ThePicture(t.Context(), r, "tide", "voorjaar")
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("at %d: %v (-want +got):\n%s", at, err, diff)
		}
		everybody, err := pictures.Published(t.Context(), r, "tide", true)
		if err != nil || (len(everybody) == 1) != (released != "") {
			t.Errorf("at %d everybody sees %d pictures, %v; released: %q", at, len(everybody), err, released)
		}
		team, err := pictures.Published(t.Context(), r, "tide", false)
		if err != nil || len(team) != 1 {
			t.Errorf("at %d the team sees %d pictures, %v", at, len(team), err)
		}
	}
}

func TestAPartIsAskedForByPerson(t *testing.T) {
	got, err := pictures.Parts(t.Context(), read(t, 4), "tide", "voorjaar", []domain.PersonID{"bas", "fatima"})
	if diff := cmp.Diff([]pictures.Part{{Person: "bas", Part: &part}}, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if none, err := pictures.Parts(t.Context(), read(t, 4), "tide", "voorjaar", []domain.PersonID{"fatima"}); err != nil || len(none) > 0 {
		t.Errorf("fatima promised nothing: %v, %v", none, err)
	}
}

func TestAnErasedPartIsGone(t *testing.T) {
	log := projectionstest.Facts("tide",
		act("voorjaar", "2026-03-01", "sanne", opened),
		act("voorjaar", "2026-03-07", "sanne",
			consistency.PicturePublished{ID: "voorjaar", On: "2026-03-07", Picture: drawn},
			consistency.PartPublished{ID: "voorjaar", Person: "bas", Part: projectionstest.Erased(domain.KeyOf("bas", domain.Opinions))}))
	got, err := pictures.Parts(t.Context(), projectionstest.Read(t, log, pictures.Model), "tide", "voorjaar", []domain.PersonID{"bas"})
	if diff := cmp.Diff([]pictures.Part{{Person: "bas"}}, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestWhatWasDecided(t *testing.T) {
	got, err := pictures.Decisions(t.Context(), read(t, 5), "tide", "voorjaar")
	want := []pictures.Decision{{ID: "d1", On: "2026-03-08", By: "bas", Finding: "cr-17.regiodag", Choice: consistency.Reword, Promise: "regiodag", Why: &why}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestProgrammesAreNeverMixed(t *testing.T) {
	r := projectionstest.Read(t, story(), pictures.Model)
	all, err := pictures.Checks(t.Context(), r, "elsewhere")
	if err != nil || len(all) != 1 {
		t.Errorf("elsewhere has %d checks, %v", len(all), err)
	}
	if _, err := pictures.ThePicture(t.Context(), r, "elsewhere", "voorjaar"); err != consistency.ErrNotPublished {
		t.Errorf("elsewhere sees the picture: %v", err)
	}
}

func TestLiveEqualsRebuilt(t *testing.T) {
	projectionstest.LiveEqualsRebuilt(t, story(), pictures.Model)
}
