package i18n_test

import (
	"context"
	"testing"
	"time"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
)

var (
	nl = i18n.In(context.Background(), i18n.Dutch)
	en = i18n.In(context.Background(), i18n.English)
)

func TestPeopleAreSpokenToInTheirLanguage(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{i18n.T(nl, "nav.skip"), "Naar de inhoud"},
		{i18n.T(en, "nav.skip"), "Skip to content"},
		{i18n.T(context.Background(), "nav.skip"), "Naar de inhoud"},
		{i18n.T(nl, "form.refused", "n", 1), "Eén ding klopt nog niet"},
		{i18n.T(nl, "form.refused", "n", 12), "12 dingen kloppen nog niet"},
		{i18n.T(en, "form.refused", "n", 1), "One thing is not right yet"},
		{i18n.T(nl, "field.max", "Max", 300), "Hooguit 300 tekens"},
		{i18n.T(nl, "no.such.sentence"), "⟦no.such.sentence⟧"},
		{i18n.Number(nl, 12500), "12.500"},
		{i18n.Number(en, 12500), "12,500"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestTheLanguageIsTheOneAskedForElseTheBrowsersElseDutch(t *testing.T) {
	for _, c := range []struct {
		asked, accept string
		want          i18n.Lang
	}{
		{"", "", i18n.Dutch},
		{"en", "nl", i18n.English},
		{"fr", "", i18n.Dutch},
		{"", "en-GB,en;q=0.9,nl;q=0.8", i18n.English},
		{"", "nl-BE", i18n.Dutch},
		{"", "ja", i18n.Dutch},
		{"", "not a language;;", i18n.Dutch},
	} {
		if got := i18n.Choose(c.asked, c.accept); got != c.want {
			t.Errorf("Choose(%q, %q): got %s, want %s", c.asked, c.accept, got, c.want)
		}
	}
}

func TestDaysAreWrittenAsPeopleWriteThem(t *testing.T) {
	const d domain.Day = "2025-03-03"
	at := time.Date(2026, 11, 21, 23, 30, 0, 0, time.UTC)
	for _, c := range []struct{ got, want string }{
		{i18n.Date(nl, d), "03-03-2025"},
		{i18n.Date(en, d), "3 Mar 2025"},
		{i18n.LongDate(nl, d), "3 maart 2025"},
		{i18n.LongDate(en, d), "3 March 2025"},
		{i18n.Weekday(nl, d), "maandag 3 maart"},
		{i18n.ShortDate(nl, d), "3 mrt"},
		{i18n.Month(nl, d), "maart 2025"},
		{i18n.ShortMonth(nl, d), "mrt"},
		{i18n.Moment(nl, at), "22-11-2026, 00:30"},
		{i18n.Date(nl, ""), ""},
		{i18n.LongDate(nl, "2025-02-30"), ""},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
